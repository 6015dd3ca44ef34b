"""How EDGAR is asked: who asks is said, politely often, and only of hosts that are EDGAR's.

Nothing that is half there passes for a whole: a body has an end that its reader knows, and
one that ends early is asked for again.
"""

from __future__ import annotations

import email.utils
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from itertools import count
from time import monotonic
from types import ModuleType, TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urlsplit

from ledger.edgar.pace import Pace, place
from ledger.errors import EdgarRefused, EdgarSilent, UsageError
from ledger.extras import install
from ledger.readers.limits import SIZE_LIMIT, TOO_LARGE
from ledger.version import __version__

if TYPE_CHECKING:
    import httpx2

HOSTS = ("www.sec.gov", "data.sec.gov")
"""Where EDGAR's archives and lists are. Nobody else is asked, unless a mirror is named."""

_FIRST_TRIES = 2
"""How often a connection is tried while nothing at all has answered: whoever is off the
network shall not wait for all the tries that a busy server is given."""

_MOVES = 5
"""Redirects that are followed."""

_BUSY = (429, 503)
"""Statuses by which a server speaks of itself, not of what was asked for."""

_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+")
_log = logging.getLogger(__name__)


class Manners(NamedTuple):
    """How patiently is asked: how often, and how long is waited.

    `longest` is how long EDGAR may ask to be left alone before the run ends instead;
    `whole_within` is how long a body may take to come, however steadily it drips.
    """

    tries: int
    first_wait: timedelta
    most_wait: timedelta
    connect_within: timedelta
    answer_within: timedelta
    longest: timedelta
    whole_within: timedelta


PATIENT = Manners(
    tries=5,
    first_wait=timedelta(seconds=1),
    most_wait=timedelta(seconds=30),
    connect_within=timedelta(seconds=5),
    answer_within=timedelta(seconds=30),
    longest=timedelta(minutes=2),
    whole_within=timedelta(minutes=5),
)
"""How EDGAR is asked."""


class Validators(NamedTuple):
    """What a server said of the body that is here, to ask whether there is a newer one."""

    etag: str = ""
    modified: str = ""


class Answer(NamedTuple):
    """What came: a body, or word that the one here is still right, or that there is none."""

    body: bytes | None
    unchanged: bool = False
    validators: Validators = Validators()

    @property
    def missing(self) -> bool:
        """Whether EDGAR has nothing there."""
        return self.body is None and not self.unchanged


class Unusable(Exception):
    """A body that is not what was asked for, after every try: cut short, too large, of another."""


class _Again(Exception):
    """An answer that may be better next time; `after` is how long the server asks to wait.

    `busy` is whether the server says so of itself, whatever is asked for.
    """

    def __init__(self, why: str, after: timedelta = timedelta(0), *, busy: bool = False) -> None:
        super().__init__(why)
        self.after, self.busy = after, busy


class Client:
    """Asks EDGAR, or a mirror of it.

    Args:
        contact: A name and a mail address, which the SEC asks of everyone.
        mirror: An address that stands for both of EDGAR's hosts; "" for EDGAR itself.
        manners: How patiently.
        pace: Whose turn it is.

    Raises:
        UsageError: No contact that one could write to, or a mirror that is no address.
    """

    def __init__(
        self,
        contact: str,
        *,
        mirror: str = "",
        manners: Manners = PATIENT,
        pace: Pace | None = None,
    ) -> None:
        self.requests = 0
        self._reached = False
        self._manners = manners
        self._pace = pace or Pace(place())
        self._mirror = mirror.rstrip("/")
        self._hosts = frozenset(_hosts(self._mirror))
        self._library = _library()
        self._http = self._library.Client(
            headers={"User-Agent": f"ownership-ledger/{__version__} {checked(contact)}"},
            timeout=self._library.Timeout(
                manners.answer_within.total_seconds(),
                connect=manners.connect_within.total_seconds(),
            ),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(
        self,
        host: str,
        path: str,
        *,
        fault: Callable[[bytes], str],
        validators: Validators = Validators(),  # noqa: B008 - an immutable record
        limit: int = SIZE_LIMIT,
    ) -> Answer:
        """What stands at a path of one of EDGAR's hosts.

        Args:
            host: One of `HOSTS`.
            path: From the root, with its query.
            fault: Why a body is not what was asked for, or ""; such a body is asked for again.
            validators: Of the body that is here already.
            limit: Bytes that a body may have, unpacked.

        Raises:
            Unusable: What comes is not what was asked for, however often.
            EdgarRefused: EDGAR does not let us ask, or asks us to stay away for long.
            EdgarSilent: Nothing answers, or not in time, or all is too busy, however often.
        """
        url = f"{self._mirror or f'https://{host}'}{path}"
        try:
            for attempt in self._tries():
                with attempt:
                    return self._once(url, fault, validators, limit)
        except _Again as last:
            if not last.busy:
                raise Unusable(str(last)) from last
            raise EdgarSilent(
                f"EDGAR is too busy to answer ({last})",
                where=url,
                remedy="run it again later: it goes on from here",
            ) from last
        except self._library.TransportError as error:
            told = f"({type(error).__name__}: {error or 'nothing more is known'})"
            host = urlsplit(url).netloc
            raise EdgarSilent(
                f"no answer {told}" if self._reached else f"{host} cannot be reached {told}",
                where=url,
                remedy="look at the network, and run it again: it goes on from here",
            ) from error
        raise AssertionError("a try ends with an answer or an error")  # pragma: no cover

    def _tries(self) -> Iterable[AbstractContextManager[object]]:
        import stamina  # noqa: PLC0415  (the extra `edgar`)
        from stamina.instrumentation import set_on_retry_hooks  # noqa: PLC0415

        set_on_retry_hooks([])  # what was tried again is told by us, not by the library
        manners = self._manners
        unreached = (self._library.ConnectError, self._library.ConnectTimeout)
        connections = count(1)

        def again(error: Exception) -> timedelta | bool:
            if isinstance(error, _Again):
                return error.after or True
            if isinstance(error, unreached) and not self._reached:
                return next(connections) < _FIRST_TRIES
            return isinstance(error, self._library.TransportError)

        return stamina.retry_context(
            on=again,
            attempts=manners.tries,
            timeout=None,
            wait_initial=manners.first_wait,
            wait_max=manners.most_wait,
            wait_jitter=manners.first_wait,
        )

    def _once(
        self, url: str, fault: Callable[[bytes], str], validators: Validators, limit: int
    ) -> Answer:
        asked = {"If-None-Match": validators.etag, "If-Modified-Since": validators.modified}
        headers = {name: value for name, value in asked.items() if value}
        with self._settled(url, headers) as answer:
            if answer.status_code == 304 and headers:
                return Answer(None, unchanged=True, validators=validators)
            if answer.status_code in (404, 410):
                return Answer(None)
            body = self._body(answer, limit)
        wrong = fault(body)
        if wrong:
            _log.info("%s: %s", url, wrong)
            raise _Again(wrong)
        told = Validators(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
        return Answer(body, validators=told)

    @contextmanager
    def _settled(self, url: str, headers: dict[str, str]) -> Iterator[httpx2.Response]:
        """The answer at an address, or where it has moved to, as long as that is EDGAR's."""
        for _ in range(_MOVES + 1):
            self._pace.turn()
            self.requests += 1
            with self._http.stream("GET", url, headers=headers) as answer:
                self._reached = True
                if not (answer.is_redirect and answer.next_request):
                    self._judge(url, answer)
                    yield answer
                    return
                url = self._allowed(url, str(answer.next_request.url))
        raise Unusable(f"moved more than {_MOVES} times")

    def _allowed(self, url: str, moved: str) -> str:
        """An address that we may be sent to.

        Raises:
            Unusable: It is another's.
        """
        there, here = urlsplit(moved), urlsplit(url)
        if there.netloc not in self._hosts or there.scheme != here.scheme:
            raise Unusable(
                f"moved to another host, {there.scheme}://{there.netloc}, and not followed"
            )
        return moved

    def _judge(self, url: str, answer: httpx2.Response) -> None:
        """Go on with an answer that is one.

        Raises:
            _Again: Not now; later perhaps.
            EdgarRefused: We may not ask, or not for long.
        """
        status = answer.status_code
        if status == 403:
            raise EdgarRefused(
                "EDGAR does not let this machine ask (403)",
                where=url,
                remedy="wait ten minutes, and check that --contact names you as the SEC asks",
            )
        if status in _BUSY or status in (500, 502, 504):
            after = _asked_to_wait(
                answer.headers.get("Retry-After", ""), answer.headers.get("Date", "")
            )
            if after > self._manners.longest:
                raise EdgarRefused(
                    f"EDGAR asks to be left alone for {after} ({status})",
                    where=url,
                    remedy="run it again then: it goes on from here",
                )
            raise _Again(f"status {status}", after, busy=status in _BUSY)
        if status not in (200, 304, 404, 410):
            raise Unusable(f"status {status}")

    def _body(self, answer: httpx2.Response, limit: int) -> bytes:
        """The body, unpacked.

        Raises:
            Unusable: It is larger than it may be, or takes longer; what is beyond is not read.
            _Again: It is not packed as it says.
        """
        longest = self._manners.whole_within
        parts, size, until = [], 0, monotonic() + longest.total_seconds()
        try:
            for part in answer.iter_bytes():
                size += len(part)
                if size > limit:
                    raise Unusable(
                        TOO_LARGE if limit == SIZE_LIMIT else f"larger than {limit:,} bytes"
                    )
                if monotonic() > until:
                    raise Unusable(f"not whole after {longest}")
                parts.append(part)
        except self._library.DecodingError as error:
            raise _Again(f"not packed as it says ({error})") from error
        return b"".join(parts)


def checked(contact: str) -> str:
    """A contact as it may stand in a header.

    Raises:
        UsageError: There is no mail address in it, or it cannot be sent.
    """
    plain = " ".join(contact.split())
    if not _MAIL.search(plain) or not plain.isascii() or not plain.isprintable():
        raise UsageError(
            "EDGAR asks everyone who fetches for a name and a mail address",
            where="--contact",
            remedy="say --contact 'Ann Doe ann@example.com', or set LEDGER_CONTACT",
        )
    return plain


def _hosts(mirror: str) -> Iterator[str]:
    if not mirror:
        yield from HOSTS
        return
    parts = urlsplit(mirror)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            f"{mirror!r} is no address of a mirror",
            where="--mirror",
            remedy="write it as https://edgar.example.com, or with a path before EDGAR's own",
        )
    yield parts.netloc


def _library() -> ModuleType:
    try:
        import httpx2  # noqa: PLC0415  (the extra `edgar`)
        import stamina  # noqa: F401, PLC0415
    except ImportError as missing:
        raise UsageError(
            "fetching from EDGAR needs the extra `edgar`",
            remedy=install("edgar"),
        ) from missing
    return httpx2


def _asked_to_wait(retry_after: str, date: str) -> timedelta:
    """How long a Retry-After asks to wait, in seconds or until a time; nothing where it says none.

    A time is reckoned from the server's own, so that a wrong clock of ours is no matter.
    Source: RFC 9110, section 10.2.3.
    """
    if re.fullmatch(r"\s*[0-9]+\s*", retry_after):
        return timedelta(seconds=int(retry_after.strip()[:8]))
    try:
        until, now = map(email.utils.parsedate_to_datetime, (retry_after, date))
        return max(timedelta(0), until - now)
    except (ValueError, TypeError):
        return timedelta(0)
