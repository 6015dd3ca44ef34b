"""`ledger export`: whole tables in bulk, for programs that compute with them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from cli.formats.bulk import (
    Contents,
    CsvLook,
    write_ledger,
    write_one,
    write_out,
    write_parts,
    write_workbook,
)
from cli.formats.journals import KINDS as JOURNALS
from cli.formats.targets import require_free
from cli.options import Day, about, as_of, known_at
from cli.reports.wording import count
from cli.session import Place, Session, everywhere
from cli.terminal import tell
from ledger import Ledger
from ledger.errors import UsageError
from projections.bulk.journal import accounts
from projections.bulk.tables import TABLES, Asked, Table

_ENDINGS = {
    ".parquet": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".xlsx": "xlsx",
    ".beancount": "beancount",
    ".hledger": "hledger",
    ".journal": "hledger",
}
_FORMATS = tuple(dict.fromkeys(_ENDINGS.values()))
_TO_STDOUT = ("csv", *JOURNALS)


@click.command("export")
@everywhere
@click.argument("kinds", nargs=-1, required=True, metavar="KIND...", type=click.Choice([*TABLES]))
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="How to write it.")
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER/",
    type=Place(),
    help="A file, whose ending gives the format, or a folder, which gets parts. [default: CSV on stdout]",
)
@about
@as_of
@known_at
@click.option("--since", type=Day(), help="Panel: from the end of this month. [default: the first]")
@click.option(
    "--until", type=Day(), help="Panel: to the end of this month. [default: the last known]"
)
@click.option("--csv-raw", is_flag=True, help="CSV: no guard against formulas in texts.")
@click.option("--excel", is_flag=True, help="CSV: so that Excel keeps CIKs, days and letters.")
@click.pass_obj
def command(
    session: Session,
    /,
    kinds: tuple[str, ...],
    kind: str | None,
    output: str | None,
    *,
    csv_raw: bool,
    excel: bool,
    **asked: Any,
) -> None:
    """Write whole tables: events, entries, holdings, findings, filings, panel."""
    target = None if output in (None, "-") else Path(str(output))
    folder = target is not None and (target.is_dir() or str(output).endswith("/"))
    kind = _kind(kind, target, folder=folder)
    if len(kinds) > 1 and kind != "xlsx" and not folder:
        raise UsageError("several tables do not go into one file", remedy="add -o FOLDER/")
    if target is not None:
        require_free(target)
    if kind in JOURNALS and (kinds != ("entries",) or folder):
        raise UsageError(f"{kind} keeps entries, in one file", remedy="ask for entries alone")
    _require_heeded(kinds, asked)
    since, until = asked["since"], asked["until"]
    if since and until and since > until:
        raise UsageError("--since is later than --until", remedy="give the earlier day first")
    ledger, look = session.ledger(), CsvLook(raw=csv_raw, excel=excel)
    progress, whole = _Progress(session, target), Asked(**asked)
    tables = (_contents(ledger, TABLES[name], whole, progress) for name in kinds)
    if kind in JOURNALS:
        told = progress.over(accounts(ledger, whole), "entries, accounts")
        asserted = write_ledger(told, kind, target)
        progress.tell(f"{asserted:,} totals that follow, asserted")
    elif target is None:
        write_out(next(tables), look)
    elif kind == "xlsx":
        write_workbook(tables, target)
    elif folder:
        write_parts(tables, kind, target, look)
    else:
        write_one(next(tables), kind, target, look)


def _require_heeded(kinds: tuple[str, ...], asked: dict[str, Any]) -> None:
    """Refuse a day that none of the tables asked for depends on."""
    for name, value in asked.items():
        heeding = [kind for kind, table in TABLES.items() if name in table.heeds]
        if value is not None and heeding and not set(heeding) & set(kinds):
            raise UsageError(
                f"--{name.replace('_', '-')} says nothing about {', '.join(kinds)}",
                remedy=f"leave it out; it goes with {', '.join(heeding)}",
            )


def _kind(kind: str | None, target: Path | None, *, folder: bool) -> str:
    """The format: as asked for, as the ending says, CSV on stdout, Parquet in a folder."""
    if target is None or folder:
        kind = kind or ("parquet" if folder else "csv")
        if folder and kind == "xlsx":
            raise UsageError("a workbook is one file", remedy="name it FILE.xlsx")
        if target is None and kind not in _TO_STDOUT:
            raise UsageError(f"{kind} is no text for a terminal or pipe", remedy="add -o FILE")
        return kind
    meant = _ENDINGS.get(target.suffix.lower())
    if meant is None and kind is None:
        raise UsageError(
            f"no format goes with the ending of {target.name!r}",
            remedy=f"add --format, or use one of {' '.join(_ENDINGS)}; the name of a folder ends with /",
        )
    if kind is not None and meant not in (kind, None):
        raise UsageError(
            f"{kind} is not what a file named {target.suffix} holds",
            where=str(target),
            remedy=f"leave --format out, or name the file .{kind}",
        )
    return kind or str(meant)


def _contents(ledger: Ledger, table: Table, asked: Asked, progress: _Progress) -> Contents:
    def rows() -> Iterator[tuple[Any, ...]]:
        number = 0
        told = progress.over(table.rows(ledger, asked), f"{table.name}, rows")
        for number, row in enumerate(told, start=1):  # noqa: B007 - told below
            yield row
        progress.tell(f"{table.name}: {count(number, 'row')}")

    return Contents(table.name, table.columns, rows())


class _Progress:
    """What is said while tables are written: how far they are, and how much it was."""

    def __init__(self, session: Session, target: Path | None) -> None:
        self._session = session
        self._shown = target is None and sys.stdout.isatty()

    def over(self, things: Iterable[Any], doing: str) -> Iterator[Any]:
        """The same things, counted on a terminal that does not show the things themselves."""
        with nullcontext() if self._shown else self._session.progress(doing) as advance:
            for number, thing in enumerate(things, start=1):
                if advance is not None and number % _SEEN == 0:
                    advance(number)
                yield thing

    def tell(self, text: str) -> None:
        """Say it on stderr, unless less was asked for."""
        if not self._session.quiet:
            tell(text)


_SEEN = 1_000
"""Rows after which it is said how far an export is."""
