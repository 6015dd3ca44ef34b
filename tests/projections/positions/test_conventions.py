"""What a total means is found by arithmetic: running, final, reversed, by date."""

from itertools import permutations

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.projections.building import (
    bought,
    filing,
    gave,
    held,
    into_trust,
    kinds,
    opening,
    plan_purchase,
    shown,
    sold,
    vested,
)

TEN_THOUSAND = {
    "running": (bought(2_000, 12_000), sold(1_500, 10_500), sold(500, 10_000)),
    "final": (bought(2_000, 10_000), sold(1_500, 10_000), sold(500, 10_000)),
    "reversed": (sold(500, 10_000), sold(1_500, 10_500), bought(2_000, 12_000)),
    "by date": (
        sold(500, 10_000, on="2024-03-01"),
        bought(2_000, 12_000, on="2024-02-28"),
        sold(1_500, 10_500, on="2024-02-29"),
    ),
    "closing of each date": (
        bought(2_000, 10_500, on="2024-02-28"),
        sold(1_500, 10_500, on="2024-02-28"),
        sold(500, 10_000, on="2024-02-29"),
    ),
}


def test_an_order_that_goes_back_in_time_hides_no_slip():
    rows = (
        bought(900, 10_900, on="2024-02-28"),
        sold(900, 10_000, on="2024-02-28"),
        bought(1_031, 11_031, on="2024-02-29"),
        sold(1_301, 10_000, on="2024-02-29"),
    )

    assert kinds(reconcile_filings([filing(*rows, on="2024-02-29")])) == ["TRANSPOSED_DIGITS"]


@pytest.mark.parametrize("rows", TEN_THOUSAND.values(), ids=TEN_THOUSAND.keys())
def test_the_same_three_trades_agree_however_the_filer_writes_totals(rows, told):
    filings = (opening(10_000), filing(*rows, on="2024-03-01"))

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert (fair(answer.totals), answer.totals.checked, answer.totals.opening) == (3, 3, 1)
    assert shown(holdings(told(*filings)).holdings) == {"Common Stock, direct": "10000"}


def fair(totals):
    """How many totals need no finding: one that counts the rows below it is no error."""
    return totals.agreed + totals.explained


WRONG = {
    "running": (bought(2_000, 12_000), sold(1_500, 15_170), sold(500, 10_000), sold(70, 9_930)),
    "reversed": (sold(70, 9_930), sold(500, 10_000), sold(1_500, 15_170), bought(2_000, 12_000)),
    "final": (bought(2_000, 9_930), sold(1_500, 15_170), sold(500, 9_930), sold(70, 9_930)),
}


@pytest.mark.parametrize("rows", WRONG.values(), ids=WRONG.keys())
def test_one_wrong_total_among_right_ones_is_one_error_however_totals_are_written(rows, told):
    filings = (
        opening(10_000),
        filing(*rows, on="2024-03-01"),
        filing(sold(30, 9_900), on="2024-04-01"),
    )

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["ISOLATED_TOTAL_ERROR"]
    assert answer.findings[0].reported == 15_170
    assert (fair(answer.totals), answer.totals.unexplained) == (4, 1)
    assert shown(holdings(told(*filings)).holdings) == {"Common Stock, direct": "9900"}


def test_a_wrong_total_in_a_first_filing_of_equal_totals_is_one_error():
    rows = (sold(500, 10_000), sold(70, 15_170), sold(20, 10_000), sold(10, 10_000))

    answer = reconcile_filings([filing(*rows, on="2024-03-01")])

    assert [f.kind for f in answer.findings if is_alarm(f)] == ["ISOLATED_TOTAL_ERROR"]


SIX_ROWS = (
    vested(200_000, 301_097),
    sold(73_170, 227_927),
    sold(74_907, 153_020),
    sold(41_986, 111_034),
    sold(5_496, 105_538),
    sold(4_441, 101_097),
)


def test_a_chain_of_six_rows_returns_to_where_it_began(told):
    ledger = told(filing(*SIX_ROWS, on="2022-12-13"))

    told_of = history(ledger).positions[0]

    assert told_of.opening == 101_097
    assert [e.verdict for e in told_of.entries] == ["opening"] + 5 * ["agreed"]
    assert told_of.entries[-1].computed == 101_097


def test_rows_out_of_order_are_chained_by_their_totals():
    for order in permutations(SIX_ROWS[:4]):
        totals = reconcile_filings(
            [opening(101_097, on="2022-01-03"), filing(*order, on="2022-12-13")]
        ).totals

        assert (totals.agreed, totals.checked) == (4, 4)


@pytest.mark.parametrize("posts", [(900, 800), (800, 800), (800, 900)])
def test_two_equal_sales_agree_running_final_and_reversed(posts):
    rows = [sold(100, post) for post in posts]

    totals = reconcile_filings([opening(1_000), filing(*rows, on="2024-03-01")]).totals

    assert (fair(totals), totals.checked) == (2, 2)


def test_two_equal_sales_that_move_the_total_once_are_one_row_written_twice():
    twice = filing(sold(100, 900), sold(100, 900), on="2024-03-01")

    answer = reconcile_filings([opening(1_000), twice])

    assert kinds(answer) == ["DUPLICATE_ROW"]
    assert (answer.totals.agreed, answer.totals.unexplained) == (1, 1)


def test_the_habit_of_earlier_filings_decides_where_arithmetic_cannot():
    final = filing(bought(300, 900), sold(400, 900), on="2024-03-01")
    again = filing(bought(50, 940), sold(10, 940), on="2024-05-01")
    after = filing(sold(40, 900), on="2024-06-03")

    totals = reconcile_filings([opening(1_000), final, again, after]).totals

    assert (fair(totals), totals.checked) == (5, 5)


def test_a_total_that_counts_the_rows_below_it_is_explained_by_them(told):
    final = filing(bought(300, 900), sold(400, 900), on="2024-03-01")

    position = history(told(opening(1_000), final)).positions[0]

    assert [(e.computed, e.claimed, e.verdict, e.convention) for e in position.entries[1:]] == [
        (1_300, 900, "explained", "date-final"),
        (900, 900, "agreed", "date-final"),
    ]


def test_a_note_tells_which_way_rows_of_a_broken_filing_run():
    moved = filing(
        sold(2_000, 3_000),
        bought(2_000, 5_000, notes=into_trust(7_000)),
        held(7_000, how="By Family Trust"),
        on="2024-03-01",
    )
    later = filing(gave(500, 2_500), on="2024-05-01")

    answer = reconcile_filings([opening(10_000), moved, later])

    assert kinds(answer) == []
    assert answer.totals.unexplained == 0


def test_the_lots_that_a_note_lists_tell_together_which_way_rows_run():
    """Stock was exercised, then sold, and told bottom-up; 300 and 98 came from the plan before."""
    both = (plan_purchase(300, "2024-01"), plan_purchase(98, "2024-02"))
    moved = filing(sold(2_000, 5_398), vested(2_000, 7_398, notes=both), on="2024-03-01")

    answer = reconcile_filings([opening(5_000), moved, filing(gave(500, 4_898), on="2024-05-01")])

    assert (answer.totals.explained, answer.totals.unexplained) == (1, 0)


def test_who_writes_rows_bottom_up_does_so_where_something_else_is_amiss():
    first = filing(sold(300, 10_200), sold(200, 10_500), bought(700, 10_700), on="2024-02-01")
    second = filing(sold(2_000, 10_700), bought(2_000, 12_700), on="2024-03-01")
    third = filing(gave(500, 10_200), on="2024-05-01")

    answer = reconcile_filings([opening(10_000), first, second, third])

    assert len(kinds(answer)) == 1
    (finding,) = [f for f in answer.findings if is_alarm(f)]
    assert (finding.row, finding.difference) == ("I.2", 500)


def test_a_row_without_a_total_moves_the_balance_and_claims_nothing():
    silent = filing(sold(100), sold(50, 850), on="2024-03-01")

    totals = reconcile_filings([opening(1_000), silent]).totals

    assert (totals.agreed, totals.checked) == (1, 1)


def test_a_total_of_zero_closes_the_position(told):
    ledger = told(opening(1_000), filing(sold(1_000, 0), on="2024-03-01"))

    assert shown(holdings(ledger).holdings) == {"Common Stock, direct": "0"}


@pytest.mark.parametrize(
    ("first", "then"),
    [((opening(10_000),), ()), ((), (filing(bought(1, 10_001), on="2024-05-01"),))],
    ids=["known before", "known after"],
)
def test_the_order_of_filings_on_one_day_comes_from_their_totals(first, then):
    one = filing(sold(500, 9_500), on="2024-03-01", part=2)
    other = filing(sold(200, 9_300), sold(300, 9_000), on="2024-03-01", part=1)
    back = filing(bought(1_000, 10_000), on="2024-03-01", filed="2024-03-04")

    totals = reconcile_filings([*first, one, other, back, *then]).totals

    assert totals.checked == totals.agreed


def test_one_total_for_a_days_rows_is_held_after_all_of_them_though_nothing_came_before(told):
    day = filing(gave(100, 900), gave(50, 900), on="2024-03-01")

    (position,) = history(told(day)).positions
    (holding,) = holdings(told(day), as_of="2024-02-28").holdings

    assert position.entries[-1].computed == 900
    assert holding.shares == 1_050


def test_a_total_that_counted_what_a_later_filing_reports_names_that_filing():
    late = filing(sold(300, 700, on="2024-02-15"), on="2024-05-01")
    filings = (opening(1_000), filing(sold(100, 600, on="2024-03-01"), on="2024-03-04"), late)

    told = reconcile_filings(filings)

    (found,) = [f for f in told.findings if f.kind == "BALANCE_BREAK_EXPLAINED"]
    assert (found.expected, found.reported, found.difference) == (900, 600, -300)
    assert found.evidence == (f"{late.id}#I.1",)
    assert found.revised_by == late.id
    assert (told.totals.explained, told.totals.unexplained) == (1, 0)


def test_a_blank_letter_is_that_of_a_code_which_goes_one_way():
    blank = filing(vested(60, 560, marked=None), sold(60, 500, marked=None), on="2024-03-04")

    answer = reconcile_filings([opening(500), blank])

    assert answer.totals.agreed == 2
    assert kinds(answer) == ["EXERCISE_COUNTERPART_MISSING"]


def test_a_blank_letter_is_not_believed_against_the_total():
    answer = reconcile_filings(
        [opening(500), filing(vested(60, 440, marked=None), on="2024-03-04")]
    )

    assert "AD_CODE_CONTRADICTION" in kinds(answer)


def test_a_row_of_no_shares_by_which_the_total_moves_lacks_its_amount():
    answer = reconcile_filings(
        [
            opening(10_000),
            filing(sold(0, 9_500), on="2024-03-04"),
            filing(bought(100, 9_600), on="2024-06-03"),
        ]
    )

    assert kinds(answer) == ["MAGNITUDE_ERROR"]
    assert answer.findings[0].message.endswith(
        "the amount 0 should be 500, by which the total moves, or as much moved besides, which no report here tells"
    )


def test_a_row_of_no_shares_whose_total_the_next_one_leaves_is_a_wrong_total():
    answer = reconcile_filings(
        [
            opening(10_000),
            filing(sold(0, 9_500), on="2024-03-04"),
            filing(bought(100, 10_100), on="2024-06-03"),
        ]
    )

    assert kinds(answer) == ["ISOLATED_TOTAL_ERROR"]


def test_a_running_total_of_its_lot_alone_is_named_where_the_next_row_goes_on_without_it():
    lots = (sold(300, 9_700), sold(250, 250), sold(400, 9_050))

    answer = reconcile_filings([opening(10_000), filing(*lots, on="2024-03-04")])

    assert kinds(answer) == ["LOT_ONLY"]
    assert answer.findings[0].row == "I.2"
