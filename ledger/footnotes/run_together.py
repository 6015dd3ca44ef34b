"""An earlier total that ran together what is told apart now: direct holdings and others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.footnotes.amounts import Amount
from ledger.footnotes.lettercase import pattern

REPORT = (
    r"\b(?:(?:prior|previous|earlier|last|preceding|original|initial)\s+(?:[\w']+\s+){0,3}?"
    r"(?:reports?|forms?|filings?|statements?|totals?|balances?)|form\s+[345](?:/a)?)\b"
)
"""A report that was filed before, as words name it."""
NOW_APART = (
    r"(?:prior|previous|previously|earlier|last|filed|form\s+[345](?:/a)?|(?:reported|shown)\s+as)\b[^.;]{0,100}?\b"
    r"(?P<had>included|consisted\s+of|comprised)\b[^.]{0,160}?\b(?:separate(?:ly|\s+lines?)|(?:shown|reported|listed)\s+apart)\b"
)
"""An earlier total that held what is now on a line of its own."""
RUN_TOGETHER = (
    rf"{REPORT}[^.;]{{0,60}}?\b(?:(?:did|do|does)\s+not|failed\s+to)\s+(?:separate|distinguish|divide)\b[^.;]{{0,80}}?\bindirect"
    rf"|{REPORT}[^.;]{{0,60}}?\b(?:combined|aggregated|added|showed|gave|reported|put)\b[^.;]{{0,60}}?\b(?:direct|indirect)(?:ly)?\b[^.;]{{0,60}}?"
    r"\b(?:direct|indirect)(?:ly)?\b[^.;]{0,60}?\b(?:together|(?:as|in|on)\s+one|a\s+single)\b"
)
"""An earlier report that gave one number of what is owned directly and what is not."""
_APART = pattern(NOW_APART, re.IGNORECASE)
_DIRECT = pattern(r"\s+(?:(?:owned|held)\s+)?directly\b", re.IGNORECASE)


def told_apart(text: str, start: int, end: int, found: Sequence[Amount]) -> Amount | None:
    """The amount that a total had in it and that is told apart now: of two, the one not owned directly."""
    said = _APART.search(text, start, end)
    if said is None:
        return None
    inside = [a for a in found if said.end("had") <= a.start < said.end()]
    if len(inside) == 1 and len(found) <= 2:
        return inside[0]
    own = [a for a in inside if not _DIRECT.match(text, a.unit_end)]
    whole = len(found) == 3 and found[0].shares == found[1].shares + found[2].shares
    parted = len(inside) == 2 and (whole or len(found) == 2)
    return own[0] if parted and len(own) == 1 else None
