"""Fetching what is listed and not here, and recording it.

`fetch` asks for the filings of people and companies, `follow` for those of every day since one.
Whatever ends either, the next run goes on from what is here: a filing that is in the ledger
as its full submission, or in the folder, is never fetched again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from ledger.addresses import stream_of
from ledger.edgar import lists
from ledger.edgar.client import HOSTS, Client, Unusable, Validators
from ledger.edgar.folder import Folder
from ledger.edgar.lists import FORMS, Listed
from ledger.errors import EdgarRefused, EdgarSilent, UsageError
from ledger.ingestion.ingest import IngestReport, ingest
from ledger.problems import Problem
from ledger.store import Ledger
from ledger.types import normal_cik

_WWW, _DATA = HOSTS
_LISTS = 256 * 1024 * 1024
"""Bytes that a list may have: the largest of EDGAR's are a tenth of it."""

_AT_ONCE = 500
"""Filings fetched before they are recorded."""

_PAGES = 20
"""Pages of the feed that are looked through; what is older the index of its day has."""

_WEEK = 7
"""Days of a quarter within which the index of one before it may still come."""

_FAILURES = 3
"""Filings in a row that do not come although the lists did: then the network is at fault."""


class Fetched(NamedTuple):
    """What came of it.

    `listed` counts the filings that EDGAR lists for what was asked, `skipped` those of them
    that were here, `requests` how often EDGAR was asked. `problems` names each filing that did
    not come, and why; `ended` is what ended the run early, None where nothing did. `ingested`
    is what became of the documents, in parts.
    """

    listed: int
    skipped: int
    requests: int
    problems: tuple[Problem, ...]
    ingested: tuple[IngestReport, ...]
    ended: EdgarSilent | None = None


Progress = Callable[[int, int | None], None]
Opening = Ledger | Callable[[], Ledger]
"""A ledger, or what opens it once there is something to record."""


def fetch(
    ledger: Opening,
    folder: Folder,
    client: Client,
    *,
    persons: Iterable[str] = (),
    issuers: Iterable[str] = (),
    since: date | None = None,
    forms: Sequence[str] = FORMS,
    progress: Progress | None = None,
) -> Fetched:
    """The filings of some people and companies that are not here yet.

    Args:
        ledger: Where they are recorded.
        folder: Where they are kept as they came.
        client: Who asks.
        persons: CIKs of insiders.
        issuers: CIKs or tickers of companies.
        since: The first day of filing; None for all.
        forms: Which of 3, 4 and 5, each with its amendments.
        progress: Called with how many of how many came.

    Raises:
        UsageError: A CIK that is none, a ticker that EDGAR does not list.
    """
    run = _Run(ledger, folder, client, progress)
    with run.until_silence():
        ciks = [_cik(person) for person in persons]
        ciks += [_company(run, issuer) for issuer in issuers]
        listed = [one for cik in dict.fromkeys(ciks) for one in _listed(run, cik, since)]
        run.bring(lists.of_forms(listed, forms))
    return run.report()


def follow(
    ledger: Opening,
    folder: Folder,
    client: Client,
    *,
    today: date,
    since: date | None = None,
    forms: Sequence[str] = FORMS,
    progress: Progress | None = None,
) -> Fetched:
    """Every ownership filing of the days since one, and of the hours since the last of them.

    Which days there were, EDGAR's own folders say: no calendar is asked, and a clock that is
    wrong leaves no gap that the next run would not fill. A ledger that lacks what was recorded of
    the last days that were finished, because it is new or an older copy, is given it again.

    Args:
        ledger: Where they are recorded.
        folder: Where they are kept as they came, and how far the days were followed.
        client: Who asks.
        today: The day on EDGAR's clock; only how far its folders are looked through.
        since: The first day; None for the one that was followed from before, or today.
        forms: Which of 3, 4 and 5, each with its amendments.
        progress: Called with how many of how many came.
    """
    begun = since or folder.since or today
    if since is not None or folder.since is None:
        folder.follow_since(min(begun, folder.since or begun))
    run = _Run(ledger, folder, client, progress)
    with run.until_silence():
        days = _days(run, begun, today)
        for day, kept in sorted([*_lost(run, folder, days, forms)]):
            run.day(day, kept, forms)
        for day in folder.unfinished(days):
            index = run.list_of(_WWW, days[day], lists.day_index, keep=False)
            if index:
                run.day(day, index, forms)
        _bring_the_latest(run, forms)
    return run.report()


class _Run:
    """One run: who asks, what came so far, and what did not."""

    def __init__(
        self, ledger: Opening, folder: Folder, client: Client, progress: Progress | None
    ) -> None:
        self._opening, self._folder, self._client = ledger, folder, client
        self._progress = progress
        self._known: set[str] = set()
        self._skipped = self._failures = 0
        self.came = 0
        self._problems: list[Problem] = []
        self._ingested: list[IngestReport] = []
        self._silence: EdgarSilent | None = None
        self.ended: EdgarSilent | None = None

    @cached_property
    def _ledger(self) -> Ledger:
        return self._opening() if callable(self._opening) else self._opening

    def report(self) -> Fetched:
        """The whole."""
        return Fetched(
            listed=len(self._known),
            skipped=self._skipped,
            requests=self._client.requests,
            problems=tuple(self._problems),
            ingested=tuple(self._ingested),
            ended=self.ended,
        )

    @contextmanager
    def until_silence(self) -> Iterator[None]:
        """Go on until EDGAR ends it; what came until then is recorded and reported."""
        try:
            yield
        except EdgarSilent as silent:
            self.ended = silent

    def list_of(
        self, host: str, path: str, read: Callable[[bytes], object], *, keep: bool = True
    ) -> bytes | None:
        """A list, as it stands now; None where EDGAR has none there.

        One that is kept is asked for again only where it has changed.

        Raises:
            EdgarSilent: It does not come, or not as a list.
        """
        name = _name(path)
        here, validators = self._folder.list_of(name) if keep else (None, Validators())
        try:
            answer = self._client.get(
                host,
                path,
                fault=lambda body: _fault(read, body),
                validators=validators,
                limit=_LISTS,
            )
        except Unusable as why:
            remedy = "run it again later: it goes on from here"
            raise EdgarSilent(
                f"no list that can be read ({why})", where=path, remedy=remedy
            ) from why
        if answer.unchanged:
            return here
        if answer.body is not None and keep:
            self._folder.keep_list(name, answer.body, answer.validators)
        return answer.body

    def here(self, path: str) -> bytes | None:
        """A list as it last came."""
        return self._folder.list_of(_name(path))[0]

    def day(self, day: date, index: bytes, forms: Sequence[str]) -> None:
        """Bring what a day's index lists, and finish the day if all of it came."""
        wanted = lists.of_forms(lists.day_index(index), forms)
        if self.bring(wanted):
            self._folder.finish(day, index, self.lacking(wanted))

    def lacking(self, wanted: Iterable[str]) -> set[str]:
        """Those of some accession numbers under which nothing is recorded."""
        streams = {stream_of(accession): accession for accession in wanted}
        return {streams[stream] for stream in streams.keys() - self._ledger.heads(streams).keys()}

    def bring(self, wanted: dict[str, Listed]) -> bool:
        """Fetch and record what is not here; whether all of it is here now.

        Raises:
            EdgarSilent: EDGAR no longer answers; what came until then is recorded.
        """
        fresh = [one for accession, one in wanted.items() if accession not in self._known]
        self._known |= wanted.keys()
        standing = self._ledger.heads(stream_of(one.accession) for one in fresh)
        here = {stream for stream, head in standing.items() if head.format == "submission"}
        missing = [one for one in fresh if stream_of(one.accession) not in here]
        self._skipped += len(fresh) - len(missing)
        whole = True
        for at in range(0, len(missing), _AT_ONCE):
            part = missing[at : at + _AT_ONCE]
            came = list(self._came(part, at, len(missing)))
            if came:
                self._ingested.append(ingest(self._ledger, came))
            whole = whole and len(came) == len(part)
            if self._silence:
                raise self._silence
        return whole

    def _came(self, part: Sequence[Listed], done: int, of: int) -> Iterator[Path]:
        """The files of those that are in the folder, fetched where they were not."""
        for number, one in enumerate(part, start=done + 1):
            file = self._folder.file_of(one)
            if file.exists():
                self._skipped += 1
                yield file
            elif self._fetched(one):
                yield file
            if self._silence:
                return
            if self._progress:
                self._progress(number, of)

    def _fetched(self, one: Listed) -> bool:
        """Whether a filing came; else a problem says why not."""
        try:
            answer = self._client.get(_WWW, one.path, fault=lambda body: lists.fault_of(one, body))
        except Unusable as why:
            return self._failed(one, str(why))
        except EdgarRefused as refused:
            self._silence = refused
            return self._failed(one, refused.what)
        except EdgarSilent as silent:
            self._failures += 1
            if self._failures >= _FAILURES:
                self._silence = silent
            return self._failed(one, silent.what)
        self._failures = 0
        if answer.body is None:
            return self._failed(one, "listed, and not there (404)")
        self._folder.keep(one, answer.body)
        self.came += 1
        return True

    def _failed(self, one: Listed, why: str) -> bool:
        remedy = "the next run asks for it again"
        self._problems.append(
            Problem.set_aside(one.path, f"Form {one.form} {one.accession}: {why}", remedy=remedy)
        )
        return False


def _name(path: str) -> str:
    """What a list is called in the folder."""
    return path.strip("/").replace("/", ".")


def _fault(read: Callable[[bytes], object], body: bytes) -> str:
    try:
        read(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"not the list that was asked for: {error}"
    return ""


def _cik(text: str) -> str:
    found = normal_cik(text)
    if found is None:
        raise UsageError(
            f"{text!r} is no CIK", where="--person", remedy="EDGAR knows people by their CIK alone"
        )
    return found


def _company(run: _Run, text: str) -> str:
    """The CIK of a company, by its CIK or ticker."""
    found = normal_cik(text)
    if found:
        return found
    body = run.list_of(_WWW, lists.TICKERS, lists.tickers)
    cik = lists.tickers(body).get(text.strip().upper()) if body else None
    if cik is None:
        raise UsageError(
            f"EDGAR lists no ticker {text!r}", where="--issuer", remedy="name the company's CIK"
        )
    return cik


def _listed(run: _Run, cik: str, since: date | None) -> Iterator[Listed]:
    """What a CIK's list has from a day on, its older parts only where they reach that day."""
    body = run.list_of(
        _DATA, lists.submissions_path(cik), lambda body: lists.submissions(body, cik)
    )
    if body is None:
        raise UsageError(f"EDGAR has no CIK {cik}", remedy="check the number on sec.gov")
    listed, older = lists.submissions(body, cik)
    for part in older:
        if since is None or part.last >= since:
            path = lists.submissions_path(cik, part.name)
            more = run.list_of(_DATA, path, lambda body: lists.submissions(body, cik))
            listed += lists.submissions(more, cik)[0] if more else []
    yield from (one for one in listed if since is None or one.filed_on >= since)


def _lost(
    run: _Run, folder: Folder, days: Iterable[date], forms: Sequence[str]
) -> Iterator[tuple[date, bytes]]:
    """Days that were finished, of which the ledger lacks what it had then, back to one that it has."""
    for day in sorted({*days}.difference(folder.unfinished(days)), reverse=True):
        index, left = folder.finished(day)
        wanted = lists.of_forms(lists.day_index(index), forms)
        if run.lacking(wanted) - left:
            yield day, index
        elif wanted:
            return


def _days(run: _Run, since: date, today: date) -> dict[date, str]:
    """The days of which EDGAR has an index, from one on, and where it stands."""
    quarters = [*_quarters(since, today)]
    found: dict[date, str] = {}
    for (year, quarter), following in zip_longest(quarters, quarters[1:]):
        path = lists.quarter_path(year, quarter)
        later = run.here(lists.quarter_path(*following)) if following else None
        # once the next quarter's first week is over nothing is added to this one
        known = lists.days(later) if later else ()
        over = any(day.month % 3 != 1 or day.day > _WEEK for day in known)
        body = (run.here(path) if over else None) or run.list_of(_WWW, path, lists.days)
        for day, name in (lists.days(body) if body else {}).items():
            if day >= since:
                found[day] = lists.quarter_path(year, quarter, name)
    return found


def _quarters(since: date, today: date) -> Iterator[tuple[int, int]]:
    year, quarter = since.year, (since.month + 2) // 3
    while (year, quarter) <= (today.year, (today.month + 2) // 3):
        yield year, quarter
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)


def _bring_the_latest(run: _Run, forms: Sequence[str]) -> None:
    """What the feed has, newest first, until a page of it brings nothing new.

    The feed may repeat filings and leave some out: what is missed now, the index of the day
    has, once there is one.
    """
    for page in range(_PAGES):
        path = lists.feed_path(page * lists.PAGE)
        body = run.list_of(_WWW, path, lists.feed, keep=False)
        before = run.came
        run.bring(lists.of_forms(lists.feed(body) if body else (), forms))
        if run.came == before:
            return
