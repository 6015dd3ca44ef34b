"""What each column of a rendered table holds, and which element of the XML that is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ledger.readers.grammar import day_us, quantity
from ledger.readers.ownership_xml.elements import FIELDS
from ledger.readers.rendered.cells import Cell
from ledger.types import plain

CODING = re.compile(r"(?:([345]) ?)?([A-Za-z])? ?(?:/? ?([Kk]))? ?([Vv])? ?([345])?")
"""A code, and what may stand beside it: a form type, K for a swap, V for early."""

AMOUNTS: Mapping[str, tuple[str, str]] = {
    "amount": ("transactionShares", "transactionTotalValue"),
    "acquired": ("transactionShares", "transactionTotalValue"),
    "disposed": ("transactionShares", "transactionTotalValue"),
    "underlying": ("underlyingSecurityShares", "underlyingSecurityValue"),
    "after": ("sharesOwnedFollowingTransaction", "valueOwnedFollowingTransaction"),
}
"""The element of an amount, in shares and, where a dollar sign stands before it, in dollars."""

WORDS = frozenset({"securityTitle", "underlyingSecurityTitle", "natureOfOwnership"})
"""Columns of words, in which a number in brackets may be a word."""

_ELEMENTS: Mapping[str, str] = {
    "voluntary": "transactionTimeliness",
    "side": "transactionAcquiredDisposedCode",
}
_TIMELINESS = frozenset("ELVelv")
_WORD = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)


def element_of(column: str, text: str) -> str:
    """The element of the XML that has what stands in a known column."""
    if column in AMOUNTS:
        return AMOUNTS[column][text.startswith("$")]
    return _ELEMENTS.get(column, column)


def field_of(column: str) -> str:
    """The field of a line that a known column fills."""
    return FIELDS[element_of(column, "")][1]


def as_xml(tag: str, text: str) -> str:
    """A cell as XML would have it, without the page's own way of showing days and numbers."""
    read = FIELDS[tag][2].read
    if read is quantity:
        bare = text.removeprefix("$").strip()
        number = quantity(bare)
        return bare if number is None else plain(number)
    day = day_us(text) if tag.endswith("Date") else None
    return day.isoformat() if day else text


def holds(column: str, cell: Cell) -> bool:
    """Whether a column can hold a cell: words, days, figures, letters each in their own.

    Blanks may stand anywhere, and anything under a heading that is not known.
    """
    if not cell.text or column.startswith("["):
        return True
    if column in WORDS:
        return _WORD.search(cell.text) is not None
    text = cell.unmarked().text
    if not text:
        return True
    if column == "transactionCode":
        return CODING.fullmatch(" ".join(text.split())) is not None
    if column == "voluntary":
        return text in _TIMELINESS
    tag = element_of(column, text)
    return FIELDS[tag][2].read(as_xml(tag, text)) is not None
