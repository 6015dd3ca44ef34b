"""Amounts of shares with which a sentence says that nothing was done, whatever its verb.

Of a claim, a demand, an order or an offer the verb says what became of that: "a claim to 500 shares was
settled for cash", "500 shares were offered and later withdrawn". And what stands behind "in lieu of" is
just what did not come or go. Where the same sentence then says of the shares that they went, they did.
"""

from __future__ import annotations

import re

from ledger.footnotes.clauses import Segment
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import done
from ledger.footnotes.text import Sentence, undated

_SO_MANY = r"(?:(?:the|all|some|any|an?|his|her|its|their|these|those|up\s+to|aggregate|total|further|additional|another|remaining|other|of)\s+){0,5}$"
_NO_VERB = r"(?:(?!(?:was|were|is|are|has|have|had|and|but|which|that|who)\b)[\w'’-]+\s+){0,8}?"
_THE_ACT = (
    r"(?:(?:the|an?|his|her|its|their)\s+)?(?:(?:return|delivery|surrender|transfer|repayment|release|forfeiture|issuance|issue|purchase|sale|gift|cancellation|repurchase|recovery)\s+of\s+"
    r"|(?:buy|purchase|sell|acquire|recover|receive|return|deliver|transfer|have|get|dispose\s+of)\s+)?"
)
_ASKED_FOR = any_phrase(
    "claim|demand|request|bid|offer|order|application|petition|suit|dispute|proposal",
    r"\b(?:claims?|demands?|requests?|bids?|offers?|orders?|applications?|petitions?|(?:law)?suits?|disputes?|proposals?)\s+"
    rf"{_NO_VERB}(?:to|for|over|about|concerning|regarding|in\s+respect\s+of|with\s+respect\s+to|on|of)\s+{_THE_ACT}{_SO_MANY}",
)
"""Before an amount that somebody only wanted, or had a right to."""
_ASKS = pattern(
    r"\b(?:claimed|demanded|requested|sought|asked\s+for|applied\s+for|bid\s+for|offered|proposed)\s+(?:(?:the\s+)?(?:issuer|company|registrant|buyer|bank|him|her|reporting\s+person)\s+)?"
    + _THE_ACT
    + _SO_MANY,
    re.IGNORECASE,
)
_WERE_ASKED = pattern(
    r"[^.;]{0,40}?\b(?:was|were|been|being)\s+(?:\w+ly\s+|first\s+)?(?:claimed|demanded|requested|sought|offered|proposed|put\s+up)\b(?!\s+and\s+(?:sold|bought|accepted))",
    re.IGNORECASE,
)
"""By a verb of asking, before an amount or behind it."""
_TENDERED = pattern(r"\b(?:tender(?:ed|s)?|offer(?:ed)?|submitted|put\s+up)\b", re.IGNORECASE)
_TAKEN_BACK = any_phrase(
    "withdr|laps|expired|taken|took|revoked|rejected|declined|refused|fell|nothing|cancel|terminated|abandoned|not|none|never|nor",
    r"\b(?:withdrawn|withdrew|withdrawal|took\s+(?:it|them|the\s+\w+)\s+back|taken\s+back|revoked|rejected|declined|refused|fell\s+through|came\s+to\s+nothing"
    r"|(?:offer|bid|tender|it)\s+(?:then\s+|later\s+)?(?:lapsed|expired|was\s+(?:\w+ly\s+)?(?:cancell?ed|terminated|abandoned))"
    r"|(?:not|none|never|nor)\s+(?:\w+\s+){0,3}?(?:accepted|bought|purchased|taken\s+up))\b",
)
"""How an offer ends of which nothing comes."""
_THEN_DONE = pattern(
    r"\b(?:accepted|purchased|bought(?!\s+(?:out|off))|acquired|sold|t(?:aken|ook)\s+(?:up|them)|filled|executed|hono[u]?red|granted|delivered|surrendered|transferred|gave\s+up|given\s+up|conveyed"
    r"|forfeited|redeemed|repurchased|issued|released|assigned|cancell?ed|returned(?!\s+to\s+(?:the\s+(?:reporting|undersigned|owner|holder)|him|her))"
    r"|(?:return|returning|delivery|delivering|surrender|surrendering|transfer|transferring|forfeiture|forfeiting|sale|purchase|release|cancellation|repurchase)\s+(?:of\s+)?(?:those|these|the|such|said|them|all|both))\b",
    re.IGNORECASE,
)
"""By which the shares themselves went, or came, all the same."""
_PAPER = pattern(r"\b(?:offers?|bids?|tenders?|orders?)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_INSTEAD_OF = any_phrase(
    "lieu|place|instead|rather|substitution",
    r"\b(?:in\s+(?:lieu|place)\s+of|instead\s+of|rather\s+than|in\s+substitution\s+for)\s+(?:(?:receiving|issuing|delivering|issuance\s+of|delivery\s+of)\s+)?"
    + _SO_MANY,
)
"""Before an amount in the place of which something else was given."""
_NOT_IN_STOCK = any_phrase(
    "cash & instead|lieu|rather|not",
    r"[^.;]{0,60}?\b(?:settled|paid(?:\s+out)?|satisfied|discharged|delivered)\b[^.;]{0,20}?\bin\s+cash\b,?\s+(?:instead\s+of|in\s+lieu\s+of|rather\s+than|and\s+not(?:\s+in)?|not)\s+(?:in\s+)?(?:\w+\s+)?(?:stock|shares)\b",
)
"""Behind an amount of shares that nobody ever got."""
_OF_THEIRS = any_phrase(
    "value|worth|price|cost|equivalent|proceeds",
    r"\b(?:values?|worth|prices?|costs?|cash\s+equivalents?|proceeds)\s+(?:of|for|on|from|at)\s+"
    + _SO_MANY,
    "tax|gain|fee|premium|polic|insurance|report",
    r"\b(?:tax(?:es)?|gains?|fees?|premiums?|polic(?:y|ies)|insurance|reports?)\s+(?:for|on|covering)\s+"
    + _SO_MANY,
    "dividend|equivalent|interest|yield|distribution",
    r"\b(?:dividends?|(?:dividend\s+)?equivalents?|interest|yield|distributions?)\s+(?:(?:accrued|paid|payable|declared|earned|received|credited|due)\s+)?(?:on|upon)\s+"
    + _SO_MANY,
    "vot|prox|power|control|right",
    r"\b(?:rights?\s+to\s+vote\s+|(?:votes?|voting|prox(?:y|ies)|(?:voting|investment|dispositive)\s+(?:power|rights?|control)|powers?\s+of\s+attorney)\s+(?:in|of|for|over|on|attached\s+to)\s+)"
    + _SO_MANY,
    "loan|debt|credit|borrow|note|mortgage",
    r"\b(?:loans?|debts?|credit|borrowings?|notes?|mortgages?)\s+(?:[\w-]+\s+){0,3}?(?:secured|backed|guaranteed|supported)\s+by\s+"
    + _SO_MANY,
)
"""Before shares of which the sentence only tells what they are worth, bear, secure, or vote by: these stay where they are."""


_THE_ISSUERS_OWN = any_phrase(
    "purchase|bought|buy|redeem|redemption|acquired & issuer|company|registrant|corporation",
    r"\b(?:issuer|company|registrant|corporation)(?:['’]s)?\s+(?:\w+\s+){0,5}?(?:repurchased?|re-?acquired|bought\s+back|purchased|redeemed|redemption|buy-?backs?)\b[^.;\d]{0,70}$",
)
_NOT_HIS = r"(?!(?:[\w'’-]+\s+){0,9}?(?:reporting|undersigned|him|her|his|them|trusts?|spouse|wife|husband|funds?|llc|partnership|estate|accounts?|owner|holder)\b)"
_TAKEN_FROM_OTHERS = pattern(
    rf"[^.;]{{0,40}}?\b(?:was|were)\s+(?:\w+ly\s+)?(?:re-?purchased|re-?acquired|bought\s+back|redeemed)\s+by\s+(?:the\s+)?(?:issuer|company|registrant|corporation)\s+"
    rf"(?:from\s+(?:{_NOT_HIS}(?!the\b)\w|(?:\w+\s+){{0,2}}?\w*holders\s+(?:un|not\s+)affiliated\b)|in\s+(?:the\s+)?open[\s-]market\b)",
    re.IGNORECASE,
)
_OF_ALL_THERE_ARE = pattern(
    r"\s+(?:shares\s+)?in\s+the\s+(?:total\s+|aggregate\s+)?(?:number\s+of\s+)?(?:the\s+)?(?:(?:issuer|company|registrant|corporation)['’]s\s+)?"
    r"(?:issued\s+and\s+)?(?:outstanding\s+(?:\w+\s+)?(?:shares|stock)|(?:\w+\s+)?(?:shares|stock)\s+(?:issued|outstanding))\b",
    re.IGNORECASE,
)
"""Behind a number by which all the shares that a company has out became fewer or more."""
_FROM_OTHERS = pattern(
    rf"[^.;]{{0,30}}?\b(?:from|held\s+by)\s+{_NOT_HIS}(?:an?|one|two|three|its|certain|several|some|various)\s+\w"
    r"|[^.;]{0,60}?\b(?:from|held\s+by|of)\s+(?:(?:its|the|certain|several|some|of)\s+){0,3}(?:other|unaffiliated|unrelated|public|remaining|selling|existing|former|third)\s+(?:\w+\s+){0,2}?(?:(?:stock|share)?holders?|persons?|part(?:y|ies)|investors?|members?|owners?)\b"
    r"|[^.;]{0,30}?\b(?:in|on)\s+(?:the\s+)?open[\s-]market\b",
    re.IGNORECASE,
)
"""Around shares that the issuer took from others: none of the owner's went."""


def untouched(sentence: Sentence, part: Segment) -> bool:
    """Whether a sentence only says of shares that they were asked for, or offered, or not given but something else."""
    text, start, end = sentence
    amount = part.amount
    since = max(start, amount.start - _REACH)
    if _INSTEAD_OF.search(text, since, amount.start) or _OF_THEIRS.search(
        text, since, amount.start
    ):
        return True
    if _NOT_IN_STOCK.match(text, amount.unit_end, end):
        return True
    if _taken_from_others(sentence, part):
        return True
    led = _ASKED_FOR.search(text, since, amount.start) or _ASKS.search(text, since, amount.start)
    asked = led or _WERE_ASKED.match(text, amount.unit_end, end)
    first, last = max(start, amount.start - _FAR), min(end, amount.unit_end + _FAR)
    offered = asked or _TENDERED.search(text, first, last)
    if not offered:
        return False
    back = _TAKEN_BACK.search(text, first, last)
    return bool(asked or back) and not _went(sentence, amount.unit_end)


def _taken_from_others(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount is of shares that the company bought from others, or of all that it has out."""
    plain, start, end = undated(sentence.text), sentence.start, sentence.end
    at, behind = part.amount.start, part.amount.unit_end
    if _TAKEN_FROM_OTHERS.match(plain, behind, end) or _OF_ALL_THERE_ARE.match(plain, behind, end):
        return True
    bought = _THE_ISSUERS_OWN.search(plain, max(start, at - _REACH), at)
    return bought is not None and _FROM_OTHERS.match(plain, behind, end) is not None


def _went(sentence: Sentence, since: int) -> bool:
    """Whether words behind an amount say of its shares that something was done with them after all."""
    text, _, ends = sentence
    end = min(ends, since + _FAR)
    return any(
        done(sentence, act) and not _PAPER.search(text, max(since, act.start() - 40), act.start())
        for act in _THEN_DONE.finditer(text, since, end)
    )


_REACH = 120
"""How far before an amount what it belongs to may stand."""

_FAR = 300
"""How far from an amount a sentence says what became of it: a long one is not read once for each."""
