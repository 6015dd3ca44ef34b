"""`ledger check`: drafts judged before they are filed; nothing of them is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, get_args

import click

from cli.commands.reconcile import meets
from cli.formats.output import answers
from cli.options import Day, Threshold, known_at
from cli.ranking import severities
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report, fields
from cli.reports.wording import brief, count, figure, held, in_words, name, signed
from cli.session import Place, Session, everywhere
from cli.terminal import tell
from ledger import Ledger
from ledger.errors import NothingReadable
from ledger.problems import ON_EDGAR
from ledger.types import Format, eastern_day
from projections import check
from projections.answers import json_of
from projections.desk import HINTS, Check, Draft
from projections.questions.check import sources_of
from projections.questions.subject import moment_of

_FIELDS = fields(
    "source form person.cik person.name issuer.cik issuer.name due_on:day row security "
    "ownership nature expected:quantity reported:quantity difference:quantity verdict "
    "corrected_total:quantity corrected_shares:quantity corrected_direction holder "
    "corrected_ownership corrected_nature"
)
_HINT = "hint"
_FORMATS = [name for name in get_args(Format) if name != "data-set"]


class _Threshold(Threshold):
    """A severity or a kind of finding, `hint` for any hint, or one kind of them."""

    name = "SEVERITY|KIND|hint"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The severity, the kind or the hint that a text names."""
        text = str(value).lower()
        return text if text in (_HINT, *HINTS) else super().convert(value, param, ctx)


@click.command("check")
@everywhere
@answers
@known_at
@click.option("--as", "as_format", type=click.Choice(_FORMATS), help="Take every draft for this.")
@click.option(
    "--fail-on",
    type=_Threshold(),
    multiple=True,
    help="Exit with 1 on a finding so grave or graver, or of this kind, or on a hint; may be repeated.",
)
@click.option(
    "--today",
    type=Day(),
    help="Filed on this day, where a draft does not say. [default: that of --known-at, else today]",
)
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT...", type=Place())
@click.pass_obj
def command(
    session: Session,
    drafts: tuple[str, ...],
    known_at: date | None,
    as_format: Format | None,
    fail_on: tuple[str, ...],
    today: date | None,
) -> Report:
    """Judge drafts before they are filed, and record nothing."""
    ledger = session.ledger(read_only=True)
    moment, _ = moment_of(known_at)
    day = today or eastern_day(moment or datetime.now(UTC))
    answer = check(
        ledger,
        *drafts,
        known_at=known_at,
        as_format=as_format,
        today=day,
        severities=severities(session.database),
    )
    return replace(
        report(ledger, answer),
        exit_code=_exit_code(answer, fail_on),
        afterwards=lambda: _tell(answer, session),
    )


def report(ledger: Ledger, answer: Check) -> Report:
    """Drafts as judged, ready to be written in any format."""
    document = json_of(answer)
    records = [
        {**{k: draft[k] for k in ("source", "form", "person", "issuer", "due_on")}, **row}
        for draft in document["drafts"]
        for row in draft["rows"]
    ]

    def blocks() -> Iterator[Block]:
        sources = Sources(ledger, sources_of(answer))
        for draft in answer.drafts:
            yield from _draft(draft, sources)

    return Report(document, records, _FIELDS, blocks)


def _exit_code(answer: Check, fail_on: tuple[str, ...]) -> int:
    findings = [one for one in fail_on if one not in (_HINT, *HINTS)]
    grave = any(
        meets(finding, findings)
        for draft in answer.drafts
        for finding in (*draft.findings, *draft.elsewhere)
    )
    hinted = any(
        _HINT in fail_on or hint.kind in fail_on for draft in answer.drafts for hint in draft.hints
    )
    unread = any(problem["effect"] == "set aside" for problem in answer.problems)
    return NothingReadable.exit_code if not answer.drafts else int(grave or hinted or unread)


def _draft(draft: Draft, sources: Sources) -> Iterator[Block]:
    about = f"Form {draft.form} of {_people(draft)} about {name(draft.issuer)}"
    yield Heading(f"{draft.source}: {about}" if draft.source else about)
    yield from map(Paragraph, _dues(draft))
    yield Grid(_ROWS, _rows(draft, sources))
    if draft.findings:
        yield Paragraph(f"What does not follow, or is odd: {count(len(draft.findings), 'finding')}")
        yield Grid(
            _FINDINGS,
            (Row((f.severity, f.kind, f.row or ""), (brief(f.message),)) for f in draft.findings),
        )
    elif not (draft.hints or draft.elsewhere):
        yield Paragraph("Nothing to find.")
    for hint in draft.hints:
        row = f"{hint.row}: " if hint.row else ""
        source = f" ({_cited(hint.source, draft, sources)})" if hint.source else ""
        yield Paragraph(f"Look again: {row}{hint.text}{source}")
    for finding in draft.elsewhere:
        place = f"{finding.filing}#{finding.row}" if finding.row else finding.filing
        words = (
            f"raises {finding.severity} {finding.kind} on {brief(place)}: {brief(finding.message)}"
        )
        yield Paragraph(f"Elsewhere: {words}")
    if draft.settles:
        yield Paragraph(f"Settles: {', '.join(draft.settles)}")


def _people(draft: Draft) -> str:
    """Whose form it is, and how many file it jointly."""
    joint = len(draft.owners) - 1
    return name(draft.person) + (f" and {count(joint, 'joint filer')}" if joint > 0 else "")


def _dues(draft: Draft) -> Iterator[str]:
    """When the draft is due, and where its rows have several days or are for another form, each of them."""
    if not draft.dues and draft.due_on is not None:
        yield f"Due {in_words(draft.due_on)}"
    told: dict[tuple[str, date, str | None, bool], list[str]] = {}
    for due in draft.dues:
        told.setdefault((due.form, due.due_on, due.unless, due.late), []).extend(due.rows)
    for (form, due_on, condition, over), which in told.items():
        rows = ", ".join(which[:_NAMED])
        if len(which) > _NAMED:
            rows += f" and {count(len(which) - _NAMED, 'more row')}"
        alone = len(told) == 1 and form == draft.form[0]
        place = f" on Form {form} ({rows})" if rows and not alone else ""
        unless = f", {condition}" if condition else ""
        yield f"Due {in_words(due_on)}{place}{unless}{': that day is over' if over else ''}"


_NAMED = 4
"""Rows that are named before the rest is counted."""

_ROWS = columns("=Line", "Security", ">Reported", ">Expected", ">Difference", "Verdict")
_FINDINGS = columns("=Severity", "=Kind", "=Line")


def _rows(draft: Draft, sources: Sources) -> Iterator[Row]:
    for row in draft.rows:
        own = held(row.ownership, row.nature, row.holder)
        cells = (
            row.row,
            ", ".join(filter(None, (row.security, own))),
            figure(row.reported),
            figure(row.expected),
            signed(row.difference) if row.difference else "",
            row.verdict or "",
        )
        notes = []
        if row.verdict not in ("agreed", "opening", None):
            for step in row.steps:
                number = signed(step.shares) if step.signed else figure(step.shares)
                source = f" ({_cited(step.source, draft, sources)})" if step.source else ""
                notes.append(" ".join(filter(None, (step.label, number, step.text))) + source)
        if row.corrected_total is not None:
            told = row.explanation is not None and row.explanation.confidence != "none"
            given = "" if told or row.verdict != "unexplained" else "if no report is missing, it "
            notes.append(f"{given}should say {figure(row.corrected_total)} owned after it")
        if row.corrected_ownership is not None:
            whose = held(row.corrected_ownership, row.corrected_nature)
            notes.append(f"should be marked {_letter(row.corrected_ownership)}, {whose}")
        if row.corrected_direction is not None:
            marked = row.corrected_direction
            notes.append(f"should be marked {_letter(marked)}, {marked}")
        if row.corrected_shares == 0:
            notes.append("moved nothing that is not told already: leave the row out")
        elif row.corrected_shares is not None:
            notes.append(f"should say that {figure(row.corrected_shares)} moved")
        yield Row(cells, notes)


def _cited(ref: str, draft: Draft, sources: Sources) -> str:
    """A place, by its name here; a place of the draft itself, which is not here, by its line alone."""
    filing, _, place = ref.partition("#")
    if filing == draft.filing and place:
        return place.replace("note.", "note ")
    return sources.within(ref)


def _letter(word: str) -> str:
    """The letter by which a form marks a direction or a form of ownership: A, D, I."""
    return word[0].upper()


def _tell(answer: Check, session: Session) -> None:
    """What a reader did not take at its word, on stderr."""
    for problem in () if session.quiet else answer.problems:
        tell(f" {problem['effect']}  {_placed(problem)}")
    if not answer.drafts:
        aside = [one for one in answer.problems if one["effect"] == "set aside"]
        why = f": {_placed(aside[0])}" if session.quiet and aside else " as a Form 3, 4 or 5"
        raise NothingReadable(
            f"no draft could be read{why}",
            remedy="give it as XML or text, or name its format with --as",
        )


def _placed(problem: Mapping[str, str]) -> str:
    """A problem behind the name of its document, and its place there."""
    place = ":".join(filter(None, (problem["source"], problem["place"])))
    return f"{place}: {problem['problem'].removesuffix(f': {ON_EDGAR}')}"
