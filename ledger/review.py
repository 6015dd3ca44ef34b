"""What people say of findings, as events: pure, it knows no store and no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from ledger.errors import UsageError
from ledger.loading import later

if TYPE_CHECKING:
    from ledger import events
    from ledger.events import Fact, FindingReviewed
else:
    events = later("ledger.events")

LONGEST = 2_000
"""Letters of a note or a name."""

PREFIX = "review:"
"""What the name of a finding's stream begins with, before the finding's id."""

SEEN = f"{PREFIX}all"
"""The stream that says which findings were told by when."""


class Remark(NamedTuple):
    """What is said of a finding: whatever is None is left as it was."""

    status: Literal["accepted", "open"] | None = None
    assigned: str | None = None
    note: str | None = None


class Standing(NamedTuple):
    """Where a finding stands by all that was said of it: the last of each."""

    status: Literal["accepted", "open"] = "open"
    assigned: str | None = None
    note: str | None = None
    rests: Mapping[str, str] = {}


def standing(said: Sequence[FindingReviewed]) -> Standing:
    """Where a finding stands, by what was said of it in order."""
    at = Standing()
    for one in said:
        if one.status is not None:
            at = at._replace(status=one.status, rests=one.rests)
        if one.assigned is not None:
            at = at._replace(assigned=one.assigned or None)
        if one.note is not None:
            at = at._replace(note=one.note or None)
    return at


def reviewed(
    facts: Sequence[Fact],
    finding: str,
    remark: Remark,
    *,
    by: str,
    at: datetime,
    rests: Mapping[str, str],
) -> FindingReviewed:
    """The event that says so.

    Raises:
        UsageError: Nothing is said, nobody says it, or one text is too long.
    """
    if remark == Remark():
        raise UsageError(
            f"nothing is said of finding {finding}",
            remedy="accept or reopen it, assign it to somebody, or note something",
        )
    for text in (by, remark.assigned or "", remark.note or ""):
        if len(text) > LONGEST:
            raise UsageError(f"a text has more than {LONGEST:,} letters", remedy="say it shorter")
    if not by.strip():
        raise UsageError(f"who reviews finding {finding} must be said", remedy="give --by WHO")
    return events.FindingReviewed(
        originator_id=f"{PREFIX}{finding}",
        originator_version=len(facts) + 1,
        at=_moment(at),
        by=_plain(by) or "",
        status=remark.status,
        assigned=_plain(remark.assigned),
        note=_plain(remark.note),
        rests=dict(rests),
    )


def seen(facts: Sequence[Fact], findings: Sequence[str], at: datetime) -> list[Fact]:
    """The event that some findings were told, as far as none says so yet."""
    before = {
        one for fact in facts if isinstance(fact, events.FindingsSeen) for one in fact.findings
    }
    fresh = tuple(sorted(set(findings) - before))
    if not fresh:
        return []
    return [
        events.FindingsSeen(
            originator_id=SEEN, originator_version=len(facts) + 1, at=_moment(at), findings=fresh
        )
    ]


def _plain(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


def _moment(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0) if at.tzinfo else at.replace(tzinfo=UTC)
