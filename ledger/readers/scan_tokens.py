"""The pieces a row is made of: dates, numbers, letters, footnote marks and words.

A piece is taken for what its own print allows and for nothing more. A number whose
thousands are cut wrongly, or a day that the calendar lacks, is `broken`: it fills its
column but has no value until arithmetic proves one.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from ledger.readers import grammar
from ledger.readers.scan_text import BREAK, MARK_CLOSE, MARK_OPEN, Cell

Kind = Literal["date", "number", "letter", "marks", "text", "word", "broken", "junk"]


class Token(NamedTuple):
    """One piece of a row: its print, what it can be, and where it stood.

    `column` counts the cells of its line, `marks` are the footnotes glued to it, `letter`
    is the capital of a code, an A, D or I, and `money` says a dollar sign stood before it.
    """

    kind: Kind
    text: str
    line: int
    cell: Cell
    column: int
    marks: tuple[str, ...] = ()
    number: Decimal | None = None
    day: date | None = None
    letter: str = ""
    money: bool = False


_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "|".join(rf"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in _MONTHS)
_DAY = (
    r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{2}|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}},?\s*\d{{4}}"
)
DAY = re.compile(rf"(?i)(?<![\d/A-Za-z])(?<!\d-)(?:{_DAY})(?![\d/A-Za-z])(?!-\d)")
"""A calendar day in any of the ways forms print one."""

_NUMBER = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?|\.\d+")
_ZERO = re.compile(r"-+\s*0\s*-+")
_NUMBERLIKE = re.compile(r"[\dOolISsBZz,.$'’:;*=~()%-]*\d[\dOolISsBZz,.$'’:;*=~()%-]*")
_DAYLIKE = re.compile(r"[\dOolISsBZz]{0,4}[/-][\dOolISsBZz]{0,4}(?:[/-][\dOolISsBZz]{0,5})?")
_RAISED = re.compile(rf"{MARK_OPEN}(\d{{1,3}}){MARK_CLOSE}")
_MARK = rf"(?:{MARK_OPEN}\d{{1,3}}{MARK_CLOSE}|[(\[]\d{{1,2}}(?:\s*[,&]\s*\d{{1,2}})*[)\]])"
_MARKS_ONLY = re.compile(rf"(?:{_MARK}|[(\[]?\d{{1,2}}[)\]]|\(\d{{1,2}})(?:[\s,]*{_MARK})*[\s,]*")
_TRAILING = re.compile(rf"((?:[\s,]*{_MARK})+)\s*$")
_LEADING = re.compile(rf"^\s*({_MARK}(?:[\s,]*{_MARK})*)\s*(?=\S)")
_WORDS = re.compile(
    r"(?i)(?:immed(?:iate(?:ly)?)?\.?|current(?:ly)?|now|presently|n/?a|none|var(?:ious|ies))"
)
_CODE = re.compile(r"[345]?\s*(?P<letter>[ACDEFGHIJKLMOPSUVWXZ])\s*[345]?")
_LETTER = re.compile(r"\(?(?P<letter>[ADI])\)?")
_JUNK = re.compile(r"[^A-Za-z0-9]*|\d{1,2}[Aa]?\.")
_UNITS = re.compile(r"(?i)\s*(?:shares?|shs\.?)$")


def day_of(text: str) -> date | None:
    """The day a text names: `09/30/2021`, `9/30/21`, `2021-09-30`, `September 30, 2021`."""
    text = text.strip()
    if "-" in text and not text[:4].isdigit():
        return grammar.day_us(text.replace("-", "/"))
    found = grammar.day_us(text, short_year=True) or grammar.day_iso(text)
    if found or not text[:1].isalpha():
        return found
    named = re.fullmatch(r"([A-Za-z]+)\.?\s+(\d{1,2}),?\s*(\d{4})", text)
    if not named:
        return None
    month = next(i for i, name in enumerate(_MONTHS, 1) if name[:3] == named.group(1).lower()[:3])
    return grammar.day_us(f"{month}/{named.group(2)}/{named.group(3)}")


def number_of(text: str) -> Decimal | None:
    """A properly grouped number without leading zeros, with or without a dollar sign."""
    bare = text.strip().removeprefix("$").strip()
    if _ZERO.fullmatch(bare):
        return Decimal(0)
    return grammar.quantity(bare) if _NUMBER.fullmatch(bare) else None


def marks_of(text: str) -> tuple[str, ...]:
    """The footnote numbers in a run of marks, each once, in order."""
    return tuple(dict.fromkeys(str(int(n)) for n in re.findall(r"\d+", text)))


def tokens_of(cell: Cell, *, line: int, column: int) -> list[Token]:
    """The pieces of one cell, in order."""
    text = cell.text.replace(BREAK, " ").strip()
    whole = _whole(text, Token("junk", text, line, cell, column))
    if whole is not None:
        return [whole]
    if not DAY.search(text) and _wordy(text):
        return _tail(text, cell, line, column)
    found: list[Token] = []
    at = 0
    for day in DAY.finditer(text):
        found += _parts(text[at : day.start()], cell, line, column, first=at == 0)
        found.append(Token("date", day.group(), line, cell, column, day=day_of(day.group())))
        at = day.end()
    found += _parts(text[at:], cell, line, column, first=at == 0)
    return _glued([_undated(token) for token in found])


def _undated(token: Token) -> Token:
    return token._replace(kind="broken") if token.kind == "date" and token.day is None else token


def _whole(text: str, blank: Token) -> Token | None:
    """A cell that is one piece, with or without marks around it."""
    if not text or _JUNK.fullmatch(_RAISED.sub("0", text)):
        return blank
    if _MARKS_ONLY.fullmatch(text):
        return blank._replace(kind="marks", marks=marks_of(text))
    marks: list[str] = []
    for pattern in (_TRAILING, _LEADING):
        if found := pattern.search(text):
            marks += marks_of(found.group(1))
            text = (text[: found.start(1)] + text[found.end(1) :]).strip()
    piece = _piece(text, blank._replace(marks=tuple(marks)))
    return piece._replace(text=blank.text) if piece else None


def _piece(text: str, blank: Token) -> Token | None:
    """A text without blanks inside that is a date, number, letter or broken figure."""
    if DAY.fullmatch(text):
        return _undated(blank._replace(kind="date", day=day_of(text), text=text))
    bare = _UNITS.sub("", text)
    number = number_of(bare)
    if number is not None:
        return blank._replace(kind="number", number=number, money="$" in text, text=text)
    if found := _LETTER.fullmatch(text) or _CODE.fullmatch(text):
        return blank._replace(kind="letter", text=text, letter=found["letter"])
    if _WORDS.fullmatch(text):
        return blank._replace(kind="word", text=text)
    numberlike = _NUMBERLIKE.fullmatch(bare) or (
        _DAYLIKE.fullmatch(bare) and any(c.isdigit() for c in bare)
    )
    if numberlike and sum(c.isdigit() for c in bare) * 2 >= len(bare.strip("$")):
        return blank._replace(kind="broken", money="$" in text, text=text)
    return None


def _wordy(text: str) -> bool:
    """Whether a cell is words, so that figures inside belong to them."""
    return bool(re.match(r"[^\d$]*[A-Za-z]{2}|\d+(?:\.\d+)?%|\d+[A-Za-z]", text))


_HELD = re.compile(
    rf"^(?P<words>.*?[A-Za-z.)].*?)\s+(?P<number>\$?[\d,.]*\d(?:\s*{_MARK})*)\s+"
    r"(?P<letter>[DI])(?:\s+(?P<nature>\S.*))?$"
)
_COUNTED = re.compile(
    rf"^(?P<words>.*?[A-Za-z]\)?)\s+(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\s*{_MARK})*)$"
)


def _tail(text: str, cell: Cell, line: int, column: int) -> list[Token]:
    """Words, and the figures that a lost column edge left standing behind them."""
    words, rest = text, ""
    if found := _HELD.match(text) or _COUNTED.match(text):
        words, rest = found["words"], text[found.end("words") :]
    blank = Token("text", words, line, cell, column)
    marks: tuple[str, ...] = ()
    if found := _TRAILING.search(words):
        marks, words = marks_of(found.group(1)), words[: found.start(1)].rstrip(" ,")
    head = blank._replace(text=_plain(words), marks=marks)
    return [head, *_parts(rest, cell, line, column, first=False)] if rest else [head]


def _parts(text: str, cell: Cell, line: int, column: int, *, first: bool) -> list[Token]:
    """The pieces of a stretch in which blanks alone divide the columns."""
    blank = Token("junk", "", line, cell, column)
    if first and _wordy(text):
        return _tail(text.strip(), cell, line, column)
    found: list[Token] = []
    pieces = re.sub(r"\$\s+(?=[\d.])", "$", text)
    for part in re.findall(rf"{_MARK}|\S+", pieces):
        token = _whole(part, blank._replace(text=part))
        previous = found[-1] if found else None
        if token is None or (
            token.kind == "letter"
            and previous is not None
            and previous.kind == "text"
            and re.search(r"(?i)\b(?:class|series|type|tranche)$", previous.text)
        ):
            token = blank._replace(kind="text", text=part)
        if token.kind == "text" and previous is not None and previous.kind == "text":
            found[-1] = previous._replace(text=f"{previous.text} {part}")
        else:
            found.append(token)
    return _glued([token for token in found if token.kind != "junk"])


def _glued(found: list[Token]) -> list[Token]:
    """Marks inside a cell belong to the piece before them."""
    out: list[Token] = []
    for token in found:
        if token.kind == "marks" and out and out[-1].kind != "marks":
            previous = out[-1]
            marks = tuple(dict.fromkeys(previous.marks + token.marks))
            out[-1] = previous._replace(marks=marks, text=f"{previous.text} {token.text}")
        else:
            out.append(token)
    return out


def _plain(words: str) -> str:
    return _RAISED.sub(r"(\1)", re.sub(r"\s+", " ", words)).strip()
