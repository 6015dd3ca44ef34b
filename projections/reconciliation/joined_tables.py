"""Units that stand in Table I on some forms, and in Table II before and after.

Both tables are permitted for units that pay in stock, and a filer may change between them without a
word. Lines in Table I begin from just what was left of the units in Table II; where these go on, they
go on from what the lines left.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter

from projections.filings.records import ZERO
from projections.identity.awards import same_award
from projections.identity.securities import class_tokens, derivative_kind, same_class
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.position import Position

_STREAM = attrgetter("dossier.stream")


def join_tables(folded: Folded) -> None:
    """Post such lines on the units of Table II that they are of."""
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        if _of_units(p):
            groups[(p.scope, p.owners, p.form, p.vehicle)].append(p)
    for group in groups.values():
        homes = [p for p in group if p.table == "II"]
        for stray in [p for p in group if p.table == "I"] if homes else ():
            for _, lines in groupby(list(stray.entries), key=_STREAM):
                _join(stray, list(lines), homes, folded)


def _of_units(position: Position) -> bool:
    """Whether a position is of units, by the table's own kind or by its title."""
    if not position.entries or position.unit != "shares":
        return False
    told = position.kind if position.table == "II" else derivative_kind(position.security or "")
    return told == "rsu"


def _join(stray: Position, lines: list[Posting], homes: list[Position], folded: Folded) -> None:
    """Post a form's lines on the one position that they go on from, if there is one."""
    found = [home for home in homes if _goes_on(lines, home)]
    lone = not found and len(homes) == len(stray.entries) == 1
    off = lone and _lists_otherwise(lines[0], homes[0])
    if off or len(found) == 1:
        home = homes[0] if off else found[0]
        after = next((e for e in home.entries if _known(e) > _known(lines[0])), None)
        folded.book.move(lines, stray, home, after)
        if off and after is not None:
            home.set_aside(lines[0], after)


def _goes_on(lines: list[Posting], home: Position) -> bool:
    """Whether lines begin from what a position held, and it goes on from where they end, or not at all."""
    first, last = lines[0], lines[-1]
    if first.claim is None or last.claim is None or any(e.residual for e in lines):
        return False
    before = [e for e in home.entries if _known(e) < _known(first)]
    after = [e for e in home.entries if _known(e) >= _known(first)]
    if not before or any(e.dossier is first.dossier for e in after):
        return False
    opens = first.claim - first.delta
    if not opens or before[-1].balance != opens:
        return False
    if first.line.cited and same_award(home.award, first.award) is False:
        return False
    follower = after[0] if after else None
    return follower is None or (
        follower.claim is not None and follower.claim - follower.delta == (last.claim or ZERO)
    )


def _lists_otherwise(line: Posting, home: Position) -> bool:
    """Whether a line lists another number of the only units there are than both reports about it have.

    Nothing else is ever reported of it, no note tells it from them, and what was held before it is
    what the next line of these goes on from.
    """
    if not line.line.holding or line.line.cited or not line.claim:
        return False
    before = [e for e in home.entries if _known(e) < _known(line)]
    after = [e for e in home.entries if _known(e) >= _known(line)]
    if not before or not after or any(e.dossier is line.dossier for e in after):
        return False
    held, follower = before[-1].balance, after[0]
    goes_on = follower.claim is not None and follower.claim - follower.delta == held
    return (
        bool(held)
        and goes_on
        and same_class(class_tokens(line.line.security or ""), home.tokens) is True
    )


def _known(entry: Posting) -> tuple[object, ...]:
    return entry.dossier.known.at, entry.dossier.stream
