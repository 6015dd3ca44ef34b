"""When two notes speak of one award: its grant day, and what it is earned by.

Units of several awards often stand under one title, and only a note tells them apart. A
grant day or an award's sort that differs makes two series; other words for the same award,
or a note that says neither, make none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ledger.figures import FIGURE
from ledger.footnotes.dates import dates
from ledger.loading import pattern

_PERFORMANCE = pattern(
    r"\bperformance|\bpsus?\b|\bprsus?\b|\btarget\b|\bshareholder return|\btsr\b|\bmarket[- ](?:based|condition)",
    re.IGNORECASE,
)
_SERVICE = pattern(
    r"\b(?:time|service)[- ](?:based|vest\w*)|\btime and service\b|\bservice condition",
    re.IGNORECASE,
)
TELLS_RESULTS = pattern(
    r"\b(?:earned|certif\w+|achiev\w+|attain\w+|%|percent of)\b.{0,80}\b(?:target|goals?|performance|results|maximum)\b"
    r"|\b(?:target|goals?|performance|results)\b.{0,80}(?:\b(?:earned|certif\w+|achiev\w+|attain\w+)\b|%)"
    r"|\bnot earned\b|\bwas earned\b|\bwere earned\b|%\s+of\s+(?:the\s+)?target",
    re.IGNORECASE,
)
"""Words of a note that tell how far an award's goals were reached."""
_OF_A_PART = pattern(
    rf"(?<![\d.,]){FIGURE}(?:\s?%|\s+per\s?cent)?\s+of\s+(?:the|these|those|such|which)\b[^.;]*"
    rf"|\bof\s+which\s+{FIGURE}\b[^.;]*"
    rf"|\binclud(?:es|ing)\s+{FIGURE}\b[^.;]*",
    re.IGNORECASE,
)
"""What a note says of some of the units of a line alone: it sorts no award."""
_OF_ALL = pattern(
    r"\b(?:aggregate|total|sum|combined)\b[^.;]{0,100}?"
    r"\b(?:all|outstanding|multiple|various|several|different)\s+(?:[\w-]+\s+){0,4}?(?:awards|grants|tranches)\b",
    re.IGNORECASE,
)
"""Words of a total that counts the units of all awards together."""
_GRANTED = pattern(
    r"\b(?:grant(?:ed)?|award(?:ed)?|issued)\b(?:(?!\b(?:vest|exercis|settl|expir|becom|until|begin|adopt|approv|"
    r"restat|amend|anniversar|convert|forfeit)|;|\.\s)[^;]){0,80}?(?:\b(?:on|in|of|dated|date)\s+|[,:(]\s*)$|"
    r"\b(?:grant|award)(?:ed)?\s+(?:date\s+)?$",
    re.IGNORECASE,
)
_GRANT_FOLLOWS = pattern(
    r"^[\s,)]*(?:(?:annual|equity|rsu|psu|restricted|performance|stock|share|unit|time|service|based|-)\s*)*"
    r"(?:grants?|awards?)\b"
    r"|^,?\s*(?:the\s+)?(?:[\w.’']+\s+){0,4}(?:was|were|received)\s+(?:an?\s+)?(?:grant|award)(?:ed)?\b",
    re.IGNORECASE,
)
_GRANTING = ("grant", "award", "issued")
"""Fragments, in small letters, of one of which a note has a word that gives the day of a grant."""


class Award(NamedTuple):
    """What notes say of an award: the days it was granted, and "performance" or "service".

    A day may be known to its month or year only: `granted` holds the first and last day.
    """

    granted: frozenset[tuple[date, date]] = frozenset()
    sort: str = ""

    def __bool__(self) -> bool:
        return bool(self.granted or self.sort)

    def beside(self, before: Award) -> Award:
        """What is known of the award once earlier words are taken with these."""
        if self == before:
            return self
        return Award(self.granted or before.granted, self.sort or before.sort)

    def pooled(self, other: Award) -> Award:
        """What is known of several awards that one total counts together."""
        return Award(self.granted | other.granted, self.sort if self.sort == other.sort else "")


@lru_cache(maxsize=4096)
def award_of(note: str) -> Award:
    """What a note says of the award that it is about; nothing where it is about none."""
    folded = note.casefold()
    days = _granted(note) if any(stem in folded for stem in _GRANTING) else frozenset()
    whole = _OF_A_PART.sub("", note)
    performance, service = bool(_PERFORMANCE.search(whole)), bool(_SERVICE.search(whole))
    sort = "" if performance == service else "performance" if performance else "service"
    return Award(days, sort)


@lru_cache(maxsize=4096)
def of_a_part(note: str) -> bool:
    """Whether a note speaks of some of a line's units, and says nothing of the award that all are of."""
    return _OF_A_PART.search(note) is not None and not award_of(note)


_OPTIONS = pattern(r"\boptions?\b", re.IGNORECASE)
_UNITS = pattern(r"\b(?:units?|[rp]sus?|awards?|restricted|performance)\b", re.IGNORECASE)


@lru_cache(maxsize=4096)
def of_options(note: str) -> bool:
    """Whether a note speaks of options and of no units: on a line of units it is about something else."""
    return bool(_OPTIONS.search(note)) and not _UNITS.search(note)


_EACH_IS = pattern(
    r"\b(?:each|every|one)\s+(?:[\w'’()-]+\s+){0,6}?(?:units?|rsus?|psus?|dsus?|rights?|shares?)\b(?:\s*\([^)]*\))?\s*"
    r"(?:represents?|(?:is|are)\s+(?:equal|equivalent|the\s+(?:economic\s+)?equivalent|convertible|settled|payable|intended)|converts?|entitles?|will\s+be\s+settled|constitutes?|gives?)\b"
    r"(?:[^.;]|\.(?=\d))*[.;]?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def own_terms(note: str) -> str:
    """A note on units without what it says of each of them: what a unit is tells no award from another.

    >>> own_terms("Each RSU represents a right to one share. Vests on May 1, 2020.")
    'Vests on May 1, 2020.'
    >>> own_terms("Each unit is the economic equivalent of one share of common stock.")
    ''
    """
    return _EACH_IS.sub(" ", note).strip()


def of_all_awards(note: str) -> bool:
    """Whether a note says of a total that it counts the units of several awards."""
    return _OF_ALL.search(note) is not None


def _granted(note: str) -> frozenset[tuple[date, date]]:
    """The days on which a note says that something was granted, each with its first and last."""
    return frozenset(
        (when.effective_from, when.effective_to)
        for when in dates(note, 0, len(note))
        if when.effective_from and when.effective_to
        and (_GRANTED.search(note, 0, when.start) or _GRANT_FOLLOWS.match(note[when.end :]))
    )  # fmt: skip


def awards_of(notes: Iterable[str]) -> Award:
    """What several notes say together of one award."""
    said = [award_of(note) for note in notes]
    sorts = {award.sort for award in said if award.sort}
    days = frozenset().union(*(award.granted for award in said))
    return Award(days, sorts.pop() if len(sorts) == 1 else "")


def same_award(one: Award, other: Award) -> bool | None:
    """True: the same award. False: another. None: the notes cannot tell."""
    if one.sort and other.sort and one.sort != other.sort:
        return False
    if not (one.granted and other.granted):
        return None
    return any(
        begins <= last and first <= ends
        for begins, ends in one.granted
        for first, last in other.granted
    )


_ALIKE = Fraction(1, 2)
"""What part of two notes' words is in both, at least, where they tell of one award."""


def meant_by(note: str, known: str, others: Iterable[str]) -> bool:
    """Whether a note in new words tells of an award that is known by other words.

    It says what those say, and more, or every figure of it, a day or a year, stands in those too,
    and their words have more in common than those of any other award.
    """
    others = list(others)
    if [told for told in (known, *others) if told and told in note] == [known]:
        return _FIGURES.search(known) is not None
    figures = _FIGURES.findall(note)
    if not figures or not set(figures) <= set(_FIGURES.findall(known)):
        return False
    alike = _in_common(note, known)
    return alike >= _ALIKE and all(alike > _in_common(note, other) for other in others)


_FIGURES = re.compile(r"\d+")


def _in_common(one: str, other: str) -> Fraction:
    mine, theirs = set(one.split()), set(other.split())
    return Fraction(len(mine & theirs), max(1, len(mine | theirs)))
