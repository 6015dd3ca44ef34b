"""As many shares of another class as a note's row moved, which went with them: paired shares.

Where a company's founders hold units of the business and a vote apart, each unit goes with one
share of a class that is worth nothing; on exchange "an equal number of shares of Class B Common
Stock was cancelled", often without a row of its own.
"""

from __future__ import annotations

import re

from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import done
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain, sentences

_AS_MANY = (
    r"(?:an?|the)\s+(?:equal|equivalent|corresponding|like|same|identical|matching)\s+(?:aggregate\s+)?(?:number|amount)\s+of\s+"
    r"(?:(?:the|his|her|its|such|paired|related|associated|corresponding|outstanding|reporting\s+person's)\s+)*(?:shares?\s+of\s+(?:the\s+issuer's\s+)?)?"
)
_TITLE = r"(?P<title>[A-Za-z][\w\s$-]{2,60}?)"
_GONE = r"(?:cancell?ed|surrendered|forfeited|retired|redeemed|delivered|tendered|extinguished|eliminated|relinquished|returned|transferred\s+to\s+the\s+(?:issuer|company))"
_PAIRED = pattern(
    rf"{_AS_MANY}{_TITLE}(?:,?\s+(?:which\s+(?:were|are)\s+)?(?:held|owned)\s+by\s+[^.;,]{{1,60}}?)?,?\s+(?:was|were|has\s+been|have\s+been)\s+(?:(?:also|then|\w+ly)\s+)*(?P<past>{_GONE})\b"
    rf"|\b(?P<act>{_GONE})\s+(?:to\s+the\s+(?:issuer|company)\s+(?:for\s+cancellation\s+)?)?{_AS_MANY}(?P<object>[A-Za-z][\w\s$-]{{2,60}}?)(?=[.,;(]|\s+(?:held|owned|to|for|in|upon|that|which|and|with)\b|$)",
    re.IGNORECASE,
)


@remembered(4_096)
def paired(note: str) -> tuple[str, ...]:
    """The titles of which a note says that as many went as its row moved of another security.

    >>> paired("Units were exchanged. An equal number of shares of Class B Stock was cancelled.")
    ('Class B Stock',)
    """
    text, _ = plain(note)
    return tuple(
        (found["title"] or found["object"]).strip()
        for sentence in sentences(text)
        for found in _PAIRED.finditer(*sentence)
        if done(sentence, found)
    )
