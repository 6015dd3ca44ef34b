"""Insiders of foreign private issuers: since when they report, who does, and what spares them."""

import pytest

from ledger.filing import Issuer, Owner
from projections import reconcile
from tests.projections.building import bought, filing, held, kinds, opening, sold

HOME = Issuer(cik="0002000088", name="NORDVIK ASA", symbol="NVKA", foreign_symbol="NORV")
UNLISTED = Issuer(cik="0002000089", name="PELAGIA PLC", symbol="PLGA")
FUND = Owner(cik="0001000088", name="HALYARD FUND", ten_percent_owner=True)


def messages(answer, kind):
    return [f.message for f in answer.findings if f.kind == kind]


def lateness(told, *filings):
    return messages(reconcile(told(*filings)), "LATE_FILING")


def test_a_first_statement_was_due_on_the_day_the_law_took_effect(told):
    def stated(filed, **said):
        return opening(500, on="2026-03-18", filed=filed, issuer=HOME, **said)

    assert lateness(told, stated("2026-03-18")) == []
    assert lateness(told, stated("2026-03-20")) == [
        (
            "due 2026-03-18, filed 2026-03-20, "
            "unless what its home country publishes is accepted instead"
        )
    ]


def test_whoever_became_one_later_has_ten_days(told):
    assert lateness(told, opening(500, on="2026-05-04", filed="2026-05-14", issuer=HOME)) == []


def test_what_was_traded_before_the_law_took_effect_is_never_late(told):
    trade = filing(bought(100, 600), on="2026-02-02", filed="2026-04-01", issuer=HOME)

    assert lateness(told, trade) == []


def test_a_trade_since_then_is_due_in_two_business_days(told):
    first = opening(500, on="2026-03-18", filed="2026-03-18", issuer=HOME)
    trade = filing(bought(100, 600), on="2026-04-06", filed="2026-04-10", issuer=HOME)

    assert len(lateness(told, first, trade)) == 1


def test_a_large_holder_of_a_foreign_issuer_is_never_late(told):
    trade = filing(bought(100, 600), on="2026-04-06", filed="2026-05-10", issuer=HOME, by=FUND)

    assert lateness(told, trade) == []


@pytest.mark.parametrize("issuer", [HOME, UNLISTED])
def test_no_profit_of_a_foreign_insider_is_handed_over(issuer, told):
    title = {"title": "American Depositary Shares"}
    swing = [
        opening(500, held(900, **title), on="2026-03-18", issuer=issuer),
        filing(bought(100, 1_000, price=10, **title), on="2026-04-06", issuer=issuer),
        filing(sold(100, 900, price=14, **title), on="2026-05-04", issuer=issuer),
    ]

    answer = reconcile(told(*swing))

    assert messages(answer, "SHORT_SWING_CANDIDATE") == []
    assert kinds(answer) == []


def test_a_domestic_company_listed_abroad_as_well_is_not_a_foreign_issuer(told):
    """Its insiders reported before the law, and 16(b) reaches them."""
    swing = [
        opening(500, on="2025-06-02", issuer=HOME),
        filing(bought(100, 600, price=10), on="2026-04-06", issuer=HOME),
        filing(sold(100, 500, price=14), on="2026-05-04", issuer=HOME),
    ]

    assert len(messages(reconcile(told(*swing)), "SHORT_SWING_CANDIDATE")) == 1
