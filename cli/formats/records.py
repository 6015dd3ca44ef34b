"""Answers for other programs as text: JSON, NDJSON and CSV.

Quantities are exact plain decimals. JSON escapes what a terminal might obey, which is the
same JSON; CSV guards its texts against being run as formulas.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from cli.reports.report import Report
from cli.terminal import safe_text
from ledger.types import plain
from projections.columns import Column, reader

_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb]"
)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""How a text begins that a spreadsheet may run (OWASP, CSV injection)."""

NUMERIC = frozenset({"quantity", "price", "count", "day", "truth"})
"""Kinds of columns whose values hold no words."""


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
    write_rows(report.fields, map(reader(report.fields), report.records), stream, raw=raw)


def write_rows(
    fields: Sequence[Column], rows: Iterable[Sequence[Any]], stream: IO[str], *, raw: bool
) -> None:
    """The same of rows whose values `projections.columns.reader` has read."""
    writer = csv.writer(
        stream,
        lineterminator="\n",
        quoting=csv.QUOTE_ALL if raw else csv.QUOTE_MINIMAL,  # which misses a carriage return
    )
    writer.writerow(field.name for field in fields)
    writers = [_cell if raw or field.kind in NUMERIC else guarded_cell for field in fields]
    for row in rows:
        writer.writerow([write(value) for write, value in zip(writers, row, strict=True)])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(_cell(one) for one in value if one is not None)
    return str(value)


def guarded_cell(value: Any) -> str:
    """A value as text that no spreadsheet runs as a formula."""
    text = safe_text(_cell(value))
    return f"'{text}" if _FORMULA.match(text) else text
