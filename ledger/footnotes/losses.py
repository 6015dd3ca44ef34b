"""Phrases by which notes say that shares, units or rights are gone, and not by a trade.

They are forfeited or lapse, are withheld for a tax or a price, or go otherwise.
"""

from __future__ import annotations

import re

from ledger.footnotes.amounts import Amount
from ledger.footnotes.families import Family, any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.prefilter import Stems

_TAKEN = (
    r"(?:cancell?ed|repurchased|re-purchased|redeemed|bought\s+back|reacquired|re-acquired|relinquished"
    r"|recouped|recovered|repossessed|reclaimed)"
)
_LOST = rf"(?:{_TAKEN}|(?<!person )(?<!\bhe )(?<!\bshe )(?<!officer )(?<!director )(?<!executive )returned|surrendered)"
"""What is lost to somebody: who returned to the company is no share."""
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
_TAKES = (
    "cancel|repurchased|re-purchased|redeemed|bought|reacquired|re-acquired|relinquished|recouped|recovered|repossessed"
    "|reclaimed"
)
_TO_TAKE_BACK = (
    r"(?:(?:rights?|options?)\s+(?:to\s+(?:repurchase|re-purchase|reacquire|buy\s+back)|of\s+(?:repurchase|re-purchase))"
    r"|(?:repurchase|re-purchase|buy-?\s?back)\s+(?:rights?|options?))\b"
)
_ASIDE = r"(?:,\s(?:[^.;]|\.\d){1,90}?,)?"
"""Words between commas, on how or when it was done."""
_COMPANIES = "issuer|company|registrant|corporation|bank|employer|partnership"
"""What the words of each of these contain one of, in lower case."""
_FROM_A_HOLDER = r"\b(?:from|by)\s+(?:the\s+|an?\s+|his\s+|her\s+|such\s+|that\s+)?(?:[\w'-]+\s+){0,4}?(?:trusts?|GRATs?|estate|partnership|foundation|LLC|L\.?P\.?|escrow|lender|borrower|custodian|fund|broker)\b"
"""Whence shares come back to their owner."""
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
        *("recoup", "recover", "repossess", "reclaim"),
        *("converted", "cashed", "unexercised", "expired", "terminated", "extinguished"),
        *("never vest", "unearned", "went back", "gone back", "given back", "reverted"),
        *("expiration", "expiry", "lapse", "lapsing", "termination"),
        *("right to", "option to", "back", "buyback", "buy-back"),
    ),
    any_phrase(
        "forfeited",
        r"(?<!be )(?<!been )\bforfeited\b(?!\s+(?:if|in\s+the\s+event|to\s+the\s+extent))"
        r"|\bbeen\s+forfeited\b",
        "forfeiture",
        r"(?<!to )\bforfeiture\s+(?:and\s+\w+\s+)?"
        r"(?:,?\s*(?:on\s+\w+\s+\d{1,2},\s+\d{4}|in\s+\w+\s+\d{4}),?\s+)?of\s+"
        r"(?:\d|(?:an?\s+)?(?:total|aggregate)\s+of|(?:the|his|her|these|those|such|certain)\s+\w+\s+(?:shares|units)"
        r"|unvested)",
        "forfeiture",
        r"\b(?:decreas|reduc|declin|lower|diminish|fell|fallen)\w*\b[^.;]{0,60}?\b(?:to|of|from|by|upon|following|for)"
        r"\s+(?:the\s+|an?\s+|such\s+|his\s+|her\s+)?(?:\w+\s+)?forfeitures?\b(?!\s+(?:rates?|risks?|provisions?))",
        f"{_TAKES}|returned|surrendered",
        rf"\b{_LOST}\s+(?:to|by)\s+(?:\w+\s+)?{_COMPANY}\b",
        "returned|reverted & plan|pool|reserve|treasury",
        r"\b(?:returned|reverted)\s+to\s+(?:the\s+)?(?:(?!401|savings|retirement)\w+\s+){0,3}?(?:plan|pool|reserve|treasury)\b",
        "back|reverted",
        rf"\b(?:went back|gone back|given back|reverted)\s+to\s+(?:\w+\s+)?{_COMPANY}\b",
        f"{_TAKES}|forfeited|clawed & was|were|been",
        rf"\b{_PIECES}\s+(?:(?!restrictions?\b)[\w(),]+\s+){{0,8}}?(?:were|was|have\s+been|has\s+been|had\s+been)"
        rf"\s+(?:\w+\s+){{0,2}}?(?:{_TAKEN}|forfeited|clawed\s+back)\b"
        r"(?!\s+(?:and\s+(?:convert|exchang|re-?issu)|for\s+(?:shares|cash|an\s+equal)|in\s+exchange|into\b))",
        f"{_TAKES}|clawed & {_COMPANIES}|committee|board",
        rf"\b(?:{_COMPANY}|committee|board(?:\s+of\s+directors)?)(?:'s)?\s+(?:has\s+|had\s+|then\s+|also\s+)?(?:{_TAKEN}|clawed\s+back)\b",
        "exercised & right|option & repurchase|re-purchase|reacquire|buy",
        rf"\b{_COMPANY}\s+(?:has\s+|had\s+|then\s+|also\s+)?(?:\w+ly\s+)?exercised\s+(?:its|the|an?)\s+(?:\w+\s+)?{_TO_TAKE_BACK}"
        rf"|\b{_TO_TAKE_BACK}[^.;]{{0,80}}?\s(?:was|were|has\s+been|had\s+been)\s+(?:\w+ly\s+)?exercised\b",
        "bought|purchased|sold & back",
        rf"\b{_COMPANY}\s+(?:has\s+|had\s+|then\s+|also\s+)?(?:bought|purchased)\s+(?:back\b|(?:[\w,']+\s+){{1,6}}?back\b(?!\s+in\b))"
        rf"|\b(?:bought|purchased)\s+back\s+by\s+(?:\w+\s+)?{_COMPANY}\b|\bsold\s+(?:[\w,']+\s+){{0,6}}?back\s+(?:[\w,']+\s+){{0,6}}?to\s+(?:\w+\s+)?{_COMPANY}\b",
        "repurchase|re-purchase|cancel|redemption|reacquisition & 's",
        rf"\b{_COMPANY}'s\s+(?:repurchase|re-purchase|cancell?ation|redemption|reacquisition){_ASIDE}\s+of\b",
        "repurchase|cancel|redemption|surrender|return|clawback",
        rf"(?<!right of )(?<!rights of )\b(?:repurchase|cancell?ation|redemption|surrender|return(?![^.;]{{0,90}}?{_FROM_A_HOLDER})|clawback)(?:\s+by\s+the\s+{_COMPANY})?"
        rf"(?:\s+to\s+the\s+{_COMPANY})?{_ASIDE}(?:,?\s+(?:on\s+\w+\s+\d{{1,2}},\s+\d{{4}}|in\s+\w+\s+\d{{4}}),?)?\s+of\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d"
        r"(?![^.;]{0,60}?\b(?:lent|loaned)\s+(?:by|to|out)\b)",
        "surrendered|relinquished|returned|forfeited",
        r"\b(?:person|he|she|they|officer|director|executive|trust|who|and|has|have)\s+"
        r"(?:\w+ly\s+)?(?:surrendered|relinquished|returned|forfeited)\s+(?:to\s+(?:the\s+|its\s+)?(?:issuer|company|registrant|corporation)\s+)?(?:an?\s+(?:aggregate|total)\s+of\s+)?[\d(]"
        r"(?![^.;]{0,60}?(?<!issued )(?<!granted )(?<!awarded )(?<!paid )\bto\s+(?:the\s+|its\s+)?(?:reporting|him\b|her\b(?!\s+\w)|undersigned|grantor|settlor))",
        "lapsed|earned|vest",
        rf"(?<!purchase )\b{_PIECES}\s+(?:(?!restrictions?\b)[\w(),]+\s+){{0,6}}?(?:(?:were|was|have|has)\s+)?(?:lapsed\b"
        r"|(?:were|was)\s+(?:not|never)\s+earned\b|(?:were|was)\s+unearned\b|did\s+not\s+vest\b|failed\s+to\s+vest\b"
        r"|never\s+vested\b)",
        "lapsed|expired|terminated|cancel|extinguished|forfeited|converted|cashed & option|warrant|sar|appreciation",
        rf"(?<!underwriters' )(?<!allotment )(?<!purchase )\b(?:{_RIGHTS})\s+(?:(?!{_ELSE}\b)[\w(),$.'-]+\s+){{0,14}}?(?:{_ENDED})\b",
        "terminated|expired|extinguished",
        rf"\b(?:RS[UA]s?|PS[UA]s?|PRSUs?|DSUs?|units|awards?)\s+(?:(?!{_ELSE}\b)[\w(),]+\s+){{0,6}}?(?:terminated|expired|extinguished)\b",
        "surrendered",
        rf"\b(?:{_RIGHTS})\s+(?:\w+\s+){{0,8}}?surrendered\s+(?:for\s+no|without)\s+(?:consideration|payment|value)\b",
        "cancel|expiration|expiry|laps|termination|forfeiture|surrender & option|warrant|sar|appreciation",
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
        *("sold to the", "held back", "reduc", "decreas", "deduct", "withdrawn"),
    ),
    any_phrase(
        "withheld",
        rf"\b{_PIECES},?\s+(?:[\w(),]+\s+){{0,8}}?(?:(?:were|was|have\s+been|has\s+been|being|are|is)\s+)?"
        r"(?:automatically\s+|then\s+)?withheld\b",
        "price & payment & delivery|surrender|tender|withholding",
        r"\bpayment\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:exercise|option|purchase)\s+price\s+(?:by|through|with)\s+(?:the\s+)?"
        r"(?:delivery|surrender|tender|withholding)\s+of\s+(?:an?\s+\w+\s+of\s+)?\d",
        "applied|used & tax|withholding",
        r"\b(?:applied|used)\s+(?:to|towards?|against)\s+(?:(?!pay\b|cover\b|satisfy\b)[\w']+\s+){0,4}?(?:tax(?:es)?|withholding)\b",
        "deliver|tender|surrender|relinquish|retained|held|applied|used|netted|forfeited|withdrawn|sold & tax|price|withholding",
        r"\b(?:deliver(?:ed|y)|tender(?:ed)?|surrender(?:ed)?|relinquish(?:ed|ment)|retained|held\s+back|applied|used|netted"
        r"|forfeited|withdrawn|sold\s+to\s+the\s+\w+)\b[^.;]{0,90}?\b(?:to\s+(?:pay|cover|satisfy|fund|settle|meet)|in\s+(?:full\s+|partial\s+)?"
        r"(?:payment|satisfaction)\s+(?:of|for)|as\s+payment\s+(?:of|for)|for\s+(?:the\s+)?payment\s+of|in\s+respect\s+of|for)\b"
        r"[^.;]{0,70}?\b(?:tax(?:es)?|exercise\s+price|option\s+price|purchase\s+price|withholding)\b",
    ),
    "disposed",
)
_NIGH = r"[^.;]{0,90}?"
_WHO = r"(?:(?:reporting\s+)?person|undersigned|owner|holder|insider|he|she|they|trust|partnership|fund|llc|ira|account|foundation|estate|and|who|has|have|had|then|also|\w+ly)"
_OFFER = (
    r"(?:exchange\s+offers?|(?:self[- ])?tender(?:\s+offers?)?(?!\s+and\s+support)|offers?\s+to\s+(?:purchase|exchange)|take-?over\s+(?:bids?|offers?)"
    r"|odd[- ]lot\s+(?:\w+\s+)?offers?|repurchase\s+offers?|dutch\s+auction|offer\b(?!\s+letter))"
)
_CLOSE = (
    rf"(?:{_OFFER}|mergers?\b(?!\s+(?:sub|subsidiary|agreement)\b)|merger\s+agreement|business\s+combination|split[- ]offs?|share\s+exchange"
    r"|scheme\s+of\s+arrangement|plan\s+of\s+(?:arrangement|reorgani[sz]ation|liquidation)|going[- ]private\s+transaction|buy-?out"
    r"|liquidation|dissolution|winding[\s-]up)"
)
"""Changes and offers in which holders give up the shares they have."""
_IN = (
    r"(?:in|into|to|under|upon|on|at|by|through|following|after|pursuant\s+to|as\s+(?:a\s+result|part)\s+of|in\s+connection\s+with"
    r"|(?:up)?on\s+(?:the\s+)?(?:completion|consummation|closing|effectiveness)\s+of|for\s+(?:cash|payment)\s+in)"
    r"\s+(?:(?:the|an?|this|that|such|its|their)\s+)?(?:(?!agreement|plan\b)[\w&.'()-]+\s+){0,4}?"
)
_LEAVES = (
    r"(?:tendered|gave\s+up|given\s+up|surrendered|surrender\s+of|disposed\s+of|disposition\s+of|disposal\s+of|exchanged"
    r"|turned\s+in|relinquished|cancell?ed|accepted\s+for\s+(?:payment|purchase|exchange)|taken\s+up)"
)
_LENDER = (
    r"(?:lenders?|banks?|(?:judgment\s+)?creditors?|pledgees?|secured\s+part(?:y|ies)|mortgagees?|note\s?holders?"
    r"|trustee\s+in\s+bankruptcy|bankruptcy\s+trustee|sheriff|receiver|marshal)"
)
_FROM_LENDER = rf"(?:the\s+|an?\s+|his\s+|her\s+|its\s+|their\s+|reporting\s+person's\s+){{0,2}}(?:\w+\s+){{0,3}}?{_LENDER}\b"
_UNBIDDEN = (
    r"(?:in\s+error|by\s+mistake|(?:by|in|through)\s+(?:an?\s+)?(?:\w+\s+)?error|mistakenly|erroneously|inadvertently|without\s+(?:(?:the|his|her|any|prior|reporting"
    r"|person's|owner's)\s+)*(?:knowledge|authori[sz]ation|authority|instructions?|consent|notice|approval)"
    r"|(?:to\s+(?:meet|satisfy|cover)|in\s+(?:response\s+to|satisfaction\s+of)|because\s+of|as\s+a\s+result\s+of|pursuant\s+to|under|following|upon|after)"
    r"\s+(?:an?|the|his|her)\s+(?:\w+\s+)?margin\s+calls?|in\s+a\s+(?:forced|foreclosure|margin)\s+(?:sale|liquidation))"
)
"""How a sale is told that its owner did not order."""
_HOUSE = r"(?:brokers?|brokerage(?:\s+firm)?|(?:financial|investment)\s+advis[eo]rs?|custodian|bank|lender|plan\s+administrator)"
_DUE = (
    r"(?:debts?|loans?|promissory\s+notes?|(?:demand|margin|purchase)\s+notes?|indebtedness|borrowings?|judgments?|settlement|litigation|claims?"
    r"|(?:management|advisory|incentive|performance|consulting|legal|broker(?:'s|age)?|finder'?s?)\s+fees?|carried\s+interest)"
)
_PAYS = (
    r"(?:in\s+(?:full\s+|partial\s+|complete\s+)?(?:satisfaction|settlement|repayment|payment|discharge)\s+of|to\s+(?:repay|pay(?:\s+(?:off|down))?"
    r"|satisfy|settle|discharge|retire)|(?:as|in)\s+(?:\w+\s+)?(?:re)?payment\s+(?:of|for)|as)"
)
_CLOSES = (
    "offer|tender|bid|auction|merger|combination|split|exchange|arrangement|reorgani|private|buy"
    "|liquidation|dissolution|winding"
)
_LEFT = "tendered|gave|given|surrender|disposed|disposition|disposal|exchanged|turned|relinquished|cancel|accepted|taken"
_LENDERS = "lender|bank|creditor|pledgee|secured|mortgagee|holder|sheriff|receiver|marshal"
_UNORDERED = "error|erroneously|mistake|inadvertently|without|margin|forced|foreclosure"
_HOUSES = "broker|advis|custodian|bank|lender|administrator"
_DUES = "debt|loan|note|borrowing|judgment|settlement|litigation|claim|fee|interest"
"""What the words of each of these contain one of, in lower case."""
GONE = Family(
    "disposal-note",
    Stems(
        *("deliver", "lent", "loaned", "escheat", "rolled", "foreclos", "seized", "exchanged"),
        *("turned over", "turned in", "handed over", "unclaimed", "abandoned", "tender"),
        *("gave up", "given up", "surrender", "relinquish", "returned", "dispos", "cancel"),
        *("accepted", "taken", "took", "converted", "called away", "repossess", "levied", "sold"),
        *("involuntary", "forced", "margin", "unauthori"),
        *("used", "applied", "paid", "transfer", "conveyed", "assigned", "attached", "executed"),
        *(
            "redeemed",
            "fee of",
            "fees of",
            "claimed",
            "purchased",
            "bought",
            "acquired",
            "liquidated",
        ),
    ),
    any_phrase(
        "delivered",
        r"\bdelivered\b[^.;]{0,120}?\b(?:swap|forward|collar|pledge|loan|settlement|contract|agreement|counterparty"
        r"|lender|broker|purchaser)\b",
        "deliver & swap|forward|collar|loan",
        r"\b(?:swap|forward|collar|loan)\b[^.;]{0,80}?\bdeliver(?:ed|y\s+of)\b",
        "lent|loaned",
        r"(?<!\bhad )\b(?:lent|loaned)\b(?!\s+(?:money|funds|cash|the\s+(?:\w+\s+)?proceeds|\$))(?!\s+to\s+(?:(?:the\s+)?(?:reporting|undersigned)|him\b|her\b(?!\s+\w)))(?![^.;]{0,80}?(?<!\bnot )(?<!\bnot yet )(?<!\bnever )\b(?:were|was|been)\s+(?!(?:not|never)\b)(?:\w+\s+)?(?:returned|repaid|given\s+back)\b)",
        "escheat",
        r"\bescheat(?:ed|ment)?\b",
        "turned|handed",
        r"\b(?:turned|handed)\s+over\s+to\b(?!\s+(?:the\s+|a\s+|his\s+|her\s+)?(?:[\w'-]+\s+){0,4}?(?:trust|spouse|wife|husband))",
        "property",
        r"\b(?:unclaimed|abandoned)\s+property\b",
        "exchanged & fund|partnership",
        r"\bexchanged\b[^.;]{0,60}?\bfor\b[^.;]{0,30}?\b(?:interests?|units|shares)\s+(?:of|in)\b[^.;]{0,30}?\b(?:fund|partnership)\b",
        "rolled",
        r"\brolled\s+over\b(?!\s+from|\s+(?:in)?to\s+(?:[\w'’()-]+\s+){0,6}?(?:iras?|account|retirement|trust)\b)",
        "foreclos|seized",
        r"\bforeclos(?:ed|ure)\b(?!\s+(?:up)?on\s+(?:(?!shares?\b|stock\b|pledged\b|collateral\b|\d)[\w-]+\s+){1,4}?(?:plants?|property|properties|house|home|building|land"
        r"|mortgages?|assets?|estate|loans?)\b)|\bseized\b",
        "sold & lender|pledgee|broker|bank|margin|creditor",
        r"\bsold\s+by\s+(?:the\s+|a\s+|his\s+|her\s+)?(?:lender|pledgee|broker|bank|margin|creditor)",
        f"{_CLOSES} & {_LEFT}",
        rf"\b{_LEAVES}\b{_NIGH}\b{_IN}{_CLOSE}",
        f"{_CLOSES} & tendered|gave|surrendered|disposed|exchanged|turned",
        rf"\b{_CLOSE}\b{_NIGH}\b(?:{_WHO}\s+)(?:tendered|gave\s+up|surrendered|disposed\s+of|exchanged|turned\s+in)\b",
        f"{_CLOSES} & tendered|given|surrendered|disposed|cancel|accepted|taken",
        rf"\b{_CLOSE}\b{_NIGH}\b(?:were|was)\s+(?:tendered|given\s+up|surrendered|disposed\s+of|cancell?ed|accepted|taken\s+up)\b",
        "tendered & purchased|accepted|bought|taken",
        r"\btendered\b[^.;]{0,80}?(?:\b(?:all|each)\s+of\s+(?:which|them)|(?<!\bof)\s(?:which|that|and|these|they))\s+(?:were|was)\s+(?:\w+ly\s+)?(?:purchased|accepted|bought|taken\s+up)\b",
        "tendered & accepted|purchased|bought|taken",
        r"\btendered\s+(?:[\w']+\s+){0,8}?(?:were|was)\s+(?:\w+ly\s+)?(?:accepted|purchased|bought|taken\s+up)\b",
        "converted|exchanged|cancel|redeemed & $|cash|merger",
        r"\b(?:were|was)\s+(?:automatically\s+)?(?:cancell?ed\s+and\s+)?(?:converted|exchanged|cancell?ed|redeemed)\s+(?:in)?(?:to|for)\s+"
        r"(?:(?:the|a)\s+right\s+to\s+receive\s+)?(?:(?:the|an?|such|aggregate|per\s+share|all)\s+){0,3}(?:\$|cash\b|merger\s+consideration)",
        f"{_LENDERS} & taken|seized|repossessed|claimed|sold|liquidated|attached|levied|executed",
        rf"\b(?:taken|seized|repossessed|claimed|sold|liquidated|attached|levied\s+(?:up)?on|executed\s+(?:up)?on)\b[^.;]{{0,50}}?\bby\s+{_FROM_LENDER}",
        f"{_LENDERS} & took|seized|repossessed|claimed|foreclosed|levied",
        rf"\b{_LENDER}\s+(?:(?:has|had|then|also|thereupon|\w+ly)\s+)?(?:took|seized|repossessed|claimed|foreclosed|levied)\b",
        f"{_LENDERS} & pledged|collateral",
        rf"\b{_LENDER}\s+(?:(?:has|had|then|also|thereupon|\w+ly)\s+)?(?:sold|liquidated)\b[^.;]{{0,40}}?\b(?:pledged|collateral)\b",
        f"{_HOUSES} & {_UNORDERED} & sold|liquidated",
        rf"\b{_HOUSE}\b[^.;]{{0,60}}?\b(?:sold|liquidated)\b[^.;]{{0,60}}?\b{_UNBIDDEN}",
        f"{_HOUSES} & {_UNORDERED} & sold|liquidated",
        rf"\b{_UNBIDDEN}[^.;]{{0,60}}?\b{_HOUSE}\s+(?:\w+\s+)?(?:sold|liquidated)\b",
        f"{_LENDERS} & took",
        rf"\b{_LENDER}\b[^.;]{{0,80}}?\btook\s+(?:title|possession|ownership)\b",
        f"{_HOUSES} & mistakenly|erroneously|inadvertently",
        rf"\b(?:mistakenly|erroneously|inadvertently)\s+(?:sold|liquidated)\b[^.;]{{0,50}}?\bby\b[^.;]{{0,40}}?\b{_HOUSE}\b",
        "offer & sold",
        r"\b(?:in|into|under|pursuant\s+to)\s+(?:the|an?|its|this|the\s+issuer's)\s+(?:\w+\s+){0,2}?(?:tender|exchange)\s+offer\b[^.;]{0,80}?\b(?:person|owner|undersigned|he|she|and)\s+(?:then\s+)?sold\s+\d",
        "sold & offer|bid|merger",
        r"\bsold\s+(?:[\w,]+\s+){0,5}?(?:in|into|under|pursuant\s+to)\s+(?:the|an?|its|this)\s+(?:\w+\s+){0,2}?(?:(?:tender|exchange|take-?over)\s+(?:offer|bid)|merger)\b",
        f"{_HOUSES} & mistakenly|erroneously|inadvertently",
        rf"\b{_HOUSE}\s+(?:\w+\s+)?(?:mistakenly|erroneously|inadvertently)\s+(?:sold|liquidated)\b",
        f"{_HOUSES} & {_UNORDERED} & sold|liquidated",
        rf"\b(?:sold|liquidated)\b[^.;]{{0,60}}?\bby\b[^.;]{{0,40}}?\b{_HOUSE}\b[^.;]{{0,40}}?\b{_UNBIDDEN}",
        f"{_HOUSES} & {_UNORDERED} & sold|liquidated",
        rf"\b(?:sold|liquidated)\b[^.;]{{0,40}}?\b{_UNBIDDEN}[^.;]{{0,60}}?\bby\b[^.;]{{0,40}}?\b{_HOUSE}\b",
        "forced|foreclosure|margin & sold|liquidated",
        r"\b(?:sold|liquidated)\b[^.;]{0,60}?\bin\s+a\s+(?:forced|foreclosure|margin)\s+(?:sale|liquidation)\b",
        "margin",
        r"\b(?:sold|liquidated)\b[^.;]{0,60}?\bto\s+(?:meet|satisfy|cover)\s+(?:an?|the|his|her)\s+(?:\w+\s+)?margin\s+calls?\b",
        "sale|liquidation & margin|forced|foreclosure|involuntar|unauthori",
        r"\b(?:involuntary|unauthori[sz]ed|forced|foreclosure|margin)\s+(?:sales?|liquidations?)\b",
        f"{_DUES} & surrendered|used|applied|turned",
        rf"\b(?:surrendered|used|applied|turned\s+over|turned\s+in)\b{_NIGH}\b{_PAYS}\s+(?:[\w$.,']+\s+){{0,5}}?{_DUE}\b",
        f"{_DUES} & delivered|transferred|paid|tendered|returned",
        rf"\b{_WHO}\s+(?:delivered|transferred|paid|tendered|returned)\b(?!\s+to\s+(?:the\s+)?(?:reporting|him|her\b))"
        rf"{_NIGH}\b{_PAYS}\s+(?:[\w$.,']+\s+){{0,5}}?{_DUE}\b",
        f"{_DUES} & delivered|transferred|paid & {_LENDERS}|manager|advis|broker|counsel|agent|finder|brother|sister|mother|father|friend|cousin",
        rf"\b(?:delivered|transferred|paid)\b[^.;]{{0,60}}?\bto\s+(?:{_FROM_LENDER}|(?:its|their|the|his|her)\s+(?:[\w'-]+\s+){{0,3}}?(?:manager|advis[eo]r|broker|counsel|agent|finder|brother|sister|mother|father|friend|cousin)|reporting\s+person's\s+(?:brother|sister|mother|father|friend|cousin))"
        rf"{_NIGH}\b{_PAYS}\s+(?:[\w$.,']+\s+){{0,5}}?{_DUE}\b",
        "fee",
        rf"\bfees?\s+of\s+\d[\d,.]*\s+(?:\w+\s+){{0,3}}?{_PIECES}\b[^.;]{{0,40}}?\b(?:was|were)\s+(?:then\s+)?(?:paid|delivered|transferred)\b"
        r"(?!\s+to\s+(?:the\s+)?(?:reporting|him\b|her\b|undersigned))(?![^.;]{0,60}?\bby\s+(?:the\s+)?(?:issuer|company|registrant)\b)",
        "abandoned",
        rf"\b{_PIECES}\s+(?:(?!restrictions?\b)[\w(),]+\s+){{0,6}}?(?:were|was)\s+(?:\w+ly\s+)?abandoned\b",
        "abandoned",
        r"\b(?:person|owner|he|she|they|trust|partnership|fund|and|has|had)\s+(?:\w+ly\s+)?abandoned\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d",
        "called",
        r"\bcalled\s+away\b",
        "unrelated|unaffiliated|independent|third",
        r"\b(?:transferred|conveyed|assigned|delivered|transfer\s+of)\b[^.;]{0,60}?\bto\s+(?:an?\s+|the\s+)?(?:unrelated|unaffiliated|independent|third)"
        r"[\s-]+(?:third[\s-]+)?(?:part(?:y|ies)|persons?|buyers?|purchasers?|investors?|entit(?:y|ies))\b",
        "purchased|bought|acquired & issuer|company|registrant|corporation",
        r"\b(?:issuer|company|registrant|corporation)\s+(?:\w+ly\s+)?(?:purchased|bought|acquired)\b[^.;]{0,60}?\bfrom\s+(?:the\s+)?(?:reporting\s+(?:person|owner)(?!'s)|him\b|her\b(?!\s+\w)|undersigned)",
    ),
    "disposed",
)
_CAME_FOR_IT = pattern(
    r"\b(?:for|(?:exchange|consideration|return|lieu)\s+(?:for|of)|(?:exchanged|converted|cancell?ed|tendered|surrendered|redeemed|given)\s+(?:for|into)|received?|receiving"
    r"|acquir(?:e|ed|ing)|issued|into|(?:plus|and|or)\s+\$[\d.,]+\s+and)\s+(?:(?:the|an?|up\s+to|approximately|aggregate|total|of|another|\$[\d.,]+\s+(?:in\s+cash\s+)?and|cash\s+and)\s+)*$",
    re.IGNORECASE,
)
"""What stands right before an amount that came for the shares that were given up."""
_OF_OTHERS = pattern(
    r"\b(?:(?:stock|share|unit|security)\s?holders|(?:other|public|all)\s+(?:\w+\s+)?holders|members\b|partners\b|investors\b|sellers\b|the\s+public"
    r"|holders\s+of|(?:brother|sister|mother|father|spouse|wife|husband|son|daughter|affiliate|other\s+\w+)\s+(?:(?:also|each|then|has|had)\s+)?"
    r"(?=tender|exchang|surrender|gave|dispos|lent|loan|deliver|pa(?:id|y)|us))[^.;]{0,40}$"
    r"|\b(?:issuer|company|registrant|corporation|employer)\s+(?:(?:has|had|then|also|\w+ly)\s+)?(?:deliver|paid|transfer|used|appli|surrender|lent|loan|tender)[^.;]{0,40}$",
    re.IGNORECASE,
)
_ANOTHER_STOCK = pattern(
    r"\s+(?:\w+\s+){0,3}?of\s+(?!(?:the\s+)?(?:Common|Class|Series|Preferred|Ordinary|Stock|Capital|Restricted|Subordinate|Beneficial|Issuer|Company|Registrant|Corporation"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December))\b)[A-Z]"
)
"""An amount named as of a company, which may be the issuer and as well the one it took over."""
_COMES = pattern(
    r"\b(?:exchange\s+for|exchanged\s+for|converted\s+into|received?|receiving|for)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d[\d,.]*\s+(?:\w+\s+){0,3}?(?:shares|units)\b",
    re.IGNORECASE,
)
_THE_ISSUERS = pattern(
    r"\s+(?:\w+\s+){0,5}?of\s+the\s+(?:issuer|company|registrant)\b", re.IGNORECASE
)
_RIGHTS_TOO = pattern(
    r"\b(?:units?|RSUs?|PSUs?|DSUs?|options?|warrants?|rights?|SARs?|interests?)\b", re.IGNORECASE
)
_CAME_BACK = any_phrase(
    "withdr|returned|declined|terminated|abandoned|accepted|completed|prorat|pro-rat",
    r"\b(?:withdr(?:ew|awn|awal)|returned\s+to\s+(?:the\s+)?(?:reporting|him|her\b|undersigned)|(?:were|was)\s+(?:then\s+)?(?:returned|not\s+accepted)|prorat|pro-rat|declined"
    r"|(?:offer|merger|transaction|tender)\s+(?:was|were)\s+(?:\w+\s+)?(?:terminated|withdrawn|abandoned|not\s+completed))",
)
_ACCEPTED = pattern(
    r"\s+(?:(?:so\s+)?tendered\s+)?(?:by\s+(?:[\w']+\s+){1,4}?)?(?:were|was)\s+(?:\w+ly\s+)?(?:accepted|purchased|bought|taken\s+up)\b",
    re.IGNORECASE,
)
"""Behind so many shares as an offer took, whatever came back besides."""
_IN_A_CLOSE = any_phrase(_CLOSES, rf"\b{_CLOSE}")
_NOT_THESE = pattern(r"\b(?:not|none|neither|nor)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_HOLDS = any_phrase(
    "own|hold|held|retain|keep|kept|leaving|continu",
    r"\b(?:owns?|owned|holds?|held|hold|retains?|keeps?|kept|leaving|continues\s+to\s+(?:own|hold))\s+(?:(?:him|her|the\s+reporting\s+person)\s+with\s+)?(?:(?:directly|indirectly|beneficially|only|an?\s+(?:aggregate|total)\s+of)\s+)*$",
)
_BUYS = pattern(
    r"\b(?:person|owner|undersigned|he|she|trust|and|has|had)\s+(?:\w+ly\s+)?(?:bought|purchased|acquired)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$",
    re.IGNORECASE,
)
_INCLUDED = pattern(r"\binclud(?:es?|ing)\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$", re.IGNORECASE)
_STAY = pattern(
    r"(?:\s+of\s+(?:common\s+)?stock)?\s+(?:(?:will\s+)?remain|(?:will\s+)?continue|(?:are|is)\s+(?:\w+ly\s+)?(?:held|owned|pledged))\b",
    re.IGNORECASE,
)
_WERE_BOUGHT = pattern(
    r"(?:\s+of\s+(?:common\s+)?stock)?\s+(?:(?:that|which)\s+were\s+)?(?:purchased|bought|acquired"
    r"|(?:delivered|issued|paid|distributed|released)\b(?=[^.;]{0,50}?\b(?:settlement|payout|payment|vesting|conversion|lieu|distribution)\s+of\s+"
    r"(?:[\w'-]+\s+){0,5}?(?:units?|RSUs?|PSUs?|DSUs?|awards?|rights|fees|retainers?|compensation|accounts?|bonus(?:es)?|salary)\b))\b",
    re.IGNORECASE,
)


def is_held(text: str, start: int, amount: Amount) -> bool:
    """Whether an amount is what somebody is said to hold: "after the merger she owns 500 shares"."""
    return _HOLDS.search(text, max(start, amount.start - 80), amount.start) is not None


def stays(text: str, start: int, amount: Amount, end: int) -> bool:
    """Whether an amount is told as held, as bought or as what remains, whatever went beside it."""
    since = max(start, amount.start - 80)
    if _STAY.match(text, amount.unit_end, end) or _BUYS.search(text, since, amount.start):
        return True
    if _INCLUDED.search(text, since, amount.start):
        return _WERE_BOUGHT.match(text, amount.unit_end, end) is not None
    return is_held(text, start, amount)


def may_have_gone(text: str, start: int, amount: Amount, end: int) -> bool:
    """Whether an amount can be of stock that the owner gave up, not what came for it or was others'.

    One of a company that is named may be of the issuer, or of one that it took over; where
    another amount came for it, it is of the other. What an offer gave back never went.
    """
    since, until = max(start, amount.start - 160), min(end, amount.unit_end + 160)
    if _NOT_THESE.search(text, since, amount.start):
        return False
    if _CAME_FOR_IT.search(text, since, amount.start) or _OF_OTHERS.search(
        text, since, amount.start
    ):
        return False
    if _IN_A_CLOSE.search(text, since, until) is None:
        return True
    if _RIGHTS_TOO.search(text, amount.end, amount.unit_end):
        return False
    back = _CAME_BACK.search(text, since, until) and not _ACCEPTED.match(text, amount.unit_end, end)
    return not back and _of_the_issuer(text, amount, until)


def may_be_lost(text: str, start: int, amount: Amount, end: int) -> bool:
    """Whether an amount that a merger or an offer cancelled can be of the issuer's stock."""
    since, until = max(start, amount.start - 160), min(end, amount.unit_end + 160)
    if _IN_A_CLOSE.search(text, since, until) is None:
        return True
    return not _CAME_FOR_IT.search(text, since, amount.start) and _of_the_issuer(
        text, amount, until
    )


def _of_the_issuer(text: str, amount: Amount, until: int) -> bool:
    """Whether nothing says that an amount is of a company that another took over."""
    if _THE_ISSUERS.match(text, amount.unit_end, until):
        return True
    if _ANOTHER_STOCK.match(text, amount.unit_end, until):
        return False
    return _COMES.search(text, amount.unit_end, until) is None
