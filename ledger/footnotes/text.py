"""A note as its recognisers read it: plain characters, sentences, and what one states.

Offsets count characters of the plain text; `plain` also says where each stood in the note
as it was filed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ledger.footnotes import lettercase
from ledger.loading import pattern
from ledger.statements import StatementKind
from ledger.types import Direction, Precision

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
    | dict.fromkeys("\n\r\t\f\v\xa0\u2002\u2003\u2009", " ")
)
_SUFFIX = r"(?<=\b(?:Inc|Ltd))\.(?=,?\s+[a-z(]|'s)|(?<=\bCorp)\.(?=,?\s+[a-z(]|'s)|(?<=\bCo)\.(?=,?\s+[a-z(]|'s)"
_SHORT = r"(?P<short>\b[Ww]/[Hh](?:\s+of(?=\s\d))?(?![\w/]))"
_CUT_SHORT = pattern(_SHORT)
_WHOLE = {"w/h": "withheld", "w/h of": "withholding of"}
"""Words that filers cut short, as they are read."""
_RUN = pattern(rf"(?P<blank>(?:\\?\s){{2,}}|\\\s)|\\[!,](?=\d)|{_SUFFIX}|{_SHORT}")
_BLANKS = pattern(rf"(?P<blank>\s\s+)|{_SUFFIX}|{_SHORT}")
_SUFFIXES = ("Inc.", "Ltd.", "Corp.", "Co.")
_BARE_SUFFIX = pattern(r"\b(?:Inc|Ltd|Corp|Co)\b(?!\.)")
_END = pattern(r"[.!?][\"')]*\s+(?=[\"'(]?[A-Z0-9])")
_ABBREVIATED = pattern(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|St|No|Nos|Messrs|Instr|Sec|vs|cf|Esq|par"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Bros|Hon|Rev|Prof|approx)"
    r"|(?P<open>\b(?:[A-Z]|Inc|Ltd|Corp|Co|Cos|LLC|Int'l|Intl|[LNPSUE](?:\.[A-Z])+|[ap]\.m)))$"
)
STARTS = pattern(
    r"[\"'(]?(?:The|These|This|Those|Such|Mr|Ms|Each|In|On|As|Of|At|All|Also|An?|Includes?"
    r"|Excludes?|Reporting|Following|Pursuant|After|Upon|Does|By|Since|For|It|He|She"
    r"|Shares|Represents|Reflects|Amount|Number|Total|Due|To|Under|Until|When|If|No)\b"
)
"""Words that begin sentences, and hardly a part of a name."""

_DATE = lettercase.pattern(
    r"(?P<aside>,)?\s+(?:(?:made|effected|effective|completed)\s+)?(?:on(?:\s+or\s+about)?|in|effective|as\s+of|during)\s+"
    r"(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:19|20)\d\d"
    r"|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d))\b(?(aside),)",
    re.IGNORECASE,
)
"""A date that says when, between words that would stand side by side without it."""


class Sentence(NamedTuple):
    """A sentence of a note: the whole plain text, and where the sentence begins and ends."""

    text: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.start : self.end]


class Stated(NamedTuple):
    """What a stretch of a note states; the fields are those of `Statement`."""

    kind: StatementKind
    start: int
    end: int
    shares: Decimal | None = None
    direction: Direction | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    precision: Precision = "unknown"
    counterpart: str | None = None
    ratio: str | None = None
    group_total: Decimal | None = None

    def on(self, begins: date | None, ends: date | None, precision: Precision) -> Stated:
        """The same, said of an interval."""
        return self._replace(effective_from=begins, effective_to=ends, precision=precision)


def plain(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain characters, and where each of them stood in the text as filed.

    Quotes are made straight, dashes hyphens, and runs of blanks one space. Scanned text
    may carry TeX blanks, a backslash before each, and TeX thin spaces in its numbers;
    they go too, and the full stop of a company's suffix within a sentence, which ends nothing.
    """
    simple = text if text.isascii() and text.isprintable() else text.translate(_PLAIN)
    suffixed = any(suffix in simple for suffix in _SUFFIXES)
    short = "/" in simple and _CUT_SHORT.search(simple) is not None
    if "  " not in simple and "\\" not in simple and not suffixed and not short:
        return simple, range(len(simple) + 1)
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for run in (_RUN if "\\" in simple else _BLANKS).finditer(simple):
        kept.append(simple[last : run.start()])
        places += range(last, run.start())
        if run["blank"]:
            kept.append(" ")
            places.append(run.start())
        elif run["short"]:
            whole = _WHOLE[run["short"].lower()]
            kept.append(whole)
            places += [min(run.start() + n, run.end() - 1) for n in range(len(whole))]
        last = run.end()
    kept.append(simple[last:])
    places += range(last, len(simple) + 1)
    return "".join(kept), places


def as_spelt(name: str | None, text: str) -> str | None:
    """A company's name from the plain text, with the full stops that it has in the text as filed."""
    spelt = _BARE_SUFFIX.sub(r"\g<0>.", name) if name else name
    return spelt if spelt and spelt in text else name


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a plain text; a full stop of an abbreviation ends none.

    After a company's suffix, or an hour, only a word that opens sentences begins a new one.
    """
    start = 0
    for found in _END.finditer(text):
        before = _ABBREVIATED.search(text, max(start, found.start() - 12), found.start())
        if before and not (before["open"] and STARTS.match(text, found.end())):
            continue
        yield Sentence(text, start, found.start() + 1)
        start = found.end()
    stripped = len(text.rstrip())
    if stripped > start:
        yield Sentence(text, start, stripped)


@lru_cache(maxsize=64)
def undated(text: str) -> str:
    """A plain text with blanks in place of its dates, so that every word stays where it stood.

    "A transfer on May 2, 2023 of 500 shares" reads as "a transfer of 500 shares" does.
    """
    parts: list[str] = []
    last = 0
    for found in _DATE.finditer(text):
        parts += text[last : found.start()], " " * len(found[0])
        last = found.end()
    return "".join([*parts, text[last:]])


def quoted(text: str, start: int, end: int) -> str:
    """The whole sentences in which some words of a note stand, as filed but for its blanks.

    `start` and `end` count characters of the note as filed, as those of a statement do.
    """
    note, places = plain(text)
    spans = [(places[s.start], places[s.end - 1] + 1) for s in sentences(note)]
    touched = [
        (first, last) for first, last in spans if first < max(end, start + 1) and last > start
    ]
    return " ".join(text[touched[0][0] : touched[-1][1]].split()) if touched else ""
