"""The tables that can be exported: each its columns, and its rows one by one.

A row is a tuple of values in the order of the columns, typed as `projections.columns.reader`
gives them. One issuer after the other is judged and told; no table is ever held whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from ledger import Ledger
from ledger.types import month_interval
from projections.bulk.filings import filings
from projections.bulk.panel import Span, spans
from projections.columns import (
    ENTRIES,
    EVENTS,
    FILINGS,
    FINDINGS,
    HOLDINGS,
    PANEL,
    Column,
    instant_of,
    reader,
)
from projections.findings.finding import worst_first
from projections.judgement import Judged
from projections.questions.class_sums import by_name
from projections.questions.events import records
from projections.questions.history import history_of
from projections.questions.holdings import held, latest_day
from projections.questions.reconcile import verdicts
from projections.questions.subject import judged_issuers, moment_of, streams, subject
from projections.snapshots.snapshot import Snapshots
from projections.snapshots.turning_days import FIRST
from projections.views.catching_up import current

Rows = Iterator[tuple[Any, ...]]


class Asked(NamedTuple):
    """What a table is to be about: everybody and everything by default, as known today.

    `as_of` is the day of holdings; the panel has the ends of the months from `since` to
    `until`, by default the last month that was over when the last filing became known.
    """

    person: str | None = None
    issuer: str | None = None
    as_of: date | None = None
    known_at: date | datetime | None = None
    since: date | None = None
    until: date | None = None


class Table(NamedTuple):
    """A table: its name, its columns, what gives its rows, and which days it alone depends on."""

    name: str
    columns: tuple[Column, ...]
    rows: Callable[[Ledger, Asked], Rows]
    heeds: tuple[str, ...] = ()


def judged_of(ledger: Ledger, asked: Asked) -> Iterator[tuple[Judged, frozenset[str] | None]]:
    """Each issuer concerned, judged with what was known, and the persons asked for there."""
    moment, _ = moment_of(asked.known_at)
    about = subject(ledger, person=asked.person, issuer=asked.issuer)
    for judged in judged_issuers(ledger, about, known_at=moment, watched=False):
        yield judged, about.persons


def _events(ledger: Ledger, asked: Asked) -> Rows:
    moment, _ = moment_of(asked.known_at)
    concerned = streams(ledger, person=asked.person, issuer=asked.issuer)
    read = reader(EVENTS, instants=True)
    for record in records(ledger, streams=concerned):
        known = instant_of(record["known_at"])
        if moment is None or (known is not None and known <= moment):
            yield read(record)


def _entries(ledger: Ledger, asked: Asked) -> Rows:
    read = reader(ENTRIES, instants=True)
    for judged, persons in judged_of(ledger, asked):
        for position in Snapshots(judged, persons).positions:
            told = history_of(judged, position, persons)
            whole = {name: getattr(told, name) for name in told.__struct_fields__}
            for entry in told.entries:
                own = {name: getattr(entry, name) for name in entry.__struct_fields__}
                yield read(whole | own)


def _holdings(ledger: Ledger, asked: Asked) -> Rows:
    read = reader(HOLDINGS, instants=True)
    today = None if asked.as_of else latest_day(moment_of(asked.known_at)[0])
    for judged, persons in judged_of(ledger, asked):
        found = held(judged, asked.as_of, persons, today)
        yield from map(read, sorted(found, key=by_name))


def _findings(ledger: Ledger, asked: Asked) -> Rows:
    read = reader(FINDINGS, instants=True)
    about = {"person": asked.person, "issuer": asked.issuer}
    for told in verdicts(ledger, **about, known_at=asked.known_at):
        yield from map(read, worst_first(told.findings))


def _filings(ledger: Ledger, asked: Asked) -> Rows:
    read = reader(FILINGS, instants=True)
    for judged, persons in judged_of(ledger, asked):
        yield from map(read, filings(judged, persons))


def _panel(ledger: Ledger, asked: Asked) -> Rows:
    first, last = asked.since or FIRST, asked.until or _last_month(ledger, asked)
    read = reader(PANEL[1:], instants=True)
    for judged, persons in judged_of(ledger, asked):
        for span in spans(Snapshots(judged, persons), max(first, FIRST), last):
            same = read(_told(span))
            yield from ((month, *same) for month in span.months)


def _told(span: Span) -> dict[str, Any]:
    held = span.holding
    return {name: getattr(held, name) for name in held.__struct_fields__} | {
        "person": span.person,
        "class": span.title,
        "owners": len(held.owners),
        "counted": span.counted,
    }


def _last_month(ledger: Ledger, asked: Asked) -> date:
    """The end of the last month that was over when the last filing asked about became known.

    A signature may be misread, or misdated, into years to come: no filing is known before today.
    """
    moment, _ = moment_of(asked.known_at)
    model = current(ledger)
    last = max(
        (
            on
            for _, own, _ in model.filings_of(None)
            for d in own
            if (on := d.known.on) and d.known_by(moment)
        ),
        default=FIRST,
    )
    last = min(last, latest_day(None))
    begins, ends = month_interval(last.year, last.month)
    return ends if last == ends else begins


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        Table("events", EVENTS, _events),
        Table("entries", ENTRIES, _entries),
        Table("holdings", HOLDINGS, _holdings, ("as_of",)),
        Table("findings", FINDINGS, _findings),
        Table("filings", FILINGS, _filings),
        Table("panel", PANEL, _panel, ("since", "until")),
    )
}
"""Every table that can be exported, by its name."""
