"""Vehicles that leave the record: a note says so, and the form lists them no more.

Nobody need report a vehicle for ever: a child leaves the household, a trustee resigns,
what was reported by choice is not reported any longer. Nothing was disposed of then, so
what the vehicle holds from that day on is unknown, not zero, and not the last number either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from projections.checks.check import Check
from projections.filings.records import Dossier, Stated
from projections.findings.finding import Finding, about
from projections.identity.vehicles import holder_words, vehicle_key
from projections.issuer import Folded
from projections.positions.entries import reference
from projections.positions.position import Position

_FORMER = re.compile(
    r"\b(?:former|ex|estranged|late|deceased)[\s-]+(?P<who>spouse|wife|husband)\b", re.IGNORECASE
)
_FORMERLY = ("ormer", "ex-", "ex ", "stranged", "ate ", "ate-", "eceased")
"""Fragments, in small letters, of one of which such a note has a word."""


class Withdrawal(NamedTuple):
    """A vehicle that a filing's words take off the record, since when, and where they stand."""

    position: Position
    dossier: Dossier
    since: date | None
    said: str


def withdrawals(dossier: Dossier, folded: Folded) -> Iterator[Withdrawal]:
    """The vehicles of a filing's owners that its words say are reported no more."""
    for said in dossier.statements:
        if said.kind == "reporting-withdrawal":
            position = _meant(said, dossier, folded)
            if position is not None:
                since = said.effective_from or dossier.day
                yield Withdrawal(position, dossier, since, f"{dossier.id}#{said.ref}")
    texts = [(note.id, note.text) for note in dossier.head.footnotes]
    for note, text in (*texts, ("remarks", dossier.head.remarks or "")):
        found = any(word in text for word in _FORMERLY) and _FORMER.search(text)
        for position in _unlisted(dossier, folded) if found else ():
            if vehicle_key(position.nature) == "spouse":
                ref = f"{dossier.id}#{_ref(dossier, note)}"
                yield Withdrawal(position, dossier, _since(dossier, note), ref)


def _since(dossier: Dossier, note: str) -> date | None:
    """The day that a note gives for what it states, else that of the filing."""
    days = (said.effective_from for said in dossier.statements if said.note == note)
    return next((day for day in days if day is not None), dossier.day)


def _ref(dossier: Dossier, note: str) -> str:
    """How a note is cited: as what it states, where it states one thing."""
    stated = [said for said in dossier.statements if said.note == note]
    return stated[0].ref if stated else f"note.{note.removeprefix('F')}"


def _meant(said: Stated, dossier: Dossier, folded: Folded) -> Position | None:
    """The one vehicle that a statement means: named by its words, else by its shares."""
    words = set(holder_words(dossier.quote(said)).split())
    words |= set(vehicle_key(said.counterpart or "").split())
    there = list(_unlisted(dossier, folded))
    named = [p for p in there if (own := set(vehicle_key(p.nature).split())) and own <= words]
    if not named and said.shares is not None:
        named = [p for p in there if p.balance == said.shares]
    return named[0] if len(named) == 1 else None


def _unlisted(dossier: Dossier, folded: Folded) -> Iterator[Position]:
    """The vehicles that a filing's owners reported before, and that it lists no more."""
    for position in folded.positions_of(folded.people.keys(dossier)):
        if position.form != "indirect" or not position.balance:
            continue
        told = [entry.dossier for entry in position.entries]
        if told[0].known.at < dossier.known.at and not any(d is dossier for d in told):
            yield position


def scope_changes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that the filer will no longer report."""
    gone = {w.said: w.position for w in withdrawals(dossier, folded)}
    for said in dossier.statements:
        ref = f"{dossier.id}#{said.ref}"
        if said.kind == "reporting-withdrawal" and ref not in gone:
            what = f" ({said.counterpart})" if said.counterpart else ""
            words = f"shares left the report{what}: their number is unknown from here on, not zero"
            yield _told(dossier, words, (ref,))
    for ref, position in gone.items():
        last = reference(position.entries[-1])
        words = f"the holding “{position.nature}” left the report: what it holds is unknown from here on, not zero"
        yield _told(dossier, words, (ref, last))


def _told(dossier: Dossier, words: str, evidence: tuple[str, ...]) -> Finding:
    return about(dossier, None, "REPORTING_SCOPE_CHANGE", words, evidence=evidence)


CHECKS: tuple[Check, ...] = (scope_changes,)
