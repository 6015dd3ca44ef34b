"""What a position held before its first line: what its total implies, as far as that reaches.

Notes of that line may tell which part came when; a finding, or another position, that it was not there.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.statements import SENSES
from projections.filings.records import ZERO, Stated
from projections.positions.entries import Posting, reference
from projections.positions.levels import Level
from projections.positions.position import Position
from projections.positions.rulings import Rulings

REACH = timedelta(days=366)
"""How far back before the first report a balance is inferred from it: one year, the
span of the annual statement, or since the first movement that its notes tell of."""


def before_first(
    position: Position, first: Posting, day: date | None, rulings: Rulings
) -> Level | None:
    """The level on a day before the first line; None where nothing can be said of it."""
    opened = position.held_before
    if position.carried_on is not None and day is not None:
        refs = (reference(first),)
        since = position.carried_on
        told = Level.exactly(
            opened,
            "derived",
            since=since,
            entry=first,
            evidence=refs,
        )
        return told if day >= since else None
    if not opened or first.day is None or day is None:
        return None
    if first.line.tells_no_opening:
        return _inferred(first, ZERO, None) if first.day - day <= REACH else None
    if first.line.holding and first.dossier.base_form == "3":
        return None  # the list is of the day on which the owner became an insider
    if position.whole is not None and (position.whole.entries[0].day or date.min) <= day:
        return None  # until then, the whole it is part of shows it
    return _taken_back(first, opened, day, rulings)


def _taken_back(first: Posting, opened: Decimal, day: date, rulings: Rulings) -> Level | None:
    """What was held before a first line, without what its notes say came after the day."""
    level, spread = opened, False
    for said, shares in inside(first):
        begins, ends = said.effective_from, said.effective_to
        assert begins is not None
        assert ends is not None
        if day > ends or begins == ends == day:
            break
        level, spread = level - shares, begins != ends
        if day >= begins:
            low, high = sorted((level, level + shares))
            return _inferred(first, low, high)
    else:
        if spread or level == ZERO or first.day is None or first.day - day > REACH:
            return None  # when it began, nobody says
    certain, possible = rulings.beginning(first)
    if possible is not None and day < possible:
        return None
    if certain is not None and day < certain:
        return _inferred(first, ZERO, level)
    return _inferred(first, level, level, since=certain)


def _inferred(
    first: Posting, low: Decimal, high: Decimal | None, since: date | None = None
) -> Level:
    """A level before the first report, which is unknown where notes tell of more than its total holds."""
    high = None if high is None or high < 0 else high
    sources = (reference(first),)
    told = Level.exactly(high, "inferred", since=since, entry=first, evidence=sources)
    return told if high is None or low == high else told._replace(shares=None, low=max(low, ZERO))


def inside(entry: Posting) -> Iterator[tuple[Stated, Decimal]]:
    """What a first total's own notes say moved before it, dated, and by how much; latest first.

    Acquisitions that it includes already, and what left. Not what a row of the form tells.
    """
    if not entry.opening:
        return
    cited = entry.line.notes
    rows = {line.shares for line in entry.dossier.lines if not line.holding}
    dated = [
        (s, shares)
        for s in entry.dossier.statements
        if s.note in cited
        and (shares := _moved(s, entry, rows))
        and s.effective_from
        and s.effective_to
        and entry.day
        and s.effective_to < entry.day
    ]
    yield from sorted(dated, key=lambda told: (told[0].effective_to, told[0].number), reverse=True)


def _moved(said: Stated, entry: Posting, rows: Container[Decimal | None]) -> Decimal:
    """By how much a holding changed by what its note tells; nothing where it does not say.

    What an annuity trust pays back leaves its own line, and comes to the direct one.
    """
    sense, shares = SENSES[said.kind], said.shares or ZERO
    if sense.only_adds:
        return shares
    if shares in rows:
        return ZERO
    if said.kind == "annuity-return" and said.direction == "acquired":
        return -shares if entry.line.ownership == "indirect" else shares
    left = sense.moves and not sense.keeps_interest and said.direction == "disposed"
    return -shares if left else ZERO
