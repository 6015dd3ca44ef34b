"""Paper to print a form on: pages, runs of words, ruling lines, and how a print may look."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ledger.filing import Filing

Measure = Callable[[str, bool], float]
"""How wide a text is, as a part of its size; whether it is bold."""


class Piece(NamedTuple):
    """A run of print on one line: where it begins, its foot from above, its size in points."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


class Stroke(NamedTuple):
    """A ruling line and its thickness."""

    left: float
    top: float
    right: float
    bottom: float
    thick: float = 0.6


@dataclass
class Leaf:
    """One printed page."""

    wide: float
    high: float
    pieces: list[Piece] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


class Look:
    """How one print looks, drawn from a seed."""

    def __init__(self, seed: int, *, ruled: bool | None = None) -> None:
        chance = self.random = random.Random(f"look/{seed}")
        across = chance.random() < 0.6
        self.wide, self.high = (792.0, 612.0) if across else (612.0, 792.0)
        self.size = chance.choice((6.8, 7.2, 7.6, 8.0) if across else (5.8, 6.2, 6.6))
        self.label = self.size * chance.choice((0.82, 0.88, 0.95))
        self.ruled = chance.random() < 0.75 if ruled is None else ruled
        self.thick = chance.choice((0.4, 0.6, 0.9, 1.2))
        self.raise_by = chance.choice((0.32, 0.36, 0.42))
        self.mark_size = chance.choice((0.6, 0.66, 0.75))
        self.figures = chance.choice(("middle", "middle", "right", "left"))
        self.deep = chance.choice(("top", "top", "middle"))
        self.pad = chance.choice((1.5, 2.2, 3.0))
        self.margin = chance.choice((24.0, 30.0, 38.0))
        self.repeats = chance.random() < 0.5
        self.empty_row = chance.random() < 0.4
        self.underlined = chance.random() < 0.2
        self.tick = chance.choice(("X", "X", "X", "x"))

    @classmethod
    def common(cls, seed: int) -> Look:
        """The look that forms printed from a browser have: upright, ruled, in type of 6.4 points."""
        look = cls(seed, ruled=True)
        look.wide, look.high = 612.0, 792.0
        look.size, look.label, look.thick = 6.4, 5.6, 0.75
        look.raise_by, look.mark_size = 0.36, 0.72
        look.figures, look.deep, look.pad, look.margin = "middle", "top", 2.2, 24.0
        look.repeats = look.empty_row = look.underlined = False
        look.tick = "X"
        return look


class Printer:
    """Prints words and lines on page after page."""

    def __init__(self, filing: Filing, look: Look, measure: Measure) -> None:
        self.filing, self.look, self.measure = filing, look, measure
        self.number = filing.form[0]
        self.marks = {note.id: str(at) for at, note in enumerate(filing.footnotes, 1)}
        self.pages: list[Leaf] = []
        self._turn()

    def _turn(self) -> None:
        self.page = Leaf(self.look.wide, self.look.high)
        self.pages.append(self.page)
        self.y = self.look.margin

    def _room(self, high: float) -> bool:
        """Whether so much fits on what is left of the page; else a new one is begun."""
        if self.y + high <= self.look.high - self.look.margin:
            return True
        self._turn()
        return False

    def put(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> float:
        """Prints a run of words; returns where it ends."""
        if text:
            self.page.pieces.append(Piece(x, y, text, size, bold))
        return x + self.measure(text, bold) * size

    def _rule(self, left: float, top: float, right: float, bottom: float) -> None:
        self.page.strokes.append(Stroke(left, top, right, bottom, self.look.thick))

    def _frame(self, left: float, top: float, right: float, bottom: float) -> None:
        self._rule(left, top, right, top)
        self._rule(left, bottom, right, bottom)
        self._rule(left, top, left, bottom)
        self._rule(right, top, right, bottom)

    def _broken(self, text: str, wide: float, size: float, *, bold: bool = False) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.measure(longer, bold) * size <= wide:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _paragraph(self, text: str, *, bold: bool = False) -> None:
        size, left = self.look.size, self.look.margin
        for line in self._broken(text, self.look.wide - 2 * left, size, bold=bold):
            self._room(size * 1.3)
            self.y += size * 1.25
            self.put(left, self.y, line, size, bold=bold)
        self.y += size * 0.5


def printed_day(day: date | None) -> str:
    """A day as the form prints it."""
    return "" if day is None else f"{day:%m/%d/%Y}"
