"""The log as records: each event beside the filing that reports it, nothing judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from ledger import Ledger
from ledger.events import (
    Fact,
    FilingReported,
    FilingReread,
    FilingRestored,
    FilingRetracted,
    FindingReviewed,
    FindingsSeen,
    NoteStated,
    RowReported,
)
from ledger.filing import Filing, Statement
from ledger.types import instant, plain
from projections.answers import Event, Events
from projections.questions.subject import Who, streams


def events(
    ledger: Ledger,
    *,
    person: Who = None,
    issuer: Who = None,
    filing: str | None = None,
    after: int = 0,
) -> Events:
    """The log, oldest first: what was said, nothing judged.

    Args:
        ledger: The log to answer from.
        person: A CIK or a name; None for everybody.
        issuer: A CIK, ticker or name; None for all.
        filing: Only the events of this filing.
        after: Only what follows this position.

    Returns:
        A table, every event with it; `help(projections.answers.Events)` shows its columns.
        A log that does not fit in memory is read with `Ledger.events`.

    Raises:
        UnknownReference, AmbiguousReference: A name answers to none, or to several.
    """
    concerned = streams_of(ledger, person=person, issuer=issuer, filing=filing)
    found = records(ledger, after=after, streams=concerned)
    return Events(tuple(msgspec.convert(record, Event) for record in found))


def streams_of(
    ledger: Ledger, *, person: Who = None, issuer: Who = None, filing: str | None = None
) -> set[str] | None:
    """The streams of the filings that a question is about; None for all."""
    concerned = streams(ledger, person=person, issuer=issuer)
    if filing is None:
        return concerned
    named = {ledger.filing(filing).stream}
    return named if concerned is None else named & concerned


def records(
    ledger: Ledger, *, after: int = 0, streams: Iterable[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Every event after a position, oldest first, in the shape of `ledger.events/1`.

    Args:
        ledger: The log.
        after: Start behind this position.
        streams: Only the events of these filings' streams; None for all.
    """
    head: FilingReported | None = None
    about: dict[str, Any] = {}
    for position, fact in _facts(ledger, after, streams):
        if isinstance(fact, FindingReviewed | FindingsSeen):
            continue  # of findings, not of a filing
        if isinstance(fact, FilingReported):
            head, about = fact, _about(fact)
        elif head is None or head.originator_id != fact.originator_id:
            head = _head(ledger, fact)
            about = _about(head)
        yield about | {"position": position, "event": fact.TOPIC} | _said(fact, head)


def _facts(ledger: Ledger, after: int, streams: Iterable[str] | None) -> Iterable[tuple[int, Fact]]:
    if streams is None:
        return ledger.events(after)
    found = (event for stream in streams for event in ledger.events(after, stream=stream))
    return sorted(found, key=lambda event: event[0])


def _head(ledger: Ledger, fact: Fact) -> FilingReported:
    """The reading of a filing that an event belongs to: the last one before it."""
    before = (e.fact for e in ledger.events(stream=fact.originator_id))
    heads = [
        earlier
        for earlier in before
        if isinstance(earlier, FilingReported)
        and earlier.originator_version < fact.originator_version
    ]
    return heads[-1]


_KEYS = (
    "position event filing row ref form issuer owners security code direction shares price "
    "shares_after value_after ownership nature exercise_price exercisable_on expires_on "
    "underlying effective_from effective_to known_at known_basis basis footnotes table holding "
    "value form_type timeliness equity_swap deemed_execution_on precision note group_total "
    "counterpart ratio text cited printed repairs period reason address"
).split()
"""Every key of every record, in the order it is shown."""


def _about(head: FilingReported) -> dict[str, Any]:
    """What a filing lends to each of its events; every other key is there, and null."""
    known = head.known
    return dict.fromkeys(_KEYS) | {
        "filing": head.id,
        "ref": head.id,
        "form": head.form,
        "issuer": head.issuer.model_dump(include={"cik", "name", "symbol"}),
        "owners": [owner.model_dump(include={"cik", "name"}) for owner in head.owners],
        "known_at": known.text,
        "known_basis": known.basis,
        "address": head.address,
    }


def _said(fact: Fact, head: FilingReported) -> dict[str, Any]:
    """What an event itself says."""
    if isinstance(fact, RowReported):
        return _of_row(fact) | {"row": fact.ref, "ref": f"{head.id}#{fact.ref}"}
    if isinstance(fact, NoteStated):
        return _of_statement(fact, head) | {"row": fact.ref, "ref": f"{head.id}#{fact.ref}"}
    if isinstance(fact, FilingRetracted | FilingRestored):
        return _of_retraction(fact)
    return _of_filing(head)


def _of_retraction(fact: FilingRetracted | FilingRestored) -> dict[str, Any]:
    said = {"basis": "retraction", "known_at": instant(fact.at), "known_basis": "recorded"}
    return said | {"reason": fact.why or None, "footnotes": []}


def _of_filing(head: FilingReported) -> dict[str, Any]:
    return {
        "basis": "filing",
        "footnotes": [note.id for note in head.footnotes],
        "cited": {},
        "printed": {},
        "repairs": [repair.model_dump() for repair in head.repairs],
        "period": _day(head.period),
        "reason": head.reason if isinstance(head, FilingReread) else None,
    }


def _of_row(row: RowReported) -> dict[str, Any]:
    said = row.model_dump(
        mode="json",
        exclude={
            "originator_id",
            "originator_version",
            "line",
            "effective_on",
            "underlying",
            "underlying_shares",
            "underlying_value",
        },
    )
    underlying = {
        "title": row.underlying,
        "shares": _quantity(row.underlying_shares),
        "value": _quantity(row.underlying_value),
    }
    return said | {
        "basis": "row",
        "effective_from": _day(row.effective_on),
        "effective_to": _day(row.effective_on),
        "precision": "day" if row.effective_on else None,
        "underlying": underlying if any(underlying.values()) else None,
        "footnotes": list(row.footnotes),
    }


def _of_statement(statement: NoteStated, head: FilingReported) -> dict[str, Any]:
    return {
        "basis": "footnote",
        "direction": statement.direction,
        "shares": _quantity(statement.shares),
        "effective_from": _day(statement.effective_from),
        "effective_to": _day(statement.effective_to),
        "precision": statement.precision,
        "note": statement.note,
        "group_total": _quantity(statement.group_total),
        "counterpart": statement.counterpart,
        "ratio": statement.ratio,
        "text": words_of(statement, head),
        "footnotes": [statement.note],
        "cited": {},
        "printed": {},
        "repairs": [],
    }


def words_of(statement: Statement, filing: Filing) -> str | None:
    """The words of a footnote, or of the remarks, that a statement was read from."""
    texts = {note.id: note.text for note in filing.footnotes}
    text = filing.remarks if statement.note == "remarks" else texts.get(statement.note)
    return text[statement.start : statement.end] if text else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _quantity(number: Any) -> str | None:
    return None if number is None else plain(number)
