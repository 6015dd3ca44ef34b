"""The program that reads characters: tesseract, told what it looks at and how."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from PIL import Image

from ledger.readers.pages.apart import PATIENCE
from ledger.readers.pages.page import Word
from ledger.readers.pages.pdf import Unreadable
from ledger.readers.pages.word_boxes import words_of_tsv

_SURE = 60
"""Of a hundred, how confident the program is of a word that is right nearly always."""

_SECONDS = 120
"""Seconds of the processor that one run may take: a page takes two to three."""


def version() -> str:
    """The program and its version, as it names itself."""
    first = _run(["--version"]).split("\n", 1)[0]
    found = re.match(r"tesseract v?([\w.-]{1,20})", first)
    return f"tesseract {found.group(1)}" if found else "tesseract"


class Seen(NamedTuple):
    """What was read on a page: its words, how many letters they have, and how many are sure."""

    words: list[Word]
    letters: int
    sure: int

    @property
    def percent(self) -> int:
        """Of a hundred letters, how many are sure; none, where there are none."""
        return self.sure * 100 // self.letters if self.letters else 0


def page_words(picture: Image.Image, dpi: int) -> Seen:
    """The words of a whole page, in columns of text of any size (psm 4)."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.pgm"
        picture.save(path)
        told = _run([str(path), "stdout", "--psm", "4", "--dpi", str(dpi), "tsv"])
    rated = re.findall(r"\t(\d+)(?:\.\d+)?\t(\S*[^\W\d_]{3}\S*)$", told, re.MULTILINE)
    letters = sum(len(text) for _, text in rated)
    sure = sum(len(text) for confidence, text in rated if int(confidence) > _SURE)
    words = [said.word for said in words_of_tsv(told) if said.word]
    return Seen(words, letters, sure)


def turned(picture: Image.Image, dpi: int) -> int | None:
    """How many quarters of a turn, clockwise, put a page upright; None where it is not told."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "page.pgm"
        picture.save(path)
        try:
            told = _run([str(path), "stdout", "--psm", "0", "--dpi", str(dpi)])
        except Unreadable:  # too few letters, or the program was installed without this
            return None
    found = re.search(r"^Rotate: (\d+)$", told, re.MULTILINE)
    return int(found.group(1)) // 90 % 4 if found else None


def texts(pictures: Sequence[Image.Image], dpi: int, *, psm: int, only: str = "") -> list[str]:
    """What stands on each of some small pictures, all read in one run.

    `psm` says what a picture holds (6: a block, 7: a line, 10: a letter), `only` which
    signs may stand there.
    """
    if not pictures:
        return []
    with TemporaryDirectory() as folder:
        paths = []
        for number, picture in enumerate(pictures):
            path = Path(folder) / f"{number}.pgm"
            picture.save(path)
            paths.append(str(path))
        listed = Path(folder) / "list.txt"
        listed.write_text("\n".join(paths), "utf-8")
        command = [str(listed), "stdout", "--psm", str(psm), "--dpi", str(dpi)]
        command += ["-c", f"tessedit_char_whitelist={only}"] if only else []
        found = _run([*command, "-c", "page_separator=\f"]).split("\f")
    if len(found) < len(pictures):
        raise Unreadable("tesseract did not read every cell; scan it anew, or give its text")
    return [text.strip() for text in found[: len(pictures)]]


def _limited() -> None:
    """Holds the program that is about to run to its share of the processor."""
    import resource  # noqa: PLC0415  (only there)

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = _SECONDS if hard == resource.RLIM_INFINITY else min(_SECONDS, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _run(arguments: Sequence[str]) -> str:
    """One run of the program; it computes on one processor, as there may be many of us."""
    try:
        done = subprocess.run(  # noqa: S603
            ["tesseract", *arguments],  # noqa: S607  (wherever the user's system has it)
            capture_output=True,
            timeout=_SECONDS * PATIENCE,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            preexec_fn=_limited if os.name == "posix" else None,
        )
    except (OSError, subprocess.SubprocessError) as error:
        what = f"tesseract failed on it ({type(error).__name__})"
        raise Unreadable(f"{what}; scan it anew, or give its text") from None
    return done.stdout.decode("utf-8", "replace")
