"""The ledger as people open it: the log, and the way into it for documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ledger import retraction
from ledger import review as reviewing
from ledger.loading import later
from ledger.retraction import Retraction
from ledger.review import Remark
from ledger.store import Ledger as Log
from ledger.store import Recorded
from ledger.store.inquiries import Bounds, Found
from ledger.types import Format

if TYPE_CHECKING:
    from ledger import events as models
    from ledger.events import Fact, FindingReviewed
    from ledger.ingestion import unchanged
    from ledger.ingestion.ingest import IngestReport
else:
    models = later("ledger.events")
    unchanged = later("ledger.ingestion.unchanged")


class Ledger(Log):
    """A log of filings, and the way into it for documents. Made by `Ledger.open`."""

    def ingest(
        self,
        *paths: str | Path,
        jobs: int = 1,
        as_format: Format | None = None,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        today: date | None = None,
    ) -> IngestReport:
        """Read and record whatever stands under these paths: see `ledger.ingestion.ingest.ingest`."""
        from ledger.ingestion.ingest import ingest  # noqa: PLC0415  (questions need no reader)

        return ingest(
            self,
            paths,
            jobs=jobs,
            as_format=as_format,
            dry_run=dry_run,
            progress=progress,
            today=today,
        )

    def forget_altered(self) -> None:
        """Take out what was altered of the documents that are known: they are read when met again."""
        unchanged.forget_altered(self)

    def retract(
        self, filing: str, *, why: str, at: datetime | None = None, undo: bool = False
    ) -> Recorded:
        """Take a wrongly recorded filing back, by an event of its own, or bring it back.

        Answers are without it from then on; as known before that moment they still have it.

        Args:
            filing: Its accession number, or `sha256:` and at least 12 hex digits.
            why: The reason, which the log keeps; it may be empty where a retraction is undone.
            at: The moment; None for now.
            undo: Bring a filing back that was taken back.

        Raises:
            UnknownReference, AmbiguousReference: No filing has this name, or several have.
            UsageError: It is taken back already, it is not, or no reason is given.
            StoreUnavailable: The ledger cannot be written.
        """
        stream = self.filing(filing).stream
        said = retraction.restored if undo else retraction.retracted
        moment = at or datetime.now(UTC)
        (event,) = self.add(stream, lambda facts: [said(facts, why, moment)])
        return event

    def retractions(self, filing: str) -> list[tuple[int, Retraction]]:
        """Every time that a filing was taken back, oldest first, with the position of the event.

        Raises:
            UnknownReference, AmbiguousReference: No filing has this name, or several have.
        """
        events = list(self.events(stream=self.filing(filing).stream))
        at = {event.fact.originator_version: event.position for event in events}
        return [(at[r.version], r) for r in retraction.retractions_of([e.fact for e in events])]

    def review(
        self,
        finding: str,
        remark: Remark,
        *,
        by: str,
        at: datetime | None = None,
        rests: Mapping[str, str] | None = None,
    ) -> Recorded:
        """Record what somebody says of a finding; no balance or verdict follows from it.

        Args:
            finding: Its whole id.
            remark: What is said.
            by: Who says so.
            at: The moment; None for now.
            rests: What the finding rests on, so that it can be seen whether that changed.

        Raises:
            UsageError: Nothing is said, or nobody says it.
            StoreUnavailable: The ledger cannot be written.
        """
        moment = at or datetime.now(UTC)

        def said(facts: Sequence[Fact]) -> list[Fact]:
            return [reviewing.reviewed(facts, finding, remark, by=by, at=moment, rests=rests or {})]

        (event,) = self.add(f"{reviewing.PREFIX}{finding}", said)
        return event

    def reviews(self) -> dict[str, list[FindingReviewed]]:
        """All that was said of findings, by the finding's id, oldest first."""
        return {
            stream.removeprefix(reviewing.PREFIX): [
                e.fact
                for e in self.events(stream=stream)
                if isinstance(e.fact, models.FindingReviewed)
            ]
            for stream in self._reviewed()
            if stream != reviewing.SEEN
        }

    def seen(self) -> frozenset[str]:
        """The findings that were told to whoever asked what is new."""
        said = (e.fact for e in self.events(stream=reviewing.SEEN))
        told = (fact for fact in said if isinstance(fact, models.FindingsSeen))
        return frozenset(one for fact in told for one in fact.findings)

    def see(self, findings: Sequence[str], at: datetime | None = None) -> None:
        """Record that some findings were told, so that they are not new any more."""
        moment = at or datetime.now(UTC)
        self.add(reviewing.SEEN, lambda facts: reviewing.seen(facts, findings, moment))

    def inquire(self, sql: str, bounds: Bounds) -> Found:
        """What one SELECT over the views for readers comes to: see `ledger.store.inquiries`.

        Args:
            sql: The question, in a stranger's own words.
            bounds: How much it may take.

        Raises:
            UsageError: It is no such SELECT, or took too long.
        """
        return self._database.inquire(sql, bounds)

    def _reviewed(self) -> list[str]:
        first = reviewing.PREFIX
        sql = (
            "SELECT DISTINCT originator_id FROM stored_events "
            "WHERE originator_id >= ? AND originator_id < ? ORDER BY originator_id"
        )
        return [row[0] for row in self._database.rows(sql, (first, f"{first}~"))]
