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
from tests.samples import size


@pytest.fixture(scope="module")
def simulated():
    return simulated_chapters(6, first=0)


def test_every_kind_of_error_but_rare_ones_finds_a_place_in_a_few_companies(simulated):
    scores = measure(simulated, ERRORS, places=1)

    rare = {"split-forgotten", "note-contradicts", "told-for-another"}
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


def test_an_error_is_found_beside_another_one(simulated):
    kinds = ["transposed-total", "letter-wrong", "row-repeated"]

    scores = measure(simulated, kinds, places=10, beside=True)

    assert sum(score.injected for score in scores.values()) >= 20
    for name, score in scores.items():
        assert score.right >= 0.8 * score.injected, (name, score.cases)


def _told(tmp_path, story):
    path = tmp_path / "told.txt"
    path.write_text(f"# told\n{story}", encoding="utf-8")
    return told_chapters([path])


def test_a_form_that_only_changes_who_holds_is_not_missed(tmp_path):
    moved = """3 2019-05-22
 Common Stock | = 6,130
4 2019-09-12
 Common Stock | J -4,120 = 2,010
 Common Stock, By Living Trust | J +4,120 = 4,120
4 2020-02-20
 Common Stock | A +2,200 = 4,210
 Common Stock, By Living Trust | = 4,120
"""

    (score,) = measure(_told(tmp_path, moved), ["filing-missing"], places=5).values()

    assert not score.injected
    assert "a change in the form of ownership, which needs no report" in score.undetectable


def test_totals_after_all_rows_of_a_form_are_no_error(tmp_path):
    sold = """3 2010-11-11
 Common Stock | = 30,000
4 2011-03-01
 Common Stock | A +12,000 = 42,000
 Common Stock | S -12,000 @15 = 30,000
4 2011-05-02
 Common Stock | S -5,000 @14 = 25,000
"""

    (score,) = measure(_told(tmp_path, sold), ["missed-own-row"], places=5).values()

    assert "every total of the form is then the one after all of its rows" in score.undetectable


def test_nine_of_ten_errors_in_quiet_stories_are_found():
    chapters = told_chapters(sorted(STORIES.glob("*.txt"))[::3])  # five places a kind need no more
    scores = measure(chapters, [n for n in ERRORS if not ERRORS[n].harmless], places=5)

    injected = sum(score.injected for score in scores.values())
    assert injected > 180
    assert sum(score.found for score in scores.values()) >= 0.9 * injected
    assert sum(score.excused for score in scores.values()) <= 0.03 * injected


@needs_corpus
def test_four_of_five_errors_in_real_filings_are_named_once():
    made = [name for name, kind in ERRORS.items() if not kind.harmless]
    scores = measure(real_chapters(), made, places=size(3, 5))

    injected = sum(score.injected for score in scores.values())
    assert injected > 100
    assert sum(score.once for score in scores.values()) >= 0.8 * injected
