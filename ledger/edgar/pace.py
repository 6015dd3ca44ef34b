"""How often EDGAR may be asked: so many times a second, by all the processes of a machine.

Source: the SEC allows ten requests a second from one address, whoever of it asks
(sec.gov, "Accessing EDGAR Data").
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic_ns, sleep

try:
    import fcntl
except ImportError:  # Windows, where each process keeps its own pace
    fcntl = None  # type: ignore[assignment]

EACH_SECOND = 9
_SECOND = 1_000_000_000
_STALE = 60 * _SECOND
"""A turn further off than this was written before the machine was started again."""


def place() -> Path:
    """The file by which a user's processes take turns."""
    return Path(tempfile.gettempdir()) / f"ownership-ledger-{_user()}.pace"


def _user() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0


class Pace:
    """Turns to ask, one after the other, shared by all who name the same file.

    The clock is one that nobody sets and that all processes of a machine share.

    Args:
        file: Where the time of the next free turn stands.
        each_second: Turns in a second.
        clock: Nanoseconds of a clock that only goes forward.
        wait: Waits for a span of time.
    """

    def __init__(
        self,
        file: Path,
        each_second: int = EACH_SECOND,
        clock: Callable[[], int] = monotonic_ns,
        wait: Callable[[timedelta], None] = lambda span: sleep(span.total_seconds()),
    ) -> None:
        self._file, self._between = file, _SECOND // each_second
        self._clock, self._wait = clock, wait
        self._next = 0

    def turn(self) -> None:
        """Wait for the next free turn, and take it."""
        at = self._taken()
        late = at - self._clock()
        if late > 0:
            self._wait(timedelta(microseconds=late // 1000))

    def _taken(self) -> int:
        """When our turn is; the one after it is noted as the next that is free."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            file = os.open(self._file, flags, 0o600)
        except OSError:
            return self._after(self._next)
        try:
            if fcntl:
                with suppress(OSError):  # without locks there, each process keeps its own pace
                    fcntl.flock(file, fcntl.LOCK_EX)
            noted = os.pread(file, 32, 0) if hasattr(os, "pread") else b""
            at = self._after(max(self._next, int(noted) if noted.isdigit() else 0))
            if hasattr(os, "pwrite"):
                os.pwrite(file, b"%032d" % self._next, 0)
            return at
        finally:
            os.close(file)

    def _after(self, free: int) -> int:
        now = self._clock()
        at = max(now, free) if free - now < _STALE else now
        self._next = at + self._between
        return at
