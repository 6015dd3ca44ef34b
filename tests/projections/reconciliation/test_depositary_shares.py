"""Depositary and ordinary shares of one issuer: two classes, one interest, one ratio."""

import pytest

from ledger.filing import Issuer
from projections import holdings, reconcile
from projections.identity.securities import class_tokens, same_class
from tests.projections.building import Note, filing, held, kinds, opening, shown, sold

ISSUER = Issuer(cik="0002000090", name="BELMARIN SE", symbol="BLMR", foreign_symbol="BELM")
ADS, ORDINARY = {"title": "American Depositary Shares"}, {"title": "Ordinary Shares"}
FIVE = Note("Each American Depositary Share represents five ordinary shares of the issuer.")

EACH = Note("Deposited against American Depositary Shares, each of which represents five of them.")


@pytest.mark.parametrize(
    "title",
    [
        "ADS",
        "ADSs",
        "American Depositary Receipts",
        "American Depositary Shares (ADSs)",
        "American Depositary Shares, each representing five Ordinary Shares",
    ],
)
def test_depositary_shares_are_one_class_in_all_their_names(title):
    depositary, ordinary = (
        class_tokens(t) for t in ("American Depositary Shares", "Ordinary Shares")
    )

    assert same_class(class_tokens(title), depositary) is True
    assert same_class(class_tokens(title), ordinary) is False


def test_depositary_shares_of_preferred_stock_are_not_those_of_a_foreign_company():
    preferred = class_tokens(
        "Depositary Shares, each representing 1/40 of a Series B Preferred Share"
    )

    assert same_class(preferred, class_tokens("ADSs")) is False


@pytest.mark.parametrize(("symbol", "left"), [("BELM", "400"), ("OSE: BELM", "400")])
def test_a_title_that_is_the_symbol_at_home_means_the_ordinary_shares(symbol, left, told):
    ledger = told(
        opening(1_000, held(500, **ORDINARY), issuer=ISSUER, on="2026-03-18"),
        filing(sold(100, 400, title=symbol), on="2026-04-06", issuer=ISSUER),
    )

    assert kinds(reconcile(ledger)) == []
    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "1000",
        f"{symbol}, direct": left,
    }


def test_a_title_that_is_the_symbol_here_is_whatever_class_its_balance_joins(told):
    ledger = told(
        opening(0, held(300, **ADS), held(2_000, **ORDINARY), issuer=ISSUER, on="2026-03-18"),
        filing(sold(50, 250, title="BLMR"), on="2026-04-06", issuer=ISSUER),
    )

    assert kinds(reconcile(ledger)) == []


def before(*notes):
    return opening(
        0, held(300, notes=notes, **ADS), held(2_000, **ORDINARY), issuer=ISSUER, on="2026-03-18"
    )


def after(ordinary, *notes):
    return filing(
        sold(10, 190, notes=notes, **ADS),
        held(ordinary, **ORDINARY),
        on="2026-04-06",
        issuer=ISSUER,
    )


def test_depositary_shares_given_back_for_ordinary_ones_are_a_change_of_form(told):
    answer = reconcile(told(before(), after(2_500, FIVE)))

    found = [f for f in answer.findings if f.kind == "BALANCE_BREAK_EXPLAINED"]

    assert kinds(answer) == []
    assert {f.explanation.code for f in found} == {"EXPL_FORM_CHANGE"}
    assert "5 ordinary for one depositary share" in found[0].explanation.terms[0].text


def test_without_a_note_both_sides_in_one_filing_show_the_ratio(told):
    assert kinds(reconcile(told(before(), after(2_500)))) == []


@pytest.mark.parametrize("notes", [(), EACH])
def test_depositary_shares_that_turn_up_where_ordinary_ones_went_are_a_change_of_form(told, notes):
    start = opening(0, held(2_000, **ORDINARY), issuer=ISSUER, on="2026-03-18")
    later = filing(
        sold(10, 1_640, **ORDINARY), held(70, notes=notes, **ADS), on="2026-04-06", issuer=ISSUER
    )

    assert kinds(reconcile(told(start, later))) == []


def test_another_ratio_than_the_stated_one_explains_nothing(told):
    assert kinds(reconcile(told(before(), after(2_400, FIVE)))) != []


def test_what_is_no_whole_ratio_explains_nothing(told):
    assert kinds(reconcile(told(before(), after(2_250)))) != []


def test_both_sides_rising_is_no_conversion(told):
    bought = filing(sold(10, 390, **ADS), held(2_500, **ORDINARY), on="2026-04-06", issuer=ISSUER)

    answer = reconcile(told(before(), bought))

    assert not [
        f for f in answer.findings if f.explanation and f.explanation.code == "EXPL_FORM_CHANGE"
    ]
