"""What an exercise gives and takes may differ by just what its notes reckon out; units count once."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
    filing,
    granted,
    kinds,
    moved,
    note,
    opening,
    option,
    the,
    units,
    vested,
    withheld,
)


def above_target(shares):
    return note(f"{shares} shares earned above the target.", "composition", shares)


def in_other_words(shares):
    return Note(f"Results exceeded target by {shares} shares, all of them paid out.")


def equivalents(shares):
    return note(f"{shares} dividend equivalents.", "dividend-reinvestment", shares)


def rounded_off(shares):
    return note(f"Net of a rounding of {shares}.", "composition", shares, direction="disposed")


@pytest.mark.parametrize(
    ("got", "notes", "told"),
    [
        (1_290, [above_target(200), equivalents(90)], []),
        (1_200, [in_other_words(200)], []),
        (1_200, [above_target(200), equivalents(90)], []),
        (1_089, [equivalents(90), rounded_off(1)], []),
        (1_320, [above_target(200), equivalents(90)], ["EXERCISE_QUANTITY_MISMATCH"]),
        (1_290, [], ["EXERCISE_QUANTITY_MISMATCH"]),
    ],
)
def test_a_difference_that_the_notes_reckon_out_is_no_mismatch(got, notes, told):
    filings = [
        filing(units("A", 1_000, 1_000), on="2022-03-01"),
        filing(granted(400, 400), on="2022-03-02"),
        filing(
            vested(got, 400 + got, notes=notes, cites="shares"),
            units("M", 1_000, 0),
            on="2024-03-01",
        ),
    ]

    assert kinds(reconcile_filings(filings)) == told


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"exercisable_on": "1988-08-08"}, []),
        ({"exercisable_on": "1988-08-08", "title": "Purchase Right"}, []),
        ({"title": "Purchase Right"}, ["EXPIRED_STILL_HELD"]),
        ({"exercisable_on": "2015-08-08", "expires": "2015-08-08"}, ["EXPIRED_STILL_HELD"]),
    ],
)
def test_a_day_long_past_in_both_columns_of_what_is_acquired_stands_for_none(said, expected):
    phantom = {"title": "Phantom Stock", "strike": None, "expires": "1988-08-08"}
    credit = option("A", 16, 15_266, **phantom | said)

    assert kinds(reconcile_filings([filing(credit, on="2024-08-30")])) == expected


def test_units_run_to_no_day_and_a_day_long_past_stands_for_none():
    listed = units(None, None, 50_282, title="Stock Units", expires_on="1988-08-08")

    assert kinds(reconcile_filings([filing(listed, on="2024-07-16")])) == []


def test_what_is_still_listed_long_after_it_expired_did_expire():
    listed = option(None, None, 500, expires="1988-08-08", exercisable_on="1988-08-08")

    assert kinds(reconcile_filings([filing(listed, on="2024-08-30")])) == ["EXPIRED_STILL_HELD"]


@pytest.mark.parametrize(("paid", "raised"), [(2_600, []), (1_000, ["EXPIRED_STILL_HELD"])])
def test_what_is_earned_when_its_term_is_over_and_paid_out_in_the_same_form_is_not_held(
    paid, raised
):
    terms = {"title": "Performance Shares", "expires_on": "2024-08-15", "on": "2024-08-16"}
    earned = units("A", 2_600, 2_600, **terms)
    rows = earned, units("M", paid, 2_600 - paid, **terms), vested(paid, 9_000 + paid)

    found = kinds(reconcile_filings([filing(*rows, on="2024-08-16")]))

    assert sorted({kind for kind in found if kind == "EXPIRED_STILL_HELD"}) == raised


def test_units_counted_as_stock_when_granted_and_again_when_vested_are_counted_twice():
    award = Note("Represents restricted stock units, each a right to one share.")
    filings = [
        opening(20_000),
        filing(granted(4_000, 24_000, notes=award, cites="shares"), on="2024-03-01"),
        filing(vested(4_000, 28_000), withheld(1_500, 26_500), on="2025-03-03"),
    ]

    answer = reconcile_filings(filings)

    found = the(answer, "RSU_DOUBLE_COUNT")
    assert kinds(answer) == ["RSU_DOUBLE_COUNT"]
    assert found.evidence == ("0001000001-24-030301#I.1",)


def test_units_that_go_out_of_table_one_as_their_stock_comes_in_are_counted_once():
    yearly, joining = Note("Restricted stock units of the 2019 plan."), Note("A sign-on award.")
    titled = {"title": "Restricted Stock Units", "cites": "security"}
    filings = [
        filing(
            granted(9_000, 9_000, notes=yearly, **titled),
            granted(5_000, 5_000, notes=joining, **titled),
            on="2024-03-01",
        ),
        filing(
            moved("M", "disposed", 4_000, 5_000, notes=yearly, **titled),
            moved("M", "disposed", 5_000, 0, notes=joining, **titled),
            vested(9_000, 9_000),
            on="2025-03-03",
        ),
    ]

    assert kinds(reconcile_filings(filings)) == []


TWO = (option("M", 500, 1_500, strike=8), option("M", 300, 700, strike=9, expires="2033-05-02"))


def test_of_several_exercises_the_one_whose_stock_has_no_row_is_named():
    """The total counts 800, as both options did: the row of 300 is what is missing."""
    answer = reconcile_filings(
        [opening(), filing(vested(500, 10_800), *TWO, on="2024-06-03")],
    )

    found = the(answer, "EXERCISE_COUNTERPART_MISSING")

    assert (found.row, found.message) == ("II.2", "300 under code M without the stock side")
    assert kinds(answer) == ["EXERCISE_COUNTERPART_MISSING"]
    assert answer.totals.unexplained == 0


def came(code, shares, owns, price=8):
    return moved(code, "acquired", shares, owns, price=price)


SALE = moved("S", "disposed", 100, None, price=31)
TWO_OF_EIGHT = (
    option("M", 200, 1_800, strike=8),
    option("M", 300, 700, strike=8, expires="2033-05-02"),
)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [came("P", 500, 10_500), TWO[0]],
            "I.1 500 under code P are the stock side of 500 under code M of II.1",
        ),
        (
            [came("P", 500, 10_500), *TWO_OF_EIGHT],
            "I.1 500 under code P are the stock side of 500 under code M of II.1",
        ),
        (
            [came("P", 200, 10_200), came("P", 300, 10_500), TWO[0]],
            "I.1 500 under code P are the stock side of 500 under code M of II.1",
        ),
        (
            [came("P", 500, 10_500), came("M", 300, 10_800, 9), *TWO],
            "I.1 500 under code P are the stock side of 500 under code M of II.1",
        ),
        (
            [came("A", 500, 10_500, 0), units("M", 500, 700)],
            "I.1 500 under code A are the stock side of 500 under code M of II.1",
        ),
        (
            [came("M", 500, 10_500), option("S", 500, 1_500, strike=8)],
            "II.1 500 under code S are the derivative side of 500 under code M of I.1",
        ),
        (
            [came("M", 500, 10_500, None), option("D", 500, 1_500, strike=8)],
            "II.1 500 under code D are the derivative side of 500 under code M of I.1",
        ),
    ],
)
def test_half_of_an_exercise_under_another_code_is_named_and_no_short_swing(rows, told):
    """What came at the price of the option is no purchase, though some is sold that day."""
    answer = reconcile_filings([opening(), filing(*rows, SALE, on="2024-06-03")])

    found = the(answer, "EXERCISE_COUNTERPART_MISSING")
    assert f"{found.row} {found.message}" == f"{told}, of the same day and price: code M"
    assert found.severity == "minor"
    assert kinds(answer) == ["EXERCISE_COUNTERPART_MISSING"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([vested(500, 10_500), came("P", 500, 11_000), TWO[0]], []),
        ([came("P", 400, 10_400)], []),
        ([came("P", 500, 10_500, 30), TWO[0]], ["500 under code M without the stock side"]),
        ([came("P", 400, 10_400), TWO[0]], ["500 under code M without the stock side"]),
    ],
)
def test_a_purchase_at_another_price_or_size_or_beside_the_exercise_stays_one(rows, told):
    answer = reconcile_filings([opening(), filing(*rows, SALE, on="2024-06-03")])

    found = [f.message for f in answer.findings if f.kind == "EXERCISE_COUNTERPART_MISSING"]
    assert found == told
    assert "SHORT_SWING_CANDIDATE" in {f.kind for f in answer.findings}


def test_an_option_that_is_sold_beside_no_exercise_is_sold():
    sale = option("S", 500, 1_500, strike=8, price=4)

    assert kinds(reconcile_filings([opening(), filing(sale, on="2024-06-03")])) == []


def test_of_several_exercises_the_one_whose_option_has_no_row_is_named():
    stock = (vested(500, 10_500), vested(300, 10_800))

    found = the(
        reconcile_filings([opening(), filing(*stock, TWO[0], on="2024-06-03")]),
        "EXERCISE_COUNTERPART_MISSING",
    )

    assert (found.row, found.message) == ("I.2", "300 under code M without the derivative side")


def test_exercises_of_which_the_stock_is_one_row_are_whole():
    answer = reconcile_filings([opening(), filing(vested(800, 10_800), *TWO, on="2024-06-03")])

    assert kinds(answer) == []


def test_sides_that_differ_in_number_are_not_alone():
    answer = reconcile_filings(
        [opening(), filing(vested(500, 10_500), vested(250, 10_750), *TWO, on="2024-06-03")]
    )

    assert kinds(answer) == ["EXERCISE_QUANTITY_MISMATCH"]


def test_a_conversion_in_dollars_without_its_stock_is_named_beside_others_that_have_theirs():
    note_of = {"title": "Convertible Note", "strike": 8, "expires": "2027-01-04"}
    rows = [
        option("C", None, 0, **note_of | {"underlying_shares": size, "value": 8 * size})
        for size in (500, 300)
    ]
    stock = moved("C", "acquired", 500, 10_500)

    answer = reconcile_filings([opening(), filing(stock, *rows, on="2024-06-03")])

    assert [f.row for f in answer.findings if f.kind == "EXERCISE_COUNTERPART_MISSING"] == ["II.2"]
