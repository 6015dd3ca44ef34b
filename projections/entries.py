"""An entry of a timeline: what one line moved, what it claims, and what follows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from projections.lines import ZERO, Dossier, Line


class Entry:
    """One line on its position: what it moved, what it claims, what follows.

    `expected` is what the claim should be given everything before it, None at an
    opening. `balance` is ours after the line, re-anchored to the claim where the two
    differ. `residual` is claim less expected. `lot` marks a total that shows only the lot
    that moved, `scope` what a total adds of the owner's other positions. `returned` is set on a broken claim when a
    later one goes back to the line before it; `persisted` when a later one builds on it;
    `settled` names the lines, reported late, that it had counted already.
    """

    __slots__ = (
        "balance",
        "claim",
        "delta",
        "dossier",
        "expected",
        "explanation",
        "late",
        "line",
        "lot",
        "opening",
        "persisted",
        "prior",
        "repeats",
        "residual",
        "returned",
        "scope",
        "settled",
        "verdict",
    )

    def __init__(self, dossier: Dossier, line: Line) -> None:
        self.dossier, self.line = dossier, line
        self.delta = ZERO if line.holding else line.movement
        self.claim = line.shares_after
        self.prior: Decimal | None = None
        self.expected: Decimal | None = None
        self.balance: Decimal | None = None
        self.residual = ZERO
        self.opening = False
        self.late = False
        self.lot = False
        self.scope: Decimal | None = None
        self.verdict: str | None = None
        self.returned: Entry | None = None
        self.persisted: Entry | None = None
        self.repeats: Entry | None = None
        self.settled: tuple[Entry, ...] = ()
        self.explanation: object = None

    @property
    def unmeasured(self) -> bool:
        """Whether something moved that the line does not count in shares."""
        return (
            not self.line.holding and self.line.shares is None and self.line.direction is not None
        )

    @property
    def day(self) -> date | None:
        """The day the line speaks of.

        Its transaction date; for a holding the day of the filing on Form 4, and the event
        or the year's end on Forms 3 and 5.
        """
        if self.line.effective_on:
            return self.line.effective_on
        if self.line.holding and self.dossier.base_form == "4":
            return self.dossier.day or self.dossier.head.period
        return self.dossier.head.period or self.dossier.day
