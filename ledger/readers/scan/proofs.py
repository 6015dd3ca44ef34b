"""What a row's other figures prove about one that was cut or can be read in two ways.

Two rules only. In Table II a first grant prints one figure three times: acquired,
underlying, owned afterwards. And the totals of one position run from line to line. A
figure is taken from them only where its own print, damaged as it is, agrees; a figure
that is printed whole is never corrected, for claims are the filer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product

from ledger.readers.scan.directions import brought, crossings, habits, turns, twins
from ledger.readers.scan.drafts import EDGES, EITHER, GROUPED, Draft, Value, bare, candidates
from ledger.readers.scan.labels import edits, letters
from ledger.readers.scan.places import columned
from ledger.readers.scan.totals import Position, resolved, titled
from ledger.readers.scan.ways import Filled, plain_print
from ledger.types import plain

_MISTAKEN = str.maketrans("OolISsBZz", "001155822")
_DOUBTED = re.compile("[SsBZzQD]")
"""Letters in a figure that may be more than one digit."""

_MARK_LEFT = re.compile(r"[^,.]{0,4}[)\]}]")
"""What is left of a footnote mark behind a figure, its opening bracket read as a digit."""

_RUN_ON = re.compile(r"(?P<figure>\d{1,3}(?:,\d{3})+)\d{1,2}[)\]}]?")
"""A figure whose last group is too long: the figures of a footnote mark stand behind it."""

_FRONT = re.compile(
    r"(?P<figure>[1-9]\d{0,2}(?:[.,]\d{3})+|[1-9]\d{2})\d{0,2}[?!*%°®©'‘’“”\"]{0,3}\d?[)\]}]?"
)
"""A figure with what a mark behind it is read as, and points that may be its commas."""

_WHOLE = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
"""A figure whose commas all stand in their places."""

_LINE = "147"
"""Digits that a ruled line is read as."""

_SEVERAL = 10
"""From where on a number has figures enough to be known by."""

_SURE = 100
"""From where on a number that moves a total to another does so by no chance."""

_BEHIND = re.compile(r"\W?\w?[)}\]]$")


def prove(drafts: Sequence[Draft]) -> None:
    """Settles every damaged or doubtful figure that the others prove, until none is left.

    Only then does a print that can be but one number count as that number, and prove others.
    """
    _settle_all(drafts)
    for draft in drafts:
        draft.candid = True
    _settle_all(drafts)
    bridged = list(_bridged(drafts))
    for draft, number, why in bridged:
        draft.proven["shares_after"] = (number, why)
    if bridged:
        _settle_all(drafts)
    for draft, number, why in [*_lost(drafts), *_beside_code(drafts)]:
        draft.proven["shares"] = (number, why)


def _settle_all(drafts: Sequence[Draft]) -> None:
    for draft in twins(drafts):
        draft.twinned = True
    changed = True
    while changed:
        changed = False
        for draft, name, number, why in list(_witnesses(drafts)):
            changed = _settle(draft, name, number, why) or changed
        for draft in brought(drafts):
            draft.brought = True
        found = [*turns(drafts, _neighbours(drafts)), *columned(drafts)]
        for draft, direction, why in found:
            stands = draft.column() in {None, "shares", direction}
            if draft.turned is None and draft.direction() is None and stands:
                draft.turned = (direction, why)
                changed = True
        for draft, code, why in [*crossings(drafts), *habits(drafts)]:
            draft.coded = (code, why)
            changed = True


def _settle(draft: Draft, name: str, number: Decimal, why: str) -> bool:
    settled = draft.number(name)
    if number < 0 or settled == number:
        return False
    agreeing = () if settled is not None else draft.readings
    kept = [r for r in agreeing if _agrees(r.fields.get(name), number)]
    if not kept and number not in _whole(draft, name):
        return False
    draft.readings = kept or draft.readings
    draft.proven[name] = (number, why)
    return True


def _witnesses(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, str, Decimal, str]]:
    for draft in drafts:
        if draft.best.shape.table == "II" and not draft.best.shape.holding:
            yield from _within(draft)
    for before, after in _neighbours(drafts):
        yield from _between(before, after)
        yield from _at_once(before, after)


def _within(draft: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """Table II: the amount and the underlying shares agree, and a first grant's total too."""
    shares, underlying = draft.number("shares"), draft.number("underlying_shares")
    if shares is None or underlying is None:
        yield from _printed_twice(draft)
    if (
        shares is not None
        and underlying is None
        and not _at_odds(draft, "underlying_shares", shares)
    ):
        yield draft, "underlying_shares", shares, "equals the number of derivative securities"
    if underlying is not None and shares is None and not _at_odds(draft, "shares", underlying):
        yield draft, "shares", underlying, "equals the underlying shares"
    if shares is not None and shares == underlying and draft.direction() == "acquired":
        yield (
            draft,
            "shares_after",
            shares,
            "equals the securities acquired and the underlying shares",
        )


def _at_odds(draft: Draft, name: str, number: Decimal) -> bool:
    """Whether a figure has a point where the equal one has a comma, and no total is as much as that.

    Either may be misread then; where the page counts whole figures, the point is a comma.
    """
    total = draft.number("shares_after")
    filled = draft.best.fields.get(name, Filled())
    pointed = EITHER.fullmatch(bare(filled.print).strip(EDGES + "?"))
    if not draft.worn or draft.whole or not pointed or number != int(number):
        return False
    return draft.direction() == "acquired" and (total is None or total < number)


def _printed_twice(draft: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """`61.569` may be a fraction or thousands; where both columns print it, it is a fraction.

    On a misread page both commas may be read as points; it is one where the total has a fraction too.
    Behind one of the two there may be a mark, of which a bracket or only its figures are left.
    """
    total = draft.number("shares_after")
    if draft.worn and (total is None or total == int(total)):
        return
    pair = [
        (bare(filled.print).strip(EDGES), name, filled.number)
        for name in ("shares", "underlying_shares")
        if (filled := draft.best.fields.get(name))
    ]
    if len(pair) < 2:
        return
    (short, name, number), (long, other, _) = sorted(pair)
    if number is None or not long.startswith(short) or GROUPED.fullmatch(short):
        return
    if long == short or _MARK_LEFT.fullmatch(long, len(short)):
        yield draft, other, number, "the underlying shares are printed alike"
    if "." in short and long[len(short) :].isdecimal():
        yield draft, name, number, "the other figure begins with it, and is a fraction"


def _between(before: Draft, after: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """Two lines of one position: the later total is the earlier one and the later amount."""
    direction = after.direction()
    first, last = before.number("shares_after"), after.number("shares_after")
    shares = after.number("shares")
    if direction is None:
        return
    sign = 1 if direction == "acquired" else -1
    if first is not None and shares is not None and last is None:
        told = f"{plain(first)} on the line before {'+' if sign > 0 else '-'} {plain(shares)}"
        yield after, "shares_after", first + sign * shares, f"equals {told}"
    if last is not None and shares is not None and first is None:
        told = f"{plain(shares)} {'more' if sign > 0 else 'less'} gives {plain(last)}"
        yield before, "shares_after", last - sign * shares, f"on the next line {told}"
    if first is not None and last is not None and shares is None:
        told = f"the totals go from {plain(first)} to {plain(last)}"
        yield after, "shares", sign * (last - first), told


def _lost(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Decimal, str]]:
    """Amounts of which nothing is legible, between totals that the lines around them confirm."""
    pairs = list(_neighbours(drafts))
    led, leading = ({id(pair[at]) for pair in pairs if _runs(*pair)} for at in (1, 0))
    for before, after in pairs:
        direction = after.direction()
        first, last = before.number("shares_after"), after.number("shares_after")
        gone = not any("shares" in reading.fields for reading in after.readings)
        sure = id(before) in led and id(after) in leading
        if not gone or not sure or direction is None or first is None or last is None:
            continue
        moved = last - first if direction == "acquired" else first - last
        if moved > 0 and _next_to(drafts, before, after):
            yield after, moved, f"the totals go from {plain(first)} to {plain(last)}"


def _bridged(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Decimal, str]]:
    """Totals that cannot be read, between two of their position that all amounts between them join.

    That a total further down follows from one further up by every amount between proves those amounts
    and what was left after each.
    """
    for chain in _chains(drafts):
        gap: list[tuple[Draft, Decimal]] = []
        start: Decimal | None = None
        total: Decimal | None = None
        for draft in chain:
            last = draft.number("shares_after")
            moved, direction = draft.number("shares"), draft.direction()
            if total is not None and (moved is None or direction is None):
                total = None
            elif total is not None and moved is not None:
                total += moved if direction == "acquired" else -moved
            if last is None:
                gap += [] if total is None else [(draft, total)]
                continue
            if gap and total == last and all(number >= 0 for _, number in gap):
                told = f"every amount between them leads from {plain(start or Decimal(0))} to {plain(last)}"
                yield from ((one, number, told) for one, number in gap)
            start, total, gap = last, last, []


def _beside_code(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Decimal, str]]:
    """Small amounts of Table II that ran together with their mark, so that they were read as one.

    What stands behind the code then begins with the underlying shares, which are as many.
    """
    for draft in drafts:
        number, code = draft.number("underlying_shares"), draft.best.fields.get("code")
        gone = not any(reading.fields.get("shares", Filled()).tokens for reading in draft.readings)
        if not gone or number is None or number < _SEVERAL or code is None:
            continue
        marked = re.compile(rf"{plain(number)}\S{{0,2}}[)\]}}%?]")
        for token, behind in pairwise(draft.row.tokens):
            if (token,) == code.tokens and marked.fullmatch(behind.text):
                why = "equals the underlying shares, and what stands there begins with it"
                yield draft, number, why


def _next_to(drafts: Sequence[Draft], before: Draft, after: Draft) -> bool:
    places = [at for at, draft in enumerate(drafts) if draft is before or draft is after]
    return len(places) == 2 and places[1] - places[0] == 1


def _runs(before: Draft, after: Draft) -> bool:
    """Whether a total follows from the one on the line before."""
    first, moved, last = (
        before.number("shares_after"),
        after.number("shares"),
        after.number("shares_after"),
    )
    direction = after.direction()
    if direction is None or first is None or moved is None or last is None:
        return False
    return moved > 0 and last - first == (moved if direction == "acquired" else -moved)


def _at_once(before: Draft, after: Draft) -> Iterator[tuple[Draft, str, Decimal, str]]:
    """Two lines of one position whose figures, several of them in doubt, follow in one way only."""
    direction = after.direction()
    places = ((before, "shares_after"), (after, "shares"), (after, "shares_after"))
    known = [draft.number(name) for draft, name in places]
    if direction is None:
        return
    sign = 1 if direction == "acquired" else -1
    options = [_options(draft, name) for draft, name in places]
    ways = [
        way for way in product(*options) if way[1] >= _SURE and way[0] + sign * way[1] == way[2]
    ]
    if len(ways) == 1 and list(ways[0]) != known:
        first, moved, last = (plain(number) for number in ways[0])
        why = f"so the totals follow: {first} {'+' if sign > 0 else '-'} {moved} = {last}"
        for (draft, name), number in zip(places, ways[0], strict=True):
            yield draft, name, number, why


def _options(draft: Draft, name: str) -> tuple[Decimal, ...]:
    """What a figure may be: what is settled, else what its print may be without a doubt or mark.

    On a misread page a fraction may be a whole figure, its comma read as a point, and a mark's.
    """
    filled = draft.best.fields.get(name)
    fine = _whole(draft, name)
    if (number := draft.number(name)) is not None:
        return tuple(dict.fromkeys((number, *fine)))
    if filled is None or not filled.tokens or filled.tokens[0].kind not in {"number", "broken"}:
        return ()
    sure = [token._replace(text=token.text.rstrip("?")) for token in filled.tokens]
    found = candidates(filled._replace(tokens=tuple(sure)))
    marked = _RUN_ON.fullmatch(bare(sure[0].text)) if len(sure) == 1 else None
    front = () if marked is None else (Decimal(marked["figure"].replace(",", "")),)
    return tuple(dict.fromkeys((*found, *front, *fine)))


def _whole(draft: Draft, name: str) -> tuple[Decimal, ...]:
    """The whole figure that a print begins with, a mark behind it, its commas read as points."""
    filled = draft.best.fields.get(name)
    if not draft.worn or filled is None or len(filled.tokens) != 1 or name in draft.proven:
        return ()
    token = filled.tokens[0]
    found = _FRONT.fullmatch(bare(token.text).strip("|[]{} "))
    if token.money or found is None:
        return ()
    return (Decimal(re.sub(r"[.,]", "", found["figure"])),)


def _neighbours(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    for chain in _chains(drafts):
        yield from pairwise(chain)


def _chains(drafts: Sequence[Draft]) -> Iterable[Sequence[Draft]]:
    """The transactions of each position, in the order of its lines.

    One whose title or ownership is not legible is of the only position of its table that it may be.
    """
    moves = [draft for draft in drafts if not draft.best.shape.holding]
    chains: dict[Position, list[Draft]] = {}
    for draft, key in zip(moves, resolved([_position(draft) for draft in moves]), strict=True):
        if key is not None and None not in key:
            chains.setdefault(key, []).append(draft)
    return chains.values()


def _position(draft: Draft) -> Position:
    """What tells a line's position from others, None for what is not settled of it."""
    names = ("security", "ownership", "nature", "exercise_price", "expires_on")
    title, held, nature, *terms = (_folded(draft.settled(name)) for name in names)
    words = draft.settled("security") if draft.worn else None
    return (
        draft.best.shape.table,
        (titled(words) if isinstance(words, str) else title) or None,
        held or None,
        nature if held else nature or None,
        *terms,
    )


def _folded(value: Value) -> Value:
    """A value as the lines of one position share it: words without case, signs and marks."""
    return letters(_BEHIND.sub("", value)) if isinstance(value, str) else value


def _before_mark(printed: str, number: Decimal) -> bool:
    """Whether a figure or two stand before what is left of a mark: `292)` for 29 and its mark."""
    figure = plain(number)
    rest = re.fullmatch(rf"{re.escape(figure)}\d?[)\]}}]", printed)
    return rest is not None and figure.isdecimal() and number != 0


def _agrees(filled: Filled | None, number: Decimal) -> bool:
    """Whether a print, whole or damaged, can be this number."""
    if filled is None or not filled.tokens:
        return False
    if filled.tokens[0].kind == "shred":
        return number == 0 or _before_mark(filled.print, number)
    if filled.number is not None and not EITHER.fullmatch(bare(filled.print)):
        return filled.number == number
    if filled.number is not None:
        # A point before three figures is a point, or a comma that lost its tail.
        return number in {filled.number, filled.number.scaleb(3)}
    printed = bare(filled.print).rstrip("?")
    if (
        len(filled.tokens) == 1
        and _WHOLE.fullmatch(printed)
        and len(printed) != len(f"{number:,f}")
    ):
        # A digit may be another, or a line before it; its commas stand where they are.
        return printed[0] in _LINE and printed[1:] == f"{number:,f}"
    found = candidates(filled)
    if found and not _DOUBTED.search(filled.print):
        # What the print can only be is the claim; arithmetic chooses, it does not replace.
        return number in found
    grouped = f"{number:,f}"
    prints = [
        bare(plain_print(token.text)).rstrip("?").translate(_MISTAKEN) for token in filled.tokens
    ]
    joined = prints[0]
    for piece in prints[1:]:
        if any(joined[: len(joined) - lap] + piece == grouped for lap in range(4)):
            return True
        joined += piece
    if joined.startswith(grouped) and _MARK_LEFT.fullmatch(joined, len(grouped)):
        return True
    return len(grouped) >= 4 and edits(joined, grouped) <= 1
