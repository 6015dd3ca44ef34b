"""One error gives one finding, however many rows, tables and rules it touches."""

from ledger.filing import Signature
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.projections.building import (
    MARY,
    bought,
    filing,
    gave,
    held,
    kinds,
    moved,
    opening,
    option,
    plan_purchase,
    sold,
    the,
    units,
    vested,
)

OPTIONS = option(None, 5_000, None)


def held_options():
    """A Form 3 with stock and an option."""
    return opening(10_000, OPTIONS)


# --- exercises: two sides, one error ------------------------------------------------------


def test_swapped_digits_on_one_side_of_an_exercise_are_no_second_finding():
    both = vested(1_320, 11_230), option("M", 1_230, 3_770)
    filings = [
        held_options(),
        filing(*both, on="2024-03-01"),
        filing(sold(30, 11_200), on="2024-04-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["TRANSPOSED_DIGITS"]
    assert "as on the other side" in the(answer, "TRANSPOSED_DIGITS").message


def test_an_amount_that_is_not_the_other_sides_is_named_by_both_sides_at_once():
    both = vested(1_230, 11_230), option("M", 1_187, 3_770)

    answer = reconcile_filings([held_options(), filing(*both, on="2024-03-01")])

    found = the(answer, "EXERCISE_QUANTITY_MISMATCH")
    assert kinds(answer) == ["EXERCISE_QUANTITY_MISMATCH"]
    assert (found.row, found.difference) == ("II.1", -43)


def test_an_exercise_whose_row_stands_twice_is_a_repeated_row_and_no_mismatch():
    twice = vested(1_230, 11_230), vested(1_230, 11_230), option("M", 1_230, 3_770)

    answer = reconcile_filings([held_options(), filing(*twice, on="2024-03-01")])

    assert kinds(answer) == ["DUPLICATE_ROW"]


def test_a_wrong_letter_on_one_side_leaves_the_other_its_counterpart():
    for marked in (
        vested(1_230, 11_230, marked="disposed"),
        vested(1_230, None, marked="disposed"),
    ):
        both = marked, option("M", 1_230, 3_770)

        answer = reconcile_filings([held_options(), filing(*both, on="2024-03-01")])

        assert kinds(answer) == ["AD_CODE_CONTRADICTION"]


def test_a_wrong_code_on_one_side_leaves_the_other_its_counterpart():
    both = moved("F", "acquired", 1_230, 11_230), option("M", 1_230, 3_770)

    answer = reconcile_filings([held_options(), filing(*both, on="2024-03-01")])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]


def test_a_wrong_year_on_one_side_parts_no_exercise_and_expires_no_option():
    soon = option("M", 1_230, 3_770, expires="2024-12-31", on="2025-03-01")
    first = opening(10_000, option(None, 5_000, None, expires="2024-12-31"))

    answer = reconcile_filings([first, filing(vested(1_230, 11_230), soon, on="2024-03-01")])

    assert kinds(answer) == ["DATE_SUSPECT"]


# --- first filings, where nothing is known before -----------------------------------------


def test_shares_bought_and_sold_at_once_do_not_hide_a_slip_by_ending_where_they_began():
    rows = (bought(5_000, 15_000), sold(1_230, 13_770), sold(1_707, 12_000), sold(2_000, 10_000))

    answer = reconcile_filings([filing(*rows, on="2024-03-01")])

    assert kinds(answer) == ["TRANSPOSED_DIGITS"]


def test_rows_listed_by_day_with_the_later_day_first_are_still_a_chain():
    late = [sold(1_000, 9_000, on="2024-03-02"), sold(500, 8_500, on="2024-03-02")]
    early = [bought(2_000, 11_000, on="2024-03-01"), sold(1_000, 10_000, on="2024-03-01")]

    assert kinds(reconcile_filings([filing(*late, *early, on="2024-03-01")])) == []


def test_a_slip_in_a_vehicles_first_filing_does_not_make_it_two_vehicles():
    rows = sold(3_000, 97_000, how="By Trust"), sold(4_310, 92_870, how="By Trust")

    assert kinds(reconcile_filings([filing(*rows, on="2024-03-01")])) == ["TRANSPOSED_DIGITS"]


def test_two_vehicles_of_one_name_stay_two():
    rows = sold(3_000, 97_000, how="By Trust"), sold(4_310, 12_713, how="By Trust")

    assert kinds(reconcile_filings([filing(*rows, on="2024-03-01")])) == []


# --- what another row tells ---------------------------------------------------------------


def test_a_missing_side_of_an_exercise_is_named_where_it_is_missing_and_once():
    lone = filing(vested(1_230, 11_230), on="2024-03-01")
    later = filing(vested(500, 11_730), option("M", 500, 3_270), on="2024-04-01")

    answer = reconcile_filings([held_options(), lone, later])

    assert kinds(answer) == ["EXERCISE_COUNTERPART_MISSING"]
    assert the(answer, "EXERCISE_COUNTERPART_MISSING").filing == lone.id
    assert "told elsewhere" in the(answer, "BALANCE_BREAK_EXPLAINED").message


def test_a_filing_under_a_colleagues_name_is_one_error_and_leaves_no_gap():
    signed = [Signature(name="/s/ Jane Doe", signed_on=None)]
    wrong = filing(sold(1_230, 8_770), on="2024-03-01", by=MARY, signatures=signed)
    filings = [opening(), wrong, filing(sold(70, 8_700), on="2024-04-01")]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["OWNER_IDENTITY_CONFLICT"]
    (term,) = the(answer, "BALANCE_BREAK_EXPLAINED").explanation.terms
    assert (term.source, term.shares) == (f"{wrong.id}#I.1", -1_230)


# --- what may be one of two errors --------------------------------------------------------


def test_a_row_that_stands_twice_finds_no_place_at_the_other_end_of_the_chain():
    ring = (bought(5_000, 5_000), bought(5_000, 5_000), sold(2_000, 3_000), sold(3_000, 0))
    filings = [filing(bought(700, 700), on="2024-02-01"), filing(sold(700, 0), on="2024-02-02")]

    assert kinds(reconcile_filings([*filings, filing(*ring, on="2024-03-01")])) == ["DUPLICATE_ROW"]


def test_a_programme_of_equal_sales_with_one_missing_is_no_row_applied_twice():
    sales = [filing(sold(500, 10_000 - 500 * n), on=f"2024-0{n}-05") for n in (1, 2, 3, 4, 5)]
    without = reconcile_filings([*sales[:2], *sales[3:]])
    uneven = filing(sold(700, 7_600), on="2024-03-05"), filing(sold(300, 7_300), on="2024-04-05")

    assert kinds(without) == ["GAP_SUSPECTED"]
    assert kinds(reconcile_filings([*sales[:2], *uneven])) == ["DOUBLE_APPLIED_ROW"]


def test_a_direct_row_under_an_empty_trust_is_misplaced_and_no_sum_of_both():
    gone = filing(sold(400, 0, how="By Trust"), on="2024-02-01")
    filings = [opening(10_000, held(400, how="By Trust")), gone]
    stray = filing(sold(1_230, 8_770, how="By Trust"), on="2024-03-01")
    after = filing(sold(70, 8_700), on="2024-04-01")

    assert kinds(reconcile_filings([*filings, stray, after])) == ["DI_SWAP"]


def test_the_receiving_half_of_a_gift_marked_as_direct_like_the_giving_half_is_the_trusts():
    start = opening(10_000, held(4_400, how="By Trust"))
    received = moved("G", "acquired", 3_000, 7_400)
    gift = filing(gave(3_000, 7_000), received, on="2024-03-01")
    after = filing(sold(70, 6_930), held(7_400, how="By Trust"), on="2024-04-01")

    answer = reconcile_filings([start, gift, after])

    assert kinds(answer) == ["DI_SWAP"]
    assert the(answer, "DI_SWAP").row == "I.2"


def test_a_price_unlike_those_around_it_and_too_round_is_a_number_of_shares():
    usual = filing(sold(100, 9_900, price="12.10"), on="2024-02-20")
    alone = filing(sold("31.4", None, price=2_000), on="2024-03-01", by=MARY)
    whole = filing(sold(12, None, price=2_000), on="2024-03-01", by=MARY)

    assert kinds(reconcile_filings([alone])) == ["PRICE_SUSPECT"]
    assert kinds(reconcile_filings([opening(), usual, whole])) == ["PRICE_SUSPECT"]
    assert kinds(reconcile_filings([whole])) == []


def test_a_stray_row_is_found_though_its_home_moved_by_a_note_as_well():
    filings = [opening(10_000, held(4_400, how="By Trust"))]
    stray = filing(sold(1_230, 8_770, how="By Trust"), on="2024-03-01")
    after = filing(sold(70, 8_950, notes=plan_purchase(250, "2024-03")), on="2024-04-01")

    assert kinds(reconcile_filings([*filings, stray, after])) == ["DI_SWAP"]


# --- totals that all come after every row -------------------------------------------------


def test_a_slip_in_any_row_of_a_filing_of_equal_totals_is_named_at_that_row():
    def told(*rows):
        return reconcile_filings([opening(), filing(*rows, on="2024-03-01")])

    right = bought(2_000, 9_370), sold(1_230, 9_370), sold(1_400, 9_370)
    letter = *right[:2], sold(1_400, 9_370, marked="acquired")
    amount = right[0], sold(1_320, 9_370), right[2]
    twice = *right, sold(1_400, 9_370)

    assert kinds(told(*right)) == []
    for rows, kind, row in (
        (letter, "AD_CODE_CONTRADICTION", "I.3"),
        (amount, "TRANSPOSED_DIGITS", "I.2"),
        (twice, "DUPLICATE_ROW", "I.4"),
    ):
        assert kinds(told(*rows)) == [kind]
        assert the(told(*rows), kind).row == row


def test_a_first_total_below_its_own_lot_is_not_blamed_on_the_total_after_it():
    filings = [
        filing(units("A", 4_000, 3_100), on="2024-02-01"),
        filing(units("M", 500, 3_500), on="2024-03-01"),
        filing(units("M", 400, 3_100), on="2024-04-01"),
    ]

    found = [f for f in reconcile_filings(filings).findings if "EXERCISE" not in f.kind]

    assert kinds(found) == ["BALANCE_BREAK"]
    assert {f.filing for f in found if is_alarm(f)} == {filings[0].id}


def test_a_class_that_preferred_turned_into_goes_on_from_all_of_it_and_is_not_the_wrong_one():
    preferred = {"title": "Series A Preferred Stock", "underlying": "Class B Common Stock"}
    filings = [
        filing(units(None, 3_109_700, 3_109_700, **preferred), on="2023-01-03", form="3"),
        filing(units("C", 687_600, 2_422_100, title="Class B Common Stock"), on="2023-07-03"),
    ]

    assert "WRONG_CLASS" not in kinds(reconcile_filings(filings))
