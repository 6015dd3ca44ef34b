"""Forms as pictures: straightened, cut along their lines, and read cell by cell."""

from datetime import date
from decimal import Decimal
from shutil import which

import pytest

from ledger.errors import ReadError
from ledger.readers import read, read_forms, sniff
from ledger.readers.pages import apart
from tests.scans.paper import FOOT, TOP, Print, picture, saved, table

pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

from ledger.readers.pages.pictures import pictures_of  # noqa: E402  (needs numpy and pillow)

needs_tesseract = pytest.mark.skipif(
    which("tesseract") is None, reason="the program tesseract is not installed"
)

SOLD = (
    *("Class B Stock", "05/06/2019", "", ("S", "(1)"), "", "61,402", "D", "$14.205"),
    *(("985,544", "(2)"), "I", "By Trust"),
)
GIVEN = ("Class B Stock", "05/06/2019", "", "G", "", "900", "D", "$0", "984,644", "I", "By Trust")
HELD = ("Class A Stock", "", "", "", "", "", "", "", "7,300", "D", "")


def page(*rows, dpi=200, ruled=True):
    prints, rules = table(list(rows), wide=0.56)
    prints = [one._replace(size=max(one.size, 5)) for one in prints]
    return picture([*TOP, *prints, *FOOT], rules if ruled else [], dpi=dpi)


@pytest.fixture(scope="module")
def scanned():
    leaning = page(SOLD, GIVEN, HELD).rotate(0.6, resample=3, fillcolor=255)
    return read(saved(leaning, dpi=(200, 200)), source="form.png").filing


@needs_tesseract
def test_a_picture_is_read_by_the_cells_that_its_lines_rule_though_it_leans(scanned):
    first, second, third = scanned.rows

    assert (first.code, second.code) == ("S", "G")
    assert (first.shares, second.shares) == (61_402, 900)
    assert (first.shares_after, second.shares_after) == (985_544, 984_644)
    assert {first.effective_on, second.effective_on} == {date(2019, 5, 6)}
    assert (third.holding, third.shares_after) == (True, 7_300)


@needs_tesseract
def test_d_and_i_are_told_by_how_often_ink_crosses_their_middle(scanned):
    assert [row.ownership for row in scanned.rows] == ["indirect", "indirect", "direct"]
    assert [row.direction for row in scanned.rows] == ["disposed", "disposed", None]


@needs_tesseract
def test_a_mark_raised_behind_a_figure_is_cut_off_before_it_is_read(scanned):
    first = scanned.rows[0]

    assert first.price == Decimal("14.205")
    assert first.cited == {"code": ("1",), "shares_after": ("2",)}


@needs_tesseract
def test_which_programs_read_a_picture_is_part_of_what_is_told(scanned):
    (told,) = (repair for repair in scanned.repairs if repair.field == "text")

    assert "tesseract" in told.why


@needs_tesseract
def test_a_pdf_of_pictures_is_read_as_its_pictures_are():
    pytest.importorskip("pdfminer")
    scan = page(GIVEN).convert("1")
    filing = read(saved(scan, "PDF", resolution=200), source="scan.pdf").filing
    (row,) = filing.rows

    assert (row.code, row.shares, row.ownership) == ("G", 900, "indirect")


@needs_tesseract
def test_pages_of_one_picture_follow_each_other():
    second = picture([Print(30, 60, "Remarks: none.")], [])
    both = saved(page(GIVEN), "TIFF", save_all=True, append_images=[second], dpi=(200, 200))
    filing = read(both, source="scan.tif").filing

    assert len(filing.rows) == 1


@needs_tesseract
def test_forms_that_lie_on_their_side_or_upside_down_are_each_found_and_read():
    lying = page(SOLD).transpose(Image.Transpose.ROTATE_90)
    over = page(GIVEN).transpose(Image.Transpose.ROTATE_180)
    pile = saved(lying, "TIFF", save_all=True, append_images=[over], dpi=(200, 200))
    one, other = read_forms(pile, source="pile.tif")

    assert (one.source, other.source) == ("pile.tif:page 1", "pile.tif:page 2")
    (sold,), (given,) = one.found.filing.rows, other.found.filing.rows
    assert (sold.code, sold.shares, sold.shares_after) == ("S", 61_402, 985_544)
    assert (given.code, given.shares, given.shares_after) == ("G", 900, 984_644)


@needs_tesseract
def test_a_fax_with_half_as_many_dots_down_as_across_is_read_as_its_paper_is():
    square = page(SOLD, GIVEN, dpi=204)
    flat = square.resize((square.width, square.height * 98 // 204))
    filing = read(saved(flat, "TIFF", dpi=(204, 98)), source="fax.tif").filing

    assert [row.code for row in filing.rows] == ["S", "G"]
    assert [row.ownership for row in filing.rows] == ["indirect", "indirect"]
    assert [row.shares for row in filing.rows] == [61_402, 900]


@pytest.mark.parametrize("dots", [(204, 98), (98, 204)])
def test_dots_that_are_higher_than_wide_are_made_square_in_the_finer_way(dots):
    size = (dots[0] * 17 // 2, dots[1] * 11)
    (sheet,) = pictures_of(saved(Image.new("L", size, 255), "TIFF", dpi=dots))

    assert (sheet.grey.size, sheet.dpi) == ((204 * 17 // 2, 204 * 11), 204)


def test_dots_that_are_nearly_square_are_left_as_they_are():
    (sheet,) = pictures_of(saved(Image.new("L", (850, 1100), 255), "TIFF", dpi=(204, 196)))

    assert (sheet.grey.size, sheet.dpi) == ((850, 1100), 204)


@needs_tesseract
def test_a_page_without_lines_is_read_as_text_whose_words_have_boxes():
    alone = saved(page(GIVEN, ruled=False), dpi=(200, 200))
    filing = read(alone, source="form.png").filing

    assert filing.form == "4"
    assert filing.rows[0].shares in {900, None}


def test_a_picture_is_known_by_its_first_bytes():
    kinds = ("PNG", "JPEG", "TIFF")

    assert {sniff(saved(Image.new("L", (40, 40), 255), kind)) for kind in kinds} == {"scanned"}


@needs_tesseract
@pytest.mark.parametrize(
    "payload",
    [
        lambda: b"\x89PNG\r\n\x1a\n" + bytes(40),
        lambda: saved(Image.new("L", (900, 700), 255))[:200],
        lambda: b"II*\x00" + bytes(range(200)),
        lambda: saved(Image.new("1", (20_000, 20_000))),
    ],
    ids=["a head alone", "cut short", "no directory", "400 million pixels"],
)
def test_a_damaged_or_enormous_picture_is_refused_with_a_remedy(payload):
    with pytest.raises(ReadError) as refusal:
        read(payload(), source="form.png")

    assert refusal.value.remedy


def test_without_the_program_a_picture_is_refused_with_the_command_that_would_help(monkeypatch):
    monkeypatch.setattr(apart, "which", lambda name: None)
    with pytest.raises(ReadError) as refusal:
        read(saved(Image.new("L", (40, 40), 255)), source="form.png")

    assert "tesseract" in str(refusal.value)
    assert "install" in refusal.value.remedy
