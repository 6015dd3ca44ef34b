"""What a reader with a pencil finds: totals set aside say so, and days between are what is proven."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.invariants import faults_in
from tests.projections.building import (
    bought,
    composition,
    filing,
    granted,
    kinds,
    note,
    opening,
    plan_purchase,
    shown,
    sold,
    the,
)

DIRECT = "Common Stock, direct"


def printed(ledger):
    """The history of the one position, which adds up."""
    (position,) = history(ledger).positions
    assert list(faults_in(position)) == []
    return position.entries


def held_on(ledger, day):
    return shown(holdings(ledger, as_of=day).holdings)[DIRECT]


# --- plan shares, counted once -------------------------------------------------------------

COUNTED = filing(
    sold(3_000, 61_240, notes=plan_purchase(740, "2024-03")), on="2024-05-02"
)  # 63,500 and 740, less 3,000


@pytest.mark.parametrize("after", [granted(28_000, 88_500), sold(500, 60_000), bought(100, 60_600)])
def test_plan_shares_that_the_next_total_forgets_are_missed_there(after, told):
    filings = (opening(63_500), COUNTED, filing(after, on="2024-08-01"))

    found = [f for f in reconcile_filings(filings).findings if is_alarm(f)]

    assert [(f.filing, f.difference) for f in found] == [(filings[2].id, -740)]
    assert f"leaves out the 740 that {COUNTED.id}#I.1 had in its total" in found[0].message
    assert [e.verdict for e in printed(told(*filings))][-1] == "unexplained"


def test_plan_shares_that_later_totals_keep_are_explained_once(told):
    filings = (
        opening(63_500),
        COUNTED,
        filing(granted(28_000, 89_240), on="2024-08-01"),
        filing(sold(240, 89_000), on="2024-09-03"),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert held_on(told(*filings), "2024-09-03") == "89000"


# --- an explanation that a later total refutes ---------------------------------------------


def test_a_composition_that_the_next_total_refutes_explains_nothing(told):
    filings = (
        opening(40_000),
        filing(bought(500, 43_210, notes=composition(2_710)), on="2024-03-01"),
        filing(sold(400, 40_100), on="2024-06-03"),
    )
    answer, ledger = reconcile_filings(filings), told(*filings)

    wrong = the(answer, "ISOLATED_TOTAL_ERROR")

    assert (wrong.filing, wrong.expected, wrong.reported) == (filings[1].id, 40_500, 43_210)
    assert "refuted" in wrong.message
    assert [(e.verdict, e.set_aside) for e in printed(ledger)] == [
        ("opening", False),
        ("unexplained", True),
        ("agreed", False),
    ]
    assert held_on(ledger, "2024-05-01") == "40500"


def test_a_wrong_total_that_the_next_filing_owns_up_to_is_explained_by_its_note(told):
    words = "The total of the report of March 5 was overstated by 70 shares."
    owned_up = note(words, "report-correction", 70)
    filings = (
        opening(40_000),
        filing(sold(1_000, 39_070), on="2024-03-01"),
        filing(bought(200, 39_200, notes=owned_up), on="2024-06-03"),
    )
    answer, ledger = reconcile_filings(filings), told(*filings)

    corrected = the(answer, "BALANCE_BREAK_EXPLAINED")

    assert kinds(answer) == []
    assert (corrected.filing, corrected.revised_by) == (filings[1].id, filings[2].id)
    assert corrected.explanation.code == "EXPL_PRIOR_CORRECTION"
    assert printed(ledger)[1].set_aside
    assert held_on(ledger, "2024-04-01") == "39000"


# --- what was held between -----------------------------------------------------------------

SLIPS = {
    "two digits swapped": 12_090,
    "its own row left out": 11_900,
    "its own row twice": 10_300,
    "a digit dropped": 1_110,
    "the lot alone": 800,
    "any other number": 11_642,
}


@pytest.mark.parametrize("slip", SLIPS.values(), ids=SLIPS.keys())
def test_a_total_that_the_next_one_proves_wrong_is_never_the_holding(slip, told):
    filings = (
        opening(11_900),
        filing(sold(800, slip), on="2024-03-01"),
        filing(bought(60, 11_160), on="2024-09-03"),
    )
    ledger = told(*filings)

    (between,) = holdings(ledger, as_of="2024-06-03").holdings

    assert (between.shares, between.basis) == (11_100, "derived")
    assert len(kinds(reconcile_filings(filings))) == 1
    printed(ledger)


def test_a_slip_that_the_next_filing_copied_is_told_once_and_named_by_both(told):
    ledger = told(
        opening(11_900),
        filing(sold(800, 11_010), on="2024-03-01"),
        filing(bought(60, 11_070), on="2024-05-01"),
        filing(bought(40, 11_200), on="2024-09-03"),
    )

    entries = printed(ledger)

    assert [e.set_aside for e in entries] == [False, True, True, False]
    assert entries[1].findings
    assert entries[1].findings == entries[2].findings
    assert held_on(ledger, "2024-06-03") == "11160"


def test_a_fall_that_nothing_explains_may_lie_on_any_day_between(told):
    ledger = told(
        opening(11_900, on="2024-01-02"),
        filing(sold(800, 8_000), on="2024-06-03"),
    )

    assert held_on(ledger, "2024-01-02") == "11900"
    assert held_on(ledger, "2024-03-01") == "8800..11900"
    assert held_on(ledger, "2024-06-03") == "8000"
    printed(ledger)


def test_plan_shares_of_a_month_that_earlier_totals_left_out_widen_the_days_since(told):
    ledger = told(
        opening(9_000, on="2024-01-02"),
        filing(sold(500, 8_500), on="2024-06-03"),
        filing(sold(100, 8_650, notes=plan_purchase(250, "2024-03")), on="2024-11-01"),
    )

    assert held_on(ledger, "2024-02-01") == "9000"
    assert held_on(ledger, "2024-05-01") == "9000..9250"
    assert held_on(ledger, "2024-11-01") == "8650"
    printed(ledger)


def test_plan_shares_that_the_next_total_has_count_from_their_month(told):
    ledger = told(
        opening(9_000, on="2024-01-02"),
        filing(sold(500, 8_750, notes=plan_purchase(250, "2024-03")), on="2024-06-03"),
    )

    assert held_on(ledger, "2024-05-01") == "9250"


# --- a first total that shows its lot alone ------------------------------------------------


def test_a_first_total_set_aside_for_its_lot_says_why_on_its_line(told):
    filings = (filing(bought(40, 40), on="2024-01-03"), filing(sold(140, 860), on="2024-03-01"))

    lot = the(reconcile_filings(filings), "LOT_ONLY")
    first = printed(told(*filings))[0]

    assert (first.set_aside, first.findings, first.verdict) == (True, (lot.id,), "opening")
    assert (
        lot.message
        == "the total shows only the 40 that moved: later reports show that there was more"
    )


def test_a_first_total_that_later_rows_leave_something_of_stands(told):
    filings = (filing(bought(40, 40), on="2024-01-03"), filing(sold(10, 30), on="2024-03-01"))

    assert kinds(reconcile_filings(filings)) == []
    assert not any(line.set_aside for line in printed(told(*filings)))
