"""A row that exercises a series and mistypes its strike or its expiry is of that series still."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, kinds, moved, opening, option, the

NINE = {"strike": 9, "expires": "2031-05-02", "exercisable_on": "2022-05-02"}


def first(*more):
    return opening(2_000, option(None, None, 900, **NINE), *more)


def exercises(shares, leaves, on="2024-06-03", paid=9, owns=2_250, **terms):
    row = option("M", shares, leaves, **NINE | terms)
    return filing(moved("M", "acquired", shares, owns, price=paid), row, on=on)


def held(ledger, **asked):
    found = holdings(ledger, **asked).holdings
    return sorted((str(h.exercise_price), int(h.shares or 0)) for h in found if h.table == "II")


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"expires": "2031-05-31"}, "an expiry of 2031-05-31, where it is 2031-05-02"),
        ({"expires": "2032-05-02"}, "an expiry of 2032-05-02, where it is 2031-05-02"),
        ({"expires": "2031-05-01"}, "an expiry of 2031-05-01, where it is 2031-05-02"),
        ({"strike": 90}, "a strike of 90, where it is 9"),
        ({"strike": 12}, "a strike of 12, where it is 9"),
        ({"strike": 12, "exercisable_on": None}, "a strike of 12, where it is 9"),
    ],
)
def test_one_term_that_is_wrong_opens_no_second_series(told, terms, words):
    filings = first(), exercises(250, 650, **terms)

    answer = reconcile_filings(filings)

    found = the(answer, "CLASS_AMBIGUOUS")
    assert (found.row, found.severity) == ("II.1", "minor")
    assert f"with {words}: a slip" in found.message
    assert kinds(answer) == ["CLASS_AMBIGUOUS"]
    assert held(told(*filings)) == [("9", 650)]


@pytest.mark.parametrize("terms", [{"expires": "2031-12-02"}, {"strike": 19}])
def test_the_next_form_goes_on_under_the_right_terms(told, terms):
    filings = (
        first(),
        exercises(250, 650, **terms),
        exercises(150, 500, on="2024-09-03", owns=2_400),
    )

    assert kinds(reconcile_filings(filings)) == ["CLASS_AMBIGUOUS"]
    assert held(told(*filings)) == [("9", 500)]
    assert held(told(*filings), as_of="2024-07-01") == [("9", 650)]


OTHER = {"strike": 12, "expires": "2032-05-02", "exercisable_on": "2023-05-02"}


@pytest.mark.parametrize(
    ("listed", "row", "then"),
    [
        ([OTHER], exercises(250, 650, paid=12, **OTHER), [("12", 650), ("9", 900)]),
        ([], exercises(250, 650, paid=12, **OTHER), [("12", 650), ("9", 900)]),
        ([], exercises(250, 400, expires="2032-05-02"), [("9", 400), ("9", 900)]),
        (
            [],
            exercises(250, 650, expires="2032-05-02", exercisable_on="2023-05-02"),
            [("9", 650), ("9", 900)],
        ),
    ],
)
def test_another_grant_is_another_series(told, listed, row, then):
    filings = first(*(option(None, None, 900, **terms) for terms in listed)), row

    assert kinds(reconcile_filings(filings)) == []
    assert held(told(*filings)) == then


def test_terms_that_a_later_form_has_too_are_no_slip(told):
    other = {"expires": "2032-05-02"}
    filings = (
        first(),
        exercises(250, 650, **other),
        exercises(150, 500, on="2024-09-03", owns=2_400, **other),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert held(told(*filings)) == [("9", 500), ("9", 900)]


def test_an_option_that_is_granted_or_listed_under_other_terms_is_another(told):
    granted = filing(option("A", 900, 900, **NINE | {"expires": "2032-05-02"}), on="2024-06-03")

    assert held(told(first(), granted)) == [("9", 900), ("9", 900)]
