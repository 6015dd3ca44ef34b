"""Filings over time: how many days after its due day each came, and how many of the totals close.

Both panels have the same days. A filing that was late has another mark than one in time, and one of
which that cannot be said a third; filings without a due day stand on a line of their own. Of the
totals that could be compared, those that do not close are full, at the foot of their bar. Drawn from
the answer alone, so that whatever it says is what is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from projections.charts.scales import Scale, Tick, day_at, of_days, of_quantities
from projections.charts.sheet import (
    BROAD,
    TITLE,
    Drawing,
    Sheet,
    box,
    legend,
    mark,
    name,
    sheet,
    titled,
)
from projections.charts.svg import element, path, text, words
from projections.registers import Filed, FiledOnes

_DAYS, _TOTALS = 2_700, 2_300
"""Heights, in tenths: of the panel of days, of that of totals."""

_ROOF, _FLOOR = 420, 420
"""Above and below what is drawn in a panel."""

_CAME = "Days from the due day of each filing until it came"
_CLOSE = "Totals that could be compared: how many of them close"
"""What the panels show."""

_HATCH = "hatch-filed"
"""Its hatching, by a name that no other drawing on a page has."""


def chart_of_filed(answer: FiledOnes, on: Sheet = BROAD) -> Drawing:
    """When filings came and how their totals fare, as one SVG document.

    The title and the description say in words what is drawn; the answer has every number.
    """
    known = f", as known on {answer.known_at}" if answer.known_at else ""
    companies = dict.fromkeys(name(one.issuer) for one in answer.filed)
    title = f"Filings about {'; '.join(companies) or 'nobody'}, when due and filed{known}"
    drawn = [one for one in answer.filed if one.filed_on]
    rest = len(answer.filed) - len(drawn)
    below = [f"Not drawn, as no day is known: {_count(rest, 'filing')}"] if rest else []
    days = [one.filed_on for one in drawn if one.filed_on]
    parts: list[str] = []
    if days:
        across = _Across(*of_days(days, on.left, on.end, on.days), on)
        parts = [_lateness(drawn, across), _closure(drawn, across)]
    top = _DAYS + _TOTALS + sum(_more(title, on) for title in (_CAME, _CLOSE)) if days else 0
    last, height = _legend(top, on)
    return sheet(
        title,
        _described(drawn, on),
        "".join((*parts, last)),
        top + height,
        below=below,
        on=on,
        hatch=_HATCH + on.marked,
    )


class _Across(NamedTuple):
    """What both panels have in common: the days, which of them are named, and what they stand on."""

    days: Scale
    named: list[Tick]
    on: Sheet


def _lateness(drawn: Sequence[Filed], across: _Across) -> str:
    """A mark for each filing: across the day on which it came, upwards how long after its due day."""
    roof = _ROOF + _more(_CAME, across.on)
    floor = roof - _ROOF + _DAYS - _FLOOR
    after = [Decimal(days) for one in drawn if (days := _after(one)) is not None]
    up, ticks = of_quantities(after, floor - _LANE, roof)
    parts = [*_head(_CAME, 0, across.on), *_grid(across, ticks, floor)]
    for one in drawn:
        days, here = _after(one), _x(one, across)
        if days is None:
            tick = path((("M", here, floor - 100), ("L", here, floor - 20)))
            said = element("title", words(_said(one)))
            parts.append(element("path", said, d=tick, class_="mark opening"))
        else:
            parts.append(mark(_MARKS[one.late], here, up.at(days), _said(one)))
    return element("g", parts, role="group", aria_label=_CAME)


_LANE = 200
"""The height of the line on which filings without a due day stand."""

_MARKS = {False: "agreed", True: "unexplained", None: "opening"}
"""The mark of a filing in time, of a late one, and where that cannot be said."""


def _closure(drawn: Sequence[Filed], across: _Across) -> str:
    """A bar for each stretch of time: how many totals could be compared, those that are open full."""
    on = across.on
    top = _DAYS + _more(_CAME, on)
    roof = top + _more(_CLOSE, on) + _ROOF
    floor = roof - _ROOF + _TOTALS - _FLOOR
    bars = _bars(drawn, on)
    up, ticks = of_quantities([Decimal(bar["checked"]) for bar in bars.values()], floor, roof)
    parts = [*_head(_CLOSE, top, on), *_grid(across, ticks, floor)]
    low, high = on.left, on.end
    for (first, last), bar in bars.items():
        start, end = (min(max(across.days.at(day_at(day)), low), high) for day in (first, last))
        start, end = start + _GAP, max(end - _GAP, start + 3 * _GAP)
        if not bar["checked"]:
            continue
        above, open_at = up.at(bar["checked"]), up.at(bar["open"])
        said = f"{first.isoformat()} to {last.isoformat()}: {_bar_in_words(bar)}"
        outline = _corners(start, above, end, floor)
        parts.append(
            box(
                (start, above),
                (end, open_at),
                element("title", words(said)),
                _HATCH + on.marked,
            )
        )
        if bar["open"]:
            full = _corners(start, open_at, end, floor)
            parts.append(element("path", d=full, class_="mark unexplained full"))
        parts.append(element("path", d=outline, class_="edge"))
        label = f"{bar['checked'] - bar['open']:,}/{bar['checked']:,}"
        middle = (start + end) // 2
        parts.append(text(label, middle, above - 40, text_anchor="middle", class_="small"))
    return element("g", parts, role="group", aria_label=_CLOSE)


_GAP = 20
"""Between a bar and the days that bound it."""


def _corners(start: int, top: int, end: int, floor: int) -> str:
    corners = ((start, floor), (start, top), (end, top), (end, floor), (start, floor))
    return path(("L" if n else "M", x, y) for n, (x, y) in enumerate(corners))


def _head(title: str, top: int, on: Sheet) -> Iterator[str]:
    """What a panel shows, above it."""
    for n, line in enumerate(titled(title, on)):
        yield text(line, on.begins, top + 200 + n * TITLE, class_="title")


def _more(title: str, on: Sheet) -> int:
    """What a panel is higher by than others, as its title needs more than a line."""
    return (len(titled(title, on)) - 1) * TITLE


def _bars(drawn: Sequence[Filed], on: Sheet) -> dict[tuple[date, date], Counter[str]]:
    """By quarter, or by one or more years where a bar would be too narrow to say what it counts."""
    days = [one.filed_on for one in drawn if one.filed_on]
    most = (on.end - on.left) // _BAR
    months = next(m for m in _MONTHS if (max(days) - min(days)).days // 30 <= m * most)
    bars: dict[tuple[date, date], Counter[str]] = {}
    for one in drawn:
        if one.filed_on:
            bar = bars.setdefault(_stretch(one.filed_on, months), Counter())
            bar["checked"] += one.checked
            bar["open"] += one.ambiguous + one.unexplained
    return bars


_BAR = 410
"""The least width of a bar, in tenths: it bears two numbers."""

_MONTHS = (3, 12, 24, 60, 120, 600, 1_200, 12_000, 120_000)
"""How many months a bar may count."""


def _stretch(day: date, months: int) -> tuple[date, date]:
    """The first day and the last of a bar that counts a day."""
    first = (day.year * 12 + day.month - 1) // months * months
    return _first(first), _first(first + months) - timedelta(days=1)


def _first(month: int) -> date:
    """The first day of a month, counted from the beginning of the calendar, as far as it goes."""
    month = min(max(month, 12), 12 * date.max.year + 11)
    return date(month // 12, month % 12 + 1, 1)


def _grid(across: _Across, ticks: Sequence[Tick], floor: int) -> Iterator[str]:
    """The lines of a panel; nothing here is counted in halves."""
    low, high = across.on.left, across.on.end
    for tick in (one for one in ticks if "." not in one.label):
        line = path((("M", low, tick.at), ("L", high, tick.at)))
        yield element("path", d=line, class_="grid")
        yield text(tick.label, low - 80, tick.at + 40, text_anchor="end", class_="small faint")
    for tick in across.named:
        line = path((("M", tick.at, floor), ("L", tick.at, floor + 50)))
        yield element("path", d=line, class_="grid")
        yield text(tick.label, tick.at, floor + 190, text_anchor="middle", class_="small faint")


def _x(one: Filed, across: _Across) -> int:
    return across.days.at(day_at(one.filed_on)) if one.filed_on else across.on.left


def _after(one: Filed) -> int | None:
    """Days from the due day until it came; None where either is unknown."""
    return None if one.filed_on is None or one.due_on is None else (one.filed_on - one.due_on).days


# --- in words ----------------------------------------------------------------------------


def _said(one: Filed) -> str:
    """`Form 4 of 2024-03-05, due 2024-03-04: late (0001000001-24-030501)`."""
    fares = {True: "late", False: "in time", None: "cannot be said whether late"}[one.late]
    due = f"due {one.due_on.isoformat()}: {fares}" if one.due_on else "no day by which it was due"
    came = one.filed_on.isoformat() if one.filed_on else "no day"
    return f"Form {one.form} of {came}, {due} ({one.filing})"


def _bar_in_words(bar: Counter[str]) -> str:
    return f"{bar['checked'] - bar['open']:,} of {_count(bar['checked'], 'total')} close"


def _described(drawn: Sequence[Filed], on: Sheet) -> Iterator[str]:
    late = Counter(one.late for one in drawn)
    yield (
        f"{_count(len(drawn), 'filing')}: {late[False]:,} in time, {late[True]:,} late, "
        f"{late[None]:,} of which that cannot be said"
    )
    for (first, last), bar in _bars(drawn, on).items() if drawn else ():
        if bar["checked"]:
            yield f"{first.isoformat()} to {last.isoformat()}: {_bar_in_words(bar)}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _legend(top: int, on: Sheet) -> tuple[str, int]:
    named = (
        ("agreed", "in time", 800),
        ("unexplained", "late", 650),
        ("opening", "cannot be said", 1_150),
    )
    keyed = [
        (wide, mark(verdict, 40, 110, said) + text(said, 130, 150, class_="small"))
        for verdict, said, wide in named
    ]
    tick = element("path", d=path((("M", 40, 70), ("L", 40, 150))), class_="mark opening")
    keyed.append((1_800, tick + text("no day by which it was due", 120, 150, class_="small")))
    said = (
        "Bars: totals by the day of their filing; hatched those that close, full those that do not. "
        "12/13: of 13 that could be compared 12 close."
    )
    return legend(top, keyed, said, on)
