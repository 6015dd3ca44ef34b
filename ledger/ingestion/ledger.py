"""The ledger as people open it: the log, and the way into it for documents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.filing import Format
from ledger.store import Ledger as Log

if TYPE_CHECKING:
    from ledger.ingestion.ingest import IngestReport


class Ledger(Log):
    """A log of filings, and the way into it for documents. Made by `Ledger.open`."""

    def ingest(
        self,
        *paths: str | Path,
        jobs: int = 1,
        as_format: Format | None = None,
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> IngestReport:
        """Read and record whatever stands under these paths: see `ledger.ingestion.ingest.ingest`."""
        from ledger.ingestion.ingest import ingest  # noqa: PLC0415  (questions need no reader)

        return ingest(
            self, paths, jobs=jobs, as_format=as_format, dry_run=dry_run, progress=progress
        )
