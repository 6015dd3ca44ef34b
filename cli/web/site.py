"""The site: which address is which page, and what is said where there is none."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cli.web import downloads, drafts, pages
from cli.web.asking import Asking, Ledgers, Shown
from cli.web.guard import Guard, Rules
from cli.web.markup import Moment
from cli.web.pages import Page
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

_log = logging.getLogger(__name__)

Handler = Callable[[Asking], Page | Response]

_MENU = (
    ("What is here", ()),
    ("Search", ("search",)),
    ("Findings", ("findings",)),
    ("Changes", ("changes",)),
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


def style_of_charts() -> str:
    """The hash of the style sheet that every chart brings, as a Content-Security-Policy names it."""
    style = chart(History(None, ())).partition("<style>")[2].partition("</style>")[0]
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def site(opened: Callable[[], Ledger], shown: Shown, rules: Rules) -> Starlette:
    """The pages of a ledger, as an ASGI application.

    Args:
        opened: Opens the ledger, once for each request that is answered at the same time.
        shown: How each answer is made ready.
        rules: Who may ask.
    """
    ledgers = Ledgers(opened)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        ledgers.close()

    made = Starlette(
        routes=_routes(ledgers, shown),
        middleware=[Middleware(Guard, rules=rules)],
        exception_handlers={HTTPException: _missing},
        lifespan=lifespan,
    )
    made.state.rules, made.state.kinds = rules, downloads.kinds()
    return made


def _routes(ledgers: Ledgers, shown: Shown) -> list[Route | Mount]:
    def get(path: str, handler: Handler) -> Route:
        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(_answer, request, ledgers, shown, handler)

        return Route(path, endpoint, methods=["GET"])

    async def sent(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=4) as form:
            handler: Handler = lambda asking: drafts.judged(asking, form)  # noqa: E731
            return await run_in_threadpool(_answer, request, ledgers, shown, handler)

    static = Path(str(files("cli.web") / "static"))
    return [
        get("/", pages.home),
        get("/search", pages.search),
        get("/findings", pages.findings),
        get("/findings/{finding}", pages.finding),
        get("/people/{person}", pages.person),
        get("/people/{person}/at/{issuer}", pages.together),
        get("/issuers/{issuer}", pages.issuer),
        get("/filings/{filing}", pages.filing),
        get("/filings/{filing}/told", pages.told),
        get("/filings/{filing}/told/{row}", pages.told),
        get("/changes", pages.changes),
        get("/check", drafts.form),
        Route("/check", sent, methods=["POST"]),
        get("/tables/{table}", downloads.table),
        get("/chart.svg", downloads.chart),
        Mount("/static", StaticFiles(directory=static)),
    ]


def _answer(request: Request, ledgers: Ledgers, shown: Shown, handler: Handler) -> Response:
    """The page that a request is answered with; whatever goes wrong is a page too."""
    try:
        with ledgers.lent() as ledger:
            answer = handler(Asking(request, ledger, shown, writes=False))
            return answer if isinstance(answer, Response) else _page(request, answer)
    except IntegrityFailure as error:
        _log.error("%s", error)
        return _error(request, 500, "The log does not hold", _ALTERED)
    except LedgerError as error:
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
        told = f"{error.what[:1].upper()}{error.what[1:]}."
        return _error(request, status, "That has no answer", told, error.remedy)
    except Exception:  # noqa: BLE001  (the last resort: a page, and what happened on the log)
        _log.exception("%s", request.url.path)
        return _error(request, 500, "A mistake", _MISTAKE)


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _error(request, status, "No such page", "There is no page under this address.")


def _error(request: Request, status: int, title: str, words: str, remedy: str = "") -> Response:
    more = {"words": words, "remedy": remedy}
    return _page(request, Page(title, more=more, template="error.html", status=status))


def _page(request: Request, page: Page) -> Response:
    asked = request.query_params
    moment = Moment(asked.get("as_of", "")[:40], asked.get("known_at", "")[:40])
    here = [(key, value) for key, value in asked.items() if key not in ("as_of", "known_at")]
    context: dict[str, Any] = {
        "page": page,
        "moment": moment,
        "menu": [(said, moment.to(*path)) for said, path in _MENU],
        "here": here,
        "path": request.url.path,
        "version": __version__,
        **page.more,
    }
    return HTMLResponse(_templates().get_template(page.template).render(context), page.status)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("cli.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
