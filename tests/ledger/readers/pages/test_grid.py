"""The cells that ruling lines cut a page into, though lines lean, break or are doubled."""

from ledger.readers.pages.grid import Grid
from ledger.readers.pages.page import Rule, Word

LEVEL = [Rule(0, y, 300, y) for y in (0, 60, 120)]
UPRIGHT = [Rule(x, 0, x, 120) for x in (0, 100, 200, 300)]


def edges(*more, upright=UPRIGHT):
    band = Grid([*LEVEL, *upright, *more], 4).band(Word("900", 120, 20, 150, 34))
    assert band is not None
    return band.edges


def test_every_upright_line_that_crosses_a_row_bounds_a_column():
    assert edges() == (0, 100, 200, 300)


def test_a_stroke_of_a_letter_within_a_row_bounds_none():
    assert edges(Rule(240, 14, 240, 44)) == (0, 100, 200, 300)


def test_a_leaning_line_that_is_found_twice_side_by_side_is_one():
    assert edges(Rule(106, 0, 106, 120)) == (0, 100, 200, 300)


def test_a_line_broken_in_the_middle_of_a_row_still_bounds_its_columns():
    broken = [*UPRIGHT[:2], Rule(200, 0, 200, 22), Rule(200, 38, 200, 120), UPRIGHT[3]]

    assert edges(upright=broken) == (0, 100, 200, 300)
