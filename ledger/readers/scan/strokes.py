"""Figures whose first 1 may be a ruling line, on a page that a program read with its lines.

Read whole, an upright line close before a cell's print becomes a stroke or a bracket in front of
it (`|$0`, `i300`, `[402.84`), and now and then a 1: `91,186` becomes `191,186`, in row after row,
so that even the totals follow. Where a table shows such strokes, a figure that is well formed
without its first 1 is taken only where the totals leave it no choice; where strokes stand in
other columns of its table alone, it stands at its print and is doubtful.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import get_args

from ledger.filing import Row
from ledger.readers import grammar
from ledger.readers.scan.doubts import FIGURES
from ledger.readers.scan.drafts import bare
from ledger.readers.scan.headings import table_of
from ledger.readers.scan.lines import Line
from ledger.readers.scan.telling import altered
from ledger.readers.scan.totals import follows, steps
from ledger.types import Table, grouped, plain

STROKE = re.compile(
    r"(?:^|(?<=[\s_]))(?:[|\[{}iIl!](?:\$\d|\d{3}\b|\d[\d,]*[.,]\d)|[|\[{}]s[a-z]?\d)"
)
"""A stroke close before a figure or a price, where a line was; one further off is no digit."""

_ENOUGH = 2
"""Strokes of a table from which on a 1 may be one too; a lone one may be the I of ownership."""

_LED = re.compile(r"1([1-9]\d{0,2}(?:,\d{3})*(?:\.\d+)?)")
"""A figure that is one without its first 1, too."""

Place = tuple[int, str]
"""A figure on the page: its row's place, and its field."""


def unstruck(rows: Sequence[Row], lines: Sequence[Line]) -> list[Row]:
    """Rows of a misread page, without figures of which nothing says whether a line leads them."""
    found = list(rows)
    struck = {table for table, count in _strokes(lines).items() if count >= _ENOUGH}
    if not struck:
        return found
    wide = _widest(rows)
    page = {
        (at, name): _ways(row, name, wide[row.table, name]) if row.table in struck else (number,)
        for at, row in enumerate(rows)
        for name in FIGURES
        if (number := getattr(row, name)) is not None
    }
    _printed_again(page)
    _follow(rows, page)
    lined = {(row.table, name) for row in rows for name in FIGURES if _is_lined(row, name)}
    for (at, name), ways in page.items():
        read = getattr(rows[at], name)
        text = _print(rows[at], name)
        if len(ways) > 1:
            why = f"it may be {ways[0]:,f} or {ways[1]:,f}: lines of the page were read as strokes,"
            why += " and its 1 may be one"
            here, table = (rows[at].table, name), rows[at].table
            clear = here not in lined and any(table == other for other, _ in lined)
            effect, gone = ("doubtful", {}) if clear else ("field unknown", {name: None})
            found[at] = altered(found[at], name, text, effect, why, **gone)
        elif ways[0] != read:
            why = f"read as {plain(ways[0])}: so the totals follow, a line before it read as a 1"
            found[at] = altered(found[at], name, text, "repaired", why, **{name: ways[0]})
    return found


def _is_lined(row: Row, name: str) -> bool:
    """Whether a stroke or a bracket stands before a figure, as one does in the column of a line."""
    told = next((repair.printed for repair in row.repairs if repair.field == name), "")
    return bool(STROKE.match(row.printed.get(name) or told))


def _strokes(lines: Sequence[Line]) -> Counter[Table]:
    """How many strokes stand before figures in each table; in both, where no heading parts them."""
    found: Counter[Table] = Counter()
    here: Table = "I"
    headed = False
    for line in lines:
        if table := table_of(line):
            here, headed = table, headed or table == "II"
        found[here] += len(STROKE.findall(line.text))
    return found if headed else Counter(dict.fromkeys(get_args(Table), found.total()))


def _ways(row: Row, name: str, wide: int) -> tuple[Decimal, ...]:
    """What a figure may be: as it was read, and without the 1 in front.

    Where a figure of its column that begins otherwise is as wide, the line stands further out.
    """
    read: Decimal = getattr(row, name)
    text = _print(row, name)
    led = _LED.fullmatch(text) if len(text) > wide else None
    told = any(repair.field == name for repair in row.repairs)
    other = grammar.quantity(led.group(1)) if led and not told else None
    return (read,) if other is None else (read, other)


def _widest(rows: Sequence[Row]) -> Counter[tuple[Table, str]]:
    """How many signs the widest figure of each column has that no line leads."""
    found: Counter[tuple[Table, str]] = Counter()
    for row in rows:
        for name in FIGURES:
            if getattr(row, name) is not None and not _LED.fullmatch(text := _print(row, name)):
                found[row.table, name] = max(found[row.table, name], len(text))
    return found


def _print(row: Row, name: str) -> str:
    return bare(row.printed.get(name, "")) or grouped(getattr(row, name))


def _printed_again(page: dict[Place, tuple[Decimal, ...]]) -> None:
    """Leaves a figure as it was read where another column prints it, and none without its 1.

    A line stands before the figures of one column; two columns do not gain the same 1.
    """
    columns: dict[Decimal, set[str]] = defaultdict(set)
    for (_, name), ways in page.items():
        columns[ways[0]].add(name)
    for place, ways in page.items():
        if len(ways) > 1 and len(columns[ways[0]]) > 1 and ways[1] not in columns:
            page[place] = ways[:1]


def _follow(rows: Sequence[Row], page: dict[Place, tuple[Decimal, ...]]) -> None:
    """Leaves every figure what lets the totals follow from line to line, until nothing changes."""
    links = [
        ((before, "shares_after"), (after, "shares"), (after, "shares_after"))
        for before, after in steps(rows)
    ]
    changed = True
    while changed:
        changed = False
        for places in links:
            direction = rows[places[1][0]].direction
            ways = product(*(page[place] for place in places))
            fits = [
                (first, moved, last)
                for first, moved, last in ways
                if first != last and follows(first, moved, last, direction)
            ]
            for place, left in zip(places, zip(*fits, strict=True), strict=False):
                kept = tuple(way for way in page[place] if way in left)
                changed = changed or kept != page[place]
                page[place] = kept
