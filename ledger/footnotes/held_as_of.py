"""How many shares a note says that a holding has, as of a day or by a statement of an account.

"As of May 31, 2024, the plan holds 4,210 shares" gives what the total of its line should be;
"includes 4,210 shares held in the plan" gives what that is no less than. What moved, what else
is held, and what a right is to, is neither.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.amounts import amounts
from ledger.footnotes.dates import dates
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import plain, sentences

_HOLDS = pattern(
    r"\b(?:holds?|held|holdings?|owns?|owned|accounts?|balances?|(?<!registration )(?<!proxy )statements?|allocated)\b",
    re.IGNORECASE,
)
_OF_OTHERS = pattern(
    r"\b(?:exclud\w+|not\s+includ\w+|of\s+which|each|up\s+to|addition\w*|also|separate\w*|other|plus|less|minus|net|except|among|at\s+least|at\s+most"
    r"|approximate\w*|about|remain\w*|per\s+(?:share|unit|cent)|for\s+every|splits?|adjust\w*|future|estimate\w*|previous\w*|former\w*|prior|since"
    r"|convert\w*|exchang\w*|rights?|options?|warrants?|underl\w+|purchas\w+|bought|acqui\w+|sold|sale|dispos\w+|grant\w*|award\w*|vest\w*|unvested"
    r"|restricted|forfeit\w*|issu(?:ed|able|ance)|receiv\w+|withh\w+|distribut\w+|gift\w*|gave|given|transfer\w*|contribut\w+|deliver\w+|earn\w*"
    r"|correct\w*|errors?|erroneous\w*|inadvertent\w*|amend\w*|over-?stat\w+|under-?stat\w+|omit\w*|units?|pledg\w+|partners?|members?|joint\w*|not"
    r"|decreas\w+|increas\w+|declin\w+|rose|fell|differ\w*|off|interests?|disclaim\w*|half|third|quarter|terminat\w+|expir\w+|ended|closed"
    r"|liquidat\w+|redeem\w*|redempt\w+|withdr\w+|cash(?:ed)?|took|taken|roll(?:ed|over)|reallocat\w*|moved|surrender\w*|tender\w*|cancel\w*"
    r"|lost|loans?|diversif\w+|removed|left|used|repa(?:y|id))\b|[$%]",
    re.IGNORECASE,
)
"""Words by which a number is of what moved, of another holding, of a right, or is put right."""
_STATEMENT = pattern(r"(?<!registration )(?<!proxy )\bstatements?\b", re.IGNORECASE)
_WITHIN = pattern(r"\binclud\w+", re.IGNORECASE)


class Held(NamedTuple):
    """A number that a note gives of a holding; only `least` where the total may have more in it."""

    shares: Decimal
    least: bool


@remembered(4096)  # filers repeat their notes for years
def held_as_of(note: str) -> Held | None:
    """The one number of shares that a note gives, where it is of what is held; None otherwise.

    >>> held_as_of("Holds 4,210 shares under the 401(k) plan as of May 31, 2024.")
    Held(shares=Decimal('4210'), least=False)
    """
    text, _ = plain(note)
    if not _HOLDS.search(text):
        return None  # at once, for to read its days and amounts takes long
    told = []
    dated = bool(_STATEMENT.search(text))
    for sentence in sentences(text):
        days = dates(*sentence)
        told += [(sentence, amount) for amount in amounts(sentence, days)]
        dated = dated or any(day.role == "as-of" for day in days)
    if len(told) != 1 or not dated:
        return None
    (whole, start, end), amount = told[0]
    if not _HOLDS.search(whole, start, end) or _OF_OTHERS.search(whole, start, end):
        return None
    return Held(amount.shares, bool(_WITHIN.search(whole, start, end)))


@remembered(512)
def statement_day(note: str) -> date | None:
    """The one day that a note gives, where it says that a number is as of it or by a statement.

    >>> statement_day("Based on a plan statement dated June 30, 2017.")
    datetime.date(2017, 6, 30)
    """
    text, _ = plain(note)
    days = [day for sentence in sentences(text) for day in dates(*sentence)]
    if len(days) != 1 or days[0].effective_from != days[0].effective_to:
        return None
    told = days[0].role == "as-of" or _STATEMENT.search(text)
    return days[0].effective_from if told else None
