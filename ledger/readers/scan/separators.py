"""Figures whose last sign may be a comma or a point, on a page that a program read.

In small print the two look alike: `14,242.084` and `14,242,084` are one print, and a thousand
to one as amounts. What tells them apart stands around them. Totals of a position run from line
to line; an amount is printed again, as underlying shares or as what is then held; and a filer
who counts fractions does so in more than one figure. A figure that none of these confirms is
unknown, and both readings are told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from ledger.filing import Row
from ledger.readers.scan.doubts import FIGURES
from ledger.readers.scan.drafts import EDGES, bare
from ledger.readers.scan.telling import altered
from ledger.readers.scan.totals import follows, steps
from ledger.types import plain

_OPEN = re.compile(r"\d{1,3}(?:,\d{3})*[.,]\d{3}")
"""A print that is whole or has a fraction, as its last sign is a comma or a point."""

_FRACTION = re.compile(r"[\d,]*\.\d+")

_SEVERAL = 4
"""How many figures with commas must follow from each other for a table to count whole shares."""

Place = tuple[int, str]
"""A figure on the page: its row's place, and its field."""


class _Print(NamedTuple):
    """A figure as it was read, and, where its last sign leaves that open, its other reading."""

    text: str
    number: Decimal
    other: Decimal | None

    @property
    def fine(self) -> bool:
        """Whether it was read with a fraction."""
        return bool(_FRACTION.fullmatch(self.text))

    @property
    def readings(self) -> tuple[Decimal, ...]:
        """As it was read, then the other way."""
        return (self.number,) if self.other is None else (self.number, self.other)


def separated(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of a misread page, without figures of which nothing says where their fraction begins."""
    page = dict(_prints(rows))
    proven = _proven(rows, page)
    doubtful = _doubtful(rows, page, proven)
    found = list(rows)
    for place, figure in page.items():
        if figure.other is None:
            continue
        at, name = place
        meant = proven.get(place, None if place in doubtful else figure.number)
        if place not in proven and (why := _other_way(rows[at], name, figure)):
            sure = figure.fine
            number = {name: figure.other}
            effect = "repaired" if sure else "doubtful"
            found[at] = altered(found[at], name, figure.text, effect, why, **number)
            continue
        if meant == figure.number:
            continue
        if meant is None:
            why = f"it may be {figure.number:,f} or {figure.other:,f}: its last sign is a comma or"
            why += " a point, and nothing on the page confirms which"
            found[at] = altered(found[at], name, figure.text, "field unknown", why, **{name: None})
        else:
            why = f"read as {plain(meant)}: so the totals follow, its last sign misread"
            found[at] = altered(found[at], name, figure.text, "repaired", why, **{name: meant})
    return tuple(found)


def _other_way(row: Row, name: str, figure: _Print) -> str:
    """Why a figure is its other reading, as its own print or its row says, or nothing.

    A fraction is printed without noughts behind it (none of 48 filed has one); and what a total
    of Table II gains by a fraction has one.
    """
    if figure.fine and figure.text.endswith("0"):
        return f"read as {plain(figure.number.scaleb(3))}: no fraction ends in a nought"
    moved = row.shares if row.table == "II" and name == "shares_after" else None
    told = any(repair.field == "shares" for repair in row.repairs)
    if moved and moved != int(moved) and not told and not figure.fine and figure.other:
        return f"read as {plain(figure.other)}: the row moves a fraction, {plain(moved)}"
    return ""


def _prints(rows: Sequence[Row]) -> Iterator[tuple[Place, _Print]]:
    """Every figure of a page that stands at its print."""
    for at, row in enumerate(rows):
        for name in FIGURES:
            number = getattr(row, name)
            if number is None or any(repair.field == name for repair in row.repairs):
                continue
            text = bare(row.printed.get(name, "")).strip(EDGES) or plain(number)
            yield (at, name), _Print(text, number, _otherwise(text, number))


def _otherwise(text: str, number: Decimal) -> Decimal | None:
    if not _OPEN.fullmatch(text):
        return None
    pointed = text[-4] == "."
    return number.scaleb(3).quantize(Decimal(1)) if pointed else number.scaleb(-3)


def _proven(rows: Sequence[Row], page: dict[Place, _Print]) -> dict[Place, Decimal]:
    """What totals that run from line to line say of the figures in them.

    Where they follow as read, they stand as read; else where one other reading alone follows.
    """
    found: dict[Place, Decimal] = {}
    for before, after in steps(rows):
        direction = rows[after].direction
        places = ((before, "shares_after"), (after, "shares"), (after, "shares_after"))
        if not all(place in page for place in places):
            continue
        first, shares, last = (page[place].readings for place in places)
        ways = [
            (one, moved, other)
            for one, moved, other in product(first, shares, last)
            if one != other and follows(one, moved, other, direction)
        ]
        read = tuple(page[place].number for place in places)
        if read in ways or len(ways) == 1:
            found |= zip(places, read if read in ways else ways[0], strict=True)
    return found


def _doubtful(
    rows: Sequence[Row], page: dict[Place, _Print], proven: dict[Place, Decimal]
) -> set[Place]:
    """Open figures that neither an equal one nor the kind of their table's others confirm."""
    texts = [figure.text for figure in page.values()]
    prints = [*texts, *(text for row in rows for text in _told(row))]
    twins, settled = _twins(prints), _settled(prints)
    found = set()
    for table in {row.table for row in rows}:
        here = {place: figure for place, figure in page.items() if rows[place[0]].table == table}
        fine = {figure.text for figure in here.values() if figure.fine}
        coarse = {figure.text for figure in here.values() if figure.other and not figure.fine}
        told = (text for row in rows if row.table == table for text in _told(row))
        fine |= {text for text in told if _FRACTION.fullmatch(text) and not text.endswith("0")}
        fine = {text for text in fine if _digits(text) not in settled}
        # A total that moves by whole amounts keeps its fraction.
        tails = {text[-4:] for text in fine if _OPEN.fullmatch(text)}
        kept = {text for text in coarse if f".{text[-3:]}" in tails}
        if _moves_whole(here, proven):
            fine, kept = set(), set()
        count = len(fine) + len(kept)
        fractions = count > 1 or count >= max(len(coarse), 1)
        for place, figure in here.items():
            alone = count == 1 if figure.fine else fractions and not _counts(place, here)
            alone = alone and texts.count(figure.text) == 1
            alone = alone or figure.text in kept
            if figure.other is not None and (alone or _digits(figure.text) in twins):
                found.add(place)
    return found


def _moves_whole(here: dict[Place, _Print], proven: dict[Place, Decimal]) -> bool:
    """Whether several totals of a table that run on are whole, though commas may be points in them.

    What was read with a point there is a comma then, or a mark behind a figure, and says nothing.
    """
    said = [proven[place] for place in here if place in proven and here[place].other is not None]
    return len(said) >= _SEVERAL and all(number == int(number) for number in said)


def _twins(texts: Sequence[str]) -> set[str]:
    """The digits of figures that are printed now with a comma and now with a point."""
    seen = {text for text in texts if _OPEN.fullmatch(text)}
    counted = Counter(_digits(text) for text in seen)
    return {digits for digits, count in counted.items() if count > 1} - _settled(texts)


def _settled(texts: Sequence[str]) -> set[str]:
    """The digits of figures that are printed with a comma twice as often as with a point."""
    seen = Counter(texts)
    return {_digits(text) for text in seen if seen[text] >= 2 * seen[_pointed(text)] > 0}


def _pointed(text: str) -> str:
    """A print with a comma last, as it is with a point there; itself where it has none."""
    return re.sub(r",(?=\d{3}$)", ".", text)


def _told(row: Row) -> Iterator[str]:
    """Prints of figures that were not taken at their word."""
    return (bare(repair.printed) for repair in row.repairs if repair.field in FIGURES)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _counts(place: Place, page: dict[Place, _Print]) -> bool:
    """Whether a figure with commas alone has no fraction, though others of its table have one.

    A fraction is printed without zeros behind it, unless others of the table have them; and a
    column counts whole things where some of its figures can be but whole, and none is a fraction.
    """
    padded = any(figure.fine and figure.text.endswith("0") for figure in page.values())

    def whole(figure: _Print) -> bool:
        zero = figure.text.endswith("0") and not padded
        return not figure.fine and (figure.other is None or zero)

    column = [figure for (_, name), figure in page.items() if name == place[1] and figure.number]
    return whole(page[place]) or (
        any(whole(figure) for figure in column) and not any(figure.fine for figure in column)
    )
