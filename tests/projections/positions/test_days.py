"""Filings of one day: put in the order in which their totals join, in reasonable time."""

import sys
from random import Random

import pytest

from projections import holdings
from projections.positions import days
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, opening, sold


def programme(forms):
    """An opening, and so many forms of one day, each with one sale and its running total."""
    held = 100_000
    sales = []
    for part in range(1, forms + 1):
        held -= 10 + part
        sales.append(filing(sold(10 + part, held), on="2024-03-01", part=part))
    return [opening(100_000), *sales]


@pytest.mark.parametrize("seed", range(4))
def test_forms_of_one_day_join_in_whatever_order_they_came(seed):
    first, *sales = programme(12)
    names = [one.accession for one in sales]
    shuffled = [*names]
    Random(seed).shuffle(shuffled)
    filings = [
        one.model_copy(update={"accession": name})
        for one, name in zip(sales, shuffled, strict=True)
    ]

    totals = reconcile_filings([first, *filings]).totals

    assert (totals.checked, totals.agreed) == (12, 12)


def steps(filings):
    """How many functions are called to judge some filings: time that no busy machine changes."""
    counted = 0

    def count(_frame, event, _what):
        nonlocal counted
        counted += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        reconcile_filings(filings)
    finally:
        sys.setprofile(before)
    return counted


def test_twice_as_many_forms_of_one_day_take_at_most_four_times_the_steps():
    some, many = programme(20), programme(40)
    steps(some)

    assert steps(many) < 4 * steps(some)


def test_of_very_many_forms_of_one_day_a_few_are_weighed_at_once(monkeypatch):
    monkeypatch.setattr(days, "_WAITING", 10)
    some, many = programme(40), programme(80)
    steps(some)

    assert steps(many) < 3 * steps(some)
    assert reconcile_filings(many).totals.agreed == 80


def test_a_day_whose_year_the_period_shows_to_be_a_slip_moves_nothing_a_year_before(told):
    slip = filing(sold(1_000, 8_500, on="2024-01-09"), on="2025-01-09")
    ledger = told(opening(10_000, on="2023-12-04"), filing(sold(500, 9_500), on="2024-06-03"), slip)

    def on(day):
        (one,) = holdings(ledger, as_of=day).holdings
        return one.shares

    assert [on(day) for day in ("2024-03-01", "2024-08-01", "2025-02-03")] == [10_000, 9_500, 8_500]
