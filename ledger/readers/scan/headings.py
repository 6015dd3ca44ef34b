"""The printed words of the tables: which table a line opens, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ledger.readers.scan.columns import INITIAL_PRINTED, PRINTED
from ledger.readers.scan.labels import contains, distance, edits, letters, within
from ledger.readers.scan.lines import Cell, Line
from ledger.readers.scan.tokens import DAY, Token
from ledger.types import Table

_HEADINGS: dict[Table, str] = {
    "I": "Table I Non-Derivative Securities",
    "II": "Table II Derivative Securities",
}

WORDING = """
Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned
Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned
(e.g., puts, calls, warrants, options, convertible securities)
1. Title of Security (Instr. 3) 2. Transaction Date (Month/Day/Year)
2A. Deemed Execution Date, if any (Month/Day/Year) 3. Transaction Code (Instr. 8) Code V
4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5) Amount (A) or (D) Price
5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)
5. Amount of Securities Beneficially Owned at end of Issuer's Fiscal Year (Instr. 3 and 4)
Owned at End of Month
6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)
7. Nature of Indirect Beneficial Ownership (Instr. 4)
1. Title of Derivative Security (Instr. 3)
2. Conversion or Exercise Price of Derivative Security 3. Transaction Date (Month/Day/Year)
3A. Deemed Execution Date, if any (Month/Day/Year) 4. Transaction Code (Instr. 8)
5. Number of Derivative Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5) (A) (D)
6. Date Exercisable and Expiration Date (Month/Day/Year) Date Exercisable Expiration Date
7. Title and Amount of Securities Underlying Derivative Security (Instr. 3 and 4)
Title Amount or Number of Shares 8. Price of Derivative Security (Instr. 5)
9. Number of derivative Securities Beneficially Owned Following Reported Transaction(s) (Instr. 4)
9. Number of derivative Securities Beneficially Owned at End of Year (Instr. 4)
10. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)
11. Nature of Indirect Beneficial Ownership (Instr. 4)
1. Title of Security (Instr. 4) 2. Amount of Securities Beneficially Owned (Instr. 4)
3. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)
4. Nature of Indirect Beneficial Ownership (Instr. 5)
1. Title of Derivative Security (Instr. 4) 2. Date Exercisable and Expiration Date
3. Title and Amount of Securities Underlying Derivative Security (Instr. 4)
4. Conversion or Exercise Price of Derivative Security
5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)
6. Nature of Indirect Beneficial Ownership (Instr. 5)
Code V Amount (A) or (D) Price
Code V (A) (D) Date Exercisable Expiration Date Title Amount or Number of Shares
"""
"""What the forms themselves print over their columns."""

_HYPHENED = re.compile(r"(?<![\w-])[A-Za-z]{1,4}-([A-Za-z]{6,12})\b")
"""What is left of `Non-Derivative`; before `Derivative` alone a dash stands free."""

_NON = re.compile(r"\W*[TFf]a[bh]le\W{1,3}\S{0,3}?\W{0,4}N(?:on\s?-\s?[A-Z]|(?:on)?(?:\W*$|\W+\s))")
"""How the heading of Table I begins, however little of the rest is legible."""

_NUMBERED = re.compile(r"(?<![\w,./$(])(1[01]|[1-9]A?)\s?\.(?=\s+[A-Za-z])")
_ONLY_BY_NUMBER: dict[Table, frozenset[str]] = {
    "I": frozenset({"2A"}),
    "II": frozenset({"3A", "8", "9", "10", "11"}),
}
"""Numbers that the columns of one table alone have, on Forms 4 and 5."""

_ONLY_II = ("Title of Derivative Security", "Conversion or Exercise Price", "Securities Underlying")
_BARE = letters(WORDING)
_LONG = 40
_BRACKETED = re.compile(r"(?i)\((?:month/|[il1]nstr\b)")
"""How the brackets begin that headings print, and no title or nature of ownership."""

_SHORT = frozenset({"code", "codev", "aord", "instr", "title", "price", "amount"})
_SINGLE = frozenset({"v", "a", "d"})
_TITLED = frozenset("security securities shares option options warrant warrants derivative".split())
"""Words of the headings that titles have too."""

_VOCABULARY = frozenset(word for word in (letters(w) for w in WORDING.split()) if len(word) > 2)
_OWNED = re.compile(r"(?<![(\d])\d[\d,.]*\s+[DI](?:\s|$)")
_ITEM = re.compile(r"(?:1[01]|[1-9])A?\s*\.")

_NAMED_ITEM = re.compile(r"(?<![\w,./$])(?:1[01]|[1-9])A?\s?\.\s+([A-Za-z]{4,})")
"""The number of a column, and the first word that is printed behind it."""

_LEAVES: dict[Table, tuple[tuple[str, str], ...]] = {
    "I": (
        ("security", "Title of Security"),
        ("deemed_execution_on", "Deemed Execution"),
        ("effective_on", "Transaction Date"),
        ("shares_after", "Amount of Securities"),
        ("nature", "Nature of Indirect"),
        ("ownership", "Ownership Form"),
    ),
    "II": (
        ("exercise_price", "Conversion or Exercise Price"),
        ("security", "Title of Derivative"),
        ("deemed_execution_on", "Deemed Execution"),
        ("effective_on", "Transaction Date"),
        ("underlying_shares", "Amount or Number of Shares"),
        ("shares_after", "Beneficially Owned Following"),
        ("shares_after", "Beneficially Owned at End"),
        ("price", "Price of Derivative Security"),
        ("nature", "Nature of Indirect"),
        ("ownership", "Ownership Form"),
        ("exercisable_on", "Date Exercisable"),
        ("expires_on", "Expiration Date"),
    ),
}
_SHORT_LEAVES: dict[Table, dict[str, str]] = {
    "I": {"code": "code", "v": "timeliness", "amount": "shares", "aord": "direction"}
    | {"price": "price"},
    "II": {"code": "code", "v": "timeliness", "a": "acquired", "d": "disposed"}
    | {"title": "underlying"},
}
_STROKES = re.compile(r"\W*Table (?:[|!l]|Il|lI|ll|It|I!|l!|il|li)(?![A-Za-z])")
"""How a program reads the numeral of a heading, where it takes strokes for letters or lines."""

_GROUPS = (
    "Date Exercisable and Expiration",
    "Title and Amount",
    "Securities Acquired",
    "Number of Derivative Securities Acquired",
)


def table_of(line: Line) -> Table | None:
    """The table whose heading a line is, letters lost or not; None for any other line."""
    text = line.text
    if DAY.search(text) or len(letters(text)) < 6:
        return None
    if short := re.fullmatch(r"(?i)\W*table\s*(I{1,2}|1|2)\W*", text):
        return "I" if short.group(1) in {"I", "i", "1"} else "II"
    if _NON.match(text):
        return "I"
    bare = letters(text)
    if len(bare) < 14 or _ITEM.match(text.strip()) or distance(bare[:12], "table") > 2:
        return None
    off = {table: distance(bare, heading) for table, heading in _HEADINGS.items()}
    non = any(distance(word.lower(), "derivative") < 4 for word in _HYPHENED.findall(text))
    table: Table = "I" if non or off["I"] < off["II"] else "II"
    if (off["I"] == off["II"] and not non) or off[table] * 10 > len(letters(_HEADINGS[table])) * 3:
        return None
    return table


def strokes_read(lines: Iterable[Line]) -> bool:
    """Whether the numeral of a table's heading stands as strokes that a program took for letters.

    Of 147 on clean and copied pages 114 do, and none of 45 in the text of a PDF.
    """
    return any(_STROKES.match(line.text) and table_of(line) for line in lines)


def table_by_wording(line: Line, *, headed: bool = False) -> Table | None:
    """The table that column headings can only belong to, where their table's own is lost.

    By their words, or by the numbers of four columns and more. Right below a heading that says otherwise
    (`headed`) one number is no evidence: a `2A` may be read as `3A`, a `3` as `8`.
    """
    if any(contains(line.text, label) for label in _ONLY_II):
        return "II"
    if contains(line.text, "Title of Security"):
        return "I"
    numbers = _NUMBERED.findall(line.text)
    only = {table: sum(n in own for n in numbers) for table, own in _ONLY_BY_NUMBER.items()}
    if len(numbers) < 4 or all(only.values()) or not max(only.values()) > headed:
        return None
    return "II" if only["II"] else "I"


@lru_cache(maxsize=4096)
def is_wording(text: str) -> bool:
    """Whether a cell is part of what the forms print over their columns."""
    bare = letters(text)
    if not bare:
        return True
    if bare in _SHORT or _ITEM.fullmatch(text.strip()):
        return True
    if 2 < len(bare) < 7 and any(_near(bare, short) for short in _SHORT if len(short) > 3):
        return True
    if len(bare) < 4:
        return False
    if bare in _BARE:
        return True
    if len(bare) >= 6:
        # The longer the text, the less it can be like a heading by accident.
        allowed = len(bare) * 2 // 5 if len(bare) > _LONG else len(bare) // 4
        if within(_BARE, bare, allowed):
            return True
    return _known_words(text) * 5 >= len(bare) * 4


def _known_words(text: str) -> int:
    """How many of a text's letters are in words that the headings use."""
    words = [letters(word) for word in text.split()]
    return sum(
        len(word)
        for word in words
        if len(word) < 3
        or word in _VOCABULARY
        or (len(word) > 4 and any(_near(word, known) for known in _VOCABULARY))
    )


def most_is_wording(pieces: Sequence[str]) -> bool:
    """Whether most letters of some pieces are in words that the headings alone use, misread or not.

    Two such words at least that no title has: `Derivative Security` may be one. Or a bracket that
    they alone print.
    """
    if any(map(_BRACKETED.search, pieces)):
        return True
    words = [bare for piece in pieces for word in piece.split() if (bare := letters(word))]
    known = [word for word in words if len(word) > 4 and word not in _TITLED and _printed(word)]
    read = sum(len(word) for word in words if _printed(word))
    return len(known) > 1 and read * 2 > sum(map(len, words))


def _printed(word: str) -> bool:
    return word in _VOCABULARY or (
        len(word) > 4 and any(_near(word, known) for known in _VOCABULARY if len(known) > 4)
    )


def _near(word: str, known: str) -> bool:
    alike = len(word) > 4 or word[0] == known[0]
    return (
        alike
        and abs(len(word) - len(known)) < 2
        and edits(word, known) < 4  # the quicker count, of a letter at each end besides
        and distance(word, known) < 2
    )


def is_crumb(line: Line) -> bool:
    """Whether a line is a letter or an item's number that may be a heading's, or a row's."""
    text = line.text.strip()
    return len(line.filled) == 1 and (letters(text) in _SINGLE or bool(_ITEM.fullmatch(text)))


def is_wording_line(line: Line) -> bool:
    """Whether most of a line is column headings."""
    if (
        is_crumb(line)
        or DAY.search(line.text)
        or _OWNED.search(line.text)
        or not letters(line.text)
    ):
        return False
    cells = [cell for cell in line.filled if len(letters(cell.text)) > 1]
    if not cells:
        return False
    items = _NAMED_ITEM.findall(line.text)
    if sum(any(_near(letters(word), known) for known in _VOCABULARY) for word in items) > 1:
        return True
    long = sum(len(letters(cell.text)) for cell in cells)
    printed = sum(len(letters(cell.text)) for cell in cells if is_wording(cell.text))
    return printed * 3 >= long * 2


def leaves(lines: Iterable[Line], table: Table) -> list[tuple[Cell, str]]:
    """The cells of heading lines that name one column, and the column they name."""
    found = []
    for line in lines:
        for cell in line.filled:
            name = _leaf(cell.text, table)
            if name:
                found.append((cell, name))
    return found


def _leaf(text: str, table: Table) -> str | None:
    bare = letters(text)
    if bare in _SHORT_LEAVES[table]:
        return _SHORT_LEAVES[table][bare]
    if len(bare) < 8 or any(contains(text, group) for group in _GROUPS):
        return None
    for name, label in _LEAVES[table]:
        if contains(text, label):
            return name
    return None


def layouts(
    tokens: Sequence[Token],
    line: Line,
    table: Table,
    heads: Sequence[tuple[Cell, str]],
    *,
    initial: bool,
) -> tuple[dict[int, str], ...]:
    """Which printed column each cell of a row stands under, in every way that may be meant.

    By the headings above it, and by the number of columns the form prints.
    """
    found: list[dict[int, str]] = []
    if heads:
        found.append(_under(tokens, heads))
    if line.ruled:
        for printed in (INITIAL_PRINTED if initial else PRINTED)[table]:
            width = line.width
            while width > len(printed) and not line.cells[width - 1].text:
                width -= 1
            if width == len(printed) or width == len(printed) - 1:
                found.append(dict(enumerate(printed)))
    return tuple(found)


def _under(tokens: Sequence[Token], heads: Sequence[tuple[Cell, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for token in tokens:
        names = [
            n for cell, n in heads if cell.start < token.cell.end and token.cell.start < cell.end
        ]
        if len(set(names)) == 1:
            found[token.column] = names[-1]
    return found
