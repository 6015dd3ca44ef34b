"""Totals that are those before their own rows: a habit that several reports of a filer show.

Column 5 asks what is owned after the transaction. Some filers give what was owned before it, so
that each total lacks its own form's rows and has those of the form before. Of one total that may
be a slip; of several, each of which goes on from the one before in no other way, it is a habit.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from ledger.codes import PAIRED
from projections.filings.records import ZERO
from projections.positions.entries import Entry, Posting
from projections.positions.noted import noted
from projections.positions.reckoning import Taking

BEFORE = "before-row"
"""The convention of such totals."""

_SIGN, _HINT = 2, 1
"""What a total is worth that is just what was owned before, by the rows or with what its notes
tell besides; and one that is a little more, as dividends or a payroll plan leave it."""
_ENOUGH = 4
"""So much of that makes a habit: two signs."""
_LITTLE = Decimal("0.02")
"""The part of what was held that such a plan brings between two forms, at most."""
_APART = 5
"""How many times as far off the usual way to take a total must be for it to be a hint."""


def before_rows(entries: Sequence[Entry]) -> list[Taking] | None:
    """A form's lines taken with totals before their rows; None where they are no such totals.

    Each before its own row, or all of them before every row.
    """
    at = level = entries[0].claim
    moved = ZERO
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
    return next((some for some in (apart, together) if len(some) == len(entries)), None)


def run_of(
    known: Sequence[Posting], latest: Sequence[Entry], level: Decimal | None
) -> tuple[int, list[Taking]] | None:
    """From which line on totals are those before their rows, and how these are then taken.

    `known` are the lines before a form that does not go on from their `level`. Between two forms
    something else may move, with or without a note: what it was is for others to say.
    """
    if known and known[-1].convention == BEFORE:
        more = None if _usual(level, latest) else before_rows(latest)
        return None if more is None else (len(known), more)
    latest = _exercised_first(latest)
    forms = [*_forms(known), latest]
    _put_in_turn(forms)
    run = [forms.pop()]
    at, told, silent = len(known) + len(latest), 1, 0
    inside = _stepped(run[0]) + _opposed(run[0])
    weight = _SIGN * inside
    for before in reversed(forms):
        worth = _worth(before, run[-1]) if before_rows(before) is not None else None
        if worth is None:
            break
        run.append(before)
        weight, silent = weight + worth, silent + (not worth)
        if worth:
            told = len(run)
    run = run[:told]
    at -= sum(map(len, run))
    if not any(form is latest for form in run):
        return None
    taken = [before_rows(form) for form in reversed(run)]
    moving = sum(any(e.delta for e in form) for form in run)
    if moving < _FORMS and inside < _ROWS:
        return None
    if weight < max(_ENOUGH, _SIGN * silent) or None in taken:
        return None
    return at, [taking for some in taken for taking in some or ()]


def _forms(known: Sequence[Posting]) -> list[Sequence[Entry]]:
    """The forms before one, each in the order of its lines, since the last line taken out of turn."""
    forms: list[Sequence[Entry]] = []
    for _, form in groupby(known, key=lambda e: e.dossier):
        told = sorted(form, key=lambda e: e.line.line)
        if any(e.late or e.moved_here or e.repeats or e.lot for e in told):
            forms = []
        else:
            forms.append(told)
    return forms


def _put_in_turn(forms: list[Sequence[Entry]]) -> None:
    """Exchange two forms of one day where the first goes on from the second so, and not the reverse.

    They were posted in the order in which totals join as totals do.
    """
    for at in range(len(forms) - 1, 0, -1):
        one, other = forms[at - 1], forms[at]
        same = one[0].day == other[0].day and one[0].dossier.day == other[0].dossier.day
        if same and _left(other) == one[0].claim and _left(one) != other[0].claim:
            forms[at - 1], forms[at] = other, one


def _left(form: Sequence[Entry]) -> Decimal | None:
    """What is left after the rows of a form whose first total is the one before them."""
    first = form[0].claim
    return None if first is None else first + sum((e.delta for e in form), ZERO)


_FORMS, _ROWS = 2, 2
"""In so many forms at least something must move for their totals to tell, or one form has so many
rows whose totals go on from the row above as only totals before their rows do."""


def _stepped(form: Sequence[Entry]) -> int:
    """How many rows of a form have the total that the row above leaves, and not the one after theirs."""
    return sum(
        one.claim is not None
        and other.claim == one.claim + one.delta
        and one.delta != other.delta
        and bool(one.delta)
        for one, other in pairwise(form)
    )


def _exercised_first(form: Sequence[Entry]) -> Sequence[Entry]:
    """Two rows in their turn, where the one sells what the other's exercise brings, however they are listed."""
    if len(form) != _ROWS:
        return form
    one, other = form
    sold = one.day == other.day and one.delta == -other.delta < 0
    return [other, one] if sold and other.line.code in PAIRED else form


def _opposed(form: Sequence[Entry]) -> bool:
    """Whether shares come by the first row of two and leave by the other, each as its code has it.

    Totals that go the other way then accuse two letters and two codes, or are those before the rows.
    """
    if len(form) != _ROWS or _stepped(form) != 1:
        return False
    one, other = form
    return one.delta * other.delta < 0 and not any(
        e.line.against_code or not e.line.code for e in form
    )


def _worth(before: Sequence[Entry], after: Sequence[Entry]) -> int | None:
    """What the totals of two forms in turn tell of the habit; None where they tell against it."""
    left, last, then = _left(before), before[-1].claim, after[0].claim
    if left is None or last is None or then is None:
        return None
    by_note = noted(*after)
    usual = _usual(last, after)
    if then - left in (ZERO, by_note):
        return 0 if usual else _SIGN
    if usual:
        return None
    off, gained = abs(then - after[0].delta - last), then - left
    return _HINT if 0 < gained <= _LITTLE * left and off > _APART * gained else 0


def _usual(level: Decimal | None, after: Sequence[Entry]) -> bool:
    """Whether the totals of a form go on from a level as totals do, with what its notes tell or not."""
    if level is None or after[0].claim is None or after[-1].claim is None:
        return False
    moved = sum((e.delta for e in after), ZERO)
    gaps = (after[0].claim - after[0].delta - level, after[-1].claim - moved - level)
    return not {ZERO, noted(*after)}.isdisjoint(gaps)
