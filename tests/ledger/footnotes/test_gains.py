"""Shares that came in a change of companies, out of escrow or for a debt, as only a note tells."""

import pytest

from tests.ledger.footnotes.notes import stated


def told(note):
    """The amounts that came, each with its day."""
    return [
        (int(said.shares), str(said.effective_from))
        for said in stated(note)
        if said.kind == "acquisition-note"
    ]


@pytest.mark.parametrize(
    "note",
    [
        "On June 7, 2019, he received 860 shares of the Issuer in the merger of Alder Bank into it.",
        "Includes 860 shares received as merger consideration on June 7, 2019.",
        "Includes 860 shares acquired on June 7, 2019 in connection with the merger of Alder with and into the issuer.",
        (
            "Under the merger agreement dated March 2, 2019, on June 7, 2019 the reporting person received 860 shares of the Issuer"
            " in exchange for 1,720 shares of Alder Bancorp."
        ),
        (
            "On June 7, 2019, 1,720 shares of Alder that the reporting person held were converted into 860 shares of the Issuer in"
            " the merger."
        ),
        "860 of these shares were received on June 7, 2019 in the spin-off of the Issuer from Elm Corp.",
        "The total includes 860 shares distributed on June 7, 2019 to her in the spin-off by Elm Corp of the Issuer.",
        "Reflects 860 shares issued on June 7, 2019 upon the closing of the business combination.",
        "Includes 860 shares purchased in the Issuer's rights offering, which closed on June 7, 2019.",
        "On June 7, 2019, 860 shares were released to the reporting person from escrow.",
        "On June 7, 2019 the reporting person received 860 shares in repayment of a loan to the company.",
        "Includes 860 shares received on June 7, 2019 in lieu of cash directors' fees.",
        "The undersigned accepted 860 shares on June 7, 2019 for fees that the issuer owed.",
        "On June 7, 2019, 860 shares were issued to the reporting person against $9,100 of salary owed to her.",
        "On June 7, 2019 he took 860 shares instead of part of a loan due from the company.",
        "On June 7, 2019, in connection with the reorganization of the bank, the reporting person received 860 shares.",
        "As a result of the split-off completed on June 7, 2019 the reporting person's holdings increased by 860 shares.",
        "The increase of 860 shares results from the merger of Alder into the Issuer on June 7, 2019.",
        "On June 7, 2019 the reporting person was issued 860 earn-out shares.",
        "On June 7, 2019, in the merger, 1,720 shares of Alder held by her were converted into 860 shares of the Issuer.",
        "On June 7, 2019 she received 860 shares in exchange for 500 shares and 300 notes of Alder in its merger.",
    ],
)
def test_shares_that_came_are_told_with_their_day(note):
    assert told(note) == [(860, "2019-06-07")]


@pytest.mark.parametrize(
    "note",
    [
        "Upon completion of the merger the reporting person will receive 860 shares.",
        "The reporting person is entitled to 860 shares in the merger if it closes.",
        "If the milestones are met, 860 earn-out shares may be issued.",
        "The stockholders of Alder received 860,000 shares in the merger.",
        "Disposed of in the merger in exchange for 860 shares of Acquirer Inc. worth $30 per share.",
        "Received in exchange for 860 shares of Class B Common Stock, one for one.",
        "In connection with the merger the Issuer assumed options to purchase 860 shares.",
        "The reporting person received 860 restricted stock units in lieu of a cash retainer.",
        "Under the separation agreement the reporting person forfeited 860 shares.",
        "Includes 860 shares held in escrow under the merger agreement.",
        "Represents 860 shares received in connection with the business combination.",
        "Includes 860 shares held by him directly, received on the board of a company that the issuer acquired by a merger.",
        "The sale of 860 shares was made in connection with the exchange offer.",
        "On June 7, 2019 the lender took 860 shares for a debt that the reporting person owed.",
        "The director may take 860 shares for fees that the company owes.",
        "On June 7, 2019, 860 shares were delivered to a bank against a debt that he owed to it.",
        "Shares received in the merger and previously reported: 860 shares.",
        "In the merger, 1,720 shares of Alder will be converted into 860 shares of the Issuer.",
        "In the merger the outstanding shares of Alder were converted into 860,000 shares of the Issuer.",
        "She received options for 860 shares in exchange for options of Alder in the merger.",
        "Received in exchange for 430 Class A Shares and 860 Class B Shares of Alder in the merger.",
    ],
)
def test_what_is_to_come_was_given_or_is_another_s_is_no_gain(note):
    assert told(note) == []


@pytest.mark.parametrize(
    "note",
    [
        "Includes 640 shares issued upon the conversion of a promissory note on May 16, 2022.",
        "On May 16, 2022 the trust received 640 shares on conversion of its 6% convertible notes.",
        "640 shares were issued on May 16, 2022 by conversion of a bridge loan of $20,000.",
        "On completion of the merger on May 16, 2022, 1,280 shares of Linden Corp. were converted into 640 shares of the issuer.",
    ],
)
def test_a_note_that_is_converted_brings_shares(note):
    told = [s for s in stated(note) if s.kind == "acquisition-note"]

    assert [(s.shares, s.direction, str(s.effective_from)) for s in told] == [
        (640, "acquired", "2022-05-16")
    ]


@pytest.mark.parametrize(
    "note",
    [
        "The convertible notes may be converted into 640 shares.",
        "Excludes 640 shares issuable upon conversion of notes.",
        "640 shares will be issued upon conversion of the note on May 16, 2022.",
    ],
)
def test_a_note_that_may_be_converted_brings_none(note):
    assert "acquisition-note" not in [s.kind for s in stated(note)]


def test_carried_interest_is_a_distribution_to_who_received_it():
    (said,) = stated("Includes 640 shares received by the reporting person as carried interest.")

    assert (said.kind, said.shares, said.direction) == ("distribution", 640, "acquired")
