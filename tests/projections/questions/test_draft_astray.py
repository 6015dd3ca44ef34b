"""Drafts about the wrong company, of nobody known, under the wrong letter: what they may be meant for."""

import pytest

from ledger.filing import Issuer
from tests.projections.building import (
    JOHN,
    Note,
    bought,
    filing,
    held,
    kinds,
    moved,
    opening,
    option,
    plan_purchase,
    sold,
    split,
    units,
    vested,
    withheld,
)
from tests.projections.questions.drafting import drafted, hinted, the_draft

TRUST = {"how": "By Family Trust"}
PAID = Note("The price of each share in dollars, as agreed.")
OTHER = Issuer(cik="0002000002", name="BUSHEL CORP", symbol="BSHL")


# --- another company, or nobody ------------------------------------------------------------


def test_a_row_that_goes_on_from_what_is_held_of_another_company_names_it(told):
    ledger = told(opening(12_485), opening(3_000, by=JOHN, issuer=OTHER))

    draft = the_draft(ledger, drafted(sold(485, 12_000), issuer=OTHER))

    assert "12,485" in hinted(draft)["issuer"]
    assert "ACME CORP (CIK 0002000001)" in hinted(draft)["issuer"]


def test_a_first_report_about_a_second_company_is_not_about_the_first(told):
    ledger = told(opening(12_485), opening(3_000, by=JOHN, issuer=OTHER))

    draft = the_draft(ledger, drafted(sold(485, 11_000), issuer=OTHER))

    assert "issuer" not in hinted(draft)


def test_a_round_number_is_held_of_many_companies(told):
    ledger = told(opening(12_000), opening(3_000, by=JOHN, issuer=OTHER))

    draft = the_draft(ledger, drafted(sold(1_000, 11_000), issuer=OTHER))

    assert "issuer" not in hinted(draft)


def test_round_numbers_that_are_all_held_of_another_company_name_it(told):
    ledger = told(opening(12_000, held(4_000, **TRUST)), opening(3_000, by=JOHN, issuer=OTHER))

    draft = the_draft(ledger, drafted(sold(1_000, 11_000), held(4_000, **TRUST), issuer=OTHER))

    assert [hint.row for hint in draft.hints if hint.kind == "issuer"] == ["I.1", "I.2"]


def test_what_became_known_later_tells_of_no_other_company(told):
    ledger = told(opening(3_000, by=JOHN, issuer=OTHER), filing(bought(5, 12_485), on="2024-05-01"))

    draft = the_draft(
        ledger, drafted(sold(485, 12_000), on="2024-04-01", issuer=OTHER), known_at="2024-04-03"
    )

    assert "issuer" not in hinted(draft)


def test_a_company_of_which_nothing_is_here_leaves_nothing_to_judge_by(told):
    draft = the_draft(told(opening(10_000)), drafted(bought(5, 700), issuer=OTHER))

    assert "nothing to hold it against" in draft.hints[0].text
    assert {hint.kind for hint in draft.hints} == {"unknown"}


def test_somebody_of_whom_nothing_is_here_is_told_once_that_a_form_3_comes_first(told):
    draft = the_draft(
        told(opening(10_000)), drafted(bought(5, 700), bought(5, 800, **TRUST), by=JOHN)
    )

    assert [h.row for h in draft.hints] == ["I.1"]
    assert "Form 3, comes first" in hinted(draft)["unknown"]


# --- another table -------------------------------------------------------------------------


def _in_table_one(owns):
    return moved("M", "disposed", 100, owns, price=0, title="Restricted Stock Units")


def test_units_that_go_on_in_the_other_table_are_no_new_holding(told):
    ledger = told(
        opening(10_000), filing(units("A", 1_230, 1_230), units("A", 900, 900), on="2024-02-01")
    )

    right = the_draft(ledger, drafted(vested(100, 10_100), _in_table_one(1_130)))
    wrong = the_draft(ledger, drafted(vested(100, 10_100), _in_table_one(1_310)))

    assert "new-holding" not in hinted(right)
    assert "1,230 Restricted Stock Units, direct, are in Table II" in hinted(wrong)["new-holding"]


# --- the form ------------------------------------------------------------------------------


def test_a_second_initial_statement_is_asked_after_but_not_after_an_exit(told):
    left = filing(sold(10_000, 0), on="2024-03-01", not_subject_to_section16=True)
    draft = drafted(held(10_000), form="3")

    assert "is here already" in hinted(the_draft(told(opening(10_000)), draft))["form"]
    assert "form" not in hinted(the_draft(told(opening(10_000), left), draft))
    assert "form" not in hinted(the_draft(told(opening(10_000, by=JOHN)), draft))


# --- prices --------------------------------------------------------------------------------


def test_a_price_far_from_all_others_of_the_time_is_asked_after(told):
    ledger = told(
        opening(10_000),
        filing(bought(10, 10_010, price="16.5"), on="2024-05-02"),
        filing(bought(10, 10_020, price="22"), on="2024-05-20"),
    )
    draft, fair, noted = (
        the_draft(ledger, drafted(bought(5, 10_025, price=price, **said)))
        for price, said in (("2010", {}), ("40", {}), ("2010", {"notes": PAID, "cites": "price"}))
    )

    once = told(opening(10_000), filing(bought(10, 10_010, price="16.5"), on="2024-05-02"))
    alone, near = (
        the_draft(once, drafted(bought(5, 10_015, price=price))) for price in ("2010", "200")
    )

    assert "16.5 to 22" in hinted(draft)["price"]
    assert "made at 16.5" in hinted(alone)["price"]
    assert "price" not in hinted(near)
    assert "price" not in hinted(fair)
    assert "price" not in hinted(noted)


@pytest.mark.parametrize(
    ("price", "strikes", "asked"),
    [
        ("17.60", (14,), True),
        ("14", (14,), False),
        ("14.004", (14,), False),
        ("15", (14, 18), False),
        ("19", (14, 18), True),
    ],
)
def test_stock_is_exercised_at_a_strike_of_the_form_or_a_mean_of_several(
    told, price, strikes, asked
):
    options = [option("M", 100, 900, strike=strike) for strike in strikes]
    got = moved("M", "acquired", 100 * len(strikes), None, price=price)

    assert ("price" in hinted(the_draft(told(opening(10_000)), drafted(got, *options)))) is asked


# --- what a row should say -----------------------------------------------------------------


def test_totals_after_all_rows_are_put_right_together(told):
    lots = [sold(n, 8_290) for n in (500, 700, 800)]

    draft = the_draft(told(opening(10_920)), drafted(*lots))

    assert [r.corrected_total for r in draft.rows] == [8_920] * 3
    first = draft.rows[0]
    assert [s.shares for s in first.steps if s.label in ("Follows", "")][:3] == [
        10_920,
        -500,
        -1_500,
    ]


def test_what_its_note_tells_stays_in_the_total_that_a_row_should_say(told):
    rows = (
        vested(2_000, 15_755, notes=plan_purchase(135, "2024-03")),
        withheld(690, 15_755),
    )

    draft = the_draft(told(opening(13_620)), drafted(*rows))

    assert [r.corrected_total for r in draft.rows] == [15_065] * 2


def test_a_total_whose_slip_is_known_takes_nothing_from_a_note(told):
    ledger = told(opening(10_000), filing(units("A", 6_000, 6_000), on="2024-02-01"))
    stale = units("M", 2_000, 6_000, notes=plan_purchase(135, "2024-03"))

    draft = the_draft(ledger, drafted(vested(2_000, 12_000), stale))

    assert "MISSED_OWN_ROW" in kinds(draft.findings)
    assert draft.rows[1].corrected_total == 4_000


def test_a_trust_listed_as_direct_is_to_be_marked_indirect(told):
    ledger = told(
        opening(13_620, held(4_000, **TRUST)),
        filing(sold(20, 13_600), held(4_000, **TRUST), on="2024-03-01"),
    )

    draft = the_draft(ledger, drafted(sold(1_000, 12_600), held(4_000)))
    listed = the_draft(ledger, drafted(sold(1_000, 12_600), held(4_000), held(4_000, **TRUST)))

    row = draft.rows[1]
    assert kinds(draft.findings) == ["CONFLICTING_TOTALS"]
    assert (row.corrected_total, row.corrected_ownership) == (None, "indirect")
    assert row.corrected_nature == "By Family Trust"
    assert {r.corrected_ownership for r in listed.rows} == {None}


def test_a_second_direct_total_that_may_be_a_vehicles_is_told_no_other_holdings_number(told):
    ledger = told(opening(54_300, held(22_315, **TRUST)))
    sale = sold(300, 54_000)

    first, last, lone, listed = (
        the_draft(ledger, drafted(*lines))
        for lines in (
            [held(22_480), sale],
            [sale, held(22_480)],
            [sold(315, 23_000)],
            [sale, held(54_030), held(22_315, **TRUST)],
        )
    )

    for draft in (first, last, lone):
        assert {row.corrected_total for row in draft.rows} == {None}
        assert "may be of Common Stock, By Family Trust, 22,315" in hinted(draft)["left-out"]
    assert listed.rows[1].corrected_total == 54_000
    assert "left-out" not in hinted(listed)


def test_a_total_that_a_slip_of_its_digits_explains_is_no_vehicles(told):
    draft = the_draft(told(opening(54_300, held(5_500, **TRUST))), drafted(sold(300, 5_400)))

    assert draft.rows[0].corrected_total == 54_000


def test_a_listing_beside_a_row_of_another_holding_is_told_nothing(told):
    ledger = told(opening(54_300, held(22_315, **TRUST)))

    draft = the_draft(ledger, drafted(held(54_300), sold(315, 22_000)))

    assert [row.corrected_total for row in draft.rows] == [None, None]
    assert draft.rows[1].corrected_nature == "By Family Trust"


def test_a_total_in_old_shares_is_told_what_it_is_in_new_ones(told):
    other = filing(bought(100, 2_100, notes=split("2:1", "2024-03-11")), on="2024-03-20", by=JOHN)
    ledger = told(opening(5_000), opening(1_000, by=JOHN), other)

    draft = the_draft(ledger, drafted(sold(1_000, 4_000)))

    assert "SPLIT_UNMODELLED" in kinds(draft.findings)
    assert draft.rows[0].corrected_total == 9_000
