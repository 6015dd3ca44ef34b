"""The boxes above the tables: where their labels stand, and what stands with each.

A value is looked for behind its label, in the cell below it, or in the next cell where
that cell can be no other box's; a check box, before the words it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.filing import Repair
from ledger.readers.scan.labels import Flow, Match, distance, letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.markup import BREAK, EMPTY, TICKED
from ledger.types import Effect

OWNER = "Name and Address of Reporting Person"
ISSUER = "Issuer Name and Ticker or Trading Symbol"
AMENDMENT = "If Amendment, Date of Original"
RELATIONSHIP = "Relationship of Reporting Person(s) to Issuer"
GROUP = "Individual or Joint/Group Filing"
SINGLE = "Form filed by One Reporting Person"
JOINT = "Form filed by More than One Reporting Person"
EARLIEST = "Date of Earliest Transaction"
FISCAL_YEAR = "Statement for Issuer's Fiscal Year Ended"
EVENT = "Date of Event Requiring Statement"
STATEMENT_DAY = "Statement for Month/Day/Year"
STATEMENT_MONTH = "Statement for Month/Year"
OFFICER = "Officer (give title below)"
OTHER = "Other (specify below)"

PRINTED_LABELS = (
    *(OWNER, ISSUER, AMENDMENT, RELATIONSHIP, GROUP, SINGLE, JOINT, OFFICER, OTHER),
    *(EARLIEST, FISCAL_YEAR, EVENT, STATEMENT_DAY, STATEMENT_MONTH),
    *("Check all applicable", "Check Applicable Line", "OMB APPROVAL", "OMB Number"),
    *("IRS or Social Security Number of Reporting Person", "Table I Non-Derivative Securities"),
)
_BENEATH = ("(Last)(First)(Middle)", "(Street)", "(City)(State)(Zip)")
BESIDE = re.compile(r"(?i)\(?\s*(?:last|first|middle|street|city|state|zip(?:\s+code)?)\s*\)")
"""The small words under a name and an address, the opening bracket lost or not."""

_MARK = rf"(?:{TICKED}|[\[(]\s*[Xx✓✔]\s*[\])]|(?<![A-Za-z0-9])[Xx](?![A-Za-z0-9])_*)"
_BLANK = rf"(?:{EMPTY}|\[\s*\]|\(\s*\))"
_BEFORE = re.compile(rf"(?P<mark>{_MARK})\s*$|(?P<blank>{_BLANK})\s*$")
_BEHIND = re.compile(rf"[\s)]*(?:{_MARK}|{_BLANK})(?!\s*Form filed)")


_FRAME = re.compile(r"^(?:[|+_=~\s]|-\s|\[(?=[^\]]*\[))+(?=\w)")
"""What is left of a box's own frame before its value: a stroke, a cross, a bracket too many."""

_FITTING = 3
"""Letters of a value that a damaged label may claim by accident."""


class Boxes:
    """A stretch of lines with its labels found, and the repairs met while reading it."""

    def __init__(self, lines: Sequence[Line], repairs: list[Repair]) -> None:
        self.flow = Flow(lines)
        self.repairs = repairs
        self.labels = sorted(found for label in PRINTED_LABELS for found in self.flow.every(label))

    def find(self, label: str, *, after: int = 0, tolerance: float = 0.2) -> Match | None:
        """The best place of a label in this stretch."""
        return self.flow.find(label, after=after, tolerance=tolerance)

    def note(self, field: str, printed: str, effect: Effect, why: str) -> None:
        """Records a repair of the filing."""
        shown = re.sub(rf"[\s{BREAK}]+", " ", printed).strip()[:160]
        self.repairs.append(Repair(field=field, printed=shown, effect=effect, why=why))

    def behind(self, at: int) -> str:
        """The rest of a cell from a place on, up to the next label in it."""
        end = self.flow.cell_end(at)
        return self.flow.text[at : min([m.start for m in self.labels if m.start >= at] + [end])]

    def candidates(self, label: Match) -> tuple[str, ...]:
        """What may be a label's value, the likeliest first; never another label."""
        behind = self.behind(self._past(label)).strip(f" *:†.{BREAK}")
        found = [] if _empty(behind) else [behind]
        found += [text for text in self._near(label.end) if not _empty(text)]
        return tuple(_FRAME.sub("", text) for text in found)

    def shared(self, label: Match) -> bool:
        """Whether other boxes' labels stand in one cell with a label, and its value beneath.

        So it is where single blanks divide the boxes of a line: their values run together.
        """
        place = self.flow.place(label.start)
        others = [m for m in self.labels if m.label != label.label]
        beside = any(self.flow.place(m.start) == place for m in others)
        cell = self.flow.lines[place.line].cells[place.cell].text
        return (beside or bool(BESIDE.search(cell))) and _empty(self.behind(self._past(label)))

    def repeated(self, words: str) -> int:
        """At which of some words the longest end begins that stands elsewhere too; 0: none."""
        pieces = words.split()
        for at in range(1, len(pieces)):
            bare = letters(" ".join(pieces[at:]))
            if len(bare) > 4 and self.flow.letters.bare.count(bare) > 1:
                return at
        return 0

    def _past(self, label: Match) -> int:
        """Where a label's last word ends, letters of it that were lost or mistaken included.

        A match with letters lost may end before that word, or inside it, or inside the
        first word of the value, of which one or two letters happen to fit.
        """
        text, end = self.flow.text, label.end
        if not label.differing or end >= len(text):
            return end
        last = letters(label.label.split()[-1])
        inside = text[end].isalnum()
        start = end
        while inside and start > label.start and text[start - 1].isalnum():
            start -= 1
        if not inside and distance(re.split(r"\W+", text[label.start : end])[-1], last) < 3:
            return end
        word = re.match(r"\s?(\w+)\b\*?", text[start:])
        if word and distance(word.group(1), last) <= len(last) // 2:
            return start + word.end()
        if not inside or word is None:
            return end
        return start if end - start <= _FITTING else start + word.end()

    def _near(self, at: int) -> list[str]:
        place = self.flow.place(max(0, at - 1))
        line = self.flow.lines[place.line]
        own = line.cells[place.cell]
        found = []
        others = [cell for cell in line.filled if cell is not own and is_label(cell.text)]
        if not others and place.cell + 1 < len(line.cells):
            found.append(line.cells[place.cell + 1].text)
        for below in self.flow.lines[place.line + 1 : place.line + 3]:
            under = [c for c in below.filled if c.start < own.end and own.start < c.end]
            if under:
                found.append(under[0].text)
                break
        return [text for text in found if text and not is_label(text)]

    def ticked(self, label: Match | None) -> bool | None:
        """Whether the box before a label has a mark; None where no box can be seen."""
        if label is None:
            return None
        found = _BEFORE.search(self.flow.text[max(0, label.start - 12) : label.start])
        return None if found is None else found["mark"] is not None

    def box_behind(self, label: Match) -> bool:
        """Whether a box stands behind a label, as it does where boxes follow their words."""
        return bool(_BEHIND.match(self.flow.text[label.end : label.end + 12]))


def _empty(text: str) -> bool:
    bare = letters(text)
    return len(bare) < 2 or bare in {"monthdayyear", "instr"}


def is_label(text: str) -> bool:
    """Whether a cell holds printed words of the form and not an answer to them."""
    bare = letters(text)
    if len(bare) < 2 or re.match(r"\W*\d{1,2}\s*[.),;:]\s*[A-Za-z]{2}", text):
        return True
    if BESIDE.match(text.strip()):
        return True
    return any(
        bare[:14] == letters(label)[:14] or (len(bare) > 8 and bare in letters(label))
        for label in (*PRINTED_LABELS, *_BENEATH)
    )
