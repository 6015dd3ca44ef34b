"""A table as an Arrow stream, built buffer by buffer through nanoarrow.

Any library that reads Arrow's C stream takes it without a copy of ours: `pl.DataFrame(answer)`,
`pa.table(answer)`, `SELECT … FROM answer` in DuckDB. Layouts: "Arrow Columnar Format", 1.5.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import accumulate, islice
from types import ModuleType
from typing import Any, NamedTuple

from ledger.errors import UsageError
from ledger.extras import install
from projections.columns import DIGITS, WIDE, Column, instant_of
from projections.tables.digits import digits_of, scaled

_BATCH = 20_000
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def stream_of(
    columns: Sequence[Column], rows: Iterable[tuple[Any, ...]], requested: object = None
) -> object:
    """The capsule of an Arrow stream of these rows."""
    arrow = _nanoarrow()
    batches = [_columns_of(columns, batch) for batch in _batches(rows)]
    fields = [
        _field(arrow, column, [value for batch in batches for value in batch[at]])
        for at, column in enumerate(columns)
    ]
    schema = arrow.struct({field.column.name: field.type for field in fields})
    arrays = [_batch(arrow, fields, schema, batch) for batch in batches]
    streams = import_module("nanoarrow.c_array_stream")  # which a function of that name hides
    made = streams.CArrayStream.from_c_arrays(arrays, arrow.c_schema(schema))
    return made.__arrow_c_stream__(requested)


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _columns_of(columns: Sequence[Column], batch: list[tuple[Any, ...]]) -> list[list[Any]]:
    return [
        [instant_of(value) for value in values] if column.kind == "moment" else list(values)
        for column, values in zip(columns, zip(*batch, strict=True), strict=True)
    ]


class _Field(NamedTuple):
    """A column with its Arrow type, and the digits of its decimals where it has some."""

    column: Column
    type: Any
    digits: tuple[int, int]


def _field(arrow: ModuleType, column: Column, values: Sequence[Any]) -> _Field:
    digits = digits_of(column, values) if column.kind in DIGITS else WIDE
    element = {
        "quantity": arrow.decimal128(*digits),
        "price": arrow.decimal128(*digits),
        "count": arrow.int64(),
        "day": arrow.date32(),
        "moment": arrow.timestamp("us", "UTC"),
        "truth": arrow.bool_(),
    }.get(column.kind, arrow.string())
    return _Field(column, arrow.list_(element) if column.many else element, digits)


def _batch(arrow: ModuleType, fields: Sequence[_Field], schema: Any, batch: list[list[Any]]) -> Any:
    children = [_array(arrow, field, values) for field, values in zip(fields, batch, strict=True)]
    return arrow.c_array_from_buffers(schema, len(batch[0]), [None], children=children)


def _array(arrow: ModuleType, field: _Field, values: list[Any]) -> Any:
    """One column, or the elements of its lists."""
    known = _bits([value is not None for value in values])
    if not field.column.many:
        buffers = [known, *_data(field, values)]
        return arrow.c_array_from_buffers(field.type, len(values), buffers)
    several = [() if value is None else value for value in values]
    offsets = _offsets(len(value) for value in several)
    one = _Field(field.column._replace(many=False), field.type.value_type, field.digits)
    child = _array(arrow, one, [element for value in several for element in value])
    return arrow.c_array_from_buffers(field.type, len(values), [known, offsets], children=[child])


def _data(field: _Field, values: list[Any]) -> list[bytes]:
    """The buffers that hold the values of a column, unknown ones as noughts."""
    match field.column.kind:
        case "quantity" | "price":
            numbers = (
                scaled(value, *field.digits) or 0 if value is not None else 0 for value in values
            )
            return [b"".join(n.to_bytes(16, "little", signed=True) for n in numbers)]
        case "count":
            return [_packed("q", [value or 0 for value in values])]
        case "day":
            days = [0 if v is None else v.toordinal() - _EPOCH_DAY for v in values]
            return [_packed("i", days)]
        case "moment":
            return [_packed("q", [0 if v is None else _micros(v) for v in values])]
        case "truth":
            return [_bits([bool(value) for value in values])]
        case _:
            words = [b"" if value is None else str(value).encode() for value in values]
            return [_offsets(map(len, words)), b"".join(words)]


def _micros(moment: datetime) -> int:
    past = moment - _EPOCH
    return (past.days * 86_400 + past.seconds) * 1_000_000 + past.microseconds


def _offsets(lengths: Iterable[int]) -> bytes:
    return _packed("i", list(accumulate(lengths, initial=0)))


def _packed(code: str, numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}{code}", *numbers)


def _bits(truths: list[bool]) -> bytes:
    """Truths as bits, the first in the lowest."""
    digits = "".join("1" if truth else "0" for truth in reversed(truths))
    return int(digits or "0", 2).to_bytes((len(truths) + 7) // 8, "little")


def _nanoarrow() -> ModuleType:
    try:
        return import_module("nanoarrow")
    except ImportError:
        raise UsageError("an Arrow stream needs nanoarrow", remedy=install("arrow")) from None
