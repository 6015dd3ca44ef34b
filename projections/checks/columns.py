"""Columns that their own notes contradict: a price outside its range, more than was granted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ledger.footnotes.dates import dates
from ledger.footnotes.text import plain, sentences
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.records import Dossier
from projections.findings.finding import Finding, about
from projections.issuer import Folded

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_RANGE = re.compile(
    rf"(?:(?:US)?\$\s*|\b(?:ranging\s+from|range\s+(?:of|from)|between)\s+)(?P<low>{_NUMBER})(?:\s+per\s+(?:share|unit|ADS))?"
    r"(?:\s*\((?:the\s+)?low(?:est)?\)[,;]?)?"
    r"\s*(?:,?\s*(?:(?:up\s+)?to(?:\s+and\s+including)?|and(?:\s+not?\s+(?:more|higher|greater)\s+than)?|through"
    r"|(?:and\s+)?(?:as\s+high\s+as|the\s+highest\s+(?:\w+\s+)?(?:price\s+)?(?:was|being|of)|(?<=low\),)|(?<=low\);)))|-)\s*"
    rf"(?:(?:a\s+)?(?:high\s+of|maximum\s+of)\s+)?(?:US)?\$?\s*(?P<high>{_NUMBER})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
_PRICES = re.compile(
    r"\b(?:prices?|sales?|sold|purchased|bought|executed|trades?|transactions?)\b", re.IGNORECASE
)
_RANGES = re.compile(
    r"\b(?:rang\w+|between|from|low(?:est)?|prices\s+of|not?\s+less\s+than)\b", re.IGNORECASE
)
_GRANTED = re.compile(
    rf"\b(?:grant|award)(?:ed)?\s+(?:\w+\s+){{0,4}}?(?P<shares>{_NUMBER})\s+(?:\w+\s+){{0,3}}?"
    r"(?:shares|units|options|rsus?|awards)\b",
    re.IGNORECASE,
)
_NOT_A_LIMIT = re.compile(
    r"\b(?:target|performance|maximum|earned|split|adjust\w*|dividends?|annual(?:ly)?(?!\s+(?:instal|vest|increment))"
    r"|each(?!\s+(?:of\s+the|anniversar|instal|vest))|additional)\b",
    re.IGNORECASE,
)
"""Words beside which more than was granted may well be paid out."""
_EXPIRES = re.compile(r"\b(?:expir(?:es?|ation|y)|terminat(?:es|ion))\b[^.;]{0,40}$", re.IGNORECASE)


@asked_of("price")
def prices_outside(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A price outside every range that its own note gives."""
    for line in folded.lines_of(dossier):
        if not line.price or line.holding:
            continue
        ranges = [r for note in line.notes_of("price") for r in _ranges(dossier.text_of(note))]
        if ranges and not any(_within(line.price, low, high) for low, high in ranges):
            said = " or ".join(f"{grouped(low)} to {grouped(high)}" for low, high in ranges)
            words = (
                f"a price of {grouped(line.price)}, outside the range of {said} that its note gives"
            )
            yield about(dossier, line, "PRICE_SUSPECT", words)


@lru_cache(maxsize=16384)
def _ranges(text: str) -> tuple[tuple[Decimal, Decimal], ...]:
    """The ranges of prices that a note gives, lowest and highest."""
    return tuple(_read(text)) if any(map(str.isdigit, text)) else ()


def _read(text: str) -> Iterator[tuple[Decimal, Decimal]]:
    note, _ = plain(text)
    for sentence in sentences(note):
        words = sentence.words
        if _PRICES.search(words) and _RANGES.search(words):
            for found in _RANGE.finditer(words):
                low, high = (Decimal(found[name].replace(",", "")) for name in ("low", "high"))
                if low <= high:
                    yield low, high


def _within(price: Decimal, low: Decimal, high: Decimal) -> bool:
    """Whether a price, rounded as it may be, lies in a range."""
    if low <= price <= high:
        return True
    half = Decimal(5).scaleb(price.normalize().as_tuple().exponent - 1)  # type: ignore[operator]
    return low - half <= price <= high + half


@asked_of("citing rows")
def more_than_granted(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """More granted, exercised, vested or withheld than the grant that its own note states."""
    for line in folded.lines_of(dossier):
        if line.holding or not line.shares or line.code not in ("A", "M", "F", "X", "C"):
            continue
        limits = [_granted(dossier.text_of(note)) for note in line.notes]
        if None in limits:
            continue
        granted = sum((shares for limit in limits for shares in limit or ()), Decimal(0))
        if granted and line.shares > granted:
            words = f"{grouped(line.shares)} of a grant of {grouped(granted)} that its note states"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


@lru_cache(maxsize=16384)
def _granted(text: str) -> tuple[Decimal, ...] | None:
    """The sizes of grants that a note states, None where they limit nothing."""
    if _NOT_A_LIMIT.search(text):
        return None
    return tuple(Decimal(m["shares"].replace(",", "")) for m in _GRANTED.finditer(text))


@asked_of("expires_on")
def other_terms(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """An expiration date that is not the one its own note gives."""
    for line in folded.lines_of(dossier):
        if line.expires_on is None:
            continue
        for note in line.notes_of("expires_on"):
            days = list(_expiries(dossier.text_of(note)))
            if len(days) == 1 and days[0] != line.expires_on:
                words = f"expires {line.expires_on}, where its note says {days[0]}"
                yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


def _expiries(text: str) -> Iterator[object]:
    note, _ = plain(text)
    for when in dates(note, 0, len(note)):
        if when.precision == "day" and _EXPIRES.search(note[: when.start]):
            yield when.effective_from


CHECKS: tuple[Check, ...] = (prices_outside, more_than_granted, other_terms)
