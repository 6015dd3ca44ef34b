"""Workbooks for spreadsheet programs: a sheet for each table, with real numbers and days.

Every cell is a value, none a formula. A spreadsheet keeps fifteen digits of a number: one that
has more is written as text, and so is a day before 1900. A text that would be a formula if
somebody typed it is marked as text, and shows as it was recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, Self

from cli.formats.records import joined, runs_in_a_spreadsheet, too_long
from cli.terminal import safe_text, tell
from ledger.errors import UsageError
from ledger.extras import install
from ledger.types import plain
from projections.columns import Column

_MOST_ROWS = 1_048_575
"""Of a sheet, beside its headings."""

_LONGEST = 32_767
"""Characters of a cell."""

_EPOCH = date(1900, 3, 1)
"""Before it a spreadsheet has no days, or counts one that never was, 29 February 1900."""

_WIDTHS: Mapping[str, int] = {
    "text": 28,
    "code": 16,
    "quantity": 16,
    "price": 12,
    "day": 12,
    "moment": 20,
}
_LOOKS: Mapping[str, dict[str, Any]] = {
    "heading": {"bold": True, "bottom": 1},
    "quantity": {"num_format": "#,##0.########"},
    "whole": {"num_format": "#,##0"},
    "price": {"num_format": "#,##0.00######"},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss"},
    "quoted": {"quote_prefix": True},
}


class Workbook:
    """Writes tables as sheets of one workbook, row by row."""

    def __init__(self, path: Path) -> None:
        try:
            xlsxwriter = import_module("xlsxwriter")  # seldom needed
        except ImportError:
            raise UsageError("a spreadsheet needs xlsxwriter", remedy=install("xlsx")) from None
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._remarks: Counter[str] = Counter()
        self._book = xlsxwriter.Workbook(str(path), options)
        self._looks = {name: self._book.add_format(look) for name, look in _LOOKS.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def add(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """Write a table as a sheet; one with too many rows goes on in a sheet `NAME 2`."""
        sheet, at, number = self._begin(name, columns), 0, 1
        for row in rows:
            if at == _MOST_ROWS:
                self._end(sheet, at, columns)
                number += 1
                sheet, at = self._begin(f"{name} {number}", columns), 0
            at += 1
            for place, (column, value) in enumerate(zip(columns, row, strict=True)):
                if value is not None:
                    self._write(sheet, (at, place), column, value)
        self._end(sheet, at, columns)

    def tell(self) -> None:
        """Say on stderr how much could not be written as it is, and what was done instead."""
        for remark, times in self._remarks.items():
            tell(f"Note: {times:,} {remark}")

    def _begin(self, name: str, columns: Sequence[Column]) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column.kind, 10))
            sheet.write_string(0, place, column.name, self._looks["heading"])
        return sheet

    @staticmethod
    def _end(sheet: Any, rows: int, columns: Sequence[Column]) -> None:
        sheet.autofilter(0, 0, rows, len(columns) - 1)

    def _write(self, sheet: Any, cell: tuple[int, int], column: Column, value: Any) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(*cell, value)
        elif isinstance(value, Decimal | int):
            self._write_number(sheet, cell, column, Decimal(value))
        elif isinstance(value, datetime):
            instant = value.astimezone(UTC).replace(tzinfo=None)
            sheet.write_datetime(*cell, instant, self._looks["moment"])
        elif isinstance(value, date) and value >= _EPOCH:
            sheet.write_datetime(*cell, datetime(*value.timetuple()[:3]), self._looks["day"])  # noqa: DTZ001 - a day has no zone
        else:
            self._write_text(sheet, cell, joined(value))

    def _write_number(
        self, sheet: Any, cell: tuple[int, int], column: Column, number: Decimal
    ) -> None:
        text = plain(number)
        if too_long(text):
            self._remarks["numbers with more than 15 digits, written as text"] += 1
            sheet.write_string(*cell, text, self._looks["quoted"])
            return
        look = column.kind if "." in text or column.kind == "price" else "whole"
        sheet.write_number(*cell, float(number), self._looks[look])

    def _write_text(self, sheet: Any, cell: tuple[int, int], text: str) -> None:
        text = safe_text(text)
        if len(text) > _LONGEST:
            self._remarks[f"texts cut to the {_LONGEST:,} characters of a cell"] += 1
            text = f"{text[: _LONGEST - 1]}…"
        look = self._looks["quoted"] if runs_in_a_spreadsheet(text) else None
        sheet.write_string(*cell, text, look)
