"""Shares that went in offers and mergers, to lenders, by mistake or in payment, as only a note tells."""

import pytest

from tests.ledger.footnotes.notes import stated

DAY = "2022-10-19"


def moved(note, *kinds):
    """The amounts that moved, each with its way and its day."""
    return [
        (said.kind, said.direction, int(said.shares), str(said.effective_from))
        for said in stated(note)
        if said.kind in kinds and said.shares is not None
    ]


def gone(note):
    return moved(note, "disposal-note", "forfeiture", "withheld-note", "gift-note", "form-change")


@pytest.mark.parametrize(
    "note",
    [
        "The owner gave up 275 shares in the exchange offer that closed on October 19, 2022.",
        "275 shares were tendered in the tender offer of the Issuer on October 19, 2022.",
        "On October 19, 2022 the Issuer accepted for purchase 275 shares that she had tendered in its tender offer.",
        "Decreased by 275 shares surrendered in the merger of the Issuer into Linden Corp. on October 19, 2022.",
        "On October 19, 2022, when the merger took effect, 275 shares were cancelled and converted into the right to receive cash.",
        "275 shares were exchanged for cash at the closing of the merger on October 19, 2022.",
        "On October 19, 2022, in the split-off, he exchanged 275 shares of the Issuer for shares of Tamarack Inc.",
        "The total no longer has 275 shares disposed of upon the liquidation of the company on October 19, 2022.",
        "275 shares were taken up under the takeover bid on October 19, 2022.",
        "275 shares were called away on October 19, 2022.",
        "On October 19, 2022 the Issuer bought 275 shares from the reporting person.",
        "The lender foreclosed on 275 pledged shares on October 19, 2022.",
        "After a default 275 shares were taken on October 19, 2022 by his bank.",
        "The creditor took possession of 275 shares on October 19, 2022.",
        "On October 19, 2022 275 shares were sold by the broker to meet a margin call.",
        "275 shares were liquidated in a forced sale on October 19, 2022.",
        "On October 19, 2022 her broker sold 275 shares in error.",
        "275 shares were sold by mistake by the reporting person's broker on October 19, 2022.",
        "Without the knowledge of the owner, a custodian sold 275 shares on October 19, 2022.",
        "The fund paid 275 shares on October 19, 2022 to its manager as payment of a management fee.",
        "275 shares were used on October 19, 2022 to repay a loan.",
        "He delivered 275 shares on October 19, 2022 in full satisfaction of a promissory note.",
        "275 shares were conveyed on October 19, 2022 to an unrelated party.",
    ],
)
def test_shares_that_went_otherwise_are_told_with_their_day(note):
    assert gone(note) == [("disposal-note", "disposed", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "The holder has agreed to tender 275 shares in the offer.",
        "She did not tender the 275 shares in the exchange offer.",
        "The 275 shares that she tendered in the offer were returned when it was withdrawn.",
        "The offer was oversubscribed and prorated; 275 of the tendered shares were returned to the reporting person.",
        "Shareholders tendered 275,000 shares in the exchange offer.",
        "In the merger he surrendered 275 shares of Linden Corp. for 550 shares of the Issuer.",
        "In the merger she received 275 shares.",
        "In the merger options on 275 shares were exchanged for new options.",
        "275 shares are pledged as collateral for a loan.",
        "Upon a default the lender may foreclose on the 275 shares.",
        "She gave 275 shares to a bank as collateral.",
        "The bank levied on a house and not on the 275 shares.",
        "275 shares were reported as sold in error.",
        "275 shares were omitted from the sale because the broker could not fill the order.",
        "The company delivered 275 shares to a supplier who had made a loan.",
        "The options on 275 shares expired on October 19, 2022 if not exercised.",
        "275 shares were bought back by the reporting person on October 19, 2022.",
        "275 shares are used to secure his obligations.",
    ],
)
def test_what_was_not_done_came_back_or_is_another_s_is_no_loss(note):
    lost = [one for one in gone(note) if one[1] != "acquired"]

    assert lost == []
    assert "report-correction" not in {said.kind for said in stated(note) if said.shares}


@pytest.mark.parametrize(
    "note",
    [
        "275 shares lent to a fund were returned to the reporting person on October 19, 2022.",
        "On October 19, 2022, 275 shares that the owner had lent were given back.",
        "Includes 275 shares returned on October 19, 2022 that she had lent to a cousin.",
        "Reflects the return on October 19, 2022 of 275 shares loaned to a broker.",
    ],
)
def test_shares_lent_that_came_back_came_in(note):
    assert moved(note, "disposal-note", "acquisition-note") == [
        ("acquisition-note", "acquired", 275, DAY)
    ]


def test_what_was_borrowed_does_not_come_in_when_it_goes_back():
    note = "On October 19, 2022 he returned 275 shares that he had borrowed."

    assert [direction for _, direction, *_ in gone(note)] == ["disposed"]


@pytest.mark.parametrize(
    ("note", "giver"),
    [
        (
            "On October 19, 2022 the estate distributed 275 shares to the reporting person.",
            "estate",
        ),
        ("On October 19, 2022, Rowan Fund, L.P. distributed 275 shares to him.", "Rowan Fund, L.P"),
        ("The trust distributed 275 shares to her as a beneficiary on October 19, 2022.", "trust"),
        ("The executor distributed 275 shares to the undersigned on October 19, 2022.", None),
    ],
)
def test_what_was_distributed_to_the_owner_came_from_its_giver(note, giver):
    [said] = [said for said in stated(note) if said.kind == "distribution"]

    assert (said.direction, int(said.shares)) == ("acquired", 275)
    assert str(said.effective_from) == DAY
    assert giver is None or said.counterpart.endswith(giver)


@pytest.mark.parametrize(
    "note",
    [
        "The estate distributed 275 shares to the heirs on October 19, 2022.",
        "On October 19, 2022 the fund distributed 275 shares to its partners.",
        "The trust distributed 275 shares to the reporting person's children on October 19, 2022.",
    ],
)
def test_what_was_distributed_to_others_went(note):
    assert moved(note, "distribution") == [("distribution", "disposed", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "275 shares passed to the reporting person under the will of her mother on October 19, 2022.",
        "275 shares were received on October 19, 2022 under the will of an aunt.",
        "On the death of his father on October 19, 2022 the reporting person received 275 shares.",
        "She acquired 275 shares by intestate succession on October 19, 2022.",
        "275 shares became his by right of survivorship on October 19, 2022.",
        "The increase of 275 shares is due to an inheritance on October 19, 2022.",
    ],
)
def test_shares_that_came_by_a_death_are_gains_from_outside(note):
    assert moved(note, "gift-note", "form-change") == [("gift-note", "acquired", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "The reporting person's brother inherited 275 shares on October 19, 2022.",
        "Under the will of her mother she is a beneficiary of a trust, which holds 275 shares.",
        "A charity to which she gave in 2022 owns 275 shares.",
    ],
)
def test_what_others_inherit_or_hold_brings_nothing(note):
    assert moved(note, "gift-note", "form-change", "distribution") == []


@pytest.mark.parametrize(
    "note",
    [
        "275 shares were awarded to the former wife of the reporting person on October 19, 2022.",
        "275 shares were awarded to his ex-wife under a divorce decree on October 19, 2022.",
        "Under a domestic relations order 275 shares were assigned to a former spouse on October 19, 2022.",
    ],
)
def test_what_a_court_gives_a_former_spouse_has_its_day(note):
    assert moved(note, "court-transfer") == [("court-transfer", "disposed", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "The reporting person retained 275 shares under the divorce decree.",
        "The divorce decree leaves 275 shares with her.",
        "The trust agreement provides that 275 shares are distributed to the reporting person in ten years.",
        "The decedent inherited 275 shares.",
        "The bank returned the certificate for 275 shares to the reporting person.",
        "A bank foreclosed on a plant in 2022; she owns 275 shares.",
    ],
)
def test_what_is_kept_provided_for_or_of_others_moves_nothing(note):
    kinds = ("court-transfer", "distribution", "gift-note", "forfeiture", "disposal-note")

    assert moved(note, *kinds) == []


def test_the_age_that_somebody_reached_is_no_amount():
    note = "The trust distributed 275 shares to him on October 19, 2022, when he reached 25."

    assert moved(note, "distribution") == [("distribution", "acquired", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "After the foreclosure the owner holds 275 shares.",
        "Following the disposition of shares in the tender offer she owns 275 shares.",
        "After others were surrendered in the merger, 275 shares are held directly.",
        "He bought 275 shares that a lender had foreclosed on.",
        "Includes 275 shares purchased with a loan from a bank, used to repay another loan.",
        "The trust, which received its shares by inheritance, holds 275 shares.",
        "In 2022 no shares were distributed to him; the plan holds 275 shares.",
    ],
)
def test_what_is_held_or_bought_beside_a_loss_did_not_go(note):
    kinds = ("distribution", "gift-note", "forfeiture", "disposal-note", "form-change")

    assert moved(note, *kinds) == []


def test_a_partner_who_was_distributed_shares_got_them():
    note = "On October 19, 2022 the reporting person was distributed 275 shares by a partnership."

    assert moved(note, "distribution") == [("distribution", "acquired", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "On October 19, 2022, 275 shares were paid in kind to the fund's manager as its management fee.",
        "A fee of 275 shares was paid to the placement agent on October 19, 2022.",
        "275 OP Units were redeemed for cash on October 19, 2022.",
        "275 shares of a dormant account were abandoned on October 19, 2022.",
        "On October 19, 2022 the owner abandoned 275 shares.",
    ],
)
def test_fees_redemptions_and_what_was_abandoned_went(note):
    assert gone(note) == [("disposal-note", "disposed", 275, DAY)]


@pytest.mark.parametrize(
    "note",
    [
        "A fee of 275 shares was paid to the reporting person on October 19, 2022.",
        "A fee of 275 shares was paid by the Issuer to its placement agent on October 19, 2022.",
        "The sale of 275 shares was abandoned on October 19, 2022.",
        "The plan to sell 275 shares was abandoned on October 19, 2022.",
        "OP Units are redeemable for cash; she owns 275 OP Units.",
    ],
)
def test_fees_that_others_pay_and_abandoned_plans_take_nothing(note):
    assert gone(note) == []


def test_what_came_back_to_the_issuer_had_been_in_escrow_before():
    note = "Gives effect to the return to the issuer on October 19, 2022 of 275 shares that had been deposited in escrow under the merger agreement."

    assert gone(note) == [("forfeiture", "disposed", 275, DAY)]


def test_what_a_lender_of_an_estate_gives_back_is_no_distribution():
    told = stated("Includes 275 shares received from the estate's lender upon release of a pledge.")

    assert [said.kind for said in told] == ["composition"]
