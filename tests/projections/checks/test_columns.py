"""Columns beside their own notes: prices and ranges, amounts and grants, dates of expiry."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
    bought,
    filing,
    kinds,
    opening,
    option,
    sold,
    the,
    units,
    vested,
)

RANGED = "The price is a weighted average; the shares were sold at prices ranging from {}."


def priced(price, words):
    form = filing(sold(100, 9_900, price=price, notes=Note(words), cites="price"), on="2024-03-04")
    return reconcile_filings([opening(), form])


@pytest.mark.parametrize(
    ("price", "prices"),
    [
        ("27.40", "$24.10 to $25.05"),
        ("27.40", "24.10 to 25.05"),
        ("23.999", "$24.10 to $25.05, inclusive"),
        ("1023", "$1,024.50 to $1,031.00"),
    ],
)
def test_a_price_outside_the_range_its_note_gives_is_suspect(price, prices):
    assert kinds(priced(price, RANGED.format(prices))) == ["PRICE_SUSPECT"]


@pytest.mark.parametrize(
    ("price", "prices"),
    [
        ("24.5511", "$24.10 to $25.05"),
        ("25.0499", "$24.10 to $25.05"),
        ("25.05", "$24.10 to $25.049"),
        ("24.55", "24.10 to 25.05"),
        ("31.20", "$24.10 to $25.05 and $31.00 to $31.99"),
        ("413.149", "$412.55 to $413.541, inclusive"),
    ],
    ids=[
        "inside",
        "at its end",
        "rounded",
        "without a sign",
        "in the second range",
        "with a fraction",
    ],
)
def test_a_price_inside_it_is_not(price, prices):
    assert kinds(priced(price, RANGED.format(prices))) == []


def test_other_amounts_of_money_in_the_note_are_no_range():
    words = "Sold to pay taxes of $400.00. The option was granted at $4.00 to $5.00 above par."

    assert kinds(priced("24.55", words)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("One quarter of a grant of 900 restricted stock units.", ["COLUMN_NOTE_CONFLICT"]),
        ("Part of an award of 1,200 restricted stock units.", []),
        ("Earned on an award of 900 performance units at target.", []),
        ("From a grant of 450 shares adjusted for the split of 2024.", []),
    ],
    ids=["less granted", "more granted", "may pay out more", "split since"],
)
def test_more_vested_than_was_granted_is_told(words, found):
    form = filing(vested(950, 10_950, notes=Note(words)), units("M", 950, 0), on="2024-03-04")

    answer = reconcile_filings([opening(), form])

    assert [f.kind for f in answer.findings if f.kind == "COLUMN_NOTE_CONFLICT"] == found


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("The option expires on March 1, 2033.", 1),
        ("The option expires on March 1, 2034.", 0),
        ("The option vests on March 1, 2026.", 0),
    ],
)
def test_an_expiry_that_its_note_dates_otherwise_is_told(words, count):
    form = filing(option("A", 500, 500, notes=Note(words), cites="expires_on"), on="2024-03-04")

    found = [f for f in reconcile_filings([form]).findings if f.kind == "COLUMN_NOTE_CONFLICT"]

    assert len(found) == count


def test_the_finding_names_both(told):
    answer = priced("27.40", RANGED.format("$24.10 to $25.05"))

    assert the(answer, "PRICE_SUSPECT").message == (
        "a price of 27.4, outside the range of 24.1 to 25.05 that its note gives"
    )


def test_the_fraction_left_of_a_plan_may_be_sold_alone_at_any_price():
    rest = [
        filing(bought("112.4517", "112.4517", price=330), on="2024-01-08"),
        filing(sold("0.4517", 112, price=330), on="2024-09-16"),
    ]

    assert kinds(reconcile_filings(rest)) == []


@pytest.mark.parametrize(
    "words",
    [
        "from $20.10 up to and including $21.40",
        "not less than $20.10 and not more than $21.40",
        "as low as $20.10 and as high as $21.40",
        "of which the lowest was $20.10 and the highest price was $21.40",
        "of $20.10 (low), $21.40 (high)",
    ],
)
@pytest.mark.parametrize(("price", "told"), [("22.75", ["PRICE_SUSPECT"]), ("20.90", [])])
def test_a_range_is_known_by_either_bound(words, price, told):
    noted = Note(f"The shares were sold in several trades at prices {words}.")
    sale = sold(100, 9_900, price=price, notes=noted, cites="price")

    assert kinds(reconcile_filings([opening(10_000), filing(sale, on="2024-03-01")])) == told


@pytest.mark.parametrize(("shares", "told"), [(900, ["COLUMN_NOTE_CONFLICT"]), (150, [])])
def test_a_grant_in_instalments_is_no_less_a_limit(shares, told):
    words = Note("Was awarded 600 units; a quarter vests on each of the first four anniversaries.")
    form = filing(
        vested(shares, 1_000 + shares, notes=words, cites="code"),
        units("M", shares, 450),
        on="2024-03-04",
    )

    answer = reconcile_filings([opening(1_000), form])

    assert [kind for kind in kinds(answer) if kind == "COLUMN_NOTE_CONFLICT"] == told
