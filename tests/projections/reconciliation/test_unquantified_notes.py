"""Notes that name a cause and leave the amount to the total, and scans that misread one."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    held,
    kinds,
    note,
    opening,
    sold,
    the,
)

EXPLAINED = "BALANCE_BREAK_EXPLAINED"
REINVESTED = note("The total includes reinvested dividends.", "dividend-reinvestment")
PLAN = note("Includes shares bought under the purchase plan.", "espp-purchase")
PAPER = {"format": "scanned", "accession": None}


def test_reinvested_dividends_without_a_number_explain_a_small_gain():
    sale = filing(sold(1_000, 9_120, notes=REINVESTED), on="2024-06-03")

    found = the(reconcile_filings([opening(), sale]), EXPLAINED)

    assert found.explanation.code == "EXPL_NOTE_UNQUANTIFIED"
    assert not found.explanation.explicit
    assert found.message.endswith(
        "= +120 dividend reinvestment; the note gives no amount, which stays open"
    )


def test_dividends_do_not_grow_a_holding_by_half_nor_shrink_it():
    gain = filing(sold(1_000, 13_777, notes=REINVESTED), on="2024-06-03")
    loss = filing(sold(1_000, 8_880, notes=REINVESTED), on="2024-06-03")

    assert kinds(reconcile_filings([opening(), gain])) == ["OPENING_MISMATCH"]
    assert kinds(reconcile_filings([opening(), loss])) == ["OPENING_MISMATCH"]


def test_a_purchase_plan_brings_no_more_than_its_limit_in_dollars():
    fits = filing(sold(1_000, 9_431, price=90, notes=PLAN), on="2024-06-03")
    exceeds = filing(sold(1_000, 13_431, price=90, notes=PLAN), on="2024-06-03")

    assert kinds(reconcile_filings([opening(), fits])) == []
    assert kinds(reconcile_filings([opening(), exceeds])) == ["OPENING_MISMATCH"]


def in_dollars(gap, words):
    told = note(words, "espp-purchase")
    return filing(sold(1_000, 9_000 + gap, price=40, notes=told), on="2024-06-03")


@pytest.mark.parametrize(
    "paid", ["with $2,700 of pay", "for USD 2,700", "with payroll deductions of 2,700 dollars"]
)
def test_dollars_in_a_note_are_no_number_of_shares(paid):
    words = f"Includes shares bought {paid} under the purchase plan."

    broken = the(reconcile_filings([opening(), in_dollars(2_700, words)]), "OPENING_MISMATCH")

    assert "as many shares as a note has dollars" in broken.message
    assert kinds(reconcile_filings([opening(), in_dollars(75, words)])) == []


def test_dollars_paid_into_a_plan_bring_no_more_than_they_buy():
    words = "Includes shares bought with $2,700 of pay under the purchase plan."

    assert kinds(reconcile_filings([opening(), in_dollars(837, words)])) == ["OPENING_MISMATCH"]


def test_what_a_share_costs_limits_no_plan():
    words = "Includes shares bought under the purchase plan at $34.00 a share."

    assert kinds(reconcile_filings([opening(), in_dollars(120, words)])) == []


def test_a_plan_accrues_nothing_that_a_wrong_letter_brings():
    start = opening(500, held(540, how="401(k) Plan"))
    wrong = filing(sold(18, 558, how="401(k) Plan"), on="2024-06-03")

    assert kinds(reconcile_filings([start, wrong])) == ["AD_CODE_CONTRADICTION"]


def test_a_note_that_stands_under_every_total_hides_no_slip():
    quiet = filing(sold(1_000, 9_000, notes=PLAN), on="2024-03-04")
    missed = filing(sold(700, 9_000, notes=PLAN), on="2024-06-03")
    later = filing(sold(100, 8_200), on="2024-09-03")

    answer = reconcile_filings([opening(), quiet, missed, later])

    assert kinds(answer) == ["MISSED_OWN_ROW"]


def test_a_slip_beside_a_note_that_could_bring_as_much_is_left_open():
    missed = filing(sold(700, 10_000, notes=PLAN), on="2024-06-03")

    answer = reconcile_filings([opening(), missed, filing(held(9_300), on="2024-09-03")])

    assert kinds(answer) != []


def test_a_digit_that_a_scan_takes_for_another_is_no_error_of_the_filer():
    scan = filing(sold(1_000, 185_500), on="2024-03-01", **PAPER)
    later = filing(bought(100, 135_600), on="2024-06-03")

    found = the(reconcile_filings([opening(136_500), scan, later]), "SCAN_QUALITY")

    assert found.explanation.code == "EXPL_OCR"
    assert "185,500 may be 135,500 on paper" in found.message


def test_the_same_digit_in_a_form_that_was_typed_is_an_error_in_the_total():
    typed = filing(sold(1_000, 185_500), on="2024-03-01")
    later = filing(bought(100, 135_600), on="2024-06-03")

    assert kinds(reconcile_filings([opening(136_500), typed, later])) == ["ISOLATED_TOTAL_ERROR"]


def test_digits_that_look_nothing_alike_are_not_blamed_on_the_scan():
    scan = filing(sold(1_000, 335_500), on="2024-03-01", **PAPER)
    later = filing(bought(100, 135_600), on="2024-06-03")

    assert kinds(reconcile_filings([opening(136_500), scan, later])) == ["ISOLATED_TOTAL_ERROR"]


def test_shares_that_a_note_says_left_direct_ownership_explain_no_rise_there():
    left = note("Some shares went into a family trust.", "trust-contribution", direction="disposed")

    fell = reconcile_filings([opening(), filing(sold(100, 6_900, notes=left), on="2024-06-03")])
    rose = reconcile_filings([opening(), filing(sold(100, 12_900, notes=left), on="2024-06-03")])

    assert (fell.totals.explained, rose.totals.explained) == (1, 0)


def test_what_is_only_left_off_a_report_raises_no_total():
    words = "The Reporting Person ceased to be a trustee; the trust's shares are not reported."
    told = note(words, "reporting-withdrawal")
    less, more = (
        filing(sold(1_000, owns, notes=told), on="2024-06-03") for owns in (7_750, 10_250)
    )

    assert "OPENING_MISMATCH" not in kinds(reconcile_filings([opening(), less]))
    assert kinds(reconcile_filings([opening(), more])) == ["OPENING_MISMATCH"]
