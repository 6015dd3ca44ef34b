"""Whose a joint filers' line is, where a note says that one of them holds it himself."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, bought, filing, held, kinds, opening, person, sold

FUND = person(21, "Larkspur Growth Fund II, L.P.")
OTTO, EDGAR = person(22, "HALE OTTO R"), person(23, "HALE EDGAR")
GROUP = (FUND, OTTO, EDGAR)
OTTOS = Note("Common stock held directly by Otto R. Hale. The other filers disclaim it.")
EDGARS = Note("These shares are owned of record by Edgar Hale.")
FUNDS = Note("Held by Larkspur Growth Fund II, L.P., of which the Hales are the general partners.")


def group(*lines, on="2024-01-02", form="3", **said):
    return filing(*lines, by=GROUP, on=on, form=form, **said)


def of(ledger, owner):
    """What somebody holds, by number of shares, and the sum of it."""
    answer = holdings(ledger, person=owner.cik)
    sums = [int(one.shares) for one in answer.sums]
    return sorted(int(h.shares) for h in answer.holdings), sums


@pytest.fixture
def three(told):
    return told(group(held(700, notes=OTTOS), held(900, notes=EDGARS), held(50_000, notes=FUNDS)))


def test_what_one_brother_holds_himself_is_not_the_others(three):
    assert of(three, OTTO) == ([700, 50_000], [50_700])
    assert of(three, EDGAR) == ([900, 50_000], [50_900])


def test_nor_is_it_the_funds_though_all_three_report_it(three):
    assert of(three, FUND) == ([50_000], [])


def test_a_fund_is_named_as_the_direct_holder_of_what_its_partners_report_too(three):
    by = {int(h.shares): (h.ownership, h.holder) for h in holdings(three).holdings}

    assert by[50_000] == ("direct", "Larkspur Growth Fund II, L.P.")
    assert by[700] == ("direct", None)


def test_it_stays_his_where_a_later_form_leaves_the_note_out(told):
    later = group(sold(100, 600), held(900, notes=EDGARS), on="2024-03-01", form="4")
    ledger = told(group(held(700, notes=OTTOS), held(900, notes=EDGARS)), later)

    assert of(ledger, OTTO) == ([600], [])
    assert of(ledger, EDGAR) == ([900], [])


def test_it_goes_on_in_a_form_of_his_own():
    answer = reconcile_filings(
        [
            group(held(700, notes=OTTOS), held(50_000, notes=FUNDS)),
            filing(bought(300, 1_000), on="2024-03-01", by=OTTO),
        ]
    )

    assert kinds(answer) == []


@pytest.mark.parametrize(
    "words",
    [
        "Held directly by Otto R. Hale and Edgar Hale as joint tenants.",
        "Held by Otto Hale's IRA.",
        "Held by the Otto Hale Family Trust.",
        "Held directly by Otto R. Hale, whose wife may be deemed to own them.",
        "Held by Otto Hale for the benefit of the fund.",
        "Held by Mr. Hale.",
        "Otto R. Hale and Edgar Hale may be deemed to own the shares of the fund.",
    ],
)
def test_words_of_several_of_a_vehicle_or_of_an_interest_leave_it_to_all(words, told):
    ledger = told(group(held(700, notes=Note(words)), held(900, notes=EDGARS)))

    assert of(ledger, FUND)[0] == [700]


def test_a_husband_has_an_interest_in_what_his_wife_holds(told):
    wife = person(24, "HALE ROSE")
    hers = Note("Owned by Rose Hale.")
    both = Note("Held jointly. Otto Hale and Rose Hale are married.")
    told_jointly = filing(
        held(700, notes=hers), held(40, notes=both), by=(OTTO, wife), on="2024-01-02", form="3"
    )
    ledger = told(told_jointly)

    assert of(ledger, OTTO) == ([40, 700], [740])
    assert {h.holder for h in holdings(ledger).holdings} == {"HALE ROSE", None}


def test_one_filer_alone_needs_no_note(told):
    ledger = told(opening(700, held(5, how="By Spouse"), by=OTTO))

    assert [h.holder for h in holdings(ledger).holdings] == [None, None]


def alone(*lines, on):
    return filing(*lines, by=OTTO, on=on)


@pytest.mark.parametrize("how", [{}, {"how": "By Trust"}, {"how": "See footnote"}])
def test_a_groups_holding_and_that_of_one_of_its_people_go_on_side_by_side(how, told):
    filings = (
        group(held(50_000, **how)),
        alone(bought(100, 5_100, **how), on="2024-02-05"),
        group(sold(1_000, 49_000, **how), on="2024-03-04", form="4"),
        alone(bought(100, 5_200, **how), on="2024-04-01"),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert of(told(*filings), OTTO) == ([5_200, 49_000], [54_200])
    assert of(told(*filings), EDGAR) == ([49_000], [])


def test_nor_does_the_groups_first_form_go_on_from_his():
    filings = [
        alone(bought(100, 5_100), on="2024-02-05"),
        group(sold(1_000, 49_000), on="2024-03-04", form="4"),
        alone(sold(100, 5_000), on="2024-04-01"),
    ]

    assert kinds(reconcile_filings(filings)) == []


def test_a_vehicle_with_a_name_is_one_whoever_reports_it():
    named = {"how": "By Larkspur Holdings LLC"}
    filings = [
        group(held(50_000, **named)),
        alone(sold(1_000, 47_300, **named), on="2024-02-05"),
    ]

    assert kinds(reconcile_filings(filings)) == ["OPENING_MISMATCH"]


def test_a_fund_that_files_without_its_partners_is_held_to_its_total():
    filings = [
        group(held(50_000)),
        filing(sold(1_000, 47_300), by=FUND, on="2024-02-05"),
    ]

    assert kinds(reconcile_filings(filings)) == ["OPENING_MISMATCH"]


def test_what_a_fund_holds_directly_its_partner_holds_by_it_and_neither_slipped(told):
    filings = (
        group(held(50_000)),
        alone(sold(1_000, 49_000, how="By Larkspur Growth Fund II, L.P."), on="2024-02-05"),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert of(told(*filings), OTTO) == ([49_000], [])
