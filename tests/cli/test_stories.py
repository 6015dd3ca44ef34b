"""The stories: every command, and every error, as a user meets it."""

from shutil import which

import pytest

from tests.cli.storytelling import PAPER, STORIES, told
from tests.transcripts import Step, agree


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_a_story_goes_as_it_is_told(path):
    if PAPER in path.read_text("utf-8"):
        for library in ("pdfminer", "numpy", "PIL"):
            pytest.importorskip(library)
        if which("tesseract") is None:
            pytest.skip("the program tesseract is not installed")

    def check(step: Step, printed: list[str]) -> list[str]:
        assert agree(step.printed, printed), "\n".join([f"$ {step.command}", *printed])
        return printed

    told(path.read_text("utf-8"), check)
