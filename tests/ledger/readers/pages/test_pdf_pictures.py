"""Pictures on the pages of a PDF, as a scanner or a fax program put them there."""

import pytest

from tests.scans.paper import assembled, saved

pytest.importorskip("pdfminer")
pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

from ledger.readers.pages import pdf, worker  # noqa: E402  (needs pdfminer)
from ledger.readers.pages.pdf import pages_of  # noqa: E402  (needs pdfminer)
from ledger.readers.pages.pdf_pictures import page_of  # noqa: E402  (needs pillow)
from ledger.readers.pages.pictures import sheet_of  # noqa: E402  (needs pillow)

MARK = (40, 20, 120, 60)
"""The only ink of a page across, 330 by 255 points: near the left upper corner."""


def marked(size, *, ink=0, ground=255):
    """A page with a mark near its left upper corner, in some number of dots."""
    across, down = size[0] / 330, size[1] / 255
    page = Image.new("L", size, ground)
    left, top, right, bottom = MARK
    page.paste(ink, (int(left * across), int(top * down), int(right * across), int(bottom * down)))
    return page


def document(*pictures, size=(330, 255), rotate=0, text=""):
    """A PDF of one page with pictures on it, each with the matrix that places it."""
    names = " ".join(f"/I{at} {5 + at} 0 R" for at in range(len(pictures)))
    drawn = "".join(f"q {matrix} cm /I{at} Do Q\n" for at, (_, matrix) in enumerate(pictures))
    content = f"{drawn}{text}".encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Rotate {rotate} "
            f"/Contents 4 0 R /Resources << /XObject << {names} >> "
            "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >> >>"
        ).encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
    ]
    for picture, _ in pictures:
        data = saved(picture, "JPEG", quality=95)
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
            f"/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Length {len(data)} >>"
        )
        bodies.append(head.encode() + b"\nstream\n" + data + b"\nendstream")
    return assembled(bodies)


def seen(payload):
    """The page's picture, its dots an inch, and where its ink is, in points."""
    (sheet,) = pages_of(payload)
    picture, dpi = page_of(sheet)
    ink = picture.convert("L").point(lambda grey: 255 * (grey < 128)).getbbox()
    return picture.size, dpi, tuple(round(at * 72 / dpi) for at in ink)


def near(box, other):
    return all(abs(one - two) <= 2 for one, two in zip(box, other, strict=True))


def test_a_page_is_its_picture_at_its_own_resolution():
    size, dpi, ink = seen(document((marked((917, 708)), "330 0 0 255 0 0")))

    assert (size, dpi) == ((917, 708), 200)
    assert near(ink, MARK)


@pytest.mark.parametrize("dots", [(935, 347), (450, 722)], ids=["204 by 98", "98 by 204"])
def test_a_fax_whose_dots_are_not_square_is_stretched_in_the_coarser_way(dots):
    size, dpi, ink = seen(document((marked(dots), "330 0 0 255 0 0")))

    assert dpi == 204
    assert abs(size[0] - 935) < 6
    assert abs(size[1] - 722) < 6
    assert near(ink, MARK)


@pytest.mark.parametrize(
    ("rotate", "matrix"),
    [(90, "0 330 -255 0 255 0"), (180, "-330 0 0 -255 330 255"), (270, "0 -330 255 0 0 330")],
)
def test_a_picture_that_the_page_turns_is_seen_as_the_page_shows_it(rotate, matrix):
    lying = (255, 330) if rotate != 180 else (330, 255)
    size, _, ink = seen(document((marked((917, 708)), matrix), size=lying, rotate=rotate))

    assert size == (917, 708)
    assert near(ink, MARK)


def test_a_picture_that_is_drawn_upside_down_and_mirrored_is_seen_as_the_page_shows_it():
    mirrored = marked((917, 708)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    _, _, ink = seen(document((mirrored, "330 0 0 -255 0 255")))

    assert near(ink, MARK)


def test_the_strips_into_which_a_scanner_cut_a_page_are_put_together():
    whole = marked((916, 708))
    strips = [
        (whole.crop((0, top, 916, top + 236)), f"330 0 0 85 0 {255 - 85 * (at + 1)}")
        for at, top in enumerate((0, 236, 472))
    ]
    size, dpi, ink = seen(document(*strips))

    assert (abs(size[0] - 916) < 4, abs(size[1] - 708) < 4, dpi) == (True, True, 200)
    assert near(ink, MARK)


def test_white_on_black_is_read_as_black_on_white():
    sheet = sheet_of(marked((917, 708), ink=255, ground=0), 200)

    assert 0 < sheet.ink.mean() < 0.2


def test_words_laid_over_the_picture_of_a_page_are_not_taken_for_its_print():
    words = "".join(
        f"BT /F1 8 Tf 20 {240 - 9 * at} Td (what some program read here once) Tj ET\n"
        for at in range(9)
    )
    scan, logo = "330 0 0 255 0 0", "30 0 0 25 290 220"
    (over,) = pages_of(document((marked((917, 708)), scan), text=words))
    (beside,) = pages_of(document((marked((917, 708)), logo), text=words))

    assert (over.scanned, beside.scanned) == (True, False)


def words(count):
    return "".join(f"BT /F1 8 Tf 20 {200 - 9 * at} Td (word{at}) Tj ET\n" for at in range(count))


def test_a_logo_beside_a_few_words_makes_no_scan_of_a_page():
    (sheet,) = pages_of(document((marked((200, 100)), "60 0 0 30 250 210"), text=words(3)))

    assert (len(sheet.page.words), sheet.scanned) == (3, False)


def test_pictures_that_lie_on_each_other_cover_a_page_once():
    ground = (marked((200, 100)), "165 0 0 255 0 0")
    halves = (ground, (marked((200, 100)), "165 0 0 255 165 0"))

    (twice,) = pages_of(document(ground, ground, text=words(3)))
    (beside,) = pages_of(document(*halves, text=words(3)))

    assert (twice.scanned, beside.scanned) == (False, True)


class Unhurried(worker.Clock):
    """A clock that never rings."""

    def start(self):
        """Lets no time run."""

    def page(self):
        """Needs no more time."""


def test_a_page_with_only_a_picture_takes_no_other_with_it(monkeypatch):
    monkeypatch.setattr(worker, "_without_ocr", lambda: True)
    pictured, written = (
        next(pages_of(document((marked((200, 100)), "60 0 0 30 250 210"), text=text)))
        for text in ("", words(3))
    )

    monkeypatch.setattr(pdf, "pages_of", lambda payload: iter((written, pictured)))
    told = worker.answer("pdf", b"", Unhurried(60))
    monkeypatch.setattr(pdf, "pages_of", lambda payload: iter((pictured,)))
    alone = worker.answer("pdf", b"", Unhurried(60))

    assert [len(page.words) for page in told.pages] == [3, 0]
    assert [page.exact for page in told.pages] == [True, False]
    assert "tesseract" in alone.problem
