"""What `ledger check` says of drafts with a slip, and of drafts without one.

    python -m tests.benchmarks.drafts --drafts 4

Into each of that many sequences of the simulator one error of every kind is put; the form it
stands in is then taken as the draft, and everything public before it as the ledger. So what a
later form would have shown is not there to be seen. `found` counts drafts of which a finding of
severity minor or above, or one that names the error, is told; `right` those whose error is
named; `corrected` those for which the true totals are given wherever the draft has others.
Beside each stands the form of the same sequence without the error: `false` counts those of which a
finding of severity minor or above is told. `--markdown` prints the table of the how-to.
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
    false: int = 0
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


def worlds(kind: str, drafts: int, first: int) -> Iterator[tuple[int, World, str]]:
    """Sequences with an error, and the form it stands in; without one, their last form."""
    for seed in range(first, first + drafts):
        made = sequence(seed, None if kind == CLEAN else kind)
        if made.error is None:
            yield seed, made, _last(made.filings)
        elif made.error.filing:
            yield seed, made, made.error.filing


def _last(filings: list[Filing]) -> str:
    return next(f.id for f in reversed(filings) if f.rows)


def without(made: World, seed: int) -> tuple[World, str]:
    """The sequence of a world before anybody erred in it, and the form that is there in place of the draft."""
    clean = sequence(seed)
    wrong = made.error.filing if made.error else ""
    return clean, wrong if wrong in {f.id for f in clean.filings if f.rows} else _last(
        clean.filings
    )


def measure(drafts: int, *, clean: int, first: int = 0) -> dict[str, Count]:
    """By kind of error, how its drafts fared; those without one last."""
    counts: dict[str, Count] = {}
    for kind in (*ERRORS, CLEAN):
        count = counts[kind] = Count()
        number = clean if kind == CLEAN else drafts
        for seed, made, filing in worlds(kind, number, first):
            count.add(made, drafted(made, filing))
            if kind != CLEAN:
                again = drafted(*without(made, seed))
                count.false += any(f.severity in _GRAVE for f in again.findings)
    return counts


def table(counts: dict[str, Count]) -> str:
    """The counts as text, a kind a line."""
    lines = [
        f"{'slip':34}{'drafts':>8}{'found':>8}{'right':>8}{'corrected':>12}{'false':>7}   instead"
    ]
    whole = Count()
    for kind, count in counts.items():
        lines.append(_line(kind, count))
        if kind != CLEAN:
            for name in ("drafts", "found", "right", "corrected", "totals", "false"):
                setattr(whole, name, getattr(whole, name) + getattr(count, name))
    return "\n".join([*lines, _line("all slips", whole)])


def _line(kind: str, count: Count) -> str:
    instead = ", ".join(f"{name} {n}" for name, n in count.instead.most_common(3))
    corrected = f"{count.corrected} of {count.totals}"
    return (
        f"{kind:34}{count.drafts:>8}{count.found:>8}{count.right:>8}{corrected:>12}{count.false:>7}   {instead}"
    ).rstrip()


def markdown(counts: dict[str, Count]) -> str:
    """The counts as the how-to has them."""
    lines = [
        "| Slip | Drafts | Found | Missed | Named | Without it: false alarms |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for kind, count in counts.items():
        missed = count.drafts - count.found if kind != CLEAN else 0
        told = (count.drafts, count.found, missed, count.right, count.false)
        if kind == CLEAN:
            told = (count.drafts, 0, 0, 0, count.found)
        lines.append(f"| {kind.replace('-', ' ')} | {' | '.join(map(str, told))} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=2, help="drafts of each kind of slip")
    parser.add_argument("--clean", type=int, default=60, help="drafts without a slip")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--markdown", action="store_true", help="the table of the how-to")
    asked = parser.parse_args()
    counts = measure(asked.drafts, clean=asked.clean, first=asked.first)
    print(markdown(counts) if asked.markdown else table(counts))


if __name__ == "__main__":
    main()
