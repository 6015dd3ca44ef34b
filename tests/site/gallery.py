"""The gallery of findings: each kind with a drawn example, what it means, and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from projections.answers import History, PositionHistory
from projections.charts.steps import chart
from projections.findings.kinds import KINDS
from projections.questions.history import history_of
from projections.questions.reconcile import judged_filings
from tests.projections.kinds.stories import Told, told

ABOUT = """\
Each kind as its story draws it: the balance as a line, each total as a mark by its verdict, the
finding as a flag by its id. A finding about a filing as a whole has no flag: drawn is a position
that the filing, or its owner, reports. A kind's rule, and the filings in words, stand under its name in
[Findings](findings.md)."""
FINDINGS = Path(__file__).resolve().parents[2] / "docs" / "reference" / "findings.md"


def gallery(folder: Path) -> None:
    """Write gallery.md and its pictures into a folder."""
    parts = [
        "# Gallery of findings",
        ABOUT,
    ]
    pictures = folder / "gallery"
    pictures.mkdir()
    for kind in KINDS:
        meaning, to_do = said(kind)
        parts += [f"## {kind}", meaning]
        found = told(kind).finding
        (pictures / f"{kind}.svg").write_text(picture(told(kind)), "utf-8")
        parts.append(f"![{kind}: {found.message}](gallery/{kind}.svg)")
        parts.append(f"> `{found.id}` `{found.message}`")
        parts.append(f"*To do:* {to_do} [The rule](findings.md#{kind.lower()})")
    (folder / "gallery.md").write_text("\n\n".join(parts) + "\n", "utf-8")


def said(kind: str) -> tuple[str, str]:
    """What the reference says a kind means, and what a person does about it."""
    section = re.split(rf"^### {kind}$", FINDINGS.read_text("utf-8"), flags=re.MULTILINE)[1]
    meaning = section.strip().partition("\n\n")[0]
    to_do = section.partition("*To do:*")[2].partition("\n#")[0]
    return meaning, to_do.strip()


def picture(story: Told) -> str:
    """The position at whose line the finding stands; else one that its filing, or its owner, reports."""
    found = story.finding

    def nearness(printed: PositionHistory) -> int:
        entries = [(entry.filing, entry.row) for entry in printed.entries]
        if (found.filing, found.row) in entries:
            return 0
        if found.filing in dict(entries):
            return 1
        return 2 if printed.person == found.person else 3

    every = (
        history_of(judged, position)
        for judged in judged_filings(story.filings)
        for position in judged.folded.book.positions
    )
    return chart(History(None, (min(every, key=nearness),)))
