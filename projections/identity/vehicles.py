"""When two names are one thing: people, companies, classes of stock, vehicles, series.

Every rule here is a pure function of the filers' words. None of them merges by mere
likeness: where words cannot decide, `positions` asks whether the balances join.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_MARK = re.compile(r"\(\s*\d{1,2}\s*\)|[⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_INITIAL = re.compile(r"^[a-z]$")
_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "prof", "hon"})
_COMPANY_ENDINGS = frozenset(
    "inc incorporated corp corporation co company ltd limited plc llc lp sa nv ag the de md nv ny".split()
)


@lru_cache(maxsize=65536)
def person_key(name: str) -> str:
    """A person's or entity's name without order, initials, titles or punctuation.

    "DOE JANE Q" and "Jane Doe" give one key; Jr, Sr and III stay apart.
    """
    words = _WORD.findall(name.casefold().replace(".", " "))
    kept = [w for w in words if w not in _HONORIFICS and not _INITIAL.match(w)]
    return " ".join(sorted(kept or words))


@lru_cache(maxsize=65536)
def company_key(name: str) -> str:
    """A company's name without legal form, state suffix or punctuation."""
    folded = re.sub(r"[/\\][a-z]{2,3}[/\\]?\s*$", " ", name.casefold())
    words = _WORD.findall(folded.replace(".", "").replace("'", ""))
    kept = [w for w in words if w not in _COMPANY_ENDINGS]
    return " ".join(kept or words)


@lru_cache(maxsize=65536)
def symbol_key(symbol: str | None) -> str | None:
    """A ticker in one spelling, None where the filer typed that there is none."""
    letters = re.sub(r"[^A-Z0-9.]", "", (symbol or "").upper().split(":")[-1])
    return letters if letters and letters not in {"NONE", "NA", "N.A", "N.A."} else None


# --- classes of stock -------------------------------------------------------------

_PAR_VALUE = re.compile(
    r"[,(]?\s*\(?(?:with\s+)?(?:a\s+)?(?:no[- ]par(?:\s+value)?|(?:us)?\$?\s*[\d./]+(?:\s+\d/\d)?\s*par\s+value"
    r"|(?:nominal|par)\s+value(?:\s+of)?\s*(?:us)?\$?\s*[\d./ ]*|without\s+par\s+value)\)?"
    r"(?:\s+(?:per|a|each)\s*(?:share)?)?\)?",
)
_VOCABULARY = (
    "common stock share shares ordinary preferred voting restricted class series unit units depositary "
    "american capital option options warrant warrants convertible subordinate beneficial interest"
).split()
_NOISE = frozenset(
    "stock stocks share shares of the par value per each a-share capital class series and or in".split()
)
_LETTER_AFTER = re.compile(
    r"\b(class|series|cl|ser)\.?\s*[-\"'“”]?\s*([a-z0-9](?:-?\d)?)\b[\"'“”]?"
)


@lru_cache(maxsize=16384)
def _spelt(word: str) -> str:
    if len(word) < 4 or "-" in word or word in _VOCABULARY:
        return word
    close = get_close_matches(word, _VOCABULARY, n=1, cutoff=0.8)
    return close[0] if close else word


@lru_cache(maxsize=65536)
def class_tokens(title: str, issuer: str = "") -> frozenset[str]:
    """What a title says of the class, as a set of words and designators.

    Par values, footnote marks, the issuer's name, "stock" and "shares" fall away,
    misspellings of the field's own words are mended, a letter keeps its word
    ("Class A" gives `class-a`), and "restricted" is a state, not a class.
    """
    text = _MARK.sub(" ", title.casefold())
    text = re.sub(r"class([a-z])\b", r"class \1", re.sub(r"\bclas\b", "class", text))
    text = _PAR_VALUE.sub(" ", text)
    text = _LETTER_AFTER.sub(lambda m: f" {_long(m.group(1))}-{m.group(2)} ", text)
    words = [_spelt(w) for w in _WORD.findall(text.replace("non-", "non"))]
    own = set(company_key(issuer).split()) if issuer else set()
    kept = {_singular(w) for w in words if w not in _NOISE and w not in _COMPANY_ENDINGS}
    return frozenset(kept - own or kept or words)


def _long(word: str) -> str:
    return {"cl": "class", "ser": "series"}.get(word, word)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 and word[-2] != "s" else word


def same_class(one: frozenset[str], other: frozenset[str]) -> bool | None:
    """True: the same class. False: another. None: words alone cannot tell.

    A designator on one side only ("Common Stock" beside "Class A Common Stock") is
    undecided; two different designators are two classes.
    """
    if one == other:
        return True
    letters, others = designators(one), designators(other)
    if letters and others and letters != others:
        return False
    small, large = sorted((one, other), key=len)
    nested = small <= large and not (large - small) & _KINDS
    if letters and letters == others and nested:
        return True
    return None if nested else False


_KINDS = frozenset(
    {"preferred", "option", "warrant", "rsu", "nonvoting", "unit", "depositary", "debenture"}
)


def designators(tokens: frozenset[str]) -> frozenset[str]:
    """The letters a title gives its class or series: `class-a`, `series-c-1`."""
    return frozenset(t for t in tokens if t.startswith(("class-", "series-")))


# --- derivatives ------------------------------------------------------------------

_DERIVATIVE_KINDS = (
    (
        "rsu",
        re.compile(
            r"restricted\s+(?:stock|share|ordinary share)\s*(?:unit|right)|\brsus?\b|deferred\s+(?:stock|share)\s+unit|\bdsus?\b|performance[- ](?:based\s+)?(?:restricted\s+)?(?:stock|share)?\s*(?:unit|right)|\bpsus?\b|performance share|phantom|stock unit|share unit|dividend equivalent"
        ),
    ),
    (
        "option",
        re.compile(
            r"option|right to (?:buy|purchase|acquire)|appreciation right|\bsars?\b|rt to buy"
        ),
    ),
    ("warrant", re.compile(r"warrant")),
    ("preferred", re.compile(r"preferred|preference")),
    ("note", re.compile(r"note|debenture|bond")),
    ("unit", re.compile(r"unit|interest")),
)


@lru_cache(maxsize=16384)
def derivative_kind(title: str) -> str:
    """The broad kind of a derivative, from its title: rsu, option, warrant, ... share."""
    folded = " ".join(title.casefold().split())
    return next((kind for kind, cue in _DERIVATIVE_KINDS if cue.search(folded)), "share")


# --- vehicles ---------------------------------------------------------------------

_LEAD = re.compile(
    r"^(?:(?:shares?|securities|stock|units)\s+)?(?:are\s+)?(?:owned|held|beneficially owned)?\s*"
    r"(?:of record\s+)?(?:directly\s+|indirectly\s+)?(?:by|in|through|via|as)?\s*(?:the\s+|a\s+|an\s+|his\s+|her\s+|my\s+)?"
)
_POINTER = re.compile(
    r"^(?:\W|\d|see|refer|to|please|the|in|and|also|foot\s*notes?|footnotes?|notes?|fns?|f|remarks?|below|above|"
    r"explanation|explanatory|of|responses?|attached|exhibit|indirect(?:ly)?|n/?a|none|additional|information|i)*$"
)
_SYNONYMS = (
    (re.compile(r"\bgrantor[- ]retained annuity trusts?\b"), "grat"),
    (re.compile(r"\brevokable\b"), "revocable"),
    (re.compile(r"\birrevokable\b"), "irrevocable"),
    (re.compile(r"\b(?:wife|husband)\b"), "spouse"),
    (re.compile(r"\b401\s*\(?\s*k(?:\s*\))?"), "401k"),
    (re.compile(r"\bindividual retirement account\b"), "ira"),
    (re.compile(r"\bemployee stock ownership plan\b"), "esop"),
    (re.compile(r"\blimited liability company\b"), "llc"),
    (re.compile(r"\blimited partnership\b"), "lp"),
    (re.compile(r"\bcompany\b"), "co"),
    (re.compile(r"\bl\.\s*l\.\s*c\b\.?"), "llc"),
    (re.compile(r"\bl\.\s*p\b\.?"), "lp"),
)
_GENERIC_WORDS = frozenset(
    (
        "trust trusts family living revocable irrevocable grat spouse child children son daughter minor fund lp llc "
        "partnership foundation 401k plan ira esop corporation co entity as trustee of for s custodian estate joint "
        "tenant account by and limited held reporting person benefit deferred compensation utma rabbi voting"
    ).split()
)


@lru_cache(maxsize=65536)
def vehicle_key(nature: str) -> str:
    """The canonical words of a nature of ownership; "" when they only point to a note."""
    text = " ".join(_MARK.sub(" ", nature.casefold()).split())
    if _POINTER.match(text):
        return ""
    for pattern, word in _SYNONYMS:
        text = pattern.sub(word, text)
    text = _LEAD.sub("", text)
    words = _WORD.findall(text.replace(".", "").replace("?s", "s").replace("'s", "s"))
    return " ".join(w[:-1] if w in {"trusts", "spouses"} else w for w in words)


@lru_cache(maxsize=65536)
def names_a_vehicle(key: str) -> bool:
    """Whether canonical vehicle words name one thing ("smith 2012 trust"), not a sort."""
    return any(word not in _GENERIC_WORDS for word in key.split())


_HELD = re.compile(
    r"(?:held|owned|purchased|acquired|sold|record holder|owner|issued|belong\w*|distribut\w+|contribut\w+)\s*"
    r"(?:of\s+record\s+|directly\s+|indirectly\s+|solely\s+|beneficially\s+)*(?:is|are|by|in|to|through|for)\s+"
    r"(?P<name>[^.;:]{3,160})",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"\s*(?:\(|,\s*(?:of|for|as|a|an|the|with|whose|where|which|over|and|in|dated|u/a|trustee)\b|\b(?:of which|for which|"
    r"over which|in which|where|whose|and (?:are|may|the|as|is)\b|as (?:trustee|the|a|general)|is\b|are\b|may\b|pursuant|for the benefit|"
    r"on behalf|on \w+ \d|for estate|for no)|$)",
    re.IGNORECASE,
)
_TRUSTEE_OF = re.compile(r"\b(?:co-)?trustees?\s*,?\s*(?:of|for|to)\s+(?:the\s+)?", re.IGNORECASE)


_NAMED = re.compile(
    r"^\W*(?P<name>(?:(?!\b(?:is|are|was|were|has|have|by|from)\b)[^.;:()]){3,120}?"
    r"\b(?:trust|foundation|grat|partnership|fund|l\.?l\.?c\.?|l\.?p\.?)"
    r"(?:,?\s+(?:dated|u/?a/?d|u/?d/?t)\b[^.;:()]{4,24}?)?)"
    r"\s*(?:[.;]?\s*$|,?\s*(?:for|of|over|in)\s+(?:which|whom)\b|,?\s*whose\b)",
    re.IGNORECASE,
)
"""A note that begins with a holder's name, and says nothing else or the owner's part in it."""


@lru_cache(maxsize=65536)
def entity_key(note: str) -> str:
    """The holder that a footnote names, or the note's own words where it names none.

    Same words are the same entity; footnote numbers play no part.
    """
    found = _HELD.search(note)
    if found:
        name = found.group("name")
        trustee = _TRUSTEE_OF.search(name)
        if trustee:
            name = name[trustee.end() :]
        cut = _NAME_ENDS.search(name, 2)
        name = name[: cut.start()] if cut else name
        key = vehicle_key(name)
        if key:
            return key
    named = _NAMED.match(note)
    return vehicle_key(named.group("name")) if named else holder_words(note)[:160]


@lru_cache(maxsize=65536)
def holder_words(note: str) -> str:
    """A note's own words, folded, so that two notes can be told apart."""
    return " ".join(_WORD.findall(note.casefold()))


def joined(keys: Iterable[str]) -> str:
    """Several entity keys as one, in order, each once."""
    return " + ".join(dict.fromkeys(k for k in keys if k))
