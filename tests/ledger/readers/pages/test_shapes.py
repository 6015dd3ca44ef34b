"""What pieces of ink in a cell are, told by their shapes."""

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("PIL")

from ledger.readers.pages.shapes import is_direct, line_of, signs_of, with_signs  # noqa: E402  (needs numpy)


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


@pytest.mark.parametrize(
    ("high", "hangs", "sign"), [(4, 2, ","), (2, 0, "."), (3, 0, "?")], ids=[",", ".", "either"]
)
def test_a_comma_hangs_below_the_foot_of_its_figure_and_a_point_does_not(high, hangs, sign):
    line = line_of(figure(high, hangs), 200)

    assert line is not None
    assert signs_of(line, 24) == (sign,)


@pytest.mark.parametrize(
    ("read", "signs", "meant"),
    [
        ("14,871,093", (",", "."), "14,871.093"),
        ("14.871", (",",), "14,871"),
        ("$7.20", (".",), "$7.20"),
        ("14,871,093", (",", "?"), "14,871,093?"),
        ("871,093", ("?",), "871,093"),
        ("14,871", (), "14,871"),
    ],
)
def test_the_shapes_of_points_and_commas_outweigh_what_was_read_for_them(read, signs, meant):
    assert with_signs(read, signs) == meant
