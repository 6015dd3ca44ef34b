"""A class that became another, as a note tells: what came of it, to the share and what is left."""

from decimal import Decimal

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, filing, held, sold, the

OLD, NEW = "Class B Common Stock", "Class A Common Stock"


@pytest.mark.parametrize(
    ("ratio", "came", "told"),
    [
        ("one share", 9_601, "became this class"),
        ("1.5 shares", 14_401, "became this class at 1.5 for each, 0.5 of a share left out"),
        ("two shares", 19_202, "became this class at 2 for each"),
    ],
)
def test_the_fraction_that_a_ratio_leaves_is_told_and_not_held(ratio, came, told):
    words = Note(f"Each share of {OLD} was reclassified as {ratio} of {NEW}.", ())
    answer = reconcile_filings(
        [
            filing(
                held(350, security=NEW),
                held(9_601, security=OLD),
                on="2020-02-03",
                form="3",
            ),
            filing(
                sold(401, came - 51, security=NEW, notes=words),
                on="2021-06-07",
            ),
        ]
    )

    explanation = the(answer, "BALANCE_BREAK_EXPLAINED").explanation

    assert explanation is not None
    assert [term.shares for term in explanation.terms] == [Decimal(came)]
    assert explanation.terms[0].text.endswith(told)
