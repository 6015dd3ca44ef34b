"""Holdings that no line shows since a split: it multiplied them as well."""

import pytest

from projections import holdings
from tests.projections.building import (
    bought,
    filing,
    held,
    option,
    shown,
    sold,
    split,
    units,
)

LISTED = filing(
    held(6_000),
    held(4_000, how="By Trust"),
    option(None, None, 1_200, strike=60, underlying_shares=1_200),
    units(None, None, 300, underlying_shares=300),
    on="2024-01-03",
    form="3",
)
DOUBLED = filing(bought(100, 12_100, notes=split("2:1", "2024-05-15")), on="2024-09-06")


def on(told, *filings, day=None):
    return shown(holdings(told(*filings), as_of=day).holdings)


def test_a_proven_split_multiplies_what_no_line_shows_since(told):
    before = {
        "Common Stock, direct": "6000",
        "Common Stock, By Trust": "4000",
        "Employee Stock Option (right to buy), direct": "1200",
        "Restricted Stock Units, direct": "300",
    }

    assert on(told, LISTED, DOUBLED, day="2024-05-14") == before
    for day, direct in (("2024-05-15", "12000"), (None, "12100")):
        assert on(told, LISTED, DOUBLED, day=day) == {
            "Common Stock, direct": direct,
            "Common Stock, By Trust": "8000",
            "Employee Stock Option (right to buy), direct": "2400",
            "Restricted Stock Units, direct": "600",
        }


@pytest.mark.parametrize(
    ("ratio", "owns", "strike"), [("2:1", 12_100, "30"), ("1:8", 850, "480"), ("7:1", 42_100, None)]
)
def test_the_strike_is_divided_where_a_decimal_says_it_exactly(told, ratio, owns, strike):
    later = filing(bought(100, owns, notes=split(ratio, "2024-05-15")), on="2024-09-06")

    found = holdings(told(LISTED, later)).holdings

    strikes = [h.exercise_price for h in found if "Option" in (h.security or "")]
    assert [None if s is None else str(s) for s in strikes] == [strike]


def test_each_is_derived_and_cites_the_note(told):
    found = [h for h in holdings(told(LISTED, DOUBLED)).holdings if h.nature]

    assert [(h.basis, str(h.since)) for h in found] == [("derived", "2024-05-15")]
    assert found[0].evidence[-1].startswith(DOUBLED.id)


# --- innocent neighbours ------------------------------------------------------------------


def test_what_is_listed_after_the_split_stands_as_it_is_listed(told):
    listed = filing(
        bought(100, 12_100, notes=split("2:1", "2024-05-15")),
        held(8_000, how="By Trust"),
        option(None, None, 2_400, strike=30, underlying_shares=2_400),
        on="2024-09-06",
    )
    found = on(told, LISTED, listed)

    assert found["Common Stock, By Trust"] == "8000"
    assert found["Employee Stock Option (right to buy), direct"] == "2400"


def test_a_split_that_no_total_takes_up_multiplies_nothing(told):
    follows = filing(sold(100, 5_900, notes=split("2:1", "2024-05-15")), on="2024-09-06")

    assert on(told, LISTED, follows)["Employee Stock Option (right to buy), direct"] == "1200"


def test_preferred_stock_stays_as_many_and_another_class_is_not_split(told):
    other = filing(
        held(6_000, title="Class A Common Stock"),
        held(500, title="Class B Common Stock"),
        option(
            None,
            None,
            700,
            title="Series C Preferred Stock",
            strike=None,
            expires=None,
            underlying="Class A Common Stock",
            underlying_shares=700,
        ),
        on="2024-01-03",
        form="3",
    )
    doubled = filing(
        bought(100, 12_100, title="Class A Common Stock", notes=split("2:1", "2024-05-15")),
        on="2024-09-06",
    )
    found = on(told, other, doubled)

    assert found["Class B Common Stock, direct"] == "500"
    assert found["Series C Preferred Stock, direct"] == "700"
