"""Losses that only a note tells, and the words that name a loss without telling one."""

import pytest

from tests.ledger.footnotes.notes import kinds, stated

DAY = "2021-02-26"


def told(note, *kinds):
    """The amounts of these kinds, each with its day."""
    return [
        (said.kind, None if said.shares is None else int(said.shares), str(said.effective_from))
        for said in stated(note)
        if said.kind in kinds
    ]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        (
            "On February 26, 2021, 340 shares were withheld by the company for taxes.",
            "withheld-note",
        ),
        ("The issuer withheld 340 shares on February 26, 2021 to cover the tax.", "withheld-note"),
        ("Net of the withholding of 340 shares on February 26, 2021.", "withheld-note"),
        (
            "Reflects 340 shares withheld to pay tax upon the vesting of stock on February 26, 2021.",
            "withheld-note",
        ),
        (
            "340 shares were tendered on February 26, 2021 in payment of the exercise price.",
            "withheld-note",
        ),
        ("The company bought back 340 unvested shares on February 26, 2021.", "forfeiture"),
        (
            "Reflects the cancellation on February 26, 2021, for no consideration, of options for 340 shares.",
            "forfeiture",
        ),
        ("On February 26, 2021, 340 restricted shares were cancelled by the issuer.", "forfeiture"),
        (
            "Reflects the forfeiture on February 26, 2021 of 340 shares awarded in 2019.",
            "forfeiture",
        ),
        ("340 performance units lapsed on February 26, 2021.", "forfeiture"),
        ("Reflects the cancellation on February 26, 2021 of 340 restricted shares.", "forfeiture"),
        (
            "Reflects the repurchase by the company, on February 26, 2021, of 340 unvested shares.",
            "forfeiture",
        ),
        ("340 options lapsed on February 26, 2021, ninety days after he left.", "forfeiture"),
        (
            "On February 26, 2021, options for 340 shares at $12.50 per share expired without having been exercised.",
            "forfeiture",
        ),
        (
            "On February 26, 2021, 340 options were cancelled in exchange for a payment in cash.",
            "forfeiture",
        ),
        ("340 stock appreciation rights lapsed without value on February 26, 2021.", "forfeiture"),
        (
            "The warrant for 340 shares was cancelled unexercised on February 26, 2021.",
            "forfeiture",
        ),
        ("340 shares went back to the issuer on February 26, 2021.", "forfeiture"),
        (
            "On February 26, 2021, the company cancelled 340 of the reporting person's unvested shares.",
            "forfeiture",
        ),
        ("On February 26, 2021, 340 units did not vest.", "forfeiture"),
        ("The reporting person relinquished 340 units on February 26, 2021.", "forfeiture"),
        ("340 shares were clawed back on February 26, 2021.", "forfeiture"),
        (
            "340 shares were delivered under a forward contract on February 26, 2021.",
            "disposal-note",
        ),
        ("On February 26, 2021 the owner lent 340 shares to an affiliate.", "disposal-note"),
        (
            "On February 26, 2021, 340 unvested shares were forfeited and are no longer included in the total.",
            "forfeiture",
        ),
        (
            "The total no longer includes 340 shares that were cancelled by the issuer on February 26, 2021.",
            "forfeiture",
        ),
        (
            "340 shares were withheld for taxes on February 26, 2021 and are no longer included above.",
            "withheld-note",
        ),
        (
            "Reflects a decrease of 340 shares owing to the forfeiture of stock on February 26, 2021.",
            "forfeiture",
        ),
        ("On February 26, 2021, 340 shares were recouped by the issuer.", "forfeiture"),
        ("340 shares were recovered by the company on February 26, 2021.", "forfeiture"),
        ("340 shares escheated to the state on February 26, 2021.", "disposal-note"),
    ],
)
def test_a_loss_has_its_amount_its_day_and_its_name(note, kind):
    assert told(note, "withheld-note", "forfeiture", "disposal-note") == [(kind, 340, DAY)]
    assert [said.direction for said in stated(note) if said.kind == kind] == ["disposed"]


@pytest.mark.parametrize(
    "note",
    [
        "Unless earlier forfeited, 340 of the units vest on February 26, 2021.",
        "The number of units, 340, is subject to reduction upon forfeiture before February 26, 2021.",
        "The total no longer includes 340 shares held by a son who left the household.",
        "340 units will be cancelled if the goal is not met.",
        "The restrictions on 340 shares lapsed on February 26, 2021.",
        "340 shares vested on February 26, 2021.",
        "The 340 units may be repurchased by the issuer at cost until February 26, 2021.",
        "Shares withheld to pay tax upon the settlement of 340 units.",
        "The units are generally distributed upon termination of service.",
        "340 units were redeemed for shares of common stock on February 26, 2021.",
        "The purchase of 340 shares reported on February 26, 2021 was cancelled before it settled.",
        "The 340 options expire on February 26, 2031.",
        "None of the 340 options expired unexercised.",
        "The 340 options will terminate unexercised unless she exercises them by February 26, 2021.",
        "Had the 340 options expired unexercised, nothing would have been issued.",
        "An option for 340 shares was exercised before it expired on February 26, 2021.",
        "340 options that would otherwise have expired on February 26, 2021 were exercised.",
        "The underwriters' option to purchase 340 shares expired on February 26, 2021.",
        "The options of other officers on 340 shares expired on February 26, 2021.",
        "The transfer restrictions on the 340 options terminated on February 26, 2021.",
    ],
)
def test_a_condition_a_vesting_and_what_may_come_lose_nothing(note):
    lost = told(note, "withheld-note", "forfeiture", "disposal-note", "distribution")

    assert [amount for _, amount, _ in lost if amount] == []
    assert "distribution" not in {kind for kind, _, _ in lost}


@pytest.mark.parametrize(
    "note",
    [
        "On February 26, 2021 she came into 340 shares under the will of her aunt.",
        "Includes 340 shares inherited on February 26, 2021.",
        "Includes 340 shares bequeathed to the Reporting Person, received February 26, 2021.",
        "The total has 340 shares in it that came to her by bequest on February 26, 2021.",
        "Includes 340 shares that the Reporting Person received as a legacy on February 26, 2021.",
        "Includes 340 shares that devolved on the Reporting Person on February 26, 2021.",
    ],
)
def test_shares_inherited_came_in_on_their_day(note):
    assert told(note, "gift-note") == [("gift-note", 340, DAY)]
    assert {said.direction for said in stated(note)} == {"acquired"}


@pytest.mark.parametrize(
    "note",
    [
        "Includes 340 shares granted as a legacy award.",
        "Includes 340 shares held by a foundation as a legacy of its founder.",
        "The 340 options pass to others by inheritance alone.",
    ],
)
def test_a_legacy_that_is_only_a_word_brings_nothing(note):
    assert told(note, "gift-note") == []


@pytest.mark.parametrize(
    "note",
    [
        "Inclusive of 340 shares obtained on February 26, 2021 under the issuer's 423 plan.",
        "Reflects 340 shares bought through payroll deductions on February 26, 2021.",
        "Reflects 340 shares bought in the employee purchase program on February 26, 2021.",
    ],
)
def test_an_employees_plan_is_known_by_its_other_names(note):
    assert told(note, "espp-purchase") == [("espp-purchase", 340, DAY)]


def test_shares_that_pass_to_a_former_wife_are_gone():
    note = "By the settlement 340 shares passed to his former wife on February 26, 2021."

    assert told(note, "court-transfer", "form-change") == [("court-transfer", 340, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "Options expired unless exercised; 300 shares were issued.",
        "The options lapsed if they were not exercised; 300 shares were bought.",
    ],
)
def test_options_that_lapse_unless_they_are_used_lose_no_shares(note):
    assert "forfeiture" not in kinds(note)


@pytest.mark.parametrize(
    "note",
    [
        "The company made a charitable contribution of 300 shares.",
        "A donation of 300 shares by the Issuer to a school.",
        "The reporting person's brother donated 300 shares to a college.",
    ],
)
def test_a_gift_of_somebody_else_is_not_the_owner_s(note):
    assert "gift-note" not in kinds(note)


@pytest.mark.parametrize(
    "note",
    [
        "She made a charitable contribution of 300 shares to the company's foundation.",
        "The spouse donated 300 shares to a college.",
        "She received a gift of 300 shares from her father.",
        "Her father donated 300 shares to the reporting person.",
    ],
)
def test_a_gift_of_the_owner_or_to_the_owner_is_one(note):
    assert kinds(note) == ["gift-note"]


@pytest.mark.parametrize(
    "note",
    [
        "Shares withheld for taxes on the lapse of restrictions as to 1,000 shares of restricted stock.",
        "Shares were withheld upon the lapsing of restrictions with respect to 1,000 shares.",
        "Withheld for taxes due on 1,000 shares that vested on May 3, 2021.",
    ],
)
def test_the_number_of_what_was_taxed_is_not_what_was_withheld(note):
    assert 1000 not in [said.shares for said in stated(note) if said.kind == "withheld-note"]
