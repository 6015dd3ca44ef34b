"""What the notes of a line say moved besides its row: in no total, if that one is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from ledger.footnotes.plan_exits import left_a_plan
from ledger.statements import SENSES
from ledger.types import exchanged
from projections.filings.records import ZERO, Stated
from projections.identity.plans import plan_key
from projections.identity.vehicles import vehicle_key
from projections.positions.conventions import Reading, best
from projections.positions.entries import Entry, Posting


def noted(*entries: Entry) -> Decimal:
    """How many shares the notes of one filing's lines say came and went, beside what rows move.

    Zero where a note does not say which way: then nothing can be reckoned from it. What is told
    without a number is left out, so that only a total that follows without it is met.
    """
    statements = entries[0].dossier.statements
    cited = {note for entry in entries for note in entry.line.notes} if statements else None
    if not cited:
        return ZERO
    rows = {entry.line.shares for entry in entries}
    moved = ZERO
    for said in statements:
        if said.shares is None or said.note not in cited:
            continue
        rolled = any(rolled_in(entry, said) for entry in entries)
        if rolled or SENSES[said.kind].moves:
            sign = 1 if rolled else _sign(said)
            if not sign:
                return ZERO
            if said.shares not in rows:
                moved += sign * said.shares
    return moved


def rolled_over(entry: Entry, shares: Decimal) -> bool:
    """Whether a note on a line tells that so many shares left a plan: into the line's own holding."""
    return any(
        said.shares == shares
        and (SENSES[said.kind].from_plan or _as_rolled(entry, said))
        and said.note in entry.line.notes
        and left_a_plan(entry.dossier.text_of(said.note))
        for said in entry.dossier.statements
    )


def _as_rolled(entry: Entry, said: Stated) -> bool:
    """Whether what a total has in it is told as rolled over, from whatever plan."""
    return said.kind == "composition" and "rolled over" in entry.dossier.text_of(said.note)


def rolled_in(entry: Entry, said: Stated) -> bool:
    """Whether a note on a line of no plan tells that shares were rolled over into its holding."""
    return (
        bool(said.shares)
        and said.note in entry.line.notes
        and _ROLLED.search(entry.dossier.text_of(said.note)) is not None
        and rolled_over(entry, said.shares or ZERO)
        and not plan_key(vehicle_key(entry.line.nature))
    )


_ROLLED = re.compile(r"\broll(?:ed)?[\s-]*over", re.IGNORECASE)


def multiplied(broken: Posting) -> Decimal:
    """What the one split that a filing's notes state brings to the balance before its line."""
    if not broken.prior:
        return ZERO
    ratios = {r for said in broken.dossier.statements if said.ratio and (r := said.multiplier)}
    if len(ratios) != 1:
        return ZERO
    return exchanged(broken.prior, ratios.pop()) - broken.prior


def made_up(posting: Posting) -> bool:
    """Whether a total is as before because its notes tell of a split, and that all it brings went."""
    told = noted(posting)
    return bool(told) and posting.claim == posting.prior and told + multiplied(posting) == ZERO


def backs(
    pending: Sequence[tuple[Decimal, Entry]],
    posting: Callable[[Entry], Posting],
    told: Sequence[Posting],
) -> list[tuple[Decimal, Entry, Decimal]]:
    """The breaks a total may return from, the latest first, each with what its notes tell.

    To the line before it, and last to that line and what the notes say moved since, or a split
    that they state brought. So do notes on the lots of its form, whose totals count nothing else.
    """
    plain = [(offset, broken, ZERO) for offset, broken in pending[::-1]]
    noting = [
        (offset, broken, more)
        for offset, broken, _ in plain
        if broken.dossier.statements
        for more in (_noted_there(broken, told), multiplied(posting(broken)))
    ]
    return plain + [back for back in noting if back[2] not in (ZERO, -back[0])]


def _noted_there(broken: Entry, told: Sequence[Posting]) -> Decimal:
    """What the notes of a line say moved, and those of the lots beside it."""
    lots = [e for e in told if e.lot and e.dossier is broken.dossier]
    return noted(*lots, broken)


def and_noted(
    entries: Sequence[Entry], openings: Sequence[Decimal | None], habit: str | None
) -> tuple[Reading, int] | None:
    """A return to the line before a break, by totals that hold what their own notes tell as well.

    None where nothing is told, or the totals go on so from the last one, which is no return.
    """
    more = noted(*entries)
    if not more:
        return None
    reading, which = best(entries, [b + more for b in openings if b is not None], habit)
    return None if reading.broken or not which else (reading, which)


def _sign(said: Stated) -> int:
    if said.direction is not None:
        return 1 if said.direction == "acquired" else -1
    return SENSES[said.kind].sign
