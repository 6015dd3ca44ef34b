"""A direct holding that an initial statement does not list, whose totals add the owner's others from the first on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from projections.filings.records import ZERO
from projections.positions.entries import Posting
from projections.positions.position import Position


def unlisted(position: Position, entry: Posting, family: Sequence[Position]) -> bool:
    """Whether a direct holding only begins that an initial statement does not list beside several others.

    The owner had none then: what its total has more is what the others come to, if it is that to the share.
    """
    held = [p for p in family if p.balance]
    return entry.opening and _direct(position) and len(held) > 1 and _listed_before(entry, held)


def added_from_the_first(
    position: Position, entry: Posting, family: Sequence[Position]
) -> tuple[Decimal, Decimal] | None:
    """What a direct holding's totals added when it began, and what they add now, where two of them show it.

    It opened with just what the owner's others had, and is off by just what has moved there since.
    """
    first, opened = position.entries[0], position.opened
    held = [p for p in family if p.form == "indirect" and p.balance]
    if not _direct(position) or not first.opening or first.scope is not None or not opened:
        return None
    if first.dossier is entry.dossier or entry.scope or not _listed_before(first, held):
        return None
    then = sum((had(p, first) for p in held), ZERO)
    now = sum((p.balance or ZERO for p in held), ZERO)
    return (then, now) if then == opened and entry.residual == now - then else None


def _direct(position: Position) -> bool:
    return (position.table, position.form) == ("I", "direct")


def _listed_before(entry: Posting, held: Iterable[Position]) -> bool:
    """Whether an initial statement from before an entry lists any of these holdings."""
    firsts = (p.entries[0].dossier for p in held)
    return any(d.base_form == "3" and d.known.at < entry.dossier.known.at for d in firsts)


def had(position: Position, entry: Posting) -> Decimal:
    """What a position held when an entry's form became known, by the forms before it."""
    known = entry.dossier.known.at
    past = [e for e in position.entries if e.dossier.known.at < known]
    return (past[-1].balance or ZERO) if past else ZERO
