"""Errors in a row itself: its amount, letter, price, day, place, title, or its absence."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from random import Random

from ledger.codes import CODES, expected_direction
from ledger.types import grouped, plain
from projections.identity.securities import class_tokens, designators
from projections.positions.entries import Posting, known_after
from projections.positions.position import Position
from tests.injection.making import Injection, printed, rewritten
from tests.injection.papers import Sheet
from tests.injection.places import Place, Undetectable, Unfit
from tests.simulator import slips
from tests.simulator.letters_and_forms import NO_VEHICLE


def transposed_amount(place: Place, rng: Random) -> Injection:
    """Two adjacent digits of the movement change places; the total is right."""
    return _moving(place, slips.transposed(rng, _moved(place)))


def amount_with_digit_added(place: Place, rng: Random) -> Injection:
    """The movement gains a zero; the total is right."""
    return _moving(place, _moved(place) * 10)


def amount_with_digit_dropped(place: Place, rng: Random) -> Injection:
    """The movement loses its last digit; the total is right."""
    if _moved(place) < 1000:
        raise Unfit
    return _moving(place, _moved(place) // 10)


def letter_wrong(place: Place, rng: Random) -> Injection:
    """Acquired is ticked for disposed, or the reverse; the total is right."""
    _moved(place)
    return printed(place, direction="D" if place.line.direction == "acquired" else "A")


def code_wrong(place: Place, rng: Random) -> Injection:
    """Another transaction code is typed."""
    if place.line.code not in ("P", "S", "A", "F", "M", "D"):
        raise Unfit
    code = rng.choice([letter for letter in "PSAFMD" if letter != place.line.code])
    table = "II" if place.line.table == "II" else "I"
    expected = expected_direction(code, table)
    if expected is None or expected == place.line.direction:
        raise Undetectable("the other code allows the same letter")
    if CODES[code].pairs:
        raise Undetectable("an exercise has rows on both sides in some filings")
    return printed(place, code=code)


def price_and_shares_exchanged(place: Place, rng: Random) -> Injection:
    """The number of shares stands in the price column, and the price under shares."""
    line = place.line
    if line.code not in ("P", "S") or not line.price or not line.shares or line.shares < 100:
        raise Unfit
    if line.price == line.shares or line.table != "I":
        raise Unfit
    return printed(place, shares=plain(line.price), price=plain(line.shares))


def price_of_zero(place: Place, rng: Random) -> Injection:
    """A sale or purchase in the market has a price of zero."""
    line = place.line
    if line.code not in ("P", "S") or not line.price or line.table != "I":
        raise Unfit
    if "price" in line.cited:
        raise Undetectable("a note tells the price")
    return printed(place, price="0")


def year_too_early(place: Place, rng: Random) -> Injection:
    """Last year's number is written in the day of the transaction."""
    day = _day(place)
    if place.paper.filing.form != "4":
        raise Undetectable("a Form 5 may report what is a year old")
    filed = place.paper.day
    if filed is None or (filed - day).days > 5:
        raise Undetectable("the filing was late already")
    return printed(place, effective_on=day.replace(year=day.year - 1).isoformat())


def day_to_come(place: Place, rng: Random) -> Injection:
    """The day of the transaction is after the form was filed."""
    day = _day(place)
    later, filed = day.replace(year=day.year + 1), place.paper.day
    if filed is None or later <= filed:
        raise Undetectable("the filing was so late that the day is none to come")
    return printed(place, effective_on=later.isoformat())


def wrong_ownership(place: Place, rng: Random) -> Injection:
    """A direct row is printed under a vehicle the owner has, or has not; its total is the direct one."""
    _moving_alone(place, "direct")
    natures = sorted(
        {
            position.nature
            for position in place.sequence.judged.folded.positions_of(place.position.owners)
            if position.form == "indirect" and position.nature and position.table == "I"
        }
    )
    nature = rng.choice(natures or ["By Trust"])
    return printed(place, ownership="I", nature=nature)


def typed_as_indirect(place: Place, rng: Random) -> Injection:
    """A direct row is marked as indirect, and names nobody; its total is the direct one."""
    _moving_alone(place, "direct")
    return printed(place, ownership="I", nature=rng.choice(NO_VEHICLE))


def typed_as_direct(place: Place, rng: Random) -> Injection:
    """A vehicle's row is marked as direct; its total is the vehicle's."""
    _moving_alone(place, "indirect")
    return printed(place, ownership="D", nature="")


def told_for_another(place: Place, rng: Random) -> Injection:
    """A row is entered for another holding of the owner's, whose total moves by it; its own does not."""
    place.between()
    if place.line.holding or place.line.table != "I" or not place.alone or not place.entry.delta:
        raise Unfit
    if place.entry.delta > 0:
        raise Undetectable("what was acquired may have been passed on since")
    others = [
        (other, held, after)
        for other in place.sequence.judged.folded.positions_of(place.position.owners)
        if _like(other, place.position)
        for held, after in [_around(other, place.entry)]
        if held and after is not None and after.follows and held + place.entry.delta > 0
    ]
    if not others:
        raise Unfit
    other, held, after = rng.choice(others)
    ownership = "D" if other.form == "direct" else "I"

    def edit(sheet: Sheet) -> None:
        sheet.put(place.ref, ownership=ownership, nature=other.nature or "")
        sheet.put(place.ref, shares_after=plain(held + place.entry.delta))

    return rewritten(place, edit, also=[after])


def _like(other: Position, position: Position) -> bool:
    """Whether another holding is of the same owners and class, in Table I, and named."""
    return (
        other is not position
        and (other.table, other.unit, other.owners) == ("I", position.unit, position.owners)
        and other.tokens == position.tokens
        and (other.form == "direct" or bool(other.nature))
        and (other.form, other.vehicle) != (position.form, position.vehicle)
    )


def _around(other: Position, entry: Posting) -> tuple[Decimal, Posting | None]:
    """What another holding had before an entry, and its next line; nothing where the form lists it."""
    if any(e.dossier is entry.dossier for e in other.entries):
        return Decimal(0), None
    before = [e for e in other.entries if known_after(entry, e)]
    after = next((e for e in other.entries if known_after(e, entry)), None)
    return (before[-1].balance or Decimal(0)) if before else Decimal(0), after


def _moving_alone(place: Place, ownership: str) -> None:
    """Ask for a row of one form of ownership that is its position's only one on the filing."""
    place.between()
    if place.line.ownership != ownership or place.line.holding or not place.alone:
        raise Unfit
    if place.line.table != "I":
        raise Unfit
    if place.opening() in (0, -place.entry.delta):
        raise Undetectable("the total tells nothing of what was held before")


def wrong_class(place: Place, rng: Random) -> Injection:
    """A row is printed under another class of stock; its total is of the right one."""
    place.between()
    title = place.line.security or ""
    letters = designators(class_tokens(title, place.paper.filing.issuer.name or ""))
    if place.line.holding or place.line.table != "I" or not place.alone:
        raise Unfit
    if place.opening() in (0, -place.entry.delta):
        raise Undetectable("the total tells nothing of what was held before")
    other = "Class A Common Stock" if "b" in letters else "Class B Common Stock"
    return printed(place, security=other)


def row_repeated(place: Place, rng: Random) -> Injection:
    """One row stands twice on the form, with the same total."""
    place.between()
    _moved(place)
    return rewritten(place, lambda sheet: sheet.repeat(place.ref))


def row_left_out(place: Place, rng: Random) -> Injection:
    """A row is forgotten; the totals after it are right."""
    place.between()
    _moved(place)
    return rewritten(place, lambda sheet: sheet.strike(place.ref))


def counterpart_left_out(place: Place, rng: Random) -> Injection:
    """The derivative's side of an exercise is forgotten."""
    _exercise(place)
    return rewritten(place, lambda sheet: sheet.strike(place.ref))


def sides_differ(place: Place, rng: Random) -> Injection:
    """The two sides of an exercise have different amounts."""
    shares = _exercise(place)
    other = shares + rng.choice((-1, 1)) * max(int(shares) // rng.randrange(9, 40), 3)
    if other <= 0:
        raise Unfit
    fields = {"shares": plain(Decimal(other))}
    if place.line.underlying_shares == place.line.shares:
        fields["underlying_shares"] = fields["shares"]
    return printed(place, **fields)


def note_contradicts(place: Place, rng: Random) -> Injection:
    """A note that a total rests on states another amount than the total has in it."""
    told = place.sequence.judged.folded.rulings.on(place.entry).explanation
    terms = told.terms if told is not None else ()
    printed_as = [
        (grouped(abs(term.shares)), abs(term.shares))
        for term in terms
        if term.source.startswith(f"{place.paper.filing.id}#note.") and abs(term.shares) >= 100
    ]
    notes = " ".join(note.text for note in place.paper.filing.footnotes)
    there = [(text, shares) for text, shares in printed_as if notes.count(text) == 1]
    if not there or len(terms) != 1:
        raise Unfit
    text, shares = there[0]
    other = grouped(shares + rng.randrange(23, 97))

    def edit(sheet: Sheet) -> None:
        for node in sheet.root.iter("footnote"):
            node.text = (node.text or "").replace(text, other)

    return rewritten(place, edit)


def title_misspelt(place: Place, rng: Random) -> Injection:
    """A letter is missing in a title: the same security to any reader."""
    title = place.line.security or ""
    found = re.search(r"\b(Common|Ordinary|Preferred|Stock|Shares)\b", title)
    if found is None:
        raise Unfit
    at = found.start() + len(found[0]) // 2
    return printed(place, security=title[:at] + title[at + 1 :])


def holding_left_out(place: Place, rng: Random) -> Injection:
    """A holding row is not repeated: absence says nothing."""
    if not place.line.holding or not place.earlier or place.paper.filing.form == "3":
        raise Unfit
    return rewritten(place, lambda sheet: sheet.strike(place.ref))


def vehicle_reworded(place: Place, rng: Random) -> Injection:
    """A vehicle is written with other capitals, points and brackets."""
    nature = place.line.nature
    if not nature or "footnote" in nature.lower():
        raise Unfit
    other = nature.upper().replace(",", "").replace(".", "")
    return printed(place, nature=other if other != nature else nature.lower())


def _exercise(place: Place) -> Decimal:
    """The units given up in an exercise whose sides match as they stand."""
    line = place.line
    if line.table != "II" or line.code not in ("M", "X", "C") or not line.shares:
        raise Unfit
    mine = [
        other
        for other in place.entry.dossier.lines
        if other.code == line.code and other.effective_on == line.effective_on
    ]
    got = sum(one.shares or 0 for one in mine if one.table == "I")
    given = sum(one.shares or 0 for one in mine if one.table == "II")
    if got != given or sum(one.table == "II" for one in mine) != 1:
        raise Unfit
    return line.shares


def _moved(place: Place) -> Decimal:
    place.measured()
    if place.line.holding or not place.line.shares or place.line.direction is None:
        raise Unfit
    if not place.entry.delta:
        raise Unfit
    return place.line.shares


def _moving(place: Place, shares: Decimal | int | None) -> Injection:
    """Print another amount in the line."""
    if shares is None or shares == place.line.shares or shares % 1 or _moved(place) % 1:
        raise Unfit
    return printed(place, shares=plain(Decimal(shares)))


def _day(place: Place) -> date:
    day = place.line.effective_on
    if day is None or place.line.holding or (day.month, day.day) == (2, 29):
        raise Unfit
    return day
