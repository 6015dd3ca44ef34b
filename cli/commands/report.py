"""`ledger report`: a person or a company in one document, to be read, printed and signed."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from cli.commands import explain, filed, history, holdings, stakes
from cli.commands.reconcile import totals_in_words
from cli.formats.each import ENDINGS, Index, One, write_each
from cli.formats.output import answers
from cli.formats.targets import require_free
from cli.options import about, as_of, known_at
from cli.ranking import as_held, severities
from cli.reports.blocks import Block, Grid, Heading, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.report import Report
from cli.reports.wording import brief, count, day, grave, in_words, name
from cli.session import Session, everywhere
from cli.terminal import tell
from ledger import Ledger, __version__
from ledger.errors import UnknownReference, UsageError
from projections import filed as asked_filed
from projections import history as asked_history
from projections import holdings as asked_holdings
from projections import issuers, people, reconcile
from projections import stakes as asked_stakes
from projections.answers import History, Holdings, Name, Reconciliation, Stakes, Story, json_of
from projections.columns import HOLDINGS
from projections.findings.kinds import SEVERITIES
from projections.questions.explain import bare, memos
from projections.reconciliation.candidates.unquantified_notes import UNQUANTIFIED
from projections.registers import Company, FiledOnes, Insider
from projections.views.catching_up import steady
from projections.views.memory import Memory

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.store.checkpoints import Checkpoint

_TOLD = ("critical", "major", "minor")
"""Findings told in full; those that only annotate are listed."""
_NOTES = columns("=Finding", "=Kind", "Of", "^Source")
_PARTS = ("Positions", "Charts and entries", "Findings", "Notes", "Method and limits")


class Case:
    """Everything that a report tells: what was asked, of which log, and the answers."""

    def __init__(self, ledger: Ledger, asked: dict[str, Any], seal: Checkpoint) -> None:
        whom = {key: asked[key] for key in ("person", "issuer", "known_at")}
        self.ledger, self.asked = ledger, asked
        self.seal = seal
        ranked = asked["severities"]
        held = asked_holdings(ledger, as_of=asked["as_of"], **whom)
        self.holdings: Holdings = as_held(held, ranked)
        self.history: History = asked_history(ledger, **whom)
        self.reconciliation: Reconciliation = reconcile(
            ledger, status="all", **whom, severities=ranked
        )
        of_company = asked["person"] is None
        self.stakes = asked_stakes(ledger, **whom) if of_company else Stakes(None, ())
        self.filed = asked_filed(ledger, **whom) if of_company else FiledOnes(None, ())
        grave = {f.id: f for f in self.reconciliation.findings if f.severity in _TOLD}
        told = memos(ledger, grave, known_at=asked["known_at"], severities=ranked)
        found = {story.ref: story for story in told}
        self.stories: list[Story] = [found.get(id_) or bare(f) for id_, f in grave.items()]


def _each(answer: Callable[..., None]) -> Callable[..., None]:
    """Give the command `--each`: a folder of reports, where it is asked for."""

    @click.option(
        "--each",
        type=click.Choice(["person", "issuer"]),
        help="A report for each of them, into the folder -o.",
    )
    @functools.wraps(answer)
    def given(*arguments: Any, each: str | None, **options: Any) -> None:
        if each is None:
            answer(*arguments, **options)
        else:
            _write_each(click.get_current_context().ensure_object(Session), each, options)

    return given


def _write_each(session: Session, each: str, options: dict[str, Any]) -> None:
    folder, kind = options["output"], options["kind"] or "html"
    if options[each] is not None:
        raise UsageError(f"--each {each} is of every {each}", remedy=f"leave --{each} out")
    if folder is None:
        raise UsageError("reports on many go into a folder", remedy="add -o FOLDER")
    if kind not in ENDINGS:
        raise UsageError(f"a folder holds no {kind}", remedy=f"--format {', '.join(ENDINGS)}")
    _require_of_its_own(folder)
    require_free(folder)
    asked = {key: options[key] for key in ("person", "issuer", "as_of", "known_at")}
    asked["severities"] = severities(session.database)
    ledger = session.ledger()
    seal = ledger.seal()
    about = {"person": "Reports on people", "issuer": "Reports on companies"}[each]
    index = Index(about, _written_from(seal), _INDEX)
    written, missing = write_each(_reports(ledger, each, asked, seal), index, folder, kind)
    if not session.quiet:
        rest = f", {missing:,} without one: the index says why" if missing else ""
        tell(f"{count(written, 'report')} and an index in {folder}{rest}")


def _require_of_its_own(folder: Path) -> None:
    """Refuse a file, and a folder with things in it: reports of another day would stay among these.

    Raises:
        UsageError: It is one of these.
    """
    with suppress(FileNotFoundError, PermissionError):  # which the writing itself tells
        if not folder.is_dir():
            folder.lstat()
            raise UsageError(
                "a file is there, and reports on many go into a folder",
                where=str(folder),
                remedy="name a new folder",
            )
        if any(not file.name.startswith(".") for file in folder.iterdir()):
            raise UsageError(
                "the folder has something in it, which these reports would stand among",
                where=str(folder),
                remedy="name a new folder, or empty this one",
            )


_INDEX = columns("Name", "=CIK", ">Filings", ">Positions", "=Last filing", "Findings")


_LINES = 4_000
"""Lines of the filings whose judgements wait for the next report: it is on the same company, or
on none of those before."""


def _reports(ledger: Ledger, each: str, asked: dict[str, Any], seal: Checkpoint) -> Iterator[One]:
    """Each report, those of one company one after the other: it is judged once for all of them."""
    memory, told = Memory(_LINES), _all_of(ledger, each, asked)
    for one in sorted(told, key=lambda one: [issuer["cik"] or "" for issuer in _at(one)][:1]):
        party: Name = getattr(one, each)
        whom = asked | {each: party["cik"] or party["name"]}
        if (
            not party["cik"] and whom["issuer"] is None
        ):  # who has no number is somebody at one company
            whom["issuer"] = next((i["cik"] or i["name"] for i in _at(one)), None)
        cells = (
            name(party),
            party["cik"] or "",
            f"{one.filings:,}",
            f"{one.positions:,}",
            day(one.last_filing_on),
            grave(one),
        )
        with steady(ledger, memory):
            yield One(
                f"{name(party)} {party['cik'] or ''}",
                cells,
                partial(_report_on, party, ledger, whom, seal),
            )


def _report_on(party: Name, *asked: Any) -> Report:
    """The report on somebody; who has neither number nor name cannot be asked about.

    Raises:
        UnknownReference: That is so; to ask about nobody is to ask about everybody.
    """
    if not (party["cik"] or party["name"]):
        raise UnknownReference("its filings give neither a number nor a name")
    return _report(*asked)


def _all_of(ledger: Ledger, each: str, asked: dict[str, Any]) -> Sequence[Insider | Company]:
    """Everybody, or every company, that is asked about."""
    if each == "person":
        return people(ledger, issuer=asked["issuer"]).people
    return issuers(ledger, person=asked["person"]).issuers


def _at(one: Insider | Company) -> tuple[Name, ...]:
    return one.issuers if isinstance(one, Insider) else (one.issuer,)


@click.command("report")
@everywhere
@_each
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
    asked = {
        "person": person,
        "issuer": issuer,
        "as_of": as_of,
        "known_at": known_at,
        "severities": severities(session.database),
    }
    ledger = session.ledger()
    return _report(ledger, asked, ledger.seal())


def _report(ledger: Ledger, asked: dict[str, Any], seal: Checkpoint) -> Report:
    case = Case(ledger, asked, seal)
    held = json_of(case.holdings)
    document = {
        "schema": "ledger.report/1",
        **{key: held[key] for key in ("as_of", "known_at", "holdings")},
        **{key: json_of(case.reconciliation)[key] for key in ("totals", "findings")},
        "stakes": json_of(case.stakes)["stakes"],
        "filed": json_of(case.filed)["filed"],
        "seal": {"size": case.seal.size, "root": case.seal.root},
        "version": __version__,
    }
    links: dict[str, str] = {}
    return Report(
        document,
        held["holdings"],
        HOLDINGS,
        lambda: _blocks(case, links),
        anchors=frozenset(story.ref for story in case.stories),
        streamed=links,
    )


def _blocks(case: Case, links: dict[str, str]) -> Iterator[Block]:
    entries = (entry for position in case.history.positions for entry in position.entries)
    links.update({entry.filing: entry.address for entry in entries if entry.address})
    yield Heading(_title(case), level=1)
    yield from _front(case)
    parts = (_positions, _charts, _findings, _notes, _method)
    for number, (title, told) in enumerate(zip(_PARTS, parts, strict=True), start=1):
        yield Heading(f"{number} {title}")
        yield from told(case)


def _title(case: Case) -> str:
    """Whom it is about, and at which companies; each once, however filings spell the name.

    Every position counts, also one of which nothing was held on the day asked for.
    """
    who = " and ".join(_once(case, "person")) if case.asked["person"] else ""
    companies = _once(case, "issuer")
    many = len(companies) > _NAMED
    where = count(len(companies), "company", "companies") if many else ", ".join(companies)
    said = filter(None, (who or case.asked["person"], where or case.asked["issuer"]))
    return " at ".join(map(str, said))


_NAMED = 3
"""Companies that the title of a report names; it counts more, which then stand below it."""


def _once(case: Case, which: str) -> list[str]:
    """The people, or the companies, that a report is about: each once, by the last of its names."""
    told: list[Name] = [
        getattr(one, which) for one in (*case.holdings.holdings, *case.history.positions)
    ]
    named: dict[str, str] = {}
    for party in told:
        named.setdefault(party["cik"] or name(party).casefold(), name(party))
    return [*{text.casefold(): text for text in named.values()}.values()]


def _front(case: Case) -> Iterator[Block]:
    on, known = case.holdings.as_of, case.holdings.known_at
    if len(companies := _once(case, "issuer")) > _NAMED:
        yield Paragraph(f"At {', '.join(companies)}.")
    yield Paragraph(
        f"Holdings {f'on {in_words(on)}' if on else 'as last reported'}, by "
        f"{f'what was public on {in_words(known)}' if known else 'all that is recorded here'}."
    )
    yield Paragraph(_written_from(case.seal))
    told = Counter(f.severity for f in case.reconciliation.findings)
    findings = ", ".join(f"{told[s]:,} {s}" for s in reversed(SEVERITIES) if told[s]) or "none"
    held = count(len(case.holdings.holdings), "holding")
    rest = case.reconciliation.accepted
    findings += f", {rest:,} of them accepted" if rest else ""
    yield Paragraph(f"{held}; {totals_in_words(case.reconciliation.totals)}; findings: {findings}.")


def _written_from(seal: Checkpoint) -> str:
    return (
        f"Written by ownership-ledger {__version__} from a log of "
        f"{count(seal.size or 0, 'event')}, verified, with the seal {seal.root}."
    )


def _positions(case: Case) -> Iterator[Block]:
    sources = Sources(case.ledger, (ref for h in case.holdings.holdings for ref in h.evidence))
    for block in holdings.blocks_of(case.holdings, lambda _: sources):
        yield block._replace(level=3) if isinstance(block, Heading) else block


def _charts(case: Case) -> Iterator[Block]:
    """A company's insiders over time and its filings, and then every position by itself."""
    yield from _of_every_day(case)
    parts = [history.blocks_of(case.history)]
    if case.filed.filed:
        parts = [stakes.blocks_of(case.stakes), filed.blocks_of(case.filed), *parts]
    for block in chain.from_iterable(parts):
        yield block._replace(level=3) if isinstance(block, Heading) else block


def _findings(case: Case) -> Iterator[Block]:
    """Each finding that is more than a note, as a memo that other parts lead to."""
    yield from _of_every_day(case)
    if not case.stories:
        compared = count(case.reconciliation.totals.checked, "total")
        yield Paragraph(
            f"None is minor or graver: {compared} compared with what was recorded before, and each "
            "filing with the others. What no filing reports cannot be seen."
        )
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


def _of_every_day(case: Case) -> Iterator[Block]:
    """That a day bounds the positions alone, where one was asked for."""
    if case.holdings.as_of is not None:
        yield Paragraph(
            f"Of every day that is known, also after {in_words(case.holdings.as_of)}: that day "
            "bounds the positions alone. What was public by a day is asked with --known-at."
        )


def _notes(case: Case) -> Iterator[Block]:
    yield from _of_every_day(case)
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
            (brief(f.message),),
        )
        for f in notes
    )
    yield Grid(_NOTES, rows)


def _method(case: Case) -> Iterator[Block]:
    reckoned, bounds, limits = _METHOD
    yield from map(Paragraph, (reckoned, _explained(case), bounds, limits))


def _explained(case: Case) -> str:
    """What the explained totals of this report rest on."""
    found = [f for f in case.reconciliation.findings if f.kind in _EXPLAINED and f.explanation]
    told = [f.explanation for f in found if f.explanation is not None]
    open_ = sum(e.code == UNQUANTIFIED for e in told)
    firm = sum(e.explicit and e.code != UNQUANTIFIED for e in told)
    return (
        "A total is explained where terms are known that close the difference exactly. A term is stated "
        "by a filing, shown by another line, holding or total, or inferred; where a note gives the cause "
        "and leaves the amount open, the difference itself is taken for the amount, within what such a "
        f"cause can bring. Of {count(case.reconciliation.totals.explained, 'explained total')} here "
        f"{firm:,} rest on terms that are all stated or shown, {open_:,} on a cause without an amount, "
        "and any others on a term that is inferred or on another way of totalling; the memo of each says "
        "which, and how sure it is. A difference that nothing closes stands as ambiguous or unexplained."
    )


_EXPLAINED = ("BALANCE_BREAK_EXPLAINED", "ROUNDING", "DERIV_POST_SCOPE")
"""The kinds of finding that tell of a total that is explained."""


_METHOD = (
    (
        "Every line of every Form 3, 4 and 5 that is recorded is an event. A position is rebuilt from "
        "its events in the order in which the public learned of them, and each total that a filing "
        "claims is compared with the balance that follows from what came before: it agreed where it "
        "follows exactly, and is the opening where nothing came before."
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
