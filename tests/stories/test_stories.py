"""Every story is answered as it must be."""

from pathlib import Path

import pytest

from tests.stories.asking import Asked
from tests.stories.telling import Story, stories

TOLD = [story for path in sorted(Path(__file__).parent.glob("*.txt")) for story in stories(path)]


@pytest.mark.parametrize("story", TOLD, ids=[story.title for story in TOLD])
def test_a_story_is_answered_as_it_must_be(story: Story) -> None:
    asked = Asked(story)

    wrong = [f"{question}: {said}" for question in story.asked if (said := asked.wrong(question))]

    assert not wrong, "\n".join(wrong)


def test_no_two_stories_have_one_title() -> None:
    assert len({story.title for story in TOLD}) == len(TOLD)
