"""Time and memory by the number of pages, without character recognition: both must grow with it.

    python -m tests.benchmarks.pages             up to 200 pages
    python -m tests.benchmarks.pages 50          up to 50

One form prints its table over all pages; a pile has a form for each. Both are read as PDF, as words
with boxes and as text, each in a process of its own: milliseconds of processor time a page, those
of the process that takes PDFs apart included, and megabytes at the peak of either.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable

from ledger.readers import read_forms
from tests.scans.paper import FOOT, TOP, Paper, pdf, table, tsv

STEPS = (5, 10, 25, 50, 100, 200)


def row(number: int) -> tuple[object, ...]:
    """A purchase in its place among others."""
    after = f"{20_000 + number * 300:,}"
    return ("Common Stock", "05/06/2019", "", "P", "", "300", "A", "$14.205", after, "D", "")


def form(pages: int) -> list[Paper]:
    """One form whose table fills all its pages."""
    found = []
    for page in range(pages):
        cells, rules = table([row(page * 12 + line) for line in range(12)], at=170)
        above = TOP if page == 0 else TOP[-1:]
        found.append(([*above, *cells, *(FOOT if page == pages - 1 else ())], rules))
    return [(shifted(prints), rules) for prints, rules in found]


def shifted(prints: list) -> list:
    """The notes below a full table."""
    return [one._replace(y=one.y + 120) if one in FOOT else one for one in prints]


def pile(pages: int) -> list[Paper]:
    """A form on each page."""
    found = []
    for page in range(pages):
        cells, rules = table([row(page)])
        found.append(([*TOP, *cells, *FOOT], rules))
    return found


def as_text(pages: list[Paper]) -> bytes:
    """The lines of each page, their cells a tab apart."""
    sheets = []
    for prints, _ in pages:
        lines: dict[int, list[str]] = {}
        for one in sorted(prints, key=lambda one: (one.y, one.x)):
            lines.setdefault(one.y, []).append(one.text)
        sheets.append("\n".join("\t".join(cells) for cells in lines.values()))
    return "\f".join(sheets).encode()


WAYS: dict[str, Callable[[list[Paper]], bytes]] = {
    "PDF": lambda pages: pdf(*pages[0], *pages[1:]),
    "boxes": lambda pages: tsv(*(prints for prints, _ in pages)),
    "text": as_text,
}
KINDS = {"one form": form, "a pile": pile}


def once(way: str, kind: str, pages: int) -> None:
    """Reads once, and prints processor seconds, megabytes, forms and rows."""
    payload = WAYS[way](KINDS[kind](pages))
    before = spent()
    parts = read_forms(payload, source="paper")
    rows = sum(len(part.found.filing.rows) for part in parts)
    peak = max(resource.getrusage(who).ru_maxrss for who in WHO) // 1024
    print(spent() - before, peak, len(parts), rows)


WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def spent() -> float:
    """Processor seconds of this process and of those it waited for."""
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, WHO))


def main(most: int) -> None:
    """Prints the curves."""
    print(f"{'':18}" + "".join(f"{pages:>16}" for pages in STEPS if pages <= most))
    for kind in KINDS:
        for way in WAYS:
            line = f"{kind:10}{way:8}"
            for pages in (pages for pages in STEPS if pages <= most):
                command = [sys.executable, "-m", "tests.benchmarks.pages", way, kind, str(pages)]
                done = subprocess.run(command, check=True, capture_output=True, text=True)
                seconds, peak, *_ = done.stdout.split()
                line += f"{float(seconds) * 1000 / pages:7.0f} ms{int(peak):4} MB"
            print(line, flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 4:
        once(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) == 2 else STEPS[-1])
