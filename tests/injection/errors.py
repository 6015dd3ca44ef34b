"""Every kind of error that is put into real filings, with the findings that name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.injection import filings, rows, totals
from tests.injection.making import Injection
from tests.injection.places import Place
from tests.simulator import ERRORS as SIMULATED

Make = Callable[[Place, Random], Injection]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: how to make it, and which findings name it, best first.

    `harmless` kinds are no errors: nothing above `info` may come of them.
    """

    name: str
    make: Make
    right: tuple[str, ...]
    harmless: bool = False


_SHIFT = ("LEVEL_SHIFT_UNEXPLAINED", "BALANCE_BREAK", "GAP_SUSPECTED", "OPENING_MISMATCH")
"""A break that nothing names: so is one right after an initial statement."""

_BELOW = ("ISOLATED_TOTAL_ERROR", "NEGATIVE_BALANCE", "DERIV_OVER_EXERCISED")

_KINDS: tuple[tuple[str, Make, tuple[str, ...]], ...] = (
    ("transposed-total", totals.transposed_total, ()),
    ("digit-dropped", totals.digit_dropped, ()),
    ("digit-added", totals.digit_added, ()),
    ("missed-own-row", totals.missed_own_row, ()),
    ("double-applied-row", totals.double_applied_row, ()),
    ("prior-row-omitted", totals.prior_row_omitted, ()),
    ("prior-row-doubled", totals.prior_row_doubled, ()),
    ("lot-instead-of-total", totals.lot_instead_of_total, ()),
    ("isolated-total", totals.isolated_total, ("DERIV_OVER_EXERCISED",)),
    ("last-total-wrong", totals.last_total_wrong, (*_SHIFT, "ISOLATED_TOTAL_ERROR")),
    (
        "total-of-another-holding",
        totals.total_of_another,
        ("WRONG_VEHICLE", "DI_SWAP", "ISOLATED_TOTAL_ERROR"),
    ),
    ("holding-out-of-date", totals.holding_out_of_date, ()),
    ("split-forgotten", totals.split_forgotten, ()),
    ("off-by-a-composition", totals.off_by_what_it_holds, ()),
    ("off-by-an-exclusion", totals.off_by_what_it_leaves_out, ()),
    ("plan-shares-forgotten", totals.plan_shares_forgotten, ()),
    ("opening-misstated", totals.opening_misstated, (*_SHIFT, *_BELOW)),
    ("transposed-amount", rows.transposed_amount, ()),
    ("amount-digit-added", rows.amount_with_digit_added, ()),
    ("amount-digit-dropped", rows.amount_with_digit_dropped, ()),
    ("letter-wrong", rows.letter_wrong, ()),
    ("code-wrong", rows.code_wrong, ("AD_CODE_CONTRADICTION",)),
    ("price-and-shares-exchanged", rows.price_and_shares_exchanged, ()),
    ("price-of-zero", rows.price_of_zero, ()),
    ("year-too-early", rows.year_too_early, ()),
    ("day-to-come", rows.day_to_come, ()),
    ("wrong-ownership", rows.wrong_ownership, ()),
    ("typed-as-indirect", rows.typed_as_indirect, ()),
    ("typed-as-direct", rows.typed_as_direct, ()),
    ("told-for-another", rows.told_for_another, ("DI_SWAP", "WRONG_VEHICLE")),
    ("wrong-class", rows.wrong_class, ()),
    ("row-repeated", rows.row_repeated, ()),
    ("row-left-out", rows.row_left_out, (*_SHIFT, "EXERCISE_COUNTERPART_MISSING")),
    ("exercise-counterpart-left-out", rows.counterpart_left_out, ()),
    ("exercise-sides-differ", rows.sides_differ, ()),
    (
        "note-contradicts",
        rows.note_contradicts,
        (*_SHIFT, "ISOLATED_TOTAL_ERROR", "COLUMN_NOTE_CONFLICT"),
    ),
    (
        "filing-missing",
        filings.filing_missing,
        ("EXERCISE_COUNTERPART_MISSING", "OPENING_MISMATCH"),
    ),
    ("filing-repeated", filings.filing_repeated, ()),
    ("filed-late", filings.filed_late, ()),
    ("wrong-issuer", filings.wrong_issuer, ()),
    ("wrong-owner", filings.wrong_owner, ()),
    ("amended-wrongly", filings.amended_wrongly, ("ISOLATED_TOTAL_ERROR", *_SHIFT)),
    ("amendment-of-nothing", filings.amendment_of_nothing, ()),
)
_HARMLESS: tuple[tuple[str, Make], ...] = (
    ("(title misspelt)", rows.title_misspelt),
    ("(holding left out)", rows.holding_left_out),
    ("(vehicle reworded)", rows.vehicle_reworded),
)


def _right(name: str) -> tuple[str, ...]:
    return SIMULATED[name].right if name in SIMULATED else ()


ERRORS: dict[str, Kind] = {
    name: Kind(name, make, (*_right(name), *more)) for name, make, more in _KINDS
} | {name: Kind(name, make, (), harmless=True) for name, make in _HARMLESS}
"""Kinds of error by name, in the order the benchmark prints them."""
