"""What the rows of drafts should say so that every total follows: to copy from.

The first total of a position that does not follow is put right, and all are judged again: what
comes after it may follow then, or be off by a slip of its own. A row that carries on another
holding of its owner is put there, and the rest is judged without it; one that may be of another
is told no total, for that of the holding it stands under would be wrong for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from projections.filings.records import ZERO, Dossier, Line
from projections.identity.securities import same_class
from projections.judgement import Judged
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.position import Position
from projections.positions.reckoning import AFTER_ALL
from projections.positions.rulings import Ruling
from projections.questions.other_sides import other_sides
from projections.reconciliation.case import noted_part

_ROUNDS = 8
"""How often totals are put right and judged again: a form has few positions, each off once."""

_ELSEWHERE = frozenset({"DI_SWAP", "WRONG_VEHICLE"})
"""Findings by which a row carries on another holding of its class."""

_NEARER = 4
"""How many times nearer a total is to what another holding had before it may be of that one."""


class Right(NamedTuple):
    """What a row should say: another total, amount or letter, or that another holding moved.

    `ownership` and `nature` are of that holding, by the holder that its notes name.
    """

    total: Decimal | None = None
    shares: Decimal | None = None
    direction: str | None = None
    ownership: str | None = None
    nature: str | None = None


def corrections(
    drafts: Sequence[Dossier], judged: Callable[[Sequence[Dossier]], list[Judged]]
) -> dict[str, dict[str, Right]]:
    """By stream of draft and by row what it should say; nothing where none of it settles all.

    `judged` judges drafts together with all that they are held against.
    """
    right: dict[str, dict[str, Right]] = {draft.stream: {} for draft in drafts}
    for _ in range(_ROUNDS):
        told = judged(drafts)
        found = {}
        for draft in drafts:
            judgement, known = that_has(told, draft), right[draft.stream]
            sides = {ref: said for ref, said in _other_sides(draft, judgement) if ref not in known}
            found[draft.stream] = sides | dict(_slips(draft, judgement))
        if not any(found.values()):
            return right
        for stream, said in found.items():
            right[stream] |= said
        drafts = [_with(draft, found[draft.stream]) for draft in drafts]
    return {}


def that_has(told: list[Judged], dossier: Dossier) -> Judged:
    """The judgement in which a filing stands."""
    return next(j for j in told if any(d is dossier for d in j.folded.dossiers))


def _slips(dossier: Dossier, judged: Judged) -> Iterator[tuple[str, Right]]:
    """The first row of each position whose total does not follow, and what it should say."""
    own = [f for f in judged.findings if f.filing == dossier.id]
    astray = {f.row for f in own if f.kind in _ELSEWHERE}
    behind = {f.row: f.expected for f in own if f.kind == "SPLIT_UNMODELLED"}
    seen: set[int] = set()
    for line in dossier.lines:
        entry = judged.folded.entry_of.get(id(line))
        position = judged.folded.position_of.get(id(line))
        if entry is None or position is None or position.number in seen:
            continue
        if (homes := _homes_meant(entry, position, judged)) is not None:
            yield from ((line.ref, _held_as(home)) for home in homes)
            continue
        if not entry.residual and (total := behind.get(line.ref)) not in (None, entry.claim):
            seen.add(position.number)
            yield line.ref, Right(total=total)
        if not entry.residual or entry.expected is None:
            continue
        ruling = judged.folded.rulings.on(entry)
        if ruling.verdict == "explained" and not _a_slip(ruling.explanation):
            continue
        seen.add(position.number)  # what comes after a balance below none is in doubt with it
        home = _home(ruling, entry, position, judged) if line.ref in astray else None
        if home is not None:
            yield line.ref, _held_as(home)
        elif ruling.meant is not None and ruling.meant == -entry.delta:
            yield line.ref, Right(direction=line.other_direction)
        elif ruling.meant is not None:
            yield line.ref, Right(shares=abs(ruling.meant))
        elif entry.expected >= 0:
            named = ruling.explanation is not None and ruling.explanation.terms
            should = Right(total=entry.expected + (ZERO if named else noted_part(entry)))
            yield from ((ref, should) for ref in _saying_the_same(entry, position))


def _other_sides(dossier: Dossier, judged: Judged) -> Iterator[tuple[str, Right]]:
    """The rows that show a holding as before, though by a note shares passed, with what it has then."""
    for side in other_sides(dossier, judged):
        if side.row is not None and side.leaves is not None and not side.row.residual:
            yield side.row.line.ref, Right(total=side.leaves)


def _saying_the_same(entry: Posting, position: Position) -> Iterator[str]:
    """The row of a total, and where totals are those after all rows, every other that gives it too."""
    yield entry.line.ref
    for other in position.entries if entry.convention in AFTER_ALL else ():
        if other.dossier is entry.dossier and other != entry and other.claim == entry.claim:
            yield other.line.ref


def _a_slip(explanation: object) -> bool:
    return getattr(explanation, "code", "") == "EXPL_FILER_ERROR"


def _home(ruling: Ruling, entry: Posting, stray: Position, judged: Judged) -> Position | None:
    """The holding from whose last line a total carries on, and of which its form says nothing."""
    sources = {term.source for term in ruling.explanation.terms} if ruling.explanation else set()
    for home in judged.folded.positions_of(stray.owners):
        last = home.entries[-1] if home.entries and home is not stray else None
        if last and last.dossier is not entry.dossier and reference(last) in sources:
            return home
    return None


def _homes_meant(entry: Posting, stray: Position, judged: Judged) -> list[Position] | None:
    """The one holding whose balance a row gives instead of its own, or none where that is in doubt.

    None in place of a list where the row is of no other holding.
    """
    if entry.rival is not None and _contradicts_a_wrong_one(entry, judged):
        return []
    others = may_be_of(entry, stray, judged)
    if not others:
        return None
    homes = [other for other in others if entry.rival and other.balance == entry.claim]
    return homes if len(homes) == 1 else []


def may_be_of(entry: Posting, stray: Position, judged: Judged) -> list[Position]:
    """Holdings of its class that a form tells nothing of, and that a total of it may be of instead.

    A second total of a holding may be of any, however much that has moved since; a lone one of
    which no slip is known, of those that it is far nearer to.
    """
    claim, off = entry.claim, entry.residual
    named = judged.folded.rulings.on(entry).explanation
    known = _contradicts_a_wrong_one(entry, judged) if entry.rival else named and named.terms
    if not claim or not off or known:
        return []
    found = []
    for other in judged.folded.positions_of(stray.owners):
        told = any(posting.dossier is entry.dossier for posting in other.entries)
        alike = other.table == stray.table and same_class(other.tokens, stray.tokens) is not False
        if told or not alike or other.form == stray.form or not other.balance:
            continue
        apart = abs(claim - entry.delta - other.balance)
        if entry.rival is not None or apart * _NEARER <= abs(off):
            found.append(other)
    return found


def _contradicts_a_wrong_one(entry: Posting, judged: Judged) -> bool:
    """Whether a second total of a holding stands beside one that does not follow itself."""
    first = judged.folded.entry_of.get(id(entry.rival.line)) if entry.rival else None
    return first is not None and bool(first.residual)


def _held_as(home: Position) -> Right:
    """That a row belongs to another holding, by its form and whoever its notes name."""
    last = home.entries[-1]
    nature = holder_in_notes(last.dossier, last.line) or home.nature
    return Right(ownership=home.form, nature=nature)


def _with(draft: Dossier, slips: dict[str, Right]) -> Dossier:
    """A draft whose rows say what they should, without those that belong to another holding."""
    if not slips:
        return draft
    elsewhere = {ref for ref, right in slips.items() if right.ownership is not None}
    lines = [
        _put_right(line, slips.get(line.ref)) for line in draft.lines if line.ref not in elsewhere
    ]
    return msgspec.structs.replace(draft, lines=lines)


def _put_right(line: Line, right: Right | None) -> Line:
    if right is None:
        return line
    dollars = line.in_dollars
    said: dict[str, object] = {}
    if right.direction is not None:
        said["direction"] = right.direction
    if right.total is not None:
        said["value_after" if dollars else "shares_after"] = right.total
    if right.shares is not None:
        said["value" if dollars else "shares"] = right.shares
    return msgspec.structs.replace(line, **said)
