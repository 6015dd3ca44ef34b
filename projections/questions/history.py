"""Every entry of a position, with our running balance beside the filer's totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import accumulate

import msgspec

from ledger import Ledger
from ledger.codes import CODES
from ledger.types import exchanged
from projections.answers import History, HistoryEntry, PositionHistory
from projections.filings.records import ZERO
from projections.findings.explanations import Term
from projections.identity.vehicles import names_a_vehicle, vehicle_key
from projections.issuer import Folded
from projections.judgement import Judged
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.levels import Gone
from projections.positions.position import Position
from projections.positions.rulings import Ruling, Rulings
from projections.positions.settling import terms_of
from projections.questions.subject import Derived, Moment, Who, derived, moment_of, subject
from projections.snapshots.openings import contradicted
from projections.snapshots.snapshot import position_name, whose


def history(
    ledger: Ledger, *, person: Who = None, issuer: Who = None, known_at: Moment = None
) -> History:
    """The timelines of a person's or an issuer's positions, oldest entry first.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    moment, shown = moment_of(known_at)
    asked = subject(ledger, person=person, issuer=issuer)
    question = Derived("history", PositionHistory, partial(_histories, asked.persons))
    return History(shown, tuple(derived(ledger, asked, question, known_at=moment)))


def _histories(persons: frozenset[str] | None, judged: Judged) -> Iterator[PositionHistory]:
    for position in judged.folded.book.positions:
        if persons is None or position.owners & persons:
            yield history_of(judged, position, persons)


def history_of(
    judged: Judged, position: Position, persons: frozenset[str] | None = None
) -> PositionHistory:
    """The printed history of one position; `persons` are those it was asked for."""
    person, owners = whose(judged, position, persons)
    named: dict[tuple[str, str], list[str]] = {}
    for finding in judged.findings:
        named.setdefault((finding.filing, finding.row or ""), []).append(finding.id)
    entries = [told for entry in position.entries for told in _told(entry, judged.folded, named)]
    entries += _since(position, judged)
    strike, expiry = position.series
    return PositionHistory(
        person=person,
        issuer=judged.issuer_on(None),
        table=position.table,
        security=position.security,
        ownership=position.form,
        nature=position.nature,
        exercise_price=strike,
        expires_on=expiry,
        owners=owners,
        position=position_name(position),
        opening=_opening(position, judged),
        entries=tuple(entries),
        unit=position.unit,
        holder=_holder(position),
    )


def _holder(position: Position) -> str | None:
    """Who holds it by the notes of the last of its lines where these name somebody.

    None where the words that it is shown by name a vehicle: they say it already.
    """
    if names_a_vehicle(vehicle_key(position.nature)):
        return None
    told = (holder_in_notes(entry.dossier, entry.line) for entry in reversed(position.entries))
    return next(filter(None, told), None)


def _since(position: Position, judged: Judged) -> Iterator[HistoryEntry]:
    """What has become of a holding since its last line; without a number where notes give none."""
    last, level = position.entries[-1], position.entries[-1].balance
    for term in _ruled(last, judged.folded):
        level = None if level is None else level + term.shares
        yield _term(term, level, judged.folded)
    told = list(judged.left.get(position.number, ()))
    for one in judged.withdrawn.get(position.number, ()):
        if last.dossier.known.at <= one.dossier.known.at and level:
            kind = f"award-{one.ended}" if one.ended else "reporting-withdrawal"
            least = level if one.ended else ZERO
            gone = Gone(
                least=least,
                most=least or None,
                since=one.since,
                by=one.since,
                said=one.said,
                kind=kind,
            )
            told.append(gone)
    for gone in told:
        exact = gone.least == gone.most and level is not None
        moved = min(gone.least, level) if exact and level is not None else None
        level = level - moved if moved is not None and level is not None else None
        term = Term(
            kind=gone.kind,
            shares=-(moved or ZERO),
            source=gone.said,
            text="",
            effective_from=gone.since,
            effective_to=gone.by,
        )
        row = _term(term, level, judged.folded)
        yield row if moved is not None else msgspec.structs.replace(row, shares=None)


def _opening(position: Position, judged: Judged) -> Decimal | None:
    """What was held before the first line; None where more is known against it than its total.

    That is so of a letter that contradicts its code, of a number of the line that a finding
    contradicts, and of a total of all series.
    """
    first = position.entries[0]
    if first.line.tells_no_opening or judged.folded.rulings.bounds(first):
        return None
    told = contradicted(first, judged.findings) and position.held_before
    return None if told else position.held_before


def _told(
    entry: Posting, folded: Folded, named: Mapping[tuple[str, str], list[str]]
) -> Iterator[HistoryEntry]:
    """An entry, and whatever else moved the balance to where it stands: a line for each.

    What explains a total stands before its line; where more would have left than was there,
    what came in stands before what left, and the line itself before both.
    """
    rulings = folded.rulings
    balance = None if entry.prior is None else entry.prior - entry.scaled
    first, then = _ordered(entry, balance, list(terms_of(entry, rulings)))
    for term in first:
        balance = None if balance is None else balance + term.shares
        yield _term(term, balance, folded)
    left = sum((term.shares for term in then), ZERO)
    balance = None if entry.balance is None else entry.balance - left
    yield _line(entry, rulings, named, balance)
    for term in then:
        balance = None if balance is None else balance + term.shares
        yield _term(term, balance, folded)


def _ruled(last: Posting, folded: Folded) -> Iterator[Term]:
    """What is known to have become of a holding since its last line: gone elsewhere, or split."""
    balance, gone = last.balance, folded.rulings.emptied(last)
    if gone is not None and gone.ends is not None and balance:
        went = balance if gone.shares is None else gone.shares
        words = "passed into another holding, as that one's line shows"
        balance -= went
        yield Term(
            "form-change",
            -went,
            gone.into,
            words,
            effective_from=gone.begins,
            effective_to=gone.ends,
        )
    for made in folded.rulings.multiplied(last):
        if balance:
            more = exchanged(balance, made.ratio) - balance
            balance += more
            words = "the balance in the shares of the split"
            yield Term(
                "split",
                more,
                made.source,
                words,
                effective_from=made.after,
                effective_to=made.before,
            )


def _ordered(
    entry: Posting, before: Decimal | None, explained: list[Term]
) -> tuple[list[Term], list[Term]]:
    """What stands before the line and what after it: the first order that needs no debt."""
    units, uncounted = list(_units(entry)), list(_uncounted(entry))
    gains_first = sorted(explained, key=lambda term: term.shares < 0)
    orders: tuple[tuple[list[Term], list[Term]], ...] = (
        ([*units, *explained, *uncounted], []),
        ([*units, *gains_first, *uncounted], []),
        ([*units, *uncounted], gains_first),
    )
    if before is None or entry.balance is None or not explained:
        return orders[0]
    told = sum((term.shares for term in (*units, *explained, *uncounted)), ZERO)
    own = entry.balance - before - told
    for first, then in orders:
        moves = (*(t.shares for t in first), own, *(t.shares for t in then))
        if min(accumulate(moves, initial=before)) >= 0:
            return first, then
    return orders[0]


def _line(
    entry: Posting,
    rulings: Rulings,
    named: Mapping[tuple[str, str], list[str]],
    balance: Decimal | None,
) -> HistoryEntry:
    """The entry's own line; one that carries on an earlier one's error names its finding."""
    line, ruling = entry.line, rulings.on(entry)
    cause = entry if ruling.cause is None else ruling.cause
    return HistoryEntry(
        effective_from=entry.day,
        effective_to=entry.day,
        filing=entry.dossier.id,
        row=line.ref,
        event=event_name(entry),
        shares=line.moved,
        direction=_direction(entry),
        computed=balance,
        claimed=line.total,
        expected=entry.expected,
        residual=_residual(entry),
        verdict=ruling.verdict,
        footnotes=line.footnotes,
        findings=tuple(
            name
            for about in dict.fromkeys((entry, cause))
            for name in named.get((about.dossier.id, about.line.ref), ())
        ),
        convention=entry.convention,
        set_aside=_is_set_aside(entry, ruling),
        known_on=entry.dossier.known.on,
        price=line.price,
        address=entry.dossier.address,
    )


def _is_set_aside(entry: Posting, ruling: Ruling) -> bool:
    """Whether a total moves nothing: it was set aside, or another report of its movement refutes it."""
    if entry.claim is None:
        return False
    refuted = ruling.verdict == "unexplained" and entry.astray is not None and not entry.residual
    return refuted or (entry.aside and entry.claim != entry.balance)


def _direction(entry: Posting) -> str | None:
    """The letter of the line, or the way its balance went where that is blank.

    Who writes an option disposes of it, and has one obligation more.
    """
    if not entry.delta or (entry.line.direction and not entry.line.written):
        return entry.line.direction
    return "acquired" if entry.delta > 0 else "disposed"


def _units(entry: Posting) -> Iterator[Term]:
    """What a split, or counting in other units, made of the balance before a line."""
    if entry.scaled:
        words = "the balance in the units of this line"
        yield Term("split", entry.scaled, reference(entry), words)


def _uncounted(entry: Posting) -> Iterator[Term]:
    """What a line's own number does not say of its movement: told before, or not in shares."""
    words = "already reported; counted once"
    if entry.repeats is not None:
        yield Term("already-reported", -entry.line.change, reference(entry.repeats), words)
    elif entry.astray is not None and entry.astray.copy:
        dossier, line = entry.astray.because
        yield Term("already-reported", -entry.line.change, f"{dossier.id}#{line.ref}", words)
    elif entry.unmeasured and entry.prior is not None and entry.balance not in (None, entry.prior):
        assert entry.balance is not None
        words = "the line does not say how many; its total does"
        if entry.line.holding:
            words = "what it is worth moves with its price"
        yield Term("unstated-amount", entry.balance - entry.prior, reference(entry), words)


def _residual(entry: Posting) -> Decimal | None:
    """What the filer claims less what was expected: what remains without an error that is known, if any."""
    if entry.expected is None or entry.claim is None:
        return None
    return entry.residual if entry.residual or entry.astray is None else entry.astray.shares


def _term(term: Term, balance: Decimal | None, folded: Folded) -> HistoryEntry:
    filing, _, row = term.source.split(",")[0].partition("#")
    dossier = folded.by_id.get(filing)
    return HistoryEntry(
        effective_from=term.effective_from,
        effective_to=term.effective_to,
        filing=filing,
        row=row or None,
        event=term.kind,
        shares=abs(term.shares),
        direction="acquired" if term.shares > 0 else "disposed",
        computed=balance,
        claimed=None,
        expected=None,
        residual=None,
        verdict=None,
        address=dossier.address if dossier else None,
    )


def event_name(entry: Posting) -> str:
    """The kind of event a line is, as the log names it."""
    if entry.line.holding:
        return "holding"
    code = CODES.get(entry.line.code or "")
    return code.topic if code else "uncoded"
