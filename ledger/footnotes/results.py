"""What notes say came of an award by performance: it was earned, or it came to nothing."""

from __future__ import annotations

import re

from ledger.footnotes.lettercase import pattern
from ledger.footnotes.remembered import remembered

_LOST = pattern(
    r"\bnone\s+of\s+(?:the|these|those|such)\b[^.;]{0,60}?\b(?:earned|vested|paid)\b"
    r"|\b(?:were|was)\s+(?:not\s+earned|unearned|cancell?ed|forfeited)\b|\b(?:did\s+not|failed\s+to)\s+vest\b"
    r"|\bno\s+(?:shares|units)\s+(?:were|was)\s+(?:earned|issued|paid)",
    re.IGNORECASE,
)
"""Words by which an award came to nothing."""
_EARNED = pattern(
    r"\bearned\b|\bpaid\s+out\b|\bpayout\b|\bsettle(?:d|ment)\b|\bcertif\w+", re.IGNORECASE
)


@remembered(4096)
def results(text: str) -> tuple[bool, bool]:
    """Whether a note has words by which an award came to nothing, and by which it was earned."""
    return bool(_LOST.search(text)), bool(_EARNED.search(text))
