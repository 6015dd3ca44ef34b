"""Drafts judged before they are filed: against what is here, as if they had been filed last.

Nothing is recorded. A draft joins its issuer's filings in memory, the same judgement is asked
as of any filing, and the answer is what it says of the draft. So a draft of a filing that is
here is judged as `reconcile` judges it, with what was known when it became public.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from ledger import Ledger
from ledger.filing import Filing
from ledger.ingestion.documents import documents
from ledger.ingestion.reading import read_each
from ledger.knowledge import Known
from ledger.problems import Problem
from ledger.types import EASTERN, Format, eastern_day
from projections.desk import Check, Draft, DraftDue, DraftRow, Hint
from projections.filings.dates import public_on
from projections.filings.decoding import dossiers_of
from projections.filings.records import Dossier
from projections.findings.finding import Finding, worst_first
from projections.identity.names import company_key, symbol_key
from projections.judgement import Judged, issuer_of, judge
from projections.positions.holders_told import holder_in_notes
from projections.questions.arithmetic import arithmetic
from projections.questions.corrections import Right, corrections, that_has
from projections.questions.draft_prices import prices
from projections.questions.formalities import formalities, unread
from projections.questions.omissions import omissions
from projections.questions.other_companies import at_another_company
from projections.questions.reconcile import as_grave
from projections.questions.subject import Day, Moment, day_of, joined, moment_of
from projections.section16.lateness import first_due, must_report
from projections.section16.obligations import of_draft
from projections.views.catching_up import current
from projections.views.readmodel import ReadModel


class _Read(NamedTuple):
    """A draft as it was read, and the same as the projections take it."""

    source: str
    filing: Filing
    dossier: Dossier


class _Clock(NamedTuple):
    """By when the ledger is known, and on which day a draft is filed that does not say."""

    moment: datetime | None
    today: date | None


_Astray = Callable[[Dossier, Judged, datetime | None], Iterable[Hint]]
"""What says of a draft that it may be about another company."""


class _Company(NamedTuple):
    """What the ledger has of a draft's issuer: its filings, those of its kin, and remarks."""

    filings: list[Dossier]
    kin: list[list[Dossier]]
    hints: list[Hint]


def check(
    ledger: Ledger,
    *drafts: str | Path | Filing,
    known_at: Moment = None,
    as_format: Format | None = None,
    today: Day = None,
    severities: Mapping[str, str] | None = None,
) -> Check:
    """Judge drafts of Forms 3, 4 and 5, or of amendments, and record nothing.

    Args:
        ledger: What they are judged against; it may be opened for reading alone.
        drafts: Files, folders, archives, `-` for standard input; or filings already read.
            Several about one issuer are judged together, each in its turn.
        known_at: Against what was public then; a day means its end. None for everything.
        as_format: Take every document for this format instead of looking at it.
        today: The day on which a draft is filed that neither says when nor has a number; None
            where that is not to be said, and such a draft is late by its signature alone.
        severities: Kinds that are graver, or less grave, to who asks.

    Raises:
        UsageError: The moment, or the day, is none.
    """
    (moment, shown), day = moment_of(known_at), day_of(today)
    filings = [("", draft) for draft in drafts if isinstance(draft, Filing)]
    problems: list[Problem] = []
    doubts: list[Sequence[Problem]] = [()] * len(filings)
    paths = [draft for draft in drafts if not isinstance(draft, Filing)]
    for read in read_each(documents(paths), 1, as_format):
        if read.problem is not None:
            problems.append(read.problem)
        if read.reading is not None:
            filings.append((read.source, read.reading.filing))
            problems += read.reading.problems
            doubts.append(read.reading.problems)
    judged = _judged_drafts(current(ledger), filings, _Clock(moment, day))
    told = (
        msgspec.structs.replace(draft, hints=(*draft.hints, *unread(filing, doubt)))
        for draft, (_, filing), doubt in zip(judged, filings, doubts, strict=True)
    )
    ranked = (_ranked(draft, severities) for draft in told) if severities else told
    return Check(shown, tuple(ranked), tuple(problem._asdict() for problem in problems))


def _ranked(draft: Draft, severities: Mapping[str, str]) -> Draft:
    """A draft whose findings are as grave as their kinds are to whoever asks."""
    findings, elsewhere = (
        tuple(as_grave(finding, severities) for finding in found)
        for found in (draft.findings, draft.elsewhere)
    )
    return msgspec.structs.replace(
        draft, findings=tuple(worst_first(findings)), elsewhere=elsewhere
    )


def _judged_drafts(
    model: ReadModel, filings: list[tuple[str, Filing]], clock: _Clock
) -> Iterator[Draft]:
    dossiers = dossiers_of(filing for _, filing in filings)
    drafts = [_Read(source, f, d) for (source, f), d in zip(filings, dossiers, strict=True)]
    homes: dict[str, list[_Read]] = {}
    for draft in drafts:
        homes.setdefault(_home(model, draft.dossier), []).append(draft)
    answers: dict[str, Draft] = {}
    for home, own in homes.items():
        company = _company(model, home, own[0].dossier, clock.moment)
        for draft, answer in zip(
            own,
            _answers(company, own, clock, partial(at_another_company, model, home)),
            strict=True,
        ):
            answers.setdefault(draft.dossier.stream, answer)
    return (answers[draft.dossier.stream] for draft in drafts)


def _home(model: ReadModel, draft: Dossier) -> str:
    """The key of a draft's issuer: its CIK, or that of the one issuer here that bears the name."""
    issuer = draft.head.issuer
    if issuer.cik:
        return issuer.cik
    key = company_key(issuer.name or "")
    bearers = _bearers(model, key, None)
    return bearers[0] if len(bearers) == 1 else f"name:{key}"


def _company(model: ReadModel, home: str, draft: Dossier, moment: datetime | None) -> _Company:
    """What is here of an issuer; of one that is not, the issuers of its name or its ticker."""
    found = next(model.filings_of([home]), None)
    if found is not None:
        return _Company(_by(moment, found[1]), [_by(moment, kin) for kin in found[2]], [])
    issuer = draft.head.issuer
    named = _bearers(model, company_key(issuer.name or ""), symbol_key(issuer.symbol))
    kin, hints = [], []
    for key, filings, _ in model.filings_of(named):
        kin.append(_by(moment, filings))
        row = model.rows([key])[key]
        words = f"no filing about CIK {issuer.cik or 'unknown'} is here; {row.name or '?'} has CIK {row.cik}"
        hints.append(Hint("issuer", None, words))
    if not named:
        words = f"no filing about CIK {issuer.cik or 'unknown'} is here, nor about that name or ticker: there is nothing to hold it against"
        hints.append(Hint("unknown", None, words))
    return _Company([], kin, hints)


def _bearers(model: ReadModel, name: str, symbol: str | None) -> list[str]:
    """The issuers here that some filing calls by a name or a ticker."""
    rows = model.rows_where(lambda said: name in said.name or symbol in said.symbol)
    keys = {key: json.loads(row.keys) for key, row in sorted(rows.items())}
    return [k for k, said in keys.items() if name in said["names"] or symbol in said["symbols"]]


def _by(moment: datetime | None, filings: list[Dossier]) -> list[Dossier]:
    return [d for d in filings if d.known_by(moment)]


# --- the judgement, with the drafts and without ------------------------------------------


def _answers(
    company: _Company, drafts: list[_Read], clock: _Clock, astray: _Astray
) -> Iterator[Draft]:
    moment = clock.moment
    mine = {draft.dossier.stream for draft in drafts}
    here = [d for d in company.filings if d.stream not in mine]
    recorded = {d.stream for d in company.filings} & mine
    own = [_in_turn(draft.dossier, here, clock) for draft in drafts]
    before = {f.id: f for judged in _judge(here, company, moment) for f in judged.findings}
    with_drafts = _judge([*here, *own], company, moment)
    corrected = corrections(own, lambda drafts: _judge([*here, *drafts], company, moment))
    ids = {dossier.id for dossier in own}
    after = {f.id: f for judged in with_drafts for f in judged.findings}
    for draft, dossier in zip(drafts, own, strict=True):
        judged = that_has(with_drafts, dossier)
        hints = [*company.hints, *astray(dossier, judged, moment)]
        if dossier.stream in recorded:
            hints.append(Hint("recorded", None, "a filing of this number is here", dossier.id))
        lacking = list(omissions(dossier, judged, here))
        if (original := _same_form(dossier, judged)) is not None:
            words = "the same form is here already: no line of it is judged again"
            hints.append(Hint("recorded", None, words, original.id))
            lacking = [hint for hint in lacking if hint.kind != "told"]
        owners, dues = dossier.head.owners, tuple(_dues(dossier, judged, here))
        hints += formalities(dossier, judged.folded, dues, here, draft.filing)
        hints += prices(dossier, judged.folded)
        yield Draft(
            source=draft.source,
            filing=dossier.id,
            form=dossier.head.form,
            person=judged.folded.people.person(judged.folded.people.key(owners[0]))
            if owners
            else None,
            issuer=issuer_of(dossier),
            due_on=_due(dossier, judged),
            rows=tuple(_rows(dossier, judged, corrected.get(dossier.stream, {}))),
            findings=tuple(f for f in judged.findings if f.filing == dossier.id),
            dues=dues,
            hints=(*hints, *lacking),
            elsewhere=tuple(f for f in _raised(before, after) if f.filing not in ids),
            settles=tuple(sorted(before.keys() - after.keys())),
            owners=tuple({"cik": owner.cik, "name": owner.name} for owner in owners),
        )


def _same_form(draft: Dossier, judged: Judged) -> Dossier | None:
    """The filing here that a draft without a number is another source of."""
    same = (r for r in judged.folded.roll.repeated if r.dossier.stream == draft.stream)
    return next((repeat.original for repeat in same if repeat.how == "another source"), None)


def _judge(filings: list[Dossier], company: _Company, moment: datetime | None) -> list[Judged]:
    return [judge(part, kin=company.kin) for part in joined(filings, moment)] if filings else []


def _raised(before: dict[str, Finding], after: dict[str, Finding]) -> list[Finding]:
    return [finding for key, finding in after.items() if key not in before]


def _in_turn(draft: Dossier, here: list[Dossier], clock: _Clock) -> Dossier:
    """A draft in its turn: where nothing says when it is filed, today or when it will be signed.

    One that is not signed either comes after all that is here.
    """
    moment, head = clock.moment, draft.head
    if clock.today is not None and not (head.accession or head.accepted_at or head.filed_on):
        filed_on = max(clock.today, draft.signed_on or clock.today)
        head = msgspec.structs.replace(head, filed_on=filed_on)
        draft = msgspec.structs.replace(draft, head=head, to_be_filed=True)
    if draft.known.basis not in ("period", "unknown"):
        return draft
    days = [d.known.at for d in here if d.known.basis != "unknown"]
    latest = max([*days, *([moment] if moment else [])], default=None)
    period = draft.head.period
    if period is not None:
        ends = datetime.combine(period, time.max, tzinfo=EASTERN)
        latest = ends if latest is None else max(latest, ends)
    if latest is None:
        return draft
    day = eastern_day(latest)
    return msgspec.structs.replace(draft, known=Known(latest, draft.known.basis), day=day)


def _due(dossier: Dossier, judged: Judged) -> date | None:
    due, _ = first_due(dossier, judged.folded)
    return None if due == date.max or dossier.amends else due


def _dues(dossier: Dossier, judged: Judged, here: list[Dossier]) -> Iterator[DraftDue]:
    """When each of a draft's rows has to be reported, of those that no form here reports."""
    folded = judged.folded
    owners = folded.people.keys(dossier)
    filed = [d for d in here if folded.people.keys(d) & owners]
    if dossier.amends or not must_report(dossier, folded):
        return
    on = public_on(dossier)
    found = of_draft(dossier, filed, folded, on or date.min)
    for one in sorted(found, key=lambda one: (one.due.on, one.rows)):
        late = on is not None and one.due.on < on
        yield DraftDue(
            form=one.due.form,
            due_on=one.due.on,
            late=late,
            traded_on=one.traded_on,
            rows=one.rows,
            unless=one.due.unless or None,
        )


# --- rows, and what they should say ------------------------------------------------------


def _rows(dossier: Dossier, judged: Judged, right: dict[str, Right]) -> Iterator[DraftRow]:
    folded = judged.folded
    for line in dossier.lines:
        entry = folded.entry_of.get(id(line))
        steps = (
            () if entry is None else arithmetic(entry, folded.position_of[id(line)], folded.rulings)
        )
        ruling = None if entry is None else folded.rulings.on(entry)
        known = entry is not None and entry.expected is not None and entry.claim is not None
        should = right.get(line.ref, Right())
        yield DraftRow(
            row=line.ref,
            security=line.security,
            ownership=line.ownership,
            nature=line.nature,
            expected=entry.expected if entry else None,
            reported=line.total,
            difference=entry.residual if known and entry else None,
            verdict=ruling.verdict if ruling else None,
            explanation=ruling.explanation if ruling else None,
            corrected_total=should.total,
            corrected_shares=should.shares,
            corrected_direction=should.direction,
            steps=tuple(steps),
            holder=holder_in_notes(dossier, line) or None,
            corrected_ownership=should.ownership,
            corrected_nature=should.nature,
        )


def sources_of(answer: Check) -> Iterable[str]:
    """Every filing, row and note that an answer cites."""
    for draft in answer.drafts:
        for row in draft.rows:
            yield from (step.source for step in row.steps)
        yield from (hint.source for hint in draft.hints)
