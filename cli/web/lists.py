"""Pages that list: what is here and open, who is here, what is to be filed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup

from cli.reports.blocks import Paragraph
from cli.reports.report import Report
from cli.reports.wording import name
from cli.web.asking import Asking, slug
from cli.web.parts import PAGE, Page, Section, listed, span, tables, turning
from ledger.errors import AmbiguousReference, UnknownReference, UsageError
from ledger.types import eastern_day, normal_cik
from projections import due as asked_due
from projections import issuers as asked_issuers
from projections import people as asked_people
from projections import stats
from projections.answers import Name
from projections.findings.kinds import KINDS, SEVERITIES
from projections.questions.reconcile import STATUSES, worst
from projections.questions.subject import day_of

_GRAVEST = 10
"""Findings on the first page."""

_MOST_JUDGED = 2_000
"""Filings that are judged for one page, about two seconds' work: forms that are due are told of
no whole market."""


def home(asking: Asking) -> Page:
    """What is here, and what is open: counts, and the gravest findings."""
    report = asking.shown.stats(stats(asking.ledger))
    gravest = worst(asking.ledger, _GRAVEST, ranked=asking.shown.severities)
    found = Section("The gravest findings", listed(asking, gravest), place="open")
    counted = Section(
        "Counts", asking.drawn(report)(report.blocks()), tables(asking, "stats"), "counts"
    )
    ways = [("All findings", asking.moment.to("findings"))] if gravest else []
    return Page("What is here, and what is open", [found, counted], ways, bounded=())


def findings(asking: Asking) -> Page:
    """Findings of the whole ledger, the gravest first, a page at a time."""
    after, asked = asking.number("after"), _filters(asking)
    kind = asked["kind"]
    told = worst(
        asking.ledger,
        PAGE + 1,
        after,
        kinds=[kind.upper()] if kind else (),
        severity=asked["severity"],
        status=asked["status"] or "open",
        ranked=asking.shown.severities,
    )
    here = told[:PAGE]
    if after and not here:
        raise UsageError("the list is not that long", remedy="begin at its first page")
    title = span("Findings", after, len(here))
    more = {"asked": asked, "severities": SEVERITIES, "statuses": STATUSES, "kinds": sorted(KINDS)}
    return Page(
        "Findings",
        [Section(f"{title}, the gravest first", listed(asking, here))],
        turning(asking, "findings", after, len(told) > PAGE, asked),
        more,
        "findings.html",
        bounded=(),
    )


def _filters(asking: Asking) -> dict[str, str | None]:
    """Which findings are asked for."""
    return {key: asking.word(key) for key in ("severity", "kind", "status")}


def people(asking: Asking) -> Page:
    """Everybody who reports, or all who report about a company, a page at a time."""
    return _register(asking, "people", "issuer")


def issuers(asking: Asking) -> Page:
    """Every company, or all about which a person reports, a page at a time."""
    return _register(asking, "issuers", "person")


def _register(asking: Asking, which: str, by: str) -> Page:
    after, whom = asking.number("after"), {by: asking.word(by)}
    ask: Callable[..., Any] = asked_people if which == "people" else asked_issuers
    show: Callable[[Any], Any] = getattr(asking.shown, which)
    ranked = asking.shown.severities
    answer = ask(asking.ledger, **whom, count=PAGE + 1, after=after, severities=ranked)
    told = getattr(answer, which)
    here = told[:PAGE]
    if after and not here:
        raise UsageError("the list is not that long", remedy="begin at its first page")
    report = show(type(answer)(here))
    called = "People" if which == "people" else "Companies"
    parties = [one.person if which == "people" else one.issuer for one in here]
    leads = {
        one["cik"] or name(one): asking.moment.to(which, slug(one)) for one in parties if slug(one)
    }
    body = asking.drawn(report, leads=leads)(list(report.blocks())[1:])
    sections = [Section(span(called, after, len(here)), body, tables(asking, which, whom))]
    more = {"by": by, "asked": whom[by] or "", "to": f"/{which}"}
    ways = turning(asking, which, after, len(told) > PAGE, whom)
    return Page(called, sections, ways, more, "register.html", bounded=())


def due(asking: Asking) -> Page:
    """What is still to be filed, and by when."""
    whom, within, today = asking.whom, asking.word("within"), _today(asking)
    more = {"whom": whom, "within": within or "", "today": today.isoformat()}
    section = Section("What is to be filed", asking.plain([Paragraph(_MANY)]))
    if any(whom.values()) or not _too_many(asking):
        report = due_of(asking)
        asked = asking.asked(within=within, today=today.isoformat())
        body = asking.drawn(report)(report.blocks())
        section = Section("What is to be filed", body, tables(asking, "due", asked))
    return Page("Due", [section], more=more, template="due.html", bounded=("known_at",))


def due_of(asking: Asking) -> Report:
    """What is still to be filed by whom a request names; by all, where there are not too many.

    Raises:
        UsageError: There are.
    """
    if not any(asking.whom.values()) and _too_many(asking):
        raise UsageError(_MANY.partition(":")[0], remedy="name a company, or a person")
    days = asking.number("within") if asking.word("within") else None
    answer = asked_due(
        asking.ledger,
        **asking.whom,
        **asking.known,
        within=days,
        today=_today(asking),
        asked_on=eastern_day(datetime.now(UTC)),
    )
    return asking.shown.due(answer)


_MANY = "This ledger has many filings: name a company, or a person, to see what is to be filed."


def _today(asking: Asking) -> date:
    """From which day it is reckoned: today, unless another one is asked for."""
    return day_of(asking.word("today")) or eastern_day(datetime.now(UTC))


def _too_many(asking: Asking) -> bool:
    """Whether a question about everybody would take longer than anybody waits."""
    return stats(asking.ledger).filings > _MOST_JUDGED


def search(asking: Asking) -> Page:
    """Whom a word names: people, and companies; those of nearly that name where it names none."""
    asked = asking.word("q")
    more = {"asked": asked or ""}
    if asked is None:
        return Page("Search", more=more, template="search.html", bounded=())
    who, where = _people(asking, asked), _companies(asking, asked)
    sections = [Section("People", who), Section("Companies", where)]
    return Page("Search", sections, more=more, template="search.html", bounded=())


def _named(asking: Asking, way: str, found: Callable[[], Iterable[Name]]) -> Markup:
    """Ways to whom a word names: to all whom it may mean, or what to look for where it is nobody."""
    said = ""
    try:
        parties = [*found()]
    except AmbiguousReference as several:
        parties = [_candidate(one) for one in several.candidates]
    except UnknownReference as none:
        parties = [_candidate(one) for one in none.candidates]
        near = "the nearest here:" if parties else f"{none.remedy}."
        said = " ".join(f"{one[:1].upper()}{one[1:]}" for one in (f"{none.what}.", near))
    told = asking.plain([Paragraph(said)])
    if not parties:
        return told
    return told + asking.ways((name(one), asking.moment.to(way, slug(one))) for one in parties)


def _people(asking: Asking, asked: str) -> Markup:
    told = lambda: (one.person for one in asked_people(asking.ledger, person=asked).people)  # noqa: E731
    return _named(asking, "people", told)


def _companies(asking: Asking, asked: str) -> Markup:
    told = lambda: (one.issuer for one in asked_issuers(asking.ledger, issuer=asked).issuers)  # noqa: E731
    return _named(asking, "issuers", told)


def _candidate(text: str) -> Name:
    """One of several that a word names, as they are listed: its CIK before its name."""
    cik, _, rest = text.partition(" ")
    return {"cik": cik, "name": rest} if normal_cik(cik) else {"cik": None, "name": text}
