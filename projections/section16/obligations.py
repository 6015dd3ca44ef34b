"""What insiders still have to report, and by when: what is known here, and no form has reported.

Four things can be known before the form that must report them is here: the rows of a draft, a
gift that only a note tells, the other half of an exercise, and, by a first report that starts
from nothing at a company whose filings are here for long, an insider whose initial statement is
not. Sources: Exchange Act Section 16(a) and Rules 16a-3(a), (f) and (g), 16a-4(b) and 16a-6;
Release 33-11138 for gifts; for foreign private issuers as `lateness` has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from ledger.codes import PAIRED
from projections.filings.dates import public_on
from projections.filings.records import Dossier, Line, Stated
from projections.findings.finding import Finding
from projections.issuer import Folded
from projections.section16.deadlines import (
    FOREIGN_INSIDERS,
    deferrable,
    form3_due,
    form4_due,
    form5_due,
    may_wait,
    next_year_end,
    six_months_after,
)
from projections.section16.lateness import (
    AT_HOME,
    marked_for,
    must_report,
    not_yet_an_insider,
    runs_from,
    unreported,
    year_end,
)
from projections.section16.small_acquisitions import dollars_of, due_since, may_be_small

_LONG = timedelta(days=183)
"""For how long filings about a company are here before a new insider's first report tells that it is one."""

_NEAR = timedelta(days=370)
"""How far from the day in a note its gift may be reported: a Form 5 tells of a whole year."""

_MONTH = timedelta(days=31)
"""The longest time in which a gift may have been made for its note to give a day by which it is due."""

_CALENDAR_YEAR = "1231"
"""The fiscal year of an issuer none of whose filings gives one: that of most."""

_NO_YEAR_END = "no filing here says when the fiscal year ends: 31 December is taken"


class Due(NamedTuple):
    """Which form has to report something, by when, and on what that rests."""

    form: str
    on: date
    unless: str = ""


class Obligation(NamedTuple):
    """A form that has to be filed: by the owners of `dossier`, for what, traded when, due when.

    `rows` are those of a draft that it is for, none where it is for the draft as a whole.
    """

    dossier: Dossier
    why: str
    traded_on: date | None
    due: Due
    rows: tuple[str, ...] = ()


def is_draft(dossier: Dossier, today: date) -> bool:
    """Whether a document here was not filed yet: no number, no filing day, not signed by today."""
    head = dossier.head
    if head.accession or head.accepted_at or head.filed_on:
        return False
    return dossier.signed_on is None or dossier.signed_on > today


def obligations(
    folded: Folded, findings: Sequence[Finding], today: date, asked_on: date | None = None
) -> Iterator[Obligation]:
    """What the insiders of an issuer have to report that no form here has reported by a day.

    What is signed by the day on which this is asked, which may be later, is no draft any more.
    """
    now = max(today, asked_on or today)
    filed = [d for d in folded.dossiers if not is_draft(d, now)]
    for filing in folded.roll.standing:
        dossier = filing.dossier
        if not must_report(dossier, folded):
            continue
        if is_draft(dossier, now):
            owners = folded.people.keys(dossier)
            own = [d for d in filed if folded.people.keys(d) & owners]
            yield from of_draft(dossier, own, folded, today)
        else:
            yield from _of_notes(dossier, folded)
    yield from _of_exercises(folded, findings, now)
    yield from _of_newcomers(folded, now)


# --- drafts --------------------------------------------------------------------------------


def of_draft(
    dossier: Dossier, filed: Sequence[Dossier], folded: Folded, today: date
) -> Iterator[Obligation]:
    """The forms that a draft is, for what of it none of the forms that its owners `filed` reports.

    Rows of one day that are due on one day are one form to file.
    """
    period = dossier.head.period
    if dossier.base_form == "3":
        if period and not any(d.base_form == "3" for d in filed):
            why = "the initial statement, of which a draft is here"
            yield Obligation(dossier, why, None, _form3(period, folded))
        return
    reported = {_trade(line) for d in filed for line in d.lines if not line.holding}
    waiting = [
        (line.effective_on, _due(dossier, line, folded, today), line)
        for line in folded.lines_of(dossier)
        if not line.holding
        and line.effective_on is not None
        and not unreported(dossier, line)
        and _trade(line) not in reported
        and not not_yet_an_insider(dossier, line, folded)
    ]
    waiting.sort(key=lambda row: (row[0], row[1]))  # and as they stand there
    for (traded, due), group in groupby(waiting, key=lambda row: row[:2]):
        lines = [line for _, _, line in group]
        rows = tuple(line.ref for line in lines)
        yield Obligation(dossier, _told(lines), traded, due, rows)
    yield from _late_holdings(dossier, filed, folded)


def _told(lines: Sequence[Line]) -> str:
    """`disposed 70 Common Stock (code S), of which a draft is here (I.1)`."""
    first, more = _in_words(lines[0]), len(lines) - 1
    refs = lines[0].ref if not more else f"{lines[0].ref} to {lines[-1].ref}"
    others = f" and {more:,} more {'row' if more == 1 else 'rows'}" if more else ""
    return f"{first}{others}, of which a draft is here ({refs})"


def _trade(line: Line) -> tuple[object, ...]:
    return (line.table, line.effective_on, line.code, line.direction, line.moved)


def _in_words(line: Line) -> str:
    shares = f"{line.moved:,f}" if line.moved is not None else "an unknown number"
    return f"{line.direction or 'moved'} {shares} {line.security or 'securities'} (code {line.code or '?'})"


def _due(dossier: Dossier, line: Line, folded: Folded, today: date) -> Due:
    """Which form has to report a row, by when: what may wait is never sooner for standing on a Form 4."""
    traded, runs = line.effective_on or date.max, runs_from(line)
    if may_be_small(line):
        since = due_since(dossier, line, folded)
        if since is not None:
            return _form4(since, folded, "" if since == traded else _NOT_SMALL.format(since))
        return _form5(traded, dossier, folded, _while_small(line, traded, today))
    if may_wait(line.code, line.direction, marked_for(dossier, line), traded):
        return _form5(traded, dossier, folded)
    return _form4(runs, folded)


_NOT_SMALL = "it was a small acquisition (Rule 16a-6), and could wait no longer since {}"


def _while_small(line: Line, traded: date, today: date) -> str:
    """On what it rests that a small acquisition may wait (Rule 16a-6)."""
    if dollars_of(line) is None:
        return "if it cost no more than $10,000, with what was acquired in the six months before"
    until = six_months_after(traded)
    return (
        f"unless more is bought or a sale follows by {until.isoformat()}" if until >= today else ""
    )


def _late_holdings(
    dossier: Dossier, filed: Sequence[Dossier], folded: Folded
) -> Iterator[Obligation]:
    """Holdings of a draft Form 5 that belonged on the initial statement: Rule 16a-3(f)(1)(iii)."""
    told = {_held(line) for d in filed for line in d.lines if line.holding}
    late = [
        ln
        for ln in folded.lines_of(dossier)
        if ln.holding and ln.form_type == "3" and _held(ln) not in told
    ]
    owners = folded.people.keys(dossier)
    since = min(
        (folded.insiders_since[o] for o in owners if o in folded.insiders_since), default=None
    )
    period = dossier.head.period
    if not late or (since is None and period is None):
        return
    first = late[0]
    more = f" and {len(late) - 1:,} more" if len(late) > 1 else ""
    rows = tuple(ln.ref for ln in late)
    why = f"{first.security or 'a holding'}{more} that belonged on the initial statement, of which a draft is here ({first.ref})"
    if since is not None:
        yield Obligation(dossier, why, None, Due("5", _form3(since, folded).on), rows)
    elif period is not None:
        yield Obligation(dossier, why, None, _form5(period, dossier, folded), rows)


def _held(line: Line) -> tuple[object, ...]:
    return (line.table, line.security, line.ownership, line.nature, line.total)


# --- when ----------------------------------------------------------------------------------


def _form3(event: date, folded: Folded) -> Due:
    return Due("3", form3_due(event, foreign=folded.foreign), AT_HOME if folded.foreign else "")


def _form4(runs: date, folded: Folded, unless: str = "") -> Due:
    return Due(
        "4", form4_due(runs), "; ".join(filter(None, [unless, AT_HOME if folded.foreign else ""]))
    )


def _form5(traded: date, dossier: Dossier, folded: Folded, unless: str = "") -> Due:
    """Forty-five days after the end of the fiscal year, which may be unknown."""
    ends = year_end(dossier, folded)
    told = [unless, "" if ends else _NO_YEAR_END, AT_HOME if folded.foreign else ""]
    due = form5_due(next_year_end(traded, ends or _CALENDAR_YEAR))
    return Due("5", due, "; ".join(filter(None, told)))


# --- what only a note, or only one side of an exercise tells ---------------------------------


def _of_notes(dossier: Dossier, folded: Folded) -> Iterator[Obligation]:
    """Gifts that a note tells with number and day, or month, and no row of these owners."""
    for said in dossier.statements:
        first, last = said.effective_from, said.effective_to or said.effective_from
        if said.kind != "gift-note" or first is None or last is None or said.shares is None:
            continue
        if last - first > _MONTH or (folded.foreign and last < FOREIGN_INSIDERS):
            continue
        if _is_reported(said, first, last, dossier, folded):
            continue
        way = {"acquired": "received", "disposed": "made"}.get(said.direction or "")
        why = f"a gift of {said.shares:,f} {way or 'made or received'}, which only {said.ref} of {dossier.id} tells"
        if deferrable("G", said.direction, last):
            due = _form5(last, dossier, folded)
        else:
            due = _form4(last, folded, "" if way else "a gift received may wait for Form 5")
        yield Obligation(dossier, why, first if first == last else None, due)


def _is_reported(said: Stated, first: date, last: date, dossier: Dossier, folded: Folded) -> bool:
    """Whether a row of the same owners may be the gift of a note: by its number, or by its day."""
    owners = folded.people.keys(dossier)
    for filing in folded.roll.standing:
        if not folded.people.keys(filing.dossier) & owners:
            continue
        for _, line in filing.told:
            day = line.effective_on
            if line.holding or day is None or not first - _NEAR <= day <= last + _NEAR:
                continue
            if line.shares == said.shares or (line.code == "G" and first <= day <= last):
                return True
    return False


_HALVES = "unless it was settled in cash, or the rest was withheld"


def _of_exercises(folded: Folded, findings: Sequence[Finding], today: date) -> Iterator[Obligation]:
    """The other half of exercises that a filing reports in one table only: Rule 16a-4(b) asks for both."""
    for finding in findings:
        dossier = folded.by_id.get(finding.filing)
        day = finding.effective_on
        if finding.kind != "EXERCISE_COUNTERPART_MISSING" or dossier is None or day is None:
            continue
        if is_draft(dossier, today) or not must_report(dossier, folded):
            continue
        if any(ln.ref == finding.row and ln.code not in PAIRED for ln in dossier.lines):
            continue  # it is there, under another code
        why = f"the other half of an exercise: {finding.message} ({finding.row} of {dossier.id})"
        yield Obligation(dossier, why, day, _form4(day, folded, _HALVES))


# --- those who are new ---------------------------------------------------------------------


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
        if not must_report(dossier, folded):
            continue
        first = min(ln.effective_on for ln in moved if ln.effective_on)
        why = f"the initial statement: {dossier.id} is the first report, and starts from nothing"
        yield Obligation(dossier, why, first, _form3(first, folded))


def _from_nothing(dossier: Dossier, folded: Folded) -> bool:
    """Whether all the stock that a filing reports of was first acquired by it.

    Options and units say nothing: each award of them starts from nothing.
    """
    stock = [p for p in folded.opened_by.get(dossier.stream, []) if p.table == "I"]
    return bool(stock) and all(p.opened == 0 and p.entries[0].claim is not None for p in stock)
