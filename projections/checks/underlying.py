"""An amount of derivatives that the shares under it contradict by a slip of the pen.

Where one unit is one share, or other rows of the form turn theirs by one ratio, a digit that
is wrong in the one number shows in the other, though every total may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.securities import class_tokens, derivative_kind
from projections.issuer import Folded
from projections.positions.digits import lengthened, swapped

_ONE_FOR_ONE = re.compile(
    r"\bone[\s-]+(?:for|to)[\s-]+one\b|\b1[\s-]?(?:for|to|:)[\s-]?1(?![\d.])"
    r"|\b(?:into|receive|acquire|of|to|for|represents)\s+one\s+(?:\(1\)\s+)?(?:\w+\s+){0,3}?share\b",
    re.IGNORECASE,
)
"""Words by which a unit is one share."""


def one_for_one(dossier: Dossier, line: Line) -> bool:
    """Whether a note of a line says that a unit is one share."""
    return any(_ONE_FOR_ONE.search(dossier.text_of(note)) for note in line.notes)


_Pair = tuple[Decimal, Decimal]
"""Units, and the shares under them."""

_ONE = (Decimal(1), Decimal(1))
_CONTRACT = (Decimal(1), Decimal(100))


@asked_of("underlying")
def units_and_shares(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A derivative row whose units are a slip away from those that its shares make."""
    lines = [line for line in folded.lines_of(dossier) if _pair(line)]
    if all(pair[0] == pair[1] for line in lines if (pair := _pair(line))):
        return  # one for one throughout: whatever tells a ratio tells the same
    for line in lines:
        entry = folded.entry_of.get(id(line))
        if entry is None or folded.rulings.on(entry).verdict in ("unexplained", "ambiguous"):
            continue
        if entry.scope:
            continue  # the total is that of several series, the shares are those of one
        units, shares = _pair(line) or _ONE
        if units == shares and units in _other_side(line, dossier):
            continue  # as many shares came: the row beside it may err, and not this one
        told = [*_told(line, lines, dossier), *_granted_before(line, folded)]
        if any(_alike((units, shares), like) for like in (*told, *_as_it_may(line, folded))):
            continue
        meant = next((m for like in told if (m := _meant(units, shares, like))), None)
        if meant is None or (not swapped(units, meant) and _of_the_grant(line)):
            continue
        yield _told_apart(dossier, line, meant)


def _granted_before(line: Line, folded: Folded) -> Iterator[_Pair]:
    """What earlier grants of the title to the owner made of theirs, for a grant: all alike, and one at least.

    Of what leaves the shares under it may be those of the whole award.
    """
    entry = folded.entry_of.get(id(line))
    awarded = derivative_kind(line.security or "") in ("option", "rsu")
    if entry is None or line.movement <= 0 or not awarded:
        return
    own, day = class_tokens(line.security or ""), entry.day
    earlier = (
        e.line
        for position in folded.positions_of(folded.people.keys(entry.dossier))
        for e in position.entries
        if e.line.table == "II" and e.delta > 0 and e.dossier is not entry.dossier
        if day and e.day and e.day < day and class_tokens(e.line.security or "") == own
    )
    pairs = [pair for other in earlier if (pair := _pair(other))]
    if pairs and all(_alike(pair, pairs[0]) for pair in pairs):
        yield pairs[0]


def _told_apart(dossier: Dossier, line: Line, meant: Decimal) -> Finding:
    """The finding; where the other side has the row's units, the shares under them are wrong."""
    units, shares = _pair(line) or _ONE
    slip = swapped(units, meant)
    what = "the total" if line.holding else "the amount"
    words = f"{what} {grouped(units)} should be {grouped(meant)} by the {grouped(shares)} shares under it, or these are wrong"
    right, wrong = meant, units
    if units in _other_side(line, dossier) and meant == shares:
        words = f"the {grouped(shares)} shares under it should be {grouped(units)}, as on the other side"
        right, wrong = units, shares
    return about(
        dossier,
        line,
        "TRANSPOSED_DIGITS" if slip else "MAGNITUDE_ERROR",
        f"{words}: {'two digits changed places' if slip else 'a digit too few or too many'}",
        expected=right,
        reported=wrong,
        difference=wrong - right,
        severity="minor",
    )


def _other_side(line: Line, dossier: Dossier) -> set[Decimal | None]:
    """The amounts of stock under the code and day of a row."""
    same = (line.code, line.effective_on)
    rows = (ln for ln in dossier.lines if ln.table == "I" and not line.holding)
    return {ln.shares for ln in rows if (ln.code, ln.effective_on) == same}


def _brought_as_many(line: Line, dossier: Dossier) -> bool:
    """Whether as many of just the shares under a row came on the other side as it has units."""
    under = _title(line)
    return any(
        other.table == "I" and not other.holding and class_tokens(other.security or "") == under
        for other in dossier.lines
        if (other.code, other.effective_on, other.shares)
        == (line.code, line.effective_on, line.shares)
    )


def _pair(line: Line) -> _Pair | None:
    """The units of a row and the shares under them; a holding line's are all that is held."""
    units = line.shares_after if line.holding else line.shares
    if line.table != "II" or not units or not line.underlying_shares:
        return None
    return units, line.underlying_shares


def _of_the_grant(line: Line) -> bool:
    """Whether the shares under a row are, or may be, those of the whole grant or of what is left."""
    left, shares = line.shares_after or ZERO, line.underlying_shares
    return (line.holding and (shares or ZERO) > left) or shares in (
        left,
        left + (line.shares or ZERO),
    )


def _told(line: Line, lines: list[Line], dossier: Dossier) -> Iterator[_Pair]:
    """How many shares so many units are told to make: by notes, other rows, the other side.

    Another row of the class shows it, or two rows of other classes that agree. No ratio has
    two digits change places: then it is one, whether or not anything tells it.
    """
    kind = derivative_kind(line.security or "")
    got = _other_side(line, dossier)
    paired = line.underlying_shares in got and line.shares not in got
    if (
        one_for_one(dossier, line)
        or ((paired or _brought_as_many(line, dossier)) and kind in ("option", "rsu"))
        or swapped(*(_pair(line) or _ONE))
    ):
        yield _ONE
    own = class_tokens(line.security or "")
    others = [
        (pair, class_tokens(other.security or "") == own)
        for other in lines
        if other is not line and not other.holding and _title(other) == _title(line)
        if (pair := _pair(other)) is not None
    ]
    for pair, same in sorted(others, reverse=True):
        if same or sum(_alike(pair, other) for other, _ in others) >= _AGREE:
            yield pair


def _as_it_may(line: Line, folded: Folded) -> Iterator[_Pair]:
    """What no slip explains: the ratio of other filings of the series, and that of an exchange.

    What is traded on one is counted in contracts, each for a hundred shares; no employer grants them.
    """
    if line.code not in ("A", "M") and derivative_kind(line.security or "") == "option":
        yield _CONTRACT
    position, entry = folded.position_of[id(line)], folded.entry_of[id(line)]
    for other in position.entries:
        if other.dossier is not entry.dossier and (pair := _pair(other.line)):
            yield pair


_FRACTIONS = 9
"""Units that a fraction of a share may make, at most: more of them, and a slip is no slip."""

_AGREE = 2
"""Rows of other classes that must have one ratio for it to be this one's."""


def _alike(one: _Pair, other: _Pair) -> bool:
    """Whether two rows turn units into shares by one ratio; each drops its fraction of a share."""
    apart = abs(one[0] * other[1] - other[0] * one[1])
    return apart == 0 if _ONE in (one, other) else apart <= max(one[0], other[0])


def shares_for(
    units: list[tuple[Dossier, Line]], given: Decimal, raw: Decimal, folded: Folded
) -> set[Decimal]:
    """How many shares may have come for units: as many as are under them, or as there are units.

    Not the latter where an earlier line has as many under each of them, and not one: under what is
    granted the shares of the whole award may stand.
    """
    sure = all(
        any(
            _same_ratio(one, line)
            for entry in folded.position_of[id(line)].entries
            if (one := entry.line) is not line and entry.dossier.known.at < dossier.known.at
        )
        for dossier, line in units
        if id(line) in folded.position_of
    )
    granted = any(derivative_kind(ln.security or "") in ("option", "rsu") for _, ln in units)
    return {given} if sure and given != raw and not granted else {given, raw}


def _same_ratio(one: Line, other: Line) -> bool:
    """Whether two lines have as many shares under each of their units."""
    mine, theirs = _pair(one), _pair(other)
    return mine is not None and theirs is not None and mine[0] * theirs[1] == theirs[0] * mine[1]


def _title(line: Line) -> frozenset[str]:
    return class_tokens(line.underlying or "")


def _meant(units: Decimal, shares: Decimal, like: _Pair) -> Decimal | None:
    """The units that make so many shares as others do, where a slip makes them those of the row."""
    exact = Fraction(shares) * Fraction(like[0]) / Fraction(like[1])
    near = 0 if like == _ONE else int(max(exact, Fraction(like[0])) / Fraction(like[1]))
    if near > _FRACTIONS:
        return None
    for number in range(round(exact) - near, round(exact) + near + 1):
        meant = Decimal(number)
        if meant > 0 and (swapped(units, meant) or lengthened(units, meant)):
            return meant
    return None


CHECKS: tuple[Check, ...] = (units_and_shares,)
