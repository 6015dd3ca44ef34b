"""Processes that share work, and leave interrupts to the one that started them."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any


class Processes(ProcessPoolExecutor):
    """A pool whose processes never hear Ctrl-C, which a terminal sends to all of a group.

    They are never a plain fork: the parent holds database connections and their threads.
    """

    def __init__(self, jobs: int, *, begin: Callable[..., None] | None = None, **said: Any) -> None:
        super().__init__(
            jobs, mp_context=multiprocessing.get_context("spawn"), initializer=begin, **said
        )

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand over a call; this is where processes are started."""
        with _interrupts_held():
            return super().submit(fn, *args, **kwargs)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Interrupts wait; a process started meanwhile goes on ignoring them for good."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows, whose terminals work otherwise
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
