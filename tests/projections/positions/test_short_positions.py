"""Stock sold short and options written: what is owed rises by a sale, and is never netted."""

import pytest

from projections import holdings, reconcile
from projections.filings.records import Line
from tests.projections.building import bought, filing, kinds, moved, opening, option, shown, sold

SHORT = {"title": "Common Stock (short)"}


@pytest.mark.parametrize(
    "title",
    ["Common Stock (short)", "Short position in Common Stock", "Common Stock, sold short"],
)
def test_a_short_sale_adds_to_what_is_owed_and_covering_takes_away(title, told):
    ledger = told(
        opening(1_000),
        filing(sold(400, 400, title=title), on="2024-03-01"),
        filing(bought(150, 250, title=title), on="2024-10-01"),
    )

    assert kinds(reconcile(ledger)) == []
    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "1000",
        f"{title}, direct": "250",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Short-Term Incentive Shares",
        "Common Stock of Short Hills Bancorp",
        "Call Option (right to buy)",
        "Shortfall Shares",
    ],
)
def test_other_titles_with_such_a_word_are_holdings_like_any(title):
    assert not Line("I", 1, security=title).written
    assert not Line("II", 1, security=title).written


@pytest.mark.parametrize(
    "title",
    [
        "Call Option (obligation to sell)",
        "Put Option (written)",
        "Short Call Options",
        "Sold December 2024 Put Option",
        "Calls, short",
    ],
)
@pytest.mark.parametrize("letter", ["acquired", "disposed"])
def test_an_obligation_that_expires_is_gone_whichever_letter_its_filer_gives(title, letter, told):
    written = {"title": title, "strike": 40, "expires": "2024-12-20"}
    ledger = told(
        filing(option("S", 100, 100, **written), on="2024-06-03"),
        filing(option("E", 100, 0, marked=letter, **written), on="2024-12-20"),
    )

    assert kinds(reconcile(ledger)) == []
    assert [h.shares for h in holdings(ledger).holdings] == [0]


def test_covering_below_the_price_of_the_short_sale_is_a_short_swing(told):
    ledger = told(
        filing(sold(400, 400, price=20, **SHORT), on="2024-03-01"),
        filing(bought(400, 0, price=15, **SHORT), on="2024-05-01"),
    )

    found = [f for f in reconcile(ledger).findings if f.kind == "SHORT_SWING_CANDIDATE"]

    assert [f.message.partition(":")[0] for f in found] == [
        "bought at 15 within six months of a sale of 2024-03-01"
    ]


PUTS = {"title": "Put Option (obligation to buy)", "strike": 15, "expires": "2025-01-17"}


def test_obligations_that_are_exercised_become_fewer_though_marked_disposed(told):
    form = filing(
        option("X", 300, 700, **PUTS),
        option("X", 700, 0, **PUTS),
        option("X", 250, 0, **PUTS | {"strike": 20}),
        moved("X", "acquired", 1_250, 1_250),
        on="2024-07-08",
    )

    assert kinds(reconcile(told(form))) == []
    assert [h.shares for h in holdings(told(form), as_of="2024-07-01").holdings] == [
        1_000,
        250,
    ]


@pytest.mark.parametrize("closed", [0, 200])
def test_a_contract_to_sell_that_is_settled_leaves_what_its_total_says(closed, told):
    contract = {"title": "Forward sale contract (obligation to sell)", "strike": None}
    form = filing(option("J", 5_000, closed, **contract), on="2024-07-08")

    assert kinds(reconcile(told(form))) == []
    assert [h.shares for h in holdings(told(form)).holdings] == [closed]


def test_a_contract_made_anew_under_either_letter_is_all_that_is_owed(told):
    contract = {"title": "Forward sale contract (obligation to sell)", "strike": None}
    for letter in ("acquired", "disposed"):
        made = filing(option("J", 400, 400, marked=letter, **contract), on="2024-07-08")

        assert kinds(reconcile(told(made))) == []
        assert holdings(told(made), as_of="2024-07-01").holdings == ()
