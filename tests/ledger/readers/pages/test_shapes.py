"""What pieces of ink in a cell are, told by their shapes."""

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("PIL")

from ledger.readers.pages.shapes import is_direct, line_of  # noqa: E402  (needs numpy)


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
