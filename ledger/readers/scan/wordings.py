"""Words of a cell as a program may have misread them: titles, and what is left of a mark.

Titles of securities are made of few words, so that a letter lost or two words run together
are seen; every other word is the filer's own and stands. Behind the words of a cell a raised
footnote mark is often no more than a bracket, and before them what is left of the I of
ownership. Whatever is left out or mended here is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ledger.readers.scan.labels import edits, letters

TITLE_WORDS = frozenset(
    "american award awards class common convertible depositary deferred derivative employee"
    " exchangeable incentive limited nonqualified note notes option options ordinary partnership"
    " performance phantom preferred purchase qualified restricted right rights series share"
    " shares stock subordinate unit units voting warrant warrants".split()
)
"""Words that titles of securities are made of."""

_ENDS = (
    *("footnotes", "footnote", "trusts", "trust", "spouse", "children", "stock", "shares", "units"),
    *("llc", "llp", "l.p.", "lp", "inc.", "inc", "corp.", "corp", "ltd.", "ltd", "plan", "fund"),
    *("foundation", "partnership", "note", "below", "buy", "sell"),
)
"""Words that a cell of words often ends in, the longest first."""

_BEFORE = re.compile(r"^(?:[^\w(\[{$]+|[a-z1|!]{1,2}[)}\]]?\s+(?=[A-Z])|[A-Z]\s+(?=By\b|See\b))+")
_CLOSING = re.compile(r"[)\]}®©°”“*]")
_BRACKETED = re.compile(r"\s*[(\[{][a-zA-Z?@¢]{1,2}[)\]}]$")
_POINTED = re.compile(r"\b(By|See|Common|Preferred|Class|Series)[.,-](?=\s|[A-Z])")
_INSIDE = re.compile(r"(?<=[a-z]{5})\.(?= [A-Z])")
_COMPANY = re.compile(r"(?<=[\s,])(LP|LLC|LLP)(?:\W*\w?[)\]}®©°”“*‘’']+|[O®©°])$")
"""How a company's name ends, and what is left of a mark behind it: `LP®)`, `LPO`."""

_NUMERAL = re.compile(r"(?<=[a-z] )(?:I[ivx]{1,3}|V[iv]{1,3}|X[ivx]{2,3}|[il][vV])\b(?=[\s,]|$)")
"""A Roman numeral with a letter of it read as a small one."""

_WORTH = r"\$? ?\d*[.,]\d{2,}"
_PAR_FIRST = re.compile(
    rf"(?i)(?P<par>(?:(?:no|without) )?par value(?: (?:of )?{_WORTH})?(?: per share)?|value(?: (?:of )?{_WORTH})?)"
    r",? (?P<title>(?-i:[A-Z]).*)"
)
"""A title in front of which stands what its shares are worth at par: the line below it, of the row above."""

_PAR_AWAITED = re.compile(rf"(?i)(?:\b(?:no|without|par)|{_WORTH}(?: par)?)\W*$")
"""How a line of a title ends that the rest of what its shares are worth follows."""

_SLIPS = 2


def unmarked_words(text: str) -> str:
    """Words without what a misread mark left behind them, or a misread I before them."""
    text = _POINTED.sub(r"\1 ", _BEFORE.sub("", text)).strip()
    text = _INSIDE.sub("", re.sub(r"\s{2,}", " ", text))
    text = _NUMERAL.sub(lambda found: found.group().upper().replace("L", "I"), text)
    if company := _COMPANY.search(text):
        return text[: company.end(1)]
    stripped = _BRACKETED.sub("", text)
    if stripped != text:
        return stripped
    *before, last = text.split(" ") if text else [""]
    tail = last if not before or len(last) > 3 else f"{before[-1]} {last}"
    lowered = tail.lower()
    for word in _ENDS:
        rest = lowered[len(word) :]
        if lowered.startswith(word) and 0 < len(rest) <= 5 and _CLOSING.search(rest):
            if _balanced(text):
                break
            # Right before a bracket, an s is what is left of a mark's figure: `footnote(5)`.
            left = word.endswith("s") and word[:-1] in _ENDS and _CLOSING.match(rest)
            return text[: len(text) - len(rest) - bool(left)]
    return text if _balanced(text) else re.sub(r"[^\w.)]*\w?[)\]}®©°”“*]+$", "", text)


def _balanced(text: str) -> bool:
    """Whether every bracket of a text is opened and closed, and no sign of a mark ends it."""
    same = all(text.count(one) == text.count(other) for one, other in ("()", "[]", "{}"))
    return same and not re.search(r"[®©°”“]$", text)


def mended_title(text: str) -> str:
    """A title whose words, where they are nearly those that titles use, are those."""
    text = re.sub(r"(?<=[a-z])(?:[.:;](?=\s|[A-Z])|,(?=[A-Z]))|(?<!\w)[‘'’\"“”](?=\w)", " ", text)
    text = re.sub(r"\b(Class|Series|C[il]ass)-?([A-Z])\b", r"\1 \2", text)
    text = re.sub(r"\b([A-Z])(Common|Preferred|Ordinary|Stock)\b", r"\1 \2", text)
    text = re.sub(r"(?<!\S)€(?=[a-z]{3})", "C", text)
    text = re.sub(r"(?<=\b[Cc]lass [A-Z])[.,](?=\s|$)", "", text)
    text = _par_last(" ".join(mended(word, TITLE_WORDS) for word in text.split()))
    return re.sub(r"\b([Cc]lass) (?:[68]|13)(?=\s|$)", r"\1 B", text)  # no class has these numbers


def _par_last(title: str) -> str:
    """A title with what its shares are worth at par behind it, where lines stand in another order."""
    found = _PAR_FIRST.fullmatch(title)
    if found is None or not {letters(word) for word in found["title"].split()} & TITLE_WORDS:
        return title
    if _PAR_AWAITED.search(found["title"]):
        return f"{found['title']} {found['par']}"
    whole = found["par"].lower() != "value" and "par value" not in found["title"].lower()
    return f"{found['title'].rstrip(', ')}, {found['par']}" if whole else title


def rounded(title: str) -> str:
    """A title with the round brackets that were read as others, or lost behind its last word.

    What is left of a line before one of its words is none of it.
    """
    title = re.sub(r"(?<!\S)[.,:;|]*\|[.,:;|]*(?=[A-Za-z]{3})", "", title)
    text = (
        re.sub(r"[{\[](?=[A-Za-z]{2})", "(", title)
        if re.search(r"[a-zA-Z][}\])]|(?i:\bto (?:buy|sell)$)", title)
        else title
    )
    if text.count("(") == text.count(")") + 1:
        behind = text.rindex("(")
        text = text[:behind] + re.sub(r"(?<=[A-Za-z])[}\]]", ")", text[behind:], count=1)
    lost = text.count("(") == text.count(")") + 1 and re.search(r"(?i)\bto (?:buy|sell)$", text)
    return f"{text})" if lost else text


def mended(word: str, known_words: Collection[str]) -> str:
    """A word as the only known one that it nearly is; as it stands where there is none."""
    bare = letters(word)
    if len(bare) < 5 or bare in known_words or not re.fullmatch(r"\W*[A-Za-z]+\W*", word):
        return word
    allowed = 1 if len(bare) < 8 else _SLIPS
    near = sorted(
        (apart(bare, known), known) for known in known_words if abs(len(known) - len(bare)) < 3
    )
    tied = len(near) > 1 and near[1][0] == near[0][0]
    if not near or near[0][0] > allowed or tied:
        return word
    said = near[0][1]
    shaped = said.upper() if word.isupper() else said.title() if word[:1].isupper() else said
    return re.sub(r"[A-Za-z]+", shaped, word)


def apart(one: str, other: str) -> int:
    """How many letters must change; `rn`, or `tn` of the known word, for `m` counts once."""
    first, second = one.replace("rn", "m"), other.replace("rn", "m")
    return min(edits(first, second), edits(first, second.replace("tn", "m")))
