"""Corrections of an earlier report: by how much, which way, several in one note."""

import pytest

from tests.ledger.footnotes.notes import stated


def corrected(note):
    """The corrections a note states: shares with the sign of the position that feels them."""
    return [
        None
        if said.shares is None
        else int(said.shares) * (1 if said.direction == "acquired" else -1)
        for said in stated(note)
        if said.kind == "report-correction"
    ]


@pytest.mark.parametrize(
    ("note", "by"),
    [
        ("The last total was too high by 75 shares because of a clerical error.", [-75]),
        ("The last report's total was too low by 75 owing to a miscount.", [75]),
        ("The report of May 4 should have shown 8,400 shares instead of 8,475.", [-75]),
        ("The prior form gave 8,475 shares as held directly, when 8,400 were.", [-75]),
        (
            "The prior form listed 900 shares as direct, when 640 were direct and 260 by a trust.",
            [-260],
        ),
        ("Earlier reports included 75 shares that the reporting person never owned.", [-75]),
        (
            "The form gave, by an oversight, 8,475 shares as owned. The correct number was 8,400.",
            [-75],
        ),
        ("The last total was overstated by 75 shares and left out 30 shares of a gift.", [-75, 30]),
        (
            "The last total was too low by 75 in error; it also failed to include 30 shares of a gift.",
            [75, 30],
        ),
        ("The total has been adjusted to agree with the records of the transfer agent.", [None]),
        ("Revised to conform to the issuer's share register.", [None]),
    ],
)
def test_a_correction_has_its_size_and_its_way(note, by):
    assert corrected(note) == by


@pytest.mark.parametrize(
    "note",
    [
        "She gave 75 shares to her daughter when the daughter married.",
        "The exercise price is adjusted to reflect dividends.",
        "Shares are acquired when dividends are reinvested.",
    ],
)
def test_neither_a_gift_nor_an_adjusted_price_corrects_a_report(note):
    assert corrected(note) == []


def test_a_total_that_was_reported_in_error_is_no_amount_by_which_it_was_wrong():
    note = "The last form inadvertently reported that 8,475 shares were owned following the sale."

    assert corrected(note) == [None]
