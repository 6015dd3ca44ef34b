"""When two names are one person's or one company's, and what is common to all names.

Every rule is a pure function of the filers' words, and none merges by mere likeness.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_MARK = re.compile(r"\(\s*\d{1,2}\s*\)|[⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_INITIAL = re.compile(r"^[a-z]$")
AGENT = re.compile(r"\battorneys?\b|\bpoa\b|\bpower of attorney\b|\bagent\b", re.IGNORECASE)
"""Words by which somebody signs for another."""
_HONORIFICS = frozenset({"mr", "mrs", "ms", "dr", "prof", "hon"})
COMPANY_ENDINGS = frozenset(
    "inc incorporated corp corporation co company ltd limited plc llc lp sa nv ag the de md nv ny".split()
)
"""Words and letters that say only what sort of company it is, or where it was founded."""


def words_of(folded: str) -> list[str]:
    """The words of a text without capitals, hyphens and apostrophes within them kept."""
    return _WORD.findall(folded)


def without_marks(text: str) -> str:
    """The text without the marks of its footnotes: "(1)", superscripts."""
    return _MARK.sub(" ", text)


_MONTHS = {
    name: str(number)
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


def day_key(folded: str) -> str:
    """The day in a name in one spelling, with two digits of the year as far as they go.

    >>> day_key("june 3rd, 1999"), day_key("6/3/99"), day_key("2009")
    ('6 3 99', '6 3 99', '2009')
    """
    parts = [_MONTHS.get(w[:3], w) for w in _DAY_PARTS.findall(folded) if w not in _ORDINALS]
    year = [part[-2:] for part in parts[2:]] if len(parts) == 3 else parts[2:]
    return " ".join([*(part.lstrip("0") or part for part in parts[:2]), *year])


_DAY_PARTS = re.compile(r"[a-z]+|\d+")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})


@lru_cache(maxsize=4096)
def person_key(name: str) -> str:
    """A person's or entity's name without order, initials, titles or punctuation.

    "DOE JANE Q" and "Jane Doe" give one key; Jr, Sr and III stay apart.
    """
    words = words_of(name.casefold().replace(".", " "))
    kept = [w for w in words if w not in _HONORIFICS and not _INITIAL.match(w)]
    return " ".join(sorted(kept or words))


_BODIES = COMPANY_ENDINGS - {"the", "de", "md"} | frozenset(
    (
        "trust trusts fund funds partners partnership capital ventures venture holdings holding management associates "
        "advisors advisers investors investments investment foundation group estate bank equity opportunities llp gp "
        "master offshore overseas securities asset assets family"
    ).split()
)


@lru_cache(maxsize=4096)
def is_a_body(name: str) -> bool:
    """Whether a name is that of a company, a fund or a trust, not a person's.

    >>> is_a_body("BIRCH GROWTH FUND II L P"), is_a_body("DOE JANE Q")
    (True, False)
    """
    return not _BODIES.isdisjoint(words_of(name.casefold().replace(".", "")))


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """A company's name without legal form, state suffix or punctuation."""
    folded = re.sub(r"[/\\][a-z]{2,3}[/\\]?\s*$", " ", name.casefold())
    words = words_of(folded.replace(".", "").replace("'", ""))
    kept = [w for w in words if w not in COMPANY_ENDINGS]
    return " ".join(kept or words)


@lru_cache(maxsize=4096)
def symbol_key(symbol: str | None) -> str | None:
    """A ticker in one spelling, None where the filer typed that there is none."""
    letters = re.sub(r"[^A-Z0-9.]", "", (symbol or "").upper().split(":")[-1])
    return letters if letters and letters not in _NO_SYMBOL else None


_NO_SYMBOL = frozenset(
    "NONE NA N.A N.A. NASDAQ NASDAQGS NASDAQGM NASDAQCM NYSE NYSEAMERICAN NYSEMKT AMEX OTC OTCQB OTCQX".split()
)
"""What filers type who have no ticker, or take its place for that of the exchange."""


def like_symbols(one: str, other: str) -> bool:
    """Whether two tickers may be one: a class of stock besides, or a slip of the keyboard.

    One letter more, less or other, among three or more; two exchanged, among four; or one ticker
    within the other.
    """
    short, long = sorted((one, other), key=len)
    if long.startswith(short) or (len(short) >= _TELLING and short in long):
        return True
    if short.partition(".")[0] == long.partition(".")[0]:
        return True
    if len(long) - len(short) > 1 or len(long) < _TELLING:
        return False
    if len(short) == len(long):
        wrong = sum(a != b for a, b in zip(short, long, strict=True))
        return wrong == 1 or (len(long) > _TELLING and _crossed(short, long))
    return _without_one(long, short)


def _crossed(one: str, other: str) -> bool:
    """Whether two words of one length differ in two neighbours that changed places."""
    wrong = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(wrong) != 2 or wrong[1] - wrong[0] != 1:
        return False
    first, second = wrong
    return (one[first], one[second]) == (other[second], other[first])


def _without_one(long: str, short: str) -> bool:
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


_TELLING = 3
"""So many letters tell a mistyped ticker from another one."""


def mistyped(word: str, meant: str) -> bool:
    """Whether a word is a slip of the keyboard for one of the field's own words.

    Two neighbours changed places in a word of five letters or more, one is missing, there twice or too many
    in one of six, another stands there in one of seven: shorter ones are names as well ("Loving", "Childs"). The first letter is right.

    >>> mistyped("spuose", "spouse"), mistyped("loving", "living"), mistyped("childs", "child")
    (True, False, False)
    """
    if word == meant or word[0] != meant[0] or abs(len(word) - len(meant)) > 1:
        return False
    if len(word) == len(meant):
        one_other = sum(a != b for a, b in zip(word, meant, strict=True)) == 1
        return len(meant) >= 7 if one_other else len(meant) >= 5 and _crossed(word, meant)
    short, long = sorted((word, meant), key=len)
    return len(meant) >= 6 and _without_one(long, short)


@lru_cache(maxsize=4096)
def without_owner(key: str, name: str) -> str:
    """A vehicle's canonical words without its owner's own name, "" where that is not in them.

    A middle name may be missing or an initial; a Jr. or III may not, nor be there besides.

    >>> without_owner("joan kay doe revocable trust", "DOE JOAN K"), without_owner("doe trust", "DOE JOAN K")
    ('revocable trust', '')
    >>> without_owner("simon doe jr trust", "DOE SIMON"), without_owner("simon doe trust", "DOE SIMON JR")
    ('', '')
    >>> without_owner("jkd trust", "DOE JOAN K"), without_owner("j doe trust", "DOE JOAN K")
    ('trust', 'trust')
    """
    called = words_of(name.casefold().replace(".", ""))
    words = _written_out(key.split(), called)
    full = [word for word in called if len(word) > 1 and word not in _AFTER_A_NAME]
    said = [word in called or word.removesuffix("s") in full for word in words]
    for i, (before, word, after) in enumerate(
        zip(said, words[1:], said[2:], strict=False), start=1
    ):
        said[i] = said[i] or (before and after and any(w[0] == word[0] for w in called))
    found = {word for word, own in zip(words, said, strict=True) if own}
    both = len(full) > 1 and all(found & {word, f"{word}s"} for word in full[:2])
    if not both or _AFTER_A_NAME & {*called} != _AFTER_A_NAME & {*words}:
        return ""
    return " ".join(word for word, own in zip(words, said, strict=True) if not own)


def _written_out(words: list[str], called: list[str]) -> list[str]:
    """The words of a key with the initials of its owner, whose surname comes first, as names."""
    surname, *given = [word for word in called if word not in _AFTER_A_NAME] or [""]
    if not given:
        return words
    letters = {"".join(word[0] for word in given[:n]) for n in (1, 2)}
    found: list[str] = []
    for i, word in enumerate(words):
        if word in {first + surname[0] for first in letters}:
            found += [*given, surname]
        elif word in letters and surname in words[i + 1 : i + 3]:
            found += given[: len(word)]
        else:
            found.append(word)
    return found


_AFTER_A_NAME = frozenset("jr sr ii iii iv".split())
"""Words by which people of one name are told apart."""
