"""Step charts of positions: the balance as a line, what filers claimed as marks on it.

A claim's mark has the shape of its verdict, so that no colour is needed to tell them apart.
What is not known stands as a band, an undated movement as a bar over the days on which it may
have been, and hatched is the time from a line's day until the public knew of it. Drawn from
answers alone, so that whatever they say is what is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.types import grouped
from projections.answers import History, HistoryEntry, PositionHistory
from projections.charts.scales import Scale, Tick, day_at, of_days, of_quantities
from projections.charts.sheet import (
    BROAD,
    HATCH,
    SHAPES,
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

PANEL = 3_000
"""The height of each position's panel below a title of one line, in tenths."""

_TOP, _BOTTOM = 640, 380
_LANES, _LANE = 3, 130
"""Lines on which the ids of findings may stand above a panel, and how far apart they lie."""

# --- the drawing -------------------------------------------------------------------------


def chart(answer: History, on: Sheet = BROAD) -> Drawing:
    """The positions of a history one below the other, as one SVG document.

    All have the same days, and each panel its own scale of quantities. The title and the
    description say in words what is drawn; the table of the same history has every number. What
    no day is known of cannot be drawn, and is named below.
    """
    drawn = _with_days(answer)
    return _drawn(answer, drawn, _frame(drawn, on), rest=[*_left_out(answer)])


def charts(answer: History) -> list[Drawing]:
    """The same as several drawings, one for each position, so that a printed page ends between them.

    The last has the legend, and names what could not be drawn.
    """
    drawn = _with_days(answer)
    whole, last = _frame(drawn, BROAD), len(drawn) - 1
    pieces = [
        _drawn(answer, [position], whole._replace(hatch=f"{HATCH}-{n}"), keyed=False)
        for n, position in enumerate(drawn[:-1], 1)
    ]
    return [*pieces, _drawn(answer, drawn[last:], whole, rest=[*_left_out(answer)])]


def _with_days(answer: History) -> list[PositionHistory]:
    """The positions of which something has a day."""
    return [position for position in answer.positions if _steps(position)]


class _Frame(NamedTuple):
    """What all panels have in common: their days, what they stand on, the name of the hatching."""

    days: Scale
    named: list[Tick]
    on: Sheet
    hatch: str


def _frame(drawn: Sequence[PositionHistory], on: Sheet) -> _Frame:
    steps = [step for position in drawn for step in _steps(position)]
    on = on.with_room(number for step in steps for number in _numbers(step))
    days = [*_days(steps)] or [date(2000, 1, 1)]  # by which nothing is drawn
    return _Frame(*of_days(days, on.left, on.end, on.days), on, HATCH + on.marked)


def _drawn(
    answer: History,
    positions: Sequence[PositionHistory],
    frame: _Frame,
    *,
    rest: Sequence[str] = (),
    keyed: bool = True,
) -> Drawing:
    """Some positions of an answer, with the days of all of it; with the legend where it is `keyed`."""
    known = f", as known on {answer.known_at}" if answer.known_at else ""
    heads = dict.fromkeys(f"{name(p.person)} at {name(p.issuer)}" for p in answer.positions)
    title = f"{'; '.join(heads) or 'Nothing is reported'}{known}"
    panels, top = [], 0
    for position in positions:
        panels.append(_panel(position, top, frame))
        top += PANEL + _more(position, frame.on)
    below, height = _legend(top, frame) if keyed else ("", 0)
    body, whole = "".join((*panels, below)), max(top, PANEL) + height
    told = map(_described, positions)
    return sheet(title, told, body, whole, below=rest, on=frame.on, hatch=frame.hatch)


def _more(position: PositionHistory, on: Sheet) -> int:
    """What a panel is higher by than others, as its title needs more than a line."""
    return (len(titled(_called(position), on)) - 1) * TITLE


def _left_out(answer: History) -> Iterator[str]:
    """What cannot be drawn for want of a day: whole positions, and lines before the first day."""
    for position in answer.positions:
        missing = len(position.entries) - len(_steps(position))
        if missing:
            lines = "1 line" if missing == 1 else f"{missing:,} lines"
            yield f"Not drawn, as no day is known: {lines} of {_called(position)}"


class _Step(NamedTuple):
    """An entry in its place: the day it is drawn at, the balance before it and after."""

    entry: HistoryEntry
    on: date
    before: Decimal | None
    after: Decimal | None


class _Plot(NamedTuple):
    """A panel's scales, where its lowest line is, what it stands on, and the name of the hatching."""

    days: Scale
    shares: Scale
    floor: int
    on: Sheet
    hatch: str


def _steps(position: PositionHistory) -> list[_Step]:
    """The entries in their order, each at its day, which never goes back behind the one before."""
    found: list[_Step] = []
    balance = position.opening
    for entry in position.entries:
        on = entry.effective_to or entry.effective_from or (found[-1].on if found else None)
        if on is None:
            continue
        on = max(on, found[-1].on) if found else on
        found.append(_Step(entry, on, balance, entry.computed))
        balance = entry.computed
    return found


def _days(steps: Sequence[_Step]) -> Iterator[date]:
    for step in steps:
        yield step.on
        if step.entry.effective_from is not None:
            yield step.entry.effective_from


def _numbers(step: _Step) -> Iterator[Decimal]:
    """What a step is drawn between, and what is claimed at it."""
    yield from (n for n in (step.before, step.after, step.entry.claimed) if n is not None)


def _panel(position: PositionHistory, top: int, frame: _Frame) -> str:
    steps, on = _steps(position), frame.on
    more = _more(position, on)
    roof, floor = top + _TOP + more, top + PANEL - _BOTTOM + more
    up, named = of_quantities([n for step in steps for n in _numbers(step)], floor, roof)
    plot = _Plot(frame.days, up, floor, on, frame.hatch)
    return element(
        "g",
        (
            *(
                text(line, on.begins, top + 200 + n * TITLE, class_="title")
                for n, line in enumerate(titled(_called(position), on))
            ),
            *_grid(named, frame.named, plot),
            *_unknown(steps, plot),
            *_hidden(steps, plot),
            *_line(position, steps, plot),
            *_undated(steps, plot),
            *_splits(steps, plot, roof),
            *_claims(steps, plot),
            *_flags(steps, plot, roof),
        ),
        role="group",
        aria_label=_called(position),
    )


def _grid(named: list[Tick], days: list[Tick], plot: _Plot) -> Iterator[str]:
    for tick in named:
        line = path((("M", plot.on.left, tick.at), ("L", plot.on.end, tick.at)))
        yield element("path", d=line, class_="grid")
        yield text(
            tick.label, plot.on.left - 80, tick.at + 40, text_anchor="end", class_="small faint"
        )
    for tick in days:
        line = path((("M", tick.at, plot.floor), ("L", tick.at, plot.floor + 50)))
        yield element("path", d=line, class_="grid")
        yield text(
            tick.label, tick.at, plot.floor + 190, text_anchor="middle", class_="small faint"
        )


def _line(position: PositionHistory, steps: Sequence[_Step], plot: _Plot) -> Iterator[str]:
    """The balance: dashed before the first report, where it is inferred from it."""
    points: list[tuple[str, int, int]] = []
    if position.opening is not None and steps:
        level, first = plot.shares.at(position.opening), _x(steps[0].on, plot)
        yield element(
            "path", d=path((("M", plot.on.left, level), ("L", first, level))), class_="line guess"
        )
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        if step.after is None:
            continue
        here, level = _x(step.on, plot), plot.shares.at(step.after)
        if step.before is not None:
            points.append(("M", here, plot.shares.at(step.before)))
            points.append(("L", here, level))
        else:
            points.append(("M", here, level))
        until = plot.on.end if after is None else _x(after.on, plot)
        points.append(("L", until, level))
    if points:
        yield element("path", d=path(points), class_="line")


def _x(day: date, plot: _Plot) -> int:
    return plot.days.at(day_at(day))


def _unknown(steps: Sequence[_Step], plot: _Plot) -> Iterator[str]:
    """A band from the floor to the roof while the balance is not known."""
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        if step.after is None:
            start = _x(step.on, plot)
            until = plot.on.end if after is None else _x(after.on, plot)
            said = element("title", f"unknown from {step.on.isoformat()}")
            end = (max(until, start + 20), plot.floor)
            yield box((start, plot.shares.end), end, said, plot.hatch)


def _hidden(steps: Sequence[_Step], plot: _Plot) -> Iterator[str]:
    """Hatched between the balance before and after, until the day on which it was known."""
    for step in steps:
        known = step.entry.known_on
        if known is None or step.before is None or step.after is None or known <= step.on:
            continue
        start, until = _x(step.on, plot), min(_x(known, plot), plot.on.end)
        if until - start < _SEEN or step.before == step.after:
            continue
        levels = sorted((plot.shares.at(step.before), plot.shares.at(step.after)))
        said = f"{step.on.isoformat()}, not known before {known.isoformat()}"
        inner = element("title", said)
        yield box((start, levels[0]), (until, levels[1]), inner, plot.hatch)


_SEEN = 40
"""The least width of a hatching, in tenths: two days in twenty years are none."""


def _undated(steps: Sequence[_Step], plot: _Plot) -> Iterator[str]:
    """A bar over the days on which a movement may have been, at the balance after it."""
    for step in steps:
        begins, ends = step.entry.effective_from, step.entry.effective_to
        if begins is None or ends is None or begins >= ends or step.after is None:
            continue
        level = plot.shares.at(step.after)
        said = f"{step.entry.event}, between {begins.isoformat()} and {ends.isoformat()}"
        bar = path((("M", _x(begins, plot), level), ("L", _x(ends, plot), level)))
        yield element("path", element("title", words(said)), d=bar, class_="bar")


def _splits(steps: Sequence[_Step], plot: _Plot, roof: int) -> Iterator[str]:
    for step in steps:
        if step.entry.event == "split":
            here = _x(step.on, plot)
            line = path((("M", here, roof), ("L", here, plot.floor)))
            yield element("path", d=line, class_="split")
            yield text("split", here + 40, plot.floor - 60, class_="small faint")


def _claims(steps: Sequence[_Step], plot: _Plot) -> Iterator[str]:
    """What filers claimed, by verdict; a claim set aside has its mark where it claims to be.

    Many marks may share a place: those of totals that do not follow are drawn last, over the others.
    """
    for step in sorted(steps, key=lambda step: _OVER.get(step.entry.verdict or "", 0)):
        claimed, verdict = step.entry.claimed, step.entry.verdict
        if claimed is None or verdict not in SHAPES:
            continue
        place = f"{step.entry.filing}#{step.entry.row}" if step.entry.row else step.entry.filing
        aside = ", set aside" if step.entry.set_aside else ""
        own = step.entry.effective_to or step.entry.effective_from
        when = step.on.isoformat() if own else "no day is known"
        said = f"{when}: {grouped(claimed)}, {verdict}{aside} ({place})"
        yield mark(verdict, _x(step.on, plot), plot.shares.at(claimed), said)


_OVER = {verdict: n for n, verdict in enumerate(SHAPES)}
"""Which marks lie over which others; the graver, the later."""


def _flags(steps: Sequence[_Step], plot: _Plot, roof: int) -> Iterator[str]:
    """The ids of findings above their days; where there is no room, the flag's pole alone.

    No pole crosses an id: ids are drawn last, on a strip of the paper.
    """
    taken = [plot.on.left - 10_000] * _LANES
    named: list[str] = []
    for step in steps:
        if not step.entry.findings:
            continue
        here, ids = _x(step.on, plot), ", ".join(step.entry.findings)
        more = f" +{len(step.entry.findings) - 1}" if len(step.entry.findings) > 1 else ""
        shown = f"{step.entry.findings[0]}{more}"
        width = len(shown) * 68 + 80
        left = here + width > plot.on.end
        begins = here - width if left else here
        lane = next((n for n, end in enumerate(taken) if end <= begins), None)
        height = roof - 90 - (lane or 0) * _LANE
        pole = path((("M", here, roof), ("L", here, height)))
        yield element("path", element("title", words(ids)), d=pole, class_="mark unexplained")
        if lane is not None:
            anchor, place = ("end", here - 30) if left else ("start", here + 30)
            named.append(text(shown, place, height + 40, class_="small id", text_anchor=anchor))
            taken[lane] = here + (60 if left else width)
    yield from named


# --- in words ----------------------------------------------------------------------------

_KEY, _HATCHED = 1_150, 2_100
"""The widths of a legend's parts: a verdict, and what is hatched."""


def _legend(top: int, frame: _Frame) -> tuple[str, int]:
    keyed = [
        (_KEY, mark(verdict, 40, 110, verdict) + text(verdict, 130, 150, class_="small"))
        for verdict in SHAPES
    ]
    hatched = box((0, 70), (180, 160), "", frame.hatch)
    keyed.append(
        (_HATCHED, hatched + text("unknown, or known only later", 240, 150, class_="small"))
    )
    said = (
        "Line: the balance; dashed: inferred from the first report. Bars: movements without a day. "
        "Flags: findings."
    )
    return legend(top, keyed, said, frame.on)


def _called(position: PositionHistory) -> str:
    terms = [position.security or "untitled"]
    if position.exercise_price is not None:
        terms.append(f"at {grouped(position.exercise_price)}")
    if position.expires_on:
        terms.append(f"expires {position.expires_on.isoformat()}")
    how = position.nature or position.ownership or "form of ownership not stated"
    terms.append(f"{how}: {position.holder}" if position.holder else how)
    terms += ["in dollars"] if position.unit == "dollars" else []
    return f"{name(position.person)}: {', '.join(terms)}"


def _described(position: PositionHistory) -> str:
    """A panel in words: from when to when, from how much to how much, and what does not follow."""
    steps = _steps(position)
    first, last = steps[0], steps[-1]
    level = "unknown" if last.after is None else grouped(last.after)
    counts: dict[str, int] = {}
    for step in steps:
        if step.entry.verdict:
            counts[step.entry.verdict] = counts.get(step.entry.verdict, 0) + 1
    totals = ", ".join(f"{n} {verdict}" for verdict, n in counts.items()) or "no totals"
    return (
        f"{_called(position)}: {first.on.isoformat()} to {last.on.isoformat()}, at last {level}; "
        f"{totals}"
    )
