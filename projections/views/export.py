"""One issuer's judgement as rows of the read model, and the one spelling that is hashed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

import msgspec

from ledger.types import plain
from projections.answers import plain_json
from projections.filings.owners import People, unnamed
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.identity.names import company_key, person_key, symbol_key
from projections.judgement import Judged
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.snapshots.openings import nothing_owned
from projections.snapshots.snapshot import Snapshots
from projections.views.digests import HeldRow, IssuerRow, PersonRow, graded
from projections.views.packing import packed


class FindingRow(NamedTuple):
    """A finding's row: what it can be looked up by, and the whole of it as JSON, packed.

    `persons` are the keys of those whose filing it is about, as JSON.
    """

    id: str
    kind: str
    severity: str
    persons: str
    body: bytes


class TotalsRow(NamedTuple):
    """How the totals of all positions of the same owners fare; both as JSON."""

    owners: str
    totals: str


class Built(NamedTuple):
    """One issuer's rows in the read model: its own, its people's, its findings', its totals', what is held."""

    row: IssuerRow
    persons: tuple[PersonRow, ...]
    findings: tuple[FindingRow, ...]
    totals: tuple[TotalsRow, ...]
    held: tuple[HeldRow, ...]


def built_of(issuer: str, own: Sequence[Dossier], judged: Judged, kin: Sequence[str]) -> Built:
    """An issuer's filings and their judgement as rows of the read model."""
    folded = judged.folded
    positions = folded.book.positions
    copies = {r.dossier.stream for r in folded.roll.repeated if r.how == "another source"}
    standing = [d for d in own if d.known_by(None) and d.stream not in copies]
    named = folded.dossiers or own
    last = named[-1].head.issuer if named else None
    told = [_judgement(found) for found in judged.findings]
    lines = sorted([_exported(p, judged.verdicts[p.number]) for p in positions])
    export = "\n\n".join((*lines, f"[{','.join(told)}]"))
    row = IssuerRow(
        issuer=issuer,
        cik=None if issuer.startswith("name:") else issuer,
        name=last.name if last else None,
        symbol=symbol_key(last.symbol) if last else None,
        filings=sum(dossier.stream not in copies for dossier in folded.dossiers),
        positions=len(positions),
        totals=_canonical(judged.totals()),
        digest=sha256(export.encode()).hexdigest(),
        keys=_canonical(_keys(own)),
        kin=_canonical(kin),
        counts=_canonical(_counts(standing, judged)),
        last=_last(folded.dossiers),
    )
    persons = (*_persons(issuer, judged, copies), *_away(issuer, own, judged))
    findings = tuple(_findings(judged, told))
    return Built(row, persons, findings, tuple(_totals(judged)), tuple(_held(issuer, judged)))


def _persons(issuer: str, judged: Judged, copies: AbstractSet[str]) -> Iterator[PersonRow]:
    """Who reports about an issuer, with how much; `copies` are other sources of their filings."""
    folded = judged.folded
    held = Counter(owner for p in folded.book.positions for owner in p.owners)
    about = _graveness(judged)
    filed: dict[str, list[Dossier]] = {}
    for dossier in folded.dossiers:
        for key in folded.people.keys(dossier):
            filed.setdefault(key, []).append(dossier)
    for key, name in sorted(folded.people.names.items()):
        own = filed.get(key, ())
        yield PersonRow(
            issuer=issuer,
            person=key,
            name=name,
            name_key=person_key(name or ""),
            filings=sum(dossier.stream not in copies for dossier in own),
            positions=held[key],
            last=_last(own),
            findings=_canonical(about.get(key, {})),
        )


def _graveness(judged: Judged) -> dict[str, Counter[str]]:
    """By person, how many findings there are about their filings, of each kind and severity."""
    found: dict[str, Counter[str]] = {}
    for finding in judged.findings:
        for key in _concerned(finding, judged):
            found.setdefault(key, Counter())[graded(finding.kind, finding.severity)] += 1
    return found


def _concerned(finding: Finding, judged: Judged) -> frozenset[str]:
    """The keys of those whose filing a finding is about."""
    dossier = judged.folded.by_id.get(finding.filing)
    return judged.folded.people.keys(dossier) if dossier else frozenset()


def _away(issuer: str, own: Sequence[Dossier], judged: Judged) -> Iterator[PersonRow]:
    """Those whom only filings name that were taken back: they are asked about as known before."""
    if all(dossier.known_by(None) for dossier in own):
        return
    for key, name in sorted(People(own).names.items()):
        if key not in judged.folded.people.names:
            spelled = person_key(name or "")
            yield PersonRow(
                issuer, key, name, spelled, filings=0, positions=0, last="", findings="{}"
            )


def _last(filings: Iterable[Dossier]) -> str:
    """The day on which the last of some filings became known, "" where nothing says so."""
    return max((day.isoformat() for dossier in filings if (day := dossier.known.on)), default="")


def _findings(judged: Judged, told: Sequence[str]) -> Iterator[FindingRow]:
    """The findings' rows; `told` is each as JSON."""
    persons: dict[frozenset[str], str] = {}
    for found, body in zip(judged.findings, told, strict=True):
        keys = _concerned(found, judged)
        if keys not in persons:
            persons[keys] = _canonical(sorted(keys))
        yield FindingRow(found.id, found.kind, found.severity, persons[keys], packed(body))


def _held(issuer: str, judged: Judged) -> Iterator[HeldRow]:
    """What answers who holds what at last, in the order in which it is told."""
    for place, (what, keys, between, answer) in enumerate(_told(judged)):
        people = judged.folded.people
        owners = {key: people.person(key) for key in sorted(keys) if not unnamed(key)}
        first, last = ("" if day is None else day.isoformat() for day in between)
        body = packed(msgspec.json.encode(answer).decode())
        yield HeldRow(
            issuer=issuer,
            place=place,
            what=what,
            owners=_canonical(owners),
            first=first,
            last=last,
            body=body,
        )


_ALWAYS = (None, None)


def _told(
    judged: Judged,
) -> Iterator[tuple[str, Iterable[str], Sequence[date | None], msgspec.Struct]]:
    """Each with what it is, whom it is about, and the days between which it is the answer."""
    shown = Snapshots(judged)
    for position in shown.positions:
        for first, last, holding in shown.latest(position):
            yield "holding", position.owners, (first, last), holding
    for position, holding in shown.unreported_from(None):
        yield "holding", position.owners, _ALWAYS, holding
    for position, total in shown.class_totals(None):
        yield "total", position.owners, _ALWAYS, total
    for key, none in nothing_owned(judged, None):
        yield "nothing", (key,), _ALWAYS, none


def _totals(judged: Judged) -> Iterator[TotalsRow]:
    owned: dict[tuple[str, ...], list[Position]] = {}
    for position in judged.folded.book.positions:
        owned.setdefault(tuple(sorted(position.owners)), []).append(position)
    for owners, positions in sorted(owned.items()):
        yield TotalsRow(_canonical(owners), _canonical(judged.totals(positions)))


def _keys(own: Sequence[Dossier]) -> dict[str, list[str]]:
    """The names and symbols by which filings call the issuer, as keys."""
    companies = [dossier.head.issuer for dossier in own]
    symbols = {symbol_key(company.symbol) for company in companies} - {None}
    return {
        "names": sorted({company_key(company.name or "") for company in companies}),
        "symbols": sorted(filter(None, symbols)),
    }


def _counts(own: Sequence[Dossier], judged: Judged) -> dict[str, dict[str, int]]:
    """How many filings there are of each form and year, and how many findings of each kind."""
    years: Counter[str] = Counter()
    for head in (dossier.head for dossier in own):
        day = head.filed_on or head.period or (head.accepted_at and head.accepted_at.date())
        years[str(day.year) if day else "unknown"] += 1
    return {
        "forms": dict(Counter(dossier.head.form for dossier in own)),
        "years": dict(years),
        "findings": dict(Counter(finding.kind for finding in judged.findings)),
        "graded": dict(Counter(graded(one.kind, one.severity) for one in judged.findings)),
    }


def _canonical(answer: object) -> str:
    """An answer as `json_of` shows it, in the one spelling that is hashed."""
    return _written(msgspec.to_builtins(answer, builtin_types=(Decimal, datetime)))


def _judgement(finding: Finding) -> str:
    """A finding in that spelling, without what people make of it."""
    said = msgspec.to_builtins(finding, builtin_types=(Decimal, datetime))
    return _written({name: value for name, value in said.items() if name not in finding.REVIEWED})


_written = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain_json
).encode


def _exported(position: Position, verdicts: Sequence[str | None]) -> str:
    """A position and its entries as text: equal positions are equal text."""
    strike, expiry = position.series
    about = (
        "+".join(sorted(position.owners)),
        position.table,
        _words(position.security),
        position.form or "",
        _words(position.nature),
        _number(strike),
        _day(expiry),
        _number(position.opened),
        _number(position.balance),
    )
    return "\n".join(["\t".join(about), *map(_entry, position.entries, verdicts)])


def _entry(entry: Posting, verdict: str | None) -> str:
    numbers = (entry.delta, entry.claim, entry.expected, entry.balance, entry.residual)
    return "\t".join(
        (
            entry.dossier.id,
            entry.line.ref,
            _day(entry.day),
            _plainly(numbers),
            verdict or "",
        )
    )


def _plainly(numbers: Sequence[Decimal | None]) -> str:
    """Numbers with a tab between them, each plain: whole ones, as most are, are so already."""
    text = "\t".join(["" if number is None else str(number) for number in numbers])
    if "." in text or "E" in text or "-0" in text:
        return "\t".join(map(_number, numbers))
    return text


def _number(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _words(text: str | None) -> str:
    """A filer's words, without what separates one value from the next."""
    return (text or "").replace("\t", " ").replace("\n", " ")
