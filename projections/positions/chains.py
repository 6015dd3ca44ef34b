"""Rows of one filing whose totals run on from each other, or say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, permutations, product

from ledger.codes import PAIRED
from projections.filings.marks import notes_on_row
from projections.filings.records import ZERO
from projections.identity.proper_names import proper_name
from projections.positions.conventions import best, slipped
from projections.positions.digits import fraction_lost, mistyped, slipped_digits, telling
from projections.positions.entries import Entry, grants_units
from projections.positions.line_words import Words, is_deferred
from projections.positions.position import Position
from projections.positions.series_told import one_slip


def repeated(entries: Sequence[Entry]) -> bool:
    """Whether two rows say exactly the same, total included, and nothing tells them apart."""
    alike: dict[object, list[Entry]] = {}
    for e in entries:
        alike.setdefault((e.day, e.line.code, e.delta, e.line.price, e.claim), []).append(e)
    return any(not told_apart(*two) for rows in alike.values() for two in combinations(rows, 2))


def several_awards(runs: Sequence[Sequence[Entry]]) -> bool:
    """Whether runs of rows in one title, strike and expiry are of as many awards.

    The form itself tells each from each, by the days they can be exercised from or by
    other notes on their terms.
    """
    return all(
        any(told_apart(*two) for two in product(one, other)) for one, other in combinations(runs, 2)
    )


def stands_alone(rows: Sequence[Entry], homes: Sequence[Position], *, noted: bool) -> bool:
    """Whether a run of rows goes on from a position, or begins its own: a grant that notes tell apart."""
    goes_on = any(p.balance is not None and p.follows(rows) for p in homes)
    return goes_on or (noted and rows[0].claim == rows[0].delta)


def cut_by_a_slip(
    runs: Sequence[Sequence[Entry]], entries: Sequence[Entry], *, known: bool
) -> bool:
    """Whether runs of rows, which are all the entries, are one but for a slip in a total.

    Where what they go on from is `known`, the one goes on from the other but for that. Units that
    are granted with totals of their own are no slips, whatever digits these have.
    """
    if not known:
        alone = all(map(grants_units, entries))
        return not alone and (slipped(entries) or _begun_by_a_slip(entries))
    return _credited_twice(runs) or any(
        one_slip(later[0], run[-1].claim)
        or slipped_digits(later[0].claim or ZERO, run[-1].claim + later[0].delta)
        for run, later in permutations(runs, 2)
        if later[0].delta < 0 and run[-1].claim
    )


def _begun_by_a_slip(entries: Sequence[Entry]) -> bool:
    """Whether the first total is a slip away from what came, and the next goes on from what came."""
    first, then = entries[:2]
    came, claim = first.delta, first.claim
    if came <= 0 or not claim or claim == came:
        return False
    return slipped_digits(claim, came) and then.claim == came + then.delta


def told_apart(one: Entry, other: Entry) -> bool:
    """Whether a form says of two rows that they are of other awards.

    A note on how a grant came about tells what it was granted for; and what left in an exercise
    is not what the same exercise brought, though one title stands on both.
    """
    if one.line.code == other.line.code and one.line.code in PAIRED and one.delta == -other.delta:
        return True
    days = {one.line.exercisable_on, other.line.exercisable_on}
    if len(days) == 2 and None not in days:
        return True
    noted = [(_noted(one, fields), _noted(other, fields)) for fields in _TERMS]
    if one.line.code == other.line.code == "A":
        noted.append((_granted(one), _granted(other)))
    noted.append((_vesting(one), _vesting(other)))
    if any(mine and theirs and mine != theirs for mine, theirs in noted):
        return True
    mine, theirs = (_series(each) for each in (one, other))
    return bool(mine and theirs and mine != theirs)


_SERIES = re.compile(
    r"\b(?:series|tranche)\s+(?:[A-Z](?:-?\d)?|\d{1,2}|[IVX]{1,4})\b", re.IGNORECASE
)


def _series(entry: Entry) -> frozenset[str]:
    """The series that the notes of a row of a derivative name: "Series A warrants"."""
    if entry.line.table != "II" or not entry.line.cited:
        return frozenset()
    texts = (entry.dossier.text_of(note) or "" for note in entry.line.notes)
    return frozenset(name.casefold() for text in texts for name in _SERIES.findall(text))


_TERMS = (
    ("security",),
    ("exercise_price",),
    ("exercisable_on", "expires_on"),
    ("ownership", "nature"),
)


_EVENT = ("code", "shares", "price", "effective_on")
"""Columns whose notes tell how a row came about: what was granted for what, or how it left."""


def _granted(entry: Entry) -> frozenset[str]:
    """What notes say of what a row brought, wherever it cites them."""
    notes = notes_on_row(entry.dossier, entry.line)
    return frozenset(entry.dossier.text_of(note) or note for note in notes)


_VESTS = re.compile(r"\bvest(?:s|ing)?\b", re.IGNORECASE)


def _vesting(entry: Entry) -> frozenset[str]:
    """What the notes on the total of a derivative say of how it vests: of each award its own."""
    if entry.line.table != "II":
        return frozenset()
    return frozenset(text for text in _noted(entry, ("shares_after",)) if _VESTS.search(text))


_NO_TERMS = re.compile(
    r"\W*(?:not applicable|n\W?a|none|no expiration(?: date)?)\W*$", re.IGNORECASE
)
"""A note that there is nothing to say."""


def _noted(entry: Entry, fields: Sequence[str]) -> frozenset[str]:
    """What notes say of a line's terms; of those without a text, which they are.

    A note on the price of what left, or on its code, tells how it left wherever else it stands.
    """
    line = entry.line
    if not line.cited:
        return frozenset()
    of_the_event = set(line.notes_of(*_EVENT)) if entry.delta < 0 else ()
    notes = (note for note in line.notes_of(*fields) if note not in of_the_event)
    said = (entry.dossier.text_of(note) or note for note in notes)
    return frozenset(text for text in said if not _NO_TERMS.match(text))


def chains(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Rows cut into runs in which each opens where the one before it closed.

    Where no run closed there exactly, one does that closed a lost fraction, or a share, away. Rows may
    stand from the last to the first. Units that are granted with a total of their own open nowhere;
    those that vest in the row under another's, whose total is a slip away from it, are of that run.
    """
    runs: list[list[Entry]] = []
    before = None
    for entry in entries:
        opening = None if grants_units(entry) else _opens(entry)
        home = next((run for run in runs if run[-1].claim == opening and opening is not None), None)
        if home is None and entry.claim:
            after = next((run for run in runs if _begins(entry, run[0])), None)
            if after is not None:
                after.insert(0, entry)
                before = None
                continue
        home = home or next((run for run in runs if _rounded(run[-1].claim, opening)), None)
        home = home or next((run for run in runs if _a_unit_off(run[-1], entry)), None)
        if home is None and before is not None and _off_by_a_slip(before, entry):
            home = next(run for run in runs if any(e is before for e in run))
        before = entry
        if home is None:
            runs.append([entry])
        else:
            home.append(entry)
    return runs


def _begins(entry: Entry, later: Entry) -> bool:
    """Whether a row stands below the one that it comes before; units vest after the day of their grant."""
    granted, vested = entry.line.effective_on, later.line.effective_on
    vests_later = granted is not None and vested is not None and granted < vested
    return _opens(later) == entry.claim and (vests_later or not grants_units(entry))


def _off_by_a_slip(before: Entry, entry: Entry) -> bool:
    """Whether units that vest leave what the row above them had, less what vested, but for a slip of the pen.

    On a later day: those that vest on one are mostly of several awards, of like numbers;
    so are a grant and what vests in the row under it.
    """
    line, level, claim = entry.line, before.claim, entry.claim
    units = line.table == "II" and not line.exercise_price and line.security == before.line.security
    later = before.day is not None and entry.day is not None and before.day < entry.day
    vests = max(before.delta, entry.delta) < 0
    if not (units and later and vests) or not level or not claim:
        return False
    return one_slip(entry, level) or (telling(claim) and mistyped(claim, level + entry.delta))


def begun_at_nothing(
    words: Words, runs: Sequence[Sequence[Entry]], owned: Iterable[Position]
) -> bool:
    """Whether runs of rows are one holder's, who had nothing of the class before.

    An initial statement listed it by a proper name, and once in each class; and some run begins
    with nothing held.
    """
    named = words.form == "indirect" and (proper_name(words.vehicle) or words.entity)
    if not named or not any(run[0].claim == run[0].delta for run in runs):
        return False
    listed = [
        (p.table, p.tokens, p.series)
        for p in owned
        if (p.vehicle, p.entity) == (words.vehicle, words.entity)
        and p.entries[0].dossier.base_form == "3"
    ]
    return bool(listed) and len(set(listed)) == len(listed)


def _credited_twice(parts: Sequence[Sequence[Entry]]) -> bool:
    """Whether runs of rows are one account's but for a credit that is counted once more, or not at all.

    A credit has a fraction: of two awards none would come to just as much by chance.
    """
    for one, other in pairwise(parts):
        last, first = one[-1], other[0]
        closing, opening = last.claim, _opens(first)
        if closing is None or opening is None:
            continue
        moved = {e.delta for e in (last, first) if e.delta % 1}
        if abs(opening - closing) in moved:
            return True
    return False


def begins_from(entries: Sequence[Entry], level: Decimal | None) -> bool:
    """Whether the first of several rows goes on from a level, to the unit, though a later one does not follow."""
    return bool(level) and len(entries) > 1 and _opens(entries[0]) == level


def _opens(entry: Entry) -> Decimal | None:
    return None if entry.claim is None else entry.claim - entry.delta


def _rounded(closing: Decimal | None, opening: Decimal | None) -> bool:
    """Whether one balance is the other with a fraction lost, or gained."""
    if not closing or not opening or not (closing % 1 or opening % 1):
        return False
    gap = closing - opening
    return abs(gap) < 1 and fraction_lost(closing, opening, gap=gap)


def _a_unit_off(before: Entry, entry: Entry) -> bool:
    """Whether a row opens a share away from where another closed, as a part that was rounded leaves it.

    Not of units without a strike: last year's grant of as many has left as much, but for a unit.
    """
    closing, opening, line = before.claim, _opens(entry), entry.line
    struck = line.table == "I" or line.exercise_price
    if not struck or not closing or not opening or not (before.delta and entry.delta):
        return False
    return min(closing, opening) >= _TELLING and abs(closing - opening) == 1


_TELLING = 1_000
"""Shares from which two balances a share apart are hardly of two holders."""


def ends_at(words: Words, entries: list[Entry]) -> tuple[object, object] | None:
    """Where movements start from and arrive at, with their words; None where nothing moves.

    What an initial statement lists starts from nowhere, and movements may start from it; a grant
    in Table II begins an award of its own, and goes on from none that has ended.
    """
    if not any(e.delta for e in entries):
        listed = entries[0].claim if entries[0].dossier.base_form == "3" else None
        who = (words.loose, words.tokens, words.vehicle)
        return None if listed is None or len(entries) > 1 else (None, (who, listed))
    reading, _ = best(entries, [None], None)
    first = entries[reading.order[0]]
    if first.claim is None:
        return None
    who = (words.loose, words.tokens, words.vehicle)
    granted = words.table == "II" and first.line.code == "A" and first.claim == first.delta
    opens = None if granted else (who, first.claim - first.delta)
    return opens, (who, reading.closing)


def ends_of(
    strands: Sequence[tuple[Words, list[Entry]]],
) -> tuple[set[object], set[object]]:
    """The balances a filing's movements start from and arrive at, each with its words."""
    ends = [end for words, entries in strands if (end := ends_at(words, entries)) is not None]
    opens = {opens for opens, _ in ends if opens is not None}
    return opens, {closes for _, closes in ends}


def pooled(words: Words, homes: Sequence[Position]) -> bool:
    """Whether units are gathered by an account, or have but one balance to which another award was added."""
    added = (e for p in homes for e in p.entries if e.line.code == "A" and e.follows and e.prior)
    return is_deferred(words.tokens) or (len(homes) == 1 and any(added))
