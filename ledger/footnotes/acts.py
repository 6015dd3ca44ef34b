"""What a note says was done with the shares of the row that cites it: granted, sold, withheld, given.

By the transaction codes of the rows: the amounts of which a note says that the code's act was
done, and the one act of another code that it tells instead. Whether a row is wrong for it is not
decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.amounts import Amount, amounts
from ledger.footnotes.dates import When, dates
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import Sentence, plain, sentences

_GRANTED = r"grant(?:s|ed|ing)?|award(?:s|ed|ing)?|issued|receiv\w+"
ACTS = {
    "A": (_GRANTED, "granted"),
    "S": (r"sold|sales?|selling", "sold"),
    "P": (r"purchase[ds]?|bought|purchasing|acquired", "bought"),
    "F": (r"withh\w+|surrender\w*|tender\w*|deliver\w*|forfeit\w*|retain\w*", "withheld"),
    "G": (r"gifts?|gifted|gave|given|donat\w+|contribut\w+", "given"),
    "M": (r"exercis\w+|conver\w+|vest(?:ed|ing)|settle\w*", "exercised"),
}
"""By the code of a row, the words of a note that tell its act, and the act in a word."""

_AFTER = {
    act: pattern(
        r"[^.;:]{0,40}?(?:\b(?:was|were|been|are|is)\s+|^\s*(?:\w+\s+){0,3}?)(?:\w+ly\s+)?(?:"
        + words
        + r")\b",
        re.IGNORECASE,
    )
    for act, (words, _) in ACTS.items()
}
_BEFORE = {
    act: pattern(
        r"\b(?:" + words + r")\b(?:\s+(?!shares\b|units\b)[\w'(,)-]+){0,7}?\s*$", re.IGNORECASE
    )
    for act, (words, _) in ACTS.items()
}

_OPEN = pattern(
    r"\b(?:target\w*|perform\w*|maxim\w*|minim\w*|up\s+to|earn(?:ed|s)?|aggregate\w*|total\w*|split\w*|adjust\w*"
    r"|dividends?|each(?!\s+(?:of\s+the|of\s+(?:two|three|four|five)|anniversar|instal|vest))|per|additional|portion|part(?:ial\w*)?|tranches?"
    r"|remain\w*|balance|net|original\w*|initial\w*|equivalents?|approximately|previous\w*|earlier|prior"
    r"|of\s+which|out\s+of|some\s+of|\d\s+of\s+(?:the|these|those|such)|in\s+cash|includ\w+|exclud\w+|consist\w*|compris\w+|together|combin\w+|both|joint\w*|respectively"
    r"|subsequent\w*|later|thereafter|intend\w*|may(?!\s+\d)|plans?\s+to|agree\w*|elect\w*|percent|half|third(?!\s+(?:anniversar|business|calendar))|quarter|fraction\w*"
    r"|vested|cancel\w*|replac\w+|exchang\w+|other|another|also|not|no|correct\w*|error|erroneous\w*|instead|overstat\w*|understat\w*"
    r"|vesting\s+of|instal\w+\s+of|(?:from|under)\s+(?:an?|the|his|her|such|that)\s+(?:[\w-]+\s+){0,2}(?:grant|award)"
    r"|of\s+(?:an?|the|his|her)\s+(?:[\w-]+\s+){0,2}(?:grant|award)\s+(?:of|to|made|dated)"
    r"|spouse|wife|husband|trust|fund|partners?|LLC|L\.?P\.?|whom|weighted|interest\s+in|(?:fif|six|seven|eigh|nin|ten|twelf)ths?)\b|%",
    re.IGNORECASE,
)
"""Words beside which a note may well speak of more, or of something else, than its row."""


class Done(NamedTuple):
    """An act of one amount that a sentence of a note tells, its days, and whether it may tell more."""

    shares: Decimal
    days: tuple[When, ...]
    open: bool


@remembered(4096)
def done(text: str, code: str) -> tuple[Done, ...]:
    """The amounts that a note says of the act of rows of a code."""
    return tuple(_done(text, code)) if any(map(str.isdigit, text)) else ()


def _done(text: str, code: str) -> Iterator[Done]:
    note, _ = plain(text)
    for sentence in sentences(note):
        days = dates(note, sentence.start, sentence.end)
        there = amounts(sentence, days)
        for amount in there:
            if _of_the_act(sentence, amount, code):
                loose = len(there) > 1 or bool(_OPEN.search(sentence.words))
                yield Done(amount.shares, tuple(days), loose)


def _of_the_act(sentence: Sentence, amount: Amount, code: str) -> bool:
    """Whether a sentence says of an amount that so many were granted, sold, withheld or given."""
    text, before, after = sentence.text, _BEFORE[code], _AFTER[code]
    first, behind = max(sentence.start, amount.start - 90), text[amount.end : sentence.end]
    if after.match(behind):
        return True
    kept = code != "F" and _AFTER["F"].match(behind)  # "received after 702 shares were withheld"
    return not kept and before.search(text[first : amount.start]) is not None


_PIECES = r"(?:shares?|stock|units?|securities)"
_NOT_DONE = pattern(
    r"\b(?:will|may(?!\s+\d)|might|would|could|can|shall|to\s+be|if|unless|not?|none|nor|neither|elect\w*\s+to|intend\w*|permit\w*|allow\w*|upon(?!\s+(?:the\s+)?(?:vesting|lapse|settlement)\s*(?:[.,;]|of\b|on\b|$)))\b",
    re.IGNORECASE,
)
"""Words beside which a note does not say that something was done."""


class Act(NamedTuple):
    """What a note says was done, where it says nothing of `other`: the code for it, in words.

    `shares` are the numbers of them that its sentence names, none where it names none.
    """

    said: re.Pattern[str]
    other: re.Pattern[str]
    code: str
    words: str
    shares: tuple[Decimal, ...] = ()


_SOLD = pattern(
    r"\b(?:s[eo]ll?(?:s|ing|d)?|sales?|brokers?|brokerage|market|covers?|10b5-1)\b", re.IGNORECASE
)
_KEPT = pattern(
    r"\b(?:withh\w+|retain\w*|surrender\w*|tender\w*|deliver\w*|issuer|company|net)\b",
    re.IGNORECASE,
)
_WITHHELD = pattern(
    rf"\b{_PIECES}\s+(?:(?:that|which)\s+)?(?:(?:was|were|have\s+been|had\s+been)\s+)?(?:automatically\s+)?(?:withheld|retained)\b"
    rf"|\bwithheld\s+(?:by\s+the\s+(?:issuer|company)\b|(?:[\w,]+\s+){{0,3}}{_PIECES}\b)",
    re.IGNORECASE,
)
_ON_MARKET = pattern(
    r"\b(?:sold|sales?)\b[^.;]{0,80}\b(?:open[\s-]market|brokers?|on\s+the\s+(?:open\s+)?market|market\s+transactions?)\b"
    r"|\b(?:open[\s-]market|broker(?:ed|-assisted)?)\s+sales?\b",
    re.IGNORECASE,
)
_GIVEN = pattern(
    rf"\b(?:bona\s+fide|charitable)\s+(?:gift|donation)|\b{_PIECES}\s+(?:were|was)\s+(?:gifted|donated)\b"
    r"|\b(?:gift|donation)\s+(?:of\s+\S+\s+shares\s+)?(?:by\s+the\s+reporting\s+person\s+)?to\b",
    re.IGNORECASE,
)

_BOUGHT = pattern(
    r"\b(?:purchased|bought|acquired|purchases?)\b[^.;]{0,60}?\b(?:(?:in|on|through)\s+(?:the\s+|an?\s+)?open[\s-]market|open[\s-]market\s+(?:purchases?|transactions?))\b"
    r"|\bopen[\s-]market\s+purchases?\b",
    re.IGNORECASE,
)
_STOCK = r"(?:shares?|stock|securities)(?!\s+units?\b)"
_FORFEITED = pattern(
    rf"\b(?:restricted\s+)?{_STOCK}\s+(?:(?:was|were|have\s+been|had\s+been)\s+)?(?:automatically\s+)?forfeited\b"
    rf"|\b(?:forfeiture|cancellation)\s+of\s+(?:[\w,]+\s+){{0,3}}{_STOCK}\b",
    re.IGNORECASE,
)
_SOLD_OR_COUNTED = pattern(
    r"\b(?:s[eo]ll?(?:s|ing|d)?|sales?|brokers?|brokerage|market|covers?|10b5-1|reflect\w*|includ\w*|exclud\w*|totals?|adjust\w*|after|net|since|previous\w*|prior)\b",
    re.IGNORECASE,
)
"""Beside these a note tells what a total is made of, not what its row did."""
_OF_A_PLAN = pattern(
    r"\b(?:plans?|dividends?|re-?invest\w*|espp|401|grant\w*|award\w*|receiv\w*|issued|defer\w*|retainer|fees?|vest\w*|exercis\w*|conver\w*|gift\w*|inherit\w*)\b",
    re.IGNORECASE,
)
"""Words beside which shares that were bought on the market may have come by a plan or a grant."""
_MATCHED = pattern(
    r"\b(?:purchas\w*|bought|buy\w*|paid|acqui\w*|16\(?b\b|short[\s-]swing|profits?|match\w*)",
    re.IGNORECASE,
)
_OF_A_GIFT = pattern(
    r"\b(?:gift\w*|giv\w*|gave|donat\w*|contribut\w*|charit\w*|trusts?)\b", re.IGNORECASE
)

_GRANTED_TOO = pattern(
    r"\b(?:grant\w*|award\w*|issued|receiv\w*|acqui\w*|s[eo]ld|sales?|reflect\w*|includ\w*|exclud\w*|totals?|net)\b",
    re.IGNORECASE,
)
"""Beside these a note may tell what else became of a grant, not what its row did."""

OTHERWISE = {
    "A": (Act(_BOUGHT, _OF_A_PLAN, "P", "that they were bought on the market"),),
    "S": (
        Act(_WITHHELD, _SOLD, "F", "that shares were withheld"),
        Act(_GIVEN, _SOLD, "G", "that they were given away"),
        Act(_FORFEITED, _SOLD_OR_COUNTED, "D", "that they were forfeited"),
    ),
    "P": (
        Act(_GIVEN, pattern(r"\b(?:purchas|bought|paid)", re.IGNORECASE), "G", "of a gift"),
        Act(_ON_MARKET, _MATCHED, "S", "that they were sold on the market"),
    ),
    "F": (Act(_ON_MARKET, _KEPT, "S", "that they were sold on the market"),),
    "G": (Act(_ON_MARKET, _OF_A_GIFT, "S", "that they were sold on the market"),),
}
"""By the code of a row, the acts that its own note may tell instead."""

AGAINST_LETTER: dict[str, tuple[Act, ...]] = {
    "A": (
        Act(_WITHHELD, _GRANTED_TOO, "F", "that shares were withheld"),
        Act(_FORFEITED, _GRANTED_TOO, "D", "that they were forfeited"),
        Act(_GIVEN, _GRANTED_TOO, "G", "that they were given away"),
    ),
}
"""Those of rows whose letter says already that the code's act was not done."""


@remembered(4096)
def other_act(notes: tuple[str, ...], code: str, *, against_letter: bool = False) -> Act | None:
    """The one act that the notes of a row tell, where none of them speaks of what the code is for."""
    more = AGAINST_LETTER.get(code, ()) if against_letter else ()
    acts: tuple[Act, ...] = (*OTHERWISE[code], *more)
    for act in acts:
        if any(act.other.search(note) for note in notes):
            continue
        for note in notes:
            text, _ = plain(note)
            for sentence in sentences(text):
                if act.said.search(sentence.words) and not _NOT_DONE.search(sentence.words):
                    told = amounts(sentence, dates(*sentence))
                    return act._replace(shares=tuple(one.shares for one in told))
    return None
