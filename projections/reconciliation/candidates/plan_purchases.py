"""Shares that a note counts in a total as bought through a plan, of whatever name."""

from __future__ import annotations

import re

from projections.filings.records import Stated
from projections.reconciliation.case import Case

_BY_A_PLAN = re.compile(
    r"\b(?:purchased|bought|acquired)\s+(?:through|under|pursuant\s+to|via|by|in|with)\s+"
    r"(?:(?!incentive|equity|omnibus|award|long|compensation|bonus|restrict|option|retention|recognition)[\w'’-]+\s+){0,7}?"
    r"(?:(?:plan|program|programme|scheme)\b|DR?SPP\b)",
    re.IGNORECASE,
)


def bought_by_a_plan(case: Case, said: Stated) -> bool:
    """Whether a total has shares in it that a plan bought, of which no note told before.

    Plans buy without a row. One of awards does not: its shares are in earlier totals.
    """
    if said.kind != "composition" or not _BY_A_PLAN.search(case.entry.dossier.quote(said)):
        return False
    told = (e for e in case.position.entries if e.dossier.known.at < case.entry.dossier.known.at)
    return not any(
        one.shares == said.shares
        for earlier in told
        for one in earlier.dossier.statements
        if one.note in earlier.line.notes
    )
