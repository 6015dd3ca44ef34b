"""What `ledger check` says of drafts with a slip, and of drafts without one.

    python -m tests.benchmarks.drafts --drafts 4

Into each of that many sequences of the simulator one error of every kind is put; the form it
stands in is then taken as the draft, and everything public before it as the ledger. So what a
later form would have shown is not there to be seen. `found` counts drafts of which a finding of
severity minor or above, or one that names the error, is told; `hinted` those without one that are
told to look again at something of which the form without the error has no hint, or by which an earlier
form is in doubt; `right` those whose error is named; `corrected` those for which the true totals are
given wherever the draft has others.
Beside each stands the form of the same sequence without the error, of which a finding of severity
minor or above is told: `fair` counts those in which every such finding is of what that form leaves
untold or has wrong itself, as a filer who tells lots for totals does, and `false` all others.
`--markdown` prints the table of the how-to.

    python -m tests.benchmarks.drafts --ledger corpus.db

Every filing of a ledger that names its issuer's CIK, taken as a draft with what was public at its
acceptance: whether its findings, and the verdicts on its rows, are those of the ledger known then.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ledger import Ledger
from ledger.filing import Filing
from ledger.review import PREFIX
from projections.desk import Draft
from projections.findings.finding import Finding
from projections.questions.check import check
from projections.questions.history import history
from projections.questions.reconcile import reconcile
from tests.alarms import is_alarm
from tests.benchmarks.reconciliation import is_allowed
from tests.simulator import ERRORS, OMISSIONS, World, sequence

CLEAN = "(no error)"


@dataclass(slots=True)
class Count:
    """How drafts with one kind of slip fared."""

    drafts: int = 0
    fair: int = 0
    false: int = 0
    found: int = 0
    hinted: int = 0
    right: int = 0
    corrected: int = 0
    totals: int = 0
    instead: Counter[str] = field(default_factory=Counter)

    def weigh(self, made: World, draft: Draft) -> None:
        """Count what is told of a form without an error."""
        told = [f for f in draft.findings if is_alarm(f)]
        false = any(not _is_fair(made, f) for f in told)
        self.false += false
        self.fair += bool(told) and not false

    def add(self, made: World, draft: Draft, without: Draft | None = None) -> None:
        """Count one draft with an error, beside the form without it."""
        error = made.error
        told = {f.kind for f in draft.findings if is_alarm(f)}
        named = {f.kind for f in draft.findings} & set(error.right if error else ())
        self.drafts += 1
        self.found += bool(told or named)
        self.hinted += not (told or named) and _pointed(
            draft, without, left_out=bool(error and error.kind in OMISSIONS)
        )
        self.right += bool(named)
        self.instead.update(() if named else told or {"(nothing)"})
        for row in draft.rows:
            claim = made.truth.claims.get((draft.filing, row.row))
            if error and claim and claim.claimed != claim.true and row.expected is not None:
                self.totals += 1
                self.corrected += row.corrected_total == claim.true


def _is_fair(made: World, finding: Finding) -> bool:
    """Whether the form itself leaves something untold there, or is amended there later."""
    claim = made.truth.claims.get((finding.filing, finding.row or ""))
    wrong = claim is not None and "corrected-later" in claim.causes
    return wrong or is_allowed(made, finding)


def _pointed(draft: Draft, without: Draft | None, *, left_out: bool = False) -> bool:
    """Whether a draft is told to look again where the same form without the error is not.

    Where that form is another one, what it leaves out is another matter, but where that is the error.
    """
    told = _looks(draft)
    if left_out:
        return any(kind == "left-out" for kind, _ in told)
    if without is None or without.filing != draft.filing:
        return any(kind in _OF_ITSELF for kind, _ in told)
    return bool(told - _looks(without))


def _looks(draft: Draft) -> set[tuple[str, str | None]]:
    """What a draft is told to look at again: its hints, and earlier rows that it puts in doubt."""
    raised = {(f.kind, f"{f.filing}#{f.row}") for f in draft.elsewhere if is_alarm(f)}
    return raised | {(hint.kind, hint.row) for hint in draft.hints}


_OF_ITSELF = ("told", "received", "title", "issuer", "owner", "signer")
"""Hints about what stands in a draft, not about what is left out of it."""


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
    for kind in (*ERRORS, *OMISSIONS, CLEAN):
        count = counts[kind] = Count()
        number = clean if kind == CLEAN else drafts
        for seed, made, filing in worlds(kind, number, first):
            if kind == CLEAN:
                count.drafts += 1
                count.weigh(made, drafted(made, filing))
                continue
            right, form = without(made, seed)
            again = drafted(right, form)
            count.weigh(right, again)
            count.add(made, drafted(made, filing), again)
    return counts


def table(counts: dict[str, Count]) -> str:
    """The counts as text, a kind a line."""
    lines = [
        f"{'slip':34}{'drafts':>8}{'found':>8}{'hinted':>8}{'right':>8}{'corrected':>12}{'fair':>6}{'false':>7}   instead"
    ]
    whole = Count()
    for kind, count in counts.items():
        lines.append(_line(kind, count))
        if kind != CLEAN:
            for name in (
                "drafts",
                "found",
                "hinted",
                "right",
                "corrected",
                "totals",
                "fair",
                "false",
            ):
                setattr(whole, name, getattr(whole, name) + getattr(count, name))
    return "\n".join([*lines, _line("all slips", whole)])


def _line(kind: str, count: Count) -> str:
    instead = ", ".join(f"{name} {n}" for name, n in count.instead.most_common(3))
    corrected = f"{count.corrected} of {count.totals}"
    return (
        f"{kind:34}{count.drafts:>8}{count.found:>8}{count.hinted:>8}{count.right:>8}{corrected:>12}{count.fair:>6}{count.false:>7}   {instead}"
    ).rstrip()


def markdown(counts: dict[str, Count]) -> str:
    """The counts as the how-to has them."""
    lines = [
        "| Slip | Drafts | Found | Named | Only a hint | Missed | Without it: false alarms | Fair |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    whole = [0] * 7
    for kind, count in counts.items():
        missed = count.drafts - count.found - count.hinted
        told = [count.drafts, count.found, count.right, count.hinted, missed]
        if kind == CLEAN:
            told = [count.drafts, 0, 0, 0, 0]
        told += [count.false, count.fair]
        if kind != CLEAN:
            whole = [so_far + one for so_far, one in zip(whole, told, strict=True)]
        lines.append(f"| {kind.replace('-', ' ')} | {' | '.join(map(str, told))} |")
    return "\n".join([*lines, f"| **all slips** | {' | '.join(map(str, whole))} |"])


def filings_of(ledger: Ledger) -> Iterator[Filing]:
    """Every filing of a ledger that names its issuer by CIK, in the order of their streams."""
    for stream in sorted(ledger.streams()):
        if stream.startswith(PREFIX):  # what people made of a finding
            continue
        filing = ledger.filing(stream.rpartition("/")[2])
        if filing.issuer.cik:
            yield filing


class Judged(NamedTuple):
    """The ids of the findings about a filing, and by row the verdict on its total."""

    findings: frozenset[str]
    verdicts: dict[str, str]


def before_its_time(ledger: Ledger, filing: Filing) -> tuple[Judged, Judged, Draft]:
    """What the check of a filing says, and what the ledger says of it, known at its acceptance."""
    known, cik = filing.known.at, filing.issuer.cik
    (draft,) = check(ledger, filing, known_at=known).drafts
    ours = {row.row: row.verdict for row in draft.rows if row.verdict}
    told = reconcile(ledger, issuer=cik, known_at=known).findings
    entries = history(ledger, issuer=cik, known_at=known).positions
    theirs = {
        entry.row: entry.verdict
        for position in entries
        for entry in position.entries
        if entry.filing == filing.id and entry.verdict and entry.row
    }
    return (
        Judged(frozenset(f.id for f in draft.findings), ours),
        Judged(frozenset(f.id for f in told if f.filing == filing.id), theirs),
        draft,
    )


def of_ledger(path: str) -> str:
    """How many filings of a ledger are judged as drafts as they are judged known at their acceptance."""
    same, rows, findings, others = 0, 0, 0, []
    hinted: Counter[str] = Counter()
    with Ledger.open(path) as ledger:
        for filing in filings_of(ledger):
            ours, theirs, draft = before_its_time(ledger, filing)
            same += ours == theirs
            rows, findings = rows + len(theirs.verdicts), findings + len(theirs.findings)
            others += [filing.id] if ours != theirs else []
            hinted.update({hint.kind for hint in draft.hints})
    words = f"{same + len(others):,} filings, {rows:,} verdicts, {findings:,} findings: {same:,} filings judged alike"
    hints = ", ".join(f"{kind} {number:,}" for kind, number in hinted.most_common())
    return "\n".join([words, f"filings told to look again, by hint: {hints}", *others])


def main() -> None:
    """Print the table, or how many filings of a ledger are judged alike."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drafts", type=int, default=2, help="drafts of each kind of slip")
    parser.add_argument("--clean", type=int, default=60, help="drafts without a slip")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--markdown", action="store_true", help="the table of the how-to")
    parser.add_argument("--ledger", help="compare every filing of this ledger instead")
    asked = parser.parse_args()
    if asked.ledger:
        print(of_ledger(asked.ledger))
        return
    counts = measure(asked.drafts, clean=asked.clean, first=asked.first)
    print(markdown(counts) if asked.markdown else table(counts))


if __name__ == "__main__":
    main()
