"""Every story is answered as it must be."""

from pathlib import Path

import pytest

from tests.stories.asking import Asked
from tests.stories.telling import story_of, texts

TOLD = {path.stem: list(texts(path)) for path in sorted(Path(__file__).parent.glob("*.txt"))}


@pytest.mark.parametrize("file", TOLD)
def test_every_story_of_a_file_is_answered_as_it_must_be(file: str) -> None:
    wrong = []
    for title, told in TOLD[file]:
        story = story_of(title, told)
        asked = Asked(story)
        wrong += [
            f"{title}: {question}: {answer}"
            for question in story.asked
            if (answer := asked.wrong(question))
        ]

    assert not wrong, "\n".join(wrong)


def test_no_two_stories_have_one_title() -> None:
    titles = [title for told in TOLD.values() for title, _ in told]

    assert len(set(titles)) == len(titles)
