"""Shares that went with as many of another security, as the note on that one's row tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ledger.footnotes.pairings import paired
from projections.filings.records import ZERO
from projections.identity.securities import class_tokens, designators
from projections.positions.entries import Posting, reference
from projections.reconciliation import costs
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.case import Candidate, Case


def went_with(case: Case) -> Iterator[Candidate]:
    """What rows since the total before moved of another security, and as many of this class with it.

    One form tells it of units and of what they became: the rows of each come to the same number.
    """
    if case.position.table != "I" or case.entry.residual >= 0:
        return
    told: dict[str, dict[Decimal, list[Posting]]] = defaultdict(dict)
    for other in case.holdings:
        if (other.form, other.vehicle) != (case.position.form, case.position.vehicle):
            continue
        rows: dict[str, list[Posting]] = defaultdict(list)
        for entry in other.entries:
            if entry.delta and other is not case.position and _since(case, entry):
                rows[entry.dossier.id] += [entry] if _names(case, entry) else []
        for form, of in rows.items():
            if moved := abs(sum((e.delta for e in of), ZERO)):
                told[form][moved] = of
    for form, sizes in told.items():
        for moved, rows_of in sizes.items():
            yield Candidate(
                shares=-moved,
                cost=costs.UNCITED,
                kind="disposal-note",
                code=CODES["disposal-note"],
                source=reference(rows_of[0]),
                text=f"as many went as the rows of “{rows_of[0].line.security}” moved, as their note says",
                group=f"paired:{form}",
                effective_from=rows_of[0].day,
                effective_to=rows_of[-1].day,
                basis="stated",
            )


def _since(case: Case, entry: Posting) -> bool:
    """Whether a row came after the total before, in a form that has no row of this holding."""
    last = case.before.dossier.known.at if case.before else None
    known, rows = entry.dossier.known.at, case.position.entries
    between = last is not None and last < known <= case.entry.dossier.known.at
    return between and not any(e.delta and e.dossier is entry.dossier for e in rows)


def _names(case: Case, entry: Posting) -> bool:
    """Whether a note on a row names the class of this holding as what went with it."""
    letters = designators(case.position.tokens)
    return bool(letters) and any(
        letters <= class_tokens(title)
        for note in entry.line.notes
        for title in paired(entry.dossier.text_of(note))
    )
