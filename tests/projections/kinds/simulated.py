"""Stories from the simulator: one error put in, cut to the filings it takes to see it.

The innocent story is the same world, down to each share, without the error: the error is
made to a copy of it, so that chance runs the same course.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from unittest.mock import patch

from ledger import Filing
from projections.findings.finding import Finding
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.simulator import ERRORS, MADE, World, sequence
from tests.simulator.spoiling import Scene, Spoilt


def innocent(seed: int, error: str) -> World:
    """The world of a sequence with an error, before the error is made."""
    kind = ERRORS[error]

    def spare(scene: Scene) -> Spoilt:
        kind.make(deepcopy(scene))
        return Spoilt(kind.name, kind.right, scene.drafts[0], None)

    with patch.dict(MADE, {error: replace(kind, make=spare)}):
        return sequence(seed, error, rare=frozenset())


def grave(findings: Sequence[Finding]) -> list[str]:
    """The kinds of the findings that ask for a look: minor and above."""
    return sorted(f.kind for f in findings if is_alarm(f))


def cut(filings: Sequence[Filing], wanted: Finding) -> tuple[Filing, ...]:
    """The fewest filings, in order, that show the same finding and raise no other alarm.

    Findings at the same row are the same error under another aspect.
    """

    def same(some: list[Filing]) -> bool:
        findings = reconcile_filings(some).findings
        here = [f for f in findings if (f.filing, f.row) == (wanted.filing, wanted.row)]
        elsewhere = [f for f in findings if f not in here]
        return not grave(elsewhere) and any(_alike(f, wanted) for f in here)

    everything = list(filings)
    own = {o.cik for f in filings if f.id == wanted.filing for o in f.owners}
    mine = [f for f in everything if {o.cik for o in f.owners} & own]
    until = next(n for n, f in enumerate(mine, start=1) if f.id == wanted.filing)
    kept = next(
        some for some in (mine[:until], mine, everything) if some is everything or same(some)
    )
    for one in [*kept, *reversed(kept)]:
        less = [f for f in kept if f is not one]
        if len(less) < len(kept) and same(less):
            kept = less
    return tuple(kept)


def _alike(one: Finding, other: Finding) -> bool:
    return (one.kind, one.filing, one.row, one.difference, one.message) == (
        other.kind,
        other.filing,
        other.row,
        other.difference,
        other.message,
    )
