"""Processes that share work, leave interrupts to who started them, and work in bulk."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_Piece = TypeVar("_Piece")

_AHEAD = 4
"""Pieces of work handed out for each process, so that none waits for the next."""


Progress = Callable[[int, int | None], None]
"""Is told how much is done, and of how much where that is known."""


def _unwatched(doing: str) -> AbstractContextManager[Progress | None]:
    del doing
    return nullcontext()


Jobs = int | str
"""Who does work in bulk: so many processes of this machine, or the cluster at an address."""


class Labour(NamedTuple):
    """How work in bulk is done that a question meets on its way.

    By whom; and, told what is being done, who watches it: None where nobody does.
    """

    jobs: Jobs = 1
    watched: Callable[[str], AbstractContextManager[Progress | None]] = _unwatched


class Processes:
    """A pool whose processes never hear Ctrl-C, which a terminal sends to all of a group.

    They are never a plain fork: the parent holds database connections and their threads. What
    starts them is loaded when there is something for them to do, which in most runs there is not.
    """

    def __init__(
        self,
        jobs: int,
        *,
        begin: Callable[..., None] | None = None,
        initargs: tuple[Any, ...] = (),
    ) -> None:
        self._jobs, self._begun = jobs, (begin, initargs)

    @cached_property
    def _pool(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
        from multiprocessing import get_context  # noqa: PLC0415

        return ProcessPoolExecutor(
            self._jobs,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=self._begun,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()

    def shutdown(self, *, wait: bool = True, cancel_futures: bool = False) -> None:
        """Let the processes end, once they have done what was handed over or, where told, begun."""
        if "_pool" in vars(self):
            self._pool.shutdown(wait=wait, cancel_futures=cancel_futures)

    def start(self) -> None:
        """Let the processes start now, so that they are ready when there is work for them."""
        for _ in range(self._jobs):
            self.submit(_nothing)

    def each(self, do: Callable[[_Piece], Any], work: Iterable[_Piece]) -> Iterator[Any]:
        """What becomes of every piece of work, in order, taken up only as it can be done.

        Unlike `map`, which takes up all of it at once, however much there is.
        """
        waiting: deque[Future[Any]] = deque()
        for piece in work:
            waiting.append(self.submit(do, piece))
            if len(waiting) > _AHEAD * self._jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand over a call; this is where processes are started."""
        with apart():
            return self._pool.submit(fn, *args, **kwargs)


def _begin(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """What a process does first: it sees to it that it never outlives the one it works for."""
    from multiprocessing import parent_process  # noqa: PLC0415  (as above)

    parent = parent_process()
    if parent is not None:
        Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    if begin is not None:
        begin(*arguments)


def _leave_with(sentinel: int) -> None:
    """End this process when the other one ends, even if it was killed and could not say so."""
    from multiprocessing.connection import wait  # noqa: PLC0415  (as above)

    wait([sentinel])
    os._exit(1)


def _nothing() -> None:
    """A process that has done it is ready for more."""


@contextmanager
def apart() -> Iterator[None]:
    """A process started meanwhile never hears Ctrl-C, and runs no script of who starts it."""
    with _interrupts_held(), _script_left_alone():
        yield


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Interrupts wait; a process started meanwhile goes on ignoring them for good."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, whose terminals work otherwise
        yield
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415  (as above)

    resource_tracker.ensure_running()  # which would let them through where it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _script_left_alone() -> Iterator[None]:
    """A process started meanwhile does not run the script again that asks for it.

    It needs nothing from there; and a script read from stdin, or a notebook, is no file that
    it could run, while one without a guard around its last lines would start processes anew.
    """
    script = sys.modules["__main__"]
    kept = {name: getattr(script, name) for name in _SCRIPT if hasattr(script, name)}
    for name in kept:
        setattr(script, name, None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(script, name, value)


_SCRIPT = ("__spec__", "__file__")
"""By which a new process would find the script."""


@contextmanager
def collector_paused() -> Iterator[None]:
    """Work in bulk without the cycle collector, which would walk every fact in vain.

    Facts form no cycles. Whatever else does is collected between one batch and the next.
    """
    resume: Callable[[], None] = gc.enable if gc.isenabled() else gc.disable
    gc.disable()
    try:
        yield
    finally:
        resume()
