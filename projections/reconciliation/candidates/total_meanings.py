"""What may close the rest of a difference: one term that fits what others leave.

A closer looks at a broken claim and at the gap that remains, and offers a term of exactly
that size: a meaning the total may have. Causes without an amount stand in `unstated`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal

from ledger.types import grouped
from projections.filings.records import ZERO
from projections.identity.securities import class_tokens, same_class
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.ownership_transfers import named
from projections.reconciliation.case import Candidate, Case

Closer = Callable[[Case, Decimal], Iterator[Candidate]]


def whole_class(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that adds the owner's other vehicles of the class.

    A vehicle's total adds direct shares only while there are any: where none is told of beside
    it or later, it is likelier that they went into it, which needs no report (Rule 16a-13).
    """
    if gap <= 0:
        return
    others = [p for p in case.siblings if p.balance and p.form != case.position.form]
    one = next((p for p in others if p.balance == gap), None)
    if one is None and (not others or gap != sum((p.balance or ZERO for p in others), ZERO)):
        return
    words = "the owner's other holdings of the class" if one is None else named(one)
    told = any(_told(p.entries[-1]) >= _told(case.entry) for p in others)
    gone = case.position.form == "indirect" and not told
    yield Candidate(
        shares=gap,
        cost=costs.CLASS_TOTAL + (costs.MARGIN if gone else 0),
        kind="class-total",
        code="EXPL_CONVENTION",
        source=case.source(),
        text=f"the total adds {words}",
        group="scope",
    )


def own_alone(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A holding line that shows the position alone, where this filer's totals add others.

    The habit shows in another total of the owner, in this one's next, which goes back, or in
    that the others stood as they stand: nothing can have moved to them.
    """
    entry = case.entry
    if gap >= 0 or not entry.line.holding or case.position.table == "II":
        return
    others = [p for p in case.siblings if p.form != case.position.form]
    levels = [_at(p, entry) for p in others]
    usual = entry.returned or any(e.scope for p in (case.position, *others) for e in p.entries)
    still = case.before is not None and levels == [_at(p, case.before) for p in others]
    if (usual or still) and -gap == sum((level or ZERO for level in levels), ZERO):
        words = "the line shows this holding alone, without the owner's others of the class"
        yield Candidate(
            shares=gap, cost=costs.OWN_ALONE, kind="class-total", code="EXPL_CONVENTION", source=case.source(), text=words, group="scope"
        )  # fmt: skip


def _told(entry: Posting) -> tuple[datetime, str]:
    """When a line became known, and where it stands among those of the same moment."""
    return entry.dossier.known.at, entry.dossier.stream


def _at(position: Position, entry: Posting) -> Decimal | None:
    """Where another position stood when a filing was made, itself included."""
    told = _told(entry)
    return next((e.balance for e in reversed(position.entries) if _told(e) <= told), None)


def rounding(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A fraction lost: less than two shares where fractions occur, else one at most."""
    if abs(gap) > 1:
        return
    entry, position = case.entry, case.position
    values = [e.claim for e in position.entries[-12:]] + [entry.claim, entry.prior, entry.delta]
    fractional = any(v is not None and v % 1 for v in values)
    if fractional or position.table == "II" or abs(gap) == 1:
        source, words = _fraction_note(entry, gap) or (reference(entry), "fractions rounded")
        yield Candidate(
            shares=gap,
            cost=costs.ROUNDING,
            kind="rounding",
            code="EXPL_ROUNDING",
            source=source,
            text=words,
            group="rounding",
            finding="ROUNDING",
        )


def _fraction_note(entry: Posting, gap: Decimal) -> tuple[str, str] | None:
    """The cited note that states the share which fractions made up, and where it stands."""
    for said in entry.dossier.statements:
        if said.shares == abs(gap) and said.note in entry.line.notes:
            words = entry.dossier.quote(said)
            if "fraction" in words.casefold():
                return f"{entry.dossier.id}#{said.ref}", words
    return None


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
            shares=gap,
            cost=costs.LAPSE,
            kind="lapse",
            code="EXPL_LAPSE",
            source=reference(entry),
            text=f"expired on {expiry.isoformat()}",
            group="lapse",
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
            shares=gap,
            cost=costs.RETITLED,
            kind="same-shares",
            code="EXPL_SAME_SHARES",
            source=reference(before),
            text=f"the {grouped(-gap)} held as “{before.line.security}”, under a new title",
            group="retitled",
        )


CLOSERS: tuple[Closer, ...] = (whole_class, own_alone, rounding, lapse, retitled)
"""Rules that look at what is left and offer one term that closes it exactly."""
