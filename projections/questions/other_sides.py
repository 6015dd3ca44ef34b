"""Shares that by a note of a draft passed between its owner and a vehicle, and of which it shows one side.

Nothing was sold, so that no row has to tell of it; but what is left where they were, or is now
where they went, is another number than the last report gave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.parties import annuity_trust
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.transfers import to_owner, vehicles_meant
from projections.desk import Hint
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.explanations import Term
from projections.identity.securities import same_class
from projections.identity.vehicles import has_partners, own_words, sort_words, vehicle_key
from projections.judgement import Judged
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.position import Position

_UNTRADED = frozenset("JGWIZ")
"""Codes of rows by which shares pass from one holding of an owner to another."""


class OtherSide(NamedTuple):
    """A holding that a draft shows as before, or not at all, though by a note shares passed.

    `came` is what came to the holding of the line `told`, less than nothing where it went; `others`
    are the holdings that may be meant, none where no report here tells of any. Where it is one,
    `row` is the line of the draft that shows it as before, and `leaves` what it has then, None
    where that is not certain.
    """

    said: Stated
    told: Posting
    came: Decimal
    others: tuple[Position, ...] = ()
    row: Posting | None = None
    leaves: Decimal | None = None


def other_sides(draft: Dossier, judged: Judged) -> Iterator[OtherSide]:
    """The other side of each movement that a note of a draft tells of, where the draft lacks it."""
    for said in draft.statements if not draft.amends and draft.base_form != "3" else ():
        if not (SENSES[said.kind].keeps_interest and SENSES[said.kind].moves):
            continue
        for line in draft.lines:
            entry = judged.folded.entry_of.get(id(line))
            position = judged.folded.position_of.get(id(line))
            if entry is None or position is None or said.note not in line.notes:
                continue
            if came := _came(said, entry, judged):
                yield from _lacking(said, entry, position, came, judged)
                break


def sizes_passed(draft: Dossier) -> set[Decimal]:
    """How many shares went from one holding of an owner to another, by a draft's notes and rows."""
    told = {
        said.shares
        for said in draft.statements
        if said.shares and SENSES[said.kind].keeps_interest and SENSES[said.kind].moves
    }
    rows = {-ln.movement for ln in draft.lines if ln.code in _UNTRADED and ln.movement < 0}
    return told | rows


def _came(said: Stated, entry: Posting, judged: Judged) -> Decimal:
    """How many shares came to a line's holding by a note: those of its row, or of its total."""
    if entry.delta and said.shares in (None, abs(entry.delta)):
        return entry.delta if entry.line.code in _UNTRADED else ZERO
    source = f"{entry.dossier.id}#{said.ref}"
    return next((t.shares for t in _terms(entry, judged) if t.source == source), ZERO)


def _terms(entry: Posting, judged: Judged) -> Sequence[Term]:
    """What explains a total that does not follow."""
    told = judged.folded.rulings.on(entry)
    return told.explanation.terms if told.explanation and told.verdict == "explained" else ()


def _lacking(
    said: Stated, told: Posting, position: Position, came: Decimal, judged: Judged
) -> Iterator[OtherSide]:
    others = _others(said, told, position, judged)
    kin = [p for p in judged.folded.positions_of(position.owners) if p is not position]
    there = (e for p in {*others, *kin} for e in p.entries if e.dossier is told.dossier)
    if any(-came in {term.shares for term in _terms(entry, judged)} for entry in there):
        return
    if any(_shows(other, told, came, said, meant=other in others) for other in {*others, *kin}):
        return
    held = [other for other in others if _balance(other, told) > 0]
    if len(held) > 1:  # of several, those that can have given so many
        held = [other for other in held if _balance(other, told) >= came]
    if others and not held:
        return
    if len(held) != 1:
        if held or _of_an_annuity(said, told):
            yield OtherSide(said, told, came, tuple(held))
        return
    left = _balance(held[0], told) - came
    row = next((e for e in held[0].entries[::-1] if e.dossier is told.dossier), None)
    certain = left >= 0 and not has_partners(held[0].vehicle)
    yield OtherSide(said, told, came, (held[0],), row=row, leaves=left if certain else None)


def _of_an_annuity(said: Stated, told: Posting) -> bool:
    """Whether a note speaks of a trust that the owner made for himself, and has to have reported."""
    return said.kind == "annuity-return" or annuity_trust(told.dossier.quote(said))


def _others(said: Stated, told: Posting, position: Position, judged: Judged) -> list[Position]:
    """The holdings with which a note can mean that a line's holding exchanged shares."""
    folded = judged.folded
    if position.form == "direct":
        text = vehicle_key(told.dossier.quote(said)).split()
        annuity = _of_an_annuity(said, told)
        meant = vehicles_meant(said, told.dossier, position, folded)
        return [p for p in meant if {*p.vehicle.split()} <= {*text}] or [
            p
            for p in meant
            if sort_words(text) & {*p.vehicle.split()}
            or own_words(p.vehicle) & {*text}
            or (annuity and {"grat", "annuity", "trust"} & {*p.vehicle.split()})
        ]
    if said.kind == "distribution" and not to_owner(said):
        return []
    return [
        p
        for p in folded.positions_of(position.owners)
        if (p.form, p.table, p.unit) == ("direct", position.table, position.unit)
        if p.owners == position.owners and same_class(p.tokens, position.tokens) is not False
    ]


def _shows(other: Position, told: Posting, came: Decimal, said: Stated, *, meant: bool) -> bool:
    """Whether a holding shows that shares went the other way: on the form, or since that day before.

    One that is `meant` may show a part of them, or more besides; any other just as many.
    """
    since = said.effective_from or date.max
    for entry in other.entries:
        here = entry.dossier is told.dossier
        if not here and (entry.day or date.min) < since:
            continue
        if here and meant and ((entry.opening and came < 0) or entry.residual * came < 0):
            return True
        opened = other.opened if entry.opening and here else None
        untraded = entry.delta if entry.line.code in _UNTRADED else None
        if -came in (entry.residual, untraded, opened):
            return True
    return False


def _balance(other: Position, told: Posting) -> Decimal:
    """What a holding had by its last line before a draft."""
    before = [e for e in other.entries if e.dossier is not told.dossier]
    return (before[-1].balance if before else None) or ZERO


def asked(draft: Dossier, sides: list[OtherSide], judged: Judged) -> Iterator[Hint]:
    """What a draft is asked about other sides, but for what a finding on it says already.

    A holding that gave all it had may well be left out.
    """
    said_already = any(
        f.filing == draft.id and f.kind == "INDIRECT_COUNTERPART_MISSING" for f in judged.findings
    )
    for side in () if said_already else sides:
        moved = f"{grouped(abs(side.came))} {'came from' if side.came > 0 else 'went to'}"
        by = f"by {side.said.ref.replace('.', ' ', 1)}"
        last = [[e for e in o.entries if e.dossier is not draft][-1] for o in side.others]
        named = [_named(other, e) for other, e in zip(side.others, last, strict=True)]
        if not named:
            words = f"{moved} an annuity trust {by}, and no report here tells of one"
            yield Hint("left-out", side.told.line.ref, words)
        elif len(named) > 1:
            words = f"{moved} one of {' and '.join(named)}, {by}: no row shows of which"
            yield Hint("left-out", side.told.line.ref, words, reference(last[0]))
        elif side.row is not None:
            leaves = f": {grouped(side.leaves)} then" if side.leaves is not None else ""
            words = f"{grouped(side.row.claim or ZERO)} as before, though {moved} it {by}{leaves}"
            yield Hint("left-out", side.row.line.ref, words, reference(last[0]))
        elif side.leaves != 0:
            leaves = f", {grouped(side.leaves)} then" if side.leaves is not None else ""
            words = f"{moved} {named[0]}, {by}: no row shows what it has{leaves}"
            yield Hint("left-out", side.told.line.ref, words, reference(last[0]))


def _named(other: Position, last: Posting) -> str:
    held = holder_in_notes(last.dossier, last.line) or other.nature or other.form
    return f"{other.security}, {held}, which had {grouped(last.balance or ZERO)}"
