"""Answers for other programs as text: JSON, NDJSON and CSV.

Quantities are exact plain decimals. JSON escapes what a terminal might obey, which is the
same JSON; CSV guards its texts against being run as formulas.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import IO, Any, Literal

from cli.reports.report import Report
from cli.terminal import safe_text
from ledger.types import instant, plain
from projections.columns import Column, reader

_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb]"
)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""How a text begins that a spreadsheet may run (OWASP, CSV injection)."""

MOST_DIGITS = 15
"""Of a number in a spreadsheet, which is a binary fraction of 53 bits."""

NUMERIC = frozenset({"quantity", "price", "count", "day", "truth"})
"""Kinds of columns whose values hold no words."""


def write_json(report: Report, stream: IO[str]) -> None:
    """One object; each record of a list on a line of its own, streams without holding them."""
    stream.write("{")
    for number, (name, value) in enumerate(report.document.items()):
        stream.write(",\n  " if number else "\n  ")
        stream.write(f"{_json(name)}: ")
        if _of_records(value):
            _write_list(value, stream)
        else:
            stream.write(_json(value))
    stream.write("\n}\n")


def _write_list(values: Iterable[Any], stream: IO[str]) -> None:
    number = -1
    for number, value in enumerate(values):
        stream.write(("," if number else "[") + "\n    " + _json(value))
    stream.write("\n  ]" if number >= 0 else "[]")


def _of_records(value: Any) -> bool:
    """Whether a value of a document is a list or stream of records, each for a line of its own."""
    if isinstance(value, list | tuple):
        return any(isinstance(one, dict | list) for one in value)
    return isinstance(value, Iterator | Collection) and not isinstance(value, str | dict)


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


Style = Literal["joined", "arrays", "excel"]


def write_rows(
    fields: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    stream: IO[str],
    *,
    raw: bool = False,
    style: Style = "joined",
) -> None:
    """The same of rows whose values `projections.columns.reader` has read.

    By its style a list is one text with its values joined, or a JSON array, or all is written
    so that Excel keeps it.
    """
    writer = csv.writer(
        stream,
        lineterminator="\r\n" if style == "excel" else "\n",
        quoting=csv.QUOTE_ALL if raw else csv.QUOTE_MINIMAL,  # which misses a carriage return
    )
    writer.writerow(field.name for field in fields)
    spelt: Callable[[Any], str] = {"joined": joined, "arrays": as_array, "excel": for_excel}[style]
    if style == "excel":
        writer.writerows(map(spelt, row) for row in rows)
        return
    bare = [raw or field.kind in NUMERIC for field in fields]
    for row in rows:
        cells = zip(map(spelt, row), bare, strict=True)
        writer.writerow([text if alone else _guarded(text) for text, alone in cells])


def joined(value: Any) -> str:
    """A value as one text: numbers plain, instants in UTC, several values with `; ` between."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, tuple):
        return "; ".join(joined(one) for one in value if one is not None)
    return str(value)


def as_array(value: Any) -> str:
    """The same, but several values as a JSON array, in which each keeps its place."""
    if not isinstance(value, tuple):
        return joined(value)
    told = [v if v is None or isinstance(v, bool) else joined(v) for v in value]
    return _json(told)


def _guarded(text: str) -> str:
    text = safe_text(text)
    return f"'{text}" if runs_in_a_spreadsheet(text) else text


def runs_in_a_spreadsheet(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula."""
    return _FORMULA.match(text) is not None


def too_long(number: str) -> bool:
    """Whether a number has more digits than a spreadsheet keeps."""
    return len(number.lstrip("-").replace(".", "").strip("0")) > MOST_DIGITS


_CONVERTED = re.compile(
    r"(?=.*\d)[\s$(.]*\d[\d\s.,:/%eE$)-]*|(?i:true|false)"
    r"|(?i:(?:\d+[ -])?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*[ -]?\d+)"
)
"""Texts that a spreadsheet makes a number, a day or a truth value of: 0000105132, 12e45678, MAR-1."""


def for_excel(value: Any) -> str:
    """A value as Excel keeps it: numbers it would round, and texts it would convert, as text."""
    text = joined(value)
    if isinstance(value, Decimal | int):
        return f'="{text}"' if too_long(text) else text
    if isinstance(value, str | tuple) and _CONVERTED.fullmatch(text):
        return f'="{text}"'
    return _guarded(text)
