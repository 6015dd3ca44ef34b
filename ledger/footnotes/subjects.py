"""What a note speaks of by its words, in whichever column its number stands.

Filers put the number of a note where they like: on the title, the code, the amount, the total. So the
words tell whether it is of the total, and the column only where they leave that open.
"""

from __future__ import annotations

import re

from ledger.footnotes.acts import ACTS
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain
from ledger.footnotes.untold_amounts import counted_of_owner, untold

_OF_A_TOTAL = pattern(
    r"\b(?:includ(?:es?|ed|ing)|exclud(?:es?|ed|ing)|inclusive|exclusive\s+of|totals?|balances?|column\s+(?:5|five)|holdings?|beneficially\s+owned|consists?|compris(?:es?|ed)"
    r"|remain\w*|in\s+all|no\s+longer|(?:further|additional|another|other)\s+\d[\d,.]*\s+(?:[a-z]+\s+){0,2}?(?:shares|units)|adjusted\s+to\s+reflect"
    r"|number\s+of\s+(?:shares|securities)\s+(?:[a-z]+\s+){0,2}?(?:owned|held)|actually\s+(?:owned|held)|correction\s+(?:of|in|to)\s+the\s+number\s+of\s+(?:shares|securities)\s+previously\s+reported"
    r"|since\s+(?:[\w']+\s+){0,4}?(?:reports?|forms?|filings?|statements?))\b",
    re.IGNORECASE,
)
"""Words of what is held, and not of what a row moved."""
_ACT = {code: pattern(rf"\b(?:{words})\b", re.IGNORECASE) for code, (words, _) in ACTS.items()}
_OF_ITSELF = pattern(r"\W*(?:represents?|reflects?|these|this)\b", re.IGNORECASE)
_COMING = frozenset({"A", "M", "P"})
"""Codes of rows that bring shares: what else is said to have been done to these is how they came."""
_PRICE = re.compile(r"\bprices?\b|\$\s?\d", re.IGNORECASE)


def names_a_total(text: str) -> bool:
    """Whether a note has words of what is held."""
    return bool(_OF_A_TOTAL.search(text))


@remembered(4_096)
def of_a_total(text: str, code: str) -> bool:
    """Whether a note speaks of what is held, wherever a row under a code cites it.

    It says so, or tells what was done, and nothing of the act that the code is for.
    """
    if names_a_total(text):
        return True
    note, _ = plain(text)
    if code not in ACTS or _ACT[code].search(note):
        return False
    came = code in _COMING
    return any(counted_of_owner(text)) or any(told.way < 0 or not came for told in untold(text))


def of_itself(text: str) -> bool:
    """Whether a note says what its row is, wherever it is cited: "represents 940 shares withheld".

    >>> of_itself("Represents 940 shares withheld."), of_itself("Since then 940 were withheld.")
    (True, False)
    """
    return bool(_OF_ITSELF.match(text))


@remembered(4_096)
def of_a_price(text: str) -> bool:
    """Whether a note speaks of a price, wherever it is cited."""
    return bool(_PRICE.search(text))
