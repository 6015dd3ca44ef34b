"""The ledger is right more often than the last reported total is."""

from collections import Counter
from datetime import date

from tests.benchmarks.raw_key import RULES, measured, month_ends
from tests.simulator import sequence


def test_months_are_counted_to_the_last_that_is_over():
    assert list(month_ends(date(2024, 1, 31), date(2024, 3, 30))) == [
        date(2024, 1, 31),
        date(2024, 2, 29),
    ]


def test_the_ledger_is_wrong_less_often_than_the_last_reported_total():
    months = {rule: Counter() for rule in RULES}
    for seed in range(3_200_001, 3_200_013):
        for rule, counts in measured(sequence(seed))[0].items():
            months[rule] += counts

    assert months["raw key"].total() == months["ledger"].total() > 300
    assert months["ledger"]["wrong"] * 3 < months["raw key"]["wrong"]
    assert months["ledger"]["right"] > months["raw key"]["right"]
