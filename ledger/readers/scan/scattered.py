"""Text whose lines stand in another order than the form prints them: raw reading order.

Some programs write a page's words down column by column, or as they come. The numbers of the
form's own columns tell: they do not rise any more. The cells of a transaction may still follow
each other, but which title, nature or balance is whose cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.filing import Issuer, Owner, Repair, Row
from ledger.readers.scan.chart import is_form_wording
from ledger.readers.scan.headings import is_wording_line, table_of
from ledger.readers.scan.lines import Line
from ledger.readers.scan.telling import altered

_CELL = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|\$\d[\d,]*(?:\.\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?")
"""A day, a price or a figure with commas: what no row of a table has only one of."""

_HEAD = re.compile(r"(?P<number>\d{1,2})A?\. ?(?=[A-Z][a-z])")
"""How the heading of a column begins on a line of its own."""

_COLUMNS = 7
_INITIAL = 4
"""The number of the last column of Table I, and on Form 3."""

_FEWEST = 3
_ALONE = 8
_OF = 10
"""How many of the lines with such cells hold one alone, where their order is lost.

A row of a form has two on its line, or it has none but a balance.
"""

_WORDS = ("security", "nature", "underlying")
_MOVED = (
    *("exercise_price", "price", "exercisable_on", "expires_on", "underlying_shares"),
    *("deemed_execution_on", "timeliness", "ownership", "value", "value_after"),
)
_DOUBTED = ("shares", "direction", "code")
"""What follows its row's day closely, and may be read from another column all the same."""

_WHY = (
    "the lines of the text stand in another order than on the form, so that it may be another row's"
)

REMEDY = (
    "its tables stand one cell a line, their rows taken apart: give the document itself, or its text"
    " with the columns kept (pdftotext -layout, tesseract --psm 4)"
)


def is_scattered(lines: Sequence[Line]) -> bool:
    """Whether the lines of the tables hold their days and figures one by one, in no order.

    Lines whose columns a program divided are in order, and so is one cell a line where the
    numbers of the columns' headings rise.
    """
    if any(line.ruled for line in lines) or not _falls(lines):
        return False
    counts = [len(found) for line in lines if (found := _CELL.findall(line.text))]
    beside = [len(line.filled) for line in lines if _CELL.search(line.text)]
    alone = sum(cells == 1 and others == 1 for cells, others in zip(counts, beside, strict=True))
    return len(counts) >= _FEWEST and max(counts) < _FEWEST and _OF * alone >= _ALONE * len(counts)


def _falls(lines: Sequence[Line]) -> bool:
    """Whether the headings of a table's columns stand in another order than that of their numbers."""
    first = last = 0
    for line in lines:
        if table_of(line) is not None:
            first = last = 0
        elif is_wording_line(line) and (head := _HEAD.match(line.text)):
            number = int(head["number"])
            # A table's own heading may be lost: another begins where the one before is whole.
            another = number == 1 and (last >= _COLUMNS or (first, last) == (1, _INITIAL))
            if number < last and not another:
                return True
            first, last = number if another else first or number, number
    return False


def unsettled(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows of such text without what may be another row's; balances of transactions in doubt."""
    for printed in rows:
        row = printed
        for name in (*_WORDS, *_MOVED):
            if getattr(row, name) in {None, ""}:
                continue
            gone = "" if name == "nature" else None
            row = _told(row, name, "field unknown", **{name: gone})
        if row.shares_after is not None:
            lost = {"shares_after": None} if row.holding else {}
            row = _told(row, "shares_after", "field unknown" if lost else "doubtful", **lost)
        told = {repair.field for repair in row.repairs}
        for name in _DOUBTED:
            if name not in told and getattr(row, name) is not None:
                row = _told(row, name, "doubtful")
        yield row


def named(issuer: Issuer, owners: Sequence[Owner]) -> tuple[Issuer, tuple[Repair, ...]]:
    """The issuer without a name that no symbol follows: it is an owner's as often, or a label.

    Nor is an owner's name one, an address, or the form's own words.
    """
    name = issuer.name or ""
    wrong = name in {owner.name for owner in owners} or name.upper().startswith("C/O")
    if not name or (issuer.symbol and not wrong and not is_form_wording(name)):
        return issuer, ()
    why = "the lines of the text stand in another order than on the form, and no symbol follows it"
    told = Repair(field="issuer", printed=name, effect="field unknown", why=why)
    return issuer.model_copy(update={"name": None}), (told,)


def _told(row: Row, name: str, effect: str, **said: object) -> Row:
    """A row with one field told anew instead of what was told of it."""
    text = row.printed.get(name, str(getattr(row, name)))
    kept = tuple(repair for repair in row.repairs if repair.field != name)
    return altered(row.model_copy(update={"repairs": kept}), name, text, effect, _WHY, **said)
