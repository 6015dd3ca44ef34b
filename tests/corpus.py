"""Where the corpus of real filings is, for tests that read it when it is there."""

import os
from pathlib import Path

import pytest

CORPUS = Path(
    os.environ.get("LEDGER_CORPUS", Path(__file__).resolve().parents[2] / "shared" / "corpus")
)

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real filings is not beside the project"
)

CASES = CORPUS.parent / "cases"
"""Small acceptance cases, one folder each."""

STORIES = CORPUS.parent / "reports" / "filings"
"""Stories from practice: filings of one story begin with the same word."""

needs_cases = pytest.mark.skipif(
    not CASES.is_dir(), reason="the acceptance cases are not beside the project"
)
needs_stories = pytest.mark.skipif(
    not STORIES.is_dir(), reason="the stories from practice are not beside the project"
)
