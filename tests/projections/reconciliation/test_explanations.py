"""Differences that rows do not show and evidence closes: splits, plans, trusts, habits."""

from datetime import date
from decimal import Decimal

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    ANNA,
    JOHN,
    MARY,
    bought,
    composition,
    filing,
    gave,
    held,
    into_trust,
    kinds,
    moved,
    note,
    opening,
    option,
    plan_purchase,
    shown,
    sold,
    split,
    the,
)

EXPLAINED = "BALANCE_BREAK_EXPLAINED"

# --- splits: prior 12,400; 3-for-2 in June; sale of 1,200 ------------------

NOTED = split("3:2", "2024-06-03")


def test_a_noted_split_before_a_sale_multiplies_what_was_held_before_it():
    sale = filing(sold(1_200, 17_400, notes=NOTED), on="2024-09-03")

    answer = reconcile_filings([opening(12_400), sale])

    found = the(answer, EXPLAINED)
    assert kinds(answer) == []
    assert (found.difference, found.explanation.code) == (6_200, "EXPL_SPLIT")


def test_a_noted_split_after_a_sale_multiplies_what_the_sale_left():
    sale = filing(sold(1_200, 16_800, notes=NOTED), on="2024-05-31", filed="2024-06-04")

    answer = reconcile_filings([opening(12_400), sale])

    assert kinds(answer) == []
    assert the(answer, EXPLAINED).difference == 5_600


@pytest.mark.parametrize(("total", "order"), [(17_400, "before"), (16_800, "after")])
def test_two_insiders_whose_balances_change_by_one_ratio_show_a_split(total, order):
    filings = [
        opening(12_400),
        opening(2_000, by=JOHN),
        filing(sold(1_200, total), on="2024-09-03"),
        filing(sold(100, 2_900), on="2024-09-04", by=JOHN),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    explained = [f.explanation.code for f in answer.findings if f.kind == EXPLAINED]
    assert explained == ["EXPL_SPLIT", "EXPL_SPLIT"], order


def test_one_insider_alone_shows_no_split():
    answer = reconcile_filings([opening(12_400), filing(sold(1_200, 17_400), on="2024-09-03")])

    assert kinds(answer) == ["SPLIT_UNMODELLED"]
    assert answer.totals.unexplained == 1


def test_no_split_is_inferred_where_as_many_others_went_through_unchanged():
    filings = [
        opening(12_400),
        *(opening(n, by=who) for n, who in ((2_000, JOHN), (500, MARY), (800, ANNA))),
        filing(sold(1_200, 17_400), on="2024-09-03"),
        filing(sold(100, 2_900), on="2024-09-04", by=JOHN),
        filing(sold(100, 400), on="2024-09-05", by=MARY),
        filing(sold(100, 700), on="2024-09-06", by=ANNA),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["SPLIT_UNMODELLED", "SPLIT_UNMODELLED"]
    assert answer.totals.agreed == 2


def test_a_fraction_may_be_paid_out_before_the_split():
    filings = [
        opening("1000.97"),
        opening(2_000, by=JOHN),
        filing(sold(100, 2_900, notes=split("3:1", "2024-06-03")), on="2024-09-03"),
        filing(sold(100, 5_900, notes=split("3:1", "2024-06-03")), on="2024-09-04", by=JOHN),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    codes = [f.explanation.code for f in answer.findings if f.kind == EXPLAINED]
    assert codes == ["EXPL_SPLIT", "EXPL_SPLIT"]


OLD_SHARES = (
    filing(held(7_000), held(3_000, how="By Trust"), on="2024-06-20"),
    filing(held(7_000), held(6_000, how="By Trust"), on="2024-09-20"),
)


def test_a_total_left_in_old_shares_is_named_though_its_filer_takes_the_split_up_later():
    filings = [
        opening(3_500, held(3_000, how="By Trust")),
        opening(2_000, by=JOHN),
        filing(sold(100, 3_900), on="2024-06-18", by=JOHN),
        *OLD_SHARES,
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["SPLIT_UNMODELLED"]
    assert the(answer, "SPLIT_UNMODELLED").row == "I.2"


def test_who_held_nothing_before_a_split_leaves_nothing_of_it_out():
    filings = [
        opening(3_500),
        opening(2_000, by=JOHN),
        opening(100, by=MARY),
        filing(sold(100, 0), on="2024-02-01", by=MARY),
        filing(sold(100, 6_900), on="2024-06-18"),
        filing(sold(100, 3_900), on="2024-06-18", by=JOHN),
        filing(bought(40, 100), bought(60, 100), on="2024-08-01", by=MARY),
        filing(sold(10, 90), on="2024-08-20", by=MARY),
    ]

    assert kinds(reconcile_filings(filings)) == []


def test_a_split_moves_the_holding_on_its_day(told):
    sale = filing(sold(1_200, 17_400, notes=NOTED), on="2024-09-03")
    ledger = told(opening(12_400), sale)

    held_on = {
        day: shown(holdings(ledger, as_of=day).holdings) for day in ("2024-06-02", "2024-06-03")
    }

    assert held_on["2024-06-02"] == {"Common Stock, direct": "12400"}
    assert held_on["2024-06-03"] == {"Common Stock, direct": "18600"}


# --- plans ------------------------------------------------------------------------------


def test_a_plan_purchase_in_a_note_closes_the_total_that_includes_it():
    sale = filing(sold(3_000, 39_810, notes=plan_purchase(500, "2024-05")), on="2024-06-03")

    answer = reconcile_filings([opening(42_310), sale])

    told_as = the(answer, EXPLAINED).explanation
    assert kinds(answer) == []
    assert (told_as.code, told_as.confidence, told_as.explicit) == (
        "EXPL_PLAN_PURCHASE",
        "high",
        True,
    )
    assert [(t.shares, t.effective_from) for t in told_as.terms] == [
        (Decimal(500), date(2024, 5, 1))
    ]


def test_a_plan_purchase_already_in_the_total_before_is_not_added_again():
    plan = plan_purchase(500, "2024-05")
    first = filing(sold(3_000, 39_810, notes=plan), on="2024-06-03")
    second = filing(sold(10, 39_800, notes=plan), on="2024-06-10")

    totals = reconcile_filings([opening(42_310), first, second]).totals

    assert (totals.explained, totals.agreed) == (1, 1)


def test_a_note_of_another_amount_explains_nothing():
    sale = filing(sold(3_000, 39_223, notes=plan_purchase(500, "2024-05")), on="2024-06-03")

    answer = reconcile_filings([opening(42_310), sale])

    assert answer.totals.unexplained == 1
    assert kinds(answer) == ["OPENING_MISMATCH"]


def test_what_a_total_consists_of_adds_nothing():
    sale = filing(sold(3_000, 39_310, notes=composition(500)), on="2024-06-03")

    answer = reconcile_filings([opening(42_310), sale])

    assert answer.findings == ()
    assert answer.totals.agreed == 1


# --- changes of form: direct 80,000, trust 20,000, sale of 1,000 ------------------

TRUST = {"how": "By Trust"}


@pytest.mark.parametrize("notes", [(), into_trust(25_000)], ids=["without a note", "with a note"])
def test_shares_that_leave_one_holding_and_enter_another_changed_their_form(notes):
    moved = filing(sold(1_000, 54_000, notes=notes), held(45_000, **TRUST), on="2024-06-03")

    answer = reconcile_filings([opening(80_000, held(20_000, **TRUST)), moved])

    codes = {f.row: (f.difference, f.explanation.code) for f in answer.findings if f.explanation}
    assert kinds(answer) == []
    assert codes == {"I.1": (-25_000, "EXPL_FORM_CHANGE"), "I.2": (25_000, "EXPL_FORM_CHANGE")}


def test_a_note_makes_a_change_of_form_certain():
    def confidence(notes):
        moved = filing(sold(1_000, 54_000, notes=notes), held(45_000, **TRUST), on="2024-06-03")
        answer = reconcile_filings([opening(80_000, held(20_000, **TRUST)), moved])
        return next(f.explanation.confidence for f in answer.findings if f.row == "I.1")

    assert (confidence(()), confidence(into_trust(25_000))) == ("medium", "high")


# --- the same shares, told twice ------------------


def test_a_gift_that_a_note_calls_a_contribution_is_one_movement():
    gift = filing(gave(25_000, 55_000, notes=into_trust(25_000)), on="2024-06-03")

    answer = reconcile_filings([opening(80_000), gift])

    assert (answer.totals.agreed, answer.totals.checked) == (1, 1)
    assert kinds(answer) == ["INDIRECT_COUNTERPART_MISSING"]


def test_shares_given_to_a_vehicle_nobody_reports_are_between_none_and_all(told):
    ledger = told(
        opening(80_000),
        filing(gave(25_000, 55_000, notes=into_trust(25_000, "his trust")), on="2024-06-03"),
    )

    assert shown(holdings(ledger, as_of="2024-07-01").holdings) == {
        "Common Stock, direct": "55000",
        "Common Stock, his trust": "0..25000",
    }
    assert shown(holdings(ledger, as_of="2024-06-02").holdings) == {"Common Stock, direct": "80000"}


def test_the_vehicle_that_received_the_shares_settles_it(told):
    filings = (
        opening(80_000),
        filing(
            gave(25_000, 55_000, notes=into_trust(25_000)),
            held(25_000, how="By Family Trust"),
            on="2024-06-03",
        ),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert shown(holdings(told(*filings)).holdings) == {
        "Common Stock, direct": "55000",
        "Common Stock, By Family Trust": "25000",
    }


def test_a_vehicle_listed_since_the_last_report_received_what_an_undated_note_tells_of_later():
    filings = (
        opening(80_000),
        filing(option("A", 500, 500), held(25_000, how="By Family Trust"), on="2024-05-03"),
        filing(sold(1_000, 54_000, notes=into_trust(25_000)), on="2024-06-03"),
    )

    assert kinds(reconcile_filings(filings)) == []


def test_a_plan_purchase_beside_the_same_shares_told_twice_closes_exactly():
    gift = filing(
        gave(25_000, 55_500, notes=(plan_purchase(500, "2024-05"), into_trust(25_000))),
        on="2024-06-03",
    )

    answer = reconcile_filings([opening(80_000), gift])

    told_as = the(answer, EXPLAINED).explanation
    assert {t.kind: t.shares for t in told_as.terms} == {"espp-purchase": 500, "same-shares": 0}
    assert any(r.residual == 25_000 and r.predicted == 30_500 for r in told_as.rejected)


# --- fractions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "claim"), [("1000.4", 900), (1_000, 901), ("1000.75", "900.7")])
def test_a_fraction_lost_is_rounding(before, claim):
    answer = reconcile_filings([opening(before), filing(sold(100, claim), on="2024-03-01")])

    assert kinds(answer) == []
    assert [f.kind for f in answer.findings] == ["ROUNDING"]


def test_two_whole_shares_are_not_rounding():
    answer = reconcile_filings([opening(1_000), filing(sold(100, 902), on="2024-03-01")])

    assert kinds(answer) == ["OPENING_MISMATCH"]


# --- annuities ------------------------------------------


@pytest.mark.parametrize("noted_on", ["the grantor's line", "the trust's line", "both"])
def test_what_an_annuity_trust_pays_back_leaves_one_side_and_enters_the_other(noted_on):
    paid = note(
        "Reflects an annuity payment of 4,000 shares to the reporting person.",
        "annuity-return",
        4_000,
        direction="acquired",
    )
    mine = paid if noted_on != "the trust's line" else ()
    trusts = paid if noted_on != "the grantor's line" else ()
    filings = [
        opening(10_000, held(9_000, how="By GRAT")),
        filing(
            sold(100, 13_900, notes=mine),
            held(5_000, how="By GRAT", notes=trusts),
            on="2024-06-03",
        ),
    ]

    answer = reconcile_filings(filings)

    explained = [f for f in answer.findings if f.kind == EXPLAINED]
    assert kinds(answer) == []
    assert [f.explanation.code for f in explained] == ["EXPL_ANNUITY_RETURN"] * 2
    assert sorted(f.difference for f in explained) == [-4_000, 4_000]


# --- evidence that only names a cause ------------------


def test_a_note_that_names_a_cause_without_an_amount_explains_with_less_confidence():
    drip = note("Includes shares acquired by dividend reinvestment.", "dividend-reinvestment")
    filings = [
        opening(1_000),
        filing(bought(100, 1_100), on="2024-02-01"),
        filing(sold(100, 1_017, notes=drip), on="2024-06-03"),
    ]

    found = the(reconcile_filings(filings), EXPLAINED)

    assert (found.explanation.code, found.explanation.confidence) == (
        "EXPL_NOTE_UNQUANTIFIED",
        "medium",
    )
    assert found.difference == 17


def test_a_correction_of_an_earlier_report_closes_what_that_one_broke():
    fix = note(
        "The prior report understated holdings by 700 shares.",
        "report-correction",
        700,
        direction="acquired",
    )
    filings = [
        opening(5_000),
        filing(bought(100, 5_100), on="2024-02-01"),
        filing(sold(50, 5_750, notes=fix), on="2024-03-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert the(answer, EXPLAINED).explanation.code == "EXPL_PRIOR_CORRECTION"


def test_a_class_that_takes_a_new_name_is_no_second_lot(told):
    founders = opening(0, held(800, title="Common Stock", how="By Growth Fund I"))
    renamed = moved("J", "acquired", 800, 800, title="Class B Common Stock", how="By Growth Fund I")
    later = sold(80, 720, title="Class B Common Stock", how="By Growth Fund I")
    filings = [founders, filing(renamed, on="2024-02-01"), filing(later, on="2024-03-01")]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert the(answer, EXPLAINED).explanation.code == "EXPL_SAME_SHARES"
    assert shown(holdings(told(*filings)).holdings) == {
        "Common Stock, direct": "0",
        "Class B Common Stock, By Growth Fund I": "720",
    }


def test_a_second_lot_of_one_class_is_no_new_name():
    again = moved("J", "acquired", 800, 800, how="By Growth Fund I")

    answer = reconcile_filings(
        [opening(0, held(800, how="By Growth Fund I")), filing(again, on="2024-02-01")]
    )

    assert kinds(answer) == ["LOT_ONLY"]


def test_two_explanations_about_as_good_are_left_open():
    either = (
        note("Includes 500 restricted shares.", "composition", 500),
        note("Shares reported before: 500.", "previously-reported", 500, direction="acquired"),
    )
    filings = [
        opening(5_000),
        filing(bought(100, 5_100), on="2024-02-01"),
        filing(sold(50, 5_550, notes=either), on="2024-03-01"),
    ]

    answer = reconcile_filings(filings)

    assert (answer.totals.ambiguous, kinds(answer)) == (1, ["BALANCE_BREAK_AMBIGUOUS"])
