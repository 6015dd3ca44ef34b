"""Which day an answer speaks of, what lapsed by it, under which name, and what it comes to in all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from projections import history, holdings, json_of, reconcile
from tests.projections.building import (
    ACME,
    JANE,
    JOHN,
    Note,
    bought,
    filing,
    held,
    opening,
    option,
    person,
    sold,
)

OPTION = filing(option("A", 500, 500, expires="2014-03-01"), on="2004-03-01")
RENAMED = ACME.model_copy(update={"name": "APEX CORP", "symbol": "APEX"})


def test_an_answer_without_a_day_says_by_which_day_it_is(told):
    ledger = told(OPTION)

    assert holdings(ledger).as_of is None
    assert holdings(ledger).today is not None
    assert holdings(ledger, known_at="2004-06-01").today == date(2004, 6, 1)
    asked = holdings(ledger, as_of="2004-06-01")
    assert (asked.as_of, asked.today) == (date(2004, 6, 1), None)


def test_todays_answer_is_without_what_has_expired(told):
    ledger = told(OPTION)

    (now,) = holdings(ledger).holdings
    assert (now.shares, now.basis, now.since) == (0, "lapsed, inferred", date(2014, 3, 2))
    (then,) = holdings(ledger, known_at="2014-03-01").holdings
    assert (then.shares, then.basis) == (500, "reported")


def test_units_whose_day_is_past_have_not_lapsed(told):
    """The day in the column is that of their vesting: a row may tell of it, or none."""
    award = option("A", 500, 500, title="Restricted Stock Units", strike=None, expires="2014-03-01")
    paid = option("M", 500, 0, title="Restricted Stock Units", strike=None, expires="2014-03-01")
    granted, settled = filing(award, on="2004-03-01"), filing(paid, on="2014-03-03")

    (now,) = holdings(told(granted)).holdings
    assert (now.shares, now.shares_low) == (0, 0)
    assert (now.basis, now.since) == ("vested, inferred", date(2014, 3, 2))
    (gone,) = holdings(told(granted, settled)).holdings
    assert (gone.shares, gone.basis) == (0, "reported")


def test_what_is_reported_as_held_after_it_expired_has_not_lapsed_unsaid(told):
    ledger = told(OPTION, filing(option(None, None, 500, expires="2014-03-01"), on="2015-06-01"))

    (now,) = holdings(ledger).holdings
    assert (now.shares, now.basis) == (500, "reported")
    assert now.findings


def test_an_issuer_has_one_name_that_of_the_day(told):
    ledger = told(
        opening(1_000),
        filing(held(70, how="By Trust"), bought(1, 1_001), on="2024-02-01"),
        filing(sold(1, 1_000), on="2025-02-03", issuer=RENAMED),
    )

    now = holdings(ledger).holdings
    assert {h.issuer["name"] for h in now} == {"APEX CORP"}
    assert {p.issuer["name"] for p in history(ledger).positions} == {"APEX CORP"}
    assert {f.issuer["name"] for f in reconcile(ledger).findings if f.issuer} == {"APEX CORP"}
    then = holdings(ledger, as_of="2024-12-31").holdings
    assert {h.issuer["name"] for h in then} == {"ACME CORP"}


def test_a_class_is_added_up_own_shares_and_vehicles_apart(told):
    ledger = told(
        opening(1_000, held(200, how="By Trust"), held(30, how="By Spouse")),
        filing(option("A", 500, 500), on="2024-03-01"),
    )

    (whole,) = holdings(ledger).sums
    assert (whole.direct, whole.indirect, whole.shares) == (1_000, 230, 1_230)
    assert (whole.holdings, whole.shared) == (3, 0)
    assert json_of(holdings(ledger))["sums"][0]["shares"] == "1230"


def test_what_several_report_together_is_counted_once(told):
    pool = filing(held(400, how="By Fund"), held(50), by=(JANE, JOHN), on="2024-03-01")
    ledger = told(pool)

    (whole,) = holdings(ledger, issuer="ACME").sums
    assert (whole.shares, whole.shared) == (450, 450)
    assert [s.shares for s in holdings(ledger, person=JOHN.cik).sums] == [450]


@pytest.mark.parametrize(
    ("asked", "own"),
    [("BIRCH GROWTH FUND II LP", 400), ("DOE JANE", 0)],
    ids=["the fund itself", "its manager"],
)
def test_what_a_note_says_is_a_funds_is_direct_of_the_fund_alone(told, asked, own):
    fund = person(8, "BIRCH GROWTH FUND II LP")
    its = Note("These shares are held directly by Birch Growth Fund II, L.P.")
    joint = held(400, notes=its, cites="ownership"), held(50, how="By Trust")
    ledger = told(filing(*joint, by=(fund, JANE), on="2024-03-01"))

    (whole,) = holdings(ledger, person=asked).sums

    assert (whole.direct, whole.indirect, whole.shares) == (own, 450 - own, 450)


def test_a_sum_of_what_is_not_known_is_a_range(told):
    ledger = told(opening(1_000, held(None, how="By Trust")))

    sums = holdings(ledger).sums
    assert [(s.shares, s.shares_low, s.shares_high) for s in sums] in (
        [],
        [(None, Decimal(1_000), None)],
    )


def test_a_class_has_the_name_that_most_of_its_holdings_have(told):
    ledger = told(
        opening(1_000, held(200, how="By Spouse")),
        filing(held(40, how="By Son", title="Common Stokc"), on="2024-06-01"),
    )

    (whole,) = holdings(ledger).sums
    assert (whole.holdings, whole.security) == (3, "Common Stock")


def test_a_line_under_the_title_of_another_class_is_told_as_of_its_own(told):
    """A sale under Class B goes on from the common stock, as the next line shows: so do its shares."""
    other = {"title": "Class B Common Stock"}
    ledger = told(
        opening(1_000, held(500, **other)),
        filing(sold(100, 900, **other), on="2024-03-01"),
        filing(sold(50, 850), on="2024-05-01"),
        filing(sold(10, 490, **other), on="2024-08-01"),
    )

    after = holdings(ledger, as_of="2024-03-02")
    at_once = holdings(ledger, as_of="2024-03-02", known_at="2024-03-10")

    assert {(r.security, r.shares) for r in after} == {
        ("Common Stock", 900),
        ("Class B Common Stock", 500),
    }
    assert after.sums == ()
    assert {(r.security, r.shares_low, r.shares_high) for r in at_once} == {
        ("Common Stock", 900, 1_000),
        ("Class B Common Stock", 500, 900),
    }
