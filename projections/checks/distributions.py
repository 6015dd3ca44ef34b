"""Shares that a note says a vehicle gave to its owner, or to another vehicle, and that no line takes off it.

An annuity comes back from a trust, a trust ends in part, a fund distributes: none needs a row
(Rule 16a-13), and the form may show the direct holding alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile

from ledger.footnotes.plan_exits import left_a_plan
from ledger.footnotes.ties import at_its_end
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, Doubt, asked_of
from projections.checks.transfers import (
    all_with_the_rest,
    to_owner,
    vehicle_meant,
    vehicles_meant,
    vehicles_together,
)
from projections.filings.dates import known_on
from projections.filings.parts import one_report
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.finding import Finding, about
from projections.identity.plans import accrued_since, plan_key
from projections.identity.securities import same_class
from projections.identity.vehicles import has_partners, own_words, sort_words, vehicle_key
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.levels import Gone
from projections.positions.noted import made_up
from projections.positions.position import Position

_KINDS = tuple(kind for kind, sense in SENSES.items() if sense.keeps_interest and not sense.sign)
"""Statements of shares that came from, or went to, something the owner has an interest in."""


def given(folded: Folded) -> dict[int, list[Gone]]:
    """By the number of a vehicle, what notes say that it gave to its owners after its last line.

    A fund gives to all its partners: what one of them got is the least that left it, and all that
    it held where it ended.
    """
    found: dict[int, list[Gone]] = {}
    for dossier in folded.dossiers:
        for said, position, entry, shares in _told(dossier, folded, (*_KINDS, "gift-note")):
            for vehicle, all_of_it in _gave(said, entry, position, folded, shares):
                whole = vehicle.balance if all_of_it else None
                gone, bounded = whole or shares, whole or not has_partners(vehicle.vehicle)
                told = Gone(
                    least=gone,
                    most=gone if bounded else None,
                    since=said.effective_from or entry.day,
                    by=said.effective_to or said.effective_from or entry.day,
                    said=f"{dossier.id}#{said.ref}",
                    kind=said.kind,
                )
                found.setdefault(vehicle.number, []).append(told)
    return found


def _gave(
    said: Stated, entry: Posting, direct: Position, folded: Folded, shares: Decimal
) -> Iterator[tuple[Position, bool]]:
    """The vehicles that gave what a direct line got, each with whether it gave all that it held."""
    account = _account_meant(said, entry, direct, folded)
    if account is not None:
        held = account.balance or ZERO
        since = account.entries[-1].day
        if shares <= held or accrued_since(since, entry.day, shares, held):
            yield account, shares >= held
        return
    one = vehicle_meant(said, entry, direct, folded)
    if said.kind == "gift-note":
        if one is not None and _by_name(said, entry, one) and shares <= (one.balance or ZERO):
            yield one, shares == one.balance
    elif one is None:
        yield from ((p, True) for p in vehicles_together(said, shares, entry, direct, folded))
    elif shares <= (one.balance or ZERO):
        rest = all_with_the_rest(said.note, shares, entry.dossier, one.balance or ZERO)
        yield one, rest is not None or _gave_all(said, entry.dossier, one)


def _by_name(said: Stated, told: Posting, vehicle: Position) -> bool:
    """Whether a note on what was given or left to the owner has every word of a vehicle's name."""
    return set(vehicle.vehicle.split()) <= set(vehicle_key(told.dossier.quote(said)).split())


def _account_meant(
    said: Stated, told: Posting, direct: Position, folded: Folded
) -> Position | None:
    """The one account in a plan, silent since, from which a note says that shares came."""
    plan = plan_key(vehicle_key(said.counterpart or ""))
    unnamed = plan == "plan" or (not said.counterpart and left_a_plan(told.dossier.quote(said)))
    accounts = [
        p
        for p in folded.positions_of(direct.owners)
        if (own := plan_key(p.vehicle)) and (unnamed or own == plan) and p.owners == direct.owners
        if p.table == direct.table and same_class(p.tokens, direct.tokens) is not False
    ]
    before = known_on(told.dossier)
    silent = len(accounts) == 1 and all(known_on(e.dossier) < before for e in accounts[0].entries)
    return accounts[0] if silent else None


def _gave_all(said: Stated, dossier: Dossier, vehicle: Position) -> bool:
    """Whether a note says that a vehicle ended, or gave to all of its own as much as it held."""
    all_of_it = any(
        s.note == said.note and s.direction == "disposed" and s.shares == vehicle.balance
        for s in dossier.statements
        if s.kind in _KINDS
    )
    return all_of_it or at_its_end(dossier.quote(said))


@asked_of(*_KINDS)
def still_there(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that came from a vehicle by a note, and of which its own next line shows none gone."""
    for said, position, entry, shares in _told(dossier, folded, _KINDS):
        since = said.effective_from or entry.day or date.min
        for meant in _givers(said, dossier, position, folded):
            kept = [_as_before(vehicle, dossier, since) for vehicle in meant]
            listed = [e for e in kept if e is not None]
            if not listed or len(listed) < len(kept):
                continue
            if _gone_elsewhere(listed[0], shares, position, folded):
                continue
            first, *others = listed
            words = f"{grouped(first.claim or ZERO)} as before, though by {entry.line.ref} of {dossier.id} {grouped(shares)} came from it"
            if others:
                words += f"; nor did any leave {', '.join(reference(e) for e in others)}"
            yield about(
                first.dossier,
                first.line,
                "INDIRECT_COUNTERPART_MISSING",
                words,
                difference=shares,
                severity="minor",
                evidence=(f"{dossier.id}#{said.ref}", reference(entry)),
            )


def _as_before(vehicle: Position, dossier: Dossier, since: date) -> Posting | None:
    """The next line of a vehicle, if it lists all that there was: nothing has left it by then."""
    following = [e for e in vehicle.entries if e.dossier.known.at >= dossier.known.at]
    first = following[0] if following else None
    if first is None or first.delta or first.claim != first.prior or not first.claim:
        return None
    if made_up(first):
        return None
    earlier = vehicle.entries[: vehicle.place(first)]
    if any(e.residual < 0 and (e.day or date.min) >= since for e in earlier):
        return None  # an amendment repeats the note of what is gone already
    return first


def _gone_elsewhere(first: Posting, shares: Decimal, direct: Position, folded: Folded) -> bool:
    """Whether another vehicle on the form shows just so many gone: then the note means that one."""
    return any(
        one_report(e.dossier, first.dossier) and -shares in (e.residual, *_explained(e, folded))
        for p in folded.positions_of(direct.owners)
        if p.form == "indirect"
        for e in p.entries
    )


def _explained(entry: Posting, folded: Folded) -> dict[Decimal, str]:
    """The amounts that explain a total, each with what tells of it; none where it stands open."""
    told = folded.rulings.on(entry)
    terms = told.explanation.terms if told.explanation and told.verdict == "explained" else ()
    return {term.shares: term.source for term in reversed(terms)}


def _givers(
    said: Stated, dossier: Dossier, position: Position, folded: Folded
) -> list[list[Position]]:
    """The vehicles that a note names as who gave; where it names none, those of which it can mean one."""
    named = own_words(vehicle_key("" if to_owner(said) else said.counterpart or ""))
    plan = plan_key(vehicle_key(said.counterpart or ""))
    if plan:
        return [[p] for p in folded.positions_of(position.owners) if plan_key(p.vehicle) == plan]
    if not named:
        meant = vehicles_meant(said, dossier, position, folded)
        sort = sort_words(vehicle_key(said.counterpart or dossier.quote(said)).split())
        alike = len(meant) == 1 or all(sort & {*p.vehicle.split()} for p in meant)
        return [meant] if alike else []
    return [
        [p]
        for p in folded.positions_of(position.owners)
        if p.form == "indirect" and named & own_words(p.vehicle)
        if same_class(p.tokens, position.tokens) is not False
    ]


def _told(
    dossier: Dossier, folded: Folded, kinds: Sequence[str]
) -> Iterator[tuple[Stated, Position, Posting, Decimal]]:
    """What a filing's notes say came from a vehicle: the line that got it, and how much."""
    for said in dossier.statements:
        if said.kind not in kinds or not _came(said):
            continue
        for position, entry in _receiving(said, dossier, folded):
            if shares := _got(said, entry, folded):
                yield said, position, entry, shares
                break


def _came(said: Stated) -> bool:
    """Whether shares came to the owner: the words may be those of whoever gave them."""
    return said.direction == "acquired" or to_owner(said)


def _receiving(
    said: Stated, dossier: Dossier, folded: Folded
) -> Iterator[tuple[Position, Posting]]:
    """The lines that a note is on: direct ones, and those of a vehicle that got it from another."""
    for line in folded.lines_of(dossier):
        position = folded.position_of.get(id(line))
        if position is None or said.note not in line.notes:
            continue
        if position.form != "direct" and not _from_another(said, position, folded):
            continue
        for entry in position.entries:
            if entry.line is line:
                yield position, entry


def _from_another(said: Stated, position: Position, folded: Folded) -> bool:
    """Whether a note names as the giver another vehicle of the same owners."""
    named = "" if to_owner(said) else vehicle_key(said.counterpart or "")
    givers = {p.vehicle for p in folded.positions_of(position.owners) if p.form == "indirect"}
    return named != position.vehicle and named in givers - {""}


def _got(said: Stated, entry: Posting, folded: Folded) -> Decimal | None:
    """How many shares a line got by what a note says: its row's own, or those of its total.

    A note that is repeated in later forms moves nothing there.
    """
    if entry.delta > 0 and said.shares in (None, entry.delta):
        return entry.delta if entry.line.code in ("J", "G", "W") else None
    source, terms = f"{entry.dossier.id}#{said.ref}", _explained(entry, folded).items()
    return next((shares for shares, of in terms if of == source and shares > 0), None)


def listed_as_before(position: Position, entry: Posting, row: Posting) -> Posting | None:
    """The line of a holding that has what was before, in the form of a row that passed shares on.

    Every line since then, up to a total, lists the same.
    """
    earlier = reversed(position.entries[: position.place(entry)])
    alike = takewhile(lambda e: e.line.holding and not e.opening and e.claim == e.prior, earlier)
    return next((e for e in alike if one_report(e.dossier, row.dossier)), None)


def out_of_date(folded: Folded) -> Iterator[Finding]:
    """A holding line that has what was held before a row of its own form, as the next total shows.

    The row passed shares on, and that total is off by just as many. A note on it is told by itself.
    """
    for position in folded.book.positions:
        for entry in position.entries:
            for line, row in _passed(position, entry, folded) if entry.residual else ():
                way = "came from it" if row.delta > 0 else "went to it"
                words = f"{grouped(line.claim or ZERO)} as before, though by {row.line.ref} {grouped(abs(row.delta))} {way}, as {reference(entry)} shows"
                yield about(
                    line.dossier,
                    line.line,
                    "INDIRECT_COUNTERPART_MISSING",
                    words,
                    difference=abs(row.delta),
                    severity="minor",
                    evidence=(reference(row), reference(entry)),
                )


def _passed(
    position: Position, entry: Posting, folded: Folded
) -> Iterator[tuple[Posting, Posting]]:
    """The rows of other holdings by which a total is explained, each with the line that has what was before."""
    told = _explained(entry, folded)
    for other in folded.positions_of(position.owners) if told else ():
        for row in other.entries:
            if row.delta and told.get(-row.delta) == reference(row):
                line = listed_as_before(position, entry, row)
                if line is not None and not any(s.kind in _KINDS for s in _said_of(row)):
                    yield line, row


def _said_of(row: Posting) -> Iterator[Stated]:
    """The statements of the notes on a row."""
    return (said for said in row.dossier.statements if said.note in row.line.notes)


@asked_of(*_KINDS)
def not_counted(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that by a note went from a vehicle to its owner, whose total beside it is without them.

    The vehicle's own total is short by just as many, for that note; nothing else shows so many more.
    """
    for said in dossier.statements:
        if said.kind not in _KINDS or not said.shares or not _came(said):
            continue
        source = f"{dossier.id}#{said.ref}"
        for vehicle, gave in _lines(dossier, folded, "indirect"):
            if _explained(gave, folded).get(-said.shares) != source:
                continue
            for direct, entry in _lines(dossier, folded, "direct"):
                if _without(said, (direct, entry), (vehicle, gave), folded):
                    claim = entry.claim or ZERO
                    words = f"{grouped(claim)} is without the {grouped(said.shares)} that came from {gave.line.ref} by its note"
                    yield about(
                        dossier,
                        entry.line,
                        "COLUMN_NOTE_CONFLICT",
                        words,
                        expected=claim + said.shares,
                        reported=claim,
                        evidence=(source, reference(gave)),
                    )
                    return


def _lines(dossier: Dossier, folded: Folded, form: str) -> Iterator[tuple[Position, Posting]]:
    """The last lines of a filing of each holding of a form."""
    for position in folded.positions_of(folded.people.keys(dossier)):
        own = [e for e in position.entries if e.dossier is dossier]
        if position.form == form and own:
            yield position, own[-1]


def _without(
    said: Stated, came: tuple[Position, Posting], went: tuple[Position, Posting], folded: Folded
) -> bool:
    """Whether a direct total from after a gift goes on as if nothing had come, then or before."""
    (direct, entry), (vehicle, gave) = came, went
    moved_on = said.effective_from
    late = moved_on is None or said.precision != "day" or (entry.day or date.min) < moved_on
    if late or not entry.follows or entry.claim is None or entry.late or made_up(entry):
        return False
    if same_class(direct.tokens, vehicle.tokens) is False or direct.unit != vehicle.unit:
        return False
    since = [e for e in vehicle.entries[: vehicle.place(gave)] if e.claim is not None]
    known = since[-1].dossier.known.at if since else gave.dossier.known.at
    return not any(
        said.shares in (e.delta, e.residual, *_explained(e, folded))
        or (e.opening and (e.claim or ZERO) >= (said.shares or ZERO) and e is not entry)
        for p in folded.positions_of(direct.owners)
        if p is not vehicle
        for e in p.entries
        if known < e.dossier.known.at <= entry.dossier.known.at
    )


CHECKS: tuple[Check, ...] = (still_there, not_counted)
DOUBTS: tuple[Doubt, ...] = (out_of_date,)
