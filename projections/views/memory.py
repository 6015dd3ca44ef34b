"""What was read and judged for one question, kept for the next one for as long as it stands.

Who and what there is is kept for as long as a ledger is open; judgements for whoever asks many
questions of one moment, such as its pages. Nothing is kept by a name that
could come to mean something else: the directory is the one that a root covers, and a judgement is
that of filings whose digests are these.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from projections.judgement import Judged
    from projections.views.digests import Directory, PersonRow

LINES = 40_000
"""Lines of the filings whose judgements are kept together: some 180 megabytes at most."""


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
    """Beside who and what there is, the judgements asked for last."""

    def __init__(self, lines: int = LINES) -> None:
        super().__init__()
        self._lines, self._kept = lines, 0
        self._judged: OrderedDict[Hashable, list[Judged]] = OrderedDict()
        self._lock = RLock()

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


def _lines(judged: list[Judged]) -> int:
    return sum(1 + len(d.lines) for one in judged for d in one.folded.dossiers)
