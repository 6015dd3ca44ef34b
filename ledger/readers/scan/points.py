"""Points in figures that are commas, on a page that a program read ill.

Filers count stock in whole shares: none of 642 amounts of Table I filed is a fraction, and 3 of as
many totals; in Table II 26 of 112 rows of units are, and none of 240 of options, warrants and
stock. So where most of these have commas, one with a point before its last three digits, or a comma
of which nothing says that it is none, is one of thousands, and is told as doubtful; unless the
table shows a fraction that can be nothing else, or the totals follow by this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.filing import Row
from ledger.readers.scan.drafts import EDGES, edgeless
from ledger.readers.scan.telling import altered
from ledger.readers.scan.totals import runs, steps
from ledger.types import plain

_MOVED = ("shares",)
_FIELDS = (*_MOVED, "shares_after", "underlying_shares")

_COUNTED = re.compile(r"(?i)\b(?:common|ordinary|preferred|class|option|warrant)")
_DIVIDED = re.compile(r"(?i)unit|right|phantom|deferred|rsu|psu|dividend")
"""Words of titles of which whole ones are held, and of those that grow by fractions."""

_OPEN = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
"""A figure of thousands, if each of its signs is a comma."""

_OPEN_WHY = re.compile("its last sign is a comma or a point|the same figures are printed once with")
_DAMAGED = re.compile("the print is damaged")
"""How it is said of a figure that its sign is open, or its print as a whole."""

_COMMA = re.compile(r"\d,\d{3}(?![\d.,])")
_POINT = re.compile(r"\d\.\d{3}(?!\d)")

_THREES = 3
_FAR = 100
"""How many times as large as all others a figure is that is likelier a fraction."""


def pointless(rows: Sequence[Row]) -> list[Row]:
    """Rows of a misread page, figures of whole shares with points for commas taken as that."""
    running = [pair for pair in steps(rows) if runs(rows[pair[0]], rows[pair[1]])]
    led, leading = ({pair[at] for pair in running} for at in (1, 0))
    fine = {row.table for row in rows if counts_parts(row)}
    prints = [text for row in rows if counts_whole(row) for text in _prints(row)]
    commas, points = (sum(map(bool, map(sign.search, prints))) for sign in (_COMMA, _POINT))
    few = commas < max(points, 1)  # then amounts of Table I alone are known to be whole
    found = list(rows)
    for at, row in enumerate(rows):
        names: Sequence[str] = _MOVED if few and row.table == "I" else () if few else _FIELDS
        if at in leading:  # the line behind confirms the total, and not what led to it
            names = tuple(name for name in names if name in _MOVED)
        if row.table not in fine and at not in led and counts_whole(row):
            found[at] = _whole(row, names, _most(rows, at))
    return found


def _most(rows: Sequence[Row], at: int) -> Decimal | None:
    """The largest whole figure of a row's table that none of these may be."""
    figures = (
        getattr(row, name) for row in rows if row.table == rows[at].table for name in _FIELDS
    )
    return max((figure for figure in figures if figure and figure == int(figure)), default=None)


def _prints(row: Row) -> Iterator[str]:
    """What is printed for the figures of a row, read or not."""
    told = {repair.field: repair.printed for repair in row.repairs}
    for name in _FIELDS:
        number = getattr(row, name)
        yield told.get(name) or row.printed.get(name) or ("" if number is None else f"{number:,f}")


def counts_whole(row: Row) -> bool:
    """Whether what a row moves is counted in whole ones, as its title says."""
    title = row.security or ""
    counted = _COUNTED.search(title) and not _DIVIDED.search(title)
    return row.table == "I" or bool(counted)


def counts_parts(row: Row) -> bool:
    """Whether a row counts a fraction of other than three digits."""
    told = {repair.field for repair in row.repairs if repair.effect != "doubtful"}
    figures = (getattr(row, name) for name in _FIELDS if name not in told)
    return any(
        figure is not None
        and figure != int(figure)
        and len(plain(figure).partition(".")[2]) != _THREES
        for figure in figures
    )


def _whole(row: Row, names: Sequence[str], most: Decimal | None) -> Row:
    for name, printed in [found for found in _open(row) if found[0] in names]:
        text = edgeless(printed).strip(EDGES + "?")
        if not _OPEN.fullmatch(text):
            continue
        number = Decimal(re.sub(r"[.,]", "", text))
        if most and "," in text and number > most * _FAR:
            continue  # as many as no other figure of the table is near
        kept = tuple(repair for repair in row.repairs if repair.field != name)
        why = f"read as {plain(number)}: whole shares are counted here, and its point is a comma"
        row = row.model_copy(update={"repairs": kept})
        row = altered(row, name, printed, "doubtful", why, **{name: number})
    return row


def _open(row: Row) -> Iterator[tuple[str, str]]:
    """Figures that are unknown for a point that may be a comma, or read as fractions of thousandths."""
    for name in _FIELDS:
        number = getattr(row, name)
        told = [repair for repair in row.repairs if repair.field == name]
        if number is None and len(told) == 1:
            pointed = "." in told[0].printed and " " not in told[0].printed
            if _OPEN_WHY.search(told[0].why) or (pointed and _DAMAGED.match(told[0].why)):
                yield name, told[0].printed
        fraction = number is not None and number != int(number)
        if fraction and all(repair.effect == "doubtful" for repair in told):
            yield name, row.printed.get(name, plain(number))
