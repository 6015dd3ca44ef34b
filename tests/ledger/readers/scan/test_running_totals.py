"""What totals that run from line to line say of figures that a fax has spoilt or swallowed."""

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, why


def sold(shares, left, price="$19.02"):
    return spaced("Common Stock", "03/04/2004", "s", shares, "D", price, left, "D")


def lines(*rows):
    return read("\n".join(sold(*row) for row in rows)).rows


def test_an_amount_of_which_nothing_is_left_is_the_step_between_confirmed_totals():
    rows = lines(("400", "9,600"), ("1,300", "8,300"), ("“anaes", "7,750"), ("250", "7,500"))

    assert rows[2].shares == 550
    assert effects(rows[2])["shares"] == "inferred"
    assert "the totals go from 8300 to 7750" in why(rows[2])["shares"]


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_lost_amount_beside_a_total_that_nothing_confirms_is_unknown(at):
    told = [("400", "9,600"), ("1,300", "8,300"), ("“anaes", "7,750"), ("250", "7,500")]
    first, *rest = told[at]
    told[at] = (first, "6,100") if at else ("“anaes", *rest)
    rows = lines(*told[:3]) if at == 3 else lines(*told)

    assert rows[2 if at else 0].shares is None


def test_an_amount_whose_comma_is_a_point_and_its_mark_a_digit_is_what_the_totals_say():
    rows = lines(("400", "9,600"), ("2.3007", "7,300"), ("1.900”", "5,400"))

    assert [row.shares for row in rows] == [400, 2_300, 1_900]
    assert effects(rows[1])["shares"] == "repaired"
    assert "so the totals follow" in why(rows[1])["shares"]


def test_an_amount_that_no_total_bears_out_stands_as_a_fraction():
    rows = lines(("400", "9,600"), ("2.3007", "7,311"))

    assert rows[1].shares != 2_300


def test_a_few_marks_read_as_fractions_leave_totals_that_run_on_alone():
    rows = lines(
        ("401", "1,209,601"),
        ("1,318", "1,208,283"),
        ("1,127", "1,207,156"),
        ("2.2997", "1,206,131"),
        ("1.4148", "1,204,711"),
    )

    assert [row.shares_after for row in rows[:4]] == [1_209_601, 1_208_283, 1_207_156, 1_206_131]
    assert all("shares_after" not in effects(row) for row in rows[:2])


@pytest.mark.parametrize("printed", ["400!", "400”", '400"'])
def test_a_sign_behind_a_short_amount_is_what_is_left_of_its_mark(printed):
    row, _ = lines((printed, "9,600"), ("300", "9,300"))

    assert (row.code, row.shares, row.direction) == ("S", 400, "disposed")


def test_a_price_is_no_amount_of_table_i_where_the_amount_is_lost():
    (row,) = lines(("“anaes", "51,969", "$124.232%"))

    assert (row.code, row.direction, row.shares) == ("S", "disposed", None)
    assert row.printed["price"] == "$124.232%"


@pytest.mark.parametrize("printed", ["1,009,600,", "1,009,6003", "1,009,600'5"])
def test_a_total_with_something_behind_it_stands_and_is_doubtful(printed):
    _, row = lines(("300", "10,300"), ("400", printed))

    assert row.shares_after == 1_009_600
    assert effects(row)["shares_after"] == "doubtful"


def test_a_figure_that_another_column_repeats_settles_the_row_s_columns():
    conversion = """Class B (2) 03/04/2004 ch 3,330,804 @ @ Class A 3,330,804 $0 t) | ee
Common : . Common Footnote’
Stock'2) Stock"""
    (found,) = read(second=conversion).rows

    assert (found.code, found.shares, found.shares_after) == ("C", 3_330_804, 0)
    assert found.direction == "disposed"
