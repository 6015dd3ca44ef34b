"""How each filing of the corpus's scans fares when the reader's limits are set without it.

    python -m tests.benchmarks.left_out                     faxes at 200 dpi, as text and as word boxes
    python -m tests.benchmarks.left_out --only 300.none     other variants, by a part of the name

The reader of paper has no weights that are trained; it has rules, and limits that were measured
on pages, those of the corpus among them. So what can be left out is a filing's say in its limits:
each limit is chosen anew by the other filings, from values around the one it has, as what gives
most exact key fields, twenty of which weigh as much as one that is silently wrong. A line for each
filing, the worst first: its key fields with the limits as they are, and with those that were
chosen without it. What is not left out: the rules themselves, which were written by people who had
seen these pages. For rules, look at `tests.benchmarks.printed` with seeds of your own.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from ledger.errors import ReadError
from ledger.readers import read
from tests.benchmarks.ocr import truth_of, variants
from tests.corpus import CORPUS
from tests.scans.agreement import Score

_SCAN, _PAGES = "ledger.readers.scan", "ledger.readers.pages"


class Limit(NamedTuple):
    """A limit of the reader: where it is written, its value, and others that it may have."""

    places: tuple[str, ...]
    value: int
    others: tuple[int, ...]


LIMITS: Mapping[str, Limit] = {
    "poor": Limit((f"{_SCAN}.doubts.POOR", f"{_SCAN}.reader.POOR"), 88, (82, 94)),
    "illegible": Limit((f"{_SCAN}.doubts.ILLEGIBLE", f"{_SCAN}.reader.ILLEGIBLE"), 80, (74, 86)),
    "well": Limit((f"{_SCAN}.chart.WELL",), 93, (89, 97)),
    "strewn": Limit((f"{_SCAN}.chart._STREWN",), 18, (9, 36)),
    "unsure": Limit((f"{_PAGES}.word_boxes._UNSURE",), 70, (55, 85)),
}
"""Limits that were measured on pages of the corpus; of a hundred, or of a thousand words."""

_DEAR = 20
"""How many exact fields weigh as much as one that is silently wrong."""

_VARIANTS = ("form.200.fax.psm4",)


@contextmanager
def set_to(chosen: Mapping[str, int]) -> Iterator[None]:
    """The reader with some limits at other values."""
    patches = [
        mock.patch(place, value)
        for name, value in chosen.items()
        if value != LIMITS[name].value
        for place in LIMITS[name].places
    ]
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in patches:
            patch.stop()


def judged(documents: list[Path], chosen: Mapping[str, int]) -> Counter[str]:
    """Verdicts on the key fields of a filing's documents, read with some limits changed."""
    total = Score()
    with set_to(chosen):
        for document in documents:
            try:
                found = read(document.read_bytes(), source=document.name).filing
            except ReadError:
                found = None
            total.add(truth_of(document), found)
    return total.key


def worth(verdicts: Counter[str]) -> int:
    """What a reading is worth."""
    return verdicts["exact"] - _DEAR * verdicts["silent"]


def chosen_without(name: str, tried: Mapping[tuple[str, str, int], Counter[str]]) -> dict[str, int]:
    """For each limit the value that the other filings are read best with; as it is, where tied."""
    found = {}
    for limit, (_, value, others) in LIMITS.items():
        worths = {
            one: sum(
                worth(verdicts)
                for (filing, said, at), verdicts in tried.items()
                if filing != name and (said, at) == (limit, one)
            )
            for one in (value, *others)
        }
        found[limit] = max(worths, key=lambda one: worths[one])
    return found


def line(verdicts: Counter[str]) -> str:
    """Key fields exact and silently wrong, of how many."""
    total = verdicts.total() or 1
    return f"{verdicts['exact'] / total:9.3f}{verdicts['silent'] / total:8.4f}"


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--only", action="append", help="variants whose name holds this")
    asked = options.parse_args().only or list(_VARIANTS)
    if not (CORPUS / "ocr").is_dir():
        print("skipped: the corpus of real scans is not beside the project")
        return
    filings: dict[str, list[Path]] = defaultdict(list)
    for name, documents in variants(CORPUS / "ocr"):
        if any(part in name for part in asked):
            for document in documents:
                filings[truth_of(document).accession or document.stem].append(document)
    tried = {}
    for filing, documents in filings.items():
        usual = judged(documents, {})
        for limit, (_, value, others) in LIMITS.items():
            tried[filing, limit, value] = usual
            for other in others:
                tried[filing, limit, other] = judged(documents, {limit: other})
    report(filings, tried)


def report(
    filings: Mapping[str, list[Path]], tried: Mapping[tuple[str, str, int], Counter[str]]
) -> None:
    """A line for each filing, the worst first, and one for all."""
    first = next(iter(LIMITS))
    print(f"{'filing':28}{'fields':>7}  as it is         limits set without it")
    sums = (Counter[str](), Counter[str]())
    lines = []
    for filing, documents in filings.items():
        other = chosen_without(filing, tried)
        usual = tried[filing, first, LIMITS[first].value]
        anew = judged(documents, other)
        sums[0].update(usual)
        sums[1].update(anew)
        moved = ", ".join(
            f"{name} {value}" for name, value in other.items() if value != LIMITS[name].value
        )
        total = usual.total()
        shown = f"{filing[:28]:28}{total:7}{line(usual)}{line(anew)}  {moved}"
        lines.append((worth(usual) / total if total else 1, shown))
    for _, shown in sorted(lines):
        print(shown)
    print(f"{'all':28}{sums[0].total():7}{line(sums[0])}{line(sums[1])}")


if __name__ == "__main__":
    main()
