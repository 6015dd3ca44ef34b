"""Pictures inside a PDF, as its scanner packed them, turned into pictures again."""

from __future__ import annotations

import io
import struct
from math import hypot
from typing import Any

from PIL import Image, ImageChops

from ledger.readers.pages.pdf import Placed, Sheet, Unreadable
from ledger.readers.pages.pictures import CROWDED, PIXEL_LIMIT, squared

_WHOLE = frozenset({"DCTDecode", "DCT", "JPXDecode"})
_FAX = frozenset({"CCITTFaxDecode", "CCF"})
_WIDE, _HIGH = ("W", "Width"), ("H", "Height")
_MODES = {(1, 1): "1", (8, 1): "L", (8, 3): "RGB", (8, 4): "CMYK"}


def page_of(sheet: Sheet) -> tuple[Image.Image, int]:
    """A page as its pictures show it, and how many dots make an inch of it.

    Raises:
        Unreadable: A picture is packed in a way that is not known, or they are too large.
    """
    largest = max(sheet.pictures, key=lambda one: one.area)
    if len(sheet.pictures) == 1:
        return squared(_upright(picture_of(largest.stream), largest), _dots(largest, turned=True))
    dpi = max(_dots(largest))
    size = (round(sheet.wide * dpi / 72), round(sheet.high * dpi / 72))
    if not 0 < size[0] * size[1] <= PIXEL_LIMIT:
        raise Unreadable(CROWDED)
    page = Image.new("L", size, 255)
    for placed in sheet.pictures:
        left, top, right, bottom = _box(placed, sheet.high, dpi)
        if not (0 < right - left <= size[0] * 2 and 0 < bottom - top <= size[1] * 2):
            continue
        part = _upright(picture_of(placed.stream), placed).convert("L")
        part = part.resize((right - left, bottom - top), Image.Resampling.BICUBIC)
        under = page.crop((left, top, right, bottom))
        page.paste(ImageChops.darker(under, part), (left, top))
    return page, dpi


def _box(placed: Placed, high: int, dpi: int) -> tuple[int, int, int, int]:
    """Where a picture lies on a page so many points high, in dots: left, top, right, bottom."""
    left, foot, right, top = placed.box
    dots = dpi / 72
    return (
        *(round(left * dots), round((high - top) * dots)),
        *(round(right * dots), round((high - foot) * dots)),
    )


def _dots(placed: Placed, *, turned: bool = False) -> tuple[int, int]:
    """Dots an inch across and down a picture, or across and down the page it lies on."""
    a, b, c, d, _, _ = placed.matrix
    wide, high = (int(placed.stream.get_any(keys)) for keys in (_WIDE, _HIGH))
    across, down = (
        max(70, min(round(dots * 72 / max(1, hypot(*side))), 1_200))
        for dots, side in ((wide, (a, b)), (high, (c, d)))
    )
    return (down, across) if turned and abs(b) > abs(a) else (across, down)


def _upright(picture: Image.Image, placed: Placed) -> Image.Image:
    """A picture as the page shows it: turned and mirrored as its matrix says."""
    a, b, c, d, _, _ = placed.matrix
    if a * d < b * c:
        picture = picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    if abs(a) >= abs(b):
        return picture if a >= 0 else picture.transpose(Image.Transpose.ROTATE_180)
    turn = Image.Transpose.ROTATE_90 if b > 0 else Image.Transpose.ROTATE_270
    return picture.transpose(turn)


def picture_of(stream: Any) -> Image.Image:
    """The picture in a PDF's stream.

    Raises:
        Unreadable: It is packed in a way that is not known, or too large.
    """
    wide, high = (int(stream.get_any(keys)) for keys in (_WIDE, _HIGH))
    if not (wide > 0 and high > 0 and wide * high <= PIXEL_LIMIT):
        raise Unreadable(CROWDED)
    filters = [_name(name) for name, _ in stream.get_filters()]
    if filters and filters[-1] in _WHOLE:
        return Image.open(io.BytesIO(stream.get_data()), formats=("JPEG", "JPEG2000"))
    if filters and filters[-1] in _FAX:
        return _faxed(stream, wide, high)
    bits = int(stream.get_any(("BPC", "BitsPerComponent"), 8))
    data = stream.get_data()
    row = len(data) // high if high else 0
    colours = 1 if bits == 1 else row // wide
    mode = _MODES.get((bits, colours))
    if mode is None:
        raise Unreadable("its pictures are packed in a way that is not read; save it as TIFF")
    return Image.frombytes(mode, (wide, high), data)


def _name(filter_name: Any) -> str:
    return str(getattr(filter_name, "name", filter_name))


def _faxed(stream: Any, wide: int, high: int) -> Image.Image:
    """A fax's coding, with the header of a TIFF before it."""
    (_, told), *_ = stream.get_filters()
    told = told or {}
    coding = int(told.get("K", 0))
    data = stream.get_rawdata()
    # A TIFF's own words: width, height, bits, coding, white is 0 or 1, where the data is.
    white = 1 if told.get("BlackIs1") else 0
    tags = [
        *((256, 4, wide), (257, 4, high), (258, 3, 1), (259, 3, 4 if coding < 0 else 3)),
        *((262, 3, white), (273, 4, 8 + 2 + 10 * 12 + 4), (277, 3, 1), (278, 4, high)),
        *((279, 4, len(data)), (292, 4, 1 if coding > 0 else 0)),
    ]
    head = struct.pack("<2sHLH", b"II", 42, 8, len(tags))
    head += b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in tags)
    return Image.open(io.BytesIO(head + struct.pack("<L", 0) + data), formats=("TIFF",))
