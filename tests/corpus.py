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
