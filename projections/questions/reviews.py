"""What people made of findings: accepted, reopened, given to somebody, noted.

No judgement follows from it. What was accepted stands open again where a line or a note under it,
or the finding itself, is not what it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from ledger import Ledger
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from ledger.events import FindingReviewed
from ledger.filing import stream_of
from ledger.review import Remark, standing
from ledger.types import normal_accession, plain
from projections.answers import plain_json
from projections.desk import FindingReview, Review, Reviewed
from projections.filings.records import Dossier, Line
from projections.findings.finding import Finding
from projections.questions.subject import named
from projections.views.catching_up import current
from projections.views.readmodel import Verdicts


def review(
    ledger: Ledger,
    *findings: str,
    accept: bool = False,
    reopen: bool = False,
    assign: str | None = None,
    note: str | None = None,
    by: str = "",
    at: datetime | None = None,
) -> Review:
    """What people made of findings; what is said here is recorded of each first, if anything is.

    Args:
        ledger: The log; it is written only where something is said.
        findings: The findings' ids, or at least the first four digits of each.
        accept: They are put to rest, until something under them changes.
        reopen: They are open again.
        assign: To whom they are given; "" for nobody.
        note: A remark; "" takes the last one away.
        by: Who says so.
        at: The moment; None for now.

    Raises:
        UnknownReference, AmbiguousReference: No finding has this id, or several have.
        UsageError: It is accepted already, or open already; nobody says so; both at once.
    """
    if accept and reopen:
        raise UsageError("no finding can be accepted and reopened at once")
    remark = Remark("accepted" if accept else "open" if reopen else None, assign, note)
    found = [_finding(ledger, name) for name in dict.fromkeys(findings)]
    if remark != Remark():
        for now in reviewed(ledger, found):
            if remark.status == now.status:
                raise UsageError(
                    f"finding {now.id} is {now.status} already",
                    remedy="`ledger review ID` shows who said so",
                )
        rests = _rests(ledger, found)
        for one in found:
            ledger.review(one.id, remark, by=by, at=at, rests=rests[one.id])
    reviews = ledger.reviews()
    return Review(
        tuple(
            FindingReview(one, tuple(map(_step, reviews.get(one.id, ()))))
            for one in reviewed(ledger, found)
        )
    )


def reviewed(
    ledger: Ledger, findings: Sequence[Finding], moment: datetime | None = None
) -> list[Finding]:
    """Findings with what people made of them by a moment, or until now where none is named."""
    return _placed(ledger, findings, ledger.reviews(), moment)


def _placed(
    ledger: Ledger,
    findings: Sequence[Finding],
    reviews: Mapping[str, list[FindingReviewed]],
    moment: datetime | None,
) -> list[Finding]:
    said = {
        name: [one for one in remarks if moment is None or one.at <= moment]
        for name, remarks in reviews.items()
    }
    at = {name: standing(remarks) for name, remarks in said.items() if remarks}
    accepted = [f for f in findings if f.id in at and at[f.id].status == "accepted"]
    rests = _rests(ledger, accepted)
    made: list[Finding] = []
    for finding in findings:
        if (stands := at.get(finding.id)) is None:
            made.append(finding)
            continue
        changed = ""
        if stands.status == "accepted":
            changed = _changes(stands.rests, rests[finding.id])
        made.append(
            msgspec.structs.replace(
                finding,
                status="open" if changed else stands.status,
                assigned=stands.assigned,
                note=stands.note,
                reopened=changed or None,
            )
        )
    return made


def with_reviews(
    ledger: Ledger, told: Iterable[Verdicts], moment: datetime | None = None
) -> Iterator[Verdicts]:
    """Verdicts, whose findings have what people made of them."""
    reviews = ledger.reviews()
    for one in told:
        placed = _placed(ledger, one.findings, reviews, moment) if reviews else one.findings
        yield one._replace(findings=placed)


def accepted(ledger: Ledger) -> frozenset[str]:
    """The ids of the findings that people put to rest, and that nothing opened again."""
    said = ledger.reviews()
    names = [name for name, remarks in said.items() if standing(remarks).status == "accepted"]
    if not names:
        return frozenset()
    model = current(ledger)
    issuers = frozenset(issuer for name in names for issuer in model.issuers_with(name))
    found = [f for v in model.verdicts(issuers, None) for f in v.findings if f.id in names]
    return frozenset(f.id for f in _placed(ledger, found, said, None) if f.status == "accepted")


def _step(said: FindingReviewed) -> Reviewed:
    return Reviewed(said.at, said.by, said.status, said.assigned, said.note)


def _finding(ledger: Ledger, name: str) -> Finding:
    """The one finding whose id begins so."""
    wanted = named(name, "finding", "give its id as text").strip().lower()
    model = current(ledger)
    issuers = model.issuers_with(wanted) if len(wanted) >= _SHORTEST else frozenset[str]()
    told = (f for v in model.verdicts(issuers, None) for f in v.findings) if issuers else ()
    found = {f.id: f for f in told if f.id.startswith(wanted)}
    if not found:
        raise UnknownReference(
            f"no finding is called {name!r}", remedy="`ledger reconcile --all` lists them"
        )
    if len(found) > 1:
        raise AmbiguousReference(f"several findings begin with {name!r}", tuple(sorted(found)))
    return next(iter(found.values()))


_SHORTEST = 4
"""Digits of an id that say which finding is meant."""

_SAID = ("severity", "expected", "reported", "difference")


def _rests(ledger: Ledger, findings: Sequence[Finding]) -> dict[str, dict[str, str]]:
    """What each finding rests on: what it says, and a hash of each line and note under it."""
    refs = {f.id: _refs(f) for f in findings}
    streams = {stream for own in refs.values() for ref in own if (stream := _stream(ref))}
    filings = {d.id: d for d in current(ledger).filings(streams)} if streams else {}
    return {f.id: _said(f) | _under(refs[f.id], filings) for f in findings}


def _said(finding: Finding) -> dict[str, str]:
    said = {name: getattr(finding, name) for name in _SAID}
    shown = {name: str(plain_json(value)) for name, value in said.items() if value is not None}
    explained = finding.explanation
    if explained is not None:
        terms = (f"{term.kind} {plain(term.shares)}" for term in explained.terms)
        shown["explanation"] = ", ".join([explained.code, *terms])
    return shown


def _refs(finding: Finding) -> list[str]:
    own = f"{finding.filing}#{finding.row}" if finding.row else finding.filing
    return sorted({own, *(ref for ref in finding.evidence if _stream(ref))})


def _stream(ref: str) -> str:
    """The stream of the filing that a reference lies in, "" where it names none."""
    name = ref.partition("#")[0]
    return stream_of(name) if name.startswith("sha256:") or name == normal_accession(name) else ""


def _under(refs: Iterable[str], filings: Mapping[str, Dossier]) -> dict[str, str]:
    return {ref: _mark(ref.partition("#")[2], filings.get(ref.partition("#")[0])) for ref in refs}


def _mark(part: str, dossier: Dossier | None) -> str:
    """A hash of what a filing says in a line or a note, or in all its lines; "" where it is away."""
    if dossier is None or not dossier.known_by(None):
        return ""
    lines = [line for line in dossier.lines if part in ("", line.ref)]
    if lines or not part:
        told = "\n".join(_told(line) for line in lines)
    else:
        told = dossier.text_of(part.removeprefix("note.").partition(".")[0])
    return sha256(told.encode()).hexdigest()[:12]


def _told(line: Line) -> str:
    """What a line says that balances are made of: a better reading of the rest changes nothing."""
    said = (
        *(line.ref, line.security, line.effective_on, line.code, line.direction, line.shares),
        *(line.value, line.shares_after, line.value_after, line.ownership, line.nature),
    )
    return "\t".join("" if one is None else str(plain_json(one)) for one in said)


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> str:
    """In words, what is not as it was when a finding was accepted; "" where all of it is."""
    told = []
    for name in sorted({*then, *now}):
        was, is_now = then.get(name), now.get(name)
        if was == is_now:
            continue
        if not _stream(name):
            told.append(f"{name} was {was or 'unknown'}, is {is_now or 'unknown'}")
        elif was is None:
            told.append(f"it rests on {name} as well")
        elif is_now is None:
            told.append(f"it rests on {name} no more")
        else:
            told.append(f"{name} was taken back" if not is_now else f"{name} says otherwise")
    return "; ".join(told)
