"""What is said of real filings when others are missing, as in nearly every ledger.

    python -m tests.benchmarks.thinned --parts 16 --keep 0.6

Random parts of the corpus are judged, and beside them the whole. What is told of a line only in
a part has one cause, the filings that are not there: so a slip that is named there, or a term
that explains, is false, while a difference left open is right. Counted are findings of severity
minor and above, and explained totals, by kind; `open` says that nothing was made of them, and
`gravely open` are those of them that are major.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from ledger import Ledger
from ledger.filing import Filing
from projections.findings.finding import Finding
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.corpus import CORPUS

_EXPLAINED = "BALANCE_BREAK_EXPLAINED"
_OPEN = "EXPL_MISSING_FILING"

Told = Counter[tuple[str, str]]
"""Findings by what was made of them, and kind."""


def real_filings() -> list[Filing]:
    """Every filing of the corpus that is kept in files of its own, once each."""
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml", CORPUS / "submissions")
        names = [stream if ":" in stream else stream[5:] for stream in ledger.streams()]
        return [ledger.filing(name) for name in names]


def measure(filings: Sequence[Filing], *, parts: int, keep: float, first: int = 0) -> Told:
    """What is told of parts of some filings and not of all of them, over so many parts."""
    whole = {(f.filing, f.row, f.kind) for f in _findings(filings)}
    told: Told = Counter()
    for seed in range(first, first + parts):
        rng = Random(seed)
        for one in _findings([filing for filing in filings if rng.random() < keep]):
            if (one.filing, one.row, one.kind) not in whole:
                told[_made(one), one.kind] += 1
    return told


def _findings(filings: Sequence[Filing]) -> Iterator[Finding]:
    for one in reconcile_filings(filings).findings:
        if is_alarm(one) or one.kind == _EXPLAINED:
            yield one


def _made(one: Finding) -> str:
    """Whether a finding explains, leaves open, or names something."""
    if one.kind == _EXPLAINED:
        return "explained"
    left = one.explanation is not None and one.explanation.code == _OPEN
    if not left and one.kind != "GAP_SUSPECTED":
        return "named"
    return "open" if one.severity == "minor" else "gravely open"


def table(told: Told) -> str:
    """The findings by what was made of them, the commonest kinds first."""
    lines = []
    for made in ("gravely open", "open", "named", "explained"):
        kinds = Counter({kind: n for (how, kind), n in told.items() if how == made})
        shown = ", ".join(f"{kind} {n}" for kind, n in kinds.most_common())
        lines.append(f"{made:13}{kinds.total():>6}  {shown}".rstrip())
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=8, help="random parts of the corpus")
    parser.add_argument("--keep", type=float, default=0.6, help="share of filings in each")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    print(table(measure(real_filings(), parts=asked.parts, keep=asked.keep, first=asked.first)))


if __name__ == "__main__":
    main()
