"""What a page's pieces say: letters by vote, and figures read again where nothing seconds them."""

import pytest

pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

from ledger.readers.pages import crops, engine  # noqa: E402  (needs pillow)
from ledger.readers.pages.crops import Crop, texts, voted  # noqa: E402
from ledger.readers.pages.grid import Band  # noqa: E402
from ledger.readers.scan.columns import LETTERS  # noqa: E402

CODES, SIDES = LETTERS["code"], LETTERS["direction"]
ROW = Band(0, 40, (0, 100, 200))


@pytest.mark.parametrize(
    ("readings", "seen", "said"),
    [
        (("C", "C", "C"), "Ga)", "C"),
        (("Ss", "S", ""), "", "S"),
        (("5", "S", ""), "s@)", "S"),
        (("5", "S", ""), "", "?)"),
        (("C", "E", "C"), "Cc", "?)"),
        (("|", "", ""), "", "|"),
    ],
)
def test_a_code_is_what_two_readings_have_and_none_contradicts(readings, seen, said):
    assert voted(readings, seen, CODES) == said


def test_a_letter_is_what_two_programs_have_or_it_is_illegible():
    assert voted(("C", "E", "C"), "", CODES, "c") == "C"
    assert voted(("C", "C", "C"), "", CODES, "G") == "?)"
    assert voted(("C", "C", "C"), "", CODES, "Coda") == "C"


def test_a_letter_that_no_line_has_in_its_column_is_not_heard():
    assert voted(("D", "O", ""), "", SIDES) == "D"


class Program:
    """Reads what it is told to, and counts what it was asked."""

    def __init__(self, monkeypatch, answers):
        self.answers, self.asked = answers, []
        monkeypatch.setattr(engine, "texts", self.texts)

    def texts(self, pictures, dpi, *, psm, only=""):
        self.asked.append(len(pictures))
        return [self.answers[picture.width] for picture in pictures]


def figure(seen, *, wide=10):
    first, *again = (Image.new("L", (wide + at, 9), 255) for at in range(3))
    return Crop(ROW, 0, "figure", first, again=tuple(again), seen=seen)


def said(crop):
    return [text for _, text in texts([crop], 200)]


def test_a_figure_that_the_page_shows_alike_is_not_read_again(monkeypatch):
    program = Program(monkeypatch, {10: "61,402"})

    assert said(figure("61,402(3)")) == ["61,402"]
    assert sum(program.asked) == 1


@pytest.mark.parametrize("seen", ["", "61,4023", "See note"])
def test_a_figure_that_the_page_shows_otherwise_is_read_from_two_more_pictures(monkeypatch, seen):
    program = Program(monkeypatch, {10: "61,402", 11: "61,402", 12: "61,402"})

    assert said(figure(seen)) == ["61,402"]
    assert sum(program.asked) == 3


def test_a_figure_that_the_page_shows_with_another_digit_is_open(monkeypatch):
    Program(monkeypatch, {10: "61,402", 11: "61,402", 12: "61,402"})

    assert said(figure("67,402")) == ["61,402?"]


def test_one_reading_with_another_digit_leaves_it_open(monkeypatch):
    Program(monkeypatch, {10: "61,402", 11: "61,402", 12: "67,402"})

    assert said(figure("")) == ["61,402?"]


@pytest.mark.parametrize(
    ("raised", "whole"),
    [("(2)", "By Trust\N{MATHEMATICAL LEFT WHITE SQUARE BRACKET}2"), ("q", "By Trust q")],
    ids=["read", "unread"],
)
def test_words_are_read_without_the_mark_behind_them_only_where_it_is_one(
    monkeypatch, raised, whole
):
    Program(monkeypatch, {30: "By Trust", 31: "By Trust q", 40: raised})
    bare, full, mark = (Image.new("L", (wide, 9), 255) for wide in (30, 31, 40))
    pieces = [Crop(ROW, 1, "words", bare, again=(full,)), Crop(ROW, 1, "mark", mark)]

    assert "".join(text for _, text in crops.texts(pieces, 200)).startswith(whole)
