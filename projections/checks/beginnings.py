"""How far back a holding goes that only a holding line told: until when nothing contradicts it.

A holding line speaks for the days before its signature too: they were held, only not yet
reported. What bounds it is a transfer that brought the shares, a grant that began the series,
or an initial statement, a complete list, which left the holding out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.line_words import of_the_first_report
from projections.positions.position import Position
from projections.positions.prior_levels import REACH
from projections.positions.rulings import Beginning

_TERM_OF_OPTIONS = 10
"""In years: the usual term of an employee's option, from its grant to its expiry."""


def beginnings(folded: Folded) -> Iterator[Finding]:
    """Rule how far back each such holding goes; tell those that an initial statement left out."""
    for position in folded.book.positions:
        first = position.entries[0] if position.entries else None
        if first is None or not first.line.holding or not first.opening or not first.claim:
            continue
        if first.dossier.base_form == "3" or position.whole is not None:
            continue
        if folded.rulings.beginning(first) != Beginning():
            continue  # where it came from is told
        came = _brought(position, first, folded) or _granted(first.line, first.day)
        if came is not None:
            folded.rulings.begin(first, came)
            continue
        listed = _initial_statement(position, first, folded)
        if listed is None or listed.head.period is None:
            continue
        folded.rulings.begin(first, _left_out(first, listed.head.period))
        if first.line.form_type != "3":  # told as a holding that belonged on the Form 3
            words = f"{grouped(first.claim)} on a holding line, which {listed.id} did not list and no line acquired"
            yield about(
                first.dossier,
                first.line,
                "OPENING_INFERRED",
                words,
                reported=first.claim,
                evidence=(listed.id,),
            )


def _left_out(first: Posting, listed: date) -> Beginning:
    """How far back a holding goes that the initial statement of a day did not list.

    From that day on it was held where it is told as one that belonged there, or its note says
    that it was left out of that form by mistake.
    """
    omitted = any(
        SENSES[said.kind].corrects
        and said.direction == "acquired"
        and said.note in first.line.notes
        and of_the_first_report(first.dossier.quote(said))
        for said in first.dossier.statements
    )
    if omitted or first.line.form_type == "3":
        return Beginning(listed, listed)
    return Beginning(first.day, listed + timedelta(days=1))


def _brought(position: Position, first: Posting, folded: Folded) -> Beginning | None:
    """The days of the transfer that brought the shares, from a sibling's difference or a note."""
    assert first.claim is not None
    for sibling in folded.positions_of(position.owners):
        if sibling is position or sibling.table != position.table:
            continue
        if same_class(sibling.tokens, position.tokens) is False:
            continue
        for before, entry in zip(sibling.entries, sibling.entries[1:], strict=False):
            told = folded.rulings.on(entry).explanation
            if entry.dossier is not first.dossier or told is None or not entry.residual:
                continue
            for term in told.terms:
                if term.shares == -first.claim:
                    if term.kind in SENSES and SENSES[term.kind].corrects:
                        return Beginning(before.day)  # the total before had them wrongly
                    begins = term.effective_from or before.day
                    return Beginning(term.effective_to or first.day, begins)
    return _stated(first, first.claim)


def _stated(first: Posting, claim: Decimal) -> Beginning | None:
    """The days that a note on the line gives for a movement of all its shares."""
    return next(
        (
            Beginning(said.effective_to, said.effective_from)
            for said in first.dossier.statements
            if said.note in first.line.notes
            and SENSES[said.kind].moves
            and said.shares == claim
            and said.effective_from
            and said.effective_to
            and first.day
            and said.effective_to <= first.day
        ),
        None,
    )


def _granted(line: Line, day: date | None) -> Beginning | None:
    """The day of an option's grant, where its usual term from it to its expiry is that short ago."""
    expires = line.expires_on
    if line.table != "II" or expires is None or day is None or not line.exercise_price:
        return None
    if (expires.month, expires.day) == (2, 29):
        expires -= timedelta(days=1)
    granted = expires.replace(year=expires.year - _TERM_OF_OPTIONS)
    return Beginning(granted, granted) if timedelta() <= day - granted <= REACH else None


def _initial_statement(position: Position, first: Posting, folded: Folded) -> Dossier | None:
    """The last initial statement of these owners, of a day before the line, that listed no such holding.

    It may have been filed after the line's form: it is a list of its own day all the same.
    """
    if first.day is None or not position.opened or position.opened == ZERO:
        return None
    lists = [
        d
        for d in folded.dossiers
        if d.base_form == "3"
        and not d.amends
        and d.head.period is not None
        and d.head.period < first.day
        and position.owners <= folded.people.keys(d)
    ]
    return lists[-1] if lists else None
