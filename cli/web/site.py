"""The site: which address is which page, and what is said where there is none."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cli.web import downloads, drafts, lists, pages, queries, reviews
from cli.web.asking import CLOCKS, Asking, Ledgers, Shown
from cli.web.guard import SAFE, Guard, Rules
from cli.web.markup import Moment
from cli.web.parts import Page
from cli.web.turns import PATIENCE, Crowded, Gone, Turns
from ledger import Ledger, __version__
from ledger.errors import (
    AmbiguousReference,
    IntegrityFailure,
    LedgerError,
    NothingReadable,
    StoreUnavailable,
    UnknownReference,
    UsageError,
)
from projections import chart
from projections.answers import History
from projections.views.catching_up import steady

_log = logging.getLogger(__name__)

Handler = Callable[[Asking], Page | Response]

_MENU = (
    ("What is here", ()),
    ("Search", ("search",)),
    ("People", ("people",)),
    ("Companies", ("issuers",)),
    ("Findings", ("findings",)),
    ("Due", ("due",)),
    ("Changes", ("changes",)),
    ("SQL", ("sql",)),
    ("Check a draft", ("check",)),
)
_STATUS: tuple[tuple[type[LedgerError], int], ...] = (
    (UnknownReference, 404),
    (AmbiguousReference, 404),
    (UsageError, 400),
    (NothingReadable, 422),
    (StoreUnavailable, 503),
)
_ALTERED = (
    "The stored log, or what is kept beside it, is not what was written: it was altered, or the file "
    "is damaged. No figure of it is shown. Run `ledger verify`, which says where."
)
_MISTAKE = (
    "That was a mistake in this program, not in your data. Nothing recorded is lost. What happened "
    "is told where `ledger web` was started."
)
_CROWDED = (
    f"So many pages are asked for that this one had to wait more than {PATIENCE} seconds. Ask again "
    "in a minute."
)
_GONE = 499
"""What nobody is left to see, by the number that proxies write down for it."""

_AGAIN = "60"
"""Seconds after which what is not to be had now may be asked for again."""


def style_of_charts() -> str:
    """The hash of the style sheet that every chart brings, as a Content-Security-Policy names it."""
    style = chart(History(None, ())).partition("<style>")[2].partition("</style>")[0]
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def site(
    opened: Callable[[], Ledger], shown: Shown, rules: Rules, reviewer: str | None = None
) -> Starlette:
    """The pages of a ledger, as an ASGI application.

    Args:
        opened: Opens the ledger, once for each request that is answered at the same time.
        shown: How each answer is made ready.
        rules: Who may ask.
        reviewer: Who reviews findings where a request does not say who asks; None where nothing
            is written.
    """
    ledgers = Ledgers(opened)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        ledgers.close()

    made = Starlette(
        routes=_routes(_Answering(ledgers, shown, reviewer)),
        middleware=[Middleware(Guard, rules=rules)],
        exception_handlers={HTTPException: _missing},
        lifespan=lifespan,
    )
    made.state.rules, made.state.kinds = rules, downloads.kinds()
    return made


_WHOM = ("person", "issuer")


def _routes(answering: _Answering) -> list[Route | Mount]:
    get, post = answering.asked, answering.sent
    static = Path(str(files("cli.web") / "static"))
    return [
        get("/", lists.home),
        get("/search", lists.search, ("q",)),
        get("/people", lists.people, ("issuer", "after")),
        get("/issuers", lists.issuers, ("person", "after")),
        get("/due", lists.due, (*_WHOM, "within", "today")),
        get("/findings", lists.findings, ("severity", "kind", "status", "after")),
        get("/findings/{finding}", pages.finding),
        *([post("/findings/{finding}", reviews.said)] if answering.writes else []),
        get("/people/{person}", pages.person, ("after",)),
        get("/people/{person}/at/{issuer}", pages.together, ("lines", "findings")),
        get("/issuers/{issuer}", pages.issuer, ("after", "findings")),
        get("/people/{person}/over-time", pages.over_time, ("after", "filings")),
        get("/issuers/{issuer}/over-time", pages.over_time, ("after", "filings")),
        get("/filings/{filing}", pages.filing),
        get("/filings/{filing}/told", pages.told),
        get("/filings/{filing}/told/{row}", pages.told),
        get("/changes", pages.changes, (*_WHOM, "from", "to")),
        get("/sql", queries.page, ("sql",)),
        get("/check", drafts.form),
        post("/check", drafts.judged),
        get("/tables/{table}", downloads.table, downloads.KEYS, whole=True),
        get("/chart.svg", downloads.chart, _WHOM, whole=True),
        get("/charts/{chart}.svg", downloads.chart_of, _WHOM, whole=True),
        Mount("/static", StaticFiles(directory=static)),
    ]


class _Answering:
    """Answers requests, each with a ledger of its own; whatever goes wrong is a page too."""

    def __init__(self, ledgers: Ledgers, shown: Shown, reviewer: str | None) -> None:
        self._ledgers, self._shown, self._reviewer = ledgers, shown, reviewer
        self._turns = Turns()

    @property
    def writes(self) -> bool:
        """Whether findings can be reviewed."""
        return self._reviewer is not None

    def asked(
        self, path: str, handler: Handler, keys: Sequence[str] = (), *, whole: bool = False
    ) -> Route:
        """An address that is asked, and what more it may be asked by name.

        `whole` where nothing that is recorded may be missing, as no page says there that it is.
        """

        async def endpoint(request: Request) -> Response:
            return await self._in_turn(request, handler, keys, whole)

        return Route(path, endpoint, methods=["GET"])

    def sent(self, path: str, handler: Callable[[Asking, FormData], Page | Response]) -> Route:
        """An address to which a form is sent."""

        async def endpoint(request: Request) -> Response:
            async with request.form(max_files=1, max_fields=4) as form:
                given: Handler = lambda asking: handler(asking, form)  # noqa: E731
                return await self._in_turn(request, given)

        return Route(path, endpoint, methods=["POST"])

    async def _in_turn(
        self, request: Request, handler: Handler, keys: Sequence[str] = (), whole: bool = False
    ) -> Response:
        """What a request is answered with, when those before it were."""
        try:
            async with self._turns.taken(request):
                return await run_in_threadpool(self._page, request, handler, keys, whole)
        except Crowded:
            return _error(request, 503, "Too many ask at once", _CROWDED)
        except Gone:
            return Response(status_code=_GONE)

    def _page(
        self, request: Request, handler: Handler, keys: Sequence[str], whole: bool
    ) -> Response:
        """What a request is answered with; all that is asked for it is asked of one moment."""
        try:
            with self._ledgers.lent() as ledger:
                asking = Asking(request, ledger, self._shown, keys, self._reviewer)
                if request.method not in SAFE:
                    return _answered(request, handler(asking))
                return self._steadily(asking, handler, whole)
        except IntegrityFailure as error:
            _log.error("%s", error)
            return _error(request, 500, "The log does not hold", _ALTERED)
        except LedgerError as error:
            status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
            told = f"{error.what[:1].upper()}{error.what[1:]}."
            timed = any(request.query_params.get(key) for key in CLOCKS)
            return _error(request, status, "That has no answer", told, error.remedy, timed=timed)
        except Exception:  # noqa: BLE001  (the last resort: a page, and what happened on the log)
            _log.exception("%s", request.url.path)
            return _error(request, 500, "A mistake", _MISTAKE)

    def _steadily(self, asking: Asking, handler: Handler, whole: bool) -> Response:
        """A page of one moment; of all that is recorded where what is a little older has no such thing."""
        memory = self._ledgers.memory
        with steady(asking.ledger, memory, whole=whole) as moment:
            try:
                return _answered(asking.request, handler(asking), moment.behind)
            except (UnknownReference, AmbiguousReference):
                if not moment.behind:
                    raise
        with steady(asking.ledger, memory, whole=True):
            return _answered(asking.request, handler(asking))


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        words = "Nothing is written here: whoever started these pages did not allow it."
        return _error(request, status, "Only to be read", words)
    return _error(request, status, "No such page", "There is no page under this address.")


def _answered(request: Request, answer: Page | Response, behind: int = 0) -> Response:
    return answer if isinstance(answer, Response) else _page(request, answer, behind)


_TURNS = ("after", "filings", "findings", "lines")
"""What an address passes over of a long list: other days begin it anew."""


def _error(
    request: Request, status: int, title: str, words: str, remedy: str = "", *, timed: bool = False
) -> Response:
    """A page that says why there is none; by `timed` with the days that were asked for, to be put right."""
    advice = escape(f"{remedy[:1].upper()}{remedy[1:]}." if remedy else "")
    for command, way in _LISTS.items():
        advice = advice.replace(f"`{command}`", way)
    more = {"words": words, "remedy": advice}
    page = Page(title, more=more, template="error.html", status=status, timed=timed)
    answer = _page(request, page)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["retry-after"] = _AGAIN
    return answer


def _page(request: Request, page: Page, behind: int = 0) -> Response:
    asked = request.query_params
    moment = Moment(asked.get("as_of", "")[:40], asked.get("known_at", "")[:40])
    here = [(key, value) for key, value in asked.items() if key not in (*CLOCKS, *_TURNS)]
    kept = [(key, value) for key, value in zip(CLOCKS, moment, strict=True) if value]
    context: dict[str, Any] = {
        "page": page,
        "moment": moment,
        "menu": [(said, moment.to(*path)) for said, path in _MENU],
        "here": here,
        "days": "" if page.template == "error.html" else _days(moment, page),
        "behind": behind,
        "clocks": Markup("\n").join(_HIDDEN.format(*one) for one in kept),
        "path": request.url.path,
        "version": __version__,
        **page.more,
    }
    return HTMLResponse(_templates().get_template(page.template).render(context), page.status)


_LISTS = {
    "ledger people": Markup('<a href="/people">People</a>'),
    "ledger issuers": Markup('<a href="/issuers">Companies</a>'),
}
"""Commands that a remedy names, and the pages that answer the same."""

_HIDDEN = Markup('<input type="hidden" name="{}" value="{}">')


def _days(moment: Moment, page: Page) -> str:
    """By which days a page is bounded, and by which of those asked for it is not."""
    said = {
        "as_of": f"As of {moment.as_of}.",
        "known_at": f"With only what was public by {moment.known_at}.",
    }
    asked = [key for key, value in zip(CLOCKS, moment, strict=True) if value]
    told = [said[key] for key in asked if key in page.bounded]
    beyond = [
        value
        for key, value in zip(CLOCKS, moment, strict=True)
        if key in asked and key not in page.bounded
    ]
    if beyond:
        told.append(f"Not bounded by {' or '.join(beyond)}, which the pages behind it keep.")
    return " ".join(told)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("cli.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
