"""Restricted stock that a form lists under a title of its own, and then as stock like any other.

Restrictions that lapse move no shares and need no row: the owner has what it had. One line
falls, the other rises by as much. A note may tell it; else one form shows both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.identity.securities import designators, same_class
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.case import Candidate, Case

_LAPSED = re.compile(
    r"\b(?:laps\w+|vest(?:ed|ing|s)?|unrestricted|(?:no\s+longer|ceased\s+to\s+be|free\s+of)\b[^.;]{0,30}\brestrict\w+|restrictions?\b[^.;]{0,40}\b(?:remov|releas|expir|ended|lift)\w*)",
    re.IGNORECASE,
)
_IS_FREE = re.compile(
    r"\b(?:lapsed|vested|unrestricted|restrict\w+\b[^.;]{0,60}?\b(?:ended|expired|removed|released|lifted|satisfied)|(?:no\s+longer|ceased\s+to\s+be|free\s+of)\b[^.;]{0,30}\brestrict\w+)",
    re.IGNORECASE,
)
"""Words of restrictions that have ended, rather than of when they will."""
_STATE = frozenset({"restricted", "unvested", "nonvested", "award", "grant"})
"""Words of a title that say in what state stock is, and of no class."""


def unrestricted(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What the owner's line of restricted stock lost, or the one of free stock gained."""
    if gap != case.entry.residual or case.position.table != "I" or case.entry.returned is not None:
        return
    for other in case.holdings:
        if not _other_state(case.position, other):
            continue
        for entry in other.entries:
            together = one_report(entry.dossier, case.entry.dossier) and entry.returned is None
            if together and entry.residual == -gap and not _beside_rows(case.entry, entry):
                yield _moved(case, other, entry)
                return
    yield from _listed_no_more(case, gap)


def _listed_no_more(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """All that a line of restricted stock had, of which a note says that it is free, and which no form lists since.

    Where no note speaks of restrictions, a number that only fits proves nothing.
    """
    known = case.entry.dossier.known.at
    gone = [
        other
        for other in case.holdings
        if _other_state(case.position, other) and "restricted" in other.tokens
        if other.balance == gap > 0 and all(e.dossier.known.at < known for e in other.entries)
    ]
    if len(gone) != 1:
        return
    last = gone[0].entries[-1]
    term = _moved(case, gone[0], last)
    words = f"the {grouped(gap)} of “{gone[0].security}” that {reference(last)} had, which no form lists since, are free of restrictions"
    told = _told(_IS_FREE, case.entry)
    text = f"{words}; {told}" if told else words
    yield term._replace(text=text, empties=bool(told), doubted=not told)


def _other_state(one: Position, other: Position) -> bool:
    """Whether two holdings are stock of one class, of which just one is restricted.

    A title that names no class says nothing against it.
    """
    mine, theirs = one.tokens, other.tokens
    if ("restricted" in mine) == ("restricted" in theirs) or not other.entries:
        return False
    if (one.table, one.unit, one.form, one.vehicle, one.owners) != (
        other.table,
        other.unit,
        other.form,
        other.vehicle,
        other.owners,
    ):
        return False
    classes = mine - _STATE, theirs - _STATE
    if "unit" in mine | theirs or (all(classes) and same_class(*classes) is False):
        return False
    letters = designators(mine), designators(theirs)
    return not (all(letters) and letters[0] != letters[1])


def _beside_rows(one: Posting, other: Posting) -> bool:
    """Whether the two differences are what a row itself moved, as where it stands on the wrong line."""
    return bool(one.residual) and abs(one.residual) in (abs(one.delta), abs(other.delta))


def _moved(case: Case, other: Position, entry: Posting) -> Candidate:
    shares = case.entry.residual
    told = _told(_LAPSED, case.entry, entry)
    went = "left" if shares > ZERO else "entered"
    words = f"{grouped(abs(shares))} {went} “{other.security}” in the same form, as restrictions that lapse need no row"
    return Candidate(
        shares=shares,
        cost=costs.FORM_CHANGE_NOTED if told else costs.TOGETHER,
        kind="change-of-form",
        code="EXPL_VEST_COMPOSITION",
        source=reference(entry),
        text=f"{words}; {told}" if told else words,
        group=f"restricted:{other.number}:{entry.dossier.id}:{entry.line.ref}",
        sibling=entry,
        basis="stated" if told else "inferred",
    )


def _told(words: re.Pattern[str], *entries: Posting) -> str | None:
    """The note on the lines that has words of restrictions which end, if any does."""
    texts = (e.dossier.text_of(n) for e in entries for n in e.line.notes)
    return next((text for text in texts if words.search(text)), None)
