"""What a plan can do to a holding when a note names it and gives no number."""

import pytest

from ledger.footnotes.plan_exits import left_a_plan
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import bought, filing, held, kinds, note, opening, sold, the

EXPLAINED = "BALANCE_BREAK_EXPLAINED"
PLAN = {"how": "By 401(k) Plan"}


def in_plan(owns, words, *, before=4_000, on="2024-06-03", how="By 401(k) Plan", price="12.50"):
    """A plan's holding and what the next form gives for it, under a note of these words."""
    told = note(words, "plan-units")
    line = held(owns, how=how, notes=told)
    return [
        opening(100, held(before, how=how), on="2024-01-02"),
        filing(bought(10, 110, price=price), line, on=on),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Held in the 401(k) plan. Interests in the plan are not transferable.",
        "Units of the 401(k) stock fund, valued at the last sale price of the stock.",
        "Held in the 401(k) plan; the shares may be sold at the member's direction.",
        "The shares of the 401(k) plan are generally distributed upon retirement.",
        "No shares of the 401(k) plan were sold or transferred.",
        "Transferred from direct ownership into the 401(k) plan.",
    ],
)
def test_words_by_which_nothing_left_a_plan_explain_no_loss(words):
    assert not left_a_plan(words)
    assert kinds(reconcile_filings(in_plan(1_777, words))) == ["OPENING_MISMATCH"]


@pytest.mark.parametrize(
    "words",
    [
        "Reflects units of the 401(k) plan sold since the last report.",
        "Held in the 401(k) plan, after a hardship withdrawal.",
        "Balance of the 401(k) plan after a loan from the plan.",
        "Shares were transferred out of the company stock fund, according to a plan statement.",
        "The member rolled over units of the 401(k) plan to another account.",
    ],
)
def test_words_by_which_shares_left_a_plan_explain_a_loss_and_prove_little(words):
    found = the(reconcile_filings(in_plan(1_777, words)), EXPLAINED)

    assert left_a_plan(words)
    assert found.explanation.confidence == "low"


def test_a_plan_that_more_than_doubles_is_explained_with_little_confidence():
    usual = the(reconcile_filings(in_plan(4_500, "Based on a plan statement.")), EXPLAINED)
    doubled = the(reconcile_filings(in_plan(9_000, "Based on a plan statement.")), EXPLAINED)

    assert usual.explanation.confidence == "medium"
    assert doubled.explanation.confidence == "low"


def test_a_qualified_plan_gains_no_more_than_the_law_lets_in():
    dear = in_plan(32_000, "Units of the 401(k) plan.", before=24_000, price=90)

    assert kinds(reconcile_filings(dear)) == ["OPENING_MISMATCH"]


def test_a_plan_beside_the_qualified_ones_has_no_limit_in_dollars():
    nature = "By Supplemental Retirement Plan"
    dear = in_plan(
        29_000, "Held in the plan.", before=24_000, price=90, how=nature, on="2024-11-01"
    )

    assert the(reconcile_filings(dear), EXPLAINED).explanation.confidence == "medium"


def test_a_plan_accrues_no_quarter_of_its_balance_in_a_week():
    soon = [
        opening(100, held(4_000, **PLAN)),
        filing(bought(10, 110), held(4_980, **PLAN), on="2024-01-09"),
    ]

    assert kinds(reconcile_filings(soon)) == ["OPENING_MISMATCH"]


def test_what_a_later_total_takes_back_had_not_come_from_a_plan():
    told = note("Includes shares bought under the purchase plan.", "espp-purchase")
    gain = filing(bought(100, 10_900, notes=told), on="2024-03-01")
    back = filing(sold(50, 10_050), on="2024-06-03")

    assert EXPLAINED not in {f.kind for f in reconcile_filings([opening(), gain, back]).findings}


def test_a_purchase_plan_takes_no_shares_away():
    told = note("Includes shares bought under the purchase plan.", "espp-purchase")
    loss = filing(bought(100, 9_200, notes=told), on="2024-03-01")

    assert kinds(reconcile_filings([opening(), loss])) == ["OPENING_MISMATCH"]


def test_dividends_bring_in_weeks_what_a_quarter_pays_and_little_sure_beyond():
    told = note("Includes reinvested dividends.", "dividend-reinvestment")

    def after(gain, on):
        answer = reconcile_filings(
            [opening(), filing(bought(100, 10_100 + gain, notes=told), on=on)]
        )
        return [f.explanation.confidence for f in answer.findings if f.kind == EXPLAINED]

    assert after(200, "2024-02-01") == ["medium"]
    assert after(600, "2024-02-01") == ["low"]
    assert after(900, "2024-02-01") == []
