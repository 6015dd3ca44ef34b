"""Derivatives that an initial statement lists by the shares under them alone."""

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, moved, opening, option

PREFERRED = {"title": "Series B Preferred Stock", "strike": None, "expires": None}
NOTE = {"title": "Convertible Note", "strike": 8, "expires": "2027-01-04"}
CONVERTED = moved("C", "acquired", 30_000, 40_000)


def derivatives(ledger, **asked):
    return [h for h in holdings(ledger, **asked).holdings if h.table == "II"]


def test_preferred_stock_is_counted_in_its_own_shares_once_a_conversion_tells_the_ratio(told):
    """30,000 common under it, of which the note says nothing, were 75,000 preferred all along."""
    initial = opening(10_000, option(None, 30_000, None, **PREFERRED))
    conversion = option("C", 75_000, 0, **PREFERRED | {"underlying_shares": 30_000})
    ledger = told(initial, filing(CONVERTED, conversion, on="2024-06-03"))

    (before,) = derivatives(ledger, as_of="2024-05-01")
    (after,) = derivatives(ledger)
    preferred = next(p for p in history(ledger).positions if p.table == "II")

    assert (before.shares, before.basis, after.shares) == (75_000, "derived", 0)
    assert [(e.event, e.computed) for e in preferred.entries] == [
        ("holding", 75_000),
        ("conversion", 0),
    ]
    assert (
        reconcile_filings([initial, filing(CONVERTED, conversion, on="2024-06-03")]).totals.agreed
        == 2
    )


def test_a_note_listed_by_its_shares_ends_with_its_conversion_in_dollars(told):
    initial = opening(10_000, option(None, 30_000, None, **NOTE))
    paid = NOTE | {"underlying_shares": 30_000, "value": 240_000}
    ledger = told(initial, filing(CONVERTED, option("C", None, 0, **paid), on="2024-06-03"))

    (before,) = derivatives(ledger, as_of="2024-05-01")
    (after,) = derivatives(ledger)

    assert (before.value, after.value) == (240_000, 0)


def test_what_came_by_the_day_of_the_initial_statement_is_among_what_it_lists(told):
    bought = NOTE | {
        "strike": None,
        "underlying_shares": 30_000,
        "value": 240_000,
        "value_after": 240_000,
        "marked": "acquired",
        "on": "2024-01-02",
    }
    paid = NOTE | {"underlying_shares": 30_000, "value": 240_000}
    forms = [
        opening(10_000, option(None, 30_000, None, **NOTE)),
        filing(
            CONVERTED,
            option("P", None, None, **bought),
            option("C", None, 0, **paid),
            on="2024-01-03",
        ),
    ]

    assert [h.value for h in derivatives(told(*forms))] == [0]
    assert reconcile_filings(forms).totals.unexplained == 0


def test_an_option_granted_after_the_initial_statement_is_another_than_what_that_lists(told):
    listed = option(None, 5_000, None)
    more = filing(option("A", 5_000, 10_000), on="2024-03-01")

    assert [h.shares for h in derivatives(told(opening(0, listed), more))] == [10_000]
