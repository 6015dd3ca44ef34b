"""Who holds how much of each class over time: a strip for each insider, one below the other.

All strips have the same days and each its own scale. A line is what is held; dashed where a part is
in doubt, or only implied by a later report; a hatched band is a range, or what is not known at all.
Drawn from the answer alone, so that whatever it says is what is seen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from ledger.types import grouped
from projections.answers import Stake, Stakes
from projections.charts.scales import Scale, Tick, day_at, of_days, of_quantities
from projections.charts.sheet import BROAD, TITLE, Drawing, Sheet, box, legend, name, sheet, titled
from projections.charts.svg import element, path, text, words
from projections.sums import StakeLevel

_STRIP, _HEAD, _FOOT = 720, 320, 330
"""Heights, in tenths: of a strip, of a class's title above and days below it."""

_ROOF, _FLOOR = 250, 650
"""Where a strip's highest and lowest place lie below its top."""

_LAST, _LINE = 2, 150
"""Lines in which a narrow strip says what is held at last, below the name, and the height of each."""

_HATCH = "hatch-stakes"
"""Its hatching, by a name that no other drawing on a page has."""


def chart_of_stakes(answer: Stakes, on: Sheet = BROAD) -> Drawing:
    """What each insider holds of each class, as one SVG document.

    The title and the description say in words what is drawn; the answer has every number.
    """
    classes = [list(group) for _, group in groupby(answer.stakes, key=_class)]
    return _drawn(answer, classes, _HATCH + on.marked, on)


def charts_of_stakes(answer: Stakes) -> list[Drawing]:
    """The same as several drawings, each no higher than a printed page, with the same days on all."""
    pages: list[list[list[Stake]]] = [[]]
    for _, group in groupby(answer.stakes, key=_class):
        strips = list(group)
        for at in range(0, len(strips), _STRIPS):
            panel = strips[at : at + _STRIPS]
            if pages[-1] and sum(_height(one, BROAD) for one in (*pages[-1], panel)) > _PAGE:
                pages.append([])
            pages[-1].append(panel)
    return [
        _drawn(answer, panels, f"{_HATCH}-{n}" if n else _HATCH, BROAD)
        for n, panels in enumerate(pages)
    ]


_PAGE = 11 * BROAD.width // 10
"""The height of a printed page beside the width of a drawing on it."""

_STRIPS = (_PAGE - _HEAD - _FOOT - 4 * TITLE) // _STRIP
"""Strips that fit in it."""


def _height(strips: Sequence[Stake], on: Sheet) -> int:
    """The height of a class with so many strips."""
    return _more(strips[0], on) + _HEAD + len(strips) * (_STRIP + _words(on)) + _FOOT


def _words(on: Sheet) -> int:
    """What a strip is higher by than on a broad sheet, where all its words stand in one line."""
    return 0 if on.broad else _LAST * _LINE


def _drawn(answer: Stakes, classes: Sequence[Sequence[Stake]], hatch: str, on: Sheet) -> Drawing:
    """Some classes of an answer, with the days of all of it; its hatching by this name."""
    known = f", as known on {answer.known_at}" if answer.known_at else ""
    told = [stake for strips in classes for stake in strips]
    companies = dict.fromkeys(name(stake.issuer) for stake in told)
    title = f"Who holds how much: {'; '.join(companies) or 'nothing is reported'}{known}"
    on = on.with_room(number for stake in answer.stakes for number in _numbers(stake))
    days = [day for stake in answer.stakes for day in _days(stake)]
    body, top = [], 0
    if days:
        across = of_days(days, on.left, on.end, on.days)
        for strips in classes:
            body.append(_panel(strips, top, _Panel(*across, on, hatch)))
            top += _height(strips, on)
    below, height = _legend(top, hatch, on)
    body.append(below)
    return sheet(title, map(_described, told), "".join(body), top + height, on=on, hatch=hatch)


class _Panel(NamedTuple):
    """What all strips have in common: their days, what they stand on, the name of the hatching."""

    days: Scale
    named: list[Tick]
    on: Sheet
    hatch: str


def _days(stake: Stake) -> Iterator[date]:
    """The days of a stake's levels, and that of the last total, which no level need begin on."""
    yield from (level.on for level in stake.levels)
    if stake.last_claim_on is not None:
        yield stake.last_claim_on


def _class(stake: Stake) -> tuple[str, str]:
    return name(stake.issuer), stake.called


def _numbers(stake: Stake) -> Iterator[Decimal]:
    """Every number that a stake's levels say."""
    for level in stake.levels:
        bounds = (level.shares, level.shares_low, level.shares_high)
        yield from (number for number in bounds if number is not None)


def _more(stake: Stake, on: Sheet) -> int:
    """What a panel is higher by than others, as its title needs more than a line."""
    return (len(titled(", ".join(_class(stake)), on)) - 1) * TITLE


class _Span(NamedTuple):
    """A level in its place: from where to where across, and by which scale upwards."""

    level: StakeLevel
    start: int
    end: int
    up: Scale

    @property
    def known(self) -> bool:
        """Whether it is one number."""
        return self.level.shares is not None


def _panel(strips: Sequence[Stake], top: int, panel: _Panel) -> str:
    """A class: its title, a strip for each who holds it, and the days."""
    on = panel.on
    issuer, security = _class(strips[0])
    lines = titled(f"{issuer}, {security}", on)
    begins = min(100, on.begins)
    parts = [
        text(line, begins, top + 200 + n * TITLE, class_="title") for n, line in enumerate(lines)
    ]
    top += _more(strips[0], on)
    high = _STRIP + _words(on)
    floor = top + _HEAD + (len(strips) - 1) * high + _words(on) + _FLOOR
    for tick in panel.named:
        line = path((("M", tick.at, top + _HEAD + _words(on) + _ROOF), ("L", tick.at, floor + 50)))
        parts.append(element("path", d=line, class_="grid"))
        parts.append(
            text(tick.label, tick.at, floor + 190, text_anchor="middle", class_="small faint")
        )
    parts += [_strip(stake, top + _HEAD + n * high, panel) for n, stake in enumerate(strips)]
    return element("g", parts, role="group", aria_label=f"{issuer}, {security}")


def _strip(stake: Stake, top: int, panel: _Panel) -> str:
    on, words_above = panel.on, _words(panel.on)
    roof, floor = top + words_above + _ROOF, top + words_above + _FLOOR
    up, ticks = of_quantities([*_numbers(stake)], floor, roof)
    places = [panel.days.at(day_at(level.on)) for level in stake.levels]
    spans = [
        _Span(level, start, end, up)
        for level, start, end in zip(stake.levels, places, [*places[1:], on.end], strict=True)
    ]
    return element(
        "g",
        (
            *_said(stake, top, on),
            *_scale(ticks, on),
            *(_band(span, panel.hatch) for span in spans if not span.known),
            *_line(spans),
        ),
        role="group",
        aria_label=_described(stake),
    )


def _said(stake: Stake, top: int, on: Sheet) -> Iterator[str]:
    """Who it is, and how much at last: beside one another, or below."""
    last = f"at last {_extent(stake.levels[-1])}{_remarks(stake.levels[-1])}"
    if on.broad:
        yield text(name(stake.person), on.left, top + 170)
        yield text(last, on.end, top + 170, text_anchor="end", class_="small")
        return
    (who,) = wrap(name(stake.person), on.letters(_LETTER), max_lines=1, placeholder=" …") or [""]
    yield text(who, on.begins, top + 170)
    lines = wrap(last, on.letters(_SMALL), max_lines=_LAST, placeholder=" …")
    for n, line in enumerate(lines, 1):
        yield text(line, on.begins, top + 170 + n * _LINE, class_="small")


_LETTER, _SMALL = 78, 64
"""Widths of a letter of a name, and of what is said of it."""


def _scale(ticks: Sequence[Tick], on: Sheet) -> Iterator[str]:
    """The lowest and the highest quantity, and a line at the lowest."""
    for tick in (ticks[0], ticks[-1]):
        line = path((("M", on.left, tick.at), ("L", on.end, tick.at)))
        yield element("path", d=line, class_="grid")
        yield text(tick.label, on.left - 80, tick.at + 40, text_anchor="end", class_="small faint")


def _band(span: _Span, hatch: str) -> str:
    """A range as a band with its edges; without an upper bound it goes to the roof."""
    low, high = span.level.shares_low, span.level.shares_high
    roof = span.up.end if high is None else span.up.at(high)
    floor = span.up.start if low is None else span.up.at(low)
    end = max(span.end, span.start + _SEEN)
    said = f"{span.level.on.isoformat()}: {_extent(span.level)}{_remarks(span.level)}"
    edges = [
        element("path", d=path((("M", span.start, at), ("L", end, at))), class_="edge")
        for at, bound in ((roof, high), (floor, low))
        if bound is not None
    ]
    inner = element("title", words(said))
    return box((span.start, roof), (end, max(floor, roof + _SEEN)), inner, hatch) + "".join(edges)


_SEEN = 20
"""The least width of a band, in tenths."""


def _line(spans: Sequence[_Span]) -> Iterator[str]:
    """The levels as steps: solid where all is firm, dashed elsewhere; none where nothing is known."""
    for firm, group in groupby(spans, key=lambda s: (s.known, s.level.doubted or s.level.inferred)):
        known, guess = firm
        points: list[tuple[str, int, int]] = []
        for span in group if known else ():
            at = span.up.at(span.level.shares or Decimal())
            points += [("L" if points else "M", span.start, at), ("L", span.end, at)]
        if points:
            yield element("path", d=path(points), class_="line guess" if guess else "line")


# --- in words ----------------------------------------------------------------------------


def _extent(level: StakeLevel) -> str:
    """How much is held, as far as it is known."""
    low, high = level.shares_low, level.shares_high
    if level.shares is not None:
        return grouped(level.shares)
    if high is None:
        return f"at least {grouped(low)}" if low else "unknown"
    return f"{grouped(low or Decimal())} to {grouped(high)}"


def _remarks(level: StakeLevel) -> str:
    """What must be known beside the number."""
    shared = "others share a part" if level.shared else ""
    told = (
        shared if level.shared != level.shares else "others share it" if level.shares else "",
        "in doubt" if level.doubted else "",
        "inferred" if level.inferred else "",
        "more is said and not counted" if level.left_out else "",
    )
    return "".join(f", {one}" for one in told if one)


def _described(stake: Stake) -> str:
    """A strip in words: whose, of what, since when, and how much at last."""
    last = stake.levels[-1]
    return (
        f"{name(stake.person)}, {stake.called}: {min(_days(stake)).isoformat()} to "
        f"{max(_days(stake)).isoformat()}, at last {_extent(last)}{_remarks(last)}"
    )


def _legend(top: int, hatch: str, on: Sheet) -> tuple[str, int]:
    line = element("path", d=path((("M", 0, 110), ("L", 300, 110))), class_="line")
    dashed = element("path", d=path((("M", 0, 110), ("L", 300, 110))), class_="line guess")
    hatched = box((0, 50), (260, 170), "", hatch)
    keyed = (
        (1_300, line + text("what is held", 380, 150, class_="small")),
        (2_400, dashed + text("a part in doubt, or inferred", 380, 150, class_="small")),
        (1_700, hatched + text("a range, or not known", 340, 150, class_="small")),
    )
    return legend(top, keyed, "", on)
