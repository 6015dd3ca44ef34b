"""Pictures of pages as ink on paper: opened, made grey, and put straight.

Needs numpy and pillow (the extra `ocr`), and runs in a process of its own (see `apart`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter, ImageOps

from ledger.readers.pages.page import PAGE_LIMIT
from ledger.readers.pages.pdf import Unreadable

PIXEL_LIMIT = 60_000_000
"""Pixels of one picture: a page at 600 dots an inch has 34 million."""

CROWDED = "more pixels than a page has; scan it at 300 dots an inch"

Ink = npt.NDArray[np.bool_]
"""A picture in two colours: True where there is ink."""

_DPI = 200
"""Dots an inch where a picture does not say, and its size does not tell."""

_SQUARE = 105
"""By how much in a hundred the dots across and down an inch may differ and count as alike."""

_ORIENTATION = 0x0112
"""The tag by which a camera or a scanner says which way a picture is up; from 5 on it lies."""

_STRIPS = 48
_LEAN = 300
"""Pixels in 10,000 that a page may lean: 1.7 degrees. Further, and its lines are lost."""

_SPECKLED = 1_000
"""One row in so many may have a speck in a column of pixels that is empty."""

_GUTTER = 66
"""What part of a sheet's width the space between two pages is, at least."""

_SIDE = 8
"""What part of a sheet's ink stands on either of its pages, at least."""

Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT


class Sheet(NamedTuple):
    """One page: its picture in grey, its ink, and how many dots make an inch."""

    grey: Image.Image
    ink: Ink
    dpi: int

    def turned(self, turns: int) -> Sheet:
        """The page after quarters of a turn, clockwise."""
        if not turns % 4:
            return self
        ways = Image.Transpose
        way = {1: ways.ROTATE_270, 2: ways.ROTATE_180, 3: ways.ROTATE_90}[turns % 4]
        return Sheet(self.grey.transpose(way), np.rot90(self.ink, -turns).copy(), self.dpi)


def pictures_of(payload: bytes) -> Iterator[Sheet]:
    """Every page of a picture file, put straight.

    Raises:
        Unreadable: It is damaged, or has more pages or pixels than any form has.
    """
    try:
        with Image.open(io.BytesIO(payload), formats=("PNG", "JPEG", "TIFF")) as picture:
            for number in range(min(getattr(picture, "n_frames", 1), PAGE_LIMIT + 1)):
                if number == PAGE_LIMIT:
                    raise Unreadable(f"more than {PAGE_LIMIT} pages; give the form alone")
                picture.seek(number)
                yield from parted(sheet_of(*_turned(picture)))
    except Image.DecompressionBombError:
        raise Unreadable(CROWDED) from None


def sheet_of(picture: Image.Image, dpi: int) -> Sheet:
    """A picture in grey, with its ink, put straight."""
    if picture.width * picture.height > PIXEL_LIMIT:
        raise Unreadable(CROWDED)
    grey = picture.convert("L")
    ink = _ink(grey)
    if ink.sum() * 2 > ink.size:  # white on black, as some programs pack a fax
        grey = ImageOps.invert(grey)
        ink = _ink(grey)
    lean = _lean(ink)
    if lean:
        slope = lean / 10_000
        middle = (grey.width // 2, grey.height // 2)
        turned = (1, -slope, slope * middle[1], slope, 1, -slope * middle[0])
        grey = grey.transform(
            grey.size,
            Image.Transform.AFFINE,
            turned,
            resample=Image.Resampling.BICUBIC,
            fillcolor=255,
        )
    return Sheet(grey, _ink(grey), dpi)


def parted(sheet: Sheet) -> list[Sheet]:
    """The pages of a sheet: two, where two stand side by side with nothing between them.

    No line and no title crosses the middle of a sheet of two pages, from its head to its foot.
    """
    high, wide = sheet.ink.shape
    if wide * 10 < high * 12:
        return [sheet]
    left, right = wide * 9 // 20, wide * 11 // 20
    empty = sheet.ink[:, left:right].sum(axis=0) * _SPECKLED <= high
    edges = np.flatnonzero(np.diff(np.concatenate(([False], empty, [False])).astype(np.int8)))
    gutters = [(end - begin, begin) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
    width, begin = max(gutters, default=(0, 0))
    middle = left + int(begin) + int(width) // 2
    sides = [int(side.sum()) for side in (sheet.ink[:, :middle], sheet.ink[:, middle:])]
    if width * _GUTTER < wide or min(sides) * _SIDE < sum(sides):
        return [sheet]
    return [
        Sheet(sheet.grey.crop((begin, 0, end, high)), sheet.ink[:, begin:end].copy(), sheet.dpi)
        for begin, end in ((0, middle), (middle, wide))
    ]


def _turned(picture: Image.Image) -> tuple[Image.Image, int]:
    """A picture as its file says that it is to be seen, and how many dots make an inch.

    A resolution that no scanner has says nothing.
    """
    said: Any = picture.info.get("dpi")
    lying = picture.getexif().get(_ORIENTATION, 1) > 4
    picture = ImageOps.exif_transpose(picture)
    if not said or not all(70 <= dots <= 1_200 for dots in said):
        guessed = min(picture.size) * 2 // 17
        return picture, guessed if 70 <= guessed <= 700 else _DPI
    across, down = (round(dots) for dots in said)
    return squared(picture, (down, across) if lying else (across, down))


def squared(picture: Image.Image, dots: tuple[int, int]) -> tuple[Image.Image, int]:
    """A picture whose dots are as high as wide, and how many make an inch.

    A fax has about 204 dots across an inch and 98 or 196 down it. The coarser way is stretched,
    so that nothing is lost.
    """
    across, down = dots
    finer = max(across, down)
    if finer * 100 <= min(across, down) * _SQUARE:
        return picture, across
    size = (picture.width * finer // across, picture.height * finer // down)
    if size[0] * size[1] > PIXEL_LIMIT:
        raise Unreadable(CROWDED)
    return picture.convert("L").resize(size, Image.Resampling.BICUBIC), finer


def _ink(grey: Image.Image) -> Ink:
    """Where there is ink: darker than what best divides a picture in two (Otsu)."""
    counts = np.array(grey.histogram()[:256], dtype=np.int64)
    values = np.arange(256)
    below = np.cumsum(counts)
    total, weighed = below[-1], np.cumsum(counts * values)
    above = total - below
    inner = (below > 0) & (above > 0)
    if not inner.any():
        return np.zeros((grey.height, grey.width), dtype=np.bool_)
    spread = np.zeros(256)
    difference = weighed[inner] / below[inner] - (weighed[-1] - weighed[inner]) / above[inner]
    spread[inner] = below[inner] * above[inner] * difference**2
    dark: Ink = np.asarray(grey) <= int(spread.argmax())
    return dark


def _lean(ink: Ink) -> int:
    """By how many pixels in 10,000 the lines of a page fall to the right.

    Straight lines pile up in few rows: the lean that makes the rows most uneven is right.
    """
    high, wide = ink.shape
    strips = np.array_split(ink, _STRIPS, axis=1)
    sums = [strip.sum(axis=1).astype(np.int64) for strip in strips]

    def uneven(lean: int) -> int:
        total = np.zeros(high, dtype=np.int64)
        for number, row in enumerate(sums):
            at = (number * 2 + 1 - _STRIPS) * wide // (_STRIPS * 2)
            total += np.roll(row, -(at * lean) // 10_000)
        return int((total**2).sum())

    rough = max(range(-_LEAN, _LEAN + 1, 12), key=uneven)
    return max(range(rough - 12, rough + 13, 3), key=uneven)


def enlarged(picture: Image.Image, times: int, *, smooth: bool = True) -> Image.Image:
    """A picture several times as large, its edges smooth or as sharp as they were."""
    size = (picture.width * times, picture.height * times)
    larger = picture.resize(size, Image.Resampling.BICUBIC)
    return larger.filter(ImageFilter.SMOOTH) if smooth else larger


def wider(ink: Ink) -> Ink:
    """Ink, and the pixels beside it."""
    found = ink.copy()
    found[1:] |= ink[:-1]
    found[:-1] |= ink[1:]
    found[:, 1:] |= ink[:, :-1]
    found[:, :-1] |= ink[:, 1:]
    return found
