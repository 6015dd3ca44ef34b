"""Several totals of one owner that do not go on from earlier filings have one cause."""

from datetime import date

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    JOHN,
    bought,
    filing,
    granted,
    held,
    kinds,
    opening,
    option,
    sold,
    the,
    units,
)

MONTHS = ["2024-02-05", "2024-03-04", "2024-04-08", "2024-05-06", "2024-06-03", "2024-07-08"]


def monthly_sales(*totals):
    """Sales of 400, a month apart, after each of which so much is owned."""
    return [filing(sold(400, owns), on=day) for owns, day in zip(totals, MONTHS, strict=False)]


def gaps(answer):
    return [(f.severity, f.row) for f in answer.findings if f.kind == "GAP_SUSPECTED"]


def test_three_filings_that_do_not_go_on_from_earlier_ones_are_told_as_missing_reports():
    feed = monthly_sales(9_600, 9_010, 8_225, 7_630)

    answer = reconcile_filings([opening(), *feed])

    assert set(kinds(answer)) == {"GAP_SUSPECTED"}
    assert gaps(answer) == [("major", "I.1"), ("minor", "I.1"), ("minor", "I.1")]
    first, *others = answer.findings
    assert first.message.endswith(
        "3 of the 5 filings of this owner here do not go on from those before them: reports seem to be missing"
    )
    assert all(f.evidence == (f"{first.filing}#I.1",) for f in others)


def test_before_an_amendment_whose_original_is_not_here_that_original_is_what_is_missing():
    amended = {"form": "4/A", "original_on": date(2024, 6, 4), "filed": "2024-06-20"}
    late = filing(sold(400, 11_730), on="2024-06-03", **amended)

    found = the(reconcile_filings([opening(), late]), "GAP_SUSPECTED")

    assert found.severity == "minor"
    assert found.message.endswith("the filing it amends, which is not here, may tell of it")


def test_one_filing_that_does_not_go_on_may_be_a_slip_and_is_told_as_a_break():
    answer = reconcile_filings([opening(), *monthly_sales(9_600, 9_200, 8_625, 8_225)])

    assert kinds(answer) == ["LEVEL_SHIFT_UNEXPLAINED"]


def test_slips_now_and_then_in_a_long_record_are_no_missing_reports():
    days = [f"20{year}-{month:02}-05" for year in (22, 23) for month in range(1, 13)]
    slips = {3: -13, 9: -27, 16: -41}
    owns, feed = 40_000, []
    for place, day in enumerate(days):
        owns += slips.get(place, 0) - 400
        feed.append(filing(sold(400, owns), on=day))

    answer = reconcile_filings([opening(40_000, on="2021-12-06"), *feed])

    assert gaps(answer) == []
    assert kinds(answer) == ["LEVEL_SHIFT_UNEXPLAINED"] * 3


def test_two_holdings_that_one_form_does_not_carry_on_have_lost_one_report():
    trust = {"how": "By Family Trust"}
    before = filing(sold(300, 9_700), sold(500, 7_500, **trust), on="2024-02-05")
    after = filing(sold(300, 9_075), sold(500, 6_220, **trust), on="2024-04-08")

    answer = reconcile_filings([opening(10_000, held(8_000, **trust)), before, after])

    assert gaps(answer) == [("major", "I.1"), ("minor", "I.2")]
    assert "a report seems to be missing before this one" in answer.findings[0].message


def test_a_form_that_contradicts_itself_lacks_no_report():
    """The second row of each form does not go on from the first, whatever was filed between."""
    feed = [
        filing(sold(100, owns - 100), sold(50, owns - 150 + off), on=day)
        for owns, off, day in zip((10_000, 9_870, 9_760), (20, 40, 70), MONTHS, strict=False)
    ]

    answer = reconcile_filings([opening(), *feed])

    assert gaps(answer) == []
    assert len(kinds(answer)) == 3


def test_more_exercised_than_was_held_accuses_nobody_where_reports_are_missing():
    feed = [
        filing(granted(100, 10_337), option("M", 50, 0), on=MONTHS[0]),
        filing(granted(100, 10_781), on=MONTHS[1]),
        filing(granted(100, 11_204), units("A", 20, 20), on=MONTHS[2]),
    ]

    answer = reconcile_filings([opening(10_000, option(None, None, 10)), *feed])

    assert not {"DERIV_OVER_EXERCISED", "NEGATIVE_BALANCE"} & set(kinds(answer))


@pytest.mark.parametrize("owner", ["another", "the same"])
def test_missing_reports_are_those_of_one_owner(owner):
    def feed(*filings, **said):
        return [filing(bought(100, owns), on=day, **said) for owns, day in filings]

    mine = feed((10_100, MONTHS[0]), (10_355, MONTHS[1]), (10_580, MONTHS[2]))
    third = {"owners": (JOHN,)} if owner == "another" else {}
    base = 5_000 if owner == "another" else 10_580
    theirs = feed((base + 100, MONTHS[3]), (base + 355, MONTHS[4]), **third)

    answer = reconcile_filings([opening(), *mine, *theirs])

    assert bool(gaps(answer)) is (owner == "the same")


def test_a_sum_that_comes_out_by_chance_is_no_slip_among_missing_reports():
    """The last total is the one before it, as if it left its own sale out."""
    feed = monthly_sales(9_600, 9_010, 8_225, 7_630)
    as_if_left_out = filing(sold(150, 7_630), on=MONTHS[4])

    alone = reconcile_filings([opening(8_030, on="2024-04-08"), feed[3], as_if_left_out])
    among = reconcile_filings([opening(), *feed, as_if_left_out])

    assert kinds(alone) == ["MISSED_OWN_ROW"]
    assert set(kinds(among)) == {"GAP_SUSPECTED"}
    assert not any("leaves" in f.message for f in among.findings)


def test_a_slip_that_a_later_total_undoes_stays_one_among_missing_reports():
    feed = monthly_sales(9_600, 9_010, 8_225, 7_630)
    slip = filing(sold(150, 7_080), on=MONTHS[4])
    back = filing(sold(100, 7_380), on=MONTHS[5])

    answer = reconcile_filings([opening(), *feed, slip, back])

    assert sorted(kinds(answer)) == ["GAP_SUSPECTED"] * 3 + ["PRIOR_ROW_DOUBLED"]


@pytest.mark.parametrize(
    ("off", "kind"), [(-400, "GAP_SUSPECTED"), (-410, "LEVEL_SHIFT_UNEXPLAINED")]
)
def test_a_total_off_by_one_more_trade_of_a_programme_lacks_its_report(off, kind):
    feed = monthly_sales(9_600, 9_200, 8_800 + off, 8_400 + off)

    answer = reconcile_filings([opening(), *feed])

    assert kinds(answer) == [kind]
    assert ("as much as each of 3 other reports moved" in answer.findings[0].message) is (
        kind == "GAP_SUSPECTED"
    )


def test_a_purchase_that_seems_applied_twice_may_as_well_be_two_of_which_one_is_not_here():
    """Nobody need have slipped: the other report of 700 is missing, as it seems."""
    forms = [
        opening(),
        filing(bought(700, 10_700), on="2024-03-01"),
        filing(sold(250, 11_150), on="2024-06-03"),
    ]

    found = the(reconcile_filings(forms), "PRIOR_ROW_DOUBLED")

    assert found.message.endswith(", or as much moved besides, which no report here tells")
    assert found.explanation.confidence == "low"


def test_a_total_that_applies_a_row_of_its_own_form_again_has_the_mark_of_a_slip():
    forms = [opening(), filing(bought(700, 10_700), sold(250, 11_150), on="2024-03-01")]

    assert the(reconcile_filings(forms), "PRIOR_ROW_DOUBLED").explanation.confidence == "likely"
