"""Holdings whose columns single blanks alone divide, their I and their marks misread."""

import pytest

from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.reader import read
from ledger.readers.scan.tokens import tokens_of
from tests.ledger.readers.scan.test_reader import row

INITIAL = """FORM 3
INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES
Table I - Non-Derivative Securities Beneficially Owned
Table II - Derivative Securities Beneficially Owned
1. Title of Derivative Security (Instr. 4) 2. Date Exercisable and Expiration Date
"""


def initial(line):
    text = f"{INITIAL}{line}\nExplanation of Responses:\n17. Converts at any time.\n"
    return read(text.encode(), source="scan.txt").filing.rows


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


@pytest.mark.parametrize(
    ("printed", "nature"),
    [
        ("a7) OD Class A Common Stock 7,818,526 Haak I See Footnote", "See Footnote"),
        ("i an Class A Common Stock 7,818,526 On I See Footnote", "See Footnote"),
        ("On 97) Class A Common Stock 7,818,526 a7y D", ""),
    ],
)
def test_what_is_left_of_a_mark_alone_in_its_cell_hides_no_figure_before_it(printed, nature):
    (found,) = initial(f"Class B Common Stock {printed}")

    assert (found.table, found.underlying_shares, found.nature) == ("II", 7_818_526, nature)
    assert found.ownership == ("indirect" if nature else "direct")


@pytest.mark.parametrize("printed", ["7,818,526 800 D", "7,818,526 $9.50 D", "7,818,526 (17) D"])
def test_a_figure_or_a_legible_mark_in_that_cell_is_kept(printed):
    tokens = [
        token
        for cell in lines_of(f"Class B Stock (17) (17) Class A Stock {printed}")[0].cells
        for token in tokens_of(cell, line=1, column=0)
    ]
    said = [token.text for token in tokens if token.kind in {"number", "letter"}]

    assert said[0] == "7,818,526"
    assert len(said) == (2 if "(17) D" in printed else 3)


def test_a_figure_and_a_letter_within_a_name_are_no_total():
    found = row("Common Stock 3,472,220 I By Fund 2,400 A Trust")

    assert (found.shares_after, found.nature) == (3_472_220, "By Fund 2,400 A Trust")
