"""One movement in the words of different filers: who, how many, which way and when stay the same."""

from __future__ import annotations

import pytest

from ledger.statements import SENSES
from tests.ledger.footnotes.notes import stated


def moved(note):
    """What a note states of shares that moved: kind, way, how many and from which day on."""
    return [
        (said.kind, said.direction, said.shares and int(said.shares), str(said.effective_from))
        for said in stated(note)
        if SENSES[said.kind].moves
    ]


DAY = "2021-05-18"


@pytest.mark.parametrize(
    "note",
    [
        "Reflects the transfer on May 18, 2021 of 730 shares from direct ownership to the reporting person's living trust.",
        "Reflects the transfer, on May 18, 2021, of 730 shares to the reporting person's living trust.",
        "On 5/18/2021, 730 directly held shares were moved into the Quince Living Trust.",
        "The reporting person contributed 730 directly-owned shares to a family trust on May 18, 2021.",
        "The reporting person funded a new two-year GRAT with 730 shares on May 18, 2021.",
        "Direct holdings have been reduced by 730 shares that were placed in trust for his nephews on May 18, 2021.",
        "Following the transfer on May 18, 2021 of 730 directly held shares to the Quince GRAT, she holds 9,415 shares directly.",
        "He moved 730 shares on May 18, 2021 to the Quince Trust, leaving 9,415 shares held directly.",
        "Shares deposited into a blind trust on May 18, 2021: 730.",
    ],
)
def test_shares_that_went_into_a_trust(note):
    assert moved(note) == [("trust-contribution", "disposed", 730, DAY)]


def test_what_a_spouse_gave_of_hers_to_others_did_not_come():
    note = (
        "On May 18, 2021 the reporting person's spouse gifted her 1,730 shares to their children."
    )

    assert moved(note) == [("gift-note", "disposed", 1730, DAY)]


def test_what_a_grat_owns_now_did_not_come_back():
    note = "730 of the shares formerly owned directly are now owned by a GRAT to which they were contributed on May 18, 2021."

    [(kind, *rest)] = moved(note)

    assert kind in ("trust-contribution", "form-change")
    assert rest == ["disposed", 730, DAY]


@pytest.mark.parametrize(
    ("note", "way"),
    [
        ("Gift of 730 shares to the Quince Foundation on May 18, 2021, for which no consideration was received.", "disposed"),
        ("730 shares were donated on May 18, 2021 to a 501(c)(3) organization.", "disposed"),
        ("On May 18, 2021, seven hundred thirty (730) shares were given to the owner's niece.", "disposed"),
        ("Gift of 730 shares to an account under the Uniform Transfers to Minors Act for a nephew on May 18, 2021.", "disposed"),
        ("The college received 730 shares from the reporting person as a gift on May 18, 2021.", "disposed"),
        ("730 shares were gifted to the reporting person by his aunt on May 18, 2021.", "acquired"),
        ("The reporting person received 730 shares by gift on May 18, 2021.", "acquired"),
        ("On May 18, 2021 the reporting person's mother gave her 730 shares.", "acquired"),
        ("730 shares came to the reporting person through a bona fide gift on May 18, 2021.", "acquired"),
        ("Received 730 shares from her uncle as a birthday gift on May 18, 2021.", "acquired"),
        ("730 shares given on May 18, 2021 to the owner's alma mater.", "disposed"),
        ("The owner's wife gifted her 730 shares to their nephews on May 18, 2021.", "disposed"),
        ("The owner gave 146 shares to each of his five grandchildren on May 18, 2021.", "disposed"),
        ("The shares were gifted to five family members (146 shares each) on May 18, 2021.", "disposed"),
    ],
)  # fmt: skip
def test_gifts_either_way(note, way):
    assert moved(note) == [("gift-note", way, 730, DAY)]


@pytest.mark.parametrize(
    ("note", "way"),
    [
        ("On May 18, 2021 Quince Fund II made a pro rata distribution of 730 shares.", "disposed"),
        ("Receipt on May 18, 2021 of 730 shares in a distribution by Quince Fund II.", "acquired"),
        ("Represents the reporting person's pro rata portion, 730 shares, of an in-kind distribution made May 18, 2021.", "acquired"),
        ("The 730 shares came from a pro rata distribution by Quince LLC on May 18, 2021.", "acquired"),
        ("Increase of 730 shares reflects the reporting person's share of a distribution by a partnership on May 18, 2021.", "acquired"),
        ("Holdings rose by 730 shares because of an in-kind distribution from a fund on May 18, 2021.", "acquired"),
        ("730 shares distributed by Quince Fund II to the reporting person's trust on May 18, 2021 are included.", "acquired"),
    ],
)  # fmt: skip
def test_distributions_either_way(note, way):
    assert moved(note) == [("distribution", way, 730, DAY)]


def test_a_distribution_to_several_of_which_a_part_came_to_the_owner():
    note = "The company ended on May 18, 2021 and its 2,190 shares were distributed to its members, 730 of them to the reporting person."

    assert moved(note) == [
        ("distribution", "disposed", 2190, DAY),
        ("distribution", "acquired", 730, DAY),
    ]


@pytest.mark.parametrize(
    "note",
    [
        "Of these shares, 73 were withheld by the Issuer on May 18, 2021 for withholding taxes.",
        "Shares withheld to pay the officer's taxes on May 18, 2021: 73.",
        "The Issuer settled the award in shares and withheld 73 of the 200 shares for taxes on May 18, 2021.",
        "The Issuer withheld 73 shares for taxes upon vesting on May 18, 2021 of 200 units and issued 127 shares.",
        "Payment of the exercise price by delivery of 73 shares on May 18, 2021.",
        "For taxes, 73 shares were withheld from the 200 shares that vested May 18, 2021.",
        "The Issuer held back 73 shares on May 18, 2021 to cover taxes.",
        "The award is shown after a reduction of 73 shares on May 18, 2021 for the payment of withholding taxes.",
        "Represents 73 shares withheld for taxes upon the vesting of 200 restricted stock units on May 18, 2021.",
        "On May 18, 2021 the Company retained 73 shares for taxes and delivered 127 shares.",
        "73 shares were withheld on May 18, 2021 to cover taxes; 127 shares were issued.",
    ],
)
def test_what_was_withheld_is_not_what_was_paid_over(note):
    assert moved(note) == [("withheld-note", "disposed", 73, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "The Compensation Committee cancelled 730 performance shares on May 18, 2021.",
        "The board of directors forfeited nothing; 730 unearned units lapsed on May 18, 2021.",
        "As he left the company, 730 RSUs terminated on May 18, 2021.",
        "730 restricted shares were returned to the plan on May 18, 2021.",
        "The officer voluntarily relinquished 730 restricted shares on May 18, 2021.",
        "Forfeited on May 18, 2021: 730 unvested shares.",
        "The 730 unvested units are forfeited as of May 18, 2021.",
    ],
)
def test_shares_that_were_forfeited(note):
    assert moved(note) == [("forfeiture", "disposed", 730, DAY)]


@pytest.mark.parametrize(
    ("note", "way"),
    [
        ("730 shares were awarded to the reporting person in divorce proceedings on May 18, 2021.", "acquired"),
        ("On May 18, 2021 a court awarded the reporting person's former husband 730 of the shares.", "disposed"),
        ("The reporting person's former wife received 730 shares under a divorce decree on May 18, 2021.", "disposed"),
        ("730 shares were transferred by a former wife to the reporting person under a divorce decree on May 18, 2021.", "acquired"),
        ("730 shares were received from the owner's former husband under a separation agreement on May 18, 2021.", "acquired"),
        ("Transfer on May 18, 2021 of 730 shares to a former wife under a domestic relations order.", "disposed"),
    ],
)  # fmt: skip
def test_what_courts_gave_either_way(note, way):
    assert moved(note) == [("court-transfer", way, 730, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "At the closing of the merger on May 18, 2021, 730 shares were issued to the reporting person.",
        "In the merger on May 18, 2021 each share of Quince Co. was exchanged for 0.5 shares and the reporting person received 730 shares.",
        "Received in the merger on May 18, 2021: 730 shares.",
    ],
)
def test_shares_that_came_in_a_merger(note):
    assert moved(note) == [("acquisition-note", "acquired", 730, DAY)]


def test_shares_moved_out_of_a_plan_s_fund():
    note = "Reflects the transfer out of the company stock fund on May 18, 2021 of 730 shares."

    assert moved(note) == [("distribution", "disposed", 730, DAY)]


def test_what_is_reported_no_more_as_of_a_day():
    [said] = [
        one
        for one in stated(
            "As of May 18, 2021 the owner is no longer a member of a Section 13(d) group."
        )
        if one.kind == "reporting-withdrawal"
    ]

    assert str(said.effective_from) == DAY


@pytest.mark.parametrize(
    "note",
    [
        "730 units vest on May 18, 2026 and the others in 2027, provided that unvested units are forfeited on termination.",
        "Any units that have not vested by May 18, 2026 are forfeited.",
        "The 730 performance shares are earned or forfeited on May 18, 2026.",
        "The unvested units, 730 in number, are cancelled automatically when she leaves.",
        "The performance period for the 730 units expired on May 18, 2021.",
        "Dividend equivalents accrue on the units and are paid in shares.",
        "The 730 units do not carry dividend equivalents.",
        "The lock-up restricts transfers of 730 shares until May 18, 2026.",
        "She holds 730 shares for the benefit of a former husband under a divorce agreement.",
        "The owner and her husband are in divorce proceedings and 730 shares may be transferred.",
        "Under the divorce decree the owner retained 730 shares.",
        "Transfers of the 730 shares are prohibited until May 18, 2026.",
        "The owner's father, who does not report, gave 730 shares to a museum.",
        "Cash distributions of $730 were made by the partnership on May 18, 2021.",
    ],
)
def test_what_is_a_rule_or_never_was_moves_nothing(note):
    assert moved(note) == []


def test_a_split_that_will_take_effect_has_not_yet():
    note = "These numbers do not reflect the 4-for-1 split that will take effect on May 18, 2026."

    assert not any(said.kind == "split" for said in stated(note))


def test_a_trust_to_which_shares_went_did_not_give_them():
    note = "These shares are held by the Quince Trust, to which the owner transferred them on May 18, 2021."

    assert all(way != "acquired" for _, way, *_ in moved(note))


def test_what_remains_was_not_among_what_was_forfeited():
    note = "The 730 units will remain outstanding; the balance of the award was forfeited."

    assert moved(note) == [("forfeiture", "disposed", None, "None")]
