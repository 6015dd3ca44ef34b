"""Lays blocks out as Markdown and as an HTML page. A stranger's words stay words in both."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from html import escape
from typing import IO

from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, Picture, Verbatim
from cli.reports.wording import UNBROKEN
from cli.terminal import safe_text
from ledger.types import normal_accession

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:75rem;color:#1a1a1a}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem}"
    "th,td{padding:.25rem .75rem .25rem 0;text-align:left;vertical-align:top}"
    "th{border-bottom:1px solid #888}td{border-top:1px solid #ddd}"
    ".figures{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".whole{white-space:nowrap}"
    ".across{font-weight:600;padding-top:1rem}"
    ".note{color:#555;padding-left:1.5rem;border-top:0}"
    "figure{margin:1rem 0}svg{display:block;width:100%;height:auto}.narrow{display:none}"
    "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem;border-bottom:1px solid #ddd}"
    "h3{font-size:1.05rem}h1,h2,h3,p{overflow-wrap:anywhere}a{color:#1f4e8c}"
    "@media (max-width:64rem){body{margin:1rem}table{font-size:.85rem}th,td{padding-right:.4rem}"
    "td.whole{white-space:normal}}"
    "@media screen and (min-width:40.01rem) and (max-width:50rem){table{font-size:.75rem}}"
    "@media screen and (max-width:40rem){table,tbody,tr{display:block}"
    "thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}td:empty{display:none}"
    "tr{border-top:1px solid #888;padding:.35rem 0}td,.note{border:0;padding:0 1rem 0 0}"
    "td{display:inline-block;max-width:100%;overflow-wrap:anywhere}td:first-child{font-weight:600}"
    "tr:has(.note){border-top:0;padding-top:0}.note,.across{display:block}.note:first-child{font-weight:400}.figures{text-align:left}"
    "[data-as]:not(:first-child)::before{content:attr(data-as) ' ';font-weight:400;opacity:.8}"
    "}@media screen and (max-width:48rem){.broad{display:none}.narrow{display:block;max-width:30rem}}"
    "@media screen and (prefers-color-scheme:dark){body{background:#15171c;color:#ececec}"
    "a{color:#9cc4ff}.note{color:#b4b8c0}td,h2{border-color:#3a3f49}}"
    "@media print{body{margin:0;max-width:none;font-size:10pt}table{font-size:8.25pt}"
    "th,td{padding-right:.4rem}tr,svg,h2,h3{break-inside:avoid}"
    "h2,h3{break-after:avoid}thead{display:table-header-group}a{color:inherit}}"
)
_HEAD = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n'
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    f"<title>Ownership ledger</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
)


class Linked:
    """Text on its way into a page: each filing whose address is known leads there.

    `form` says how a link is written, of the accession number and the address.
    """

    def __init__(self, stream: IO[str], addresses: Mapping[str, str], form: str) -> None:
        self._stream, self._addresses, self._form = stream, addresses, form

    def write(self, text: str) -> int:
        """Write a text, its accession numbers as links."""
        while number := normal_accession(text, bare=False):
            before, _, text = text.partition(number)
            address = self._addresses.get(number)
            leads = before.endswith(('href="#', f'href="#{number}">'))  # within the page already
            self._stream.write(before)
            self._stream.write(
                self._form.format(number, address) if address and not leads else number
            )
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several."""
        for line in lines:
            self.write(line)


HTML_LINK, MARKDOWN_LINK = '<a href="{1}" rel="noreferrer">{0}</a>', "[{0}]({1})"


def write_markdown(
    blocks: Iterable[Block], stream: IO[str] | Linked, beside: Collection[str] = frozenset()
) -> None:
    """Write an answer as GitHub-flavoured Markdown; cells that name files `beside` it lead there."""
    for number, block in enumerate(b for b in blocks if not isinstance(b, Picture)):
        if number:
            stream.write("\n")
        match block:
            case Heading(text, level):
                stream.write(f"{'#' * level} {_marked(text)}\n")
            case Paragraph(text):
                stream.write(f"{_marked(text)}\n")
            case Verbatim(text):
                stream.writelines(f"    {safe_text(line)}\n" for line in text.splitlines())
            case Grid():
                _write_pipes(block, stream, beside)


def _write_pipes(grid: Grid, stream: IO[str] | Linked, beside: Collection[str]) -> None:
    _write_piped([_marked(column.title) for column in grid.columns], stream)
    _write_piped(["---:" if column.figures else "---" for column in grid.columns], stream)
    for row in grid.rows:
        cells = [
            f"[{_marked(cell)}]({cell})" if cell in beside else _marked(cell)
            for cell in row.cells or [""] * len(grid.columns)
        ]
        if row.notes:
            cells[-1] = "<br>".join([*filter(None, [cells[-1]]), *map(_marked, row.notes)])
        _write_piped(cells, stream)


def _write_piped(cells: Iterable[str], stream: IO[str] | Linked) -> None:
    stream.write("| " + " | ".join(cells) + " |\n")


def _marked(text: str) -> str:
    return _MARKS.sub(r"\\\1", safe_text(text))


def write_html(
    blocks: Iterable[Block],
    stream: IO[str] | Linked,
    anchors: Collection[str] = frozenset(),
    beside: Collection[str] = frozenset(),
) -> None:
    """Write an answer as one page that loads nothing and runs nothing.

    Where one of the `anchors` stands as a word, it leads to the heading that bears it. A cell that
    names a file `beside` the page leads there.
    """
    page = _Page(stream, anchors, beside)
    stream.write(_HEAD)
    for block in blocks:
        match block:
            case Heading(text, level, anchor):
                named = f' id="{escape(anchor)}"' if anchor else ""
                stream.write(f"<h{level}{named}>{_unbroken(text)}</h{level}>\n")
            case Paragraph(text):
                stream.write(f"<p>{page.linked(text)}</p>\n")
            case Picture():
                stream.write(figure(block))
            case Verbatim(text):
                lines = "\n".join(map(_escaped, text.splitlines()))
                stream.write(f"<pre>{lines}</pre>\n")
            case Grid():
                page.write_table(block)
    stream.write("</body>\n</html>\n")


def figure(picture: Picture) -> str:
    """A picture on a page: of its two drawings a window shows the one that it has room for."""
    broad, narrow = picture.draw(), picture.narrow()  # which escape what strangers wrote
    return (
        f'<figure class="chart"><div class="broad">{broad}</div>'
        f'<div class="narrow">{narrow}</div></figure>\n'
    )


class _Page:
    """A page of HTML while it is written: where its texts lead to."""

    def __init__(
        self, stream: IO[str] | Linked, anchors: Collection[str], beside: Collection[str]
    ) -> None:
        self._stream, self._beside = stream, beside
        words = "|".join(re.escape(escape(anchor)) for anchor in sorted(anchors))
        self._anchors = re.compile(rf"(?<!\w)(?:{words})(?!\w)") if words else None

    def linked(self, text: str) -> str:
        """A text, escaped, with the anchors in it made to lead where they are borne."""
        if text in self._beside:
            return f'<a href="{_escaped(text)}">{_escaped(text)}</a>'
        said = _unbroken(text)
        if self._anchors is None:
            return said
        return self._anchors.sub(r'<a href="#\g<0>">\g<0></a>', said)

    def write_table(self, grid: Grid) -> None:
        """Write a grid; its line of titles stands on every printed page."""
        self._stream.write("<table>\n")
        if grid.titled:
            titles = (_element("th", column, _escaped(column.title)) for column in grid.columns)
            self._stream.write(f"<thead><tr>{''.join(titles)}</tr></thead>\n")
        for row in grid.rows:
            if row.cells:
                cells = (
                    _element("td", column, self.linked(cell))
                    for column, cell in zip(grid.columns, row.cells, strict=True)
                )
                self._stream.write(f"<tr>{''.join(cells)}</tr>\n")
            for note in row.notes:
                kind = "note" if row.cells else "across"
                span = f'class="{kind}" colspan="{len(grid.columns)}"'
                self._stream.write(f"<tr><td {span}>{self.linked(note)}</td></tr>\n")
        self._stream.write("</table>\n")


def _element(name: str, column: Column, markup: str) -> str:
    kind = ' class="figures"' if column.figures else ' class="whole"' if column.whole else ""
    return f"<{name}{kind}{named(column) if name == 'td' else ''}>{markup}</{name}>"


def named(column: Column) -> str:
    """An attribute that says what a cell is, for windows too narrow for its table's line of titles."""
    return f' data-as="{_escaped(column.title)}"' if column.title else ""


def _unbroken(text: str) -> str:
    """A text, escaped, in which no day and no filing's number is broken where a line ends."""
    return UNBROKEN.sub(r'<span class="whole">\1</span>', _escaped(text))


def _escaped(text: str) -> str:
    return escape(safe_text(text))
