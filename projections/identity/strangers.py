"""When two names of vehicles cannot be one holder's, unless something says so.

Names of two kinds, of two people, or each with a word of its own that the other lacks in any
spelling: a balance that happens to fit is then no reason to take the one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from projections.identity.names import like_symbols, words_of
from projections.identity.plans import plan_key
from projections.identity.vehicles import RELATIONS, core_of, own_words

PEOPLE = RELATIONS | {"spouse", "parent", "mother", "father", "brother", "sister"}
"""By which words a vehicle is a relative's."""
_TRUSTS = frozenset("trust trustee grat estate rabbi".split())
_PARTNERSHIPS = frozenset("lp llp lllp flp partnership partners".split())
_COMPANIES = _PARTNERSHIPS | frozenset("llc corporation corp inc foundation".split())
_OF_ESTATES = frozenset(
    "grat annuity remainder unitrust revocable irrevocable living family dynasty estate".split()
)
"""Words of trusts that an estate is planned by: an employer's plan holds through none of them."""
_ROMAN = re.compile(r"[ivx]+")
_TELLING = 5
"""So many letters tell a mistyped word from another one."""


@lru_cache(maxsize=4096)
def strangers(one: str, other: str) -> bool:
    """Whether two vehicles' canonical words mean two holders, as far as words can tell.

    A name said more fully ("trust", "revocable trust", "smith trust") is no stranger to its
    short form, nor is one abbreviated or misspelt, nor a plan to another plan or an account.
    """
    if one == other or not (one and other) or (plan_key(one) and plan_key(other)):
        return False
    (mine, my_day), (theirs, their_day) = core_of(one), core_of(other)
    kinds, other_kinds = kinds_of(one), kinds_of(other)
    if kinds and other_kinds and not kinds & other_kinds:
        return True
    if bool(plan_key(one)) != bool(plan_key(other)) and _OF_ESTATES & (mine | theirs):
        return True
    if my_day and their_day and my_day != their_day:
        return True
    if of_other_people(one, other):
        return True
    return bool(_unmatched(one, other) and _unmatched(other, one))


@lru_cache(maxsize=4096)
def akin(one: str, other: str) -> bool:
    """Whether two vehicles' names share a word of their own, in some spelling or by initials, and are no strangers'.

    Or they are of one sort and one relative's. A company's and a partnership's of one word are two.

    >>> akin("hl growth llc", "harbor lane growth llc"), akin("larch partners lp", "birch partners lp")
    (True, False)
    """
    if plan_key(one) or plan_key(other) or strangers(one, other):
        return False
    forms = [frozenset(key.split()) & _COMPANIES for key in (one, other)]
    if all(forms) and bool(forms[0] & _PARTNERSHIPS) != bool(forms[1] & _PARTNERSHIPS):
        return False
    relative, same = (_relative(key) for key in (one, other))
    of_one = bool(relative) and relative == same
    of_one = of_one and not (kinds_of(one) ^ kinds_of(other)) - {"person"}
    return of_one or own_words(one) != _unmatched(one, other)


def _relative(key: str) -> frozenset[str]:
    """By which words a vehicle is a relative's; a wife or husband is a spouse."""
    words = core_of(key)[0]
    return words & PEOPLE | ({"spouse"} if words & {"wife", "husband"} else set())


def kinds_of(key: str) -> frozenset[str]:
    """The kinds of holder that a vehicle's words name; a plan may hold through its trust."""
    words, _ = core_of(key)
    named = (
        ("person", words & PEOPLE),
        ("trust", words & _TRUSTS),
        ("company", words & _COMPANIES),
    )
    kinds = {kind for kind, found in named if found}
    return frozenset(kinds | {"plan", "trust"} if plan_key(key) or "ira" in words else kinds)


def of_other_people(one: str, other: str) -> bool:
    """Whether each names a relative whom the other does not; a child may be a son or a daughter."""
    mine, theirs = core_of(one)[0] & PEOPLE, core_of(other)[0] & PEOPLE
    left, right = mine - theirs, theirs - mine
    if "child" in left | right and left | right <= RELATIONS:
        return False
    return bool(left and right)


def _unmatched(one: str, other: str) -> set[str]:
    """The words of a vehicle's name that another's has in no spelling and no initials."""
    words = words_of(other)
    shortened = {
        word for short, some in _initials(words_of(one)) if short in words for word in some
    }
    initials = {short for short, _ in _initials(words)}
    return {
        word
        for word in own_words(one) - shortened - initials
        if not any(_one_word(word, theirs) for theirs in words)
    }


def _initials(words: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """What words side by side are abbreviated to: "ff" for "founders fund", but no legal form."""
    for i in range(len(words)):
        for j in range(i + 2, len(words) + 1):
            short = "".join(word[0] for word in words[i:j])
            if short not in _COMPANIES:
                yield short, words[i:j]


def _one_word(one: str, other: str) -> bool:
    """Whether two words are one: the same, its beginning or its initial, or a letter off."""
    if one == other:
        return True
    if not (one.isalpha() and other.isalpha()) or any(map(_ROMAN.fullmatch, (one, other))):
        return False
    short, long = sorted((one, other), key=len)
    if len(short) != 2 and long.startswith(short):
        return True
    slipped = like_symbols(one, other) or sorted(one) == sorted(other)
    return len(short) >= _TELLING and slipped
