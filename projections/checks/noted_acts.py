"""The code of a row beside what its own note says was done: withheld, sold on the market, given.

A sale on the market counts for short swings and has a price of the market; what the issuer keeps
for tax or price is exempt (Rule 16b-3(e)), and a gift has no price. The balance is the same
under each, so that only the note shows it. One that tells of both acts leaves it open. Code F is
for securities that Rule 16b-3 covers (General Instruction 8 of Form 4): what is kept of an
exercise that is not exempt, code X, may stand under another.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.codes import CODES
from ledger.footnotes.acts import OTHERWISE, Act, other_act
from projections.checks.check import Check, asked_of
from projections.filings.marks import notes_on_row
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.issuer import Folded


@asked_of("citing rows")
def other_acts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row under one code, whose own notes tell of another act, and of none that the code is for."""
    for line in folded.lines_of(dossier):
        act = act_told(dossier, line)
        if act is not None and line.code and not line.against_code:  # else told with the letter
            words = f"code {line.code} ({CODES[line.code].meaning}), where its note says {act.words}: such rows are code {act.code}"
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", words)


def act_told(dossier: Dossier, line: Line) -> Act | None:
    """The act that a row's own notes tell, where it is none that its code is for, and of these shares."""
    if line.holding or line.table != "I" or line.code not in OTHERWISE:
        return None
    against = line.against_code  # then any of its notes may tell which half is wrong
    cited = line.notes if against else notes_on_row(dossier, line)
    notes = tuple(dossier.text_of(note) for note in cited)
    act = other_act(notes, line.code, against_letter=against) if notes else None
    if act is not None and act.code == "F" and _exercised_in_the_open(dossier):
        return None
    if act is None or not act.shares:
        return act
    under_them = [
        one.shares or ZERO
        for one in dossier.lines
        if one.code == line.code and not one.holding and not set(cited).isdisjoint(one.notes)
    ]
    return act if {line.shares, sum(under_them)} & {*act.shares, sum(act.shares)} else None


def _exercised_in_the_open(dossier: Dossier) -> bool:
    """Whether all that a form exercises is under code X, as warrants are: no exercise that is exempt."""
    return {one.code for one in dossier.lines} & {"M", "X"} == {"X"}


CHECKS: tuple[Check, ...] = (other_acts,)
