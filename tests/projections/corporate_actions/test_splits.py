"""Splits: which ratios are worth trying on a break."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.corporate_actions.splits import split_gap, within_reach
from projections.filings.decoding import dossiers_of
from projections.positions.entries import Posting
from projections.positions.ratios import COMMON, RATIOS, inverse, telling
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    ANNA,
    JOHN,
    Note,
    bought,
    filing,
    held,
    kinds,
    option,
    sold,
    the,
    units,
)

amounts = st.integers(-200_000, 200_000).map(Decimal)


def broken(prior, delta, residual):
    """An entry whose total is so much more than what came before and its row make."""
    (dossier,) = dossiers_of([filing(bought(1, 1), on="2024-03-01")])
    claim = prior + delta + residual
    line = dossier.lines[0]
    return Posting(
        dossier=dossier,
        line=line,
        delta=delta,
        claim=claim,
        unmeasured=False,
        day=None,
        prior=prior,
        residual=residual,
    )


@given(
    prior=amounts,
    delta=amounts,
    ratio=st.sampled_from(RATIOS),
    after=st.booleans(),
    slack=st.integers(-1, 1),
    amount=amounts,
)
def test_a_ratio_that_closes_a_break_is_always_tried(prior, delta, ratio, after, slack, amount):
    base = prior + delta if after else prior
    residual = floor(int(base) * (ratio - 1)) + slack + amount
    tried = within_reach(broken(prior, delta, residual), COMMON, {abs(amount)})

    assert ratio in tried or not prior


@pytest.mark.parametrize("ratio", RATIOS)
def test_few_ratios_are_tried_on_a_break_that_one_of_them_made(ratio):
    entry = broken(Decimal(60_000), Decimal(-600), Decimal(floor(60_000 * (ratio - 1))))

    tried = within_reach(entry, COMMON, ())

    assert [r for r in sorted(RATIOS) if split_gap(entry, r) is not None] == [
        r for r in tried if split_gap(entry, r) is not None
    ]
    assert len(tried) <= 2


# --- ratios in no list ---------------------------------------------------------------------

EARLY, LATE = "2023-02-06", "2023-10-09"


def told_by_an_option(ratio, strike, *later, shares=40_300, before=9_600):
    """An option and a direct holding of one owner, before and after a split without a note."""
    new = Fraction(ratio)
    became, owns = floor(before * new), floor(shares * new)
    after = round(Decimal(strike) * new.denominator / new.numerator, 2)
    return [
        filing(bought(300, shares), option(None, before, before, strike=strike), on=EARLY),
        filing(bought(25, owns + 25), option(None, became, became, strike=after), on=LATE),
        *later,
    ]


@pytest.mark.parametrize(
    ("ratio", "strike"),
    [
        ("1/7", "1.85"),
        ("1/12", "0.95"),
        ("3/2", "30.10"),
        ("20", "214.00"),
        ("7/5", "18.20"),
        ("1/150", "0.06"),
    ],
)
def test_the_two_figures_of_an_option_prove_a_split_of_any_ratio(ratio, strike):
    answer = reconcile_filings(told_by_an_option(ratio, strike))

    assert the(answer, "BALANCE_BREAK_EXPLAINED").explanation.code == "EXPL_SPLIT"
    assert "SPLIT_INFERRED" in {f.kind for f in answer.findings}
    assert kinds(answer) == []


def test_what_one_insiders_option_proves_speaks_for_everybodys_shares():
    others = [
        filing(bought(70, 12_670), held(4_900, how="By Spouse"), on="2023-04-03", by=JOHN),
        filing(sold(10, 1_800), held(700, how="By Spouse"), on="2024-01-08", by=JOHN),
        filing(bought(14, 2_814), on="2023-05-08", by=ANNA),
        filing(bought(8, 410), on="2024-02-05", by=ANNA),
    ]

    answer = reconcile_filings(told_by_an_option("1/7", "1.85", *others))

    assert kinds(answer) == []
    assert len([f for f in answer.findings if f.kind == "BALANCE_BREAK_EXPLAINED"]) == 4


def test_units_and_shares_that_change_by_one_odd_ratio_show_a_split_together():
    answer = reconcile_filings(
        [
            filing(bought(40, 26_880), units(None, 5_410, 5_410), on=EARLY),
            filing(bought(60, 2_300), units(None, 450, 450), on=LATE),
        ]
    )

    assert kinds(answer) == []
    assert "1-for-12" in the(answer, "SPLIT_INFERRED").message


def test_shares_alone_that_become_a_seventh_are_no_split():
    answer = reconcile_filings(
        [
            filing(bought(300, 42_000), held(9_000, how="By Spouse"), on=EARLY),
            filing(bought(25, 6_025), held(9_000, how="By Spouse"), on=LATE),
        ]
    )

    assert kinds(answer) == ["BALANCE_BREAK"]


def test_an_option_adjusted_for_a_spin_off_splits_no_shares():
    note = Note("Number and exercise price were adjusted for the spin-off of May 1, 2023.")
    answer = reconcile_filings(
        [
            filing(bought(300, 42_000), option(None, 1_000, 1_000, strike="12.00"), on=EARLY),
            filing(
                bought(25, 42_025),
                option(None, 1_200, 1_200, strike="10.00", notes=note),
                on=LATE,
            ),
        ]
    )

    assert [f.kind for f in answer.findings if f.kind.startswith("SPLIT")] == []
    assert kinds(answer) == []


@given(
    ratio=st.sampled_from([Fraction(p, q) for p in range(1, 31) for q in (1, 2, 3, 5)]),
    held_before=st.integers(3_000, 10**7),
    cents=st.integers(150, 90_000),
)
def test_a_proven_ratio_is_the_one_that_made_both_figures(ratio, held_before, cents):
    became, before = floor(held_before * ratio), Decimal(cents) / 100
    after = round(before * ratio.denominator / ratio.numerator, 2)

    found = inverse(Decimal(held_before), before, Decimal(became), after)

    assert found in (ratio, None)


@pytest.mark.parametrize(
    ("low", "high", "ratio"),
    [
        ("0.1428", "0.1429", Fraction(1, 7)),
        ("11.99", "12.01", Fraction(12)),
        ("1.3999", "1.4001", Fraction(7, 5)),
        ("1.1326", "1.1334", None),  # of a spin-off: no terms so small make it
        ("0.1", "0.2", None),  # anything might
        ("0.99", "1.01", None),  # nothing changed
    ],
)
def test_only_a_ratio_that_chance_would_not_leave_there_is_told(low, high, ratio):
    assert telling(Fraction(low), Fraction(high)) == ratio
