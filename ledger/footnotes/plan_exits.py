"""Whether a note tells that shares left a plan, by a withdrawal, a loan, another fund, came, or lie there."""

from __future__ import annotations

import re

from ledger.footnotes.clauses import Segment
from ledger.footnotes.phrases import COMPOSITION
from ledger.footnotes.text import Sentence, plain, sentences, undated
from ledger.loading import pattern

_LEFT = pattern(
    r"\b(?:withdr(?:ew|awn)|(?:hardship|in-service|partial)\s+withdrawals?"
    r"|withdrawals?\s+(?:of|from|by|made)|sold|liquidat(?:ed|ions?\s+of)|distributed"
    r"|distributions?\s+(?:of|from|to)|rolled\s+over|roll-?overs?\s+(?:of|from|to|into)"
    r"|transferred|transfers?\s+(?:out|from)|re-?allocat(?:ed|ions?\s+(?:of|from|out))"
    r"|diversified|surrendered\s+(?:from|by|in|to\s+pay)|switched|cashed\s+out|redeemed"
    r"|elected\s+to\s+(?:diversify|sell|transfer|move|withdraw|reallocate|switch|liquidate|redeem)|(?:plan|participant|401\(?k\)?)\s+loans?"
    r"|loans?\s+(?:from|against|taken|under)|borrowed|sales?\s+(?:of|by|from|in|within|under))\b",
    re.IGNORECASE,
)
"""Words by which shares are told to have left a plan: done, not merely possible."""

_NOT_DONE = pattern(
    r"\b(?:not|no|nor|never|non|without|may(?!\s+\d)|can|could|might|will|would|shall|should|must|until"
    r"|unless|if|when|generally|restrict\w*|eligible|available|entitled|permit\w*|allow\w*|price[sd]?"
    r"|last\s+(?:reported\s+)?sales?|(?:is|are|be|being)\s+(?:\w+ly\s+)?(?:sold|distributed"
    r"|transferred|withdrawn|liquidated|redeemed))\b",
    re.IGNORECASE,
)
"""Words that make of it what may happen, must not, or only tells a price."""

_INTO = pattern(
    r"\b(?:in)?to\s+(?!an?other|other)(?:\S+\s+){0,4}?(?:plan|401|stock\s+fund)\b", re.IGNORECASE
)
"""Words by which shares came into a plan."""

_OUT_OF = pattern(r"\b(?:out\s+of|from)\s+(?:\S+\s+){0,3}?(?:plan|401|fund)\b", re.IGNORECASE)

_CLAUSES = pattern(r"[,;:]\s|\s-\s|\s\(|(?<!k)\)\s", re.IGNORECASE)
_HELD_IN = pattern(
    r"(?:\s+of\s+(?:common\s+)?stock)?\s+(?:(?:are\s+)?held\s+(?:in|under|through)"
    r"|in\s+(?:the|his|her|an?)\s+(?:[\w.']+\s+){0,3}?(?:employees?|associates?|stock\s+purchase|ESPP))\b",
    re.IGNORECASE,
)
_PURCHASE_OF = pattern(r"\b(?:purchase|acquisition)\b[^.;]{0,40}?\bof\s+$", re.IGNORECASE)
"""What leads to an amount that was bought there, and does not only lie there."""
_REACH = 80
"""How many characters before an amount what leads to it can begin."""


_UNITED = pattern(r"\b(?:merg|combin|consolidat|roll)\w*", re.IGNORECASE)
"""What is said of plans and accounts that become one."""


def united(text: str) -> bool:
    """Whether words tell that plans or accounts became one."""
    return _UNITED.search(text) is not None


def left_a_plan(text: str) -> bool:
    """Whether words tell that shares left a plan, not that they could, or at what price."""
    return any(
        _LEFT.search(clause) and not _NOT_DONE.search(clause) and not _came_in(clause)
        for sentence in sentences(plain(text)[0])
        for clause in _CLAUSES.split(sentence.words)
    )


_CAME = pattern(
    r"\b(?:contributions?|contributed|deferrals?|allocations?|allocated|match(?:es|ing|ed)?|repaid|repayments?|roll-?overs?|rolled\s+over|transferred\s+in)\b",
    re.IGNORECASE,
)


def came_into_a_plan(text: str) -> bool:
    """Whether words say by what a plan's account grew: contributions, a loan repaid, a rollover."""
    return any(
        _CAME.search(clause) and not _NOT_DONE.search(clause)
        for sentence in sentences(plain(text)[0])
        for clause in _CLAUSES.split(sentence.words)
    )


def _came_in(clause: str) -> bool:
    return bool(_INTO.search(clause)) and _OUT_OF.search(clause) is None


_PAYING_OUT = pattern(
    r"\b(?:distributions?|withdrawals?|payouts?)\s+of\s*(?:approximately\s+|an\s+aggregate\s+of\s+)?$",
    re.IGNORECASE,
)
_PAID_OUT = pattern(
    r"[\s,]*(?:(?:of|common|class|[a-z]|stock|shares?|units?|that|which|were|was|received|have|been|had)\s+){0,7}?"
    r"(?:distributed|withdrawn|paid(?:\s+out)?|cashed\s+out|(?:up)?on\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+)?distribution"
    r"|(?:in|as|by\s+way\s+of|through)\s+(?:an?|the)\s+(?:[\w-]+\s+)?distribution)\b",
    re.IGNORECASE,
)
_TAKEN_OUT = pattern(
    r"\b(?:withdrew|(?:transferred|moved|reallocated|switched)(?=[^.;]))\s+(?:approximately\s+|an\s+aggregate\s+of\s+)?$",
    re.IGNORECASE,
)
_FROM_IT = pattern(r"\b(?:from|out\s+of)\b", re.IGNORECASE)
"""What leaves a plan, though its words alone might be of what is held there."""
_OUT_OF_IT = pattern(
    r"\b(?:transfers?|withdrawals?|reallocations?)\s+(?:out\s+)?(?:of|from)\s+(?:[\w()']+\s+){1,8}?of\s*$",
    re.IGNORECASE,
)


def paid_out(part: Segment) -> bool:
    """Whether a plan's shares are told as those that left it: "a distribution of 40 from the plan"."""
    first = max(part.start, part.amount.start - 160)
    lead = undated(part.text)[first : part.amount.start]
    if _OUT_OF_IT.search(lead):
        return True
    if not _FROM_IT.search(part.tail):
        return False
    return bool(_PAYING_OUT.search(lead) or _TAKEN_OUT.search(lead) or _PAID_OUT.match(part.tail))


_PUT = r"(?:deposited|transferred|moved|placed|enrolled|re-?registered)"
_INTO_DIVIDENDS = r"(?:in|into|to|with|under)\s+(?:[\w']+\s+){0,4}?(?P<plan>(?:dividend\s+re-?investment|DRIP|DRP)\b(?:\s+(?:plan|program|account))?)"
_PUT_IN = pattern(
    rf"[^.;,]{{0,120}}?\b(?:was|were|been)\s+(?:\w+ly\s+)?{_PUT}\s+{_INTO_DIVIDENDS}", re.IGNORECASE
)
_PUTS = pattern(rf"\b{_PUT}\s+(?:an\s+aggregate\s+of\s+)?$", re.IGNORECASE)
_IN_IT = pattern(rf"[^.;,]{{0,80}}?\b{_INTO_DIVIDENDS}", re.IGNORECASE)


def put_in(part: Segment) -> str | None:
    """The dividend reinvestment plan into which shares are told to be put that dividends did not buy."""
    active = _PUTS.search(part.text, max(part.start, part.amount.start - _REACH), part.amount.start)
    told = (_IN_IT if active else _PUT_IN).match(part.text, part.amount.unit_end, part.end)
    return told["plan"] if told else None


_REPORTED_APART = pattern(
    r"\b(?:previously|formerly|earlier|heretofore|until\s+now|(?:earlier|prior|previous|past)\s+(?:reports?|filings?|forms?))\s+(?:(?:was|were|been|had)\s+)?"
    r"(?:(?:reported|shown|showed|listed|disclosed|carried|held|owned|counted)\s+){1,2}(?:\w+\s+){0,3}?(?:indirect(?:ly)?\b|separately\b|on\s+(?:a|its\s+own|another|the)\s+(?:separate\s+)?line\b"
    r"|(?:by|in|through|under|via|within)\s+(?:[\w'()]+\s+){0,6}?(?:plan|401|espp|rabbi\s+trust)\b)"
    r"|\bhad\s+been\s+(?:reported|shown|listed|disclosed)\s+(?:\w+\s+){0,2}?(?:indirect(?:ly)?|separately)\b"
    r"|\b(?:shown|reported|listed|carried)\s+(?:(?:separately|indirectly|as\s+indirect(?:ly\s+\w+)?|on\s+(?:a|their\s+own|its\s+own|another)\s+(?:separate\s+)?line)\s+)(?:until\s+now|before|previously|formerly|in\s+(?:earlier|prior|previous)\b)",
    re.IGNORECASE,
)
"""Words by which earlier reports had shares apart from what was held directly."""
_NOT_HERE = pattern(
    r"\b(?:exclud\w+|not\s+includ\w+|continue\w*|remain\w*|still|will\s+be)\b", re.IGNORECASE
)
_PLAN = pattern(
    r"\b(?:(?:employee\s+|associate\s+)?stock\s+purchase\s+plan|espp|esop|401\s?\(?k\)?|rabbi\s+trust|(?:savings|retirement|thrift|profit[\s-]sharing|deferral|deferred\s+compensation)\s+(?:\w+\s+)?plan)(?!\w)",
    re.IGNORECASE,
)


def reported_apart(text: str, before: str = "") -> str | None:
    """The plan whose shares words say were reported apart before, and are counted with the others now.

    The words before them may be what names it.
    """
    if not _REPORTED_APART.search(text) or _NOT_HERE.search(text):
        return None
    plan = _PLAN.search(f"{before} {text}")
    return plan[0] if plan else None


_HERE = pattern(r"\binclud(?:es|ing|ed)\b", re.IGNORECASE)
_RECEIVED = pattern(r"\breceived\b")
_NOW_DIRECT = pattern(r"\bnow\s+(?:\w+\s+){0,2}?directly\b", re.IGNORECASE)


def now_direct(text: str) -> bool:
    """Whether words tell of shares that left a plan, and are held directly now."""
    return bool(reported_apart(text)) or (
        _NOW_DIRECT.search(text) is not None and left_a_plan(text)
    )


def came_here(part: Segment, end: int) -> bool:
    """Whether what left a plan is told as counted in the total now, or as held directly."""
    included = _HERE.search(part.lead) or _RECEIVED.search(part.text, part.start, part.end)
    return bool(included or _NOW_DIRECT.search(part.text, part.amount.unit_end, end))


def lies_there(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount lies in a plan, and is not told as the purchase of so many in it."""
    since = max(sentence.start, part.amount.start - _REACH)
    bought = _PURCHASE_OF.search(sentence.text, since, part.amount.start)
    return not bought and _HELD_IN.match(sentence.text, part.amount.unit_end) is not None


_CREDITED = pattern(r"[^.;,]{0,40}?\s(?:credited|allocated)\b", re.IGNORECASE)
"""How an amount goes on that stands to the credit of an account."""
_SINCE = pattern(r"\b(?:since|during|for|in)\b", re.IGNORECASE)
_PLAN_GAINS = pattern(
    r"\b(?:acquir|purchas|allocat|credit|accru|contribut|receiv|match)", re.IGNORECASE
)


def gained_there(sentence: Sentence, part: Segment) -> bool:
    """Whether words tell what a plan gained: not what stands to an account's credit in it.

    "Includes 70 units credited to a deferral account" describes the account, unless it is dated.
    """
    around = _PLAN_GAINS.search(part.text, part.start, part.end)
    if around is None or around[0].lower() not in ("credit", "allocat"):
        return around is not None
    stands = _CREDITED.match(part.text, part.amount.unit_end, part.end)
    if stands is None or not COMPOSITION.cue.search(part.text, sentence.start, part.amount.start):
        return True
    return bool(part.dated) or _SINCE.search(part.text, stands.end()) is not None


_GONE_AGAIN = pattern(
    r"\b(?:sold|disposed\s+of|transferred|withdrawn|gifted|distributed)\b[^.;]{0,40}?\b(?:same\s+day|at\s+once|immediately|thereafter|then|upon|since|subsequently)\b"
    r"|\b(?:immediately|subsequently|then|later|since)\s+(?:sold|disposed\s+of|transferred|withdrawn|gifted|distributed)\b",
    re.IGNORECASE,
)


def gone_again(words: str) -> bool:
    """Whether words on what a plan bought tell that it did not stay: "which were sold on the same day"."""
    return _GONE_AGAIN.search(words) is not None
