"""The worked example of the documents comes to what the forms say, read exactly."""

from pathlib import Path

import pytest

from ledger import Ledger
from tests.projections.questions.worked_example import CHECKS

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "worked-example"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("example") / "ledger.db") as ledger:
        ledger.ingest(EXAMPLE)
        yield ledger


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__doc__.rstrip("."))
def test_the_worked_example(check, example):
    check(example)
