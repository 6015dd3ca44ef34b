"""Phrases by which notes say that shares came, and neither by a trade nor from a plan.

They came in a merger, a spin-off or another change of companies, by a rights offering, out
of escrow, as part of a price that came later, or in payment of what somebody owed.
"""

from __future__ import annotations

import re

from ledger.footnotes.amounts import Amount
from ledger.footnotes.families import Family, any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.prefilter import Stems

_CHANGE = (
    r"(?:mergers?\b(?!\s+(?:sub|subsidiary)\b)|business\s+combination|spin[- ]?(?:off|out)s?|split[- ]offs?"
    r"|de-?mergers?|separation(?!\s+(?:agreement|from\s+(?:service|employment)))|share\s+exchange|exchange\s+offers?"
    r"|scheme\s+of\s+arrangement|plan\s+of\s+(?:arrangement|reorgani[sz]ation|conversion)|re-?organi[sz]ation"
    r"|rights\s+(?:offerings?|offers?|issues?)|(?:corporate\s+)?conversion\s+of\s+the\s+(?:partnership|company|issuer|bank|llc)"
    r"|acquisition(?=\s+(?:of\s+(?:the\s+)?[A-Z][\w&.'-]*|by\s+the\s+(?:issuer|company|registrant)|,?\s+the\s+reporting|of\s+\w+\s+by\s+the\s+(?:issuer|company)))"
    r"|earn[- ]?outs?|contingent\s+(?:consideration|merger|stock|share)|milestones?)"
)
"""Changes of companies, and of what a company gives its holders, that bring shares."""
_GOT = (
    r"(?:received|acquired|obtained|issued|allott?ed|distributed|credited|delivered|receipt|got|purchased|subscribed\s+for"
    r"|came\s+to\s+(?:the\s+)?(?:reporting|him|her|owner))"
)
_BY = (
    r"(?:in|on|upon|at|as|by|through|from|under|following|after|pursuant\s+to|as\s+(?:a\s+result|part)\s+of|in\s+connection\s+with"
    r"|in\s+exchange\s+(?:for\s+(?:[\w,.']+\s+){1,9}?)?(?:in|under|pursuant\s+to|upon|by\s+way\s+of)"
    r"|by\s+(?:virtue|way|operation)\s+of|(?:up)?on\s+(?:the\s+)?(?:completion|consummation|closing|effectiveness)\s+of)"
)
_OWED = (
    r"(?:debts?|loans?|promissory\s+notes?|(?:accrued\s+)?(?:interest|salary|bonus|fees?|wages|compensation|retainers?)|indebtedness"
    r"|obligations?|claims?|amounts?\s+(?:owed|due)|dividends?\s+in\s+arrears)"
)
_DUE_TO_HIM = (
    rf"(?:(?:an?|the|this|that|part\s+of(?:\s+an?|\s+the)?|\$[\d,.]+\s+of)\s+)?(?:\w+\s+){{0,3}}?{_OWED}\s+"
    r"(?:(?:that|which)\s+(?:the\s+)?(?:company|issuer|registrant|corporation|bank|partnership)\s+owed"
    r"|(?:the\s+)?(?:company|issuer|registrant|corporation)\s+owed"
    r"|owed\s+(?:to\s+)?(?:(?:the\s+)?(?:reporting|undersigned)|him\b|her\b)|(?:owed|owing|due)\s+(?:from|by)\s+the\s+(?:company|issuer|registrant|corporation))"
)
"""What a company owed its insider, as the words say; not what the insider owed somebody."""
_NOTES = r"(?:(?:promissory\s+|convertible\s+|bridge\s+|demand\s+)?notes?|debentures?|loans?|indebtedness|debt|SAFEs?)"
_LENT = (
    r"(?:(?:he|she|it|they|person|owner|undersigned|trust|fund|partnership)\s+(?:had\s+)?(?:previously\s+|earlier\s+)?"
    r"(?:lent|loaned)|(?:lent|loaned)\s+(?:out\s+)?(?:earlier\s+|previously\s+)?(?:by\s+(?:the\s+reporting|him|her)\b"
    r"|to\s+(?!(?:the\s+)?(?:reporting|undersigned)|him\b|her\b(?!\s+\w)))|to\s+(?:whom|which)\s+(?:it|they|these)\s+(?:had\s+been|were)\s+(?:lent|loaned))"
)
"""Shares that are with somebody else to whom their owner lent them."""
_LENT_RETURNED = (
    rf"\b(?:returns?|returned|gave\s+back|given\s+back|repaid)\b[^.;]{{0,80}}?\b{_LENT}",
    rf"\b{_LENT}[^.;]{{0,80}}?(?<!\bnot )(?<!\bnot yet )(?<!\bnever )\b(?:were|was|been)\s+(?!(?:not|never)\b)(?:\w+\s+)?(?:returned|repaid|given\s+back)\b",
)

_BACK = any_phrase("lent|loaned", _LENT_RETURNED[0], "lent|loaned", _LENT_RETURNED[1])


def came_back(text: str, start: int, end: int) -> bool:
    """Whether a stretch says that shares which were lent were given back to their owner."""
    return _BACK.search(text, start, end) is not None


_CHANGES = (
    "merger|combination|spin|split|separation|exchange|arrangement|organi|plan|rights"
    "|conversion|acquisition|earn|contingent|milestone"
)
_GETS = "received|acquired|obtained|issued|allot|distributed|credited|delivered|receipt|got|purchased|subscribed|came"
_OWES = "debt|loan|note|interest|salary|bonus|fee|wages|compensation|retainer|obligation|claim|amount|dividend"
_LOANS = "note|debenture|loan|debt|safe"
"""What the words of each of these contain one of, in lower case."""
CAME = Family(
    "acquisition-note",
    Stems(
        *(
            "merger",
            "combination",
            "spin",
            "split-off",
            "split off",
            "demerge",
            "de-merge",
            "separation",
        ),
        *(
            "exchange",
            "arrangement",
            "reorgani",
            "re-organi",
            "rights off",
            "rights iss",
            "conversion of the",
            "acquisition",
        ),
        *(
            "earn-out",
            "earnout",
            "earn out",
            "converted into",
            "contingent",
            "milestone",
            "escrow",
            "satisfaction",
            "settlement of",
        ),
        *(
            "repayment",
            "conversion of",
            "payment of",
            "in lieu of",
            "discharge of",
            "plan of conv",
            "payment in kind",
            "payment for",
            "payment-in",
            "lent",
            "loaned",
            "debt",
            "owed",
            "owing",
            "due from",
            "due by",
        ),
    ),
    any_phrase(
        f"{_CHANGES} & {_GETS}",
        rf"\b{_GOT}\b[^.;]{{0,100}}?\b{_BY}\s+(?:(?:the|an?|this|that|such|its|an?\s+related)\s+)?"
        rf"(?:(?!grants?\b|awards?\b|plans?\b)[\w&.'()-]+\s+){{0,5}}?{_CHANGE}",
        f"{_CHANGES} & increase|rose|grew|addition",
        rf"\b(?:increase|increased|rose|grew|additional|addition)\b[^.;]{{0,100}}?\b(?:results?|resulting|resulted|due|attributable|arises?|arose|as"
        rf"\s+a\s+result|following|from)\s+(?:(?:from|to|of)\s+)?(?:the\s+|an?\s+)?(?:[\w&.'-]+\s+){{0,3}}?{_CHANGE}",
        f"{_CHANGES} & increased|rose|grew",
        rf"\b(?:{_CHANGE})\b[^.;]{{0,100}}?\b(?:holdings?|shares|ownership|total|balance)\s+(?:increased|rose|grew)\s+by\s+\d",
        f"{_CHANGES} & converted|exchanged",
        rf"\b(?:converted\s+into|exchanged\s+for)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d[\d,.]*\s+[^.;]{{0,90}}?\b{_BY}\s+"
        rf"(?:the\s+|an?\s+|this\s+|that\s+)?(?:[\w&.'-]+\s+){{0,3}}?{_CHANGE}",
        f"{_CHANGES} & converted|exchanged",
        rf"\b(?:{_CHANGE})\b[^.;]{{0,160}}?\b(?:converted\s+into|exchanged\s+for)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d",
        f"{_LOANS} & converted",
        rf"\b{_NOTES}\b[^.;]{{0,60}}?\b(?:was|were)\s+(?:\w+ly\s+)?converted\s+into\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d",
        "earn",
        r"\b(?:received|issued|acquired|credited|allott?ed)\b[^.;]{0,40}?\bearn[- ]?out\s+(?:\w+\s+)?shares\b",
        f"{_CHANGES} & received|acquired|obtained|issued|allot",
        rf"\b(?:{_CHANGE})\b[^.;]{{0,100}}?\b(?:he|she|they|person|holder|owner|officer|director|undersigned|trust|who)\s+"
        r"(?:also\s+|thereby\s+|then\s+|has\s+|have\s+|had\s+)?(?:received|acquired|obtained|was\s+(?:issued|allott?ed))\b",
        f"{_CHANGES} & issued|allot|delivered|distributed|credited",
        rf"\b(?:{_CHANGE})\b[^.;]{{0,60}}?\b\d[\d,.]*\s+(?:\w+\s+){{0,5}}?(?:shares|stock)\s+(?:\w+\s+){{0,3}}?(?:were|was)\s+(?:\w+ly\s+)?"
        r"(?:issued|allott?ed|delivered|distributed|credited)\s+to\s+(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|him|her)\b(?!'s)",
        "escrow",
        r"\b(?:released|returned|delivered|distributed|came|received|disbursed)\b[^.;]{0,80}?\b(?:from|out\s+of)\s+"
        r"(?:the\s+|an?\s+|such\s+|that\s+|indemni\w+\s+)?(?:\w+\s+){0,3}?escrow\b",
        "release & escrow",
        r"\brelease\s+(?:of\s+(?:[\w,]+\s+){1,4}?)?from\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,2}?escrow\b[^.;]{0,80}?\b(?:delivered|distributed|issued|received|came)\b",
        f"{_OWES} & received|issued|acquired|accepted|delivered",
        rf"\b(?:received|issued|acquired|accepted|delivered(?=[^.;]{{0,60}}?\bto\s+(?:the\s+)?(?:reporting|him\b|her\b|undersigned)))\b[^.;]{{0,90}}?"
        rf"\b(?:in\s+(?:full\s+|partial\s+|complete\s+)?(?:satisfaction|settlement|repayment|payment|discharge)\s+of|in\s+lieu\s+of"
        rf"|as\s+(?:(?:full\s+|partial\s+)?payment(?:\s+in\s+kind)?\s+(?:of|for)|payment-in-kind\s+(?:of|for)))\s+(?:[\w$.,']+\s+){{0,6}}?{_OWED}\b",
        "owed|owing|due & took|taken|accepted|received|got|acquired",
        rf"\b(?:person|owner|undersigned|officer|director|executive|he|she)\s+(?:has\s+|had\s+|also\s+|then\s+)?"
        rf"(?:took|taken|accepted|received|got|acquired)\b[^.;]{{0,60}}?\b(?:for|against|instead\s+of|in\s+place\s+of|on\s+account\s+of)\s+"
        rf"{_DUE_TO_HIM}",
        "owed|owing|due & issued|allot|delivered|transferred|given",
        rf"\b(?:issued|allott?ed|delivered|transferred|given)\s+(?:to\s+(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|him|her)\s+)?"
        rf"[^.;]{{0,40}}?\b(?:for|against|instead\s+of|in\s+place\s+of|on\s+account\s+of)\s+{_DUE_TO_HIM}",
        f"conversion & {_GETS} & {_LOANS}",
        rf"\b{_GOT}\b[^.;]{{0,80}}?\b(?:up)?(?:on|by|in|through|from|following)\s+(?:an?\s+|the\s+)?(?:automatic\s+|mandatory\s+)?conversion\s+of\s+"
        rf"(?:[\w.,$%'()-]+\s+){{0,9}}?{_NOTES}\b(?!\s+holders?)",
        "lent|loaned",
        r"\b(?:lent|loaned)\b[^.;]{0,80}?\breturned\s+to\s+(?:the\s+)?(?:reporting|him\b|her\b|undersigned)",
        "lent|loaned",
        _LENT_RETURNED[0],
        "lent|loaned",
        _LENT_RETURNED[1],
        "exchange & received|acquired|issued",
        r"\b(?:received|acquired|issued)\b[^.;]{0,80}?\bin\s+exchange\s+for\s+(?:(?:his|her|its|their|the|all|an?|\d[\d,.]*)\s+)*"
        r"(?:(?!options?\b|units?\b|RSUs?\b|restricted\b|services?\b)[\w&.'-]+\s+){1,8}?(?:shares|stock|interests?|securities)\b",
    ),
    "acquired",
)

_GIVEN_FOR_THEM = any_phrase(
    "exchange|consideration|return|lieu|respect|surrender|upon",
    r"\b(?:in\s+(?:exchange|consideration|return|lieu|respect)\s+(?:for|of)|surrender(?:ed|ing)?|upon\s+the\s+\w+\s+of)\s+"
    r"(?:(?:the|all|his|her|its|their|an?|(?:aggregate|total)\s+of)\s+)*"
    r"(?:[\d,.]+\s+(?:(?!received|acquired|obtained|issued|got|was|were)[\w&.'-]+\s+){1,8}?(?:,\s*|and\s+)){0,4}$",
)
"""What stands right before an amount that was given for what came, others before it included."""
_GIVEN_IN = pattern(
    r"[^.;,]{0,120}?\b(?:was|were)\s+(?:\w+ly\s+)?(?:exchanged\s+for|converted\s+into)\b",
    re.IGNORECASE,
)
"""What follows an amount that became another."""
_GIVES_FOR_IT = pattern(
    r"\bin\s+(?:exchange|consideration|return)\s+for\s+(?:(?:the|all|his|her|its|their|an?|(?:aggregate|total)\s+of)\s+)*$",
    re.IGNORECASE,
)
_TURNED_INTO = pattern(
    r"\b(?:converted\s+into|exchanged\s+for)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$",
    re.IGNORECASE,
)
_AWARDS = pattern(
    r"\b(?:units?|RSUs?|PSUs?|DSUs?|options?|warrants?|rights?|SARs?)\b", re.IGNORECASE
)
_OTHERS = any_phrase(
    "received|acquired|obtained|issued|allot|outstanding|option|warrant|right|unit",
    r"\b(?:(?:stock|share|unit|security|securities|warrant)?\s?holders|members|partners|investors|sellers|public|underwriters"
    r"|(?:former|other)\s+\w+)\s+(?:of\s+(?:[\w&.'-]+\s+){1,6}?)?(?:(?:also|each|collectively|together|were|was|have|had|has)\s+)*"
    r"(?:received|acquired|obtained|issued|allott?ed)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$"
    r"|\boutstanding\s+(?:\w+\s+)?(?:shares|stock)\b[^.;]{0,100}$"
    r"|\b(?:options?|warrants?|rights?|units?)\s+(?:for|on|over|covering|to\s+(?:purchase|acquire|buy))\s+(?:up\s+to\s+)?$",
)


def may_have_come(text: str, start: int, amount: Amount) -> bool:
    """Whether an amount can be of shares that came to the owner, not what others got or he gave.

    Units, options and rights that come stand in a row of their own (Rule 16a-4).
    """
    since = max(start, amount.start - 160)
    if _GIVEN_FOR_THEM.search(text, since, amount.start) or _OTHERS.search(
        text, since, amount.start
    ):
        return False
    if _GIVEN_IN.match(text, amount.unit_end):
        return False
    return _AWARDS.search(text, amount.end, amount.unit_end) is None


def told_until(text: str, amount: Amount, last: int, end: int) -> int:
    """Where the words about an amount end: past what was given for it, where that follows."""
    given = _GIVES_FOR_IT.search(text, amount.unit_end, last)
    return end if given else last


def turned_into(text: str, start: int, amount: Amount) -> re.Match[str] | None:
    """The words by which other shares were turned into those of an amount."""
    return _TURNED_INTO.search(text, max(start, amount.start - 60), amount.start)


_IN_CASH = pattern(
    r"\b(?:in|for|received|paid)\s+cash\b|\bcash\s+(?:was|in\s+lieu|payment)|\bcashed\s+out\b",
    re.IGNORECASE,
)


def a_fraction_in_cash(text: str, amount: Amount, start: int, end: int) -> bool:
    """Whether an amount is the fraction of a share that a split left: it was paid, and never held."""
    return amount.shares < 1 and _IN_CASH.search(text, start, end) is not None
