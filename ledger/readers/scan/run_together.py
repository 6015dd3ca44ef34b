"""An owner's and a company's name on one line, as single blanks leave them: where one ends.

The boxes beside each other are printed as `Vale Edith NORTHGATE CORP [ NGC ]`, and nothing but the
words divides them. Who signs, or is signed for, is the owner; what stands elsewhere with the
company's address or in the notes is the company; a lone sign between two names is the line that
was ruled between their boxes; and most filers write the one in capitals and the other not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ledger.readers.scan.boxes import ISSUER, OWNER, is_label
from ledger.readers.scan.labels import contains, edits, letters
from ledger.readers.scan.lines import Line

_BESIDE = re.compile(r"(?i)[({\[]?\s*ch.{1,3}k\s+a\w{1,3}\s+\w{3,5}[il1]\w*.*$")
"""The words of the third box on the line, `(Check all applicable)`, misread or not."""

_SYMBOL = re.compile(
    r"\s(?:[\[{(|]\s*[A-Z][A-Z.]{0,5}\b\s*[\]})|JlI1]?|[A-Z]{1,6}\s*[\]})])[^\w)]*$"
)
"""A symbol at the end of the line, one of its brackets whole."""

_SIGN = re.compile(r"[^\w\s&(]+")
"""A sign alone, or before a word: what is left of a ruled line."""

_ENDS = frozenset(
    "inc corp co ltd llc lp plc nv sa incorporated corporation company holdings".split()
)
"""Words that end companies' names, and are none alone."""

_BELOW = 3
"""How many lines below their labels the names stand at most."""

_LONG = 5
"""Letters from which on a word with one changed is the same word."""


class Names(NamedTuple):
    """The two names of a line, and the line as printed."""

    owner: str
    company: str
    printed: str
    why: str


def divided(lines: Sequence[Line], signers: Sequence[str]) -> Names | None:
    """The owner's and the company's name where they run together on one line; None if untold.

    Args:
        lines: The lines of a form, in order.
        signers: What stands beside its days of signing.
    """
    printed = _line(lines)
    words = printed.split()
    if len(words) < 3:
        return None
    signed = [letters(word) for name in signers for word in re.split(r"[\s,/]+", name)]
    page = " ".join(letters(word) for line in lines for word in line.text.split())
    at, why = _signed(words, signed), "who signs"
    if not at:
        at, why = _told(words, page), "what stands around it"
    owner = " ".join(words[:at]).strip(" ,;:'‘’\"“”|_-[")
    company = " ".join(words[at:]).strip(" ,;:'‘’\"“”|_-[{(")
    if (
        not at
        or len(letters(owner)) < _LONG
        or len(letters(company)) < 2
        or not company[0].isalnum()
    ):
        return None
    why = f"it runs together with another name, and {why} tells the two apart"
    return Names(owner, company, printed, why)


def begins(lines: Sequence[Line], name: str) -> bool:
    """Whether a name is the beginning of the line on which two names run together."""
    return bool(name) and letters(_line(lines)).startswith(letters(name))


def _line(lines: Sequence[Line]) -> str:
    """The words of the line below the labels of both boxes, up to the symbol."""
    for at, line in enumerate(lines):
        if contains(line.text, OWNER) and contains(line.text, ISSUER) and len(line.filled) == 1:
            for below in lines[at + 1 : at + 1 + _BELOW]:
                text = _BESIDE.sub("", below.text).strip()
                found = _SYMBOL.search(text)
                if found and len(below.filled) == 1 and not is_label(text):
                    return text[: found.start()].strip()
            return ""
    return ""


def _signed(words: Sequence[str], signed: Sequence[str]) -> int:
    """How many of the first words stand together beside a day of signing, initials left aside."""
    for at in range(len(words) - 1, 1, -1):
        bare = [word for word in map(letters, words[:at]) if len(word) > 1]
        spans = (signed[i : i + len(bare) + 1] for i in range(len(signed)))
        if len(bare) > 1 and any(all(_in(word, span) for word in bare) for span in spans):
            return at + _initials(words[at:])
    return 0


def _initials(words: Sequence[str]) -> int:
    """Initials behind a name are of it."""
    return next((i for i, word in enumerate(words) if not re.fullmatch(r"[A-Za-z]\.?", word)), 0)


def _in(word: str, span: Sequence[str]) -> bool:
    return any(word == one or (len(word) >= _LONG and edits(word, one) == 1) for one in span)


def _told(words: Sequence[str], page: str) -> int:
    """Where the second name begins by a ruled line, by capitals, or by what stands elsewhere."""
    ruled = {at for at in range(2, len(words)) if _SIGN.match(words[at])}
    found = ruled if len(ruled) == 1 else set(_capitals(words))
    again = next(
        (
            at
            for at in range(1, len(words))
            if len(bare := " ".join(filter(None, map(letters, words[at:])))) > _LONG
            and {letters(word) for word in words[at:]} - _ENDS
            and len(letters(words[at])) > 1
            and page.count(f" {bare}") > 1
        ),
        0,
    )
    if again and not found and _person(words[:again]):
        return again
    at = found.pop() if len(found) == 1 else 0
    return at if at and (not again or again >= at) else 0


def _capitals(words: Sequence[str]) -> Iterator[int]:
    """Where words in capitals alone follow others, or others them, behind what may be a person."""
    loud = [word.isupper() for word in words]
    for at in range(2, len(words)):
        if len(letters(words[at])) < 2:
            continue  # an initial is of the name before it
        rest = {letters(word) for word in words[at:]}
        whole = all(loud[i] is loud[0] or len(letters(words[i])) == 1 for i in range(at))
        if whole and loud[at] is not loud[0] and rest - _ENDS and _person(words[:at]):
            yield at


def _person(words: Sequence[str]) -> bool:
    """Whether words may be a person's: two, and an initial."""
    long = [word for word in words if len(letters(word)) > 1]
    return len(long) == 2 and len(words) <= 3 and not {letters(word) for word in long} & _ENDS
