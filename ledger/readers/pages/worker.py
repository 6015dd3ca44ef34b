"""The process that takes a PDF or a picture apart: bytes come in, pages go out.

    python -m ledger.readers.pages.worker pdf < form.pdf

Whatever goes wrong is an answer too; nothing is ever printed but that answer.
"""

from __future__ import annotations

import sys

import msgspec

from ledger.readers.pages import pdf
from ledger.readers.pages.apart import Told, limit


def answer(payload: bytes) -> Told:
    """The pages of a document, or why there are none."""
    try:
        pages, program = pdf.pages_of(payload)
    except pdf.Unreadable as error:
        return Told(problem=str(error))
    except MemoryError:
        return Told(problem="more than may be taken into memory; give the form alone")
    except Exception as error:  # noqa: BLE001  (a library meets a damaged document)
        return Told(problem=f"damaged ({type(error).__name__}); save it anew, or give its text")
    return Told(tuple(pages), program)


def main() -> None:
    """Answers one document."""
    limit()
    sys.setrecursionlimit(2_000)
    told = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.msgpack.encode(told))


if __name__ == "__main__":
    main()
