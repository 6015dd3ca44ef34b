"""A filing of the corpus, taken as a draft before its time, is judged as it is judged later."""

import random

import pytest

from ledger import Ledger
from projections import check, reconcile
from tests.corpus import CORPUS, needs_corpus

DRAWN = 25
"""Filings of a draw: each is judged twice over its issuer's filings."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("drafts") / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml")
        yield ledger


def filings(ledger):
    """Every filing that names its issuer by CIK, in order."""
    found = (ledger.filing(stream.rpartition("/")[2]) for stream in sorted(ledger.streams()))
    return [filing for filing in found if filing.issuer.cik]


def compared(ledger, filing):
    """What the check of a filing says, and what `reconcile` says, known at its acceptance."""
    known = filing.known.at
    (draft,) = check(ledger, filing, known_at=known).drafts
    told = reconcile(ledger, issuer=filing.issuer.cik, known_at=known).findings
    return draft.findings, tuple(f for f in told if f.filing == filing.id)


@needs_corpus
def test_the_check_of_a_draft_finds_what_reconcile_finds_once_it_is_public(ledger):
    for filing in random.Random(20240601).sample(filings(ledger), DRAWN):
        ours, theirs = compared(ledger, filing)
        assert {f.id for f in ours} == {f.id for f in theirs}, filing.id
