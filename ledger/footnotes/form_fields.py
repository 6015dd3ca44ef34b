"""The parts of a form that count no shares: a day, a price, a code, a name."""

from __future__ import annotations

import re

from ledger.footnotes.lettercase import pattern

_FIELD = pattern(
    r"\b(?:(?:(?:transaction|trade|execution|exercise|conversion|expiration|grant|vesting|filing|security)\s+)?"
    r"(?:dates?|prices?|codes?|titles?)|CIK|ticker|symbols?|names?|spelling|address(?:es)?|foot\s*notes?|notes?|signatures?"
    r"|power\s+of\s+attorney|exhibits?|relationships?|box(?:es)?|remarks?|nature\s+of\s+\w+|file\s+number)\b"
    r"(?:\s+(?:of|for|per|at\s+which)\s+(?:(?:the|each|this|that|his|her|reporting)\s+)*(?:\w+\s+){0,2}?"
    r"(?:transactions?|sales?|purchases?|grants?|shares?|securities|options?|persons?)(?:\s+(?:sold|acquired|purchased))?)?",
    re.IGNORECASE,
)
"""A part of a report that is no number of shares."""
_RIGHT_ALREADY = pattern(
    r"\b(?:numbers?|amounts?|totals?)\b[^.;]{0,40}?\b(?:was|were|is|are)\s+(?:\w+\s+)?correct(?:ly\s+\w+|ly)?\b",
    re.IGNORECASE,
)
_COUNTS = pattern(
    r"\b(?:numbers?|amounts?|shares?|units?|securit(?:y|ies)|holdings?|owned|held|ownership|column|totals?|balances?|quantit\w+"
    r"|positions?|transactions?|sales?|purchases?|grants?|options?|rows?|lines?|entr(?:y|ies)|dispositions?|acquisitions?)\b",
    re.IGNORECASE,
)


def of_a_field(words: str) -> bool:
    """Whether what was wrong is a day, a price, a name: no number of shares changes with it."""
    told = _RIGHT_ALREADY.sub(" ", words)
    rest = _FIELD.sub(" ", told)
    return rest != told and _COUNTS.search(rest) is None
