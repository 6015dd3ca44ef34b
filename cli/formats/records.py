"""Answers for other programs: JSON, NDJSON, CSV and Parquet.

Quantities are exact plain decimals. JSON escapes what a terminal might obey, which is the
same JSON; CSV guards its texts against being run as formulas.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from cli.reports.report import Field, Record, Report
from cli.terminal import safe_text
from ledger.errors import UsageError
from ledger.types import plain

_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb]"
)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""How a text begins that a spreadsheet may run (OWASP, CSV injection)."""

_CHUNK = 20_000
_SCALE = 12
"""Decimal places of a quantity in Parquet; EDGAR allows eight."""


def write_json(report: Report, stream: IO[str]) -> None:
    """One object; each record of a list on a line of its own, streams without holding them."""
    stream.write("{")
    for number, (name, value) in enumerate(report.document.items()):
        stream.write(",\n  " if number else "\n  ")
        stream.write(f"{_json(name)}: ")
        if isinstance(value, Iterator) or (isinstance(value, list | tuple) and _nested(value)):
            _write_list(value, stream)
        else:
            stream.write(_json(value))
    stream.write("\n}\n")


def _write_list(values: Iterable[Any], stream: IO[str]) -> None:
    number = -1
    for number, value in enumerate(values):
        stream.write(("," if number else "[") + "\n    " + _json(value))
    stream.write("\n  ]" if number >= 0 else "[]")


def _nested(values: Iterable[Any]) -> bool:
    return any(isinstance(value, dict | list) for value in values)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def write_ndjson(report: Report, stream: IO[str]) -> None:
    """One record a line."""
    for record in report.records:
        stream.write(_json(record) + "\n")


def write_csv(report: Report, stream: IO[str], *, raw: bool) -> None:
    """A line of headings and a line for each record; texts exactly as recorded if `raw`."""
    writer = csv.writer(
        stream,
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if raw else csv.QUOTE_MINIMAL,  # which misses a carriage return
    )
    writer.writerow(field.name for field in report.fields)
    for record in report.records:
        writer.writerow(_cell(field, field.of(record), raw=raw) for field in report.fields)


def _cell(field: Field, value: Any, *, raw: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if raw or field.kind != "text":
        return text
    text = safe_text(text)
    return f"'{text}" if _FORMULA.match(text) else text


def write_parquet(report: Report, path: Path) -> None:
    """A Parquet file: quantities as exact decimals, days as dates, the rest as text.

    Raises:
        UsageError: pyarrow is not installed, or a quantity has too many digits.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "Parquet needs pyarrow", remedy="pip install 'ownership-ledger[parquet]'"
        ) from None
    types = {
        "text": pa.string(),
        "quantity": pa.decimal128(38, _SCALE),
        "count": pa.int64(),
        "day": pa.date32(),
        "truth": pa.bool_(),
    }
    schema = pa.schema([(field.name, types[field.kind]) for field in report.fields])
    records = iter(report.records)
    with parquet.ParquetWriter(path, schema) as writer:
        while page := list(islice(records, _CHUNK)):
            try:
                arrays = [
                    pa.array([_typed(field, record) for record in page], types[field.kind])
                    for field in report.fields
                ]
            except pa.ArrowInvalid as error:
                raise UsageError(
                    f"a number does not fit a Parquet column exactly: {error}",
                    remedy="use --format ndjson or csv",
                ) from error
            writer.write_table(pa.table(arrays, schema=schema))


def _typed(field: Field, record: Record) -> Any:
    value = field.of(record)
    return date.fromisoformat(str(value)) if field.kind == "day" and value else value
