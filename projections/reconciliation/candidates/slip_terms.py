"""A slip of the pen as a term: what it costs, and whether a report that is missing looks the same."""

from __future__ import annotations

from decimal import Decimal

from projections.positions.digits import slipped_digits
from projections.positions.entries import Posting
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case

_AS_ROUND_LOTS = frozenset(
    {
        "AD_CODE_CONTRADICTION",
        "DOUBLE_APPLIED_ROW",
        "LOT_ONLY",
        "MAGNITUDE_ERROR",
        "SPLIT_UNMODELLED",
        "TRANSPOSED_DIGITS",
    }
)
"""Slips, and splits of which nobody tells, that leave what a trade of round lots would, where the difference is round."""

ROUND_LOT = 100
"""Shares in which trades are mostly made."""


def slip(
    case: Case,
    kind: str,
    gap: Decimal,
    text: str,
    cost: int,
    *,
    row: bool = False,
    typing: bool = False,
    shown: bool = False,
    source: str = "",
    code: str = "EXPL_FILER_ERROR",
) -> Candidate:
    """One slip: in a total, or in a `row` whose total is right; `shown` is one that its form shows."""
    entry = case.entry
    on = case.position.confirming(entry)
    later = on is not None and on.dossier is not entry.dossier
    if entry.returned is not None:
        cost += costs.REFUTED if row else -costs.CONFIRMED
    elif later and not row:
        cost += costs.REFUTED if typing else costs.COPIED
    doubted = not shown and _or_missing(case, kind, gap)
    return Candidate(
        shares=gap,
        cost=cost,
        kind="filer-error" if code == "EXPL_FILER_ERROR" else "misread",
        code=code,
        source=source or case.source(),
        text=text + (", or as much moved besides, which no report here tells" if doubted else ""),
        group="slip",
        finding=kind,
        row=row,
        doubted=doubted,
    )


def _or_missing(case: Case, kind: str, gap: Decimal) -> bool:
    """Whether a report that is not here would leave the same difference, and no later total tells.

    A movement of the size of the one before it, or round lots, which are what is mostly traded;
    of a holding that was emptied at other times, all that was left before the lot; and any after
    a long silence, where what a split alone shows is as doubtful anyway.
    """
    if not case.apart:
        return False
    if case.across_gap and kind != "SPLIT_UNMODELLED":
        return True
    if kind == "LOT_ONLY" and any(e.claim == 0 for e in case.position.entries):
        return True
    return kind == "PRIOR_ROW_DOUBLED" or (kind in _AS_ROUND_LOTS and not gap % ROUND_LOT)


PASSING = ("G", "J", "W")
"""Codes of rows of shares that were given or passed on, as notes without a number tell."""


def passed_slipped(entry: Posting, gap: Decimal) -> bool:
    """Whether a total shows a slip in a row of shares passed on: in its letter, or in its digits.

    A note on it that gives no number may then tell of the row, and of nothing else.
    """
    if entry.line.code not in PASSING or not entry.delta:
        return False
    moved = entry.delta + gap
    same_way = moved * entry.delta > 0
    return moved == -entry.delta or (same_way and slipped_digits(abs(entry.delta), abs(moved)))
