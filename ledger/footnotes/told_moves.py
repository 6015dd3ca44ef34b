"""What a frame states: the kind of movement, its way, and who stands on the other side.

As seen from the position that cites the note: what the owner, or nobody named, let pass
went; what came to the owner came; between others, the words do not tell which way it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ledger.footnotes.clauses import Segment
from ledger.footnotes.families import any_phrase
from ledger.footnotes.frames import Frame, frames
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.sides import Party
from ledger.footnotes.text import Sentence
from ledger.footnotes.transfers import ARE_INCLUDED, Transfer, retained
from ledger.statements import StatementKind
from ledger.types import Direction

_TAX = pattern(
    r"\b(?:tax(?:es)?|withholding|(?:exercise|option|purchase)\s+price)\b", re.IGNORECASE
)
_CLOSE = pattern(
    r"\b(?:merger|tender|offer|offering|exchange|conver\w+|acquisition|combination|reorgani[sz]ation|loan|lender|collateral|pledge\w*|swap|sold|sale|cash"
    r"|debts?|banks?|owed|creditors?|secur(?:e|es|ity)|counterparty|purchase|price|market|broker|lent|borrow\w*|escrow|splits?|dividends?)\b",
    re.IGNORECASE,
)
"""Beside which shares go, or come, in ways of which other rules speak."""
_OFFERED = pattern(
    r"\b(?:tender\w*|prorat\w*|pro-rated|(?:exchange|tender)\s+offer|pledge\w*|collateral)\b",
    re.IGNORECASE,
)
_ANNUITY = pattern(r"\bannuit(?:y|ies)\b(?!\s+trust)", re.IGNORECASE)
_INCLUDES = pattern(r"\binclud(?:es?|ing|ed)\b", re.IGNORECASE)
_REFLECTS = pattern(r"\breflect(?:s|ing|ed)?\b", re.IGNORECASE)
_LEFT_OUT = pattern(r"\b(?:exclud\w+|not\s+includ\w+|no\s+longer)\b", re.IGNORECASE)
_PART = pattern(
    r"\b(?:dissolution|liquidation|winding[\s-]up|distribution)\b|\bas\s+an?\s+(?:limited\s+|general\s+)?(?:member|partner|beneficiary)\s+of\b(?!\s+(?:the\s+|its\s+)?(?:\w+\s+)?(?:board|committee|plan))",
    re.IGNORECASE,
)
_DIVORCE = pattern(
    r"\b(?:divorce|marital|dissolution\s+of\s+marriage|domestic\s+relations|decree)\b",
    re.IGNORECASE,
)
_WILL = pattern(r"\b(?:will|death|estate|late|bequest|inherit\w*|bequeathed)\b", re.IGNORECASE)
_BY_DEATH = pattern(
    r"\b(?:the\s+(?:last\s+)?will|death|estate|late|bequest|bequeathed|intestacy|inherit\w*)\b",
    re.IGNORECASE,
)
_BY_WILL = pattern(r"\b(?:under|by|in)\s+(?:[\w']+\s+){1,4}?(?:last\s+)?will\b", re.IGNORECASE)
_RIGHTS = pattern(
    r"\b(?:units?|[RPD]S[UA]s?|PRSUs?|options?|warrants?|rights?|restricted|unvested|performance|SARs?|awards?)\b",
    re.IGNORECASE,
)
_CHANGES = (
    "moved",
    "returned",
    "transferred",
    "conveyed",
    "reconveyed",
    "retitled",
    "reregistered",
    "reallocated",
)
_IN_A_PLAN = pattern(r"\b(?:401|esop|espp|plan|savings)\b", re.IGNORECASE)
_VEHICLES = ("trust", "grat", "entity", "family", "account", "estate", "backers", "charity")


class Told(NamedTuple):
    """The movement that a clause tells.

    `sure` says that it names both who let the shares go and who got them. Without a movement
    it is one between others: what a relative gave to somebody else, or, where that is sure, got.
    """

    movement: Transfer | None
    sure: bool = False


def told_move(sentence: Sentence, part: Segment) -> Told | None:
    """The movement that the clause of an amount tells, None where it tells none for certain."""
    found = list(frames(sentence, part))
    for one in found:
        movement = _told(one, sentence, part)
        if movement:
            by = one.giver is not None and one.giver.sort != "account"
            mine = (
                one.voice == "noun"
                and one.goal is not None
                and one.goal.sort in ("owner", "direct")
            )
            named = mine or (by and one.goal is not None)
            return Told(movement, sure=named)
    if any(_got_by_others(one) for one in found):
        return Told(None, sure=True)
    others = any(
        one.giver
        and (
            one.giver.sort == "outsider"
            or (one.giver.sort == "unknown" and one.word.lemma.act == "give")
        )
        and not (one.goal and one.goal.sort == "owner")
        for one in found
    )
    return Told(None) if others else None


def _got_by_others(found: Frame) -> bool:
    """Whether somebody got, or inherited, shares who is neither the owner nor holds for one."""
    if found.goal is None or (found.giver and found.giver.sort == "owner"):
        return False
    return found.word.lemma.act in ("get", "inherit") and found.goal.sort == "outsider"


def _told(found: Frame, sentence: Sentence, part: Segment) -> Transfer | None:
    act = found.word.lemma.act
    words = sentence.text[found.first : found.last]
    if act in ("lose", "lapse", "cut"):
        return _lost(found, part, words)
    if act == "keep":
        kept = found.giver is None or found.giver.sort == "issuer"
        taxed = found.word.lemma.past == "withheld" or _TAX.search(words)
        return Transfer("withheld-note", "disposed", None) if kept and taxed else None
    if _paid_in_shares(found, words):
        return Transfer("withheld-note", "disposed", None)
    if act in ("buy", "sell"):
        return None if _offered(sentence) else _between_own(found)
    if found.word.lemma.past == "became" and not _BECAME.search(words):
        return None
    if _CLOSE.search(words) or _offered(sentence):
        return None
    if found.giver and found.giver.sort in ("unknown", "document"):
        return None
    return _passed(found, sentence, part, words)


_BECAME = pattern(
    r"\bbecame\s+(?:(?:the|wholly|solely|directly|sole|absolute|outright|separate)\s+){0,3}(?:(?:owned|held)\s+(?:\w+ly\s+)?by|property\s+of|owner\s+of"
    r"|registered\s+(?:\w+ly\s+)?(?:in|under)\s+the\s+name|vested\s+in)\b",
    re.IGNORECASE,
)
_TITLE = pattern(
    r"\b(?:took|assumed|acquired|obtained)\s+(?:(?:sole|full|direct|legal|record)\s+)*(?:title|ownership)\b|\bbecame\s+[^.;,]{0,30}?\bowner\b",
    re.IGNORECASE,
)
"""Whereby shares came to be somebody's own."""


_BANK = pattern(
    r"\b(?:trust\s+(?:company|co|corporation|department)|bank|independent|unaffiliated|unrelated)\b",
    re.IGNORECASE,
)


def _between_own(found: Frame) -> Transfer | None:
    """What the owner sold to, or bought from, a vehicle or a relative: no trade with others."""
    giver, goal = found.giver, found.goal
    if giver is None or goal is None or _BANK.search(f"{giver.words} {goal.words}"):
        return None
    if giver.sort == "owner" and goal.sort in ("trust", "grat"):
        return Transfer("trust-contribution", "disposed", goal.words)
    if giver.sort == "owner" and goal.sort == "family":
        return Transfer("form-change", "disposed", goal.words)
    if goal.sort == "owner" and giver.sort in ("trust", "grat", "family"):
        return Transfer("form-change", "acquired", giver.words)
    return None


@lru_cache(maxsize=8)  # asked of each amount of a sentence
def _offered(sentence: Sentence) -> bool:
    return _OFFERED.search(*sentence) is not None


_TO_PAY = any_phrase(
    "cover|funded|meet|met|paid|pay|satisf|settled",
    r"\b(?:tax(?:es)?|withholding|price)\s+(?:[\w']+\s+){0,6}?(?:was|were|been|is|are)\s+(?:\w+ly\s+)?(?:paid|satisfied|met|covered|funded|settled)\s+(?:\w+\s+){0,3}?(?:by|through|with)\b"
    r"|\b(?:to\s+(?:pay|cover|satisfy|meet)|in\s+(?:payment|satisfaction)\s+of|as\s+payment\s+(?:of|for))\s+(?:[\w']+\s+){0,6}?(?:tax(?:es)?|withholding|(?:exercise|option)\s+price)\b"
    r"|\bpayment\s+of\s+(?:the\s+)?(?:exercise|option)\s+price\b",
)


def _paid_in_shares(found: Frame, words: str) -> bool:
    """Whether the owner delivered shares for a tax or a price."""
    owners = found.giver is None or found.giver.sort == "owner"
    to_issuer = found.goal is None or found.goal.sort == "issuer"
    delivered = found.word.lemma.past in ("delivered", "turned") and found.word.form != "noun"
    return delivered and owners and to_issuer and _TO_PAY.search(words) is not None


_BY_SO_MANY = pattern(
    r"\bby\s+(?:an?\s+|the\s+)?(?:(?:aggregate|total)\s+of\s+|additional\s+|further\s+)?$",
    re.IGNORECASE,
)
"""Before the number that a total or an award came down by; behind other words it stood at that."""


def _lost(found: Frame, part: Segment, words: str) -> Transfer | None:
    """What its holder lost, where it went to nobody but the issuer."""
    if found.goal and found.goal.sort != "issuer":
        return None
    if found.word.lemma.act == "lose" and _TO_PAY.search(words):
        return Transfer("withheld-note", "disposed", None)
    if _CLOSE.search(words):
        return None
    since = max(0, part.amount.start - 120) if part.amount.bare else part.amount.end
    unit = part.text[since : part.amount.unit_end]
    actor = found.giver is None or found.giver.sort in ("owner", "issuer", "person")
    actor = actor or (
        found.voice == "noun" and found.giver is not None and found.giver.sort == "unknown"
    )
    if not actor or (found.word.lemma.act == "lapse" and not _RIGHTS.search(unit)):
        return None
    if _TAX.search(words):
        return Transfer("withheld-note", "disposed", None)
    if found.word.lemma.act == "cut" and not _BY_SO_MANY.search(
        part.text, max(0, part.amount.start - 40), part.amount.start
    ):
        return None
    if _DIVORCE.search(words):
        return Transfer("court-transfer", "disposed", None)
    return Transfer("forfeiture", "disposed", None)


def _passed(found: Frame, sentence: Sentence, part: Segment, words: str) -> Transfer | None:
    """What passed from one to another."""
    giver, goal, lemma = found.giver, found.goal, found.word.lemma
    if lemma.act == "inherit":
        mine = goal is None or goal.sort == "owner"
        return Transfer("gift-note", "acquired", None) if mine else None
    if goal and goal.sort == "issuer":
        back = lemma.past == "reacquired"
        return Transfer("forfeiture", "disposed", None) if back else None
    if (giver and giver.sort == "issuer") or (
        found.word.form == "gerund" and found.voice != "noun" and giver is None
    ):
        return None
    lead = sentence.text[max(sentence.start, part.amount.start - 300) : part.amount.start]
    includes = _INCLUDES.search(lead) is not None and not _LEFT_OUT.search(lead)
    includes = includes or ARE_INCLUDED.search(words) is not None
    gives = lemma.act in ("give", "distribute")
    back = lemma.past == "returned" and giver is not None and giver.sort in _VEHICLES
    counted = includes or (back and _REFLECTS.search(lead) is not None)
    if goal is None and (lemma.act == "get" or ((gives or back) and counted)):
        goal = Party("owner")
    if goal is not None and goal.sort in ("owner", "direct"):
        return _to_owner(found, giver, words)
    if goal is None and giver and giver.sort in ("trust", "grat") and _ANNUITY.search(words):
        return Transfer("annuity-return", "acquired", giver.words)
    others = lemma.act == "get" and (giver is None or giver.sort != "owner")
    if others or (goal is None and not gives) or (giver and giver.sort == "outsider"):
        return None
    return _to_other(found, goal, words, includes=includes)


def _to_owner(found: Frame, giver: Party | None, words: str) -> Transfer | None:
    """What came to the owner, by whom it came."""
    act, past = found.word.lemma.act, found.word.lemma.past
    if giver is None:
        return _from_nobody(found, words)
    sort, name = giver.sort, giver.words
    if sort == "grat" or (sort == "trust" and _ANNUITY.search(words)):
        return Transfer("annuity-return", "acquired", name)
    if sort == "ex" or (sort in ("family", "account") and _DIVORCE.search(words)):
        return Transfer("court-transfer", "acquired", None)
    if sort == "estate" or (sort != "owner" and _WILL.search(words)):
        return Transfer("distribution", "acquired", name)
    if sort != "owner" and (act == "give" or sort in ("outsider", "person")):
        return Transfer("gift-note", "acquired", None)
    if sort in ("trust", "entity"):
        paid = act in ("distribute", "get") or past in ("paid", "delivered")
        return Transfer("distribution" if paid else "form-change", "acquired", name)
    if sort in ("family", "account", "form"):  # "form" is indirect ownership here
        return Transfer("form-change", "acquired", name)
    return None


def _from_nobody(found: Frame, words: str) -> Transfer | None:
    """What came to the owner, where a clause does not say from whom."""
    act = found.word.lemma.act
    if act == "give":  # whoever "was given 500 units" may have been so by the issuer
        return None if found.voice == "dative" else Transfer("gift-note", "acquired", None)
    if _ANNUITY.search(words):
        return Transfer("annuity-return", "acquired", None)
    allotted = found.voice == "dative" and found.word.lemma.past != "distributed"
    if (act == "distribute" and not allotted) or _PART.search(words):
        return Transfer("distribution", "acquired", None)
    if (act == "go" or _TITLE.search(words)) and _BY_DEATH.search(words):
        return Transfer("gift-note", "acquired", None)
    if act == "get" and _BY_WILL.search(words):
        return Transfer("gift-note", "acquired", None)
    if act == "get" and _TITLE.search(words):
        return Transfer("form-change", "acquired", None)
    if act == "go" or found.word.lemma.past in _CHANGES:
        return Transfer("form-change", "acquired", None)
    return None


def _to_other(found: Frame, goal: Party | None, words: str, *, includes: bool) -> Transfer | None:
    """What went to another than the owner."""
    giver, act = found.giver, found.word.lemma.act
    if found.voice == "dative" and giver is None:  # "a trust that was given 500": by whom?
        return None
    own = giver is None or giver.sort in ("owner", "direct", "person")
    direction: Direction | None = "disposed" if own else None
    sort, name = (goal.sort, goal.words) if goal else ("", None)
    if name and sort in ("account", "entity") and _IN_A_PLAN.search(name):
        return None
    if sort == "account" and found.word.lemma.past == "allocated":  # as only plans do
        return None
    if sort == "ex" or (sort == "family" and _DIVORCE.search(words)):
        return Transfer("court-transfer", "disposed", None)
    shared = act == "distribute" and giver is not None and giver.sort in _VEHICLES
    if shared or (found.word.lemma.past == "distributed" and giver is None):
        if includes and sort in ("trust", "grat", "entity"):
            return Transfer("distribution", "acquired", giver.words if giver else None)
        return Transfer("distribution", "disposed", name)
    if act == "give":
        kept = goal is not None and retained(words, 0, len(words))
        kind: StatementKind = "trust-contribution" if kept else "gift-note"
        return Transfer(kind, direction, name) if own or sort else None
    if sort in ("trust", "grat"):
        way: Direction | None = "acquired" if includes and own else direction
        return Transfer("trust-contribution", way, name)
    return _to_others(sort, name, giver, direction)


def _to_others(
    sort: str, name: str | None, giver: Party | None, direction: Direction | None
) -> Transfer | None:
    """What went to somebody that is no trust, by the sort of party it is."""
    if sort == "charity" or (sort == "outsider" and direction):
        return Transfer("gift-note", direction, name)
    if sort == "backers":
        return Transfer("distribution", "disposed", name)
    if sort == "form" and giver and giver.sort == "direct":
        return Transfer("form-change", "disposed", None)
    if sort in ("family", "entity", "account"):
        return Transfer("form-change", direction, name)
    return None
