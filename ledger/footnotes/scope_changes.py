"""What a total counts now and did not before, or counts no longer."""

from __future__ import annotations

import re

from ledger.loading import pattern

_EARLIER = pattern(
    r"\b(?:previous(?:ly)?|earlier|prior|preceding|last|most\s+recent|no\s+longer|formerly|before|until\s+now|hitherto|to\s+date)\b",
    re.IGNORECASE,
)
_REPORTS = (
    r"(?:\w+\s+|person's\s+){0,4}?(?:earlier|prior|previous|preceding|last|most\s+recent)\s+(?:\w+\s+)?"
    r"(?:reports?|filings?|forms?|totals?)(?:\s+[345](?:/a)?)?(?:\s+and\s+[345])?"
)
_OMITTED = r"(?:excluded|not\s+(?:included|reflected|counted)|left\s+out|omitted)"
_IN_TOTALS = (
    r"(?:the\s+(?:totals?|balances?|amounts?|numbers?)\s+(?:\w+\s+){0,3}?(?:on|in|of|by)\s+)?"
)
_UNTIL_NOW = r"(?:before|previously|formerly|earlier|until\s+now|hitherto|to\s+date)\b(?!\s+(?:vesting|the\b|any\b|\d))"
_NOW_IN = pattern(
    r"\binclud(?:es?|ing)\b[^.;]*?(?:\b(?:previously|formerly)\s+(?:excluded|not\s+(?:included|reflected)|left\s+out|omitted)"
    rf"|\b{_REPORTS}\s+(?:had\s+)?(?:excluded|omitted|left\s+out|did\s+not\s+include)"
    rf"|\b{_OMITTED}\s+(?:from|in|of|on)\s+{_IN_TOTALS}{_REPORTS}"
    rf"|\b(?:excluded|not\s+included|left\s+out|omitted)\s+{_UNTIL_NOW})"
    rf"|\b{_REPORTS}\s+(?:had\s+)?(?:excluded|omitted|left\s+out|did\s+not\s+include)\b[^.]{{0,240}}?\b(?:(?:is|are)\s+(?:now\s+)?included|now\s+includ\w+)",
    re.IGNORECASE,
)
_NOW_OUT = pattern(
    r"\bno\s+longer\s+includ\w+"
    r"|\b(?:exclud(?:es?|ing)|do(?:es)?\s+not\s+include)\b[^.;]*?(?:\b(?:previously|formerly)\s+(?:included|counted)"
    rf"|\b{_REPORTS}\s+(?:had\s+)?(?:included|counted)|\b(?:included|counted|reflected)\s+(?:in|by|on)\s+{_IN_TOTALS}{_REPORTS}"
    rf"|\b(?:included|counted)\s+{_UNTIL_NOW})"
    rf"|\b{_REPORTS}\s+(?:had\s+)?(?:included|counted)\b[^.]{{0,240}}?\b(?:excluded|not\s+included|left\s+out|removed)\b",
    re.IGNORECASE,
)


def entered(text: str, start: int, end: int) -> bool:
    """Whether shares are told as counted now, where earlier reports left them out."""
    return _speaks_of_before(text, start, end) and _NOW_IN.search(text, start, end) is not None


def left(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words by which shares are told as left out now, where earlier reports counted them."""
    return _NOW_OUT.search(text, start, end) if _speaks_of_before(text, start, end) else None


def _speaks_of_before(text: str, start: int, end: int) -> bool:
    return _EARLIER.search(text, start, end) is not None
