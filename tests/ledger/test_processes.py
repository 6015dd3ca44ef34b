"""Processes that share work: in order, never far ahead, and never silent about a failure."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.processes import Processes

ROOT = Path(__file__).resolve().parents[2]
AHEAD = 10
"""How many pieces two processes may have been handed beyond the one that is answered."""


def negated(number):
    return -number


def inverted(number):
    return 1 / number


def test_answers_come_in_the_order_of_the_work():
    with Processes(2) as processes:
        processes.start()

        assert list(processes.each(negated, range(50))) == [-number for number in range(50)]


def test_work_is_taken_up_only_as_it_can_be_done():
    taken = []

    def work():
        for number in range(1_000):
            taken.append(number)
            yield number

    with Processes(2) as processes:
        for answer in processes.each(negated, work()):
            assert len(taken) <= -answer + AHEAD


def test_a_failure_is_raised_where_its_answer_is_due():
    with Processes(2) as processes:
        answers = processes.each(inverted, [1, 0, 2])

        assert next(answers) == 1
        with pytest.raises(ZeroDivisionError):
            next(answers)


ORPHANS = """
import os, time
from ledger.processes import Processes
from tests.ledger.test_processes import numbered

with Processes(2) as processes:
    print(*{process.result() for process in [processes.submit(numbered) for _ in range(8)]}, flush=True)
    processes.submit(time.sleep, 60)
    time.sleep(60)
"""


def numbered():
    time.sleep(0.2)
    return os.getpid()


def test_processes_end_with_the_one_they_work_for_even_where_it_is_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHANS], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    workers = parent.stdout.readline().split()
    parent.kill()
    started = time.monotonic()
    parent.communicate(timeout=30)  # their output ends when the last of them does

    assert workers
    assert time.monotonic() - started < 10


UNGUARDED = """
from ledger.processes import Processes
from tests.ledger.test_processes import negated

with Processes(2) as processes:
    print(*processes.each(negated, range(3)))
"""


@pytest.mark.parametrize("how", ["a file without a guard", "stdin", "the command line"])
def test_a_script_that_asks_for_processes_is_not_run_again_by_them(how, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    arguments = {"stdin": ["-"], "the command line": ["-c", UNGUARDED]}.get(how, [str(script)])

    done = subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        input=UNGUARDED,
        text=True,
    )

    assert done.stdout == "0 -1 -2\n", done.stderr
