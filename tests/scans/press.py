"""Prints a filing as the form: boxes, tables in ruled or bare columns, raised marks, notes.

The look is drawn from a seed: paper upright or across, letters and their size, widths of the
columns, where a cell's print stands, ruling lines or none, marks raised more or less, a
table that goes on over a page with its headings repeated or not. The words are the form's.
"""

from __future__ import annotations

from ledger.filing import Filing, Owner
from tests.scans import wording
from tests.scans.leaf import Leaf, Look, Measure, Stroke, printed_day
from tests.scans.printed_tables import Tables


def leaves(filing: Filing, look: Look, measure: Measure) -> list[Leaf]:
    """The pages of a filing's form."""
    return _Press(filing, look, measure).run()


class _Press(Tables):
    def run(self) -> list[Leaf]:
        self._top()
        self._boxes()
        for owner in self.filing.owners[1:]:
            self._owner_box(owner)
        for table, kind in (("I", "Non-Derivative"), ("II", "Derivative")):
            self._table(table, kind)
        self._below()
        return self.pages

    # The head of the form

    def _middle(self, text: str, size: float, *, bold: bool = False) -> None:
        self.y += size * 1.5
        x = (self.look.wide - self.measure(text, bold) * size) / 2
        self.put(x, self.y, text, size, bold=bold)

    def _top(self) -> None:
        look = self.look
        size, left, right = look.size, look.margin, look.wide - look.margin
        start = self.y
        amended = "/A" if self.filing.form.endswith("/A") else ""
        self.put(left, start + 14, f"FORM {self.number}{amended}", 12, bold=True)
        if self.number != "3":
            box, y = left + 2, start + 20
            self._frame(box, y, box + 6, y + 6)
            if self.filing.not_subject_to_section16:
                self.put(box + 1, y + 5.5, "X", 6)
            for line in self._broken(wording.EXIT, look.wide * 0.19, look.label):
                self.put(box + 11, y + 5, line, look.label)
                y += look.label * 1.15
        at = right - look.wide * 0.15
        self._frame(at, start, right, start + 12)
        self.put(at + 14, start + 9, "OMB APPROVAL", look.label)
        self.put(at, start + 22, "OMB Number:", look.label)
        self.put(right - 34, start + 22, wording.OMB[self.number], look.label)
        self.put(
            at, start + 32, "Estimated average burden hours per response: 0.5", look.label * 0.8
        )
        self._middle("UNITED STATES SECURITIES AND EXCHANGE COMMISSION", size * 1.25, bold=True)
        self._middle("Washington, D.C. 20549", size)
        self._middle(wording.TITLES[self.number], size * 1.2, bold=True)
        self._middle(
            "Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or "
            "Section 30(h) of the Investment Company Act of 1940",
            look.label,
        )
        self.y = max(self.y, start + 20 + look.label * 6) + 8

    def _owner_lines(self, owner: Owner) -> list[tuple[str, float]]:
        size, label = self.look.size, self.look.label
        place = "   ".join(filter(None, (owner.city, owner.state, owner.zip_code)))
        street = " ".join(filter(None, (owner.street1, owner.street2)))
        return [
            ("1. Name and Address of Reporting Person*", label),
            (owner.name or "", size),
            ("(Last)      (First)      (Middle)", label),
            (street, size),
            ("(Street)", label),
            (place, size),
            ("(City)      (State)      (Zip)", label),
        ]

    def _owner_at(self, owner: Owner, left: float, right: float, top: float) -> float:
        y = top
        for at, (text, size) in enumerate(self._owner_lines(owner)):
            y += size * 1.3
            room = (right - left) / max(0.1, self.measure(text, False))
            self.put(left + 2, y, text, min(size, room * 0.95))
            if at in {1, 3, 5}:
                self.page.strokes.append(Stroke(left + 2, y + 3, right - 2, y + 3, 0.4))
                y += 4
        return y + 4

    def _owner_box(self, owner: Owner) -> None:
        look = self.look
        self._room(look.size * 12)
        bottom = self._owner_at(owner, look.margin, look.wide * 0.36, self.y)
        self._frame(look.margin, self.y, look.wide * 0.36, bottom)
        self.y = bottom + 5

    def _boxes(self) -> None:
        look, filing = self.look, self.filing
        label, size = look.label, look.size
        edges = [look.margin, look.wide * 0.36, look.wide * 0.66, look.wide - look.margin]
        top = self.y
        bottom = self._owner_at(filing.owners[0], edges[0], edges[1], top)
        high = bottom - top
        name, symbol = filing.issuer.name or "", filing.issuer.symbol or "NONE"
        values = [
            ("2. Issuer Name and Ticker or Trading Symbol", f"{name} [ {symbol} ]"),
            (wording.PERIOD[self.number], printed_day(filing.period)),
            (
                "4. If Amendment, Date of Original Filed (Month/Day/Year)",
                printed_day(filing.original_on),
            ),
        ]
        if self.number == "3":
            values[0], values[1] = (values[1], ("3." + values[0][0][2:], values[0][1]))
            values[2] = ("5." + values[2][0][2:], values[2][1])
        for at, (words, value) in enumerate(values):
            y = top + high * at / 3
            room = (edges[2] - edges[1]) / max(0.1, self.measure(value, False))
            self.put(edges[1] + 2, y + label * 1.3, words, label)
            self.put(edges[1] + 2, y + label * 1.5 + size * 1.3, value, min(size, room * 0.95))
            self._rule(edges[1], y, edges[2], y)
        self._related(filing.owners[0], edges[2], edges[3], top, high)
        self._frame(edges[0], top, edges[3], bottom)
        for x in edges[1:3]:
            self._rule(x, top, x, bottom)
        self.y = bottom + 6

    def _related(self, owner: Owner, left: float, right: float, top: float, high: float) -> None:
        look = self.look
        label, step = look.label, look.size * 1.35
        number = "4." if self.number == "3" else "5."
        words = f"{number} Relationship of Reporting Person(s) to Issuer"
        self.put(left + 2, top + label * 1.3, words, label)
        self.put(left + 2, top + label * 2.5, "(Check all applicable)", label)
        half, y = (right - left) / 2, top + label * 2.5
        pairs = (
            ((owner.director, "Director"), (owner.ten_percent_owner, "10% Owner")),
            ((owner.officer, "Officer (give title below)"), (owner.other, "Other (specify below)")),
        )
        for pair in pairs:
            y += step
            for at, (ticked, words) in enumerate(pair):
                self._ticked(ticked, words, left + 4 + at * half, y)
        said = owner.officer_title or owner.other_text or ""
        room = (right - left) / max(0.1, self.measure(said, False))
        self.put(left + 18, y + step, said, min(look.size, room * 0.9))
        y = top + high - step * 3.1
        self._rule(left, y, right, y)
        words = "6. Individual or Joint/Group Filing (Check Applicable Line)"
        self.put(left + 2, y + label * 1.3, words, label)
        joint = len(self.filing.owners) > 1
        self._ticked(not joint, "Form filed by One Reporting Person", left + 4, y + step * 1.9)
        self._ticked(
            joint, "Form filed by More than One Reporting Person", left + 4, y + step * 2.8
        )

    def _ticked(self, ticked: bool | None, words: str, x: float, y: float) -> None:
        size = self.look.size
        if ticked:
            self.put(x, y, self.look.tick, size)
        if self.look.underlined:
            self.page.strokes.append(Stroke(x - 1, y + 1, x + size, y + 1, 0.4))
        self.put(x + size * 2, y, words, size * 0.95)

    # Below the tables

    def _below(self) -> None:
        filing, look = self.filing, self.look
        self._paragraph("Explanation of Responses:", bold=True)
        for note in filing.footnotes:
            self._paragraph(f"{self.marks[note.id]}. {note.text}")
        if filing.remarks:
            self._paragraph(f"Remarks: {filing.remarks}")
        self._room(look.size * 9)
        for one in filing.signatures:
            self.y += look.size * 2.4
            self.put(look.wide * 0.86, self.y, printed_day(one.signed_on), look.size)
            for words in self._broken(one.name or "", look.wide * 0.29, look.size):
                self.put(look.wide * 0.55, self.y, words, look.size)
                self.y += look.size * 1.2
        self._rule(look.wide * 0.55, self.y + 2, look.wide - look.margin, self.y + 2)
        self.y += look.size * 1.5
        self.put(look.wide * 0.55, self.y, "** Signature of Reporting Person", look.label)
        self.put(look.wide * 0.86, self.y, "Date", look.label)
        self.y += 4
        self._paragraph(
            "Reminder: Report on a separate line for each class of securities beneficially "
            "owned directly or indirectly."
        )
