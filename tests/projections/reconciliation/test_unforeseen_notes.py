"""Notes in words that no rule was written for, under totals that only they explain.

Each was written before it was first judged, by hand and from no filing: the first two sets before notes
without a number were quoted at all, the third before their words were widened, the fourth after.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.stories.telling import stories

NOTES = Path(__file__).with_name("unforeseen_notes.txt")
STORY = """# {note}
4 2020-02-10
 Common Stock | A +2,000 = 41,300
4 2020-08-12
 Common Stock | S -1,500 @20 = 39,800
4 2021-02-10
 Common Stock[1] | A +2,500 = {told:,}
 note 1 {note}
4 2021-08-11
 Common Stock | S -1,000 @22 = {then:,}
4 2022-02-10
 Common Stock | A +2,600 = {last:,}
"""
AT_MOST = {"first": 0, "second": 1, "third": 4, "fourth": 0}
"""By set, how many of its notes leave a total a major finding."""


def notes_of(name: str) -> Iterator[tuple[int, str]]:
    for part in NOTES.read_text("utf-8").split("\n## ")[1:]:
        title, *lines = part.splitlines()
        if title == name:
            for line in filter(None, lines):
                size, _, note = line.partition(" ")
                yield int(size), note


def grave(name: str, folder: Path) -> tuple[list[str], int]:
    """The notes of a set under which a total is a major finding, and how many there are."""
    written, told = folder / "notes.txt", list(notes_of(name))
    with written.open("w", encoding="utf-8") as file:
        for size, note in told:
            after = 42_300 + size
            file.write(STORY.format(note=note, told=after, then=after - 1_000, last=after + 1_600))
    found = [
        story.title
        for story in stories(written)
        if any(f.severity == "major" for f in reconcile_filings(list(story.filings)).findings)
    ]
    return found, len(told)


@pytest.mark.parametrize("name", AT_MOST)
def test_a_total_that_only_an_unforeseen_note_explains_is_seldom_accused(name, tmp_path):
    found, tried = grave(name, tmp_path)

    assert tried > 15
    assert len(found) <= AT_MOST[name], found


def test_a_note_that_tells_of_no_change_leaves_a_total_accused(tmp_path):
    found, tried = grave("of no change", tmp_path)

    assert len(found) == tried == 15
