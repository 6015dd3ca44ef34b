"""Every story is answered as it must be."""

from pathlib import Path

import pytest

from tests.stories.asking import Asked
from tests.stories.telling import story_of, texts

TOLD = [told for path in sorted(Path(__file__).parent.glob("*.txt")) for told in texts(path)]


@pytest.mark.parametrize(("title", "said"), TOLD, ids=[title for title, _ in TOLD])
def test_a_story_is_answered_as_it_must_be(title: str, said: list[str]) -> None:
    story = story_of(title, said)
    asked = Asked(story)

    wrong = [f"{question}: {said}" for question in story.asked if (said := asked.wrong(question))]

    assert not wrong, "\n".join(wrong)


def test_no_two_stories_have_one_title() -> None:
    assert len({title for title, _ in TOLD}) == len(TOLD)
