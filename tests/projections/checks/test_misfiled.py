"""Filings under somebody else's number: set aside as a whole, told once, and nobody blamed."""

import pytest

from ledger.filing import Issuer, Owner, Signature
from projections import holdings, reconcile
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    ACME,
    ANNA,
    JANE,
    JOHN,
    bought,
    filing,
    held,
    kinds,
    opening,
    option,
    sold,
    the,
    vested,
)

JANES, JOHNS = opening(5_100, by=JANE), opening(8_300, by=JOHN)
AGENT = [Signature(name="/s/ Marian Holt, attorney-in-fact")]
JOHN_SIGNS = [Signature(name="/s/ John Roe")]


def astray(signatures=AGENT, filed="2024-08-05"):
    """John's sale, filed under Jane's number."""
    line = sold(1_000, 7_300, price=14)
    return filing(line, on="2024-08-01", filed=filed, by=JANE, signatures=signatures)


RIGHT = filing(sold(1_000, 7_300, price=14), on="2024-08-01", filed="2024-08-06", by=JOHN)
AFTER = filing(bought(50, 5_150), on="2024-11-01", by=JANE)


def of(ledger, owner, **asked):
    return [str(h.shares) for h in holdings(ledger, person=owner.cik, **asked).holdings]


@pytest.mark.parametrize("later", [(), (AFTER,)], ids=["nothing after", "her next form"])
@pytest.mark.parametrize("signatures", [AGENT, JOHN_SIGNS], ids=["an agent signs", "he signs"])
def test_a_sale_filed_under_anothers_number_and_again_under_his_own(signatures, later, told):
    filings = (JANES, JOHNS, astray(signatures), RIGHT, *later)

    answer = reconcile_filings(filings)
    ledger = told(*filings)

    assert kinds(answer) == ["OWNER_IDENTITY_CONFLICT"]
    assert not [f for f in answer.findings if f.kind == "SHORT_SWING_CANDIDATE"]
    assert of(ledger, JANE, as_of="2024-09-01") == ["5100"]
    assert of(ledger, JOHN) == ["7300"]
    for one in holdings(ledger).holdings:
        assert the(answer, "OWNER_IDENTITY_CONFLICT").id in one.findings


def test_the_copy_may_come_after_the_right_filing(told):
    filings = (JANES, JOHNS, RIGHT, astray(filed="2024-08-12"), AFTER)

    assert kinds(reconcile_filings(filings)) == ["OWNER_IDENTITY_CONFLICT"]
    assert of(told(*filings), JANE, as_of="2024-09-01") == ["5100"]


def test_an_exercise_filed_under_anothers_number_falls_with_both_its_sides(told):
    def exercise(**said):
        return filing(
            vested(400, 8_700),
            sold(400, 8_300, price=14),
            option("M", 400, 600),
            on="2024-08-01",
            **said,
        )

    listed = opening(8_300, option(None, 1_000, None), by=JOHN)
    wrong = exercise(by=JANE, filed="2024-08-05", signatures=AGENT)
    right = exercise(by=JOHN, filed="2024-08-06")

    answer = reconcile_filings([JANES, listed, wrong, right])

    assert kinds(answer) == ["OWNER_IDENTITY_CONFLICT"]
    assert of(told(JANES, listed, wrong, right), JANE) == ["5100"]


def test_before_he_files_it_himself_only_her_balance_breaks(told):
    answer = reconcile_filings([JANES, JOHNS, astray()])

    assert kinds(answer) == ["OPENING_MISMATCH"]


def test_one_that_he_signs_is_set_aside_at_once(told):
    filings = (JANES, JOHNS, astray(JOHN_SIGNS))

    assert kinds(reconcile_filings(filings)) == ["OWNER_IDENTITY_CONFLICT"]
    assert of(told(*filings), JANE) == ["5100"]


def test_one_that_she_goes_on_from_is_hers(told):
    hers = filing(bought(50, 7_350), on="2024-11-01", by=JANE)

    answer = reconcile_filings([JANES, JOHNS, astray(), RIGHT, hers])

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(answer)


def test_two_owners_who_report_the_same_shares_share_them(told):
    both = [
        form
        for owner in (JANE, ANNA)
        for form in (
            opening(8_300, by=owner),
            filing(sold(1_000, 7_300, price=14), on="2024-08-01", by=owner),
        )
    ]

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(reconcile_filings(both))


def test_the_issuer_owns_nothing_of_itself(told):
    own = Owner(cik=ACME.cik, name=ACME.name, ten_percent_owner=True)
    line = sold(1_000, 7_300, price=14)
    wrong = filing(line, on="2024-08-01", by=own, signatures=AGENT)
    filings = (JOHNS, wrong, RIGHT)

    assert kinds(reconcile_filings(filings)) == ["OWNER_IDENTITY_CONFLICT"]
    assert [h.person["name"] for h in holdings(told(*filings)).holdings] == [JOHN.name]


# --- signed by somebody of whom nothing is known --------------------------------------------

BEFORE = filing(bought(400, 5_500, price=11), on="2024-06-03", by=JANE)
ONWARD = filing(bought(50, 5_550), on="2024-11-01", by=JANE)
STRANGER = [Signature(name="/s/ Gustav Brandl")]
FOR_HIM = [Signature(name="/s/ Marian Holt, attorney-in-fact for Gustav Brandl")]


@pytest.mark.parametrize("signatures", [STRANGER, FOR_HIM], ids=["a stranger", "for a stranger"])
def test_a_strangers_sale_that_her_next_form_passes_over_is_set_aside_whole(signatures, told):
    filings = (JANES, BEFORE, astray(signatures), ONWARD)

    answer = reconcile_filings(filings)

    assert [f.kind for f in answer.findings] == ["OWNER_IDENTITY_CONFLICT"]
    assert "Gustav Brandl" in the(answer, "OWNER_IDENTITY_CONFLICT").message
    assert of(told(*filings), JANE, as_of="2024-09-01") == ["5500"]
    (one,) = holdings(told(*filings)).holdings
    assert the(answer, "OWNER_IDENTITY_CONFLICT").id in one.findings


def test_all_that_a_stranger_files_under_her_number_is_set_aside(told):
    second = filing(
        sold(300, 7_000, price=15),
        option("M", 200, 100),
        on="2024-09-02",
        by=JANE,
        signatures=STRANGER,
    )
    filings = (JANES, BEFORE, astray(STRANGER), second, ONWARD)

    assert kinds(reconcile_filings(filings)) == ["OWNER_IDENTITY_CONFLICT"] * 2
    assert of(told(*filings), JANE) == ["5550"]


def test_a_strangers_filing_that_was_amended_is_set_aside_with_its_amendment(told):
    amended = filing(
        sold(900, 7_400, price=14),
        on="2024-08-01",
        filed="2024-08-20",
        form="4/A",
        by=JANE,
        signatures=STRANGER,
        original_on="2024-08-05",
    )
    filings = (JANES, BEFORE, astray(STRANGER), amended, ONWARD)

    assert kinds(reconcile_filings(filings)) == ["OWNER_IDENTITY_CONFLICT"]
    assert of(told(*filings), JANE) == ["5550"]


def test_an_exercise_by_a_stranger_falls_with_both_its_sides():
    listed = filing(bought(400, 5_500), option(None, 900, 900), on="2024-06-03", by=JANE)
    theirs = filing(
        vested(200, 900),
        sold(200, 700, price=15),
        option("M", 200, 100),
        on="2024-08-01",
        by=JANE,
        signatures=STRANGER,
    )

    answer = reconcile_filings([JANES, listed, theirs, ONWARD])

    assert [f.kind for f in answer.findings] == ["OWNER_IDENTITY_CONFLICT"]


def test_a_stranger_may_have_a_name_in_common_with_another_insider():
    namesake = [Signature(name="/s/ John Brandl")]

    answer = reconcile_filings([JANES, JOHNS, BEFORE, astray(namesake), ONWARD])

    assert kinds(answer) == ["OWNER_IDENTITY_CONFLICT"]


def test_one_that_is_signed_for_a_stranger_waits_for_no_later_form():
    answer = reconcile_filings([JANES, BEFORE, astray(FOR_HIM)])

    assert [f.kind for f in answer.findings] == ["OWNER_IDENTITY_CONFLICT"]


def test_one_that_is_signed_for_a_stranger_and_contradicts_nothing_is_no_short_swing():
    other = filing(bought(400, 9_000, price=11), on="2024-06-03", by=JANE)
    wrong = filing(sold(90, 700, price=14, title="Class B Common Stock"), on="2024-08-01", by=JANE)
    signed = wrong.model_copy(update={"signatures": tuple(FOR_HIM)})
    bought_b = filing(
        bought(50, 750, price=9, title="Class B Common Stock"), on="2024-11-01", by=JANE
    )

    answer = reconcile_filings([other, signed, bought_b])

    assert kinds(answer) == ["OWNER_IDENTITY_CONFLICT"]
    assert not [f for f in answer.findings if f.kind == "SHORT_SWING_CANDIDATE"]


def test_a_bare_strangers_name_alone_may_be_a_new_agents():
    assert kinds(reconcile_filings([JANES, BEFORE, astray(STRANGER)])) == ["BALANCE_BREAK"]


def hers(signatures, owns, on="2024-08-01"):
    return filing(sold(1_000, owns, price=14), on=on, by=JANE, signatures=signatures)


@pytest.mark.parametrize("signatures", [STRANGER, FOR_HIM], ids=["a stranger", "for a stranger"])
def test_whoever_signs_rows_that_go_on_from_her_balance_they_are_hers(signatures, told):
    filings = (JANES, BEFORE, hers(signatures, 4_500), filing(bought(50, 4_550), on="2024-11-01"))

    assert of(told(*filings), JANE) == ["4550"]
    assert "set aside" not in str([f.message for f in reconcile_filings(filings).findings])


def test_a_new_agent_who_signs_a_trade_reported_late_files_it_for_her(told):
    late = filing(
        bought(100, 5_200, price=10),
        on="2024-02-05",
        filed="2024-08-05",
        by=JANE,
        signatures=STRANGER,
    )
    bought_then = filing(bought(400, 5_600, price=11), on="2024-06-03", by=JANE)
    onward = filing(bought(50, 5_650), on="2024-11-01", by=JANE)

    answer = reconcile_filings([JANES, bought_then, late, onward])

    assert "set aside" not in str([f.message for f in answer.findings])
    assert of(told(JANES, bought_then, late, onward), JANE, as_of="2024-03-01") == ["5200"]


def test_an_agent_who_signs_for_others_too_is_no_stranger():
    others = filing(bought(5, 8_305), on="2024-03-01", by=JOHN, signatures=STRANGER)

    answer = reconcile_filings([JANES, JOHNS, others, BEFORE, astray(STRANGER), ONWARD])

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(answer)


def test_her_slip_in_a_total_is_hers_where_she_signs():
    answer = reconcile_filings([JANES, BEFORE, hers([Signature(name="/s/ Jane Doe")], 450), ONWARD])

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(answer)


# --- signed by an agent who names nobody ----------------------------------------------------


@pytest.mark.parametrize("usual", [AGENT, ()], ids=["who signs all of hers", "now only"])
def test_an_agents_form_that_has_no_part_in_her_holdings_is_set_aside(usual, told):
    by = {"signatures": usual} if usual else {}
    before = filing(bought(400, 5_500, price=11), on="2024-06-03", by=JANE, **by)
    onward = filing(bought(50, 5_550), on="2024-11-01", by=JANE, **by)
    filings = (JANES, before, astray(AGENT), onward)

    answer = reconcile_filings(filings)

    assert [f.kind for f in answer.findings] == ["OWNER_IDENTITY_CONFLICT"]
    assert of(told(*filings), JANE, as_of="2024-09-01") == ["5500"]


def test_an_agents_slip_in_a_total_leaves_the_trade_hers():
    onward = filing(bought(50, 4_550), on="2024-11-01", by=JANE)

    answer = reconcile_filings([JANES, BEFORE, hers(AGENT, 4_050), onward])

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(answer)


def test_a_trusts_row_that_an_agent_typed_as_direct_is_no_strangers():
    trust = filing(held(3_000, how="By Trust"), bought(400, 5_500), on="2024-06-03", by=JANE)
    wrong = hers(AGENT, 2_000)
    onward = filing(held(2_000, how="By Trust"), bought(50, 5_550), on="2024-11-01", by=JANE)

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(reconcile_filings([JANES, trust, wrong, onward]))


# --- a copy under another issuer's number -------------------------------------------------

BOREAS = Issuer(cik="0002000077", name="BOREAS MARINE INC", symbol="BORE")
SALE = filing(sold(150, 3_850, price="33.47"), on="2024-05-07", by=JANE)
HISTORY = (
    filing(bought(100, 4_000), on="2024-02-06", by=JANE),
    SALE,
    filing(sold(50, 3_800), on="2024-08-13", by=JANE),
)


def copy_of(original, issuer=BOREAS, **changed):
    """The same form again, under another issuer's number."""
    number = original.accession[:-1] + "9"
    told = {"issuer": issuer, "accession": number, "sha256": original.sha256[::-1]}
    return original.model_copy(update=told | changed)


def about(filings, form):
    return [f.kind for f in reconcile_filings(filings).findings if f.filing == form.id]


@pytest.mark.parametrize("symbol", ["ACME", "BORE", "N/A"])
def test_a_report_copied_under_another_issuer_is_set_aside_there(symbol, told):
    copy = copy_of(SALE, BOREAS.model_copy(update={"symbol": symbol}))
    filings = (*HISTORY, copy)

    answer = reconcile_filings(filings)
    ledger = told(*filings)

    assert kinds(answer) == ["ISSUER_IDENTITY_CONFLICT"]
    assert about(filings, copy) == ["ISSUER_IDENTITY_CONFLICT"]
    assert [str(h.shares) for h in holdings(ledger).holdings] == ["3800"]
    assert reconcile(ledger).findings == answer.findings


def test_a_copy_is_found_whichever_was_recorded_first(told):
    copy = copy_of(SALE)
    ledger = told(copy)
    assert kinds(reconcile(ledger)) == []

    ledger.record(HISTORY)

    assert kinds(reconcile(ledger)) == ["ISSUER_IDENTITY_CONFLICT"]
    assert kinds(reconcile(ledger, known_at="2024-05-01")) == []


def test_a_director_of_two_companies_has_two_histories():
    there = (
        copy_of(HISTORY[0]),
        copy_of(SALE),
        copy_of(HISTORY[2]),
    )

    assert kinds(reconcile_filings([*HISTORY, *there])) == []


def test_other_amounts_on_one_day_are_no_copy():
    other = filing(sold(140, 2_860, price="33.47"), on="2024-05-07", by=JANE)

    assert kinds(reconcile_filings([*HISTORY, copy_of(other)])) == []


def test_another_owner_s_report_is_no_copy():
    other = filing(sold(150, 3_850, price="33.47"), on="2024-05-07", by=JOHN)

    assert kinds(reconcile_filings([*HISTORY, copy_of(other)])) == []


def test_filings_that_name_no_owner_are_no_copies_of_each_other():
    nameless = SALE.model_copy(update={"owners": ()})

    assert kinds(reconcile_filings([nameless, copy_of(nameless)])) == []


def test_whoever_signs_a_joint_form_beside_all_of_its_owners_is_no_owner_left_out():
    owners = [JANE, JOHN]
    signed = [Signature(name=f"/s/ {name}") for name in ("Jane Doe", "John Roe", "Anna Loe")]
    joint = filing(sold(10, 5_090), on="2024-08-01", by=owners, signatures=signed)
    annas = filing(bought(10, 10), on="2024-09-02", by=ANNA)

    answer = reconcile_filings([opening(5_100, by=owners), joint, annas])

    assert "OWNER_IDENTITY_CONFLICT" not in kinds(answer)


# --- relatives, who bear one surname --------------------------------------------------------

WIFE, HUSBAND = (
    who.model_copy(update={"name": n}) for who, n in ((ANNA, "ROE ANNA B"), (JOHN, "ROE JOHN"))
)
THEIRS = opening(8_300, by=HUSBAND), opening(5_100, by=WIFE)


def under_his_number(name, line):
    """A form under the husband's number, signed by somebody."""
    return filing(line, on="2024-08-01", by=HUSBAND, signatures=[Signature(name=name)])


def test_a_wifes_sale_under_her_husbands_number_goes_on_from_her_shares_and_counts_for_her(told):
    hers = under_his_number("/s/ Anna B. Roe", sold(400, 4_700))
    after = filing(sold(700, 4_000), on="2024-11-01", by=WIFE)
    filings = (*THEIRS, hers, after, filing(sold(300, 8_000), on="2024-11-04", by=HUSBAND))

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["OWNER_IDENTITY_CONFLICT"]
    assert the(answer, "OWNER_IDENTITY_CONFLICT").message.startswith("signed by “Anna B. Roe”")
    assert answer.totals.explained == 1, "her next total counts it"
    assert of(told(*filings), HUSBAND) == ["8000"]


@pytest.mark.parametrize("name", ["/s/ Anna B. Roe", "/s/ Anna Roe, attorney-in-fact"])
def test_a_wife_who_signs_for_her_husband_is_not_taken_for_the_owner(name):
    assert kinds(reconcile_filings([*THEIRS, under_his_number(name, sold(400, 7_900))])) == []
