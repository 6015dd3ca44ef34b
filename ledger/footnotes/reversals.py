"""What was done by mistake, and what was undone again, of which nothing is left to count.

"4,000 shares were forfeited in error": a deed was wrong, and no report was. "The forfeiture was
reversed", or "none of the tendered shares was accepted": the deed of the sentence before moved nothing.
"""

from __future__ import annotations

import re

from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import Sentence

_WRONGLY = r"(?:mistakenly|erroneously|inadvertently|wrongly)"
_IN_ERROR = (
    r"(?:in\s+error|by\s+mistake|(?:by|in|through)\s+(?:an?\s+)?(?:\w+\s+){0,2}?(?:error|mistake)"
    rf"|{_WRONGLY}|without\s+(?:(?:the|his|her|any|prior|reporting|person's|owner's)\s+)*(?:knowledge|authori[sz]ation|authority|instructions?|consent|notice|approval))"
)
_DEED = (
    r"(?:forfeitures?|cancellations?|transfers?|sales?|trades?|purchases?|gifts?|donations?|contributions?|withholding|issuances?|releases?"
    r"|deposits?|deliver(?:y|ies)|distributions?|transactions?|repurchases?|redemptions?)"
)
_DONE = (
    r"(?:sold|liquidated|forfeited|cancell?ed|withheld|transferred|moved|released|delivered|deposited|surrendered|donated"
    r"|retired|redeemed|repurchased|distributed|credited|debited|paid\s+out)"
)
_BY_MISTAKE = any_phrase(
    "error|mistake|inadvertent|erroneous|wrongly|without",
    rf"\b{_DONE}\b[^.;]{{0,100}}?\b{_IN_ERROR}\b|\b{_WRONGLY}\s+{_DONE}\b"
    rf"|\b(?:due|owing)\s+to\s+(?:an?\s+)?(?:\w+\s+){{0,2}}?(?:error|mistake)\b[^.;]{{0,120}}?\b(?:was|were)\s+(?:\w+ly\s+)?(?:treated\s+as\s+)?{_DONE}\b"
    rf"|\b{_DEED}\b[^.;]{{0,80}}?\b(?:made|effected|executed|processed|carried\s+out|booked|posted|entered)\s+(?:by\s+(?:[\w']+\s+){{1,4}}?)?{_IN_ERROR}\b",
)
_OF_A_REPORT = pattern(
    r"\b(?:report(?!ing\s+(?:person|owner))|filing|filed|form\s+[345]|disclos|stated|listed|shown|total|omit|overlook|includ|exclud|left\s+out)",
    re.IGNORECASE,
)
_LATER = r"(?:(?:then|later|since|soon|thereafter|\w+ly)\s+){0,2}"
_DEED_UNDONE = any_phrase(
    "revers|rescind|unwound|undone|void|annul|revok|nullif|broken|busted",
    rf"\b{_DEED}\b[^.;,\d]{{0,30}}?\b(?:was|were|been|is|are)\s+{_LATER}(?:(?:declared|held|found|deemed|made|treated\s+as)\s+(?:to\s+be\s+)?(?:null\s+and\s+)?)?"
    r"(?:revers|rescind|unwound|undone|void|annul|revok|nullif|broken|busted)\w*",
    "reversed|rescinded|undone|undid|voided|annulled|revoked|nullified|unwound",
    rf"\b(?:reversed|rescinded|undone|undid|voided|annulled|revoked|nullified|unwound)\s+(?:the|this|that|those|such)\s+{_DEED}\b",
)
_PUT_BACK = any_phrase(
    "reinstat|restor|credited|back",
    rf"\b(?:shares?|units?|stock|they|these|those|them|all|which)\b[^.;\d]{{0,40}}?\b(?:was|were|been)\s+{_LATER}(?:reinstated|restored|re-?credited|put\s+back|taken\s+back|given\s+back)\b",
)
_SET_RIGHT = pattern(
    r"\b(?:errors?|mistakes?|entry|entries|booking|posting)\b[^.;,\d]{0,30}?\b(?:was|were|has|have|been)\s+(?:\w+ly\s+)?(?:been\s+)?(?:corrected|reversed|rectified|undone|fixed)\b"
    r"|\b(?:restored|reversed|rescinded|unwound|undid|voided|annulled|re-?credited|reinstated|returned|repurchased)\s+(?:the|his|her|those|these|this|that|such|all)\b",
    re.IGNORECASE,
)
"""How a mistaken deed is told to be undone."""
_NONE_TAKEN = any_phrase(
    "accepted|purchased|bought|taken & no|without",
    r"\b(?:none|no|not\s+any)\s+(?:of\s+(?:the|these|those|such|his|her)\s+)?(?:\w+\s+){0,3}?(?:shares?|units?|stock|securities)?\s*(?:so\s+tendered\s+|tendered\s+|offered\s+)?"
    r"(?:was|were|has\s+been|have\s+been)\s+(?:\w+ly\s+)?(?:accepted|purchased|bought|taken\s+up)\b"
    r"|\b(?:shares?|units?|they)\s+(?:was|were)\s+not\s+(?:accepted|purchased|bought|taken\s+up)\b"
    r"|\bwithout\s+(?:any|the|acceptance|purchase)\b[^.;]{0,40}?\b(?:being\s+)?(?:accepted|purchased|bought|taken\s+up)\b",
    "not & accept|purchase|buy|take",
    r"\bnot\s+(?:accept|purchase|buy|take\s+up)\s+(?:any|the|his|her|those|these|them|such)\b",
    "offer|tender|shares & terminated|withdrew|abandoned|cancel|revoked|rescinded|rejected|declined|refused",
    r"\b(?:terminated|withdrew|abandoned|cancell?ed|revoked|rescinded|rejected|declined|refused)\s+(?:the|its|his|her|their|this|that|such|all)\s+(?:[\w']+\s+){0,3}?(?:offers?|tenders?|shares)\b",
    "offer|tender|bid & terminated|withdrawn|abandoned|cancel|revoked|rescinded|rejected|declined|refused|complete|consummate",
    r"\b(?:offers?|tenders?|bid)\s+(?:was|were|has\s+been|had\s+been)\s+(?:\w+\s+){0,2}?(?:terminated|withdrawn|abandoned|cancell?ed|revoked|rescinded|rejected|declined|refused|not\s+(?:completed|consummated))\b",
    "offer|tender|bid & lapsed|failed|expired",
    r"\b(?:offers?|tenders?|bid)\s+(?:\w+ly\s+)?(?:lapsed|failed|expired\s+(?:unconsummated|without|unsuccessful\w*))\b",
    "returned",
    r"\breturned\s+all\b|\ball\s+(?:(?:of|the|his|her|them|tendered|shares|so)\s+){0,5}(?:was|were)\s+(?:\w+ly\s+)?returned\b"
    r"|(?<!remaining )(?<!other )(?<!excess )(?<!unpurchased )(?<!unaccepted )\bshares\s+(?:was|were)\s+(?:\w+ly\s+)?returned\s+to\s+(?:the\s+(?:reporting|undersigned)|him\b|her\b|them\b)",
)
_TAKEN = pattern(r"\b(?:accepted|purchased|bought|paid\s+for)\b", re.IGNORECASE)
_OFFERED = pattern(r"\b(?:tender(?:ed|s|ing)?|offer(?:ed|s)?|auction)\b", re.IGNORECASE)
_BACK = pattern(
    r"\b(?:returned|reversed|restored|reinstated|rescinded|re-?credited|taken\s+back|put\s+back|given\s+back|unwound|undone)\b",
    re.IGNORECASE,
)


def by_mistake(sentence: Sentence) -> bool:
    """Whether a sentence tells of a deed that was a mistake, not of a mistake in a report."""
    return _BY_MISTAKE.search(*sentence) is not None and _OF_A_REPORT.search(*sentence) is None


def undoes(sentence: Sentence, before: Sentence) -> bool:
    """Whether a sentence says that what the one before it tells was undone, or came to nothing.

    What was given and came back, or was offered and not taken, is where it was.
    """
    if _DEED_UNDONE.search(*sentence) is not None or _PUT_BACK.search(*sentence) is not None:
        return True
    if by_mistake(before) and _SET_RIGHT.search(*sentence) is not None:
        return True
    none = _NONE_TAKEN.search(*sentence)
    return (
        none is not None
        and _OFFERED.search(*before) is not None
        and not _TAKEN.search(sentence.text, sentence.start, none.start())
    )


def undone_at_once(sentence: Sentence) -> bool:
    """Whether a sentence tells itself that its deed was undone, or that a mistaken one was."""
    if _DEED_UNDONE.search(*sentence) is not None:
        return True
    return by_mistake(sentence) and _BACK.search(*sentence) is not None
