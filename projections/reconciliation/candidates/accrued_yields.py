"""Interest or dividends that a debt or preferred stock paid in more of itself, of which no row tells.

A note that gives their number binds. One that gives none allows what such a holding may yield in
the time since the report before, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.yields import yielded
from projections.filings.records import ZERO
from projections.identity.plans import accrued_since
from projections.positions.entries import Posting, reference
from projections.positions.line_words import CONVERTED
from projections.positions.other_awards import few_more
from projections.reconciliation import costs
from projections.reconciliation.candidates.other_table import underlies
from projections.reconciliation.case import Candidate, Case


def accrued_yield(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What the note on a row, or on a total, says was accrued on a debt, or on preferred stock."""
    entry, position = case.entry, case.position
    held = entry.prior or ZERO
    if position.kind not in CONVERTED or entry.returned is not None or underlies(case, gap):
        return
    if not ZERO < gap == entry.residual <= held or gap == -2 * entry.delta:
        return  # the last is the row's own amount, under the wrong letter
    before = position.entries[position.place(entry) - 1]
    allowed = accrued_since(before.day, entry.day, held + gap, held)
    reinvested = {s.note for s in entry.dossier.statements if s.kind == "dividend-reinvestment"}
    for note in (n for n in entry.line.notes if n not in reinvested):
        for words, figures in yielded(entry.dossier.text_of(note), debt=position.kind == "note"):
            told = _amounts(entry, figures)
            stated = any(_is(entry, x, gap) for x in told)
            if not stated and (told or not allowed):
                continue
            yield Candidate(
                shares=gap,
                cost=costs.CITED if stated else costs.UNQUANTIFIED,
                kind="accrued-yield",
                code="EXPL_ACCRUED_YIELD",
                source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
                text=words,
                group=f"{reference(entry)}:yield",
                stated=stated,
                basis="stated" if stated else "inferred",
            )


def accrued_units(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The little by which more units end than an award had: dividends may have been paid in units.

    No note says so, and another award or a wrong number leaves as much: it is but a doubt. What
    accrues by fractions shows itself.
    """
    entry, position, held = case.entry, case.position, case.entry.prior or ZERO
    ended = entry.claim == ZERO and entry.delta < 0 and entry.returned is None
    units = position.kind == "rsu" and position.series == (None, None) and case.before is not None
    if not units or not ended or gap != entry.residual or not few_more(held, held + gap):
        return
    if not held % 1 and accrued_since(
        case.before.day if case.before else None, entry.day, held + gap, held
    ):
        yield Candidate(
            shares=gap,
            cost=costs.REINVESTED,
            kind="accrued-yield",
            code="EXPL_ACCRUED_YIELD",
            source=reference(entry),
            text="the units end with a few more than were reported, as dividends paid in units add",
            group=f"{reference(entry)}:yield",
            doubted=True,
        )


def _amounts(entry: Posting, figures: frozenset[Decimal]) -> frozenset[Decimal]:
    """The figures of a note that may be what came: no rate, no price, and not what the line has anyhow."""
    line = entry.line
    had = {entry.prior, abs(entry.delta), entry.claim, line.price, line.exercise_price}
    had |= {line.shares, line.underlying_shares, *(other.shares for other in entry.dossier.lines)}
    return frozenset(x for x in figures - had if x >= _LEAST and x not in _YEARS)


_LEAST, _YEARS = 100, range(1900, 2100)
"""Figures below are rates, prices, days: nothing so small is told of a debt, nor are years."""


def _is(entry: Posting, told: Decimal, gap: Decimal) -> bool:
    """Whether an amount that a note tells is a difference, in dollars or in the shares these convert to."""
    strike = entry.line.exercise_price
    return told == gap or bool(strike and abs(told - gap * strike) < strike)
