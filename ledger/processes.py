"""Processes that share work, leave interrupts to who started them, and work in bulk."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from threading import Thread
from typing import Any, NamedTuple, TypeVar

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


class Processes(ProcessPoolExecutor):
    """A pool whose processes never hear Ctrl-C, which a terminal sends to all of a group.

    They are never a plain fork: the parent holds database connections and their threads.
    """

    def __init__(self, jobs: int, *, begin: Callable[..., None] | None = None, **said: Any) -> None:
        arguments = said.pop("initargs", ())
        super().__init__(
            jobs,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(begin, arguments),
            **said,
        )
        self._jobs = jobs

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
            return super().submit(fn, *args, **kwargs)


def _begin(begin: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    """What a process does first: it sees to it that it never outlives the one it works for."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()
    if begin is not None:
        begin(*arguments)


def _leave_with(sentinel: int) -> None:
    """End this process when the other one ends, even if it was killed and could not say so."""
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
