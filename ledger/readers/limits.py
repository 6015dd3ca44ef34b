"""How large a document may be."""

from __future__ import annotations

from ledger.errors import ReadError

SIZE_LIMIT = 50 * 1024 * 1024
"""Bytes of one document. EDGAR's own limit on a Form 4 is far below."""

TOO_LARGE = f"larger than {SIZE_LIMIT // 1024**2} MB"
TOO_LARGE_REMEDY = "no ownership form is that large: check what it is"


def check_size(payload: bytes, source: str) -> None:
    """Refuse a document beyond the limit.

    Raises:
        ReadError: It is larger than `SIZE_LIMIT`.
    """
    if len(payload) > SIZE_LIMIT:
        raise ReadError(TOO_LARGE, where=source, remedy=TOO_LARGE_REMEDY)
