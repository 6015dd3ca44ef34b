"""Totals that show only the lot that moved, not what is owned: the balance goes on without them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from ledger.footnotes.compared import grows
from ledger.statements import SENSES
from projections.filings.dates import gap_between
from projections.filings.records import ZERO
from projections.identity.securities import accrues_dividends, gathers
from projections.positions.digits import mistyped, never_by_chance, slipped_digits
from projections.positions.entries import Entry, Posting
from projections.positions.ratios import RATIOS, comes_to
from projections.positions.reckoning import Taking


def as_lots(
    entries: Sequence[Entry], level: Decimal | None, table: str, told: Sequence[Posting]
) -> list[Taking]:
    """How totals are taken that show no more than their lots; nothing where they are no such.

    One may be the lot of which the amount is what is owned, for the two changed places.
    """
    if _amount_for_total(entries, level):
        return [Taking(e, "lot", (e.claim or ZERO) - e.delta) for e in entries]
    if not (show_lots(entries, level, table) or credited_alone(entries, level, table, told)):
        return []
    several = level and sum(bool(e.claim) for e in entries) > 1
    usual = several or any(e.lot for e in told)  # nothing left is nothing of the lots
    return [Taking(e, "lot", lot=True) if e.claim or usual else Taking(e) for e in entries]


def _amount_for_total(entries: Sequence[Entry], level: Decimal | None) -> bool:
    """Whether an only purchase has for its amount what it leaves, and the reverse.

    The other side of an exercise bears out its amount, and part of a grant may be withheld.
    """
    line, claim = entries[0].line, entries[0].claim
    bought = len(entries) == 1 and line.table == "I" and line.code in ("P", "L")
    return (
        bought and bool(claim and level) and (level or ZERO) + (claim or ZERO) == entries[0].delta
    )


def show_lots(entries: Sequence[Entry], level: Decimal | None, table: str) -> bool:
    """Whether a filing's totals are its lots, on a position that stands at a level or at none."""
    if not level:
        return _came_and_left(entries)
    lots = level > 0 and table != "II" and only_lots(entries)
    return lots and not _all_passed(entries[0], level)


def credited_alone(
    entries: Sequence[Entry], level: Decimal | None, table: str, told: Sequence[Posting]
) -> bool:
    """Whether credits to an account of units show themselves alone, where the account has more.

    An account gathers fees and dividends, mostly in fractions; what is awarded, in whole numbers,
    may be counted apart from the awards before. Rows show an account that add to what there was; a
    balance that was but listed is one where it is many times what comes.
    """
    if table != "II" or not level or not all(e.delta > 0 and e.claim == e.delta for e in entries):
        return False
    if all(map(_paid_in_kind, entries)):
        return sum((e.delta for e in entries), ZERO) < level
    lines = [e.line for e in entries]
    if any(line.exercise_price or line.expires_on or line.code == "M" for line in lines):
        return False
    came = sum((e.delta for e in entries), ZERO)
    deferred = all(gathers(line.security or "") for line in lines)
    part = came % 1 != 0
    if not part and (not deferred or told[0].claim == told[0].delta):
        return False
    if any(e.delta > 0 and _added_to(e) for e in told):
        return True
    accrued = all(accrues_dividends(line.security or "") for line in lines)
    least = _OF_DIVIDENDS if accrued else _OF_FEES if deferred else _OF_UNITS
    return came * least <= level and (part or level % 1 != 0)


_OF_DIVIDENDS, _OF_FEES, _OF_UNITS = 3, 10, 20
"""How many times what comes a balance that is but listed has to be, to be one account's."""


def _paid_in_kind(entry: Entry) -> bool:
    """Whether a note on a row says that it is what a holding yielded, paid in more of it."""
    return any(grows(entry.dossier.text_of(note)) for note in entry.line.notes)


def _added_to(entry: Posting) -> bool:
    """Whether a credit's total is more than it brought: there was something before it."""
    began = entry.opening and (entry.claim or ZERO) > entry.delta
    return began or (entry.follows and bool(entry.prior) and not entry.lot)


def _all_passed(entry: Entry, level: Decimal) -> bool:
    """Whether a form shows all that was held in another way, or its notes say that it went there.

    Then a lot that comes is all there is.
    """
    dossier, line = entry.dossier, entry.line
    if any(s.shares == level and SENSES[s.kind].own_vehicle for s in dossier.statements):
        return True
    return any(
        other.shares_after is not None
        and other.shares_after - other.movement == level
        and (other.table, other.ownership) == (line.table, _OTHER_WAY.get(line.ownership or ""))
        for other in dossier.lines
    )


_OTHER_WAY = {"direct": "indirect", "indirect": "direct"}


def _came_and_left(entries: Sequence[Entry]) -> bool:
    """Whether lots came one by one, each with a total of its own, and left together.

    So do shares of a class that are exchanged at once, when several options bring them.
    """
    level, lots, several = ZERO, 0, False
    for entry in entries:
        if entry.delta > 0 and entry.claim == entry.delta:
            level, lots = level + entry.delta, lots + 1
        elif level and entry.delta == -level and entry.claim == 0:
            level, lots, several = ZERO, 0, several or lots > 1
        else:
            return False
    return several and not level


def only_lots_since(told: Sequence[Posting], table: str) -> bool:
    """Whether a lot and then a total of nothing are one form's, which lots alone follow.

    The nothing is then what was left of the lots.
    """
    lot, nothing, *later = told
    if nothing.claim or not lot.lot or lot.dossier is not nothing.dossier:
        return False
    forms = groupby(later, key=lambda e: e.dossier)
    return all(show_lots(list(form), lot.balance, table) for _, form in forms)


def showed_lots(
    told: Sequence[Posting], level: Decimal | None, table: str, following: Entry
) -> bool:
    """Whether first totals turn out to have shown only their lots: less was left than went.

    Or just as much was left as went, or several forms showed no more than their lots, and the next
    total goes on from another number, which no split, no note of it and no missing report accounts
    for: half of a holding is seldom what goes, and a first form with a lot alone may begin from nothing.
    """
    if level is None or table == "II" or following.claim == level - following.delta:
        return False  # where it goes on under the other letter, that is what is wrong
    first = told[0].dossier if told[0].opening else None
    if not all(e.lot or e.dossier is first for e in told):
        return False
    forms = [list(form) for _, form in groupby(told, key=lambda e: e.dossier)]
    if not all(map(only_lots, forms)):
        return False
    silent = gap_between(told[-1].day, following.day)
    half = all(map(half_went, told)) or len(forms) > 1
    passed = half and not silent and _accounted_by_none(level, following)
    return passed or level + following.delta < 0


def half_went(entry: Entry) -> bool:
    """Whether a total is just what its row disposed of: half went, or it shows the lot alone."""
    return entry.delta < 0 and entry.claim == -entry.delta


def _accounted_by_none(level: Decimal, following: Entry) -> bool:
    """Whether a total that does not go on from a level has nothing near it that says why."""
    if following.claim is None:
        return False
    opening = following.claim - following.delta
    stated = {said.shares for said in following.dossier.statements}
    split = any(comes_to(level, ratio, opening) for ratio in RATIOS)
    return opening > 0 and abs(opening - level) not in stated and not split


def only_lots(entries: Sequence[Entry]) -> bool:
    """Whether every total is its own lot, or the sum of the filing's lots so far."""
    level = ZERO
    apart = together = True
    for entry in entries:
        level += entry.delta
        apart = apart and bool(entry.delta) and entry.claim == abs(entry.delta)
        together = together and bool(entry.delta) and entry.claim == level
    return apart or together


_MOST_OF_IT = 5
"""How many times what it leaves a row gives up that may have them the other way round."""


def columns_exchanged(row: Posting, after: Posting) -> bool:
    """Whether the amount of a row stands for its total and the reverse, as the next form goes on.

    What is left and what went come to the balance before in either order, so that the row itself
    agrees; the next one goes on from what stands for its amount.
    """
    left, total = row.line.shares, row.claim
    if row.line.table != "I" or not left or not total or row.delta != -left or not row.follows:
        return False
    if left < _MOST_OF_IT * total or not after.claim:
        return False
    apart = after.dossier is not row.dossier and after.claim is not None
    return apart and after.residual == left - total


def may_begin(entry: Entry, opened: Decimal) -> bool:
    """Whether a first total may be wrong, and what its row brought be all that there is.

    It is less than that, or twice as much, the total of another line of the form, or a slip of
    the pen away from it: of a grant of derivatives, which mostly begins its series, any slip, and
    elsewhere one that is no chance.
    """
    if opened <= 0 or opened == entry.delta:
        return True
    claim, came = entry.claim or ZERO, entry.delta
    if came <= 0:
        return False
    if total_of_another(entry):
        return True
    begins = entry.line.table == "II" and (entry.line.code == "A" or _from_others(entry))
    slip = slipped_digits(claim, came) or mistyped(claim, came)
    return slip if begins else never_by_chance(claim, came)


def total_of_another(entry: Entry) -> bool:
    """Whether the form has the same total on a line of another holder, or of another class."""
    line = entry.line
    said = (line.security, line.ownership, line.nature)
    return any(
        other.total == line.total and (other.security, other.ownership, other.nature) != said
        for other in entry.dossier.lines
    )


def _from_others(entry: Entry) -> bool:
    """Whether as many of other derivatives became those of a row, by its form."""
    line = entry.line
    return any(
        (other.table, other.shares, other.movement) == ("II", line.shares, -line.movement)
        for other in entry.dossier.lines
        if line.shares and other.security != line.security
    )
