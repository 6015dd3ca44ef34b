"""On which days what a position holds may change: between them every day says the same."""

from __future__ import annotations

from datetime import date

from projections.checks.coverage import SILENCE
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.positions.prior_levels import REACH
from projections.snapshots.doubts import doubted_since
from projections.snapshots.snapshot import Snapshots

FIRST = date(1934, 6, 6)
"""The Securities Exchange Act, and with it Section 16, became law: no report is of an earlier day."""


def endings(shown: Snapshots) -> set[date]:
    """The days on which another issuer took this one's place, or this one another name."""
    return {heir.on for heir in shown.judged.heirs} | shown.judged.renamed


def turning_days(shown: Snapshots, position: Position) -> set[date]:
    """Every day on which, or on the day after which, a holding of a position may change."""
    silent = {entry.day + SILENCE for entry in _entries(position) if entry.day}
    return level_days(shown, position) | silent


def level_days(shown: Snapshots, position: Position) -> set[date]:
    """Those of them on which, or after which, how much it is may change, or how sure that is."""
    rulings, entries = shown.judged.folded.rulings, _entries(position)
    days: set[date | None] = {position.carried_on, position.series[1]}
    days.update(on for _, _, on in position.former)
    days.update(gone.since for gone in shown.judged.withdrawn.get(position.number, ()))
    days.update(entry.day for _, _, entry, _ in shown.transfers)
    for one in shown.judged.left.get(position.number, ()):
        days.update((one.since, one.by))
    days.update(doubted_since(shown.judged, shown.findings_of(position)))
    days.update(on for _, gone, on in shown.judged.folded.exits if position.owners <= gone)
    days.update(on for keys, on in shown.judged.folded.initials if position.owners & keys)
    for entry in entries:
        told, gone, begins = rulings.on(entry), rulings.emptied(entry), rulings.beginning(entry)
        displaced, made = rulings.displaced(entry), rulings.multiplied(entry)
        for term in told.explanation.terms if told.explanation else ():
            days.update((term.effective_from, term.effective_to))
        for said in entry.dossier.statements:
            days.update((said.effective_from, said.effective_to))
        days.update((gone.begins, gone.ends) if gone else ())
        days.update((displaced.since,) if displaced else ())
        days.update(day for one in made for day in (one.after, one.before))
        days.update((entry.day, begins.certain, begins.possible))
    known = {e.day for e in entries if e.day}
    days.update(day - REACH for day in known)
    if any(entry.day is None for entry in entries) or any(
        gone.since is None for gone in shown.judged.withdrawn.get(position.number, ())
    ):
        days.add(FIRST)
    return {day for day in days if day is not None} | endings(shown)


def _entries(position: Position) -> list[Posting]:
    """The entries of a position, of the whole that it was part of, and of its own parts."""
    series = (position, *position.parts, position.whole)
    return [entry for one in series if one is not None for entry in one.entries]
