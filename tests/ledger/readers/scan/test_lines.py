"""Scanned text as lines of cells, where a program took its tables apart."""

from ledger.readers.scan.lines import lines_of

ONE_CELL_A_LINE = """
Ordinary Shares|
||
03/14/2018|
||
||
P|
||
700|
||
By Trust|
Ordinary Shares|
||
03/15/2018|
||
||
P|
||
90|
||
|

1. A note.
"""


def cells(text):
    return [(line.number, [cell.text for cell in line.cells]) for line in lines_of(text)]


def test_a_table_of_one_cell_a_line_is_read_as_its_rows():
    assert cells(ONE_CELL_A_LINE) == [
        (2, ["Ordinary Shares", "03/14/2018", "", "P", "700", "By Trust"]),
        (12, ["Ordinary Shares", "03/15/2018", "", "P", "90", ""]),
        (23, ["1. A note."]),
    ]


def test_a_table_with_a_stroke_about_each_cell_stays_as_it_is():
    assert cells("| Ordinary Shares |  | P |\n| Ordinary Shares |  | S |") == [
        (1, ["Ordinary Shares", "", "P"]),
        (2, ["Ordinary Shares", "", "S"]),
    ]
