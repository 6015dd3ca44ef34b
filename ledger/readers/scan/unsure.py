"""Figures of which the program that read them was not sure.

Words with boxes say how sure their program was, and a figure of which it was not is no figure by
itself (`word_boxes`): it proves nothing of others. What nothing else told stands at its print in
the end and is doubtful, unless totals object to it, or a comma in it may be a point: on pages
with hardly a fraction 28 of 29 such figures with commas were right where the form's own print was, and
on faxes 30 of 36.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.filing import Row
from ledger.readers.scan.doubts import FIGURES
from ledger.readers.scan.labels import edits
from ledger.readers.scan.telling import altered
from ledger.readers.scan.totals import contradicted, runs, steps
from ledger.types import plain

_PRINT = re.compile(r"[|\[]?(?P<figure>[1-9]\d{0,2}(?:,\d{3})+)\?[|\]]?(?: / .*)?")
_TAILED = re.compile(
    r"[\"“'‘|\[]?(?P<figure>[1-9]\d{0,2}(?:,\d{3})+)(?=.)(?:[.,]|\d{0,2}['‘’“”\"!?°*%]{0,2}\d?[)\]}]{0,2})"
)
"""A figure whole to its last comma's three digits, and what a mark behind it was read as."""

_DAMAGED = "the print is damaged"
_SIGN = "what stands behind it is no part of it, as far as the print says"

_WELL = "its program was not sure of it; the form's own words and figures it read right"
_ILL = "its program was not sure of it, and read other words of the page wrong"
_GROUPED = re.compile(r"\d,\d{3}")
_FEW = 8
"""How many figures with commas a page has for each with a point, for no point to be likely."""

_LIKELY = 3
"""How many it has for each point that may be a comma, for the others to be commas."""

_OPEN = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})*\.\d{3}(?!\d)")
"""A fraction of thousandths, or a figure of which one comma was read as a point."""

_NOUGHT = re.compile(r"0\?")

_FRACTION = re.compile(r"(?<!\$)\b\d[\d,]*\.\d")


def trusted(rows: Sequence[Row], *, well: bool) -> list[Row]:
    """Rows with such figures at their print, doubtful, unless totals object; others that they contradict too.

    `well` says that the form's own print was read right, words and figures.
    """
    prints = list(_prints(rows))
    fractions = [text for text in prints if _FRACTION.search(text)]
    sure = sum(not _OPEN.search(text) for text in fractions)
    if sure * _FEW + (len(fractions) - sure) * _LIKELY > sum(
        bool(_GROUPED.search(text)) for text in prints
    ):
        return list(rows)
    days = any(repair.field == "effective_on" for row in rows for repair in row.repairs)
    why = _WELL if well and not days else _ILL
    found = [_taken(row, why) for row in rows]
    amiss = [pair for pair in steps(found) if _objects(*(found[one] for one in pair))]
    wrong = {at for pair in amiss for at in pair}
    left = [row if at in wrong else found[at] for at, row in enumerate(rows)]
    for before, after in amiss:
        left[before] = _objected(left[before], ("shares_after",))
        left[after] = _objected(left[after], ("shares", "shares_after"))
    return contradicted(left)


def _objected(row: Row, names: Sequence[str]) -> Row:
    """A row whose figures are doubtful, for totals that are not sure follow by another digit."""
    why = "by totals of which its program was not sure one digit of it is another"
    for name in names:
        number = getattr(row, name)
        if number is not None and all(repair.field != name for repair in row.repairs):
            row = altered(row, name, f"{number:,f}", "doubtful", why)
    return row


def _objects(before: Row, after: Row) -> bool:
    """Whether totals would follow if one digit were another, so that it is misread.

    Others that do not follow may be those of two holders, whom only a mark tells apart.
    """
    first, moved, last = before.shares_after, after.shares, after.shares_after
    if runs(before, after) or first is None or moved is None or last is None:
        return False
    sign = 1 if after.direction == "acquired" else -1
    meant = ((first, last - sign * moved), (moved, abs(last - first)), (last, first + sign * moved))
    return any(edits(plain(read), plain(other)) == 1 for read, other in meant)


def _prints(rows: Sequence[Row]) -> Iterator[str]:
    """What is printed for every figure that counts shares, read or not."""
    for row in rows:
        told = {repair.field: repair.printed for repair in row.repairs}
        for name in FIGURES:
            number = getattr(row, name)
            yield row.printed.get(name) or told.get(name) or ("" if number is None else f"{number}")


def _taken(row: Row, why: str) -> Row:
    for name in FIGURES:
        told = [repair for repair in row.repairs if repair.field == name]
        if getattr(row, name) is not None or len(told) != 1:
            continue
        printed, said = _PRINT.fullmatch(told[0].printed), why
        if not printed and told[0].why.startswith(_DAMAGED):
            printed, said = _TAILED.fullmatch(told[0].printed), _SIGN
        if name == "shares_after" and _NOUGHT.fullmatch(told[0].printed):
            row = altered(_untold(row, name), name, "0?", "doubtful", why, **{name: Decimal(0)})
        elif printed:
            number = Decimal(printed["figure"].replace(",", ""))
            row = _untold(row, name)
            row = altered(row, name, told[0].printed, "doubtful", said, **{name: number})
    return row


def _untold(row: Row, name: str) -> Row:
    """A row of which nothing is told of one field."""
    kept = tuple(repair for repair in row.repairs if repair.field != name)
    return row.model_copy(update={"repairs": kept})
