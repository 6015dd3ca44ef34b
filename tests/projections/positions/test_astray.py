"""Totals known to be off: a trade told twice, a number put right after other forms followed it."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.projections.building import (
    bought,
    filing,
    granted,
    held,
    kinds,
    note,
    opening,
    shown,
    sold,
    split,
    the,
)


def direct(ledger, **asked):
    (now,) = holdings(ledger, **asked).holdings
    return now.shares


def bounds(ledger, **asked):
    (now,) = holdings(ledger, **asked).holdings
    return now.shares, now.shares_low, now.shares_high


SALE = filing(sold(400, 9_600), on="2024-03-04")
AGAIN = filing(sold(400, 9_200), on="2024-03-04", filed="2024-03-13")


# --- told twice ------------------------------------------------------------------------


def test_a_sale_filed_twice_is_told_at_the_copy_once_the_next_report_leaves_it_out(told):
    filings = (opening(), SALE, AGAIN, filing(bought(100, 9_700), on="2024-06-03"))

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert the(answer, "DOUBLE_REPORTED").filing == AGAIN.id
    assert not [f for f in answer.findings if f.kind == "LATE_FILING"]
    assert direct(told(*filings), as_of="2024-04-01") == 9_600


def test_until_then_nothing_says_which_it_is(told):
    ledger = told(opening(), SALE, AGAIN, filing(bought(100, 9_700), on="2024-06-03"))

    then = bounds(ledger, as_of="2024-04-01", known_at="2024-06-01")

    assert then == (None, 9_200, 9_600)


def test_two_equal_sales_that_the_next_report_counts_stay_two(told):
    filings = (opening(), SALE, AGAIN, filing(bought(100, 9_300), on="2024-06-03"))

    assert kinds(reconcile_filings(filings)) == []
    assert direct(told(*filings), as_of="2024-04-01") == 9_200


def test_a_total_that_leaves_out_one_of_two_sales_and_is_left_behind_blames_itself():
    filings = (
        opening(),
        SALE,
        AGAIN,
        filing(bought(100, 9_700), on="2024-06-03"),
        filing(bought(50, 9_350), on="2024-07-01"),
    )

    answer = reconcile_filings(filings)

    assert "DOUBLE_REPORTED" not in kinds(answer)
    assert {f.filing for f in answer.findings if is_alarm(f)} == {filings[3].id}


def test_a_report_that_follows_from_neither_leaves_out_what_it_comes_nearer_to_without():
    answer = reconcile_filings(
        [opening(), SALE, AGAIN, filing(bought(100, 9_777), on="2024-06-03")]
    )

    assert the(answer, "DOUBLE_REPORTED").filing == AGAIN.id
    assert the(answer, "BALANCE_BREAK").difference == 77


def test_shares_that_a_plan_only_adds_show_which_of_two_totals_a_report_goes_on_from():
    buying = filing(bought(400, 10_400), on="2024-03-04")
    again = filing(bought(400, 10_800), on="2024-03-04", filed="2024-03-13")
    plan = note("Includes shares bought under the employee stock purchase plan.", "espp-purchase")
    later = filing(sold(100, 10_550, notes=plan), on="2024-06-03")

    answer = reconcile_filings([opening(), buying, again, later])

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert answer.totals.unexplained == 0


def test_a_copy_that_no_later_report_has_counted_or_left_out_is_told_at_once(told):
    answer = reconcile_filings([opening(), SALE, AGAIN])

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert "no later total shows" in the(answer, "DOUBLE_REPORTED").message
    assert answer.totals.agreed == 2
    assert bounds(told(opening(), SALE, AGAIN), as_of="2024-04-01") == (None, 9_200, 9_600)


def test_two_equal_grants_that_nobody_has_gone_on_from_are_left_alone():
    grants = [
        filing(granted(400, 10_400), on="2024-03-04"),
        filing(granted(400, 10_800), on="2024-03-04", filed="2024-03-13"),
    ]

    assert kinds(reconcile_filings([opening(), *grants])) == []


@pytest.mark.parametrize(
    "again",
    [
        filing(sold(400, 9_200), on="2024-03-06", filed="2024-03-13"),
        filing(sold(400, 9_200, price="12.48"), on="2024-03-04", filed="2024-03-13"),
        filing(
            sold(150, 9_450, price="12.40"),
            sold(250, 9_200, price="12.56"),
            on="2024-03-04",
            filed="2024-03-13",
        ),
        filing(
            sold(150, 9_450, price="12.40"),
            sold(250, 9_200, price="12.56"),
            on="2024-03-06",
            filed="2024-03-13",
        ),
        filing(sold(400, 9_200, price="12.5"), on="2024-03-07", filed="2024-03-13"),
    ],
    ids=[
        "on the day it settled",
        "at another price",
        "lot by lot",
        "lot by lot on the day it settled",
        "on the day it settled, its price in fewer digits",
    ],
)
def test_a_sale_told_again_otherwise_is_told_at_the_copy(told, again):
    filings = (opening(), SALE, again, filing(bought(100, 9_700), on="2024-06-03"))

    answer = reconcile_filings(filings)

    assert set(kinds(answer)) == {"DOUBLE_REPORTED"}
    assert {f.filing for f in answer.findings if is_alarm(f)} == {again.id}
    assert direct(told(*filings), as_of="2024-04-01") == 9_600


def test_equal_sales_at_one_price_a_few_days_apart_stay_two_where_they_are_counted():
    other = filing(sold(400, 9_200), on="2024-03-06", filed="2024-03-08")

    answer = reconcile_filings(
        [opening(), SALE, other, filing(bought(100, 9_300), on="2024-06-03")]
    )

    assert kinds(answer) == []


@pytest.mark.parametrize(
    "again",
    [
        filing(sold(400, 9_600), on="2024-03-06", filed="2024-03-13"),
        filing(
            sold(400, 9_600), sold(50, 9_550, on="2024-03-11"), on="2024-03-04", filed="2024-03-13"
        ),
        filing(
            sold(150, 9_850, price="12.40"),
            sold(250, 9_600, price="12.56"),
            on="2024-03-04",
            filed="2024-03-13",
        ),
    ],
    ids=["on the day it settled", "beside the next sale", "lot by lot"],
)
def test_a_sale_told_again_that_no_total_counts_is_no_row_that_was_missed(again):
    answer = reconcile_filings([opening(), SALE, again])

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert the(answer, "DOUBLE_REPORTED").filing == again.id


LOTS = filing(sold(150, 9_850, price="41.08"), sold(250, 9_600, price="41.40"), on="2024-03-04")


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("price", ["41.28", "41.3", "41.10"])
def test_lots_told_again_as_their_sum_on_the_day_they_settled_are_told_at_the_copy(counted, price):
    again = filing(sold(400, 9_200 if counted else 9_600, price=price), on="2024-03-06")
    later = filing(bought(100, 9_700), on="2024-06-03")

    answer = reconcile_filings([opening(), LOTS, again, later])

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert the(answer, "DOUBLE_REPORTED").filing == again.id


def test_a_sale_of_the_size_of_earlier_lots_that_is_counted_is_a_sale_of_its_own():
    own = filing(sold(400, 9_200, price="41.28"), on="2024-03-06")

    answer = reconcile_filings([opening(), LOTS, own, filing(bought(100, 9_300), on="2024-06-03")])

    assert kinds(answer) == []


@pytest.mark.parametrize("price", ["44.10", "41.93", "38"])
def test_a_sale_at_a_price_that_no_lot_had_is_no_sale_told_again(price):
    missed = filing(sold(400, 9_600, price=price), on="2024-03-06")

    answer = reconcile_filings(
        [opening(), LOTS, missed, filing(bought(100, 9_300), on="2024-06-03")]
    )

    assert kinds(answer) == ["MISSED_OWN_ROW"]


def test_two_equal_purchases_of_one_day_told_together_after_the_first_was_told_alone():
    alone = filing(bought(800, 10_800), on="2024-03-04")
    both = filing(bought(800, 10_800), bought(800, 11_600), on="2024-03-04", part=2)

    answer = reconcile_filings(
        [opening(), alone, both, filing(bought(100, 11_700), on="2024-06-03")]
    )

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert answer.totals.unexplained == 0


def test_a_grant_listed_twice_in_one_form_is_a_row_too_many(told):
    twice = filing(granted(500, 10_500), granted(500, 11_000), on="2024-03-04")
    filings = (opening(), twice, filing(sold(100, 10_400), on="2024-06-03"))

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["DUPLICATE_ROW"]
    assert the(answer, "DUPLICATE_ROW").row == "I.2"
    assert direct(told(*filings), as_of="2024-04-01") == 10_500


def test_lots_of_one_size_that_the_next_report_counts_stay_lots():
    lots = filing(sold(100, 9_900), sold(100, 9_800), on="2024-03-04")

    answer = reconcile_filings([opening(), lots, filing(bought(50, 9_850), on="2024-06-03")])

    assert kinds(answer) == []


def test_rows_after_the_copy_count_it_too_and_are_not_blamed():
    again = filing(
        sold(400, 9_200), sold(50, 9_150, on="2024-03-08"), on="2024-03-04", filed="2024-03-12"
    )
    answer = reconcile_filings(
        [opening(), SALE, again, filing(bought(100, 9_650), on="2024-06-03")]
    )

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert answer.totals.unexplained == 0


def test_the_copy_stands_in_the_history_and_moves_nothing(told):
    ledger = told(opening(), SALE, AGAIN, filing(bought(100, 9_700), on="2024-06-03"))

    entries = history(ledger).positions[0].entries
    copy = next(e for e in entries if e.filing == AGAIN.id)
    undone = entries[entries.index(copy) - 1]

    assert (copy.computed, copy.claimed, copy.residual) == (9_600, 9_200, -400)
    assert (undone.event, undone.shares, undone.direction) == ("already-reported", 400, "acquired")


# --- put right after other forms had followed ---------------------------------------------

RAISED = opening(11_000, filed="2024-05-20", original_on="2024-01-04").model_copy(
    update={"form": "3/A"}
)


def test_an_opening_put_right_is_carried_through_the_forms_filed_before(told):
    ledger = told(opening(), SALE, filing(bought(50, 9_650), on="2024-04-01"), RAISED)

    assert direct(ledger, as_of="2024-02-01") == 11_000
    assert direct(ledger, as_of="2024-03-20") == 10_600
    assert direct(ledger) == 10_650
    assert direct(ledger, known_at="2024-05-01") == 9_650


def test_the_first_form_that_followed_the_old_number_is_told_and_no_other():
    answer = reconcile_filings(
        [opening(), SALE, filing(bought(50, 9_650), on="2024-04-01"), RAISED]
    )

    assert kinds(answer) == []
    assert the(answer, "BALANCE_BREAK_EXPLAINED").filing == SALE.id


@pytest.mark.parametrize(
    ("later", "between", "open_"),
    [(10_650, 10_600, 0), (9_650, 9_600, 1)],
    ids=["the next report has the correction", "the next report goes on without it"],
)
def test_the_next_report_says_whether_the_correction_reached_the_balance(
    later, between, open_, told
):
    filings = (opening(), SALE, RAISED, filing(bought(50, later), on="2024-06-03"))

    assert direct(told(*filings), as_of="2024-04-01") == between
    assert len(kinds(reconcile_filings(filings))) <= open_


def test_a_correction_is_carried_through_a_split_in_the_units_of_the_day(told):
    halved = filing(
        sold(100, 19_100, notes=split("2:1", "2024-04-15")), on="2024-05-01", filed="2024-05-03"
    )

    ledger = told(opening(), SALE, halved, RAISED)

    assert direct(ledger, as_of="2024-03-20") == 10_600
    assert direct(ledger, as_of="2024-05-02") == 21_100


def test_a_sale_taken_back_is_carried_too(told):
    withdrawn = filing(
        remarks="This amendment withdraws the report of March 6, 2024, which was filed in error.",
        on="2024-03-04",
        filed="2024-05-20",
        form="4/A",
        original_on="2024-03-06",
    )
    ledger = told(opening(), SALE, filing(bought(50, 9_650), on="2024-04-01"), withdrawn)

    assert direct(ledger) == 10_050


def test_other_holdings_of_the_form_are_left_alone(told):
    listed = opening(10_000, held(700, how="By Trust"))
    raised = RAISED.model_copy(update={"rows": RAISED.rows[:1]})
    ledger = told(
        listed, filing(sold(400, 9_600), held(700, how="By Trust"), on="2024-03-04"), raised
    )

    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "10600",
        "Common Stock, By Trust": "700",
    }
