"""What is true of a simulated world, beside what its filings say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ledger.types import Ownership, Table
from tests.simulator.people import Number


@dataclass(frozen=True, slots=True)
class Claim:
    """One printed total. `true` is what was owned right after the row.

    `difference` is how far the total lies from the total before it plus the rows
    between, read by the filer's own habit; `causes` says why, in order: the name of a
    legitimate cause (`espp`, `split`, `form-change`, ...), `opening` where nothing was
    known before, `convention:...` where the habit prints another figure than the
    running one, `error:...` where the filer erred. `untold` are those of the causes
    that no footnote of this row tells.
    """

    filing: str
    row: str
    position: str
    true: Number
    claimed: Number | None
    difference: Number
    causes: tuple[str, ...]
    untold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PositionTruth:
    """One holding pool, with its true balance after each change, in order of time."""

    id: str
    issuer: str
    owners: tuple[str, ...]
    table: Table
    security: str
    ownership: Ownership
    nature: str
    history: tuple[tuple[date, Number], ...]

    def balance(self, as_of: date) -> Number:
        """What was owned at the end of a day; 0 before the first change."""
        held: Number = 0
        for on, after in self.history:
            if on > as_of:
                break
            held = after
        return held


@dataclass(frozen=True, slots=True)
class InjectedError:
    """The one thing a filer did wrong.

    `right` are the finding kinds that name it, best first. `filing`, `row` and
    `position` say where it stands ("" where it has no row); `filings` are all those at
    which a reconciler may fairly report it, `filing` among them.
    """

    kind: str
    right: tuple[str, ...]
    filing: str
    row: str
    position: str
    filings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allowed:
    """Finding kinds that are fair at a place although nobody erred, with the reason."""

    filing: str
    position: str
    kinds: tuple[str, ...]
    reason: str


@dataclass(slots=True)
class Truth:
    """Everything that is true: pools with their balances, and a cause for every total."""

    positions: dict[str, PositionTruth] = field(default_factory=dict)
    claims: dict[tuple[str, str], Claim] = field(default_factory=dict)
    allowed: list[Allowed] = field(default_factory=list)
