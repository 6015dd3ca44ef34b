"""Whether a filing is taken back, since when and why. Pure: it knows no store and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from ledger.errors import UsageError
from ledger.loading import later
from ledger.types import eastern_day, instant

if TYPE_CHECKING:
    from ledger import events
    from ledger.events import Fact
else:
    events = later("ledger.events")

LONGEST = 2_000
"""Letters of a reason."""


class Retraction(NamedTuple):
    """A filing taken back: when, why, by which event of its stream, and when it came back, if it did."""

    at: datetime
    why: str
    version: int
    until: datetime | None = None

    @property
    def words(self) -> str:
        """`retracted on 2026-03-01: the client's draft`."""
        return f"retracted on {eastern_day(self.at).isoformat()}: {self.why}"


def retractions_of(facts: Sequence[Fact]) -> list[Retraction]:
    """Every time that a stream's filing was taken back, oldest first; the last may be standing."""
    found: list[Retraction] = []
    for fact in facts:
        if isinstance(fact, events.FilingRetracted):
            found.append(Retraction(fact.at, fact.why, fact.originator_version))
        elif isinstance(fact, events.FilingRestored) and found:
            found[-1] = found[-1]._replace(until=fact.at)
    return found


def standing(facts: Sequence[Fact]) -> Retraction | None:
    """The retraction under which a stream's filing is now; None where it counts."""
    last = retractions_of(facts)[-1:]
    return last[0] if last and last[0].until is None else None


def retracted(facts: Sequence[Fact], why: str, at: datetime) -> Fact:
    """The event that takes a filing back.

    Raises:
        UsageError: It is taken back already, or no reason is given.
    """
    name = _named(facts)
    if not why.strip() or len(why) > LONGEST:
        raise UsageError(
            f"why {name} is taken back must be said, in at most {LONGEST:,} letters",
            remedy="give --why TEXT",
        )
    if there := standing(facts):
        raise UsageError(
            f"{name} is taken back already: {there.words}",
            remedy="`ledger retract FILING --undo` brings it back",
        )
    return events.FilingRetracted(
        originator_id=facts[0].originator_id,
        originator_version=len(facts) + 1,
        at=_after(facts, at),
        why=" ".join(why.split()),
    )


def restored(facts: Sequence[Fact], why: str, at: datetime) -> Fact:
    """The event that brings a filing back.

    Raises:
        UsageError: It is not taken back.
    """
    name = _named(facts)
    if standing(facts) is None:
        raise UsageError(
            f"{name} is not taken back, so there is nothing to undo",
            remedy="`ledger show FILING` tells what was done to it",
        )
    return events.FilingRestored(
        originator_id=facts[0].originator_id,
        originator_version=len(facts) + 1,
        at=_after(facts, at),
        why=" ".join(why.split()),
    )


def _named(facts: Sequence[Fact]) -> str:
    """A filing by its stream, without the year before its number."""
    return facts[0].originator_id.rpartition("/")[2]


def _after(facts: Sequence[Fact], at: datetime) -> datetime:
    """The moment to the second, in UTC.

    Raises:
        UsageError: It lies before what was done to the filing last.
    """
    moment = at.astimezone(UTC).replace(microsecond=0) if at.tzinfo else at.replace(tzinfo=UTC)
    last = max((r.until or r.at for r in retractions_of(facts)), default=moment)
    if moment < last:
        raise UsageError(
            f"{instant(moment)} lies before {instant(last)}, when it was last taken or brought back",
            remedy="look at the clock",
        )
    return moment
