"""Every error this project raises, in one tree.

Each message says what went wrong, where (`source:place`) and what to do next, and
is built here, in the constructor, so that no call site can leave a part out.
`exit_code` is the command line's answer to it (docs/reference/errors.md).
"""

from __future__ import annotations

from typing import ClassVar


class LedgerError(Exception):
    """Anything that went wrong in a way a user can be told about."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        place = f"{where}: " if where else ""
        advice = f" ({remedy})" if remedy else ""
        super().__init__(f"{place}{what}{advice}")


class ReadError(LedgerError):
    """A document could not be read as a Form 3, 4 or 5; nothing of it is recorded.

    `where` is the source, or `source:place` for a place in it, and there is always a remedy.
    """

    exit_code = 3

    def __init__(self, what: str, *, where: str, remedy: str) -> None:
        super().__init__(what, where=where, remedy=remedy)

    def place(self, source: str) -> str:
        """Where in the source the error is, "" where it is about the whole of it."""
        return self.where.removeprefix(source).removeprefix(":")


class NotAnOwnershipForm(ReadError):
    """The bytes are something else: another form, a picture, an empty file."""


class NothingReadable(LedgerError):
    """No document in the input could be read."""

    exit_code = 3


class UsageError(LedgerError):
    """The question itself is at fault: a date that is none, an unknown name."""

    exit_code = 2


class UnknownReference(UsageError):
    """No filing, row, person, issuer or finding answers to the name given.

    `candidates` lists whom a name that is nearly the same names, as far as there is anybody.
    """

    def __init__(
        self, what: str, *, where: str = "", remedy: str = "", candidates: tuple[str, ...] = ()
    ) -> None:
        self.candidates = candidates
        super().__init__(what, where=where, remedy=remedy)


class AmbiguousReference(UsageError):
    """Several things answer to the name given; `candidates` lists them."""

    def __init__(self, what: str, candidates: tuple[str, ...]) -> None:
        self.candidates = candidates
        listed = "; ".join(candidates)
        super().__init__(what, remedy=f"name one of: {listed}")


class StoreUnavailable(LedgerError):
    """The database is busy, full, read-only or out of reach; nothing was lost."""

    exit_code = 4


class StoreUnwritable(StoreUnavailable):
    """The database is full or may not be written; what is there can still be asked."""


class OutputUnwritable(LedgerError):
    """What was to be written has no room there, or may not be written; nothing half stands there."""

    exit_code = 1


class ServerSilent(StoreUnavailable):
    """A database server does not answer, or went away before it had; it may come back."""


class EdgarSilent(LedgerError):
    """EDGAR, or its mirror, gives no answer, or none in time; what came before is recorded."""

    exit_code = 5


class EdgarRefused(EdgarSilent):
    """EDGAR does not let us ask, or asks us to stay away for longer than we wait."""


class ClusterSilent(LedgerError):
    """A cluster's scheduler gives no answer, or has no worker left; nothing was stored."""

    exit_code = 5


class IntegrityFailure(LedgerError):
    """The stored log is damaged or was altered."""

    exit_code = 6
