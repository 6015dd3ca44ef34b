"""Figures of which the program that read them was not sure, on a page that was read well.

Words with boxes say how sure their program was, and a figure of which it was not is no figure by
itself (`word_boxes`). But where the form's own print was read right, words and figures, and no
days or totals speak of misread digits, all that such a doubt meets is a comma that may be a point
and marks run into decimals: on pages without fractions 28 of 29 figures with commas were right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.filing import Row
from ledger.readers.scan.doubts import FIGURES, runs, steps
from ledger.readers.scan.telling import altered

_PRINT = re.compile(r"(?P<figure>[1-9]\d{0,2}(?:,\d{3})+)\?(?: / .*)?")
_FRACTION = re.compile(r"(?<!\$)\b\d[\d,]*\.\d")


def trusted(rows: Sequence[Row]) -> list[Row]:
    """Rows of a well read page with such figures at their print, doubtful, unless totals object."""
    days = any(repair.field == "effective_on" for row in rows for repair in row.repairs)
    if days or any(map(_FRACTION.search, _prints(rows))):
        return list(rows)
    found = [_taken(row) for row in rows]
    wrong = {at for pair in steps(found) if not runs(*(found[one] for one in pair)) for at in pair}
    return [row if at in wrong else found[at] for at, row in enumerate(rows)]


def _prints(rows: Sequence[Row]) -> Iterator[str]:
    """What is printed for every figure that counts shares, read or not."""
    for row in rows:
        told = {repair.field: repair.printed for repair in row.repairs}
        for name in FIGURES:
            number = getattr(row, name)
            yield row.printed.get(name) or told.get(name) or ("" if number is None else f"{number}")


def _taken(row: Row) -> Row:
    for name in FIGURES:
        told = [repair for repair in row.repairs if repair.field == name]
        if getattr(row, name) is not None or len(told) != 1:
            continue
        if printed := _PRINT.fullmatch(told[0].printed):
            kept = tuple(repair for repair in row.repairs if repair.field != name)
            row = row.model_copy(update={"repairs": kept})
            number = Decimal(printed["figure"].replace(",", ""))
            why = "its program was not sure of it; the form's own words and figures it read right"
            row = altered(row, name, told[0].printed, "inferred", why, **{name: number})
    return row
