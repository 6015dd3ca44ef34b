"""What a note on one holding's line tells to have left another one, which the form does not list.

A part of the interest in a company that holds shares is given up: its own line need not be
repeated, and the note stands wherever the form has a row (Rule 16a-1(a)(2)).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.statements import SENSES
from projections.filings.records import ZERO, Dossier, Stated
from projections.identity.vehicles import own_words, vehicle_key
from projections.issuer import Folded
from projections.positions.levels import Gone
from projections.positions.position import Position


def told_beside(dossier: Dossier, folded: Folded) -> Iterator[tuple[Stated, Position]]:
    """What the notes of a filing say left a vehicle that they name and that no line of it lists."""
    for said in dossier.statements:
        if not said.shares or said.direction != "disposed" or not SENSES[said.kind].moves:
            continue
        meant = [
            p
            for p, held in _unlisted(dossier, folded)
            if said.shares <= held and _leaves(said, dossier, p, whole=said.shares == held)
        ]
        if len(meant) == 1:
            yield said, meant[0]


def _unlisted(dossier: Dossier, folded: Folded) -> Iterator[tuple[Position, Decimal]]:
    """The vehicles that a filing's owners reported before, with what they had, and that it does not list."""
    for position in folded.positions_of(folded.people.keys(dossier)):
        before = [e for e in position.entries if e.dossier.known.at < dossier.known.at]
        if position.form != "indirect" or not before or not before[-1].balance:
            continue
        if not any(entry.dossier is dossier for entry in position.entries):
            yield position, before[-1].balance


def _leaves(said: Stated, dossier: Dossier, vehicle: Position, *, whole: bool) -> bool:
    """Whether a statement's words name a vehicle, and not as whoever the shares went to.

    Of all that it had, to the share, they may say what it is alone: "the trust".
    """
    every, name = set(vehicle.vehicle.split()), own_words(vehicle.vehicle)
    to = set(vehicle_key(said.counterpart or "").split())
    words = set(vehicle_key(dossier.quote(said)).split())
    meant = name <= words or (whole and not words.isdisjoint(every - name))
    return bool(name) and meant and not name & to


def left_beside(folded: Folded) -> dict[int, list[Gone]]:
    """By the number of a vehicle, what such notes say left it after its last line."""
    found: dict[int, list[Gone]] = {}
    for dossier in folded.dossiers:
        for said, vehicle in told_beside(dossier, folded):
            if vehicle.entries[-1].dossier.known.at >= dossier.known.at:
                continue  # its later lines tell it
            day = said.effective_from or dossier.day
            told = Gone(
                least=said.shares or ZERO,
                most=said.shares,
                since=day,
                by=said.effective_to or day,
                said=f"{dossier.id}#{said.ref}",
                kind=said.kind,
            )
            found.setdefault(vehicle.number, []).append(told)
    return found
