"""The page that shows what sizes cost: its table is read, and drawn as curves.

    python -m tests.curves_page

The rows are those that `python -m tests.benchmarks.curves` prints; the drawing beside the page is
made from them alone, so that it shows what was measured and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple

from ledger.types import grouped
from projections.charts.scales import Scale, of_quantities
from projections.charts.sheet import BROAD, SHAPES, mark, sheet
from projections.charts.svg import element, path, text
from tests.rooms import ROOT

PAGE = ROOT / "docs" / "explanation" / "speed-and-size.md"
DRAWING = PAGE.with_name("speed-and-size.svg")

WORKS = ("ingest", "ingest again", "replay", "reconcile", "stats")
"""What is measured, in the order of the table's columns."""

_CELL = re.compile(r"([\d,.]+) s, ([\d,]+) MiB")


class Measured(NamedTuple):
    """What one work took at one size: lines, processor seconds of all processes, most MiB of one."""

    lines: Decimal
    seconds: Decimal
    memory: Decimal


def row(lines: int, filings: int, costs: list[tuple[float, float]]) -> str:
    """A size as a row of the table: what each work took, seconds of a processor and MiB."""
    cells = (f"{_figure(seconds)} s, {memory:,.0f} MiB" for seconds, memory in costs)
    return f"| {lines:,} in {filings:,} filings | " + " | ".join(cells) + " |"


def _figure(seconds: float) -> str:
    return f"{seconds:,.1f}" if seconds < 10 else f"{seconds:,.0f}"


def measured(page: str) -> dict[str, list[Measured]]:
    """By work, what the page's table says that it took, from the smallest size on."""
    by_work: dict[str, list[Measured]] = {work: [] for work in WORKS}
    for line in page.splitlines():
        if cells := _CELL.findall(line):
            lines = _number(line[2:].split()[0])
            for work, cell in zip(WORKS, cells, strict=True):
                by_work[work].append(Measured(lines, *map(_number, cell)))
    return by_work


def _number(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


# --- drawing -----------------------------------------------------------------------------

_HEIGHT, _TOP, _GAP = 2_600, 500, 700
"""Of a panel, from the drawing's upper edge to the first, and between two; in tenths."""

_LABELS = 1_100
"""The room right of a panel for the names of its curves."""

_APART = 150
"""What two names are apart, at least."""

_KINDS = dict(zip(WORKS, SHAPES, strict=True))
"""The mark of each work's curve: its shape tells curves apart without colour."""


def drawn(page: str) -> str:
    """The curves of a page: processor time by size, both by powers of ten; and memory by size."""
    costs = measured(page)
    sizes = [at.lines for at in next(iter(costs.values()))]
    right = BROAD.end - _LABELS
    across = _powers(sizes, BROAD.left, right)
    panels = (
        ("Seconds of a processor", {w: [m.seconds for m in at] for w, at in costs.items()}, True),
        (
            "Most memory of a process, MiB",
            {w: [m.memory for m in at] for w, at in costs.items()},
            False,
        ),
    )
    body, top = [], _TOP
    for title, curves, by_powers in panels:
        body += _panel(title, curves, sizes, across, top, by_powers=by_powers)
        top += _HEIGHT + _GAP
    title = "What ledgers of growing size take"
    about = [f"{work}: {_told(at)}" for work, at in costs.items()]
    return f"{sheet(title, about, ''.join(body), top - _GAP + 500, on=BROAD, hatch='none')}\n"


def _told(costs: list[Measured]) -> str:
    return ", ".join(f"{m.seconds} s and {m.memory} MiB at {grouped(m.lines)} lines" for m in costs)


def _panel(
    title: str,
    curves: dict[str, list[Decimal]],
    sizes: list[Decimal],
    across: Scale,
    top: int,
    *,
    by_powers: bool,
) -> Iterator[str]:
    """One panel: its title, its grid, a curve for each work, and the names at their ends."""
    numbers = [number for curve in curves.values() for number in curve]
    low, high = top + _HEIGHT, top
    if by_powers:
        up = _powers(numbers, low, high)
        ticks = [(up.at(power), _power(power)) for power in range(int(up.low), int(up.high) + 1)]
    else:
        up, labelled = of_quantities(numbers, low, high)
        ticks = [(tick.at, tick.label) for tick in labelled]
    yield text(title, BROAD.begins, top - 180, class_="title")
    for y, label in ticks:
        yield element("path", d=path((("M", across.start, y), ("L", across.end, y))), class_="grid")
        yield text(label, across.start - 80, y + 40, class_="small faint", text_anchor="end")
    for power in range(int(across.low), int(across.high) + 1):
        x = across.at(power)
        yield element("path", d=path((("M", x, low), ("L", x, high))), class_="grid")
        yield text(
            f"{_power(power)} lines", x, low + 180, class_="small faint", text_anchor="middle"
        )
    ends: dict[str, int] = {}
    for work, curve in curves.items():
        heights = [up.at(_log(number) if by_powers else number) for number in curve]
        places = [(across.at(_log(size)), y) for size, y in zip(sizes, heights, strict=True)]
        yield element(
            "path",
            d=path((("L" if n else "M"), x, y) for n, (x, y) in enumerate(places)),
            class_=f"edge {_KINDS[work]}",
        )
        for (x, y), size, number in zip(places, sizes, curve, strict=True):
            yield mark(_KINDS[work], x, y, f"{work}, {grouped(size)} lines: {grouped(number)}")
        ends[work] = heights[-1]
    for work, y in _apart(ends):
        yield text(work, across.end + 120, y + 40)


def _apart(ends: dict[str, int]) -> Iterator[tuple[str, int]]:
    """The names at their curves' ends, from above, none over another."""
    last = -_APART
    for work, y in sorted(ends.items(), key=lambda end: end[1]):
        last = max(y, last + _APART)
        yield work, last


def _powers(numbers: list[Decimal], start: int, end: int) -> Scale:
    """A scale by powers of ten, from the one below the least of some numbers to the one above all."""
    logs = [_log(number) for number in numbers]
    low, high = floor(min(logs)), ceil(max(logs))
    return Scale(Fraction(low), Fraction(high), start, end)


def _log(number: Decimal) -> Decimal:
    """The power of ten that a number is; zero is drawn as the least that is measured, a tenth."""
    return max(number, Decimal("0.1")).log10()


def _power(power: int) -> str:
    return grouped(Decimal(10) ** power)


if __name__ == "__main__":
    DRAWING.write_text(drawn(PAGE.read_text("utf-8")), "utf-8", newline="\n")
