"""Pages that lie on their side, upside down or askew are read as they are upright."""

import pytest

from ledger.readers import read
from ledger.readers.pages.layout import lines_of_page, rows_of
from ledger.readers.pages.page import Page, Word
from ledger.readers.pages.turning import upright
from tests.scans.paper import FOOT, TOP, pdf, table, tsv

BOUGHT = ("Common Stock", "05/06/2019", "", "P", "", "1,200", "A", "$14.205", "21,200", "D", "")
CELLS, RULES = table([BOUGHT])
PRINTS = [*TOP, *CELLS, *FOOT]
WIDE, HIGH = 7920, 6120


@pytest.mark.parametrize("lying", [1, 2, 3])
@pytest.mark.parametrize("shown", [True, False], ids=["shown upright", "shown as it lies"])
def test_a_page_of_a_pdf_that_lies_on_its_side_is_read_as_it_is_upright(lying, shown):
    pytest.importorskip("pdfminer")
    upright = read(pdf(PRINTS, RULES), source="form.pdf").filing
    lain = pdf(PRINTS, RULES, lying=lying, rotate=lying * 90 * shown)
    turned = read(lain, source="form.pdf").filing

    assert turned.rows == upright.rows
    assert turned.footnotes == upright.footnotes


def lain(line, turns):
    """A line of Tesseract's table after quarters of a turn to the right."""
    cells = line.split("\t")
    if cells[0] != "5":
        return line
    left, top, wide, high = (int(cell) for cell in cells[6:10])
    height, width = HIGH, WIDE
    for _ in range(turns):
        left, top, wide, high = height - top - high, left, high, wide
        height, width = width, height
    return "\t".join([*cells[:6], *map(str, (left, top, wide, high)), *cells[10:]])


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_words_with_boxes_of_a_page_that_lies_on_its_side_are_put_upright(turns):
    upright = tsv(PRINTS)
    turned = "\n".join(lain(line, turns) for line in upright.decode().split("\n")).encode()

    assert turned != upright
    assert (
        read(turned, source="form.tsv").filing.rows == read(upright, source="form.tsv").filing.rows
    )


UPRIGHT = (Word("Total", 900, 100, 990, 120), Word("shares", 100, 102, 190, 122))
LYING = (Word("Total", 100, 100, 120, 190), Word("shares", 102, 900, 122, 990))


@pytest.mark.parametrize("words", [UPRIGHT, LYING], ids=["back", "lying"])
def test_a_page_of_two_words_is_left_as_it_is(words):
    assert upright(Page(words)).words == words


def test_as_many_words_as_a_short_line_has_turn_a_page():
    words = tuple(Word(f"word{at}", 900 - 100 * at, 100, 990 - 100 * at, 120) for at in range(6))

    turned = upright(Page(words)).words

    assert [word.left for word in turned] == sorted(word.left for word in turned)


def leaning(line, fall):
    """A line of Tesseract's table on a page that falls by so many in a thousand to the right."""
    cells = line.split("\t")
    if cells[0] != "5":
        return line
    left, top = int(cells[6]), int(cells[7])
    left, top = left - top * fall // 1000, top + left * fall // 1000
    return "\t".join([*cells[:6], str(max(0, left)), str(max(0, top)), *cells[8:]])


HELD = ("Common Stock", *[""] * 7, "300", "I", "By Trust")


@pytest.mark.parametrize("fall", [25, -25], ids=["down", "up"])
def test_words_of_a_page_that_went_askew_through_the_scanner_stand_in_their_own_rows(fall):
    cells, _ = table([BOUGHT, HELD])
    straight = tsv([*TOP, *cells, *FOOT])
    askew = "\n".join(leaning(line, fall) for line in straight.decode().split("\n")).encode()

    rows = read(askew, source="form.tsv").filing.rows

    assert rows == read(straight, source="form.tsv").filing.rows
    assert [row.shares_after for row in rows] == [21_200, 300]


def test_a_speck_between_two_columns_parts_no_row():
    row = (Word("Common", 100, 100, 190, 120), Word(":", 300, 117, 304, 123))
    row += (Word("1,200", 600, 98, 690, 118),)

    assert rows_of(row) == [list(row)]


def test_a_box_drawn_around_two_lines_is_on_the_one_in_its_middle():
    above = Word("Class", 100, 86, 190, 100), Word("B", 200, 86, 214, 100)
    figures = Word("1,200", 300, 98, 390, 112), Word("21,200", 600, 84, 690, 126)

    lines = lines_of_page(Page((*above, *figures)))

    assert [line.text for line in lines] == ["Class B", "1,200 21,200"]
