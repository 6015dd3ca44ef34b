"""What people made of findings: accepted, reopened, given to somebody, noted.

No judgement follows from it. What was accepted stands open again where a line or a note under it,
or the finding itself, is not what it was then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

from ledger import Ledger
from ledger.addresses import stream_of
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from ledger.review import Remark, standing
from ledger.types import normal_accession, plain
from projections.answers import plain_json
from projections.desk import FindingReview, Review, Reviewed
from projections.filings.records import Dossier, Line
from projections.findings.finding import Finding
from projections.questions.subject import Subject, judged_issuers, named
from projections.views.catching_up import current
from projections.views.readmodel import Verdicts

if TYPE_CHECKING:
    from ledger.events import FindingReviewed


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
        findings: The findings' ids, or at least the first four digits of each; none for all of
            which anybody said something.
        accept: They are put to rest, until something under them changes.
        reopen: They are open again.
        assign: To whom they are given; "" for nobody.
        note: A remark; "" takes the last one away.
        by: Who says so.
        at: The moment; None for now.

    Raises:
        UnknownReference, AmbiguousReference: No finding has this id, or several have.
        UsageError: It is accepted already, or open already; nobody says so; both at once; what
            is said is said of no finding, or of one that is found no more.
    """
    if accept and reopen:
        raise UsageError("no finding can be accepted and reopened at once")
    remark = Remark("accepted" if accept else "open" if reopen else None, assign, note)
    known = ledger.reviews()
    names = _called(ledger, dict.fromkeys(findings), known) if findings else sorted(known)
    found = _now(ledger, names)
    if remark != Remark():
        _require_one_to_say_it_of(findings, found)
        for now in reviewed(ledger, [one for one in found.values() if one]):
            if remark.status == now.status:
                raise UsageError(
                    f"finding {now.id} is {now.status} already",
                    remedy="`ledger review ID` shows who said so",
                )
        there = [one for one in found.values() if one]
        rests = _rests(ledger, there)
        for one in there:
            ledger.review(one.id, remark, by=by, at=at, rests=rests[one.id])
        known = ledger.reviews()
    return Review(tuple(_reviews(ledger, found, known)))


def _require_one_to_say_it_of(names: Sequence[str], found: Mapping[str, Finding | None]) -> None:
    if not names:
        raise UsageError("of which finding?", remedy="name one or more by their ids")
    for name, one in found.items():
        if one is None:
            raise UsageError(
                f"finding {name} is found no more, so there is nothing to say of it",
                remedy=f"`ledger review {name}` shows what was said of it",
            )


def _reviews(
    ledger: Ledger,
    found: Mapping[str, Finding | None],
    reviews: Mapping[str, list[FindingReviewed]],
) -> Iterator[FindingReview]:
    """Each finding with what people made of it; one that is found no more as it last was."""
    placed = {one.id: one for one in reviewed(ledger, [one for one in found.values() if one])}
    for name in found:
        said = reviews.get(name, [])
        now, gone = placed.get(name), None
        if now is None:
            now, gone = _as_it_was(ledger, name, said)
        yield FindingReview(name, now, tuple(map(_step, said)), gone)


_NOTHING = "nothing that is here now gives rise to it"


def _in_its_place(ledger: Ledger, rests: Mapping[str, str]) -> Iterator[str]:
    """The graver findings that are on the rows now on which one rested that is gone: it may live on in them."""
    model = current(ledger)
    homes = {model.issuer_of(stream) for ref in rests if (stream := _stream(ref))} - {None}
    for verdicts in model.verdicts(sorted(home for home in homes if home), None):
        for found in verdicts.findings:
            if found.severity != "info" and found.row and f"{found.filing}#{found.row}" in rests:
                yield f"{found.id[:8]} {found.kind} is on {found.filing}#{found.row} now"


def _as_it_was(
    ledger: Ledger, name: str, said: Sequence[FindingReviewed]
) -> tuple[Finding | None, str]:
    """A finding just before a filing under it was taken back, and that it was; else that it is gone."""
    rests = next((one.rests for one in reversed(said) if one.rests), {})
    away = {
        filing: last[1]
        for filing in sorted({ref.partition("#")[0] for ref in rests if _stream(ref)})
        for last in ledger.retractions(filing)[-1:]
        if last[1].until is None
    }
    if not away:
        return None, "; ".join((_NOTHING, *_in_its_place(ledger, rests)))
    moment = min(retraction.at for retraction in away.values()) - timedelta(microseconds=1)
    homes = {current(ledger).issuer_of(stream_of(filing)) for filing in away} - {None}
    asked = Subject(frozenset(home for home in homes if home), None)
    told = (f for j in judged_issuers(ledger, asked, known_at=moment) for f in j.findings)
    was = next((f for f in told if f.id == name), None)
    words = "; ".join(f"{filing} was {gone.words}" for filing, gone in away.items())
    at = standing(said)
    people = {"status": at.status, "assigned": at.assigned, "note": at.note}
    return was and msgspec.structs.replace(was, **people), words


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
    rests = _rests(ledger, accepted, moment)
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


def remarks(finding: Finding) -> list[str]:
    """What people made of a finding, in words: reopened by what, accepted, given to whom, noted."""
    said = (
        ("it was accepted, and stands open again: ", finding.reopened),
        ("accepted", "" if finding.status == "accepted" else None),
        ("given to ", finding.assigned),
        ("note: ", finding.note),
    )
    return [f"{words}{what}" for words, what in said if what is not None]


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
    return frozenset(finding.id for finding in at_rest(ledger))


def at_rest(ledger: Ledger) -> list[Finding]:
    """The findings that people put to rest, and that nothing opened again."""
    said = ledger.reviews()
    names = [name for name, remarks in said.items() if standing(remarks).status == "accepted"]
    if not names:
        return []
    model = current(ledger)
    issuers = frozenset(issuer for name in names for issuer in model.issuers_with(name))
    found = [f for v in model.verdicts(issuers, None) for f in v.findings if f.id in names]
    return [f for f in _placed(ledger, found, said, None) if f.status == "accepted"]


def _step(said: FindingReviewed) -> Reviewed:
    return Reviewed(said.at, said.by, said.status, said.assigned, said.note)


def _called(ledger: Ledger, names: Iterable[str], reviews: Iterable[str]) -> list[str]:
    """The ids that begin so: each of one finding that is here, or of which something was said."""
    model, told = current(ledger), list[str]()
    for name in names:
        wanted = named(name, "finding", "give its id as text").strip().lower()
        found: set[str] = set()
        if len(wanted) >= _SHORTEST:
            flags = model.flagged(model.issuers_with(wanted))
            found = {one for one in (*(f.id for f in flags), *reviews) if one.startswith(wanted)}
        if not found:
            raise UnknownReference(
                f"no finding is called {name!r}", remedy="`ledger reconcile --all` lists them"
            )
        if len(found) > 1:
            raise AmbiguousReference(f"several findings begin with {name!r}", tuple(sorted(found)))
        told += found
    return told


def _now(ledger: Ledger, ids: Iterable[str]) -> dict[str, Finding | None]:
    """By id, the findings as they are found now; None where one is found no more."""
    model, wanted = current(ledger), dict[str, Finding | None].fromkeys(ids)
    issuers = frozenset(issuer for one in wanted for issuer in model.issuers_with(one))
    told = model.verdicts(issuers, None) if issuers else ()
    return wanted | {f.id: f for v in told for f in v.findings if f.id in wanted}


def gone(ledger: Ledger, name: str) -> tuple[str, str] | None:
    """The whole id of a finding that was reviewed and is found no more, and why it is not."""
    reviews = ledger.reviews()
    for one, said in reviews.items():
        if one.startswith(name):
            return one, _as_it_was(ledger, one, said)[1]
    return None


_SHORTEST = 4
"""Digits of an id that say which finding is meant."""

_SAID = ("severity", "expected", "reported", "difference")


def _rests(
    ledger: Ledger, findings: Sequence[Finding], moment: datetime | None = None
) -> dict[str, dict[str, str]]:
    """What each finding rests on at a moment: what it says, and a hash of each line and note under it."""
    refs = {f.id: _refs(f) for f in findings}
    streams = {stream for own in refs.values() for ref in own if (stream := _stream(ref))}
    filings = {d.id: d for d in current(ledger).filings(streams)} if streams else {}
    return {f.id: _said(f) | _under(refs[f.id], filings, moment) for f in findings}


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


def _under(
    refs: Iterable[str], filings: Mapping[str, Dossier], moment: datetime | None
) -> dict[str, str]:
    parted = {ref: ref.partition("#") for ref in refs}
    return {
        ref: _mark(part, filings.get(filing), moment) for ref, (filing, _, part) in parted.items()
    }


def _mark(part: str, dossier: Dossier | None, moment: datetime | None) -> str:
    """A hash of what a filing says in a line or a note, or in all its lines; "" where it is away."""
    if dossier is None or not dossier.known_by(moment):
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
