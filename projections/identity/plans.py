"""When two names are one plan: an employer's savings, purchase or pension plan, or a DRIP.

A plan's name is typed anew in every report: with or without "plan", "trust", "account" and
the employer's name, abbreviated or spelt out. What tells plans apart is their sort, and
whose they are.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from projections.identity.names import COMPANY_ENDINGS, company_key, words_of

PLAN_NAMES = (
    (re.compile(r"\b401\s*\(?\s*k(?:\s*\))?"), "401k"),
    (re.compile(r"\b403\s*\(?\s*b(?:\s*\))?"), "403b"),
    (re.compile(r"\bemployees?'?s? stock ownership\b(?: (?:and trust|trust|and plan))?"), "esop"),
    (re.compile(r"\bemployees?'?s? (?:stock|share) purchase\b"), "espp"),
    (
        re.compile(
            r"\b(?:automatic )?(?:dividend|distribution) re-? ?investment\b"
            r"(?: and (?:direct |optional )*(?:stock |share |cash )?(?:purchase|payment|investment)s?)?"
        ),
        "drip",
    ),
    (re.compile(r"\bdrp\b|\bdrips\b"), "drip"),
    (re.compile(r"\bnon-? ?qualified\b"), "nonqualified"),
    (re.compile(r"\bdeferred comp\b\.?"), "deferred compensation"),
    (re.compile(r"\bsupplemental executive retirement\b"), "serp"),
    (re.compile(r"\bindividual retirement (?:account|annuity)\b"), "ira"),
)
"""Names of plans and accounts, each with the one spelling that stands for all."""

_SORTS = frozenset(
    (
        "401k 403b esop ksop espp drip savings thrift retirement pension sharing deferred deferral plan serp rabbi "
        "nonqualified sip"
    ).split()
)
_FRAME = frozenset(
    (
        "plan plans program programme trust trusts account accounts fund co cos company corp corporation employer "
        "employers employee employees s sponsored qualified issuer issuers reporting person of the under in by a an "
        "his her own held participant stock share shares unit units common tax "
    ).split()
)
"""What may stand around a plan's name without making it another plan."""
_ADJECTIVES = frozenset(
    "savings saving investment retirement thrift incentive profit sharing bonus matching match contribution and".split()
)
"""What a 401(k) plan's name may say besides, and what any plan's name may say more or less of."""

_KEEPERS = frozenset("trustee trustees custodian".split())
"""Who holds a plan's assets: named after a plan, as in "401(k) Plan Trustee", the plan itself."""


@lru_cache(maxsize=4096)
def plan_key(key: str, issuer: str = "", symbol: str = "") -> str:
    """The words that tell a plan from others, in order; "" where canonical words name no plan.

    Args:
        key: A nature of ownership as `vehicle_key` has it.
        issuer: The company whose shares they are; its name, initials and ticker in a plan's
            name say nothing.
        symbol: Its ticker.
    """
    words = words_of(key)
    if not _SORTS & set(words):
        return ""
    if words[-1] in _KEEPERS and not {"as", "co"} & set(words):
        words = words[:-1]
    words = _without_keeper(words)
    own = _own_words(issuer, symbol)
    kept = {w for w in words if w not in _FRAME and w not in own}
    if "401k" in kept:
        kept -= _ADJECTIVES
    kept -= {"and"}
    if not kept & _SORTS:
        kept.add("plan")  # what is left of a plan's words still says that it is one
    return " ".join(sorted(kept))


def _without_keeper(words: list[str]) -> list[str]:
    """A plan's words without those that say through whom it is kept: "401k savings plan through fidelity"."""
    at = next((n for n, word in enumerate(words) if word in ("through", "via")), len(words))
    return words[:at] if _SORTS & set(words[:at]) else words


@lru_cache(maxsize=4096)
def may_be_one_plan(one: str, other: str) -> bool:
    """Whether of two plans' words the one say only more than the other of the same sort."""
    mine, theirs = set(one.split()), set(other.split())
    more = mine ^ theirs
    nested = mine <= theirs or theirs <= mine
    return bool(mine & theirs) and nested and more <= _ADJECTIVES


_QUALIFIED = frozenset(
    "401k 403b esop ksop savings thrift retirement pension profit sharing plan".split()
)
"""Words of the plans that an employer holds its stock in for employees, one beside another or
one in another's place: a savings plan becomes a 401(k), a profit sharing plan an ESOP."""


@lru_cache(maxsize=4096)
def may_be_renamed(one: str, other: str) -> bool:
    """Whether two plans' words may name one plan before and after, though they share none.

    >>> may_be_renamed("401k", "savings"), may_be_renamed("401k", "deferred compensation")
    (True, False)
    """
    told = [set(words.split()) for words in (one, other)]
    sorts = all(said & _QUALIFIED and said <= _QUALIFIED | _ADJECTIVES for said in told)
    return sorts and one != other


@lru_cache(maxsize=4096)
def may_bear_other_names(one: str, other: str) -> bool:
    """Whether two plans' words are of one sort, and differ by words of a name: as an employer's.

    >>> may_bear_other_names("401k", "global pmb 401k"), may_bear_other_names("401k", "esop")
    (True, False)
    """
    mine, theirs = set(one.split()), set(other.split())
    named = (mine ^ theirs) - _ADJECTIVES
    return bool(named) and not named & _QUALIFIED and bool(mine & theirs & _QUALIFIED)


_DEFERRING = frozenset(
    "deferred deferral nonqualified rabbi serp excess restoration supplemental".split()
)
_DEFERRED = (
    _DEFERRING
    | _ADJECTIVES
    | frozenset(
        "compensation executive executives officer officers director directors management key select benefit "
        "benefits elective equalization plan pay fee fees salary".split()
    )
)
"""Words of the unfunded plans in which pay is put off: one plan has several of them."""


@lru_cache(maxsize=4096)
def may_be_deferred(one: str, other: str) -> bool:
    """Whether two plans' words may be of one plan in which pay is put off, told by other words.

    >>> may_be_deferred("nonqualified", "compensation deferred"), may_be_deferred("401k", "rabbi")
    (True, False)
    """
    told = [set(words.split()) for words in (one, other)]
    return one != other and all(said & _DEFERRING and said <= _DEFERRED for said in told)


_TOLD = re.compile(
    r"\b(?:under|through|in|into|of|by|from|to|per|within)\s+((?:(?!under|through|pursuant)\w+\s+){1,8}?)plan\b"
)


@lru_cache(maxsize=512)
def other_plans(one: str, other: str) -> bool:
    """Whether two notes, in canonical words, name each a plan, and none that the other names.

    >>> other_plans("credited under the directors deferral plan", "held in the savings plan")
    True
    >>> other_plans("credited under the savings plan", "paid under the company s savings plan")
    False
    """
    mine, theirs = _plans_in(one), _plans_in(other)
    nested = any(a <= b or b <= a for a in mine for b in theirs)
    return bool(mine and theirs) and not nested


def _plans_in(note: str) -> list[frozenset[str]]:
    names = (frozenset(said.split()) - _FRAME for said in _TOLD.findall(note))
    return [name for name in names if name]


_YEAR = 365
ACCRUED = Decimal("0.25")
"""The most that a plan's units gain in a year without a row, as a part of the balance."""
PLAN_LAG = 92
"""Days that are added to the time since the total before: plans and dividends pay by the quarter,
and a plan's statement may lag by one."""


def accrues_in(
    days: int, gained: Decimal, held: Decimal, part: Decimal = ACCRUED, lag: int = PLAN_LAG
) -> bool:
    """Whether a rise is such a part of what was held as a plan adds in so many days, at most."""
    return gained * _YEAR <= held * part * (days + lag)


def accrued_since(last: date | None, day: date | None, now: Decimal, held: Decimal) -> bool:
    """Whether an account that held so much on a day may have so much more on a later one, without a row."""
    if last is None or day is None or now <= held:
        return False
    return accrues_in((day - last).days, now - held, held)


def _own_words(issuer: str, symbol: str) -> set[str]:
    """The words by which a company is called: of its name, its initials, its ticker."""
    full = [w for w in words_of(issuer.casefold().replace(".", "")) if w != "the"]
    short = [w for w in full if w not in COMPANY_ENDINGS]
    initials = {"".join(w[0] for w in some) for some in (full, short) if len(some) > 1}
    named = set(company_key(issuer).split()) if issuer else set()
    return (named | initials | {symbol.casefold()} | COMPANY_ENDINGS) - _SORTS
