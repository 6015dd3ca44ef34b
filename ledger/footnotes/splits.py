"""Stock splits and stock dividends a note states, as a ratio `new:old`."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from ledger.types import plain as printed

_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "twenty-five": 25}
_N = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
_PAIR = re.compile(
    rf"(?<!from )(?<![\w./-])(?P<new>{_N})(?:\s*\(\d+\))?"
    rf"(?:\s*-\s*|\s+)(?:for|to)(?:\s*-\s*|\s+)(?P<old>{_N})\b"
    rf"|(?<![\w./-])(?P<left>{_N})\s*:\s*(?P<right>{_N})(?![\w/])",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s*(?:%|percent)\s+(?:common\s+)?(?:stock|share)\s+(?:dividend|split)"
    r"|(?:stock|share)\s+(?:dividend|split)\s+of\s+(?P<of>\d+(?:\.\d+)?)\s*(?:%|percent)",
    re.IGNORECASE,
)
_ADDITIONAL = re.compile(
    rf"(?P<new>{_N})\s+(?:additional|new)\s+shares?\b.{{0,60}}?\bfor\s+(?:each|every)\s+(?:(?P<old>{_N})\s+)?",
    re.IGNORECASE,
)
_COMBINED = re.compile(
    rf"\b(?:each|every)\s+(?P<old>{_N})\s+(?:\(\d+\)\s+)?(?:\w+\s+){{0,8}}?shares?\b.{{0,120}}?"
    rf"\b(?:combined|converted|reclassified|changed|consolidated)\s+into\s+(?P<new>{_N})\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\b(?:stock|share|reverse|forward|unit|ADS)\s+splits?\b|\bsplits?\b|\b(?:stock|share)\s+dividends?\b"
    r"|\bconsolidation\b|\brecapitali[sz]ation\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:subject\s+to|in\s+the\s+event\s+of|adjustments?\s+for|as\s+a\s+result\s+of\s+any)"
    r"[^.]{0,120}$",
    re.IGNORECASE,
)
_REVERSE = re.compile(r"\breverse\b|\bconsolidation\b|\bcombin", re.IGNORECASE)


def split_ratio(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where a stretch of plain text states a split that happened, and its ratio, or None.

    "Three-for-two" is `3:2`, a 50% stock dividend too; "1-for-10 reverse" and "10:1
    reverse" are both `1:10`, because a reverse split leaves fewer shares.
    """
    named = _SPLIT.search(text, start, end)
    if not named or _POSSIBLE.search(text, start, named.start()):
        return None
    reverse = _REVERSE.search(text, start, end) is not None
    ratio = _ratio(text, start, end, reverse=reverse)
    if not ratio or ratio == 1:
        return None
    return named.start(), written(ratio)


def _ratio(text: str, start: int, end: int, *, reverse: bool) -> Fraction | None:
    rate = _PERCENT.search(text, start, end)
    if rate:
        return 1 + Fraction(rate["rate"] or rate["of"]) / 100
    more = _ADDITIONAL.search(text, start, end)
    if more and not reverse and (held := _number(more["old"] or "1")):
        return 1 + _number(more["new"]) / held
    combined = _COMBINED.search(text, start, end)
    if combined and reverse and (held := _number(combined["old"])):
        return _number(combined["new"]) / held
    pairs = [
        _number(pair["new"] or pair["left"]) / old
        for pair in _PAIR.finditer(text, start, end)
        if (old := _number(pair["old"] or pair["right"]))
    ]
    ratio = next((ratio for ratio in pairs if ratio not in (0, 1)), None)
    if ratio and reverse == (ratio > 1):
        return 1 / ratio
    return ratio


def _number(word: str) -> Fraction:
    return Fraction(_WORDS.get(word.lower(), 0) or Decimal(word if word[0].isdigit() else "0"))


def written(ratio: Fraction) -> str:
    """`new:old` with small whole numbers, or one side 1 where the other is no whole number."""
    if max(ratio.numerator, ratio.denominator) <= 1000:
        return f"{ratio.numerator}:{ratio.denominator}"
    if ratio < 1:
        return f"1:{_decimal(1 / ratio)}"
    return f"{_decimal(ratio)}:1"


def _decimal(ratio: Fraction) -> str:
    return printed(round(Decimal(ratio.numerator) / Decimal(ratio.denominator), 6))
