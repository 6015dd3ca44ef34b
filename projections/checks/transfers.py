"""Shares that a note says went to another vehicle, and no line shows there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

import msgspec

from ledger.footnotes.exchanges import told_of_deposit
from ledger.footnotes.parties import annuity_trust, own_company, swap_fund
from ledger.footnotes.transfers import retained
from ledger.loading import pattern
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.checks.class_conversions import counterparts_of
from projections.checks.told_beside import told_beside
from projections.filings.dates import known_on, speaks_on
from projections.filings.parts import one_report
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.explanations import Explanation
from projections.findings.finding import Finding, about
from projections.identity.plans import plan_key
from projections.identity.securities import same_class
from projections.identity.strangers import strangers
from projections.identity.vehicles import own_words, sort_words, vehicle_key
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.position import Position

_OWNER = pattern(
    r"\b(?:reporting (?:person|owner)|undersigned|insider)s?\b(?!['’])|\b(?:him|her)(?:self)?\s*$"
)
"""Words of the owner as the other side; whose adult children or spouse somebody is, is no such side."""


def transfers(dossier: Dossier, folded: Folded) -> Iterator[tuple[Stated, Posting, Position]]:
    """Shares a note says went to a vehicle that no line of these owners then shows."""
    elsewhere = [said for said, _ in told_beside(dossier, folded)]
    for told in dossier.statements:
        if not SENSES[told.kind].own_vehicle or told.direction == "acquired":
            continue
        if swap_fund(told.counterpart or "") or told in elsewhere:
            continue
        source = _source_of(told, dossier, folded)
        said = told if source is None or told.shares else _sized(told, source[0], folded)
        if source is None or said.shares is None or _counterpart(said, *source, folded):
            continue
        if told_of_deposit(dossier.text_of(said.note)) and counterparts_of(
            source[1], folded, of_any_holder=True
        ):
            continue  # into shares of the other form, which other checks ask after
        if said.shares and _left_a_vehicle(said, dossier, source[1], folded):
            continue
        if said.shares and source[0].residual == said.shares:
            continue  # the total counts them still, or they came here, which is what is told of it
        if said.shares and source[0].delta == said.shares:
            continue  # the line's own row shows that so many came: others are those that went
        if _came_back(said, *source, folded) or _all_of_a_vehicle(said, *source, folded):
            continue
        yield said, *source


_BACK = frozenset(k for k, sense in SENSES.items() if sense.keeps_interest and sense.sign >= 0)
"""Kinds of notes by which what went into a vehicle may have come back from it."""


def _came_back(said: Stated, left: Posting, source: Position, folded: Folded) -> bool:
    """Whether the form tells as well that so many came back, which no other vehicle can have given.

    One that held as many, and of which the form does not say that it is as it was, can.
    """
    day = said.effective_from or date.min
    if not any(
        other.kind in _BACK
        and (other.direction, other.shares) == ("acquired", said.shares)
        and (other.effective_to or date.max) >= day
        and other.note in left.line.notes
        for other in left.dossier.statements
    ):
        return False
    return not any(
        (_held_before(vehicle, left.dossier) or ZERO) >= (said.shares or ZERO)
        and not any(one_report(e.dossier, left.dossier) and _all_stays(e) for e in vehicle.entries)
        for vehicle in _vehicles(source, folded)
    )


def _all_of_a_vehicle(said: Stated, left: Posting, direct: Position, folded: Folded) -> bool:
    """Whether shares that the total beside the note does not lack are all that a vehicle had held."""
    return (
        left.follows
        and abs(left.delta) != said.shares
        and any(
            _held_before(vehicle, left.dossier) == said.shares
            and vehicle.entries[-1].dossier.known.at < left.dossier.known.at
            for vehicle in _vehicles(direct, folded)
        )
    )


def _left_a_vehicle(said: Stated, dossier: Dossier, direct: Position, folded: Folded) -> bool:
    """Whether shares are those that a vehicle had left, which by the note gave the rest to its owner."""
    return any(
        all_with_the_rest(said.note, one.shares, dossier, held) == said
        for one in dossier.statements
        if one.note == said.note and one.direction == "acquired" and one.shares
        for vehicle in _vehicles(direct, folded)
        if (held := _held_before(vehicle, dossier))
    )


def all_with_the_rest(note: str, came: Decimal, dossier: Dossier, held: Decimal) -> Stated | None:
    """What a note says went to others, where that and what came to the owner is all that was held."""
    return next(
        (
            one
            for one in dossier.statements
            if one.note == note and one.direction == "disposed" and one.shares == held - came
        ),
        None,
    )


def _sized(said: Stated, entry: Posting, folded: Folded) -> Stated:
    """A note without a number with what it explains of its total, else with that of its row."""
    ruling, source = folded.rulings.on(entry), f"{entry.dossier.id}#{said.ref}"
    terms = ruling.explanation.terms if ruling.explanation else ()
    went = sum((t.shares for t in terms if t.source == source), ZERO)
    if ruling.verdict == "explained" and went < 0:
        return msgspec.structs.replace(said, shares=-went)
    return _of_the_row(said, entry, ruling.meant)


def _of_the_row(said: Stated, entry: Posting, meant: Decimal | None) -> Stated:
    """A note without a number with that of its own row, where it says that an interest is kept.

    Where the total shows what the row meant, it is that.
    """
    words = entry.dossier.quote(said)
    own = retained(words, 0, len(words)) or _into_own_company(said, entry)
    gives = entry.delta < 0 and entry.line.code in ("G", "J") and own
    shares = entry.line.shares if meant is None else abs(meant)
    return msgspec.structs.replace(said, shares=shares) if gives else said


def _into_own_company(said: Stated, entry: Posting) -> bool:
    """Whether a note says of the company that shares went to that it is the owner's own."""
    return said.kind == "form-change" and own_company(entry.dossier.text_of(said.note))


def _source_of(said: Stated, dossier: Dossier, folded: Folded) -> tuple[Posting, Position] | None:
    """The line that the shares left: one of their number that cites the note, else any that does."""
    cited: tuple[Posting, Position] | None = None
    for position in folded.positions_of(folded.people.keys(dossier)):
        if position.form == "indirect":
            continue
        for entry in position.entries:
            if entry.dossier is not dossier:
                continue
            if said.note not in entry.line.notes:
                continue
            cited = cited or (entry, position)
            if entry.line.shares == said.shares:
                return entry, position
    return cited


def _since(said: Stated, entry: Posting, left: Posting, source: Position) -> bool:
    """Whether a line reported before the note already speaks of the days after the transfer.

    A note without a day tells of what moved since the last report of what the shares left.
    """
    if said.effective_from is not None:
        return (entry.day or date.min) >= said.effective_from
    before = [e for e in source.entries if e.dossier.known.at < left.dossier.known.at]
    return bool(before) and entry.dossier.known.at > before[-1].dossier.known.at


def _counterpart(said: Stated, left: Posting, source: Position, folded: Folded) -> bool:
    """Whether some other vehicle of the owners holds what was moved, then or later."""
    amount, moved_on = said.shares or ZERO, speaks_on(left.dossier)
    for position in folded.positions_of(source.owners):
        if position is source or position.table != source.table or position.form == "direct":
            continue
        if same_class(position.tokens, source.tokens) is False:
            continue
        for entry in position.entries:
            if known_on(entry.dossier) < moved_on and not _since(said, entry, left, source):
                continue
            if _tells_of_it(said, entry):
                return True
            opened = position.opened if entry.opening else None
            if entry is position.entries[0] and entry.line.holding:
                opened = entry.balance
            told = folded.rulings.on(entry).explanation
            arrived = {t.shares for t in told.terms} if isinstance(told, Explanation) else set()
            moved = {entry.delta, entry.residual, opened, *arrived}
            part = entry.residual > 0 and (
                (one_report(entry.dossier, left.dossier) and entry.residual < amount)
                or (entry is _first_since(position, left) and not entry.delta)
            )
            if part or {amount, amount // 1} & moved or (opened or ZERO) >= amount // 1:
                return True
    return _with_another_owner(amount, left, source, folded)


def _with_another_owner(amount: Decimal, left: Posting, source: Position, folded: Folded) -> bool:
    """Whether just so many came on that day, untraded, to an owner who reports for itself."""
    return any(
        position.owners != source.owners
        and position.table == source.table
        and same_class(position.tokens, source.tokens) is not False
        for position, _ in folded.given_to.get((left.day, amount), ())
    )


def _tells_of_it(said: Stated, entry: Posting) -> bool:
    """Whether a note on a vehicle's own line says that so many shares came, of which some may be gone."""
    return any(
        other.note in entry.line.notes
        and other.direction != "disposed"
        and other.shares == said.shares
        and SENSES[other.kind].own_vehicle
        for other in entry.dossier.statements
    )


def _first_since(position: Position, left: Posting) -> Posting | None:
    """The first line of a vehicle in a form after the one that tells what left."""
    known = left.dossier.known.at
    return next((e for e in position.entries if e.dossier.known.at > known), None)


def vehicle_meant(said: Stated, told: Posting, direct: Position, folded: Folded) -> Position | None:
    """The one vehicle reported before with which a note can mean that shares were exchanged.

    Its last line is older than the note, so it says nothing of them.
    """
    one = only_vehicle(said, told.dossier, direct, folded)
    older = one is not None and all(
        known_on(e.dossier) < known_on(told.dossier) for e in one.entries
    )
    return one if older else None


def vehicles_together(
    said: Stated, shares: Decimal, told: Posting, direct: Position, folded: Folded
) -> list[Position]:
    """The vehicles reported before that gave all they held, where together it is what a note gives.

    "The two trusts ended and distributed 20,000": one that holds 12,000, and one of 8,000.
    """
    told_of = vehicle_key(said.counterpart or "") or vehicle_key(told.dossier.quote(said))
    words = sort_words(word.removesuffix("s") for word in told_of.split())
    near = [p for p in _vehicles(direct, folded) if p.balance and words & {*p.vehicle.split()}]
    if len(near) < 2 or sum((p.balance or ZERO for p in near), ZERO) != shares:
        return []
    before = known_on(told.dossier)
    return near if all(known_on(e.dossier) < before for p in near for e in p.entries) else []


def only_vehicle(
    said: Stated, dossier: Dossier, direct: Position, folded: Folded
) -> Position | None:
    """The owners' one vehicle, plans aside, that a note can mean: of its words, else of its sort."""
    one = vehicles_meant(said, dossier, direct, folded)
    return one[0] if len(one) == 1 else None


def _vehicles(direct: Position, folded: Folded) -> list[Position]:
    """The owners' vehicles, plans aside, that hold of the class of a direct holding."""
    return [
        p
        for p in folded.positions_of(direct.owners)
        if p.form == "indirect" and (p.table, p.unit) == (direct.table, direct.unit)
        if p.owners == direct.owners and same_class(p.tokens, direct.tokens) is not False
        if p.vehicle and not plan_key(p.vehicle)
    ]


def vehicles_meant(
    said: Stated, dossier: Dossier, direct: Position, folded: Folded
) -> list[Position]:
    """The owners' vehicles, plans aside, that a note can mean: of its words, else of its sort."""
    named = vehicle_key("" if to_owner(said) else said.counterpart or "")
    near = [p for p in _vehicles(direct, folded) if not (named and strangers(named, p.vehicle))]
    words = {*named.split()} or {*vehicle_key(dossier.quote(said)).split()}
    alike = [p for p in near if not words.isdisjoint(sort_words(p.vehicle.split()))]
    if not own_words(named) and (said.direction == "acquired" or to_owner(said)):
        near, alike = (
            [p for p in some if _held_before(p, dossier)] or some for some in (near, alike)
        )
        emptied = [p for p in near if _held_before(p, dossier) == said.shares]
        if len(emptied) == 1:
            return emptied  # of several it can be, the one that had just what came
    if named:
        return [p for p in near if p.vehicle == named] or alike or near
    return [p for p in near if words >= {*p.vehicle.split()}] or alike or near


def _held_before(vehicle: Position, dossier: Dossier) -> Decimal | None:
    """What a vehicle had by its last line in a filing before this one."""
    before = [e for e in vehicle.entries if e.dossier.known.at < dossier.known.at]
    return before[-1].balance if before else None


def to_owner(said: Stated) -> bool:
    """Whether the words of a note name the owner as the other side, as a vehicle's line has it."""
    return _OWNER.search((said.counterpart or "").casefold()) is not None


def received(
    told: Iterable[tuple[Dossier, Stated, Posting, Position]], folded: Folded
) -> dict[int, list[tuple[Dossier, Stated, Posting]]]:
    """By the number of a vehicle, the transfers of which it is the receiver."""
    found: dict[int, list[tuple[Dossier, Stated, Posting]]] = {}
    for dossier, said, entry, source in told:
        home = vehicle_meant(said, entry, source, folded)
        if home is not None:
            found.setdefault(home.number, []).append((dossier, said, entry))
    return found


@asked_of(*(kind for kind, sense in SENSES.items() if sense.own_vehicle))
def transfer_findings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """What is to be said of shares that no line shows any more."""
    for said, entry, source in transfers(dossier, folded):
        vehicle, amount = said.counterpart or "another vehicle", grouped(said.shares or ZERO)
        rest = {"difference": said.shares, "evidence": (f"{dossier.id}#{said.ref}",)}
        words = f"{amount} shares went to {vehicle}; no line reports them there"
        shown = _without_them(said, entry, source, folded)
        if shown is not None:
            words += f", and {shown.line.ref} of {shown.dossier.id} is as it was"
        sure = shown is not None or dossier.base_form == "5"
        if not sure:
            words += ": a report that is not here, or another owner's, may"
        grave = "" if sure else "minor"
        yield about(
            dossier, entry.line, "INDIRECT_COUNTERPART_MISSING", words, severity=grave, **rest
        )
        if entry.line.code == "G" and entry.line.shares == said.shares:
            words = f"coded as a gift, described as a contribution to {vehicle}: the owner may keep an interest"
            open_ = annuity_trust(f"{vehicle} {dossier.quote(said)}")
            yield about(
                dossier,
                entry.line,
                "GIFT_OR_FORM_CHANGE_AMBIGUOUS",
                words,
                severity="" if open_ else "info",
                **rest,
            )


def _without_them(said: Stated, left: Posting, source: Position, folded: Folded) -> Posting | None:
    """A line of the vehicle meant, of the same filing or a later one, that shows nothing come."""
    vehicle = only_vehicle(said, left.dossier, source, folded)
    if vehicle is None:
        return None
    since = left.dossier.known.at
    lines = (e for e in vehicle.entries if e.dossier.known.at >= since and e.claim is not None)
    return next((e for e in lines if e.follows and e.claim == e.prior), None)


@asked_of(*(kind for kind, sense in SENSES.items() if sense.own_vehicle))
def still_listed(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that a note says went into a vehicle, which begins with them, while their line stays."""
    for told in dossier.statements:
        if not SENSES[told.kind].own_vehicle or told.direction == "acquired":
            continue
        for position in folded.positions_of(folded.people.keys(dossier)):
            kept = [e for e in position.entries if e.dossier is dossier and _all_stays(e)]
            if position.form != "direct" or not kept or told.shares not in (None, kept[0].claim):
                continue
            begun = _begins_with(kept[0], position, told, folded)
            if begun is None:
                continue
            words = f"{grouped(kept[0].claim or ZERO)} as before, though {begun.line.ref} begins with them and a note says that they went there"
            evidence = (f"{dossier.id}#{told.ref}", f"{dossier.id}#{begun.line.ref}")
            yield about(
                dossier,
                kept[0].line,
                "COLUMN_NOTE_CONFLICT",
                words,
                expected=ZERO,
                reported=kept[0].claim,
                evidence=evidence,
            )
            return


@asked_of(*(kind for kind, sense in SENSES.items() if sense.own_vehicle))
def counted_later(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A vehicle listed as before, though by a note of the form shares went there, which come later.

    Where no later line has them either, what left is told at the line that it left.
    """
    for said in dossier.statements:
        if not SENSES[said.kind].own_vehicle or said.direction == "acquired" or not said.shares:
            continue
        source = _source_of(said, dossier, folded)
        if source is None or folded.rulings.on(source[0]).verdict != "explained":
            continue
        vehicle = only_vehicle(said, dossier, source[1], folded)
        for place, entry in enumerate(vehicle.entries[:-1] if vehicle is not None else ()):
            after = vehicle.entries[place + 1] if vehicle is not None else entry
            if entry.dossier is dossier and _all_stays(entry) and after.residual == said.shares:
                words = f"{grouped(entry.claim or ZERO)} as before, though by a note of the form {grouped(said.shares)} went there: {after.line.ref} of {after.dossier.id} counts them first"
                yield about(
                    dossier,
                    entry.line,
                    "COLUMN_NOTE_CONFLICT",
                    words,
                    expected=(entry.claim or ZERO) + said.shares,
                    reported=entry.claim,
                    evidence=(f"{dossier.id}#{said.ref}",),
                    revised_by=after.dossier.id,
                )


def _all_stays(entry: Posting) -> bool:
    return entry.line.holding and bool(entry.claim) and entry.claim == entry.prior


def _begins_with(kept: Posting, source: Position, said: Stated, folded: Folded) -> Posting | None:
    """The line that opens a vehicle with all that another line still lists, if a note is on either."""
    for position in folded.opened_by.get(kept.dossier.stream, ()):
        first = position.entries[0]
        opened = first.balance if first.line.holding else position.opened
        alike = position.table == source.table and set(position.owners) == set(source.owners)
        same = alike and same_class(position.tokens, source.tokens) is not False
        cited = said.note in (*first.line.notes, *kept.line.notes)
        if same and cited and position.form == "indirect" and opened == kept.claim:
            return first
    return None


CHECKS: tuple[Check, ...] = (transfer_findings, still_listed, counted_later)
