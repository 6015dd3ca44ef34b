"""Totals that are of all series of a class: what of them is one series' own, and what nobody says."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, opening, option

OLD = {"strike": 8, "expires": "2029-05-01"}
OLDER = {"strike": 7, "expires": "2027-02-01"}
NEW = {"strike": 12, "expires": "2034-03-01"}


def series(ledger, **asked):
    """What is held of each series, by its strike: a number, or two bounds."""
    return {
        int(h.exercise_price): int(h.shares)
        if h.shares is not None
        else (int(h.shares_low), int(h.shares_high))
        for h in holdings(ledger, **asked).holdings
        if h.table == "II"
    }


def test_what_a_total_of_all_series_has_besides_a_grant_is_not_held_of_its_series(told):
    grants = filing(
        option("A", 3_000, 9_000, **NEW),
        option("A", 2_000, 9_000, strike=13, expires="2034-03-01"),
        on="2024-03-01",
    )

    ledger = told(grants)

    assert series(ledger) == {12: 3_000, 13: 2_000}
    assert {h.basis for h in holdings(ledger).holdings} == {"derived"}
    assert [p.opening for p in history(ledger).positions] == [0, 0]
    assert [f.kind for f in reconcile_filings([grants]).findings] == ["DERIV_POST_SCOPE"] * 2


def test_a_total_of_all_series_goes_on_from_the_last_one_whichever_series_moved(told):
    filings = (
        filing(option("A", 3_000, 9_000, **NEW), on="2024-03-01"),
        filing(option("A", 1_000, 10_000, strike=13, expires="2034-06-03"), on="2024-06-03"),
        filing(option("M", 500, 9_500, **NEW), on="2025-03-03"),
    )

    assert reconcile_filings(filings).totals.unexplained == 0
    assert series(told(*filings)) == {12: 2_500, 13: 1_000}


def test_a_series_first_seen_as_some_of_it_left_has_at_most_what_no_other_has_of_the_sum(told):
    filings = (
        filing(option("A", 3_000, 9_000, **NEW), on="2024-03-01"),
        filing(option("M", 1_000, 8_000, **OLD), on="2024-06-03"),
        filing(option("M", 700, 7_300, **OLD), on="2024-09-03"),
    )

    answer, ledger = reconcile_filings(filings), told(*filings)

    assert answer.totals.unexplained == 0
    assert "nobody says" in next(f.message for f in answer.findings if "together" in f.message)
    assert series(ledger, as_of="2024-07-01") == {8: (700, 5_000), 12: 3_000}
    assert series(ledger) == {8: (0, 4_300), 12: 3_000}


def test_once_the_sum_leaves_nothing_for_it_all_of_a_series_is_known(told):
    ledger = told(
        filing(option("A", 3_000, 9_000, **NEW), on="2024-03-01"),
        filing(option("M", 1_000, 8_000, **OLD), on="2024-06-03"),
        filing(option("M", 5_000, 3_000, **OLD), on="2024-09-03"),
    )

    assert series(ledger, as_of="2024-07-01") == {8: 5_000, 12: 3_000}
    assert series(ledger) == {8: 0, 12: 3_000}


def test_what_a_sum_shows_to_be_one_casts_doubt_on_the_total_that_it_goes_on_from(told):
    """Of 8,000 after an exercise, all may be of that series, or some of others."""
    ledger = told(
        filing(option("M", 1_000, 8_000, **OLD), on="2024-02-01"),
        filing(option("A", 3_000, 11_000, **NEW), on="2024-03-01"),
    )

    assert series(ledger) == {8: (0, 8_000), 12: 3_000}


@pytest.mark.parametrize("later", [(2_500, 7_500), (1_500, 2_500)])
def test_totals_of_each_series_alone_are_what_is_held_of_each(told, later):
    moved, left = later
    ledger = told(
        opening(0, option(None, None, 10_000, **OLD), option(None, None, 4_000, **OLDER)),
        filing(option("A", 3_000, 3_000, **NEW), on="2024-03-01"),
        filing(option("M", moved, left, **(OLD if left > 4_000 else OLDER)), on="2024-06-03"),
    )

    assert series(ledger)[12] == 3_000
    assert left in series(ledger).values()


def test_a_grant_whose_total_is_its_amount_with_digits_exchanged_adds_no_series(told):
    grant = filing(option("A", 24_000, 42_000, **NEW), on="2024-03-01")

    assert "TRANSPOSED_DIGITS" not in [f.kind for f in reconcile_filings([grant]).findings]
    slip = filing(option("A", 23_989, 23_998, **NEW), on="2024-03-01")
    assert [f.kind for f in reconcile_filings([slip]).findings] == ["TRANSPOSED_DIGITS"]
    assert series(told(slip)) == {12: 23_998}


HALVED = {"strike": 4, "expires": "2029-05-01"}


def test_a_split_that_no_note_tells_turns_a_series_under_the_sum_of_all(told):
    """The strike is half of what it was, and the sum goes on from twice the last one."""
    forms = (
        filing(option("A", 3_000, 9_000, **NEW), on="2024-03-01"),
        filing(option("M", 1_000, 8_000, **OLD), on="2024-06-03"),
        filing(option("M", 500, 15_500, **HALVED), on="2025-03-03"),
    )

    ledger = told(*forms)

    assert series(ledger) == {4: (0, 9_500), 12: 3_000}
    assert [whole.shares for whole in holdings(ledger).class_totals] == [15_500]
    assert reconcile_filings(forms).totals.unexplained == 0


def test_a_series_under_a_split_strike_is_no_second_one_once_a_grant_carried_the_sum(told):
    ledger = told(
        filing(option("A", 3_000, 9_000, **NEW), on="2024-03-01"),
        filing(option("M", 1_000, 8_000, **OLD), on="2024-06-03"),
        filing(option("A", 1_000, 17_000, strike=7, expires="2035-03-01"), on="2025-03-01"),
        filing(option("M", 500, 16_500, **HALVED), on="2025-09-03"),
    )

    assert series(ledger) == {4: (0, 9_500), 7: 1_000, 12: 3_000}


def test_a_series_of_half_the_strike_whose_total_is_its_own_is_another_one(told):
    ledger = told(
        filing(option("A", 3_000, 9_000, **NEW), on="2024-03-01"),
        filing(option("M", 1_000, 8_000, **OLD), on="2024-06-03"),
        filing(option("M", 500, 1_700, **HALVED), on="2025-03-03"),
    )

    assert series(ledger) == {4: 1_700, 8: (0, 5_000), 12: 3_000}


def test_a_total_of_all_series_has_none_in_it_that_expired_before_its_day(told):
    """Not even one that a form still lists since."""
    lapsed = {"strike": 7, "expires": "2024-09-01"}
    filings = (
        filing(option("A", 2_000, 2_000, **lapsed), on="2020-03-02"),
        filing(option("A", 3_000, 5_000, **NEW), on="2024-03-01"),
        filing(option("A", 1_000, 6_000, strike=13, expires="2034-06-03"), on="2024-06-03"),
        filing(option(None, 2_000, 2_000, **lapsed), on="2024-12-02"),
        filing(option("M", 500, 3_500, **NEW), on="2025-03-03"),
    )

    ledger = told(*filings)

    (before,) = holdings(ledger, as_of="2024-08-01").class_totals
    (since,) = holdings(ledger, as_of="2025-04-01").class_totals
    assert (before.shares, before.in_holdings) == (6_000, 6_000)
    assert (since.shares, since.in_holdings) == (3_500, 3_500)


def test_a_total_of_units_of_several_kinds_is_found_whole_in_what_is_held(told):
    bare = {"strike": None, "expires": None}
    filings = (
        filing(option("A", 4_120, 4_120, title="Restricted Stock Units", **bare), on="2024-03-01"),
        filing(option("A", 3_350, 7_470, title="LTIP Units", **bare), on="2024-06-03"),
    )

    (whole,) = holdings(told(*filings)).class_totals

    assert (whole.shares, whole.in_holdings) == (7_470, 7_470)
