"""Whether shares came or went, where no letter is legible: what figures and the form's law say.

In Table II no letter is printed at all, and on a scan its two columns cannot be told apart.
A balance is never below what was just acquired there (179 of 179 rows of 485 filings; not so
in Table I, where a total is often another position's). A conversion or an exercise takes from
Table II what it brings to Table I. In Table I a sale and a withholding dispose, and a purchase,
an exercise and a conversion acquire (all but one of 1,786 sales).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ledger.codes import CODES
from ledger.readers.scan.drafts import CROSSING, Draft
from ledger.readers.scan.labels import letters
from ledger.readers.scan.wordings import mended_title, unmarked_words
from ledger.types import Direction

_BY_LAW: dict[str, Direction] = {
    "S": "disposed",
    "F": "disposed",
    "P": "acquired",
    "M": "acquired",
    "C": "acquired",
}
_AT_A_PRICE: dict[Direction, set[str]] = {"disposed": {"S"}, "acquired": {"P"}}
"""Trades in the market, by the way that the shares go."""

_SEVERAL = 2
"""How many other rows of a kind must be by one code for the kind to have it."""

_LINED = re.compile("^[ijl](?=class|common|series|ordinary)")
"""A line before a title, read as a letter of it."""

_HALF = frozenset("common ordinary preferred stock share shares unit units".split())
"""Words that are no title alone, but what is left of any."""

Turn = tuple[Draft, Direction, str]


def contradicts(code: str, way: Direction | None) -> bool:
    """Whether the shares of a row of Table I went another way than a code lets them go.

    A grant is acquired there as well; but the letter of a grant is no proof of one.
    """
    law = _BY_LAW | {"A": "acquired"}
    return way is not None and law.get(code, way) != way


def turns(drafts: Sequence[Draft], pairs: Iterable[tuple[Draft, Draft]]) -> Iterator[Turn]:
    """Directions that a row's figures or another row's give; `pairs` are lines of one position."""
    for before, after in pairs:
        first, last = before.number("shares_after"), after.number("shares_after")
        shares = after.number("shares")
        if first is None or last is None or not shares or abs(last - first) != shares:
            continue
        way: Direction = "acquired" if last > first else "disposed"
        yield after, way, "the totals of the two lines differ by it"
    for draft in drafts:
        if draft.best.shape.holding:
            continue
        if draft.best.shape.table == "II":
            yield from _derivative(draft, drafts)
        elif found := _BY_LAW.get(str(draft.settled("code"))):
            meaning = CODES[str(draft.settled("code"))].meaning
            yield draft, found, f"no letter is legible; {meaning} has one direction in Table I"


def _derivative(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Turn]:
    shares, after = draft.number("shares"), draft.number("shares_after")
    if shares is not None and after is not None and after < shares:
        yield draft, "disposed", "what is left is less than it, so that it was not acquired"
    yield from _within_table(draft, drafts)
    code = draft.settled("code")
    if code == "C" and "convertiblepreferred" in _title(draft, "security"):
        yield draft, "disposed", "convertible preferred stock is what is converted (19 of 19)"
        return
    if shares is None or code not in CROSSING:
        return
    moved = _acquires(draft, drafts)
    nothing = not _acquires(draft, drafts, or_may=True)
    if nothing and after is not None and after >= shares and _given_for(draft, drafts):
        yield draft, "acquired", "another row by the same code went, and Table I acquires nothing"
        return
    if any(other.number("shares") == shares for other in moved):
        yield draft, "disposed", "Table I acquires the same number by the same code"
        return
    day = draft.settled("effective_on")
    lost = [other for other in moved if not other.number("shares")]
    if day and [other.settled("effective_on") for other in lost].count(day) == 1:
        yield (
            draft,
            "disposed",
            "Table I acquires by the same code that day, its number not legible",
        )


def _given_for(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether another row of Table II, of another title, is known to have gone by a row's code.

    Where as much is left as moved, and Table I acquires nothing by it, what moved was then acquired
    (10 of 10).
    """
    title = _title(draft, "security")
    return bool(title) and any(
        other.best.shape.table == "II"
        and not other.best.shape.holding
        and other.settled("code") == draft.settled("code")
        and other.direction() == "disposed"
        and _title(other, "security") not in {"", title}
        for other in drafts
    )


def brought(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Rows of Table II by whose code a row of Table I acquires: what they took from the one it brought.

    Then they dispose (123 of 124); where no such row stands in Table I, they may be what a warrant or
    a unit yielded.
    """
    for draft in drafts:
        if (
            draft.best.shape.table == "II"
            and draft.settled("code") in CROSSING
            and _acquires(draft, drafts)
        ):
            yield draft


def _acquires(draft: Draft, drafts: Sequence[Draft], *, or_may: bool = False) -> list[Draft]:
    """The rows of Table I that acquire by a row's code, or on its day where theirs is not legible.

    With those whose way is not known yet (`or_may`), for there to be none.
    """
    ways = {"acquired", None} if or_may else {"acquired"}
    return [
        other
        for other in drafts
        if other.best.shape.table == "I"
        and not other.best.shape.holding
        and other.direction() in ways
        and _alike(draft, other)
    ]


def _within_table(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Turn]:
    """What a conversion yields is often a derivative itself, acquired by a row of the same table.

    The one row's underlying title is the other's own then (18 of 18 such pairs).
    """
    code, day = draft.settled("code"), draft.settled("effective_on")
    if code not in CROSSING or not day:
        return
    for other in drafts:
        same = not other.best.shape.holding and other.best.shape.table == "II"
        if other is draft or not same or {other.settled("code")} - {code, None, "?"}:
            continue
        titles = [(_title(one, "security"), _title(one, "underlying")) for one in (draft, other)]
        (own, yields), (others, yielded) = titles
        if other.settled("effective_on") != day or own == others:
            continue
        if yields and yields == others:
            yield draft, "disposed", "another row by the same code is of what it is converted into"
        elif own and own == yielded:
            yield draft, "acquired", "another row by the same code is converted into it"


def twins(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Rows of Table II of which one may be what the other is converted into, so that no code tells ways.

    They move as many by one code on one day, and differ in title and in underlying title, as far as
    those can be read.
    """
    groups: dict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        code, day = draft.settled("code"), draft.settled("effective_on")
        shares = draft.number("shares")
        if draft.best.shape.table == "II" and code in CROSSING and day and shares:
            groups[code, day, shares].append(draft)
    for group in groups.values():
        names = [(_title(one, "security"), _title(one, "underlying")) for one in group]
        if len(group) == 2 and all(a != b or not a for a, b in zip(*names, strict=True)):
            yield from group


def _title(draft: Draft, name: str) -> str:
    """A title in a row's best reading, folded, with the words that titles are made of; "" for one alone."""
    filled = draft.best.fields.get(name)
    title = _LINED.sub("", letters(mended_title(unmarked_words(filled.words)))) if filled else ""
    return "" if title in _HALF else title


def crossings(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, str, str]]:
    """Codes that are not legible, by the row of the other table that moves as many on one day.

    What a conversion or an exercise takes from Table II it brings to Table I under its code.
    """
    for draft in drafts:
        if draft.best.shape.holding or draft.settled("code"):
            continue
        day, shares = draft.settled("effective_on"), draft.number("shares")
        found = {
            str(other.settled("code"))
            for other in drafts
            if other.best.shape.table != draft.best.shape.table
            and {other.settled("code")} <= CROSSING
            and day
            and shares
            and (other.settled("effective_on"), other.number("shares")) == (day, shares)
            and _crossed(draft, other)
        }
        if len(found) == 1:
            yield draft, found.pop(), "the other table moves the same number on the same day by it"


def habits(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, str, str]]:
    """Codes that are not legible, by those of the page's other lines that go the same way.

    Where others dispose at a price in Table I, and all are sales, so is this line (432 of 432); where
    others acquire at one, and all are purchases, so is this (25 of 25). Where several others of a
    table go its way, all at a price or all at none, and all by one code, so does this (537 of 537).
    Where no price is legible of trades in the market, theirs are lost, and so may be this line's.
    """
    trades = [draft for draft in drafts if not draft.best.shape.holding]
    for draft in trades:
        way, table = draft.direction(), draft.best.shape.table
        if way is None or draft.settled("code"):
            continue
        codes = [
            str(code)
            for other in trades
            if other.direction() == way
            and (other.best.shape.table, other.priced) == (table, draft.priced)
            and (code := other.settled("code"))
        ]
        said = {str(value) for value in draft.values("code") if value} | _capitals(draft)
        market = set(codes) <= _AT_A_PRICE[way]
        traded = table == "I" and draft.priced and market
        enough = traded or (len(codes) >= _SEVERAL and (draft.priced or not market))
        if len(set(codes)) == 1 and enough and said <= {"?", *codes}:
            yield draft, codes[0], f"every other line that goes its way {_at(draft)} is by it"


def _capitals(draft: Draft) -> set[str]:
    """The codes of which the capital stands in the print of a line's code."""
    filled = draft.best.fields.get("code")
    return set(filled.print) & set(CODES) if filled is not None else set()


def _at(draft: Draft) -> str:
    return "at a price" if draft.priced else "at none"


def _crossed(one: Draft, other: Draft) -> bool:
    """Whether the row of Table I may acquire, and that of Table II dispose."""
    ways = {draft.best.shape.table: draft.direction() for draft in (one, other)}
    return ways["I"] == "acquired" and ways["II"] in {None, "disposed"}


def _alike(draft: Draft, other: Draft) -> bool:
    """Whether two rows have one code, or one day where the other's code is not legible."""
    code = other.settled("code")
    if not code:
        day = draft.settled("effective_on")
        return bool(day) and day == other.settled("effective_on")
    return code == draft.settled("code")
