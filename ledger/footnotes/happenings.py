"""Whether a stretch of a sentence says that what a family of phrases names did happen."""

from __future__ import annotations

import re

from ledger.footnotes.clauses import Segment
from ledger.footnotes.families import Family, any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import done, real, still_offered
from ledger.footnotes.phrases import WITHDRAWAL
from ledger.footnotes.text import Sentence, undated
from ledger.footnotes.ways import remains_owner
from ledger.statements import SENSES

_ASIDE = pattern(r"\((?:including|includes|plus|together\s+with)\b[^)]*$", re.IGNORECASE)
_STILL_IN = pattern(r"(?<!not )\bincludes?\b|\bacquired\s+in\b", re.IGNORECASE)
_CONDITION = pattern(
    r"\b(?:unless|if|until|to\s+the\s+extent|in\s+the\s+event|subject\s+to|except|either)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_UNLESS = pattern(
    r"\s*,?\s*(?:(?:on|at|as\s+of|by|in|upon|effective)\s+[^.;()]{0,40}?,?\s*)?\b(?:unless|if)\b(?!\s+any\b)",
    re.IGNORECASE,
)
_RESTRICTIONS = pattern(
    r"\b(?:restrictions?|risks?|provisions?|(?<!appreciation )rights?|conditions?|(?:performance|restricted|vesting|deferral|holding)\s+periods?)\b[^.;]{0,80}$",
    re.IGNORECASE,
)
_DEAL = pattern(
    r"\b(?:sales?|purchases?|trades?|transactions?|orders?)\s+(?:of|for|in)\s+(?:\S+\s+){0,3}$",
    re.IGNORECASE,
)
"""What is cancelled without a share that goes: it never came, or never went."""
_BY_OWNER = pattern(
    r"[^.;]{0,50}?\b(?:by\s+(?:the\s+)?(?:reporting\s+(?:person|owner)(?!'s)|him\b|her\b(?!\s+\w)|undersigned)|in\s+the\s+open\s+market|on\s+the\s+(?:open\s+)?market)",
    re.IGNORECASE,
)
_AS_SECURITY = pattern(
    r"\b(?:delivered|transferred|turned\s+over|handed\s+over|conveyed|assigned)\b[^.;]{0,100}?"
    r"\b(?:as\s+(?:\w+\s+){0,2}?(?:security|collateral)|to\s+secure)\b",
    re.IGNORECASE,
)
"""What secures a debt is its owner's still."""
_BOUGHT = ("purchased", "bought back", "acquired")
"""Verbs of whoever buys back, who may as well be the owner."""
_CALLED_OFF = pattern(r"cancel|abandon", re.IGNORECASE)
_HOLDS_FOR = pattern(
    r"\b(?:holds?|held)\s+[^.;]{0,60}?\bfor\s+the\s+(?:sole\s+)?benefit\s+of\b", re.IGNORECASE
)
"""Whose shares somebody holds by a court's order, which went nowhere."""
_UNDECIDED = pattern(
    r"\b(?:yet\s+to|still\s+to|undecided|under\s+appeal|untouched|no\s+longer\s+reports?)\b",
    re.IGNORECASE,
)
_NO_SUCH = pattern(
    r"\b(?:no|without|not\s+(?:\w+\s+){0,2}?(?:carry|receive|accrue|earn|bear|pay|(?:entitled|subject)\s+to|participate\s+in))"
    r"\s+(?:\w+\s+){0,3}$"
    r"|\b(?:in\s+(?:lieu|place)\s+of|instead\s+of|rather\s+than)\s+(?:participat|enrol|reinvest)\w*\s+(?:\w+\s+){0,4}$",
    re.IGNORECASE,
)
"""Before what units do not carry, or nobody takes part in."""
_GIVEN_UP = any_phrase(
    "cancel|end|terminat|discontinu|stop|ceas|withdr|suspend|opt|left|declin|waiv|refus|revok & enrol|particip|reinvest|contribut|deferral|payroll|right|election|instruction|offer",
    r"\b(?:cancell?ed|ended|terminated|discontinued|stopped|ceased|withdrew\s+from|suspended|opted\s+out\s+of|left|declined|waived|refused|revoked)\s+(?:[\w'’]+\s+){0,4}?"
    r"(?:enrol\w*|participat\w*|reinvest\w*|contribut\w*|deferrals?|payroll|rights?|elections?|instructions?|offers?)\b",
)
"""By which somebody takes no part in a plan any more: nothing came by that."""
_KEPT_READY = any_phrase(
    "registered|reserved|author|available|aside",
    r"\b(?:registered|reserved|authori[sz]ed|(?:made\s+)?available|set\s+aside)\s+(?:[\w,]+\s+){0,4}?(?:for\s+(?:issuance|purchase|sale)\s+)?(?:under|for|pursuant\s+to)\s+(?:the\s+|its\s+|an?\s+)?(?:[\w'-]+\s+)?$",
)
"""Before a plan for which a company holds shares ready, whoever buys them."""
_RETAINED = pattern(
    r"\b(?:person|owner|he|she)\s+(?:\w+ly\s+)?(?:retain(?:ed|s)|kept|keeps)\b", re.IGNORECASE
)
_PASSES = pattern(
    r"\b(?:transfer|assign|convey|award|distribut|divid|division|receiv|passed)", re.IGNORECASE
)
_LOSES = pattern(
    r"\b(?:forfeited|cancell?ed|repurchased|returned|surrendered|redeemed|terminated|expired)\b",
    re.IGNORECASE,
)
_AS_A_RULE = pattern(r"\b(?:is|are)\s+(?:\w+ly\s+)?(?P<either>(?:\w+\s+)?or\s+)?$", re.IGNORECASE)
_ON_A_DAY = pattern(
    r"[^.;]{0,40}?\b(?:on|as\s+of|effective)\s+[^.;]{0,12}?(?:19|20)\d\d|[^.;]{0,40}?\b(?:on|as\s+of|effective)\s+\d+/\d+/\d",
    re.IGNORECASE,
)
_USED = pattern(r"\bexercised\b(?=\s+(?:its|the)\s)|(?<=\s)exercised$", re.IGNORECASE)
"""The verb that tells whether a right to take shares back was used, which names no act itself."""
_FROM_OTHERS = pattern(
    r"\bfrom\s+(?:(?:an?|the|its|two|three)\s+)?(?:(?:other|another|former|departing|departed|certain|several|some|various)\s+){1,2}(?:\w+\s+)?"
    r"(?:employees?|officers?|directors?|executives?|founders?|(?:share|stock)?holders?|persons?|participants?|members?)\b",
    re.IGNORECASE,
)
"""Of whom shares were taken that were not the owner's."""
_OVER = ("terminated", "expired", "ended")


def happened(family: Family, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a stretch of a sentence says that what a family names did happen."""
    text = sentence.text
    cue = family.cue.search(undated(text), start, end)
    if not cue or _ASIDE.search(text, start, cue.start()):
        return False
    if family is WITHDRAWAL:
        return not _STILL_IN.search(text, start, end)
    if family.kind == "court-transfer" and (
        _stayed(text, start, end) or not real(sentence, start, end, named=True)
    ):
        return False
    from_plan = SENSES[family.kind].from_plan
    used = _USED.search(text, cue.start(), cue.end()) if family.losing else None
    if not (
        done(sentence, used)
        if used
        else real(sentence, cue.start(), cue.end(), gains=from_plan, named=from_plan)
    ):
        return False
    if from_plan and (
        _NO_SUCH.search(text, start, cue.start())
        or _GIVEN_UP.search(text, start, end)
        or _KEPT_READY.search(text, max(sentence.start, cue.start() - 90), cue.start())
    ):
        return False
    if not family.losing:
        return True
    kept = _AS_SECURITY.search(text, start, end) or still_offered(text, start, end)
    kept = kept or remains_owner(sentence)
    if family.kind == "disposal-note" and kept:
        return False
    ruled = family.kind == "forfeiture" and (
        _is_a_rule(text, start, cue) or _FROM_OTHERS.search(text, cue.start(), sentence.end)
    )
    if ruled or _UNLESS.match(text, cue.end()):
        return False
    bought = cue[0].lower().endswith(_BOUGHT)
    if bought and _BY_OWNER.match(text, cue.end(), end):
        return False
    before = max(0, cue.start() - 90)
    if cue[0].lower().endswith("lapsed") and _RESTRICTIONS.search(text, before, cue.end()):
        return False
    if cue[0].lower().endswith(_OVER) and _RESTRICTIONS.search(text, before, cue.start()):
        return False
    if _CALLED_OFF.search(cue[0]) and _DEAL.search(text, before, cue.start()):
        return False
    return _CONDITION.search(text, before, cue.end()) is None


def _stayed(text: str, start: int, end: int) -> bool:
    """Whether a court's order only left somebody shares, or another has the benefit of them."""
    if _HOLDS_FOR.search(text, start, end) or _UNDECIDED.search(text, start, end):
        return True
    return bool(_RETAINED.search(text, start, end)) and not _PASSES.search(text, start, end)


def _is_a_rule(text: str, start: int, cue: re.Match[str]) -> bool:
    """Whether shares "are forfeited" in the present, on no day: so a plan says, and nothing happened."""
    lost = list(_LOSES.finditer(text, cue.start(), cue.end()))
    at = lost[-1].start() if lost else start
    told = _AS_A_RULE.search(text, max(start, at - 32), at)
    if told is None:
        return False
    return told["either"] is not None or _ON_A_DAY.match(text, lost[-1].end()) is None


_APART = pattern(r";|,\s+and\s+$")
_STATE = pattern(
    r"[^.;,]{0,20}?\b(?:are|is|remains?|continues?|vests?|will|may)\b|[^.;,]{0,20}?\b(?:were|was)\s+(?:granted|awarded|issued|sold)\b",
    re.IGNORECASE,
)


def of_its_own(text: str, since: int, part: Segment, end: int) -> bool:
    """Whether an amount begins a clause of its own behind words for a movement, and has a state of its own."""
    apart = _APART.search(text, since, part.amount.start)
    return apart is not None and _STATE.match(text, part.amount.unit_end, end) is not None
