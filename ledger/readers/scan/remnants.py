"""Short pieces of a row that only their place tells: what is left of marks, and of the I of ownership.

A program reads a mark that stands alone in its cell as a small word (`mo`, `aya`), and the I
between two lines as a digit or any letter (`4`, `i2`). In the cells of Table II between title
and underlying title nothing is words; and what stands between a balance and the words `By` or
`See` is the letter of ownership (a nature is printed beside an I alone, 3,854 of 3,854).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.readers.scan.candidates import ILLEGIBLE, letter_in
from ledger.readers.scan.tokens import Token, is_dated, is_grouped, is_ruined_day
from ledger.types import Table

_NATURE = re.compile(r"(?:By|See)\b")

_SMALL = re.compile(r"[a-z][A-Za-z®*'’”]{0,2}")
"""A small word that may be left of a mark, which names nothing."""

_WORDS = frozenset("of or to by and the for par per see due non sh adr ads esp".split())
"""Small words that cells have of their own."""

_BALANCE = re.compile(r"[|\[{]?\d[\d,.]*\d\W?")
_SHORT_WORD = re.compile(r"[A-Za-z]{2,3}")
_LEADING = frozenset({"text", "marks", "shred", "junk", "letter"})
_SHORT = 2
_FIGURES = frozenset({"number", "broken"})


def by_place(tokens: Sequence[Token], table: Table | None) -> list[Token]:
    """The pieces of a line, those that nothing but their place tells taken for what stands there."""
    if not any(token.kind in {"date", *_FIGURES} for token in tokens):
        return list(tokens)
    found = _coding(_daylike([_owning(tokens, at) for at in range(len(tokens))]))
    return [_marking(found, at) for at in range(len(found))] if table == "II" else found


def _daylike(tokens: Sequence[Token]) -> list[Token]:
    """The pieces of a line, the first that only a day before its figures can be taken for one."""
    found = list(tokens)
    at = next((at for at, token in enumerate(tokens) if is_ruined_day(token.text)), None)
    if at is None or not _counted(tokens[at + 1 :]):
        return found
    token = tokens[at]
    led = all(other.money or other.kind in _LEADING for other in tokens[:at])
    alone = token.kind in _FIGURES or " " not in token.cell.text.strip()
    if led and alone and token.kind != "date" and not token.money:
        found[at] = token._replace(kind="broken", number=None)
    return found


def _coding(tokens: Sequence[Token]) -> list[Token]:
    """The pieces of a line, a small word alone between its day and its figures taken for the code."""
    found = list(tokens)
    day = next((at for at, token in enumerate(tokens) if is_dated(token)), None)
    if day is None or not _counted(tokens[day + 2 :]):
        return found
    token = tokens[day + 1]
    word = token.kind == "text" and _SHORT_WORD.fullmatch(token.text)
    if word and token.text == token.cell.text and letter_in("code", token.text) is None:
        found[day + 1] = token._replace(letter=ILLEGIBLE)
    return found


def _counted(tokens: Sequence[Token]) -> bool:
    return any(token.kind in _FIGURES for token in tokens)


def _owning(tokens: Sequence[Token], at: int) -> Token:
    """A short piece between a balance and a nature, as the letter of ownership."""
    token = tokens[at]
    before, behind = tokens[at - 1 : at] if at else (), tokens[at + 1 : at + 2]
    if (
        len(token.text) > _SHORT
        or not before
        or not behind
        or token.kind in {"letter", "date"}
        or behind[0].kind != "text"
        or not _NATURE.match(behind[0].text)
    ):
        return token
    balance = before[0].kind in _FIGURES and not before[0].money
    nought = not token.text.strip("0oO®°")
    read = letter_in("ownership", token.text)
    if nought or read is not None or not balance or not _BALANCE.fullmatch(before[0].text):
        return token
    return token._replace(kind="shred", letter=ILLEGIBLE, number=None, marks=())


def _marking(tokens: Sequence[Token], at: int) -> Token:
    """A small word or a digit alone in its cell of Table II, behind a title, as what is left of a mark."""
    token = tokens[at]
    if not at or token.text != token.cell.text.strip() or token.money:
        return token
    word = token.kind == "text" and _SMALL.fullmatch(token.text)
    if word and token.text.lower() not in _WORDS:
        return token._replace(kind="shred")
    if token.kind == "number" and len(token.text) == 1 and _beside_title(tokens, at):
        return token._replace(kind="shred", number=None)
    return token


def _beside_title(tokens: Sequence[Token], at: int) -> bool:
    """Whether a digit stands where only marks and days do: before a row's day, or behind its amount.

    Behind the amount means before the words of what underlies, whose number follows them; a whole
    figure stands between the day and it.
    """
    day = next((i for i, token in enumerate(tokens) if token.kind == "date"), None)
    if day is None or at < day:
        return day is not None and tokens[at - 1].kind == "text"
    following = tokens[at + 1 :]
    words = next((i for i, token in enumerate(following) if token.kind == "text"), None)
    if words is None or any(token.kind in _FIGURES for token in following[:words]):
        return False
    counted = any(token.kind in _FIGURES for token in following[words:])
    return counted and any(is_grouped(token) for token in tokens[day:at])
