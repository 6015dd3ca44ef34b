"""Shares that a note counts in dollars, at a price of one share."""

import pytest

from tests.ledger.footnotes.notes import stated


def told(note):
    """The kinds and amounts that a note states."""
    return [(said.kind, said.shares and int(said.shares)) for said in stated(note)]


@pytest.mark.parametrize(
    ("note", "kind", "shares"),
    [
        ("Includes $9,000 of stock bought under the ESPP at $12.", "espp-purchase", 750),
        (
            "Includes $1,140 of stock from dividend reinvestment at a price of $28.50 per share.",
            "dividend-reinvestment",
            40,
        ),
        (
            "Reflects $640 of dividends reinvested in shares at $12.80 each.",
            "dividend-reinvestment",
            50,
        ),
        (
            "Since then $45,000 in shares were contributed to a family trust at $22.50 each.",
            "trust-contribution",
            2_000,
        ),
    ],
)
def test_dollars_of_stock_at_a_price_are_shares(note, kind, shares):
    assert told(note) == [(kind, shares)]


def test_what_buys_no_whole_share_stays_in_the_plan():
    note = (
        "Includes $8,500 of stock bought through the ESPP at a purchase price of $17.23 per share."
    )

    assert told(note) == [("espp-purchase", 493)]


@pytest.mark.parametrize(
    "note",
    [
        "Employees may buy up to $25,000 of stock a year under the plan at $12 per share.",
        "Sold $90,000 of stock at prices of $11.20 to $11.80.",
        "An award of restricted stock units worth $200,000 of stock at $40.",
        "Includes $9,000 of stock bought under the ESPP at 85% of its price.",
    ],
    ids=["a limit", "a range of prices", "what an award is worth", "no price of a share"],
)
def test_dollars_without_the_price_of_what_moved_are_no_shares(note):
    assert all(shares is None for _, shares in told(note))


def test_the_day_beside_the_dollars_is_that_of_the_purchase():
    (said,) = stated("Includes $9,000 of stock bought under the ESPP on June 28, 2024 at $12.")

    assert (str(said.effective_from), said.shares) == ("2024-06-28", 750)
