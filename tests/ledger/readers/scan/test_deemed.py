"""A day that stands alone in its row and may be the deemed execution day, whose own was lost."""

from datetime import date

import pytest

from ledger.filing import Row
from ledger.readers.scan.deemed import deemed_doubted
from tests.ledger.readers.scan.test_reader import effects, read, why


def rows(*lines):
    return read("\n".join(lines)).rows


def sold(own, deemed, left="900"):
    return f"Common Stock\t{own}\t{deemed}\tS\t\t400\tD\t\\$2.50\t{left}\tD\t"


def test_a_day_in_the_column_of_deemed_days_stands_and_is_doubtful():
    _, found = rows(sold("03/04/2004", "03/05/2004"), sold("", "03/05/2004", "500"))

    assert found.effective_on == date(2004, 3, 5)
    assert effects(found)["effective_on"] == "doubtful"
    assert "deemed execution day" in why(found)["effective_on"]


def test_a_day_that_moved_with_no_deemed_day_beside_is_no_doubt():
    (found,) = rows(sold("", "03/05/2004"))

    assert found.repairs == ()


def test_a_day_in_its_own_column_is_no_doubt():
    first, second = rows(sold("03/04/2004", "03/05/2004"), sold("03/04/2004", "", "500"))

    assert first.deemed_execution_on == date(2004, 3, 5)
    assert not {"effective_on"} & (effects(first).keys() | effects(second).keys())


def test_a_day_under_the_second_day_of_another_row_is_doubtful_where_columns_only_stand_apart():
    whole = "Common Stock   03/04/2004   03/05/2004   S   400   D   $2.50   900   D"
    lost = "Common Stock                03/05/2004   S   400   D   $2.50   500   D"
    own = "Common Stock   03/04/2004                S   400   D   $2.50   100   D"
    _, second, third = rows(whole, lost, own)

    assert effects(second)["effective_on"] == "doubtful"
    assert "effective_on" not in effects(third)


def holding(exercisable, expires):
    held = Row(table="II", line=1, holding=True, security="Warrant", shares_after=900)
    return held.model_copy(update={"exercisable_on": exercisable, "expires_on": expires})


def test_the_day_of_other_rows_where_a_holding_would_become_exercisable_is_doubtful():
    day = date(2004, 3, 4)
    traded = Row(table="II", line=2, holding=False, security="Warrant", effective_on=day)

    found, _ = deemed_doubted([holding(day, None), traded])
    assert (found.exercisable_on, effects(found)["exercisable_on"]) == (day, "doubtful")


@pytest.mark.parametrize(
    ("exercisable", "expires"),
    [(date(2004, 3, 4), date(2014, 3, 4)), (date(2003, 3, 4), None), (None, date(2014, 3, 4))],
)
def test_another_day_or_one_beside_an_expiration_is_a_holding_s_own(exercisable, expires):
    traded = Row(table="II", line=2, holding=False, effective_on=date(2004, 3, 4))

    found, _ = deemed_doubted([holding(exercisable, expires), traded])
    assert found.repairs == ()
