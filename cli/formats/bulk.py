"""Whole tables as files: one file, a folder of files, or sheets of one workbook."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from cli.formats.columnar import GROUPS_OF_A_PART, ColumnarFiles, widened
from cli.formats.journals import write_journal
from cli.formats.output import to_stdout
from cli.formats.records import Style, write_rows
from cli.formats.sheets import Workbook
from cli.formats.table_schema import is_ours, longer, table_schema
from cli.formats.targets import adding, replacing, require_free
from cli.terminal import tell
from ledger.errors import UsageError
from projections.bulk.journal import Account
from projections.columns import DIGITS, VERSION, Column
from projections.tables.digits import Digits

ROWS_OF_A_PART = 1_000_000
"""Of each CSV file of a table that may take several: what a spreadsheet still opens."""


class Contents(NamedTuple):
    """A table to write: its name, its columns, and its rows one by one."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Any]]


class CsvLook(NamedTuple):
    """How CSV is written: with texts as recorded (`raw`), or so that Excel keeps it."""

    raw: bool = False
    excel: bool = False

    def write(self, told: Contents, stream: IO[str]) -> None:
        """Write a table."""
        style: Style = "excel" if self.excel else "arrays"
        stream.write("\ufeff" if self.excel else "")
        write_rows(told.columns, told.rows, stream, raw=self.raw, style=style)


def write_one(told: Contents, kind: str, path: Path, look: CsvLook) -> None:
    """Write a table as one file, and the types of a CSV file beside it; whole or not at all.

    Raises:
        UsageError: Where its types would stand is something that no export has written.
    """
    if kind != "csv":
        with replacing(path) as draft:
            _write_columnar(told, kind, iter([draft]), groups=None)
        return
    types = path.with_suffix(".schema.json")
    require_free(types)
    if types.exists() and not is_ours(types):
        raise UsageError(
            "the types of the CSV file would overwrite this, which is not such a file",
            where=str(types),
            remedy="give the CSV file another name",
        )
    with replacing(types) as schema, replacing(path) as draft:
        digits = Digits(told.columns)
        with draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            look.write(told._replace(rows=digits.of(told.rows)), file)
        schema.write_text(_types(told, digits), "utf-8")


def write_out(told: Contents, look: CsvLook) -> None:
    """Write a table to stdout as CSV."""
    with to_stdout(machine=True):
        look.write(told, sys.stdout)


def write_parts(tables: Iterable[Contents], kind: str, folder: Path, look: CsvLook) -> None:
    """Write tables as folders of their own, in parts of about a million rows; all or none.

    Raises:
        UsageError: There is such a folder already.
    """
    asked = list(tables)
    names = [told.name for told in asked]
    schemas = [_schema_of(name) for name in names] if kind == "csv" else []
    with adding(folder, [*names, *schemas]) as draft:
        for told in asked:
            (draft / told.name).mkdir()
            parts = (draft / told.name / f"part-{number:05}.{kind}" for number in count(1))
            if kind == "csv":
                digits = Digits(told.columns)
                _write_csv_parts(told._replace(rows=digits.of(told.rows)), parts, look)
                (draft / _schema_of(told.name)).write_text(_types(told, digits), "utf-8")
            else:
                _write_columnar(told, kind, parts, groups=GROUPS_OF_A_PART)


def _types(told: Contents, digits: Digits) -> str:
    """The types of a table that was written as CSV; columns wider than usual are said."""
    for column in told.columns:
        taken = digits.taken.get(column.name)
        if column.name in digits.taken and taken != DIGITS[column.kind]:
            tell(f"Note: {longer(column.name, taken)}")
    return table_schema(told.name, told.columns, digits.taken)


def _schema_of(name: str) -> str:
    return f"{name}.schema.json"


def write_workbook(tables: Iterable[Contents], path: Path) -> None:
    """Write tables as the sheets of one workbook; whole or not at all."""
    with replacing(path) as draft, Workbook(draft) as book:
        for told in tables:
            book.add(told.name, told.columns, told.rows)
        book.tell()


def write_ledger(accounts: Iterable[Account], kind: str, path: Path | None) -> int:
    """Write accounts for beancount or hledger, to a file or to stdout; how many totals it asserts."""
    if path is None:
        with to_stdout(machine=True):
            return write_journal(accounts, sys.stdout, kind)
    with replacing(path) as draft, draft.open("w", encoding="utf-8") as file:
        return write_journal(accounts, file, kind)


def _write_columnar(told: Contents, kind: str, paths: Iterator[Path], groups: int | None) -> None:
    files = ColumnarFiles(told.columns, kind, f"ledger.export.{told.name}/{VERSION}")
    files.write(told.rows, paths, groups=groups)
    for column in files.wide:
        tell(f"Note: {widened(column)}")


def _write_csv_parts(told: Contents, paths: Iterator[Path], look: CsvLook) -> None:
    rows, first = iter(told.rows), True
    while (page := list(islice(rows, 1))) or first:
        first = False
        with next(paths).open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            part = islice(rows, ROWS_OF_A_PART - 1)
            look.write(told._replace(rows=(row for some in (page, part) for row in some)), file)
