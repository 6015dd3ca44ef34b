"""The five scanned documents the project began with come to what the forms say."""

import pytest

from ledger import Ledger
from tests.corpus import CORPUS, needs_corpus
from tests.projections.questions.worked_example import CHECKS


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("seeds") / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "seeds")
        yield ledger


@needs_corpus
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__doc__.rstrip("."))
def test_the_seeds(check, seeds):
    check(seeds)


@needs_corpus
def test_no_document_of_the_five_is_set_aside(seeds):
    assert len(seeds.streams()) == 5
