"""Totals that are those before their own rows: a habit that several reports of a filer show.

Column 5 asks what is owned after the transaction. Some filers give what was owned before it, so
that each total lacks its own form's rows and has those of the form before. Of one total that may
be a slip; of several, each of which goes on from the one before in no other way, it is a habit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from projections.filings.records import ZERO
from projections.positions.entries import Entry, Posting
from projections.positions.reckoning import Taking

BEFORE = "before-row"
"""The convention of such totals."""

_SIGNS = 2
"""So many totals that are what was owned before, and nothing else that was to be expected."""


def before_rows(entries: Sequence[Entry], level: Decimal | None) -> list[Taking] | None:
    """A form's lines taken with totals before their rows; None where they are no such totals.

    Each before its own row, or all of them before every row. `level` is what was held before.
    """
    at, moved = level, ZERO
    apart: list[Taking] = []
    together: list[Taking] = []
    for entry in entries:
        if at is None or entry.claim is None or entry.unmeasured:
            return None
        moved += entry.delta
        if entry.claim == at:
            apart.append(Taking(entry, BEFORE, -entry.delta))
        if entry.claim == level:
            together.append(Taking(entry, BEFORE, -moved))
        at += entry.delta
    found = next((some for some in (apart, together) if len(some) == len(entries)), None)
    return found if moved else None


def run_of(
    known: Sequence[Posting], latest: Sequence[Entry], level: Decimal | None
) -> tuple[int, list[Taking]] | None:
    """From which line on totals are those before their rows, and how these are then taken.

    `known` are the lines before a form that does not go on from their `level`.
    """
    if known and known[-1].convention == BEFORE:
        more = before_rows(latest, level)
        return None if more is None else (len(known), more)
    run, at, signs = [latest], len(known), 0
    for form in reversed([list(form) for _, form in groupby(known, key=lambda e: e.dossier)]):
        after, told = run[-1][0], sorted(form, key=lambda e: e.line.line)
        moved = sum((e.delta for e in told), ZERO)
        first, last = told[0].claim, told[-1].claim
        if first is None or last is None or after.claim is None:
            break
        if not moved:  # it only lists what is held
            signs += last == after.claim
            break
        usual = not any(e.late or e.moved_here or e.repeats or e.lot for e in form)
        if not usual or before_rows(told, first) is None or after.claim != first + moved:
            break
        signs += after.claim - after.delta != last
        run.append(told)
        at -= len(told)
    taken = [before_rows(form, form[0].claim) for form in reversed(run)]
    if signs < _SIGNS or len(run) < _SIGNS or None in taken:
        return None
    return at, [taking for some in taken for taking in some or ()]
