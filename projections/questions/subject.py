"""What a question is about: which person, which issuer, which days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from ledger import Ledger
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from ledger.types import end_of_day, instant, normal_cik
from projections.filings.records import Dossier
from projections.identity.names import company_key, person_key, symbol_key
from projections.judgement import Judged, judge
from projections.views.readmodel import catch_up, filings_of, view_of

Day = date | str | None
Moment = date | datetime | str | None


class Subject(NamedTuple):
    """What was asked for: the issuers to fold, and the person's keys in each.

    `issuers` is None for all of them; `persons` is None for everybody.
    """

    issuers: frozenset[str] | None
    persons: frozenset[str] | None


def day_of(value: Day) -> date | None:
    """A calendar day from a day or ISO text."""
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no day", remedy="write it as 2004-10-01") from None


def moment_of(value: Moment) -> tuple[datetime | None, str | None]:
    """A moment of knowledge, and the text to show; a day means the end of that day."""
    if value is None:
        return None, None
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            raise UsageError(
                f"{value!r} is no moment", remedy="write it as 2005-02-04 or 2005-02-04T21:00:00Z"
            ) from None
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment, instant(moment)
    return end_of_day(value), value.isoformat()


def subject(ledger: Ledger, *, person: str | None = None, issuer: str | None = None) -> Subject:
    """Find the person and the issuer that a question names.

    A CIK names one of either. An issuer also answers to its ticker and its name, a
    person to its name in any order; part of a name serves where only one bears it.

    Raises:
        UnknownReference: Nobody, or no issuer, answers to the name.
        AmbiguousReference: Several do; they are listed.
    """
    catch_up(ledger)
    issuers = None if issuer is None else _issuers(ledger, issuer)
    if person is None:
        return Subject(issuers, None)
    found = _persons(ledger, person, issuers)
    return Subject(frozenset(i for i, _ in found), frozenset(p for _, p in found))


def streams(
    ledger: Ledger, *, person: str | None = None, issuer: str | None = None
) -> set[str] | None:
    """The streams of the filings concerned; None where the question names nothing."""
    if person is None and issuer is None:
        return None
    asked = subject(ledger, person=person, issuer=issuer)
    concerned: set[str] = set()
    for judged in judged_issuers(ledger, asked):
        for dossier in judged.folded.dossiers:
            if asked.persons is None or judged.folded.people.keys(dossier) & asked.persons:
                concerned.add(dossier.stream)
    return concerned


def judged_issuers(
    ledger: Ledger, asked: Subject, *, known_at: datetime | None = None
) -> Iterator[Judged]:
    """Fold and judge the issuers concerned, with what was known by a moment."""
    for _, filings, kin in filings_of(ledger, asked.issuers):
        for together in joined(filings, known_at):
            yield judge(together, known_at=known_at, kin=kin)


def joined(filings: list[Dossier], known_at: datetime | None) -> list[list[Dossier]]:
    """An issuer's filings, and apart from them those that joined it only later.

    A filing that states no CIK belongs to the issuer that bears its name; before a filing
    with that issuer's CIK says the name, nothing does.
    """
    if known_at is None:
        return [filings]
    borne = {
        company_key(name)
        for d in filings
        if d.head.issuer.cik and d.known.at <= known_at
        for name in (d.head.issuer.name or "", *d.head.issuer.former_names)
    }
    parts: dict[str, list[Dossier]] = {"": []}
    for dossier in filings:
        name = company_key(dossier.head.issuer.name or "")
        apart = "" if dossier.head.issuer.cik or name in borne else name
        parts.setdefault(apart, []).append(dossier)
    return [part for part in parts.values() if part]


def _issuers(ledger: Ledger, text: str) -> frozenset[str]:
    view = view_of(ledger)
    cik = normal_cik(text)
    tries: list[tuple[str, tuple[str, ...]]] = [("issuer = ?", (cik,))] if cik else []
    if symbol := symbol_key(text):
        tries.append(("symbol = ?", (symbol,)))
    key = company_key(text)
    tries.append(("issuer IN (SELECT issuer FROM view_filings WHERE name_key = ?)", (key,)))
    tries.append(("issuer IN (SELECT issuer FROM view_filings WHERE symbol = ?)", (symbol or "",)))
    tries.append(
        ("issuer IN (SELECT issuer FROM view_filings WHERE name_key LIKE ?)", (f"%{key}%",))
    )
    for where, parameters in tries:
        found = view.query(
            f"SELECT issuer, name, symbol FROM view_issuers WHERE {where} ORDER BY issuer",  # noqa: S608 - where is one of the texts above
            parameters,
        )
        if len(found) == 1:
            return frozenset({found[0][0]})
        if found:
            raise AmbiguousReference(
                f"several issuers answer to {text!r}",
                tuple(_called(i, n) for i, n, _ in found[:12]),
            )
    known = view.query("SELECT issuer, name, symbol FROM view_issuers ORDER BY name LIMIT 6")
    raise UnknownReference(f"no issuer here answers to {text!r}", remedy=_some(known))


def _persons(ledger: Ledger, text: str, issuers: frozenset[str] | None) -> list[tuple[str, str]]:
    view = view_of(ledger)
    cik, key = normal_cik(text), person_key(text)
    words = key.split()
    tries: list[tuple[str, tuple[str, ...]]] = [("person = ?", (cik,))] if cik else []
    tries.append(("name_key = ?", (key,)))
    tries.append(
        (" AND ".join(["name_key LIKE ?"] * len(words)) or "1 = 0", tuple(f"%{w}%" for w in words))
    )
    for where, parameters in tries:
        found = view.query(
            f"SELECT issuer, person, name FROM view_persons WHERE {where} ORDER BY issuer, person",  # noqa: S608 - see above
            parameters,
        )
        found = [row for row in found if issuers is None or row[0] in issuers]
        people = {
            person if not person.startswith("name:") else f"{issuer} {person}"
            for issuer, person, _ in found
        }
        if len(people) == 1:
            return [
                (issuer, key)
                for issuer, person, name in found
                for key in (person, *_before(ledger, issuer, person, name))
            ]
        if people:
            named = {
                (_called(p, n) if not p.startswith("name:") else f"{n} (no CIK, at {i})")
                for i, p, n in found
            }
            raise AmbiguousReference(
                f"several persons answer to {text!r}", tuple(sorted(named)[:12])
            )
    known = view.query(
        "SELECT DISTINCT person, name, name_key FROM view_persons ORDER BY name_key LIMIT 6"
    )
    raise UnknownReference(f"no person here answers to {text!r}", remedy=_some(known))


def _before(ledger: Ledger, issuer: str, person: str, name: str | None) -> list[str]:
    """The key a person's scans without a CIK had before any filing gave the CIK."""
    nameless = f"name:{person_key(name or '')}"
    others = view_of(ledger).query(
        "SELECT 1 FROM view_persons WHERE issuer = ? AND person = ?", (issuer, nameless)
    )
    return [] if others or person.startswith("name:") else [nameless]


def _called(key: str, name: str | None) -> str:
    return f"{name or '?'}" if key.startswith("name:") else f"{key} {name or '?'}"


def _some(known: list[tuple[str, str, str]]) -> str:
    if not known:
        return "the ledger is empty; `ledger ingest` fills it"
    return "here are, for example: " + "; ".join(_called(row[0], row[1]) for row in known)
