"""Who is in the ledger: its people and its companies, with what there is of each.

Read from what is stored; nothing is judged for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from ledger import Ledger
from projections.answers import Name
from projections.questions.reviews import accepted
from projections.questions.subject import Who, identity, subject
from projections.registers import Company, Insider, Issuers, People
from projections.views.catching_up import current
from projections.views.digests import IssuerRow, PersonRow, graded
from projections.views.readmodel import Flag, ReadModel

_One = TypeVar("_One")
_GRAVE = ("critical", "major", "minor")


def people(
    ledger: Ledger,
    *,
    person: Who = None,
    issuer: Who = None,
    count: int | None = None,
    after: int = 0,
    severities: Mapping[str, str] | None = None,
) -> People:
    """Everybody who reports, or those who report about one issuer, by name.

    A person without a CIK counts once for each issuer whose filings name them.

    Args:
        ledger: The log to answer from.
        person: A CIK or a name; None for everybody.
        issuer: A CIK, ticker or name: only what is reported about it. None for all.
        count: How many of them, for whoever shows a page; None for all.
        after: How many are passed over.
        severities: Kinds that are graver, or less grave, to who asks.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    asked, model = subject(ledger, person=person, issuer=issuer), current(ledger)
    grouped: dict[str, list[PersonRow]] = {}
    there = model.persons() if asked.issuers is None else model.persons_at(asked.issuers)
    for row in there:
        if row.filings and (asked.persons is None or row.person in asked.persons):
            grouped.setdefault(identity(row), []).append(row)
    in_order = sorted(grouped, key=lambda one: _order(_person(grouped[one])))
    rows = {one: grouped[one] for one in _page(in_order, count, after)}
    companies = model.rows(asked.issuers)
    whose = {(row.issuer, row.person): one for one, own in rows.items() for row in own}
    rest: dict[str, Counter[str]] = {}
    for flag in _at_rest(ledger, model, {issuer for issuer, _ in whose}):
        for key in flag.persons:
            if one := whose.get((flag.issuer, key)):
                rest.setdefault(one, Counter())[graded(flag.kind, flag.severity)] += 1
    return People(
        tuple(
            _insider(
                own,
                _graveness(own, rest.get(one, Counter()), severities or {}),
                [companies[row.issuer] for row in own],
            )
            for one, own in rows.items()
        )
    )


def issuers(
    ledger: Ledger,
    *,
    person: Who = None,
    issuer: Who = None,
    count: int | None = None,
    after: int = 0,
    severities: Mapping[str, str] | None = None,
) -> Issuers:
    """Every company that people report about, or that one person does, by name.

    Args and Raises are those of `people`.
    """
    asked, model = subject(ledger, person=person, issuer=issuer), current(ledger)
    there = [row for row in model.rows(asked.issuers).values() if row.filings]
    rows = _page(sorted(there, key=lambda row: _order(_called(row))), count, after)
    here = Counter(
        row.issuer for row in model.persons_at(row.issuer for row in rows) if row.filings
    )
    rest: dict[str, Counter[str]] = {}
    for flag in _at_rest(ledger, model, {row.issuer for row in rows}):
        rest.setdefault(flag.issuer, Counter())[graded(flag.kind, flag.severity)] += 1
    ranked = severities or {}
    told = (
        _company(row, here[row.issuer], _open(row, rest.get(row.issuer, Counter()), ranked))
        for row in rows
    )
    return Issuers(tuple(told))


def _page(found: list[_One], count: int | None, after: int) -> list[_One]:
    """A part of what was found, `count` behind the first `after`."""
    return found[after : None if count is None else after + count]


def _at_rest(ledger: Ledger, model: ReadModel, issuers: set[str]) -> Iterator[Flag]:
    """The findings of some issuers that people put to rest: they are in the counts that are stored."""
    rest = accepted(ledger)
    where = {issuer for name in rest for issuer in model.issuers_with(name)}
    return (flag for flag in model.flagged(where & issuers) if flag.id in rest)


def _graveness(own: list[PersonRow], rest: Counter[str], ranked: Mapping[str, str]) -> Counter[str]:
    """How many findings about somebody are open, by how grave they are to who asks."""
    found = sum((Counter(json.loads(row.findings)) for row in own), Counter[str]())
    return _ranked(found - rest, ranked)


def _open(row: IssuerRow, rest: Counter[str], ranked: Mapping[str, str]) -> Counter[str]:
    """The same about a company."""
    return _ranked(Counter(json.loads(row.counts)["graded"]) - rest, ranked)


def _ranked(found: Counter[str], ranked: Mapping[str, str]) -> Counter[str]:
    by: Counter[str] = Counter()
    for both, count in found.items():
        kind, _, severity = both.partition(" ")
        by[ranked.get(kind, severity)] += count
    return by


def _insider(own: list[PersonRow], found: Counter[str], companies: list[IssuerRow]) -> Insider:
    return Insider(
        person=_person(own),
        issuers=tuple(map(_called, companies)),
        filings=sum(row.filings for row in own),
        positions=sum(row.positions for row in own),
        last_filing_on=_day(max(row.last for row in own)),
        **_counted(found),
    )


def _person(own: list[PersonRow]) -> Name:
    """Somebody as their last filing names them."""
    last = max(own, key=lambda row: row.last)
    return {"cik": None if last.person.startswith("name:") else last.person, "name": last.name}


def _company(row: IssuerRow, here: int, found: Counter[str]) -> Company:
    return Company(
        issuer=_called(row),
        people=here,
        filings=row.filings,
        positions=row.positions,
        last_filing_on=_day(row.last),
        **json.loads(row.totals),
        **_counted(found),
    )


def _called(row: IssuerRow) -> Name:
    return {"cik": row.cik, "name": row.name, "symbol": row.symbol}


def _counted(by: Counter[str]) -> dict[str, int]:
    """How many findings there are, and how many of the graver ones."""
    return {"findings": by.total(), **{severity: by[severity] for severity in _GRAVE}}


def _order(party: Name) -> tuple[str, str]:
    return (party["name"] or "").casefold(), party["cik"] or ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
