"""What the recorded filings mean: positions, reconciled totals, answers for a day.

Everything here is a function of the events, of a day and of a moment of knowledge, and
may be thrown away and built again. Each name below is one question, loaded when it is first
asked; each answer is a shape in `projections.answers`, with `json_of` to show it as JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.loading import on_demand

if TYPE_CHECKING:
    from projections.answers import json_of
    from projections.charts.filed import chart_of_filed
    from projections.charts.stakes import chart_of_stakes
    from projections.charts.steps import chart
    from projections.questions.check import check
    from projections.questions.diff import diff
    from projections.questions.directory import issuers, people
    from projections.questions.due import due
    from projections.questions.events import events
    from projections.questions.explain import explain
    from projections.questions.filed import filed
    from projections.questions.history import history
    from projections.questions.holdings import holdings
    from projections.questions.reconcile import reconcile
    from projections.questions.replay import replay, stats
    from projections.questions.rereading import reread
    from projections.questions.retraction import retraction
    from projections.questions.reviews import review
    from projections.questions.stakes import stakes
    from projections.questions.verify import verify
else:
    _HOMES = {
        "chart": "projections.charts.steps",
        "chart_of_filed": "projections.charts.filed",
        "chart_of_stakes": "projections.charts.stakes",
        "check": "projections.questions.check",
        "diff": "projections.questions.diff",
        "due": "projections.questions.due",
        "events": "projections.questions.events",
        "explain": "projections.questions.explain",
        "filed": "projections.questions.filed",
        "history": "projections.questions.history",
        "holdings": "projections.questions.holdings",
        "issuers": "projections.questions.directory",
        "json_of": "projections.answers",
        "people": "projections.questions.directory",
        "reconcile": "projections.questions.reconcile",
        "replay": "projections.questions.replay",
        "reread": "projections.questions.rereading",
        "retraction": "projections.questions.retraction",
        "review": "projections.questions.reviews",
        "stakes": "projections.questions.stakes",
        "stats": "projections.questions.replay",
        "verify": "projections.questions.verify",
    }

    __getattr__ = on_demand(__name__, _HOMES)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})


__all__ = [
    "chart",
    "chart_of_filed",
    "chart_of_stakes",
    "check",
    "diff",
    "due",
    "events",
    "explain",
    "filed",
    "history",
    "holdings",
    "issuers",
    "json_of",
    "people",
    "reconcile",
    "replay",
    "reread",
    "retraction",
    "review",
    "stakes",
    "stats",
    "verify",
]
