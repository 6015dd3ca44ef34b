"""Prints a filing as the Commission's own viewer shows it: its page, to paper by chromium.

Nothing is shared with `tests.scans.browser` but how a page becomes a PDF: boxes within boxes, a sans-serif for the
form's words and a serif for what was filed, in blue, notes in green; a dollar sign of its own before each price. What
a browser adds is drawn from the seed: lines above and below with the page's title, address and number, paper upright or
across, its size, and whether colours are printed. So is what agents' prints do otherwise: notes as `(1)` with a hanging
indent, the relationship in words' own boxes, a signature with `/s/` and its day below.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from html import escape

from ledger.filing import Filing, Owner, Row
from tests.scans import wording
from tests.scans.browser import Web
from tests.scans.leaf import printed_day

WIDE = {
    "I": (36, 6, 5, 4, 3, 8, 5, 6, 11, 9, 8),
    "II": (13, 5, 5, 5, 4, 4, 5, 5, 5, 4, 10, 7, 6, 6, 6, 7),
    "3 I": (47, 20, 13, 20),
    "3 II": (27, 8, 8, 20, 10, 9, 9, 12),
}
"""The columns' widths as that page gives them."""


class Viewed(Web):
    """One form as that page."""

    def __init__(self, filing: Filing, seed: int) -> None:
        super().__init__(filing, seed)
        chance = random.Random(f"viewer/{seed}")
        self.rules, self.mark, self.tick = "all", "({})", ("X", "")
        self.across = chance.random() < 0.6
        self.size = chance.choice((7.0, 7.5, 8.0, 8.5) if self.across else (6.2, 6.6, 7.0))
        self.coloured = chance.random() < 0.5
        self.agent = chance.random() < 0.4
        self.titled = chance.random() < 0.5
        self.face = chance.choice(("Liberation Sans", "Arimo", "Nimbus Sans"))
        self.serif = chance.choice(("Liberation Serif", "Tinos", "Nimbus Roman"))
        self.padding = chance.choice((1, 2, 4))

    def _marks(self, ids: Sequence[str]) -> str:
        said = "".join(self.mark.format(self.notes.get(one, one)) for one in ids)
        return f"<span class=g><sup>{said}</sup></span>" if said else ""

    def _cell(self, row: Row, name: str) -> str:
        said = super()._cell(row, name)
        value = getattr(row, name, None)
        if isinstance(value, Decimal) and "price" in name:
            return f"<span class=x>$</span><span class=d>{said[1:]}</span>"
        return f"<span class=d>{said}</span>" if said else ""

    def _table(self, table: str, kind: str) -> str:
        names, heads = self._columns(table)
        wide = WIDE[f"3 {table}" if self.number == "3" else table]
        title = (
            "Beneficially Owned"
            if self.number == "3"
            else "Acquired, Disposed of, or Beneficially Owned"
        )
        more = "<br>(e.g., puts, calls, warrants, options, convertible securities)"
        spread = (
            f'<tr><th colspan="{len(names)}" class=c><b>Table {table} - {kind} Securities {title}'
            f"{more if table == 'II' else ''}</b></th></tr>"
        )
        columns = "".join(f'<col style="width:{part}%">' for part in wide)
        body = ""
        for row in (row for row in self.filing.rows if row.table == table):
            left = {"security", "nature", "underlying"}
            body += "<tr>" + "".join(
                f"<td{'' if name in left else ' class=c'}>{self._cell(row, name)}</td>"
                for name in names
            )
            body += "</tr>"
        lower = heads[1] if len(heads) > 1 else [""] * len(names)
        above = f"<thead>{spread}{self._heads(heads[0], lower)}</thead>"
        return f"<table class=o><colgroup>{columns}</colgroup>{above}<tbody>{body}</tbody></table>"

    def _owner(self, owner: Owner) -> str:
        streets = "".join(
            f"<div class=d>{escape(one or '')}&nbsp;</div>"
            for one in (owner.street1, owner.street2)
        )
        cells = "".join(
            f"<td class=d>{escape(one or '')}</td>"
            for one in (owner.city, owner.state, owner.zip_code)
        )
        return (
            f"<i>1. Name and Address of Reporting Person<sup>*</sup></i><div class=u>{escape(owner.name or '')}</div><hr>"
            "<table class=n><tr><td><i>(Last)</i></td><td><i>(First)</i></td><td><i>(Middle)</i></td></tr></table>"
            f"{streets}<hr><i>(Street)</i><table class=n><tr>{cells}</tr></table><hr>"
            "<table class=n><tr><td><i>(City)</i></td><td><i>(State)</i></td><td><i>(Zip)</i></td></tr></table>"
        )

    def _tick(self, ticked: bool | None, words: str) -> str:
        said = "X" if ticked else ""
        return f"<td class='c k'><span class=d>{said}</span></td><td><i>{words}</i></td>"

    def _boxes(self) -> str:
        filing, three = self.filing, self.number == "3"
        owner, joint = filing.owners[0], len(filing.owners) > 1
        day = f"<i>{wording.PERIOD[self.number]}</i><div class=d>{printed_day(filing.period)}</div>"
        who = (
            f"<i>{3 if three else 2}. Issuer Name <b>and</b> Ticker or Trading Symbol</i><br>"
            f"<span class=u>{escape(filing.issuer.name or '')}</span> [ <span class=d>{filing.issuer.symbol or 'NONE'}</span> ]"
        )
        amended = (
            f"<i>{5 if three else 4}. If Amendment, Date of Original Filed (Month/Day/Year)</i>"
            f"<div class=d>{printed_day(filing.original_on)}</div>"
        )
        related = (
            f"<i>{4 if three else 5}. Relationship of Reporting Person(s) to Issuer<br>(Check all applicable)</i>"
            f"<table class=n><tr>{self._tick(owner.director, 'Director')}{self._tick(owner.ten_percent_owner, '10% Owner')}</tr>"
            f"<tr>{self._tick(owner.officer, 'Officer (give title below)')}{self._tick(owner.other, 'Other (specify below)')}</tr>"
            f"<tr><td colspan=4 class=c><span class=d>{escape(owner.officer_title or owner.other_text or '')}</span></td></tr></table>"
        )
        alone = (
            "<i>6. Individual or Joint/Group Filing (Check Applicable Line)</i><table class=n>"
            f"<tr>{self._tick(not joint, 'Form filed by One Reporting Person')}</tr>"
            f"<tr>{self._tick(joint, 'Form filed by More than One Reporting Person')}</tr></table>"
        )
        upper, lower = (day, who) if three else (who, day)
        more = "".join(
            f"<table class=o style='width:35%'><tr><td>{self._owner(one)}</td></tr></table>"
            for one in filing.owners[1:]
        )
        return (
            f"<table class=o><tr><td rowspan=3 style='width:35%'>{self._owner(owner)}</td>"
            f"<td style='width:35%'>{upper}</td><td rowspan=2>{related}</td></tr><tr><td>{lower}</td></tr>"
            f"<tr><td>{amended}</td><td>{alone}</td></tr></table>{more}"
        )

    def _top(self) -> str:
        amended = "/A" if self.filing.form.endswith("/A") else ""
        said = "X" if self.filing.not_subject_to_section16 else "&nbsp;"
        left = f"<table class=n><tr><td class=q>{said}</td><td class=t>{wording.EXIT}</td></tr></table>"
        return (
            f"{'SEC Form ' + self.number if not self.titled else ''}<table class=n><tr><td style='width:20%' class=c><b class=f>"
            f"FORM {self.number}{amended}</b>{left if self.number != '3' else ''}</td><td class=c>"
            "<b>UNITED STATES SECURITIES AND EXCHANGE COMMISSION</b><br><i>Washington, D.C. 20549</i><br><br>"
            f"<b>{wording.TITLES[self.number]}</b><br><br><i>Filed pursuant to Section 16(a) of the Securities Exchange Act of "
            "1934<br>or Section 30(h) of the Investment Company Act of 1940</i></td><td style='width:20%'>"
            f"<table class=o><tr><td class=c>OMB APPROVAL</td></tr><tr><td class=t>OMB Number: &emsp; {wording.OMB[self.number]}<br>"
            "Estimated average burden<br>hours per response: &emsp; 0.5</td></tr></table></td></tr></table>"
        )

    def _below(self) -> str:
        filing = self.filing
        how = "({})" if self.agent else "{}."
        notes = "".join(
            f"<div class='g h'>{how.format(self.notes[note.id])} {escape(note.text)}</div>"
            for note in filing.footnotes
        )
        signed = "".join(
            f"<tr><td style='width:55%'></td><td><u class=d>{escape(one.name or '')}</u></td>"
            f"<td><u class=d>{printed_day(one.signed_on)}</u></td></tr>"
            for one in filing.signatures
        )
        return (
            f"<i><b>Explanation of Responses:</b></i>{notes}<div><b>Remarks:</b></div><div class=g>{escape(filing.remarks or '')}</div>"
            f"<table class=n>{signed}<tr><td></td><td><i>** Signature of Reporting Person</i></td><td><i>Date</i></td></tr></table>"
            "<i>Reminder: Report on a separate line for each class of securities beneficially owned directly or indirectly.<br>"
            "* If the form is filed by more than one reporting person, see Instruction 4 (b)(v).<br>"
            "** Intentional misstatements or omissions of facts constitute Federal Criminal Violations See 18 U.S.C. 1001 and "
            "15 U.S.C. 78ff(a).<br>Note: File three copies of this Form, one of which must be manually signed. If space is "
            "insufficient, see Instruction 6 for procedure.<br><b>Persons who respond to the collection of information contained in "
            "this form are not required to respond unless the form displays a currently valid OMB Number.</b></i>"
        )

    def html(self) -> str:
        """The whole page."""
        page = "11in 8.5in" if self.across else "8.5in 11in"
        blue, green = ("blue", "green") if self.coloured else ("black", "black")
        size = self.size
        style = (
            f"@page{{size:{page};margin:0.4in}}body{{font:{size}pt '{self.face}',sans-serif;margin:0}}"
            "table{border-collapse:separate;border-spacing:0;width:100%}td{vertical-align:top}"
            f".o{{border:0.8pt outset gray}}.o>*>tr>td,.o>*>tr>th{{border:0.7pt inset gray;padding:{self.padding}px}}"
            f"th,i,.t{{font-weight:normal;font-style:normal;font-size:{size * 0.85}pt;text-align:left;vertical-align:top}}"
            f".d{{font-family:'{self.serif}',serif;color:{blue}}}.u{{text-decoration:underline;color:{blue}}}"
            f".g{{font:{size * 0.9}pt '{self.serif}',serif;color:{green}}}.c,.o .c{{text-align:center}}"
            f".h{{{'padding-left:2em;text-indent:-1.5em' if self.agent else ''}}}.f{{font-size:{size * 1.6}pt}}"
            ".q{border:0.7pt solid black;width:8px}.k{width:15%}hr{width:98%;margin:1pt;border:0;border-top:0.7pt solid gray}"
            "sup{font-size:75%}tr{break-inside:avoid}"
        )
        body = self._top() + self._boxes()
        for table, kind in (("I", "Non-Derivative"), ("II", "Derivative")):
            body += self._table(table, kind)
        title = f"<title>SEC FORM {self.number}</title>"
        return (
            f"<!doctype html><meta charset=utf-8>{title}<style>{style}</style>{body}{self._below()}"
        )
