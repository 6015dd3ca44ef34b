"""When two natures of indirect ownership are one vehicle: a trust, a plan, a spouse, a fund.

Every rule is a pure function of the filers' words, and none merges by mere likeness: words
that are only alike leave a doubt, which balances decide or a finding tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ledger.loading import pattern
from projections.identity.names import day_key, mistyped, without_marks, words_of
from projections.identity.plans import (
    PLAN_NAMES,
    may_be_deferred,
    may_be_one_plan,
    may_bear_other_names,
    plan_key,
)

_LEAD = pattern(
    r"^(?:(?:shares?|securities|stock|units)\s+)?(?:are\s+)?(?:(?:beneficially|directly|indirectly)\s+)*(?:(?:owned|held)\b)?\s*"
    r"(?:of record\s+)?(?:directly\s+|indirectly\s+)?(?:(?:by|in|through|via|as)\b)?\s*(?:the\s+|a\s+|an\s+|his\s+|her\s+|my\s+)*"
    r"(?:(?:reporting|filing)\s+(?:person|owner)s?['’]?s?['’]?\s+(?=\w))?"
)
_KEPT_FOR_A_PLAN = pattern(
    r"\b(?:by|with|through) (?:the )?(?:trustees?|custodian) (?:of|for|under) (?=.*\b(?:401k|403b|esop|ksop|plan)\b)"
)
"""Who keeps a plan's shares for its members; whoever holds as its trustee may be the owner himself."""
_RUN_TOGETHER = pattern(r"^\s*By(?=[A-Z][a-z])")
_POINTER = pattern(
    r"^(?:\W|\d|see|refer|to|please|the|in|and|also|foot\s*notes?|footnotes?|notes?|fns?|f|remarks?|below|above|"
    r"explanation|explanatory|of|responses?|attached|exhibit|indirect(?:ly)?|n/?a|none|additional|information|i)*$"
)
_ABBREVIATED = {
    "family": r"fam",
    "partners": r"ptrs|ptnrs|prtnrs|partnrs",
    "partnership": r"p[’']?ship|ptnrs?hip|ptnrshp|prtnrshp|pshp",
    "foundation": r"fdn|fdtn|fndn|fndtn|foundn",
    "investment": r"inv|invs|invt|invts|invmt|invmts|invest|investments",
    "holdings": r"hldgs|hldings",
    "holding": r"hldg",
    "management": r"mgmt|mgt",
    "associates": r"assocs?",
    "charitable": r"charit|chrtbl",
    "irrevocable": r"irrev|irrevoc",
    "revocable": r"revoc|rev(?=\.? (?:liv|tr|inter)\w*)",
    "living": r"liv(?=\.? tr\w*)|lvg",
    "trust": r"(?<=[a-z\d] )tr|(?<=\. )tr|trst",
    "limited": r"ltd(?=\.? p)",
}
"""Words of holders' names as they are cut to fit a column of a few letters."""
_SYNONYMS = (
    *((pattern(rf"\b(?:{short})\b\.?(?!')"), word) for word, short in _ABBREVIATED.items()),
    (pattern(r"(?<=[a-z]{3})-(?=[a-z]{3})"), " "),
    (pattern(r"\bgrantor[- ]retained annuity trusts?\b"), "grat"),
    (pattern(r"\brevokable\b"), "revocable"),
    (pattern(r"\birrevokable\b"), "irrevocable"),
    (pattern(r"\b(?:wife|husband)\b(?!'?s(?: \w+){0,2} trust\b)"), "spouse"),
    (
        pattern(
            r"\b(?:as )?(?:joint (?:tenan(?:cy|ts?)|owner(?:ship|s)?)(?: with)?(?: (?:the )?rights? of survivorship)?|jtwros|jt ten)\b"
        ),
        "jointly",
    ),
    *PLAN_NAMES,
    (pattern(r"\b(?:crt|charitable remainder trusts?)\b"), "crt"),
    (pattern(r"\b(?:crut|charitable remainder unitrusts?)\b"), "crut"),
    (pattern(r"\b(?:crat|charitable remainder annuity trusts?)\b"), "crat"),
    (pattern(r"\b(?:clat|charitable lead annuity trusts?)\b"), "clat"),
    (pattern(r"\bqualified personal residence trusts?\b"), "qprt"),
    (pattern(r"\bjoint with\b"), "jointly with"),
    (pattern(r"\bcorp\b\.?"), "corporation"),
    (pattern(r"\bincorporated\b"), "inc"),
    (pattern(r"\blimited liability company\b"), "llc"),
    (pattern(r"\blimited partnership\b"), "lp"),
    (pattern(r"\bcompany\b"), "co"),
    (pattern(r"\bl\.\s*l\.\s*c\b\.?"), "llc"),
    (pattern(r"\bl\.\s*p\b\.?"), "lp"),
)
_GENERIC_WORDS = frozenset(
    (
        "trust trusts family living revocable irrevocable grat spouse child children son daughter minor fund lp llc "
        "partnership foundation 401k plan ira esop corporation co entity as trustee of for s custodian estate joint "
        "tenant account by and limited held reporting person benefit deferred compensation utma rabbi voting "
        "espp drip savings thrift profit sharing retirement pension investment 403b serp nonqualified "
        "daughters sons wife husband custodial ugma minors crt crut crat clat qprt"
    ).split()
)


_SPELT = tuple(
    (
        "trust family living revocable irrevocable spouse child children daughter partnership foundation "
        "corporation custodian custodial estate jointly grandchild grandchildren"
    ).split()
)
"""Words that say how a holder is called, of which none is a plan's and few nearly a name."""
_LETTERS = pattern(r"[a-z]+")
_KNOWN = _GENERIC_WORDS | frozenset(_SPELT)


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    """A word of the field for one that is mistyped; any other word as it is."""
    if len(word) < 5 or word in _KNOWN:
        return word
    return next((meant for meant in _SPELT if mistyped(word, meant)), word)


@lru_cache(maxsize=4096)
def vehicle_key(nature: str) -> str:
    """The canonical words of a nature of ownership; "" when they only point to a note."""
    nature = _RUN_TOGETHER.sub("By ", nature)
    text = " ".join(without_marks(nature.casefold()).split())
    if _POINTER.match(text):
        return ""
    text = _LETTERS.sub(lambda word: _spelt(word[0]), text)
    for synonym, word in _SYNONYMS:
        text = synonym.sub(word, text)
    text = _LEAD.sub("", _KEPT_FOR_A_PLAN.sub("by ", text, count=1))
    text = _without_trustees(text)
    words = _initials_joined(words_of(text.replace(".", "").replace("?s", "s").replace("'s", "s")))
    if _JOINT.intersection(words) and "spouse" in words and _JOINT_FRAME.issuperset(words):
        return "jointly with spouse"
    return " ".join(w[:-1] if w in {"trusts", "spouses"} else w for w in words)


def _initials_joined(words: list[str]) -> list[str]:
    """The words of a key with the letters before a sort of vehicle run together: "j k w trust" is "jkw trust"."""
    letters = next((i for i, word in enumerate(words) if len(word) > 1), 0)
    named = letters > 1 and words[letters] in _GENERIC_WORDS
    return ["".join(words[:letters]), *words[letters:]] if named else words


_JOINT = frozenset("joint jointly".split())
_JOINT_FRAME = _JOINT | frozenset(
    "spouse with and by in a an the as his her own owned held shares account accounts brokerage tenants tenant "
    "tenancy owner owners ownership name names reporting person self".split()
)
"""What is said of an account of husband and wife, in whatever order, which is one holding."""


@lru_cache(maxsize=4096)
def pointed_to(nature: str) -> tuple[str, ...]:
    """The numbers of the notes to which words that name nobody point.

    >>> pointed_to("See footnotes (2) and (3)"), pointed_to("By Trust 2")
    (('2', '3'), ())
    """
    return () if vehicle_key(nature) else tuple(_NUMBER.findall(nature))


_NUMBER = pattern(r"(?<![\d.,])[1-9]\d?(?![\d.,]*\d)")
_TRUSTEES = pattern(
    r"^(?P<name>.*\b(?:trust|grat|qprt)\b[^,;]*(?:,\s*\d[^,;]*)?),\s*(?!\d)[^;]{2,60}?\btrustees?\W*$"
)
"""A trust's name, and behind it those who hold as its trustees."""


def _without_trustees(text: str) -> str:
    """A trust's own name without its trustees, who come and go; one without a name keeps them.

    "By trust, spouse as trustee" is told apart from another trust by nothing else.
    """
    found = _TRUSTEES.match(text)
    own = found and names_a_vehicle(" ".join(words_of(found["name"])))
    return found["name"] if found and own else text


@lru_cache(maxsize=4096)
def holder_key(nature: str, issuer: str = "", symbol: str = "") -> str:
    """The canonical words of a nature of ownership, a plan's without what surrounds its name.

    Args:
        nature: The filer's words.
        issuer: The company whose shares they are, whose name in a plan's says nothing.
        symbol: Its ticker.
    """
    key = vehicle_key(nature)
    return plan_key(key, issuer, symbol) or key


@lru_cache(maxsize=4096)
def names_a_vehicle(key: str) -> bool:
    """Whether canonical vehicle words name one thing ("smith 2012 trust"), not a sort."""
    return any(word not in _GENERIC_WORDS for word in key.split())


RELATIONS = frozenset("child daughter son grandchild grandson granddaughter stepchild".split())
_PARTNERS = pattern(r"\b(?:funds?|lp|llc|llp|partners|partnership|ventures)\b")


def has_partners(key: str) -> bool:
    """Whether a vehicle is one that gives what it holds to partners or members.

    >>> has_partners("birch growth fund lp"), has_partners("family trust")
    (True, False)
    """
    return _PARTNERS.search(key) is not None


_SINGULAR = {
    "children": "child",
    "grandchildren": "grandchild",
    "minor": "child",
    "minors": "child",
    "daughters": "daughter",
    "wifes": "wife",
    "husbands": "husband",
    "sons": "son",
    "trusts": "trust",
    "tr": "trust",
}
_CUSTODY = frozenset("custodian custodial utma ugma".split())
_FORMALITIES = (
    frozenset(
        (
            "as for of the a an self reporting person persons account accounts under act fbo f b o benefit s held by in "
            "his her himself herself joint jointly with and to plan co"
        ).split()
    )
    | _CUSTODY
)
_SORT_OF_TRUST = frozenset("family living revocable irrevocable inter vivos".split())
_LEGAL_FORMS = frozenset("lp llc llp inc ltd limited corporation partnership".split())
"""What a company's name may end with, or be written without."""
_DATED = pattern(
    r"\b(?:(?:u[/ ]?[adt](?:[/ ]?[dt])?\s+)?(?:dated|dtd)|u[/ ]?a(?:[/ ]?d)?|u[/ ]?d[/ ]?t|u[/ ]?t[/ ]?d|est|created|established)\b\W*(?P<day>[a-z]*\W*[\d/., -]{2,12}(?:(?:st|nd|rd|th)\b[\d/., -]*)?)"
)


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Whether two vehicles' canonical words, though not the same, leave a doubt.

    "By Daughter" and "By Daughters", a savings plan and a savings and investment plan, a
    trust with and without its date: one vehicle named anew, or two. Other names, other
    numbers and other people are other vehicles.
    """
    if one == other or not (one and other):
        return False
    plans = plan_key(one), plan_key(other)
    if all(plans):
        return plans[0] == plans[1] or may_be_one_plan(*plans)
    if any(plans):
        return False
    (mine, my_day), (theirs, their_day) = core_of(one), core_of(other)
    if my_day and their_day and my_day != their_day:
        return False
    more = mine ^ theirs
    if not more:
        return bool(mine)
    return (
        bool(mine & theirs)
        and (more <= _SORT_OF_TRUST or more <= _LEGAL_FORMS)
        and (mine <= theirs or theirs <= mine)
        and any(word not in _GENERIC_WORDS for word in mine & theirs)
    )


_TOGETHER = frozenset("and with joint jointly".split())
_MANY = frozenset(many for many, one in _SINGULAR.items() if one in RELATIONS and many != "minor")


@lru_cache(maxsize=4096)
def in_other_words(one: str, other: str) -> bool:
    """Whether two vehicles' words differ in nothing but order and formalities, or a trust's date.

    One child or several, a custodian or none, alone or jointly: there they say something else.

    >>> in_other_words("custodian for child", "custodian for minor child under utma")
    True
    >>> in_other_words("spouse", "jointly with spouse"), in_other_words("daughter", "daughters")
    (False, False)
    """
    (mine, my_day), (theirs, their_day) = core_of(one), core_of(other)
    apart = set(words_of(one)) ^ set(words_of(other))
    return (
        one != other
        and bool(mine)
        and mine == theirs
        and (not my_day or not their_day or my_day == their_day)
        and apart.isdisjoint(_TOGETHER | _MANY)
        and _CUSTODY.isdisjoint(one.split()) == _CUSTODY.isdisjoint(other.split())
    )


@lru_cache(maxsize=4096)
def form_left_out(one: str, other: str) -> bool:
    """Whether two vehicles' names differ in nothing but a legal form that one of them ends with.

    >>> form_left_out("birch fund lp", "birch fund"), form_left_out("birch fund lp", "birch fund llc")
    (True, False)
    """
    short, long = sorted((one.split(), other.split()), key=len)
    ends = long[len(short) :]
    named = short == long[: len(short)] and names_a_vehicle(" ".join(short))
    return named and bool(ends) and _LEGAL_FORMS.issuperset(ends)


QUALIFIERS = _SORT_OF_TRUST | frozenset("rollover traditional contributory roth sep".split())
_BODIES = frozenset("trust ira lp llc llp partnership foundation".split())


@lru_cache(maxsize=4096)
def may_be_restyled(one: str, other: str) -> bool:
    """Whether two holders' keys, none of which is a name, may be of one that is told more fully.

    "By LP" and "By Family LP", a "Rollover IRA" and an "IRA": the balances decide whether that is
    worth a doubt.
    """
    if may_be_deferred(one, other):
        return True
    if plan_key(one) or plan_key(other):
        apart = set(one.split()) ^ set(other.split())
        return may_bear_other_names(one, other) and apart.isdisjoint(RELATIONS | {"spouse"})
    mine, theirs = core_of(one)[0], core_of(other)[0]
    return says_more(one, other) and mine ^ theirs <= QUALIFIERS


def says_more(one: str, other: str) -> bool:
    """Whether one of two holders' keys has all words of the other, which is of the same sort.

    >>> says_more("trust", "amersham family trust"), says_more("amersham trust", "chesham trust")
    (True, False)
    """
    mine, theirs = core_of(one)[0], core_of(other)[0]
    return bool(mine & theirs & _BODIES) and (mine < theirs or theirs < mine)


def own_words(key: str) -> set[str]:
    """The words of a vehicle's name that are neither a sort of vehicle nor a formality."""
    return {word for word in core_of(key)[0] if word not in _GENERIC_WORDS}


@lru_cache(maxsize=4096)
def core_of(key: str) -> tuple[frozenset[str], str]:
    """What words of a vehicle name, without formalities, and the day a trust is dated."""
    dated = _DATED.search(key)
    day = day_key(dated.group("day")) if dated else ""
    words = words_of(_DATED.sub(" ", key))
    kept = {_SINGULAR.get(w, w) for w in words if w not in _FORMALITIES} | _labels(words)
    if "trust" in kept:
        kept.discard("trustee")
    if not kept & RELATIONS and _CUSTODY & set(words):
        kept.add("child")
    if kept & (RELATIONS - {"child"}):
        kept.discard("child")
    return frozenset(kept), day


def _labels(words: Sequence[str]) -> set[str]:
    """The letters by which vehicles of one sort are told apart: "Trust A", "Trust B for children"."""
    behind = (*words[1:], ""), (*words[2:], "", "")
    return {
        letter
        for sort, letter, after in zip(words, *behind, strict=False)
        if len(letter) == 1 and letter.isalpha() and sort in _LETTERED and after in _AFTER_A_LABEL
    }


class _Sort(NamedTuple):
    """One sort of vehicle: what such are called, and words that say so only in a vehicle's name."""

    called: frozenset[str]
    besides: frozenset[str]


_SORTS = tuple(
    _Sort(frozenset(called.split()), frozenset(besides.split()))
    for called, besides in (
        ("trust grat qprt crt crut crat clat", "trusts"),
        ("partnership lp llc llp fund", "partners holdings"),
        ("estate", ""),
        ("foundation", ""),
        ("spouse", "wife husband"),
        ("", "custodian custodial utma ugma minor child children son daughter"),
        ("", "401k ira plan account savings esop"),
    )
)
_CALLED = frozenset(word for sort in _SORTS for word in sort.called)

_LETTERED = _CALLED | {"account", "custodian", "trusts"}
_AFTER_A_LABEL = ("", "fbo", "for", "of", "f")


def sorts_of(key: str) -> list[frozenset[str]]:
    """The sorts of vehicle that canonical words of a name are of, each by all its words."""
    words = set(key.split())
    every = (sort.called | sort.besides for sort in _SORTS)
    return [sort for sort in every if sort & words]


def sort_words(words: Iterable[str]) -> set[str]:
    """Those of some canonical words by which a vehicle that is no plan and no custody is called.

    >>> sorted(sort_words("went to the birch trust and a partnership of partners".split()))
    ['partnership', 'trust']
    """
    return set(words) & _CALLED


def names_one_of(one: str, other: str) -> bool:
    """Whether one of two holders' keys is a sort of company or trust, and the other names one of these.

    >>> names_one_of("partnership", "birch partners lp"), names_one_of("partnership", "birch trust")
    (True, False)
    """
    short, long = sorted((one, other), key=lambda key: len(own_words(key)))
    bare = bool(_CALLED & set(short.split())) and not own_words(short)
    return bare and bool(own_words(long)) and any(s in sorts_of(long) for s in sorts_of(short))


_SORT = pattern(
    r"\b(?:ira|401\s*\(?k|plan|accounts?|joint(?:ly)?|trusts?|custod\w+|restricted|units?|award|escrow|pledged)\b",
    re.IGNORECASE,
)
_OF_THE_TOTAL = pattern(r"\b(?:includ|exclud|reflect|adjust|correct)\w*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def names_a_sort(note: str) -> bool:
    """Whether a note on a direct line says what sort of holding it is, as "IRA" or "restricted".

    A note of what a total includes or leaves out speaks of the total, not of the holding.
    """
    return bool(_SORT.search(note)) and not _OF_THE_TOTAL.search(note)


@lru_cache(maxsize=4096)
def holder_words(note: str) -> str:
    """A note's own words, folded, so that two notes can be told apart."""
    return " ".join(words_of(note.casefold()))


def joined(keys: Iterable[str]) -> str:
    """Several entity keys as one, in order, each once."""
    return " + ".join(dict.fromkeys(k for k in keys if k))
