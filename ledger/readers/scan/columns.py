"""The columns of the forms' tables: their order, what each may hold, and what is missed.

Form 4's and 5's Table I and II and Form 3's shorter ones, for lines that report a
transaction and lines that report only a holding. A cost says how far a print is from
what the form asks for: 0 is as it should be, 3 and more is something lost or in the
wrong place. Only the comparison of costs matters, never their sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.codes import CODES
from ledger.readers.scan.candidates import ILLEGIBLE, NOTHING_PAID, letter_in
from ledger.readers.scan.markup import MARK_OPEN
from ledger.readers.scan.tokens import Token, is_grouped, is_ruined_day, whole_before
from ledger.types import Table

SHARES = frozenset({"shares", "shares_after", "underlying_shares"})
PRICES = frozenset({"price", "exercise_price"})
DAYS = frozenset({"effective_on", "deemed_execution_on", "exercisable_on", "expires_on"})
WORDS = frozenset({"security", "underlying", "nature"})
LETTERS = {"code": frozenset(CODES), "timeliness": frozenset("VEL"), "direction": frozenset("AD")}
LETTERS["ownership"] = frozenset("DI")


class Shape(NamedTuple):
    """One kind of line: its table, whether it only reports a holding, and its columns."""

    table: Table
    holding: bool
    columns: tuple[str, ...]


_TRADE = ("effective_on", "deemed_execution_on", "code", "timeliness", "shares", "direction")
_OWNED = ("shares_after", "ownership", "nature")
HELD = ("security", *_OWNED)
"""The columns of a line of Table I that only reports a holding."""

_UNDERLYING = ("exercisable_on", "expires_on", "underlying", "underlying_shares")

SHAPES = (
    Shape("I", False, ("security", *_TRADE, "price", *_OWNED)),
    Shape("I", True, HELD),
    Shape("II", False, ("security", "exercise_price", *_TRADE, *_UNDERLYING, "price", *_OWNED)),
    Shape("II", True, ("security", "exercise_price", *_UNDERLYING, *_OWNED)),
)
"""The lines of Forms 4 and 5."""

INITIAL_SHAPES = (
    Shape("I", True, HELD),
    Shape(
        "II",
        True,
        ("security", *_UNDERLYING, "exercise_price", "ownership", "nature"),
    ),
)
"""The lines of Form 3, which reports holdings only and counts derivatives by what they yield."""

_PRINTED_I = ("security", *_TRADE, "price", *_OWNED)
_PRINTED_II = (
    *("security", "exercise_price", "effective_on", "deemed_execution_on", "code", "timeliness"),
    *("acquired", "disposed", *_UNDERLYING, "price", *_OWNED),
)

_LATER = frozenset({"deemed_execution_on"})
"""Columns that the forms have had since August 2002."""

_OF_FORM_4 = frozenset({"timeliness"})
"""Columns that Form 5 does not have."""


def _without(columns: tuple[str, ...], left: frozenset[str]) -> tuple[str, ...]:
    return tuple(name for name in columns if name not in left)


_LONGEST: dict[Table, tuple[str, ...]] = {"I": _PRINTED_I, "II": _PRINTED_II}

PRINTED: dict[Table, tuple[tuple[str, ...], ...]] = {
    table: tuple(
        _without(columns, left)
        for left in (frozenset[str](), _OF_FORM_4, _LATER, _OF_FORM_4 | _LATER)
    )
    for table, columns in _LONGEST.items()
}
"""The columns as Form 4 prints them, as Form 5 does, and as both did before August 2002."""

INITIAL_PRINTED: dict[Table, tuple[tuple[str, ...], ...]] = {
    "I": (("security", *_OWNED),),
    "II": (INITIAL_SHAPES[1].columns,),
}
"""The columns as Form 3 prints them."""

_MISSING = {
    "security": 3,
    "effective_on": 4,
    "code": 3,
    "shares": 3,
    "shares_after": 3,
    "ownership": 3,
    "underlying": 2,
    "underlying_shares": 2,
    "exercise_price": 1,
    "exercisable_on": 1,
    "expires_on": 1,
}

_LEFT_OUT = {
    "letter": 4,
    "number": 5,
    "date": 5,
    "text": 4,
    "broken": 3,
    "word": 3,
    "marks": 2,
    "shred": 1,
    "junk": 0,
}
"""What it costs to leave a piece of each kind without a column."""

_FIGURE = 8
"""That of a figure with commas in their places and none before it: no noise, nor a part of one."""

_CRUMB = 3
"""That of a digit or two behind a whole figure: most are what a stroke or a mark was read as."""

_DAYLIKE = re.compile(r"[/-]|\d{4}")
"""A stroke or the figures of a year, of which something is left of any day."""

_UNREAD = {"ownership": 1, "code": 3}
"""What it costs to read what surely stands in a column of letters and cannot be read."""

_FIGURE_OF_THREE = re.compile(r"\d{3}")
"""What no letter is read as."""

LONE_MARK = frozenset({"price", "exercise_price", "exercisable_on", "expires_on"})
"""Columns that filers fill with nothing but a footnote mark."""

_SHREDS = dict.fromkeys(LONE_MARK, 1) | {"shares_after": 2, "nature": 2}
"""What it costs to read a shred as a mark that stands alone, or as a lone zero."""


def columns_of(choices: Iterable[tuple[str, ...]], coded: Sequence[int]) -> tuple[str, ...] | None:
    """The columns of a table with so many cells a row; None where no form has as many.

    `coded` counts for each column the rows that may have a code there: Form 5, and the Form 4 of
    before August 2002, have as many columns, one with the code behind a day and the other without.
    """
    fitting = [columns for columns in choices if len(columns) == len(coded)]
    if len(fitting) < 2:
        return fitting[0] if fitting else None
    return max(fitting, key=lambda columns: coded[columns.index("code")])


def left_out(token: Token, before: Token | None) -> int:
    """What it costs to leave a piece without a column, given the one before it."""
    crumb = before is not None and whole_before(before, token)
    if crumb:
        return _CRUMB
    cut = before is not None and before.kind in {"number", "broken"}
    whole = token.kind == "number" and is_grouped(token) and not cut
    return _FIGURE if whole else _LEFT_OUT[token.kind]


def missing(column: str, table: Table, filled: dict[str, Token]) -> int:
    """What it costs to find nothing in a column, given those before it."""
    if column == "price":
        code = filled.get("code")
        said = letter_of("code", code) if code else None
        known = CODES.get(said[0]) if said else None
        return 0 if known is None or known.priceless else 2
    if column == "nature":
        ownership = filled.get("ownership")
        return 2 if ownership is not None and ownership.letter == "I" else 0
    if column == "direction":
        return 3 if table == "I" else 0
    return _MISSING.get(column, 0)


def required(column: str, table: Table) -> bool:
    """Whether every line of this kind must fill the column."""
    return missing(column, table, {}) >= 2 or (column == "direction" and table == "I")


def admits(column: str, token: Token, table: Table, *, dollars: bool) -> int | None:
    """What it costs to read a piece in a column; None where the column cannot hold it.

    `dollars` says that this scan prints prices with a dollar sign. No transaction of Table I
    counts dollars instead of shares.
    """
    kind = token.kind
    if column in DAYS:
        if kind == "broken" and not _DAYLIKE.search(token.text):
            return None
        late = column in {"exercisable_on", "expires_on"}
        return {"date": 0, "broken": 2, "word": 0 if late else 3}.get(kind)
    if column in WORDS:
        return 0 if kind == "text" else 1 if kind == "word" and column == "nature" else None
    if column in LETTERS:
        # Table II prints no letter for it: what looks like one there is left of a mark.
        torn = token.text.count("(") != token.text.count(")")
        if column == "direction" and table == "II" and (token.kind != "letter" or torn):
            return None
        found = letter_of(column, token)
        return None if found is None else found[1]
    if kind in {"shred", "broken"} and NOTHING_PAID.fullmatch(token.text):
        return 0 if column in PRICES else None
    if kind == "shred" and column == "shares":
        return 2 if re.fullmatch(r"\d{2,3}[)\]}]", token.text) else None
    if kind == "shred":
        return _SHREDS.get(column)
    if column in PRICES:
        return _as_price(token, dollars=dollars)
    if token.money and column == "shares" and table == "I":
        return None
    return _as_shares(column, token)


def letter_of(column: str, token: Token) -> tuple[str, int] | None:
    """The letter that a piece says in a column of letters, and what it costs; `?`: illegible."""
    if token.kind == "letter" and token.letter in LETTERS[column]:
        # V accompanies a code; alone it is more likely what is left of the two.
        return token.letter, 3 if column == "code" and token.letter == "V" else 0
    if token.letter == ILLEGIBLE and column in _UNREAD:
        return ILLEGIBLE, _UNREAD[column]
    torn = token.kind == "marks" and not token.text.startswith(("(", "[", MARK_OPEN))
    if token.kind in {"date", "word", "junk"} or (token.kind == "marks" and not torn):
        return None
    if token.kind == "number" and _FIGURE_OF_THREE.search(token.text):
        return None
    found = letter_in(column, token.text)
    return found if found and (found[0] == "?" or found[0] in LETTERS[column]) else None


def _as_price(token: Token, *, dollars: bool) -> int | None:
    if token.kind == "broken":
        return None if is_ruined_day(token.text) else _as_broken(token)
    if token.kind != "number" or token.number is None:
        return None
    if token.money:
        return 0
    strange = 2 if dollars else 0
    if "." in token.text or token.number == 0:
        return strange
    return strange + (2 if token.number < 1000 else 5)


def _as_broken(token: Token) -> int:
    """A damaged figure; one that begins or ends with a comma or a point is surely a piece."""
    bare = token.text.strip("$ ")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+[,.]", bare):
        return 2
    return 4 if bare[:1] in {",", "."} or bare[-1:] in {",", "."} else 2


def _as_shares(column: str, token: Token) -> int | None:
    if token.kind == "broken":
        paid = 3 if token.money else 0  # a damaged price, sooner than dollars that are held
        return None if is_ruined_day(token.text) else _as_broken(token) + paid
    if token.kind != "number" or token.number is None:
        return None
    if token.money:
        return 3
    if token.number == 0 and column != "shares_after":
        return 3
    if token.text == "1":
        # A lone 1 is as often the I of ownership.
        return 1
    cents = re.search(r"\.\d{2,4}\b", token.text)
    return 2 if cents else 1 if "." in token.text else 0
