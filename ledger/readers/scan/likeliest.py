"""What is likeliest where nothing proves what was printed: the last word on a misread page.

A figure with a speck behind it, a day with a stroke lost, a code whose mark ran into it: nothing
on the page proves what they said, and still one reading is by far the likeliest. It is told as
doubtful, never as sure, so that a reader has it and no finding rests on it alone. Kinds of print of
which less than three in four were right on forms printed, copied and faxed are not guessed at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from ledger.codes import CODES
from ledger.filing import Repair, Row
from ledger.readers.scan.candidates import CONFUSED
from ledger.readers.scan.chains import commas_misread, without_commas
from ledger.readers.scan.days import Covered, nearest_day
from ledger.readers.scan.directions import contradicts
from ledger.readers.scan.doubts import FIGURES
from ledger.readers.scan.points import counts_parts, counts_whole
from ledger.readers.scan.telling import altered
from ledger.types import plain

_STRAY = "\"'“”‘’|[]({¥«~_-}) "
"""Signs in front of a figure that are none of it."""

_GROUPS = re.compile(r"(?P<figure>[1-9]\d{0,2}(?:[.,;:] ?\d{3})+)(?P<tail>.{0,6})")
"""A figure in groups of three, and what a mark behind it is read as."""

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")

_LINED = re.compile(r"(?:[A-Z](?=[1-9]\d{0,2},\d{3})|1(?=[1-9]\d{2},\d{3}))")
"""What a line close before a figure is read as: a capital, or a 1 that its groups have no room for."""

_BEFORE_SIGN = re.compile(r"(?P<figure>[1-9]\d{2})[?!%°®*'’”\"]?[)\]}?]{0,2}")
"""A figure of three digits and a sign or two: of a mark no digit is left."""

_UNGROUPED = re.compile(r"(?P<figure>[1-9]\d{3})[?\]]?")
"""A figure that lost its comma; a longer one may have a mark's digits behind it."""

_ROUND = re.compile(r"[\[({]?[a-zA-Z]{1,2}\W?|[^\w\s]")
"""What is left of a nought that stands alone between two lines."""

_MAY_BE = re.compile(r"its columns have moved, so that it may be (?P<readings>.+)")
_NOTHING = frozenset({"cut", "empty"})
_ELSEWHERE = re.compile(r"(?P<other>[\d,.]+) stands elsewhere for its day")
_UNLIKE = re.compile("differ in one digit, which may be misread")
_STANDS = re.compile(
    "its last sign is a comma or a point|lines of the page were read as strokes"
    "|is printed for its underlying shares"
)
"""Why figures are unknown that are whole, and nine of ten times right."""
_SOME = re.compile(r"\d{3}")
_RUN_ON = re.compile(r"[.,]\d|^\d$")
"""What stands behind a figure where it is not the whole of it, or one digit more than its groups have."""
_FEW = 4
"""Digits of a figure that has one comma, and can have no digit for it."""

_MANY = 11
"""Digits up to which a figure has no more than two."""

_KNOWN = 100
"""From where on a figure is known as one among others of its row."""

_SIGN_LOST = "the page groups its thousands, and no comma stands in it"
_DAMAGED = "the print is damaged"
_SOLD = "it may be an S, but nothing says that the shares were sold"

_SHAPED = {"S": "I", "A": "II", "C": "II"}
"""The codes that a piece beside a moved column is, and the table in which it is that."""

_CAPITAL = re.compile(r"(?P<code>[A-Z])[A-Za-z][.)?]?")
"""A code and one letter, which a mark behind it is read as."""
_LIKE_CODES = (
    ("P", "acquired", re.compile(r"[pP][a-z]{1,2}[)\]]?")),
    ("A", "acquired", re.compile(r"a[a-z]{1,2}[)\]]?")),
    ("F", "disposed", re.compile("E")),
    ("G", "disposed", re.compile("[“\"‘']?6")),
)
"""What codes of Table I and their marks are read as, by the way that shares go."""

_ROUND_C = re.compile(r"o[a-z][)?]?")
"""A C whose mark ran into it: 8 of 8."""


class _Guess(NamedTuple):
    value: object
    why: str


def likeliest(rows: Sequence[Row], covered: Covered) -> list[Row]:
    """Rows with the likeliest reading of what was left unknown, told as doubtful.

    Args:
        rows: As read and doubted, in document order.
        covered: The days that transactions of this form may have.
    """
    fractions = {row.table for row in rows if counts_parts(row)}
    commas = _reads_commas(rows)
    found = [row if row.table in fractions else _figures(row, commas=commas) for row in rows]
    found = [_day(row, found, covered) for row in found]
    found = [_code(row, found) for row in found]
    return [_direction(row, found) for row in found]


def _unknown(row: Row, name: str) -> Repair | None:
    """What is told of a field that is unknown; None where it is known, or nothing is told."""
    if getattr(row, name) is not None:
        return None
    told = [repair for repair in row.repairs if repair.field == name]
    return told[0] if len(told) == 1 and told[0].effect == "field unknown" else None


def _guessed(row: Row, name: str, guess: _Guess | None) -> Row:
    if guess is None:
        return row
    told = next((repair for repair in row.repairs if repair.field == name), None)
    kept = tuple(repair for repair in row.repairs if repair.field != name)
    row = row.model_copy(update={"repairs": kept})
    printed = told.printed if told else ""
    return altered(row, name, printed, "doubtful", guess.why, **{name: guess.value})


def _reads_commas(rows: Sequence[Row]) -> bool:
    """Whether commas of the page are read as digits, as far as totals and twins tell."""
    told = [(row, repair) for row in rows for repair in row.repairs if repair.field in FIGURES]
    said = sum(
        commas_misread(repair.printed.rstrip("?"), number)
        for row, repair in told
        if (number := getattr(row, repair.field))
    )
    lost = sum(
        repair.why.startswith(_SIGN_LOST) and len(repair.printed) == _FEW for _, repair in told
    )
    return said > lost


def _figures(row: Row, *, commas: bool = False) -> Row:
    open_ = {name: told for name in FIGURES if (told := _unknown(row, name))}
    prints = Counter(told.printed for told in open_.values() if told.printed)
    for name, told in open_.items():
        row = _guessed(row, name, _by_commas(row, name, told, commas=commas))
        if prints[told.printed] > 1 or getattr(row, name) is not None:
            continue  # one print that two columns may have
        if (other := _ELSEWHERE.match(told.why)) and other["other"] in prints:
            continue  # of two that differ in one digit, either
        guess = _by_twin(row, name, told) or _by_print(row, name, told)
        row = _guessed(row, name, guess)
    return row


def _by_commas(row: Row, name: str, told: Repair, *, commas: bool) -> _Guess | None:
    """Another figure of the row, whose commas a print without any has digits for, or what it is without those."""
    others = {number for one in FIGURES if one != name and (number := getattr(row, one))}
    if told.why.startswith(_SIGN_LOST):
        for other in others:
            if commas_misread(told.printed, other):
                why = f"taken for {plain(other)}, which the row has too: a comma is read as a digit"
                return _Guess(other, why)
        number = without_commas(told.printed.rstrip("?")) if commas else None
        if number is not None and len(told.printed) <= _MANY:
            why = f"read as {plain(number)}: commas of the page are read as digits"
            return _Guess(number, why)
    return None


def _by_twin(row: Row, name: str, told: Repair) -> _Guess | None:
    """An amount of Table II, of which its underlying shares are as many, or the other way round."""
    pair = {"shares": "underlying_shares", "underlying_shares": "shares"}
    if row.table != "II" or name not in pair:
        return None
    other = getattr(row, pair[name])
    if not other or (_likely(row, name, told.printed) is not None and not _UNLIKE.search(told.why)):
        return None
    if _MAY_BE.match(told.why) and name == "underlying_shares":
        return None
    return _Guess(
        other,
        f"taken for {plain(other)}, which the row prints as its twin; its own print does not tell",
    )


def _by_print(row: Row, name: str, told: Repair) -> _Guess | None:
    if found := _ELSEWHERE.match(told.why):
        if name == "shares_after" and _held_before(row, told.printed, found["other"]):
            return _as_printed(Decimal(told.printed.replace(",", "")))
        return _of_another(told.printed, found["other"])
    number = _likely(row, name, told.printed)
    if readings := _readings(told):
        known = {getattr(row, other) for other in FIGURES}
        if number is None or number < _KNOWN or number in known:
            return None
        return _as_printed(number) if readings == [plain(number)] else None
    if told.why.endswith("cut or empty"):
        return _as_printed(number)
    if told.why.startswith(_SIGN_LOST):
        return _as_printed(number) if name == "shares" else None
    if told.why.startswith(_DAMAGED) or _STANDS.search(told.why):
        return _as_printed(number)
    return None


def _held_before(row: Row, total: str, amount: str) -> bool:
    """Whether a total is one digit more than what the row acquired, of no pair that is taken for each other."""
    own = row.shares is not None and amount == f"{row.shares:,f}"
    apart = [pair for pair in zip(total, amount, strict=False) if pair[0] != pair[1]]
    whole = _GROUPED.fullmatch(total) and len(total) == len(amount)
    return own and bool(whole) and len(apart) == 1 and frozenset(apart[0]) not in CONFUSED


def _readings(told: Repair) -> list[str]:
    """What a piece says in the readings of its row, where it is no other column's."""
    found = _MAY_BE.match(told.why)
    said = found["readings"].split(" or ") if found else []
    return [text for text in said if text not in _NOTHING]


def _as_printed(number: Decimal | None) -> _Guess | None:
    if number is None:
        return None
    return _Guess(
        number, f"read as {plain(number)}, the likeliest reading of its print, which nothing proves"
    )


def _of_another(printed: str, other: str) -> _Guess | None:
    """A figure that stands elsewhere on the page in all but a digit that programs take for its own."""
    one, two = (re.sub(r"\D", "", text) for text in (printed, other))
    number = Decimal(other.replace(",", ""))
    apart = [pair for pair in zip(one, two, strict=False) if pair[0] != pair[1]]
    line = len(one) == len(two) + 1 and one[1:] == two
    alike = len(one) == len(two) and len(apart) == 1
    if line or (alike and frozenset(apart[0]) in CONFUSED):
        return _Guess(
            number,
            f"taken for {plain(number)}, which stands elsewhere for its day and differs in one digit",
        )
    return None


def _likely(row: Row, name: str, printed: str) -> Decimal | None:
    """The number a print most likely says, or None; all its readings with a figure in it say that."""
    read = {_number(row, name, text) for text in printed.split(" / ") if _SOME.search(text)}
    found = read or {_number(row, name, printed)}
    return found.pop() if len(found) == 1 else None


def _number(row: Row, name: str, printed: str) -> Decimal | None:
    text = printed.lstrip(_STRAY)
    text = text[1:] if _LINED.match(text) else text
    if found := _GROUPS.fullmatch(text):
        figure, tail = found["figure"], found["tail"]
        run_on = _RUN_ON.search(tail) or (" " in figure and tail[:1].isdigit())
        return None if run_on or _may_be_fraction(row) else Decimal(re.sub(r"\D", "", figure))
    if row.table == "I" and (found := _BEFORE_SIGN.fullmatch(text)):
        return Decimal(found["figure"])
    if name == "shares" and (found := _UNGROUPED.fullmatch(text)):
        return Decimal(found["figure"])
    if name == "shares_after" and row.direction != "acquired" and _ROUND.fullmatch(printed):
        return Decimal(0)
    return None


def _may_be_fraction(row: Row) -> bool:
    """Whether a row may count parts of units, so that a comma or a point in it tells a thousandfold."""
    return row.table == "II" and row.code in {"A", None} and not counts_whole(row)


def _day(row: Row, rows: Sequence[Row], covered: Covered) -> Row:
    told = _unknown(row, "effective_on")
    if told is None or row.holding:
        return row
    days = {other.effective_on for other in rows if other.effective_on and not other.holding}
    if not told.printed:
        if len(days) == 1:
            (only,) = days
            why = f"its day is not legible; the others of the form are of {only}"
            return _guessed(row, "effective_on", _Guess(only, why))
        return row
    if (day := nearest_day(told.printed, days, covered)) is not None:
        why = f"read as {day}: of the days of the form it is likest that"
        return _guessed(row, "effective_on", _Guess(day, why))
    return row


def _code(row: Row, rows: Sequence[Row]) -> Row:
    told = _unknown(row, "code")
    if told is None or row.holding:
        return row
    code = _code_printed(row, told) or _code_of_others(row, rows)
    if not code or contradicts(code, row.direction):
        return row
    return _guessed(
        row,
        "code",
        _Guess(code, f"read as {code}: the likeliest, and nothing else in the row proves it"),
    )


def _code_printed(row: Row, told: Repair) -> str:
    if told.why == _SOLD:
        return "S"
    if said := _readings(told):
        whole = len(said) == 1 and "or cut" not in told.why and "$" not in told.printed
        return said[0] if whole and _SHAPED.get(said[0]) == row.table else ""
    for code, way, like in _LIKE_CODES if row.table == "I" else ():
        if way == row.direction and like.fullmatch(told.printed):
            return code if code != "G" or not row.price else ""
    if not told.why.startswith(_DAMAGED):
        return ""
    if _ROUND_C.fullmatch(told.printed):
        return "C"
    found = _CAPITAL.fullmatch(told.printed)
    return found["code"] if found and found["code"] in CODES else ""


def _code_of_others(row: Row, rows: Sequence[Row]) -> str:
    """The code of all other rows of its table that go its way, two or more, paid for as it is."""
    alike = [
        other.code
        for other in rows
        if other is not row
        and other.code
        and row.direction
        and (other.table, other.direction) == (row.table, row.direction)
        and bool(other.price) == bool(row.price)
    ]
    return alike[0] if len(alike) > 1 and len(set(alike)) == 1 else ""


def _direction(row: Row, rows: Sequence[Row]) -> Row:
    told = _unknown(row, "direction")
    if told is None or row.holding:
        return row
    if said := _readings(told):
        way = {"A": "acquired", "D": "disposed"}.get(said[0]) if len(said) == 1 else None
        why = f"read as {way}: the likeliest, and nothing else in the row proves it"
        return _guessed(row, "direction", _Guess(way, why)) if way else row
    if row.table == "II" and (row.code == "C" or _brought(row, rows)):
        why = "Table I acquires as many, or its code is C: what is converted is disposed of here"
        return _guessed(row, "direction", _Guess("disposed", why))
    if row.table == "II" and row.shares and row.shares == row.shares_after:
        why = "as many are held afterwards, so that these are likeliest the ones acquired"
        return _guessed(row, "direction", _Guess("acquired", why))
    return row


def _brought(row: Row, rows: Sequence[Row]) -> bool:
    """Whether Table I acquires as many shares as a row of Table II moves."""
    moved = {number for number in (row.shares, row.underlying_shares) if number}
    return any(
        other.table == "I" and other.direction == "acquired" and other.shares in moved
        for other in rows
    )
