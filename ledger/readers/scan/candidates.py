"""What a short or damaged piece may be: letters in their columns, figures with look-alikes undone.

Real programs misread the smallest pieces most: a code with a raised mark is one garbled word
(`G(1)` comes out as `Ga)`), a lone capital is doubled (`Ss`), the I of ownership between two
rules is a stroke. So a short piece keeps every letter it may be, with a cost; the row decides.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.codes import CODES
from ledger.readers import grammar

STROKES = re.compile(r"[|!\\/'‘’\]\[{}lIitTf]{1,2}[.,:})\]]?|1[})\]]?|\.[|lIi1]")
"""What an I that stands alone between two rules is read as."""

ILLEGIBLE = "?"
"""What is said of a column of letters in which surely one stands and none can be read."""

_ROUND = re.compile(
    r"[DOo][.,:})\]]?|0[})\]]?|[Dd][DdOo]|[BDEOQ0]D|[pP][bB]|1[3Z]\)|D[a-z][)}\]]|Db|o[dD]|OO"
    r"|[=~_\u2013\u2014-]{1,3}D|D[=~_\u2013\u2014-]{1,3}|[pb][dP][‘’'\".]?|D[PBf]"
)
"""What a D that stands alone between two rules is read as."""

_TAIL = r"(?:[(\[{]?[a-z0-9@¢&?()\[\]{}]{0,3}[)\]}]{1,2}|[aqi0-9@]?y|[an0-9q@]|\(\)|[(\[]\d{1,2})"
_CODED = re.compile(rf"[$'‘’“\".,_-]?(?P<letter>[A-Za-z]){_TAIL}[.,]?")
_DOUBLED = re.compile(
    r"[$'‘’.,_-]?(?P<letter>[A-Z])(?P<again>[a-z])(?:[.,]|[^\w\s]{1,3})?|\$(?P<dollar>s)"
)
_RAISED = re.compile(
    r"[$'‘’“\".,_-]?(?P<letter>[A-Za-z])[oOH0®©°*“”\"'@%]{1,2}[)\]}°®*\"”’']?[.,]?"
)
"""A code and what a small raised mark beside it is read as: `S(1)` as `so`, `s®` or `sH)`."""

_DOLLAR = re.compile(r"\$(?:[PQHNRT]|[^\w\s.,]){1,2}[)\]}]?|\$\d[)\]}]|§|5[)\]}]?")
"""What an S and its mark are read as, where none of the letter is left but its shape."""

REMNANT = re.compile(r"[¢§]|\$[^\w\s.,]{1,2}[)\]}]?|[)}]|[(\[{]?0[)\]}]")
"""What is left of an S with its mark, or of a nought: no note has the number 0."""

NOUGHT = re.compile(
    r"[cCoO]{1,2}[)}\]]?|[(\[{]?0[\d?!°®©*'‘’“”%]{0,2}[)}\]][.,]?"
    r"|[oOQ][lfti?!°®©*'‘’“”%]{1,2}[)}\]][.,]?|[)}]"
)
"""What a program makes of a nought alone between two lines, with what is left of its mark.

No note has the number 0, and no mark stands alone where a total does (0 of 800 transactions).
"""

NOTHING_PAID = re.compile(
    r"[$§](?:0[^\d\s.,]{1,3}|0[\d?!]{1,2}[)\]}]|[oO][^\w\s.,]{0,2}|[oO0]{2}[^\w\s.,]{0,2})"
    r"|s[oO0]{1,2}[^\w\s.,]{1,2}"
)
"""What a price of nothing and its raised mark are read as: `$0(1)` as `$00)`, `so)` or `$0!)`."""

CONFUSED = frozenset(
    frozenset(pair) for pair in "14 17 12 06 08 09 23 35 38 39 56 58 68 69 89".split()
)
"""Digits of which a program takes one for the other."""

_LONG = 3
"""Digits from which on a figure with one of them misread is known again."""

_FRAYED_C = re.compile(r"[cC](?!c)[a-z]{1,2}|[cC]S")
_FRAYED_J = re.compile(r"[jJ][a-z]{1,2}[?!.)\]}]{0,2}")
_TAILED_J = re.compile(r"y[a-z]{1,2}[?!.)\]}]{0,2}")
"""A J whose mark ran into it: its small letter has a tail as a y has, which is no code."""

_FRAYED_S = re.compile(
    r"(?:s(?!s)[a-zà-ÿ0-9?!°®©*¢@]?|S(?!s))[a-zà-ÿ0-9?!°®©*¢@][)\]}]?|[$§g][a-z0-9?!°®©*¢@]{1,2}[)\]}]?"
    r"|[358](?:%|[?!°®©*]?[)\]}]|\d[)\]}])?"
)
"""A C or an S on a fax, where its mark has run into it; what an S looks like says little alone."""

_PART_OF_HUNDRED = re.compile(r"[358]%")
"""An S and its mark: nothing on the form is counted in hundredths."""

_SMALL_G = re.compile(r"g(?:[^\sg]|\(\d)?[^\sg]{0,3}")
"""A small g, with or without a mark: of 44 so read 39 were an S, and three a G."""

_FRINGE = "'‘’“\"”`.,:_*°-"
"""Specks beside a letter."""

_ILLEGIBLE = re.compile(r"[a-z]{2,3}")
"""What may be left of a code and its mark where neither can be read."""

_DIGIT = re.compile(r"[1-9][.,]?")
"""A letter alone that was read as a digit."""

_ALIKE = "csvxzwupkmjCSVXZWUPKMGJ"
"""Capitals whose small letters look the same, as a program takes one for the other."""

_MARKED = re.compile(r"[()\[\]{}@¢&?]|^[Qq]{1,2}$")
_LONGEST_SHRED = 8

_LOOKALIKES = str.maketrans("OoQDlI|iSsBZz", "0000111155822")
_CERTAIN = frozenset("OolI|")
_EDGES = " \"'‘’“”:;=_~*|[]{}-`\u2014\u2013"
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,4})?")
_PLAIN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?|\.\d+")


def letter_in(column: str, text: str) -> tuple[str, int] | None:
    """The letter a short piece may be in a column of letters, and what that costs.

    The letter is `?` where something surely stands there and cannot be read. None: the
    piece is no letter of this column.
    """
    if len(text) > _LONGEST_SHRED:
        return None
    if column == "ownership":
        if STROKES.fullmatch(text):
            return "I", 0 if text in {"|", "I"} else 1
        return _round(text)
    if column == "direction":
        if text in {"4", "A.", "a", "AL", "Al", "A|", "A]", "a]", "a|"}:
            return "A", 2
        return _round(text)
    if column == "code":
        return _code(text)
    if column == "timeliness":
        return ("V", 1) if text in {"Vv", "v", "VV"} else None
    return None


def _round(text: str) -> tuple[str, int] | None:
    if _ROUND.fullmatch(text):
        return "D", 1
    return ("?", 2) if is_shred(text) else None


def _code(text: str) -> tuple[str, int] | None:
    alone = text.strip(_FRINGE)
    if alone != text and len(alone) == 1 and (alone in CODES or alone in _ALIKE):
        return alone.upper(), 1
    doubled = _DOUBLED.fullmatch(text)
    if doubled and (doubled["dollar"] or doubled["again"].upper() == doubled["letter"]):
        return (doubled["letter"] or "S"), 1
    if _DOLLAR.fullmatch(text) or text == "$":
        return "S", 2 if text[0] == "5" else 1
    if text in {"¢", "iC", "|C", "¢)"}:
        return "C", 1
    if len(text) == 1 and text in _ALIKE:
        return text.upper(), 1
    if letter := frayed(text):
        return letter, 2
    coded = _CODED.fullmatch(text) or _RAISED.fullmatch(text)
    if coded is None:
        lost = is_shred(text) or _ILLEGIBLE.fullmatch(text) or _DIGIT.fullmatch(text)
        return (ILLEGIBLE, 3) if lost else None
    letter = coded["letter"]
    if letter.islower() and letter not in _ALIKE:
        return "?", 3
    return (letter.upper(), 1) if letter.upper() in CODES else ("?", 3)


def frayed(text: str) -> str:
    """The C, J or S that a print is likest, which its row must bear out; else nothing."""
    if _SMALL_G.fullmatch(text):
        return "S"
    if _TAILED_J.fullmatch(text):
        return "J"
    if _CODED.fullmatch(text) or _RAISED.fullmatch(text) or _DOLLAR.fullmatch(text):
        return ""
    if _FRAYED_J.fullmatch(text):
        return "J"
    return "C" if _FRAYED_C.fullmatch(text) else "S" if _FRAYED_S.fullmatch(text) else ""


def is_confused(read: str, meant: str) -> bool:
    """Whether one figure is another in all but one digit, which programs take for the other's."""
    apart = [pair for pair in zip(read, meant, strict=False) if pair[0] != pair[1]]
    alike = len(read) == len(meant) >= _LONG and len(apart) == 1
    return alike and frozenset(apart[0]) in CONFUSED


def is_shred(text: str) -> bool:
    """Whether a short piece is what a footnote mark or a lone sign may be misread as."""
    if len(text) > _LONGEST_SHRED or not _MARKED.search(text):
        return False
    runs = re.findall(r"[A-Za-z]+", text)
    digits = sum(c.isdigit() for c in text)
    return sum(map(len, runs)) <= 3 and all(len(run) < 3 for run in runs) and digits <= 4


def is_short(text: str) -> bool:
    """Whether a piece is no word, but what is left of a letter, a mark or a zero."""
    if len(text) > _LONGEST_SHRED:
        return False
    doubled = _DOUBLED.fullmatch(text)
    twice = doubled and (doubled["dollar"] or doubled["again"].upper() == doubled["letter"])
    letter = bool(twice) or (len(text) == 1 and text.isalpha())
    signs = (STROKES, _ROUND, NOTHING_PAID, _PART_OF_HUNDRED)
    return letter or is_shred(text) or any(sign.fullmatch(text) for sign in signs)


def figures_of(text: str, *, price: bool = False) -> tuple[Decimal, ...]:
    """The numbers a damaged print may be, each well formed once its damage is undone.

    Stray signs before and behind are left out, letters that look like figures are taken
    for them, and whatever divides groups of three is one comma; in a `price` a point is one.
    Several answers mean that the print alone does not decide.
    """
    bare = text.strip(" $").lstrip(_EDGES).removeprefix("$").rstrip(_EDGES)
    bare = bare if price else bare.removesuffix(".")
    # What begins with a separator, or ends with one, is a piece of a number.
    if (
        not bare
        or bare[0] in ".,"
        or bare[-1] in ".,"
        or not any(c.isdigit() or c in _CERTAIN for c in bare)
    ):
        return ()
    whole = re.sub(r"\s+", "", bare)
    if _GROUPED.fullmatch(whole) and "," in whole and "." in whole:
        number = grammar.quantity(whole)  # two signs that differ are a comma and a point
        return () if number is None else (number,)
    figures = whole.translate(_LOOKALIKES)
    found: dict[Decimal, None] = {}
    for written in _separated(figures, price=price):
        if _GROUPED.fullmatch(written) or _PLAIN.fullmatch(written):
            number = grammar.quantity(written)
            if number is not None:
                found[number] = None
    return tuple(found)


def _separated(figures: str, *, price: bool) -> list[str]:
    """A run of figures with its separators as commas, and where it may be, as a point."""
    if re.search(r"[^\d.,'’:;*=~-]", figures):
        return []
    parts = [part for part in re.split(r"[.,'’:;*=~-]+", figures) if part]
    signs = re.findall(r"[.,'’:;*=~-]+", figures.strip(".,'’:;*=~-"))
    if len(parts) == 1:
        return [parts[0]]
    grouped = all(len(part) == 3 for part in parts[1:]) and 0 < len(parts[0]) < 4
    whole = all(len(part) == 3 for part in parts[1:-1]) and 0 < len(parts[0]) < 4
    written = []
    pointed = signs[-1] in {".", ":", ";"}
    if grouped and not (price and pointed):
        written.append(",".join(parts))
    if pointed and whole and not (grouped and len(parts) > 2):
        written.append(",".join(parts[:-1]) + "." + parts[-1])
    return written
