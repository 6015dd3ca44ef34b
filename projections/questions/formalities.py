"""What is not as a form has it in a draft, whatever its figures: the form, the days, a name, digits.

These are hints, never findings: a private trade may be of a Sunday, and a name may have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from ledger.filing import Filing
from ledger.problems import Problem
from projections.desk import DraftDue, Hint
from projections.filings.records import Dossier, Line
from projections.identity.names import company_key, person_key
from projections.issuer import Folded
from projections.section16.deadlines import next_year_end
from projections.section16.lateness import runs_from
from projections.section16.trading_days import is_trading_day

_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
"""A number as EDGAR takes it: digits and one point, no sign and no thousands' separators."""

_TYPED = ("ownership-xml", "submission")
"""Formats in which a filer's own digits stand."""

_WEEKS = timedelta(days=7)
"""How far a fiscal year of 52 or 53 weeks may end from the day that is given for it."""


def formalities(
    draft: Dossier,
    folded: Folded,
    dues: Sequence[DraftDue],
    here: Iterable[Dossier],
    filing: Filing,
) -> Iterator[Hint]:
    """What is not as the form has it, that of the form as a whole first.

    `here` are the issuer's filings that the draft is judged against, `dues` when its rows have to
    be reported, and `filing` is the draft as it was read.
    """
    yield from _forms(draft, dues)
    yield from _second_statement(draft, folded, here)
    if not draft.amends:
        yield from _periods(draft, folded)
    else:
        yield from _originals(draft, folded)
    yield from _names(draft, here)
    yield from _closed(draft)
    yield from _digits(filing)


def _forms(draft: Dossier, dues: Sequence[DraftDue]) -> Iterator[Hint]:
    """Transactions on a form that is not for them: what has two days on a Form 5, any on a Form 3."""
    moved = [line for line in draft.lines if not line.holding]
    if draft.base_form == "3" and moved:
        words = (
            f"a Form 3 tells what is owned, not what moved: {_what(moved[0])} is for Form 4 or 5"
        )
        yield Hint("form", moved[0].ref, words)
    for due in dues if draft.base_form == "5" else ():
        lines = [line for line in moved if line.ref in due.rows]
        if due.form == "4" and lines:
            words = (
                f"{_what(lines[0])} is for Form 4, due {due.due_on.isoformat()}; this is a Form 5"
            )
            yield Hint("form", lines[0].ref, words)


def _second_statement(draft: Dossier, folded: Folded, here: Iterable[Dossier]) -> Iterator[Hint]:
    """An initial statement of owners of whom one is here, since which none of them has left."""
    owners = folded.people.keys(draft)
    if draft.base_form != "3" or draft.amends:
        return
    told = [d for d in here if folded.people.keys(d) == owners]
    last = max(told, key=lambda d: (d.known.at, d.stream), default=None)
    first = next((d for d in told if d.base_form == "3" and not d.amends), None)
    if first is not None and last is not None and not last.head.not_subject_to_section16:
        words = "an initial statement is here already: what has changed since is for Form 4 or 5"
        yield Hint("form", None, words, first.id)


def _what(line: Line) -> str:
    """`code S of 2024-06-03`."""
    day = f" of {line.effective_on.isoformat()}" if line.effective_on else ""
    return f"code {line.code or '?'}{day}"


def _periods(draft: Dossier, folded: Folded) -> Iterator[Hint]:
    """A period of report that is not what its form takes there.

    On Form 4 that is the day of the earliest transaction that has to be reported, or of its
    deemed execution; on Form 5 the end of the issuer's fiscal year.
    """
    period, words = draft.head.period, ""
    rows = [line for line in draft.lines if not line.holding and line.effective_on]
    if period is None or not rows:
        return
    days = sorted(line.effective_on for line in rows if line.effective_on)
    if draft.base_form == "4":
        must = [line for line in rows if line.form_type != "5"] or rows
        first = min(line.effective_on for line in must if line.effective_on)
        if period not in {days[0], first, min(map(runs_from, must))}:
            words = f"the period of report is {period.isoformat()}, and the earliest transaction is of {first.isoformat()}"
    elif draft.base_form == "5":
        ends = draft.head.issuer.fiscal_year_end or folded.fiscal_year_end
        if ends is not None and next_year_end(period - _WEEKS, ends) > period + _WEEKS:
            words = f"the period of report is {period.isoformat()}, and the fiscal year ends on {ends[:2]}-{ends[2:]}"
        elif days[-1] > period + _WEEKS:
            words = f"the period of report is {period.isoformat()}, and a transaction is of {days[-1].isoformat()}"
    if words:
        yield Hint("period", None, words)


def _originals(draft: Dossier, folded: Folded) -> Iterator[Hint]:
    """An amendment with another day of the original submission than the form has that it amends."""
    target, cited = folded.targets.get(draft.stream), draft.head.original_on
    day = None if target is None else target.head.filed_on
    if target is None or day is None or cited == day:
        return
    says = "gives no day" if cited is None else f"gives {cited.isoformat()} as the day"
    words = f"it {says} of the original submission, and the form that it amends was filed on {day.isoformat()}"
    yield Hint("original", None, words, target.id)


def _names(draft: Dossier, here: Iterable[Dossier]) -> Iterator[Hint]:
    """Owners under a name that no filing about their number gives, neither shorter nor longer."""
    for owner in draft.head.owners:
        told = [
            (other.name, d)
            for d in here
            for other in d.head.owners
            if owner.cik and owner.name and other.cik == owner.cik and other.name
        ]
        if told and not any(_alike(owner.name or "", name) for name, _ in told):
            name, last = max(told, key=lambda found: (found[1].known.at, found[1].stream))
            words = f"“{owner.name}”, and so far the filings of CIK {owner.cik} say “{name}”"
            yield Hint("owner", None, words, last.id)


def _alike(one: str, other: str) -> bool:
    """Whether two names may be one: the words of one are all in the other, or only a legal form differs."""
    mine, theirs = (set(person_key(name).split()) for name in (one, other))
    return mine <= theirs or theirs <= mine or company_key(one) == company_key(other)


def _closed(draft: Dossier) -> Iterator[Hint]:
    """Purchases and sales of a day on which nothing is traded, each day once."""
    seen: set[date] = set()
    for line in draft.lines:
        day = line.effective_on
        if line.holding or line.code not in ("P", "S") or day is None or day in seen:
            continue
        seen.add(day)
        if not is_trading_day(day):
            weekend = {5: "a Saturday", 6: "a Sunday"}.get(day.weekday(), "a holiday")
            words = f"{day.isoformat()} is {weekend}, and no exchange is open: only a private trade can be of it"
            yield Hint("closed", line.ref, words)


def unread(filing: Filing, problems: Sequence[Problem]) -> Iterator[Hint]:
    """What of a draft could not be read, so that nothing is told of it; and XML that is none.

    That a draft is not signed yet is no fault of it.
    """
    for problem in problems if filing.format in _TYPED else ():
        if problem.effect == "repaired" and problem.place == "document":
            yield Hint("unread", None, f"{problem.problem}; EDGAR takes no such document")
    unknown = (p.place for p in problems if p.effect == "field unknown" and p.place != "signature")
    places = [place.replace("_", " ") for place in unknown]
    if places:
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        words = f"missing or not readable, so that nothing is told of it: {', '.join(places[:_NAMED])}{more}"
        yield Hint("unread", None, words)


_NAMED = 4
"""Fields that are named before the rest is counted."""


def _digits(filing: Filing) -> Iterator[Hint]:
    """Numbers that are read here and that EDGAR takes in no such form."""
    for row in filing.rows if filing.format in _TYPED else ():
        for field, printed in row.printed.items():
            if printed[:1].isdigit() and not _PLAIN.fullmatch(printed) and "," in printed:
                words = f"{field.replace('_', ' ')} “{printed}” is read as {printed.replace(',', '')}; EDGAR takes digits and one point only"
                yield Hint("number", row.ref, words)
