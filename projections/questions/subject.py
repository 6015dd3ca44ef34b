"""What a question is about: which person, which issuer, which days."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from operator import index
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

import msgspec

from ledger import Ledger
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from ledger.processes import Labour
from ledger.types import end_of_day, instant, normal_cik
from projections.filings.owners import People
from projections.filings.records import Dossier
from projections.identity.names import company_key, person_key, symbol_key
from projections.views.catching_up import current, filings_of
from projections.views.digests import IssuerRow, PersonRow
from projections.views.memory import Everybody
from projections.views.readmodel import ReadModel

if TYPE_CHECKING:
    from projections.judgement import Judged
    from projections.views.waiting import Said

Day = date | str | int | None
Moment = date | datetime | str | int | None
Who = str | int | None

Answer = TypeVar("Answer", bound=msgspec.Struct)


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
        if isinstance(value, bool) or index(value) < 0:  # type: ignore[arg-type]  # which says so
            raise TypeError
        return str(index(value))  # type: ignore[arg-type]
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
    if not isinstance(value, datetime):
        return end_of_day(value), value.isoformat()
    moment = value if value.tzinfo else value.replace(tzinfo=UTC)
    try:
        return moment, instant(moment)
    except OverflowError:  # another zone's day is beyond the calendar
        raise UsageError(
            f"{value} is no moment of the calendar", remedy="name a day in it"
        ) from None


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
    for _, filings, _ in filings_of(ledger, asked.issuers):
        people = People(filings)
        for dossier in filings:
            if asked.persons is None or people.keys(dossier) & asked.persons:
                concerned.add(dossier.stream)
    return concerned


def judged_issuers(
    ledger: Ledger, asked: Subject, *, known_at: datetime | None = None, watched: bool = True
) -> Iterator[Judged]:
    """Fold and judge the issuers concerned, with what was known by a moment.

    Where several questions are asked together, each of a few issuers is judged once for all. Who
    watches is told how far it is where there is much to judge, unless who asks does not want it `watched`.
    """
    from projections.judgement import Folds, judge  # noqa: PLC0415  (what is stored is told without)

    model = current(ledger)

    def judged(issuers: frozenset[str] | None) -> Iterator[tuple[str, Judged]]:
        rows = model.rows(issuers).values()
        long = watched and sum(row.filings for row in rows) >= _FILINGS
        labour, done = ledger.labour if long else Labour(), count(1)
        with labour.watched("Judging for this question") as progress:
            for some in model.filings_in_turn(issuers):
                folds = Folds()
                for issuer, filings, kin in some:
                    for together in joined(filings, known_at):
                        yield issuer, judge(together, known_at=known_at, kin=kin, folds=folds)
                    if progress:
                        progress(next(done), len(rows))

    if model.memory is None or asked.issuers is None or len(asked.issuers) > _KEPT:
        yield from (one for _, one in judged(asked.issuers))
        return
    there = sorted(model.rows(asked.issuers))
    keys = {issuer: (issuer, known_at, model.stamp(issuer)) for issuer in there}
    with model.memory as memory:
        found = {issuer: memory.judged(key) for issuer, key in keys.items()}
        fresh: dict[str, list[Judged]] = {i: [] for i, kept in found.items() if kept is None}
        for issuer, one in judged(frozenset(fresh)):
            fresh[issuer].append(one)
        for issuer, made in fresh.items():
            memory.keep(keys[issuer], made)
    model.require_filings(found.keys() - fresh.keys())
    for issuer in there:
        yield from fresh.get(issuer) or found[issuer] or ()


class Derived(NamedTuple, Generic[Answer]):
    """A question whose answer follows from the judgement of each issuer alone.

    `name` and `more` tell it from others that are asked of the same filings and people.
    """

    name: str
    shape: type[Answer]
    make: Callable[[Judged], Iterable[Answer]]
    more: Hashable = None


def derived(
    ledger: Ledger, asked: Subject, question: Derived[Answer], *, known_at: datetime | None = None
) -> Iterator[Answer]:
    """What follows from the judgement of each issuer concerned, one issuer after the other.

    Where several questions are asked together, an answer is kept for as long as the filings that
    it follows from are these: it comes packed from where it was put, and nothing is judged for it.
    """
    memory, issuers = current(ledger).memory, asked.issuers
    if memory is None or issuers is None or len(issuers) > _KEPT:
        for judged in judged_issuers(ledger, asked, known_at=known_at):
            yield from question.make(judged)
        return
    model = current(ledger)
    decode = msgspec.json.Decoder(list[question.shape]).decode  # type: ignore[name-defined]
    for issuer in model.rows(issuers):
        own = Subject(frozenset({issuer}), asked.persons)
        key = (question.name, question.more, own, known_at, model.stamp(issuer))
        kept = memory.answers.get(key)
        if kept is not None:
            model.require_filings([issuer])
            yield from decode(kept)
            continue
        made = [
            one
            for judged in judged_issuers(ledger, own, known_at=known_at)
            for one in question.make(judged)
        ]
        memory.answers.keep(key, msgspec.json.encode(made))
        yield from made


_FILINGS = 4_000
"""Filings to judge that take a second or more: somebody may watch."""

_KEPT = 16
"""Issuers of one question whose judgements are kept for the next: no whole market."""


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
        if d.head.issuer.cik and d.known_by(known_at)
        for name in (d.head.issuer.name or "", *d.head.issuer.former_names)
    }
    parts: dict[str, list[Dossier]] = {"": []}
    for dossier in filings:
        name = company_key(dossier.head.issuer.name or "")
        apart = "" if dossier.head.issuer.cik or name in borne else name
        parts.setdefault(apart, []).append(dossier)
    return [part for part in parts.values() if part]


def _issuers(model: ReadModel, text: str) -> frozenset[str]:
    cik, symbol, key = normal_cik(text), symbol_key(text), company_key(text)
    if cik and cik in model.rows([cik]):  # which most name: the names of all are not read for it
        return frozenset({cik})

    def meant(said: Said) -> bool:
        return symbol in said.symbol or (bool(key) and any(key in name for name in said.name))

    rows = sorted(model.rows_where(meant).values())
    keys = {row.issuer: json.loads(row.keys) for row in rows}
    tries: list[Callable[[IssuerRow], bool]] = [
        lambda row: symbol is not None and row.symbol == symbol,
        lambda row: bool(key) and key in keys[row.issuer]["names"],
        lambda row: symbol is not None and symbol in keys[row.issuer]["symbols"],
        lambda row: bool(key) and any(key in name for name in keys[row.issuer]["names"]),
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
    if model.waiting:  # before it is said that none is, all are judged
        model.settle()
        return _issuers(model, text)
    called = {
        (row.issuer, row.name): (*keys[row.issuer]["names"], *keys[row.issuer]["symbols"])
        for row in rows
    }
    raise _nobody(f"no issuer here answers to {text!r}", called, (key, symbol or ""), "issuers")


def _persons(model: ReadModel, text: str, issuers: frozenset[str] | None) -> list[tuple[str, str]]:
    cik, key = normal_cik(text), person_key(text)
    words = key.split()

    def meant(said: Said) -> bool:
        return cik in said.owner or any(
            name == key or (words and all(word in name for word in words)) for name in said.person
        )

    everybody = model.everybody(meant, issuers)
    tries: list[Callable[[], list[PersonRow]]] = [
        lambda: everybody.by_key.get(cik or "", []),
        lambda: everybody.by_name.get(key, []),
        lambda: [r for r in everybody.rows if words and all(word in r.name_key for word in words)],
    ]
    elsewhere: list[PersonRow] = []
    for answers in tries:
        rows = answers()
        elsewhere = elsewhere or rows
        found = [row for row in rows if issuers is None or row.issuer in issuers]
        people = {identity(row) for row in found}
        if len(people) == 1:
            return [
                (row.issuer, key)
                for row in found
                for key in (row.person, *_before(everybody, row.issuer, row.person, row.name))
            ]
        if people:
            named = {
                _called(row.person, row.name)
                if not row.person.startswith("name:")
                else f"{row.name} (no CIK, at {row.issuer})"
                for row in found
            }
            raise AmbiguousReference(
                f"several persons answer to {text!r}", tuple(sorted(named)[:12])
            )
    if model.waiting:  # before it is said that nobody is, all are judged
        model.settle()
        return _persons(model, text, issuers)
    if elsewhere:
        at = dict.fromkeys(
            f"{_called(row.person, row.name)} at {_called(row.issuer, model.issuers[row.issuer].name)}"
            for row in elsewhere
        )
        raise UnknownReference(
            f"{text!r} reports nothing about that issuer here",
            remedy=f"but elsewhere: {'; '.join([*at][:6])}",
        )
    called = {(row.person, row.name): (row.name_key,) for row in model.persons()}
    raise _nobody(f"no person here answers to {text!r}", called, (key,), "people")


def identity(row: PersonRow) -> str:
    """Who a person is across companies: by the CIK, or by the name at the one company that has it."""
    return f"{row.issuer} {row.person}" if row.person.startswith("name:") else row.person


def _before(everybody: Everybody, issuer: str, person: str, name: str | None) -> list[str]:
    """The key a person's scans without a CIK had before any filing gave the CIK."""
    nameless = f"name:{person_key(name or '')}"
    others = any(row.issuer == issuer for row in everybody.by_key.get(nameless, ()))
    return [] if others or person.startswith("name:") else [nameless]


def _called(key: str, name: str | None) -> str:
    return f"{name or '?'}" if key.startswith("name:") else f"{key} {name or '?'}"


def _nobody(
    what: str,
    called: Mapping[tuple[str, str | None], Iterable[str]],
    asked: Sequence[str],
    listed: str,
) -> UnknownReference:
    """That a name names nobody: with who is here under nearly this name, or which command lists all who are."""
    if not called:
        return UnknownReference(what, remedy="the ledger is empty; `ledger ingest` fills it")
    from projections.questions.nearest import nearest  # noqa: PLC0415  (loaded where a name is mistyped)

    like = tuple(_called(*one) for one in nearest(asked, called))
    if like:
        remedy = f"the nearest here: {'; '.join(like)}"
        return UnknownReference(what, remedy=remedy, candidates=like)
    return UnknownReference(what, remedy=f"nor to a name like it; `ledger {listed}` lists all")
