"""A code and a letter that contradict each other: which of the two is wrong."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    kinds,
    moved,
    opening,
    option,
    sold,
    the,
    units,
    vested,
)


def granted_option(shares, owns, **said):
    """Options that leave under the code of a grant."""
    return option("A", shares, owns, marked="disposed", **said)


def test_options_that_leave_under_the_code_of_a_grant_were_exercised():
    form = filing(
        vested(700, 10_700),
        sold(700, 10_000),
        granted_option(700, 2_100),
        on="2024-05-01",
    )

    answer = reconcile_filings([opening(), form])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]
    assert "should be M" in the(answer, "AD_CODE_CONTRADICTION").message


def test_two_series_under_the_code_of_a_grant_are_told_once_each(told):
    form = filing(
        vested(1_200, 11_200),
        granted_option(700, 2_100, strike=10),
        granted_option(500, 900, strike=12),
        on="2024-05-01",
    )

    answer = reconcile_filings([opening(), form])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"] * 2
    assert sorted(str(h.shares) for h in holdings(told(opening(), form)).holdings) == [
        "11200",
        "2100",
        "900",
    ]


def test_options_that_leave_as_a_grant_without_an_exercise_may_have_either_half_wrong():
    form = filing(granted_option(700, 2_100), on="2024-05-01")

    words = the(reconcile_filings([form]), "AD_CODE_CONTRADICTION").message

    assert words.endswith("such rows are acquired, and nothing here shows which is wrong")


def test_a_letter_that_totals_before_and_after_follow_leaves_the_code_in_doubt():
    answer = reconcile_filings(
        [
            opening(),
            filing(moved("P", "acquired", 300, 9_700, marked="disposed"), on="2024-05-01"),
            filing(bought(50, 9_750), on="2024-08-01"),
        ]
    )

    assert "the code may be what is wrong" in the(answer, "AD_CODE_CONTRADICTION").message


def test_a_letter_that_the_next_total_refutes_is_not_borne_out_by_those_after_it():
    answer = reconcile_filings(
        [
            opening(10_000),
            filing(moved("S", "disposed", 300, 10_300, marked="acquired"), on="2024-05-01"),
            filing(bought(50, 9_750), on="2024-08-01"),
            filing(bought(60, 9_810), on="2024-09-02"),
        ]
    )

    assert the(answer, "AD_CODE_CONTRADICTION").message.endswith(
        "nothing here shows which is wrong"
    )
    assert the(answer, "BALANCE_BREAK_EXPLAINED").explanation.code == "EXPL_PRIOR_CORRECTION"


def converted(shares, owns, direction, title):
    return moved("C", direction, shares, owns, price=0, title=title)


@pytest.mark.parametrize("received", [(850, 30_850), (425, 30_425)], ids=["one for one", "halved"])
def test_both_sides_of_a_conversion_may_stand_in_table_one(received):
    form = filing(
        converted(600, 10_800, "disposed", "Stock Units"),
        converted(250, 10_550, "disposed", "Stock Units"),
        converted(*received, "acquired", "Common Stock"),
        on="2024-05-01",
    )

    assert kinds(reconcile_filings([form])) == []


def test_a_conversion_in_table_one_that_gives_stock_up_and_receives_none_is_doubted():
    form = filing(converted(600, 10_800, "disposed", "Common Stock"), on="2024-05-01")

    assert "AD_CODE_CONTRADICTION" in kinds(reconcile_filings([form]))


# --- amendments whose original is not here -----------------------------------------------

ORPHAN = {"on": "2024-05-01", "filed": "2024-05-20", "form": "4/A", "original_on": "2024-05-03"}


@pytest.mark.parametrize(
    "line", [vested(700, 10_700), option("M", 700, 2_100)], ids=["stock", "option"]
)
def test_an_amendment_alone_need_not_have_both_sides_of_an_exercise(line):
    assert kinds(reconcile_filings([filing(line, **ORPHAN)])) == []


def test_an_original_with_one_side_of_an_exercise_has_lost_the_other():
    answer = reconcile_filings([filing(option("M", 700, 2_100), on="2024-05-01")])

    assert kinds(answer) == ["EXERCISE_COUNTERPART_MISSING"]


def test_an_amendment_alone_stands_in_the_turn_of_what_it_amends():
    answer = reconcile_filings(
        [
            opening(),
            filing(sold(400, 9_600), **ORPHAN),
            filing(bought(100, 9_700), on="2024-05-10"),
        ]
    )

    assert kinds(answer) == []
    assert (answer.totals.agreed, answer.totals.checked) == (2, 2)


# --- which half is wrong -------------------------------------------------------------------


def words_of(line, **said):
    """What is said of one row whose code and letter contradict each other."""
    (found,) = [
        f
        for f in reconcile_filings([filing(line, on="2024-05-01", **said)]).findings
        if f.kind == "AD_CODE_CONTRADICTION"
    ]
    return found.message


def test_a_total_below_the_amount_shows_that_shares_left():
    exercise = option("M", 700, 0, marked="acquired")
    grant = granted_option(700, 0)

    assert "but a total of 0 after 700 shows that they left" in words_of(exercise)
    assert "the code is what is wrong" in words_of(grant)


def test_a_total_of_the_grant_itself_shows_that_it_was_acquired():
    assert "it was acquired" in words_of(granted_option(700, 700))


def test_units_that_vest_only_later_were_granted_under_the_code_of_an_exercise():
    new = option("M", 700, 2_000, marked="acquired", exercisable_on="2024-11-01")
    ten_years = option("M", 700, 700, marked="acquired", expires="2034-05-01")
    old = option("M", 700, 2_000, marked="acquired", exercisable_on="2022-11-01")

    assert "the code may be what is wrong" in words_of(new)
    assert "the code may be what is wrong" in words_of(ten_years)
    assert "it was given up" in words_of(old)


def test_conversions_marked_acquired_that_leave_nothing_are_the_letters_fault():
    preferred = option("C", 700, 0, marked="acquired", strike=None, title="Series A Preferred")

    assert "shows that they left" in words_of(preferred)


def test_letters_that_chain_only_back_in_time_are_the_wrong_ones(told):
    """Options exercised on two days, the later day first: the totals fall by their days."""
    form = filing(
        option("M", 50, 400, marked="acquired", on="2024-05-02"),
        option("M", 50, 450, marked="acquired", on="2024-05-01"),
        on="2024-05-01",
    )

    found = reconcile_filings([form]).findings

    rows = sorted(f.row for f in found if f.kind == "AD_CODE_CONTRADICTION")
    assert rows == ["II.1", "II.2"]
    assert [h.shares for h in holdings(told(form)).holdings] == [400]


def test_units_that_leave_under_the_code_of_a_grant_until_none_are_left_were_never_granted():
    form = filing(
        granted_option(2_828, 2_828, strike=None, expires=None, title="Restricted Stock Units"),
        granted_option(2_828, 0, strike=None, expires=None, title="Restricted Stock Units"),
        on="2024-09-13",
    )

    said = [f.message for f in reconcile_filings([form]).findings if "CODE" in f.kind]

    assert len(said) == 2
    assert all("the code is what is wrong" in words for words in said)


def test_a_grant_marked_disposed_whose_total_is_all_of_it_was_acquired():
    form = filing(
        granted_option(2_828, 2_828, strike=None, expires=None, title="Restricted Stock Units"),
        on="2024-09-13",
    )

    words = the(reconcile_filings([form]), "AD_CODE_CONTRADICTION").message

    assert "it was acquired" in words


@pytest.mark.parametrize(
    ("expires", "words"),
    [("2033-06-25", "such rows are disposed"), ("2034-06-26", "the terms begin with the row")],
)
def test_a_term_shorter_than_that_of_a_grant_beside_it_began_with_an_earlier_grant(expires, words):
    title = {"title": "Restricted Stock Units", "strike": None}
    form = filing(
        option("M", 1_228, 1_228, marked="acquired", expires=expires, on="2024-06-26", **title),
        option("A", 1_790, 1_790, expires="2034-09-19", on="2024-09-19", **title),
        on="2024-09-19",
    )

    assert words in the(reconcile_filings([form]), "AD_CODE_CONTRADICTION").message


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (option("M", 300, 300, marked="acquired", exercisable_on="2025-03-01"), "minor"),
        (option("M", 300, 120, marked="acquired"), "major"),
        (units("M", 300, 900, marked="acquired"), "minor"),
    ],
    ids=["the code is wrong", "the letter is wrong", "nothing shows which"],
)
def test_a_contradiction_is_major_where_something_shows_that_the_letter_is_wrong(row, severity):
    found = [
        f for f in reconcile_filings([filing(row, on="2024-03-01")]).findings if "CODE" in f.kind
    ]

    assert [f.severity for f in found] == [severity]


def contradiction(*lines):
    return the(reconcile_filings([filing(*lines, on="2024-05-01")]), "AD_CODE_CONTRADICTION")


def test_shares_received_in_table_one_show_that_options_were_given_up():
    alone = contradiction(vested(700, 1_500), option("M", 700, 2_100, marked="acquired"))

    assert alone.severity == "major"
    assert "but I.1 received the shares" in alone.message


def test_two_series_marked_acquired_are_shown_to_have_left_by_what_they_brought():
    form = filing(
        vested(1_200, 1_500),
        option("M", 700, 2_100, marked="acquired"),
        option("M", 500, 900, strike=12, marked="acquired"),
        on="2024-05-01",
    )

    told = [f for f in reconcile_filings([form]).findings if "CODE" in f.kind]

    assert [f.severity for f in told] == ["major", "minor"]
    assert told[1].message.endswith("so is II.1 of the form, for the same cause")


def test_a_series_whose_term_begins_with_the_row_was_acquired_whatever_its_total_adds():
    found = contradiction(granted_option(700, 9_300, expires="2034-04-30"))

    assert "it was acquired" in found.message
    assert found.severity == "major"


def test_all_of_a_purchase_was_acquired():
    warrants = moved("P", "acquired", 4_100, 4_100, marked="disposed", title="Warrants")

    assert "is all of the purchase: it was acquired" in contradiction(warrants).message


def test_a_running_series_does_not_grow_however_its_totals_are_ordered():
    """The totals stand in each other's place, so that they seem to follow the wrong letter."""
    rows = [
        option("M", 650, 980, marked="acquired", expires="2029-08-07"),
        option("M", 500, 1_480, marked="acquired", expires="2029-08-07"),
    ]

    said = [
        f.message
        for f in reconcile_filings([filing(*rows, on="2024-07-01")]).findings
        if "CODE" in f.kind
    ]

    assert all("a series that runs already does not grow" in words for words in said)
    assert sum("the totals that rise with it may be wrong" in words for words in said) == 1
