"""Totals that fall back behind what a note explained, and rise to it again.

Two people may prepare one filer's forms, and only one of them know of a distribution that
needs no row. Then totals go up by what the note says, back to the line before, and up
again. The note settles which of the two levels is right: the totals that fell back are
the wrong ones, not the note's, and nothing was received twice. And a total may go back to the
line before a break together with something that its own note states.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

from ledger.statements import SENSES
from projections.positions.entries import Entry, Posting
from projections.positions.position import Position
from projections.reconciliation.candidates.plan_fees import credited
from projections.reconciliation.candidates.told_movements import off_before
from projections.reconciliation.case import Case
from projections.reconciliation.verdict import Verdict


def join_returns(position: Position) -> None:
    """Breaks that the next break undoes, but for what its own notes state, or what a plan credited by the first."""
    for place in range(len(position.entries) - 1):
        one, other = position.entries[place : place + 2]
        rest = one.residual + other.residual
        if one.residual * other.residual >= 0 or other.expected is None or one.returned or not rest:
            continue
        stated = _stated(other) | set(credited(one))
        pairs = {sum(two) for two in combinations(_stated(other), 2)}
        if one.residual in _stated(one) and other.residual in stated | pairs:
            continue
        if rest == -other.residual and _says_which(other):
            continue
        if rest in stated or abs(rest) <= 1:
            position.set_aside(one, other)


def _stated(entry: Posting) -> set[Decimal]:
    """What the notes of a filing say came or went; either way, where they do not say which.

    What changed its form of ownership came to one holding, and left another one.
    """
    said = [s for s in entry.dossier.statements if s.shares]
    kept = {s.shares for s in said if s.shares and SENSES[s.kind].keeps_interest}
    came = kept | {s.shares for s in said if s.shares and s.direction != "disposed"}
    gone = kept | {s.shares for s in said if s.shares and s.direction != "acquired"}
    return came | {-shares for shares in gone}


def _says_which(entry: Posting) -> bool:
    """Whether a note says that as many came or went as a total differs by, and which of the two."""
    way = "acquired" if entry.residual > 0 else "disposed"
    return any(
        (said.shares, said.direction) == (abs(entry.residual), way)
        and SENSES[said.kind].keeps_interest
        for said in entry.dossier.statements
    )


def uphold_explained(position: Position, entry: Posting) -> None:
    """Let an explained total stand, and the returns behind it break instead.

    Args:
        position: Where the totals stand.
        entry: A total whose difference a note states, and which a later one went back behind.
    """
    step, upheld = entry.residual, entry
    while (fallen := upheld.returned) is not None:
        back = _risen(position, fallen, step)
        position.uphold(upheld)
        if back is None:
            return
        position.set_aside(fallen, back)
        upheld = position.posting(back)


def _risen(position: Position, fallen: Entry, step: Decimal) -> Posting | None:
    """The next break after a return, where it goes up by the same step again."""
    at = position.place(fallen)
    following = next((e for e in position.entries[at + 1 :] if e.residual), None)
    return following if following is not None and following.residual == step else None


def risen_again(position: Position, entry: Posting) -> bool:
    """Whether a total that was set aside was right: after the one that went back, its level stands.

    Of three totals two then have what moved, and the one between goes on from an old number. That
    a slip and, later, what nobody reported are of one size is less likely; where a row of either
    is of that size, each may have left out its own.
    """
    if entry.returned is None or _stated(entry) & {entry.residual}:
        return False
    fallen = position.posting(entry.returned)
    again = _risen(position, fallen, entry.residual)
    if again is None or again.returned is not None or again.dossier is entry.dossier:
        return False
    own = {abs(one.delta) for one in (entry, fallen, again)}
    return abs(entry.residual) not in own and entry.residual not in _stated(again)


def stands(case: Case, verdict: Verdict) -> bool:
    """Whether what explains a total moved, though a later one goes back behind it.

    A split, and the owner's other holdings after it, make up a total that is no slip either.
    """
    kinds = {term.kind for term in verdict.chosen if term.shares}
    if verdict.status == "explained" and kinds == {"split", "class-total"}:
        return True
    return verdict.moved and not any(off_before(case, term) for term in verdict.chosen)
