"""The ledger is right more often than the last reported total is."""

from tests.benchmarks.raw_key import simulated


def test_the_ledger_is_wrong_less_often_than_the_last_reported_total():
    score = simulated(3_200_001, 12)
    rule, ledger = score.days["raw key"], score.days["ledger"]

    assert rule.total() == ledger.total() > 9_000
    assert ledger["wrong"] * 3 < rule["wrong"]
    assert ledger["right"] > rule["right"]


def test_every_wrong_day_of_the_rule_has_a_cause():
    score = simulated(3_200_001, 6)

    assert sum(score.causes.values()) >= score.days["raw key"]["wrong"] > 0
