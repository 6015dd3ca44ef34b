"""Which table rows stand in, where its heading lost letters or is not there at all."""

import pytest

from ledger.readers.scan.headings import table_by_wording, table_of
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.reader import read
from tests.ledger.readers.scan.test_reader import read as read_rows
from tests.ledger.readers.scan.test_reader import row

REST = " Securities Acquired, Disposed of, or Beneficially Owned"
I_COLUMNS = "1. Ttle of  2. Dte  2A. Deemd  3. Cde  4. Secu  5. Amnt  6. Ownrsh  7. Natre"
II_COLUMNS = "1. Ttle of  2. Pric  3. Dte  4. Cde  5. Numbr  6. Date  7. Ttle  8. Prce  9. Numb"


def line(text):
    (found,) = lines_of(text)
    return found


@pytest.mark.parametrize(
    ("printed", "table"),
    [
        ("Table  - on-Derivative", "I"),
        ("Table I - N-Derivacive", "I"),
        ("ble I - o-ierivative", "I"),
        ("Table II - Non-Derivatie", "I"),
        ("Table I - Derivative", "II"),
        ("Table  - Derivative", "II"),
        ("Tabre II - Denivative", "II"),
    ],
)
def test_what_is_left_of_a_heading_still_says_non_or_does_not(printed, table):
    assert table_of(line(printed + REST)) == table


@pytest.mark.parametrize(
    ("printed", "table"),
    [
        (I_COLUMNS, "I"),
        (II_COLUMNS, "II"),
        ("1. Ttle of  2. Dte  3. Cde  4. Secu  5. Amnt  6. Ownrsh", None),
        ("8. Prce  9. Numb", None),  # two numbers may be anything
    ],
)
def test_the_numbers_of_columns_tell_their_table(printed, table):
    assert table_by_wording(line(printed)) == table


def test_one_number_moves_no_table_from_right_below_its_own_heading():
    misread = line(I_COLUMNS.replace("2A.", "3A."))
    below = line(II_COLUMNS.replace("3. Dte", "3A. Dte"))

    assert table_by_wording(misread) == "II"
    assert table_by_wording(misread, headed=True) is None
    assert table_by_wording(below, headed=True) == "II"


def test_rows_stay_in_the_table_whose_heading_is_legible_where_a_number_below_it_was_misread():
    heads = "2. Dte   3A. Deemd   3. Cde   4. Secu   5. Amnt   6. Ownrsh   7. Natre\n"
    sold = "Common Stock   03/04/2004   Ss   400   D   $2.50   9,600   D"

    assert row(heads + sold).table == "I"


def test_a_table_whose_heading_is_lost_begins_with_a_number_of_its_own_below_rows():
    sold = "Common Stock   03/04/2004   Ss   400   D   $2.50   9,600   D\n"
    heads = "2. Prc   3. Dte   3A. Deemd   4. Cde   5. Numbr   6. Dte   7. Ttle\n"
    moved = "Option   $9.10   03/04/2004   M   400   03/04/2003   03/04/2013   Common Stock   400   $0   1,600   D"

    assert [one.table for one in read_rows(sold + heads + moved).rows] == ["I", "II"]


def test_letters_that_a_typeface_joins_are_letters():
    text = "FORM 4\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n"
    text += "1. Name and Address of Reporting Person*\nGriﬃn Hoﬀman\n(Last) (First) (Middle)\n"
    text += "2. Issuer Name and Ticker or Trading Symbol\nPaciﬁc Flour Co [ PFC ]\n"
    filing = read(text.encode(), source="scan.txt").filing

    assert filing.owners[0].name == "Griffin Hoffman"
    assert filing.issuer.name == "Pacific Flour Co"
