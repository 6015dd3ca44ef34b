"""Memory and open files over many filings and many catch-ups: both must stay where they are.

`python -m tests.soak.growth [FILINGS] [CATCH_UPS]` prints a line for every tenth of the way. Memory grows
until SQLite keeps as many pages as it may, 32 MB, which takes 40,000 filings. So what is compared, of
100,000 or more, is the second half of the way with the first.
"""

from __future__ import annotations

import gc
import resource
import sys
import tempfile
from pathlib import Path

from ledger import Ledger
from projections import stats
from tests.filings import filing
from tests.shares import concluded

ALLOWED = 1.05
"""So many times the most of the first half may be in use in the second."""


def open_files():
    """How many files this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def resident():
    """Kilobytes of memory in use now."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmRSS:")[2].split()[0])


def grown(filings, catch_ups):
    """Memory and open files after each tenth of the filings, then of the catch-ups."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.db") as ledger:
        tenth = filings // 10
        for part in range(10):
            first = part * tenth + 1
            ledger.record(filing(number) for number in range(first, first + tenth))
            gc.collect()
            yield f"{first + tenth - 1:,} filings recorded", resident(), open_files()
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "l.db") as ledger:
        for number in range(1, catch_ups + 1):
            ledger.record([filing(number)])
            assert stats(ledger).filings == number
            if number % max(1, catch_ups // 10) == 0:
                gc.collect()
                yield f"{number:,} catch-ups", resident(), open_files()


def failures(measured):
    """How many of these (memory, open files), half of them before the others, are more than before."""
    half = len(measured) // 2
    most = max(memory for memory, _ in measured[:half]) * ALLOWED
    files = max(files for _, files in measured[:half])
    return sum(memory > most or more > files for memory, more in measured[half:])


if __name__ == "__main__":
    wanted = (*map(int, sys.argv[1:]), *(200_000, 50)[len(sys.argv) - 1 :])
    measured = []
    for what, kilobytes, files in grown(*wanted):
        print(f"{what:28} {kilobytes:10,} KB {files:4} files", flush=True)
        measured.append((kilobytes, files))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{'peak':28} {peak:10,} KB")
    sys.exit(concluded(len(measured), failures(measured[:10]) + failures(measured[10:])))
