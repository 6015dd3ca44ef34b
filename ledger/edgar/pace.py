"""How often EDGAR may be asked: so many times a second, by all the processes of a machine.

Source: the SEC allows ten requests a second from one address, whoever of it asks
(sec.gov, "Accessing EDGAR Data").
"""

from __future__ import annotations

import os
import stat
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
_EVERYBODYS = 0o666
_A_MOMENT, _TRIES = timedelta(milliseconds=2), 1_000
"""A turn is noted in a fraction of a moment; who holds the file for two seconds never lets go."""


def place() -> Path:
    """The file by which the processes of a machine take turns, whoever runs them."""
    return Path(tempfile.gettempdir()) / "ownership-ledger.pace"


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
        try:
            file = _opened(self._file)
        except OSError:
            return self._after(self._next)
        try:
            if not _locked(file):
                return self._after(self._next)
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


def _opened(path: Path) -> int:
    """The file, made where it is not there, for everybody to write.

    It is opened without making it first: a system that guards folders which everybody may write
    to lets nobody "make" what another made (fs.protected_regular of Linux).

    Raises:
        OSError: There is none, or what is there is no plain file.
    """
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    try:
        file = os.open(path, flags)
    except FileNotFoundError:
        file = os.open(path, flags | os.O_CREAT, 0o600)
        if hasattr(os, "fchmod"):
            with suppress(OSError):  # another's, made this instant
                os.fchmod(file, _EVERYBODYS)
    if not stat.S_ISREG(os.fstat(file).st_mode):
        os.close(file)
        raise FileNotFoundError(path)
    return file


def _locked(file: int) -> bool:
    """Whether the file is ours for a moment; False where somebody keeps it for longer than any turn."""
    if not fcntl:
        return True
    for _ in range(_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(_A_MOMENT.total_seconds())
        except OSError:  # no locks there: each process keeps its own pace
            return True
        else:
            return True
    return False
