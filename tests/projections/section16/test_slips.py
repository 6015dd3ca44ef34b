"""What a row has wrong says nothing of short-swing profit; what its total proves does."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import bought, filing, opening, sold, the

HELD = opening(4_000)
BOUGHT = filing(bought(500, 4_500, price=20), on="2024-02-05")
LATER = filing(bought(10, 4_160, price=30), on="2024-12-02")


def told(*filings):
    return [
        f.message for f in reconcile_filings(filings).findings if f.kind == "SHORT_SWING_CANDIDATE"
    ]


def test_shares_and_price_that_changed_places_count_as_they_were_meant():
    wrong = filing(sold("26.50", 4_150, price=350), on="2024-05-06")

    (message,) = told(HELD, BOUGHT, wrong, LATER)

    assert "sold at 26.5 " in message
    assert "a profit of $2,275 on 350 shares" in message
    assert "counts as 350 sold at 26.5, as its total proves" in message


def test_an_amount_counts_as_its_total_proves_it():
    wrong = filing(sold(530, 4_150, price=26), on="2024-05-06")

    assert "a profit of $2,100 on 350 shares" in told(HELD, BOUGHT, wrong, LATER)[0]


def test_a_purchase_that_its_total_proves_to_be_a_sale_is_sold():
    wrong = filing(bought(350, 4_150, price=26), on="2024-05-06")

    (message,) = told(HELD, BOUGHT, wrong, LATER)

    assert message.startswith("sold at 26 ")
    assert "counts as 350 sold at 26" in message


def test_a_price_that_may_be_a_number_of_shares_is_reckoned_with_nothing():
    other = filing(sold(40, 4_460, price=21, on="2024-05-03"), on="2024-05-03")
    wrong = filing(sold(27, 4_433, price=350), on="2024-05-06")

    assert "350" not in " ".join(told(HELD, BOUGHT, other, wrong))
    assert the(reconcile_filings([HELD, BOUGHT, other, wrong]), "PRICE_SUSPECT").row == "I.1"


def test_a_day_that_cannot_be_right_puts_no_trade_within_six_months():
    wrong = filing(sold(100, 4_400, price=26, on="2024-03-04"), on="2025-03-04")

    assert told(HELD, BOUGHT, wrong) == []


@pytest.mark.parametrize("again", [4_400, 4_300], ids=["the same total", "counted twice"])
def test_a_sale_filed_twice_is_sold_once(again):
    first = filing(sold(100, 4_400, price=26), on="2024-05-06")
    copy = filing(sold(100, again, price=26), on="2024-05-06", filed="2024-05-13", part=2)
    after = filing(bought(10, 4_410, price=30), on="2024-12-02")

    messages = told(HELD, BOUGHT, first, copy, after)

    assert [m.split("on ")[1] for m in messages if "$600" in m] != []
    assert not any("200 shares" in m for m in messages)
    assert len(messages) == 1


def test_a_dear_sale_of_few_shares_is_a_sale():
    dear = filing(sold(27, 4_473, price="310.40"), on="2024-05-06")

    assert "a profit of $7,840.80 on 27 shares" in told(HELD, BOUGHT, dear)[0]
