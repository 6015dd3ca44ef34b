"""Pieces of a row that a cut may have parted: which of them stand together, and what that costs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.readers.scan.columns import DAYS, PRICES, SHARES, WORDS
from ledger.readers.scan.tokens import Token, number_of, unmarked

_FAR = 4
"""Blanks between two pieces that were never one."""


def far(one: Token, other: Token) -> bool:
    """Whether so much lies between two pieces of a line that no cut parted them."""
    left, right = sorted((one.cell, other.cell), key=lambda cell: cell.start)
    measured = max(left.end - left.start, right.end - right.start) > 1
    return one.line == other.line and measured and right.start - left.end > _FAR


def fits(one: Token, other: Token) -> bool:
    """Whether two pieces side by side would make one well-formed number."""
    return not other.money and bool(_together(unmarked(one.text), unmarked(other.text)))


def _together(one: str, other: str) -> bool:
    """Whether two prints make a number, a figure that both edges of a cut show counted once."""
    laps = (lap for lap in range(3) if not lap or (one[-lap:] == other[:lap] and len(one) > lap))
    return any(number_of(one + other[lap:]) is not None for lap in laps)


def joins(group: Sequence[Token], following: Token) -> int | None:
    """What it costs to take a piece as the rest of those before it; None where it is not."""
    last = group[-1]
    if group[0].kind == "text":
        if last.kind == "text" and following.kind == "text":
            return 0 if following.line != last.line else 2
        named = following.kind == "number" and re.fullmatch(r"\d{1,4}", following.text)
        return 1 if last.kind == "text" and named and following.cell is last.cell else None
    wrapped = following.line != last.line
    apart = 1 if wrapped else following.column - last.column
    two = {last.kind, following.kind} == {"number"} and far(last, following)
    beside = apart <= 3 and not two
    numeric = {last.kind, following.kind} <= {"number", "broken"}
    if not beside or not numeric or following.money or last.marks or len(group) > 2:
        return None
    whole = "".join(unmarked(piece.text) for piece in [*group, following])
    torn = unmarked(last.text)[-1:] in {",", "."} or following.text[:1] in {",", "."}
    if "broken" in {last.kind, following.kind}:
        # Nothing but figures may follow a point: that is where another number begins.
        begun = whole[:1] == "," or ("/" not in whole and re.search(r"\..*[.,]", whole))
        return None if begun else int(not torn) + int(apart > 1)
    if number_of(whole) is None and not (len(group) == 1 and fits(last, following)):
        return None
    if torn:
        return int(apart > 1)
    cut = re.fullmatch(r"[1-9]\d{0,2}", unmarked(last.text)) and "," in following.text
    return 1 if cut and apart <= 1 else 2 if apart <= 1 else 3


def may_be_cut(name: str, pieces: tuple[Token, ...]) -> bool:
    """Whether pieces that a cut parted can stand together in a column."""
    first = pieces[0]
    if first.kind == "text":
        return name in WORDS
    if "/" in first.text:
        return name in DAYS
    return name in PRICES or (name in SHARES and not first.money)
