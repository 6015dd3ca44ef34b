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
from typing import NamedTuple

from ledger.types import grouped
from projections.answers import Stake, Stakes
from projections.charts.scales import Scale, Tick, day_at, of_days, of_quantities
from projections.charts.sheet import LEFT, RIGHT, TITLE, WIDTH, Drawing, box, name, sheet, titled
from projections.charts.svg import element, path, text, words
from projections.sums import StakeLevel

_STRIP, _HEAD, _FOOT, _LEGEND = 720, 320, 330, 380
"""Heights, in tenths: of a strip, of a class's title above and days below it, of the legend."""

_ROOF, _FLOOR = 250, 650
"""Where a strip's highest and lowest place lie below its top."""

_HATCH = "hatch-stakes"
"""Its hatching, by a name that no other drawing on a page has."""


def chart_of_stakes(answer: Stakes) -> Drawing:
    """What each insider holds of each class, as one SVG document.

    The title and the description say in words what is drawn; the answer has every number.
    """
    classes = [list(group) for _, group in groupby(answer.stakes, key=_class)]
    return _drawn(answer, classes, _HATCH)


def charts_of_stakes(answer: Stakes) -> list[Drawing]:
    """The same as several drawings, each no higher than a printed page, with the same days on all."""
    pages: list[list[list[Stake]]] = [[]]
    for _, group in groupby(answer.stakes, key=_class):
        strips = list(group)
        for at in range(0, len(strips), _STRIPS):
            panel = strips[at : at + _STRIPS]
            if pages[-1] and sum(map(_height, (*pages[-1], panel))) > _PAGE:
                pages.append([])
            pages[-1].append(panel)
    return [
        _drawn(answer, panels, f"{_HATCH}-{n}" if n else _HATCH) for n, panels in enumerate(pages)
    ]


_PAGE = 11 * WIDTH // 10
"""The height of a printed page beside the width of a drawing on it."""

_STRIPS = (_PAGE - _HEAD - _FOOT - 4 * TITLE) // _STRIP
"""Strips that fit in it."""


def _height(strips: Sequence[Stake]) -> int:
    """The height of a class with so many strips."""
    return _more(strips[0]) + _HEAD + len(strips) * _STRIP + _FOOT


def _drawn(answer: Stakes, classes: Sequence[Sequence[Stake]], hatch: str) -> Drawing:
    """Some classes of an answer, with the days of all of it; its hatching by this name."""
    known = f", as known on {answer.known_at}" if answer.known_at else ""
    told = [stake for strips in classes for stake in strips]
    companies = dict.fromkeys(name(stake.issuer) for stake in told)
    title = f"Who holds how much: {'; '.join(companies) or 'nothing is reported'}{known}"
    days = [day for stake in answer.stakes for day in _days(stake)]
    body, top = [], 0
    if days:
        across = of_days(days, LEFT, WIDTH - RIGHT)
        for strips in classes:
            body.append(_panel(strips, top, across, hatch))
            top += _height(strips)
    body.append(_legend(top, hatch))
    return sheet(title, map(_described, told), "".join(body), top + _LEGEND, (), hatch=hatch)


def _days(stake: Stake) -> Iterator[date]:
    """The days of a stake's levels, and that of the last total, which no level need begin on."""
    yield from (level.on for level in stake.levels)
    if stake.last_claim_on is not None:
        yield stake.last_claim_on


def _class(stake: Stake) -> tuple[str, str]:
    return name(stake.issuer), stake.called


def _more(stake: Stake) -> int:
    """What a panel is higher by than others, as its title needs more than a line."""
    return (len(titled(", ".join(_class(stake)))) - 1) * TITLE


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


def _panel(strips: Sequence[Stake], top: int, across: tuple[Scale, list[Tick]], hatch: str) -> str:
    """A class: its title, a strip for each who holds it, and the days."""
    scale, named = across
    issuer, security = _class(strips[0])
    lines = titled(f"{issuer}, {security}")
    parts = [text(line, 100, top + 200 + n * TITLE, class_="title") for n, line in enumerate(lines)]
    top += _more(strips[0])
    floor = top + _HEAD + (len(strips) - 1) * _STRIP + _FLOOR
    for tick in named:
        line = path((("M", tick.at, top + _HEAD + _ROOF), ("L", tick.at, floor + 50)))
        parts.append(element("path", d=line, class_="grid"))
        parts.append(
            text(tick.label, tick.at, floor + 190, text_anchor="middle", class_="small faint")
        )
    parts += [
        _strip(stake, top + _HEAD + n * _STRIP, scale, hatch) for n, stake in enumerate(strips)
    ]
    return element("g", parts, role="group", aria_label=f"{issuer}, {security}")


def _strip(stake: Stake, top: int, days: Scale, hatch: str) -> str:
    roof, floor = top + _ROOF, top + _FLOOR
    bounds = [(v.shares, v.shares_low, v.shares_high) for v in stake.levels]
    numbers = [n for some in bounds for n in some if n is not None]
    up, ticks = of_quantities(numbers, floor, roof)
    places = [days.at(day_at(level.on)) for level in stake.levels]
    spans = [
        _Span(level, start, end, up)
        for level, start, end in zip(
            stake.levels, places, [*places[1:], WIDTH - RIGHT], strict=True
        )
    ]
    last = f"at last {_extent(stake.levels[-1])}{_remarks(stake.levels[-1])}"
    return element(
        "g",
        (
            text(name(stake.person), LEFT, top + 170),
            text(last, WIDTH - RIGHT, top + 170, text_anchor="end", class_="small"),
            *_scale(ticks),
            *(_band(span, hatch) for span in spans if not span.known),
            *_line(spans),
        ),
        role="group",
        aria_label=_described(stake),
    )


def _scale(ticks: Sequence[Tick]) -> Iterator[str]:
    """The lowest and the highest quantity, and a line at the lowest."""
    for tick in (ticks[0], ticks[-1]):
        line = path((("M", LEFT, tick.at), ("L", WIDTH - RIGHT, tick.at)))
        yield element("path", d=line, class_="grid")
        yield text(tick.label, LEFT - 80, tick.at + 40, text_anchor="end", class_="small faint")


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


def _legend(top: int, hatch: str) -> str:
    line = path((("M", LEFT, top + 110), ("L", LEFT + 300, top + 110)))
    dashed = path((("M", LEFT + 1_300, top + 110), ("L", LEFT + 1_600, top + 110)))
    parts = [
        element("path", d=line, class_="line"),
        text("what is held", LEFT + 380, top + 150, class_="small"),
        element("path", d=dashed, class_="line guess"),
        text("a part in doubt, or inferred", LEFT + 1_680, top + 150, class_="small"),
        box((LEFT + 3_700, top + 50), (LEFT + 3_960, top + 170), "", hatch),
        text("a range, or not known", LEFT + 4_040, top + 150, class_="small"),
    ]
    return element("g", parts, aria_hidden="true")
