"""Totals of Table II that run on down the column, or show one sum, over several series."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, filing, option, units

SEVEN = {"strike": 7, "expires": "2030-05-01"}
EIGHT = {"strike": 8, "expires": "2031-05-01"}
NINE = {"strike": 9, "expires": "2032-05-01"}


def series(ledger, **asked):
    """What is held of each series, by its strike: a number, or two bounds."""
    return {
        int(h.exercise_price): int(h.shares)
        if h.shares is not None
        else (int(h.shares_low), int(h.shares_high))
        for h in holdings(ledger, **asked).holdings
        if h.table == "II"
    }


def listing(*totals, on="2024-12-31"):
    """An annual statement that lists 4,100, 3,000 and 2,600 of three series under some totals."""
    terms = zip((SEVEN, EIGHT, NINE), (4_100, 3_000, 2_600), totals, strict=True)
    return filing(
        *(option(None, own, total, **term) for term, own, total in terms), on=on, form="5"
    )


def grants():
    """4,000 of each series, granted ten years before it expires, each with a total of its own."""
    return [
        filing(option("A", 4_000, 4_000, **terms), on=f"{year}-05-01")
        for year, terms in ((2020, SEVEN), (2021, EIGHT), (2022, NINE))
    ]


def kinds(*filings):
    return [f.kind for f in reconcile_filings(filings).findings if "EXERCISE" not in f.kind]


@pytest.mark.parametrize("totals", [(4_100, 7_100, 9_700), (9_700, 9_700, 9_700)])
def test_of_totals_that_add_the_series_listed_each_holds_what_its_own_line_lists(told, totals):
    ledger = told(listing(*totals))

    assert series(ledger, as_of="2025-01-31") == {7: 4_100, 8: 3_000, 9: 2_600}
    (whole,) = holdings(ledger, as_of="2025-01-31").class_totals
    assert (whole.shares, whole.in_holdings) == (9_700, 9_700)
    assert set(kinds(listing(*totals))) == {"DERIV_POST_SCOPE"}


def test_lines_that_each_show_their_own_series_are_taken_at_their_word(told):
    """That 4,000 and 3,000 make the third total is chance: its own line lists as many."""
    lines = [
        option(None, 4_000, 4_000, **SEVEN),
        option(None, 3_000, 3_000, **EIGHT),
        option(None, 7_000, 7_000, **NINE),
    ]
    form = filing(*lines, on="2024-12-31", form="5")

    assert series(told(form)) == {7: 4_000, 8: 3_000, 9: 7_000}
    assert {h.basis for h in holdings(told(form)).holdings} == {"reported"}
    assert kinds(form) == []


def test_the_same_totals_a_year_later_follow_from_what_each_series_had(told):
    first = listing(4_100, 7_100, 9_700, on="2023-12-31")
    later = listing(4_100, 7_100, 9_700)

    totals = reconcile_filings([first, later]).totals

    assert (totals.checked, totals.unexplained) == (3, 0)
    assert series(told(first, later)) == {7: 4_100, 8: 3_000, 9: 2_600}


def test_a_total_that_goes_on_from_the_listed_sum_leaves_the_other_series_as_they_are(told):
    exercise = filing(option("M", 500, 9_200, **EIGHT), on="2025-03-03")

    assert series(told(listing(4_100, 7_100, 9_700), exercise)) == {7: 4_100, 8: 2_500, 9: 2_600}


def test_exercises_of_known_series_under_one_falling_total_take_from_each_its_own(told):
    rows = [
        option("M", 500, 11_500, **SEVEN),
        option("M", 400, 11_100, **EIGHT),
        option("M", 300, 10_800, **NINE),
    ]
    form = filing(*rows, on="2024-06-03")

    assert series(told(*grants(), form)) == {7: 3_500, 8: 3_600, 9: 3_700}
    assert reconcile_filings([*grants(), form]).totals.unexplained == 0


def test_of_unknown_series_under_one_falling_total_no_more_is_known_than_that(told):
    form = filing(
        option("M", 500, 24_500, **SEVEN), option("M", 400, 24_100, **EIGHT), on="2024-06-03"
    )

    ledger = told(form)

    assert series(ledger) == {7: (0, 24_500), 8: (0, 24_100)}
    assert "reported" not in {h.basis for h in holdings(ledger).holdings}
    assert [whole.shares for whole in holdings(ledger).class_totals] == [24_100]
    assert kinds(form) == ["DERIV_POST_SCOPE"] * 2


def test_equal_grants_exercised_in_equal_parts_keep_totals_of_their_own(told):
    """The older grant begins where the younger one ends, in each form: known series decide."""
    first = filing(option("M", 1_000, 3_000, **SEVEN), on="2023-06-01")
    both = filing(
        option("M", 1_000, 3_000, **EIGHT), option("M", 1_000, 2_000, **SEVEN), on="2024-06-03"
    )

    assert series(told(*grants(), first, both)) == {7: 2_000, 8: 3_000, 9: 4_000}
    assert kinds(*grants(), first, both) == []


def test_classes_of_shares_without_terms_are_no_series_of_one_another(told):
    """That one vehicle's class is left with as many as another's had is chance."""
    classes = {"strike": None, "expires": None, "how": "By Fund"}
    form = filing(
        option("C", 2_000, 9_000, title="Class B Common Stock", **classes),
        option("C", 1_500, 7_500, title="Class C Common Stock", **classes),
        on="2024-06-03",
    )

    assert {h.basis for h in holdings(told(form)).holdings} == {"reported"}


def test_tranches_of_one_series_listed_under_a_running_total_are_one_holding(told):
    lines = [
        option(None, 1_000, 1_000 * at, exercisable_on=f"202{at + 4}-01-02", **SEVEN)
        for at in (1, 2, 3)
    ]
    ledger = told(filing(*lines, on="2024-12-31", form="5"))

    (held,) = holdings(ledger).holdings
    assert (held.shares, held.basis) == (3_000, "reported")
    (position,) = history(ledger).positions
    assert [entry.verdict for entry in position.entries][-1] == "agreed"


def test_tranches_are_counted_once_where_the_total_runs_on_over_series(told):
    lines = [
        option(None, 1_000, 1_000, exercisable_on="2025-01-02", **SEVEN),
        option(None, 1_000, 2_000, exercisable_on="2026-01-02", **SEVEN),
        option(None, 700, 2_700, exercisable_on="2025-01-02", **EIGHT),
        option(None, 700, 3_400, exercisable_on="2026-01-02", **EIGHT),
    ]

    assert series(told(filing(*lines, on="2024-12-31", form="5"))) == {7: 2_000, 8: 1_400}


def test_two_listed_series_under_one_total_that_they_do_not_make_up_are_left_open(told):
    lines = [option(None, 2_000, 6_000, **SEVEN), option(None, 2_500, 6_000, **EIGHT)]

    assert series(told(filing(*lines, on="2024-12-31", form="5"))) == {7: (0, 6_000), 8: (0, 6_000)}


ONE_SHARE = Note("Each restricted stock unit is convertible into one share of common stock.")
MAY, MARCH = (
    Note(f"These units were granted on {day} and vest in full in 2026.")
    for day in ("May 12, 2023", "March 2, 2024")
)


def awards(under, total):
    """Units of two awards: 4,950 of one, and a total of the other over some shares."""
    lines = [
        units(None, 4_950, 4_950, notes=[ONE_SHARE, MAY], cites="exercisable_on"),
        units(None, under, total, notes=[ONE_SHARE, MARCH], cites="exercisable_on"),
    ]
    return filing(*lines, on="2024-12-31", form="5")


def test_a_total_copied_from_the_line_above_it_is_not_what_is_held(told):
    (found,) = reconcile_filings([awards(590, 4_950)]).findings

    assert (found.kind, found.row) == ("COLUMN_NOTE_CONFLICT", "II.2")
    assert found.message.startswith("the total 4,950 is that of II.1; the shares under it are 590")
    held = sorted(holdings(told(awards(590, 4_950))).holdings, key=lambda h: h.shares or 0)
    assert [(h.shares, h.shares_low, h.shares_high) for h in held] == [
        (None, 0, 4_950),
        (4_950, 4_950, 4_950),
    ]


def test_two_awards_of_one_size_are_both_held():
    assert reconcile_filings([awards(4_950, 4_950)]).findings == ()
