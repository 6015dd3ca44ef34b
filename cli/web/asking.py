"""What a request asks, of which ledger; and how answers are made ready, which is not ours to say."""

from __future__ import annotations

import queue
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NamedTuple, TypedDict

from markupsafe import Markup
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request

from cli.reports.blocks import Block
from cli.reports.report import Report
from cli.terminal import safe_text
from cli.web.guard import Rules, token_fits
from cli.web.markup import Asked, Drawn, Moment
from ledger import Ledger
from ledger.errors import UsageError
from projections.answers import (
    Diff,
    History,
    Holdings,
    Name,
    Stakes,
    Story,
)
from projections.desk import Check, Due
from projections.questions.subject import day_of, moment_of
from projections.registers import FiledOnes, Issuers, People, Stats
from projections.views.memory import Memory

_LONGEST = 300
"""Characters of what is asked for by name: no name is as long."""

_DIGITS = 10
"""A whole number that is asked for has fewer."""


class Whom(TypedDict):
    """Whom a question is about."""

    person: str | None
    issuer: str | None


class Known(TypedDict):
    """By when something had to be public to count."""

    known_at: str | None


class Shown(NamedTuple):
    """How each answer is made ready to be shown: as the command does it that gives it."""

    check: Callable[[Ledger, Check], Report]
    diff: Callable[[Ledger, Diff], Report]
    explain: Callable[[Ledger, Story], Report]
    filed: Callable[[FiledOnes], Report]
    filing: Callable[[Ledger, str], Report]
    history: Callable[[History], Report]
    holdings: Callable[[Ledger, Holdings], Report]
    reconcile: Callable[..., Report]
    stakes: Callable[[Stakes], Report]
    stats: Callable[[Stats], Report]
    people: Callable[[People], Report]
    issuers: Callable[[Issuers], Report]
    due: Callable[[Due], Report]
    severities: Mapping[str, str]


class Ledgers:
    """The ledger, opened as often as requests are answered at once, each time when it is needed."""

    def __init__(self, opened: Callable[[], Ledger]) -> None:
        self._opened = opened
        self.memory = Memory()
        self._free: queue.LifoQueue[Ledger] = queue.LifoQueue()

    @contextmanager
    def lent(self) -> Iterator[Ledger]:
        """A ledger for one request: one that was open, or another one.

        Raises:
            StoreUnavailable: It cannot be opened.
        """
        try:
            ledger = self._free.get_nowait()
        except queue.Empty:
            ledger = self._opened()
        try:
            yield ledger
        finally:
            self._free.put(ledger)

    def close(self) -> None:
        """Close what is not lent."""
        while not self._free.empty():
            self._free.get_nowait().close()


CLOCKS = ("as_of", "known_at")
"""What every address may ask: the day of which, and by when it had to be public."""


class Asking:
    """A request with the ledger that answers it.

    Args:
        request: What is asked.
        ledger: What answers it.
        shown: How each answer is made ready.
        keys: What the address may ask besides the two clocks.
        reviewer: Who reviews findings where a request does not say who asks; None where nothing
            is written.

    Raises:
        UsageError: Something is asked that this address does not answer, twice, or no day.
    """

    def __init__(
        self,
        request: Request,
        ledger: Ledger,
        shown: Shown,
        keys: Sequence[str] = (),
        reviewer: str | None = None,
    ) -> None:
        self.request, self.ledger, self.shown = request, ledger, shown
        self._reviewer = reviewer
        _require_known(request.query_params, (*keys, *CLOCKS))
        self.moment = Moment(self.word("as_of") or "", self.word("known_at") or "")
        day_of(self.day)
        moment_of(self.moment.known_at or None)

    @property
    def writes(self) -> bool:
        """Whether findings can be reviewed here."""
        return self._reviewer is not None

    @property
    def by(self) -> str:
        """Who asks, as their name stands on a review; "" where it is not known."""
        named: str = self.request.scope["who"]
        rules: Rules = self.request.app.state.rules
        return named.strip() if rules.names else self._reviewer or ""

    @property
    def token(self) -> str:
        """What a form on a page for whoever asks carries."""
        rules: Rules = self.request.app.state.rules
        return rules.token(self.request.scope["who"])

    def require_ours(self, sent: FormData) -> None:
        """Refuse a form that we did not give to whoever asks.

        Raises:
            UsageError: It bears no token, or that of somebody else or of another start.
        """
        if not token_fits(self.request, self.request.app.state.rules, sent.get("token")):
            raise UsageError(
                "that form is out of date", remedy="open the page again and send it anew"
            )

    def word(self, key: str) -> str | None:
        """What is asked under a name, in the path or the query; None where nothing is.

        Raises:
            UsageError: It is too long to be anything.
        """
        text = str(self.request.path_params.get(key) or self.request.query_params.get(key) or "")
        if len(text) > _LONGEST:
            raise UsageError(f"{key} is too long", remedy="give a CIK, a name or a day")
        return text.strip() or None

    def number(self, key: str) -> int:
        """A whole number that is asked for under a name, 0 where none is.

        Raises:
            UsageError: It is no whole number.
        """
        text = self.word(key)
        if text is None:
            return 0
        if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
            raise UsageError(f"{key} is no whole number: {text!r}", remedy="write it in digits")
        return int(text)

    @property
    def whom(self) -> Whom:
        """Whom it is about, as questions take it."""
        return {"person": self.word("person"), "issuer": self.word("issuer")}

    @property
    def day(self) -> str | None:
        """The day of which it asks, None for the latest."""
        return self.moment.as_of or None

    @property
    def known(self) -> Known:
        """By when something had to be public, as questions take it."""
        return {"known_at": self.moment.known_at or None}

    def asked(self, **more: str | None) -> Asked:
        """Whom it is about, and what more, as an address asks for it."""
        return {"person": self.word("person"), "issuer": self.word("issuer"), **more}

    def drawn(
        self,
        report: Report,
        findings: Iterable[str] = (),
        leads: Mapping[str, str] = MappingProxyType({}),
    ) -> Drawn:
        """What draws the blocks of a report, with its filings, its findings, and more, as links.

        Args:
            report: What is drawn.
            findings: More findings that are named in it.
            leads: Texts of cells that lead somewhere, with the addresses.
        """
        named = _findings(report.document) | set(findings)
        addresses = {address: address for address in report.addresses().values()}
        return Drawn(self.moment, named, addresses | dict(leads))

    def ways(self, some: Iterable[tuple[str, str]]) -> Markup:
        """A list of links: what each is called, and where it leads."""
        each = Markup("").join(_WAY.format(to, safe_text(called)) for called, to in some)
        return Markup("<ul>\n{}</ul>\n").format(each)

    def plain(self, blocks: Iterable[Block], findings: Iterable[str] = ()) -> Markup:
        """The markup of blocks of our own, with these findings as links."""
        return Drawn(self.moment, set(findings))(blocks)


def _require_known(query: QueryParams, keys: Sequence[str]) -> None:
    """Refuse what no page here would answer, before it is taken for answered.

    Raises:
        UsageError: A name is none of these, or is there twice.
    """
    asked = [key for key, _ in query.multi_items()]
    for key in asked:
        if key not in keys:
            raise UsageError(
                f"nothing is asked here by {key[:40]!r}", remedy=f"this page asks {', '.join(keys)}"
            )
        if asked.count(key) > 1:
            raise UsageError(f"{key} is asked twice", remedy="ask it once")


_WAY = Markup('<li><a href="{}">{}</a></li>\n')


def slug(party: Name | None) -> str:
    """What names a person or a company in an address: its CIK, or its name where it has none."""
    return (party or {}).get("cik") or (party or {}).get("name") or ""


def _findings(value: object) -> set[str]:
    """The ids of all findings in a part of a document."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            found |= _ids(inner) if key in ("findings", "elsewhere") else set()
            if key in ("finding", "ref") and isinstance(inner, str):
                found.add(inner)
            found |= _findings(inner)
    for inner in _members(value):
        found |= _findings(inner)
    return found


def _ids(value: object) -> set[str]:
    return {one["id"] if isinstance(one, dict) else str(one) for one in _members(value)}


def _members(value: object) -> Collection[Any]:
    """What a list of a document has, whether it is held or made as it is looked through."""
    return value if isinstance(value, Collection) and not isinstance(value, str | dict) else ()
