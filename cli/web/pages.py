"""The pages: which questions each asks, and how their answers stand on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec
from markupsafe import Markup

from cli.reports.blocks import Block, Grid, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.wording import brief, figure, in_words, name, signed
from cli.web import reviews
from cli.web.asking import Asking, slug
from cli.web.parts import PAGE, Page, Section, Slice, sliced, tables
from ledger.errors import UnknownReference, UsageError
from projections import diff, explain, filed, history, holdings, issuers, people, reconcile, stakes
from projections.answers import (
    History,
    Holding,
    Holdings,
    Name,
    PositionHistory,
    Reconciliation,
    Story,
)
from projections.findings.finding import Finding
from projections.questions.explain import memos
from projections.questions.reviews import remarks
from projections.sums import ClassSum, ClassTotal, NothingOwned

_MOST_MEMOS = 40
"""Memos told in full below a person's holdings; further findings are listed."""

_TOLD = ("critical", "major", "minor")
_STEPS = columns("", ">", "", "")


def person(asking: Asking) -> Page:
    """A person: the companies about which somebody reports, and what is held there."""
    answer = holdings(asking.ledger, **asking.whom, **asking.known, as_of=asking.day)
    who = _called(asking, answer.holdings, "person")
    way = asking.moment.to("people", _asked(asking), "over-time")
    held, at, turns = _held(asking, answer, "issuer", "Companies")
    return Page(who, [held], [*turns, *at, (_OVER_TIME, way)])


def issuer(asking: Asking) -> Page:
    """A company: its insiders with what they hold, how its totals fare, its findings."""
    answer = holdings(asking.ledger, **asking.whom, **asking.known, as_of=asking.day)
    fares = reconcile(
        asking.ledger, **asking.whom, **asking.known, severities=asking.shown.severities
    )
    which = _called(asking, answer.holdings, "issuer")
    held, insiders, turns = _held(asking, answer, "person", "People")
    path = ("issuers", _asked(asking))
    some = sliced(asking, fares.findings, path, "findings", "Findings", most=_FINDINGS)
    way = asking.moment.to("issuers", _asked(asking), "over-time")
    ways = [*turns, *some.ways, *insiders, (_OVER_TIME, way)]
    return Page(which, [held, _reconciled(asking, fares, some)], ways)


_FINDINGS = 200
"""Findings about a company that stand on its page at a time."""


def _held(
    asking: Asking, answer: Holdings, by: str, what: str
) -> tuple[Section, list[tuple[str, str]], list[tuple[str, str]]]:
    """What is held, a page of people or companies at a time: their ways, and those to the others."""

    def key(one: Holding | ClassSum | ClassTotal | NothingOwned) -> tuple[str | None, str | None]:
        party: Name = getattr(one, by)
        return party["cik"], party["name"]

    held: list[Holding | NothingOwned] = [*answer.holdings, *answer.nothing_owned]
    there = [*dict.fromkeys(map(key, held))]
    path = ("people" if by == "issuer" else "issuers", _asked(asking))
    some = sliced(asking, there, path, "after", what)
    here = set(some.shown)
    answer = msgspec.structs.replace(
        answer,
        holdings=tuple(one for one in answer.holdings if key(one) in here),
        sums=tuple(one for one in answer.sums if key(one) in here),
        class_totals=tuple(one for one in answer.class_totals if key(one) in here),
        nothing_owned=tuple(one for one in answer.nothing_owned if key(one) in here),
    )
    report = asking.shown.holdings(asking.ledger, answer)
    body = asking.plain([Paragraph(some.said(what, PAGE))])
    body += asking.drawn(report)(report.blocks())
    ways = _ways(asking, ((h.person, h.issuer) for h in answer.holdings), by)
    table = tables(asking, "holdings", asking.asked())
    return Section("Holdings", body, table, "holdings"), ways, some.ways


_OVER_TIME = "Over time: who holds how much, what came late, what closes"


def _asked(asking: Asking) -> str:
    """Whom a page is about, as its address has it."""
    return asking.word("person") or asking.word("issuer") or ""


def over_time(asking: Asking) -> Page:
    """A company or a person over time: stakes by class, filings with their days and totals."""
    whom = asking.whom
    held = stakes(asking.ledger, **whom, **asking.known)
    came = filed(asking.ledger, **whom, **asking.known)
    if whom["issuer"]:
        way = asking.moment.to("issuers", _asked(asking))
        parties = [one.issuer for one in issuers(asking.ledger, **whom).issuers]
    else:
        way = asking.moment.to("people", _asked(asking))
        parties = [one.person for one in people(asking.ledger, **whom).people]
    who = next(filter(None, map(name, parties)), _asked(asking))
    path = ("issuers" if whom["issuer"] else "people", _asked(asking), "over-time")
    strips = sliced(asking, held.stakes, path, "after", "Stakes")
    forms = sliced(asking, came.filed[::-1], path, "filings", "Filings", most=_FILINGS)
    shown = (
        asking.shown.stakes(msgspec.structs.replace(held, stakes=tuple(strips.shown))),
        asking.shown.filed(msgspec.structs.replace(came, filed=tuple(forms.shown[::-1]))),
    )
    said = (strips.said("Stakes", PAGE), forms.said("Filings, from the last one back,", _FILINGS))
    titles = ("Who holds how much", "Filings, their days and their totals")
    sections = [
        Section(
            title,
            asking.plain([Paragraph(part)]) + asking.drawn(report)(report.blocks()),
            {
                **tables(asking, table, asking.asked()),
                "svg": asking.moment.to("charts", f"{table}.svg", asked=asking.asked()),
            },
            table,
        )
        for title, table, report, part in zip(titles, ("stakes", "filed"), shown, said, strict=True)
    ]
    ways = [(who, way), *strips.ways, *forms.ways]
    return Page(f"{who} over time", sections, ways, bounded=("known_at",))


_FILINGS = 500
"""Filings that are drawn and listed on a page at a time."""


def together(asking: Asking) -> Page:
    """A person at a company: what is held, drawn and line by line, and what there is to say."""
    whom = asking.whom
    now = holdings(asking.ledger, **whom, **asking.known, as_of=asking.day)
    fares = reconcile(asking.ledger, **whom, **asking.known, severities=asking.shown.severities)
    path = ("people", whom["person"] or "", "at", whom["issuer"] or "")
    then, turns, part = _some_lines(asking, path)
    some = sliced(asking, fares.findings, path, "findings", "Findings", most=_FINDINGS)
    held, lines = asking.shown.holdings(asking.ledger, now), asking.shown.history(then)
    who, where = (_called(asking, now.holdings, each) for each in ("person", "issuer"))
    sections = [
        Section(
            "Holdings",
            asking.drawn(held)(held.blocks()),
            tables(asking, "holdings", asking.asked()),
        ),
        Section(
            "History",
            _of_every_day(asking) + part + asking.drawn(lines)(lines.blocks()),
            {
                **tables(asking, "history", asking.asked()),
                "svg": asking.moment.to("chart.svg", asked=asking.asked()),
            },
            "history",
        ),
        _reconciled(asking, fares, some),
        *_memos(asking, some.shown),
    ]
    ways = [
        *turns,
        *some.ways,
        (who, asking.moment.to("people", whom["person"] or "")),
        (where, asking.moment.to("issuers", whom["issuer"] or "")),
        ("What changed between two moments", asking.moment.to("changes", asked=asking.asked())),
    ]
    return Page(f"{who} at {where}", sections, ways)


_LINES = 500
"""Lines of a person's positions at a company that are drawn and listed on a page at a time."""


def _some_lines(
    asking: Asking, path: Sequence[str]
) -> tuple[History, list[tuple[str, str]], Markup]:
    """A history, as many of its lines as a page holds, position by position; the ways to the others, and which these are."""
    whole = history(asking.ledger, **asking.whom, **asking.known)
    all_lines = [(at, n) for at, one in enumerate(whole.positions) for n in range(len(one.entries))]
    some = sliced(asking, all_lines, path, "lines", "Lines", most=_LINES)
    shown: dict[int, list[int]] = {}
    for at, n in some.shown:
        shown.setdefault(at, []).append(n)
    parts = [_part(whole.positions[at], here[0], here[-1] + 1) for at, here in shown.items()]
    said = some.said("Lines", _LINES)
    told = asking.plain([Paragraph(f"{said} The charts draw these lines." if said else "")])
    return msgspec.structs.replace(whole, positions=tuple(parts)), some.ways, told


def _part(position: PositionHistory, first: int, end: int) -> PositionHistory:
    """Some entries of a position; what stood before its first report stands before that alone."""
    return msgspec.structs.replace(
        position,
        entries=position.entries[first:end],
        opening=None if first else position.opening,
    )


def filing(asking: Asking) -> Page:
    """A filing as a form: its notes beside the lines that cite them, its problem lines marked."""
    called = asking.word("filing") or ""
    report = asking.shown.filing(asking.ledger, called)
    document = report.document
    about = _about(asking, document)
    by_row: dict[str, list[str]] = {}
    for found in about:
        said = f"{_sentence(found)} (finding {found.id})"
        by_row.setdefault(found.row or "", []).append("; ".join((said, *remarks(found))))
    drawn = asking.drawn(report, (found.id for found in about))
    form = drawn(_annotated(report.blocks(), by_row))
    sections = [Section("The form", form, tables(asking, "filing", {"filing": called}), "form")]
    if "" in by_row:
        sections.insert(0, Section("About it as a whole", drawn(map(Paragraph, by_row[""]))))
    ways = [
        ("As the ledger tells it", asking.moment.to("filings", document["filing"], "told")),
        *(
            (f"{name(owner)} here", asking.moment.to("people", slug(owner), "at", where))
            for owner in document["owners"]
            if slug(owner) and (where := slug(document["issuer"]))
        ),
    ]
    if document["address"]:
        ways.append(("This filing on sec.gov", document["address"]))
    issued = name({key: document["issuer"][key] for key in ("cik", "name", "symbol")})
    return Page(f"Form {document['form']} about {issued}", sections, ways, bounded=("known_at",))


def told(asking: Asking) -> Page:
    """A filing, or a line of it, with its arithmetic."""
    row = asking.word("row")
    ref = f"{asking.word('filing')}{f'#{row}' if row else ''}"
    return _memo_page(asking, explain(asking.ledger, ref, **asking.known))


def finding(asking: Asking) -> Page:
    """A finding as a memo, each step with the line that it rests on."""
    named = asking.word("finding") or ""
    if not named.isalnum():
        raise UnknownReference(f"no finding is called {named!r}")
    return _memo_page(
        asking,
        explain(asking.ledger, named, **asking.known, severities=asking.shown.severities),
        named=True,
    )


def changes(asking: Asking) -> Page:
    """What changed in what was known of a person or a company, between two moments."""
    first, last, whom = asking.word("from"), asking.word("to"), asking.whom
    fields = {"whom": whom, "first": first or "", "last": last or ""}
    if not (first and last and any(whom.values())):
        title = "What changed between two moments"
        return Page(title, more=fields, template="changes.html", bounded=())
    answer = diff(asking.ledger, known_from=first, known_to=last, **whom)
    report = asking.shown.diff(asking.ledger, answer)
    body = asking.drawn(report)(report.blocks())
    table = tables(asking, "changes", asking.asked(**{"from": first, "to": last}))
    return Page(
        "What changed between two moments",
        [Section("Changes", body, table)],
        more=fields,
        template="changes.html",
        bounded=(),
    )


# --- parts of pages ----------------------------------------------------------------------


def _called(asking: Asking, held: Iterable[Holding], what: str) -> str:
    """The name of whom a page is about, as their holdings have it; else as it was asked."""
    parties = (name(getattr(holding, what)) for holding in held)
    return next(filter(None, parties), asking.word(what) or "")


def _ways(asking: Asking, pairs: Iterable[tuple[Name, Name]], to: str) -> list[tuple[str, str]]:
    """The way to each person's page at each company, named for one of the two."""
    found = {
        asking.moment.to("people", slug(who), "at", slug(where)): name(
            where if to == "issuer" else who
        )
        for who, where in pairs
        if slug(who) and slug(where)
    }
    return [(called, way) for way, called in sorted(found.items(), key=lambda one: one[1])]


def _of_every_day(asking: Asking) -> Markup:
    """That a day bounds the holdings alone, where one is asked for."""
    if not asking.day:
        return Markup("")
    after = f"Of every day that is known, also after {in_words(asking.day)}."
    return asking.plain([Paragraph(after)])


def _reconciled(asking: Asking, answer: Reconciliation, some: Slice[Finding]) -> Section:
    """How totals fare, with as many of the findings as a page holds."""
    answer = msgspec.structs.replace(answer, findings=tuple(some.shown))
    body = asking.plain([Paragraph(some.said("Findings", most=_FINDINGS))])
    report = asking.shown.reconcile(asking.ledger, answer)
    body += asking.drawn(report)(report.blocks())
    return Section(
        "Totals and findings", body, tables(asking, "findings", asking.asked()), "findings"
    )


def _memos(asking: Asking, some: Iterable[Finding]) -> Iterator[Section]:
    """Each finding that is more than a note, with its memo."""
    grave = [found.id for found in some if found.severity in _TOLD][:_MOST_MEMOS]
    ranked = asking.shown.severities
    stories = memos(asking.ledger, grave, **asking.known, severities=ranked) if grave else ()
    told = {story.ref: story for story in stories}
    for ref in dict.fromkeys(grave):
        if ref in told:
            story = told[ref]
            yield Section(f"{story.title} ({ref})", _memo(asking, story), place=f"finding-{ref}")


def _memo(asking: Asking, story: Story) -> Markup:
    """The lines of a memo, each with a link to the line it rests on."""
    sources = Sources(asking.ledger, (line.source for line in story.lines))
    last, rows = None, []
    for line in story.lines:
        label, last = ("" if line.label == last else line.label), line.label
        number = signed(line.shares) if line.signed else figure(line.shares)
        rows.append(Row((label, number, line.text, sources.cite(line.source))))
    return asking.plain([Grid(_STEPS, rows)], (found.id for found in story.findings))


def _memo_page(asking: Asking, story: Story, *, named: bool = False) -> Page:
    table = tables(asking, "memo", {"ref": story.ref})
    about = [_sentence(story.findings[0]) if named else brief(story.ref)]
    led = [way for found in story.findings for way in _from(asking, found)]
    ways = [*{called: (called, to) for called, to in reversed(led)}.values()][::-1]
    body = asking.plain(map(Paragraph, about)) + _memo(asking, story)
    steps = Section("Step by step", body, table)
    review = reviews.review_of(asking, story.findings[0]) if named else None
    return Page(
        brief(story.title), [steps], ways, {"review": review}, "memo.html", bounded=("known_at",)
    )


def _from(asking: Asking, found: Finding) -> Iterator[tuple[str, str]]:
    """Where a finding leads: to its filing, to whom it is about, to sec.gov."""
    yield "The filing", asking.moment.to("filings", found.filing, place=found.row or "")
    if slug(found.person) and slug(found.issuer):
        where = ("people", slug(found.person), "at", slug(found.issuer))
        yield f"{name(found.person)} at {name(found.issuer)}", asking.moment.to(*where)
    if found.address:
        yield "The filing on sec.gov", found.address


def _sentence(found: Finding) -> str:
    return f"{found.severity.capitalize()}, {found.kind}: {found.message}"


def _about(asking: Asking, document: Mapping[str, Any]) -> list[Finding]:
    """The findings about a filing, as far as its company was known by the moment."""
    where = slug(document["issuer"])
    if not where:
        return []
    try:
        fares = reconcile(
            asking.ledger,
            issuer=where,
            status="all",
            **asking.known,
            severities=asking.shown.severities,
        )
    except UsageError:
        return []
    return [f for f in fares.findings if f.filing == document["filing"]]


def _annotated(blocks: Iterable[Block], by_row: Mapping[str, list[str]]) -> Iterator[Block]:
    """The form below its title, each line with what there is to say about it beneath."""
    for block in islice(blocks, 1, None):
        if isinstance(block, Grid) and block.columns[0].title == "Line":
            rows = (
                r._replace(notes=[*_others(r.notes), *by_row.get(r.cells[0], ())])
                for r in block.rows
            )
            yield block._replace(rows=list(rows))
        elif isinstance(block, Grid) and not block.titled:
            particulars = (row for row in block.rows if not _MARK.match(row.cells[-1]))
            yield block._replace(rows=list(particulars))
        else:
            yield block


_MARK = re.compile("finding [0-9a-f]{8}, ")


def _others(notes: Iterable[str]) -> Iterator[str]:
    """The notes beneath a line that only name no finding: a page tells each in full."""
    return (note for note in notes if not _MARK.match(note))
