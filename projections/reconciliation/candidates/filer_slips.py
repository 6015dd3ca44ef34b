"""Slips of the pen: each rule offers the one error of the filer that would close a gap.

A slip in a total returns to line with the next filing; a slip in a row beside a right
total persists. A later filing that does the contrary speaks against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec.structs import replace

from ledger.types import grouped, plain
from projections.filings.records import ZERO
from projections.positions.digits import (
    lengthened,
    misread,
    never_by_chance,
    point_lost,
    round_number,
    swapped,
    tenfold,
)
from projections.positions.entries import Posting, reference, stands_twice
from projections.positions.lot_totals import only_lots
from projections.positions.reckoning import AFTER_ALL, supposed
from projections.reconciliation import costs
from projections.reconciliation.candidates.class_changes import given_by_another
from projections.reconciliation.candidates.exchanged_columns import (
    after_exchanged_columns,
    amount_for_total,
    exchanged_amounts,
)
from projections.reconciliation.candidates.lone_splits import split_again, split_alone
from projections.reconciliation.candidates.mirror_rows import (
    mirror_row,
    mirrored_amount,
    same_letter_beside,
)
from projections.reconciliation.candidates.other_table import (
    amount_there,
    both_totals,
    other_side,
    same_letter_there,
    underlies,
)
from projections.reconciliation.candidates.row_before import (
    one_of_many,
    previous_row,
    unlike_its_other_side,
)
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.candidates.told_again import told_again
from projections.reconciliation.candidates.withheld_amounts import left_for_withheld
from projections.reconciliation.case import Candidate, Case


def own_row(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The line's own movement left out, applied twice, or applied the wrong way."""
    entry, delta = case.entry, case.entry.delta
    if not delta and entry.line.code and entry.line.direction is None:
        yield from _unlettered(case, gap)
    shown = entry.line.against_code or same_letter_there(entry) or _less_than_came(case)
    shown = shown or same_letter_beside(case)
    silent = case.across_gap and not shown
    if not delta or silent or abs(gap) not in (abs(delta), 2 * abs(delta)):
        return
    size = grouped(abs(delta))
    if gap == -2 * delta and not given_by_another(case, gap):
        cost = costs.AGAINST_CODE if entry.line.against_code else costs.OTHER_WAY
        words = f"the total {'falls' if delta > 0 else 'rises'} by {size}"
        if (right := entry.line.other_direction) and entry.returned is None:
            words += f", and the row is marked {entry.line.direction}: it should be {right}"
        if converted := given_by_another(case, abs(delta)):
            words += ", as by the conversion that the form shows"
        kind, shown = "AD_CODE_CONTRADICTION", shown or converted
        yield slip(case, kind, gap, words, cost, row=not converted, shown=shown)
    if gap == -delta:
        if case.before is not None and stands_twice(case.before, entry):
            yield slip(
                case,
                "DUPLICATE_ROW",
                gap,
                f"the line repeats {case.before.line.ref}",
                costs.REPEATED_ROW,
                row=True,
            )
        yield slip(
            case,
            "MISSED_OWN_ROW",
            gap,
            f"the total leaves this line's {size} out",
            costs.MISSED_ROW,
        )
    if gap == delta and not one_of_many(case, gap, entry):
        yield slip(
            case,
            "DOUBLE_APPLIED_ROW",
            gap,
            f"the total applies this line's {size} twice",
            costs.DOUBLED_ROW,
        )


def _less_than_came(case: Case) -> bool:
    """Whether a total is less than what its only row brought, which nothing before it can have done."""
    entry, claim = case.entry, case.entry.claim
    others = any(e.dossier is entry.dossier and e is not entry for e in case.position.entries)
    return case.only_silent and not others and claim is not None and claim < entry.delta


def _unlettered(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A row without a letter, of a code that goes either way: the total shows which it was."""
    if abs(gap) == case.entry.line.shares:
        words = f"the letter is blank, and the total moves {grouped(abs(gap))} {'up' if gap > 0 else 'down'}"
        yield slip(case, "AD_CODE_CONTRADICTION", gap, words, costs.AGAINST_CODE, row=True)


def digits(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total, or a movement, written with swapped, dropped or added digits."""
    entry = case.entry
    assert entry.claim is not None
    under = underlies(case, gap)
    if case.across_gap and not (case.only_silent or under):
        return
    meant = entry.claim - gap
    if meant >= 0 and not under:
        yield from _miswritten(
            case,
            gap,
            entry.claim,
            meant=meant,
            what="the total",
            cost=costs.MISTYPED_TOTAL,
            row=False,
        )
    amount, moved = entry.line.shares, entry.delta + gap
    if (
        amount == 0
        and entry.returned is None
        and not case.across_gap
        and _left_at_nothing(entry, gap)
    ):
        words = f"the amount 0 should be {grouped(abs(gap))}, by which the total moves, or as much moved besides, which no report here tells"
        cost = costs.MISTYPED_AMOUNT
        yield slip(case, "MAGNITUDE_ERROR", gap, words, cost, row=True, typing=True, shown=True)
    form = [e for e in case.position.entries if e.dossier is entry.dossier]
    twice = sum(e.delta == entry.delta for e in form) > 1
    repeated = amount is not None and (twice or amount == amount_there(entry))
    both = repeated and both_totals(case, gap)
    where = ", here and in the other table," if both else ""
    if gap == entry.residual and (twin := mirror_row(case)) is not None:
        both, where = True, f", here and in {twin.line.ref},"
    if amount and moved * entry.delta > 0 and (both or not repeated):
        yield from _miswritten(
            case,
            gap,
            amount,
            meant=abs(moved),
            what=f"the amount{where}",
            cost=costs.OTHER_TABLE if both else costs.MISTYPED_AMOUNT,
            row=True,
            shown=both or under,
        )


def _cannot_be(case: Case) -> bool:
    """Whether a row moved more than there was, or brought more than there is, as no silence explains."""
    expected = case.entry.expected
    return (expected is not None and expected < 0) or _less_than_came(case)


def _left_at_nothing(entry: Posting, gap: Decimal) -> bool:
    """Whether an amount of 0 was forgotten, and does not say that nothing moved.

    A form must have a row, so where nothing happened one of no shares stands there: only what
    has a price was moved by its row, and what brings fractions is a plan, which no row reports.
    """
    line = entry.line
    return line.signed(abs(gap)) == gap and not gap % 1 and bool(line.price)


def _miswritten(
    case: Case,
    gap: Decimal,
    printed: Decimal,
    meant: Decimal,
    what: str,
    cost: int,
    *,
    row: bool,
    shown: bool = False,
) -> Iterator[Candidate]:
    exchanged = swapped(printed, meant)
    round_amount = row and len(min(printed, meant).normalize().as_tuple().digits) == 1
    by_ten = not round_amount and (tenfold(printed, meant) or point_lost(printed, meant))
    stands = row and bool(case.entry.returned or case.as_noted)  # a total, or a note, bears it out
    if not (exchanged or by_ten or (lengthened(printed, meant) and not stands)):
        return
    telling = shown or never_by_chance(printed, meant) or (row and _cannot_be(case))
    if case.across_gap and not telling:
        return
    if not exchanged and round_number(gap) and _rather_a_trade(case, gap, printed, meant, row=row):
        return
    words = f"{what} {grouped(printed)} should be {grouped(meant)}"
    if exchanged:
        yield slip(
            case,
            "TRANSPOSED_DIGITS",
            gap,
            f"{words}: two digits changed places",
            cost,
            row=row,
            typing=True,
            shown=shown,
        )
    else:
        yield slip(
            case,
            "MAGNITUDE_ERROR",
            gap,
            f"{words}: {'a point' if point_lost(printed, meant) else 'a digit'} too few or too many",
            cost + costs.OTHER_LENGTH,
            row=row,
            typing=True,
            shown=shown,
        )


def _rather_a_trade(
    case: Case, gap: Decimal, printed: Decimal, meant: Decimal, *, row: bool
) -> bool:
    """Whether a round difference is likelier what a trade moved than a digit too few or too many.

    A report that is missing leaves one where no later total returns, and looks like a digit that
    stands before the first, or is gone from there: not where it is the first one twice, nor from
    a total, which would have to be told in full.
    """
    if _moved_by_a_row(case, gap):
        return True
    if not case.apart or tenfold(printed, meant):
        return False
    return row if printed < meant else plain(printed) != plain(meant)[:1] + plain(meant)


def _moved_by_a_row(case: Case, gap: Decimal) -> bool:
    """Whether this row, or the one before it, moved as many: then that is likelier what went wrong."""
    rows = (case.entry, case.before)
    return any(row is not None and abs(row.delta) == abs(gap) for row in rows)


def scan(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A digit of a scanned total or amount taken for another that looks like it.

    Nobody erred: the paper may say what was expected, and only the image can tell.
    """
    entry = case.entry
    if entry.dossier.head.format != "scanned" or entry.claim is None:
        return
    amount = entry.line.shares
    for what, printed, meant, row in (
        ("the total", entry.claim, entry.claim - gap, False),
        ("the amount", amount or ZERO, abs(entry.delta + gap), True),
    ):
        digits = misread(printed, meant) if meant > 0 and (not row or entry.delta) else None
        if digits:
            words = (
                f"{what} {grouped(printed)} may be {grouped(meant)} on paper: "
                f"a scan takes {digits[1]} for {digits[0]}"
            )
            yield slip(
                case,
                "SCAN_QUALITY",
                gap,
                words,
                costs.MISREAD,
                row=row,
                typing=True,
                code="EXPL_OCR",
            )


def only_the_lot(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that shows only the lot that moved, or the first after first totals that did.

    A first total of what just came may be all there is: not where the filer shows lots elsewhere.
    """
    entry = case.entry
    if case.across_gap and not (case.position.table == "I" and case.heard_between):
        return
    if case.lots and gap == entry.residual > 0 and (first := _began_with_lots(case)):
        words = f"{first} showed its lot alone, as other totals of this filer do, so that what was held before is known from here"
        yield slip(case, "LOT_ONLY", gap, words, costs.LOT_ONLY, shown=True)
    if _goes_on(case):
        return
    if entry.prior and entry.delta and entry.claim == abs(entry.delta) and gap == entry.residual:
        words = f"the total shows only the {grouped(entry.claim)} of this line"
        yield slip(case, "LOT_ONLY", gap, words, costs.LOT_ONLY)


def _began_with_lots(case: Case) -> str:
    """The first line of a holding of stock whose first form shows no more than what came by its rows."""
    told = case.position.entries[: case.position.place(case.entry)]
    if case.position.table != "I" or not told or not told[0].opening or case.position.opened:
        return ""
    alone = all(e.dossier is told[0].dossier and e.delta > 0 for e in told)
    other = told[0].dossier is not case.entry.dossier
    return reference(told[0]) if alone and other and only_lots(told) else ""


def _goes_on(case: Case) -> bool:
    """Whether the next row of the filing moves on from the total: then it is all that there was."""
    place = case.position.place(case.entry) + 1
    after = case.position.entries[place] if place < len(case.position.entries) else None
    same = after is not None and after.dossier is case.entry.dossier
    goes = same and after is not None and after.follows and bool(after.delta)
    return goes and after is not None and after.prior == case.entry.claim


def price_for_shares(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Shares typed where the price belongs and the reverse; or what they come to, where they belong."""
    line = case.entry.line
    if not line.price or not line.shares or not line.direction or line.price == line.shares:
        return
    meant = line.price if line.direction == "acquired" else -line.price
    if case.entry.delta + gap == meant:
        words = f"price {grouped(line.price)} and shares {grouped(line.shares)} changed places"
        if case.entry.returned is not None:
            words = f"the total counts the price, {grouped(line.price)}, where {grouped(line.shares)} moved"
        yield slip(case, "PRICE_SUSPECT", gap, words, costs.PRICE_FOR_SHARES, row=True)
    moved = case.entry.delta + gap
    tenfold = line.price.normalize().as_tuple().digits == (1,)
    if moved * meant > 0 and not tenfold and abs(moved) * line.price == line.shares:
        words = f"the amount {grouped(line.shares)} is what {grouped(abs(moved))} come to at {grouped(line.price)}: dollars in place of shares"
        yield slip(case, "PRICE_SUSPECT", gap, words, costs.PRICE_FOR_SHARES, row=True)


SLIPS = (
    own_row,
    told_again,
    previous_row,
    unlike_its_other_side,
    after_exchanged_columns,
    amount_for_total,
    exchanged_amounts,
    digits,
    scan,
    other_side,
    mirrored_amount,
    left_for_withheld,
    only_the_lot,
    price_for_shares,
    split_again,
    split_alone,
)
"""Every slip the arithmetic can show."""


def the_row(case: Case) -> Posting | None:
    """Which later row of a filing whose totals all come after every row is the wrong one.

    Such totals lie off by what a slip in any row makes, and the first is merely met first.
    The row is told by the slip: a letter, an amount, a price, or a line that stands twice.
    """
    first, stream = case.entry, case.entry.dossier.stream
    if case.position.conventions.get(stream) not in AFTER_ALL:
        return None
    before = first
    for entry in case.position.entries:
        if entry == first or entry.dossier is not first.dossier or entry.residual:
            continue
        if entry.claim == first.claim and entry.delta:
            other = replace(case, entry=supposed(entry, like=first), before=before)
            rules = (own_row, digits, other_side, price_for_shares)
            if any(found.row for rule in rules for found in rule(other, first.residual)):
                return entry
        before = entry
    return None
