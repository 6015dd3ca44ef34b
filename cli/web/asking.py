"""What a request asks, of which ledger; and how answers are made ready, which is not ours to say."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypedDict

from markupsafe import Markup
from starlette.requests import Request

from cli.reports.blocks import Block
from cli.reports.report import Report
from cli.terminal import safe_text
from cli.web.markup import Asked, Drawn, Moment
from ledger import Ledger
from ledger.errors import StoreUnavailable, UsageError
from projections.answers import (
    Check,
    Diff,
    History,
    Holdings,
    Name,
    Reconciliation,
    Stats,
    Story,
)

_LONGEST = 300
"""Characters of what is asked for by name: no name is as long."""

_AT_ONCE = 4
"""Requests that are answered at the same time."""

_PATIENCE = 10
"""Seconds that a request waits for its turn."""


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
    filing: Callable[[Ledger, str], Report]
    history: Callable[[History], Report]
    holdings: Callable[[Ledger, Holdings], Report]
    reconcile: Callable[[Ledger, Reconciliation], Report]
    stats: Callable[[Stats], Report]


class Ledgers:
    """The ledger, opened as often as requests are answered at once, each time when it is needed."""

    def __init__(self, opened: Callable[[], Ledger]) -> None:
        self._opened = opened
        self._free: queue.LifoQueue[Ledger | None] = queue.LifoQueue()
        for _ in range(_AT_ONCE):
            self._free.put(None)

    @contextmanager
    def lent(self) -> Iterator[Ledger]:
        """A ledger for one request.

        Raises:
            StoreUnavailable: Too many ask at once, or it cannot be opened.
        """
        try:
            ledger = self._free.get(timeout=_PATIENCE)
        except queue.Empty:
            raise StoreUnavailable("too many ask at once", remedy="ask again") from None
        try:
            ledger = ledger or self._opened()
            yield ledger
        finally:
            self._free.put(ledger)

    def close(self) -> None:
        """Close what is not lent."""
        while not self._free.empty():
            ledger = self._free.get_nowait()
            if ledger is not None:
                ledger.close()


class Asking:
    """A request with the ledger that answers it."""

    def __init__(self, request: Request, ledger: Ledger, shown: Shown, *, writes: bool) -> None:
        self.request, self.ledger, self.shown, self.writes = request, ledger, shown, writes
        self.moment = Moment(self.word("as_of") or "", self.word("known_at") or "")

    def word(self, key: str) -> str | None:
        """What is asked under a name, in the path or the query; None where nothing is.

        Raises:
            UsageError: It is too long to be anything.
        """
        text = str(self.request.path_params.get(key) or self.request.query_params.get(key) or "")
        if len(text) > _LONGEST:
            raise UsageError(f"{key} is too long", remedy="give a CIK, a name or a day")
        return text.strip() or None

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

    def drawn(self, report: Report, findings: Iterable[str] = ()) -> Drawn:
        """What draws the blocks of a report, its filings and findings, and more of these, as links."""
        named = _findings(report.document) | set(findings)
        return Drawn(self.moment, named, [*report.addresses().values()])

    def ways(self, some: Iterable[tuple[str, str]]) -> Markup:
        """A list of links: what each is called, and where it leads."""
        each = Markup("").join(_WAY.format(to, safe_text(called)) for called, to in some)
        return Markup("<ul>\n{}</ul>\n").format(each)

    def plain(self, blocks: Iterable[Block], findings: Iterable[str] = ()) -> Markup:
        """The markup of blocks of our own, with these findings as links."""
        return Drawn(self.moment, set(findings))(blocks)


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
    elif isinstance(value, list | tuple):
        for inner in value:
            found |= _findings(inner)
    return found


def _ids(value: object) -> set[str]:
    each = value if isinstance(value, list | tuple) else ()
    return {one["id"] if isinstance(one, dict) else str(one) for one in each}
