"""Two pages side by side on one sheet, and a page across, which is one."""

import pytest

np = pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

from ledger.readers.pages.pictures import Sheet, parted  # noqa: E402  (needs numpy)


def sheet(*boxes, high=600, wide=900):
    """A sheet with lines of print, and the rules between them, in some boxes."""
    ink = np.zeros((high, wide), dtype=bool)
    for left, top, right, bottom in boxes:
        ink[top:bottom:12, left:right] = True
    return Sheet(Image.fromarray(np.where(ink, 0, 255).astype(np.uint8)), ink, 100)


def sizes(found):
    return [(one.ink.shape[1], one.grey.size[0]) for one in found]


def test_two_pages_with_nothing_between_them_are_two():
    found = parted(sheet((40, 30, 420, 560), (480, 30, 860, 560)))

    assert sizes(found) == [(450, 450), (450, 450)]
    assert all(one.ink.any() for one in found)


def test_specks_between_two_pages_join_none():
    facing = sheet((60, 30, 800, 1_060), (900, 30, 1_640, 1_060), high=1_100, wide=1_700)
    facing.ink[77, 850:853] = True

    assert len(parted(facing)) == 2


@pytest.mark.parametrize(
    "boxes",
    [
        [(40, 30, 860, 560)],
        [(40, 30, 860, 60), (40, 90, 420, 560), (480, 90, 860, 560)],
        [(40, 30, 420, 560)],
        [(40, 30, 420, 560), (800, 30, 815, 40)],
    ],
    ids=["lines across", "a title across", "half a page", "a page and a number"],
)
def test_a_page_that_something_crosses_or_that_stands_alone_is_one(boxes):
    assert len(parted(sheet(*boxes))) == 1


def test_an_upright_page_of_two_columns_is_one():
    assert len(parted(sheet((40, 30, 280, 860), (320, 30, 560, 860), high=900, wide=600))) == 1
