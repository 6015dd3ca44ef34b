"""What is to be filed, and by when: of what is known here and no form has reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ledger import Ledger
from ledger.errors import UsageError
from projections.desk import Due, DueForm
from projections.judgement import Judged, issuer_of
from projections.questions.subject import (
    Day,
    Moment,
    Who,
    day_of,
    judged_issuers,
    moment_of,
    subject,
)
from projections.section16.obligations import obligations


def due(
    ledger: Ledger,
    *,
    today: Day,
    person: Who = None,
    issuer: Who = None,
    within: int | None = None,
    known_at: Moment = None,
    asked_on: Day = None,
) -> Due:
    """What insiders have still to file, what is late first, then by the day it is due.

    Args:
        ledger: The log to answer from.
        today: The day from which it is reckoned what is late.
        person: A CIK or a name; None for everybody.
        issuer: A CIK, ticker or name; None for all.
        within: Only what is late, or due within so many days; None for all.
        known_at: Only what was public then; a day means its end.
        asked_on: The day on which this is asked, by which a form without a number that is signed
            counts as filed; None for `today`.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
        UsageError: No day is given, or the days are fewer than none.
    """
    day = day_of(today)
    if day is None or (within is not None and not 0 <= within <= _MOST):
        raise UsageError(
            "it must be said from which day, and within how many",
            remedy=f"give a day, and between 0 and {_MOST:,} days",
        )
    (moment, _), asked_day = moment_of(known_at), day_of(asked_on)
    asked = subject(ledger, person=person, issuer=issuer)
    last = None if within is None else day + timedelta(days=within)
    found = [
        one
        for judged in judged_issuers(ledger, asked, known_at=moment)
        for one in _forms(judged, asked.persons, day, asked_day)
        if last is None or one.due_on <= last
    ]
    return Due(day, tuple(sorted(found, key=_turn)))


_MOST = 36_500
"""Days that anybody may look ahead."""


def _forms(
    judged: Judged, persons: frozenset[str] | None, day: date, asked_on: date | None
) -> Iterator[DueForm]:
    people = judged.folded.people
    for one in obligations(judged.folded, judged.findings, day, asked_on):
        owners = one.dossier.head.owners
        if persons is not None and not people.keys(one.dossier) & persons:
            continue
        named = next(iter(owners), None)
        yield DueForm(
            person={"cik": named.cik, "name": named.name} if named else None,
            issuer=issuer_of(one.dossier),
            form=one.due.form,
            why=one.why,
            traded_on=one.traded_on,
            due_on=one.due.on,
            late=one.due.on < day,
            filing=one.dossier.id,
            unless=one.due.unless or None,
        )


def _turn(one: DueForm) -> tuple[object, ...]:
    who = (one.person or {}).get("name") or ""
    return (not one.late, one.due_on, who, one.issuer["name"] or "", one.form, one.why)
