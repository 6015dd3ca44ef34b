"""Text as a real program reads it off a picture: the smallest pieces suffer, figures stand.

The rates are those of page reading at 200 to 300 dots an inch. Of lone codes under half stay
as they are and nearly half are doubled; of codes with a raised mark nine in ten lose its form;
of the I of ownership two thirds are strokes and a fifth is gone. Split figures and letters in
them, which a damaged copy of a text has, hardly occur.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_CODE = re.compile(r"(?P<letter>[A-Z])(?P<mark>\s?\(\d{1,2}\))?")
_TAILS = ("a)", "ay", "q)", "a", "()", "ig)", "e)")
_STROKES = ("|", "|", "|", "1", "l", "]", "!", "i")


def misread(text: str, *, seed: int) -> str:
    """A text whose columns stand apart, with its lone letters misread."""
    chance = random.Random(seed)
    return "\n".join(_line(line, chance) for line in text.split("\n"))


def _line(line: str, chance: random.Random) -> str:
    if not _DAY.search(line):
        return line
    pieces = re.split(r"(\s{2,})", line)
    letters = [at for at, piece in enumerate(pieces) if _CODE.fullmatch(piece)]
    day = next((at for at, piece in enumerate(pieces) if _DAY.fullmatch(piece)), len(pieces))
    code = next((at for at in letters if at > day), None)
    for at in letters:
        found = _CODE.fullmatch(pieces[at])
        assert found is not None
        if at == code:
            pieces[at] = _code(found, chance)
        elif at == letters[-1] and found["letter"] == "I":
            pieces[at] = _owned(chance)
    return "".join(pieces)


def _code(found: re.Match[str], chance: random.Random) -> str:
    letter = found["letter"]
    if found["mark"]:
        return found.group() if chance.random() < 0.07 else letter + chance.choice(_TAILS)
    drawn = chance.random()
    return letter if drawn < 0.5 else letter + letter.lower()


def _owned(chance: random.Random) -> str:
    drawn = chance.random()
    return "I" if drawn < 0.15 else chance.choice(_STROKES) if drawn < 0.8 else " "


def _braced(text: str, chance: random.Random) -> str:
    """Marks that stand alone in their cells, in braces."""
    marks = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    return re.sub(
        r"(?<=\s)⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})⁾(?=\s)",
        lambda mark: chance.choice(("{%s}", "{%s)", "(%s}")) % mark[1].translate(marks),
        text,
    )


def _headless(text: str, chance: random.Random) -> str:
    """Of Table I's heading little is left, and its first transaction lost its amount."""
    torn = chance.choice(("Table | - N", "Table | - Non:  red, Disposed of, or Beneficially Owned"))
    return _amount_lost(re.sub(r"(?m)^Table I - Non.*$", torn, text))


def _unheaded(text: str, _: random.Random) -> str:
    """No heading of Table I is legible, and its first transaction lost its amount."""
    heading = re.compile(r"(?ms)^Table I - Non.*?^( +Code .*?)$")
    return _amount_lost(heading.sub("", text))


def _amount_lost(text: str) -> str:
    before, table, rest = text.partition("Table II")
    day = r"(?m)^(\S.*?\d{4}\s{2,}[A-Z]\s{2,}(?:V\s{2,})?)([\d,]+)(\s{2,})[AD](\s{2,})"
    before = re.sub(day, lambda row: f"{row[1]}{row[3]} {row[4]}", before, count=1)
    return before + table + rest


def _rounded(text: str, chance: random.Random) -> str:
    """A conversion's C in Table II is another round letter."""
    before, table, rest = text.partition("Table II")
    return before + table + re.sub(r"(?<=\s{3})C(?=\s{3})", lambda _: chance.choice("SG"), rest)


def _lined(text: str, chance: random.Random) -> str:
    """Lines stand close before words and figures: strokes, and a digit before what is held."""
    text = re.sub(r"(?m)(?<=\s{3})(Execution|Direct|Ownership)\b", r"l\1", text)
    held = re.compile(r"(?m)^(\S[A-Za-z ]*?\s{9,})\s(\d{2},\d{3}\s{2,}[DI]\b)")
    return held.sub(lambda row: f"{row[1]}{chance.choice('147')}{row[2]}", text)


def _specked(text: str, chance: random.Random) -> str:
    """Specks lie in the lines that tell what is held, and one digit of the figure is another."""

    def spoil(row: re.Match[str]) -> str:
        digit = chance.choice([d for d in "1234567890" if d != row[3]])
        gap = " " * max(0, len(row[2]) - 8)
        return f"{row[1]}  :  .  {gap}{digit}{row[4]}"

    held = re.compile(r"(?m)^(\S[A-Za-z ]*?)(\s{9,})(\d)(\d{0,2},\d{3}\s{2,}[DI]\b)")
    return held.sub(spoil, text)


MISREADINGS: dict[str, Callable[[str, random.Random], str]] = {
    "marks in braces": _braced,
    "a heading of one letter": _headless,
    "no heading": _unheaded,
    "a round letter": _rounded,
    "specks and a digit": _specked,
    "a line for a digit": _lined,
}
"""What a program makes of a page, by kind, that no print shows by itself."""


def misread_as(kind: str, text: str, *, seed: int) -> str:
    """A text whose columns stand apart, with one kind of misreading, and strokes for its numerals."""
    spoilt = MISREADINGS[kind](text, random.Random(f"{kind}/{seed}"))
    return spoilt.replace("Table I - ", "Table | - ").replace("Table II - ", "Table Il - ")
