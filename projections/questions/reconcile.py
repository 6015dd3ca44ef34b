"""How every reported total fares, and what there is to say about those that do not follow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from ledger import Ledger
from ledger.errors import UsageError
from projections.answers import Reconciliation, Totals
from projections.filings.decoding import dossiers_of
from projections.filings.joints import joints_of
from projections.filings.records import Dossier
from projections.findings.finding import Finding, turn, worst_first
from projections.findings.kinds import KINDS, SEVERITIES
from projections.findings.pile import Pile
from projections.questions.reviews import accepted, at_rest, reviewed, with_reviews
from projections.questions.subject import Moment, Who, judged_issuers, moment_of, subject
from projections.views.catching_up import current
from projections.views.readmodel import Verdicts

if TYPE_CHECKING:
    from ledger.filing import Filing
    from projections.judgement import Judged


def reconcile(
    ledger: Ledger,
    *,
    person: Who = None,
    issuer: Who = None,
    known_at: Moment = None,
    kinds: Sequence[str] = (),
    severity: str | None = None,
    status: str = "open",
    since: Moment | Collection[str] = None,
    severities: Mapping[str, str] | None = None,
) -> Reconciliation:
    """Check every reported total of a person or issuer, or all of them.

    With everything that is known the answer is read from what is stored; as known at a
    moment, the issuers concerned are judged anew.

    Args:
        ledger: The log to answer from.
        person: A CIK or a name; None for everybody.
        issuer: A CIK, ticker or name; None for all.
        known_at: Only what was public then; a day means its end.
        kinds: Only findings of these kinds; all when empty.
        severity: Only findings at least this severe.
        status: `open`, `accepted` or `all`. Those accepted are counted in any case.
        since: Only what was not found with what was public at that moment; or ids, for what is
            none of them, such as `ledger.seen()`.
        severities: Kinds that are graver, or less grave, to who asks.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
        UsageError: There is no such kind, severity or status.
    """
    wanted = Wanted(kinds, severity, status, since, severities or {})
    answer, found = reconciled(ledger, wanted, person=person, issuer=issuer, known_at=known_at)
    return msgspec.structs.replace(answer, findings=tuple(found))


class Wanted(NamedTuple):
    """Which findings are asked for, as `reconcile` is told."""

    kinds: Sequence[str] = ()
    severity: str | None = None
    status: str = "open"
    since: Moment | Collection[str] = None
    ranked: Mapping[str, str] = MappingProxyType({})


def reconciled(
    ledger: Ledger,
    wanted: Wanted,
    *,
    person: Who = None,
    issuer: Who = None,
    known_at: Moment = None,
) -> tuple[Reconciliation, Pile[Finding]]:
    """The same for whoever needs no more than a finding at a time: the answer, and what it finds.

    However many findings there are, few of them are in memory.
    """
    _known(wanted.kinds, wanted.severity, wanted.status)
    for kind, grave in wanted.ranked.items():
        _known([kind], grave)
    _, shown = moment_of(known_at)
    told = verdicts(ledger, person=person, issuer=issuer, known_at=known_at)
    before: Collection[str] | None = None
    if wanted.since is not None:
        before = _before(ledger, wanted.since, person=person, issuer=issuer)
    return _summed(told, shown, wanted, before)


def as_grave(finding: Finding, severities: Mapping[str, str]) -> Finding:
    """A finding as grave as its kind is to whoever asks."""
    own = severities.get(finding.kind, finding.severity)
    return finding if own == finding.severity else msgspec.structs.replace(finding, severity=own)


STATUSES = ("open", "accepted", "all")


def _before(
    ledger: Ledger, since: Moment | Collection[str], *, person: Who, issuer: Who
) -> Collection[str]:
    """The ids of what was found at a moment, or those that are given."""
    if isinstance(since, str | date | int) or since is None:
        told = verdicts(ledger, person=person, issuer=issuer, known_at=since)
        return {finding.id for one in told for finding in one.findings}
    return since


def worst(
    ledger: Ledger,
    count: int,
    after: int = 0,
    *,
    kinds: Sequence[str] = (),
    severity: str | None = None,
    status: str = "open",
    ranked: Mapping[str, str] | None = None,
) -> list[Finding]:
    """The gravest findings of the whole ledger, a page of them, by severity, then by issuer.

    Args:
        ledger: The log to answer from.
        count: How many.
        after: How many graver ones are passed over.
        kinds: Only findings of these kinds; all when empty.
        severity: Only findings at least this severe.
        status: `open`, `accepted` or `all`.
        ranked: Kinds that are graver, or less grave, to who asks.

    Raises:
        UsageError: There is no such kind, severity or status.
    """
    _known(kinds, severity, status)
    ranked = ranked or {}
    if status == "accepted":
        rested = worst_first(as_grave(f, ranked) for f in at_rest(ledger))
        found = [f for f in rested if _wanted(f, kinds, severity)]
        return found[after : after + count]
    at_rest_too = frozenset[str]() if status == "all" else accepted(ledger)
    severities = SEVERITIES[SEVERITIES.index(severity) :] if severity else SEVERITIES
    told = current(ledger).worst(
        count, after, at_rest_too, kinds=kinds, severities=severities, ranked=ranked
    )
    return reviewed(ledger, [as_grave(finding, ranked) for finding in told])


def verdicts(
    ledger: Ledger, *, person: Who = None, issuer: Who = None, known_at: Moment = None
) -> Iterator[Verdicts]:
    """The same, some issuers after the others."""
    moment, _ = moment_of(known_at)
    asked = subject(ledger, person=person, issuer=issuer)
    if moment is None:
        told = current(ledger).verdicts(asked.issuers, asked.persons)
        return with_reviews(ledger, told)
    judged = judged_issuers(ledger, asked, known_at=moment)
    return with_reviews(ledger, (_verdicts(j, asked.persons) for j in judged), moment)


def reconcile_filings(filings: Iterable[Filing], *, known_at: Moment = None) -> Reconciliation:
    """The same for filings in memory, issuers told apart by CIK."""
    moment, shown = moment_of(known_at)
    told = (_verdicts(j, None) for j in judged_filings(filings, moment))
    answer, found = _summed(told, shown, Wanted(status="all"))
    return msgspec.structs.replace(answer, findings=tuple(found))


def judged_filings(filings: Iterable[Filing], known_at: datetime | None = None) -> Iterable[Judged]:
    """Each issuer of some filings in memory, folded and judged."""
    # What is stored is told without these.
    from projections.corporate_actions.successions import marks_of  # noqa: PLC0415
    from projections.judgement import judge  # noqa: PLC0415

    grouped: dict[str, list[Dossier]] = {}
    for dossier in dossiers_of(filings):
        grouped.setdefault(dossier.head.issuer.cik or dossier.head.issuer.name or "", []).append(
            dossier
        )
    shared = {issuer: marks_of(own) for issuer, own in grouped.items()} if len(grouped) > 1 else {}
    told = {issuer: _reports(grouped[issuer]) for issuer in shared}
    for issuer in sorted(grouped):
        kin = [
            grouped[other]
            for other, marks in sorted(shared.items())
            if other != issuer and (marks & shared[issuer] or told[other] & told[issuer])
        ]
        yield judge(grouped[issuer], known_at=known_at, kin=kin)


def _reports(dossiers: Iterable[Dossier]) -> set[object]:
    """What copies under other issuers' numbers, or what goes on from some filings, share with them."""
    dossiers = [*dossiers]
    told: set[object] = {
        (
            frozenset(owner.cik for owner in d.head.owners),
            d.head.form,
            d.head.period,
            d.head.footnotes,
        )
        for d in dossiers
        if d.head.form in ("4", "5") and d.head.period
    }
    for d in dossiers:
        told |= joints_of(d)
    return told


def concerns(finding: Finding, judged: Judged, persons: frozenset[str] | None) -> bool:
    """Whether a finding is about one of these persons' filings."""
    if persons is None:
        return True
    dossier = judged.folded.by_id.get(finding.filing)
    return dossier is not None and bool(judged.folded.people.keys(dossier) & persons)


def _verdicts(judged: Judged, persons: frozenset[str] | None) -> Verdicts:
    """What a judgement found about the filings and positions of some persons, or of all."""
    own = [p for p in judged.folded.book.positions if persons is None or p.owners & persons]
    about = [f for f in judged.findings if concerns(f, judged, persons)]
    return Verdicts([judged.totals(own)], about)


def _summed(
    told: Iterable[Verdicts],
    shown: str | None,
    wanted: Wanted,
    before: Collection[str] | None = None,
) -> tuple[Reconciliation, Pile[Finding]]:
    totals, accepted, found = Totals(), 0, Pile[Finding](Finding, turn)
    for verdicts in told:
        totals = reduce(added, verdicts.totals, totals)
        for one in verdicts.findings:
            finding = as_grave(one, wanted.ranked)
            if not _wanted(finding, wanted.kinds, wanted.severity):
                continue
            accepted += finding.status == "accepted"
            seen = before is not None and finding.id in before and not finding.reopened
            if wanted.status in ("all", finding.status) and not seen:
                found.add(finding)
    return Reconciliation(shown, totals, (), accepted), found


def _wanted(finding: Finding, kinds: Sequence[str], severity: str | None) -> bool:
    """Whether a finding is of a kind that is asked for, and at least so grave."""
    least = SEVERITIES.index(severity) if severity else 0
    return (not kinds or finding.kind in kinds) and SEVERITIES.index(finding.severity) >= least


def added(one: Totals, other: Totals) -> Totals:
    """The sum of two counts."""
    return Totals(*(getattr(one, n) + getattr(other, n) for n in Totals.__struct_fields__))


def _known(kinds: Sequence[str], severity: str | None, status: str = "open") -> None:
    if status not in STATUSES:
        raise UsageError(f"there is no status {status!r}", remedy=f"one of {', '.join(STATUSES)}")
    for kind in kinds:
        if kind not in KINDS:
            from projections.questions.glossary import where_kinds_are  # noqa: PLC0415  (seldom)

            raise UsageError(f"there is no kind of finding {kind!r}", remedy=where_kinds_are(kind))
    if severity is not None and severity not in SEVERITIES:
        raise UsageError(
            f"there is no severity {severity!r}", remedy=f"name one of {', '.join(SEVERITIES)}"
        )
