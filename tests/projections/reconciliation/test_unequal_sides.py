"""A change of form told by a note: whose other side no line shows, or is another number."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    held,
    kinds,
    moved,
    note,
    opening,
    shown,
    the,
)

TRUST = {"how": "By Trust"}
WORDS = "Since the last report, shares held directly were contributed to the owner's living trust."
CONTRIBUTED = note(
    WORDS, "trust-contribution", direction="disposed", counterpart="the owner's living trust"
)


def start(*more):
    return opening(30_000, held(4_000, **TRUST), *more, on="2023-01-03")


def changed(*beside, owns=21_000, notes=CONTRIBUTED):
    """A purchase of 500, 9,500 shares fewer than it leaves, and what stands beside it."""
    return filing(bought(500, owns, notes=notes), *beside, on="2023-06-05")


def test_shares_that_went_to_a_trust_without_a_line_may_all_be_there(told):
    filings = (start(), changed())

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["INDIRECT_COUNTERPART_MISSING"]
    assert shown(holdings(told(*filings)).holdings) == {
        "Common Stock, direct": "21000",
        "Common Stock, By Trust": "4000..13500",
    }
    before = holdings(told(*filings), as_of="2023-06-01").holdings
    assert shown(before)["Common Stock, By Trust"] == "4000"


def test_a_trust_that_shows_them_later_has_them(told):
    filings = (
        start(),
        changed(),
        filing(bought(1, 21_001), held(13_500, **TRUST), on="2023-07-03"),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert shown(holdings(told(*filings)).holdings)["Common Stock, By Trust"] == "13500"


def test_a_trust_that_is_as_before_later_has_them_not(told):
    filings = (start(), changed(), filing(bought(1, 21_001), held(4_000, **TRUST), on="2023-07-03"))

    assert kinds(reconcile_filings(filings)) == ["INDIRECT_COUNTERPART_MISSING"]
    assert shown(holdings(told(*filings)).holdings)["Common Stock, By Trust"] == "4000"


def test_of_two_trusts_nobody_says_which(told):
    other = held(700, how="By Trust for Children")
    now = shown(holdings(told(start(other), changed())).holdings)

    assert now["Common Stock, By Trust"] == "4000"
    assert now["Common Stock, the owner's living trust"] == "0..9500"


def test_two_sides_of_one_number_are_a_change_of_form():
    assert kinds(reconcile_filings([start(), changed(held(13_500, **TRUST))])) == []


@pytest.mark.parametrize(("level", "wrong"), [(11_300, "I.1"), (15_100, "I.2")])
def test_where_the_sides_differ_the_greater_one_is_not_explained(level, wrong):
    answer = reconcile_filings([start(), changed(held(level, **TRUST))])

    assert kinds(answer) == ["BALANCE_BREAK"]
    found = the(answer, "BALANCE_BREAK")
    assert found.row == wrong
    assert ("2,200 are missing" if level == 11_300 else "1,600 too many") in found.message


def test_where_the_note_gives_the_number_the_other_side_is_wrong():
    counted = note(
        WORDS, "trust-contribution", 9_500, direction="disposed", counterpart="the living trust"
    )

    answer = reconcile_filings([start(), changed(held(11_300, **TRUST), notes=counted)])

    assert kinds(answer) == ["BALANCE_BREAK"]
    assert the(answer, "BALANCE_BREAK").row == "I.2"


def test_two_trusts_that_share_what_left_are_no_sides_that_differ():
    both = (held(10_000, **TRUST), held(4_200, how="By Trust for Children"))
    filings = [start(held(700, how="By Trust for Children")), changed(*both)]

    assert kinds(reconcile_filings(filings)) == []


@pytest.mark.parametrize(("owns", "way"), [(30_750, "up"), (29_250, "down")])
@pytest.mark.parametrize("code", ["G", "J"])
def test_a_blank_letter_is_told_by_the_way_the_total_went(code, owns, way):
    row = moved(code, "disposed", 750, owns, marked=None, price=0)
    later = filing(bought(10, owns + 10), on="2023-08-01")

    answer = reconcile_filings([start(), filing(row, on="2023-06-05"), later])

    assert kinds(answer) == ["AD_CODE_CONTRADICTION"]
    told = the(answer, "AD_CODE_CONTRADICTION").message
    assert f"the letter is blank, and the total moves 750 {way}" in told


def in_two_forms(level, noted_at="direct"):
    """The direct holding in June, the trust in July; a note on one of the two, without a number."""
    into = note(
        "Includes shares that the reporting person held directly before.",
        "form-change",
        direction="acquired",
    )
    direct = changed() if noted_at == "direct" else changed(notes=())
    trust = held(level, **TRUST, notes=() if noted_at == "direct" else into)
    return [start(), direct, filing(bought(1, 21_001), trust, on="2023-07-03")]


@pytest.mark.parametrize("noted_at", ["direct", "trust"])
@pytest.mark.parametrize(
    ("level", "form", "words"),
    [(11_300, "23-0607", "2,200 are missing"), (15_100, "23-0705", "1,600 too many")],
)
def test_sides_in_two_forms_differ_as_those_in_one_do(level, form, words, noted_at):
    answer = reconcile_filings(in_two_forms(level, noted_at))

    assert kinds(answer) == ["BALANCE_BREAK"]
    found = the(answer, "BALANCE_BREAK")
    assert form in found.filing
    assert words in found.message


@pytest.mark.parametrize("noted_at", ["direct", "trust"])
def test_equal_sides_in_two_forms_are_a_change_of_form(noted_at):
    assert kinds(reconcile_filings(in_two_forms(13_500, noted_at))) == []


def test_what_its_own_note_gives_is_no_side_of_another_transfer():
    gift = note("Includes 7,300 shares that the trust was given.", "gift-note", 7_300)
    filings = [*in_two_forms(4_000)[:2]]
    filings.append(filing(bought(1, 21_001), held(11_300, **TRUST, notes=gift), on="2023-07-03"))

    answer = reconcile_filings(filings)

    assert "of a change of form" not in str([f.message for f in answer.findings])


def test_fractions_that_are_rounded_away_on_both_sides_are_no_missing_share():
    rounded = changed(held(9_001, **TRUST), owns=24_501)

    answer = reconcile_filings(
        [opening("29001.5", held("4001.5", **TRUST), on="2023-01-03"), rounded]
    )

    assert kinds(answer) == []


def test_the_trust_that_got_shares_and_paid_some_back_at_once_reports_them():
    grat = {"how": "By Retained Annuity Trust"}
    into = note("8,000 of these were contributed by the owner.", "form-change", 8_000)
    back = note(
        "Reflects an annuity payment of 3,000 shares to the owner.",
        "annuity-return",
        3_000,
        direction="disposed",
    )
    out = note(
        "Since the last report 8,000 shares were contributed to an annuity trust; 3,000 came back.",
        "trust-contribution",
        8_000,
        direction="disposed",
        counterpart="an annuity trust",
    )
    filings = [
        opening(30_000, on="2023-01-03"),
        filing(
            bought(500, 25_500, notes=out),
            held(5_000, **grat, notes=(into, back)),
            on="2023-06-05",
        ),
    ]

    assert "INDIRECT_COUNTERPART_MISSING" not in kinds(reconcile_filings(filings))


def test_what_passed_to_beneficiaries_has_no_other_side():
    """The direct total rises by what a plan may have brought; the trust ended for others."""
    ended = note(
        "The trust ended; its 4,000 shares passed to its beneficiaries.",
        "form-change",
        4_000,
        direction="disposed",
        counterpart="beneficiaries",
    )
    plan = note("Includes shares bought under the employee plan.", "espp-purchase")
    last = filing(bought(500, 30_548, notes=plan), held(0, **TRUST, notes=ended), on="2023-06-05")

    assert kinds(reconcile_filings([start(), last])) == []
