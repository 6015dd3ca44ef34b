"""Units of a draft that vest with nothing withheld for tax, where something was before."""

from tests.projections.building import (
    JANE,
    JOHN,
    filing,
    opening,
    units,
    vested,
    withheld,
)
from tests.projections.questions.drafting import drafted, hinted, the_draft


def test_units_that_vest_whole_where_some_were_always_withheld_are_asked_after(told):
    def vesting(on, *, kept=0, owns):
        rows = [vested(100, owns + kept)] + ([withheld(kept, owns)] if kept else [])
        return filing(*rows, on=on)

    first, second = (
        vesting("2024-02-01", kept=40, owns=10_060),
        vesting("2024-03-01", kept=40, owns=10_120),
    )
    whole = vesting("2024-03-01", owns=10_160)
    now = drafted(vested(100, 10_220), on="2024-06-03")
    kept_now = drafted(vested(100, 10_220), withheld(40, 10_180), on="2024-06-03")

    asked = hinted(the_draft(told(opening(10_000), first, second), now))
    assert asked["withheld"] == (
        "100 vested and none withheld for tax: of all 2 vestings before, some were"
    )
    assert "withheld" not in hinted(the_draft(told(opening(10_000), first, second), kept_now))
    assert "withheld" not in hinted(the_draft(told(opening(10_000), first, whole), now))


def test_of_the_same_award_one_vesting_of_which_some_was_withheld_is_a_habit(told):
    before = (
        opening(10_000),
        filing(
            units("A", 300, 300),
            units("A", 500, 500, title="Performance Units"),
            on="2024-01-15",
        ),
        filing(vested(100, 10_100), withheld(40, 10_060), units("M", 100, 200), on="2024-03-01"),
    )
    now = {"on": "2024-06-03"}
    same = drafted(vested(100, 10_160), units("M", 100, 100), **now)
    other = drafted(vested(70, 10_130), units("M", 70, 430, title="Performance Units"), **now)

    assert "of the award before" in hinted(the_draft(told(*before), same))["withheld"]
    assert "withheld" not in hinted(the_draft(told(*before), other))


def test_an_officer_who_never_vested_before_is_held_to_what_other_officers_do(told):
    """A director is no employee: nobody withholds of what is paid to one."""
    jane, john = (who.model_copy(update={"officer": True}) for who in (JANE, JOHN))
    kept = [
        filing(vested(100, 10_000 + 100 * n), withheld(40, 9_960 + 100 * n), on=on, by=john)
        for n, on in enumerate(("2024-02-01", "2024-03-01"))
    ]
    ledger = told(opening(5_000, by=jane), opening(9_900, by=john), *kept)
    now = {"on": "2024-06-03"}

    assert "withheld" in hinted(the_draft(ledger, drafted(vested(100, 5_100), by=jane, **now)))
    assert "withheld" not in hinted(the_draft(ledger, drafted(vested(100, 5_100), by=JANE, **now)))
