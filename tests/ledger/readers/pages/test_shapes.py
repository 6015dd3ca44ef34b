"""What pieces of ink in a cell are, told by their shapes."""

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("PIL")

from ledger.readers.pages.shapes import (  # noqa: E402  (needs numpy)
    is_direct,
    line_of,
    mark_at,
    marks_behind,
    shapes_of,
    signs_of,
)


def inked(*rows):
    return np.array([[sign == "#" for sign in row] for row in rows])


WHOLE = ("######..", "##...##.", "##....##", "##....##", "##....##", "##...##.", "######..")
APART = ("##.###..", "##...##.", "##....##", "##....##", "##....##", "##...##.", "##.###..")
STROKE = ("..####..", "...##...", "...##...", "...##...", "...##...", "...##...", "..####..")


@pytest.mark.parametrize(
    ("rows", "direct"), [(WHOLE, True), (APART, True), (STROKE, False)], ids=["D", "apart", "I"]
)
def test_a_d_is_a_d_though_its_stem_came_apart_from_its_bow(rows, direct):
    line = line_of(inked(*rows), 200)

    assert line is not None
    assert is_direct(line) is direct


def figure(high, hangs):
    """A figure 12 pixels high, a sign, and another figure."""
    page = np.zeros((20, 24), dtype=bool)
    page[2:14, 1:7] = page[2:14, 15:21] = True
    page[14 + hangs - high : 14 + hangs, 10:12] = True
    return page


def test_a_comma_weighs_twice_what_a_point_does_and_more():
    grey = np.full((20, 24), 240, dtype=np.uint8)
    weights = []
    for high, hangs in ((4, 2), (2, 0)):
        ink = figure(high, hangs)
        weights += signs_of(line_of(ink, 200), 24, np.where(ink, 30, grey))

    comma, point = weights
    assert point * 2 < comma


def test_what_shares_its_columns_with_a_figure_is_no_sign():
    ink = figure(4, 2)
    ink[10:14, 1:7] = False
    ink[12:14, 2:5] = True

    assert len(signs_of(line_of(ink, 200), 24, np.where(ink, 30, 240))) == 1


def printed(*boxes):
    """A cell 30 pixels high with boxes of ink: left, top, wide, high."""
    page = np.zeros((30, 80), dtype=bool)
    for left, top, wide, high in boxes:
        page[top : top + high, left : left + wide] = True
    return line_of(page, 200)


FIGURES = ((4, 8, 8, 14), (14, 8, 8, 14))
MARK = ((24, 5, 2, 12), (27, 6, 6, 9), (34, 5, 2, 12))


def test_a_raised_mark_begins_where_nothing_stands_at_the_foot_any_more():
    assert mark_at(printed(*FIGURES, *MARK)) == 24
    assert mark_at(printed(*FIGURES)) is None


def test_the_upper_half_of_a_figure_that_came_apart_is_no_mark():
    upper, lower = (24, 8, 8, 6), (24, 19, 8, 3)

    assert mark_at(printed(*FIGURES, upper, lower)) is None


def test_brackets_that_outnumber_the_figures_do_not_tell_where_their_foot_is():
    line = printed(FIGURES[0], *MARK)

    assert (line.foot, line.tall) == (22, 14)
    assert mark_at(line) == 24


def test_a_first_figure_that_came_apart_belongs_to_the_print():
    halves = ((4, 8, 8, 6), (4, 16, 8, 6))
    line = printed(*halves, (14, 20, 2, 4), (18, 8, 8, 14), (28, 8, 8, 14))

    assert min(shape.left for shape, _ in line.shapes) == 4


def test_what_is_left_of_an_upright_line_is_no_print():
    line = printed((0, 1, 1, 12), (0, 16, 1, 13), *FIGURES)

    assert [shape.left for shape, _ in line.shapes] == [4, 14]


def test_the_print_in_a_dirty_cell_is_not_lost():
    page = np.zeros((60, 200), dtype=bool)
    page[::3, ::5] = True
    page[20:40, 50:60] = page[20:40, 70:80] = True

    found = [shape for shape, _ in shapes_of(page) if shape.height >= 20]

    assert len(found) == 2


def block(*boxes):
    """A cell of words, 60 pixels high, with boxes of ink: left, top, wide, high."""
    page = np.zeros((60, 120), dtype=bool)
    for left, top, wide, high in boxes:
        page[top : top + high, left : left + wide] = True
    return page


WORD = ((4, 8, 8, 14), (14, 12, 8, 10), (24, 12, 8, 14))
BELOW = ((4, 34, 8, 14), (14, 34, 8, 14))
RAISED = ((24, 31, 2, 12), (27, 31, 6, 9), (34, 31, 2, 12))


def test_a_mark_behind_the_last_of_several_lines_is_found_though_letters_hang_into_its_line():
    (found,) = marks_behind(block(*WORD, *BELOW, *RAISED), 200)

    assert (found.left, found.top, found.right, found.bottom) == (24, 31, 36, 43)


def test_a_point_and_a_comma_behind_words_and_letters_that_hang_below_are_no_mark():
    stop, hanging = (24, 45, 2, 3), (34, 38, 8, 14)

    assert marks_behind(block(*WORD, *BELOW, stop, hanging), 200) == []


def test_a_block_of_nothing_but_a_mark_has_none_behind_it():
    assert marks_behind(block(*RAISED), 200) == []
    assert marks_behind(block(), 200) == []
