"""Ratios: shares exchanged for others come to the number that a pencil gives, or to none."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.types import exchanged, multiplied, ratio_of, ratio_text
from projections import holdings, json_of, reconcile
from projections.positions.ratios import RATIOS, adds, adds_to_one, comes_to, rebasing, spoken
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    held,
    opening,
    option,
    shown,
    sold,
    split,
    the,
)

small = st.integers(1, 60)
ratios = st.builds(Fraction, small, small)
quantities = st.decimals(0, 10**15, places=8)


shares = st.decimals(-(10**9), 10**9, places=2)
near = st.sampled_from([Decimal(n) / 2 for n in range(-4, 5)])


# --- the arithmetic ----------------------------------------------------------------------


def test_a_four_for_three_split_of_three_thousand_is_four_thousand():
    assert exchanged(Decimal(3_000), Fraction(4, 3)) == 4_000


@given(st.sets(shares, max_size=4), st.sampled_from(RATIOS), shares, near)
def test_a_split_adds_to_one_of_some_balances_what_it_adds_to_it_alone(bases, ratio, held, off):
    gap = (held * (ratio - 1).numerator / (ratio - 1).denominator).quantize(Decimal("0.01")) + off
    balances = {held, *bases}

    assert adds_to_one(balances, ratio, gap, within=1) == any(
        adds(base, ratio, gap, within=1) for base in balances
    )


def test_a_third_of_a_share_is_paid_in_cash():
    assert multiplied(Decimal(1_000), Fraction(4, 3)) is None
    assert exchanged(Decimal(1_000), Fraction(4, 3)) == 1_333


@given(quantities, ratios)
def test_what_shares_become_is_exact_or_whole(shares, ratio):
    became, should = exchanged(shares, ratio), Fraction(shares) * ratio

    assert Fraction(became) == should or (became % 1 == 0 and 0 < should - Fraction(became) < 1)


@given(st.integers(0, 10**12), ratios)
def test_a_split_and_the_reverse_of_it_leave_what_was_there(lots, ratio):
    shares = Decimal(lots * ratio.denominator)

    assert exchanged(exchanged(shares, ratio), 1 / ratio) == shares


@given(quantities, ratios, st.integers(0, 3), st.integers(-3, 3))
def test_nearness_is_judged_without_a_quotient(shares, ratio, within, off):
    after = exchanged(shares, ratio) + off
    apart = abs(Fraction(shares) * ratio - Fraction(after))

    assert comes_to(shares, ratio, after, within) == (apart < within if within else apart == 0)


@given(st.integers(100, 10**9).map(Decimal), st.sampled_from(RATIOS))
def test_a_split_adds_what_it_makes_of_a_balance(base, ratio):
    assert adds(base, ratio, exchanged(base, ratio) - base, within=1)


@pytest.mark.parametrize("ratio", RATIOS)
def test_a_strike_is_divided_by_the_ratio_to_the_cent(ratio):
    after = round(Decimal("48.60") * ratio.denominator / ratio.numerator, 2)

    assert rebasing(Decimal("48.60"), after, [ratio]) == ratio


# --- as it is written ----------------------------------------------------------------------


@given(st.one_of(ratios, st.builds(Fraction, st.integers(1, 99_999), st.just(10_000))))
def test_a_ratio_is_written_without_loss(ratio):
    assert ratio_of(ratio_text(ratio)) == ratio


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("3:2", Fraction(3, 2)),
        ("1:10", Fraction(1, 10)),
        ("1.333333:1", Fraction(1_333_333, 1_000_000)),
        ("1:2.5", Fraction(2, 5)),
        (None, None),
        ("", None),
        ("3", None),
        ("3:0", None),
        ("0:3", None),
        ("NaN:1", None),
        ("1e999999999:1", None),
    ],
)
def test_a_stored_ratio_reads_as_it_ever_did_or_not_at_all(text, ratio):
    assert ratio_of(text) == ratio


@pytest.mark.parametrize(
    ("ratio", "words"),
    [("3:2", "3-for-2"), ("1:10", "1-for-10"), ("0.4873:1", "0.4873-for-1")],
)
def test_a_ratio_is_spoken_as_it_is(ratio, words):
    found = ratio_of(ratio)

    assert found is not None
    assert spoken(found) == words


# --- as holdings show it -------------------------------------------------------------------


def test_options_go_on_in_new_terms_as_a_pencil_counts_them(told):
    ledger = told(
        filing(option(None, 3_000, 3_000, strike=12), on="2024-03-01"),
        filing(option("M", 100, None, strike=9), on="2024-09-03"),
    )

    assert shown(holdings(ledger).holdings) == {
        "Employee Stock Option (right to buy), direct": "3900"
    }


def test_options_at_a_strike_that_no_split_makes_stay_another_series(told):
    ledger = told(
        filing(option(None, 3_000, 3_000, strike=12), on="2024-03-01"),
        filing(option("M", 100, None, strike="9.37"), on="2024-09-03"),
    )

    assert [h.shares for h in holdings(ledger).holdings] == [3_000, None]


def test_options_granted_at_a_strike_that_a_split_would_make_are_another_series(told):
    ledger = told(
        filing(option(None, 3_000, 3_000, strike=12), on="2024-03-01"),
        filing(option("A", 100, None, strike=9), on="2024-09-03"),
    )

    assert [h.shares for h in holdings(ledger).holdings] == [3_000, None]


def test_an_option_that_a_stated_split_leaves_a_third_of_counts_whole_shares(told):
    note = split("4:3", "2024-06-03")
    ledger = told(
        filing(option(None, 1_000, 1_000, strike=12), on="2024-03-01"),
        filing(option("M", 100, None, strike=9, notes=note), on="2024-09-03"),
    )

    assert shown(holdings(ledger).holdings) == {
        "Employee Stock Option (right to buy), direct": "1233"
    }


def test_a_total_that_leaves_out_a_split_is_told_in_whole_numbers(told):
    note = split("4:3", "2024-06-03")
    ledger = told(
        opening(3_000),
        filing(sold(100, 3_900, notes=note), on="2024-09-03"),
        filing(held(10_000, how="By Trust"), on="2024-03-01"),
        filing(bought(100, 10_100, how="By Trust"), on="2024-09-04"),
    )

    found = the(reconcile(ledger), "SPLIT_UNMODELLED")

    assert (found.expected, found.difference) == (13_433, -3_333)


@given(st.sampled_from([r for r in RATIOS if r > 1]), st.integers(1, 500), st.integers(1, 99))
def test_no_printed_number_ever_runs_on_for_ever(ratio, lots, some):
    before, words = Decimal(100 * lots + some), ratio_text(ratio)
    after = exchanged(before, ratio)
    judged = reconcile_filings(
        [
            opening(before),
            filing(sold(some, after - some, notes=split(words, "2024-06-03")), on="2024-09-03"),
            filing(held(before + 7, how="By Trust"), on="2024-03-01"),
            filing(bought(some, before + 7 + some, how="By Trust"), on="2024-09-04"),
        ]
    )

    assert all(len(digits.partition(".")[2]) <= 2 for digits in numbers_in(str(json_of(judged))))


def numbers_in(text):
    """Every number that a text prints."""
    return re.findall(r"(?<![\w.:-])\d[\d,]*(?:\.\d+)?(?![\w.:-])", text)


def test_shares_that_a_short_swing_matches_across_a_split_are_told_exactly(told):
    note = split("4:3", "2024-06-03")
    ledger = told(
        opening(3_000),
        filing(bought(300, 3_300, price=12), on="2024-05-01"),
        filing(sold(200, 4_200, price=10, notes=note), on="2024-07-01"),
    )

    assert the(reconcile(ledger), "SHORT_SWING_CANDIDATE").message == (
        "sold at 10 within six months of a purchase of 2024-05-01: "
        "a profit of $200 on 200 shares, unless a trade is exempt"
    )


def test_a_profit_that_no_cent_divides_is_about_so_much(told):
    note = split("1:3", "2024-06-03")
    ledger = told(
        opening(3_000),
        filing(bought(100, 3_100, price="1.00"), on="2024-05-01"),
        filing(sold(200, 833, price="9.01", notes=note), on="2024-07-01"),
    )

    assert "a profit of about $200.33 on about 33.33 shares" in (
        the(reconcile(ledger), "SHORT_SWING_CANDIDATE").message
    )
