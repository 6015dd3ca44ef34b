"""Units pay out what was earned of their target, and no more than their own notes allow."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, filing, kinds, the, units, vested

TARGET = "Performance units, shown at target."
RANGE = "Performance units, shown at target; from 0% to 150% of it may be earned."
PLAIN = "Each unit settles in one share."


def awarded(granted, note, *, on="2022-02-07"):
    row = units("A", granted, granted, notes=Note(note), title="Performance Stock Units")
    return filing(row, on=on)


def paid(shares, note, *, on="2022-11-07", before=3_000):
    row = units("M", shares, 0, notes=Note(note), title="Performance Stock Units")
    return filing(vested(shares, before + shares), row, on=on)


@pytest.mark.parametrize(
    ("grant", "payout", "shares"),
    [
        (RANGE, PLAIN, 1_200),
        (RANGE, PLAIN, 0 + 300),
        (TARGET, "Up to 180% of the target could be earned.", 1_440),
        (TARGET, "The committee certified performance at 137.5% of target.", 1_100),
        (TARGET, "Performance was certified at approximately 137% of target.", 1_099),
        (TARGET, "Earned at 120% of the 1,000 target units first approved.", 1_200),
        (RANGE, "Earned at 150% of target, with dividend equivalents accrued in shares.", 1_260),
        (TARGET, "Earned 150% for growth and 90% for returns, of the target.", 1_010),
        (TARGET, PLAIN, 1_600),
        ("Represents the maximum number of performance units.", "Earned at 150% of target.", 600),
    ],
)
def test_what_was_earned_within_what_the_notes_say_explains_the_end(grant, payout, shares):
    answer = reconcile_filings([awarded(800, grant), paid(shares, payout)])

    assert the(answer, "BALANCE_BREAK_EXPLAINED").explanation.code == "EXPL_PERFORMANCE_OUTCOME"
    assert kinds(answer) == []


@pytest.mark.parametrize(
    ("grant", "payout", "shares", "why"),
    [
        (RANGE, PLAIN, 1_400, "at most 150 % of the target may be earned"),
        (TARGET, "At most 125% of the target may be earned.", 1_100, "at most 125 %"),
        (TARGET, "Earned at 110% of target.", 1_080, "110 % of the target was earned"),
        (RANGE, "Certified at 60% of the target.", 420, "60 % of the target was earned"),
        (TARGET, "A maximum of 1,200 performance shares may be earned.", 1_250, "at most 1,200"),
        ("Represents the maximum number of performance units.", PLAIN, 900, "at the most"),
        (TARGET, PLAIN, 8_000, "as a rule"),
    ],
)
def test_what_the_notes_rule_out_is_explained_by_nothing(grant, payout, shares, why):
    answer = reconcile_filings([awarded(800, grant), paid(shares, payout)])

    assert "EXPL_PERFORMANCE_OUTCOME" not in {
        f.explanation.code for f in answer.findings if f.explanation
    }
    (found,) = [f for f in answer.findings if f.severity == "major"]
    assert found.row == "II.1"
    assert why in found.message


def test_what_another_award_earned_binds_this_one_no_more():
    first = awarded(800, TARGET)
    again = [
        paid(1_000, "Earned at 125% of target."),
        awarded(500, RANGE, on="2023-02-06"),
        paid(700, PLAIN, on="2023-11-06", before=4_000),
    ]

    assert kinds(reconcile_filings([first, *again])) == []
