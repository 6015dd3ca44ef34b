"""Holdings that may be one, sums of classes that convert, and lines where nothing is listed."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    held,
    kinds,
    opening,
    option,
    shown,
    sold,
    the,
)

OLD, NEW = {"how": "By Ferrier LLC"}, {"how": "By Larkin Trust"}


def renamed(told):
    return told(
        opening(1_000, held(400, **OLD)),
        filing(bought(10, 1_010), sold(10, 390, **NEW), on="2024-03-01"),
    )


def test_a_holding_that_may_be_counted_twice_is_in_doubt_and_so_is_the_sum(told):
    answer = holdings(renamed(told))

    doubted = {h.nature: (h.doubted, h.may_be) for h in answer.holdings}
    assert doubted == {
        "": (False, ()),
        "By Ferrier LLC": (True, ("By Larkin Trust",)),
        "By Larkin Trust": (True, ("By Ferrier LLC",)),
    }
    assert answer.sums[0].doubted
    assert {d for h in answer.holdings for d in h.doubts} == {
        f for h in answer.holdings for f in h.findings if h.nature == "By Ferrier LLC"
    }


def test_before_the_other_was_heard_of_nothing_is_in_doubt(told):
    answer = holdings(renamed(told), as_of="2024-02-01")

    assert [h.may_be for h in answer.holdings] == [(), (), ()]
    assert not answer.sums[0].doubted


def test_two_vehicles_that_a_form_lists_side_by_side_are_two(told):
    both = filing(bought(10, 1_010), held(400, **OLD), held(400, **NEW), on="2024-03-01")
    answer = holdings(told(opening(1_000, held(400, **OLD)), both))

    assert {h.may_be for h in answer.holdings} == {()}


def class_b(number, **said):
    terms = {"title": "Class B Common Stock", "strike": None, "expires": None}
    return option(None, number, number, **terms, **said)


def test_a_class_that_converts_has_a_sum_of_its_own(told):
    lines = (class_b(700), class_b(300, how="By Larkin Trust"), option(None, 50, 50))
    answer = holdings(told(opening(1_000, held(5, **NEW), *lines)))

    sums = {(s.table, s.security): (s.shares, s.direct, s.indirect) for s in answer.sums}
    assert sums == {
        ("I", "Common Stock"): (1_005, 1_000, 5),
        ("II", "Class B Common Stock"): (1_000, 700, 300),
    }


def test_options_of_two_terms_have_none(told):
    lines = (option(None, 50, 50), option(None, 70, 70, strike=12))

    assert holdings(told(opening(1_000, *lines))).sums == ()


NOTHING = [
    "No securities are beneficially owned.",
    "None",
    "N/A",
    "No securities owned",
    "NONE (1)",
]


@pytest.mark.parametrize("title", NOTHING)
def test_a_line_that_says_that_nothing_is_owned_is_no_security(title, told):
    said = filing(held(0, title=title), form="3", on="2024-01-02")

    assert holdings(told(said)).holdings == ()


def test_it_is_held_to_what_it_says():
    said = filing(held(0, title=NOTHING[0]), form="3", on="2024-01-02")

    answer = reconcile_filings([said, filing(bought(10, 30), on="2024-03-01")])

    assert kinds(answer) == ["OPENING_MISMATCH"]
    assert "nothing was owned" in the(answer, "OPENING_MISMATCH").message


@pytest.mark.parametrize("title", ["No Par Common Stock", "Nonvoting Common Stock"])
def test_a_class_without_par_value_or_vote_is_one(title, told):
    said = filing(held(0, title=title), form="3", on="2024-01-02")

    assert shown(holdings(told(said)).holdings) == {f"{title}, direct": "0"}


def test_a_line_with_shares_is_one_whatever_its_title(told):
    said = filing(held(70, title="None"), form="3", on="2024-01-02")

    assert shown(holdings(told(said)).holdings) == {"None, direct": "70"}
