"""What notes tell to have been done with just as many shares as a total is off by, in any words.

What no recogniser knows is told by its verb all the same, and which way that took the shares by the
total; or a note gives what is left. A vehicle's part may be told on the line of another holding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.called_off import undone
from ledger.footnotes.hands import told_both
from ledger.footnotes.modality import PASSED
from ledger.footnotes.untold_amounts import Told, counted, counted_of_owner, left, of_the_row
from projections.filings.marks import notes_on_total
from projections.filings.other_companies import another_companys
from projections.filings.records import Dossier
from projections.filings.roles import by_sides
from projections.identity.strangers import kinds_of
from projections.identity.vehicles import own_words, vehicle_key
from projections.positions.entries import Posting
from projections.reconciliation import costs
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.candidates.unquantified_notes import stands_always
from projections.reconciliation.case import Candidate, Case

_CONTAINED = re.compile(
    r"includ(?!ing\s+(?:the\s+reporting|the\s+undersigned|him|her)\b)", re.IGNORECASE
)
"""Words of what a total is made of."""
_PASSED = re.compile(PASSED, re.IGNORECASE)
"""Verbs that say nothing of the way, which is told by who gave and who got."""


def told_acts(case: Case) -> Iterator[Candidate]:
    """What notes tell that was done with so many shares, where nothing that is read closes a difference."""
    if case.entry.returned is None and case.position.table == "I":
        yield from _by_its_note(case, case.entry.residual)
        yield from _of_the_vehicle(case, case.entry.residual)


def _by_its_note(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A deed of just so many shares, or the number left, by a note on the total that is not read otherwise."""
    entry = case.entry
    dossier, line = entry.dossier, entry.line
    for note in notes_on_total(dossier, line):
        text = dossier.text_of(note)
        if _weighed(dossier, note, abs(gap)) or stands_always(case.position, entry, dossier, note):
            continue
        if gap < 0 and _came_and_went(text, case.before):
            continue
        deeds = [
            told
            for told in counted(text)
            if abs(gap) in told.shares and not _CONTAINED.search(told.words)
            if undone(text) or not _long_ago(told, case.before)
            if not another_companys(dossier.head, dossier.lines, told.words, abs(gap))
        ]
        done = [told for told in deeds if _goes(told, case)]
        rest = gap < 0 and entry.claim != line.shares and entry.claim in left(text)
        if done or rest:
            yield _dated(_told(case, dossier, note), done, case.before)


def _goes(told: Told, case: Case) -> bool:
    """Whether a deed takes shares the way that a total is off: by its verb, and by whom it names on either side."""
    gap, dossier, line = case.entry.residual, case.entry.dossier, case.entry.line
    sides = by_sides(told.words, abs(gap), line, dossier)
    if (sides is not None and (1 if gap > 0 else -1) not in sides) or (told.anothers and not sides):
        return False
    if told.owners and not sides and kinds_of(case.position.vehicle) & {"trust", "company"}:
        return False  # what came to the owner came to no trust, nor did it leave one
    if sides and (not told.verb or _PASSED.fullmatch(told.verb) or told_both(told.words, abs(gap))):
        return not of_the_row(told, line.code)
    return told.way > 0 if gap > 0 else told.way < 0 and not of_the_row(told, line.code)


def _dated(term: Candidate, done: list[Told], before: Posting | None) -> Candidate:
    """A term on the days of the one deed that it is, where these lie after the total before."""
    last = before.day if before is not None else None
    deed = done[0] if len(done) == 1 and len(done[0].shares) == 1 else None
    if deed is None or deed.since is None or last is None or deed.since <= last:
        return term
    return term._replace(effective_from=deed.since, effective_to=deed.until)


def _long_ago(told: Told, before: Posting | None) -> bool:
    """Whether what was done has days, and all of them lie before the total before: it has it already."""
    last = before.day if before is not None else None
    return told.until is not None and last is not None and told.until < last


def _came_and_went(text: str, before: Posting | None) -> bool:
    """Whether a note takes back what came after the total before alone: that never had it."""
    days = undone(text)
    last = before.day if before is not None else None
    return bool(days) and last is not None and all(first > last for first, _ in days)


def _of_the_vehicle(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What a note on other lines tells of a vehicle by name: how many shares of it went, or are left."""
    entry, before = case.entry, case.before
    name = own_words(case.position.vehicle)
    if gap > 0 or not name or before is None:
        return
    since, until = before.dossier.known.at, entry.dossier.known.at
    every = {e.dossier.id: e.dossier for p in case.holdings for e in p.entries}
    for dossier in every.values():
        if not since < dossier.known.at < until:
            continue
        for note in dossier.notes:
            if name <= set(vehicle_key(note.text).split()):
                read = _weighed(dossier, note.id, abs(gap))
                went = not read and any(
                    t.way <= 0 and abs(gap) in t.shares for t in counted_of_owner(note.text)
                )
                if went or entry.claim in left(note.text):
                    yield _told(case, dossier, note.id)


def _weighed(dossier: Dossier, note: str, shares: Decimal) -> bool:
    """Whether a number of a note is read as something else than what a total is made of."""
    return any(
        said.note == note and said.shares == shares and said.kind != "composition"
        for said in dossier.statements
    )


def _told(case: Case, dossier: Dossier, note: str) -> Candidate:
    gap = case.entry.residual
    kind = "acquisition-note" if gap > 0 else "disposal-note"
    source = f"{dossier.id}#{note_ref(note, 1, 1)}"
    return Candidate(
        shares=gap,
        cost=costs.UNQUANTIFIED,
        kind=kind,
        code=CODES[kind],
        source=source,
        text=dossier.text_of(note),
        group=source,
        basis="shown",
    )
