"""Interrupt and termination while a command runs: raised once, and never lost on the way."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from cli.leaving import NAMES, leave, told

_AGAIN = 0.02
"""Seconds after which a signal that was swallowed is raised once more."""


class Signalled(BaseException):
    """A signal arrived while a command was running."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Heard:
    """The signal that arrived, if one did."""

    def __init__(self) -> None:
        self.number = 0

    @property
    def code(self) -> int:
        """128 and the number of the signal, as shells count; 0 where none arrived."""
        return 128 + self.number if self.number else 0

    @property
    def words(self) -> str:
        """What to tell the user."""
        return told(self.number)


@contextmanager
def heard() -> Iterator[Heard]:
    """Raise a signal as an exception, so that files and connections are given back.

    What the block ends with may be another error that the exception became on its way, so
    it is what was heard that counts. A second signal ends the process at once.
    """
    state = Heard()

    def raise_it(number: int, _: FrameType | None) -> None:
        if state.number:
            leave(number)
        state.number = number
        raise Signalled(number)

    def raise_again(*_: Any) -> None:
        raise Signalled(state.number)

    before: dict[signal.Signals, Any] = {}
    unraisable = sys.unraisablehook

    def swallowed(found: Any) -> None:
        """A destructor cannot raise: a signal that met one comes again, its wake is no news."""
        if not state.number:
            unraisable(found)
        elif isinstance(found.exc_value, Signalled) and hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)

    try:
        for number in NAMES:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, raise_it)
        if hasattr(signal, "SIGALRM"):
            before[signal.SIGALRM] = signal.signal(signal.SIGALRM, raise_again)
        sys.unraisablehook = swallowed
    except ValueError:  # not the main thread, which alone may ask for signals
        yield state
        return
    try:
        yield state
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
        if not state.number:
            sys.unraisablehook = unraisable
