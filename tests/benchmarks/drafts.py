"""What `ledger check` says of drafts with a slip, and of drafts without one.

    python -m tests.benchmarks.drafts --drafts 4

Into each of that many sequences of the simulator one error of every kind is put; the form it
stands in is then taken as the draft, and everything public before it as the ledger. So what a
later form would have shown is not there to be seen. `found` counts drafts of which a finding of
severity minor or above, or one that names the error, is told; `right` those whose error is
named; `corrected` those for which the true totals are given wherever the draft has others.
The same form without the error, drawn from sequences nobody erred in, should raise nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from ledger import Ledger
from ledger.filing import Filing
from projections.answers import Draft
from projections.questions.check import check
from tests.simulator import ERRORS, World, sequence

CLEAN = "(no error)"
_GRAVE = ("minor", "major", "critical")


@dataclass(slots=True)
class Count:
    """How drafts with one kind of slip fared."""

    drafts: int = 0
    found: int = 0
    right: int = 0
    corrected: int = 0
    totals: int = 0
    instead: Counter[str] = field(default_factory=Counter)

    def add(self, made: World, draft: Draft) -> None:
        """Count one draft."""
        error = made.error
        told = {f.kind for f in draft.findings if f.severity in _GRAVE}
        named = {f.kind for f in draft.findings} & set(error.right if error else ())
        self.drafts += 1
        self.found += bool(told or named)
        self.right += bool(named)
        self.instead.update(() if named else told or {"(nothing)"})
        for row in draft.rows:
            claim = made.truth.claims.get((draft.filing, row.row))
            if error and claim and claim.claimed != claim.true and row.expected is not None:
                self.totals += 1
                self.corrected += row.corrected_total == claim.true


def drafted(made: World, filing: str) -> Draft:
    """A form of a world, checked as a draft against what was public before it."""
    order = [f.id for f in made.filings]
    at = order.index(filing)
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "before.db") as ledger:
        ledger.record(made.filings[:at])
        return check(ledger, made.filings[at]).drafts[0]


def worlds(kind: str, drafts: int, first: int) -> Iterator[tuple[World, str]]:
    """Sequences with an error, and the form it stands in; without one, their last form."""
    for seed in range(first, first + drafts):
        made = sequence(seed, None if kind == CLEAN else kind)
        if made.error is None:
            yield made, _last(made.filings)
        elif made.error.filing:
            yield made, made.error.filing


def _last(filings: list[Filing]) -> str:
    return next(f.id for f in reversed(filings) if f.rows)


def measure(drafts: int, *, clean: int, first: int = 0) -> dict[str, Count]:
    """By kind of error, how its drafts fared; those without one last."""
    counts: dict[str, Count] = {}
    for kind in (*ERRORS, CLEAN):
        count = counts[kind] = Count()
        for made, filing in worlds(kind, clean if kind == CLEAN else drafts, first):
            count.add(made, drafted(made, filing))
    return counts


def table(counts: dict[str, Count]) -> str:
    """The counts as text, a kind a line."""
    lines = [f"{'slip':34}{'drafts':>8}{'found':>8}{'right':>8}{'corrected':>12}   instead"]
    whole = Count()
    for kind, count in counts.items():
        lines.append(_line(kind, count))
        if kind != CLEAN:
            for name in ("drafts", "found", "right", "corrected", "totals"):
                setattr(whole, name, getattr(whole, name) + getattr(count, name))
    return "\n".join([*lines, _line("all slips", whole)])


def _line(kind: str, count: Count) -> str:
    instead = ", ".join(f"{name} {n}" for name, n in count.instead.most_common(3))
    corrected = f"{count.corrected} of {count.totals}"
    return (
        f"{kind:34}{count.drafts:>8}{count.found:>8}{count.right:>8}{corrected:>12}   {instead}"
    ).rstrip()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=2, help="drafts of each kind of slip")
    parser.add_argument("--clean", type=int, default=60, help="drafts without a slip")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    print(table(measure(asked.drafts, clean=asked.clean, first=asked.first)))


if __name__ == "__main__":
    main()
