"""What a clause tells of an amount: who let it go, who got it, whatever the verb."""

from __future__ import annotations

import pytest

from ledger.footnotes.lexicon import FORMS, STEMS
from ledger.footnotes.topics import touched
from tests.ledger.footnotes.notes import stated

NAMED = [
    ("The reporting person settled 640 shares on the Teasel Trust on May 2, 2023.", "trust-contribution", "disposed"),
    ("On May 2, 2023 the reporting person placed 6,400 of the vested shares in a newly formed GRAT.", "trust-contribution", "disposed"),
    ("On May 2, 2023, 640 shares passed from him to a trust of which his sister is trustee.", "trust-contribution", "disposed"),
    ("Reflects the reallocation of 640 shares from the reporting person to her husband.", "form-change", "disposed"),
    ("On May 2, 2023 the reporting person, as custodian, turned over 640 shares to his daughter.", "form-change", "disposed"),
    ("The couple's account was closed, and 640 shares went to the reporting person.", "form-change", "acquired"),
    ("She took sole title on May 2, 2023 to 640 shares previously held jointly with her husband.", "form-change", "acquired"),
    ("640 shares were allocated to the reporting person upon the dissolution of Teasel LLC.", "distribution", "acquired"),
    ("Under its terms, 640 shares were paid to the reporting person as the third annuity installment.", "annuity-return", "acquired"),
    ("640 shares came back to the reporting person from the Teasel GRAT.", "annuity-return", "acquired"),
    ("Shares given by the reporting person to a college on May 2, 2023 number 6,400.", "gift-note", "disposed"),
    ("The 640 shares were the subject of a gift made by the reporting person to a museum foundation.", "gift-note", "disposed"),
    ("The reporting person's grandmother made a gift to him of 640 shares.", "gift-note", "acquired"),
    ("The reporting person was the recipient of a gift of 640 shares.", "gift-note", "acquired"),
    ("The reporting person's former husband conveyed 640 shares to her under the decree.", "court-transfer", "acquired"),
    ("The reporting person succeeded to 640 shares on the death of his aunt.", "gift-note", "acquired"),
    ("The Company kept back 640 of the vested shares to meet tax obligations.", "withheld-note", "disposed"),
    ("640 RSUs ceased to be outstanding when the reporting person left the Company.", "forfeiture", "disposed"),
    ("The reporting person gave up 640 options and was paid nothing.", "forfeiture", "disposed"),
    ("An aggregate of 640 PSUs was eliminated on May 2, 2023.", "forfeiture", "disposed"),
    ("The award was reduced by 640 units because the goal was only partly met.", "forfeiture", "disposed"),
    ("Amount reflects a 640-share transfer to the reporting person's living trust.", "trust-contribution", "disposed"),
    ("Conveyed by the reporting person to the Teasel Trust on May 2, 2023: 640 shares.", "trust-contribution", "disposed"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "kind", "direction"), NAMED, ids=[note for note, _, _ in NAMED])
def test_a_clause_tells_what_became_of_its_shares(note, kind, direction):
    found = [(one.kind, one.direction) for one in stated(note) if one.shares in (640, 6400)]

    assert found == [(kind, direction)]


SILENT = [
    "A charity to which she gave in 2022 owns 640 shares.",
    "The Form 3 gave 640 shares in column 5.",
    "An order for a further 640 shares was cancelled.",
    "The performance period for the 640 units expired on May 2, 2023.",
    "The transfer restrictions on the 640 options terminated on May 2, 2023.",
    "The trustee may pay the reporting person 640 shares.",
    "640 shares would be paid to the reporting person if the fund distributed its shares.",
    "The gift agreement contemplates that 640 shares would pass to the college.",
    "640 shares are placed in escrow if the closing is delayed.",
    "The reporting person acquired 640 shares as a member of the board of directors.",
    "The reporting person's brother placed 640 shares in a trust for his own children.",
    "640 RSUs cease to be outstanding on any termination of service.",
    "The Company will keep back 640 shares to meet tax obligations.",
    "Restricted shares (640) which the reporting person would lose on resignation.",
    "The distribution of the 640 shares remains subject to the approval of the partners.",
    "It was the reporting person's sister who donated the 640 shares.",
    "His brother's gift of 640 shares to the museum was announced.",
    "The reporting person was given 640 RSUs on joining the Company.",
    "The trustee transferred voting power over 640 shares to the reporting person.",
    "The reporting person transferred the proceeds of 640 shares to his wife.",
    "The amendment moved 640 shares from Table I to Table II.",
    "The 640 shares were assigned a value of $10.00 each.",
    "The reporting person's stepson, who owns 640 shares, moved away to college.",
    "The reporting person was assigned a new CIK; 640 shares are held directly.",
    "The reporting person transferred to another office, and 640 units continue to vest.",
]


@pytest.mark.parametrize("note", SILENT)
def test_what_did_not_happen_or_happened_to_others_is_no_movement(note):
    assert [one for one in stated(note) if one.shares == 640 and one.direction] == []


MORE = [
    ("Contributed 6,400 shs to the Teasel 2023 GRAT on 5/2/2023.", "trust-contribution", "disposed"),
    ("She conveyed 640 shares to herself and her brother as co-trustees of the Teasel Trust.", "trust-contribution", "disposed"),
    ("640 of the shares were journaled from the owner's joint account to his IRA.", "form-change", None),
    ("The trustees of the Teasel Trust divided 640 shares among its beneficiaries.", "distribution", "disposed"),
    ("Her uncle made her a present of 640 shares.", "gift-note", "acquired"),
    ("A gift was made in May 2023 of 640 shares by the reporting person to a school.", "gift-note", "disposed"),
    ("Donation (640 shares) to a hospital foundation on May 2, 2023.", "gift-note", "disposed"),
    ("640 options became void on May 2, 2023.", "forfeiture", "disposed"),
    ("The Committee took back 640 units under the recoupment policy.", "forfeiture", "disposed"),
    ("The number of shares given by the reporting person to a college was 6,400.", "gift-note", "disposed"),
    ("I gave 320 shares to each of my two sons.", "gift-note", "disposed"),
    ("Reflects the return of 640 shares to direct ownership on the end of the Teasel GRAT.", "form-change", "acquired"),
    ("Distribution of 640 shares from trust to beneficiary (Reporting Person).", "distribution", "acquired"),
    ("To pay the exercise price, the reporting person delivered 640 shares already owned.", "withheld-note", "disposed"),
    ("The Board rescinded the grant of 640 RSUs on May 2, 2023.", "forfeiture", "disposed"),
    ("The Company cancelled 640 of the vesting shares in payment of tax.", "withheld-note", "disposed"),
    ("The reporting person lost his right to 640 PSUs on May 2, 2023.", "forfeiture", "disposed"),
    ("The grant shrank by 640 units after results were certified.", "forfeiture", "disposed"),
    ("640 SARs ended without value on May 2, 2023.", "forfeiture", "disposed"),
    ("The Company kept 640 shares for taxes when the units vested.", "withheld-note", "disposed"),
    ("The reporting person gave his ex-wife 640 shares under a marital agreement.", "court-transfer", "disposed"),
    ("640 shares formerly reported as held by spouse were moved to the reporting person's own account.", "form-change", "acquired"),
    ("The reporting person divided 640 shares between two trusts for her daughters.", "trust-contribution", "disposed"),
    ("A transfer of 640 shares was effected between two trusts of which she is trustee.", "form-change", None),
]  # fmt: skip


@pytest.mark.parametrize(("note", "kind", "direction"), MORE, ids=[note for note, _, _ in MORE])
def test_terse_and_roundabout_clauses_are_read_alike(note, kind, direction):
    found = [(one.kind, one.direction) for one in stated(note) if one.shares in (640, 6400)]

    assert found == [(kind, direction)]


def test_what_was_left_of_an_award_is_not_withheld():
    note = "After deduction of 640 shares for taxes the reporting person received 900 shares."

    assert [(one.kind, one.shares) for one in stated(note)] == [("withheld-note", 640)]


def test_what_came_the_same_way_is_what_came_before_it():
    note = "Reflects 9.5 shares bought with reinvested dividends in May 2023 and 8.5 shares acquired the same way in June 2023."

    assert [(one.kind, float(one.shares)) for one in stated(note)] == [
        ("dividend-reinvestment", 9.5),
        ("dividend-reinvestment", 8.5),
    ]


def test_where_phrases_and_clause_disagree_without_both_parties_no_way_is_told():
    note = "Teasel GP LLC, the general partner, received 640 shares in the distribution and distributed them to its members."

    assert [(one.kind, one.direction) for one in stated(note)] == [("distribution", None)]


def test_what_a_relative_put_into_a_trust_is_not_said_to_have_left_the_owner():
    (found,) = stated("The reporting person's brother contributed 640 shares to the trust.")

    assert (found.kind, found.direction) == ("trust-contribution", None)


@pytest.mark.parametrize("word", sorted(FORMS))
def test_every_word_of_the_lexicon_passes_the_first_question(word):
    behind = next((one.lemma.after[0] for one in FORMS[word] if one.lemma.after), "here")

    assert STEMS in touched(f"640 shares {word} {behind}.")


def test_a_company_s_parent_is_no_relative():
    found = stated(
        "The reporting person rolled 640 shares into the acquirer's parent on May 2, 2023."
    )

    assert "gift-note" not in [one.kind for one in found]


def test_taxes_on_an_award_are_no_day_of_its_grant():
    (found,) = stated("640 shares were deducted from the award for taxes on May 2, 2023.")

    assert (found.kind, str(found.effective_from)) == ("withheld-note", "2023-05-02")
