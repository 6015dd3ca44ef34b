"""Stock turned into another class or form: the ratio that notes state, and a side without a row.

Ordinary shares are deposited for depositary shares, or given back for them; one class converts
into another. The owner has what it had (Rule 16a-13), and the rows of both sides follow
the one ratio. Where only the side that came has a row, the other is gone all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from ledger.codes import PAIRED
from ledger.footnotes.exchanges import (
    DEPOSITARY,
    brings_more,
    conversions,
    converts_one_for_one,
    deposit_numbers,
    gives_up,
    represented,
)
from ledger.types import grouped, multiplied
from projections.checks.check import Check, Doubt, asked_of
from projections.checks.counterparts import lines_beside
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.securities import class_tokens
from projections.identity.vehicles import own_words, vehicle_key
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.levels import Gone
from projections.positions.position import Position
from projections.positions.programmes import stated_ratios, tells_a_change

_SOLD = re.compile(r"\b(?:sold|sales?|sell|selling)\b", re.IGNORECASE)
_ORDINARY = re.compile(r"\b(?:ordinary|common|underlying)\b", re.IGNORECASE)


def is_depositary(position: Position) -> bool:
    """Whether a position counts depositary shares."""
    return "depositary" in position.tokens


def counterparts_of(
    position: Position, folded: Folded, *, of_any_holder: bool = False
) -> list[Position]:
    """The owner's holdings in the other form: ordinary where this is depositary, and reversed.

    Those under the same form of ownership and vehicle, or `of_any_holder`: a nominee may hold
    the depositary shares that ordinary ones of the owner's own were deposited for.
    """
    if position.table != "I" or position.unit != "shares":
        return []
    return [
        p
        for p in folded.positions_of(position.owners)
        if p.table == "I"
        and p.unit == "shares"
        and p.entries
        and is_depositary(p) != is_depositary(position)
        and not (p.tokens | position.tokens) & {"preferred", "warrant", "option"}
        and (of_any_holder or one_holder(p, position))
    ]


def one_holder(one: Position, other: Position) -> bool:
    """Whether two holdings of an owner are held in one way, directly or by one vehicle."""
    return (one.form, one.vehicle, one.entity) == (other.form, other.vehicle, other.entity)


# --- a side without a row ----------------------------------------------------------------------


class Deposit(NamedTuple):
    """Shares that a line shows to have come for those of another holding, which no row shows gone.

    `came` of them for `went` there; `sure` where a note tells of a deposit or conversion.
    """

    left: Position
    position: Position
    entry: Posting
    came: Decimal
    went: Decimal | None
    sure: bool


def deposits(folded: Folded) -> Iterator[Deposit]:
    """What came into holdings in the one form while those in the other are told of no more."""
    for position in folded.book.positions:
        if not is_depositary(position) or not position.entries:
            continue
        for other in counterparts_of(position, folded):
            yield from _deposit(other, position, folded)
            yield from _deposit(position, other, folded)


def _deposit(left: Position, came: Position, folded: Folded) -> Iterator[Deposit]:
    last = left.entries[-1]
    held = left.balance
    later = [e for e in came.entries if e.dossier.known.at > last.dossier.known.at]
    first = next((e for e in later if not e.dossier.amends), None)
    if not held or first is None or first.line.table != "I":
        return
    texts = [first.dossier.text_of(note) for note in first.line.notes]
    sure = any(gives_up(text) for text in texts)
    amount = _came(first, came, last, folded, sure=sure)
    if amount is None or amount <= 0:
        return
    ratios = stated_ratios((last.dossier, first.dossier))
    went = None
    if len(ratios) == 1:
        many = Fraction(next(iter(ratios)))
        went = multiplied(amount, many if is_depositary(came) else many**-1)
    elif sure and any(gives_up(text, all_of_it=True) for text in texts):
        went = held
    if went == held or (sure and went is not None):
        yield Deposit(left, position=came, entry=first, came=amount, went=went, sure=sure)


def _came(
    first: Posting, position: Position, last: Posting, folded: Folded, *, sure: bool
) -> Decimal | None:
    """What a line shows to have come unseen: what it opens with, or a difference so explained.

    Where its note is `sure` that it came for other shares, also what its own row brought, and
    all that a form lists which is no initial statement.
    """
    line, by_row = first.line, ZERO
    if sure and line.code in (*PAIRED, "J") and first.delta > 0:
        by_row = first.delta
    if first is position.entries[0]:
        if line.holding:
            return first.claim if sure and first.dossier.base_form != "3" else None
        return (position.opened or ZERO if first.opening else ZERO) + by_row
    told = folded.rulings.on(first).explanation
    terms = told.terms if told is not None else ()
    return next((t.shares for t in terms if t.source == reference(last)), ZERO) + by_row


def deposited(folded: Folded) -> dict[int, list[Gone]]:
    """By the number of a holding, what went from it for shares in the other form after its last line.

    All of it where a note tells of the deposit or conversion; else any part of it.
    """
    found: dict[int, list[Gone]] = {}
    for one in deposits(folded):
        held, day = one.left.balance or ZERO, one.entry.day
        went = held if one.went is None else min(one.went, held)
        least = went if one.sure and one.went is not None and one.went <= held else ZERO
        ref = reference(one.entry)
        gone = Gone(least=least, most=went, since=day, by=day, said=ref, kind="conversion")
        found.setdefault(one.left.number, []).append(gone)
    return found


def without_a_row(folded: Folded) -> Iterator[Finding]:
    """Shares that came for others, which no row shows to have gone."""
    for one in deposits(folded):
        held = one.left.balance or ZERO
        went = "" if one.went is None else f"{grouped(one.went)} of "
        words = (
            f"{grouped(one.came)} came, for {went}the {grouped(held)} of “{one.left.security}”, "
            + ("as its note tells; " if one.sure else "as it seems by their ratio; ")
            + "no row shows that those are gone"
        )
        yield about(
            one.entry.dossier,
            one.entry.line,
            "EXERCISE_COUNTERPART_MISSING",
            words,
            evidence=(reference(one.left.entries[-1]),),
        )


@asked_of("citing rows")
def came_nowhere(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that a note says went for those in the other form, which no row of the report shows to come."""
    lines = lines_beside(dossier, folded)
    for line in folded.lines_of(dossier):
        if line.table != "I" or line.code not in (*PAIRED, "J") or line.movement >= 0:
            continue
        mine = bool(DEPOSITARY.search(line.security or ""))
        if any(o.table == "I" and bool(DEPOSITARY.search(o.security or "")) != mine for o in lines):
            continue
        texts = [dossier.text_of(note) for note in line.notes]
        other = _ORDINARY if mine else DEPOSITARY
        if any(
            gives_up(t) and DEPOSITARY.search(t) and other.search(t) and not _SOLD.search(t)
            for t in texts
        ):
            what = "ordinary" if mine else "depositary"
            words = f"{grouped(line.shares or ZERO)} went for {what} shares, as its note tells; no row shows that those came"
            yield about(dossier, line, "EXERCISE_COUNTERPART_MISSING", words)


@asked_of("citing rows")
def still_listed(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A holding listed as before, though a note on shares in the other form says that some of it became those."""
    for line in folded.lines_of(dossier):
        came = folded.position_of.get(id(line))
        notes = [dossier.text_of(note) for note in line.notes if line.table == "I"]
        named = frozenset[Decimal]().union(*map(deposit_numbers, notes))
        if came is None or not named:
            continue
        for left in _meant(counterparts_of(came, folded, of_any_holder=True), notes):
            kept = [e for e in left.entries if e.dossier is dossier]
            if len(kept) != 1 or not kept[0].line.holding or kept[0].claim != kept[0].prior:
                continue
            held, entry = kept[0].claim or ZERO, folded.entry_of[id(line)]
            went = [n for n in named if n <= held and _at_a_ratio(n, entry, came)]
            if len(went) == 1:
                words = f"{grouped(held)} as before, though by the note on {line.ref} {grouped(went[0])} went for “{line.security}”"
                yield about(
                    dossier,
                    kept[0].line,
                    "COLUMN_NOTE_CONFLICT",
                    words,
                    expected=held - went[0],
                    reported=held,
                    evidence=(reference(entry),),
                )


def _meant(holdings: Sequence[Position], notes: Sequence[str]) -> Sequence[Position]:
    """The holdings whose holder one of the notes names; all of them where they name none."""
    told = [set(vehicle_key(note).split()) for note in notes]
    names = [(p, own_words(p.vehicle) or set(p.vehicle.split())) for p in holdings]
    named = [p for p, words in names if words and any(words <= note for note in told)]
    return named or holdings


def _at_a_ratio(went: Decimal, entry: Posting, came: Position) -> bool:
    """Whether so many shares are a whole number of times what a line shows to have come, or a part of it."""
    moved = entry.residual if entry.residual > 0 else entry.delta
    more, fewer = (went, moved) if is_depositary(came) else (moved, went)
    return more > fewer > 0 and more % fewer == 0


# --- the ratio between the rows ----------------------------------------------------------------


class Unlike(NamedTuple):
    """Rows of which one class became another, at another ratio than a note of theirs states."""

    gone: list[Line]
    came: list[Line]
    due: Decimal | None
    got: Decimal
    words: str


def unlike(dossier: Dossier, folded: Folded) -> Iterator[Unlike]:
    """Rows of two classes, one turned into the other, at another ratio than a note states.

    What converts may stand in Table II. There the rows give the shares under it as well, and
    where others came than that amount, both columns and the other table tell it without a note.
    The sides may stand on two forms of one report; they are told with the one that has what came.
    """
    sides: dict[object, list[Line]] = defaultdict(list)
    own = {id(line) for line in folded.lines_of(dossier)}
    for line in lines_beside(dossier, folded):
        stock = line.table == "I" and line.code in (*PAIRED, "J")
        if (stock or (line.code == "C" and line.movement < 0)) and not line.holding and line.shares:
            sides[line.code, line.effective_on].append(line)
    for rows in sides.values():
        gone, came = ([r for r in rows if (r.movement > 0) is way] for way in (False, True))
        classes = (
            {class_tokens(r.security or "") for r in gone},
            {class_tokens(r.security or "") for r in came},
        )
        if any(len(side) != 1 for side in classes) or classes[0] == classes[1]:
            continue
        told = _told(gone, came, folded) if came and id(came[0]) in own else None
        if told is None:
            continue
        ratio, words = told
        counts = list(product(_sums(gone), _sums(came)))
        if any(abs(Fraction(gave) * ratio - Fraction(had)) < len(rows) for gave, had in counts):
            continue
        given, got = counts[0]
        if gone[0].table == "I" or got == given:
            yield Unlike(gone, came, multiplied(given, ratio), got, words)


def _sums(side: Sequence[Line]) -> Iterator[Decimal]:
    """What the rows of a side come to: all of them, and those that repeat one of them digit for digit once."""
    yield sum((r.shares or ZERO for r in side), ZERO)
    once = {(r.shares, r.price, r.shares_after, r.ownership, r.nature): r for r in side}
    yield sum((r.shares or ZERO for r in once.values()), ZERO)


@asked_of("citing rows", "exercises")
def unlike_their_ratio(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that came for others at another ratio than a note states."""
    for gone, came, due, got, words in unlike(dossier, folded):
        given = grouped(sum((r.shares or ZERO for r in gone), ZERO))
        yield about(
            dossier,
            came[0],
            "EXERCISE_QUANTITY_MISMATCH",
            f"{grouped(got)} for {given} of “{gone[0].security}”, where by a note {words}",
            expected=due,
            reported=got if due is not None else None,
            difference=got - due if due is not None else None,
        )


def _told(
    gone: Sequence[Line], came: Sequence[Line], folded: Folded
) -> tuple[Fraction, str] | None:
    """How many shares came for one that went, as the rows' notes state it once, and in words."""
    entries = (folded.entry_of.get(id(row)) for row in (*gone, *came))
    texts = dict.fromkeys(e.dossier.text_of(n) for e in entries if e for n in e.line.notes)
    if any(brings_more(text) for text in texts):
        return None
    mine, theirs = gone[0].security or "", came[0].security or ""
    deposited = bool(DEPOSITARY.search(theirs)) - bool(DEPOSITARY.search(mine))
    found: set[tuple[Fraction, str]] = set()
    for text in texts:
        if deposited:
            for many in represented(text):
                ratio = Fraction(1) / Fraction(many) if deposited > 0 else Fraction(many)
                found.add((ratio, f"a depositary share is {grouped(many)} of the others"))
        else:
            found.update(_converted(text, mine))
    return found.pop() if len(found) == 1 else None


def _converted(text: str, title: str) -> Iterator[tuple[Fraction, str]]:
    own = class_tokens(title)
    for what, many in conversions(text):
        if class_tokens(what) & own or what.casefold() in ("share", "such share"):
            yield Fraction(many), f"one became {grouped(many)}"
    if converts_one_for_one(text):
        yield Fraction(1), "one became 1"


def other_ratio_than_before(folded: Folded) -> Iterator[Finding]:
    """A depositary share that is another number of shares than before, while the balance goes on."""
    for position in folded.book.positions:
        if not is_depositary(position):
            continue
        before: tuple[Decimal, Posting] | None = None
        for entry in position.entries:
            ratios = stated_ratios((entry.dossier,))
            if entry.scaled or tells_a_change(entry.dossier):
                before = None
            if len(ratios) != 1:
                continue
            many = ratios.pop()
            if before is not None and before[0] != many and entry.follows and entry.prior:
                told = before[1].dossier.id
                words = f"by its note a depositary share is {grouped(many)} shares; by {told} it was {grouped(before[0])}, and the balance goes on as it was"
                evidence = (reference(before[1]),)
                yield about(
                    entry.dossier, entry.line, "COLUMN_NOTE_CONFLICT", words, evidence=evidence
                )
            before = (many, entry)


CHECKS: tuple[Check, ...] = (unlike_their_ratio, came_nowhere, still_listed)
DOUBTS: tuple[Doubt, ...] = (without_a_row, other_ratio_than_before)
