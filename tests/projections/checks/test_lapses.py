"""Derivatives that a note on something else, or a remark, says lapsed or were forfeited."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    filing,
    held,
    kinds,
    note,
    opening,
    option,
    shown,
    sold,
    units,
)

YOUNG = {"strike": 14, "expires": "2033-05-02"}
OLD = {"strike": 9, "expires": "2031-05-02"}


def first(*rows):
    return opening(20_000, *rows)


def lapsed(text, shares=None, on="2024-05-31"):
    day = {"effective_from": on, "effective_to": on, "precision": "day"} if on else {}
    return note(text, "forfeiture", shares, direction="disposed", **day)


def leaves(said, *rows, on="2024-06-03", owns=19_900):
    """The last trade in stock of an officer who leaves, with a note on it."""
    return filing(sold(100, owns, notes=said, cites="security"), *rows, on=on)


def left(ledger, **asked):
    """What is held of derivatives."""
    found = holdings(ledger, **asked).holdings
    return [
        (str(h.exercise_price), h.shares, h.shares_low, h.shares_high)
        for h in found
        if h.table == "II"
    ]


@pytest.mark.parametrize(
    ("said", "then"),
    [
        (lapsed("His 700 options lapsed on May 31, 2024.", 700), {"9": (0, 0), "14": (300, 300)}),
        (lapsed("1,000 options lapsed on May 31, 2024.", 1_000), {"9": (0, 0), "14": (0, 0)}),
        (lapsed("All options lapsed on May 31, 2024."), {"9": (0, 0), "14": (0, 0)}),
        (
            lapsed("Options at $14 expired unexercised on May 31, 2024."),
            {"9": (700, 700), "14": (0, 0)},
        ),
        (
            lapsed("The unvested part of his options lapsed on May 31, 2024."),
            {"9": (0, 700), "14": (0, 300)},
        ),
        (lapsed("200 options lapsed on May 31, 2024.", 200), {"9": (500, 700), "14": (100, 300)}),
        (lapsed("900 options lapsed on May 31, 2024.", 900), {"9": (700, 700), "14": (300, 300)}),
        (lapsed("700 warrants lapsed on May 31, 2024.", 700), {"9": (700, 700), "14": (300, 300)}),
    ],
)
def test_a_note_on_the_stock_takes_off_the_series_that_it_means(told, said, then):
    ledger = told(
        first(option(None, 700, 700, **OLD), option(None, 300, 300, **YOUNG)), leaves(said)
    )

    assert {strike: (low, high) for strike, _, low, high in left(ledger)} == then
    assert {shares for _, shares, _, _ in left(ledger, as_of="2024-05-30")} == {700, 300}


def test_units_go_without_the_options_and_nothing_is_left_unused(told):
    said = lapsed("On May 31, 2024, 250 restricted stock units were forfeited.", 250)
    filings = first(option(None, 700, 700, **OLD), units(None, 250, 250)), leaves(said)

    assert [shares for _, shares, _, _ in left(told(*filings))] == [700, 0]
    assert kinds(reconcile_filings(filings)) == []


def test_without_a_day_it_came_between_the_last_line_and_the_filing(told):
    ledger = told(
        first(option(None, 700, 700, **OLD)),
        leaves(lapsed("All of the options have terminated unexercised.", on=None)),
    )

    assert [bounds for _, *bounds in left(ledger, as_of="2024-05-01")] == [[None, 0, 700]]
    assert [shares for _, shares, _, _ in left(ledger)] == [0]


def test_a_note_that_is_carried_on_takes_off_once(told):
    said = lapsed("200 options lapsed on May 31, 2024.", 200)
    ledger = told(
        first(option(None, 700, 700, **OLD)),
        leaves(said),
        leaves(said, on="2024-08-05", owns=19_800),
    )

    assert [shares for _, shares, _, _ in left(ledger)] == [500]


def test_what_lapsed_stands_in_the_history_and_adds_up(told):
    said = lapsed("200 options lapsed on May 31, 2024.", 200)
    ledger = told(first(option(None, 700, 700, **OLD)), leaves(said))

    (series,) = [p for p in history(ledger).positions if p.table == "II"]
    last = series.entries[-1]
    assert (last.event, last.shares, last.direction, last.computed) == (
        "forfeiture",
        200,
        "disposed",
        500,
    )
    assert (str(last.effective_from), last.row) == ("2024-05-31", "note.1")


def test_what_may_have_lapsed_has_no_number_in_the_history(told):
    said = lapsed("The unvested part of his options lapsed on May 31, 2024.")
    ledger = told(first(option(None, 700, 700, **OLD)), leaves(said))

    (series,) = [p for p in history(ledger).positions if p.table == "II"]
    assert (series.entries[-1].shares, series.entries[-1].computed) == (None, None)


def test_a_later_total_without_it_is_explained_by_the_earlier_note():
    said = lapsed("700 options lapsed on May 31, 2024.", 700)
    listed = held(19_900), option(None, None, 0, **OLD)
    answer = reconcile_filings(
        [first(option(None, 700, 700, **OLD)), leaves(said), filing(*listed, on="2024-08-05")]
    )

    assert (answer.totals.explained, kinds(answer)) == (1, [])
    assert [f.explanation.code for f in answer.findings if f.explanation] == ["EXPL_FORFEITURE"]


def test_options_that_lapsed_explain_no_stock():
    said = lapsed("700 options lapsed on May 31, 2024.", 700)
    answer = reconcile_filings([first(option(None, 700, 700, **OLD)), leaves(said, owns=19_200)])

    assert answer.totals.unexplained == 1


def test_a_series_listed_after_that_day_is_held(told):
    said = lapsed("700 options lapsed on May 31, 2024.", 700)
    ledger = told(
        first(option(None, 700, 700, **OLD)), leaves(said, option(None, None, 700, **OLD))
    )

    assert shown(holdings(ledger).holdings)["Employee Stock Option (right to buy), direct"] == "700"
