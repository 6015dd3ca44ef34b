"""Holdings that passed into others by a note, where a form lists the new ones alone."""

import pytest

from projections import holdings, reconcile
from tests.projections.building import (
    bought,
    filing,
    granted,
    held,
    kinds,
    moved,
    note,
    opening,
    shown,
    sold,
)

APRIL = {"effective_from": "2024-04-03", "effective_to": "2024-04-03", "precision": "day"}


def passed(text, shares=None, *, kind="form-change", **said):
    return note(text, kind, shares, **{"direction": "disposed"} | said)


ALL_INTO_THE_COMPANY = passed(
    "On April 3, 2024 the Reporting Person contributed all of his shares to Birchall LLC.",
    counterpart="Birchall LLC",
    **APRIL,
)


def on(told, *filings, day=None):
    """What is held, but for holdings of nothing, once these filings are known."""
    found = shown(holdings(told(*filings), as_of=day).holdings)
    return {name: shares for name, shares in found.items() if shares != "0"}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("By Birchall LLC", ALL_INTO_THE_COMPANY),
        (
            "By Living Trust",
            passed(
                "The Reporting Person transferred the shares held directly to a living trust.",
                kind="trust-contribution",
                counterpart="living trust",
            ),
        ),
        (
            "Joint tenancy with spouse",
            passed(
                "In April the shares were re-registered in joint tenancy.",
                counterpart="joint tenancy",
                effective_from="2024-04-01",
                effective_to="2024-04-30",
                precision="month",
            ),
        ),
        (
            "By Birchall LLC",
            passed(
                "On April 3, 2024, 18,640 shares were conveyed to Birchall LLC.", 18_640, **APRIL
            ),
        ),
    ],
)
def test_all_that_was_held_directly_is_held_by_the_vehicle_that_goes_on_from_it(told, how, said):
    traded = filing(sold(500, 18_140, how=how, notes=said, cites="nature"), on="2024-06-03")

    assert kinds(reconcile(told(opening(18_640), traded))) == []
    assert on(told, opening(18_640), traded) == {f"Common Stock, {how}": "18140"}


def test_what_passed_on_is_held_once_on_every_day(told):
    traded = filing(
        sold(500, 18_140, how="By Birchall LLC", notes=ALL_INTO_THE_COMPANY), on="2024-06-03"
    )

    assert on(told, opening(18_640), traded, day="2024-04-02") == {"Common Stock, direct": "18640"}
    for day in ("2024-04-03", "2024-06-02"):
        assert on(told, opening(18_640), traded, day=day) == {
            "Common Stock, By Birchall LLC": "18640"
        }


def test_a_holding_line_alone_shows_it_too_and_a_row_that_brought_all_of_it(told):
    line = held(18_640, how="By Birchall LLC", notes=ALL_INTO_THE_COMPANY)
    row = moved("J", "acquired", 18_640, 18_640, how="By Birchall LLC", notes=ALL_INTO_THE_COMPANY)

    for shows in (line, row):
        later = filing(shows, on="2024-06-03")
        assert on(told, opening(18_640), later) == {"Common Stock, By Birchall LLC": "18640"}


@pytest.mark.parametrize("later", ["2024-09-03", "2026-09-03"])
def test_a_direct_holding_that_begins_anew_begins_from_nothing(told, later):
    filings = (
        opening(18_640),
        filing(
            sold(500, 18_140, how="By Birchall LLC", notes=ALL_INTO_THE_COMPANY), on="2024-06-03"
        ),
        filing(granted(900, 900), on=later),
    )

    assert kinds(reconcile(told(*filings))) == []
    assert on(told, *filings) == {
        "Common Stock, direct": "900",
        "Common Stock, By Birchall LLC": "18140",
    }


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        (
            "The Anna Trust and the Piet Trust were merged on April 3, 2024 into the Arden Trust.",
            {"By Anna Trust": 3_300, "By Piet Trust": 4_400},
            {"By Arden Trust": 7_700},
        ),
        (
            "On April 3, 2024 the Family Trust was divided into trusts for Anna and Piet.",
            {"By Family Trust": 9_000},
            {"By Trust f/b/o Anna": 4_500, "By Trust f/b/o Piet": 4_500},
        ),
        (
            "On April 3, 2024 her 401(k) account was rolled over into an individual retirement account.",
            {"By 401(k)": "2210.5"},
            {"By Roth IRA": 2_210},
        ),
        (
            "On April 3, 2024 the Ebner Trust contributed its shares to Pellin LLC.",
            {"By Ebner Trust": 7_711},
            {"By Pellin LLC": 7_711},
        ),
    ],
)
def test_vehicles_that_are_combined_divided_or_rolled_over_are_counted_once(
    told, said, before, after
):
    told_so = passed(said, **APRIL)
    filings = (
        opening(100, *(held(owns, how=how) for how, owns in before.items())),
        filing(
            bought(10, 110),
            *(held(owns, how=how, notes=told_so, cites="nature") for how, owns in after.items()),
            on="2024-06-03",
        ),
    )

    assert kinds(reconcile(told(*filings))) == []
    assert on(told, *filings) == {"Common Stock, direct": "110"} | {
        f"Common Stock, {how}": str(owns) for how, owns in after.items()
    }


def test_a_trust_whose_shares_went_to_others_holds_none_though_a_note_ends_it_too(told):
    said = passed("The Family Trust was divided into trusts for the children.", **APRIL)
    ended = note(
        "The Family Trust terminated and is no longer reported.",
        "reporting-withdrawal",
        counterpart="the Family Trust",
    )
    filings = (
        opening(100, held(9_000, how="By Family Trust")),
        filing(
            held(4_500, how="By Trust f/b/o Anna", notes=(said, ended)),
            held(4_500, how="By Trust f/b/o Piet", notes=(said, ended)),
            on="2024-06-03",
        ),
    )

    assert shown(holdings(told(*filings)).holdings)["Common Stock, By Family Trust"] == "0"


def test_the_part_that_a_note_gives_is_off_what_was_held_directly(told):
    dated = passed("On April 3, 2024, 6,000 shares went to Pellin LLC.", 6_000, **APRIL)
    undated = passed("6,000 shares were contributed to Pellin LLC.", 6_000)

    for said, direct in ((dated, "12640"), (undated, "12640..18640")):
        later = filing(sold(500, 5_500, how="By Pellin LLC", notes=said), on="2024-06-03")
        assert on(told, opening(18_640), later) == {
            "Common Stock, direct": direct,
            "Common Stock, By Pellin LLC": "5500",
        }


def test_a_note_on_either_line_that_gives_the_day_alone_dates_both_sides(told):
    said = passed("Contributed by the Reporting Person to the company on April 3, 2024.", **APRIL)
    filings = (
        opening(18_640),
        filing(sold(300, 12_340), held(6_000, how="By Pellin LLC", notes=said), on="2024-06-03"),
    )

    assert on(told, *filings, day="2024-04-02") == {"Common Stock, direct": "18640"}
    assert on(told, *filings, day="2024-04-03") == {
        "Common Stock, direct": "12640",
        "Common Stock, By Pellin LLC": "6000",
    }


def test_a_vehicle_that_is_known_to_hold_what_was_direct_is_no_other_under_a_new_name(told):
    said = passed("On April 3, 2024 the shares were re-registered in joint tenancy.", **APRIL)
    filings = (
        opening(18_640, held(2_450, how="By Spouse")),
        filing(sold(500, 18_140, how="Jointly with spouse", notes=said), on="2024-06-03"),
    )

    assert kinds(reconcile(told(*filings))) == []


@pytest.mark.parametrize(("owned", "doubted"), [(18_640, True), (18_000, False)])
def test_without_a_note_both_are_shown_and_a_telling_number_doubts_them(told, owned, doubted):
    filings = (
        opening(owned),
        filing(sold(500, owned - 500, how="By Birchall LLC"), on="2024-06-03"),
        filing(sold(200, owned - 700, how="By Birchall LLC"), on="2024-09-03"),
    )
    ledger = told(*filings)

    assert kinds(reconcile(ledger)) == ["VEHICLE_AMBIGUOUS"] * doubted
    assert {h.doubted for h in holdings(ledger).holdings} == {doubted}


# --- innocent neighbours ------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        note("Sold under a plan that the trust adopted.", "plan-adoption"),
        passed(
            "In 2019 the Reporting Person contributed shares to the trust.",
            effective_from="2019-01-01",
            effective_to="2019-12-31",
            precision="year",
        ),
        passed("On April 3, 2024, 6,000 shares were given to the trust.", 6_000, **APRIL),
    ],
)
def test_a_note_of_something_else_leaves_the_line_a_slip(told, said):
    slip = filing(sold(500, 18_140, how="By Trust", notes=said), on="2024-06-03")

    assert "DI_SWAP" in kinds(reconcile(told(opening(18_640), slip)))


def test_a_later_direct_total_with_the_trade_in_it_shows_the_slip_whatever_the_note(told):
    filings = (
        opening(18_640),
        filing(sold(500, 18_140, how="By Trust", notes=ALL_INTO_THE_COMPANY), on="2024-06-03"),
        filing(sold(100, 18_040), on="2024-09-03"),
    )

    assert kinds(reconcile(told(*filings))) == ["DI_SWAP"]


def test_a_holding_that_the_same_form_still_shows_has_passed_to_nobody(told):
    filings = (
        opening(18_640),
        filing(
            held(18_640, how="By Birchall LLC", notes=ALL_INTO_THE_COMPANY),
            held(18_640),
            on="2024-06-03",
        ),
    )

    assert on(told, *filings) == {
        "Common Stock, direct": "18640",
        "Common Stock, By Birchall LLC": "18640",
    }


def test_of_older_holdings_of_which_nobody_can_say_which_passed_on_all_are_kept(told):
    said = passed("Two of the Anna, Piet and Jon Trusts were merged into the Arden Trust.", **APRIL)
    before = {"By Anna Trust": 3_000, "By Piet Trust": 3_000, "By Jon Trust": 4_000}
    filings = (
        opening(100, *(held(owns, how=how) for how, owns in before.items())),
        filing(held(7_000, how="By Arden Trust", notes=said), on="2024-06-03"),
    )

    assert len(on(told, *filings)) == 1 + len(before) + 1
