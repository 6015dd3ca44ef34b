"""How well paper is read as real programs scan it: key fields against the XML of the same filing.

    python -m tests.benchmarks.ocr                      every variant of the corpus
    python -m tests.benchmarks.ocr --only 200.copy      variants whose name holds these words
    python -m tests.benchmarks.ocr --wrong              and every value that is wrong

Key fields are shares, shares after, direction, day and code; `told ok` counts those that were
told as repaired or inferred, and were right; below the table, of all such fields. A variant is a folder of `ocr/` in the corpus.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ledger.errors import ReadError
from ledger.filing import Filing
from ledger.readers import read
from tests.corpus import CORPUS
from tests.scans.agreement import HEADING, Field, Score, calibration


def variants(root: Path) -> Iterator[tuple[str, list[Path]]]:
    """The documents of each variant, by name."""
    for folder in sorted([*(root / "texts").iterdir(), *(root / "tsv").iterdir()]):
        kind = "tsv " if folder.parent.name == "tsv" else ""
        yield kind + folder.name, sorted(folder.iterdir())
    for name in ("pdf", "pdf-raised"):
        yield name, sorted((root / name).iterdir())
    scans = sorted((root / "scans").iterdir())
    for damage in ("300.none", "200.copy", "200.fax"):
        yield f"scans {damage}", [path for path in scans if path.stem.endswith(damage)]


def truth_of(document: Path) -> Filing:
    """The filing as its XML states it."""
    name = document.stem
    for damage in (".300.none", ".200.copy", ".200.fax"):
        name = name.removesuffix(damage)
    found = CORPUS / "ownership_xml" / f"{name}.xml"
    return read(found.read_bytes(), source=found.name).filing


def score(documents: list[Path]) -> tuple[Score, list[tuple[str, Field]]]:
    """Every document read and compared, field by field."""
    total = Score()
    wrong: list[tuple[str, Field]] = []
    for document in documents:
        try:
            found = read(document.read_bytes(), source=document.name).filing
        except ReadError:
            found = None
        judged = total.add(truth_of(document), found)
        wrong += [(document.name, field) for field in judged]
    return total, wrong


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", default="", help="variants whose name holds this")
    options.add_argument("--wrong", nargs="*", help="show values of these verdicts (silent, ...)")
    options.add_argument("--key", action="store_true", help="show key fields alone")
    chosen = options.parse_args()
    if not (CORPUS / "ocr").is_dir():
        print("skipped: the corpus of real scans is not beside the project")
        return
    print(HEADING)
    every: list[Field] = []
    for name, documents in variants(CORPUS / "ocr"):
        if chosen.only not in name or not documents:
            continue
        total, wrong = score(documents)
        print(f"{name:34}{total.line()}", flush=True)
        every += [field for _, field in wrong]
        if chosen.wrong is None:
            continue
        for document, field in wrong:
            asked = field.verdict in (chosen.wrong or ["silent", "told"])
            if asked and (field.key or not chosen.key):
                print(
                    f"    {field.verdict:8}{field.name:18}{field.meant!s:.50} | {field.said!s:.50}"
                    f"   {document:.28}"
                )
    for line in calibration(every):
        print(line)


if __name__ == "__main__":
    main()
