"""Rows of a shared holding that one of its owners tells, and another leaves out of a form.

Each owner of a holding has to report what it moves, in a joint form or in one of their own
(Rule 16a-3(j)). Where their forms tell one day's deal and one has a row less, nothing is lost
from the holding, which the other form tells in full; but the form that has less is incomplete,
as its owner's next one shows by going on from where the other form ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Entry, Posting, reference
from projections.positions.position import Position


def left_out(folded: Folded) -> Iterator[Finding]:
    """A form that tells a part of the rows which a co-owner's form tells of a holding."""
    for position in folded.book.positions:
        if any(entry.repeats is not None for entry in position.entries):
            yield from _of(position, folded)


def _of(position: Position, folded: Folded) -> Iterator[Finding]:
    forms: dict[str, list[Posting]] = {}
    alike: dict[int, list[Entry]] = {}
    for entry in position.entries:
        forms.setdefault(entry.dossier.stream, []).append(entry)
        if entry.repeats is not None:
            for one, other in ((entry, entry.repeats), (entry.repeats, entry)):
                alike.setdefault(id(one.line), []).append(other)
    series: dict[frozenset[str], list[list[Posting]]] = {}
    for entries in forms.values():
        series.setdefault(folded.people.keys(entries[0].dossier), []).append(entries)
    for own in series.values() if len(series) > 1 else ():
        mine = {id(e.line) for entries in own for e in entries}
        told = {id(o.line) for line in mine for o in alike.get(line, ())} | mine
        for before, entries, following in zip([None, *own], own, [*own[1:], None], strict=False):
            theirs = _telling_all(entries, alike)
            for form in theirs:
                more = [e for e in forms.get(form, ()) if e.line.change and id(e.line) not in told]
                yield from _less(before, entries, following, more)


def _telling_all(entries: list[Posting], alike: Mapping[int, Sequence[Entry]]) -> list[str]:
    """The forms of others that tell all the rows of one."""
    rows = [e for e in entries if e.line.change]
    found = [{other.dossier.stream for other in alike.get(id(e.line), ())} for e in rows]
    return sorted(set.intersection(*found)) if found else []


def _less(
    before: list[Posting] | None,
    entries: list[Posting],
    following: list[Posting] | None,
    more: list[Posting],
) -> Iterator[Finding]:
    """The finding on a form that another tells in full, with `more` rows beside its own.

    Its owner's next form goes on from where the other one ended; or its own total counts what
    no row of it tells.
    """
    last, missing = entries[-1], sum((e.line.change for e in more), ZERO)
    ends = last.line.total
    if not missing or ends is None:
        return
    refs = ", ".join(reference(e) for e in more)
    words = f"the {grouped(abs(missing))} that {refs} {'tells' if len(more) == 1 else 'tell'} of the same holding"
    first = following[0] if following else None
    begins = (
        first.line.total - first.line.change if first and first.line.total is not None else None
    )
    came = before[-1].line.total if before else None
    if first is not None and begins == ends + missing:
        said = f"the form ends at {grouped(ends)}, without {words}; {reference(first)} goes on from {grouped(begins)}: a row is left out here"
        yield about(
            last.dossier,
            last.line,
            "CONFLICTING_TOTALS",
            said,
            expected=begins,
            reported=ends,
            difference=-missing,
            evidence=tuple(reference(e) for e in (*more, first)),
        )
        return
    moved = sum((e.line.change for e in entries), missing)
    if came is not None and ends == came + moved:
        said = f"reported {grouped(ends)}, expected {grouped(ends - missing)}: the total counts {words}, and no row here does"
        yield about(
            last.dossier, last.line, "BALANCE_BREAK_EXPLAINED", said,
            expected=ends - missing, reported=ends, difference=missing,
            evidence=tuple(map(reference, more)),
        )  # fmt: skip


DOUBTS: tuple[Doubt, ...] = (left_out,)
