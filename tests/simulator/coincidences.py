"""Amounts in notes that by chance equal a difference, and the like that are its cause."""

from __future__ import annotations

import re

from tests.simulator.added_forms import calm_spots
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Spot, Unsuitable

HOLDS = (
    "Includes {shares} unvested restricted shares.",
    "{shares} of the shares shown are restricted and vest over the next three years.",
    "The total includes {shares} shares of restricted stock subject to forfeiture.",
)
LEAVES_OUT = (
    (
        "Excludes {shares} shares held by adult children of the reporting person, as to which "
        "beneficial ownership is disclaimed."
    ),
    (
        "Does not include {shares} shares owned by a foundation in which the reporting person has no "
        "pecuniary interest."
    ),
)
_LEFT_OUT_BEFORE = (
    "Does not include {shares} unvested shares of restricted stock.",
    "Excludes {shares} shares of restricted stock that have not vested.",
)
_TAKEN_IN = (
    "Includes {shares} shares of restricted stock, which earlier reports left out of the total.",
    "The total now includes the {shares} shares of restricted stock that were excluded before.",
)


_TOLD = re.compile(r"\bincludes\b|\brestricted\b", re.IGNORECASE)


def off_by_what_it_holds(scene: Scene) -> Spoilt:
    """A total is too high by the number of restricted shares that its note says are in it."""
    spot = scene.pick(calm_spots(scene, 3, lambda one: one.line.true > 1500))
    shift = abs(arbitrary_shift(scene.rng, spot.line.true, spot.line.signed) or 0)
    note = scene.rng.choice(HOLDS).format(shares=f"{shift:,}")
    spot.line.notes.append(("shares_after", note))
    return scene.spoil_total(spot, spot.line.true + shift, stays=not _told_before(scene, spot))


def _told_before(scene: Scene, spot: Spot) -> bool:
    """Whether an earlier note on the position told what its total held: then it may be news."""
    return any(
        field == "shares_after" and _TOLD.search(text)
        for draft, line in scene.claims(spot.line.position)
        if draft.accepted_at < spot.draft.accepted_at
        for field, text in line.notes
    )


def off_by_what_it_leaves_out(scene: Scene) -> Spoilt:
    """A total is too low by the number of another's shares that its note says are not in it."""
    spot = scene.pick(calm_spots(scene, 3, lambda one: one.line.true > 1500))
    shift = abs(arbitrary_shift(scene.rng, spot.line.true, spot.line.signed) or 0)
    note = scene.rng.choice(LEAVES_OUT).format(shares=f"{shift:,}")
    spot.line.notes.append(("shares_after", note))
    return scene.spoil_total(spot, spot.line.true - shift, stays=scene.rng.random() < 0.5)


def restricted_shares_enter(scene: Scene) -> Spoilt:
    """Restricted shares that a note left out of the total before are in it from now on."""
    spot = scene.pick(calm_spots(scene, 3, lambda one: one.before is not None))
    if spot.before[1].fields["table"] != "I" or spot.before[0] is spot.draft:
        raise Unsuitable(scene.kind)
    shares = scene.rng.randrange(120, 9000)
    spot.before[1].notes.append(("shares_after", _said(scene, _LEFT_OUT_BEFORE, shares)))
    spot.line.notes.append(("shares_after", _said(scene, _TAKEN_IN, shares)))
    scene.rewrite(spot.line.position, spot.draft, shares)
    spot.line.true += shares
    spot.line.fields["shares_after"] += shares
    spot.line.difference += shares
    spot.line.causes.append("restricted-shares")
    return scene.spoilt(spot.draft, spot.line)


def _said(scene: Scene, wordings: tuple[str, ...], shares: int) -> str:
    return scene.rng.choice(wordings).format(shares=f"{shares:,}")


_OFF = (
    "ISOLATED_TOTAL_ERROR",
    "BALANCE_BREAK_AMBIGUOUS",
    "LEVEL_SHIFT_UNEXPLAINED",
    "BALANCE_BREAK",
    "GAP_SUSPECTED",
)
_HABITS = {"convention": "running"}

COINCIDENCES = (
    ErrorKind("off-by-a-composition", _OFF, off_by_what_it_holds, habits=_HABITS),
    ErrorKind("off-by-an-exclusion", _OFF, off_by_what_it_leaves_out, habits=_HABITS),
)
COINCIDENCE_NEIGHBOURS = (
    ErrorKind("restricted-shares-enter", (), restricted_shares_enter, habits=_HABITS),
)
