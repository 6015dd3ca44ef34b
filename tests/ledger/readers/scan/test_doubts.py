"""Digits misread into well-formed figures: what around them tells, and what stands."""

from datetime import date

import pytest

from ledger.filing import Row
from ledger.readers.grammar import day_us
from ledger.readers.scan.days import Covered, dated
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, row, why

NOTES = (
    "\nExplanation of Responses:\n/s/ Edith M. Vale 03/06/2004\n** Signature of Reporting Person"
)


def sold(day, shares, left):
    return spaced("Common Stock", day, "Ss", shares, "D", "$2.50", left, "D")


def lines(*rows, notes=NOTES):
    return read("\n".join(sold(*one) for one in rows), notes=notes).rows


def test_a_day_outside_what_the_form_covers_is_unknown_on_a_misread_page():
    first, second, third = lines(
        ("03/04/2004", "400", "9,600"),
        ("08/05/2004", "300", "9,300"),
        ("03/05/2004", "90", "9,210"),
    )

    assert (first.effective_on, third.effective_on) == (date(2004, 3, 4), date(2004, 3, 5))
    assert second.effective_on is None
    assert effects(second)["effective_on"] == "field unknown"
    assert second.printed["effective_on"] == "08/05/2004"


def test_where_most_days_lie_outside_it_is_the_period_that_was_misread():
    found = lines(("01/04/2004", "400", "9,600"), ("01/05/2004", "300", "9,300"))

    assert [one.effective_on for one in found] == [date(2004, 1, 4), date(2004, 1, 5)]
    assert {effects(one)["effective_on"] for one in found} == {"doubtful"}


def test_a_lone_day_that_period_and_signature_both_contradict_is_unknown():
    (found,) = lines(("08/04/2004", "400", "9,600"))

    assert found.effective_on is None
    assert effects(found)["effective_on"] == "field unknown"


UNSIGNED = NOTES.replace("03/06/2004", "98/42/2004")


def test_a_later_day_in_all_but_a_digit_another_s_is_doubtful_where_the_signature_is_not_legible():
    rows = (("03/14/2004", "400", "9,600"), ("03/04/2004", "300", "9,300"))
    first, second = lines(*rows, notes=UNSIGNED)

    assert (first.effective_on, effects(first)["effective_on"]) == (date(2004, 3, 14), "doubtful")
    assert "effective_on" not in effects(second)


@pytest.mark.parametrize("days", [("03/05/2004", "03/04/2004"), ("03/26/2004", "03/04/2004")])
def test_days_close_together_or_unlike_are_not_doubted_without_a_signature(days):
    rows = ((days[0], "400", "9,600"), (days[1], "300", "9,300"))
    found = lines(*rows, notes=UNSIGNED)

    assert all("effective_on" not in effects(one) for one in found if one.effective_on)


def test_totals_that_do_not_follow_stand_at_their_print_and_are_doubtful():
    first, second = lines(("03/04/2004", "400", "77,865"), ("03/05/2004", "300", "27,565"))

    assert (first.shares_after, second.shares_after) == (77_865, 27_565)
    assert effects(first)["shares_after"] == effects(second)["shares_after"] == "doubtful"
    assert "misread" in why(second)["shares_after"]


def test_totals_that_follow_are_not_doubted():
    first, second = lines(("03/04/2004", "400", "77,865"), ("03/05/2004", "300", "77,565"))

    assert "shares_after" not in effects(first) | effects(second)


def test_a_page_that_was_read_well_keeps_what_the_filer_printed():
    first = "Common Stock\t03/04/2004\tS\t400\tD\t$2.50\t77,865\tD"
    second = "Common Stock\t08/05/2004\tS\t300\tD\t$2.50\t27,565\tD"
    found = read(f"{first}\n{second}", notes=NOTES).rows

    assert found[1].effective_on == date(2004, 8, 5)
    assert all(one.repairs == () for one in found)


SHREDDED = """
1. Name and Addres of Reportng Persn* 5. Relatonship of Reportng Persn to Isuer
3. Date of Earlest Transacton 6. Indivdual or Joint Filng Aplicable
Own3rship Benefical Secunties Deriv3tive Conversi0n
"""


def test_a_figure_of_a_poorly_read_page_that_nothing_confirms_is_unknown():
    found = row(sold("03/04/2004", "400", "9,600"), top=SHREDDED * 2 + TOP_LINES, notes=NOTES)

    assert (found.shares, found.shares_after) == (None, None)
    assert effects(found)["shares"] == "field unknown"


def test_how_poorly_a_page_was_read_is_told_in_one_line():
    filing = read(sold("03/04/2004", "400", "9,600"), top=SHREDDED * 2 + TOP_LINES, notes=NOTES)
    told = [repair.why for repair in filing.repairs if repair.field == "text"]

    assert len(told) == 1
    assert "% of the form's own words" in told[0]


TOP_LINES = "FORM 4\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n"


def test_a_row_under_the_heading_of_table_i_is_none_of_table_ii_though_it_lost_its_code():
    torn = spaced("Common Stock", "03/04/2004", "Lore", "306,748", "423,315,684", "By Trust")
    found = read(torn, notes=NOTES).rows

    assert all(one.table == "I" for one in found)


def test_a_long_figure_without_a_comma_on_a_page_that_groups_has_lost_a_sign():
    first, second = lines(("03/04/2004", "400", "77,865"), ("03/05/2004", "267509", "1,000"))

    assert first.shares_after == 77_865
    assert second.shares is None
    assert effects(second)["shares"] == "field unknown"


def test_figures_of_a_page_that_groups_none_stand_without_commas():
    (found,) = lines(("03/04/2004", "26750", "77865"))

    assert (found.shares, found.shares_after) == (26_750, 77_865)


def test_a_comma_here_and_a_point_there_in_the_same_figures_leave_both_unknown():
    granted = ("03/04/2004", "Aa)", "267,809", "03/04/2005", "03/04/2014", "Common Stock")
    (found,) = read(
        second=spaced("Stock Units", "$0", *granted, "267.809", "$0", "300,000", "D")
    ).rows

    assert (found.shares, found.underlying_shares) == (None, None)
    assert effects(found)["shares"] == effects(found)["underlying_shares"] == "field unknown"


def test_a_day_outside_in_all_but_a_digit_of_what_the_others_have_is_that_day():
    slip = lines(
        ("03/04/2004", "400", "9,600"),
        ("03/04/2004", "300", "9,300"),
        ("03/04/2014", "90", "9,210"),
    )

    assert [one.effective_on for one in slip] == [date(2004, 3, 4)] * 3
    assert effects(slip[2])["effective_on"] == "inferred"
    assert "2014" in slip[2].printed["effective_on"]


def test_a_day_between_rows_of_another_in_all_but_a_digit_is_doubtful():
    found = lines(
        ("03/04/2004", "400", "9,600"),
        ("03/05/2004", "300", "9,300"),
        ("03/04/2004", "90", "9,210"),
    )
    running = lines(
        ("03/04/2004", "400", "9,600"),
        ("03/05/2004", "300", "9,300"),
        ("03/05/2004", "90", "9,210"),
    )

    assert effects(found[1])["effective_on"] == "doubtful"
    assert all("effective_on" not in effects(one) for one in running)


def test_a_period_in_all_but_a_sign_the_earliest_day_is_doubtful():
    top = TOP_LINES + "3. Date of Earliest Transaction (Month/Day/Year)\n{}\n"
    found = read(sold("03/04/2004", "400", "9,600"), top=top.format("03/01/2004"), notes=NOTES)
    same = read(sold("03/04/2004", "400", "9,600"), top=top.format("03/04/2004"), notes=NOTES)
    other = read(sold("03/04/2004", "400", "9,600"), top=top.format("02/26/2004"), notes=NOTES)

    assert [r.effect for r in found.repairs if r.field == "period"] == ["doubtful"]
    assert found.period == date(2004, 3, 1)
    for filing in (same, other):
        assert not [r for r in filing.repairs if r.field == "period"]


SAME = "03/04/2004"


@pytest.mark.parametrize(
    ("days", "doubtful"),
    [
        (("03/05/2004", SAME, SAME), 0),
        ((SAME, SAME, "03/03/2004"), 2),
        ((SAME, SAME, "03/05/2004"), None),
        (("03/03/2004", SAME, SAME), None),
        (("03/06/2004", "03/05/2004", SAME), None),
    ],
)
def test_a_day_out_of_turn_at_a_table_s_end_is_doubtful_where_all_but_a_digit_is_the_others(
    days, doubtful
):
    found = dated(
        [
            Row(table="I", line=at, holding=False, effective_on=day_us(day))
            for at, day in enumerate(days, start=1)
        ],
        Covered(None, None),
    )

    assert [at for at, one in enumerate(found) if "effective_on" in effects(one)] == (
        [] if doubtful is None else [doubtful]
    )
