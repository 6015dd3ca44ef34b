"""Blocks as markup of a page: every text escaped, every filing and finding a way to its page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, Picture, Row, Verbatim
from cli.terminal import safe_text
from ledger.types import normal_accession

_NAME = re.compile(
    r"(?<![\w:#-])(?P<name>(?:sha256:)?[0-9a-f][0-9a-f-]{7,})(?:#(?P<row>(?:\w|\.(?=\w))+))?(?!\w)"
)
_HASH = re.compile("sha256:[0-9a-f]{12,64}")
_DAY = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![\w-])", re.ASCII)
_ANCHORED = {"Line": "", "Note": "note."}
"""Columns whose cells name a place in a filing, and what stands before that name."""


Asked = Mapping[str, str | None]
"""What an address asks for, by name; nothing is asked where there is None."""


class Moment(NamedTuple):
    """The days that a page is asked for, which every way from it keeps."""

    as_of: str = ""
    known_at: str = ""

    def to(self, *path: str, place: str = "", asked: Asked = MappingProxyType({})) -> str:
        """The address of a page: its path, these days, and what more it is asked."""
        asked = {"as_of": self.as_of, "known_at": self.known_at, **asked}
        query = urlencode({key: value for key, value in asked.items() if value})
        where = "/" + "/".join(quote(part, safe=":") for part in path)
        return f"{where}{'?' if query else ''}{query}{'#' if place else ''}{quote(place)}"


class Drawn:
    """Blocks on their way into a page.

    Args:
        moment: The days that links keep.
        findings: The ids of findings, which lead to their memos.
        leads: Texts of whole cells that lead somewhere, with the addresses.
    """

    def __init__(
        self,
        moment: Moment,
        findings: Collection[str] = (),
        leads: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._moment, self._findings, self._to = moment, findings, leads

    def __call__(self, blocks: Iterable[Block], *, deeper: int = 1) -> Markup:
        """The markup of blocks, headings `deeper` than they say."""
        return Markup("").join(self._block(block, deeper) for block in blocks)

    def _block(self, block: Block, deeper: int) -> Markup:
        match block:
            case Heading(text, level, anchor):
                tag = Markup("h{}").format(level + deeper)
                named = Markup(' id="{}"').format(anchor) if anchor else ""
                return Markup("<{0}{1}>{2}</{0}>\n").format(tag, named, self.text(text))
            case Paragraph(text):
                return Markup("<p>{}</p>\n").format(self.text(text)) if text else Markup("")
            case Picture(draw):
                drawing = Markup(draw())  # noqa: S704 - drawn by `projections.charts`, which escapes
                return Markup('<figure class="chart">{}</figure>\n').format(drawing)
            case Verbatim(text):
                return Markup("<pre>{}</pre>\n").format(
                    Markup("\n").join(escape(safe_text(line)) for line in text.splitlines())
                )
            case Grid():
                return self._table(block)

    def text(self, text: str) -> Markup:
        """A stranger's words, with the filings, rows and findings that they name as links."""
        if address := self._to.get(text):
            away = Markup(' rel="noopener noreferrer"')
            rel = away if address.startswith("https:") else ""
            return Markup('<a href="{}"{}>{}</a>').format(address, rel, safe_text(text))
        safe, at, parts = safe_text(text), 0, list[Markup]()
        for found in _NAME.finditer(safe):
            address = self._leads(found["name"], found["row"])
            if address:
                parts.append(_unbroken(safe[at : found.start()]))
                parts.append(Markup('<a href="{}">{}</a>').format(address, found[0]))
                at = found.end()
        return Markup("").join([*parts, _unbroken(safe[at:])])

    def _leads(self, name: str, row: str | None) -> str | None:
        if normal_accession(name, bare=False) == name or _HASH.fullmatch(name):
            return self._moment.to("filings", name, place=row or "")
        return self._moment.to("findings", name) if name in self._findings else None

    def _table(self, grid: Grid) -> Markup:
        rows = Markup("").join(self._rows(grid))
        if not grid.titled:
            return Markup('<div class="wide"><table class="memo">\n{}</table></div>\n').format(rows)
        titles = Markup("").join(
            Markup('<th scope="col"{}>{}</th>').format(_kind(column), safe_text(column.title))
            for column in grid.columns
        )
        return Markup(
            '<div class="wide" role="group" aria-label="Table: {}" tabindex="0"><table>\n'
            "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody></table></div>\n"
        ).format(", ".join(c.title for c in grid.columns if c.title), titles, rows)

    def _rows(self, grid: Grid) -> Iterator[Markup]:
        before = _ANCHORED.get(grid.columns[0].title)
        for row in grid.rows:
            yield self._row(grid, row, before)
            for note in row.notes:
                kind = "beneath" if row.cells else "across"
                cell = Markup('<tr class="{}"><td colspan="{}"><div>{}</div></td></tr>\n')
                yield cell.format(kind, len(grid.columns), self.text(note))

    def _row(self, grid: Grid, row: Row, before: str | None) -> Markup:
        if not row.cells:
            return Markup("")
        cells = Markup("").join(
            Markup("<td{}>{}</td>").format(_kind(column), self.text(cell))
            for column, cell in zip(grid.columns, row.cells, strict=True)
        )
        place = "" if before is None else Markup(' id="{}"').format(before + row.cells[0])
        flagged = any(self._tells(note) for note in row.notes)
        marked = Markup(' class="flagged"') if flagged else ""
        return Markup("<tr{}{}>{}</tr>\n").format(place, marked, cells)

    def _tells(self, note: str) -> bool:
        """Whether a note names a finding."""
        return any(found["name"] in self._findings for found in _NAME.finditer(note))


def _unbroken(text: str) -> Markup:
    """A stranger's words in which no day is broken where a line ends."""
    days = _DAY.split(text)
    if len(days) == 1 or len(text) == len(days[1]):
        return escape(text)
    told = (escape(one) if n % 2 == 0 else _WHOLE.format(one) for n, one in enumerate(days))
    return Markup("").join(told)


_WHOLE = Markup('<span class="whole">{}</span>')


def _kind(column: Column) -> Markup:
    if column.figures:
        return Markup(' class="figures"')
    return Markup(' class="whole"') if column.whole else Markup("")
