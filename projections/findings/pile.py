"""Things in their order, however many: what does not fit in memory waits in a file of its own.

As many as fit are sorted together and written down, packed; whoever looks through all of them is
given the least of each such run in turn. The file has no name and is gone with the pile.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from heapq import merge
from typing import IO, Any, Generic, NamedTuple, TypeVar
from weakref import finalize
from zlib import compress, decompress

import msgspec

from ledger.errors import OutputUnwritable

_One = TypeVar("_One")

MOST = 2_000
"""What is held in memory before it is written down: some ten megabytes of findings."""

_PAGE = 16
"""What is packed together, and unpacked when the first of it is wanted."""


_SIZE = 4
"""Bytes before each page that say how many it has."""


class _Run(NamedTuple):
    """Where some that are sorted stand in the file."""

    start: int
    end: int


class Pile(Collection[_One], Generic[_One]):
    """Things that are put in anyhow, and looked through in order as often as wanted.

    Those whose turn is the same come as they were put in. Nothing is put in while it is looked through.

    Args:
        shape: What they are, as msgspec knows it.
        turn: What they are ordered by.
    """

    def __init__(self, shape: Any, turn: Callable[[_One], Any]) -> None:
        self._turn = turn
        self._last: list[_One] = []
        self._runs: list[_Run] = []
        self._count = 0
        self._file: IO[bytes] | None = None
        self._packed = msgspec.msgpack.Encoder().encode
        self._unpacked = msgspec.msgpack.Decoder(list[shape]).decode

    def add(self, one: _One) -> None:
        """Put something in.

        Raises:
            OutputUnwritable: There is no room for the file.
        """
        self._last.append(one)
        self._count += 1
        if len(self._last) >= MOST:
            self._write_down()

    def extend(self, several: Iterable[_One]) -> None:
        """Put several in, one after the other: as `add` does, with the same error."""
        for one in several:
            self.add(one)

    def __len__(self) -> int:
        """How many there are."""
        return self._count

    def __contains__(self, one: object) -> bool:
        """Whether something is among them."""
        return any(other == one for other in self)

    def __iter__(self) -> Iterator[_One]:
        """All of them, in order."""
        self._last.sort(key=self._turn)
        runs = [self._read(run) for run in self._runs]
        yield from merge(*runs, self._last, key=self._turn)

    def _write_down(self) -> None:
        self._last.sort(key=self._turn)
        parts = [self._last[at : at + _PAGE] for at in range(0, len(self._last), _PAGE)]
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is open for as long as the pile is there
                finalize(self, self._file.close)
            start = self._file.seek(0, 2)
            for part in parts:
                page = compress(self._packed(part), 1)
                self._file.write(len(page).to_bytes(_SIZE) + page)
            self._runs.append(_Run(start, self._file.tell()))
            self._file.flush()
        except OSError as error:
            raise OutputUnwritable(
                f"what does not fit in memory could not be written down: {error.strerror or error}",
                where=tempfile.gettempdir(),
                remedy="free some space there, or name another folder by TMPDIR",
            ) from error
        self._last = []

    def _read(self, run: _Run) -> Iterator[_One]:
        at = run.start
        while at < run.end:
            assert self._file is not None
            self._file.seek(at)
            page = self._file.read(int.from_bytes(self._file.read(_SIZE)))
            at = self._file.tell()
            yield from self._unpacked(decompress(page))
