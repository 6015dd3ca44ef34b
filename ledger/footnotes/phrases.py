"""The families of phrases in which notes speak of shares, in order of precedence.

Each family gives the kind of statement, the words that announce it, and which way the
shares go where those words settle it. The strong families name something that happened
or a rule that applies; the weak ones (composition, exclusion) only sort what a total holds.
"""

from __future__ import annotations

import re

from ledger.footnotes.families import Family, any_of, any_phrase
from ledger.footnotes.gains import CAME
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.losses import FORFEITURE, GONE, WITHHELD
from ledger.footnotes.prefilter import Stems

WITHDRAWAL = Family(
    "reporting-withdrawal",
    Stems(
        *("longer", "anymore", "any more", "required", "will not", "ceas", "no reportable"),
        *("not to report", "stop reporting", "discontinue reporting"),
        *("stopped reporting", "discontinued reporting"),
    ),
    any_of(
        r"\bnot\s+(?:currently\s+)?required\s+to\s+(?:be\s+)?report(?:ed)?\b",
        r"\bno\s+longer\s+(?:required\s+to\s+(?:be\s+)?report|be(?:ing)?\s+report|reports?\b|reported"
        r"|reportable|(?:be\s+)?includ|ha(?:s|ve|d)\b|(?:be\s+)?deemed|beneficially|(?:the\s+|a\s+)?beneficial\s+owners?\b|shares?\s+(?:a|the|his|her)"
        r"|(?:a\s+)?(?:member|part)\s+of\s+(?:the|his|her|an?|any|such|that)\s+(?:[\w'()]+\s+){0,4}?(?:household|home|family|group)"
        r"|resid|liv|exercis)",
        r"\bwill\s+(?:not|no\s+longer)\s+(?:be\s+)?(?:report|includ)\w*",
        r"\bceas\w+\s+(?:to\s+)?(?:be\s+(?:the\s+|a\s+)?(?:beneficial|indirect)|report|have|beneficially|hav)",
        r"\bnot\s+(?:be(?:ing)?\s+)?reported\s+(?:\w+\s+){0,3}?any(?:\s+longer|\s?more)\b",
        r"\bno\s+reportable\s+(?:beneficial|pecuniary|interest)",
        r"\b(?:decided|elected|chosen|determined)\s+(?:not\s+to\s+report|to\s+(?:stop|cease|discontinue)\s+reporting)\s+"
        r"(?:(?:in\s+)?future(?:\s+(?:reports?|filings?))?\s+|in\s+the\s+future\s+|hereafter\s+)?(?:\w+\s+){0,2}?(?:shares|stock|securities|holdings?|interests?|ownership)\b",
        r"\b(?:has|have)\s+(?:stopped|discontinued)\s+reporting\s+(?:\w+\s+){0,2}?(?:shares|stock|securities|holdings?|interests?|ownership)\b",
    ),
    "disposed",
)
_REINVESTMENT = Family(
    "dividend-reinvestment",
    Stems(
        "reinvest",
        "re-invest",
        "dividend",
        "drip",
        "drp",
        "drsp",
        "drspp",
        "accrued div",
        "distribution re",
        *("distributions paid in", "distributions taken in", "distributions received in"),
    ),
    any_of(
        r"\bdiv[ei]dends?[- ]re-?invest\w*",
        r"(?<!deemed )\bre-?invest(?:ed|ment|ing|s)?\s+(?:of\s+)?(?:\w+\s+){0,3}"
        r"(?:dividends?|distributions?)",
        r"\b(?:acquir|credit|accru|receiv|result|attribut|earn)\w*\s+(?:\w+\s+){0,4}?deemed\s+re-?invest",
        r"\bdistribution\s+re-?invest\w*",
        r"\bdividend\s+(?:sweeps?|purchases?|investments?|(?:\w+\s+)?(?:programs?|features?))\b",
        r"\bautomatic\s+re-?investment\b",
        r"\b(?:received|acquired|issued|credited|paid)\s+(?:as|in|through|by\s+way\s+of)\s+(?:\w+\s+){0,3}?"
        r"(?:dividends?\s+(?:paid\s+)?in[- ]kind|(?:in[- ]kind|PIK)\s+dividends?)\b",
        r"\b(?:shares?|units?)\s+(?:\w+\s+){0,2}?from\s+(?:(?!stock|share|scrip)\w+\s+){0,3}?dividends?\b",
        r"\bDRIPs?\b",
        r"\bDR(?:S?P|SPP)\b",
        r"\bdividend\s+equivalents?\b(?!\s+(?:rights?\s+)?(?:accrues?\s+(?!on\s+\w+\s+\d)|that\s+may|will|may|shall|(?:is|are)\s+(?:paid|payable|subject)))",
        r"\b(?:accrued|phantom|notional|in\s+lieu\s+of(?:\s+cash)?)\s+dividends?\b",
        r"\bdividend\s+(?:accruals?|credits?)\b(?!\s+(?:may|will|shall|are\s+(?:paid|payable)))",
        r"\b(?:increased|adjusted)\s+(?:for|by)\s+(?:the\s+|cash\s+)*dividends\s+(?:paid|credited)\b",
        r"\b(?:purchas|acquir)\w*\s+(?:[\w.,']+\s+){0,9}?with\s+(?:the\s+|an?\s+|cash\s+|re-?invested\s+)*dividends?\b(?!\s+(?:paid\s+)?on\s+(?:[\w']+\s+){1,5}?in\s+(?:the|a|an|his|her)\s+(?:[\w()']+\s+){0,3}?plan\b)",
        r"\bdividends\s+(?:\w+\s+){0,3}(?:re-?invested|credited)\b",
        r"\b(?:distributions|dividends)\s+(?:paid|taken|received)\s+in\s+(?:additional\s+)?(?:shares|stock|units)\b",
        r"\b(?:credited|accrued|allocated|earned|accumulated)\s+(?:(?!plans?\b)[\w']+\s+){0,6}?(?:as|for|from|through|with|representing|reflecting"
        r"|in\s+respect\s+of|on\s+account\s+of|in\s+lieu\s+of|by\s+way\s+of|by\s+reason\s+of)\s+(?:(?!stock|share|scrip)\w+\s+){0,3}?"
        r"dividends?\b",
    ),
    "acquired",
)
_ESPP = Family(
    "espp-purchase",
    Stems(
        "purchase p",
        "stock purchase",
        "share purchase",
        "unit purchase",
        "employee",
        "espp",
        "e.s.p.p",
        " 423",
        "payroll",
        "associate",
        "stock sav",
        "share sav",
        "unit sav",
        "stock inv",
        "share inv",
        "unit inv",
        "offering per",
        "16b-3(c",
        "tax-cond",
    ),
    any_of(
        r"\b(?:employees?'?s?'?|associates?'?|team\s+member|global|international|U\.?S\.?)\s+(?:stock|share|unit)"
        r"\s+(?:purchase|investment|savings)\b",
        r"\bemployees?'?s?'?\s+(?:qualified\s+)?(?:purchase|stock|share)\s+(?:stock\s+)?plans?\b",
        r"\bESPPs?\b",
        r"\bE\.S\.P\.P\.",
        r"\bsection\s+423\b",
        r"\s423(?:\(b\))?\s+plans?\b",
        r"\bemployees?'?s?'?\s+(?:qualified\s+)?(?:stock\s+|share\s+)?purchase\s+programs?\b",
        r"\b(?:through|by|via)\s+payroll\s+(?:deductions?|withholding)\b",
        r"(?<!and )(?<!direct )\bstock\s+purchase\s+plans?\b",
        r"\bpayroll\s+(?:stock\s+)?purchase\b",
        r"\b(?:acquired|purchased|bought|acquisitions?)\b[^.;]{0,90}?(?:\b16b-3\(c\)|\btax-conditioned\b)",
        r"\b(?:purchased|acquired|bought)\b[^.;]{0,60}?\b(?:last|final)\s+(?:\w+\s+)?day\s+of\s+(?:[\w-]+\s+){0,4}?(?:offering|purchase)\s+periods?\b",
        r"\b(?:purchased|acquired|bought)\s+(?:on|in|for|at|during)\s+[^.;]{0,60}?\b(?:offering|purchase)\s+periods?\b",
    ),
    "acquired",
)
PLAN_UNITS = Family(
    "plan-units",
    Stems(
        "401",
        "401k",
        "savings",
        "supplemental",
        "thrift",
        "retirement",
        "profit",
        "benefit eq",
        "excess benefit",
        "esop",
        "phantom",
        "stock fund",
        "plan statement",
        "defer",
        "stock ownership",
        "match",
        "employer",
        "contributed by",
        "company con",
        "company's con",
    ),
    any_of(
        r"\b401\s?-?\(?k\)?(?![\w-])",
        r"\b(?:deferred|supplemental|savings|thrift|retirement|profit[- ]sharing|excess\s+benefit"
        r"|benefit\s+equalization|deferral|stock\s+ownership|incentive\s+savings)\s+"
        r"(?:\w+\s+){0,3}(?:plan|account|program|fund)s?\b",
        r"\bESOP\b",
        r"\bphantom\s+(?:stock|shares?|units?)\b",
        r"\bplan\s+statements?\b",
        r"\bstock\s+fund\b",
        r"\belected\s+to\s+defer\b",
        r"\bmatching\s+(?:\w+\s+){0,2}?(?:contributions?|shares|stock|units|credits?|allocations?)\b",
        r"\b(?:employer|company)(?:'s)?\s+(?:match|contributions?)\b",
        r"\bcontributed\s+by\s+(?:the\s+)?(?:issuer|company|employer|registrant)\b",
    ),
)
COURT = Family(
    "court-transfer",
    Stems(
        "relation",
        "dro",
        "qdro",
        "divorce",
        "property settlement",
        "separation settlement",
        "marriage",
        "marital",
        "former ",
        "former-",
        "ex-",
        "ex ",
        "court",
    ),
    any_of(
        r"\b(?:qualified\s+)?domestic\s+relations?\s+(?:orders?|court)\b",
        r"\bQ?DRO\b",
        r"\bdivorce\b",
        r"\b(?:marital|property|separation)\s+(?:property\s+)?settlement\b",
        r"\bdissolution\s+of\s+(?:\w+\s+)?marriage\b",
        r"\bmarital\s+(?:dissolution|separation)\b",
        r"\b(?:transfer\w*|assign\w*|distribut\w*|award\w*)\s+(?:\w+\s+){0,8}?to\s+(?:\w+\s+|\w+'s\s+){0,4}?"
        r"(?:former|ex)[- ](?:spouse|wife|husband)\b",
        r"\breceived\s+(?:[\w,]+\s+){0,4}?from\s+(?:[\w']+\s+){0,3}?(?:former|ex)[- ](?:spouse|wife|husband)\b",
        r"\bpassed\s+to\s+(?:[\w']+\s+){0,4}?(?:former|ex)[- ](?:spouse|wife|husband)\b",
        r"\bcourt\s+(?:order\b|(?:\w+\s+)?(?:awarded|ordered)\b)",
    ),
    "disposed",
)
_STOCK_DIVIDEND = Family(
    "stock-dividend",
    Stems(
        *("stock dividend", "share dividend", "stock distribution", "share distribution"),
        *("scrip", "bonus", "split", "capitali"),
    ),
    any_of(
        r"(?<!\bbe )\b(?:rose|grew|increased?|received|acquired|issued|credited|distributed|paid|allott?ed|obtained|result(?:ing|ed)|attributable"
        r"|arising|reflect\w*|due)\b[^.;]{0,60}?\b(?:as|in|through|from|by|of|pursuant\s+to|under|upon|with|via|to)"
        r"\s+(?:an?\s+|the\s+|this\s+|that\s+|its\s+|such\s+)?(?:[\w%().'-]+\s+){0,4}?"
        r"(?:(?:stock|share|scrip)\s+(?:dividend|split|distribution)s?|split|bonus\s+(?:issue|shares?)"
        r"|(?:capitali[sz]ation|scrip)\s+issue)\b",
        r"\b(?:stock|share|scrip)\s+dividends?\s+(?:\w+\s+){0,3}?of\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?\d[\d,.]*\s+(?:\w+\s+){0,3}?shares\b",
        r"\b(?:account|because|reason|result|consequence|owing|thanks)\s+(?:of|to)\s+(?:an?\s+|the\s+)?(?:[\w%().'-]+\s+){0,3}?(?:stock|share|scrip)\s+dividend\b",
        r"\b(?:stock|share|scrip)\s+dividends?\b[^.;]{0,80}?\b(?:brought|added|gave|yielded|resulted\s+in|received|acquired)\b[^.;]{0,40}?\d",
        r"\b(?:stock|share|scrip)\s+dividends?\b[^.;]{0,80}?\d\s+(?:\w+\s+){0,3}?shares\s+(?:\w+\s+){0,3}?(?:were|was)\s+(?:\w+ly\s+)?"
        r"(?:added|issued|credited|received|allott?ed|distributed|acquired)\b",
        r"\bbonus\s+(?:issue\s+of\s+\d|shares\s+(?:received|issued|allott?ed|credited))",
    ),
    "acquired",
)
PREVIOUSLY = Family(
    "previously-reported",
    Stems(
        "previously",
        "already",
        "earlier",
        "initially",
        "originally",
        "reported",
        "reflected",
        "included in",
    ),
    any_of(
        r"\bpreviously\s+(?:been\s+)?(?:reported|disclosed)\b(?!\s+as\s+(?:being\s+)?(?:in)?direct)",
        r"\b(?:initially|originally|already|earlier)\s+reported\b",
        r"(?<!being )\breported\s+(?:\w+\s+){0,5}(?:on|in)\s+(?:(?:the|his|her|its|their|a|an)\s+)?"
        r"(?:(?:reporting|person's|issuer's|prior|previous|earlier|original|initial)\s+)*"
        r"form\s+[345](?:/a)?\s+(?:\w+\s+){0,3}(?:filed|dated|on)\b",
        r"\breported\s+(?:on|in)\s+(?:\w+\s+|\w+'s\s+){0,3}(?:prior|previous|earlier)\s+"
        r"(?:forms?|reports?|filings?)\b",
        r"\breflected\s+(?:on|in)\s+(?!this)(?:\w+\s+|\w+'s\s+){0,4}form\s+[345]\b(?!\s*[.;])",
        r"\b(?:included|reported)\s+in\s+(?:\w+\s+|\w+'s\s+){0,4}(?:prior|previous|earlier)\s+(?:\w+\s+)?"
        r"(?:reports?|filings?|forms?)",
    ),
)

_TOLD = r"(?:included|reported|reflected|disclosed|counted|contained|shown)"
_LAST = r"(?:last|prior|previous|earlier|preceding|most\s+recent|latest|original)"
ALREADY = any_of(
    rf"\b{_TOLD}\s+(?:in|on|by)\s+(?:(?:the|his|her|its|their|an?|{_TOLD})\s+)?(?:(?:total|balance|number|amount|column\s+5|end-of-period"
    r"\s+\w+)\s+(?:\w+\s+)?(?:of|on|in|by)\s+)?(?:(?:the|his|her|their|reporting\s+person's)\s+){0,2}"
    rf"{_LAST}\s+(?:\w+\s+){{0,2}}?(?:reports?|filings?|forms?|statements?|totals?|balances?)\b",
    rf"\b(?:as|already|previously)\s+(?:was\s+|were\s+|been\s+|already\s+|previously\s+)*{_TOLD}\s+(?:previously|earlier|before)\b",
    rf"\b(?:already|previously)\s+(?:been\s+)?{_TOLD}\b(?!\s+as\b)",
)
"""What an earlier total holds by these words: the shares did not come in since."""
NOT_ALREADY = any_of(
    r"\b(?:not|never|nor|without|fail\w*|omit\w*|should|\w+n't)\b[^.;]{0,40}$",
    r"\b(?:since|than|(?:addition|added)\s+to|beyond|besides|(?:to|from|of|over)\s+the\s+(?:\w+\s+)?"
    r"(?:[\d,.]+|total|number|amount|balance))\b[^.;,]{0,40}$",
)
"""Words before them that deny it, or speak of what stood there besides."""

HAPPENED: tuple[Family, ...] = (
    *(COURT, _REINVESTMENT, _ESPP, WITHHELD, FORFEITURE, GONE, _STOCK_DIVIDEND, CAME, WITHDRAWAL),
)
"""Families that name what happened to shares; they are asked before transfers."""

REGARDED: tuple[Family, ...] = (PREVIOUSLY, PLAN_UNITS)
"""Families that say how shares are held or reported; they are asked after transfers."""

EXCLUSION = Family(
    "exclusion",
    Stems(
        "exclu",
        "not includ",
        "not reflect",
        "not give",
        "not be included",
        "neither",
        "not take",
        "not report",
        "not count",
    ),
    any_of(
        r"\bexclud(?:es?|ing|ed)\b(?!\s+(?:any|weekends|the\s+reporting\s+person))",
        r"\b(?:do(?:es)?|did)\s+not\s+(?:include|reflect|give\s+effect|take\s+(?:into\s+)?account)\b",
        r"\b(?:form|report|filing|statement|table|total|amount|number)\s+does\s+not\s+(?:report|count)\b",
        r"\bnot\s+(?:included\b|reflected\s+in\b)",
        r"\bnot\s+including\b",
        r"\bexclusive\s+of\b",
        r"\bneither\b[^.;]{1,160}?\bnor\b[^.;]{1,120}?\b(?:is|are|was|were)\s+(?:included|reflected|reported)\b",
    ),
)
COMPOSITION = Family(
    "composition",
    Stems(
        "includ",
        "inclusive",
        "consist",
        "compris",
        "represent",
        "reflect",
        "of which",
        "of these",
        "of those",
        "of such",
        "of the",
        "of this",
        "of that",
        "follows",
        "aggregate",
        "in addition",
        "based on",
        "added to the",
        "counted in",
    ),
    any_of(
        r"\binclud(?:es?|ing|ed)\b",
        r"\binclusive\s+of\b",
        r"\bconsist(?:s|ing|ed)?\s+of\b",
        r"\bcompris(?:es?|ed|ing)\b",
        r"\b(?:represents?|representing|reflects?|reflecting)\b",
        r"\bof\s+which\b(?!\s+(?:(?:the\s+)?(?:reporting\s|undersigned)|he\b|she\b|(?:his|her)\s))|(?:^|[.,;(]\s*)of\s+(?:these|those|such|the|this|that)\b",
        r"\bas\s+follows\b",
        r"\baggregate\b",
        r"\bin\s+addition\s+to\s+(?:the|his|her)\s+(?:\w+\s+){0,3}?(?:targets?|awards?|grants?|units?)\b",
        r"\bbased\s+on\s+(?:(?:the|actual|achieved)\s+)*performance\b",
    ),
)
UNSTATED_PART = any_of(
    r"\b(?:includes?|included\s+(?!in)|consists?\s+of|compris(?:es|ed))\b[^.]{0,120}?\b(?:restricted|unvested"
    r"|deferred|RSUs?|PSUs?|DSUs?|phantom|escrow|performance|(?:shares|securities)\s+(?:beneficially\s+)?"
    r"(?:held|owned|issuable|to\s+be|received|subject))"
)
"""A total that is said to include something, of which no number is given."""

NOT_HELD = any_phrase(
    "settlement|vesting|exercise|conversion|release|lapse|redemption|sale|withholding|delivery|surrender|exchange",
    r"\b(?:settlement|vesting|exercise|conversion|release|lapse|redemption|sale|withholding|delivery"
    r"|surrender|exchange)\s+of\s+(?:an?\s+(?:aggregate|total)\s+of\s+|up\s+to\s+|the\s+)*$",
    "exchange|exercisable|convert|right|purchase|issuable|withheld|sold|entitled|plus|least|minimum",
    r"\b(?:in\s+exchange\s+for|exercisable\s+(?:for|into)|convertible\s+into|converted\s+into|right\s+to"
    r"\s+(?:purchase|acquire|receive|buy)|to\s+purchase|purchase\s+price\s+\w+|issuable\s+upon\s+\w+\s+of"
    r"|withheld|sold|entitled\s+to|plus|at\s+least|minimum\s+of)\s+(?:(?:an?\s+)?(?:aggregate|total)\s+of"
    r"\s+|up\s+to\s+|approximately\s+|another\s+)*$",
    "from|exceed|more",
    r"\bfrom\s+$|\bexceed\w*\s+$|\bmore\s+than\s+$",
)
"""What stands right before a number that is no holding: "settlement of", "option to purchase"."""

AWARD = any_phrase(
    "grant|award|received|represent|option|right|all",
    r"\b(?:granted|awarded|grants?\s+of|awards?\s+of|received|represent\w*|options?\s+to\s+(?:purchase|acquire)"
    r"|right\s+to\s+(?:purchase|acquire)|all)\s+(?:(?:an?|the)\s+)?(?:(?:grant|award|option|right|aggregate|total)"
    r"\s+(?:of|to\s+(?:purchase|acquire))\s+)*(?:up\s+to\s+)?$",
)
"""What stands right before the size of an award: "was granted", "an option to purchase"."""
AWARDED = any_of(r"^\s*(?:[\w\"'(),.-]+\s+){0,12}?(?:granted|awarded)\b(?!\s+to\s+date)")
"""What stands soon after it: "restricted stock units granted to the director"."""
OF_AN_AWARD = any_phrase(
    "grant|award|received|represent|option|right|all",
    r"\bof\s+the\s+\S+\s+(?:\w+\s+){0,4}?(?:originally\s+)?subject\s+to\s+(?:the|this|an)\s+(?:stock\s+)?option",
)
"""A part of an award that is named whole: "one-fourth of the 900 shares subject to the option"."""

VESTING = any_of(
    r"\b(?:vests?|vested|vesting|become[s]?\s+(?:fully\s+)?(?:vested|exercisable)|became\s+(?:\w+\s+)?(?:vested"
    r"|exercisable)|(?:is|are|was)\s+(?:\w+\s+)?exercisable|exercisable|restrictions?\s+lapses?|lapse|exercisability)"
    r"\b"
)
SCHEDULE = any_of(
    r"\binstal?lments?\b|\banniversar(?:y|ies)\b|\bratabl[ey]\b|\bincrements?\b|\btranches\b|\bcliff\b",
    r"\b\d+(?:\.\d+|-\d/\d)?\s?%|\b\d+/\d+(?:th|rd|nd|st)?s?\b|\bpercent\b",
    r"\bone[- ](?:half|third|fourth|fifth|sixth|quarter|tenth|twelfth|\w+th)s?\b",
    r"\b(?:each|every|per)\s+(?:year|month|quarter)\b|\b(?:annually|monthly|quarterly)\b",
    r"\bfully\s+(?:vested|exercisable)\b|\bin\s+full\b|\bimmediately\b|\bearlier\s+(?:of|to)\b",
    r"\b(?:years?|months?)\s+(?:from|after|following)\b|\bschedule\b|\bvest(?:s|ed|ing)?\s+(?:\w+\s+){0,3}on\b",
    r"\bexercisable\s+(?:on|as\s+of|beginning|commencing|as\s+follows|\d)",
    r"\b(?:over|within)\s+(?:a\s+)?\w+[- ]years?\b",
    r"\bas\s+to\b",
)
NO_SCHEDULE = any_of(
    r"\b(?:upon|with|connection\s+with|result\s+of|following|resulting\s+from|from|on|after|to\s+cover)"
    r"\s+(?:the\s+)?"
    r"(?:\w+\s+){0,2}(?:vesting|vest|lapse)\b",
    r"\bwithh(?:eld|olding)\b",
)

ADOPTION = any_of(r"\b10b-?5(?:-?1)?\b")
DISCLAIMER = any_of(
    r"\bdisclaim(?:s|ed|ing|er)?\b",
    r"\bnot\s+be\s+(?:deemed|construed\s+as)\s+an\s+admission\b",
)
PRICES = any_of(
    r"\bweighted[- ]average\b",
    r"\baverage[- ](?:weighted|price)\b",
    r"\bprices?\s+rang\w+",
    r"\bundertakes?\s+to\s+provide\b",
    r"\bwill\s+provide,?\s+upon\s+request\b",
    r"\bfull\s+information\s+regarding\b",
)
_BY_A_PLAN = pattern(
    r"\b(?:purchased|acquired|bought)\b[^.;]{0,160}?\b(?:employee\s+stock\s+purchase|stock\s+purchase\s+plan|(?:dividend|re-?invest\w*)\s+(?:re-?investment|plan)|ESPP|DRIP|401\(k\))"
    r"|\b(?:employee\s+stock\s+purchase|stock\s+purchase\s+plan|dividend\s+re-?investment|ESPP|DRIP|401\(k\))[^.;]{0,160}?\b(?:purchased|acquired|bought)\b",
    re.IGNORECASE,
)
_SALES = pattern(
    r"\b(?:s[eo]ld|sell\w*|sales?|trades?|transactions|10b-?5|per\s+cent|percent)\b|%",
    re.IGNORECASE,
)


def only_of_prices(text: str, start: int, end: int) -> bool:
    """Whether a sentence tells of the prices of trades, and not at which price a plan bought.

    >>> words = "She purchased 40 shares under the ESPP at an average price of $15."
    >>> only_of_prices(words, 0, len(words))
    False
    """
    if PRICES.search(text, start, end) is None:
        return False
    return (
        _BY_A_PLAN.search(text, start, end) is None or _SALES.search(text, start, end) is not None
    )


_DONE_SINCE = pattern(
    r"(?:\s+(?:in|on|by)\s+(?:[\w']+\s+){1,6}?)?\s*(?:(?:was|were|has|have|had)\s+(?!(?:\w+\s+)?(?:not|never|also|already|again|included?|reported|counted|shown|held|owned|listed|in)\b)\w+|went|left|passed)\b",
    re.IGNORECASE,
)
"""What says of shares which were reported before what became of them."""
_OF_SHARES = pattern(r"\b(?:shares|units|stock|those)\s+$", re.IGNORECASE)


def regards(family: Family, text: str, start: int, end: int) -> bool:
    """Whether a stretch says how shares are held or reported as a family has it."""
    told = family.cue.search(text, start, end)
    if told is None or family is not PREVIOUSLY:
        return told is not None
    if _DONE_SINCE.match(text, told.end()) and _OF_SHARES.search(text, start, told.start()):
        return False
    return NOT_ALREADY.search(text, max(start, told.start() - 80), told.start()) is None


def told_already(text: str, start: int, end: int) -> bool:
    """Whether words say that an earlier report counts the shares they speak of."""
    return any(
        not NOT_ALREADY.search(text, max(start, said.start() - 80), said.start())
        for said in ALREADY.finditer(text, start, end)
    )
