"""`ledger report`: a person or a company in one document, to be read, printed and signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from cli.commands import explain, history, holdings
from cli.commands.reconcile import totals_in_words
from cli.formats.output import answers
from cli.options import about, as_of, known_at
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import count, in_words, name
from cli.session import Session, everywhere
from ledger import Ledger, __version__
from ledger.errors import UsageError
from projections import history as asked_history
from projections import holdings as asked_holdings
from projections import reconcile
from projections.answers import History, Holdings, Reconciliation, Story, json_of
from projections.columns import HOLDINGS
from projections.findings.kinds import SEVERITIES
from projections.questions.explain import memos

_TOLD = ("critical", "major", "minor")
"""Findings told in full; those that only annotate are listed."""
_NOTES = columns("=Finding", "Kind", "Of", "Source")
_PARTS = ("Positions", "Charts and entries", "Findings", "Notes", "Method and limits")


class Case:
    """Everything that a report tells: what was asked, of which log, and the answers."""

    def __init__(self, ledger: Ledger, asked: dict[str, Any]) -> None:
        whom = {key: asked[key] for key in ("person", "issuer", "known_at")}
        self.ledger, self.asked = ledger, asked
        self.seal = ledger.seal()
        self.holdings: Holdings = asked_holdings(ledger, as_of=asked["as_of"], **whom)
        self.history: History = asked_history(ledger, **whom)
        self.reconciliation: Reconciliation = reconcile(ledger, **whom)
        grave = [f.id for f in self.reconciliation.findings if f.severity in _TOLD]
        found = {s.ref: s for s in memos(ledger, grave, known_at=asked["known_at"])}
        self.stories: list[Story] = [found[one] for one in dict.fromkeys(grave) if one in found]


@click.command("report")
@everywhere
@answers
@about
@as_of
@known_at
@click.pass_obj
def command(
    session: Session,
    person: str | None,
    issuer: str | None,
    as_of: date | None,
    known_at: date | None,
) -> Report:
    """Write a person's or a company's report: positions, charts, findings and how."""
    if person is None and issuer is None:
        raise UsageError("a report is about somebody", remedy="name --person, --issuer or both")
    asked = {"person": person, "issuer": issuer, "as_of": as_of, "known_at": known_at}
    case = Case(session.ledger(), asked)
    held = json_of(case.holdings)
    document = {
        "schema": "ledger.report/1",
        **{key: held[key] for key in ("as_of", "known_at", "holdings")},
        **{key: json_of(case.reconciliation)[key] for key in ("totals", "findings")},
        "seal": {"size": case.seal.size, "root": case.seal.root},
        "version": __version__,
    }
    return Report(
        document,
        held["holdings"],
        HOLDINGS,
        lambda: _blocks(case),
        anchors=frozenset(story.ref for story in case.stories),
    )


def _blocks(case: Case) -> Iterator[Block]:
    yield Heading(_title(case), level=1)
    yield from _front(case)
    parts = (_positions, _charts, _findings, _notes, _method)
    for number, (title, told) in enumerate(zip(_PARTS, parts, strict=True), start=1):
        yield Heading(f"{number} {title}")
        yield from told(case)


def _title(case: Case) -> str:
    """Whom it is about, and at which companies; each once, however filings spell the name."""
    held = case.holdings.holdings
    parties = (name(h.person) for h in (held if case.asked["person"] else ()))
    who = " and ".join({text.casefold(): text for text in parties}.values())
    where = ", ".join({text.casefold(): text for text in (name(h.issuer) for h in held)}.values())
    said = filter(None, (who or case.asked["person"], where or case.asked["issuer"]))
    return " at ".join(map(str, said))


def _front(case: Case) -> Iterator[Block]:
    on, known = case.holdings.as_of, case.holdings.known_at
    yield Paragraph(
        f"Holdings {f'on {in_words(on)}' if on else 'as last known'}, by what was public "
        f"{f'on {in_words(known)}' if known else 'in all that is recorded'}."
    )
    yield Paragraph(
        f"Written by ownership-ledger {__version__} from a log of "
        f"{count(case.seal.size or 0, 'event')}, verified, with the seal {case.seal.root}."
    )
    told = Counter(f.severity for f in case.reconciliation.findings)
    findings = ", ".join(f"{told[s]:,} {s}" for s in reversed(SEVERITIES) if told[s]) or "none"
    held = count(len(case.holdings.holdings), "holding")
    yield Paragraph(f"{held}; {totals_in_words(case.reconciliation.totals)}; findings: {findings}.")


def _positions(case: Case) -> Iterator[Block]:
    sources = Sources(case.ledger, (ref for h in case.holdings.holdings for ref in h.evidence))
    for block in holdings.blocks_of(case.holdings, sources):
        yield block._replace(level=3) if isinstance(block, Heading) else block


def _charts(case: Case) -> Iterator[Block]:
    for block in history.blocks_of(case.history):
        yield block._replace(level=3) if isinstance(block, Heading) else block


def _findings(case: Case) -> Iterator[Block]:
    """Each finding that is more than a note, as a memo that other parts lead to."""
    if not case.stories:
        yield Paragraph("Nothing is wrong or in doubt.")
    refs = (line.source for story in case.stories for line in story.lines)
    sources = Sources(case.ledger, refs)
    for number, story in enumerate(case.stories, start=1):
        (finding,) = story.findings
        of = ", ".join(filter(None, (name(finding.person), finding.security)))
        title = f"3.{number} {finding.severity}: {story.title} ({story.ref})"
        yield Heading(title, level=3, anchor=story.ref)
        yield Paragraph(of or name(finding.issuer))
        yield from explain.lines_of(story, sources)
    for source in sources.key() if case.stories else ():
        yield Paragraph(source)


def _notes(case: Case) -> Iterator[Block]:
    notes = [f for f in case.reconciliation.findings if f.severity not in _TOLD]
    if not notes:
        yield Paragraph("None.")
        return
    sources = Sources(case.ledger, (f.filing for f in notes))
    rows = (
        Row(
            (
                f.id,
                f.kind,
                name(f.person) or name(f.issuer),
                sources.cite(f"{f.filing}#{f.row}" if f.row else f.filing),
            ),
            (f.message,),
        )
        for f in notes
    )
    yield Grid(_NOTES, rows)


def _method(case: Case) -> Iterator[Block]:
    del case
    yield from map(Paragraph, _METHOD)


_METHOD = (
    (
        "Every line of every Form 3, 4 and 5 that is recorded is an event. A position is rebuilt from "
        "its events in the order in which the public learned of them, and each total that a filing "
        "claims is compared with the balance that follows from what came before. A total agreed where "
        "it follows exactly; it is explained where terms that a filing states, or another holding "
        "shows, close the difference exactly; else it stands as ambiguous or unexplained."
    ),
    (
        "A figure is reported where a total says so, derived where it was reckoned from one, and "
        "inferred before the first report. Two figures are bounds; an unknown one is not zero."
    ),
    (
        "Only what is recorded was read: filings that are missing, and what no filing reports, cannot "
        "be seen. Findings are judgements of a program about filings, not of law, and name what they "
        "rest on; only the filer can confirm a slip."
    ),
)
