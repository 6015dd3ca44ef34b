"""Who may ask, and what a browser may do with the answer: checked before any page is made.

Whatever is asked, the Host must be one of those served, which stops names that are bound to this
machine by somebody else (DNS rebinding); a password or a proxy's header is asked for where others
may reach us; a POST must come from a page of ours, with its token, and be no larger than a document
may be. No answer runs code, loads anything from elsewhere, or is shown inside another page.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ledger.readers.limits import SIZE_LIMIT

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Names under which nobody but this machine reaches us."""

LARGEST = SIZE_LIMIT + 64 * 1024
"""Bytes of a POST: one document, and what a form has around it."""

SAFE = frozenset({"GET", "HEAD"})
_HERE = frozenset({"same-origin", "none"})


@dataclass(frozen=True)
class Rules:
    """Who may ask: under which hosts, and with what to show for it.

    `proxy` names a header that a proxy in front of us sets to who somebody is. `style` is the hash,
    as `sha256-...`, of the one style sheet that stands within pages, that of charts.
    """

    hosts: frozenset[str] = frozenset(LOOPBACK)
    password: str | None = None
    proxy: str | None = None
    style: str = ""
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    @property
    def names(self) -> bool:
        """Whether whoever asks says who they are."""
        return self.proxy is not None or self.password is not None

    def token(self, who: str) -> str:
        """What a form of ours carries, so that nobody else's form is taken for it."""
        return hmac.new(self.secret, who.encode(), sha256).hexdigest()

    @property
    def headers(self) -> Mapping[str, str]:
        """What every answer forbids a browser."""
        styles = " ".join(filter(None, ("'self'", self.style and f"'{self.style}'")))
        policy = (
            f"default-src 'none'; style-src {styles}; img-src 'self'; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )
        return {
            "content-security-policy": policy,
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "no-store",
        }


class TooLarge(Exception):
    """A POST brings more than a document may have."""


class Guard:
    """What stands between the network and the pages."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(dict(self._rules.headers))
            await send(message)

        headers = Headers(scope=scope)
        scope["who"] = self._who(headers)
        refusal = self._refused(scope["method"], headers, scope["who"])
        if refusal is not None:
            await refusal(scope, receive, sealed)
            return
        try:
            await self._app(scope, _measured(receive), sealed)
        except TooLarge:
            await _told(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "No document is that large.")(
                scope, receive, sealed
            )

    def _refused(self, method: str, headers: Headers, who: str | None) -> Response | None:
        host = headers.getlist("host")
        if len(host) != 1 or _bare(host[0]) not in self._rules.hosts:
            return _told(HTTPStatus.BAD_REQUEST, "This ledger is not served under that host.")
        if who is None and self._rules.proxy:
            return _told(HTTPStatus.FORBIDDEN, "Come through the proxy that says who you are.")
        if who is None:
            ask = {"www-authenticate": 'Basic realm="ledger", charset="UTF-8"'}
            return _told(HTTPStatus.UNAUTHORIZED, "This ledger asks for a password.", ask)
        if method in SAFE:
            return None
        if method != "POST":
            return _told(HTTPStatus.METHOD_NOT_ALLOWED, "That is not asked here.")
        if not _from_here(headers, host[0]):
            return _told(HTTPStatus.FORBIDDEN, "That was sent by a page from elsewhere.")
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdigit() and int(length) > LARGEST:
            return _told(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "No document is that large.")
        return None

    def _who(self, headers: Headers) -> str | None:
        """Who asks; "" where nobody need say, None where somebody should and did not."""
        if self._rules.proxy:
            named = headers.getlist(self._rules.proxy)
            return named[0] if len(named) == 1 and named[0].strip() else None
        if self._rules.password is None:
            return ""
        scheme, _, given = headers.get("authorization", "").partition(" ")
        try:
            user, _, password = base64.b64decode(given, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        right = hmac.compare_digest(password.encode(), self._rules.password.encode())
        return user if scheme.lower() == "basic" and right else None


def token_fits(request: Request, rules: Rules, given: object) -> bool:
    """Whether a form's token is the one that we gave to whoever asks."""
    right = rules.token(request.scope["who"])
    return isinstance(given, str) and hmac.compare_digest(given.encode(), right.encode())


def _from_here(headers: Headers, host: str) -> bool:
    """Whether a browser says that a request comes from one of our own pages."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in _HERE
    return origin is None or origin.partition("://")[2] == host


def _bare(host: str) -> str:
    """A Host without its port, as names are compared."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _measured(receive: Receive) -> Receive:
    """What is received, as long as it is no more than a document may have."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise TooLarge
        return message

    return counted


def _told(
    status: HTTPStatus, words: str, headers: Mapping[str, str] | None = None
) -> PlainTextResponse:
    return PlainTextResponse(f"{words}\n", status, headers)
