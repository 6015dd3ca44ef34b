"""Recognises what footnotes and remarks state about shares, in the filer's own words."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.filing import Footnote, Statement


def statements(footnotes: Sequence[Footnote], remarks: str | None) -> tuple[Statement, ...]:
    """Everything the notes of one filing state, in the order of the notes and of their words."""
    return ()
