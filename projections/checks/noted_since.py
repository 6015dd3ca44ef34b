"""What a note says came or went since the total before, and whether a total that follows without it could.

Such a total leaves out what its own note tells: nothing else that happened since can hold it.
"""

from __future__ import annotations

from ledger.footnotes.plan_exits import gone_again
from ledger.statements import SENSES
from projections.filings.records import ZERO, Stated
from projections.findings.explanations import Term
from projections.issuer import Folded
from projections.positions.entries import Posting
from projections.positions.position import Position


def lapsed_since(said: Stated, position: Position, entry: Posting) -> bool:
    """Whether a derivative is listed as before, though of it a note says that some lapsed since.

    Of stock that was not vested a total may never have told.
    """
    place, on = position.place(entry), said.effective_from
    before = position.entries[place - 1].day if place else None
    if said.kind != "forfeiture" or position.table != "II" or entry.delta or not on:
        return False
    held, day = entry.balance or ZERO, entry.day
    since = before is not None and day is not None and before < on <= day
    return since and (said.shares or ZERO) <= held


def bought_since(said: Stated, position: Position, entry: Posting) -> bool:
    """Whether shares that a note counts in a total came by a plan on a day after the total before."""
    sense, on = SENSES[said.kind], said.effective_from
    place = position.place(entry)
    before = position.entries[place - 1].day if place else None
    bought = sense.from_plan and sense.only_adds and said.precision == "day"
    if not (bought and on and before) or gone_again(entry.dossier.quote(said)):
        return False
    return before < on and (entry.day is None or on <= entry.day)


def still_listed(said: Stated, position: Position, entry: Posting, folded: Folded) -> bool:
    """Whether a derivative is listed as before a lapse, and no derivative lost as many since.

    As many shares in a row of long before, or of stock, are another thing.
    """
    on = said.effective_from
    if on is None or not lapsed_since(said, position, entry):
        return False
    return not any(
        abs(e.delta) == said.shares and (e.day is None or e.day >= on)
        for other in folded.positions_of(folded.people.keys(entry.dossier))
        if other.table == "II"
        for e in other.entries
    )


def counted_later(
    said: Stated, position: Position, entry: Posting, folded: Folded
) -> Posting | None:
    """The total of the next form, where this one's note explains it; one told late has it as well."""
    if entry.late and entry.beside:
        return None
    source = f"{entry.dossier.id}#{said.ref}"
    place = position.place(entry) + 1
    later = next((e for e in position.entries[place:] if e.dossier is not entry.dossier), None)
    told = folded.rulings.on(later).explanation if later and later.residual else None
    terms = told.terms if told else ()
    return later if any(t.source == source or _changes_form(said, t) for t in terms) else None


def _changes_form(said: Stated, term: Term) -> bool:
    """Whether a term is of as many shares as a note says went between two holdings."""
    moved = abs(term.shares) == said.shares and term.kind == "change-of-form"
    return moved and SENSES[said.kind].keeps_interest


def listed_besides(said: Stated, position: Position, entry: Posting, folded: Folded) -> bool:
    """Whether a direct total still counts what a note says went since, which a new line of the form shows.

    A line that only begins now shows what came to it: the owner holds it once.
    """
    sense, on = SENSES[said.kind], said.effective_from
    place = position.place(entry)
    before = position.entries[place - 1].day if place else None
    went = sense.keeps_interest and said.direction == "disposed" and said.precision == "day"
    if not (went and on and before and before < on) or position.form != "direct":
        return False
    return any(
        opened.form == "indirect" and opened.owners & position.owners
        for opened in folded.opened_by.get(entry.dossier.stream, ())
        if opened.table == position.table and opened.opened == said.shares
    )
