"""When two titles are one class of stock, and what kind of derivative a title names.

Where words cannot decide, `positions` asks whether the balances join.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from ledger.footnotes.exchanges import DEPOSITARY
from ledger.loading import pattern
from projections.identity.names import COMPANY_ENDINGS, company_key, without_marks, words_of

_PAR_VALUE = pattern(
    r"[,(]?\s*\(?(?:with\s+)?(?:a\s+)?(?:no[- ]par(?:\s+value)?|(?:us)?\$?\s*[\d./]+(?:\s+\d/\d)?\s*par\s+value"
    r"|(?:nominal|par)\s+value(?:\s+of)?\s*(?:us)?\$?\s*[\d./ ]*|without\s+par\s+value)\)?"
    r"(?:\s+(?:per|a|each)\s*(?:share)?)?\)?",
)
_VOCABULARY = (
    "common stock share shares ordinary preferred voting restricted class series unit units depositary "
    "american capital option options warrant warrants convertible subordinate beneficial interest deferred "
    "qualified nonqualified statutory incentive performance phantom employee purchase sars"
).split()
_DENIED = pattern(r"^(?:non|un)")
_NON = pattern(r"\bnon[- ]")
"""Non-voting shares are no voting ones, however near the words."""
_NOISE = frozenset(
    "stock stocks share shares of the par value per each a-share capital class series and or in".split()
)
STRUCK = frozenset({"option", "warrant"})
"""Kinds of derivatives that have a strike, at which stock is bought."""
UNSHARED = frozenset({"preferred", "note", "warrant"})
"""Words of securities that a split of the common stock leaves as many as they are."""

_LETTER_AFTER = pattern(r"\b(class|series|cl|ser)\.?\s*[-\"'“”]?\s*([a-z0-9](?:-?\d)?)\b[\"'“”]?")


_ABBREVIATED = {
    "com": "common",
    "stk": "stock",
    "shs": "shares",
    "ord": "ordinary",
    "pfd": "preferred",
    "pref": "preferred",
    "conv": "convertible",
}


@lru_cache(maxsize=4096)
def _spelt(word: str) -> str:
    if word in _ABBREVIATED:
        return _ABBREVIATED[word]
    if len(word) < 4 or "-" in word or word in _VOCABULARY or _DENIED.sub("", word) in _VOCABULARY:
        return word
    close = get_close_matches(word, _VOCABULARY, n=1, cutoff=0.8)
    return close[0] if close else word


@lru_cache(maxsize=4096)
def class_tokens(
    title: str, issuer: str = "", symbol: str = "", foreign: str = ""
) -> frozenset[str]:
    """What a title says of the class, as a set of words and designators.

    Depositary shares are one class in all their names, whatever the title says they represent.
    A title that is the issuer's `symbol`, or its whole name, says nothing of the class, one that
    is its symbol on a `foreign` exchange means the ordinary shares traded there.

    Par values, footnote marks, the issuer's name, "stock" and "shares" fall away,
    misspellings of the field's own words are mended, a letter keeps its word
    ("Class A" gives `class-a`), and "restricted" is a state, not a class.
    """
    bare = _bare(title)
    if bare and bare in (_bare(foreign), _bare(symbol)):
        return frozenset({"ordinary"} if bare == _bare(foreign) else ())
    text = without_marks(title.casefold())
    if DEPOSITARY.search(text):
        text = _REPRESENTED.sub(" ", DEPOSITARY.sub(" depositary ", text))
    text = re.sub(r"class([a-z])\b", r"class \1", re.sub(r"\bclas\b", "class", text))
    text = _PAR_VALUE.sub(" ", text)
    text = _LETTER_AFTER.sub(lambda m: f" {_long(m.group(1))}-{m.group(2)} ", text)
    words = [_spelt(w) for w in words_of(_NON.sub("non", text))]
    own = {_singular(w) for w in company_key(issuer).split()} if issuer else set()
    kept = {_singular(w) for w in words if w not in _NOISE and w not in COMPANY_ENDINGS}
    rest = kept - own - {_bare(symbol)}
    if own and not rest and own <= kept and not own & _CLASSES:
        return frozenset()
    return frozenset(kept - own or kept or words)


_CLASSES = frozenset({"common", "ordinary", "preferred", "preference", "unit"})
"""Words of classes that companies have in their names as well."""

_REPRESENTED = pattern(r"\b(?:each|every)?\s*\brepresent(?:s|ing)\b.*$|\brepresented\s+by\b.*$")


def _bare(text: str) -> str:
    """A symbol without its exchange, as `NVKA` for `OSE: NVKA`; "" for anything longer."""
    last = text.casefold().rpartition(":")[2].strip(" .[]()")
    return last if last.isalnum() else ""


def _long(word: str) -> str:
    return {"cl": "class", "ser": "series"}.get(word, word)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 and word[-2] != "s" else word


@lru_cache(maxsize=4096)
def same_class(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """True: the same class. False: another. None: words alone cannot tell.

    A designator on one side only ("Common Stock" beside "Class A Common Stock") is
    undecided; two different designators are two classes. What the law of one state calls common
    stock another calls ordinary shares: a company that moves there changes but the word.
    """
    if one == other:
        return True
    if plain_in_two_words(one, other):
        return None
    if not one or not other:
        return None
    letters, others = designators(one), designators(other)
    if letters and others and letters != others:
        return False
    small, large = sorted((one, other), key=len)
    nested = small <= large and not (large - small) & _KINDS
    if letters and letters == others and nested:
        return True
    return None if nested else False


def plain_in_two_words(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles are alike but for "common" in one of them and "ordinary" in the other."""
    return one ^ other == _PLAIN


_PLAIN = frozenset({"common", "ordinary"})
"""What plain stock is called, here and there."""

_KINDS = frozenset(
    {
        "preferred",
        "short",
        "option",
        "warrant",
        "rsu",
        "nonvoting",
        "unit",
        "depositary",
        "debenture",
        "special",
    }
)


def designators(tokens: frozenset[str]) -> frozenset[str]:
    """What a title gives its class or series as a name: `class-a`, `series-c-1`, `special`."""
    return frozenset(t for t in tokens if t.startswith(("class-", "series-")) or t == "special")


_DERIVATIVE_KINDS = (
    (
        "rsu",
        pattern(
            r"restricted\s+(?:(?:stock|share|common|ordinary share)s?\s*)?(?:unit|right)|\b(?:p|pb|tb)?rsus?\b|deferred\s+(?:compensation\s+)?(?:stock|share|unit)s?\b|\b[dmp]sus?\b|performance[- ](?:based\s+)?(?:restricted\s+)?(?:stock|share)?\s*(?:unit|right)|performance share|phantom|(?:stock|share) (?:unit|equivalent)|dividend equivalent|\bshare rights?\b"
        ),
    ),
    ("warrant", pattern(r"warrant")),
    (
        "option",
        pattern(
            r"option|\b(?:nqs|nq|ns|is)os?\b|right to (?:buy|purchase|acquire)|appreciation right|\bsars?\b|rt to buy"
        ),
    ),
    ("preferred", pattern(r"preferred|preference")),
    ("note", pattern(r"note|debenture|bond")),
    ("unit", pattern(r"unit|interest")),
)


def kind_over(title: str, underlying: str) -> str:
    """The kind of a derivative by its title, and by the stock that it is over.

    Units are at times titled as the stock itself, in the table of what is over it.

    >>> kind_over("Common Stock", "Common Stock"), kind_over("Class B Common Stock", "Class A Common Stock")
    ('rsu', 'share')
    """
    kind = derivative_kind(title)
    itself = kind == "share" and underlying and class_tokens(title) == class_tokens(underlying)
    return "rsu" if itself else kind


@lru_cache(maxsize=4096)
def derivative_kind(title: str) -> str:
    """The broad kind of a derivative, from its title: rsu, option, warrant, ... share."""
    folded = " ".join(title.casefold().split())
    words = mended(folded)
    kinds = (kind for kind, cue in _DERIVATIVE_KINDS if cue.search(folded) or cue.search(words))
    return next(kinds, "share")


_RESTRICTED = pattern(
    r"^(?:class\s+\w\s+)?(?:(?:unvested|non-?vested|time-based|performance-based)\s+)?restricted\s+(?:(?:class\s+\w|common|ordinary)\s+)*(?:stock|shares?)(?:\s+awards?)?\W*$"
)


_AWARDED = pattern(
    r"\bltip\b|\bprofits?[\s-]interests?\b|\bincentive\s+(?:units?|shares?)\b|\b(?:stock|share)\s+equivalents?\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_awarded(title: str) -> bool:
    """Whether a title is of what a company awards in series, and is no stock: each note may tell another.

    >>> is_awarded("Class B Profits Interests"), is_awarded("Class B Common Stock")
    (True, False)
    """
    return _AWARDED.search(title) is not None


@lru_cache(maxsize=4096)
def is_restricted(title: str) -> bool:
    """Whether a title is of restricted stock and nothing else.

    >>> is_restricted("Restricted Common Stock"), is_restricted("Common Stock (restricted)")
    (True, False)
    """
    return _RESTRICTED.search(mended(title)) is not None


@lru_cache(maxsize=4096)
def mended(title: str) -> str:
    """A title in small letters whose misspelt words of the field are those words.

    >>> mended("Restricted Stck Units")
    'restricted stock units'
    """
    return _WORD.sub(lambda word: _spelt(word[0]), title.casefold())


_WORD = pattern(r"[a-z]+")

# --- holders that leaked into a title ------------------------------------------------

_HELD_IN = pattern(
    r"(?P<lead>^|[\s,(/-]+(?:(?:held|owned)\s+)?(?:(?:in|by|through|via|under)\s+)?(?:the\s+|a\s+|my\s+|his\s+|her\s+)?)"
    r"(?P<plan>(?:(?:company|employer|issuer)(?:['’]s)?\s+)?"
    r"(?:401\s*\(?k\)?|403\s*\(?b\)?|esop|espp|drip|ira|employees?['’]?s? stock (?:ownership|purchase)|"
    r"dividend re-?investment|profit[- ]sharing|(?:thrift|savings|retirement|pension)(?=\s+plan))"
    r"(?:\s+(?:plan|trust|account|program|savings|and|profit[- ]sharing|retirement|shares))*)\s*\)?\s*$"
)
"""A plan or account at the end of a title, or all that it says."""


@lru_cache(maxsize=4096)
def held_in(title: str) -> tuple[str, str]:
    """A title of stock and the plan or account that it names besides, "" where it names none.

    "Common Stock (401(k) Plan)" is common stock held in a plan; a title that says "IRA"
    alone leaves the class unsaid.
    """
    folded = " ".join(without_marks(title.casefold()).split())
    found = _HELD_IN.search(folded)
    return (folded[: found.start()].strip(), found.group("plan")) if found else (title, "")


_EQUIVALENTS = pattern(r"dividend equivalent|\bshare rights?\b")


def accrues_dividends(title: str) -> bool:
    """Whether a title is of dividend equivalents alone, which are credited and vest with awards.

    >>> accrues_dividends("Dividend Equivalent Rights"), accrues_dividends("Restricted Stock Units")
    (True, False)
    """
    return _EQUIVALENTS.search(" ".join(title.casefold().split())) is not None


_GATHERED = pattern(r"deferred|deferral|\bdsus?\b|phantom|dividend equivalent|equivalent units?\b")


@lru_cache(maxsize=4096)
def gathers(title: str) -> bool:
    """Whether a title is of units that an account gathers, as of fees put off or of dividends.

    >>> gathers("Phantom Stock"), gathers("Dividend Equivalent Rights"), gathers("Restricted Stock Units")
    (True, True, False)
    """
    return _GATHERED.search(mended(" ".join(title.casefold().split()))) is not None


def counted_with(kind: str, tokens: frozenset[str]) -> str:
    """The sort of derivatives that one total may count: units of whatever kind, else the kind.

    >>> counted_with("rsu", frozenset({"ltip", "unit"})), counted_with("option", frozenset())
    ('unit', 'option')
    """
    return "unit" if kind == "rsu" or (kind == "preferred" and "unit" in tokens) else kind
