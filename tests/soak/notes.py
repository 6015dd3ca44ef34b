"""How long hostile notes and scans take to read, as they grow to 64 KB: the time must grow as they do.

`python -m tests.soak.notes` prints the curve: milliseconds for 8, 16, 32 and 64 KB of each kind,
and how much longer the last took than the one half as long. 2 is linear, 4 would be quadratic.
"""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from itertools import count

from ledger.errors import ReadError
from ledger.filing import Footnote
from ledger.footnotes.recognition import statements
from ledger.readers import read
from tests.documents import ownership_xml, transaction
from tests.shares import concluded

_numbers = count(1)
_UNNOTICED = 0.005
STEEPEST = 3
"""What takes so many times longer for twice as much is not linear."""

SIZES = (8_000, 16_000, 32_000, 64_000)
KINDS = {
    "digits": "1",
    "commas": "1,",
    "spaces": " ",
    "shares": "1,000 shares ",
    "shares of": "shares of ",
    "dates": "January 1, 2004, ",
    "parentheses": "(",
    "quotes": '"',
    "capitals": "TRUST ",
    "by the": "by the trust ",
    "of which": "of which 100 shares ",
    "and": "and 100 and ",
    "acquired": "acquired under the plan ",
    "includes": "includes 100 shares acquired under the ESPP and ",
    "sentences": "On May 1, 2004 he sold 10 shares. ",
    "split": "2-for-1 split of the ",
    "charity": "charitable contribution of ",
    "combined": "trusts were combined and divided into ",
    "letters": "a",
    "dashes": "-",
    "dollars": "$1.00 to $2.00 ",
    "converted": "converted into 1,240 shares ",
    "tendered": "tendered 100 shares in the merger ",
    "surrendered": "surrendered and exchanged in the ",
    "lender": "sold by the broker to the lender in error ",
    "paid": "he transferred 100 shares in payment of the ",
    "estate": "distributed to the estate on the death of ",
    "will": "received under the will of ",
    "halves": "since the beginning of the first half of ",
}


CUE = "Includes 100 shares acquired under the employee stock purchase plan on May 1, 2004"
"""What makes a reader look closely at a note."""


def note(kind, size):
    """A note that repeats one thing between two statements, and is unlike any read before."""
    text = KINDS[kind]
    cue = f"{CUE} ({next(_numbers)}) "
    return f"{cue}{text * ((size - 2 * len(cue)) // len(text) + 1)} {cue}."


def scan(kind, size):
    """A scanned form in which one thing is repeated."""
    head = "FORM 4\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n1. Name of Reporting Person\n"
    return (head + note(kind, size)).encode()


def note_seconds(kind, size):
    """How long a footnote takes to be read."""
    begun = time.process_time()
    statements((Footnote(id="F1", text=note(kind, size)),), None)
    return time.process_time() - begun


def form_seconds(kind, size):
    """How long a form with such a footnote takes to be read."""
    payload = ownership_xml([transaction()], footnotes={"F1": note(kind, size)})
    begun = time.process_time()
    read(payload, source="x")
    return time.process_time() - begun


def scan_seconds(kind, size):
    """How long such a scan takes to be read, or refused."""
    payload = scan(kind, size)
    begun = time.process_time()
    with suppress(ReadError):
        read(payload, source="x", as_format="scanned")
    return time.process_time() - begun


def curve(measure, kind, sizes=SIZES, times=2):
    """Seconds for each size, the least of so many times."""
    return [min(measure(kind, size) for _ in range(times)) for size in sizes]


def growth(times):
    """How much longer the last took than the one half as long; 1 where both took no time."""
    return (times[-1] + _UNNOTICED) / (times[-2] + _UNNOTICED)


WAYS = {"note": note_seconds, "form": form_seconds, "scan": scan_seconds}


if __name__ == "__main__":
    ratios = []
    print(f"{'':22}" + "".join(f"{size // 1000:>6} KB" for size in SIZES) + "   ratio")
    for name, measure in WAYS.items():
        for kind in KINDS:
            times = curve(measure, kind)
            figures = "".join(f"{1000 * seconds:9.1f}" for seconds in times)
            print(f"{name} {kind:17}{figures}{growth(times):8.1f}", flush=True)
            ratios.append(growth(times))
    sys.exit(concluded(len(ratios), sum(ratio > STEEPEST for ratio in ratios)))
