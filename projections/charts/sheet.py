"""The sheet that every chart is drawn on: its size, its inks, its words for readers, its marks.

All charts bring one and the same style sheet, which pages allow by its hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from textwrap import wrap

from projections.charts.svg import element, path, text, words

WIDTH = 9_600
"""The width of every drawing, in tenths."""

LEFT, RIGHT = 1_050, 250
"""Beside the panels of a drawing: room for the labels of quantities, and a margin."""

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
    below: Iterable[str],
    hatch: str = HATCH,
) -> Drawing:
    """A whole drawing: what it is in words, what is drawn, and lines below it.

    Args:
        title: What is drawn, in a line.
        about: The same in sentences, for whoever does not see it.
        body: What is drawn, in a height.
        height: In tenths.
        below: What could not be drawn, in sentences that are wrapped.
        hatch: The name of its hatching: drawings of several kinds may stand on one page.
    """
    rest = [*below]
    lines = [line for said in rest for line in wrap(said, _LETTERS)]
    described = " | ".join(words(said) for said in (*about, *rest))
    key, whole = sha256(f"{title}{described}".encode()).hexdigest()[:8], height + len(lines) * _REST
    return Drawing(
        element(
            "svg",
            (
                element("title", words(title), id=f"title-{key}"),
                element("desc", described, id=f"about-{key}"),
                element("style", style()),
                element("defs", _hatching(hatch)),
                element("rect", x=0, y=0, width=WIDTH, height=whole, class_="paper"),
                body,
                *(
                    text(said, LEFT, height + n * _REST, class_="small")
                    for n, said in enumerate(lines)
                ),
            ),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH // 10} {whole // 10}",
            role="img",
            aria_labelledby=f"title-{key} about-{key}",
        )
    )


_REST = 160
"""The height of a line below a drawing, in tenths."""

_LETTERS = 130
"""That surely fit in such a line."""


def titled(said: str) -> list[str]:
    """A title in the lines that it needs: each fits the drawing, and the last says where it is cut."""
    return wrap(said, _TITLE, max_lines=_TITLES, placeholder=" …") or [""]


_TITLE, _TITLES = 90, 4
"""Letters that surely fit in a line of a title, and the most lines: a stranger's words have no end."""

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
