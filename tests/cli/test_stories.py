"""The stories: every command, and every error, as a user meets it."""

import pytest

from tests.cli.storytelling import STORIES, told
from tests.transcripts import Step, agree


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_goes_as_it_is_told(path):
    def check(step: Step, printed: list[str]) -> list[str]:
        assert agree(step.printed, printed), "\n".join([f"$ {step.command}", *printed])
        return printed

    told(path.read_text("utf-8"), check)
