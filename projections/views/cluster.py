"""Folding many issuers on a Dask cluster: the same chunks of work, done by workers elsewhere.

Who asks makes the chunks, hands out a few for each worker and stores what comes back; workers
only read. Every worker opens the ledger by the address that the asker opened it by, so it lies
on PostgreSQL, or in a file that all of them can read. A worker that dies loses nothing: the
scheduler gives its chunks to another.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from decimal import DefaultContext, localcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger import Ledger
from ledger.errors import ClusterSilent, UsageError
from ledger.extras import install
from ledger.processes import apart
from projections.views.export import Built
from projections.views.rules import edition
from projections.views.workers import Chunk, Fold, build

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

LOCAL = "local:"
"""Begins the address of a cluster of this machine's own: `local:4` starts four workers."""

_AHEAD = 4
"""Chunks handed out for each worker, so that none waits for the next."""

_TO_CONNECT = 30
"""Seconds until a scheduler that does not answer is given up."""

_WITHOUT_WORKERS = 60
"""Seconds for which work may wait while the cluster has no worker at all."""

_BESIDE = "see that it runs, and that this machine may reach it; nothing was stored"


class Place(NamedTuple):
    """Where the ledger is. A cluster's logs and pages show arguments, so this hides it."""

    location: str

    def __repr__(self) -> str:
        return "<a ledger>"


class _Task(NamedTuple):
    """A chunk and what a worker needs for it; short where a log would show all of it."""

    place: Place
    edition: str
    chunk: Chunk

    def __repr__(self) -> str:
        return f"<{len(self.chunk.works)} issuers>"


@contextmanager
def folding(ledger: Ledger, address: str) -> Iterator[Fold]:
    """What folds chunks of issuers on the cluster at an address.

    Args:
        ledger: Opened by a path or URL at which every worker finds it too.
        address: The scheduler's (`tcp://host:8786`, `tls://...`), or `local:N`.

    Raises:
        UsageError: Dask is not installed, the address is none.
        ClusterSilent: The scheduler is out of reach, or has had no worker for a minute.
    """
    place = Place(_everywhere(ledger.location))
    with _client(address) as client:
        yield lambda work: chain.from_iterable(_each(client, address, _tasks(place, work)))


def _everywhere(location: str) -> str:
    """The ledger's address for a process in another folder."""
    return location if "://" in location else str(Path(location).resolve())


@contextmanager
def _client(address: str) -> Iterator[Client]:
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError as error:
        what = "a cluster needs the package distributed"
        raise UsageError(what, remedy=install("cluster")) from error
    with ExitStack() as opened:
        own = address.startswith(LOCAL)
        scheduler = opened.enter_context(_local(_workers(address))) if own else _written(address)
        try:
            client = Client(scheduler, timeout=_TO_CONNECT, set_as_default=False)
        except OSError as error:
            what = f"the cluster's scheduler gives no answer: {_first_line(error)}"
            raise ClusterSilent(what, where=address, remedy=_BESIDE) from error
        yield opened.enter_context(client)


def _local(workers: int) -> LocalCluster:
    """A cluster of this machine alone, which nothing outside it can reach."""
    from distributed import LocalCluster  # noqa: PLC0415  (an extra)

    with apart():
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",  # None would take 8787, or warn where it is taken
            silence_logs="CRITICAL",
        )


def _workers(address: str) -> int:
    count = address.removeprefix(LOCAL)
    if not count.isdecimal() or not int(count):
        what = f"{address!r} does not say how many workers"
        raise UsageError(what, remedy=_SO)
    return int(count)


def _written(address: str) -> str:
    """A scheduler's address that says where it is."""
    from distributed.comm import get_address_host_port  # noqa: PLC0415  (an extra)

    try:
        get_address_host_port(address, strict=False)
    except ValueError as error:
        raise UsageError(f"{address!r} is no scheduler's address", remedy=_SO) from error
    return address


_SO = "write local:4, or a scheduler's tcp://host:8786"


def _tasks(place: Place, work: Iterable[Chunk]) -> Iterator[_Task]:
    return (_Task(place, edition(), chunk) for chunk in work)


def _each(client: Client, address: str, tasks: Iterable[_Task]) -> Iterator[list[Built]]:
    """What becomes of every chunk, in order; few are under way at a time, however many there are."""
    waiting: deque[Future[Any]] = deque()
    for task in tasks:
        waiting.append(client.submit(_built, task, pure=False))
        if len(waiting) > _AHEAD * max(1, len(client.nthreads())):
            yield _result(client, address, waiting.popleft())
    while waiting:
        yield _result(client, address, waiting.popleft())


def _result(client: Client, address: str, future: Future[Any]) -> list[Built]:
    """What a worker made of a chunk, as long as there are workers."""
    from distributed import KilledWorker  # noqa: PLC0415  (an extra)
    from distributed.client import FutureCancelledError  # noqa: PLC0415

    while True:
        try:
            built: list[Built] = future.result(timeout=_WITHOUT_WORKERS)
        except KilledWorker as error:
            what = f"{_first_line(error)}"
            remedy = "give workers more memory, or fewer threads each; nothing was stored"
            raise ClusterSilent(what, where=address, remedy=remedy) from error
        except TimeoutError as error:
            if client.status == "running" and client.nthreads():
                continue  # a large issuer takes its time
            what = f"the cluster had no worker for {_WITHOUT_WORKERS} s"
            remedy = "start workers; nothing was stored"
            raise ClusterSilent(what, where=address, remedy=remedy) from error
        except (FutureCancelledError, OSError) as error:
            what = "the cluster's scheduler went away"
            raise ClusterSilent(what, where=address, remedy=_BESIDE) from error
        return built


def _built(task: _Task) -> list[Built]:
    """Fold a chunk, on a worker: by the asker's rules, in the precision that they are made for.

    A worker may have computed anything before, and opens the ledger anew, for its file may be
    another one by now.
    """
    if task.edition != edition():
        what = "a worker of the cluster has another version of the rules"
        raise UsageError(what, remedy="install the same version on every machine")
    with (
        localcontext(DefaultContext),
        Ledger.open(task.place.location, create=False) as ledger,
    ):
        return list(build(ledger, task.chunk))


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
