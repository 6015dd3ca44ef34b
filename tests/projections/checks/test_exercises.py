"""What an exercise gives and takes may differ by just what its notes reckon out."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, granted, kinds, note, units, vested


def above_target(shares):
    return note(f"{shares} shares earned above the target.", "composition", shares)


def equivalents(shares):
    return note(f"{shares} dividend equivalents.", "dividend-reinvestment", shares)


def rounded_off(shares):
    return note(f"Net of a rounding of {shares}.", "composition", shares, direction="disposed")


@pytest.mark.parametrize(
    ("got", "notes", "told"),
    [
        (1_290, [above_target(200), equivalents(90)], []),
        (1_200, [above_target(200), equivalents(90)], []),
        (1_089, [equivalents(90), rounded_off(1)], []),
        (1_320, [above_target(200), equivalents(90)], ["EXERCISE_QUANTITY_MISMATCH"]),
        (1_290, [], ["EXERCISE_QUANTITY_MISMATCH"]),
    ],
)
def test_a_difference_that_the_notes_reckon_out_is_no_mismatch(got, notes, told):
    filings = [
        filing(units("A", 1_000, 1_000), on="2022-03-01"),
        filing(granted(400, 400), on="2022-03-02"),
        filing(
            vested(got, 400 + got, notes=notes, cites="shares"),
            units("M", 1_000, 0),
            on="2024-03-01",
        ),
    ]

    assert kinds(reconcile_filings(filings)) == told
