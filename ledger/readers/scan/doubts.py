"""What a page that was misread in places leaves open, though each print for itself looks whole.

A digit taken for another makes a well-formed figure. Nothing in its print tells; what stands
around it may: a day outside what the form covers, totals that do not follow from line to
line, and how much of the form's own print was read right. A filer's slip looks the same, so a
figure that is contradicted stands at its print and is told as doubtful.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from ledger.filing import Row
from ledger.readers.scan.chart import Read
from ledger.readers.scan.days import Covered, dated
from ledger.readers.scan.directions import contradicts
from ledger.readers.scan.labels import edits
from ledger.readers.scan.telling import altered
from ledger.readers.scan.tokens import unmarked
from ledger.readers.scan.totals import contradicted, runs, said_of, steps
from ledger.types import Direction, Effect, plain

POOR = 88
"""Of a hundred printed words, how many must be right for an unconfirmed figure to be sure."""

ILLEGIBLE = 80
"""Below how many it is unknown; between the two it stands and is doubtful (26 of 26 were right)."""

FIGURES = ("shares", "shares_after", "underlying_shares")
"""The fields that count shares."""

_PRICES = ("price", "exercise_price")
_DAYS = ("exercisable_on", "expires_on")

_LONG = 4
"""Digits from which on two figures that differ in one are hardly so by chance."""

_LIKE = 2
"""Digits in which two prints of one figure differ at most, of which one was misread."""
_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+")

_GROUPED = 1_000
"""From where on a figure has a comma."""

_TEN = 10
LINE = "147"
"""Digits that a ruled line is read as."""

_BY_PRINT = re.compile("the blank within it divides nothing|the only number that its print can be")
"""How it is said that a figure was put together by its own print alone, in which digits may be misread."""

NO_TITLE = "its words are not those of a title, and nothing on the page confirms them"
"""How it is said that nothing of a title can be made out."""

_MARK = 3
"""Digits that a footnote mark and its brackets may be read as."""


def doubted(rows: Sequence[Row], covered: Covered, page: Read) -> tuple[Row, ...]:
    """Rows of a page that was misread in places, with what they leave open said.

    Args:
        rows: As read, in document order.
        covered: The days that transactions of this form may have.
        page: How the page was read.
    """
    days = dated(rows, covered)
    page = page._replace(misread=[*page.misread, *_misread_days(rows, days)])
    found = _lone_digits(_crossed(days))
    found = [_marked(row) for row in _parted(list(_loose(found)))]
    seen = Counter(figure for row in found for figure in {getattr(row, name) for name in FIGURES})
    found = [_divided(_tailed(_parts_ways(_unlike(row, seen)))) for row in found]
    found = contradicted(_near_others(found))
    return tuple(unborne(found, page))


def _misread_days(rows: Sequence[Row], found: Sequence[Row]) -> Iterator[str]:
    """Prints of days that what the form covers shows to be misread: so may be other digits."""
    for before, after in zip(rows, found, strict=True):
        if before.repairs != after.repairs and "effective_on" not in {
            r.field for r in before.repairs
        }:
            yield next(r.printed for r in after.repairs if r.field == "effective_on")


def _loose(rows: Sequence[Row]) -> Iterator[Row]:
    """Figures without a comma where the page groups its thousands have lost a comma or a point."""
    prints = [row.printed.get(name, "") for row in rows for name in (*FIGURES, *_PRICES)]
    grouped = any(re.search(r"\d,\d{3}", text) for text in prints)
    numbers = Counter(
        number
        for row in rows
        for name in FIGURES
        if (number := getattr(row, name)) and f"{number:,f}" in row.printed.get(name, "")
    )
    running = [pair for pair in steps(rows) if _moves(*(rows[one] for one in pair))]
    follow = {(at, "shares_after") for pair in running for at in pair}
    follow |= {(after, "shares") for _, after in running}
    for at, printed in enumerate(rows):
        row = printed
        for name in (*FIGURES, *_PRICES):
            if (at, name) in follow:
                continue
            number, text = getattr(row, name), row.printed.get(name, "")
            if number is None or any(repair.field == name for repair in row.repairs):
                continue
            if grouped and number >= _GROUPED and "," not in text and not numbers[number]:
                why = "the page groups its thousands, and no comma stands in it: a sign is lost"
                text = text or plain(number)
                row = altered(row, name, text, "field unknown", why, **{name: None})
        yield row


def _crossed(rows: Sequence[Row]) -> list[Row]:
    """Codes beside a letter that says the other way: one of the two is misread, or the filer's slip.

    Where the totals follow by the letter, the code is. A code of which only a part is left is
    unknown then; a whole one stands and is doubtful, as the letter is.
    """
    proven = {pair[1] for pair in steps(rows) if _moves(rows[pair[0]], rows[pair[1]])}
    return [_at_cross(row, proven=at in proven) for at, row in enumerate(rows)]


def _moves(before: Row, after: Row) -> bool:
    return runs(before, after) and before.shares_after != after.shares_after


def _at_cross(row: Row, *, proven: bool) -> Row:
    told = {repair.field for repair in row.repairs}
    code, way = row.code, row.direction
    if row.table != "I" or not code or not contradicts(code, way) or told & {"code", "direction"}:
        return row
    printed = row.printed.get("code", code)
    why = f"by code {code} shares are not {way}, as the letter beside them says; one of the two is misread"
    whole = unmarked(printed).strip().upper() in {code, code * 2}
    effect, gone = ("doubtful", {}) if whole else ("field unknown", {"code": None})
    row = altered(row, "code", printed, effect, why, **gone)
    return row if proven or not whole else altered(row, "direction", str(way), "doubtful", why)


def _lone_digits(rows: Sequence[Row]) -> list[Row]:
    """Totals of one digit, or a line and a nought, that no line before leads to: what a nought alone is read as."""
    running = (pair for pair in steps(rows) if runs(rows[pair[0]], rows[pair[1]]))
    confirmed = {at for pair in running for at in pair}
    rows = [row if at in confirmed else _shrunk(row) for at, row in enumerate(rows)]
    why = "a figure alone is what a nought between two lines is often read as; no total confirms it"
    return [
        altered(row, "shares_after", plain(total), "field unknown", why, shares_after=None)
        if total is not None and _may_be_nought(total, row.direction) and at not in confirmed
        else row
        for at, row in enumerate(rows)
        for total in (row.shares_after,)
    ]


def _may_be_nought(total: Decimal, way: Direction | None) -> bool:
    return total in range(1, _TEN) or (
        way == "disposed" and plain(total) in {f"{one}0" for one in LINE}
    )


def _shrunk(row: Row) -> Row:
    """A row with a total of a digit or two where a thousand shares and more came: what is left of one."""
    total, moved, told = row.shares_after, row.shares, {repair.field for repair in row.repairs}
    came = row.direction == "acquired" and moved is not None and moved >= _GROUPED
    if not came or total is None or total >= _TEN * _TEN or "shares_after" in told:
        return row
    why = f"{said_of(moved)} shares were acquired, and no total confirms that so few are held"
    return altered(row, "shares_after", plain(total), "doubtful", why)


def unborne(rows: Sequence[Row], page: Read) -> Iterator[Row]:
    """Figures that nothing on the page confirms.

    They are unknown on a page of which little is legible. On one that was read poorly, where a
    figure of the form's own was misread, specks lie, or the row itself may stand in other columns, they
    stand at their print and are doubtful; on a strewn page prices are too, the other fifth of whose
    misread digits are a mark's.
    """
    running = [pair for pair in steps(rows) if runs(rows[pair[0]], rows[pair[1]])]
    confirmed = {at for pair in running for at in pair}
    moved = {at for pair in running if _moves(*(rows[one] for one in pair)) for at in pair}
    seen = Counter(getattr(row, name) for row in rows for name in (*FIGURES, *_PRICES))
    unread = "little of the form's own print is legible, and nothing confirms the figure"
    lost = page.percent < ILLEGIBLE
    for at, printed in enumerate(rows):
        row = printed
        why = unread if page.percent < POOR else _doubt(row, page)
        if page.strewn or page.misread:
            row = _later_days(row, rows)
        for name in (*FIGURES, *(_PRICES if page.strewn else ())) if why else ():
            number = getattr(row, name)
            told = [repair for repair in row.repairs if repair.field == name]
            joined = all(_BY_PRINT.search(repair.why) for repair in told)
            follows = name in FIGURES and at in (moved if name == "shares" else confirmed)
            again = _again(rows, at, name) and not (printed.holding and _priced(printed))
            few = number is not None and number < _TEN and _astray(printed)
            alone = seen[number] == 1 or few or (_astray(printed) and not again)
            if number and not follows and alone and joined:
                gone = {name: None} if lost and not told else {}
                effect = "field unknown" if gone else "doubtful"
                text = told[0].printed if told else plain(number)
                kept = tuple(repair for repair in row.repairs if repair not in told)
                row = row.model_copy(update={"repairs": kept})
                row = altered(row, name, text, effect, why, **gone)
        yield row


def _priced(row: Row) -> bool:
    """Whether a price stands among the pieces of a row that no column admits."""
    return any(repair.field == "row" and "$" in repair.printed for repair in row.repairs)


def _later_days(row: Row, rows: Sequence[Row]) -> Row:
    """A row whose days of exercise and expiry, which no other row has, are told as doubtful."""
    for name in _DAYS:
        day = getattr(row, name)
        alone = sum(getattr(other, name) == day for other in rows) == 1
        if day is not None and alone and all(repair.field != name for repair in row.repairs):
            why = "nothing confirms it on a page where digits are misread"
            row = altered(row, name, row.printed.get(name, f"{day}"), "doubtful", why)
    return row


def _again(rows: Sequence[Row], at: int, name: str) -> bool:
    """Whether another row has a figure in the same column, or the row itself in the one of its pair."""
    twin = name != "shares_after" and rows[at].shares == rows[at].underlying_shares
    return twin or [getattr(row, name) for row in rows].count(getattr(rows[at], name)) > 1


def _doubt(row: Row, page: Read) -> str:
    """Why a row's figures are not sure, where nothing on the page confirms them, or nothing."""
    if page.misread:
        return f"nothing confirms it on a page where other figures are misread: {page.misread[0]}"
    if page.strewn:
        return "nothing confirms it on a page strewn with specks, which a digit may be misread by"
    if any(repair.why == NO_TITLE for repair in row.repairs):
        return "its title is misread beyond reading, and nothing confirms the figure"
    if _astray(row):
        return "its row is so damaged that it may stand in another column, and nothing confirms it"
    return ""


def _astray(row: Row) -> bool:
    """Whether a row is doubtful as a whole."""
    return any(repair.field == "row" and repair.effect == "inferred" for repair in row.repairs)


def _parted(rows: Sequence[Row]) -> Iterator[Row]:
    """Amounts and their underlying shares, one with a comma where the other has a point.

    One of the two signs was misread, and neither print says which, unless the page prints the
    one with a comma twice as often.
    """
    seen = Counter(_printed(row, name) for row in rows for name in FIGURES)
    yield from (_at_odds(row, seen) for row in rows)


def _printed(row: Row, name: str) -> str:
    told = next((repair.printed for repair in row.repairs if repair.field == name), "")
    text = row.printed.get(name) or told or _plain(row, name)
    return re.sub(r"\s", "", unmarked(text))


def _at_odds(row: Row, seen: Counter[str]) -> Row:
    pair = ("shares", "underlying_shares")
    prints = [_printed(row, name) for name in pair]
    figures = {re.sub(r"[.,]", "", text) for text in prints}
    signs = ["".join(re.findall(r"[.,]", text)) for text in prints]
    if len(figures) > 1 or sorted(sign[-1:] for sign in signs) != [",", "."]:
        return row
    if any(
        sign == "," and not _GROUPS.fullmatch(text)
        for sign, text in zip(signs, prints, strict=True)
    ):
        return row  # no comma stands before two digits
    pointed, grouped = sorted(prints, key=lambda text: "," in text[-4:])
    if seen[grouped] >= 2 * seen[pointed]:
        return row
    if (total := row.shares_after) is not None and row.direction == "acquired":
        less, more = (Decimal(text.replace(",", "")) for text in (pointed, grouped))
        if less <= total < more:
            why = f"read as {plain(less)}: more than the total of the row was not acquired by it"
            return _both(row, prints, "inferred", why, less)
    why = "the same figures are printed once with a comma and once with a point"
    return _both(row, prints, "field unknown", why, None)


def _both(row: Row, prints: Sequence[str], effect: Effect, why: str, said: Decimal | None) -> Row:
    """A row with its amount and its underlying shares told anew, for one reason."""
    for name, printed in zip(("shares", "underlying_shares"), prints, strict=True):
        kept = tuple(repair for repair in row.repairs if repair.field != name)
        row = row.model_copy(update={"repairs": kept})
        row = altered(row, name, printed, effect, why, **{name: said})
    return row


def glued(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of a page of which only labels are known to be misread: figures that a mark ran into."""
    return tuple(_tailed(row) for row in _loose(rows))


def _tailed(row: Row) -> Row:
    """An amount that is its underlying shares with a figure or two behind them, as a mark leaves.

    Conversions have whole ratios the other way: what is held yields more (5 of 5 of 240 rows). A
    figure of another ratio is one with a mark read as its last.
    """
    pair = ("shares", "underlying_shares")
    one, other = (_plain(row, name) for name in pair)
    if not one or not other or "." in one + other or {r.field for r in row.repairs} & set(pair):
        return row
    short, long = sorted((one, other), key=len)
    tail = long[len(short) :]
    ratio = set(tail) == {"0"} and long == other
    if ratio or not long.startswith(short) or not 0 < len(tail) < _MARK:
        return row
    why = f"{short} and {long} are one figure, and what a footnote mark behind it may be read as"
    for name in pair:
        row = altered(row, name, said_of(getattr(row, name)), "doubtful", why)
    return row


def _divided(row: Row) -> Row:
    """A row of Table I that moves a fraction: none of 642 filed does, and a comma may be a point, a mark a digit."""
    told = any(repair.field == "shares" for repair in row.repairs)
    if row.table != "I" or row.shares is None or row.shares == int(row.shares) or told:
        return row
    why = "hardly a filer moves parts of shares; its point may be a comma, its last digit a mark's"
    return altered(row, "shares", row.printed.get("shares", plain(row.shares)), "doubtful", why)


def _marked(row: Row) -> Row:
    """An amount and its underlying shares, one with a mark behind it read as its last digits.

    Two fractions that differ so are one: of 240 rows whose two figures differ, none does.
    """
    pair = ("shares", "underlying_shares")
    one, other = (_plain(row, name) for name in pair)
    short, name = min((one, pair[1]), (other, pair[0]), key=lambda found: len(found[0]))
    long = max(one, other, key=len)
    if "." not in short or any(repair.field == name for repair in row.repairs):
        return row
    if not long.startswith(short) or not 0 < len(long) - len(short) <= _MARK:
        return row
    why = f"read as {short}: its last digits are a footnote mark, for the other figure lacks them"
    return altered(
        row, name, said_of(getattr(row, name)), "repaired", why, **{name: Decimal(short)}
    )


def _unlike(row: Row, seen: Counter[Decimal]) -> Row:
    """An amount and its underlying shares that differ in one digit alone, and in no whole ratio.

    One with a line before it that is read as a digit is misread; so is, where one of the two stands in
    another row too, the other.
    """
    pair = ("shares", "underlying_shares")
    one, other = row.shares, row.underlying_shares
    joined = [r for r in row.repairs if r.field in pair and _BY_PRINT.search(r.why)]
    told = {r.field for r in row.repairs if r not in joined and not r.printed.startswith("(")}
    if not one or not other or told & set(pair):
        return row  # what is told of a mark is nothing told of its figure
    prints = [plain(one), plain(other)]
    alike = min(map(len, prints)) >= _LONG and edits(*prints) == 1
    if not alike or max(one, other) % min(one, other) == 0:
        return row
    row = row.model_copy(update={"repairs": tuple(r for r in row.repairs if r not in joined)})
    less, more = sorted((one, other))
    if plain(more) in {f"{line}{plain(less)}" for line in LINE} and seen[more] == 1:
        name = pair[more == other]
        why = f"read as {said_of(less)}: a line is read as the first digit, which the other lacks"
        return altered(row, name, said_of(more), "doubtful", why, **{name: less})
    why = f"{said_of(one)} and {said_of(other)} differ in one digit, which may be misread"
    known = [name for name in pair if seen[getattr(row, name)] > 1]
    for name in pair:
        lost = len(known) == 1 and name not in known
        gone = {name: None} if lost else {}
        effect = "field unknown" if lost else "doubtful"
        row = altered(row, name, said_of(getattr(row, name)), effect, why, **gone)
    return row


def _parts_ways(row: Row) -> Row:
    """An amount beside a print of underlying shares that is another figure, in a damaged row.

    So is one of which a piece with figures was left out. Whole ratios of conversion are none. Where the two look
    alike, or the amount is short, it is unknown: of 45 on faxed and copied pages 4 were misread, all of those.
    """
    amount, told = row.shares, {repair.field for repair in row.repairs}
    left = any(r.field == "row" and re.search(r"\d", r.printed) for r in row.repairs)
    astray = left or _astray(row)
    if row.table != "II" or not amount or not astray or "shares" in told:
        return row
    text = re.sub(r"[^\d.]", "", _printed(row, "underlying_shares"))
    other = Decimal(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None
    if not other or other == amount or max(amount, other) % min(amount, other) == 0:
        return row
    why = f"{plain(other)} is printed for its underlying shares, and much of the row is lost"
    near = edits(plain(amount), plain(other)) <= _LIKE or len(plain(amount)) < _LONG
    effect, gone = ("field unknown", {"shares": None}) if near else ("doubtful", {})
    return altered(row, "shares", said_of(amount), effect, why, **gone)


def _near_others(rows: Sequence[Row]) -> list[Row]:
    """Figures of one day in the digits of one that stands there as often, but for a digit.

    What is converted is sold at once, so that one amount stands in several rows, and what is
    acquired first is all that is held. The figure that stands less often is the misread one,
    unless the totals follow by it; where both stand as often, either may be.
    """
    found = list(rows)
    confirmed = {at for pair in steps(rows) if runs(rows[pair[0]], rows[pair[1]]) for at in pair}
    days: dict[date | None, Counter[Decimal]] = defaultdict(Counter)
    for row in rows:
        days[row.effective_on].update(n for name in FIGURES if (n := getattr(row, name)))
    for at, row in enumerate(rows):
        seen = days[row.effective_on]
        told = {repair.field for repair in row.repairs}
        here = {row.shares, row.shares_after} if row.direction == "acquired" else set()
        for name in FIGURES:
            number = getattr(row, name)
            if not number or at in confirmed or name in told:
                continue
            near = [
                other
                for other, times in seen.items()
                if times >= max(seen[number], 1 if {other, number} <= here else 2)
                and _near(number, other)
            ]
            if near:
                why = f"{said_of(near[0])} stands elsewhere for its day; a digit may be misread"
                text = said_of(number)
                found[at] = altered(found[at], name, text, "field unknown", why, **{name: None})
    return found


def _near(number: Decimal, other: Decimal) -> bool:
    """Whether two figures of several digits that count differ in one of them alone."""
    return len(plain(other).rstrip("0")) >= _LONG and edits(plain(number), plain(other)) == 1


def _plain(row: Row, name: str) -> str:
    number = getattr(row, name)
    return "" if number is None else plain(number)
