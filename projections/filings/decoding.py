"""Filings decoded from stored events, fast: whole ones, and whom each is about.

The events were validated when they were written, so replay reads their stored bytes with
typed decoders into the records of `records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, get_args

import msgspec
from msgspec import convert

from ledger.statements import StatementKind
from projections.filings.records import Company, Dossier, Head, Line, Retracted, Stated

if TYPE_CHECKING:
    from ledger.filing import Filing

State = tuple[str, int, str, bytes]
"""A stored event: stream, version, topic, canonical JSON."""

HEADS = ("filing", "filing-reread")
"""The topics of a filing's own events, which its rows and statements follow."""


class _Who(msgspec.Struct):
    """Of an owner, no more than who it is."""

    cik: str | None = None
    name: str | None = None


class _About(msgspec.Struct):
    """Of a head, no more than which issuer and whom it is about."""

    issuer: Company
    owners: tuple[_Who, ...] = ()
    form: str = ""
    period: str | None = None
    footnotes: msgspec.Raw = msgspec.Raw(b"[]")


class _Row(msgspec.Struct):
    """Of a row, no more than what it makes of a balance."""

    table: str
    security: str | None = None
    direction: str | None = None
    shares: Decimal | None = None
    shares_after: Decimal | None = None
    ownership: str | None = None


_about = msgspec.json.Decoder(_About).decode
_head = msgspec.json.Decoder(Head).decode
_row = msgspec.json.Decoder(_Row).decode
_line = msgspec.json.Decoder(Line).decode
_stated = msgspec.json.Decoder(Stated).decode
_retracted = msgspec.json.Decoder(Retracted).decode
_KINDS = frozenset(get_args(StatementKind))


def dossiers(states: Iterable[State]) -> Iterator[Dossier]:
    """Every filing's last reading, from stored events in order of stream and version."""
    for stream, group in groupby(states, key=itemgetter(0)):
        yield _dossier(stream, group)


_UNINDEXED = (_KINDS | {"retraction", "restoration"}) - {"succession"}


def is_indexed(topic: str) -> bool:
    """Whether a filing's event says which issuers it is about, or where its balances stand.

    Heads, successions and rows do; what else its notes state does not.
    """
    return topic not in _UNINDEXED


class Mention(NamedTuple):
    """Whom a filing is about: issuer and owners, by CIK, of its last head; issuers noted beside.

    `shared` are the marks that a copy of it, or what it goes on from, would have under another
    issuer's number; `names` is what its owners are called.
    """

    stream: str
    issuer: Company
    owners: list[str]
    noted: list[str]
    shared: set[str]
    names: list[str]


def mentions(states: Iterable[State]) -> Iterator[Mention]:
    """Whom every filing is about, from its events or from those that `is_indexed` names."""
    from projections.filings.joints import joints  # noqa: PLC0415  (not to answer what is stored)

    for stream, group in groupby(states, key=itemgetter(0)):
        head = b""
        noted: list[str] = []
        rows: list[bytes] = []
        for _, _, topic, state in group:
            if topic in HEADS:
                head, noted, rows = state, [], []
            elif topic == "succession":
                noted.append(_stated(state).counterpart or "")
            elif is_indexed(topic):
                rows.append(state)
        about = _about(head)
        owners = [owner.cik for owner in about.owners if owner.cik]
        report = _report(about, owners)
        shared = {report} if report else set()
        shared |= joints([owner.cik for owner in about.owners], about.form, map(_row, rows))
        names = [owner.name for owner in about.owners if owner.name]
        yield Mention(stream, about.issuer, owners, noted, shared, names=names)


def _report(about: _About, owners: list[str]) -> str | None:
    """What a copy under another issuer's number has in common with its original."""
    from projections.filings.joints import short  # noqa: PLC0415  (as above)

    if about.form not in ("4", "5") or not owners or about.period is None:
        return None
    said = f"{'+'.join(sorted(owners))}/{about.form}/{about.period}/".encode()
    return f"r:{short(said + bytes(about.footnotes), 9)}"


def _dossier(stream: str, events: Iterable[State]) -> Dossier:
    head = b""
    lines: list[Line] = []
    statements: list[Stated] = []
    away: list[Retracted] = []
    for _, _, topic, state in events:
        if topic in HEADS:  # what came before belongs to an earlier reading
            head, lines, statements = state, [], []
        elif topic in _KINDS:
            statements.append(_stated(state))
        elif topic == "retraction":
            away.append(_retracted(state))
        elif topic == "restoration":
            away[-1] = msgspec.structs.replace(away[-1], until=_retracted(state).at)
        else:
            lines.append(_line(state))
    told = _head(head)
    found = Dossier.of(stream, told, lines, _of_the_issuer(told, lines, statements))
    found.retracted = tuple(away)
    return found


def _of_the_issuer(head: Head, lines: list[Line], told: list[Stated]) -> list[Stated]:
    if not told:
        return told
    from projections.filings.other_companies import about_the_issuer  # noqa: PLC0415  (what is stored needs none of its names)

    return about_the_issuer(head, lines, told)


def dossiers_of(filings: Iterable[Filing]) -> Iterator[Dossier]:
    """The same for filings that are in memory rather than in a store.

    Head, row and statement have in a filing the fields that they have in their events, as the
    same values, so the detour by events is left out.
    """
    for filing in filings:
        lines = [convert(row, Line, from_attributes=True) for row in filing.rows]
        statements = [convert(said, Stated, from_attributes=True) for said in filing.statements]
        head = convert(filing, Head, from_attributes=True)
        yield Dossier.of(filing.stream, head, lines, _of_the_issuer(head, lines, statements))
