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

from projections.charts.scales import Scale, Tick, day_at, of_days, of_quantities
from projections.charts.sheet import LEFT, RIGHT, WIDTH, Drawing, box, mark, name, sheet
from projections.charts.svg import element, path, text, words
from projections.registers import Filed, FiledOnes

_DAYS, _TOTALS, _LEGEND = 2_700, 2_300, 640
"""Heights, in tenths: of the panel of days, of that of totals, of the legend."""

_ROOF, _FLOOR = 420, 420
"""Above and below what is drawn in a panel."""

_HATCH = "hatch-filed"
"""Its hatching, by a name that no other drawing on a page has."""


def chart_of_filed(answer: FiledOnes) -> Drawing:
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
        across = of_days(days, LEFT, WIDTH - RIGHT)
        parts = [_lateness(drawn, across), _closure(drawn, across)]
    top = _DAYS + _TOTALS if days else 0
    return sheet(
        title,
        _described(drawn),
        "".join((*parts, _legend(top))),
        top + _LEGEND,
        below,
        hatch=_HATCH,
    )


_Across = tuple[Scale, list[Tick]]


def _lateness(drawn: Sequence[Filed], across: _Across) -> str:
    """A mark for each filing: across the day on which it came, upwards how long after its due day."""
    floor = _DAYS - _FLOOR
    after = [Decimal(days) for one in drawn if (days := _after(one)) is not None]
    up, ticks = of_quantities(after, floor - _LANE, _ROOF)
    title = "Days from the due day of each filing until it came"
    parts = [text(title, LEFT, 200, class_="title"), *_grid(across, ticks, floor)]
    for one in drawn:
        days, here = _after(one), _x(one, across[0])
        if days is None:
            tick = path((("M", here, floor - 100), ("L", here, floor - 20)))
            said = element("title", words(_said(one)))
            parts.append(element("path", said, d=tick, class_="mark opening"))
        else:
            parts.append(mark(_MARKS[one.late], here, up.at(days), _said(one)))
    return element("g", parts, role="group", aria_label=title)


_LANE = 200
"""The height of the line on which filings without a due day stand."""

_MARKS = {False: "agreed", True: "unexplained", None: "opening"}
"""The mark of a filing in time, of a late one, and where that cannot be said."""


def _closure(drawn: Sequence[Filed], across: _Across) -> str:
    """A bar for each stretch of time: how many totals could be compared, those that are open full."""
    roof, floor = _DAYS + _ROOF, _DAYS + _TOTALS - _FLOOR
    bars = _bars(drawn)
    up, ticks = of_quantities([Decimal(bar["checked"]) for bar in bars.values()], floor, roof)
    title = "Totals that could be compared: how many of them close"
    parts = [text(title, LEFT, _DAYS + 200, class_="title"), *_grid(across, ticks, floor)]
    low, high = LEFT, WIDTH - RIGHT
    for (first, last), bar in bars.items():
        start, end = (min(max(across[0].at(day_at(day)), low), high) for day in (first, last))
        start, end = start + _GAP, max(end - _GAP, start + 3 * _GAP)
        if not bar["checked"]:
            continue
        top, open_at = up.at(bar["checked"]), up.at(bar["open"])
        said = f"{first.isoformat()} to {last.isoformat()}: {_bar_in_words(bar)}"
        outline = _corners(start, top, end, floor)
        parts.append(box((start, top), (end, open_at), element("title", words(said)), _HATCH))
        if bar["open"]:
            full = _corners(start, open_at, end, floor)
            parts.append(element("path", d=full, class_="mark unexplained full"))
        parts.append(element("path", d=outline, class_="edge"))
        label = f"{bar['checked'] - bar['open']:,}/{bar['checked']:,}"
        middle = (start + end) // 2
        parts.append(text(label, middle, top - 40, text_anchor="middle", class_="small"))
    return element("g", parts, role="group", aria_label=title)


_GAP = 20
"""Between a bar and the days that bound it."""


def _corners(start: int, top: int, end: int, floor: int) -> str:
    corners = ((start, floor), (start, top), (end, top), (end, floor), (start, floor))
    return path(("L" if n else "M", x, y) for n, (x, y) in enumerate(corners))


def _bars(drawn: Sequence[Filed]) -> dict[tuple[date, date], Counter[str]]:
    """By year, or by quarter where there are few years: totals that were compared, and open ones."""
    days = [one.filed_on for one in drawn if one.filed_on]
    months = 12 if max(days) - min(days) > _YEARS else 3
    bars: dict[tuple[date, date], Counter[str]] = {}
    for one in drawn:
        if one.filed_on:
            bar = bars.setdefault(_stretch(one.filed_on, months), Counter())
            bar["checked"] += one.checked
            bar["open"] += one.ambiguous + one.unexplained
    return bars


_YEARS = timedelta(days=4 * 366)
"""Beyond it bars are of whole years."""


def _stretch(day: date, months: int) -> tuple[date, date]:
    """The first day of the year or quarter of a day, and the last."""
    first = (day.month - 1) // months * months
    begins = date(day.year, first + 1, 1)
    after = day.year * 12 + first + months
    return begins, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _grid(across: _Across, ticks: Sequence[Tick], floor: int) -> Iterator[str]:
    """The lines of a panel; nothing here is counted in halves."""
    for tick in (one for one in ticks if "." not in one.label):
        line = path((("M", LEFT, tick.at), ("L", WIDTH - RIGHT, tick.at)))
        yield element("path", d=line, class_="grid")
        yield text(tick.label, LEFT - 80, tick.at + 40, text_anchor="end", class_="small faint")
    for tick in across[1]:
        line = path((("M", tick.at, floor), ("L", tick.at, floor + 50)))
        yield element("path", d=line, class_="grid")
        yield text(tick.label, tick.at, floor + 190, text_anchor="middle", class_="small faint")


def _x(one: Filed, days: Scale) -> int:
    return days.at(day_at(one.filed_on)) if one.filed_on else LEFT


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


def _described(drawn: Sequence[Filed]) -> Iterator[str]:
    late = Counter(one.late for one in drawn)
    yield (
        f"{_count(len(drawn), 'filing')}: {late[False]:,} in time, {late[True]:,} late, "
        f"{late[None]:,} of which that cannot be said"
    )
    for (first, last), bar in _bars(drawn).items() if drawn else ():
        if bar["checked"]:
            yield f"{first.isoformat()} to {last.isoformat()}: {_bar_in_words(bar)}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _legend(top: int) -> str:
    named = (("agreed", "in time"), ("unexplained", "late"), ("opening", "cannot be said"))
    parts: list[str] = []
    x = LEFT
    for verdict, said in named:
        parts += [mark(verdict, x, top + 110, said), text(said, x + 90, top + 150, class_="small")]
        x += 1_000
    tick = path((("M", x + 200, top + 70), ("L", x + 200, top + 150)))
    parts.append(element("path", d=tick, class_="mark opening"))
    parts.append(text("no day by which it was due", x + 280, top + 150, class_="small"))
    second = (
        "Bars: totals by the day of their filing; hatched those that close, full those that do not. "
        "12/13: of 13 that could be compared 12 close."
    )
    parts.append(text(second, LEFT, top + 400, class_="small faint"))
    return element("g", parts, aria_hidden="true")
