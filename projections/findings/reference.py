"""The reference of a kind of finding, as docs/reference/findings.md has it.

`reference.md` beside this module is a link to that page, which a wheel holds as a file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple


class Section(NamedTuple):
    """What the reference says of a kind: when it is raised, a story that raises it, what to do."""

    rule: str
    example: tuple[str, ...]
    to_do: str


def section(kind: str) -> Section:
    """The section of a kind, its paragraphs as one line each."""
    page = Path(__file__).with_suffix(".md").read_text("utf-8")
    text = re.split(r"^##+ ", page.partition(f"### {kind}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    prose, _, rest = text.partition("```text\n")
    story, _, after = rest.partition("```")
    return Section(
        rule=_paragraphs(prose.partition("*Rule:*")[2]),
        example=tuple(line for line in story.splitlines() if line.strip()),
        to_do=_paragraphs(after.partition("*To do:*")[2]),
    )


def _paragraphs(text: str) -> str:
    """Prose without line ends and without the marks that only a page shows."""
    words = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", text)
    return " ".join(words.split())
