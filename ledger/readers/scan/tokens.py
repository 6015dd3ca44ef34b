"""The pieces a row is made of: dates, numbers, letters, footnote marks and words.

A piece is taken for what its own print allows and for nothing more. A number whose
thousands are cut wrongly, or a day that the calendar lacks, is `broken`: it fills its
column but has no value until its candidates or arithmetic leave one. A `shred` is what a
mark, a lone letter or a lone zero may have been misread as.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from ledger.readers import grammar
from ledger.readers.scan.candidates import REMNANT, STROKES, is_short
from ledger.readers.scan.lines import Cell
from ledger.readers.scan.markup import BREAK, MARK_CLOSE, MARK_OPEN

Kind = Literal["date", "number", "letter", "marks", "text", "word", "broken", "shred", "junk"]


class Token(NamedTuple):
    """One piece of a row: its print, what it can be, and where it stood.

    `column` counts the cells of its line, `marks` are the footnotes glued to it, `letter`
    is the capital of a code, an A, D or I, and `money` says a dollar sign stood before it.
    `unsure` is a number of which its program was not sure: it fills its column as others do,
    and has no value there until others prove it.
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
    unsure: bool = False


_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_MONTH = "sept|" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTHS)
_DAY = (
    r"\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{2}|\d{1,2}-\d{1,2}-\d{4}|\d{4}-\d{2}-\d{2}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}},?\s*\d{{4}}"
)
DAY = re.compile(rf"(?i)(?<![\d/A-Za-z])(?<!\d-)(?:{_DAY})(?![\d/A-Za-z])(?!-\d)")
"""A calendar day in any of the ways forms print one."""

_NUMBER = re.compile(r"(?:[1-9]\d{0,2}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?|\.\d+")
_WHOLE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_THREES = re.compile(r"\d,?\d{3}(?!\d)|(?<!\d)[1-9]\d\d(?!\d)")
"""Three digits together: they are of a figure, and no mark has as many."""

_ZERO = re.compile(r"-+\s*0\s*-+")
UNREAD = "(?)"
"""What stands for a footnote mark that is printed and cannot be read."""

_DOUBTED = re.compile(r"\$?[\d.,/]*\d[\d.,/]*\?")
"""A figure or a day on which the readings of its picture did not agree."""

_TORN = r"\$?\d{1,3}(?:,\s?\d{3}(?!\d))+(?:\s?\.\d+)?|\$?[1-9]\d{0,2}\s\.\d{2,}"
"""A figure in which a blank stands behind a comma or before a point, or none does."""

_EDGED = re.compile(rf"[|\[\]{{}}]*(?P<figure>\$?(?:{_NUMBER.pattern})\??)[|\[\]{{}}]*")
"""A figure between what is left of the lines of its cell."""

_FIGURED = re.compile(
    rf"[|\[\]{{}}]*(?:\$?(?:{_NUMBER.pattern})|{_TORN})|\d{{1,2}}/\d{{1,2}}/\d{{4}}"
)
_SPOILT = re.compile(r"\$?\d[\d.,]*\d[\d?!*°®©'‘’“”\"]{0,3}[)\]}]")
"""A figure, and a mark of which only the closing bracket is sure: `29.7471?)`."""

_RUN_OF_MARKS = re.compile(r"\d{1,2}\W?\w?[)\]}]")
"""A mark, or two of one figure each, without the brackets between them."""

_LINED = re.compile(r"[_\u2014]+\|[_\u2014]*[\d$]")
"""What is left of the lines of a cell, close before its figure."""

_HEADED = re.compile(r"[^\w\s]{0,3}[A-Za-z]?[^\w\s]?\d{0,3}(?:,\s?\d{3})+[^\w\s]{0,3}\d?[)\]}]?")
"""A figure in threes whose head was read as a letter, or has one before it, and what a mark leaves behind."""

_QUOTED = re.compile(r"(?:(?<=\d[)\]}])|(?<=\d\W[)\]}]))[\"“”'’*°]{1,2}$")
"""What is left of a raised mark behind the bracket that it was read as."""

_COMPANY = re.compile(r"(?:L\.?P|L\.?L\.?[CP]|Inc|Ltd|Co|Jr|Sr|I?[IVX]{1,3})\b\W")
"""How names of companies and families end, with what is left of a mark behind."""

_LONG = 3
"""Digits from which on a damaged figure is more than what a mark leaves."""

_SPECKS = '"“”*°®©'
"""What is left of a raised mark behind a damaged figure."""

_NUMBERLIKE = re.compile(
    r"[\"“”‘]?(?:§,)?[\dOolISsBZz,.$'’:;*=~()%-]*\d[\dOolISsBZz,.$'’:;*=~()%-]*"
)
_DAYLIKE = re.compile(r"[\dOolISsBZz]{0,4}[/-][\dOolISsBZz]{0,4}(?:[/-][\dOolISsBZz]{0,5})?")
_RUINED_DAY = re.compile(
    r"(?=.*/)(?=.*[a-z\d])[\doOlISsBZzgqabeirtn]{2,5}(?:/[\doOlISsBZzgqabeirtn]{2,3})?/?(?:19|20)\d\d"
    r"|\d{3,6}(?:19|20)\d\d[,.]?"
)
"""A day of which only the year is whole: `as/og/2013`, `ogio7/2012`, `07102/2012`, `1202017`."""

_RUINED_PRICE = re.compile(r"\$[1-9]\d*\.\S+")
"""A price of which the sign and the dollars are sure."""

_ONLY_A_YEAR = re.compile(
    r"[-\u2013\u2014'‘’\"“]?[\d/IlOoSsBZzgqabeirtn]{3,6}(?:199[4-9]|20[0-4]\d)[,.]?"
)
"""What may be left of a day where one stands: its strokes read as figures, or its figures as letters."""

_RAISED = re.compile(rf"{MARK_OPEN}(\d{{1,3}}){MARK_CLOSE}")
_MARK = rf"(?:{MARK_OPEN}\d{{1,3}}{MARK_CLOSE}|[(\[{{]\d{{1,2}}(?:\s*[,&]\s*\d{{1,2}})*[)\]}}])"
_MARKS_ONLY = re.compile(rf"(?:{_MARK}|[(\[]?\d{{1,2}}[)\]]|\(\d{{1,2}})(?:[\s,]*{_MARK})*[\s,]*")
_TRAILING = re.compile(rf"((?:[\s,]*{_MARK})+)\s*$")
_GARBLED = re.compile(
    r"(?:[(\[{'‘’“”\"`]{1,2}[\w?!*°®©'‘’\"]{0,2}"
    r"|(?:(?<=,\d{3})|(?<=, \d{3}))[\w*+°®©!?'‘’“”\"%]{0,2})[)\]}]$"
    r"|(?<=\d)(?:[°®©*@]{1,2}|[@®©][)\]}])$|(?:(?<=[.,]\d\d)|(?<=[.,]\d{3}))[\"“”]$"
    r"|(?:(?<=^[1-9]\d)|(?<=^[1-9]\d\d))[!\"“”]{1,2}$"
    r"|(?<=\.\d{4})[\"“”][\"“”!*°]?\d{0,2}$|(?<=,\d{3})(?=[^?])[^\w\s.,:;$/()-]{1,4}\.?$"
    r"|(?<=,\d{3})\d[°®©*]{1,2}$|(?:(?<=,\d{3})|(?<=, \d{3}))[(\[{]$"
)
"""A footnote mark of which no number is left, behind a figure or a day.

Behind a fraction it must show where it begins: of `35.4131?)` the 1 may be the mark's.
"""

_PRICED_TWICE = re.compile(r"\$\d{1,3},\d{3}\w{1,2}[)\]}]")
"""A price of a thousand and more with its mark, or one with four decimals and its own."""

_BETWEEN = rf"(?:(?:{_MARK})+|\$?[\d,.]*\d)"
_AMONG = re.compile(rf"\s+(?=[^A-Za-z]*{_MARK}){_BETWEEN}(?:\s+{_BETWEEN})*\s+(?=[A-Z])")
_WORDS = re.compile(
    r"(?i)(?:immed(?:iate(?:ly)?)?\.?|current(?:ly)?|now|presently|var(?:ious|ies))"
)
_CODE = re.compile(r"[345]?\s*(?P<letter>[ACDEFGHIJKLMOPSUVWXZ])\s*[345]?")
_LETTER = re.compile(r"\(?(?P<letter>[ADI])\)?")
_JUNK = re.compile(r"[^A-Za-z0-9]*|(?i:n/?a|none)")
_SAID = {"direct": "D", "indirect": "I", "acquired": "A", "disposed": "D"}
_SWAP = re.compile(r"(?P<letter>[A-Z])\s*/\s*K")
_UNITS = re.compile(r"(?i)\s*(?:shares?|shs\.?|(?:per|/)\s*sh(?:are|\.)?)$")


_PIECE = re.compile(rf"{_MARK}|(?<!\S)[|\[{{]?(?:{_TORN})\S*|\S+")
"""A piece of a cell whose columns blanks alone divide."""


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


def unmarked(text: str) -> str:
    """A print without the footnote marks behind it, read or not."""
    plain = _TRAILING.sub("", text).strip()
    return _GARBLED.sub("", plain) if plain[:1] in "$.0123456789" else plain


def is_grouped(figure: Token) -> bool:
    """Whether a figure is of a thousand or more, and has all its commas."""
    return bool(_WHOLE.fullmatch(figure.text.removesuffix("?")))


def whole_before(figure: Token, other: Token) -> bool:
    """Whether a figure has all its threes, so that a digit or two behind it are not its rest."""
    return bool(is_grouped(figure) and re.fullmatch(r"\d{1,2}", other.text))


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
        return _tail(text, cell, line, column, ends=True)
    found: list[Token] = []
    at = 0
    for day in DAY.finditer(text):
        found += _parts(text[at : day.start()], cell, line, column, first=at == 0)
        found.append(Token("date", day.group(), line, cell, column, day=day_of(day.group())))
        at = day.end()
    found += _parts(text[at:], cell, line, column, first=at == 0)
    return [_undated(token) for token in found]


def _undated(token: Token) -> Token:
    return token._replace(kind="broken") if token.kind == "date" and token.day is None else token


def _whole(text: str, blank: Token) -> Token | None:
    """A cell that is one piece, with or without marks around it."""
    if REMNANT.fullmatch(text) or (STROKES.fullmatch(text) and not text.isalnum()):
        return blank._replace(kind="shred", text=text)
    if not text or _JUNK.fullmatch(_RAISED.sub("0", text)):
        return blank
    if text.endswith(f" {UNREAD}"):
        return None
    if _MARKS_ONLY.fullmatch(text):
        return blank._replace(kind="marks", marks=marks_of(text))
    marks: list[str] = []
    if found := _TRAILING.search(text):
        marks += marks_of(found.group(1))
        text = text[: found.start(1)].strip()
    piece = _piece(text, blank._replace(marks=tuple(marks)))
    return piece._replace(text=blank.text) if piece else None


def _piece(text: str, blank: Token) -> Token | None:
    """A text without blanks inside that is a date, number, letter or broken figure."""
    text = _QUOTED.sub("", text)
    if DAY.fullmatch(text):
        return _undated(blank._replace(kind="date", day=day_of(text), text=text))
    garbled = _GARBLED.search(text)
    if _PRICED_TWICE.fullmatch(text):
        return blank._replace(kind="broken", money=True, text=text)
    if garbled and _FIGURED.fullmatch(text[: garbled.start()].strip()):
        return _piece(text[: garbled.start()].strip(), blank)
    bare = _UNITS.sub("", text.lstrip("|_\u2014") if _LINED.match(text) else text)
    if edged := _EDGED.fullmatch(bare):
        bare = edged["figure"]
    if re.fullmatch(_TORN, bare.removesuffix("?")):
        bare = re.sub(r"\s", "", bare)
    if _DOUBTED.fullmatch(bare):
        number = number_of(bare.removesuffix("?"))
        kind: Kind = "broken" if number is None else "number"
        return blank._replace(
            kind=kind, number=number, money="$" in text, text=text, unsure=number is not None
        )
    number = number_of(bare)
    if number is not None:
        return blank._replace(kind="number", number=number, money="$" in text, text=text)
    if text.lower() in _SAID:
        return blank._replace(kind="letter", text=text, letter=_SAID[text.lower()])
    if found := _LETTER.fullmatch(text) or _CODE.fullmatch(text) or _SWAP.fullmatch(text):
        return blank._replace(kind="letter", text=text, letter=found["letter"])
    if _WORDS.fullmatch(text):
        return blank._replace(kind="word", text=text)
    if _SPOILT.fullmatch(bare) and not _RUN_OF_MARKS.fullmatch(bare):
        return blank._replace(kind="broken", money="$" in text, text=text)
    long = sum(c.isdigit() for c in bare) > _LONG
    numberlike = _NUMBERLIKE.fullmatch(bare.rstrip(_SPECKS) if long else bare) or (
        _DAYLIKE.fullmatch(bare) and any(c.isdigit() for c in bare)
    )
    figures = sum(c.isdigit() or c in "OolI" for c in bare)
    counted = numberlike and figures * 2 >= len(bare.strip("$")) and not is_short(bare)
    ruined = _RUINED_DAY.fullmatch(bare) or _RUINED_PRICE.fullmatch(text)
    if counted or ruined or _HEADED.fullmatch(bare):
        return blank._replace(kind="broken", money="$" in text, text=text)
    several = " " in text and _THREES.search(text)
    return blank._replace(kind="shred", text=text) if is_short(text) and not several else None


def is_ruined_day(text: str) -> bool:
    """Whether a print that is no number may be a day of a year, its month and day not to be read."""
    return bool(_RUINED_DAY.fullmatch(text) or _ONLY_A_YEAR.fullmatch(text))


def is_dated(token: Token) -> bool:
    """Whether a piece is a day, or what is left of one."""
    return token.kind == "date" or (token.kind == "broken" and is_ruined_day(token.text))


def _wordy(text: str) -> bool:
    """Whether a cell is words, so that figures inside belong to them."""
    if _LETTERED.match(text):
        return False
    return bool(re.match(r"[^\d$]*[A-Za-z]{2}|\d+(?:\.\d+)?%|\d+[A-Za-z]", text))


_LETTERED = re.compile(r"\(?[DI]\)?\s+(?=[A-Z(])")
_PAR = re.compile(r"(?i)\b(?:par|value|of|stated|at)\W*$")
_HELD_LETTER = re.compile(
    rf"(?P<figure>\d\)?(?:\s*{_MARK})*|,\s?\d{{3}}[^\w\s,.;:/]{{1,4}})\s+(?P<letter>[DI](?:\s+[DI])*)\s+(?=[A-Z])"
)
_HELD_STROKE = re.compile(
    r"(?P<figure>\d\W{0,3})\s+(?:[.,;_]\s+)?(?P<letter>[1|!\]\[\\'’}{:lift]{1,2})[.,]?\s+(?:[.,;_]\s+)?"
    r"(?:(?=(?:By|See|see)\b)|(?<=,\d{3} [1|!l] )(?=[A-Z][a-z]))"
)
"""A stroke for the I between a figure and the words by which a nature of ownership begins."""

_HELD_PIECE = re.compile(
    r"(?P<figure>(?<=\d),\s?\d{3}[^\w\s]{0,4})\s+(?P<letter>[^\w\s]?\w)\s+(?=(?:By|See|see)\b)"
)
"""A figure in threes and such words, and between them any one sign that the I was read as."""


_HELD_PAST = re.compile(
    r"(?P<figure>(?<=\d),\d{3})(?P<lost>\s+(?!\$?[\d,.]+\s|[DI]\s)\S{1,4})\s+(?P<letter>[DIil|!1])"
    r"(?:$|\s+(?=(?:By|See|see)\b))"
)
"""A figure in threes and such a letter, and between them what a mark alone in its cell is read as."""

_HELD = (_HELD_LETTER, _HELD_STROKE, _HELD_PIECE, _HELD_PAST)


def _tail(text: str, cell: Cell, line: int, column: int, *, ends: bool) -> list[Token]:
    """Words, and the figures that a lost column edge left standing behind them.

    `ends` says that the cell ends here, so that marks behind the words are theirs.
    """
    found: list[Token] = []
    if held := next(filter(None, (one.search(text) for one in _HELD)), None):
        nature = text[held.end() :]
        found = _tail(nature, cell, line, column, ends=ends) if nature else []
        ends = False
        lost = slice(*held.span("lost")) if "lost" in held.groupdict() else slice(0, 0)
        text = text[: lost.start] + text[lost.stop : held.end("letter")]
    blank = Token("text", text, line, cell, column)
    pieces = list(_PIECE.finditer(text))
    behind: list[Token] = []
    while len(pieces) > 1:
        last = pieces[-1].group()
        piece = _whole(last, blank._replace(kind="junk", text=last))
        worded = piece is not None and piece.kind == "shred" and _is_word(last)
        if piece is None or piece.kind == "word" or (worded and (behind or not held)):
            break
        if piece.kind == "junk":
            pieces.pop()
            continue
        before = text[: pieces[-1].start()]
        if piece.kind == "number" and (_PAR.search(before) or _names(piece, before.strip())):
            break
        if piece.kind == "letter" and (not held or behind) and not _figures(pieces[:-1]):
            break
        behind.insert(0, piece)
        pieces.pop()
    words = text[: pieces[-1].end()] if pieces else text
    if ends and behind and all(token.kind == "marks" for token in behind):
        marks = tuple(dict.fromkeys(mark for token in behind for mark in token.marks))
        return [*_parted(words, blank._replace(marks=marks)), *found]
    return [*_parted(words, blank), *behind, *found]


def _is_word(text: str) -> bool:
    """Whether a short piece among words is one of them: letters alone, or how a company ends."""
    return text.isalpha() or bool(_COMPANY.match(text))


def _parted(words: str, blank: Token) -> list[Token]:
    """Words, and where marks stand alone among them, the words of another column too."""
    found = []
    at = 0
    for alone in _AMONG.finditer(words):
        found.append(_named(words[at : alone.start()], blank))
        pieces = alone.group().split()
        whole = (_whole(piece, blank._replace(kind="junk", text=piece)) for piece in pieces)
        found += [piece for piece in whole if piece is not None]
        at = alone.end()
    last = _named(words[at:], blank)
    return [*found, last._replace(marks=tuple(dict.fromkeys((*last.marks, *blank.marks))))]


def _named(words: str, blank: Token) -> Token:
    """Words, with the marks glued behind them."""
    glued = _TRAILING.search(words)
    plain = _plain(words[: glued.start(1)] if glued else words)
    return blank._replace(text=plain, marks=marks_of(glued.group(1)) if glued else ())


def _figures(pieces: list[re.Match[str]]) -> bool:
    """Whether the piece before, marks left aside, has a figure in it."""
    rest = [piece.group() for piece in pieces if not re.fullmatch(_MARK, piece.group())]
    return bool(rest) and rest[-1][:1] in "$.0123456789"


def _parts(text: str, cell: Cell, line: int, column: int, *, first: bool) -> list[Token]:
    """The pieces of a stretch in which blanks alone divide the columns."""
    blank = Token("junk", "", line, cell, column)
    if first and _wordy(text):
        return _tail(text.strip(), cell, line, column, ends=False)
    found: list[Token] = []
    pieces = re.sub(r"\$\s+(?=[\d.])", "$", text)
    for piece in _PIECE.finditer(pieces):
        if found[-1:] and found[-1].letter in {"D", "I"} and _NATURE.match(pieces, piece.start()):
            return [*found, *_tail(pieces[piece.start() :].strip(), cell, line, column, ends=True)]
        part = piece.group()
        token = _whole(part, blank._replace(text=part))
        previous = found[-1] if found else None
        named = previous is not None and previous.kind == "text"
        if token is None or (named and _names(token, previous.text)):  # type: ignore[union-attr]
            glued = _TRAILING.search(part)
            word = part[: glued.start(1)] if glued else part
            marks = marks_of(glued.group(1)) if glued else ()
            token = blank._replace(kind="text", text=word, marks=marks)
        if token.kind == "text" and previous is not None and named:
            marks = (*previous.marks, *token.marks)
            found[-1] = previous._replace(text=f"{previous.text} {token.text}", marks=marks)
        else:
            found.append(token)
    return [
        token._replace(text=_plain(token.text)) if token.kind == "text" else token
        for token in found
        if token.kind != "junk"
    ]


def _names(token: Token, before: str) -> bool:
    """Whether a letter, or a figure or two, is the name of the class that the words before say."""
    short = token.kind == "number" and re.fullmatch(r"\d{1,2}", token.text)
    return bool(token.kind == "letter" or short) and bool(_NAMING.search(before))


_NATURE = re.compile(r"[A-Z][a-z]")
_NAMING = re.compile(r"(?i)\b(?:class|series|type|tranche)$")


def _plain(words: str) -> str:
    return _RAISED.sub(r"(\1)", re.sub(r"\s+", " ", words)).strip(" ,~|'`_-")
