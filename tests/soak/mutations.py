"""Documents mutated at random: no reader hangs or fails, and what cannot be right is said.

`python -m tests.soak.mutations [DOCUMENTS] [SEED] [--processes N]` prints a table by kind of mutation:
how many were refused, read as before, read otherwise with a problem said, and read otherwise in silence.
Only the last may hide something, and only where the document itself cannot show it.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path

from ledger.errors import ReadError
from ledger.readers import read
from tests.documents import holding, owner, ownership_xml, submission_text, transaction
from tests.shares import asked, concluded, together

SLOWEST = 5
"""Seconds of processor time after which reading one small document counts as a hang."""

SELDOM = 10
"""One in so many documents is a scan, which takes twenty times as long to read as XML."""

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "worked-example"


@cache
def documents():
    """Sound documents of every format, by name."""
    rows = [
        transaction(cites={"price": ("F1",)}),
        transaction(code="S", direction="D", after="1000", price="13.25"),
        holding(ownership="I", nature="By Trust", after="25000"),
        transaction(
            "II",
            security="Stock Option",
            code="A",
            exercise_price="10",
            expires_on="2030-01-01",
            underlying="Common Stock",
            underlying_shares="100",
        ),
    ]
    form = ownership_xml(
        rows,
        owners=[owner(), owner("0001000002", "DOE JOHN", isOfficer="1", officerTitle="CFO")],
        footnotes={"F1": "The price is an average; 300 shares were acquired under the ESPP."},
        remarks="Signed under a power of attorney.",
    )
    found = {"xml": form, "lines.xml": form.replace(b"><", b">\n<")}
    found["submission"] = submission_text(found["lines.xml"])
    for path in sorted(EXAMPLES.iterdir()):
        found[path.name] = path.read_bytes()
    return found


def cut(document, chance):
    """The end is lost."""
    return document[: chance.randrange(len(document))]


def hole(document, chance):
    """A stretch is lost."""
    start = chance.randrange(len(document))
    return document[:start] + document[start + chance.randint(1, 200) :]


def bit(document, chance):
    """One bit is another."""
    changed = bytearray(document)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def noise(document, chance):
    """Random bytes are put in."""
    start = chance.randrange(len(document))
    return document[:start] + chance.randbytes(chance.randint(1, 20)) + document[start:]


def twice(document, chance):
    """A stretch stands twice."""
    start = chance.randrange(len(document))
    end = start + chance.randint(1, 400)
    return document[:end] + document[start:end] + document[end:]


def exchanged(document, chance):
    """Two stretches stand in each other's place."""
    a, b, c = sorted(chance.randrange(len(document)) for _ in range(3))
    return document[:a] + document[b:c] + document[a:b] + document[c:]


def line_lost(document, chance):
    """A line is lost."""
    lines = document.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def tag_lost(document, chance):
    """A tag is lost."""
    tags = list(re.finditer(rb"<[^<>]*>", document))
    if not tags:
        return line_lost(document, chance)
    tag = chance.choice(tags)
    return document[: tag.start()] + document[tag.end() :]


def element_lost(document, chance):
    """A whole element is lost, with all that stands in it."""
    found = list(re.finditer(rb"<(\w+)>.*?</\1>", document, re.DOTALL))[1:]
    if not found:
        return line_lost(document, chance)
    element = chance.choice(found)
    return document[: element.start()] + document[element.end() :]


def digit(document, chance):
    """A digit is another."""
    digits = [m.start() for m in re.finditer(rb"\d", document)]
    changed = bytearray(document)
    changed[chance.choice(digits)] = chance.choice(b"0123456789")
    return bytes(changed)


def letters(document, chance):
    """A word is in another case, or ends in something strange."""
    words = list(re.finditer(rb"[A-Za-z]{3,}", document))
    word = chance.choice(words)
    strange = chance.choice(
        [word[0].swapcase(), word[0] + b"\xc3\xa9", b"&#x41;", b"&bogus;", b"\x00"]
    )
    return document[: word.start()] + strange + document[word.end() :]


KINDS = (
    *(cut, hole, bit, noise, twice, exchanged, line_lost, tag_lost, element_lost, digit, letters),
)


def said(filing):
    """What a filing says, without the hash of its bytes, the repairs, and the words of notes."""
    return filing.model_dump(exclude={"sha256", "repairs", "recovered"})


@cache
def read_whole(name):
    """What is read of a sound document, and how many problems there are even so."""
    reading = read(documents()[name], source=name)
    return said(reading.filing), {(p.place, p.problem) for p in reading.problems}


def outcome(name, payload):
    """What came of reading a mutated document.

    Raises:
        Exception: A reader failed, other than by saying so.
    """
    before, known = read_whole(name)
    begun = time.process_time()
    try:
        reading = read(payload, source=name)
    except ReadError as error:
        return "refused" if error.what and error.remedy else "refused without a remedy"
    finally:
        assert time.process_time() - begun < SLOWEST, f"{name} took too long"
    if said(reading.filing) == before:
        return "as before"
    new = {(p.place, p.problem) for p in reading.problems} - known
    return "otherwise, said" if new else "otherwise, silent"


def mutants(count, seed, *, seldom=SELDOM, kinds=KINDS):
    """So many mutated documents, of each kind in turn: the name, the kind, the bytes."""
    chance = random.Random(seed)
    scans = sorted(name for name in documents() if name.endswith(".txt"))
    forms = sorted(documents().keys() - {*scans})
    for number in range(count):
        name = chance.choice(scans if number % seldom == 0 else forms)
        kind = kinds[number % len(kinds)]
        yield name, kind.__name__, kind(documents()[name], chance)


def tried(count, seed, *, seldom=SELDOM, kinds=KINDS):
    """How many mutations of each kind came to what, in XML and in scanned text."""
    found: Counter[tuple[str, str, str]] = Counter()
    for name, kind, payload in mutants(count, seed, seldom=seldom, kinds=kinds):
        form = "scanned" if name.endswith(".txt") else "xml"
        found[form, kind, outcome(name, payload)] += 1
    return found


if __name__ == "__main__":
    table = together(tried, asked(__doc__, 100_000), size=1_000)
    outcomes = ("refused", "as before", "otherwise, said", "otherwise, silent")
    print(f"{'':22}" + "".join(f"{name:>20}" for name in outcomes))
    for form, kind in sorted({key[:2] for key in table}):
        counts = "".join(f"{table[form, kind, name]:20,}" for name in outcomes)
        print(f"{form:8} {kind:13}{counts}")
    sys.exit(concluded(table.total(), sum(n for key, n in table.items() if key[2] not in outcomes)))
