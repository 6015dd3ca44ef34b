"""Awards and funds that are counted in dollars: shown and checked in dollars, never netted."""

from decimal import Decimal

from projections import history, holdings, reconcile
from tests.projections.building import (
    filing,
    held,
    kinds,
    note,
    opening,
    option,
    split,
    the,
    units,
)


def cash(code, dollars, left, **said):
    """A line of an award that pays so many dollars, whatever a share costs."""
    award = {"strike": None, "title": "Long-Term Cash Award", "underlying": "Cash"}
    return option(code, None, None, **award | {"value": dollars, "value_after": left} | said)


GRANT = filing(cash("A", 240_000, 240_000), on="2024-03-01")


def test_an_award_in_dollars_is_held_in_dollars_and_its_totals_agree(told):
    ledger = told(GRANT, filing(cash("D", 90_000, 150_000), on="2025-03-03"))

    (holding,) = holdings(ledger).holdings
    (timeline,) = history(ledger).positions

    assert (holding.value, holding.shares, holding.shares_low) == (150_000, None, None)
    assert kinds(reconcile(ledger)) == []
    assert reconcile(ledger).totals.agreed == 1
    assert timeline.unit == "dollars"
    assert [(e.direction, e.shares, e.computed) for e in timeline.entries] == [
        ("acquired", 240_000, 240_000),
        ("disposed", 90_000, 150_000),
    ]


def test_two_credits_of_one_day_in_other_dollars_are_no_copy_of_each_other(told):
    ledger = told(
        filing(cash("A", 20_000, 20_000), on="2024-03-01"),
        filing(cash("A", 6_500, 26_500), on="2024-03-01", part=2),
    )

    (holding,) = holdings(ledger).holdings

    assert holding.value == 26_500
    assert kinds(reconcile(ledger)) == []


def test_dollars_that_do_not_follow_are_a_break_in_dollars(told):
    ledger = told(GRANT, filing(cash("D", 90_000, 160_000), on="2025-03-03"))

    found = the(reconcile(ledger), "BALANCE_BREAK")

    assert found.message.startswith(
        "reported $160,000, expected $150,000, +$10,000, 367 days after"
    )
    assert (found.expected, found.difference) == (150_000, 10_000)


def test_dollars_that_a_total_states_are_held_though_the_next_one_does_not_follow(told):
    partly = filing(cash("D", 90_000, 150_000), on="2025-03-03")
    ledger = told(GRANT, partly, filing(cash("D", 50_000, 130_000), on="2026-03-02"))

    (holding,) = holdings(ledger, as_of="2025-06-02").holdings

    assert (holding.value, holding.shares, holding.basis) == (150_000, None, "reported")


def test_dollars_and_units_of_one_title_are_never_netted(told):
    """Half of an award may be in units, half in cash, under one title and one expiry."""
    award = {"title": "Performance Award"}
    ledger = told(
        filing(units("A", 500, 500, **award), cash("A", 9_000, 9_000, **award), on="2024-03-01"),
        filing(units("D", 200, 300, **award), cash("D", 4_000, 5_000, **award), on="2025-03-03"),
    )

    assert {(h.shares, h.value) for h in holdings(ledger).holdings} == {(300, None), (None, 5_000)}
    assert kinds(reconcile(ledger)) == []


def test_shares_that_a_note_states_and_a_split_explain_no_dollars(told):
    words = note("Includes 10,000 shares bought under the plan.", "espp-purchase", 10_000)
    halved = filing(
        cash("D", 90_000, 160_000, notes=(words, split("2:1", "2024-09-02"))), on="2025-03-03"
    )

    assert "BALANCE_BREAK" in kinds(reconcile(told(GRANT, halved)))


def test_what_a_fund_is_worth_moves_with_its_price_and_is_no_break(told):
    def fund(dollars):
        return held(None, how="By 401(k)", value_after=dollars)

    ledger = told(opening(1_000, fund("1234.50")), filing(fund("1310.25"), on="2024-09-03"))

    assert kinds(reconcile(ledger)) == []
    (worth,) = [h.value for h in holdings(ledger).holdings if h.nature]
    assert worth == Decimal("1310.25")
