"""Pictures inside a PDF, as its scanner packed them, turned into pictures again."""

from __future__ import annotations

import io
import struct
from typing import Any

from PIL import Image

from ledger.readers.pages.pdf import Unreadable
from ledger.readers.pages.pictures import PIXEL_LIMIT

_WHOLE = frozenset({"DCTDecode", "DCT", "JPXDecode"})
_FAX = frozenset({"CCITTFaxDecode", "CCF"})
_MODES = {(1, 1): "1", (8, 1): "L", (8, 3): "RGB", (8, 4): "CMYK"}


def picture_of(stream: Any) -> Image.Image:
    """The picture in a PDF's stream.

    Raises:
        Unreadable: It is packed in a way that is not known, or too large.
    """
    wide, high = int(stream.get_any(("W", "Width"))), int(stream.get_any(("H", "Height")))
    if not 0 < wide * high <= PIXEL_LIMIT:
        raise Unreadable("more pixels than a page has; scan it at 300 dots an inch")
    filters = [_name(name) for name, _ in stream.get_filters()]
    if filters and filters[-1] in _WHOLE:
        return Image.open(io.BytesIO(stream.get_rawdata()), formats=("JPEG", "JPEG2000"))
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
