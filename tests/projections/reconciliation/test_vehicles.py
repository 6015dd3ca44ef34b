"""Vehicles that merge or come to an end: one form shows where their shares went."""

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    composition,
    filing,
    held,
    kinds,
    note,
    opening,
    sold,
    the,
)

EXPLAINED = "BALANCE_BREAK_EXPLAINED"
HILL, LAKE = "By Hill Trust", "By Lake Trust"


def test_a_trust_that_gives_all_to_another_one_on_the_form_explains_what_that_one_includes():
    start = opening(10_000, held(4_300, how=HILL), held(2_000, how=LAKE))
    merged = filing(
        sold(100, 9_900),
        held(0, how=HILL),
        held(6_300, how=LAKE, notes=composition(4_300)),
        on="2024-06-03",
    )

    answer = reconcile_filings([start, merged])

    assert kinds(answer) == []
    assert {f.explanation.code for f in answer.findings if f.kind == EXPLAINED} == {
        "EXPL_FORM_CHANGE"
    }


def test_what_a_total_includes_alone_is_still_a_coincidence():
    start = opening(10_000, held(2_000, how=LAKE))
    grown = filing(
        sold(100, 9_900), held(6_300, how=LAKE, notes=composition(4_300)), on="2024-06-03"
    )

    assert kinds(reconcile_filings([start, grown])) == ["BALANCE_BREAK_AMBIGUOUS"]


def test_shares_that_an_annuity_trust_hands_on_are_one_change_of_form_whatever_it_is_called():
    start = opening(10_000, held(4_300, how="By GRAT"), held(2_000, how=LAKE))
    gone = note("On its end all 4,300 shares went to the Lake Trust.", "trust-contribution", 4_300)
    came = note("Includes 4,300 shares received from the GRAT.", "annuity-return", 4_300)
    ended = filing(
        sold(100, 9_900),
        held(0, how="By GRAT", notes=gone),
        held(6_300, how=LAKE, notes=came),
        on="2024-06-03",
    )

    assert kinds(reconcile_filings([start, ended])) == []


def test_dividends_without_a_number_leave_a_stated_amount_its_place():
    start = opening(10_000, held(4_300, how="By GRAT"))
    came = note("Includes 900 shares paid by the GRAT.", "annuity-return", 900)
    paid = note("The total includes reinvested dividends.", "dividend-reinvestment")
    more = filing(sold(100, 10_912, notes=(came, paid)), on="2024-06-03")

    found = the(reconcile_filings([start, more]), EXPLAINED)

    assert [term.shares for term in found.explanation.terms] == [900, 112]


def test_of_two_trusts_told_apart_by_whom_they_benefit_the_line_of_one_is_not_the_others():
    ida, rolf = (
        note(f"Held by a trust for the benefit of {name}.", "disclaimer")
        for name in ("Ida", "Rolf")
    )
    listed = opening(
        100,
        held(4_000, how="By Trust", notes=ida, cites="nature"),
        held(7_000, how="By Trust", notes=rolf, cites="nature"),
    )
    copied = filing(held(4_000, how="By Trust", notes=rolf, cites="nature"), on="2024-06-03")

    assert the(reconcile_filings([listed, copied]), "OPENING_MISMATCH").expected == 7_000
