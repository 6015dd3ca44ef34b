"""Paper mutated at random, as text, words with boxes, PDFs and pictures: read or refused, and no hang.

`python -m tests.soak.paper [DOCUMENTS] [SEED] [--processes N]` prints what came of each kind. The documents
are printed here; those of the corpus are mutated too where it is beside the project. Pages are
taken apart as in the reading process, limits included, but in this one. Character recognition is played:
its words and cells are made up, so that what is tried is all that stands around it.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from functools import cache
from typing import Any
from unittest.mock import patch

from ledger.errors import ReadError
from ledger.readers import read_forms
from ledger.readers.pages import apart, engine
from ledger.readers.pages.page import Word
from ledger.readers.pages.worker import Clock, answer
from tests.corpus import CORPUS
from tests.scans.dialects import BY_LINE, BY_WORD, sheets_of
from tests.scans.filings import filing
from tests.scans.leaf import Look
from tests.scans.paper import FOOT, TOP, alto, boxes, hocr, pdf, saved, table, tsv
from tests.scans.press import leaves
from tests.scans.scanner import Face, Standard, as_file, as_pdf, pictures
from tests.shares import asked, concluded, together
from tests.soak.mutations import bit, cut, digit, exchanged, hole, letters, line_lost, noise, twice

SLOWEST = 20
"""Seconds of processor time after which reading one document counts as a hang."""

KINDS = (cut, hole, bit, noise, twice, exchanged, line_lost, digit, letters)
WORDS = (
    "Common",
    "Stock",
    "04/05/2021",
    "S",
    "1,200",
    "D",
    "$14.205",
    "98,544",
    "I",
    "(1)",
    "|",
    "§",
)


@cache
def documents() -> dict[str, list[bytes]]:
    """Sound documents of every way in which paper comes."""
    row = ("Common Stock", "05/06/2019", "", "P", "", "300", "A", "$14.205", "21,500", "D", "")
    cells, rules = table([row])
    prints = [*TOP, *cells, *FOOT]
    face = Standard(1)
    forms = [leaves(filing(seed), Look(seed), face.measure) for seed in (1, 2, 5)]
    scans = [
        pictures(pages, Face(1, folders=()), dpi=100, damage="copy", seed=1) for pages in forms
    ]
    lines = [[[piece.text for piece in leaf.pieces] for leaf in pages] for pages in forms]
    found = {
        "text": ["\f".join("\n".join(leaf) for leaf in pages).encode() for pages in lines],
        "boxes": [
            *(written(prints, prints) for written in (tsv, hocr, alto)),
            *(written(sheets_of(tsv(prints))) for written in (*BY_WORD, *BY_LINE)),
        ],
        "PDF": [pdf(prints, rules, (prints, rules)), *(as_pdf(pages, face) for pages in forms)],
        "picture": [as_file(scans[0], dpi=100)]
        + [saved(pages[0], kind) for pages in scans for kind in ("PNG", "JPEG")],
        "scan": [saved(pages[0], "PDF", resolution=100) for pages in scans]
        + [saved(scans[0][0].convert("1"), "PDF", resolution=100)],
    }
    for kind, folder in (("text", "texts"), ("boxes", "tsv"), ("PDF", "pdf"), ("scan", "scans")):
        there = sorted(path for path in (CORPUS / "ocr" / folder).rglob("*") if path.is_file())
        found[kind] += [path.read_bytes() for path in there[::9]]
    return found


def page_words(picture: Any, dpi: int) -> engine.Seen:
    """The form's own words, and others all over the page."""
    chance = random.Random(picture.width)
    places = [(word, [at * dpi // 720 for at in box]) for word, *box in boxes([*TOP, *FOOT])]
    found = [Word(word, *box) for word, box in places]
    for top in range(dpi // 4, picture.height - dpi // 4, dpi // 5):
        for left in range(dpi // 4, picture.width - dpi // 2, dpi // 2):
            text = chance.choice(WORDS)
            found.append(Word(text, left, top, left + len(text) * dpi // 20, top + dpi // 9))
    return engine.Seen(found, len(found), len(found) * chance.randint(0, 1))


def texts(crops: Any, dpi: int, *, psm: int, only: str = "") -> list[str]:
    """What stands in cells, made up."""
    chance = random.Random(len(crops) * psm)
    return [chance.choice(WORDS) for _ in crops]


def pages_apart(payload: bytes, kind: str, *, source: str) -> apart.Told:
    """The pages of a document, taken apart in this process."""
    with Clock(SLOWEST * 30) as clock:  # which counts by the wall, on a machine that may be busy
        told = answer(kind, payload, clock)
    if told.problem:
        what, _, remedy = told.problem.partition("; ")
        raise ReadError(what, where=source, remedy=remedy or "give the text of the form")
    return told


def outcome(payload: bytes, name: str) -> str:
    """What came of reading a mutated document.

    Raises:
        Exception: A reader failed, other than by saying so.
    """
    begun = time.process_time()
    with (
        patch("ledger.readers.pages.reader.pages_apart", pages_apart),
        patch.object(engine, "page_words", page_words),
        patch.object(engine, "texts", texts),
        patch.object(engine, "turned", lambda picture, dpi: None),
        patch.object(engine, "version", lambda: "no program"),
        patch("ledger.readers.pages.worker.which", lambda name: name),
    ):
        try:
            parts = read_forms(payload, source=name)
        except ReadError as error:
            return "too long" if "not read within" in error.what else _refused(error)
        finally:
            assert time.process_time() - begun < SLOWEST, f"{name} took too long"
    whole = all(not isinstance(part.found, ReadError) for part in parts)
    return "read" if whole else "read in part"


def _refused(error: ReadError) -> str:
    return "refused" if error.what and error.remedy else "refused without a remedy"


def tried(count: int, seed: int) -> Counter[tuple[str, str]]:
    """How many mutated documents of each kind came to what."""
    chance = random.Random(seed)
    kinds = sorted(documents())
    found: Counter[tuple[str, str]] = Counter()
    for number in range(count):
        kind = kinds[number % len(kinds)]
        mutation = chance.choice(KINDS)
        payload = chance.choice(documents()[kind])
        for _ in range(chance.choice((1, 1, 1, 3))):
            payload = mutation(payload, chance) if len(payload) > 600 else payload
        name = f"{kind} {mutation.__name__} {number} of seed {seed}"
        found[kind, outcome(payload, name)] += 1
    return found


if __name__ == "__main__":
    run = asked(__doc__, 10_000)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # libraries complain of every damaged picture
    counted = together(tried, run, size=250)
    for (kind, came), times in sorted(counted.items()):
        print(f"{kind:10}{came:26}{times:8,}")
    unsaid = sum(
        times for (_, came), times in counted.items() if came == "refused without a remedy"
    )
    sys.exit(concluded(counted.total(), unsaid))
