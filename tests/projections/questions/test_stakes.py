"""What each insider holds of a class in all: on every day the sum of the holdings of that day."""

from datetime import timedelta

import pytest

from projections import chart_of_stakes, holdings, stakes
from tests.projections.building import (
    ACME,
    ANNA,
    JANE,
    JOHN,
    MARY,
    Note,
    bought,
    filing,
    gave,
    held,
    into_trust,
    opening,
    option,
    plan_purchase,
    sold,
)

CLASS_B = {"title": "Class B Common Stock"}


@pytest.fixture
def insiders(told):
    """Jane with a trust and a plan's purchase, John with a slip, Mary and Anna with a pool."""
    forms = (
        opening(10_000, held(4_000, how="By Family Trust")),
        filing(sold(200, 10_420, notes=plan_purchase(620, "2024-05")), on="2024-06-03"),
        opening(2_000, by=JOHN),
        filing(sold(500, 1_400), on="2024-04-01", by=JOHN),
        filing(held(7_000, how="By Partnership"), on="2024-01-02", form="3", by=[MARY, ANNA]),
        filing(held(90, **CLASS_B), option("A", 500, 500), on="2024-02-01", by=MARY),
    )
    return told(*forms)


def levels(answer, name, security="Common Stock"):
    """The levels of somebody, each as its day, bounds, and what is to be said of it."""
    (own,) = [s for s in answer.stakes if s.person["name"] == name and s.security == security]
    return {
        level.on.isoformat(): (
            *(level.shares_low, level.shares_high),
            *(word for word in ("doubted", "inferred") if getattr(level, word)),
        )
        for level in own.levels
    }


def test_what_is_held_directly_and_by_a_trust_is_one_stake(insiders):
    told = levels(stakes(insiders, issuer="ACME"), "DOE JANE")

    assert told["2024-01-02"] == (14_000, 14_000)
    assert told["2024-05-01"] == (14_000, 14_620)
    assert told["2024-06-01"] == (14_620, 14_620)
    assert told["2024-06-03"] == (14_420, 14_420)


def test_a_stake_that_rests_on_a_total_in_doubt_says_so(insiders):
    assert levels(stakes(insiders), "ROE JOHN")["2024-04-01"] == (1_400, 1_400, "doubted")


def test_what_several_hold_together_is_counted_once_and_said_to_be_shared(insiders):
    pools = [s for s in stakes(insiders).stakes if s.levels[-1].shared]

    assert [(s.levels[-1].shares, s.levels[-1].shared) for s in pools] == [(7_000, 7_000)]


def test_classes_are_apart_and_derivatives_are_no_stock(insiders):
    answer = stakes(insiders, person="POE MARY")

    assert {s.security for s in answer.stakes} == {"Common Stock", "Class B Common Stock"}
    assert [*levels(answer, "POE MARY", "Class B Common Stock").values()][-1] == (90, 90)


def test_what_went_to_a_trust_that_no_line_shows_is_a_range(told):
    ledger = told(opening(1_000), filing(gave(250, 750, notes=into_trust(250)), on="2024-03-01"))

    assert levels(stakes(ledger), "DOE JANE")["2024-03-01"] == (750, 1_000)


def test_what_is_not_known_is_not_nothing(told):
    ledger = told(filing(bought(5, None), on="2024-03-01"))

    assert levels(stakes(ledger), "DOE JANE")["2024-03-01"][1] is None


def test_those_who_hold_most_come_first_and_whoever_may_hold_any_number_before_them(insiders):
    names = [s.person["name"] for s in stakes(insiders).stakes if s.security == "Common Stock"]

    assert names[0] == "DOE JANE"
    assert names[-1] == "ROE JOHN"


def test_a_stake_is_what_was_known_at_a_moment(insiders):
    told = levels(stakes(insiders, known_at="2024-05-15"), "DOE JANE")

    assert [*told.values()] == [(14_000, 14_000)]


def test_on_every_day_a_stake_is_the_sum_of_the_holdings_of_that_day(insiders):
    answer = stakes(insiders, issuer=ACME.cik)
    turns = {level.on for stake in answer.stakes for level in stake.levels}
    for day in sorted({turn + timedelta(days) for turn in turns for days in (-1, 0, 1)}):
        there = [
            level[-1]
            for stake in answer.stakes
            if (level := [one for one in stake.levels if one.on <= day])
        ]
        stock = [h for h in holdings(insiders, as_of=day).holdings if h.table == "I"]
        for bound in ("shares_low", "shares_high"):
            assert sum(getattr(one, bound) for one in there) == sum(
                getattr(one, bound) for one in stock
            ), day


def test_who_reports_nothing_but_a_note_has_no_stake(told):
    ledger = told(filing(option("A", 5, 5, notes=Note("Vests.")), on="2024-03-01", by=JANE))

    assert stakes(ledger).stakes == ()


def of_two_tables():
    """Jane's stock, and what Table II lists beside it: a class that converts into it, and an option."""
    into_a = {"title": "Class B Common Stock", "strike": None, "expires": None}
    return (
        opening(1_000, option(None, 5_000, 5_000, **into_a), option(None, 900, 900)),
        filing(option("C", 500, 4_500, **into_a), bought(500, 1_500), on="2024-03-01"),
    )


def test_a_class_of_table_ii_that_converts_stands_by_itself_and_options_do_not(told):
    ledger = told(*of_two_tables())
    answer = stakes(ledger, person=JANE.cik)

    classes = {(s.table, s.security): s for s in answer.stakes}
    assert set(classes) == {("I", "Common Stock"), ("II", "Class B Common Stock")}
    beside = classes["II", "Class B Common Stock"].levels
    assert [(str(level.on), level.shares) for level in beside[-2:]] == [
        ("2024-01-02", 5_000),
        ("2024-03-01", 4_500),
    ]
    for day in ("2024-02-01", "2024-03-01"):
        told_of = holdings(ledger, as_of=day).holdings
        (held,) = [one for one in told_of if one.security == "Class B Common Stock"]
        assert held.shares == [level.shares for level in beside if str(level.on) <= day][-1]


def test_classes_of_both_tables_are_told_apart_where_they_are_drawn(told):
    drawn = chart_of_stakes(stakes(told(*of_two_tables())))

    assert "Class B Common Stock (Table II)" in drawn
    assert "Common Stock (Table I)" not in drawn
