"""What was held before the first report: inferred from it, or not to be inferred."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.filings.records import Line
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.digits import swapped
from projections.positions.entries import Entry
from projections.positions.position import Position

_YEAR = Decimal("365.25")
_NEAR_ANNIVERSARY = 7
"""In days: a term of ten years ends on the day of the grant, or a business day or so from it."""


def openings(folded: Folded) -> Iterator[Finding]:
    """Balances before the first report, inferred from it.

    Nothing is inferred across a letter that contradicts its code: on which side of the
    total the balance before lies is then the question. Nor of a series that began with the
    line: what its total has besides are other series.
    """
    for position in folded.book.positions:
        first = position.entries[0] if position.entries else None
        if first is None or first.line.holding or not position.opened or not first.delta:
            continue
        if mistaken_for_amount(first):
            continue  # a slip of the pen, told as one
        if first.line.tells_no_opening or position.whole is not None or first.carried is not None:
            continue
        if position.opened > 0 and _begins_with(first.line):
            words = f"the total includes {grouped(position.opened)} of other series: this one begins with this grant"
            position.opened = None
            yield about(first.dossier, first.line, "DERIV_POST_SCOPE", words, reported=first.claim)
        elif position.opened > 0:
            words = f"{grouped(position.opened)} held before this line, inferred from its total"
            alike = _equal_rows(position, first)
            if alike:
                words += f", if {alike} are of one holding"
            yield about(first.dossier, first.line, "OPENING_INFERRED", words, reported=first.claim)


_SMALL = 20
"""A swap of digits leaves an opening this many times smaller than the movement, or less."""


def mistaken_for_amount(first: Entry) -> bool:
    """Whether a first total is its own row's amount with two digits in each other's place."""
    if first.claim is None or not swapped(first.claim, abs(first.delta)):
        return False
    opening = first.claim - first.delta
    return opening < 0 or opening * _SMALL <= abs(first.delta)


def _begins_with(line: Line) -> bool:
    """Whether a grant made its series: it expires on an anniversary of that day, or nearly."""
    granted, expires = line.effective_on, line.expires_on
    if line.table != "II" or line.code != "A" or not line.exercise_price:
        return False
    if granted is None or expires is None or expires.year <= granted.year:
        return False
    term = (expires - granted).days
    return abs(term - round(term / _YEAR) * _YEAR) <= _NEAR_ANNIVERSARY


def _equal_rows(position: Position, first: Entry) -> str:
    """The rows of a first report that say the same, where they may be of several vehicles."""
    if position.form != "indirect":
        return ""
    rows: dict[object, list[str]] = {}
    for entry in position.entries:
        if entry.dossier is first.dossier and entry.delta:
            line = entry.line
            said = (line.effective_on, line.code, entry.delta, line.price, entry.claim)
            rows.setdefault(said, []).append(line.ref)
    return "; ".join(" and ".join(refs) for refs in rows.values() if len(refs) > 1)
