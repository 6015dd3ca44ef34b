"""An entry of a timeline: what one line moved, what it claims, and what follows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from projections.filings.records import ZERO, Dossier, Line


class Entry(msgspec.Struct, eq=False):
    """One line on its position: what it moved, what it claims, what follows.

    `expected` is what the claim should be given everything before it, None at an
    opening. `balance` is ours after the line, re-anchored to the claim where the two
    differ. `residual` is claim less expected. `lot` marks a total that shows only the lot
    that moved, `scope` what a total adds of the owner's other positions. `returned` is set on a broken claim when a
    later one goes back to the line before it; `persisted` when a later one builds on it;
    `settled` names the lines, reported late, that it had counted already; `ahead` those that
    moved after its own day and that its total, as of the filing, counts as well. `meant` is
    the movement that a right total shows where the row is what the filer got wrong. `carried`
    is what an issuer that this one continues left behind.
    """

    dossier: Dossier
    line: Line
    delta: Decimal
    claim: Decimal | None
    unmeasured: bool
    """Whether something moved that the line does not count in shares."""
    day: date | None
    """The day the line speaks of.

    Its transaction date; for a holding the day of the filing on Form 4, and the event or
    the year's end on Forms 3 and 5.
    """
    prior: Decimal | None = None
    expected: Decimal | None = None
    balance: Decimal | None = None
    residual: Decimal = ZERO
    opening: bool = False
    late: bool = False
    lot: bool = False
    scope: Decimal | None = None
    verdict: str | None = None
    returned: Entry | None = None
    persisted: Entry | None = None
    repeats: Entry | None = None
    settled: tuple[Entry, ...] = ()
    ahead: tuple[Entry, ...] = ()
    meant: Decimal | None = None
    carried: Decimal | None = None
    explanation: object = None

    @classmethod
    def of(cls, dossier: Dossier, line: Line, as_of: Dossier | None = None) -> Entry:
        """What a filing's line moved and claims, before anything follows from it.

        `as_of` is the filing that the line speaks as of: of an amendment, the one it amends.
        """
        delta = ZERO if line.holding else line.movement
        unmeasured = line.shares is None and not line.holding and line.direction is not None
        return cls(
            dossier, line, delta, line.shares_after, unmeasured, _day(as_of or dossier, line)
        )


def reference(entry: Entry) -> str:
    """`FILING#I.1`: where an entry's line stands."""
    return f"{entry.dossier.id}#{entry.line.ref}"


def _day(dossier: Dossier, line: Line) -> date | None:
    if line.effective_on:
        return line.effective_on
    if line.holding and dossier.base_form == "4":
        orphan = dossier.head.original_on if dossier.amends else None
        return orphan or dossier.day or dossier.head.period
    return dossier.head.period or dossier.day
