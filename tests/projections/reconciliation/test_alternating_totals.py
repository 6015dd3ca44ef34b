"""Totals that forget, now and then, what a note once explained."""

from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.projections.building import filing, held, kinds, note, opening

RECEIVED = note(
    "The trust received 100 shares in a pro rata distribution by a partnership.",
    "distribution",
    100,
    direction="acquired",
)
TRUST = {"how": "By Family Trust"}


def totals(*amounts, first=1_000):
    """One holding row after another, a quarter apart; the second total cites the note."""
    days = ["2023-03-01", "2023-06-01", "2023-09-01", "2023-12-01", "2024-03-01", "2024-06-03"]
    rows = [held(amounts[0], notes=RECEIVED, **TRUST), *(held(a, **TRUST) for a in amounts[1:])]
    start = opening(10, held(first, **TRUST), on="2023-01-03")
    return [start, *(filing(row, on=day) for row, day in zip(rows, days, strict=False))]


def test_a_total_that_falls_back_behind_a_note_is_wrong_and_nothing_is_received_twice():
    filings = totals(1_100, 1_000, 1_100, 1_000, 1_100, 1_100)

    answer = reconcile_filings(filings)

    wrong = [f for f in answer.findings if f.kind == "ISOLATED_TOTAL_ERROR"]
    assert kinds(answer) == ["ISOLATED_TOTAL_ERROR"] * 2
    assert [(f.filing, f.expected, f.reported) for f in wrong] == [
        (filings[2].id, 1_100, 1_000),
        (filings[4].id, 1_100, 1_000),
    ]
    assert [f.revised_by for f in wrong] == [filings[3].id, filings[5].id]
    assert (answer.totals.explained, answer.totals.unexplained) == (1, 2)


def test_a_level_that_was_reached_twice_and_lost_at_last_is_told_where_it_is_lost():
    answer = reconcile_filings(totals(1_100, 1_000, 1_100, 1_000, 1_000))

    assert kinds(answer) == ["ISOLATED_TOTAL_ERROR", "LEVEL_SHIFT_UNEXPLAINED"]


def test_a_single_return_behind_a_note_is_told_where_the_total_falls_back():
    filings = totals(1_100, 1_000, 1_000)

    (found,) = [f for f in reconcile_filings(filings).findings if is_alarm(f)]

    assert (found.filing, found.expected, found.reported) == (filings[2].id, 1_100, 1_000)


def test_a_loss_and_a_gain_that_two_notes_tell_are_no_return():
    """1,000 went, and 500 came later: what is left of the two is no slip undone."""
    went = note(
        "1,000 shares were delivered to a counterparty.",
        "disposal-note",
        1_000,
        direction="disposed",
    )
    came = note("Includes 500 plan shares.", "espp-purchase", 500, direction="acquired")
    filings = [
        opening(9_000, on="2023-01-03"),
        filing(held(8_000, notes=went), on="2023-03-01"),
        filing(held(8_500, notes=came), on="2023-06-01"),
    ]

    assert kinds(reconcile_filings(filings)) == []
