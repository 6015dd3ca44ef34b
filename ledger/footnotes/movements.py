"""The words by which notes say that shares changed hands or form without being traded."""

from __future__ import annotations

import re
from string import digits

from ledger.footnotes.families import any_phrase
from ledger.footnotes.prefilter import Stems

STEMS = Stems(
    *("distribut", "gift", "gave", "donat", "contribut", "transfer", "assigned", "conveyed"),
    *(
        "given",
        "funded",
        "to fund",
        "deeded",
        "registered",
        "reregistered",
        "titled",
        "retitled",
        "reclassified",
        "moved",
    ),
    *("substituted", "withdr", "shift", "returned", "reverted", "released", "deposited", "passed"),
    *("form of", "annuity", "grat", "received", "previously owned", "previously held"),
    *("reported as", "previously directly", "previously indirectly", "previously being"),
    *("previously beneficially", "pro rata", "pro-rata", "in-kind", "in kind"),
    *("formerly held", "formerly owned", "formerly directly", "formerly indirectly"),
    *("formerly beneficially", "formerly reported", "formerly being"),
    *(
        "death",
        "survivorship",
        "intesta",
        "acquired",
        "obtained",
        "vested in",
        "by descent",
        "descent and",
    ),
    *("inherit", "bequeath", "bequest", "legacy", "devolved", "came into"),
    *("under the will", "under the last will"),
    *("merger of", "mergers of", "combination of", "combinations of", "consolidation of"),
    *(
        "consolidations of",
        "combined",
        "merged",
        "consolidated",
        "divided",
        "decanted",
        "split",
        "rolled",
        "rollover",
    ),
    *(
        "roll-over",
        "placed",
        "jointly",
        "promissory",
        "installment note",
        "installment sale",
        "demand note",
    ),
    *(f"now {how}" for how in ("held", "owned", "registered", "reported", "being")),
    *("allocated", "apportioned", "reacquired", "re-acquired"),
    *("in ownership", "in beneficial ownership", "in the ownership", "in the beneficial"),
    *("from direct", "from indirect", "from the direct", "from the indirect"),
)
"""Fragments of which every sentence that `MOVED` finds something in contains one."""

_WORDS: dict[str, tuple[str, ...]] = {
    "inheritance": (
        "inherited",
        r"inherited\b(?!\s+(?:the\s+)?(?:error|position|report|IRAs?\b|accounts?))",
        "bequeathed",
        r"bequeathed\s+to\s+(?:the\s+reporting|him\b|her\b|me\b)",
        "bequest|inheritance|legacy",
        (
            r"(?:(?:by|through)\s+(?:an?\s+|the\s+)?(?:bequest|inheritance)|as\s+an?\s+(?:bequest"
            r"|inheritance|legacy))\b(?=\s*(?:[.,;)]|on\b|in\b|from\b|under\b|upon\b|of\s+(?:his|her|the\s+late)\b|$))"
        ),
        "inheritance",
        r"(?:due\s+to|reflects|from|by|represents)\s+(?:an?|the)\s+inheritance\b",
        "devolved",
        r"devolved\s+(?:up)?on\s+(?:the\s+reporting|him\b|her\b|me\b)",
        "came & into",
        r"came\s+into\s+(?=\d)",
        "under & will",
        (
            r"(?:received|acquired|passed|transferred|distributed|came|left)\b[^.;]{0,80}?\bunder\s+the\s+(?:last\s+)?will(?:\s+and\s+testament)?(?:,?\s+(?:dated|executed|made|signed)\s[^.;]{1,40}?,?)?\s+of\s+"
            r"(?:(?:his|her|the\s+reporting\s+person's)\b|(?:an?|the)\s+(?:late|deceased|decedent|relative|friend|testator)|[A-Z])"
        ),
        "death & received|acquired|obtained|passed|vested",
        (
            r"(?:received|acquired|obtained|passed\s+to|vested\s+in)\b[^.;]{0,60}?\b(?:(?:up)?on|by\s+reason\s+of|as\s+a\s+result\s+of|following|because\s+of)\s+"
            r"(?:the\s+death\s+of\b|(?:his|her|the\s+reporting\s+person's)\s+(?:[\w-]+\s+)?(?:father|mother|parent|wife|husband|spouse|brother|sister|uncle|aunt"
            r"|grand\w+)'s\s+death)"
        ),
        "death & received|acquired|succeeded|became",
        (
            r"death\s+of\b[^.;]{0,80}?\b(?:the\s+)?(?:reporting\s+(?:person|owner)|he|she|undersigned)\s+(?:\w+ly\s+|then\s+|also\s+)?"
            r"(?:received|acquired|succeeded\s+to|became\s+the\s+(?:sole\s+)?owner\s+of)\b"
        ),
        "will & received|acquired|inherited",
        (
            r"(?:under|by)\s+the\s+(?:last\s+)?will\s+(?:and\s+testament\s+)?of\s+[^.;]{1,80}?\b(?:reporting\s+(?:person|owner)|he|she|undersigned)\s+"
            r"(?:\w+ly\s+|then\s+|also\s+)?(?:received|acquired|inherited)\b"
        ),
        "survivorship|intesta|descent",
        r"by\s+(?:right\s+of\s+survivorship|(?:the\s+laws?\s+of\s+)?(?:intestate\s+succession|intestacy|descent\s+and\s+distribution))\b",
    ),
    "distribution": (
        "distributed",
        r"distributed\b(?!\s+(?:\w+\s+){0,2}?(?:rights|warrants|cash|proceeds|dividends?)\b)",
        "kind|rata & distribution",
        r"(?:in[- ]kind|pro[- ]rata)\s*(?:,\s*in[- ]kind\s*)?distributions?\b",
        "distribution",
        r"(?<!cash )distributions?\s+(?:in\s+kind|of(?!\s+(?:\$|cash\b))|by|from)\b",
        "distribution",
        (
            r"distributions?\s+to\s+(?:its|the|their)?\s*(?:\w+\s+)?(?:partners|members|beneficiar\w+"
            r"|investors|limited|reporting)\b"
        ),
        "final|liquidat & distribution",
        r"(?:liquidat|final|liquidating)\w*\s+distributions?\b",
        "distribution & consideration",
        r"distributions?,?\s+(?:for\s+no|without(?:\s+\w+)?)\s+consideration\b",
        "minimum & distribution",
        r"minimum\s+distributions?\b",
        "received & carried",
        r"received\b[^.;]{0,80}?\b(?:as|in\s+respect\s+of|on\s+account\s+of|for|in\s+satisfaction\s+of)\s+(?:(?:its|his|her|the|a)\s+)?(?:\w+\s+)?carried\s+interests?\b",
        "received & liquidation|dissolution|winding|termination",
        (
            r"received\b[^.;]{0,80}?\b(?:upon|on|in|following|from|after)\s+(?:the|its)\s+(?:\w+\s+)?(?:liquidation|dissolution"
            r"|winding[\s-]up|termination)\s+of\s+(?=[^.;,]{0,60}?(?:,\s)?\b(?:trusts?|grats?|llc|l\.l\.c|l\.?p|partnership|fund|estate)\b"
            r"(?!\s+agreement))"
        ),
    ),
    "gift": (
        "gifted|donated",
        r"(?:gifted|donated)\b",
        "gift|donation",
        r"(?:gifts?|donations?)\s+(?:of|to|from|by)\b(?!\s+minors\b)",
        "gift|donation",
        r"(?:made|received|as|by|through|via)\s+(?:way\s+of\s+)?(?:an?\s+)?(?:\w+\s+){0,2}(?:gift|donation)s?\b(?!\s+tax)",
        "given",
        r"(?:was|were|been|shares)\s+(?:\w+ly\s+)?given\s+(?:away\b|(?:outright\s+)?to\b(?!\s+(?:the\s+)?(?:issuer|company))|by\b)",
        "charitable",
        r"charitable\s+contributions?\b(?!\s+(?:deduct|limit|plan|carry))",
        "gifts|gave",
        (
            r"(?:gifts|gave)\b(?!\s+(?:up|effect|notice|rise|way|instructions?|authority|consent|power)\b)"
            r"(?![^.;]{0,60}?\b(?:in\s+(?:exchange|return|consideration|payment|satisfaction)|as\s+(?:security|collateral)|to\s+secure|under\s+a\s+(?:pledge|loan))\b)"
        ),
    ),
    "contribution": (
        "contributed",
        r"contributed\b",
        "fund",
        (
            r"(?:funded|to\s+fund)\s+(?=(?:(?:an?|the|his|her|its|their)\s+)?(?:[\w'-]+\s+){0,7}?"
            r"(?:trusts?|grats?|llc|partnership|foundation)\b)"
        ),
        "contribution",
        r"contributions?\s+(?:(?:in[\s-]kind|for\s+no\s+consideration|without\s+consideration),?\s+)?(?:of|to|by)\b(?!\s+(?:the\s+)?(?:\w+\s+)?(?:401|plan|profit|employee))",
    ),
    "transfer": (
        "transferred|assigned|conveyed|deeded|registered|titled|substituted|moved|reclassified|withdr",
        (
            r"(?:transferred|assigned|conveyed|deeded|re-?registered|re-?titled|substituted|moved(?!\s+away\b)"
            r"|reclassified\s+(?:as(?!\s+(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|half)\b)|from)|withdr(?:ew|awn))\b(?!\s+into\s+(?:class|common))"
        ),
        "sold|sale & note",
        (
            r"(?:sold|sales?\s+of)\s+(?=(?:(?!\band\s+\w+ed\b|\bat\s|\blent\b)[^.;]){0,100}?\bto\s+[^.;]{0,80}?\b(?:trusts?|grats?)\b[^.;]{0,120}?"
            r"\b(?:promissory|installment|installment\s+sale|demand)\s+notes?\b)"
        ),
        "transfer",
        r"transfers?\s+(?:of|to(?!\s+minors\b)|from|by|into|for\s+no|without|(?:was|were)\s+(?:made|effected))\b",
        "deposited",
        r"deposited\s+(?:in|into|to|with)\b",
        "passed",
        (
            r"passed\s+(?:outright\s+|in\s+equal\s+(?:shares|parts)\s+)?to\s+(?=(?:the|its|his|her"
            r"|their|an?|him|successor|beneficiar\w+|[\w-]+'s)\b)"
        ),
        "shift",
        r"shift(?:s|ed)?\s+(?:of|from|to)\b",
        "returned|released",
        (
            r"(?:returned|released)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d[\d,.]*\s+(?:\w+\s+){1,4}?to\s+"
            r"(?:(?:the\s+)?(?:reporting|grantor|undersigned)|him\b|her\b(?!\s+\w))"
        ),
        "returned|reverted|released",
        (
            r"(?:returned|reverted|released)\s+(?:to|from|by)\s+(?:the\s+)?(?:reporting|him|her"
            r"|\w+\s+(?:trust|grat)|trust|grat)"
        ),
        "combined|merged|consolidated|divided|decanted|split",
        (
            r"(?:combined|merged|consolidated|divided|decanted|split)\s+(?:[\w,]+\s+){0,5}?(?:(?:in)?to|between|among)\s+"
            r"(?=[^.;,]{0,80}?\b(?:trusts?(?!\s+(?:department|compan|officer))|iras?|individual\s+retirement|accounts?|joint)\b)"
        ),
        "allocated|apportioned & trust",
        (
            r"(?:allocated|apportioned)\s+(?:\w+\s+)?(?:to|between|among)\s+(?:the|an?|his|her|two|three|separate)\s+"
            r"(?:(?!(?:accounts?|plan|esop|ksop|401|under|in)\b)[\w'-]+\s+){0,5}?trusts?\b"
        ),
        "acquired & trust|grat",
        (
            r"re-?acquired\s+(?:[\w,]+\s+){0,5}?from\s+(?=(?:the|his|her|an?)\s+(?:[\w'-]+\s+){0,5}?"
            r"(?:trust|grat)\b)"
        ),
        "merger|combination|consolidation",
        (
            r"(?:mergers?|combinations?|consolidations?)\s+of\s+(?:this|these|the|such|his|her)\s+(?:\w+\s+){0,2}?(?:holdings?|positions?|accounts?|trusts?)\s+(?:in)?to\s+"
            r"(?=[^.;,]{0,80}?\b(?:trusts?(?!\s+(?:department|compan|officer))|partnership|llc|l\.?p\.?|iras?|accounts?|plan)\b)"
        ),
        "rolled",
        r"rolled\s+(?:[\w()'’-]+\s+){0,6}?(?:over\s+)?(?:in)?to\b",
        "roll & over",
        r"roll-?overs?\s+(?:\w+\s+){0,4}?(?:of|to|into|from)\b",
        "placed",
        r"placed\s+(?:[\w,]+\s+){0,6}?in(?:to)?\s+(?=(?:an?\s|the\s|his\s|her\s)?(?:\w+\s+){0,4}?(?:joint|trust|names?))",
        "form & ownership",
        r"changes?\s+(?:in\s+(?:the\s+)?)?form\s+of\s+(?:beneficial\s+)?ownership\b",
        "change & ownership",
        (
            r"(?<!statement of )(?<!statements of )changes?\s+in\s+(?:the\s+)?(?:beneficial\s+)?ownership\b"
            r"(?=[^.;]{0,120}?\b(?:(?:no|without)\s+consideration|16a-13|exempt))"
        ),
        "from & direct",
        r"from\s+(?:the\s+)?(?:in)?direct(?:ly)?\s+(?:[\w-]+\s+){0,4}?(?:in)?to\s+(?:the\s+)?(?:in)?direct(?:ly)?\b",
        "annuity|grat & payment|distribution|obligation",
        r"(?:annuity|grat)\s+(?:payments?|distributions?|obligations?)\b",
        "returned|paid & annuity",
        r"(?:returned|paid)\s+(?:\w+\s+){0,3}?annuity\b",
    ),
    "was": (
        "previously|formerly & owned|held",
        (
            r"(?:previously|formerly)\s+(?:reported\s+as\s+)?(?:being\s+)?(?:(?:in)?directly\s+)?(?:beneficially\s+)?"
            r"(?:owned|held)\s+(?:(?:in)?directly\b|jointly\b|by\s+the\s+)"
        ),
        "reported & directly",
        (
            r"reported\s+as\s+(?:being\s+)?(?:(?:in)?directly\s+(?:owned|held)|(?:owned|held)\s+"
            r"(?:in)?directly)"
        ),
        "now & held|owned|registered|reported",
        (
            r"(?:is|are)\s+now\s+(?:being\s+)?(?:held|owned|registered|reported)\s+(?:(?:as|being|held|owned|of\s+record|(?!(?:in)?directly)\w+ly)\s+){0,3}?"
            r"(?:(?:in)?directly|by|through|in|via)\b"
        ),
    ),
    "received": (
        "received & from",
        r"received\s+(?:[\w/]+,?\s+){0,5}from\b",
    ),
}
"""The words that say shares changed hands or form, by sort, after what they cannot do without.

`was` only says how they were held.
"""
MOVED = any_phrase(
    *(
        one
        for sort, told in _WORDS.items()
        for number, (needs, words) in enumerate(zip(told[0::2], told[1::2], strict=True))
        for one in (needs, rf"\b(?P<{sort}{number}>{words})")
    )
)
"""Any of these words, as a group that is called by their sort and a number."""


def sort_of(found: re.Match[str]) -> str:
    """Of which sort the words are that were found."""
    return (found.lastgroup or "").rstrip(digits)
