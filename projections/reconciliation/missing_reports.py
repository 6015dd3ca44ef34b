"""Totals of one owner that do not go on from earlier filings, again and again: reports are missing.

One difference may be the slip of whoever filed. But slips are rare: a form in a hundred and more
has one. Where several filings of an owner do not go on from those before them, or several
holdings in one filing, what they have in common is a report that is not here. Nobody is accused
of a slip then, and it is said once for all of them. Of one difference alone nothing tells whether
it is the one or the other, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

import msgspec

from ledger.types import grouped, signed
from projections.filings.dates import known_on
from projections.filings.parts import missing_parts
from projections.filings.records import ZERO, Dossier
from projections.findings.finding import Finding
from projections.issuer import Folded
from projections.reconciliation.case import NOTHING_TELLS

_LEFT_BY_A_MISSING_REPORT = frozenset(
    {
        "BALANCE_BREAK",
        "LEVEL_SHIFT_UNEXPLAINED",
        "GAP_SUSPECTED",
        "OPENING_MISMATCH",
        "NEGATIVE_BALANCE",
        "DERIV_OVER_EXERCISED",
    }
)
"""What a difference is called that no slip explains, and that a report may have moved."""

_LOOKS_LIKE_A_SLIP = frozenset(
    {
        "DOUBLE_APPLIED_ROW",
        "LOT_ONLY",
        "MISSED_OWN_ROW",
        "PRIOR_ROW_DOUBLED",
        "PRIOR_ROW_OMITTED",
        "SPLIT_UNMODELLED",
    }
)
"""What a missing report leaves by chance, where there are many: a sum that comes out."""

_APPLIED_AGAIN = frozenset({"DOUBLE_APPLIED_ROW", "PRIOR_ROW_DOUBLED"})
"""What one more report of equal size leaves: beside another difference of its filing, such a one."""

_OR_ELSE = {
    "BALANCE_BREAK": "this total is wrong",
    "LEVEL_SHIFT_UNEXPLAINED": "shares moved that no report tells of",
    "OPENING_MISMATCH": "one of the two is wrong",
}
"""What a single difference may be instead of a report that is not here."""

_SEVERAL = 3
"""So many filings that do not go on from earlier ones are no coincidence of slips."""

_NOTHING = "EXPL_MISSING_FILING"
"""The explanation of a difference for which there is none."""

_ONE_IN = 8
"""Nor are they where at least one filing in so many is such: else somebody errs now and then."""


class _Broken(NamedTuple):
    """A finding on a total that does not go on from an earlier filing, and who filed both."""

    finding: Finding
    dossier: Dossier
    scope: str


def as_missing_reports(findings: Sequence[Finding], folded: Folded) -> Iterator[Finding]:
    """The findings, with those that missing reports leave told as that.

    The first of an owner keeps its weight and says how many there are; the others are minor
    and cite it. A finding on a total that only its own form contradicts stays what it is, and
    so does a slip that a later total undoes.
    """
    across = _across_filings(findings, folded)
    retold = {id(one.finding): _either(one.finding) for one in across}
    parts = dict(_with_missing_originals(across, folded))
    parts.update(_with_missing_parts(across, folded))
    retold.update(parts)
    for broken in _by_owner(one for one in across if id(one.finding) not in parts):
        for group, words in _groups(broken, folded):
            retold.update(_retold(group, words))
    for finding in findings:
        yield retold.get(id(finding), finding)


def _across_filings(findings: Iterable[Finding], folded: Folded) -> list[_Broken]:
    """What a report between two filings would account for, in the order the public learned of it."""
    asked = [f for f in findings if f.difference and f.filing in folded.by_id]
    asked = [f for f in asked if f.kind in _LEFT_BY_A_MISSING_REPORT | _LOOKS_LIKE_A_SLIP]
    if not folded.orphans and not any(_open(f) for f in asked):
        return []
    within, undone = set(), set()
    for position in folded.book.positions:
        before = None
        for one in position.entries:
            place = (one.dossier.id, one.line.ref)
            first = before is None and one.opening and not position.carried_on
            if first or (before is not None and before.dossier is one.dossier):
                within.add(place)
            if one.returned is not None:
                undone.add(place)
            before = one
    apart = [f for f in asked if f.kind == "OPENING_MISMATCH" or (f.filing, f.row) not in within]
    apart = [f for f in apart if _open(f) or (f.filing, f.row) not in undone]
    told = [(f, folded.by_id[f.filing]) for f in apart]
    told.sort(key=lambda one: (one[1].known.at, one[1].stream, one[0].row or ""))
    return [_Broken(f, dossier, folded.people.scope(dossier)) for f, dossier in told]


def _with_missing_parts(across: Iterable[_Broken], folded: Folded) -> Iterator[tuple[int, Finding]]:
    """Findings on a filing that says it is one of several, of which an earlier one is not here."""
    for one in across:
        own = (d for d in folded.dossiers if folded.people.scope(d) == one.scope)
        count, lost = missing_parts(one.dossier, own)
        if lost:
            names = " and ".join(map(str, lost))
            words = f"it says that it is one of {count} parts, of which part {names} is not here"
            yield id(one.finding), _gap(one.finding, words, "minor")


def _with_missing_originals(
    across: Iterable[_Broken], folded: Folded
) -> Iterator[tuple[int, Finding]]:
    """Findings on totals after a filing that is not here, as an amendment of it shows, which is."""
    orphans = [d for d in folded.dossiers if d.stream in folded.orphans]
    for one in across if orphans else ():
        last = _last_before(one, folded)
        for orphan in orphans:
            filed = orphan.head.original_on
            if filed is None or orphan is one.dossier or folded.people.scope(orphan) != one.scope:
                continue
            since = last is None or last is orphan or known_on(last) < filed
            if since and filed < known_on(one.dossier):
                words = f"the filing of {filed.isoformat()} that {orphan.id} amends is not here, and may tell of it"
                yield id(one.finding), _gap(one.finding, words, "minor")
                break


def _last_before(one: _Broken, folded: Folded) -> Dossier | None:
    """The filing before a finding's that tells of the same holding."""
    lines = (line for line in folded.lines_of(one.dossier) if line.ref == one.finding.row)
    position = next((folded.position_of.get(id(line)) for line in lines), None)
    entries = position.entries if position is not None else []
    before = [e.dossier for e in takewhile(lambda e: e.dossier is not one.dossier, entries)]
    return max(before, key=lambda dossier: dossier.known.at, default=None)


def _open(finding: Finding) -> bool:
    return finding.kind in _LEFT_BY_A_MISSING_REPORT


def _by_owner(broken: Iterable[_Broken]) -> Iterable[list[_Broken]]:
    found: dict[str, list[_Broken]] = {}
    for one in broken:
        found.setdefault(one.scope, []).append(one)
    return found.values()


def _groups(broken: list[_Broken], folded: Folded) -> Iterator[tuple[list[_Broken], str]]:
    """Totals of one owner that missing reports have in common, and the words for that."""
    filings: dict[str, list[_Broken]] = {}
    for one in broken:
        if _open(one.finding):
            filings.setdefault(one.dossier.stream, []).append(one)
    several = len(filings)
    if several >= _SEVERAL:
        scope = broken[0].scope
        filed = sum(folded.people.scope(d) == scope for d in folded.dossiers)
        if several * _ONE_IN >= filed:
            words = f"{several} of the {filed} filings of this owner here do not go on from those before them: reports seem to be missing"
            yield broken, words
            return
    for one in broken:
        if one.finding.kind in _APPLIED_AGAIN and one.dossier.stream in filings:
            filings[one.dossier.stream].append(one)
    for group in filings.values():
        if len(group) > 1:
            words = f"{len(group)} holdings do not go on from earlier filings: a report seems to be missing before this one"
            yield group, words


def _either(finding: Finding) -> Finding:
    """A difference that nothing explains, with both of what may have left it."""
    other, told = _OR_ELSE.get(finding.kind), finding.explanation
    if other is None or (told is not None and (told.code != _NOTHING or told.terms)):
        return finding
    sizes = (
        signed(finding.difference or ZERO),
        "report that is here",
        "nothing was owned",
        NOTHING_TELLS,
    )
    if not finding.message.endswith(sizes):
        return finding  # what it looks like is told already
    words = f"{finding.message}; a report before it may be missing here, or {other}"
    return msgspec.structs.replace(finding, message=words)


def _retold(group: list[_Broken], words: str) -> Iterator[tuple[int, Finding]]:
    """The findings of a group as gaps, by the identity of what they were."""
    first, *others = sorted((one.finding for one in group), key=lambda f: f.severity == "minor")
    yield id(first), _gap(first, words, first.severity)
    place = f"{first.filing}#{first.row}"
    for other in others:
        gap = _gap(other, f"as at {place}, a report seems to be missing before it", "minor")
        yield id(other), msgspec.structs.replace(gap, evidence=(*other.evidence, place))


def _gap(finding: Finding, words: str, severity: str) -> Finding:
    said = finding.message
    if not _open(finding) and finding.reported is not None and finding.expected is not None:
        said = f"reported {grouped(finding.reported)}, expected {grouped(finding.expected)}"
    message = f"{said}; {words}"
    return msgspec.structs.replace(
        finding, kind="GAP_SUSPECTED", message=message, severity=severity
    )
