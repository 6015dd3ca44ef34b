"""Whole tables as files: one file, a folder of files, or sheets of one workbook."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from typing import IO, Any, NamedTuple

from cli.formats.columnar import GROUPS_OF_A_PART, ColumnarFiles, widened
from cli.formats.journals import write_journal
from cli.formats.output import replacing, to_stdout
from cli.formats.records import Style, write_rows
from cli.formats.sheets import Workbook
from cli.formats.table_schema import table_schema
from cli.terminal import tell
from ledger.errors import LedgerError, UsageError
from projections.bulk.journal import Account
from projections.columns import VERSION, Column

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
    """Write a table as one file, and the types of a CSV file beside it; whole or not at all."""
    with replacing(path) as draft:
        if kind == "csv":
            with draft.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                look.write(told, file)
        else:
            _write_columnar(told, kind, iter([draft]), groups=None)
    if kind == "csv":
        with replacing(path.with_suffix(".schema.json")) as draft:
            draft.write_text(table_schema(told.name, told.columns), "utf-8")


def write_out(told: Contents, look: CsvLook) -> None:
    """Write a table to stdout as CSV."""
    with to_stdout(machine=True):
        look.write(told, sys.stdout)


def write_parts(told: Contents, kind: str, folder: Path, look: CsvLook) -> None:
    """Write a table as a folder of its own, in parts of about a million rows.

    Raises:
        UsageError: There is such a folder already.
    """
    with _new_folder(folder / told.name) as draft:
        parts = (draft / f"part-{number:05}.{kind}" for number in count(1))
        if kind == "csv":
            _write_csv_parts(told, parts, look)
        else:
            _write_columnar(told, kind, parts, groups=GROUPS_OF_A_PART)
    if kind == "csv":
        with replacing(folder / f"{told.name}.schema.json") as schema:
            schema.write_text(table_schema(told.name, told.columns), "utf-8")


def write_workbook(tables: Iterable[Contents], path: Path) -> None:
    """Write tables as the sheets of one workbook; whole or not at all."""
    with replacing(path) as draft, Workbook(draft) as book:
        for told in tables:
            book.add(told.name, told.columns, told.rows)
        book.tell()


def write_ledger(accounts: Iterable[Account], kind: str, path: Path | None) -> None:
    """Write accounts for beancount or hledger, to a file or to stdout, and say how many totals."""
    if path is None:
        with to_stdout(machine=True):
            asserted = write_journal(accounts, sys.stdout, kind)
    else:
        with replacing(path) as draft, draft.open("w", encoding="utf-8") as file:
            asserted = write_journal(accounts, file, kind)
    tell(f"{asserted:,} totals that follow, asserted")


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


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A draft of a folder that takes its place when all went well."""
    if folder.exists():
        raise UsageError(
            "there is something of this name already",
            where=str(folder),
            remedy="name another folder, or take it away",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            yield draft
            draft.chmod(0o755)
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise LedgerError(
            f"the table could not be written: {error.strerror or error}",
            where=str(folder),
            remedy="nothing was written there; choose another folder",
        ) from error
