"""What no holding and no sum counts is said beside them."""

from decimal import Decimal

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    gave,
    held,
    moved,
    opening,
    option,
    sold,
    the,
)

CLASS = (held(900), held(50, how="By Trust"), held(700))


def test_a_sum_says_which_second_total_of_a_holding_it_does_not_count(told):
    ledger = told(filing(*CLASS, on="2024-03-01", form="5"))

    answer = holdings(ledger)

    (whole,) = answer.sums
    assert (whole.shares, [one.shares for one in whole.left_out]) == (950, [700])
    assert whole.left_out[0].source.endswith("#I.3")
    assert sorted(len(h.left_out) for h in answer.holdings) == [0, 1]


def test_a_second_total_is_said_until_a_later_form_gives_one_alone(told):
    ledger = told(
        filing(*CLASS, on="2024-03-01", form="5"),
        filing(sold(100, 800), on="2024-06-03"),
    )

    assert [one.left_out for one in holdings(ledger).sums] == [()]
    assert [one.left_out[0].shares for one in holdings(ledger, as_of="2024-04-01").sums] == [700]


def test_a_sum_says_what_of_the_class_is_counted_in_dollars(told):
    dollars = held(None, how="By 401(k) plan", value_after=1_200)
    ledger = told(opening(900, held(50, how="By Trust"), dollars))

    (whole,) = holdings(ledger).sums

    assert (whole.shares, [one.value for one in whole.left_out]) == (950, [Decimal(1_200)])


def test_a_total_of_all_series_is_told_once_beside_them(told):
    ledger = told(
        filing(
            option("A", 3_000, 9_000, strike=12),
            option("A", 2_000, 9_000, strike=13),
            on="2024-03-01",
        )
    )

    (whole,) = holdings(ledger).class_totals

    assert (whole.shares, whole.in_holdings) == (9_000, 5_000)
    assert holdings(ledger, as_of="2024-02-01").class_totals == ()


def test_a_total_of_all_series_is_no_longer_told_once_one_series_was_told_alone(told):
    ledger = told(
        filing(option("A", 3_000, 9_000, strike=12), on="2024-03-01"),
        filing(option("M", 500, 2_500, strike=12), on="2025-03-03"),
    )

    assert holdings(ledger).class_totals == ()
    assert len(holdings(ledger, as_of="2024-06-01").class_totals) == 1


def test_a_total_by_which_a_letter_is_wrong_is_in_doubt_until_a_later_one_goes_on_from_it(told):
    wrong = filing(gave(1_000, 11_000), on="2024-03-01")
    later = filing(sold(500, 10_500), on="2024-06-03")
    filings = (opening(10_000), wrong)

    found = the(reconcile_filings(filings), "AD_CODE_CONTRADICTION")

    (doubted,) = holdings(told(*filings)).holdings
    assert (doubted.basis, doubted.doubted, doubted.doubts) == ("reported", True, (found.id,))
    (borne_out,) = holdings(told(*filings, later)).holdings
    assert (borne_out.doubted, borne_out.doubts) == (False, ())


def test_a_history_opens_with_no_balance_that_its_first_line_contradicts(told):
    """A letter against its code leaves open on which side of the total the balance before lies."""

    def before(line):
        return [p.opening for p in history(told(filing(line, on="2024-03-01"))).positions]

    assert before(option("M", 1_560, 1_561, marked="acquired")) == [None]
    assert before(option("M", 1_560, 1_561)) == [3_121]
    assert before(moved("A", "acquired", 39_820, 39_280)) == [None]
    assert before(bought(100, 1_100)) == [1_000]
