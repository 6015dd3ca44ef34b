"""Totals as of their filing: what moved after a row's own day is in them already."""

from datetime import date

from projections import history
from projections.positions.balances import level_on
from projections.questions.reconcile import judged_filings, reconcile_filings
from tests.projections.building import bought, filing, gave, kinds, opening, sold, the

EXPLAINED = "BALANCE_BREAK_EXPLAINED"
OPENED = opening(100)
BOUGHT = filing(bought(50, 150), on="2024-03-20")


def _levels(*filings, days):
    (judged,) = judged_filings(filings)
    (position,) = judged.folded.book.positions
    rulings = judged.folded.rulings
    return [level_on(position, day and date.fromisoformat(day), rulings).shares for day in days]


def test_a_sale_told_late_beside_todays_total_goes_back_to_its_own_day():
    late = filing(sold(10, 140), on="2024-03-15", filed="2024-04-20")

    answer = reconcile_filings([OPENED, BOUGHT, late])

    found = the(answer, EXPLAINED)
    assert kinds(answer) == []
    assert found.explanation.code == "EXPL_ASOF"
    assert (found.expected, found.reported, found.difference) == (90, 140, 50)
    days = ["2024-03-14", "2024-03-17", "2024-03-25", None]
    assert _levels(OPENED, BOUGHT, late, days=days) == [100, 90, 140, 140]


def test_a_sale_told_late_beside_the_total_of_its_own_day_needs_no_word():
    late = filing(sold(10, 90), on="2024-03-15", filed="2024-04-20")

    answer = reconcile_filings([OPENED, BOUGHT, late])

    assert [f.kind for f in answer.findings] == ["LATE_FILING"]
    assert _levels(OPENED, BOUGHT, late, days=["2024-03-17", None]) == [90, 140]


def test_gifts_of_a_year_on_its_form_5_run_on_from_the_balance_at_filing():
    year = filing(
        gave(5, 145, on="2024-02-01"),
        gave(5, 140, on="2024-03-01"),
        on="2024-12-31",
        form="5",
        filed="2025-02-03",
    )

    answer = reconcile_filings([OPENED, BOUGHT, year])

    codes = [f.explanation.code for f in answer.findings if f.kind == EXPLAINED]
    assert codes == ["EXPL_ASOF", "EXPL_ASOF"]
    assert _levels(OPENED, BOUGHT, year, days=["2024-02-15", "2024-03-10", None]) == [95, 90, 140]


def test_a_line_told_late_that_claims_nothing_has_nothing_to_explain(told):
    year = filing(
        gave(5, None, on="2024-02-01"),
        gave(5, 140, on="2024-03-01"),
        on="2024-12-31",
        form="5",
        filed="2025-02-03",
    )

    _, silent, claiming, _ = history(told(OPENED, BOUGHT, year)).positions[0].entries

    assert (silent.computed, silent.expected, silent.verdict) == (95, 95, None)
    assert (claiming.computed, claiming.expected, claiming.verdict) == (90, 140, "explained")


def test_a_total_may_count_the_trade_of_the_next_day_that_another_form_reports():
    first = filing(bought(50, 180), on="2024-03-19", filed="2024-03-21")
    second = filing(bought(30, 180), on="2024-03-20", filed="2024-03-22")

    answer = reconcile_filings([OPENED, first, second])

    found = the(answer, EXPLAINED)
    assert kinds(answer) == []
    assert (found.filing, found.explanation.code) == (first.accession, "EXPL_ASOF")
    assert (found.expected, found.reported) == (150, 180)
    assert _levels(OPENED, first, second, days=["2024-03-19", None]) == [150, 180]


def test_a_trade_after_the_filing_cannot_have_been_counted():
    first = filing(bought(50, 180), on="2024-03-19", filed="2024-03-21")
    later = filing(bought(30, 180), on="2024-04-20")

    answer = reconcile_filings([OPENED, first, later])

    assert kinds(answer) == ["ISOLATED_TOTAL_ERROR"]


def test_a_day_that_is_a_year_off_is_a_slip_and_not_a_total_of_another_day():
    slip = filing(sold(10, 140), on="2023-04-15", filed="2024-04-20", period=date(2024, 4, 15))
    before = opening(100, on="2023-01-02")

    answer = reconcile_filings([before, BOUGHT, slip])

    assert kinds(answer) == ["DATE_SUSPECT"]
    assert EXPLAINED not in {f.kind for f in answer.findings}
