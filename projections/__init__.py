"""What the recorded filings mean: positions, reconciled totals, answers for a day.

Everything here is a function of the events, of a day and of a moment of knowledge, and
may be thrown away and built again. Each name below is one question; each answer is a
shape in `projections.answers`, with `json_of` to show it as JSON.
"""

from projections.answers import json_of
from projections.questions.diff import diff
from projections.questions.explain import explain
from projections.questions.history import history
from projections.questions.holdings import holdings
from projections.questions.reconcile import reconcile
from projections.questions.replay import replay, stats
from projections.questions.verify import verify

__all__ = [
    "diff",
    "explain",
    "history",
    "holdings",
    "json_of",
    "reconcile",
    "replay",
    "stats",
    "verify",
]
