"""Prices of a misread page, of which the print itself says that a sign or a mark is in it.

A price is printed with its dollar sign and four decimals at most (811 of 811 filed). So a fifth
decimal is what is left of a footnote mark; a figure without the sign begins with one read as a
digit (`95.5348` for `$5.5348`, `30` for `$0`); and a comma without a point may be one. Only what
the other prices of the page say is taken instead; else the price is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.filing import Row
from ledger.readers.scan.drafts import EDGES, bare
from ledger.readers.scan.telling import altered
from ledger.types import plain

FIELDS = ("price", "exercise_price")

_DECIMALS = 4
"""How many a price has at most."""

_CENTS = 2
_EIGHTH = 125
"""In tenths of a cent, the part of a dollar in which shares were priced before 2001."""

_MARKED = "a price has cents or four decimals; its third may be left of a footnote mark"

_SIGN = re.compile(r"[34589]0")
"""A dollar sign read as a digit, and a nought."""

_NOUGHT = re.compile(r"[689]")
"""A digit that a nought alone is read as."""

_COMMA = re.compile(r"(?P<figure>[1-9]\d{0,2},\d{3})(?P<tail>[^,.]*)")
"""A price of a thousand and more without cents, or one in tenths of a cent: `414,047`."""

_NEAR = 3
"""Up to how many times another price of the page one may be, for that to confirm it."""


class _Price(NamedTuple):
    """A price as it was read, and its print without marks; `signed` with a dollar sign."""

    number: Decimal
    text: str
    signed: bool


def priced(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of a misread page, without prices that their own print calls in question."""
    page = [found for row in rows for name in FIELDS if (found := _printed(row, name))]
    signs = any(price.signed for price in page)
    sure = [price.number for price in page if price.number and price.signed and _whole(price)]
    noted = any(any(marks) for row in rows for marks in row.cited.values())
    for printed in rows:
        row = printed
        for name in FIELDS:
            if (price := _printed(row, name)) is None:
                continue
            if comma := _COMMA.fullmatch(price.text):
                row = _comma(row, name, price, comma["tail"], sure)
            elif why := _amiss(name, price, signs=signs):
                text = row.printed.get(name, plain(price.number))
                row = altered(row, name, text, "field unknown", why, **{name: None})
            elif noted and _may_be_marked(price, page):
                text = row.printed.get(name, plain(price.number))
                row = altered(row, name, text, "doubtful", _MARKED)
        yield row


def _may_be_marked(price: _Price, page: Sequence[_Price]) -> bool:
    """Whether the last of three decimals may be a mark's: no eighth of a dollar, and no other price has it."""
    thirds = _decimals(price) == _CENTS + 1 and price.number.scaleb(3) % _EIGHTH != 0
    return thirds and sum(other.number == price.number for other in page) < 2


def commas_doubted(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of a page that looks read right, a price doubtful whose comma may be a point.

    `$124,232` is a price of six figures or one in tenths of a cent, and a program that read all
    else right has read the one for the other; another price of the page like it confirms it.
    """
    page = [found for row in rows for name in FIELDS if (found := _printed(row, name))]
    sure = [price.number for price in page if not _COMMA.fullmatch(price.text)]
    for printed in rows:
        row = printed
        for name in FIELDS:
            price = _printed(row, name)
            comma = _COMMA.fullmatch(price.text) if price else None
            if not price or not comma or comma["tail"] or price.text.endswith("0"):
                continue
            if not any(_alike(price.number, other) for other in sure):
                text = row.printed.get(name, plain(price.number))
                why = f"it may be {price.number:,f} or {price.number.scaleb(-3):,f}: its sign is a comma or a point"
                row = altered(row, name, text, "doubtful", why)
        yield row


def _printed(row: Row, name: str) -> _Price | None:
    """A price that stands at its print."""
    number = getattr(row, name)
    if number is None or any(repair.field == name for repair in row.repairs):
        return None
    printed = row.printed.get(name, plain(number))
    return _Price(number, bare(printed).lstrip(EDGES), "$" in printed)


def _whole(price: _Price) -> bool:
    return not _COMMA.fullmatch(price.text) and _decimals(price) <= _DECIMALS


def _decimals(price: _Price) -> int:
    found = re.search(r"\.(\d+)", price.text)
    return len(found.group(1)) if found else 0


def _amiss(name: str, price: _Price, *, signs: bool) -> str:
    """What a print says against its price, or nothing."""
    if _decimals(price) > _DECIMALS:
        return "no price has so many decimals; the last are left of a footnote mark"
    if not price.signed:
        lost = bool(price.number) if signs else bool(_SIGN.fullmatch(price.text))
        if lost:
            return "prices have their sign before them; its first digit may be that, or a mark's"
        if name == "exercise_price" and not price.number:
            return "a nought without a dollar sign is what a footnote mark is read as"
    if price.signed and _NOUGHT.fullmatch(price.text):
        return "a figure alone is what a nought is often read as; nothing confirms it"
    return ""


def _comma(row: Row, name: str, price: _Price, tail: str, sure: Sequence[Decimal]) -> Row:
    """A row with a price whose sign is a comma or a point, as the page's other prices say."""
    text = row.printed.get(name, plain(price.number))
    figure = Decimal(price.text[: len(price.text) - len(tail)].replace(",", ""))
    whole, fine = (any(_alike(way, other) for other in sure) for way in (figure, figure.scaleb(-3)))
    if whole or (not tail and not sure and price.text.endswith("0")):
        return row
    if fine and not tail and not price.text.endswith("0"):
        meant = figure.scaleb(-3)
        why = f"read as {plain(meant)}: like the other prices of the page"
        return altered(row, name, text, "doubtful", why, **{name: meant})
    why = f"it may be {figure:,f} or {figure.scaleb(-3):,f}: its sign is a comma or a point"
    return altered(row, name, text, "field unknown", why, **{name: None})


def _alike(one: Decimal, other: Decimal) -> bool:
    return one <= other * _NEAR and other <= one * _NEAR
