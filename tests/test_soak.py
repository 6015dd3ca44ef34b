"""The long runs can begin, be ended and gone on with, and say of themselves what failed."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.shares import Run, concluded, together
from tests.soak import growth
from tests.soak.__main__ import RUNS
from tests.soak.mutants import PARTS, ROOT, must_be_noticed, mutants


def counted(tries, seed):
    """As many tries as were asked for, which fail for one seed."""
    return Counter({("tried", seed): tries})


def refused(tries, seed):
    raise AssertionError("this part is done already")


def test_every_long_run_is_one_that_the_whole_of_them_runs():
    assert set(RUNS) == {path.stem for path in (ROOT / "tests" / "soak").glob("[a-z]*.py")}


def test_a_run_that_is_kept_goes_on_where_it_ended(tmp_path):
    run = Run(50, 1, kept=tmp_path / "kept")
    whole = together(counted, Run(50, 1), size=20)

    part = together(counted, run._replace(tries=40), size=20)
    assert part.total() == 40
    assert together(counted, run, size=20) == whole
    assert together(refused, run, size=20) == whole


def test_a_line_that_was_being_written_when_a_run_ended_counts_nothing(tmp_path):
    run = Run(40, 1, kept=tmp_path / "kept")
    whole = together(counted, run, size=20)
    run.kept.write_text(run.kept.read_text("utf-8")[:-9], "utf-8")

    with pytest.raises(AssertionError, match="done already"):
        together(refused, run, size=20)
    assert together(counted, run, size=20) == whole
    assert together(refused, run, size=20) == whole


def test_a_run_that_has_no_time_says_how_little_it_tried(tmp_path, capsys):
    assert not together(refused, Run(40, 1, minutes=-1), size=20)
    assert capsys.readouterr().out == "0 of 40 asked for:\n"


def test_a_run_ends_in_1_where_something_failed(capsys):
    assert concluded(1_200, 0) == 0
    assert concluded(1_200, 1) == 1
    assert capsys.readouterr().out == "1,200 tried, 0 failed\n1,200 tried, 1 failed\n"


def test_memory_that_goes_on_growing_is_a_failure():
    assert growth.failures([(100, 9), (120, 9), (121, 9), (118, 9)]) == 0
    assert growth.failures([(100, 9), (120, 9), (121, 9), (140, 9)]) == 1
    assert growth.failures([(100, 9), (120, 9), (121, 10), (118, 9)]) == 1


def test_the_change_that_must_be_noticed_can_be_made():
    assert must_be_noticed().module in PARTS["seals"]


def test_every_module_that_is_changed_is_there_and_can_be():
    for part in PARTS.values():
        for module in part:
            assert (ROOT / module).is_file()
            assert next(mutants(module))
