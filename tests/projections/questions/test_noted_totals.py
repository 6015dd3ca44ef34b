"""Totals that their own notes give otherwise: asked after, whatever was told before."""

import pytest

from tests.projections.building import Note, filing, held, moved, opening, sold, split
from tests.projections.questions.drafting import drafted, the_draft

PLAN = {"how": "By 401(k) Plan"}
TRUST = {"how": "By Family Trust"}


def holds(shares, on="May 31, 2024", who="the 401(k) plan"):
    return Note(f"The reporting person holds {shares:,} shares under {who} as of {on}.")


def noted(draft):
    """What is said of totals that a note gives otherwise."""
    return "; ".join(f.message for f in draft.findings if f.kind == "COLUMN_NOTE_CONFLICT")


def once(told, **said):
    return told(opening(10_000, held(4_000, **PLAN | said)))


def twice(told, **said):
    later = filing(sold(100, 9_900), held(4_000, **PLAN | said), on="2024-02-05")
    return told(opening(10_000), later)


@pytest.mark.parametrize("history", [once, twice])
@pytest.mark.parametrize("before", [{}, {"notes": holds(4_000, "December 31, 2023")}])
@pytest.mark.parametrize("cites", ["shares_after", "nature", "security"])
def test_a_stale_total_beside_a_note_that_was_brought_up_to_date_is_asked_after(
    told, history, before, cites
):
    ledger = history(told, **before)

    stale, right, old = (
        the_draft(ledger, drafted(held(shares, **PLAN, notes=note, cites=cites)))
        for shares, note in (
            (4_000, holds(4_210)),
            (4_210, holds(4_210)),
            (4_210, holds(4_000, "December 31, 2023")),
        )
    )

    assert "4,000, and by its own note 4,210 are held" in noted(stale)
    assert not noted(right)
    assert "4,210, and by its own note 4,000 are held" in noted(old)


def test_more_in_a_total_than_it_has_is_asked_after_and_less_is_not(told):
    note = Note("Includes 4,210 shares held in the 401(k) plan as of May 31, 2024.")

    less, more = (
        the_draft(once(told), drafted(held(shares, **PLAN, notes=note)))
        for shares in (4_000, 4_500)
    )

    assert "4,210 are in it" in noted(less)
    assert not noted(more)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                moved("I", "disposed", 210, 4_000, price=30, **PLAN, notes=holds(4_210)),
            ],
            id="before its own row",
        ),
        pytest.param(
            [held(9_500, notes=holds(4_000, who="the plan")), held(4_000, **PLAN)],
            id="of another line",
        ),
        pytest.param([held(4_000, **TRUST, notes=holds(4_210))], id="of another sort of holding"),
        pytest.param([held(10_000, notes=holds(4_210))], id="of no direct holding"),
        pytest.param(
            [held(4_000, **PLAN, notes=(holds(2_000), split("2:1", "2024-06-01")))],
            id="before a split",
        ),
        pytest.param(
            [
                held(
                    4_000,
                    **PLAN,
                    notes=Note("Does not include 4,210 shares held in the 401(k) plan."),
                )
            ],
            id="not in it",
        ),
    ],
)
def test_a_number_that_may_be_of_something_else_is_not_asked_after(told, lines):
    assert not noted(the_draft(once(told), drafted(*lines)))
