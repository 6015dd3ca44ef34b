"""The benchmark of reconciliation, on few sequences: it runs, and it beats the naive one."""

from tests.benchmarks import causes
from tests.benchmarks.reconciliation import CLEAN, Score, measure, table
from tests.samples import size
from tests.simulator import ERRORS


def test_reconciliation_finds_more_and_alarms_less_than_the_naive_reconciler():
    ours, plain = measure(ERRORS, size(1, 3), clean=size(15, 30))
    us, them = _together(ours), _together(plain)

    assert us.found > them.found
    assert us.right > 3 * them.right
    assert us.false * 5 < them.false
    assert ours[CLEAN].false * 5 < plain[CLEAN].false


def test_the_table_has_a_line_for_every_kind_of_error():
    ours, plain = measure(["level-shift"], 1, clean=1)

    assert [line.split("  ")[0] for line in table(ours, plain).splitlines()] == [
        "error",
        "level-shift",
        CLEAN,
        "all errors",
    ]


def test_what_was_explained_is_explained_by_what_really_happened():
    scores = causes.measure(range(60))
    explained = sum(score.explained for score in scores.values())

    assert {"annuity-return", "espp", "form-change", "split"} <= scores.keys()
    assert sum(score.named for score in scores.values()) >= 0.97 * explained
    assert "annuity-return" in causes.table(scores)


def _together(scores):
    whole = Score()
    for kind, score in scores.items():
        if kind != CLEAN:
            whole.merge(score)
    return whole


def test_a_holding_whose_lines_all_belong_to_another_is_asked_for_nothing():
    scores, _ = measure(["wrong-ownership"], 1, clean=0, first=3_500_008)

    assert scores["wrong-ownership"].found == 1
