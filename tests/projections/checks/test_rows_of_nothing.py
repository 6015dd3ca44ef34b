"""Rows of no shares, which stand there because a form must have a row."""

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import bought, filing, granted, kinds, note, opening, sold


def test_a_row_of_no_shares_has_neither_a_price_nor_a_letter_to_doubt():
    empty = filing(
        bought(0, 10_000, price=0), granted(0, 10_000, marked="disposed"), on="2024-03-04"
    )

    assert kinds(reconcile_filings([opening(), empty])) == []


def test_a_row_of_some_shares_has_both():
    full = filing(bought(50, 10_050, price=0), on="2024-03-04")

    assert kinds(reconcile_filings([opening(), full])) == ["PRICE_SUSPECT"]


def test_a_fraction_beside_a_row_of_no_shares_came_from_a_plan_and_lacks_no_amount():
    paid = note("The total includes reinvested dividends.", "dividend-reinvestment")
    empty = filing(bought(0, "10063.9539", price=0, notes=paid), on="2024-06-03")
    later = filing(sold(100, "9963.9539"), on="2024-09-03")

    assert kinds(reconcile_filings([opening(), empty, later])) == []
