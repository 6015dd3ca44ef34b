"""How well paper is read that no reader was made for: forms of our own, printed and scanned.

    python -m tests.benchmarks.printed                       random filings
    python -m tests.benchmarks.printed --corpus              real ones, from the corpus beside
    python -m tests.benchmarks.printed --from-seed 100       others, in other looks
    python -m tests.benchmarks.printed --only picture --wrong
    python -m tests.benchmarks.printed --corpus --common     in the look of a browser's print
    python -m tests.benchmarks.printed --corpus --browser    printed by a browser (chromium)
    python -m tests.benchmarks.printed --corpus --viewer     by a browser, as the Commission's viewer shows it

Every filing is printed in a look of its own (`tests.scans.press`), as a PDF and as pictures
that a scanner spoils, and read from the PDF, from the pictures, and from what tesseract makes
of them: text with its blanks kept or single, and words with boxes. Columns as in
`tests.benchmarks.ocr`; below them, how many of the values told as repaired or inferred are
right, by field. Pictures and their texts are skipped where tesseract is not installed.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

from ledger.errors import ReadError
from ledger.filing import Filing
from ledger.readers import read
from tests.corpus import CORPUS
from tests.scans import browser
from tests.scans.agreement import HEADING, Field, Score, calibration
from tests.scans.filings import filing
from tests.scans.leaf import Look
from tests.scans.press import leaves
from tests.scans.scanner import Damage, Face, Standard, as_file, as_pdf, pictures, spoilt
from tests.scans.viewer import Viewed

PAGES: dict[str, type[browser.Web]] = {"browser": browser.Web, "viewer": Viewed}
"""Looks that a browser prints, by how they are called."""

SCANS: tuple[tuple[int, Damage], ...] = (
    *((300, "none"), (300, "copy"), (200, "copy")),
    *((200, "fax"), (150, "copy"), (200, "rough")),
)
"""Dots an inch, and what the machine did to the page."""

FED: tuple[tuple[int, Damage], ...] = ((200, "drift"), (200, "torn fax"))
"""Pages that were fed unevenly, or sent over a bad line: for forms that a browser printed."""

_MOST_ROWS = 40


def real(count: int, seed: int) -> Iterator[tuple[str, Filing]]:
    """Filings of the corpus, drawn by a seed, without those that its own scans are of."""
    scanned = {path.stem for path in (CORPUS / "ocr" / "pdf").iterdir()}
    paths = [p for p in sorted((CORPUS / "ownership_xml").glob("*.xml")) if p.stem not in scanned]
    random.Random(seed).shuffle(paths)
    found = 0
    for path in paths:
        try:
            truth = read(path.read_bytes(), source=path.name).filing
        except ReadError:
            continue
        if truth.owners and 0 < len(truth.rows) <= _MOST_ROWS and found < count:
            found += 1
            yield path.stem, truth


def invented(count: int, seed: int) -> Iterator[tuple[str, Filing]]:
    """Random filings."""
    for number in range(seed, seed + count):
        yield f"filing {number}", filing(number)


def documents(
    truth: Filing, seed: int, folders: Sequence[str], only: str, how: str = ""
) -> Iterator[tuple[str, bytes, str]]:
    """A filing's print in every variant: its name, the document, how it is called.

    `how` is "common", one of `PAGES`, or nothing for a look drawn from the seed.
    """
    if how in PAGES:
        page = PAGES[how](truth, seed)
        document, ruled = browser.printed(page), page.rules == "all"
    else:
        standard, face = Standard(seed), Face(seed, folders)
        document = as_pdf(leaves(truth, Look(seed), standard.measure), standard)
        look = Look.common(seed) if how == "common" else Look(seed)
        printed, ruled = leaves(truth, look, face.measure), look.ruled
    if only in "pdf":
        yield "pdf", document, "form.pdf"
    for dpi, damage in SCANS + (FED if how in PAGES else ()):
        name = f"{dpi} {damage}"
        wanted = [f"{way} {name}" for way in ("psm4", "plain", "boxes", "picture")]
        if not any(only in way for way in wanted):
            continue
        if how in PAGES:
            pages = spoilt(browser.drawn(document, dpi), dpi=dpi, damage=damage, seed=seed)
        else:
            pages = pictures(printed, face, dpi=dpi, damage=damage, seed=seed)
        if any(only in way for way in wanted[:3]):
            text, tsv = recognised(pages, dpi)
            yield wanted[0], text, "form.txt"
            yield wanted[1], re.sub(rb"(?<=\S) +", b" ", text), "form.txt"
            yield wanted[2], tsv, "form.tsv"
        if only in wanted[3]:
            yield (
                f"{wanted[3]} {'ruled' if ruled else 'bare'}",
                as_file(pages, dpi=dpi),
                "form.tif",
            )


def recognised(pages: Sequence[Any], dpi: int) -> tuple[bytes, bytes]:
    """What tesseract reads on pages, as text and as words with boxes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, page in enumerate(pages):
            path = Path(folder) / f"{number}.png"
            page.save(path)
            paths.append(str(path))
        listed, out = Path(folder) / "list.txt", Path(folder) / "out"
        listed.write_text("\n".join(paths), "utf-8")
        command = ["tesseract", str(listed), str(out), "--psm", "4", "--dpi", str(dpi)]
        command += ["-c", "preserve_interword_spaces=1", "txt", "tsv"]
        subprocess.run(command, check=True, capture_output=True)
        return out.with_suffix(".txt").read_bytes(), out.with_suffix(".tsv").read_bytes()


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--filings", type=int, default=10, help="how many filings")
    options.add_argument("--from-seed", type=int, default=0, help="which ones, in which looks")
    look = options.add_mutually_exclusive_group()
    look.add_argument("--common", dest="how", action="store_const", const="common", default="")
    look.add_argument("--browser", dest="how", action="store_const", const="browser", default="")
    look.add_argument("--viewer", dest="how", action="store_const", const="viewer", default="")
    options.add_argument("--corpus", action="store_true", help="real filings of the corpus")
    options.add_argument("--only", default="", help="variants whose name holds this")
    options.add_argument("--fonts", action="append", default=[], help="a folder of typefaces")
    options.add_argument("--wrong", nargs="*", help="show values of these verdicts (silent, ...)")
    chosen = options.parse_args()
    if shutil.which("tesseract") is None:
        print("pictures are skipped: tesseract is not installed")
        chosen.only = "pdf"
    if chosen.how in PAGES and not browser.is_there():
        print("nothing is printed: chromium and pdftoppm are not installed")
        return
    scores: dict[str, Score] = defaultdict(Score)
    wrong: dict[str, list[tuple[str, Field]]] = defaultdict(list)
    drawn = (real if chosen.corpus else invented)(chosen.filings, chosen.from_seed)
    for number, (name, truth) in enumerate(drawn, start=chosen.from_seed * 1000):
        folders = (*chosen.fonts, "/usr/share/fonts")
        for variant, payload, source in documents(truth, number, folders, chosen.only, chosen.how):
            try:
                said = read(payload, source=source).filing
            except ReadError:
                said = None
            wrong[variant] += [(name, field) for field in scores[variant].add(truth, said)]
    report(scores, wrong, chosen.wrong)


def report(
    scores: dict[str, Score], found: dict[str, list[tuple[str, Field]]], wrong: list[str] | None
) -> None:
    """The table, what is wrong where that was asked for, and how far what is told is right."""
    print(HEADING)
    for variant in sorted(scores):
        print(f"{variant:34}{scores[variant].line()}")
        for name, field in found[variant]:
            if wrong is not None and field.verdict in (wrong or ["silent", "told"]):
                print(
                    f"    {field.verdict:8}{field.name:18}{field.meant!s:.50} | {field.said!s:.50}   {name:.28}"
                )
    for line in calibration(field for pairs in found.values() for _, field in pairs):
        print(line)


assert set(get_args(Damage)) >= {damage for _, damage in SCANS}

if __name__ == "__main__":
    main()
