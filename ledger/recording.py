"""Which events a filing amounts to. Pure and short: this is the heart of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ledger.events import (
    TOPICS,
    Fact,
    FilingReported,
    FilingReread,
    NoteStated,
    RowReported,
    row_class,
)
from ledger.filing import Filing, Row, Statement

_OWN = {"rows", "statements"}
_Shape = TypeVar("_Shape", Row, Statement)


def events_of(filing: Filing, *, after: int = 0, reason: str = "") -> list[Fact]:
    """The events of one reading of a filing, in the order they are stored.

    The filing comes first, then its rows in document order, then what its footnotes
    state. With `after`, the stream already has that many events and this reading is
    appended to them as a re-reading, with the reason it was needed.
    """
    stream = filing.stream
    said = {name: getattr(filing, name) for name in Filing.model_fields if name not in _OWN}
    said |= {"row_count": len(filing.rows), "statement_count": len(filing.statements)}
    said |= {"originator_id": stream, "originator_version": after + 1}
    head = FilingReread(**said, reason=reason) if after else FilingReported(**said)
    bodies = [(row_class(row), row) for row in filing.rows]
    bodies += [(TOPICS[note.kind], note) for note in filing.statements]  # type: ignore[misc]
    return [
        head,
        *(
            cls(originator_id=stream, originator_version=version, **dict(body))
            for version, (cls, body) in enumerate(bodies, start=after + 2)
        ),
    ]


def filing_of(events: Sequence[Fact]) -> Filing:
    """The filing that a stream's last reading amounts to: `events_of` turned round."""
    start = max(i for i, event in enumerate(events) if isinstance(event, FilingReported))
    head, body = events[start], events[start + 1 :]
    said = {name: getattr(head, name) for name in Filing.model_fields}
    said["rows"] = tuple(_without_key(Row, e) for e in body if isinstance(e, RowReported))
    said["statements"] = tuple(
        _without_key(Statement, e) for e in body if isinstance(e, NoteStated)
    )
    return Filing(**said)


def _without_key(shape: type[_Shape], event: Fact) -> _Shape:
    return shape(**{name: getattr(event, name) for name in shape.model_fields})
