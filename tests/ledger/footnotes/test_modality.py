"""What was denied, supposed, announced or called off moves nothing, whatever its words name."""

import pytest

from ledger.statements import SENSES
from tests.ledger.footnotes.notes import stated

HAPPENED = [
    "The Company withheld 615 shares on May 4, 2022 to meet the tax.",
    "615 shares were withheld for taxes; the other 885 shares were not sold.",
    "The Reporting Person elected to have 615 shares withheld for taxes.",
    "She was required to surrender 615 shares to the Company in payment of the exercise price.",
    "He had to forfeit his bonus, and 615 unvested shares were forfeited on May 4, 2022.",
    "615 restricted shares, which had not vested, were forfeited to the Issuer.",
    "The 615 units that could not be settled in cash were cancelled by the Issuer on May 4, 2022.",
    "The goal was not met and 615 performance shares were therefore cancelled.",
    "615 of the performance units did not vest.",
    "No consideration was paid, and the Reporting Person transferred 615 shares to a family trust.",
    "Without receiving anything in return he donated 615 shares to a university.",
    "On May 4, 2022 the Reporting Person gave 615 shares to her son, who may not sell them for a year.",
    "A gift of 615 shares to a charity was completed on May 4, 2022.",
    "Includes a gift of 615 shares made by his mother, which will be reported on Form 5.",
    "The 615 shares transferred to the trust on May 4, 2022 may not be sold until 2024.",
    "For no consideration, 615 shares were distributed by the partnership to the Reporting Person.",
    "The trustee, who had been asked to do so, transferred 615 shares to a family trust.",
    "Reflects 615 shares purchased under the ESPP that may not be sold before 2023.",
    "The Reporting Person used payroll deductions to purchase 615 shares under the ESPP.",
    "Includes 615 shares acquired under the employee stock purchase plan and not previously reported.",
    "615 shares were credited through dividend reinvestment and would otherwise have been paid in cash.",
    "Pursuant to an agreement for the transfer of 615 shares, he transferred 615 shares to his brother.",
    "A court ordered him to transfer 615 shares to his former wife, which he did on May 4, 2022.",
    "615 shares were transferred to his former wife under a domestic relations order on May 4, 2022.",
    "The Company repurchased 615 unvested shares when he did not meet the service condition.",
    "Because the shares had not been registered, 615 shares were returned to the Issuer.",
    "Of the shares that were to vest, 615 shares were withheld for taxes.",
    "615 shares were not only withheld but also cancelled by the Issuer.",
    "Not earlier than May 4, 2022, 615 shares were transferred to a trust.",
    "615 shares were lent to a bank on May 4, 2022 and must be given back within a year.",
    "The partnership distributed 615 shares to its partners, none of whom paid for them.",
    "She conveyed 615 shares to a trust of which she is not a trustee.",
    "615 shares escheated to the state because he could not be found.",
    "Reflects a change in form of ownership of 615 shares for no payment in transfers under Rule 16a-13.",
    "On May 4, 2022 the fund effected a pro rata in-kind distribution, for no consideration, of 615 shares to its partners.",
    "On May 4, 2022 the fund completed its planned pro rata in-kind distribution of 615 shares to its partners.",
    "The general partner caused a distribution of 615 shares to its partners to be made on May 4, 2022.",
]

CAME_TO_NOTHING = [
    "The Reporting Person intends to make a charitable contribution of 615 shares in June 2022.",
    "He agreed to make a gift of 615 shares to his brother.",
    "The partnership expects to make a distribution of 615 shares to its partners.",
    "The Reporting Person had reported a cancelled transfer of 615 shares to his brother.",
    "Had the plan allowed it, 615 shares would have been withheld for taxes.",
    "If he had left before May 4, 2022, 615 shares would have been forfeited.",
    "615 shares could have been surrendered to pay the exercise price but were kept.",
    "None of the 615 shares that vested in 2021 was withheld for taxes.",
    "No shares were forfeited, although 615 shares were at risk.",
    "Not one of the 615 units was cancelled by the Issuer.",
    "Neither the 615 shares nor the options were transferred to the trust.",
    "The Issuer withheld none of the 615 shares, since the taxes were paid in cash.",
    "The Reporting Person never transferred the 615 shares to his brother.",
    "The 615 shares have not been distributed to the partners.",
    "The 615 shares have not yet been transferred to the trust.",
    "The Company declined to repurchase the 615 shares.",
    "The trustee refused to transfer 615 shares to the beneficiary.",
    "He elected not to have 615 shares withheld for taxes.",
    "She paid the tax in cash instead of surrendering 615 shares to the Company for the tax.",
    "Rather than forfeited, the 615 shares were left to run on.",
    "The Reporting Person will donate 615 shares to a foundation in 2023.",
    "The Reporting Person intends to transfer 615 shares to a trust.",
    "He has agreed to transfer 615 shares to his former wife by May 4, 2023.",
    "615 shares are to be delivered under the forward contract in 2024.",
    "The Company may repurchase 615 of the shares until May 4, 2024.",
    "The Company is entitled to have 615 shares returned to the Company.",
    "She plans to contribute 615 shares to an exchange fund.",
    "A planned gift of 615 shares to his daughter has been postponed.",
    "The intended transfer of 615 shares to a trust did not take place.",
    "A donation of 615 shares to a museum was announced and later withdrawn.",
    "The transfer of 615 shares to her sister was rescinded before it was recorded.",
    "On May 4, 2022 he gave 615 shares to his nephew. The gift was reversed the next day.",
    "615 shares were transferred to a trust, but the transfer was never completed.",
    "It was proposed that 615 shares be distributed to the partners.",
    "Any distribution of 615 shares by the fund requires the consent of its partners.",
    "The number does not reflect the 615 shares that will be withheld for taxes.",
    "It is expected that 615 shares will be purchased under the ESPP on June 30, 2023.",
    "The Reporting Person did not purchase the 615 shares offered to her under the ESPP.",
    "An order to transfer 615 shares to his former wife is pending in court.",
    "The agreement to transfer 615 shares to the fund was abandoned.",
    "Unless he remains employed, 615 shares will be forfeited.",
    "Should the merger fail, 615 units are forfeited to the Issuer.",
    "The fund intends to effect a pro rata in-kind distribution, for no consideration, of 615 shares to its partners.",
    "The fund plans to conduct a pro rata distribution of 615 shares to its partners.",
    "The trustee is considering making a distribution of 615 shares to the beneficiaries.",
    "The fund has announced an in-kind distribution of 615 shares to its partners, to be effected in June 2022.",
]


def movements(note):
    """The shares that a note says moved."""
    return {s.shares for s in stated(note) if SENSES[s.kind].moves and s.shares}


@pytest.mark.parametrize("note", HAPPENED)
def test_what_happened_is_read_whatever_else_the_sentence_denies(note):
    assert movements(note) == {615}


@pytest.mark.parametrize("note", CAME_TO_NOTHING)
def test_what_did_not_happen_moves_nothing(note):
    assert movements(note) == set()


@pytest.mark.parametrize("note", CAME_TO_NOTHING)
def test_nor_does_it_without_its_number(note):
    told = stated(
        note.replace("the 615 ", "the ").replace("615 of the ", "the ").replace("615 ", "")
    )

    assert {s.kind for s in told if SENSES[s.kind].moves} == set()
