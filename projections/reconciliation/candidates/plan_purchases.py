"""Shares that a note counts in a total as new there: bought through a plan, or earned beyond a target."""

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
    bought = said.kind == "composition" and _BY_A_PLAN.search(case.entry.dossier.quote(said))
    return bool(bought) and _first_told(case, said)


def earned_beyond(case: Case, said: Stated) -> bool:
    """Whether a total has shares in it that an award brought beyond what was reported of it, as no note told before.

    One reported at target brings them without a row where its results are certified.
    """
    words = case.entry.dossier.quote(said)
    earned = said.kind in _DESCRIBED and _EARNED.search(words) and _MORE.search(words)
    return bool(earned) and not _NOT_YET.search(words) and _first_told(case, said)


_DESCRIBED = ("composition", "previously-reported")
_EARNED = re.compile(r"\bearned\b", re.IGNORECASE)
_MORE = re.compile(
    r"\badditional\b|\b(?:above|over|beyond|in\s+excess\s+of|exceed(?:s|ed|ing)?)\s+(?:the\s+|its\s+)?target\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:may|might|could|can|will|would|if|unless|up\s+to|not|never|no|to\s+be)\b", re.IGNORECASE
)


def _first_told(case: Case, said: Stated) -> bool:
    """Whether no earlier line of the holding has a note of as many."""
    told = (e for e in case.position.entries if e.dossier.known.at < case.entry.dossier.known.at)
    return not any(
        one.shares == said.shares
        for earlier in told
        for one in earlier.dossier.statements
        if one.note in earlier.line.notes
    )
