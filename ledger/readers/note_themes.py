"""Which subjects a note can touch at all: a cheap first question, asked once for a note."""

from __future__ import annotations

from typing import NamedTuple

from ledger.readers.note_families import (
    COMPOSITION,
    EXCLUSION,
    HAPPENED,
    REGARDED,
    Family,
)

_TRANSFERS = (
    "distribut gift gave donat contribut transfer assign convey deed register retitl reclassif"
    " substitut moved withdr shift returned reverted released deposited form annuit grat received"
    " directly held by owned by"
).split()
_CORRECTIONS = (
    "overstat over-report overreport double counted under error inadvert mistak incorrect correct"
    " omit omission oversight mis should have should be unreported not previously rounding"
).split()


class Themes(NamedTuple):
    """The families whose words a note contains, and the subjects that need more than words."""

    happened: tuple[Family, ...]
    regarded: tuple[Family, ...]
    transfers: bool
    corrections: bool
    splits: bool
    excludes: bool
    composes: bool
    vesting: bool
    adoption: bool
    disclaims: bool


def themes(note: str) -> Themes | None:
    """The subjects of a plain note, or None where it can state nothing."""
    lowered = note.lower()
    found = Themes(
        happened=tuple(family for family in HAPPENED if family.may_speak(lowered)),
        regarded=tuple(family for family in REGARDED if family.may_speak(lowered)),
        transfers=any(stem in lowered for stem in _TRANSFERS),
        corrections=any(stem in lowered for stem in _CORRECTIONS),
        splits="split" in lowered or "dividend" in lowered or "consolidation" in lowered,
        excludes=EXCLUSION.may_speak(lowered),
        composes=COMPOSITION.may_speak(lowered),
        vesting="vest" in lowered or "exercisab" in lowered or "lapse" in lowered,
        adoption="10b5" in lowered or "10b-5" in lowered,
        disclaims="disclaim" in lowered or "admission" in lowered,
    )
    return found if any(found) else None
