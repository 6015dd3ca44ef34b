"""The process that takes a PDF or a picture apart: bytes come in, pages go out.

    python -m ledger.readers.pages.worker pdf < form.pdf

Whatever goes wrong is an answer too; nothing is ever printed but that answer.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from shutil import which

import msgspec

from ledger.readers.pages import pdf
from ledger.readers.pages.apart import Told, limit, without_ocr
from ledger.readers.pages.page import Page
from ledger.readers.pages.pdf import Unreadable

_FEW = 12
"""Words of a page at which its pictures are looked at: a stamp, a page number."""


def answer(kind: str, payload: bytes) -> Told:
    """The pages of a document, or why there are none."""
    try:
        pages, program = _pdf(payload) if kind == "pdf" else _pictures(payload)
    except Unreadable as error:
        return Told(problem=str(error))
    except MemoryError:
        return Told(problem="more than may be taken into memory; give the form alone")
    except Exception as error:  # noqa: BLE001  (a library meets a damaged document)
        what = "a PDF" if kind == "pdf" else "a picture"
        why = f"{what} that is damaged ({type(error).__name__})"
        return Told(problem=f"{why}; save it anew, or give its text")
    return Told(tuple(pages), program)


def _pdf(payload: bytes) -> tuple[list[Page], str]:
    """Every page by its letters; a page that has none, by its picture."""
    found, by = [], [pdf.program()]
    for page, pictures in pdf.pages_of(payload):
        if len(page.words) > _FEW or not pictures:
            found.append(page)
            continue
        _need_ocr("a PDF of pictures")
        from ledger.readers.pages import cells, engine, pdf_pictures  # noqa: PLC0415
        from ledger.readers.pages import pictures as scans  # noqa: PLC0415

        stream, points = max(pictures, key=lambda one: one[1])
        picture = pdf_pictures.picture_of(stream)
        dots = picture.width * 72 // max(points, 1)
        found.append(cells.read_page(scans.sheet_of(picture, max(70, min(dots, 1_200)))))
        by = [pdf.program(), engine.version()]
    return found, " and ".join(by)


def _pictures(payload: bytes) -> tuple[list[Page], str]:
    _need_ocr("a picture")
    from ledger.readers.pages import cells, engine  # noqa: PLC0415
    from ledger.readers.pages import pictures as scans  # noqa: PLC0415

    return [cells.read_page(sheet) for sheet in scans.pictures_of(payload)], engine.version()


def _need_ocr(what: str) -> None:
    lacking = [name for name in ("numpy", "PIL") if find_spec(name) is None]
    if lacking or which("tesseract") is None:
        raise Unreadable(without_ocr(what))


def main() -> None:
    """Answers one document."""
    limit()
    sys.setrecursionlimit(2_000)
    told = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.msgpack.encode(told))


if __name__ == "__main__":
    main()
