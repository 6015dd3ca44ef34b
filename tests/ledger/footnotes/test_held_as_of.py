"""Notes that give the number of shares that is held, and those whose number is of something else."""

import pytest

from ledger.footnotes.held_as_of import held_as_of


@pytest.mark.parametrize(
    "note",
    [
        "The reporting person holds 4,210 shares under the 401(k) plan as of May 31, 2024.",
        "As of May 31, 2024, the plan holds 4,210 shares for the reporting person.",
        "Based on a plan statement dated May 31, 2024, which shows 4,210 shares.",
        "Number of shares held in the ESOP account as of May 31, 2024: 4,210.",
        "As of May 31, 2024, the Birch Family Trust owned 4,210 shares. The reporting person is trustee.",
        "Balance of 4,210 shares at May 31, 2024, by the statement of the trustee.",
    ],
)
def test_a_number_of_what_is_held(note):
    held = held_as_of(note)

    assert held is not None
    assert (held.shares, held.least) == (4_210, False)


def test_a_part_is_the_least_that_is_held():
    held = held_as_of("Includes 4,210 shares held in the 401(k) plan as of May 31, 2024.")

    assert held is not None
    assert (held.shares, held.least) == (4_210, True)


@pytest.mark.parametrize(
    "note",
    [
        "Does not include 4,210 shares held by the reporting person's spouse.",
        "In addition, the reporting person holds 4,210 shares in the plan as of May 31, 2024.",
        "Holds 4,000 shares directly and 210 shares in a trust.",
        "4,210 shares of these holdings were acquired under the plan since January 2, 2024.",
        "Holds options to buy 4,210 shares.",
        "The statement of the plan shows 4,210 units of the stock fund.",
        "The account held $4,210 of shares as of May 31, 2024.",
        "The original report overstated the shares owned by 4,210 shares.",
        "Held in the 401(k) plan as of May 31, 2024.",
        "4,210 restricted shares are held until they vest.",
        "The reporting person reports one half of the 4,210 shares held by the company as of May 31, 2024.",
        "Reflects a decrease of 4,210 shares held by a client as of May 31, 2024.",
        "The balance as of May 31, 2024 was off by 4,210 shares.",
        "4,210 shares are held by the trust.",
    ],
)
def test_other_numbers_are_not(note):
    assert held_as_of(note) is None
