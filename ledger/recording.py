"""Which events a filing amounts to. Pure and short: this is the heart of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from ledger.events import (
    Fact,
    FilingReported,
    FilingReread,
    NoteStated,
    RowReported,
    classes_of,
)
from ledger.filing import Filing, Row, Statement
from ledger.validation import Frozen

_Shape = TypeVar("_Shape", bound=Frozen)

_new, _put = object.__new__, object.__setattr__


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
    events = [_recast(head, vars(filing) | said)]
    bodies = zip(classes_of(filing), (*filing.rows, *filing.statements), strict=True)
    for version, (cls, body) in enumerate(bodies, start=after + 2):
        key = {"originator_id": stream, "originator_version": version}
        events.append(_recast(cls, vars(body) | key))
    return events


def filing_of(events: Sequence[Fact]) -> Filing:
    """The filing that a stream's last reading amounts to: `events_of` turned round."""
    start = max(i for i, event in enumerate(events) if isinstance(event, FilingReported))
    head, body = events[start], events[start + 1 :]
    said = vars(head) | {
        "rows": tuple(_part(Row, e) for e in body if isinstance(e, RowReported)),
        "statements": tuple(_part(Statement, e) for e in body if isinstance(e, NoteStated)),
    }
    return _recast(Filing, {name: said[name] for name in Filing.model_fields})


def _part(shape: type[_Shape], event: Fact) -> _Shape:
    said = vars(event)
    return _recast(shape, {name: said[name] for name in shape.model_fields})


def _recast(shape: type[_Shape], said: dict[str, Any]) -> _Shape:
    """Every field of a shape, taken from validated values, as a value of that shape.

    A field has the same type in a filing and in its events, so to validate it again
    could only cost time: ten times that of this, for every event ever recorded.
    """
    made = _new(shape)
    _put(made, "__dict__", said)
    _put(made, "__pydantic_fields_set__", _every_field(shape))
    _put(made, "__pydantic_extra__", None)
    _put(made, "__pydantic_private__", None)
    return made


@cache
def _every_field(shape: type[Frozen]) -> set[str]:
    """The names of all fields of a shape; one set for all of it, since none is changed."""
    return set(shape.model_fields)
