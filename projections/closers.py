"""What may close the rest of a difference: one term that fits what others leave.

A closer looks at a broken claim and at the gap that remains, and offers a term of exactly
that size: a meaning the total may have, or evidence that names a cause without an amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from ledger.types import grouped
from projections.cases import Candidate, Case, reference
from projections.identity import class_tokens, same_class
from projections.lines import ZERO

Closer = Callable[[Case, Decimal], Iterator[Candidate]]


def whole_class(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that adds the owner's other vehicles of the class."""
    if gap <= 0:
        return
    others = [p.balance for p in case.siblings if p.balance and p.form != case.position.form]
    if others and gap in {*others, sum(others, ZERO)}:
        yield Candidate(
            gap,
            25,
            "class-total",
            "EXPL_CONVENTION",
            case.source(),
            "the total adds the owner's other holdings of the class",
            "scope",
        )


def rounding(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A fraction lost: less than two shares where fractions occur, else one at most."""
    if abs(gap) > 1:
        return
    entry, position = case.entry, case.position
    values = [e.claim for e in position.entries[-12:]] + [entry.claim, entry.prior, entry.delta]
    fractional = any(v is not None and v % 1 for v in values)
    if fractional or position.table == "II" or abs(gap) == 1:
        yield Candidate(
            gap,
            10,
            "rounding",
            "EXPL_ROUNDING",
            reference(entry),
            "fractions rounded",
            "rounding",
            finding="ROUNDING",
        )


def lapse(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A derivative gone after its expiry: a lapse for no value needs no report."""
    entry, position = case.entry, case.position
    expiry = position.series[1]
    if (
        position.table == "II"
        and entry.claim == 0
        and gap < 0
        and expiry
        and (entry.day or date.min) >= expiry
    ):
        yield Candidate(
            gap,
            9,
            "lapse",
            "EXPL_LAPSE",
            reference(entry),
            f"expired on {expiry.isoformat()}",
            "lapse",
        )


def retitled(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Shares acquired under a new title that are those held under the old one.

    A reclassification is exempt (Rule 16b-7), and often told by the new class alone: the
    row acquires, and owns afterwards, what the line before held under its former name.
    """
    entry, before = case.entry, case.before
    if before is None or gap >= 0 or not -gap == entry.prior == entry.delta == entry.claim:
        return
    was, now = class_tokens(before.line.security or ""), class_tokens(entry.line.security or "")
    if entry.line.code == "J" and same_class(was, now) is not True:
        yield Candidate(
            gap,
            12,
            "same-shares",
            "EXPL_SAME_SHARES",
            reference(before),
            f"the {grouped(-gap)} held as “{before.line.security}”, under a new title",
            "retitled",
        )


CLOSERS: tuple[Closer, ...] = (whole_class, rounding, lapse, retitled)
"""Rules that look at what is left and offer one term that closes it exactly."""


# --- evidence without an amount ----------------------------------------------------

_UNQUANTIFIED = {
    "espp-purchase": "EXPL_PLAN_PURCHASE",
    "dividend-reinvestment": "EXPL_REINVESTMENT",
    "plan-units": "EXPL_PLAN_ACCRUAL",
    "report-correction": "EXPL_PRIOR_CORRECTION",
    "reporting-withdrawal": "EXPL_SCOPE_CHANGE",
    "distribution": "EXPL_TRUST_DISTRIBUTION",
    "form-change": "EXPL_FORM_CHANGE",
    "trust-contribution": "EXPL_FORM_CHANGE",
}
_UPWARD = frozenset({"espp-purchase", "dividend-reinvestment"})


_OF_THE_ROW = frozenset({"code", "shares", "price", "direction", "effective_on"})
"""Fields whose notes describe the row's own movement, not what else the total holds."""


def unquantified(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A note on this line that names the cause and leaves the amount to the total."""
    entry = case.entry
    if entry.returned is not None:
        return
    cited = entry.line.notes_of(*(entry.line.cited.keys() - _OF_THE_ROW))
    for said in entry.dossier.statements:
        code = _UNQUANTIFIED.get(said.kind)
        if code is None or said.shares is not None or said.note not in cited:
            continue
        if said.kind in _UPWARD and (gap < 0 or (entry.prior and gap > entry.prior)):
            continue
        text = entry.dossier.quote(said)
        group = f"{entry.dossier.id}#{said.ref}"
        yield Candidate(gap, 15, said.kind, code, group, text, group)


_PLAN = frozenset(
    "401k esop deferred pension savings retirement espp drip reinvestment serp thrift".split()
)


def plan_accrual(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Units that a plan adds without a row: a modest rise of a plan's own vehicle."""
    entry, vehicle = case.entry, case.position.vehicle
    if (
        gap > 0
        and entry.prior
        and entry.returned is None
        and abs(entry.delta) != gap
        and gap <= entry.prior / 4
        and not _PLAN.isdisjoint(vehicle.split())
    ):
        yield Candidate(
            gap,
            16,
            "plan-units",
            "EXPL_PLAN_ACCRUAL",
            reference(entry),
            f"accrual in the plan: “{case.position.nature}”",
            "plan",
        )


_RECURRING = frozenset({"espp-purchase", "dividend-reinvestment", "plan-units"})
"""What a plan does again and again; a gift or a distribution happens once."""


def habit(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """An amount that was proven here before: the plan's usual lot."""
    for known in case.habits:
        if known.kind in _RECURRING and gap in (known.shares, known.shares * 2):
            yield known._replace(
                shares=gap, cost=30, text=f"as before: {known.text}", group="habit", stated=False
            )


SOFT_CLOSERS: tuple[Closer, ...] = (unquantified, plan_accrual, habit)
"""Rules whose term fits any size, and so proves less than an exact one."""
