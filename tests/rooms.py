"""The rooms of the house, as the code's own imports draw them.

    python -m tests.rooms [FOLDER]

A room is a folder of a package, or a module that stands beside its folders. For each
package this prints rooms, floors (the longest way down by imports), arrows (one room
imports another), arrows upwards (the fewest that would have to be turned for all to run
one way) and circles; then the same with every module for a room. FOLDER is the checkout
to look at, this one unless named, so that two states of the house can be compared.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, permutations
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("ledger", "projections", "cli")

Arrows = Mapping[str, set[str]]
"""By module or room, those that it imports."""

_MOST_PERMUTED = 8
"""Rooms of a circle whose every order is tried."""


def modules(root: Path, package: str) -> dict[str, Path]:
    """Every module of a package by its dotted name; a folder's `__init__` has the folder's.

    Raises FileNotFoundError where the checkout has no such package: no modules would read as
    a house without a circle.
    """
    if not (root / package).is_dir():
        raise FileNotFoundError(f"{root} has no folder {package}/: name a checkout of the project")
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def module_arrows(root: Path, package: str) -> dict[str, set[str]]:
    """What every module imports of its own package, inside functions and for types as well."""
    found = modules(root, package)
    return {
        name: {
            other
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for other in _named(node, found)
            if other != name
        }
        for name, path in found.items()
    }


def _named(node: ast.AST, known: Iterable[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in known)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            if whole in known or node.module in known:
                yield whole if whole in known else node.module


def rooms(between: Arrows, folder: str) -> dict[str, set[str]]:
    """What every room of a folder imports of its other rooms.

    The folder's own `__init__` is the door to all of them: a room below the door of a
    package has a door of its own, which is named as the folder is.
    """
    joined: dict[str, set[str]] = {}
    for module, others in between.items():
        if module == folder or module.startswith(f"{folder}."):
            inside = joined.setdefault(_room(module, folder), set())
            inside |= {
                _room(other, folder)
                for other in others
                if other == folder or other.startswith(f"{folder}.")
            }
    if "." not in folder:
        joined.pop(folder, None)
    return {room: others - {room} for room, others in joined.items()}


def _room(module: str, folder: str) -> str:
    """The room of a folder that a module stands in."""
    return ".".join(module.split(".")[: folder.count(".") + 2])


def folders(between: Arrows) -> list[str]:
    """Every folder of a package, outermost first."""
    return sorted({name.rpartition(".")[0] for name in between} - {""})


def circles(between: Arrows) -> list[list[str]]:
    """Every set of rooms each of which can be reached from all the others."""
    reach = {name: _reached(name, between) for name in between}
    found = {
        tuple(sorted(other for other in reach[name] if name in reach.get(other, ())))
        for name in between
        if name in reach[name]
    }
    return [list(circle) for circle in sorted(found)]


def _reached(start: str, between: Arrows) -> set[str]:
    seen: set[str] = set()
    waiting = list(between[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(between.get(name, ()))
    return seen


def upwards(between: Arrows) -> list[tuple[str, str]]:
    """The fewest arrows that must be turned for all to run one way, circle by circle."""
    return [arrow for circle in circles(between) for arrow in _turned(circle, between)]


def _turned(circle: list[str], between: Arrows) -> list[tuple[str, str]]:
    orders = permutations(circle) if len(circle) <= _MOST_PERMUTED else [tuple(circle)]
    return min(
        ([(a, b) for b, a in combinations(order, 2) if b in between[a]] for order in orders),
        key=len,
    )


def floors(between: Arrows) -> int:
    """How many rooms the longest way down passes; those of one circle share a floor."""
    turned = set(upwards(between))
    height: dict[str, int] = {}

    def of(room: str) -> int:
        if room not in height:
            below = [of(o) for o in between.get(room, ()) if (room, o) not in turned]
            height[room] = 1 + max(below, default=0)
        return height[room]

    return max(map(of, between), default=0)


def figures(between: Arrows) -> tuple[int, ...]:
    """Rooms, floors, arrows, arrows upwards, circles."""
    arrows = sum(len(others & between.keys()) for others in between.values())
    return len(between), floors(between), arrows, len(upwards(between)), len(circles(between))


def main(root: Path) -> None:
    """Print the figures of every package: by room, then by module."""
    print(f"{'':24}{'rooms':>8}{'floors':>8}{'arrows':>8}{'upwards':>9}{'circles':>9}")
    for package in PACKAGES:
        between = module_arrows(root, package)
        alone = {name: others - {package} for name, others in between.items() if name != package}
        for what, graph in ((package, rooms(between, package)), ("  by module", alone)):
            counts = figures(graph)
            columns = zip(counts, (8, 8, 8, 9, 9), strict=True)
            print(f"{what:24}" + "".join(f"{count:>{width}}" for count, width in columns))
            for circle in circles(graph):
                print(f"    circle: {', '.join(circle)}")


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
    except FileNotFoundError as missing:
        sys.exit(str(missing))
