"""Reads the pages of a PDF or a picture in a process of its own, with limits on what it may use.

A document from anywhere may be made to exhaust whoever opens it. So the libraries that take
PDFs and pictures apart never run in the process that asks: what they do ends with theirs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from shutil import which
from typing import NamedTuple

import msgspec

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.extras import install
from ledger.readers.pages.page import PAGE_LIMIT, Page

SECONDS = 300
"""How long one document may take, beside what each of its pages may."""

SECONDS_A_PAGE = 30
"""How long each page may take on the average; by character recognition it takes some seconds."""

PATIENCE = 10
"""How many times as long by the clock on the wall: on a busy machine others have the processor."""

MEMORY = 3 * 1024**3
"""Bytes of address space that the reading process may take up."""


class Told(NamedTuple):
    """What the reading process answers: pages and the program that read them, or why none."""

    pages: tuple[Page, ...] = ()
    program: str = ""
    problem: str = ""


_DECODER = msgspec.msgpack.Decoder(Told)


def pages_apart(payload: bytes, kind: str, *, source: str) -> Told:
    """The pages of a document, read in another process. `kind` is `pdf` or `picture`.

    Raises:
        NotAnOwnershipForm: What reads such documents is not installed.
        ReadError: It cannot be read, or takes more time or memory than any form does.
    """
    missing = _missing(kind)
    if missing:
        what, remedy = missing
        raise NotAnOwnershipForm(what, where=source, remedy=remedy)
    command = [sys.executable, "-m", "ledger.readers.pages.worker", kind, str(SECONDS)]
    longest = (SECONDS + SECONDS_A_PAGE * PAGE_LIMIT) * PATIENCE
    try:
        done = subprocess.run(  # noqa: S603  (this interpreter, and a word of ours)
            command, input=payload, capture_output=True, timeout=longest, check=False
        )
        told = _DECODER.decode(done.stdout)
    except subprocess.TimeoutExpired:
        told = Told(problem=too_long(longest))
    except (OSError, msgspec.DecodeError):
        told = Told(problem="damaged, or more than may be taken into memory; save it anew")
    if told.problem:
        what, _, remedy = told.problem.partition("; ")
        raise ReadError(what, where=source, remedy=remedy or "give the text of the form")
    return told


def without_ocr(what: str) -> str:
    """Why a picture cannot be read here, and the command that would help."""
    missing = "which needs the extra `ocr` and the program tesseract"
    return f"{what}, {missing}; {install('ocr')}, and apt-get install tesseract-ocr"


def _missing(kind: str) -> tuple[str, str] | None:
    """What is not installed of what reads this kind, and the command that would help."""
    if kind == "pdf" and find_spec("pdfminer") is None:
        return "a PDF, which needs the extra `pdf`", install("pdf")
    lacking = [name for name in ("numpy", "PIL") if kind == "picture" and find_spec(name) is None]
    if lacking or (kind == "picture" and which("tesseract") is None):
        what, _, remedy = without_ocr("a picture").partition("; ")
        return what, remedy
    return None


def too_long(seconds: int) -> str:
    """That a document was given up after so many seconds, and what would help."""
    return f"not read within {seconds} seconds; give the form alone"


def limit() -> None:
    """Holds this process to its share of memory and, in the end, of the processor."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415  (only there)

    longest = SECONDS + SECONDS_A_PAGE * PAGE_LIMIT
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, longest)):
        _, hard = resource.getrlimit(what)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (ceiling, hard))
