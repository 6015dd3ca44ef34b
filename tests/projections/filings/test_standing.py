"""Which filings and lines stand: amendments, repetitions, late reports."""

import pytest

from projections import history, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    JANE,
    JOHN,
    bought,
    filing,
    gave,
    held,
    kinds,
    opening,
    person,
    shown,
    sold,
    the,
)

ORIGINAL = filing(sold(1_000, 9_000), sold(500, 8_500), on="2024-03-01")
AMENDS = {"on": "2024-03-01", "filed": "2024-03-20", "form": "4/A", "original_on": "2024-03-03"}
NEXT = filing(bought(100, 8_500), on="2024-04-02")


def balance(ledger, **asked):
    (held_now,) = holdings(ledger, **asked).holdings
    return held_now.shares


# --- amendments: two sales, 1,000 -> 9,000 and 500 -> 8,500; the second was 600 ------------------


def test_a_one_row_amendment_replaces_the_row_its_total_follows(told):
    filings = (opening(), ORIGINAL, filing(sold(600, 8_400), **AMENDS))

    answer = reconcile_filings(filings)

    assert (answer.totals.agreed, answer.totals.checked) == (2, 2)
    assert [f.kind for f in answer.findings] == ["AMENDMENT_CHANGES_HISTORY"]
    assert balance(told(*filings)) == 8_400


def test_an_amendment_that_repeats_every_row_gives_the_same_balance(told):
    full = filing(sold(1_000, 9_000), sold(600, 8_400), **AMENDS)

    answer = reconcile_filings([opening(), ORIGINAL, full, NEXT])

    assert kinds(answer) == []
    assert (answer.totals.agreed, answer.totals.checked) == (3, 3)


def test_before_the_amendment_was_public_the_original_stands(told):
    ledger = told(opening(), ORIGINAL, filing(sold(600, 8_400), **AMENDS))

    assert balance(ledger, known_at="2024-03-19") == 8_500
    assert balance(ledger, known_at="2024-03-20") == 8_400


def test_an_amendment_speaks_as_of_the_day_of_what_it_amends(told):
    ledger = told(opening(), ORIGINAL, filing(sold(600, 8_400), **AMENDS))

    assert balance(ledger, as_of="2024-03-01") == 8_400


def test_an_amendment_that_adds_another_transaction_leaves_every_row_in_place(told):
    added = filing(gave(50, 8_450, on="2024-03-02"), **AMENDS)
    filings = (opening(), ORIGINAL, added, filing(bought(100, 8_550), on="2024-04-02"))

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert (answer.totals.agreed, answer.totals.checked) == (4, 4)
    assert the(answer, "AMENDMENT_CHANGES_HISTORY").message.startswith("additive")


def test_an_amendment_that_adds_a_sale_left_out_of_the_same_day_adds_it():
    added = filing(sold(250, 8_250), **AMENDS)
    filings = [opening(), ORIGINAL, added, filing(bought(100, 8_350), on="2024-04-02")]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert (answer.totals.agreed, answer.totals.checked) == (4, 4)


def test_a_row_that_an_amendment_drops_goes_when_the_next_filing_shows_it():
    three = filing(sold(1_000, 9_000), sold(500, 8_500), sold(250, 8_250), on="2024-03-01")
    fewer = filing(sold(1_000, 9_000), sold(250, 8_750), **AMENDS)
    after = filing(bought(100, 8_850), on="2024-04-02")

    totals = reconcile_filings([opening(), three, fewer, after]).totals

    assert (totals.agreed, totals.checked) == (3, 3)


def test_an_amendment_of_nothing_here_stands_alone_and_says_so():
    answer = reconcile_filings([opening(), filing(sold(600, 9_400), **AMENDS)])

    assert [f.kind for f in answer.findings] == ["AMENDMENT_ORPHAN"]
    assert answer.totals.agreed == 1


def test_an_amendment_of_an_amendment_corrects_the_row_once_more():
    once = filing(sold(600, 8_400), **AMENDS)
    twice = filing(sold(650, 8_350), **AMENDS | {"filed": "2024-04-10"})

    answer = reconcile_filings([opening(), ORIGINAL, once, twice])

    assert kinds(answer) == []
    assert (answer.totals.agreed, answer.totals.checked) == (2, 2)


# --- the same facts again ------------------


def test_a_filing_that_repeats_another_is_counted_once(told):
    again = filing(sold(1_000, 9_000), sold(500, 8_500), on="2024-03-01", filed="2024-03-11")
    filings = (opening(), ORIGINAL, again)

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["DUPLICATE_FILING"]
    assert (answer.totals.checked, answer.totals.agreed) == (2, 2)
    assert balance(told(*filings)) == 8_500


def test_a_gift_reported_early_and_again_at_the_end_of_the_year_is_counted_once(told):
    filings = (
        opening(),
        filing(gave(200, 9_800), on="2024-11-04"),
        filing(gave(200, 9_800, on="2024-11-04"), on="2024-12-31", form="5", filed="2025-02-03"),
        filing(bought(100, 9_900), on="2025-03-03"),
    )

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["DOUBLE_REPORTED"]
    assert balance(told(*filings)) == 9_900


# --- late reports ------------------

SOLD_MAY = filing(sold(500, 9_500), on="2024-05-01")
SOLD_AUGUST = filing(sold(100, 9_300), on="2024-08-01")


@pytest.mark.parametrize(
    ("may", "late"),
    [(9_500, 9_400), (9_500, 9_900), (9_400, 9_900)],
    ids=["as of filing", "as of the trade", "already in the totals since"],
)
def test_a_late_gift_is_placed_by_the_total_it_claims(may, late, told):
    filings = (
        opening(),
        filing(sold(500, may), on="2024-05-01"),
        filing(gave(100, late), on="2024-03-01", filed="2024-07-01"),
        SOLD_AUGUST,
    )

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert [f.kind for f in answer.findings if f.kind != "BALANCE_BREAK_EXPLAINED"] == [
        "LATE_FILING"
    ]
    assert balance(told(*filings)) == 9_300


def test_a_late_report_counts_only_once_it_is_known(told):
    late = filing(gave(100, 9_900), on="2024-03-01", filed="2024-07-01")
    ledger = told(opening(), SOLD_MAY, late)

    assert balance(ledger, as_of="2024-04-01", known_at="2024-06-30") == 10_000
    assert balance(ledger, as_of="2024-04-01", known_at="2024-07-01") == 9_900


def test_entries_are_told_in_the_order_in_which_they_happened(told):
    late = filing(gave(100, 9_900), on="2024-03-01", filed="2024-07-01")
    ledger = told(opening(), SOLD_MAY, late, SOLD_AUGUST)

    days = [e.effective_from for e in history(ledger).positions[0].entries]

    assert days == sorted(days)


# --- joint filers ------------------

FUND = (person(11, "FUND I LP"), person(12, "FUND GP LLC"), person(13, "PRIOR PAT"))


def test_three_owners_of_one_joint_filing_hold_one_pool(told):
    ledger = told(
        opening(1_000_000, by=FUND), filing(sold(100_000, 900_000), on="2024-03-01", by=FUND)
    )

    everything = holdings(ledger, issuer="ACME").holdings

    assert [h.shares for h in everything] == [900_000]
    assert [o["name"] for o in everything[0].owners] == [o.name for o in FUND]


@pytest.mark.parametrize("owner", FUND, ids=lambda o: o.name)
def test_every_joint_filer_sees_the_pool_under_its_own_name(owner, told):
    ledger = told(
        opening(1_000_000, by=FUND), filing(sold(100_000, 900_000), on="2024-03-01", by=FUND)
    )

    (seen,) = holdings(ledger, person=owner.name).holdings

    assert (seen.shares, seen.person["cik"]) == (900_000, owner.cik)


def test_two_persons_of_one_issuer_never_share_a_position(told):
    ledger = told(
        opening(1_000),
        opening(700, by=JOHN),
        filing(bought(10, 1_010), on="2024-03-01"),
        filing(bought(10, 710), on="2024-03-01", by=JOHN),
    )

    assert [h.shares for h in holdings(ledger, person=JANE.cik).holdings] == [1_010]
    assert [h.shares for h in holdings(ledger, person=JOHN.cik).holdings] == [710]


def test_a_holding_is_restated_by_an_amendment_under_its_own_words(told):
    wrong = opening(10_000, held(400, how="By Spouse"))
    right = opening(
        10_000,
        held(450, how="By Spouse"),
        filed="2024-01-20",
        original_on="2024-01-04",
    ).model_copy(update={"form": "3/A"})
    ledger = told(wrong, right)

    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "10000",
        "Common Stock, By Spouse": "450",
    }
