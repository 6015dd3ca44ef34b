"""What the site is built from: the pages of docs/, and what is made for the site alone.

The table in docs/README.md is the plan of the site: its rows are the headings of the navigation,
its links the pages below them. So a page that is not linked there has no place, and the
build says so.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import ledger
import projections
from tests.site.gallery import gallery

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


class Heading(NamedTuple):
    """A row of the plan: what somebody wants, and the pages for it by their titles."""

    wish: str
    pages: dict[str, str]


def headings(plan: str) -> list[Heading]:
    """The rows of the plan's table."""
    rows = [line.split("|")[1:3] for line in plan.splitlines() if line.startswith("| ")][1:]
    return [
        Heading(wish.strip(), dict(re.findall(r"\[([^]]+)\]\(([^)]+)\)", pages)))
        for wish, pages in rows
    ]


def assemble(folder: Path) -> None:
    """Write the sources of the whole site into an empty folder."""
    shutil.copytree(DOCS, folder, dirs_exist_ok=True)
    for page in sorted(folder.rglob("*.md")):
        page.write_text(_linked(page.read_text("utf-8")), "utf-8")
    plan = (folder / "README.md").read_text("utf-8")
    (folder / "README.md").rename(folder / "index.md")
    made = {
        "first-ten-steps.md": notebook((DOCS / "first-ten-steps.ipynb").read_text("utf-8")),
        "reference/schemas/index.md": schemas(folder / "reference" / "schemas"),
        "reference/python.md": python(),
        "changelog.md": (ROOT / "CHANGELOG.md").read_text("utf-8"),
        "index.md": plan + "".join(navigation(headings(plan))),
    }
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    gallery(folder / "reference")


def navigation(plan: list[Heading]) -> Iterator[str]:
    """A tree of pages for each heading, and one for the pages that only the site has."""
    own = ("reference/gallery.md", "reference/screens.md", "reference/python.md", "changelog.md")
    made = {"Look something up": own}
    for wish, pages in plan:
        caption = wish.capitalize()
        entries = [
            f"{title[0].upper()}{title[1:]} <{page}>"
            for title, page in pages.items()
            if not page.endswith("README.md")
        ]
        globs = [f"{Path(page).parent}/*" for page in pages.values() if page.endswith("README.md")]
        lines = [*entries, *globs, *made.get(caption, ())]
        yield "\n".join(
            (
                "",
                "```{toctree}",
                ":hidden:",
                ":glob:",
                f":caption: {caption}",
                "",
                *lines,
                "```",
                "",
            )
        )


def notebook(text: str) -> str:
    """A notebook as a page: its words, its code, and what the code printed."""
    return "\n\n".join(part for cell in json.loads(text)["cells"] for part in _cell(cell)) + "\n"


def _cell(cell: dict[str, object]) -> Iterator[str]:
    source = "".join(cell["source"])  # type: ignore[arg-type]
    if cell["cell_type"] == "markdown":
        yield _linked(source)
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:  # type: ignore[attr-defined]
        data = output.get("data", {})
        if "image/svg+xml" in data:
            yield "".join(data["image/svg+xml"])
        elif "text/html" in data:
            yield "".join(data["text/html"])
        else:
            yield f"```text\n{''.join(output.get('text') or data['text/plain']).rstrip()}\n```"


def schemas(folder: Path) -> str:
    """Every schema on one page, each with what it describes."""
    parts = ["# JSON Schemas", "Each is what `ledger schema NAME` prints."]
    for path in sorted(folder.glob("*.json")):
        about = json.loads(path.read_text("utf-8"))["description"]
        parts += [
            f"## {path.stem}",
            about,
            f"```{{literalinclude}} {path.name}\n:language: json\n```",
        ]
    return "\n\n".join(parts) + "\n"


def python() -> str:
    """What the two packages offer to a script, from their docstrings."""
    parts = ["# Python", "The ledger records, the projections ask."]
    for module in (ledger, projections):
        parts += [
            f"## {module.__name__}",
            f"```{{eval-rst}}\n.. automodule:: {module.__name__}\n```",
        ]
        for name in module.__all__:
            thing = getattr(module, name)
            kind = (
                "autodata"
                if isinstance(thing, str)
                else "autoclass"
                if isinstance(thing, type)
                else "autofunction"
            )
            members = "\n   :members:" if kind == "autoclass" else ""
            parts.append(f"```{{eval-rst}}\n.. {kind}:: {module.__name__}.{name}{members}\n```")
    return "\n\n".join(parts) + "\n"


def _linked(text: str) -> str:
    """A page whose links lead to pages of the site instead of folders and files."""
    text = text.replace("](schemas/)", "](schemas/index.md)")
    text = text.replace("](reference/schemas/)", "](reference/schemas/index.md)")
    return text.replace("first-ten-steps.ipynb", "first-ten-steps.md")
