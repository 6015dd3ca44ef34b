"""Nobody holds less than nothing: what is told where the arithmetic comes to it."""

from __future__ import annotations

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.invariants import faults_in
from tests.projections.building import (
    filing,
    held,
    kinds,
    moved,
    note,
    opening,
    option,
    shown,
    sold,
    the,
)

DIRECT = "Common Stock, direct"


def test_a_row_without_a_total_that_takes_more_than_there_was_is_told(told):
    filings = (opening(300), filing(sold(420), on="2024-03-01"))

    found = the(reconcile_filings(filings), "NEGATIVE_BALANCE")

    assert (found.filing, found.row) == (filings[1].id, "I.1")
    assert found.message == "420 left, where 300 were held; no total says what is left"
    assert shown(holdings(told(*filings)).holdings) == {DIRECT: "None..None"}


def test_a_row_without_a_total_that_leaves_something_needs_no_word(told):
    filings = (opening(300), filing(sold(299), on="2024-03-01"))

    assert kinds(reconcile_filings(filings)) == []
    assert shown(holdings(told(*filings)).holdings) == {DIRECT: "1"}


def test_a_plan_may_sell_its_last_fraction(told):
    filings = (opening("300.25"), filing(sold("300.8"), on="2024-03-01"))

    assert kinds(reconcile_filings(filings)) == []
    assert shown(holdings(told(*filings)).holdings) == {DIRECT: "0"}


def test_more_of_a_series_exercised_than_there_was_is_told_without_a_total():
    grant = opening(0, option(None, None, 300))

    answer = reconcile_filings([grant, filing(option("X", 420, None), on="2024-03-01")])

    assert "DERIV_OVER_EXERCISED" in kinds(answer)


@pytest.mark.parametrize("title", ["Common Stock (short)", "Common Stock sold short"])
def test_who_sells_short_may_owe(title):
    sale = filing(sold(420, title=title), on="2024-03-01")

    assert kinds(reconcile_filings([opening(0, held(0, title=title)), sale])) == []


# --- what left, and was not there yet ------------------------------------------------------

HANDED_ON = note("Upon the conversion 700 shares were distributed.", "distribution", 700)


def converted(owned):
    """Nine hundred shares come by a conversion, of which seven hundred go on at once."""
    row = moved("C", "acquired", 900, owned + 200, notes=HANDED_ON, price=0)
    return filing(row, on="2024-06-03")


@pytest.mark.parametrize(("owned", "then"), [(20, "0..20"), (0, "0")])
def test_what_left_before_it_came_left_after_it(owned, then, told):
    ledger = told(opening(owned), converted(owned))

    held_then = shown(holdings(ledger, as_of="2024-04-01").holdings)
    (printed,) = history(ledger).positions

    assert held_then == {DIRECT: then}
    assert list(faults_in(printed)) == []
    assert [(line.event, line.computed) for line in printed.entries][-2:] == [
        ("conversion", owned + 900),
        ("distribution", owned + 200),
    ]


def test_what_explains_a_total_stands_above_it_where_that_needs_no_debt(told):
    (printed,) = history(told(opening(1_020), converted(1_020))).positions

    assert [(line.event, line.computed) for line in printed.entries][-2:] == [
        ("distribution", 320),
        ("conversion", 1_220),
    ]
