"""What was read and judged for one question, kept for the next one for as long as it stands.

Who and what there is is kept for as long as a ledger is open; judgements for whoever asks many
questions of one moment, such as its pages. Nothing is kept by a name that
could come to mean something else: the directory is the one that a root covers, and a judgement is
that of filings whose digests are these.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock, RLock
from time import monotonic_ns
from typing import TYPE_CHECKING, Self
from zlib import compress, decompress

if TYPE_CHECKING:
    from projections.judgement import Judged
    from projections.views.digests import Directory, PersonRow

LINES = 40_000
"""Lines of the filings whose judgements are kept together: some 180 megabytes at most."""

BYTES = 64_000_000
"""Of answers that were worked out from judgements and are kept packed, a fiftieth as large."""


class Everybody:
    """Who reports at which issuer: `there` has each issuer's rows, with their digest."""

    def __init__(self, there: dict[str, tuple[str, list[PersonRow]]]) -> None:
        self.there = there

    @cached_property
    def rows(self) -> list[PersonRow]:
        """All of them, by issuer and person."""
        return [row for issuer in sorted(self.there) for row in self.there[issuer][1]]

    @cached_property
    def by_key(self) -> dict[str, list[PersonRow]]:
        """Them by the key of the person."""
        return self._by("person")

    @cached_property
    def by_name(self) -> dict[str, list[PersonRow]]:
        """Them by the key of the name."""
        return self._by("name_key")

    def _by(self, field: str) -> dict[str, list[PersonRow]]:
        found: dict[str, list[PersonRow]] = {}
        for row in self.rows:
            found.setdefault(getattr(row, field), []).append(row)
        return found


class Register:
    """The last directory and people that were read, as they were checked then.

    Several threads may share one.
    """

    def __init__(self) -> None:
        self.directory: Directory | None = None
        self.people: tuple[str, Everybody] | None = None
        """Everybody, under the root of the directory that they were read with."""


class Memory(Register):
    """Beside who and what there is, the judgements asked for last, and answers made of them."""

    def __init__(self, lines: int = LINES, size: int = BYTES) -> None:
        super().__init__()
        self._lines, self._kept = lines, 0
        self._judged: OrderedDict[Hashable, list[Judged]] = OrderedDict()
        self._lock = RLock()
        self.answers, self.pace = Answers(size), Pace()

    def __enter__(self) -> Self:
        """Judge by oneself: another thread that asks for the same waits, and finds what is made."""
        self._lock.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Let others judge again."""
        self._lock.release()

    def judged(self, key: Hashable) -> list[Judged] | None:
        """The judgements kept under a key, within a `with` block."""
        if key in self._judged:
            self._judged.move_to_end(key)
        return self._judged.get(key)

    def keep(self, key: Hashable, judged: list[Judged]) -> None:
        """Keep judgements under a key, within a `with` block; those asked for longest ago go."""
        self._judged[key] = judged
        self._kept += _lines(judged)
        while self._kept > self._lines and len(self._judged) > 1:
            _, gone = self._judged.popitem(last=False)
            self._kept -= _lines(gone)


class Pace:
    """How often what is new is judged, where several ask at once while something is recorded.

    Who asks alone is told of everything. Where others ask too, one judges what is new, and they do
    not wait for it; nor is the next judged before `REST` times as long has passed as that took.
    The clock counts nanoseconds.
    """

    REST = 4

    def __init__(self, clock: Callable[[], int] = monotonic_ns) -> None:
        self._clock, self._lock = clock, Lock()
        self._asking, self._judging, self._until = 0, False, 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """That somebody asks."""
        with self._lock:
            self._asking += 1
        try:
            yield
        finally:
            with self._lock:
                self._asking -= 1

    def keep(self, judge: Callable[[], None]) -> bool:
        """Judge what is new, unless that is put off; whether it was."""
        with self._lock:
            if self._asking > 1 and (self._judging or self._clock() < self._until):
                return False
            self._judging = True
        begun = self._clock()
        try:
            judge()
        finally:
            with self._lock:
                self._judging = False
            self.hold(self.REST * (self._clock() - begun))
        return True

    def hold(self, so_long: int) -> None:
        """Judge nothing new for so long, in the clock's units, where several ask."""
        with self._lock:
            self._until = self._clock() + so_long


class Answers:
    """Answers that follow from judgements alone, packed, by what they follow from.

    A company of a thousand lines takes twenty kilobytes so, where its judgement takes five megabytes.
    """

    def __init__(self, size: int) -> None:
        self._size, self._kept = size, 0
        self._packed: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """What is kept under a key, as it was given."""
        with self._lock:
            packed = self._packed.get(key)
            if packed is not None:
                self._packed.move_to_end(key)
        return None if packed is None else decompress(packed)

    def keep(self, key: Hashable, answer: bytes) -> None:
        """Keep an answer under a key; those asked for longest ago go."""
        packed = compress(answer, 1)
        with self._lock:
            self._kept += len(packed) - len(self._packed.pop(key, b""))
            self._packed[key] = packed
            while self._kept > self._size and len(self._packed) > 1:
                _, gone = self._packed.popitem(last=False)
                self._kept -= len(gone)


def _lines(judged: list[Judged]) -> int:
    return sum(1 + len(d.lines) for one in judged for d in one.folded.dossiers)
