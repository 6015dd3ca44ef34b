"""Holdings whose columns single blanks alone divide, their I and their marks misread."""

import pytest

from tests.ledger.readers.scan.test_reader import row


@pytest.mark.parametrize(
    ("printed", "total"),
    [
        ("3,472, 220!*) I See Footnote", 3_472_220),
        ('7,818,526") I See Footnote', 7_818_526),
        ("268, 840°) I See Footnote", 268_840),
        ("3,472,220 x See Footnote", 3_472_220),
        ("3,472, 220 I see Footnote", 3_472_220),
    ],
)
def test_a_total_stands_before_what_is_left_of_its_mark_and_of_the_letter(printed, total):
    found = row(f"Class A Common Stock {printed}")

    assert (found.security, found.shares_after) == ("Class A Common Stock", total)
    assert found.nature.lower() == "see footnote"


def test_a_figure_and_a_letter_within_a_name_are_no_total():
    found = row("Common Stock 3,472,220 I By Fund 2,400 A Trust")

    assert (found.shares_after, found.nature) == (3_472_220, "By Fund 2,400 A Trust")
