"""Totals that alone add an owner's other holdings, or other series: a doubt, and what else may be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ledger.types import grouped
from projections.filings.marks import says_what_is_counted
from projections.filings.records import ZERO
from projections.positions.class_totals import counts_what_went, lapsed
from projections.positions.entries import Posting, begins_with, reference
from projections.positions.position import Position


def added_once(position: Position, place: int, siblings: Sequence[Position]) -> bool:
    """Whether one form alone adds an owner's other holdings, and the totals around it are without them.

    Nothing says so, and a row left out of a total of its own, or a total that is another holding's, would leave as much.
    Direct holdings of a class are one in the form's eyes, and what several hold together is no accident in a direct total, which may be of all that is owned beneficially; in a
    fund's, beside the lines of the others, it is none of its own. Nor is what this form does not list and the next one
    does. Where nothing follows, the total before says how this filer counts. Of one title of derivatives the one is usual:
    in doubt is but a total that is what was there before its row. Units of another title are another holding.
    """
    entry, after = position.entries[place], position.entries[place + 1 :]
    struck = position.table == "II" and not _of_another_title(entry, position, siblings)
    known = (e for p in (position, *siblings) for e in p.entries if e is not entry)
    every = (e for e in known if struck or e.dossier is not entry.dossier)
    told = entry.opening or says_what_is_counted(entry.dossier, entry.line)
    if told or (struck and entry.scope != -entry.delta) or any(e.scope is not None for e in every):
        return False
    if counts_what_went(entry, siblings):
        return True
    counted = _counted(entry, position, siblings)
    funds = all(p.form == position.form == "indirect" and _listed(entry, p) for p in counted)
    lots = position.table == "I" and all(p.form == position.form == "direct" for p in counted)
    if (len(counted) > 1 and not funds) or lots:
        return False
    following = next((e for e in after if e.dossier is not entry.dossier), None)
    if following is None:
        return not struck and _alone_before(position, place, counted)
    if not following.follows or following.residual:
        return False
    forms = {e.dossier.stream for p in counted for e in p.entries}
    return funds or entry.dossier.stream in forms or following.dossier.stream not in forms


def left_out_instead(position: Position, place: int) -> tuple[str, str, str] | None:
    """What a total leaves out, if that is just as much as it would add: kind, words and row.

    That a row was forgotten is likelier than that one total alone adds the owner's other holdings.
    """
    entry, before = position.entries[place], position.entries[place - 1] if place else None
    added = grouped(entry.scope or ZERO)
    if entry.delta == -(entry.scope or ZERO):
        return "MISSED_OWN_ROW", f"the total leaves this line's {added} out", reference(entry)
    if before is not None and before.delta == -(entry.scope or ZERO) and not before.residual:
        return "PRIOR_ROW_OMITTED", f"the total leaves out the {added} before it", reference(before)
    return None


def beyond_the_sum(
    position: Position, place: int, siblings: Sequence[Position]
) -> tuple[Decimal, Posting] | None:
    """What a grant's total has of other series where these are all known, and a total that shows that.

    It has more than they come to, or other than a later total that has just these. What it counts
    besides nobody reported, or the total is wrong.
    """
    entry = position.entries[place]
    if not entry.opening or not begins_with(entry.line) or any(p.shared for p in siblings):
        return None
    known = _sums_before(entry, siblings)
    if not known or entry.scope in known:
        return None
    exact = [
        e
        for p in siblings
        for e in p.entries
        if e.scope and e.opening and begins_with(e.line)
        if e.scope in _sums_before(e, [position, *(o for o in siblings if o is not p)])
    ]
    later = next((e for e in exact if e.dossier.known.at > entry.dossier.known.at), None)
    shown = later or next(iter(exact), None)
    if shown is None or (later is None and (entry.scope or ZERO) < min(known)):
        return None
    return max(known), shown


def _sums_before(entry: Posting, others: Sequence[Position]) -> set[Decimal]:
    """What other series that had not expired came to before a form, or with it."""
    alive = [p for p in others if not lapsed(p, entry)]
    known = entry.dossier.known.at
    past = [[e for e in p.entries if e.dossier.known.at < known] for p in alive]
    before = sum((some[-1].balance or ZERO for some in past if some), ZERO)
    return {total for total in (before, sum((_had(entry, p) for p in alive), ZERO)) if total}


def _counted(entry: Posting, position: Position, siblings: Sequence[Position]) -> list[Position]:
    """The owner's other holdings that a total adds, as far as their balances tell which."""
    held = [p for p in siblings if _had(entry, p)]
    apart = [p for p in held if p.form != position.form]
    beside = [p for p in held if _listed(entry, p)]
    sums = (
        some
        for some in (held, apart, beside)
        if sum((_had(entry, p) for p in some), ZERO) == entry.scope
    )
    return next(sums, held)


def _of_another_title(entry: Posting, position: Position, others: Sequence[Position]) -> bool:
    """Whether a total of units adds those of other titles, to the unit."""
    counted = _counted(entry, position, others)
    return (
        sum((_had(entry, p) for p in counted), ZERO) == entry.scope
        and not any(any(p.series) for p in (position, *counted))
        and all(p.tokens != position.tokens for p in counted)
    )


def _alone_before(position: Position, place: int, others: Sequence[Position]) -> bool:
    """Whether the total before showed its holding alone while every other one held something."""
    entry, past = position.entries[place], reversed(position.entries[:place])
    last = next((e for e in past if e.dossier is not entry.dossier), None)
    return last is not None and not last.residual and all(_had(last, p) for p in others)


def _listed(entry: Posting, position: Position) -> bool:
    """Whether a line's form lists another holding too."""
    return any(e.dossier is entry.dossier for e in position.entries)


def _had(entry: Posting, position: Position) -> Decimal:
    """What was in a holding when a line became known."""
    known = [e for e in position.entries if e.dossier.known.at <= entry.dossier.known.at]
    return known[-1].balance or ZERO if known else ZERO
