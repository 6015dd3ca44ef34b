"""How often an explanation names what really made a total differ.

    python -m tests.benchmarks.causes --sequences 400

Filers who never err, so every difference has a legitimate cause, which the simulator
knows. `explained` counts the differences that were explained, `named` those under a code
that is true of a cause the total has, `otherwise` the codes given to the others.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from projections.findings.finding import Finding
from projections.questions.reconcile import reconcile_filings
from projections.reconciliation.candidates.unquantified_notes import UNQUANTIFIED
from tests.simulator import World, sequence
from tests.simulator.truth import Claim

CODES: dict[str, frozenset[str]] = {
    "espp": frozenset({"EXPL_PLAN_PURCHASE"}),
    "dividend-reinvestment": frozenset({"EXPL_REINVESTMENT"}),
    "plan-units": frozenset({"EXPL_PLAN_ACCRUAL"}),
    "split": frozenset({"EXPL_SPLIT"}),
    "form-change": frozenset({"EXPL_FORM_CHANGE"}),
    "annuity-return": frozenset({"EXPL_ANNUITY_RETURN", "EXPL_FORM_CHANGE"}),
    "distribution": frozenset({"EXPL_TRUST_DISTRIBUTION", "EXPL_FORM_CHANGE"}),
    "court-transfer": frozenset({"EXPL_COURT_TRANSFER"}),
    "forfeiture": frozenset({"EXPL_FORFEITURE"}),
    "withholding": frozenset({"EXPL_WITHHOLDING"}),
    "delivery": frozenset({"EXPL_NOTED_DISPOSAL"}),
    "gain": frozenset({"EXPL_NOTED_ACQUISITION"}),
    "succession": frozenset({"EXPL_SUCCESSION"}),
}
"""By cause, the codes that are true of it, besides that of a note without an amount.

Where no note stands by, a return by an annuity trust and a distribution look like any
other change of form.
"""


@dataclass(slots=True)
class Score:
    """Counts over the differences of one cause."""

    differences: int = 0
    explained: int = 0
    named: int = 0
    otherwise: Counter[str] = field(default_factory=Counter)


def measure(seeds: range) -> dict[str, Score]:
    """Scores by cause, over sequences without an error; several causes count as `several`."""
    scores: defaultdict[str, Score] = defaultdict(Score)
    for seed in seeds:
        made = sequence(seed)
        told = {(f.filing, f.row or ""): f for f in _explained(made)}
        for place, claim in made.truth.claims.items():
            causes = _causes(claim)
            if causes and (claim.difference or causes == ["succession"]):
                score = scores[causes[0] if len(causes) == 1 else "several"]
                _count(score, causes, told.get(place))
    return dict(sorted(scores.items()))


def _explained(made: World) -> Iterator[Finding]:
    for finding in reconcile_filings(made.filings).findings:
        if finding.explanation is not None and finding.kind == "BALANCE_BREAK_EXPLAINED":
            yield finding


def _causes(claim: Claim) -> list[str]:
    known = [cause for cause in claim.causes if cause in CODES]
    return list(dict.fromkeys(known)) if len(known) == len(claim.causes) else []


def _count(score: Score, causes: list[str], finding: Finding | None) -> None:
    score.differences += 1
    if finding is None or finding.explanation is None:
        score.otherwise["(not explained)"] += 1
        return
    score.explained += 1
    code = finding.explanation.code
    if code == UNQUANTIFIED or any(code in CODES[cause] for cause in causes):
        score.named += 1
    else:
        score.otherwise[code] += 1


def table(scores: dict[str, Score]) -> str:
    """The scores as text, one cause a line."""
    lines = [f"{'cause':24}{'n':>7}{'explained':>11}{'named':>8}  otherwise"]
    for cause, score in scores.items():
        lines.append(
            f"{cause:24}{score.differences:>7}{_share(score.explained, score.differences):>11}"
            f"{_share(score.named, score.explained):>8}  "
            + ", ".join(f"{code} {n}" for code, n in score.otherwise.most_common(4))
        )
    return "\n".join(lines)


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.1f}%" if of else "-"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sequences", type=int, default=400)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    asked = parser.parse_args()
    print(table(measure(range(asked.first, asked.first + asked.sequences))))


if __name__ == "__main__":
    main()
