"""What an answer looks like to a reader, before it is text, Markdown or HTML.

An answer is a sequence of blocks: headings, paragraphs and grids. Their strings are still
a stranger's words; whatever writes them makes them safe for its own kind of page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Heading(NamedTuple):
    """A line that names what follows it; other texts may lead to it by its `anchor`.

    An anchor stands in other blocks as a word of its own, such as the id of a finding.
    """

    text: str
    level: int = 2
    anchor: str = ""


class Paragraph(NamedTuple):
    """A sentence or more, wrapped; `indent` columns from the left."""

    text: str
    indent: int = 0


class Verbatim(NamedTuple):
    """Lines that are kept as they are, without a margin: others read them too."""

    text: str


class Column(NamedTuple):
    """A column of a grid: its title, and how its cells stand.

    Figures stand right-aligned. Neither they nor `whole` cells are ever wrapped. Where a table is
    too wide to leave identifiers whole, what may stand `beneath` its row does.
    """

    title: str
    figures: bool = False
    whole: bool = False
    beneath: bool = False

    @property
    def wraps(self) -> bool:
        """Whether a cell may take several lines."""
        return not (self.figures or self.whole)


class Row(NamedTuple):
    """A row of a grid: one text for each column, and notes that stand under it.

    Without cells, its notes stand across the grid and head the rows that follow.
    """

    cells: Sequence[str]
    notes: Sequence[str] = ()


class Grid(NamedTuple):
    """A table. Without titles it is a memo: the same columns and no line of headings.

    `rows` may be a stream of any length.
    """

    columns: Sequence[Column]
    rows: Iterable[Row]

    @property
    def titled(self) -> bool:
        """Whether any column has a title."""
        return any(column.title for column in self.columns)


class Picture(NamedTuple):
    """A drawing as SVG, of what a grid beside it has in numbers; only a page shows it.

    `narrow` draws the same for a window that has no room for the other.
    """

    draw: Callable[[], str]
    narrow: Callable[[], str]


Block = Heading | Paragraph | Verbatim | Grid | Picture


def columns(*titles: str) -> tuple[Column, ...]:
    """Columns by their titles: `>` before one of figures, `=` a whole one, `^` one that may stand beneath."""
    return tuple(
        Column(
            title.lstrip(">=^"),
            figures=title[:1] == ">",
            whole=title[:1] == "=",
            beneath=title[:1] == "^",
        )
        for title in titles
    )
