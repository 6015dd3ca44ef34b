"""Shares that by a note passed between an owner and a vehicle, and of which a draft shows one side."""

import pytest

from tests.projections.building import filing, gave, held, moved, note, opening, sold
from tests.projections.questions.drafting import drafted, hinted, the_draft

GRAT = {"how": "By GRAT"}
BACK = note(
    "On May 1, 2024, 1,500 shares came to the reporting person from the GRAT as an annuity.",
    "annuity-return",
    1_500,
    direction="acquired",
    effective_from="2024-05-01",
    effective_to="2024-05-01",
    precision="day",
)
INTO = note(
    "2,000 shares previously held directly are now held by the GRAT.",
    "annuity-return",
    2_000,
    direction="disposed",
)
FUND = note(
    "Received 1,500 shares in a distribution by Alder Partners LP.",
    "distribution",
    1_500,
    direction="acquired",
    counterpart="Alder Partners LP",
)


@pytest.fixture(params=[True, False], ids=["listed by habit", "never listed again"])
def ledger(told, request):
    again = [held(6_000, **GRAT)] if request.param else []
    return told(
        opening(10_000, held(6_000, **GRAT)), filing(sold(500, 9_500), *again, on="2024-03-01")
    )


@pytest.mark.parametrize(
    "line",
    [sold(500, 10_500, notes=BACK), moved("G", "acquired", 1_500, 11_000, price=0, notes=BACK)],
    ids=["in a total", "in a row"],
)
def test_an_annuity_that_the_trusts_line_does_not_lack_is_asked_after(ledger, line):
    missing, stale, right = (
        the_draft(ledger, drafted(line, *more))
        for more in ([], [held(6_000, **GRAT)], [held(4_500, **GRAT)])
    )

    assert "1,500 came from Common Stock, By GRAT, which had 6,000" in hinted(missing)["left-out"]
    assert "4,500 then" in hinted(missing)["left-out"]
    assert "INDIRECT_COUNTERPART_MISSING" in {f.kind for f in stale.findings}
    assert [row.corrected_total for row in stale.rows] == [None, 4_500]
    assert "left-out" not in hinted(right)
    assert [row.corrected_total for row in right.rows] == [None, None]


def test_shares_that_went_into_a_trust_are_asked_after_in_its_line(ledger):
    missing, stale, right = (
        the_draft(ledger, drafted(sold(500, 7_000, notes=INTO), *more))
        for more in ([], [held(6_000, **GRAT)], [held(8_000, **GRAT)])
    )

    assert "8,000 then" in hinted(missing)["left-out"]
    assert stale.rows[1].corrected_total == 8_000
    assert "left-out" not in hinted(right)


def test_the_owners_own_line_is_asked_after_where_the_trusts_tells_of_an_annuity(ledger):
    trust = held(4_500, **GRAT, notes=BACK)

    missing, stale, right = (
        the_draft(ledger, drafted(*more, trust)) for more in ([], [held(9_500)], [held(11_000)])
    )

    assert "11,000 then" in hinted(missing)["left-out"]
    assert stale.rows[0].corrected_total == 11_000
    assert "left-out" not in hinted(right)


def test_a_trust_that_gave_all_it_had_may_be_left_out(told):
    ledger = told(
        opening(10_000, held(1_500, **GRAT)),
        filing(sold(500, 9_500), held(1_500, **GRAT), on="2024-03-01"),
    )

    draft = the_draft(ledger, drafted(sold(500, 10_500, notes=BACK)))

    assert draft.hints == ()


def test_an_annuity_of_which_the_trusts_line_told_before_is_not_asked_after(told):
    ledger = told(
        opening(10_000, held(6_000, **GRAT)),
        filing(held(4_500, **GRAT, notes=BACK), held(11_500), on="2024-05-03"),
    )

    draft = the_draft(ledger, drafted(sold(500, 11_000, notes=BACK), held(4_500, **GRAT)))

    assert draft.hints == ()


def test_an_annuity_of_no_trust_that_is_here_is_asked_after_and_a_funds_distribution_is_not(told):
    ledger = told(opening(10_000))

    annuity, fund = (
        the_draft(ledger, drafted(sold(500, 11_000, notes=note))) for note in (BACK, FUND)
    )

    assert "no report here tells of one" in hinted(annuity)["left-out"]
    assert "left-out" not in hinted(fund)


def test_what_passed_both_ways_is_shown_by_a_total_of_both(told):
    ledger = told(opening(10_000, held(6_000, **GRAT)))
    into = note(
        "On May 2, 2024 the reporting person contributed 2,000 shares to the GRAT.",
        "trust-contribution",
        2_000,
        direction="disposed",
        counterpart="the GRAT",
    )
    both = (BACK, into)

    draft = the_draft(
        ledger, drafted(sold(500, 9_000, notes=both), held(6_500, **GRAT, notes=both))
    )

    assert "left-out" not in hinted(draft)


def test_of_two_trusts_that_may_be_meant_it_is_asked_which(told):
    ledger = told(
        opening(10_000, held(6_000, how="By GRAT I"), held(7_000, how="By GRAT II")),
    )

    draft = the_draft(ledger, drafted(sold(500, 11_000, notes=BACK)))

    assert "By GRAT I, which had 6,000 and Common Stock, By GRAT II" in hinted(draft)["left-out"]


def test_of_two_trusts_the_one_that_a_note_names_is_meant(told):
    ledger = told(opening(10_000, held(6_000, how="By 2023 GRAT"), held(7_000, how="By 2024 GRAT")))
    named = note(
        "On May 1, 2024, the 2024 GRAT paid an annuity of 1,500 shares to the reporting person.",
        **dict(BACK.stated),
    )
    stale = held(6_000, how="By 2023 GRAT"), held(7_000, how="By 2024 GRAT")

    draft = the_draft(ledger, drafted(sold(500, 11_000, notes=named), *stale))

    assert [row.corrected_total for row in draft.rows] == [None, None, 5_500]


def test_a_vehicle_that_begins_with_what_a_note_says_went_into_it_is_no_surprise(told):
    noted = sold(500, 7_500, notes=INTO), held(2_000, **GRAT)
    in_a_row = gave(2_000, 8_000), held(2_000, **GRAT)
    neither = sold(2_000, 8_000), held(2_000, **GRAT)

    one, other, surprise = (
        the_draft(told(opening(10_000)), drafted(*lines)) for lines in (noted, in_a_row, neither)
    )

    assert one.hints == other.hints == ()
    assert "new-holding" in hinted(surprise)
