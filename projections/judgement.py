"""The judgement on one issuer: a verdict on every claim, and every finding.

Breaks are explained first, position by position, with the whole issuer at hand; what has
no explanation is named by what later filings did with it. One error gives one finding:
the mirror image of a slip, and the return to line after it, raise none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

import msgspec

from projections.answers import Totals
from projections.checks import (
    aliases,
    amendments,
    beginnings,
    bracketed,
    children,
    class_conversions,
    co_owners_rows,
    columns,
    contributions,
    conventions,
    coverage,
    distributions,
    exercises,
    footnotes,
    holders,
    identities,
    lapses,
    listed_apart,
    named_anew,
    noted_acts,
    noted_amounts,
    noted_sides,
    noted_totals,
    openings,
    overdrawn,
    prices,
    rows,
    told_beside,
    told_jointly,
    transfers,
    underlying,
    withdrawals,
)
from projections.checks.check import Check, Doubt, asked, traits_of
from projections.checks.withdrawals import Withdrawal
from projections.corporate_actions.successions import (
    Succession,
    bearers,
    carry,
    marks_of,
    succession,
    succession_findings,
)
from projections.filings.records import Dossier, Line
from projections.findings.finding import Finding
from projections.findings.kinds import SEVERITIES
from projections.issuer import Folded, fold
from projections.positions.levels import Gone
from projections.positions.position import Position
from projections.reconciliation.breaks import breaks
from projections.reconciliation.crossed_totals import as_crossed
from projections.reconciliation.missing_reports import as_missing_reports
from projections.reconciliation.other_readings import weighed
from projections.reconciliation.unlisted_splits import multiply
from projections.reconciliation.wrong_letters import as_one_letter
from projections.section16 import lateness, short_swings

CHECKS: tuple[Check, ...] = (
    *rows.CHECKS,
    *prices.CHECKS,
    *lateness.CHECKS,
    *openings.CHECKS,
    *exercises.CHECKS,
    *identities.CHECKS,
    *footnotes.CHECKS,
    *columns.CHECKS,
    *noted_acts.CHECKS,
    *noted_amounts.CHECKS,
    *noted_sides.CHECKS,
    *noted_totals.CHECKS,
    *class_conversions.CHECKS,
    *withdrawals.CHECKS,
    *coverage.CHECKS,
    *conventions.CHECKS,
    *transfers.CHECKS,
    *contributions.CHECKS,
    *distributions.CHECKS,
    *underlying.CHECKS,
)
"""What is asked of every filing, in the order in which the forms are read."""

DOUBTS: tuple[Doubt, ...] = (
    *holders.DOUBTS,
    *named_anew.DOUBTS,
    *children.DOUBTS,
    *told_jointly.DOUBTS,
    *distributions.DOUBTS,
    *bracketed.DOUBTS,
    *aliases.DOUBTS,
    *conventions.DOUBTS,
    *amendments.DOUBTS,
    *footnotes.DOUBTS,
    *coverage.DOUBTS,
    *overdrawn.DOUBTS,
    *class_conversions.DOUBTS,
    *listed_apart.DOUBTS,
    *columns.DOUBTS,
    *co_owners_rows.DOUBTS,
    *short_swings.DOUBTS,
)
"""What is asked of the issuer, once its breaks are judged."""


_CHECKED = ("agreed", "explained", "ambiguous", "unexplained")
"""The verdicts on totals that something could be expected of."""


class Judged(msgspec.Struct, dict=True):
    """An issuer folded and judged; `heirs` are the issuers that took its place."""

    folded: Folded
    findings: list[Finding]
    heirs: list[Succession] = []

    def totals(self, positions: Iterable[Position] | None = None) -> Totals:
        """How the claims of some positions fare; of all of them by default."""
        counted = self.folded.book.positions if positions is None else positions
        counts = Counter(v for p in counted for v in self.verdicts[p.number] if v)
        checked = {verdict: counts[verdict] for verdict in _CHECKED}
        return Totals(checked=sum(checked.values()), opening=counts["opening"], **checked)

    @cached_property
    def withdrawn(self) -> dict[int, list[Withdrawal]]:
        """By the number of a position, what takes it off the record, in the order in which it is told."""
        found: dict[int, list[Withdrawal]] = {}
        for dossier in self.folded.dossiers:
            for told in (withdrawals.withdrawals, withdrawals.outcomes, withdrawals.not_listed):
                for one in told(dossier, self.folded):
                    found.setdefault(one.position.number, []).append(one)
        return found

    @cached_property
    def left(self) -> dict[int, list[Gone]]:
        """By the number of a position, what has gone after its last line: given, lapsed, or converted."""
        converted = told_beside.left_beside(self.folded) | class_conversions.deposited(self.folded)
        return converted | distributions.given(self.folded) | lapses.last_lapses(self.folded)

    @cached_property
    def _titled(self) -> list[tuple[date, dict[str, str | None]]]:
        """What filings call the issuer, by the day on which they became known."""
        return titled(self.folded)

    @cached_property
    def renamed(self) -> set[date]:
        """The days from which filings call the issuer otherwise than before."""
        told = pairwise(self._titled)
        return {day for (_, before), (day, now) in told if before != now}

    def issuer_on(self, day: date | None) -> dict[str, str | None]:
        """The issuer under the name of a day: that of the last filing known by it, or of the first."""
        at = len(self._titled) if day is None else bisect_right(self._titled, day, key=_first_of)
        return self._titled[max(at, 1) - 1][1]

    @cached_property
    def verdicts(self) -> dict[int, list[str | None]]:
        """By the number of a position, the verdicts on its entries, in their order."""
        on = self.folded.rulings.on
        return {p.number: [on(e).verdict for e in p.entries] for p in self.folded.book.positions}


def titled(folded: Folded) -> list[tuple[date, dict[str, str | None]]]:
    """What an issuer's filings call it, by the day on which they became known.

    Not those of another issuer that stand under its number, nor what one alone calls it.
    """
    odd = folded.misfiled.keys() | folded.odd_names.keys()
    known = [d for d in folded.dossiers if d.stream not in odd] or folded.dossiers
    told = sorted(known, key=lambda d: (d.day or date.min, d.known.at))
    return [(d.day or date.min, issuer_of(d)) for d in told]


def _first_of(told: tuple[date, object]) -> date:
    return told[0]


class Folds:
    """Folds of kin, which only answer what they end with: each is made once for all who ask.

    A family of funds under one name are all kin of one another, so that each would be folded
    anew for each of the others.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[int, datetime | None], tuple[list[Dossier], Folded]] = {}

    def of(self, filings: list[Dossier], known_at: datetime | None) -> Folded:
        """The fold of these filings, told apart by which list they are."""
        key = (id(filings), known_at)
        if key not in self._made:
            if len(self._made) >= _FOLDS:
                self._made.clear()
            self._made[key] = (filings, fold(filings, known_at=known_at))
        return self._made[key][1]


_FOLDS = 256
"""Folds that are kept at a time."""


def judge(
    dossiers: Iterable[Dossier],
    *,
    known_at: datetime | None = None,
    kin: Iterable[list[Dossier]] = (),
    folds: Folds | None = None,
) -> Judged:
    """Fold one issuer's filings and judge every claim in them.

    `kin` are filings of other issuers: those that share a name or a ticker with this one may
    continue it, or be continued; and a report here may be a copy of one of them. `folds` are
    shared by all whose kin may be the same.
    """
    folds = folds or Folds()
    own = _counted(list(dossiers), known_at)
    kin = [_counted(filings, known_at) for filings in kin]
    folded = fold(own, known_at=known_at, elsewhere=[d for filings in kin for d in filings])
    mine = marks_of(own) if kin else set()
    others = [folds.of(filings, known_at) for filings in kin if mine & marks_of(filings)]
    origins = [found for other in others if (found := succession(other, folded))]
    for found in origins:
        carry(found)
    heirs = [found for other in others if (found := succession(folded, other))]
    lineage = [found.old for found in origins] + [found.new for found in heirs]
    folded.lineage = [d for one in lineage for d in one.dossiers]
    folded.strangers = bearers(other for other in others if other not in lineage)
    findings = [*_findings(folded), *succession_findings(origins)]
    told = {_about(f) for f in findings if f.kind in _NAME_THE_ERROR and f.difference}
    unique: dict[str, Finding] = {}
    issuer = titled(folded)[-1][1] if folded.dossiers else None
    findings = list(weighed(as_one_letter(as_crossed(findings, folded), folded), folded))
    for finding in as_missing_reports(findings, folded):
        if finding.kind in _REMARKS and not finding.difference and _about(finding) in told:
            continue
        whole = _placed(finding, folded, issuer)
        unique.setdefault(whole.id, whole)
    order: dict[str, int] = {severity: -n for n, severity in enumerate(SEVERITIES)}
    ranked = sorted(
        unique.values(),
        key=lambda f: (order[f.severity], f.filing, f.row or "", f.kind, f.id),
    )
    return Judged(folded, ranked, heirs)


def _counted(filings: list[Dossier], known_at: datetime | None) -> list[Dossier]:
    """Some filings without those that were taken back: the list itself where none was."""
    if not any(dossier.retracted for dossier in filings):
        return filings
    return [d for d in filings if not d.retracted or d.known_by(known_at)]


_NAME_THE_ERROR = frozenset({"AD_CODE_CONTRADICTION", "TRANSPOSED_DIGITS", "OPENING_MISMATCH"})
_REMARKS = frozenset({"AD_CODE_CONTRADICTION", "OPENING_INFERRED"})
"""What needs no telling beside a finding that names the error of the same line's numbers."""


def _about(finding: Finding) -> tuple[str, str | None]:
    return (finding.filing, finding.row)


def _findings(folded: Folded) -> Iterator[Finding]:
    yield from breaks(folded)
    multiply(folded)
    yield from openings.openings(folded)
    yield from beginnings.beginnings(folded)
    for change in folded.roll.amended:
        yield from amendments.amendments(change)
    for repeat in folded.roll.repeated:
        yield from amendments.repetitions(repeat)
    for dossier in folded.dossiers:
        for check in asked(CHECKS, traits_of(dossier, folded)):
            yield from check(dossier, folded)
    for doubt in DOUBTS:
        yield from doubt(folded)


def _placed(finding: Finding, folded: Folded, issuer: dict[str, str | None] | None) -> Finding:
    """The finding with its severity, its id, and whom and what it is about."""
    dossier = folded.by_id.get(finding.filing)
    if dossier is None:
        return finding.identified()
    owners = dossier.head.owners
    person = folded.people.person(folded.people.key(owners[0])) if owners else None
    whole = _begun_anew(finding, dossier, folded).identified(person=person, issuer=issuer)
    return _of_a_part(_on_paper(whole, dossier, folded), dossier, folded)


_OPEN = frozenset(
    "BALANCE_BREAK BALANCE_BREAK_AMBIGUOUS GAP_SUSPECTED LEVEL_SHIFT_UNEXPLAINED OPENING_MISMATCH "
    "NEGATIVE_BALANCE DERIV_OVER_EXERCISED".split()
)


def _begun_anew(finding: Finding, dossier: Dossier, folded: Folded) -> Finding:
    """What an initial statement holds otherwise than before its owner's exit: a remark.

    Who has left Section 16 need not report what is traded until a new Form 3 (Rule 16a-2).
    """
    if finding.kind not in _OPEN or not folded.begins_anew(dossier):
        return finding
    left = folded.left_before(dossier)
    since = (
        f"since the exit reported for {left.isoformat()}"
        if left
        else "until this initial statement, which a new insider files"
    )
    message = f"{finding.message}; no report need tell what was traded {since}"
    return msgspec.structs.replace(finding, kind="GAP_SUSPECTED", severity="info", message=message)


def _of_a_part(finding: Finding, dossier: Dossier, folded: Folded) -> Finding:
    """What seems to be missing before an amendment whose original is not here: minor.

    That original is missing, and says what the amendment does not repeat.
    """
    if finding.kind != "GAP_SUSPECTED" or dossier.stream not in folded.orphans:
        return finding
    message = f"{finding.message}; the filing it amends, which is not here, may tell of it"
    return msgspec.structs.replace(finding, severity="minor", message=message)


_COUNTED = frozenset({"shares", "shares_after"})


def _on_paper(finding: Finding, dossier: Dossier, folded: Folded) -> Finding:
    """A finding about numbers that a scan leaves in doubt: one step milder, and it says why.

    On paper a total that does not follow may be a misread digit as well as a filer's slip; and
    nothing is known to follow from a row whose own amount cannot be read.
    """
    if dossier.head.format != "scanned" or not finding.difference:
        return finding
    rows = _leading_to(finding, folded)
    doubts = [
        f"it rests on a scanned figure that nothing confirms: {repair.field.replace('_', ' ')}, printed {repair.printed}"
        for line in rows[:1]
        for repair in line.repairs
        if repair.field in _COUNTED and repair.effect in {"inferred", "repaired", "doubtful"}
    ]
    doubts += [f"how much {line.ref} moved cannot be read" for line in rows if _unread(line)]
    if not doubts:
        return finding
    milder = SEVERITIES[max(0, SEVERITIES.index(finding.severity) - 1)]
    message = f"{finding.message}; {doubts[0]}"
    return msgspec.structs.replace(finding, severity=milder, message=message)


def _leading_to(finding: Finding, folded: Folded) -> list[Line]:
    """A finding's row, and the rows of its position before it, back to the last that has a total."""
    for position in folded.book.positions:
        before: list[Line] = []
        for entry in position.entries:
            if (entry.dossier.id, entry.line.ref) == (finding.filing, finding.row):
                return [entry.line, *before]
            before = [] if entry.claim is not None else [*before, entry.line]
    lines = folded.lines_of(folded.by_id[finding.filing])
    return [line for line in lines if line.ref == finding.row]


_NO_AMOUNT = frozenset({"shares", "direction"})


def _unread(line: Line) -> bool:
    """Whether a scan leaves open how much a row moved, or which way."""
    lost = {repair.field for repair in line.repairs if repair.effect == "field unknown"}
    missing = (line.shares is None and line.value is None) or line.direction is None
    return not line.holding and missing and not lost.isdisjoint(_NO_AMOUNT)


def issuer_of(dossier: Dossier) -> dict[str, str | None]:
    """The issuer as the answers show it."""
    issuer = dossier.head.issuer
    return {"cik": issuer.cik, "name": issuer.name, "symbol": issuer.symbol}
