"""Shows an answer a screen at a time, on a terminal that it is too long for."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, cast

_LESS = "less"
_HABIT = "FRX"
"""How `less` is to behave where nobody has said: colours stay, and the answer too when it ends."""


class _Paged:
    """A terminal that hands what it is told to a pager once that is more than a screen."""

    def __init__(self, screen: IO[str], pager: list[str]) -> None:
        self._screen, self._pager = screen, pager
        self._waiting: list[str] = []
        self._lines = 0
        self._process: subprocess.Popen[str] | None = None

    def isatty(self) -> bool:
        """It is one, to whoever asks how wide it is and whether it shows colours."""
        return True

    def write(self, text: str) -> int:
        """Tell it something."""
        if self._process is not None:
            assert self._process.stdin is not None
            return self._process.stdin.write(text)
        self._waiting.append(text)
        self._lines += text.count("\n")
        if self._lines >= shutil.get_terminal_size().lines:
            self._begin()
        return len(text)

    def writelines(self, texts: Any) -> None:
        """Tell it several things."""
        for text in texts:
            self.write(text)

    def _begin(self) -> None:
        waiting, self._waiting = "".join(self._waiting), []
        environment = os.environ | {"LESS": os.environ.get("LESS", _HABIT)}
        try:
            self._process = subprocess.Popen(  # noqa: S603 - the user's own pager
                self._pager, stdin=subprocess.PIPE, text=True, encoding="utf-8", env=environment
            )
        except OSError:  # then it is shown as if there were none
            self._lines = -sys.maxsize
            self._screen.write(waiting)
            return
        self.write(waiting)

    def end(self) -> None:
        """Show what was not shown yet, and wait until the reader has seen enough."""
        if self._process is None:
            self._screen.write("".join(self._waiting))
            return
        with suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()
        self._process.wait()


@contextmanager
def paged(screen: IO[str]) -> Iterator[IO[str]]:
    """A stream to write an answer to: the screen, a screen at a time where it is a terminal.

    `LEDGER_PAGER`, else `PAGER`, says which program does so, and "" that none does; `less`
    where neither is set.
    """
    named = os.environ.get("LEDGER_PAGER", os.environ.get("PAGER", _LESS))
    pager = shlex.split(named)
    watched = screen.isatty() and sys.stdin is not None and sys.stdin.isatty()
    if not watched or not pager or shutil.which(pager[0]) is None:
        yield screen
        return
    told = _Paged(screen, pager)
    try:
        yield cast("IO[str]", told)  # as much of a stream as an answer asks for
    finally:
        told.end()
