"""The sheet that every chart is drawn on: its size, its inks, its words for readers, its marks.

All charts bring one and the same style sheet, which pages allow by its hash.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from hashlib import sha256
from textwrap import wrap
from typing import NamedTuple

from projections.charts.svg import element, path, tenths, text, words


class Sheet(NamedTuple):
    """What a drawing stands on: how wide it is, and the room left and right of its panels, in tenths.

    `begins` is where titles and legends do; `marked` sets its names apart from those of another
    sheet on the same page.
    """

    width: int
    left: int
    right: int
    begins: int
    marked: str = ""

    @property
    def end(self) -> int:
        """Where panels end on the right."""
        return self.width - self.right

    @property
    def broad(self) -> bool:
        """Whether it is as wide as a desk's window, or a printed page."""
        return not self.marked

    @property
    def days(self) -> int:
        """Days that are labelled, at most."""
        return (self.end - self.left) // (1_000 if self.broad else 650)

    def letters(self, each: int) -> int:
        """How many letters, each so wide, surely fit in a line."""
        return (self.end - self.begins) // each

    def with_room(self, numbers: Iterable[Decimal | None]) -> Sheet:
        """The same with room for labels of numbers like these."""
        most = max((abs(number) for number in numbers if number is not None), default=Decimal())
        return self if most < _LABELLED else self._replace(left=max(self.left, BROAD.left))


BROAD = Sheet(9_600, 1_050, 250, 1_050)
"""For a desk's window, and for paper."""

NARROW = Sheet(3_600, 720, 110, 60, "-narrow")
"""For a telephone's."""

_LABELLED = 100_000_000
"""From it on a narrow sheet has no room for what a scale says."""

HATCH = "hatch"
"""The hatching of a chart of positions."""

INKS = {
    "paper": ("#ffffff", "#15171c"),
    "text": ("#1a1a1a", "#ececec"),
    "faint": ("#595959", "#b4b8c0"),
    "grid": ("#d5d5d5", "#3a3f49"),
    "line": ("#1f4e8c", "#9cc4ff"),
    "agreed": ("#1b6e3c", "#7ddc9f"),
    "explained": ("#1f4e8c", "#9cc4ff"),
    "ambiguous": ("#8a5a00", "#ffc966"),
    "unexplained": ("#a1260d", "#ff9b85"),
    "opening": ("#595959", "#b4b8c0"),
}
"""Every colour by light and by dark; on paper all is black on white."""


def style() -> str:
    """The style sheet of every drawing: by light, by dark, and black on paper."""

    def rules(which: int) -> str:
        inks = {name: colours[which] for name, colours in INKS.items()}
        return (
            f".paper{{fill:{inks['paper']}}}text{{fill:{inks['text']};stroke:none}}"
            f".id{{stroke:{inks['paper']}}}.faint{{fill:{inks['faint']}}}.grid{{stroke:{inks['grid']}}}"
            f".line,.bar,.split,.edge{{stroke:{inks['line']}}}.hatch{{stroke:{inks['faint']}}}"
            + "".join(
                f".{verdict}{{stroke:{inks[verdict]}}}.{verdict}.full{{fill:{inks[verdict]}}}"
                for verdict in SHAPES
            )
        )

    black = (
        "text,.faint{fill:#000}.line,.bar,.split,.edge,.hatch{stroke:#000}.paper{fill:#fff}.id{stroke:#fff}"
        + "".join(f".{v}{{stroke:#000}}.{v}.full{{fill:#000}}" for v in SHAPES)
    )
    return (
        "text{font:12px system-ui,sans-serif}.title{font-weight:600;font-size:13px}"
        ".small{font-size:11px}.id{stroke-width:3;paint-order:stroke}.grid{stroke-width:1}.line{stroke-width:1.8;fill:none}"
        ".guess{stroke-dasharray:5 4}.split{stroke-width:1;stroke-dasharray:2 3}"
        ".edge{stroke-width:.8;fill:none}.bar{stroke-width:3}.mark{stroke-width:1.6;fill:none}.hatch{stroke-width:.7}"
        f"{rules(0)}@media (prefers-color-scheme:dark){{{rules(1)}}}@media print{{{black}}}"
    )


class Drawing(str):
    """An SVG document, which notebooks show as a picture."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


def sheet(
    title: str,
    about: Iterable[str],
    body: str,
    height: int,
    *,
    below: Iterable[str] = (),
    on: Sheet,
    hatch: str = HATCH,
) -> Drawing:
    """A whole drawing: what it is in words, what is drawn, and lines below it.

    Args:
        title: What is drawn, in a line.
        about: The same in sentences, for whoever does not see it.
        body: What is drawn, in a height.
        height: In tenths.
        below: What could not be drawn, in sentences that are wrapped.
        on: What it stands on.
        hatch: The name of its hatching: drawings of several kinds may stand on one page.
    """
    rest = [*below]
    lines = [line for said in rest for line in wrap(said, on.letters(_LETTER))]
    described = " | ".join(words(said) for said in (*about, *rest))
    key = sha256(f"{title}{described}{hatch}".encode()).hexdigest()[:8]
    whole = height + len(lines) * _REST
    return Drawing(
        element(
            "svg",
            (
                element("title", words(title), id=f"title-{key}"),
                element("desc", described, id=f"about-{key}"),
                element("style", style()),
                element("defs", _hatching(hatch)),
                element("rect", x=0, y=0, width=on.width, height=whole, class_="paper"),
                body,
                *(
                    text(said, on.begins, height + n * _REST, class_="small")
                    for n, said in enumerate(lines)
                ),
            ),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {on.width // 10} {whole // 10}",
            role="img",
            aria_labelledby=f"title-{key} about-{key}",
        )
    )


_REST = 160
"""The height of a line below a drawing, in tenths."""

_LETTER = 60
"""The width of a letter of such a line, at most on an average."""


def titled(said: str, on: Sheet) -> list[str]:
    """A title in the lines that it needs: each fits the drawing, and the last says where it is cut."""
    return wrap(said, on.letters(_CAPITAL), max_lines=_TITLES, placeholder=" …") or [""]


_CAPITAL, _TITLES = 92, 4
"""The width of a letter of a title, and the most lines: a stranger's words have no end."""

TITLE = 170
"""The height of a further line of a title, in tenths."""


def _hatching(hatch: str) -> str:
    return element(
        "pattern",
        element("path", d="M0 6L6 0", class_="hatch"),
        id=hatch,
        width="6",
        height="6",
        patternUnits="userSpaceOnUse",
    )


def _places(top: int, widths: Iterable[int], on: Sheet) -> Iterator[tuple[int, int]]:
    """The places of a legend's parts, each so wide: side by side, and on further lines as they need them."""
    x = on.begins
    for width in widths:
        if x > on.begins and x + width > on.width:
            x, top = on.begins, top + TITLE
        yield x, top
        x += width


_SENTENCE, _FOOT, _LINE = 380, 140, 150
"""From a legend's last parts to the line of its sentence, from a last line to its end, to that of a part."""


def legend(top: int, keyed: Iterable[tuple[int, str]], said: str, on: Sheet) -> tuple[str, int]:
    """The legend below a drawing, its parts with their widths, and a sentence; and its height.

    Each part is drawn as if the legend began at 0, 0.
    """
    parts, last = [], top
    some = list(keyed)
    for (x, y), (_, drawn) in zip(_places(top, (wide for wide, _ in some), on), some, strict=True):
        parts.append(element("g", drawn, transform=f"translate({tenths(x)} {tenths(y)})"))
        last = y
    lines = wrap(said, on.letters(_LETTER))
    parts += [
        text(line, on.begins, last + _SENTENCE + n * _REST, class_="small faint")
        for n, line in enumerate(lines)
    ]
    height = last - top + (_SENTENCE + (len(lines) - 1) * _REST if lines else _LINE)
    return element("g", parts, aria_hidden="true"), height + _FOOT


def box(start: tuple[int, int], end: tuple[int, int], inner: str, hatch: str = HATCH) -> str:
    """A hatched rectangle between two corners."""
    return element(
        "rect",
        inner,
        x=start[0],
        y=start[1],
        width=end[0] - start[0],
        height=end[1] - start[1],
        fill=f"url(#{hatch})",
    )


SHAPES: dict[str, tuple[tuple[str, int, int], ...]] = {
    "opening": (("M", 0, -42), ("L", 42, 0), ("L", 0, 42), ("L", -42, 0), ("L", 0, -42)),
    "agreed": (("M", -28, -28), ("L", 28, -28), ("L", 28, 28), ("L", -28, 28), ("L", -28, -28)),
    "explained": (("M", 0, -45), ("L", 42, 32), ("L", -42, 32), ("L", 0, -45)),
    "ambiguous": (("M", 0, 45), ("L", 42, -32), ("L", -42, -32), ("L", 0, 45)),
    "unexplained": (("M", -42, -42), ("L", 42, 42), ("M", -42, 42), ("L", 42, -42)),
}
"""The outline of each verdict's mark, about its place."""

FULL = {"agreed", "explained"}
"""Verdicts whose mark is filled: the total follows."""


def mark(verdict: str, x: int, y: int, said: str) -> str:
    """The mark of a verdict about a place, and what it says there."""
    outline = path((letter, x + dx, y + dy) for letter, dx, dy in SHAPES[verdict])
    full = " full" if verdict in FULL else ""
    return element("path", element("title", words(said)), d=outline, class_=f"mark {verdict}{full}")


def name(party: dict[str, str | None]) -> str:
    """A person, or a company with its ticker, as a drawing calls it."""
    symbol = party.get("symbol")
    named = party.get("name") or f"CIK {party.get('cik') or 'unknown'}"
    return f"{named} [{symbol}]" if symbol else named
