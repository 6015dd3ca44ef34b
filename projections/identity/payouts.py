"""What notes say of the payout of an award by performance: how much may be earned, or was."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ledger.footnotes.text import plain, sentences
from ledger.loading import pattern

_RATE = r"(?<![\d.,])(?:\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent\b)"
_NUMBER = r"(?<![\d.,])\d{1,3}(?:,\d{3})+|(?<![\d.,])\d{2,}"
_SPEAKS = pattern(
    r"\b(?:target\w*|payouts?|earn(?:ed|s|out)?|performance|psus?|goals?)\b"
    r"|\bvested\s+at\s+\d[\d.]*\s?%(?!\s+(?:per|an?|each|every)\b)|\b(?:zero|nil|none|0\s?%)\s*(?:to|and|-)\s*\d",
    re.IGNORECASE,
)
_MOST = pattern(
    rf"(?:(?<![\d.,])(?:\d{{1,3}}(?:\.\d+)?\s?(?:%|per\s?cent)?|zero|none|nil|nothing)(?:\s+per\s?cent)?(?:\s*\([a-z ]+\))?"
    rf"\s*(?:to|and|-|through)\s*(?:a\s+maximum\s+of\s+)?(?P<top>{_RATE})"
    rf"|\b(?:up\s+to|at\s+(?:the\s+)?most|(?:no|not)\s+more\s+than|not\s+(?:to\s+)?exceed(?:ing)?|capped\s+at|limited\s+to"
    rf"|(?:maximum|max\.?|cap)(?:\s+\w+){{0,3}}?\s+(?:of|is|at|being)|maximum|as\s+(?:much|many|high)\s+as)"
    rf"\s*\(?(?:a\s+maximum\s+of\s+)?(?P<most>{_RATE}))",
    re.IGNORECASE,
)
"""A range of rates, or the rate that is the most."""
_TIMES = pattern(
    r"\b(?:zero|0x?|none|nil)\s*(?:to|and|-)\s*(?P<times>one|two|three|[1-5](?:\.\d+)?)"
    r"(?:\s?x\b|\s+times\b|\s+(?:\w+\s+){0,2}?shares?\b)",
    re.IGNORECASE,
)
_TIMES_OF = {"one": Decimal(1), "two": Decimal(2), "three": Decimal(3)}
_UNITS = pattern(
    rf"\b(?:up\s+to|at\s+(?:the\s+)?most|(?:no|not)\s+more\s+than|maximum\s+of|maximum)\s+(?:of\s+)?(?P<units>{_NUMBER})"
    r"\s+(?:\w+\s+){0,3}?(?:shares?|units?|psus?)\b(?=[^.;]{0,60}\b(?:earn\w*|vest\w*|issu\w*|paid|payable)\b)",
    re.IGNORECASE,
)
_UNITS_FROM_NONE = pattern(
    rf"\b(?:earn\w*|vest\w*|issu\w*|paid|payable)\b[^.;%]{{0,60}}?\b(?:0|zero|none|nil|nothing)\s*(?:to|and|-|through)\s*(?P<units>{_NUMBER})(?!\s*(?:%|per\s?cent))",
    re.IGNORECASE,
)
_REPORTED_AT_MOST = pattern(
    r"\b(?:represents?|reflects?|reported\s+(?:at|is)|shown\s+is)\s+(?:the\s+)?maximum\b",
    re.IGNORECASE,
)
_RESULT = pattern(
    rf"(?P<of>{_RATE})(?=[^.;%]{{0,40}}?\b(?:target|payout|performance|award|goals?|level)\b)"
    rf"|\b(?:payouts?|achiev\w+|attain\w+|earned|certified|vested|paid\s+out|performance)\b(?:[^.;%]{{0,40}}?\b(?:at|of|was|is|to\s+be))?"
    rf"\s+(?:approximately\s+|about\s+)?(?P<at>{_RATE})",
    re.IGNORECASE,
)
_HAPPENED = pattern(
    r"\b(?:earned|certif\w+|achiev\w+|attain\w+|determined|resulted|resulting|vested|paid|settled)\b",
    re.IGNORECASE,
)
_MAY = pattern(
    r"\b(?:may(?!\s+\d)|can|could|might|will|would|shall|if|unless|subject\s+to|rang(?:e|es|ing)|depending|threshold)\b",
    re.IGNORECASE,
)
_TARGET = pattern(
    rf"\btarget\s+(?:\w+\s+){{0,3}}?of\s+(?P<target>{_NUMBER})|(?P<before>{_NUMBER})\s+target\b",
    re.IGNORECASE,
)


class Payout(NamedTuple):
    """What notes say that units pay out: `most` and `earned` in per cent of their target.

    `units` are the most that may be earned, in units; `at_most` says that the number reported is
    that; `targets` are targets that a note names, `slack` is what the last printed figure of a
    rate leaves open, and `equivalents` says that dividend equivalents are paid as well.
    """

    most: Decimal | None = None
    earned: tuple[Decimal, ...] = ()
    units: Decimal | None = None
    at_most: bool = False
    targets: tuple[Decimal, ...] = ()
    slack: Decimal = Decimal(0)
    equivalents: bool = False

    def beside(self, other: Payout) -> Payout:
        """What two notes say together; of two limits the wider one binds."""
        return Payout(
            most=_wider(self.most, other.most),
            earned=self.earned + other.earned,
            units=_wider(self.units, other.units),
            at_most=self.at_most or other.at_most,
            targets=self.targets + other.targets,
            slack=max(self.slack, other.slack),
            equivalents=self.equivalents or other.equivalents,
        )

    def without_results(self) -> Payout:
        """What a note says of what may be earned; what was is told of other units, or earlier."""
        return self._replace(earned=(), targets=(), slack=Decimal(0))


@lru_cache(maxsize=4096)
def payout_of(note: str) -> Payout:
    """What a note says of a payout; nothing where it speaks of none."""
    said = Payout(equivalents="dividend" in note.casefold())
    if not _SPEAKS.search(note):
        return said
    for sentence in sentences(plain(note)[0]):
        if _SPEAKS.search(*sentence):
            said = said.beside(_told(sentence.words))
    return said


def _told(words: str) -> Payout:
    """What one sentence says of a payout."""
    tops = [_number(m["top"] or m["most"]) for m in _MOST.finditer(words)]
    tops += [_times(m["times"]) for m in _TIMES.finditer(words)]
    most = max((top for top in tops if top >= 100), default=None)
    limits = [m for bound in (_UNITS, _UNITS_FROM_NONE) for m in bound.finditer(words)]
    units = max((_number(m["units"]) for m in limits), default=None)
    rest = _TIMES.sub("", _MOST.sub("", words))
    printed: list[str] = []
    if _HAPPENED.search(rest) and not _MAY.search(rest):
        printed = [m["of"] or m["at"] for m in _RESULT.finditer(rest)]
    return Payout(
        most=most,
        earned=tuple(map(_number, printed)),
        units=units,
        at_most=bool(_REPORTED_AT_MOST.search(words)),
        targets=tuple(_number(m["target"] or m["before"]) for m in _TARGET.finditer(words)),
        slack=max(map(_slack, printed), default=Decimal(0)),
    )


def _times(word: str) -> Decimal:
    return 100 * (_TIMES_OF.get(word.lower()) or Decimal(word))


def _number(printed: str) -> Decimal:
    """A number as printed, without what it counts."""
    return Decimal(re.sub(r"[^\d.]", "", printed).strip("."))


def _slack(printed: str) -> Decimal:
    """Half of what a rate's last figure counts."""
    figures = re.sub(r"[^\d.]", "", printed).strip(".")
    return Decimal(5).scaleb(-1 - len(figures.partition(".")[2]))


def _wider(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return max((x for x in (one, other) if x is not None), default=None)
