"""Rows of a scan as rows of a filing: what all readings agree on, and why not the rest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ledger.codes import CODES, expected_direction
from ledger.filing import Repair
from ledger.filing import Row as FilingRow
from ledger.readers.scan.alone import read_alone
from ledger.readers.scan.begun import TITLE
from ledger.readers.scan.boxes import BESIDE
from ledger.readers.scan.candidates import NOUGHT, frayed
from ledger.readers.scan.columns import (
    DAYS,
    INITIAL_SHAPES,
    LETTERS,
    SHAPES,
    SHARES,
    WORDS,
    missing,
)
from ledger.readers.scan.deemed import under_later_days
from ledger.readers.scan.directions import contradicts
from ledger.readers.scan.drafts import Draft, Value, counts_whole
from ledger.readers.scan.headings import most_is_wording
from ledger.readers.scan.labels import letters
from ledger.readers.scan.order import in_order
from ledger.readers.scan.places import readings_of
from ledger.readers.scan.proofs import prove
from ledger.readers.scan.tokens import Token, is_dated, is_grouped, is_ruined_day, unmarked
from ledger.readers.scan.ways import Filled, Reading, Row, plain_print
from ledger.readers.scan.wordings import mended_title, unmarked_words
from ledger.types import Table, plain

_WORST_ROW = 14
"""Lines that cost more than this to read as a row are kept as one only if dated and counted."""

_YEAR = re.compile(r"(?:19|20)\d\d[.,]?")

_SLASHED = re.compile(r"\D?\d{1,2}/\d{1,2}/\d{4}\W?|\d{4}/(?:19|20)\d\d|\d\d/\d\d(?:19|20)\d\d")
"""What is printed as a day, though it is none of the calendar, or lost a stroke."""

_DOUBTFUL = 7
"""A row that costs as much has lost two columns that it must fill, or more."""

_SELDOM = frozenset("EHIKOUWZ")
"""Codes of one line in a thousand or fewer, and letters that a program reads others as."""

_MENDED = "titles of securities are made of these words"

_MONEY = {"shares": "value", "shares_after": "value_after", "underlying_shares": "underlying_value"}
_TIMELINESS = {"V": "E", "E": "E", "L": "L"}
_OPTIONAL = {"exercise_price", "exercisable_on", "expires_on", "underlying", "underlying_shares"}


class Rows(NamedTuple):
    """The rows of a filing, and lines among them that none of the tables' rows explain.

    `worn` says that pieces of them were misread, as programs misread pictures.
    """

    rows: tuple[FilingRow, ...]
    left: tuple[str, ...]
    worn: bool = False


def fields_of(rows: Sequence[Row], *, initial: bool, recognised: bool = False) -> Rows:
    """Reads every row; one that cannot be read at all is kept with what it printed.

    `recognised` says that a program read them from a picture.
    """
    shapes = INITIAL_SHAPES if initial else SHAPES
    tokens = [token for row in rows for token in row.tokens]
    dollars = any(token.money for token in tokens)
    long = any(t.kind == "date" and re.search(r"\d/\d{4}\b", t.text) for t in tokens)
    worn = recognised or any(token.kind == "shred" for token in tokens)
    whole = counts_whole(tokens)
    drafts: list[Draft] = []
    left: list[str] = []
    read = partial(readings_of, shapes=shapes, dollars=dollars, is_row=_is_row)
    rows, every = in_order(rows, read(rows), read)
    for row, found in read_alone(rows, every, shapes, dollars=dollars, is_row=_is_row):
        if _is_row(row, found):
            drafts.append(Draft(row, found, not long, worn, whole, dollars=dollars))
        else:
            left.append(_print(row.tokens))
    for at in under_later_days([draft.row for draft in drafts]):
        drafts[at].later = True
    prove([draft for draft in drafts if draft.readings])
    lines: dict[Table, int] = {"I": 0, "II": 0}
    done = []
    for draft in drafts:
        table = draft.best.shape.table if draft.readings else draft.row.table or "I"
        lines[table] += 1
        done.append(_Writer(draft, table, lines[table], worn=worn).row())
    return Rows(tuple(sorted(done, key=lambda row: row.table)), tuple(left), worn)


def _is_row(row: Row, found: Sequence[Reading]) -> bool:
    """Whether pieces are a row and not a damaged heading, whose only figures are small."""
    words = [token.text for token in row.tokens if token.kind == "text"]
    if any("/s/" in text or BESIDE.search(text) for text in words):
        return False
    dated = any(is_dated(t) or _SLASHED.fullmatch(t.text) for t in row.tokens)
    figures = [token for token in row.tokens if token.kind in {"number", "broken"}]
    plain = [token for token in figures if token.kind == "number" and token.text != "1"]
    large = [t for t in figures if t.money or sum(c.isdigit() for c in t.text) > 2]
    if not found:
        return dated and bool(figures)
    if not dated and not large and most_is_wording(words):
        return False
    if found[0].cost > _WORST_ROW and not _of_other_table(row, found[0]):
        titled = bool(row.table) and bool(TITLE.match(row.tokens[0].text))
        lettered = sum(token.kind == "letter" for token in row.tokens) > 1
        return (dated or (titled and lettered) or sum(map(is_grouped, figures)) > 1) and bool(large)
    fields = found[0].fields
    if (
        not dated
        and "ownership" not in fields
        and [t.text for t in figures if _YEAR.fullmatch(t.text)] == [t.text for t in figures]
    ):
        return False  # a stamp, or the rest of a day in words
    owned = "ownership" in fields and "security" in fields
    nothing = "nature" in fields and bool(
        NOUGHT.fullmatch(fields.get("shares_after", Filled()).print)
    )
    return dated or bool(large) or (owned and (bool(plain) or nothing))


def _of_other_table(row: Row, reading: Reading) -> bool:
    """Whether a row is one of Table II beneath a heading that is lost: it prints its amount twice."""
    pair = [reading.fields.get(name, Filled()).number for name in ("shares", "underlying_shares")]
    foreign = row.table == "I" and reading.shape.table == "II" and not reading.shape.holding
    return foreign and pair[0] is not None and pair[0] == pair[1]


class _Writer:
    """Writes one draft down as a row, with a repair for everything not taken at its word."""

    def __init__(self, draft: Draft, table: Table, line: int, *, worn: bool) -> None:
        self.draft = draft
        self.worn = worn
        self.said: dict[str, Any] = {"table": table, "line": line}
        self.cited: dict[str, tuple[str, ...]] = {}
        self.printed: dict[str, str] = {}
        self.repairs: list[Repair] = []

    def row(self) -> FilingRow:
        draft = self.draft
        if not draft.readings:
            return self._unread()
        self.said["holding"] = draft.best.shape.holding
        for name in draft.best.shape.columns:
            self._column(name)
        self._direction()
        self._doubts()
        return self._built()

    def _built(self) -> FilingRow:
        return FilingRow(
            **self.said, cited=self.cited, printed=self.printed, repairs=tuple(self.repairs)
        )

    def _unread(self) -> FilingRow:
        """A line that is surely a row, in which no order of columns can be found."""
        tokens = self.draft.row.tokens
        if tokens[0].kind == "text":
            self.said["security"] = tokens[0].text
        self.said["holding"] = not any(token.kind == "date" for token in tokens)
        self.printed["row"] = _print(tokens)
        self._repair("row", _print(tokens), "row kept", "no order of columns explains it")
        return self._built()

    def _repair(self, name: str, printed: str, effect: Any, why: str) -> None:
        self.repairs.append(Repair(field=name, printed=printed, effect=effect, why=why))

    def _column(self, name: str) -> None:
        draft = self.draft
        filled = draft.best.fields.get(name)
        if filled is not None and filled.marks:
            self.cited[name] = filled.marks
        cited = {r.fields[name].marks if name in r.fields else () for r in draft.readings}
        if len(cited) > 1:
            marks = ", ".join(sorted({mark for marks in cited for mark in marks}))
            why = "the mark stands between two columns, either of which may cite the note"
            self._repair(name, f"({marks})", "inferred", why)
        printed = self._printed(name)
        if name in draft.proven:
            number, why = draft.proven[name]
            self._write(name, number, printed)
            effect = "repaired" if printed else "inferred"
            if filled is not None and filled.overruled(number):
                effect = "doubtful"  # one of the figures that prove it may be the misread one
            self._repair(name, printed, effect, f"read as {plain(number)}: {why}")
            return
        value = draft.settled(name)
        if name == "code" and draft.coded is not None:
            self._write(name, value, printed)
            self._repair(name, printed, "inferred", f"read as {value}: {draft.coded[1]}")
        elif name == "code" and (why := self._unlikely(filled, value)):
            self.printed[name] = printed
            self._repair(name, printed, "field unknown", why)
        elif value is None:
            self._unknown(name, printed)
        elif value == "":
            self._absent(name)
        else:
            self._write(name, value, printed)
            self._told(name, filled, value, printed)

    def _unlikely(self, filled: Filled | None, code: Value) -> str:
        """Why a code of a misread page is not taken, or nothing.

        An S that only the shape of its print tells must have disposed of shares, at a price
        where that is the shape of other letters too.
        """
        stroke = code == "L" and filled is not None and filled.print != "L"
        if self.worn and (code in _SELDOM or stroke):
            return (
                f"a {code} is seldom a code, and other letters are read as one: C, D, F, G, M or X"
            )
        worn = filled is not None and bool(frayed(filled.print))
        if worn and self.said["table"] == "I" and contradicts(str(code), self.draft.direction()):
            return f"it may be {code}, by which shares do not go the way that the row says"
        clean = filled is None or unmarked(filled.print) in {"S", "s"}
        if self.worn and code == "S" and self.said["table"] == "II" and not clean:
            return "it may be an S, and few derivatives are sold"
        if code == "S" and filled is not None and not self._sold(filled.print):
            return "it may be an S, but nothing says that the shares were sold"
        return ""

    def _sold(self, printed: str) -> bool:
        """Whether a row sells, as far as the print of its code leaves that open."""
        bare = printed.lstrip("\"'‘’“”.,_-")
        if bare[:1] in {"s", "S"}:
            return True
        priced = self.draft.priced
        return self.draft.direction() == "disposed" and (priced or bare[:1] in {"$", "§"})

    def _told(self, name: str, filled: Filled | None, value: Any, printed: str) -> None:
        """Says of a value that is not printed as it is read how it was read."""
        if filled is None or not filled.tokens:
            return
        if name in LETTERS and filled.tokens[0].letter != filled.read:
            why = f"read as {value}: the only letter of its column that a program may misread so"
            self._repair(name, printed, "repaired", why)
        elif name in DAYS and len(filled.tokens) > 1:
            self._repair(name, printed, "repaired", "the pieces make a day only together")
        elif name == "effective_on" and self.draft.later:
            why = "it stands where other rows have their deemed execution day, and none before it"
            self._repair(name, printed or str(value), "doubtful", why)
        elif name == "shares_after" and value == 0 and filled.number is None:
            why = "read as 0: a round sign or a bracket alone is what is left of a nought"
            self._repair(name, printed, "repaired", why)
        elif isinstance(value, Decimal) and re.search(r",\s\d|\d\s\.\d", filled.print):
            why = f"read as {plain(value)}: the blank within it divides nothing"
            self._repair(name, printed, "repaired", why)
        elif isinstance(value, Decimal) and filled.number != value:
            why = f"read as {plain(value)}: the only number that its print can be"
            self._repair(name, printed, "repaired", why)

    def _write(self, name: str, value: Any, printed: str) -> None:
        filled = self.draft.best.fields.get(name)
        if name in {"direction", "ownership"}:
            if name == "ownership":
                self.said[name] = "direct" if value == "D" else "indirect"
            return
        if name in _MONEY and filled is not None and filled.tokens and filled.tokens[0].money:
            name = _MONEY[name]
            if filled.marks:
                self.cited[name] = self.cited.pop(next(k for k, v in _MONEY.items() if v == name))
        if name in WORDS and self.worn:
            value = self._reworded(name, value)
        if name in WORDS and (twice := re.fullmatch(r"(.{3,}) \1", value)):
            value = twice.group(1)
            self._repair(name, printed, "repaired", "the same words are printed twice")
        if name == "timeliness":
            value = _TIMELINESS[value]
        if name == "code" and (digit := re.search(r"[345]", unmarked(printed))):
            self.said["form_type"] = digit.group()
        if name == "code" and "/" in unmarked(printed):
            self.said["equity_swap"] = True
        self.said[name] = value
        canonical = plain(value) if isinstance(value, Decimal) else str(value)
        if isinstance(value, date):
            canonical = value.isoformat()
        if printed and printed != canonical and name not in {"security", "nature", "underlying"}:
            self.printed[name] = printed

    def _reworded(self, name: str, value: str) -> str:
        """Words of a misread page without their marks, a title with the words titles have."""
        plain_words = unmarked_words(value)
        found = plain_words if name == "nature" else mended_title(plain_words)
        if found == value or not letters(found):
            return value
        why = "what stands beside it is left of a mark" if found == plain_words else _MENDED
        self._repair(name, value, "repaired", f"read as {found}: {why}")
        return found

    def _unknown(self, name: str, printed: str) -> None:
        """Several readings, or a damaged print: nothing is written but what was printed."""
        values = self.draft.values(name)
        if name == "nature":
            self.said[name] = ""
        self.printed[name] = printed
        if len(values) == 1:
            why = "the print is damaged and nothing else in the row proves what it said"
        else:
            readings = " or ".join(sorted(_told(value) for value in values))
            why = f"its columns have moved, so that it may be {readings}"
        self._repair(name, printed, "field unknown", why)

    def _absent(self, name: str) -> None:
        """Nothing is printed in a column that such a row should fill, or may have filled."""
        draft = self.draft
        filled = draft.best.fields.get(name)
        if filled is not None and filled.marks:
            return
        heads = {n: f.tokens[0] for n, f in draft.best.fields.items() if f.tokens}
        if name == "direction" and draft.best.shape.table == "II":
            return
        unplaced = name == "price" and not draft.best.placed
        if missing(name, draft.best.shape.table, heads) or unplaced:
            why = "nothing legible stands in its column"
            if name in _OPTIONAL | {"price"}:
                why = "its column is empty, or what it printed is lost"
            self._repair(name, "", "field unknown", why)

    def _direction(self) -> None:
        draft = self.draft
        if draft.best.shape.holding:
            return
        found = draft.direction()
        if found is not None:
            self.said["direction"] = found
        if draft.settled("direction") in {"A", "D"}:
            return
        if draft.turned is not None:
            self.repairs = [repair for repair in self.repairs if repair.field != "direction"]
            self.printed.pop("direction", None)
            self._repair("direction", self._printed("direction"), "inferred", draft.turned[1])
            return
        if draft.best.shape.table == "I":
            return
        code = draft.settled("code")
        expected = expected_direction(str(code), "II") if code else None
        column = draft.column()
        if found is None:
            why = "no column says it, and the code does not decide it"
            if column and expected:
                why = f"the number stands under {column}, but code {code} expects {expected}"
            self._repair("direction", "", "field unknown", why)
        elif column in {"acquired", "disposed"}:
            agrees = f", as code {code} expects" if expected == found else ""
            why = f"no letter is printed; the number stands in the column for {column}{agrees}"
            self._repair("direction", "", "inferred", why)
        else:
            meaning = CODES[str(code)].meaning
            why = f"its column is lost; code {code}, {meaning}, has one direction in Table II"
            self._repair("direction", "", "inferred", why)

    def _doubts(self) -> None:
        """What the row as a whole leaves open: its table, its days, pieces without a column."""
        draft = self.draft
        best = draft.best
        for name, why in draft.row.doubts:
            self._repair(name, self._printed(name), "inferred", why)
        if draft.row.table is not None and best.shape.table != draft.row.table:
            why = f"it stands under Table {draft.row.table} and has the columns of the other"
            self._repair("table", "", "inferred", why)
            why = "under the wrong table, it may be the rest of another row"
            self._repair("row", _print(draft.row.tokens), "inferred", why)
        strays = [t for t in best.stray if t.kind in {"date", "letter", "number", "broken"}]
        kinds = {token.kind for token in best.stray}
        figured = "letter" in kinds and kinds & {"number", "broken"}
        day = any(is_ruined_day(token.text) for token in best.stray)
        if self.worn and best.shape.holding and (figured or day):
            self._dayless(strays)
        if best.cost >= _DOUBTFUL or (best.shape.holding and strays):
            why = "so much of it is lost or astray that what is read may stand in other columns"
            self._repair("row", _print(draft.row.tokens), "inferred", why)
        shapes = {(r.shape.table, r.shape.holding) for r in draft.readings}
        if len(shapes) > 1:
            self._repair(
                "row", _print(draft.row.tokens), "inferred", "another kind of row is as near"
            )
        for name, other in (("exercisable_on", "expires_on"), ("expires_on", "exercisable_on")):
            lone = name in self.said and other in best.shape.columns and other not in best.fields
            if best.placed and lone:
                why = "only its column tells it from the other day of the pair"
                self._repair(name, self._printed(name), "inferred", why)
        if self.worn:
            self._beside([token for token in strays if is_grouped(token)])
        if best.stray:
            why = "left out: no column admits it where it stands, or it repeats what is before it"
            self._repair("row", _print(best.stray), "repaired", why)

    def _beside(self, strays: Sequence[Token]) -> None:
        """Of a row with a whole figure that no column admits, any figure or day may be another's."""
        said = {self.said.get(name) for name in SHARES}
        lost = [token for token in strays if token.number is not None and token.number not in said]
        told = {repair.field for repair in self.repairs}
        for name in sorted((SHARES | {"effective_on"}) - told) if lost else ():
            if (value := self.said.get(name)) is not None:
                why = f"the row prints {_print(lost)} too, and no column is left for it"
                text = plain(value) if isinstance(value, Decimal) else f"{value}"
                self._repair(name, self._printed(name) or text, "doubtful", why)

    def _dayless(self, strays: Sequence[Token]) -> None:
        """A holding beside a letter and a figure may be a transaction whose day is lost."""
        if self.said.pop("shares_after", None) is not None:
            printed = self._printed("shares_after")
            self.printed["shares_after"] = printed
            why = f"beside {_print(strays)} it may be the amount of a transaction whose day is lost"
            self._repair("shares_after", printed, "field unknown", why)
        if self.said.get("ownership") == "direct":
            del self.said["ownership"]
            self.printed["ownership"] = printed = self._printed("ownership")
            why = f"beside {_print(strays)} its D may be that of shares disposed of"
            self._repair("ownership", printed, "field unknown", why)

    def _printed(self, name: str) -> str:
        prints = [
            plain_print(filled.print)
            for reading in self.draft.readings
            if (filled := reading.fields.get(name)) is not None and filled.tokens
        ]
        return " / ".join(dict.fromkeys(prints))


def _told(value: object) -> str:
    if value == "":
        return "empty"
    if value is None:
        return "cut"
    return plain(value) if isinstance(value, Decimal) else str(value)


def _print(tokens: Sequence[Token]) -> str:
    return plain_print(" ".join(token.text for token in tokens))
