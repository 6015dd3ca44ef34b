"""What a question is about: which person, which issuer, which days."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import SequenceMatcher
from operator import index, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ledger import Ledger
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from ledger.types import end_of_day, instant, normal_cik
from projections.filings.records import Dossier
from projections.identity.names import company_key, person_key, symbol_key
from projections.views.catching_up import current, filings_of
from projections.views.digests import IssuerRow
from projections.views.readmodel import ReadModel

if TYPE_CHECKING:
    from projections.judgement import Judged

Person = tuple[str, str, str | None, str]
Day = date | str | int | None
Moment = date | datetime | str | int | None
Who = str | int | None


class Subject(NamedTuple):
    """What was asked for: the issuers to fold, and the person's keys in each.

    `issuers` is None for all of them; `persons` is None for everybody.
    """

    issuers: frozenset[str] | None
    persons: frozenset[str] | None


def named(value: object, what: str, remedy: str) -> str:
    """What a caller names something by, as text: text, or a whole number of any library.

    Raises:
        UsageError: It is something else; `what` is what it should have been.
    """
    if isinstance(value, str):
        return value
    try:
        if isinstance(value, bool):
            raise TypeError
        return str(index(value))  # type: ignore[arg-type]  # which says so itself
    except TypeError:
        told = f"{value!r:.80} ({type(value).__name__}) is no {what}"
        raise UsageError(told, remedy=remedy) from None


def day_of(value: Day) -> date | None:
    """A calendar day from a day, ISO text, or its eight digits as a number: 20041001.

    Raises:
        UsageError: It names no day.
    """
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    if isinstance(value, datetime):
        return value.date()
    text = named(value, "day", "write it as 2004-10-01")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{value!r} is no day", remedy="write it as 2004-10-01") from None


def moment_of(value: Moment) -> tuple[datetime | None, str | None]:
    """A moment of knowledge, and the text to show; a day means the end of that day.

    Raises:
        UsageError: It names no moment.
    """
    if value is None:
        return None, None
    if not isinstance(value, date):
        remedy = "write it as 2005-02-04 or 2005-02-04T21:00:00Z"
        text = named(value, "moment", remedy)
        try:
            whole = text[10:11] not in {"T", " "}  # 2024-03-01-05:00 is that day, in some zone
            value = date.fromisoformat(text) if whole else datetime.fromisoformat(text)
        except ValueError:
            raise UsageError(f"{value!r} is no moment", remedy=remedy) from None
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment, instant(moment)
    return end_of_day(value), value.isoformat()


def subject(ledger: Ledger, *, person: Who = None, issuer: Who = None) -> Subject:
    """Find the person and the issuer that a question names.

    A CIK names one of either, as text or as a number. An issuer also answers to its ticker and its name, a
    person to its name in any order; part of a name serves where only one bears it.

    Raises:
        UnknownReference: Nobody, or no issuer, answers to the name.
        AmbiguousReference: Several do; they are listed.
    """
    where = None if issuer is None else named(issuer, "issuer", "give a CIK, ticker or name")
    whose = None if person is None else named(person, "person", "give a CIK or a name")
    model = current(ledger)
    issuers = None if where is None else _issuers(model, where)
    if whose is None:
        return Subject(issuers, None)
    found = _persons(model, whose, issuers)
    return Subject(frozenset(i for i, _ in found), frozenset(p for _, p in found))


def streams(ledger: Ledger, *, person: Who = None, issuer: Who = None) -> set[str] | None:
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
    from projections.judgement import Folds, judge  # noqa: PLC0415  (what is stored is told without)

    folds = Folds()
    for _, filings, kin in filings_of(ledger, asked.issuers):
        for together in joined(filings, known_at):
            yield judge(together, known_at=known_at, kin=kin, folds=folds)


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


def _issuers(model: ReadModel, text: str) -> frozenset[str]:
    rows = sorted(model.issuers.values())
    keys = {row.issuer: json.loads(row.keys) for row in rows}
    cik, symbol, key = normal_cik(text), symbol_key(text), company_key(text)
    tries: list[Callable[[IssuerRow], bool]] = [
        lambda row: cik is not None and row.issuer == cik,
        lambda row: symbol is not None and row.symbol == symbol,
        lambda row: key in keys[row.issuer]["names"],
        lambda row: (symbol or "") in keys[row.issuer]["symbols"],
        lambda row: any(key in name for name in keys[row.issuer]["names"]),
    ]
    for answers in tries:
        found = list(filter(answers, rows))
        if len(found) == 1:
            return frozenset({found[0].issuer})
        if found:
            raise AmbiguousReference(
                f"several issuers answer to {text!r}",
                tuple(_called(row.issuer, row.name) for row in found[:12]),
            )
    called = {
        (row.issuer, row.name): (*keys[row.issuer]["names"], *keys[row.issuer]["symbols"])
        for row in sorted(rows, key=lambda row: row.name or "")
    }
    raise UnknownReference(
        f"no issuer here answers to {text!r}", remedy=_some(called, (key, symbol or ""))
    )


def _persons(model: ReadModel, text: str, issuers: frozenset[str] | None) -> list[tuple[str, str]]:
    cik, key = normal_cik(text), person_key(text)
    words = key.split()
    tries: list[Callable[[Person], bool]] = [
        lambda row: cik is not None and row[1] == cik,
        lambda row: row[3] == key,
        lambda row: bool(words) and all(word in row[3] for word in words),
    ]
    elsewhere: list[Person] = []
    for answers in tries:
        rows = list(filter(answers, model.persons()))
        elsewhere = elsewhere or rows
        found = [row for row in rows if issuers is None or row[0] in issuers]
        people = {
            person if not person.startswith("name:") else f"{issuer} {person}"
            for issuer, person, _, _ in found
        }
        if len(people) == 1:
            return [
                (issuer, key)
                for issuer, person, name, _ in found
                for key in (person, *_before(model, issuer, person, name))
            ]
        if people:
            named = {
                (_called(p, n) if not p.startswith("name:") else f"{n} (no CIK, at {i})")
                for i, p, n, _ in found
            }
            raise AmbiguousReference(
                f"several persons answer to {text!r}", tuple(sorted(named)[:12])
            )
    if elsewhere:
        at = dict.fromkeys(
            f"{_called(p, n)} at {_called(i, model.issuers[i].name)}" for i, p, n, _ in elsewhere
        )
        raise UnknownReference(
            f"{text!r} reports nothing about that issuer here",
            remedy=f"but elsewhere: {'; '.join([*at][:6])}",
        )
    called = {(p, n): (k,) for _, p, n, k in sorted(model.persons(), key=itemgetter(3))}
    raise UnknownReference(f"no person here answers to {text!r}", remedy=_some(called, (key,)))


def _before(model: ReadModel, issuer: str, person: str, name: str | None) -> list[str]:
    """The key a person's scans without a CIK had before any filing gave the CIK."""
    nameless = f"name:{person_key(name or '')}"
    others = any(row[:2] == (issuer, nameless) for row in model.persons())
    return [] if others or person.startswith("name:") else [nameless]


def _called(key: str, name: str | None) -> str:
    return f"{name or '?'}" if key.startswith("name:") else f"{key} {name or '?'}"


def _some(called: Mapping[tuple[str, str | None], Iterable[str]], asked: Sequence[str]) -> str:
    """Who is here: those whose names are nearly what was asked for, else some of them."""
    if not called:
        return "the ledger is empty; `ledger ingest` fills it"
    near = {
        one: max((_likeness(text, name) for text in asked for name in names), default=0)
        for one, names in called.items()
    }
    like = sorted((one for one in called if near[one] >= _NEAR), key=lambda one: -near[one])
    words = "the nearest here" if like else "here are, for example"
    return f"{words}: {'; '.join(_called(*one) for one in (like or [*called])[:6])}"


_NEAR = 75
"""How like a name must be, in per cent, to be offered: a letter in a short word may differ."""


def _likeness(asked: str, name: str) -> int:
    """In per cent, how well the words asked for are matched by the name's, letter for letter."""
    words, letters = asked.split(), sum(map(len, asked.split()))
    best = (
        len(word) * max((_alike(word, other) for other in name.split()), default=0)
        for word in words
    )
    return sum(best) // letters if letters else 0


def _alike(one: str, other: str) -> int:
    """In per cent of the letters of two words, those that both have in the same order."""
    common = sum(block.size for block in SequenceMatcher(None, one, other).get_matching_blocks())
    return 200 * common // (len(one) + len(other))
