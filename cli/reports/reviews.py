"""What people said of a finding, as a table: when, who, and what in words."""

from __future__ import annotations

from collections.abc import Iterable

from cli.reports.blocks import Grid, Row, columns
from ledger.types import instant
from projections.desk import Reviewed

_COLUMNS = columns("=When", "Who", "Said")


def sayings(said: Iterable[Reviewed]) -> Grid:
    """All that was said of a finding, oldest first."""
    return Grid(_COLUMNS, [_saying(one) for one in said])


def _saying(said: Reviewed) -> Row:
    words = [
        {"accepted": "accepted it", "open": "reopened it"}.get(said.status or "", ""),
        f"gave it to {said.assigned}" if said.assigned else "",
        "gave it to nobody" if said.assigned == "" else "",
        f"noted: {said.note}" if said.note else "",
        "took the note away" if said.note == "" else "",
    ]
    return Row((instant(said.at), said.by, "; ".join(filter(None, words))))
