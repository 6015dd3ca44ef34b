"""Phrases by which notes say that shares, units or rights are gone, and not by a trade.

They are forfeited or lapse, are withheld for a tax or a price, or go otherwise.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.families import Family, any_of
from ledger.footnotes.prefilter import Stems
from ledger.loading import pattern

_TAKEN = (
    r"(?:cancell?ed|repurchased|re-purchased|redeemed|bought\s+back|reacquired|re-acquired|relinquished"
    r"|recouped|recovered)"
)
_LOST = rf"(?:{_TAKEN}|returned|surrendered)"
_COMPANY = r"(?:issuer|company|registrant|corporation|bank|employer|partnership)"
_PIECES = (
    r"(?:shares?|units?|awards?|grants?|stock|RS[UA]s?|PS[UA]s?|PRSUs?|DSUs?|options?|warrants?|SARs?"
    r"|tranches?)"
)
_RIGHTS = r"options?|warrants?|SARs?|(?:stock|share)\s+appreciation\s+rights?"
_UNUSED = (
    r"unexercised|worthless|without\s+(?:(?:having\s+been|being|any|his|her|its|their|the)\s+)?"
    r"(?:exercised?|value|consideration|payment)|by\s+(?:its|their)\s+(?:own\s+)?terms|in\s+accordance\s+with"
)
_ENDED = (
    rf"(?:lapsed|expired|terminated|cancell?ed|extinguished|forfeited)\s*,?\s+(?:\w+\s+){{0,2}}?(?:{_UNUSED})"
    r"|(?:cancell?ed|terminated|converted)\s+(?:\w+\s+){0,4}?(?:for|into)\s+(?:\w+\s+){0,6}?cash\b|cashed\s+out"
    r"|lapsed|expired|terminated|extinguished"
)
"""How rights end that are not used; what was exercised, assumed or exchanged ends otherwise."""
_ENDING = r"(?:cancell?ation|expir(?:ation|y)|lapse|lapsing|termination|forfeiture|surrender)(?!\s+(?:dates?|times?|terms?)\b)"
_ALL_RIGHTS = (
    rf"(?:(?:the|his|her|an?|certain|unvested|vested|unexercised|stock)\s+){{0,3}}(?:{_RIGHTS})\s+"
    r"(?:for|on|over|covering|to\s+(?:purchase|buy|acquire))"
)
"""Nouns by which rights end, and rights with their number, of which they are told."""
_ELSE = (
    r"(?:restrictions?|exercised|settled|converted|before|until|because|since|if|unless|when|agreements?|plans?|periods?"
    r"|programs?|windows?|and|but|who|whose|others?|employment|service)"
)
"""Words between rights and a verb by which it is not the rights that ended."""
FORFEITURE = Family(
    "forfeiture",
    Stems(
        *(
            "forfeit",
            "return",
            "repurchase",
            "re-purchase",
            "reacqui",
            "re-acqui",
            "surrender",
        ),
        *("cancel", "redeem", "redempt", "bought back", "relinquish", "clawback", "claw-back"),
        *("clawed", "lapsed", "not earned", "never earned", "not vest", "failed to vest"),
        *("recoup", "recover"),
        *(
            "converted",
            "cashed",
            "unexercised",
            "expired",
            "terminated",
            "extinguished",
            "never vest",
            "unearned",
            "went back",
            "gone back",
            "given back",
            "reverted",
            *("expiration", "expiry", "lapse", "lapsing", "termination"),
        ),
    ),
    any_of(
        r"(?<!be )(?<!been )\bforfeited\b(?!\s+(?:if|in\s+the\s+event|to\s+the\s+extent))"
        r"|\bbeen\s+forfeited\b",
        r"(?<!to )\bforfeiture\s+(?:and\s+\w+\s+)?"
        r"(?:,?\s*(?:on\s+\w+\s+\d{1,2},\s+\d{4}|in\s+\w+\s+\d{4}),?\s+)?of\s+"
        r"(?:\d|(?:an?\s+)?(?:total|aggregate)\s+of|(?:the|his|her|these|those|such|certain)\s+\w+\s+(?:shares|units)"
        r"|unvested)",
        r"\b(?:decreas|reduc|declin|lower|diminish|fell|fallen)\w*\b[^.;]{0,60}?\b(?:to|of|from|by|upon|following|for)"
        r"\s+(?:the\s+|an?\s+|such\s+|his\s+|her\s+)?(?:\w+\s+)?forfeitures?\b(?!\s+(?:rates?|risks?|provisions?))",
        rf"\b{_LOST}\s+(?:to|by)\s+(?:\w+\s+)?{_COMPANY}\b",
        rf"\b(?:went back|gone back|given back|reverted)\s+to\s+(?:\w+\s+)?{_COMPANY}\b",
        rf"\b{_PIECES}\s+(?:(?!restrictions?\b)[\w(),]+\s+){{0,8}}?(?:were|was|have\s+been|has\s+been|had\s+been)"
        rf"\s+(?:\w+\s+){{0,2}}?(?:{_TAKEN}|forfeited|clawed\s+back)\b"
        r"(?!\s+(?:and\s+(?:convert|exchang|re-?issu)|for\s+(?:shares|cash|an\s+equal)|in\s+exchange|into\b))",
        rf"\b{_COMPANY}(?:'s)?\s+(?:has\s+|had\s+|then\s+|also\s+)?(?:{_LOST}|clawed\s+back)\b",
        rf"\b{_COMPANY}'s\s+(?:repurchase|re-purchase|cancell?ation|redemption|reacquisition)\s+of\b",
        rf"\b(?:repurchase|cancell?ation|redemption|surrender|return|clawback)(?:\s+by\s+the\s+{_COMPANY})?"
        rf"(?:\s+to\s+the\s+{_COMPANY})?(?:,?\s+(?:on\s+\w+\s+\d{{1,2}},\s+\d{{4}}|in\s+\w+\s+\d{{4}}),?)?\s+of\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d",
        r"\b(?:person|he|she|they|officer|director|executive|trust|who|and|has|have)\s+"
        r"(?:surrendered|relinquished|returned|forfeited)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?[\d(]",
        rf"\b{_PIECES}\s+(?:(?!restrictions?\b)[\w(),]+\s+){{0,6}}?(?:(?:were|was|have|has)\s+)?(?:lapsed\b"
        r"|(?:were|was)\s+(?:not|never)\s+earned\b|(?:were|was)\s+unearned\b|did\s+not\s+vest\b|failed\s+to\s+vest\b"
        r"|never\s+vested\b)",
        rf"(?<!underwriters' )(?<!allotment )\b(?:{_RIGHTS})\s+(?:(?!{_ELSE}\b)[\w(),$.'-]+\s+){{0,14}}?(?:{_ENDED})\b",
        rf"\b(?:{_RIGHTS})\s+(?:\w+\s+){{0,8}}?surrendered\s+(?:for\s+no|without)\s+(?:consideration|payment|value)\b",
        rf"(?<!before )(?<!before the )(?<!prior to )(?<!prior to the )(?<!until )(?<!until the )(?<!exchange for the )\b{_ENDING}\s+"
        rf"(?:[\w,-]+\s+){{0,12}}?of\s+(?:{_ALL_RIGHTS}|\d[\d,]*\s+(?:(?!shares?\b)[\w-]+\s+){{0,3}}?(?:{_RIGHTS}))\b",
    ),
    "disposed",
)
WITHHELD = Family(
    "withheld-note",
    Stems(
        *("withheld", "withhold", "deliver", "tender", "surrender", "relinquish", "retained"),
        *("retention", "applied", "used", "netted", "net-settle", "net settle", "forfeit"),
        *("sold to the",),
    ),
    any_of(
        rf"\b{_PIECES}\s+(?:[\w(),]+\s+){{0,8}}?(?:(?:were|was|have\s+been|has\s+been|being|are|is)\s+)?"
        r"(?:automatically\s+|then\s+)?withheld\b",
        rf"\bwithheld\s+(?:[\w(),]+\s+){{0,4}}?(?:an?\s+(?:aggregate|total)\s+of\s+)?\d[\d,.]*\s+(?:\w+\s+){{0,4}}?{_PIECES}\b",
        r"\bof\s+which\s+(?:[\d,.]+\s+)?(?:were\s+|was\s+)?withheld\b|[\d,.]+\s+of\s+(?:which|these|those|such)\b"
        r"[^.;]{0,30}?\bwithheld\b",
        rf"\b(?:withholding|retention|net\s+settlement)\s+(?:by\s+the\s+{_COMPANY}\s+)?of\s+(?:an?\s+\w+\s+of\s+)?"
        rf"\d[\d,.]*\s+(?:\w+\s+){{0,4}}?{_PIECES}\b",
        r"\b(?:deliver(?:ed|y)|tender(?:ed)?|surrender(?:ed)?|relinquish(?:ed|ment)|retained|applied|used|netted"
        r"|forfeited|sold\s+to\s+the\s+\w+)\b[^.;]{0,90}?\b(?:to\s+(?:pay|cover|satisfy|fund|settle|meet)|in\s+(?:full\s+|partial\s+)?"
        r"(?:payment|satisfaction)\s+(?:of|for)|as\s+payment\s+(?:of|for)|for\s+(?:the\s+)?payment\s+of|in\s+respect\s+of|for)\b"
        r"[^.;]{0,70}?\b(?:tax(?:es)?|exercise\s+price|option\s+price|purchase\s+price|withholding)\b",
    ),
    "disposed",
)
GONE = Family(
    "disposal-note",
    Stems(
        "deliver",
        "lent",
        "loaned",
        "escheat",
        "rolled",
        "foreclos",
        "seized",
        "exchanged",
        "sold by",
        "turned over",
        "handed over",
        "remitted",
        "unclaimed",
        "abandoned",
    ),
    any_of(
        r"\bdelivered\b[^.;]{0,120}?\b(?:swap|forward|collar|pledge|loan|settlement|contract|agreement|counterparty"
        r"|lender|broker|purchaser)\b",
        r"\b(?:swap|forward|collar|loan)\b[^.;]{0,80}?\bdeliver(?:ed|y\s+of)\b",
        r"\b(?:lent|loaned)\b(?!\s+(?:money|funds|cash|\$))",
        r"\bescheat(?:ed|ment)?\b",
        r"\b(?:turned|handed)\s+over\s+to\b(?!\s+(?:the\s+|a\s+|his\s+|her\s+)?(?:[\w'-]+\s+){0,4}?(?:trust|spouse|wife|husband))",
        r"\b(?:unclaimed|abandoned)\s+property\b",
        r"\bexchanged\b[^.;]{0,60}?\bfor\b[^.;]{0,30}?\b(?:interests?|units|shares)\s+(?:of|in)\b[^.;]{0,30}?\b(?:fund|partnership)\b",
        r"\brolled\s+over\b(?!\s+from)",
        r"\bforeclos(?:ed|ure)\b|\bseized\b",
        r"\bsold\s+by\s+(?:the\s+|a\s+|his\s+|her\s+)?(?:lender|pledgee|broker|bank|margin|creditor)",
    ),
    "disposed",
)

_SORTS = pattern(
    r"\b(?:(?P<option>options?|SARs?|(?:stock|share)\s+appreciation\s+rights?)|(?P<warrant>warrants?)"
    r"|(?P<rsu>[RPD]S[UA]s?|PRSUs?|(?:stock|share|performance|phantom|deferred)\s+(?:\w+\s+)?units?))\b",
    re.IGNORECASE,
)
_OF_OPTIONS = pattern(
    r"\d\s+(?:(?!(?:shares?|units?)\b)[\w-]+\s+){0,4}?(?:options?|warrants?|SARs?|appreciation\s+rights?)\b"
    r"|\b(?:options?|warrants?|SARs?|rights?)\s+(?:to\s+(?:purchase|buy|acquire)|for|on|over|covering)\s",
    re.IGNORECASE,
)
_PART = pattern(
    r"\b(?:un-?vested|(?<!un)vested|certain|some|part|portion|half|a\s+number|several)\b",
    re.IGNORECASE,
)
_EVERY = pattern(
    r"\b(?:all|each|every|both|any|outstanding|remaining|entire|these|those|such|his|her|their|person's)\b",
    re.IGNORECASE,
)
_PRICE = pattern(r"\$\s?(?P<price>\d+(?:\.\d+)?)")


class RightsLost(NamedTuple):
    """Which rights words on a loss speak of.

    `kinds` are their sorts (option, warrant, rsu), `prices` their strikes in dollars; `every` says
    that all of them are meant, `part` that only some are.
    """

    kinds: frozenset[str]
    prices: frozenset[Decimal]
    every: bool
    part: bool


def rights_lost(words: str) -> RightsLost:
    """Which options, warrants or units the words of a forfeiture mean."""
    sorts = (noun.groupdict() for noun in _SORTS.finditer(words))
    return RightsLost(
        kinds=frozenset(kind for noun in sorts for kind, told in noun.items() if told),
        prices=frozenset(Decimal(found["price"]) for found in _PRICE.finditer(words)),
        every=_EVERY.search(words) is not None,
        part=_PART.search(words) is not None,
    )


def of_options(words: str) -> bool:
    """Whether an amount is of options, warrants or appreciation rights: none of it is stock."""
    return _OF_OPTIONS.search(words) is not None
