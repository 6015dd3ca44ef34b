"""Blocks as markup of a page: every text escaped, every filing and finding a way to its page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urlencode

from markupsafe import Markup

from cli.formats.markup import figure, named
from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, Picture, Row, Verbatim
from cli.reports.wording import UNBROKEN
from cli.terminal import safe_text
from ledger.types import normal_accession

_NAME = re.compile(
    r"(?<![\w:#-])(?P<name>(?:sha256:)?[0-9a-f][0-9a-f-]{7,})(?:#(?P<row>(?:\w|\.(?=\w))+))?(?!\w)"
)
_HASH = re.compile("sha256:[0-9a-f]{12,64}")
_KIND = re.compile("[A-Z]+(?:_[A-Z]+)+")
"""A kind of finding, which may be broken behind each of its words."""

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
        told = "".join(self._block(block, deeper) for block in blocks)
        return Markup(told)  # noqa: S704 - every text in it was escaped as it was drawn

    def _block(self, block: Block, deeper: int) -> str:
        match block:
            case Heading(text, level, anchor):
                tag, named = f"h{level + deeper}", f' id="{escape(anchor)}"' if anchor else ""
                return f"<{tag}{named}>{self._text(text)}</{tag}>\n"
            case Paragraph(text):
                return f"<p>{self._text(text)}</p>\n" if text else ""
            case Picture():
                return figure(block)
            case Verbatim(text):
                lines = "\n".join(escape(safe_text(line)) for line in text.splitlines())
                return f"<pre>{lines}</pre>\n"
            case Grid():
                return self._table(block)

    def _text(self, text: str) -> str:
        """A stranger's words, with the filings, rows and findings that they name as links."""
        if not text:
            return ""
        if _KIND.fullmatch(text):
            return text.replace("_", "_<wbr>")
        if address := self._to.get(text):
            rel = ' rel="noopener noreferrer"' if address.startswith("https:") else ""
            return f'<a href="{escape(address)}"{rel}>{escape(safe_text(text))}</a>'
        safe, at, parts = safe_text(text), 0, list[str]()
        for found in _NAME.finditer(safe) if len(safe) >= _SHORTEST else ():
            address = self._leads(found["name"], found["row"])
            if address:
                whole = ' class="whole"' if UNBROKEN.fullmatch(found[0]) else ""
                way = f'<a{whole} href="{escape(address)}">{escape(found[0])}</a>'
                parts += [_unbroken(safe[at : found.start()]), way]
                at = found.end()
        return "".join([*parts, _unbroken(safe[at:])])

    def _leads(self, name: str, row: str | None) -> str | None:
        if normal_accession(name, bare=False) == name or _HASH.fullmatch(name):
            return self._moment.to("filings", name, place=row or "")
        return self._moment.to("findings", name) if name in self._findings else None

    def _table(self, grid: Grid) -> str:
        rows = "".join(self._rows(grid))
        if not grid.titled:
            return f'<div class="wide"><table class="memo">\n{rows}</table></div>\n'
        titles = "".join(
            f'<th scope="col"{_kind(column)}>{escape(safe_text(column.title))}</th>'
            for column in grid.columns
        )
        label = escape(", ".join(column.title for column in grid.columns if column.title))
        return (
            f'<div class="wide" role="group" aria-label="Table: {label}" tabindex="0"><table{_layout(grid)}>\n'
            f"<thead><tr>{titles}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
        )

    def _rows(self, grid: Grid) -> Iterator[str]:
        before = _ANCHORED.get(grid.columns[0].title)
        kinds = [_kind(column) + named(column) for column in grid.columns]
        for row in grid.rows:
            if row.cells:
                yield self._row(row, kinds, before)
            for note in row.notes:
                kind = "beneath" if row.cells else "across"
                cell = f'<td colspan="{len(kinds)}"><div>{self._text(note)}</div></td>'
                yield f'<tr class="{kind}">{cell}</tr>\n'

    def _row(self, row: Row, kinds: Sequence[str], before: str | None) -> str:
        cells = "".join(
            f"<td{kind}>{self._text(cell)}</td>"
            for kind, cell in zip(kinds, row.cells, strict=True)
        )
        place = "" if before is None else f' id="{escape(before + row.cells[0])}"'
        flagged = any(self._tells(note) for note in row.notes)
        marked = ' class="flagged"' if flagged else ""
        return f"<tr{place}{marked}>{cells}</tr>\n"

    def _tells(self, note: str) -> bool:
        """Whether a note names a finding."""
        return any(found["name"] in self._findings for found in _NAME.finditer(note))


_SHORTEST = 8
"""Letters of the shortest name of a filing or finding: ids of findings have as many."""


def _unbroken(text: str) -> str:
    """A stranger's words in which no day and no filing's number is broken where a line ends."""
    days = UNBROKEN.split(text)
    if len(days) == 1:
        return escape(text)
    told = (
        f'<span class="whole">{one}</span>' if n % 2 else escape(one) for n, one in enumerate(days)
    )
    return "".join(told)


_SHEET = 105
"""Letters that stand beside one another on a printed page, as tables are set there."""

_GAP = 2
"""Letters' room between two columns."""


def _layout(grid: Grid) -> str:
    """How a table is marked that no printed page is wide enough for: there its rows are lists."""
    breaks = [not (column.figures or column.whole) for column in grid.columns]
    least = [0] * len(breaks)
    for row in grid.rows:
        for n, cell in enumerate(row.cells):
            if len(cell) > least[n]:
                words = cell.split() if breaks[n] else [cell]
                least[n] = max(least[n], *map(len, words), 0)
    return ' class="many"' if sum(least) + _GAP * len(least) > _SHEET else ""


def _kind(column: Column) -> str:
    return ' class="figures"' if column.figures else ' class="whole"' if column.whole else ""
