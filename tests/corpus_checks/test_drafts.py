"""A filing of the corpus, taken as a draft before its time, is judged as it is judged later."""

import random

import pytest

from ledger import Ledger
from tests.benchmarks.drafts import before_its_time, filings_of
from tests.corpus import CORPUS, needs_corpus

DRAWN = 25
"""Filings of a draw: each is judged twice over its issuer's filings."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("drafts") / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml")
        yield ledger


@needs_corpus
def test_the_check_of_a_draft_says_what_the_ledger_says_once_it_is_public(ledger):
    for filing in random.Random(20240601).sample(list(filings_of(ledger)), DRAWN):
        ours, theirs, _ = before_its_time(ledger, filing)
        assert ours == theirs, filing.id
