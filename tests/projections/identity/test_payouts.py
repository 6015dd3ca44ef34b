"""What notes say of an award's payout: the most that may be earned, and what was."""

from decimal import Decimal

import pytest

from projections.identity.payouts import Payout, payout_of


@pytest.mark.parametrize(
    ("note", "most"),
    [
        ("From 0% to 175% of the target number may be earned.", 175),
        ("The payout may range between zero and 150 percent of target.", 150),
        ("Between nil and 150% of the units may vest.", 150),
        ("The payout ranges from 50% (threshold) to 150% (maximum).", 150),
        ("Anything from 0x to 1.5x of the target may be earned.", 150),
        ("Shown at target; payout is capped at 250% of target.", 250),
        ("Up to 200% of the target award may vest, depending on performance.", 200),
        ("Earned units will not exceed 180% of target.", 180),
        (
            "Each PSU is the right to receive from zero to two shares, depending on performance.",
            200,
        ),
        ("The maximum payout is 225% of target.", 225),
        ("Shares earned depend on performance (threshold 50%, maximum 150%).", 150),
        ("The target number of units. They vest on March 1.", None),
        ("Up to 40% of the shares may be withheld for tax.", None),
    ],
)
def test_the_most_that_may_be_earned(note, most):
    assert payout_of(note).most == most


@pytest.mark.parametrize(
    ("note", "earned"),
    [
        ("The committee certified performance at 132% of target.", (132,)),
        ("Earned at 87.5% of the target.", (Decimal("87.5"),)),
        ("On February 3 the goals were achieved at the 140% level.", (140,)),
        ("Results led to a payout of 118% of the target, as determined by the committee.", (118,)),
        ("Achieved 120% for the earnings goal and 80% for the return goal.", (120, 80)),
        ("Up to 200% may be earned. It was determined that 60% of the target was earned.", (60,)),
        ("Between 0% and 200% of the target may be earned.", ()),
        ("If 90% of the performance goal is reached, 50% of the target will be earned.", ()),
        ("35% of the vested shares were withheld for tax.", ()),
    ],
)
def test_what_was_earned(note, earned):
    assert payout_of(note).earned == earned


@pytest.mark.parametrize(
    ("note", "units"),
    [
        ("A maximum of 4,500 shares may be earned for performance.", 4_500),
        ("Performance units; up to 900 units can be earned.", 900),
        ("Performance units. Up to 900 shares may be sold under the plan.", None),
    ],
)
def test_the_most_in_units(note, units):
    assert payout_of(note).units == units


def test_a_target_that_a_note_names_and_dividend_equivalents():
    said = payout_of(
        "Earned at 112% of the target of 3,200 units, together with dividend equivalents."
    )

    assert (said.earned, said.targets, said.equivalents) == ((112,), (3_200,), True)


def test_a_number_reported_at_the_most():
    assert payout_of("Represents the maximum number of performance shares.").at_most


def test_a_note_on_something_else_says_nothing():
    assert payout_of("Sold at prices from $10 to $12, 50% by his spouse.") == Payout()
