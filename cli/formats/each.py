"""Writes an answer for each of many into a folder, one file after the other, and a page that leads there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from cli.formats.output import Destination
from cli.formats.targets import adding
from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, Row
from cli.reports.report import Report
from ledger.errors import AmbiguousReference, UnknownReference

ENDINGS = {"html": ".html", "md": ".md", "table": ".txt"}
"""The formats that a folder of answers is written in, and how its files end."""

_LONGEST = 60
"""Letters of a name in the name of a file."""


class One(NamedTuple):
    """One of many answers: what its file is called by, its cells in the index, and what makes it."""

    called: str
    cells: Sequence[str]
    report: Callable[[], Report]


class Index(NamedTuple):
    """The page that leads to each: its title, what it says first, and the columns of its cells."""

    title: str
    words: str
    columns: Sequence[Column]


def write_each(each: Iterable[One], index: Index, folder: Path, kind: str) -> tuple[int, int]:
    """Write each answer as it is made, and the index last, into a folder of their own; none where one fails.

    No more than one answer, and a row of the index for each, is in memory at a time. Somebody whose
    name does not say who is meant has a row that says so, and no file.

    Returns:
        How many were written, and how many have no file.

    Raises:
        OutputUnwritable: Nothing can be written there.
    """
    rows: list[Row] = []
    names: set[str] = {f"index{ENDINGS[kind]}"}
    missing = 0
    with adding(folder, ()) as draft:
        for one in each:
            name = _free(_file(one.called), ENDINGS[kind], names)
            try:
                report = one.report()
            except (AmbiguousReference, UnknownReference) as error:
                missing += 1
                rows.append(Row(("", *one.cells), (f"No report: {error.what}.",)))
                continue
            Destination(kind, draft / name, csv_raw=False).write(report)
            names.add(name)
            rows.append(Row((name, *one.cells)))
        told = Report({}, (), (), lambda: _blocks(index, rows), beside=names)
        Destination(kind, draft / f"index{ENDINGS[kind]}", csv_raw=False).write(told)
    return len(rows) - missing, missing


def _blocks(index: Index, rows: Sequence[Row]) -> Iterable[Block]:
    yield Heading(index.title, level=1)
    yield Paragraph(index.words)
    yield Grid((Column("Report", whole=True), *index.columns), rows)


def _file(called: str) -> str:
    """A name in letters that any system takes for a file's."""
    plain = normalize("NFKD", called.casefold()).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-") or "unnamed"


def _free(name: str, ending: str, taken: set[str]) -> str:
    """The name with its ending, and a number where another bears it."""
    number, told = 1, f"{name}{ending}"
    while told in taken:
        number += 1
        told = f"{name}-{number}{ending}"
    return told
