"""Two totals of one form that each count what the other's note tells: crossed, as the next ones show.

A dividend brings shares to the stock and to the units beside it, each told by a note on its own
line. Where each total counts the other's number the notes may be cited crosswise, or the totals
are wrong. The next totals tell: they go on from these, or from what each note says of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from ledger.types import grouped
from projections.findings.explanations import Explanation, Term
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.rulings import Ruling

_OPEN = frozenset({"BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "GAP_SUSPECTED"})


class _Counted(NamedTuple):
    """A total that one stated amount explains: its finding, its entry, the note, the amount."""

    finding: Finding
    entry: Posting
    note: str
    shares: Decimal


def as_crossed(findings: Iterable[Finding], folded: Folded) -> Iterator[Finding]:
    """The findings, with two totals that were exchanged told as that, and the next ones explained."""
    told = list(findings)
    counted: dict[str, list[_Counted]] = {}
    for finding in told:
        if (one := _counted(finding, folded)) is not None:
            counted.setdefault(finding.filing, []).append(one)
    instead: dict[int, Finding | None] = {}
    opened = {(f.filing, f.row): f for f in told if f.kind in _OPEN} if counted else {}
    for alike in counted.values():
        for one, other in combinations(alike, 2):
            after = _after(one, other, folded), _after(other, one, folded)
            if not _crossed(one, other) or None in after:
                continue
            places = [(e.dossier.id, e.line.ref) for e in after if e is not None]
            if any(place not in opened for place in places):
                continue
            for mine, its, following in ((one, other, after[0]), (other, one, after[1])):
                instead[id(mine.finding)] = _exchanged(mine, its, folded)
                instead[id(opened[places.pop(0)])] = None
                _go_on(mine, following, folded)
    for finding in told:
        found = instead.get(id(finding), finding)
        if found is not None:
            yield found


def _counted(finding: Finding, folded: Folded) -> _Counted | None:
    """A total that one amount of a note explains, which another line alone cites."""
    explained = finding.explanation
    if finding.kind != "BALANCE_BREAK_EXPLAINED" or explained is None or len(explained.terms) != 1:
        return None
    (term,), dossier = explained.terms, folded.by_id.get(finding.filing)
    if dossier is None:
        return None
    line = next((ln for ln in folded.lines_of(dossier) if ln.ref == finding.row), None)
    entry = folded.entry_of.get(id(line)) if line is not None else None
    for said in dossier.statements if entry is not None else ():
        if f"{dossier.id}#{said.ref}" == term.source and said.shares == abs(term.shares):
            assert entry is not None
            cited = said.note in entry.line.notes
            posting = folded.position_of[id(entry.line)].posting(entry)
            return None if cited else _Counted(finding, posting, said.note, term.shares)
    return None


def _crossed(one: _Counted, other: _Counted) -> bool:
    """Whether each of two totals counts what a note on the other's line tells, and they differ."""
    cited = one.note in other.entry.line.notes and other.note in one.entry.line.notes
    return cited and one.shares != other.shares and one.entry.residual == one.shares


def _after(one: _Counted, other: _Counted, folded: Folded) -> Posting | None:
    """The next total of a holding, where it is what its own note would have left."""
    position = folded.position_of[id(one.entry.line)]
    later = position.entries[position.place(one.entry) + 1 :]
    following = next((e for e in later if e.claim is not None), None)
    if following is None or following.residual != other.shares - one.shares:
        return None
    return following


def _exchanged(one: _Counted, other: _Counted, folded: Folded) -> Finding:
    entry, its = one.entry, other.entry
    expected = (entry.expected or entry.residual) + other.shares
    words = (
        f"reported {grouped(entry.claim or one.shares)}, expected {grouped(expected)}: it counts the {grouped(one.shares)} that a note on "
        f"{its.line.ref} tells in place of its own {grouped(other.shares)}, and that line the reverse; the next totals have each its own"
    )
    told = Explanation("EXPL_FILER_ERROR", "likely", ())
    folded.rulings.rule(entry, Ruling("unexplained", told))
    return about(
        entry.dossier,
        entry.line,
        "ISOLATED_TOTAL_ERROR",
        words,
        expected=expected,
        reported=entry.claim,
        difference=one.shares - other.shares,
        explanation=told,
        evidence=(*one.finding.evidence, reference(its)),
    )


def _go_on(one: _Counted, following: Posting | None, folded: Folded) -> None:
    """Let the next total, which is right, be explained by the one before it that was not."""
    if following is None:
        return
    source = reference(one.entry)
    words = f"the total of {source} counted what another line's note tells"
    term = Term("prior-report", following.residual, source, words)
    told = Explanation("EXPL_PRIOR_CORRECTION", "likely", (term,))
    folded.rulings.rule(following, Ruling("explained", told))
