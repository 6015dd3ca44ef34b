"""What happened, in the plain words of a note: each mechanism of its reading, and what looks like it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger.footnotes.retractions import retractions
from tests.ledger.footnotes.notes import amounts, stated


def moves(note: str) -> list[tuple[str, int | None, str | None]]:
    """What a note states, each with its shares and its way."""
    return [
        (one.kind, None if one.shares is None else int(one.shares), one.direction)
        for one in stated(note)
    ]


HELD_ANEW = [
    ("Reflects 640 shares previously held through Teasel Partners, L.P. that are now held directly.", "acquired"),
    ("Shares formerly held through her individual retirement account, totaling 640, are now held directly.", "acquired"),
    ("640 shares previously owned directly are now held through Teasel LLC.", "disposed"),
    ("640 shares owned by the trust are now reported as held by the foundation.", "disposed"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "direction"), HELD_ANEW, ids=[note for note, _ in HELD_ANEW])
def test_how_shares_were_held_and_are_now_held_tells_a_change_of_form(note, direction):
    assert moves(note) == [("form-change", 640, direction)]


@pytest.mark.parametrize(
    "note",
    [
        "The 640 shares held in the Teasel Trust are now worth more and are held for his son.",
        "Shares held by the fund are now subject to a lock-up; 640 shares are held directly.",
    ],
)
def test_what_is_now_so_of_shares_held_as_before_is_no_change(note):
    assert moves(note) == []


def test_a_sale_to_a_trust_for_a_promissory_note_is_a_contribution_to_it():
    note = "On May 2, 2023 he sold 640 shares to the Teasel Trust in return for a promissory note."

    (found,) = stated(note)

    assert (found.kind, found.direction) == ("trust-contribution", "disposed")
    assert (found.counterpart, str(found.effective_from)) == ("the Teasel Trust", "2023-05-02")


def test_a_loan_of_the_proceeds_takes_no_shares():
    note = "He sold 640 shares and lent the proceeds to a trust against a promissory note."

    assert moves(note) == []


MARKED = [
    "Since the last report he (1) gave 640 shares to a school, and (2) received 70 shares from the estate of his aunt.",
    "Since the last report he 1) gave 640 shares to a school; 2) received 70 shares from the estate of his aunt.",
]


@pytest.mark.parametrize("note", MARKED)
def test_the_marks_of_a_list_count_no_shares(note):
    assert amounts(note) == [("gift-note", 640), ("distribution", 70)]


def test_a_number_beside_its_word_counts_shares_and_not_people():
    assert amounts("He gave two (2) shares to each of three (3) nephews.") == [("gift-note", 6)]


@pytest.mark.parametrize(
    "note",
    [
        "No part of the 640 shares has been sold, gifted or pledged.",
        "No shares have been gifted or transferred from the 640 shares held.",
    ],
)
def test_a_denial_goes_for_every_verb_it_governs(note):
    assert moves(note) == []


@pytest.mark.parametrize(
    "note",
    [
        "The report was not overstated; 640 shares were held.",
        "Nothing was omitted; the 640 shares were reported.",
        "This form reports 640 options that were omitted from no earlier report.",
    ],
)
def test_a_mistake_that_is_denied_corrects_nothing(note):
    assert moves(note) == []


def test_not_only_is_no_denial_of_a_mistake():
    note = "The total was not only overstated by 640 shares but reported late."

    assert moves(note) == [("report-correction", 640, "disposed")]


DENIED = [
    ("Due to an error, the Form 4 of May 12, 2020 reported a gift of 640 shares. No shares were gifted.", "acquired"),
    ("The previous report erroneously stated that 640 shares had been sold; no shares were sold.", "acquired"),
    ("The earlier Form 4 reported in error the purchase of 640 shares. In fact no shares were purchased.", "disposed"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "direction"), DENIED, ids=[note for note, _ in DENIED])
def test_that_none_moved_corrects_the_report_and_takes_its_line_back(note, direction):
    (taken,) = retractions(note)

    assert moves(note) == [("report-correction", 640, direction)]
    assert taken.numbers == {Decimal(640)}


def test_that_none_was_sold_takes_nothing_back_where_no_report_was_wrong():
    note = "The account was moved to another broker. No shares were sold."

    assert [*retractions(note)] == []


@pytest.mark.parametrize(
    "note",
    [
        "The Form 4 for Mr. Teasel filed on May 3, 2021 should be treated as void.",
        "Form 4 for Mr. J. Teasel treated as void.",
    ],
)
def test_a_report_that_is_void_is_taken_back_whole_whoever_it_names(note):
    (taken,) = retractions(note)

    assert taken.whole
    assert taken.numbers == set()


DAYS = [
    ("640 units of the March 1, 2018 award were forfeited.", ("forfeiture", None)),
    ("On June 1, 2020, 640 units under his May 5, 2019 RSU grant were forfeited.", ("forfeiture", "2020-06-01")),
    ("Withholding of 640 shares upon the vesting of part of an award of 9,000 shares made March 1, 2018.", ("withheld-note", None)),
    ("Gift to his son of 640 shares out of those purchased on March 1, 2018.", ("gift-note", None)),
    ("Contributed to the Teasel Trust 640 shares that had vested on March 1, 2018.", ("trust-contribution", None)),
    ("Contributed to the Teasel Trust 640 shares on March 1, 2018.", ("trust-contribution", "2018-03-01")),
]  # fmt: skip


@pytest.mark.parametrize(("note", "said"), DAYS, ids=[note for note, _ in DAYS])
def test_the_day_of_an_award_or_of_a_purchase_is_none_of_what_went(note, said):
    (found,) = [one for one in stated(note) if one.shares]

    assert (found.kind, found.effective_from and str(found.effective_from)) == said
    assert found.shares == Decimal(640)


def test_what_a_part_was_withheld_of_is_a_whole_and_was_not_withheld():
    note = "Of the 900 shares released, the Company withheld 640 for taxes and the balance of 260 shares was delivered to him."

    assert amounts(note) == [("withheld-note", 640)]


def test_to_how_many_so_many_went_each_may_be_told_behind():
    assert amounts("Gift of 160 shares each to her four grandchildren.") == [("gift-note", 640)]


def test_what_a_school_got_was_given_however_it_had_come():
    note = "640 of the shares acquired in 2018 were donated to a school on June 1, 2020."

    assert [(one.kind, one.direction) for one in stated(note)] == [("gift-note", "disposed")]


WITHHELD = [
    "The Company withheld 640 shares when the units vested.",
    "640 shares were withheld and 300 sold of the 2,000 shares that vested in May 2023.",
    "The reporting person elected to have 640 shares withheld.",
    "The award is shown after a reduction of 640 shares for the payment of withholding taxes.",
    "The exercise price was paid by delivering 640 shares already owned by the reporting person.",
    "The taxes due were satisfied by the reporting person turning in 640 shares.",
]  # fmt: skip


@pytest.mark.parametrize("note", WITHHELD)
def test_what_was_withheld_is_told_by_its_clause(note):
    assert moves(note) == [("withheld-note", 640, "disposed")]


def test_what_was_withheld_may_be_counted_in_brackets_behind():
    assert moves(
        "Represents shares withheld by the Issuer (6,400) upon the vesting of the award."
    ) == [("withheld-note", 6400, "disposed")]


def test_a_reduction_of_so_many_for_no_cause_is_no_loss():
    assert ("forfeiture", 640, "disposed") not in moves(
        "A reduction of 640 shares since the last report."
    )


def test_a_number_in_words_alone_is_read():
    assert moves("Thirty-five shares were surrendered to pay the tax.") == [
        ("withheld-note", 35, "disposed")
    ]


OF_BEFORE = [
    ("Includes 640 shares previously transferred to a family trust.", "composition"),
    ("Includes 640 shares contributed by the reporting person to the trust in prior years.", "composition"),
    ("The remaining 640 shares were previously distributed to him and continue to be reported as directly owned.", "previously-reported"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "kind"), OF_BEFORE, ids=[note for note, _ in OF_BEFORE])
def test_what_came_long_ago_on_no_day_is_what_a_total_is_made_of(note, kind):
    assert moves(note) == [(kind, 640, None)]


def test_what_came_on_a_day_since_is_no_mere_part_of_a_total():
    note = "Includes 640 shares previously transferred to a family trust on May 2, 2023."

    assert moves(note) == [("trust-contribution", 640, "acquired")]


def test_the_owner_s_part_of_what_a_fund_distributed_has_its_day():
    note = "On June 16, 2016, Teasel LLC distributed 4,000 shares to its members. The reporting person received 640 shares."

    _, mine = stated(note)

    assert (mine.direction, str(mine.effective_from)) == ("acquired", "2016-06-16")


def test_a_part_of_a_distribution_that_is_the_owner_s_came():
    note = "Teasel LLC distributed 4,000 shares to its members, including 640 shares to the reporting person."

    assert moves(note) == [("distribution", 4000, "disposed"), ("distribution", 640, "acquired")]


def test_what_left_a_plan_and_is_now_held_directly_came():
    note = (
        "The reporting person withdrew 640 shares from the 401(k) plan; they are now held directly."
    )

    assert moves(note) == [("distribution", 640, "acquired")]


def test_a_total_that_was_adjusted_to_exclude_shares_came_down():
    assert moves("The total was adjusted to exclude 640 shares held by a fund.") == [
        ("exclusion", 640, "disposed")
    ]


OF_OTHER_THINGS = [
    "Certificates for 640 shares were returned to the reporting person.",
    "Voting power over 640 shares was transferred to the proxy holder.",
    "The brokerage account holding 640 shares was moved to a new broker.",
    "The reporting person tendered 640 shares and withdrew them before the offer closed.",
    "A replacement award of 640 units was granted in lieu of a forfeited award.",
    "The grant of 640 units will be reduced by any units forfeited for poor performance.",
    "The award agreement calls for forfeiture of 640 shares if he competes with the issuer.",
    "The transfer of 640 shares contemplated by the agreement is conditioned on approval.",
    "See the Form 4 of the fund, which reports the gift of 640 shares.",
    "The reporting person is trustee of a trust that was given 640 shares.",
    "The Issuer's founder gave 640 shares to the university in 1995.",
]  # fmt: skip


@pytest.mark.parametrize("note", OF_OTHER_THINGS)
def test_what_became_of_something_else_moves_no_shares(note):
    assert [one for one in moves(note) if one[0] not in ("composition", "vesting-schedule")] == []


def test_a_transfer_by_gift_is_a_gift():
    assert moves("640 shares were transferred by gift to his niece.") == [
        ("gift-note", 640, "disposed")
    ]


def test_a_number_that_was_adjusted_to_another_was_wrong_by_the_difference():
    note = "The previously reported 900 shares were adjusted to 260 shares because of a rounding error."

    assert moves(note) == [("report-correction", 640, "disposed")]


ASIDE = [
    ("The Company withheld, at the election of the reporting person, 640 of the 2,000 shares that vested.", "withheld-note", "disposed"),
    ("To satisfy the tax arising on settlement the Issuer held back 640 shares.", "withheld-note", "disposed"),
    ("Payment of the option price was made through the surrender of 640 previously owned shares.", "withheld-note", "disposed"),
    ("He changed the registration of 640 shares from his own name to that of the Teasel Living Trust.", "trust-contribution", "disposed"),
    ("Having been held until now by Teasel LLC, the 640 shares are now owned directly.", "form-change", "acquired"),
    ("On release from escrow on March 1, 2022, 640 shares were delivered to the reporting person.", "acquisition-note", "acquired"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "kind", "direction"), ASIDE, ids=[note for note, _, _ in ASIDE])
def test_what_stands_between_a_verb_and_its_shares_hides_neither(note, kind, direction):
    found = [one for one in moves(note) if one[1] == 640]

    assert found == [(kind, 640, direction)]


def test_what_each_of_several_got_counts_as_often():
    note = "Each of four grandchildren was given 160 shares by the reporting person on May 2, 2023."

    assert moves(note) == [("gift-note", 640, "disposed")]


RIGHTED = [
    ("Column 5 of the prior report read 12,740 and should have read 12,100.", "disposed"),
    ("Owing to a clerical mistake an acquisition of 260 shares was stated as 900 shares.", "disposed"),
    ("Through an oversight 640 shares bought in 2018 were never reported.", "acquired"),
    ("Reported holdings are increased by 640 shares to agree with the transfer agent's records.", "acquired"),
    ("The previous amendment, which reported the forfeiture of 640 units, was mistaken: the units were not forfeited.", "acquired"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "direction"), RIGHTED, ids=[note for note, _ in RIGHTED])
def test_a_mistake_is_read_however_its_right_number_is_told(note, direction):
    assert moves(note) == [("report-correction", 640, direction)]


def test_shares_that_a_stock_dividend_brought_are_counted_with_it():
    note = "By virtue of a 10% stock dividend, 1,200 shares were credited to him on May 31, 2019."

    assert [(one.kind, one.shares, one.ratio) for one in stated(note)] == [("split", 1200, "11:10")]


@pytest.mark.parametrize(
    "note",
    [
        "He considered, but did not make, a transfer of 640 shares to a trust.",
        "The company's board authorized the repurchase of 640 shares in the open market.",
    ],
)
def test_what_was_only_considered_or_authorized_was_not_done(note):
    assert moves(note) == []


@pytest.mark.parametrize(
    "note",
    [
        "This form does not report the 640 shares owned by his parents.",
        "The total does not take account of 640 shares issuable on vesting.",
    ],
)
def test_what_a_form_does_not_report_is_excluded(note):
    assert moves(note) == [("exclusion", 640, None)]


def test_an_amount_of_rights_or_of_another_clause_is_not_what_was_withheld():
    assert amounts(
        "640 shares were used to pay the exercise price of an option for 2,000 shares."
    ) == [("withheld-note", 640)]
    assert amounts("The issuer netted 640 shares against taxes when 1,000 units settled.") == [
        ("withheld-note", 640)
    ]


def test_the_day_of_a_report_is_none_of_what_became_of_an_award():
    (found,) = stated(
        "An award of 1,700 RSUs reported in March 2020 was cancelled on October 6, 2020."
    )

    assert (found.kind, str(found.effective_from), found.precision) == (
        "forfeiture",
        "2020-10-06",
        "day",
    )


@pytest.mark.parametrize(
    "note",
    [
        "The transfer agent has not yet recorded the transfer of 1,640 shares.",
        "The company registered 1,640 shares under the employee stock purchase plan.",
        "On vesting the reporting person may elect to have up to 1,640 shares withheld.",
        "The footnotes to the original filing were omitted in error; 1,640 shares were correctly reported.",
        "He has not purchased any of the 1,640 shares available under the ESPP.",
        "Row 2 reports shares held directly and row 1 those that were sold.",
    ],
)
def test_what_was_not_yet_or_might_be_or_was_right_tells_nothing(note):
    assert [one for one in moves(note) if one[1] is not None] == []


@pytest.mark.parametrize(
    "note",
    [
        "Due to an error by the plan administrator, the last Form 5 did not include 640 shares.",
        "The reporting person's Form 3 should have listed 640 shares held in a custodial account.",
    ],
)
def test_what_a_report_should_have_told_was_omitted(note):
    assert moves(note) == [("report-correction", 640, "acquired")]


NO_SHARES = [
    "The board waived forfeiture of 1,640 unvested shares.",
    "He avoided forfeiture of 1,640 shares by agreeing to consult.",
    "His trust sold 1,640 shares; proceeds were distributed to beneficiaries.",
    "Cash proceeds from 1,640 shares were contributed to the foundation.",
    "His claim to 1,640 shares passed to a creditor by law.",
    "The reporting person withdrew his offer to sell 1,640 shares.",
    "The option covers 1,640 shares, reduced from 9,000 by an amendment.",
    "The reporting person returned to the company after a leave; 1,640 units continue to vest.",
    "The reporting person withdrew from the partnership, which continues to own 1,640 shares.",
]  # fmt: skip


@pytest.mark.parametrize("note", NO_SHARES)
def test_what_was_waived_withdrawn_or_paid_in_money_moves_no_shares(note):
    said = {"composition", "vesting-schedule", "reporting-withdrawal"}

    assert [one for one in moves(note) if one[0] not in said] == []


def test_shares_that_came_back_to_the_company_are_still_lost():
    assert moves("640 unvested shares were returned to the company.") == [
        ("forfeiture", 640, "disposed")
    ]


def test_what_a_relative_put_into_a_trust_of_his_is_no_movement_of_the_owner_s():
    note = "The reporting person's brother placed 640 shares in a trust for his own children."

    assert moves(note) == []


@pytest.mark.parametrize(
    "note",
    [
        "The board may, but has not, cancelled 640 shares.",
        "The 1,640 restricted shares may not be sold, assigned or pledged before vesting.",
    ],
)
def test_a_denial_goes_past_a_comma_and_through_a_list_of_verbs(note):
    assert [one for one in moves(note) if one[0] != "vesting-schedule"] == []


def test_what_had_not_vested_was_lost_all_the_same():
    note = "The 640 units, which had not vested, were forfeited."

    assert moves(note) == [("forfeiture", 640, "disposed")]
