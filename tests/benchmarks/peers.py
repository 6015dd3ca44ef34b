"""Other programs that read tables off the same pages, used as their first examples show.

    python -m tests.benchmarks.peers             every variant
    python -m tests.benchmarks.peers picture     variants whose name holds this word

pdfplumber and camelot give a PDF's cells; a table is known by the number of its columns, a figure is
taken where a cell is nothing but one. tesseract gives the text of a picture; a row is a line that has a title, a
day, a code, an amount, a letter, a price, a balance and a letter. Nothing else is done to help them. Columns as in
`tests.benchmarks.ocr`, and seconds of processor time a form. What is not installed is skipped with a word.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which

from ledger.errors import ReadError
from ledger.filing import Filing, Row
from ledger.readers import read
from ledger.readers.grammar import day_us, quantity
from ledger.readers.scan.columns import INITIAL_PRINTED, PRINTED
from tests.benchmarks.ocr import truth_of
from tests.benchmarks.pages import spent
from tests.corpus import CORPUS
from tests.scans.agreement import HEADING, Score

Cells = list[str]
FIGURES = frozenset("shares shares_after price underlying_shares exercise_price".split())
DIRECTIONS = {"A": "acquired", "D": "disposed"}
OWNERSHIPS = {"D": "direct", "I": "indirect"}
LINE = re.compile(
    r"(?P<security>\D{3,60}?)\s+(?P<effective_on>\d\d/\d\d/\d{4})\s+(?P<code>[A-Z])\s+(?P<shares>[\d,.]+)"
    r"\s+(?P<direction>[AD])\s+\$?(?P<price>[\d,.]+)\s+(?P<shares_after>[\d,.]+)\s+(?P<ownership>[DI])\b"
)


def rows_of(tables: list[list[Cells]], *, initial: bool) -> list[Row]:
    """The rows of a document's tables, each cell taken as it is."""
    layouts = {
        len(columns): (table, columns)
        for table, choices in (INITIAL_PRINTED if initial else PRINTED).items()
        for columns in choices[:2]
    }
    found: list[Row] = []
    for cells in (row for table in tables for row in table):
        if len(cells) not in layouts:
            continue
        table, columns = layouts[len(cells)]
        said = dict(zip(columns, (" ".join((cell or "").split()) for cell in cells), strict=True))
        if any(quantity(said.get(name, "")) is not None for name in ("shares_after", "shares")):
            found.append(row_of(table, sum(r.table == table for r in found) + 1, said))
    return found


def row_of(table: str, line: int, said: dict[str, str]) -> Row:
    """A row of what its cells say, as far as they are what their columns hold."""
    fields = {name: quantity(said.get(name, "").replace("$", "")) for name in FIGURES}
    for name in ("acquired", "disposed"):
        if (shares := quantity(said.get(name, ""))) is not None:
            fields |= {"shares": shares, "direction": name}
    letter = said.get("direction", "")
    if letter in DIRECTIONS:
        fields["direction"] = DIRECTIONS[letter]
    code = said.get("code", "")
    return Row(
        table=table,
        line=line,
        holding=not said.get("effective_on"),
        security=said.get("security"),
        effective_on=day_us(said.get("effective_on", "")),
        code=code if len(code) == 1 else None,
        ownership=OWNERSHIPS.get(said.get("ownership", "")),
        nature=said.get("nature", ""),
        **fields,
    )


def by_pdfplumber(path: Path, *, initial: bool) -> list[Row]:
    import pdfplumber  # noqa: PLC0415  (only where it is installed)

    with pdfplumber.open(path) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return rows_of(tables, initial=initial)


def by_camelot(path: Path, *, initial: bool) -> list[Row]:
    import camelot  # noqa: PLC0415  (only where it is installed)

    found = camelot.read_pdf(str(path), pages="all", flavor="lattice")
    return rows_of([table.df.values.tolist() for table in found], initial=initial)


def by_tesseract(path: Path, *, initial: bool) -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "200", "-png", path, f"{folder}/page"], check=True)
        text = ""
        for page in sorted(Path(folder).iterdir()):
            command = ["tesseract", page, "stdout", "--psm", "4"]
            text += subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = enumerate((found.groupdict() for found in LINE.finditer(text)), start=1)
    return [row_of("I", number, said) for number, said in lines]


def by_ledger(path: Path, *, initial: bool) -> list[Row]:
    return list(read(path.read_bytes(), source=path.name).filing.rows)


def programs() -> Iterator[tuple[str, Callable[..., list[Row]]]]:
    """What is installed."""
    yield "ledger", by_ledger
    for name, call in (("pdfplumber", by_pdfplumber), ("camelot", by_camelot)):
        if find_spec(name) is None:
            print(f"{name} is skipped: it is not installed")
        else:
            yield name, call
    if which("tesseract") is None or which("pdftoppm") is None:
        print("tesseract is skipped: it or pdftoppm is not installed")
    else:
        yield "tesseract", by_tesseract


def only_rows(truth: Filing, rows: list[Row]) -> Filing:
    """A filing of which the rows alone were read."""
    return truth.model_copy(update={"rows": tuple(rows), "repairs": ()})


def main() -> None:
    """Prints the table."""
    if not (CORPUS / "ocr").is_dir():
        print("skipped: the corpus of real scans is not beside the project")
        return
    scans = sorted((CORPUS / "ocr" / "scans").iterdir())
    variants = {
        "PDF, marks raised": sorted((CORPUS / "ocr" / "pdf-raised").iterdir()),
        "picture, copied at 200": [path for path in scans if path.stem.endswith("200.copy")],
    }
    there = list(programs())
    print(HEADING)
    for variant, documents in variants.items():
        if len(sys.argv) > 1 and sys.argv[1] not in variant:
            continue
        for name, call in there:
            score, begun = Score(), spent()
            for path in documents:
                truth = truth_of(path)
                try:
                    rows = call(path, initial=truth.form.startswith("3"))
                except (ReadError, OSError, ValueError, subprocess.CalledProcessError):
                    rows = []
                score.add(truth, only_rows(truth, rows))
            each = (spent() - begun) / max(1, len(documents))
            print(f"{variant + ' ' + name:34}{score.line()}{each:7.1f} s", flush=True)


if __name__ == "__main__":
    main()
