"""Findings that are fair although nobody erred, because a filer told too little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.simulator.people import Insider
from tests.simulator.truth import Allowed, Claim

_BREAKS = (
    "BALANCE_BREAK",
    "BALANCE_BREAK_AMBIGUOUS",
    "LEVEL_SHIFT_UNEXPLAINED",
    "GAP_SUSPECTED",
    "OPENING_MISMATCH",
)
_UNTOLD: dict[str, tuple[str, ...]] = {
    "espp": _BREAKS,
    "dividend-reinvestment": _BREAKS,
    "annuity-return": (*_BREAKS, "DI_SWAP", "WRONG_VEHICLE"),
    "distribution": (*_BREAKS, "DI_SWAP", "WRONG_VEHICLE"),
    "form-change": (*_BREAKS, "DI_SWAP", "WRONG_VEHICLE", "INDIRECT_COUNTERPART_MISSING"),
    "succession": _BREAKS,
    "split": ("SPLIT_UNMODELLED", "BALANCE_BREAK_AMBIGUOUS"),
}
_AFTER_A_LOT = ("LOT_ONLY",)
_LOT_ONLY = "convention:lot-only"
_BEFORE = "convention:before-the-trade"


def allowances(claims: Iterable[Claim], insiders: Iterable[Insider]) -> Iterator[Allowed]:
    """What may fairly be found, claim by claim in order of acceptance.

    A legitimate cause without a note leaves a break, and leaves it at the amendment that
    restates the total as well, and behind a total of the lot alone at the next one; a split that
    no note tells hides behind what else moved; a filer who only ever shows lots leaves the level
    unknown, and totals of before the trade leave their own rows out; so do totals that add vehicles
    which no line has listed yet leave the level unknown; a vehicle that
    received shares and was never listed again is missing, and missing at the amendment that
    repeats the note as well.
    """
    insiders = list(insiders)
    adding = {
        insider.direct.id: {pool.id for pool in insider.vehicles if pool.history}
        for insider in insiders
        if insider.habits.convention == "class-total"
    }
    listed: set[str] = set()
    unlisted = {
        insider.direct.id
        for insider in insiders
        for vehicle in insider.vehicles
        if any(silent.cause == "form-change" for silent in vehicle.pending)
    }
    lots: set[str] = set()
    moved: dict[str, str] = {}
    behind: dict[str, tuple[str, ...]] = {}
    original: dict[str, tuple[str, tuple[str, ...]]] = {}
    for claim in claims:
        listed.add(claim.position)
        if adding.get(claim.position, listed) - listed:
            yield Allowed(claim.filing, claim.position, _BREAKS, "it adds what is not listed")
        filing, untold = original.get(claim.position, ("", ()))
        if "restated" not in claim.causes:
            untold = (*untold, *claim.untold) if filing == claim.filing else claim.untold
            original[claim.position] = (claim.filing, untold)
        hidden = behind.pop(claim.position, ())
        if _LOT_ONLY in claim.causes:
            behind[claim.position] = (*hidden, *claim.untold)
        for cause in (*hidden, *(untold if "restated" in claim.causes else claim.untold)):
            if cause in _UNTOLD:
                yield Allowed(claim.filing, claim.position, _UNTOLD[cause], cause)
            if cause == "split" and len(claim.causes) > 1:
                yield Allowed(
                    claim.filing, claim.position, _BREAKS, "a split beside something else"
                )
        if _BEFORE in claim.causes:
            yield Allowed(claim.filing, claim.position, ("MISSED_OWN_ROW",), _BEFORE)
        if _LOT_ONLY in claim.causes or claim.position in lots:
            yield Allowed(claim.filing, claim.position, _AFTER_A_LOT, _LOT_ONLY)
        if "restated" not in claim.causes:
            (lots.add if _LOT_ONLY in claim.causes else lots.discard)(claim.position)
        if "form-change" in claim.causes:
            moved[claim.position] = claim.filing
        again = "restated" in claim.causes and moved.get(claim.position) == filing
        if claim.position in unlisted and ("form-change" in claim.causes or again):
            missing = ("INDIRECT_COUNTERPART_MISSING",)
            yield Allowed(claim.filing, claim.position, missing, "vehicle never listed")
