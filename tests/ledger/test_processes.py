"""Processes that share work: in order, never far ahead, and never silent about a failure."""

import pytest

from ledger.processes import Processes

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
