"""The benchmark of injected errors: what it puts where, and that the judgement names most."""

import pytest

from tests.benchmarks.injection import (
    STORIES,
    measure,
    real_chapters,
    simulated_chapters,
    table,
    told_chapters,
)
from tests.corpus import needs_corpus
from tests.injection import ERRORS


@pytest.fixture(scope="module")
def simulated():
    return simulated_chapters(6, first=0)


def test_every_kind_of_error_but_rare_ones_finds_a_place_in_a_few_companies(simulated):
    scores = measure(simulated, ERRORS, places=2)

    rare = {"split-forgotten", "note-contradicts"}
    assert [name for name, one in scores.items() if not one.injected and name not in rare] == []


def test_most_errors_are_named_once(simulated):
    scores = measure(simulated, ["transposed-total", "isolated-total", "letter-wrong"], places=10)

    for name, score in scores.items():
        assert score.once >= 8, (name, score.cases)


def test_what_is_no_error_raises_nothing(simulated):
    harmless = [name for name, kind in ERRORS.items() if kind.harmless]

    for name, score in measure(simulated, harmless, places=10).items():
        assert score.more == 0, (name, score.cases)


def test_the_table_has_a_line_for_every_kind(simulated):
    scores = measure(simulated, ["digit-added"], places=1)

    assert [line.split("  ")[0] for line in table(scores).splitlines()] == [
        "error",
        "digit-added",
        "all errors",
    ]


def test_nine_of_ten_errors_in_quiet_stories_are_found():
    chapters = told_chapters(sorted(STORIES.glob("*.txt")))
    scores = measure(chapters, [n for n in ERRORS if not ERRORS[n].harmless], places=5)

    injected = sum(score.injected for score in scores.values())
    assert injected > 180
    assert sum(score.found for score in scores.values()) >= 0.9 * injected
    assert sum(score.excused for score in scores.values()) <= 0.03 * injected


@needs_corpus
def test_four_of_five_errors_in_real_filings_are_named_once():
    scores = measure(real_chapters(), [n for n in ERRORS if not ERRORS[n].harmless], places=5)

    injected = sum(score.injected for score in scores.values())
    assert injected > 100
    assert sum(score.once for score in scores.values()) >= 0.8 * injected
