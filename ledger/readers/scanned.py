"""Reads the text of scanned Forms 3, 4 and 5."""

from __future__ import annotations

from ledger.errors import NotAnOwnershipForm
from ledger.filing import Reading

VERSION = 0


def read(payload: bytes, *, source: str, accession: str | None = None) -> Reading:  # noqa: ARG001
    """Turn the text of a scanned form into a Filing."""
    raise NotAnOwnershipForm("scanned text is not read yet", where=source)
