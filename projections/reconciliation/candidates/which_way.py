"""Which way the shares went that a note tells of: to the holding of a line, or from it.

A note stands on one line and tells of two holdings, where the owner keeps an interest in what
moved: what left one of them entered the other, and either may cite it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.footnotes.exchanges import DEPOSITARY
from ledger.footnotes.hands import hands
from ledger.footnotes.itemised import included
from ledger.loading import pattern
from ledger.statements import SENSES
from projections.filings.records import Dossier, Line, Stated
from projections.filings.roles import by_sides
from projections.identity.plans import plan_key
from projections.identity.strangers import kinds_of
from projections.identity.vehicles import vehicle_key

_WAYS = {"acquired": 1, "disposed": -1}


def ways(dossier: Dossier, said: Stated, line: Line) -> list[int]:
    """The signs an amount can have on a line, the likelier first: that of whoever its words name."""
    named, every = _named(dossier, said, line) or [], signs(said, line)
    return [*named, *(sign for sign in every if sign not in named)]


def goes(dossier: Dossier, said: Stated, line: Line, moved: Decimal) -> bool:
    """Whether an amount can go that way on a line, by whoever the words name on either side.

    What came to the owner did not go, and what strangers got of a fund's is nothing of a person's own.
    """
    named = _named(dossier, said, line)
    return named is None or not moved or (1 if moved > 0 else -1) in named


def _named(dossier: Dossier, said: Stated, line: Line) -> list[int] | None:
    sense = SENSES[said.kind]
    if said.shares is None or not sense.moves or sense.from_plan or given_to(dossier, said, line):
        return None
    if in_this_total(dossier, said, line):
        return None
    words = dossier.quote(said)
    sides = by_sides(words, said.shares, line, dossier)
    if (
        sides is None
        and sense.keeps_interest
        and kinds_of(vehicle_key(line.nature or "")) & _OF_ITS_OWN
    ):
        told = hands(words, said.shares)
        return [-1] if told and told.goal.sort == "owner" and not told.giver.sort else None
    return sides


_OF_ITS_OWN = frozenset({"trust", "company"})
"""Kinds of vehicles to which nothing comes that is told to have come to their owner himself."""


def entered(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether a plan's own line is that of the side that a note says shares came to."""
    plan = SENSES[said.kind].from_plan and plan_key(vehicle_key(line.nature or ""))
    if not plan or said.shares is None:
        return False
    return by_sides(dossier.quote(said), said.shares, line, dossier) == [1]


def signs(said: Stated, line: Line) -> list[int]:
    """The signs that the kind of an amount allows, the likelier first.

    An annuity comes to the grantor, so it leaves the trust's own line; so does on the line of
    whoever gave it what was distributed to the owner.
    """
    if said.kind == "annuity-return":
        return [1, -1] if line.ownership == "direct" else [-1, 1]
    if said.kind == "distribution" and _gave(said, line):
        return [-1, 1]
    sense = SENSES[said.kind]
    told = _WAYS.get(said.direction or "", 0)
    sign = (told or sense.sign) if sense.describes_total else (sense.sign or told)
    if not sign:
        return [1, -1]
    return [sign, -sign] if sense.keeps_interest else [sign]


def the_other_way(dossier: Dossier, said: Stated, line: Line, moved: Decimal) -> bool:
    """Whether a holding moved against what its own note says came to it, or went.

    Not where shares were deposited, and receipts for them came.
    """
    if moved * _way(dossier, said, line) >= 0 or not _cites_alone(dossier, said, line):
        return False
    return SENSES[said.kind].keeps_interest and not DEPOSITARY.search(dossier.quote(said))


_JOINED = pattern(
    r"\b(?:formerly|previously|once|until\s+then)\s+(?:held|owned|registered|reported|titled)\b[^.;]{0,50}?\b(?:wife|husband|spouse)\b[^.;]*?\b(?:joint\w*|together\s+with)\b",
    re.IGNORECASE,
)
"""What a spouse held is both spouses' now: it may stand in the owner's own line."""


def _way(dossier: Dossier, said: Stated, line: Line) -> int:
    """Which way a note says that shares went, as seen from a line that cites it; 0 if it leaves it open.

    It tells that of the owner, and of the vehicle to which something was distributed. Of what was
    distributed otherwise some may have come to the owner.
    """
    told = _WAYS.get(said.direction or "", 0)
    distributed = said.kind == "distribution" and told < 0
    if line.ownership == "direct":
        return 0 if distributed or _JOINED.search(dossier.quote(said)) else told
    return 1 if distributed and _of_vehicle(said, line) else 0


def in_this_total(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether a note says that the total of the one holding that cites it includes what came.

    Where lines of several holdings cite it, it is in one of them and left the other.
    """
    if not SENSES[said.kind].keeps_interest or said.direction == "disposed":
        return False
    told = included(dossier.text_of(said.note))
    return said.shares in told and _cites_alone(dossier, said, line)


def _cites_alone(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether a line cites a note that no line of another holding does."""
    holder = (line.security, line.ownership, line.nature)
    citing = (one for one in dossier.lines if said.note in one.notes)
    return said.note in line.notes and all(
        (one.security, one.ownership, one.nature) == holder for one in citing
    )


def given_to(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether a line is that of the vehicle to which a note says that shares were given."""
    given = said.direction == "disposed" and said.kind in ("gift-note", "trust-contribution")
    got = given and line.ownership == "indirect" and _of_vehicle(said, line)
    return got and not _of_another(dossier, said, line)


def _gave(said: Stated, line: Line) -> bool:
    """Whether a line is that of the vehicle that a note says distributed to its owner."""
    return said.direction == "acquired" and line.ownership != "direct" and _of_vehicle(said, line)


def _of_another(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether the form lists a vehicle of just the name that a note has, and this one's name has more."""
    name = vehicle_key(said.counterpart or "")
    others = {vehicle_key(o.nature or "") for o in dossier.lines if o.ownership == "indirect"}
    return name in others and vehicle_key(line.nature or "") != name


def _of_vehicle(said: Stated, line: Line) -> bool:
    """Whether a line is that of the vehicle that a note names."""
    named = {*vehicle_key(said.counterpart or "").split()}
    return bool(named) and named <= {*vehicle_key(line.nature or "").split()}
