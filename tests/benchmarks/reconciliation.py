"""How many filer errors reconciliation finds, names rightly, and raises for nothing.

    python -m tests.benchmarks.reconciliation --sequences 45

Every kind of error in `tests.simulator.ERRORS` is put into that many sequences of its
own, once each, and so is every innocent neighbour in `NEIGHBOURS`; clean sequences follow.
`found` is a finding of severity minor or above (or of a right kind) at a filing where the
error may fairly be seen, `right` one of a kind that names it, `excused` a break at the error
that was taken for legitimate instead, `false` counts findings of severity minor or above
elsewhere, for a thousand totals. A line below tells how often another form was named
beside the one that has the error, which has one cause. Of neighbours, `right` counts the sequences that raised
nothing. With `--habit` every filer has that rare habit. The naive reconciler of `naive.py` stands beside.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.benchmarks import naive
from tests.simulator import ERRORS, MADE, NEIGHBOURS, Unsuitable, World, sequence
from tests.simulator.rare_habits import RARE

CLEAN = "(no error)"


class Judgement(Protocol):
    """What a finding must tell: what, how grave, and where."""

    @property
    def kind(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def filing(self) -> str: ...
    @property
    def row(self) -> str | None: ...


@dataclass(slots=True)
class Score:
    """Counts over the sequences of one kind of error."""

    sequences: int = 0
    found: int = 0
    right: int = 0
    explained_away: int = 0
    false: int = 0
    totals: int = 0
    twice: int = 0
    missed: list[int] = field(default_factory=list)
    instead: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)

    def add(self, made: World, findings: Sequence[Judgement], totals: int) -> None:
        """Count one sequence."""
        self.sequences += 1
        self.totals += totals
        error = made.error
        near = [one for one in findings if error and error.right and one.filing in error.filings]
        grave = [one for one in near if is_alarm(one) and not is_allowed(made, one)]
        if error and error.right:
            right = any(_names(one) & set(error.right) for one in near)
            found = right or bool(grave)
            self.found += found
            self.right += right
            if not right:
                self.missed.append(made.seed)
                self.instead.update({one.kind for one in grave} or {"(nothing)"})
            excused = any(one.kind == "BALANCE_BREAK_EXPLAINED" for one in near)
            self.explained_away += not found and excused
            forms = {one.filing for one in grave}
            self.twice += error.filing in forms and len(forms) > 1
        elsewhere = [one for one in findings if one not in near]
        alarms = [one for one in elsewhere if is_alarm(one) and not is_allowed(made, one)]
        if error and not error.right:
            self.right += not alarms
            self.missed += [made.seed] if alarms else []
        self.false += len(alarms)
        self.alarms.update(one.kind for one in alarms)

    def merge(self, other: Score) -> None:
        """Add another score to this one."""
        for name in ("sequences", "found", "right", "explained_away", "false", "totals", "twice"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.instead += other.instead
        self.alarms += other.alarms


def measure(
    kinds: Iterable[str],
    sequences: int,
    *,
    clean: int,
    first: int = 0,
    rare: frozenset[str] | None = None,
) -> tuple[dict[str, Score], dict[str, Score]]:
    """Scores by kind of error, ours and the naive reconciler's; clean sequences last."""
    ours: dict[str, Score] = {}
    plain: dict[str, Score] = {}
    for kind in (*kinds, CLEAN):
        ours[kind], plain[kind] = Score(), Score()
        for seed in range(first, first + (clean if kind == CLEAN else sequences)):
            try:
                made = sequence(seed, None if kind == CLEAN else kind, rare=rare)
            except Unsuitable:
                if rare is None:
                    raise
                continue  # a filer of that habit has no place for that error
            result = reconcile_filings(made.filings)
            ours[kind].add(made, result.findings, result.totals.checked + result.totals.opening)
            simple = naive.reconcile(made.filings)
            plain[kind].add(made, simple.findings, simple.checked)
    return ours, plain


def table(ours: dict[str, Score], plain: dict[str, Score]) -> str:
    """The scores as text, one kind a line, all kinds together at the end."""
    head = (
        f"{'error':32}{'n':>6}{'found':>8}{'right':>8}{'excused':>9}{'false':>8}"
        f"   | naive {'found':>7}{'right':>8}{'false':>8}"
    )
    together, together_plain = Score(), Score()
    lines = [head]
    for kind, score in ours.items():
        lines.append(_line(kind, score, plain[kind]))
        if kind in ERRORS:
            together.merge(score)
            together_plain.merge(plain[kind])
    return "\n".join([*lines, _line("all errors", together, together_plain)])


def _line(kind: str, score: Score, plain: Score) -> str:
    found = "-" if kind in NEIGHBOURS else _share(score.found, score)
    return (
        f"{kind:32}{score.sequences:>6}{found:>8}"
        f"{_share(score.right, score):>8}{score.explained_away:>9}{_rate(score):>8}   |       "
        f"{_share(plain.found, plain):>7}{_share(plain.right, plain):>8}{_rate(plain):>8}"
    )


def _share(count: int, score: Score) -> str:
    return f"{100 * count / score.sequences:.1f}%" if score.sequences else "-"


def _rate(score: Score) -> str:
    return f"{1000 * score.false / score.totals:.2f}" if score.totals else "-"


def _names(finding: Judgement) -> set[str]:
    """What a finding is called: its kind, and the code of its explanation where it has one."""
    told = getattr(finding, "explanation", None)
    return {finding.kind, told.code} if told is not None else {finding.kind}


def is_allowed(made: World, finding: Judgement) -> bool:
    """Whether the simulated filer left a reader no way to know better."""
    claim = made.truth.claims.get((finding.filing, finding.row or ""))
    return any(
        one.filing == finding.filing
        and finding.kind in one.kinds
        and (claim is None or claim.position == one.position)
        for one in made.truth.allowed
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=45, help="for each kind of error")
    parser.add_argument("--clean", type=int, default=300, help="without an error")
    parser.add_argument("--kind", action="append", choices=list(MADE), help="only this kind")
    parser.add_argument("--habit", action="append", choices=list(RARE), help="every filer's")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--why", action="store_true", help="what was found instead, with seeds")
    asked = parser.parse_args()
    started = time.perf_counter()
    kinds = asked.kind or list(MADE)
    ours, plain = measure(
        kinds,
        asked.sequences,
        clean=asked.clean,
        first=asked.first,
        rare=frozenset(asked.habit) if asked.habit else None,
    )
    print(table(ours, plain))
    twice = {kind: score.twice for kind, score in ours.items() if score.twice}
    print(f"named on two forms: {sum(twice.values())} {twice or ''}")
    for kind, score in ours.items() if asked.why else ():
        print(f"{kind}: instead {dict(score.instead)} at seeds {score.missed[:8]}")
        print(f"    false {dict(score.alarms.most_common(8))}")
    made = sum(score.sequences for score in ours.values())
    print(f"{made} sequences in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
