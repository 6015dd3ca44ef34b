"""What the rows of drafts should say so that every total follows: to copy from.

The first total of a position that does not follow is put right, and all are judged again: what
comes after it may follow then, or be off by a slip of its own. A row that carries on another
holding of its owner is put there, and the rest is judged without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from projections.filings.records import Dossier, Line
from projections.judgement import Judged
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.position import Position
from projections.positions.rulings import Ruling

_ROUNDS = 8
"""How often totals are put right and judged again: a form has few positions, each off once."""

_ELSEWHERE = frozenset({"DI_SWAP", "WRONG_VEHICLE"})
"""Findings by which a row carries on another holding of its class."""


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
        found = {d.stream: dict(_slips(d, that_has(told, d))) for d in drafts}
        if not any(found.values()):
            return right
        for stream, slips in found.items():
            right[stream] |= slips
        drafts = [_with(draft, found[draft.stream]) for draft in drafts]
    return {}


def that_has(told: list[Judged], dossier: Dossier) -> Judged:
    """The judgement in which a filing stands."""
    return next(j for j in told if any(d is dossier for d in j.folded.dossiers))


def _slips(dossier: Dossier, judged: Judged) -> Iterator[tuple[str, Right]]:
    """The first row of each position whose total does not follow, and what it should say."""
    astray = {f.row for f in judged.findings if f.filing == dossier.id and f.kind in _ELSEWHERE}
    seen: set[int] = set()
    for line in dossier.lines:
        entry = judged.folded.entry_of.get(id(line))
        position = judged.folded.position_of.get(id(line))
        if entry is None or position is None or position.number in seen:
            continue
        if not entry.residual or entry.expected is None:
            continue
        ruling = judged.folded.rulings.on(entry)
        if ruling.verdict == "explained" and not _a_slip(ruling.explanation):
            continue
        seen.add(position.number)  # what comes after a balance below none is in doubt with it
        home = _home(ruling, entry, position, judged) if line.ref in astray else None
        if home is not None:
            last = home.entries[-1]
            nature = holder_in_notes(last.dossier, last.line) or home.nature
            yield line.ref, Right(ownership=home.form, nature=nature)
        elif ruling.meant is not None and ruling.meant == -entry.delta:
            yield line.ref, Right(direction=line.other_direction)
        elif ruling.meant is not None:
            yield line.ref, Right(shares=abs(ruling.meant))
        elif entry.expected >= 0:
            yield line.ref, Right(total=entry.expected)


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
