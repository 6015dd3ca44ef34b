"""A second program that reads characters: asked where it is installed, and nowhere missed."""

import sys
from importlib.util import find_spec

import pytest

pytest.importorskip("numpy")
Image = pytest.importorskip("PIL.Image")

from PIL import ImageDraw, ImageFont  # noqa: E402  (needs pillow)

from ledger.readers.pages import second  # noqa: E402

needs_second = pytest.mark.skipif(
    find_spec("rapidocr") is None or find_spec("onnxruntime") is None,
    reason="the second program is not installed: pip install 'ownership-ledger[ocr2]'",
)


def line(text):
    """A line of print, as a picture."""
    page = Image.new("L", (20 + 14 * len(text), 48), 255)
    ImageDraw.Draw(page).text((10, 8), text, fill=0, font=ImageFont.load_default(26))
    return page


@pytest.fixture
def forgotten():
    second._program.cache_clear()
    yield
    second._program.cache_clear()


@pytest.mark.usefixtures("forgotten")
def test_without_the_program_nothing_is_read_and_nothing_said(monkeypatch):
    monkeypatch.setattr(second, "find_spec", lambda name: None)

    assert second.texts([line("61,402")]) == [""]
    assert second.named() == ""


@pytest.mark.usefixtures("forgotten")
def test_a_program_that_is_here_and_does_not_start_is_named_as_that(monkeypatch):
    monkeypatch.setattr(second, "find_spec", lambda name: object())
    monkeypatch.setitem(sys.modules, "rapidocr", None)

    assert second.texts([line("61,402")]) == [""]
    assert second.named().startswith("not RapidOCR")
    assert second.named().endswith("which does not start")


@needs_second
def test_figures_days_and_letters_are_read_as_they_are_printed():
    printed = ["61,402", "05/06/2019", "$14.205", "G"]

    assert second.texts([line(text) for text in printed]) == printed
    assert second.named().startswith("RapidOCR ")
