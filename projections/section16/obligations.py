"""What insiders still have to report, and by when: what is known here, and no form has reported.

Three things can be known before the form that must report them is here: the rows of a draft, a
gift that only a note tells, and, by a first report that starts from nothing at a company whose
filings are here for long, an insider whose initial statement is not. Sources: Exchange Act Section
16(a) and Rule 16a-3(a), (f) and (g); Release 33-11138 for gifts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from projections.filings.dates import public_on
from projections.filings.records import Dossier, Line, Stated
from projections.issuer import Folded
from projections.section16.deadlines import (
    deferrable,
    fiscal_year_end,
    form3_due,
    form4_due,
    form5_due,
)
from projections.section16.lateness import not_yet_an_insider, runs_from, unreported, year_end

_LONG = timedelta(days=183)
"""For how long filings about a company are here before a new insider's first report tells that it is one."""

_NEAR = timedelta(days=370)
"""How far from the day in a note its gift may be reported: a Form 5 tells of a whole year."""

_CALENDAR_YEAR = "1231"
"""The fiscal year of an issuer none of whose filings gives one: that of most."""


class Obligation(NamedTuple):
    """A form that has to be filed: by the owners of `dossier`, for what, traded when, due when."""

    dossier: Dossier
    form: str
    why: str
    traded_on: date | None
    due_on: date


def is_draft(dossier: Dossier, today: date) -> bool:
    """Whether a document here was not filed yet: no number, no filing day, not signed by today."""
    head = dossier.head
    if head.accession or head.accepted_at or head.filed_on:
        return False
    return dossier.signed_on is None or dossier.signed_on > today


def obligations(folded: Folded, today: date) -> Iterator[Obligation]:
    """What the insiders of an issuer have to report that no form here has reported by a day."""
    filed = [d for d in folded.dossiers if not is_draft(d, today)]
    for filing in folded.roll.standing:
        dossier = filing.dossier
        if is_draft(dossier, today):
            owners = folded.people.keys(dossier)
            own = [d for d in filed if folded.people.keys(d) & owners]
            yield from _of_draft(dossier, own, folded)
        elif not folded.foreign:
            yield from _of_notes(dossier, folded)
    if not folded.foreign:
        yield from _of_newcomers(folded, today)


def _of_draft(dossier: Dossier, filed: Sequence[Dossier], folded: Folded) -> Iterator[Obligation]:
    """The form that a draft is, for what of it none of the forms that its owners `filed` reports."""
    period = dossier.head.period
    if dossier.base_form == "3":
        if period and not any(d.base_form == "3" for d in filed):
            due = form3_due(period, foreign=folded.foreign)
            yield Obligation(
                dossier, "3", "the initial statement, of which a draft is here", None, due
            )
        return
    reported = {_trade(line) for d in filed for line in d.lines if not line.holding}
    for line in folded.lines_of(dossier):
        if line.holding or line.effective_on is None or unreported(dossier, line):
            continue
        if _trade(line) in reported:
            continue
        if not not_yet_an_insider(dossier, line, folded):
            why = f"{_in_words(line)}, of which a draft is here ({line.ref})"
            yield _for_trade(dossier, line, why, folded)


def _trade(line: Line) -> tuple[object, ...]:
    return (line.table, line.effective_on, line.code, line.direction, line.moved)


def _for_trade(dossier: Dossier, line: Line, why: str, folded: Folded) -> Obligation:
    traded, runs = line.effective_on or date.max, runs_from(line)
    waits = line.form_type == "5" or deferrable(line.code, line.direction, traded)
    if waits and dossier.base_form != "4":
        return Obligation(dossier, "5", why, traded, _form5(traded, dossier, folded))
    return Obligation(dossier, "4", why, traded, form4_due(runs))


def _form5(traded: date, dossier: Dossier, folded: Folded) -> date:
    ends = year_end(dossier, folded) or _CALENDAR_YEAR
    return form5_due(fiscal_year_end(traded, ends))


def _in_words(line: Line) -> str:
    shares = f"{line.moved:,f}" if line.moved is not None else "an unknown number"
    return f"{line.direction or 'moved'} {shares} {line.security or 'securities'} (code {line.code or '?'})"


def _of_notes(dossier: Dossier, folded: Folded) -> Iterator[Obligation]:
    """Gifts that a note tells with number and day, and no row of these owners."""
    for said in dossier.statements:
        on = said.effective_from
        if said.kind != "gift-note" or on is None or said.shares is None:
            continue
        if said.effective_to not in (None, on) or _is_reported(said, on, dossier, folded):
            continue
        waits = deferrable("G", said.direction, on)
        due = _form5(on, dossier, folded) if waits else form4_due(on)
        way = {"acquired": "received", "disposed": "made"}.get(
            said.direction or "", "made or received"
        )
        why = f"a gift of {said.shares:,f} {way}, which only {said.ref} of {dossier.id} tells"
        yield Obligation(dossier, "5" if waits else "4", why, on, due)


def _is_reported(said: Stated, on: date, dossier: Dossier, folded: Folded) -> bool:
    """Whether a row of the same owners may be the gift of a note: by its number, or by its day."""
    owners = folded.people.keys(dossier)
    for filing in folded.roll.standing:
        if not folded.people.keys(filing.dossier) & owners:
            continue
        for _, line in filing.told:
            day = line.effective_on
            if line.holding or day is None or abs(day - on) > _NEAR:
                continue
            if line.shares == said.shares or (line.code == "G" and day == on):
                return True
    return False


def _of_newcomers(folded: Folded, today: date) -> Iterator[Obligation]:
    """Those whose first report starts from nothing, and whose initial statement is not here."""
    days = {
        d.stream: day for d in folded.dossiers if (day := public_on(d)) and not is_draft(d, today)
    }
    if not days or not any(d.base_form == "3" for d in folded.dossiers):
        return
    began, met = min(days.values()), set[str]()
    for dossier in folded.dossiers:
        owners = folded.people.keys(dossier)
        fresh = owners - met - folded.insiders_since.keys()
        met |= owners
        moved = [ln for ln in folded.lines_of(dossier) if not ln.holding and ln.effective_on]
        public = days.get(dossier.stream)
        if len(fresh) < len(owners) or not moved or public is None or public - began < _LONG:
            continue
        if dossier.base_form == "3" or dossier.amends or not _from_nothing(dossier, folded):
            continue
        first = min(ln.effective_on for ln in moved if ln.effective_on)
        why = f"the initial statement: {dossier.id} is the first report, and starts from nothing"
        yield Obligation(dossier, "3", why, first, form3_due(first))


def _from_nothing(dossier: Dossier, folded: Folded) -> bool:
    """Whether all the stock that a filing reports of was first acquired by it.

    Options and units say nothing: each award of them starts from nothing.
    """
    stock = [p for p in folded.opened_by.get(dossier.stream, []) if p.table == "I"]
    return bool(stock) and all(p.opened == 0 and p.entries[0].claim is not None for p in stock)
