"""Issuers in another's place: what was held carries over, and is counted once."""

from itertools import permutations

import pytest

from ledger.filing import Issuer
from projections import holdings, reconcile
from projections.questions.reconcile import reconcile_filings
from projections.views.catching_up import digest, filings_of, rebuild
from tests.projections.building import (
    ACME,
    JOHN,
    MARY,
    bought,
    filing,
    held,
    kinds,
    moved,
    note,
    opening,
    shown,
    sold,
    the,
)

HOLDING = Issuer(cik="0002000009", name="ACME HOLDINGS CORP", symbol="ACME")
NAMED = Issuer(cik="0002000008", name="LARCH INC", symbol="LRCH")
OLD = (
    opening(10_000, held(3_000, how="By Trust")),
    opening(7_777, by=JOHN),
    filing(bought(223, 8_000), on="2024-02-01", by=JOHN),
)
NEW = (
    filing(sold(1_000, 9_000), held(3_000, how="By Trust"), on="2024-06-03", issuer=HOLDING),
    filing(bought(500, 8_500), on="2024-06-10", by=JOHN, issuer=HOLDING),
)


def explained(answer):
    return [f for f in answer.findings if f.explanation and f.explanation.code == "EXPL_SUCCESSION"]


def test_holdings_of_several_insiders_carry_over_to_a_holding_company_without_a_row():
    answer = reconcile_filings([*OLD, *NEW])

    assert kinds(answer) == []
    assert sorted(f.difference for f in explained(answer)) == [3_000, 8_000, 10_000]
    assert answer.totals.explained == 3
    told = the(answer, "ISSUER_SUCCESSION")
    assert "3 of 3 positions carried over 1-for-1 by 2024-06-03" in told.message
    assert "OPENING_INFERRED" not in {f.kind for f in answer.findings}


def test_a_merger_carries_over_by_its_ratio():
    new = (
        filing(sold(1_000, 4_000), on="2024-06-03", issuer=HOLDING),
        filing(bought(500, 4_500), on="2024-06-10", by=JOHN, issuer=HOLDING),
    )

    answer = reconcile_filings([*OLD, *new])

    assert sorted(f.difference for f in explained(answer)) == [4_000, 5_000]
    assert "1-for-2" in the(answer, "ISSUER_SUCCESSION").message


def test_a_note_that_names_the_old_company_is_enough_for_one_insider():
    follows = note(
        "Each share of Acme Corp was converted into one share of Larch Inc.",
        "succession",
        counterpart="Acme Corp",
        ratio="1:1",
    )
    sale = filing(sold(1_000, 9_000, notes=follows), on="2024-06-03", issuer=NAMED)

    answer = reconcile_filings([opening(10_000), sale])

    assert [f.explanation.confidence for f in explained(answer)] == ["high"]


def test_one_insider_whose_balance_happens_to_tie_shows_nothing():
    sale = filing(sold(1_000, 9_000), on="2024-06-03", issuer=HOLDING)

    assert explained(reconcile_filings([opening(10_000), sale])) == []


def test_a_common_ticker_without_balances_that_tie_shows_nothing():
    new = (
        filing(sold(1_000, 23_456), on="2024-06-03", issuer=HOLDING),
        filing(bought(500, 123), on="2024-06-10", by=JOHN, issuer=HOLDING),
    )

    assert explained(reconcile_filings([*OLD, *new])) == []


def test_an_old_company_whose_insiders_go_on_there_is_not_continued():
    goes_on = [
        filing(sold(100, 9_900), on="2024-07-01"),
        filing(sold(100, 7_900), on="2024-07-01", by=JOHN),
    ]

    assert explained(reconcile_filings([*OLD, *NEW, *goes_on])) == []


def test_a_first_total_that_does_not_follow_from_the_old_company_is_a_mismatch():
    others = filing(bought(100, 4_400), on="2024-06-12", by=MARY, issuer=HOLDING)

    answer = reconcile_filings([*OLD, opening(4_000, by=MARY), *NEW, others])

    found = the(answer, "OPENING_MISMATCH")
    assert (found.expected, found.reported, found.difference) == (4_100, 4_400, 300)


def test_rows_that_close_the_old_shares_and_open_the_new_show_it_too():
    gone = filing(moved("J", "disposed", 10_000, 0), on="2024-05-31")
    came = filing(moved("J", "acquired", 10_000, 10_000), on="2024-06-03", issuer=HOLDING)
    new = filing(bought(500, 8_500), on="2024-06-10", by=JOHN, issuer=HOLDING)

    answer = reconcile_filings([opening(), *OLD[1:], gone, came, new])

    assert kinds(answer) == []
    assert "2 of 2 positions" in the(answer, "ISSUER_SUCCESSION").message
    assert [f.difference for f in explained(answer)] == [8_000]


def test_shares_that_carried_over_are_held_once(told):
    ledger = told(*OLD, *NEW)

    assert shown(holdings(ledger, person="DOE JANE", as_of="2024-05-01").holdings) == {
        "Common Stock, direct": "10000",
        "Common Stock, By Trust": "3000",
    }
    after = holdings(ledger, person="DOE JANE", as_of="2024-07-01").holdings
    assert {(h.issuer["cik"], h.nature, str(h.shares), h.coverage) for h in after} == {
        (ACME.cik, "", "0", "ended"),
        (ACME.cik, "By Trust", "0", "ended"),
        (HOLDING.cik, "", "9000", "open"),
        (HOLDING.cik, "By Trust", "3000", "open"),
    }


def test_before_the_new_company_is_known_nothing_of_it_is(told):
    ledger = told(*OLD, *NEW)
    early = told(*OLD)

    assert (
        reconcile(ledger, known_at="2024-06-01").findings
        == reconcile(early, known_at="2024-06-01").findings
    )
    assert (
        holdings(ledger, known_at="2024-06-01", as_of="2024-07-01").holdings
        == holdings(early, known_at="2024-06-01", as_of="2024-07-01").holdings
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_order_of_arrival_and_the_processes_change_nothing(told, jobs):
    whole = told(*OLD, *NEW)
    rebuild(whole, jobs=jobs)
    for order in list(permutations([*OLD, *NEW]))[::29]:
        grown = told()
        for one in order:
            grown.record([one])
            reconcile(grown)
        assert digest(grown) == digest(whole)


def test_issuers_are_looked_at_together_only_where_they_share_an_owner(told):
    """A common name or ticker is no rarity in a market of many companies."""
    theirs = filing(sold(1_000, 9_000), on="2024-06-03", by=MARY, issuer=HOLDING)
    ours = filing(bought(500, 8_500), on="2024-06-10", by=JOHN, issuer=HOLDING)

    def kin(*filings):
        return [others for _, _, others in filings_of(told(*filings), None) if others]

    assert kin(*OLD, theirs) == []
    assert len(kin(*OLD, ours)) == 2
    assert len(kin(*OLD, theirs, ours)) == 2
