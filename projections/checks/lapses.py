"""Derivatives that a note says lapsed or were forfeited, and that no line takes off.

An option that ends unexercised needs no report (Rule 16a-4(d)); who leaves often says so in a
note on the stock, or in the remarks.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ledger.footnotes.lost_rights import rights_lost
from projections.filings.records import ZERO, Dossier, Stated
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.levels import Gone
from projections.positions.position import Position


class Lapse(NamedTuple):
    """What a note says lapsed of a position, and the last line before it."""

    position: Position
    after: Posting
    gone: Gone


def lapses(folded: Folded) -> Iterator[Lapse]:
    """What notes say lapsed of the series that were held then, each thing once.

    Without a day it came between the last line and the filing. A note that is carried on to
    later forms tells nothing new.
    """
    known = set[tuple[int, Decimal, Decimal | None]]()
    for dossier in folded.dossiers:
        for said in dossier.statements:
            if said.kind != "forfeiture":
                continue
            for (position, after), (least, most) in _meant(said, dossier, folded):
                if (position.number, least, most) not in known:
                    known.add((position.number, least, most))
                    first, last = said.effective_from or after.day, said.effective_to or dossier.day
                    ref = f"{dossier.id}#{said.ref}"
                    gone = Gone(
                        least=least, most=most, since=first, by=last, said=ref, kind=said.kind
                    )
                    yield Lapse(position, after, gone)


def last_lapses(folded: Folded) -> dict[int, list[Gone]]:
    """By the number of a position, what notes say lapsed of it after its last line."""
    found: dict[int, list[Gone]] = {}
    for position, after, gone in lapses(folded):
        if after is position.entries[-1]:
            found.setdefault(position.number, []).append(gone)
    return found


Held = tuple[Position, Posting]


def _meant(
    said: Stated, dossier: Dossier, folded: Folded
) -> Iterator[tuple[Held, tuple[Decimal, Decimal | None]]]:
    """The series that a statement means, with what has gone of each: at least, and at most."""
    words = (
        dossier.text_of(said.note)[said.start : said.end] if said.shares else dossier.quote(said)
    )
    lost = rights_lost(words)
    kinds = lost.kinds or _cited_by(said, dossier, folded)
    held = list(_held(said, dossier, folded, kinds)) if kinds else []
    listed = _listed_with(said, dossier, folded, kinds)
    held = [one for one in held if one[0] in listed] if listed else held
    if not lost.kinds:  # an award that notes of its own tell apart is ended by such words
        held = [one for one in held if not any(e.line.notes for e in one[0].entries)]
    if lost.prices:
        held = [one for one in held if one[0].series[0] in lost.prices]
    if said.shares is not None:
        yield from _of_so_many(said.shares, held)
        return
    whole = (len(held) == 1 or lost.every) and not lost.part
    for position, after in held:
        there = after.balance or ZERO
        yield (position, after), (there, there) if whole else (ZERO, None)


def _cited_by(said: Stated, dossier: Dossier, folded: Folded) -> frozenset[str]:
    """The sorts of rights whose lines cite a note that says only "units", with their number."""
    return frozenset(
        position.kind
        for position in folded.positions_of(folded.people.keys(dossier))
        if position.table == "II" and said.shares is not None
        for entry in position.entries
        if entry.dossier is dossier and said.note in entry.line.notes
    )


def _listed_with(
    said: Stated, dossier: Dossier, folded: Folded, kinds: frozenset[str]
) -> list[Position]:
    """The series that a filing lists without a movement in lines citing a statement's note.

    A note on such a line speaks of that holding: of another one nothing is said.
    """
    return [
        position
        for position in folded.positions_of(folded.people.keys(dossier))
        if position.table == "II" and position.kind in kinds
        for entry in position.entries
        if entry.dossier is dossier and entry.line.holding and said.note in entry.line.notes
    ]


def _of_so_many(
    shares: Decimal, held: list[Held]
) -> Iterator[tuple[Held, tuple[Decimal, Decimal | None]]]:
    """What has gone of each series where a note gives the number, and perhaps not of which."""
    alike = [one for one in held if one[1].balance == shares]
    if len(alike) == 1 or sum(one[1].balance or ZERO for one in held) != shares:
        meant = alike if len(alike) == 1 else [o for o in held if (o[1].balance or ZERO) >= shares]
        certain = len(meant) == 1
    else:
        meant, certain = held, True
    for one in meant:
        most = min(one[1].balance or ZERO, shares)
        yield one, (most if certain else ZERO, most)


def _held(said: Stated, dossier: Dossier, folded: Folded, kinds: frozenset[str]) -> Iterator[Held]:
    """The series of some kinds that a filing's owners held before a statement, as told then.

    No line of the time after what it states is known with it.
    """
    since = said.effective_from or dossier.day
    for position in folded.positions_of(folded.people.keys(dossier)):
        if position.table != "II" or position.unit != "shares" or position.kind not in kinds:
            continue
        told = [e for e in position.entries if e.dossier.known.at <= dossier.known.at]
        if not told or not told[-1].balance or since is None:
            continue
        last = told[-1]
        later = (last.day or since) > since
        if later or (last.dossier is dossier and not (said.effective_from and last.day != since)):
            continue
        if (expiry := position.series[1]) is None or expiry >= since:
            yield position, last
