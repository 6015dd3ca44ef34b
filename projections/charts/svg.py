"""SVG, written element by element: every text escaped, every place in tenths."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr


def words(text: str) -> str:
    """A stranger's words, safe within an element; what is not to be seen is shown as a mark."""
    return escape(_shown(text))


def _shown(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "�" for c in text)


def element(name: str, inner: str | Iterable[str] = "", **attributes: object) -> str:
    """An element; integers are tenths, `_` in a name stands for `-`, a last `_` for nothing."""
    said = "".join(
        f" {key.rstrip('_').replace('_', '-')}={_value(value)}"
        for key, value in attributes.items()
        if value is not None
    )
    body = inner if isinstance(inner, str) else "".join(inner)
    return f"<{name}{said}>{body}</{name}>" if body else f"<{name}{said}/>"


def _value(value: object) -> str:
    return f'"{tenths(value)}"' if isinstance(value, int) else quoteattr(_shown(str(value)))


def tenths(place: int) -> str:
    """A place as SVG has it: `12.5`, `-3`."""
    whole, rest = divmod(abs(place), 10)
    sign = "-" if place < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def path(points: Iterable[tuple[str, int, int]]) -> str:
    """The `d` of a path: each point with its letter, `M` to begin and `L` to go on."""
    return "".join(f"{letter}{tenths(x)} {tenths(y)}" for letter, x, y in points)


def text(said: str, x: int, y: int, **attributes: object) -> str:
    """A line of text at a place."""
    return element("text", words(said), x=x, y=y, **attributes)
