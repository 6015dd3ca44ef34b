"""Which events a filing amounts to. Pure and short: this is the heart of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

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
from ledger.types import Frozen

_Shape = TypeVar("_Shape", bound=Frozen)


def events_of(filing: Filing, *, after: int = 0, reason: str = "") -> list[Fact]:
    """The events of one reading of a filing, in the order they are stored.

    The filing comes first, then its rows in document order, then what its footnotes
    state. With `after`, the stream already has that many events and this reading is
    appended to them as a re-reading, with the reason it was needed.
    """
    stream = filing.stream
    head: type[Fact] = FilingReread if after else FilingReported
    said: dict[str, Any] = {
        "rows": (),
        "statements": (),
        "originator_id": stream,
        "originator_version": after + 1,
        "row_count": len(filing.rows),
        "statement_count": len(filing.statements),
    }
    if after:
        said["reason"] = reason
    events = [_recast(head, filing, said)]
    bodies: list[tuple[type[Fact], Frozen]] = [(row_class(row), row) for row in filing.rows]
    bodies += [(TOPICS[note.kind], note) for note in filing.statements]
    for version, (cls, body) in enumerate(bodies, start=after + 2):
        key = {"originator_id": stream, "originator_version": version}
        events.append(_recast(cls, body, key))
    return events


def filing_of(events: Sequence[Fact]) -> Filing:
    """The filing that a stream's last reading amounts to: `events_of` turned round."""
    start = max(i for i, event in enumerate(events) if isinstance(event, FilingReported))
    head, body = events[start], events[start + 1 :]
    said = {
        "rows": tuple(_recast(Row, e) for e in body if isinstance(e, RowReported)),
        "statements": tuple(_recast(Statement, e) for e in body if isinstance(e, NoteStated)),
    }
    return _recast(Filing, head, said)


def _recast(shape: type[_Shape], source: Frozen, further: dict[str, Any] | None = None) -> _Shape:
    """What one validated value says, as a value of another shape with the same fields.

    `further` gives the fields of that shape which the source lacks or says otherwise.
    The fields have the same types in both, so validating them again could only cost
    time: ten times that of this, for every event ever recorded.
    """
    values = vars(source) | (further or {})
    fields = shape.model_fields
    if len(values) > len(fields):
        values = {name: values[name] for name in fields}
    made = shape.__new__(shape)
    for name, value in (
        ("__dict__", values),
        ("__pydantic_fields_set__", set(values)),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(made, name, value)
    return made
