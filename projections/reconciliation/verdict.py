"""What the search for a reason concludes about one total that does not follow."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from ledger.statements import SENSES
from projections.findings.explanations import Explanation, Rejected
from projections.reconciliation.case import Candidate

MEANINGS = frozenset({"class-total", "rounding", "prior-report"})
"""Terms by which a total means something else, or goes on from an older report: no movement."""


def moves(terms: tuple[Candidate, ...]) -> bool:
    """Whether any term says that shares moved."""
    return any(term.shares and term.kind not in MEANINGS for term in terms)


class Verdict(NamedTuple):
    """What the search concludes about one broken claim.

    `status` is `explained`, `ambiguous`, `error` (an error of the filer, by kind) or
    `unexplained`; `chosen` are the terms of the best set.
    """

    status: str
    explanation: Explanation
    chosen: tuple[Candidate, ...]
    kind: str | None = None

    @property
    def moved(self) -> bool:
        """Whether a filing states every term, and each says that shares moved.

        What a total is made of, or what was wrong before, says so of one total alone.
        """
        senses = [SENSES.get(term.kind) for term in self.chosen if term.shares]
        told = [s for s in senses if s is not None and (s.describes_total or s.corrects)]
        return self.status == "explained" and self.explanation.explicit and not told

    def nameless(self) -> Verdict:
        """The verdict without a slip that would name it: what happened is known otherwise."""
        told = Explanation("EXPL_MISSING_FILING", "none", (), self.explanation.rejected)
        return Verdict("unexplained", told, ())

    def refuted(self, claim: Decimal, by: str) -> Verdict:
        """The verdict where a later total goes back behind what would explain this one.

        A total that only means something else, or lost a fraction, is refuted by nothing.
        """
        if self.status not in ("explained", "ambiguous") or not moves(self.chosen):
            return self
        told = self.explanation
        words = "; ".join(term.text for term in told.terms)
        why = f"closes, but {by} goes back to the line before it: {words}"
        lost = Rejected(told.code, claim, None, why)
        withdrawn = Explanation("EXPL_FILER_ERROR", "none", (), (lost, *told.rejected))
        return Verdict("unexplained", withdrawn, ())
