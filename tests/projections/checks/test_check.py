"""What a check is not asked about: filings of which it would have had nothing to tell."""

from collections.abc import Iterable

import pytest

from ledger import Filing
from projections.checks.check import asked, asked_of
from projections.questions.reconcile import judged_filings
from projections.views.export import Built, built_of
from tests.corpus import needs_corpus
from tests.invariants import real
from tests.simulator import ERRORS, Unsuitable, sequence
from tests.unscreened import unscreened


def _rows(filings: Iterable[Filing]) -> list[Built]:
    """Everything that the read model stores of some filings' judgement."""
    return [built_of("", j.folded.dossiers, j, ()) for j in judged_filings(filings)]


def test_a_check_is_asked_about_a_filing_with_any_trait_it_looks_for():
    @asked_of("dollars", "market trades")
    def values(_dossier, _folded):
        yield from ()

    def dates(_dossier, _folded):
        yield from ()

    assert asked((values, dates), frozenset({"market trades"})) == (values, dates)
    assert asked((values, dates), frozenset({"expiring"})) == (dates,)


@pytest.mark.parametrize("error", [None, *sorted(ERRORS)])
def test_whatever_error_a_filing_has_the_screen_hides_nothing(error):
    try:
        filings = sequence(720_000, error).filings
    except Unsuitable:
        pytest.skip("this sequence has no place for the error")
    screened = _rows(filings)

    with unscreened():
        assert _rows(filings) == screened


@needs_corpus
def test_the_screen_hides_nothing_of_real_filings():
    for filings in real():
        screened = _rows(filings)
        with unscreened():
            assert _rows(filings) == screened
