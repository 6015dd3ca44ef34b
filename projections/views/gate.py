"""The way into the read model: its directory, checked, and nobody told of before what is new about them is judged.

Whatever is read there passes through here with the issuers that it is about: those of them that wait are judged
first. So a question judges what it asks about, and what it does not ask about waits on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

from ledger import Ledger, MemoryView, View
from ledger.errors import IntegrityFailure
from ledger.loading import later
from projections.views import digests, rules
from projections.views.digests import Directory, IssuerRow
from projections.views.memory import Register

if TYPE_CHECKING:
    from projections.views import waiting
    from projections.views.waiting import Meant
else:
    waiting = later("projections.views.waiting")

_Answer = TypeVar("_Answer")

Judge = Callable[[AbstractSet[str] | None], None]
"""Judges those of some issuers that wait, or all that wait, and stores what is found."""

_in_memory: WeakKeyDictionary[Ledger, MemoryView] = WeakKeyDictionary()
"""Read models of ledgers that cannot keep one."""


def view_of(ledger: Ledger) -> View | MemoryView:
    """The tables of the read model, to be asked."""
    return _in_memory.get(ledger) or stored_view(ledger)


def stored_view(ledger: Ledger) -> View:
    """The read model as it is stored, whether or not it can be asked."""
    return ledger.view("holdings", rules.edition())


def kept_in_memory(ledger: Ledger) -> MemoryView:
    """Where a ledger that cannot store a read model has one from now on, empty as yet."""
    kept = _in_memory[ledger] = MemoryView()
    return kept


class Gate:
    """The directory of the read model, at the head of the log when it was asked for.

    Where another process brings the read model further while it is read, reading goes on from there.
    """

    def __init__(self, ledger: Ledger, register: Register, judge: Judge) -> None:
        self._ledger, self._register, self._judge = ledger, register, judge
        self._view = view_of(ledger)
        self._directory = self._read_directory()
        self._sound: set[str] = set()

    @property
    def issuers(self) -> dict[str, IssuerRow]:
        """Every issuer's own row, by its key; `filings` is 0 where all of its were taken back."""
        self.settle()
        return self._directory.issuers

    def rows(self, issuers: Iterable[str] | None) -> dict[str, IssuerRow]:
        """The rows of some issuers, as far as they are here, or of all."""
        if issuers is None:
            return self.issuers
        wanted = {*issuers}
        self.settle(wanted)
        there = self._directory.issuers
        return {issuer: there[issuer] for issuer in sorted(wanted & there.keys())}

    def rows_where(self, meant: Meant) -> dict[str, IssuerRow]:
        """The rows of all issuers but of those that wait, where nothing that is said of them is `meant`."""
        self.settle_where(meant)
        waiting = self._directory.waiting
        return {key: row for key, row in self._directory.issuers.items() if key not in waiting}

    @property
    def waiting(self) -> bool:
        """Whether anybody waits to be judged."""
        return bool(self._directory.waiting)

    def moved(self) -> bool:
        """Whether something was written to the read model since it was read last."""
        return self._read_directory().root != self._directory.root

    def settle(self, issuers: Iterable[str] | None = None) -> None:
        """Judge those of some issuers that wait, or all that wait."""
        asked = None if issuers is None else {*issuers}
        while waiting := self._directory.waiting:
            if asked is not None and waiting.keys().isdisjoint(asked):
                return
            self._judge(asked)
            self._view = view_of(self._ledger)  # another one, where it could not be stored
            self._directory, self._sound = self._read_directory(), set()

    def settle_where(self, meant: Meant, within: AbstractSet[str] | None = None) -> None:
        """Judge those that wait of which something is said that is `meant`: of some issuers, or of all."""
        while found := waiting.meant_among(self._directory.waiting, meant, within):
            self.settle(found)

    def _read_directory(self) -> Directory:
        while True:
            position = self._view.position()
            try:
                known = self._register.directory
                found = digests.directory_of(
                    self._view.query, position, self._ledger.seal_at(position), known
                )
                self._register.directory = found
                return found
            except IntegrityFailure:
                if position == self._view.position():
                    raise

    def _settled(self, read: Callable[[], _Answer], issuers: Iterable[str] = ()) -> _Answer:
        """What is read, once those that it is about are judged.

        Once more where another process brought the read model further meanwhile.
        """
        about = {*issuers}
        while True:
            self.settle(about)
            try:
                return read()
            except IntegrityFailure:
                fresh = self._read_directory()
                if fresh.root == self._directory.root:
                    raise
                self._directory, self._sound = fresh, set()
