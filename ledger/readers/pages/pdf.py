"""Digital PDFs: every letter with its box, size and foot, and the ruling lines drawn around.

Nothing in the document is run: of a page only text and lines are taken. Scripts, forms,
attachments and links are never looked at. Runs in a process of its own (see `apart`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.readers.pages.page import PAGE_LIMIT, RULE_LIMIT, WORD_LIMIT, Page, Rule, Word

if TYPE_CHECKING:
    from pdfminer.layout import LTChar

_SCALE = 100
"""Units of a point."""

_THIN = 3 * _SCALE
"""A filled shape no thicker is a ruling line, and not a ground behind words."""

_FEW = 12
"""Words of a page at which its pictures are looked at: a stamp, a page number."""

_COVERED = 80
"""Of a hundred parts of a page, how many the picture covers that a scanner made of it."""

_PICTURES = 500
"""Pictures of one page: some scanners cut it into strips."""

_CROWDED = "a page holds more than any form does; give the form alone"

_SHORTEST = 4 * _SCALE
"""A line that is shorter is part of a letter or of a box to be ticked."""


class Unreadable(Exception):
    """Why a document cannot be read, and what would help: `what; remedy`."""


def program() -> str:
    """Which program reads the text of PDFs."""
    import pdfminer  # noqa: PLC0415  (the extra `pdf`)

    return f"pdfminer.six {pdfminer.__version__}"


class Placed(NamedTuple):
    """A picture as a stream of the document, and the matrix that sets its unit square on the page.

    Lengths are points; the vertical axis runs upwards from the foot of the page, as in PDFs.
    """

    stream: Any
    matrix: tuple[Any, ...]

    @property
    def area(self) -> int:
        """Square points that it covers."""
        a, b, c, d, _, _ = self.matrix
        covered: int = round(abs(a * d - b * c))
        return covered

    @property
    def box(self) -> tuple[Any, Any, Any, Any]:
        """Its left side, foot, right side and top."""
        a, b, c, d, x, y = self.matrix
        left, right = x + min(0, a) + min(0, c), x + max(0, a) + max(0, c)
        return left, y + min(0, b) + min(0, d), right, y + max(0, b) + max(0, d)


class Sheet(NamedTuple):
    """One page: what is written and ruled on it, its pictures, and its size in points."""

    page: Page
    pictures: tuple[Placed, ...]
    wide: int
    high: int

    @property
    def scanned(self) -> bool:
        """Whether it is the picture of a page; words over it are what some program read there."""
        area = self.wide * self.high * _COVERED // 100
        if len(self.page.words) <= _FEW:  # strips of one scan, or a logo beside a few words
            return not self.page.words or self._covered() >= _COVERED
        return not self.page.rules and any(one.area >= area for one in self.pictures)

    def _covered(self) -> int:
        """Of a hundred parts of the page, how many its pictures cover together."""
        rows = [0] * 100
        for one in self.pictures:
            left, foot, right, top = one.box
            first, last = _hundredths(left, right, self.wide)
            low, high = _hundredths(foot, top, self.high)
            strip = (1 << last) - (1 << first)
            rows[low:high] = [row | strip for row in rows[low:high]]
        return sum(row.bit_count() for row in rows) // 100


def _hundredths(begin: Any, end: Any, whole: int) -> tuple[int, int]:
    """From which hundredth of a length up to which other something lies, as far as it does."""
    first, last = (max(0, min(round(at * 100 / max(whole, 1)), 100)) for at in (begin, end))
    return first, max(first, last)


class _Drawn(NamedTuple):
    """What a page draws: letters, shapes and pictures, its size in points, and its top in units."""

    letters: list[LTChar]
    shapes: list[Any]
    pictures: list[Placed]
    wide: int
    high: int
    top: int


def pages_of(payload: bytes) -> Iterator[Sheet]:
    """The pages of a PDF.

    Raises:
        Unreadable: It asks for a password, is damaged, or has too many pages or words.
    """
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect  # noqa: PLC0415
    from pdfminer.pdfpage import PDFPage  # noqa: PLC0415
    from pdfminer.pdfparser import PDFParser  # noqa: PLC0415

    try:
        document = PDFDocument(PDFParser(io.BytesIO(payload)))
    except PDFPasswordIncorrect:
        raise Unreadable("a PDF that asks for a password; save it without one") from None
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > PAGE_LIMIT:
            raise Unreadable(f"more than {PAGE_LIMIT} pages; give the form alone")
        yield _sheet(page)


def _sheet(page: Any) -> Sheet:
    """A page with its letters upright, whichever way it or they are turned."""
    drawn = _drawn(page)
    if turns := _turns(drawn.letters):
        page.rotate = (page.rotate + turns * 90) % 360
        drawn = _drawn(page)
    top = drawn.top
    rules = tuple(rule for shape in drawn.shapes for rule in _rules(shape, top))
    if len(rules) > RULE_LIMIT:
        raise Unreadable(_CROWDED)
    words = tuple(_words(drawn.letters, top))
    return Sheet(Page(words, rules, exact=True), tuple(drawn.pictures), drawn.wide, drawn.high)


def _turns(letters: Iterable[LTChar]) -> int:
    """How many quarters of a turn, clockwise, make most letters run to the right."""
    ways = [0, 0, 0, 0]
    for letter in letters:
        along, up = letter.matrix[:2]
        ways[(0 if along > 0 else 2) if abs(along) >= abs(up) else (1 if up > 0 else 3)] += 1
    return max(range(4), key=ways.__getitem__)


def _drawn(page: Any) -> _Drawn:
    from pdfminer.converter import PDFPageAggregator  # noqa: PLC0415
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager  # noqa: PLC0415

    resources = PDFResourceManager(caching=False)
    device = PDFPageAggregator(resources, laparams=None)
    PDFPageInterpreter(resources, device).process_page(page)
    layout = device.get_result()
    wide, high, top = round(layout.width), round(layout.height), round(layout.y1 * _SCALE)
    drawn = _Drawn([], [], [], wide=wide, high=high, top=top)
    for item, matrix in _items(layout):
        if hasattr(item, "get_text"):
            drawn.letters.append(item)
        elif hasattr(item, "stream"):
            drawn.pictures.append(Placed(item.stream, matrix))
        else:
            drawn.shapes.append(item)
        if (
            len(drawn.letters) > WORD_LIMIT * 8
            or len(drawn.shapes) > RULE_LIMIT
            or len(drawn.pictures) > _PICTURES
        ):
            raise Unreadable(_CROWDED)
    return drawn


def _items(layout: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Letters, drawn shapes and pictures, each with the matrix of the figure it is within."""
    from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage  # noqa: PLC0415

    waiting: list[tuple[Iterator[Any], Any]] = [(iter(layout), None)]
    while waiting:
        items, matrix = waiting[-1]
        item = next(items, None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTFigure) and len(waiting) < 8:
            waiting.append((iter(item), item.matrix))
        elif isinstance(item, LTChar | LTCurve) or (isinstance(item, LTImage) and matrix):
            yield item, matrix


def _rules(shape: Any, top: int) -> Iterator[Rule]:
    """The ruling lines of one shape: itself where it is thin, its edges where they are drawn."""
    left, right = round(shape.x0 * _SCALE), round(shape.x1 * _SCALE)
    upper, lower = top - round(shape.y1 * _SCALE), top - round(shape.y0 * _SCALE)
    wide, high = right - left, lower - upper
    if min(wide, high) <= _THIN:
        if max(wide, high) >= _SHORTEST:
            yield Rule(left, upper, right, lower)
    elif shape.stroke and min(wide, high) >= _SHORTEST and len(shape.pts) <= 6:
        yield Rule(left, upper, right, upper)
        yield Rule(left, lower, right, lower)
        yield Rule(left, upper, left, lower)
        yield Rule(right, upper, right, lower)


def _words(letters: Iterable[LTChar], top: int) -> Iterator[Word]:
    """Letters that follow each other on one foot and in one size, as words."""
    run: list[LTChar] = []
    for letter in letters:
        text = letter.get_text()
        if run and (not text.strip() or not _follows(run[-1], letter)):
            yield _word(run, top)
            run = []
        if text.strip():
            run.append(letter)
    if run:
        yield _word(run, top)


def _follows(before: LTChar, letter: LTChar) -> bool:
    tall = max(before.height, letter.height)
    same = abs(before.y0 - letter.y0) * 20 < tall and abs(before.height - letter.height) * 20 < tall
    gap = letter.x0 - before.x1
    return bool(same and -tall < gap * 2 and gap * 6 < tall)


def _word(run: list[LTChar], top: int) -> Word:
    return Word(
        "".join(letter.get_text() for letter in run),
        round(run[0].x0 * _SCALE),
        top - round(run[0].y1 * _SCALE),
        round(run[-1].x1 * _SCALE),
        top - round(run[0].y0 * _SCALE),
    )
