"""The page that draws the rooms: read as a table of what each may import, and drawn anew.

    python -m tests.rooms_page

What stands in a room, and what it holds, is written from the code; which rooms it may
import is decided on the page, and kept.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.rooms import PACKAGES, ROOT, modules

PAGE = ROOT / "docs" / "explanation" / "rooms.md"
_ROW = re.compile(r"^\| `([\w/]+)` \| .* \| ([^|]+) \|$", re.MULTILINE)


def permissions(text: str) -> dict[str, dict[str, list[str]]]:
    """By package and room, in the order of the page, the rooms that it may import."""
    found = {}
    for section in text.split("\n## ")[1:]:
        package = section.split("`")[1]
        found[package] = {room: re.findall(r"`(\w+)`", may) for room, may in _ROW.findall(section)}
    return found


def drawn(text: str) -> str:
    """The page with every room's modules and purpose as the code has them."""
    lines = []
    package = ""
    for line in text.splitlines():
        if line.startswith("## "):
            package = line.split("`")[1]
        row = _ROW.match(line)
        lines.append(_drawn_row(package, row[1], row[2]) if row else line)
    return "\n".join(lines) + "\n"


def _drawn_row(package: str, room: str, may: str) -> str:
    found = modules(ROOT, package)
    name = f"{package}.{room.replace('/', '.')}"
    if name not in found:
        return f"| `{room}` | | there is no such room | {may} |"
    inside = ", ".join(f"`{module}`" for module in inside_of(name, found))
    said = ast.get_docstring(ast.parse(found[name].read_text("utf-8"))) or ""
    purpose = " ".join(said.split("\n\n")[0].split()).replace("|", "/")
    return f"| `{room}` | {inside} | {purpose} | {may} |"


def inside_of(room: str, found: dict[str, Path]) -> list[str]:
    """The modules that stand in a room, those in rooms of its own left out."""
    return [
        name.rpartition(".")[2]
        for name, path in found.items()
        if name.rpartition(".")[0] == room and path.stem != "__init__"
    ]


def rooms_of(package: str) -> set[str]:
    """Every room there is: folders, and modules beside the folders of a package."""
    found = modules(ROOT, package)
    return {
        name.removeprefix(f"{package}.").replace(".", "/")
        for name, path in found.items()
        if name != package and (path.stem == "__init__" or name.count(".") == 1)
    }


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
    for each in PACKAGES:
        lacking = rooms_of(each) - permissions(PAGE.read_text("utf-8"))[each].keys()
        if lacking:
            print(f"{each}: add a row for {', '.join(sorted(lacking))}")
