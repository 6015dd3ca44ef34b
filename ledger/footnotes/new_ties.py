"""What makes a vehicle's shares the owner's to report from a day on: a marriage, an office, a household.

The counterpart of `ties`: who marries, becomes a trustee or is appointed executor has from that
day a holding that nobody had to report before, and that no row acquired (Rule 16a-1(a)(2)).
"""

from __future__ import annotations

import re
from datetime import date

from ledger.footnotes.dates import dates
from ledger.footnotes.text import plain, sentences
from ledger.loading import pattern

_OFFICE = (
    r"(?:(?:an?|the|its|sole|successor|independent|managing|acting|one\s+of\s+the)\s+){0,3}"
    r"(?:co-?\s?)?(?:trustees?|execut(?:or|rix)|administrat(?:or|rix)|personal\s+representative|custodian|guardian|conservator"
    r"|(?:general|managing)\s+partner|managing\s+member|beneficiary)\b"
)
_BEGUN = pattern(
    r"\b(?:(?:whom|who)\s+(?:\w+\s+){0,4}?married|(?:he|she|reporting\s+(?:person|owner))\s+(?:was\s+|were\s+)?married\b"
    r"|(?:were|was|got)\s+married\b|(?:his|her|their|person's|owner's)\s+marriage\b(?!\s+(?:was|is|ended|to\s+be)\b)"
    r"|became\s+(?:the\s+)?(?:his|her|(?:reporting\s+)?(?:person|owner)'s)\s+(?:spouse|wife|husband)"
    r"|became\s+the\s+(?:spouse|wife|husband)\s+of"
    rf"|(?:became|becoming|appointed|named|elected|serves?\s+since|began\s+(?:serving|to\s+serve)\s+as|took\s+office\s+as)\s+(?:as\s+|to\s+be\s+)?{_OFFICE}"
    rf"|(?:appointment|election|succession)\s+as\s+{_OFFICE}"
    r"|(?:moved\s+in(?:to)?|joined|came\s+to\s+share)\s+(?:with\s+)?(?:the|his|her|(?:the\s+)?(?:reporting\s+)?(?:person|owner)'s)\s+(?:\w+\s+)?household"
    r"|(?:acquired|obtained|gained)\s+(?:\w+\s+)?(?:voting|investment|dispositive)\s+(?:\w+\s+){0,3}?(?:power|control|authority))",
    re.IGNORECASE,
)
_NOT = pattern(
    r"\b(?:not|never|will|would|may(?!\s+\d)|if|until|resign\w*|ceased|divorc\w*|no\s+longer|former)\b",
    re.IGNORECASE,
)


def begun(note: str) -> tuple[date | None, ...] | None:
    """The days from which a note says that an owner came to have such a tie; None for no such words.

    A day is None where the sentence gives none.
    """
    text, _ = plain(note)
    for said in sentences(text):
        found = _BEGUN.search(text, said.start, said.end)
        if found is None or _NOT.search(text, said.start, said.end):
            continue
        return tuple(when.effective_to for when in dates(text, said.start, said.end)) or (None,)
    return None
