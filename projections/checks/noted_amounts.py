"""Amounts of rows beside what their own notes say was granted, sold, withheld or given.

A note that tells of the row itself has the row's amount. Many speak of more than the row: of the
whole award that it is a part of, of a target that may pay out otherwise, of several rows or forms
together, of what was granted on another day. Only a note that leaves none of this open contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from ledger.footnotes.amounts import Amount, amounts
from ledger.footnotes.dates import When, dates
from ledger.footnotes.text import Sentence, plain, sentences
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.digits import lengthened, mistyped, swapped

_GIVEN = r"grant(?:s|ed|ing)?|award(?:s|ed|ing)?|issued|receiv\w+"
_ACTS = {
    "A": (_GIVEN, "granted"),
    "S": (r"sold|sales?|selling", "sold"),
    "P": (r"purchase[ds]?|bought|purchasing|acquired", "bought"),
    "F": (r"withh\w+|surrender\w*|tender\w*|deliver\w*|forfeit\w*|retain\w*", "withheld"),
    "G": (r"gifts?|gifted|gave|given|donat\w+|contribut\w+", "given"),
    "M": (r"exercis\w+|conver\w+|vest(?:ed|ing)|settle\w*", "exercised"),
}
"""By the code of a row, the words of a note that tell its act, and the act in a word."""

_AFTER = {
    act: re.compile(
        r"[^.;:]{0,40}?(?:\b(?:was|were|been|are|is)\s+|^\s*(?:\w+\s+){0,3}?)(?:\w+ly\s+)?(?:"
        + words
        + r")\b",
        re.IGNORECASE,
    )
    for act, (words, _) in _ACTS.items()
}
_BEFORE = {
    act: re.compile(
        r"\b(?:" + words + r")\b(?:\s+(?!shares\b|units\b)[\w'(,)-]+){0,7}?\s*$", re.IGNORECASE
    )
    for act, (words, _) in _ACTS.items()
}

_OPEN = re.compile(
    r"\b(?:target\w*|perform\w*|maxim\w*|minim\w*|up\s+to|earn(?:ed|s)?|aggregate\w*|total\w*|split\w*|adjust\w*"
    r"|dividends?|each(?!\s+(?:of\s+the|of\s+(?:two|three|four|five)|anniversar|instal|vest))|per|additional|portion|part(?:ial\w*)?|tranches?"
    r"|remain\w*|balance|net|original\w*|initial\w*|equivalents?|approximately|previous\w*|earlier|prior"
    r"|of\s+which|out\s+of|some\s+of|includ\w+|exclud\w+|consist\w*|compris\w+|together|combin\w+|both|joint\w*|respectively"
    r"|subsequent\w*|later|thereafter|intend\w*|may|plans?\s+to|agree\w*|elect\w*|percent|half|third|quarter|fraction\w*"
    r"|vested|cancel\w*|replac\w+|exchang\w+|other|another|also|not|no|correct\w*|error|erroneous\w*|instead|overstat\w*|understat\w*"
    r"|vesting\s+of|instal\w+\s+of|(?:from|under)\s+(?:an?|the|his|her|such|that)\s+(?:[\w-]+\s+){0,2}(?:grant|award)"
    r"|of\s+(?:an?|the|his|her)\s+(?:[\w-]+\s+){0,2}(?:grant|award)\s+(?:of|to|made|dated)"
    r"|spouse|wife|husband|trust|fund|partners?|LLC|L\.?P\.?|whom|weighted)\b|%",
    re.IGNORECASE,
)
"""Words beside which a note may well speak of more, or of something else, than its row."""

_OF_THE_ROW = ("code", "shares", "price", "direction", "security", "effective_on")
_SPAN = timedelta(days=5)
"""Between the day of a row and that which its note gives for the same act."""


class Said(NamedTuple):
    """An act of one amount that a sentence of a note tells, its days, and whether it may tell more."""

    shares: Decimal
    days: tuple[When, ...]
    open: bool


@asked_of("citing rows")
def noted_amounts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row of another amount than its own note says, where the note speaks of the row."""
    for line in folded.lines_of(dossier):
        shares = otherwise_told(dossier, line, folded.lines_of(dossier))
        if shares is None:
            continue
        act = _ACTS[line.code or ""][1]
        words = (
            f"{grouped(line.shares or ZERO)}, where its note says that {grouped(shares)} were {act}"
        )
        shown = _shown(line, folded)
        if shown is not None:
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", f"{words}; {shown}")


def otherwise_told(dossier: Dossier, line: Line, lines: Sequence[Line]) -> Decimal | None:
    """The amount that a row's own notes give instead of its own; None where they give no other.

    `lines` are those of the filing that stand.

    Forms of several owners, whose notes speak of all of them, and amendments, which show a part
    of what their notes speak of, are left out.
    """
    if line.holding or not line.cited or dossier.amends or len(dossier.head.owners) > 1:
        return None
    told = _told(dossier, line)
    if told is None or not _of_its_day(told, line):
        return None
    moving = [o for o in lines if o.shares and not o.holding]
    if told.shares in _amounts(line, moving):
        return None
    amount, shares = line.shares or ZERO, told.shares
    sure = "shares" in line.cited or (told.days and line.code == "A")
    slip = swapped(amount, shares) or lengthened(amount, shares) or mistyped(amount, shares)
    return shares if sure or slip else None


def _told(dossier: Dossier, line: Line) -> Said | None:
    """What the notes of a row say of its act, where they say it once and of one amount only."""
    if line.code not in _ACTS or abs(line.movement) != line.shares:
        return None
    found = [said for note in _notes(line) for said in _acts(dossier.text_of(note), line.code)]
    if len({said.shares for said in found}) != 1 or any(said.open for said in found):
        return None
    return found[0]


def _notes(line: Line) -> dict[str, None]:
    """The notes that speak of a row: not those on its total, unless that is the row's amount."""
    fields = _OF_THE_ROW if line.total != line.shares else (*_OF_THE_ROW, "shares_after")
    return dict.fromkeys(line.notes_of(*fields))


@lru_cache(maxsize=16384)
def _acts(text: str, code: str) -> tuple[Said, ...]:
    """The amounts that a note says of the act of rows of a code."""
    return tuple(_read(text, code)) if any(map(str.isdigit, text)) else ()


def _read(text: str, code: str) -> Iterator[Said]:
    note, _ = plain(text)
    for sentence in sentences(note):
        days = dates(note, sentence.start, sentence.end)
        there = amounts(sentence, days)
        for amount in there:
            if _of_the_act(sentence, amount, code):
                loose = len(there) > 1 or bool(_OPEN.search(sentence.words))
                yield Said(amount.shares, tuple(days), loose)


def _of_the_act(sentence: Sentence, amount: Amount, code: str) -> bool:
    """Whether a sentence says of an amount that so many were granted, sold, withheld or given."""
    text, before, after = sentence.text, _BEFORE[code], _AFTER[code]
    first = max(sentence.start, amount.start - 90)
    return bool(
        before.search(text[first : amount.start]) or after.match(text[amount.end : sentence.end])
    )


def _of_its_day(told: Said, line: Line) -> bool:
    """Whether no day that a note names before its row's speaks of another act."""
    on = line.effective_on
    if on is None:
        return False
    return all(
        (when.effective_to or date.max) >= on - _SPAN
        and (line.code == "A" or (when.effective_from or date.min) <= on + _SPAN)
        for when in told.days
    )


def _amounts(line: Line, lines: list[Line]) -> set[Decimal]:
    """What a note of a row may count: the row, the stock under it, another row, rows together."""
    alike = [o for o in lines if o.code == line.code]
    citing = [o for o in lines if not set(o.notes).isdisjoint(line.notes)]
    single = {n for o in lines for n in (o.shares, o.underlying_shares, o.total) if n is not None}
    together = {
        sum((o.shares or ZERO for o in rows), ZERO)
        for rows in (
            alike,
            citing,
            [o for o in alike if o in citing],
            [o for o in alike if o.security == line.security],
            [o for o in alike if o.effective_on == line.effective_on],
            *combinations(alike[:_FEW], 2),
            *combinations(alike[:_FEW], 3),
        )
    }
    whole = {n.to_integral_value() for n in single | together}
    return single | together | whole


_FEW = 12
"""Rows of a form of which two or three together are tried as what a note counts."""


def _shown(line: Line, folded: Folded) -> str | None:
    """Words for which of both the totals bear out; None where a break is told of the row already."""
    entry = folded.entry_of.get(id(line))
    if entry is None or entry.claim is None or entry.opening:
        return "nothing shows which of the two is right"
    if not entry.follows:
        return None
    return "the total follows the row"


CHECKS: tuple[Check, ...] = (noted_amounts,)
