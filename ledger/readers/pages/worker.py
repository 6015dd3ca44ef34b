"""The process that takes a PDF or a picture apart: bytes come in, pages go out.

    python -m ledger.readers.pages.worker pdf < form.pdf

Whatever goes wrong is an answer too; nothing is ever printed but that answer.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib.util import find_spec
from shutil import which
from typing import Self

import msgspec

from ledger.readers.pages import pdf
from ledger.readers.pages.apart import (
    PATIENCE,
    SECONDS_A_PAGE,
    Told,
    limit,
    too_long,
    without_ocr,
)
from ledger.readers.pages.page import Page
from ledger.readers.pages.pdf import Unreadable


class Clock:
    """The time that a document has: some seconds for itself, and some more for each page of it.

    They are seconds of the processor, the programs' that read characters included, so that a page is
    not given up because the machine does other work; of the clock on the wall it has many times more.
    """

    def __init__(self, seconds: int) -> None:
        self._allowed = seconds
        self._worked, self._begun = _worked(), int(os.times().elapsed)

    def __enter__(self) -> Self:
        if hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Says that the time is no longer counted: there is an answer, whatever it is."""
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)

    def start(self) -> None:
        """Lets it run; where no time at all is given, it is over at once."""
        self._worked, self._begun = _worked(), int(os.times().elapsed)
        self._ring()

    def page(self) -> None:
        """Gives the time of another page."""
        self._allowed += SECONDS_A_PAGE
        self._ring()

    def _ring(self, *_: object) -> None:
        """Ends what is read, once its time is spent; till then it looks again when that may be."""
        left = self._allowed - (_worked() - self._worked)
        if left <= 0 or os.times().elapsed - self._begun > self._allowed * PATIENCE:
            raise Unreadable(too_long(self._allowed))
        if hasattr(signal, "setitimer"):
            # It rings again and again: a library may have caught what was raised the first time.
            signal.setitimer(signal.ITIMER_REAL, max(left, 1 / 1000), 1)


def _worked() -> int:
    """Seconds of the processor that this process took so far, and programs that it ran to their end."""
    spent = os.times()
    return int(spent.user + spent.system + spent.children_user + spent.children_system)


def answer(kind: str, payload: bytes, clock: Clock) -> Told:
    """The pages of a document, or why there are none."""
    try:
        clock.start()
        pages, program = _pdf(payload, clock) if kind == "pdf" else _pictures(payload, clock)
    except Unreadable as error:
        return Told(problem=str(error))
    except MemoryError:
        return Told(problem="more than may be taken into memory; give the form alone")
    except Exception as error:  # noqa: BLE001  (a library meets a damaged document)
        what = "a PDF" if kind == "pdf" else "a picture"
        why = f"{what} that is damaged ({type(error).__name__})"
        return Told(problem=f"{why}; save it anew, or give its text")
    finally:
        clock.stop()  # on a busy machine it would ring again before the answer is written
    return Told(tuple(pages), program)


def _pdf(payload: bytes, clock: Clock) -> tuple[list[Page], str]:
    """Every page by its letters; a page that has none, by its picture.

    A picture that cannot be read leaves its page empty, which is said, and the others as they
    are; where no page has a word, it is why there are none.
    """
    found: list[Page] = []
    by = [pdf.program()]
    lost: list[Exception] = []
    for sheet in pdf.pages_of(payload):
        clock.page()
        page = sheet.page
        shown: list[Page] = []
        if sheet.pictures and sheet.scanned:
            try:
                shown, program = _pictured(sheet)
                by = [pdf.program(), program]
            except (Unreadable, OSError, ValueError, SyntaxError) as error:
                page = page._replace(exact=False)
                if not page.words:
                    lost.append(error)
        found += shown or [page]
    if lost and not any(page.words for page in found):
        raise lost[0]
    return found, " and ".join(by)


def _pictured(sheet: pdf.Sheet) -> tuple[list[Page], str]:
    """The pages that a page's picture shows, and the program that read it."""
    _need_ocr("a PDF of pictures")
    from ledger.readers.pages import cells, pdf_pictures  # noqa: PLC0415
    from ledger.readers.pages import pictures as scans  # noqa: PLC0415

    shown = scans.parted(scans.sheet_of(*pdf_pictures.page_of(sheet)))
    return [cells.read_page(one) for one in shown], _programs()


def _pictures(payload: bytes, clock: Clock) -> tuple[list[Page], str]:
    _need_ocr("a picture")
    from ledger.readers.pages import cells  # noqa: PLC0415
    from ledger.readers.pages import pictures as scans  # noqa: PLC0415

    found: list[Page] = []
    for sheet in scans.pictures_of(payload):
        clock.page()
        found.append(cells.read_page(sheet))
    return found, _programs()


def _programs() -> str:
    """The programs that read characters here."""
    from ledger.readers.pages import engine, second  # noqa: PLC0415

    return " and ".join(filter(None, (engine.version(), second.named())))


def _need_ocr(what: str) -> None:
    if _without_ocr():
        raise Unreadable(without_ocr(what))


def _without_ocr() -> bool:
    lacking = [name for name in ("numpy", "PIL") if find_spec(name) is None]
    return bool(lacking) or which("tesseract") is None


def main() -> None:
    """Answers one document."""
    limit()
    sys.setrecursionlimit(2_000)
    payload = sys.stdin.buffer.read()
    with Clock(int(sys.argv[2])) as clock:
        told = answer(sys.argv[1], payload, clock)
    sys.stdout.buffer.write(msgspec.msgpack.encode(told))


if __name__ == "__main__":
    main()
