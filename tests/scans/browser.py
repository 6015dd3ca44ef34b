"""Prints a filing as a browser would: the form as a web page, to paper by chromium, in looks drawn from a seed.

Nothing here is shared with `tests.scans.press` but the form's words: another program breaks the lines, places
the marks and rules the tables, and typefaces, ruling, marks, ticks, blanks and paper are others.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

from ledger.filing import Filing, Owner, Row
from tests.scans import wording
from tests.scans.leaf import printed_day

FACES = (
    *("Liberation Sans", "Arimo", "Nimbus Sans", "Liberation Serif", "Tinos", "Nimbus Roman"),
    *("Carlito", "Caladea", "DejaVu Sans", "Open Sans", "Roboto", "Noto Sans", "C059", "P052"),
    *("URW Gothic", "FreeSerif", "Liberation Mono", "Nimbus Mono PS"),
)
"""Those that are not there are replaced by the browser."""
RULES = ("all", "all", "all", "rows", "rows", "heads", "none")
MARKS = ("({})", "({})", "({})", "{}", " ({})", "[{}]")
TICKS = (
    ("X", ""),
    ("X", "_"),
    ("☒", "☐"),
    ("[X]", "[ ]"),
    ("✓", ""),
    ("<u>&nbsp;X&nbsp;</u>", "___"),
)
FIGURES = frozenset({"price", "shares", "shares_after", "exercise_price", "underlying_shares"})


def is_there() -> bool:
    """Whether pages can be printed here."""
    return all(shutil.which(name) for name in ("chromium", "pdftoppm"))


class Web:
    """One form as a web page."""

    def __init__(self, filing: Filing, seed: int) -> None:
        self.filing, self.number = filing, filing.form[0]
        chance = self.random = random.Random(f"web/{seed}")
        self.face = chance.choice(FACES)
        self.across = chance.random() < 0.55
        self.size = chance.choice((7.0, 7.5, 8.0) if self.across else (6.2, 6.6, 7.0))
        self.label = self.size * chance.choice((0.8, 0.9, 1.0))
        self.rules = chance.choice(RULES)
        self.thick = chance.choice((0.3, 0.5, 0.75, 1.0, 1.5))
        self.line = chance.choice(("solid", "solid", "solid", "double", "dotted"))
        self.mark = chance.choice(MARKS)
        self.raised = chance.random() < 0.8
        self.tick = chance.choice(TICKS)
        self.align = chance.choice(("center", "center", "right", "left"))
        self.valign = chance.choice(("top", "middle", "bottom"))
        self.pad = chance.choice((0.5, 1.0, 2.0, 3.0))
        self.ink = chance.choice(("#000", "#000", "#00f", "#333"))
        self.bold = chance.random() < 0.15
        self.notes = {note.id: str(at) for at, note in enumerate(filing.footnotes, 1)}

    # Cells

    def _marks(self, ids: Sequence[str]) -> str:
        said = "".join(self.mark.format(self.notes.get(one, one)) for one in ids)
        return f"<sup>{said}</sup>" if said and self.raised else said

    def _cell(self, row: Row, name: str) -> str:
        value = getattr(row, "shares" if name in {"acquired", "disposed"} else name, None)
        if name in {"acquired", "disposed"} and row.direction != name:
            return ""
        if name == "direction":
            said = {"acquired": "A", "disposed": "D", None: ""}[row.direction]
        elif name == "ownership":
            said = {"direct": "D", "indirect": "I", None: ""}[row.ownership]
        elif isinstance(value, Decimal):
            said = f"{'$' if 'price' in name else ''}{value:,f}"
        elif hasattr(value, "year"):
            said = printed_day(value)
        else:
            said = escape(str(value or ""))
        source = "shares" if name in {"acquired", "disposed"} else name
        return said + self._marks(row.cited.get(source, ()))

    def _columns(self, table: str) -> tuple[list[str], list[list[str]]]:
        if self.number == "3":
            if table == "I":
                return ["security", "shares_after", "ownership", "nature"], [wording.HEADS_3_I]
            names = ["security", "exercisable_on", "expires_on", "underlying", "underlying_shares"]
            names += ["exercise_price", "ownership", "nature"]
            return names, [wording.HEADS_3_II, wording.SUB_3_II]
        trade = ["effective_on", "deemed_execution_on", "code", "timeliness"]
        if table == "I":
            names = ["security", *trade, "shares", "direction", "price", "shares_after"]
            heads = ["1. Title of Security (Instr. 3)", *wording.TRADE_HEADS]
            heads += [wording.OWNED[self.number], *wording.TAIL]
            return [*names, "ownership", "nature"], [heads, wording.SUB_I]
        names = ["security", "exercise_price", *trade, "acquired", "disposed", "exercisable_on"]
        names += ["expires_on", "underlying", "underlying_shares", "price", "shares_after"]
        return [*names, "ownership", "nature"], [wording.HEADS_II, wording.SUB_II]

    def _heads(self, upper: list[str], lower: list[str]) -> str:
        """Two storeys: a heading with nothing behind it covers the columns up to the next."""
        begins = [at for at, words in enumerate(upper) if words]
        out, under = "<tr>", "<tr>"
        for at, end in zip(begins, [*begins[1:], len(upper)], strict=True):
            below = [words for words in lower[at:end] if words]
            deep = "" if below else ' rowspan="2"'
            out += f'<th colspan="{end - at}"{deep}>{escape(upper[at])}</th>'
            under += "".join(f"<th>{escape(words)}</th>" for words in below)
        return f"{out}</tr>{under}</tr>"

    def _table(self, table: str, kind: str) -> str:
        names, heads = self._columns(table)
        if self.number == "5":
            at = names.index("timeliness")
            names.pop(at)
            heads = [[*line[:at], *line[at + 1 :]] for line in heads]
            heads[1][at - 1] = ""
        suffix = "Beneficially Owned"
        if self.number != "3":
            suffix = "Acquired, Disposed of, or Beneficially Owned"
        more = "<br>(e.g., puts, calls, warrants, options, convertible securities)"
        title = f"<b>Table {table} - {kind} Securities {suffix}</b>{more if table == 'II' else ''}"
        lines = [self._heads(heads[0], heads[1] if len(heads) > 1 else [""] * len(names))]
        for row in (row for row in self.filing.rows if row.table == table):
            cells = [
                f'<td class="{"f" if name in FIGURES else "w"}">{self._cell(row, name)}</td>'
                for name in names
            ]
            lines.append(f"<tr>{''.join(cells)}</tr>")
        spread = f'<tr><th colspan="{len(names)}">{title}</th></tr>'
        body = "".join(lines[1:])
        return f'<table class="t"><thead>{spread}{lines[0]}</thead><tbody>{body}</tbody></table>'

    # Boxes

    def _tick(self, ticked: bool | None, words: str) -> str:
        return f"<span class=k>{self.tick[0 if ticked else 1]}</span> {words}"

    def _owner(self, owner: Owner) -> str:
        place = " &nbsp; ".join(filter(None, (owner.city, owner.state, owner.zip_code)))
        street = " ".join(filter(None, (owner.street1, owner.street2)))
        return (
            "<i>1. Name and Address of Reporting Person*</i>"
            f"<p>{escape(owner.name or '')}</p><i>(Last) &emsp; (First) &emsp; (Middle)</i>"
            f"<p>{escape(street)}</p><i>(Street)</i><p>{place}</p>"
            "<i>(City) &emsp; (State) &emsp; (Zip)</i>"
        )

    def _boxes(self) -> str:
        filing, three = self.filing, self.number == "3"
        owner, joint = filing.owners[0], len(filing.owners) > 1
        name = f"{escape(filing.issuer.name or '')} [ {filing.issuer.symbol or 'NONE'} ]"
        day = f"<i>{wording.PERIOD[self.number]}</i><p>{printed_day(filing.period)}</p>"
        who = f"<i>{3 if three else 2}. Issuer Name and Ticker or Trading Symbol</i><p>{name}</p>"
        amended = (
            f"<i>{5 if three else 4}. If Amendment, Date of Original Filed (Month/Day/Year)</i>"
            f"<p>{printed_day(filing.original_on)}</p>"
        )
        said = escape(owner.officer_title or owner.other_text or "")
        related = (
            f"<i>{4 if three else 5}. Relationship of Reporting Person(s) to Issuer<br>"
            "(Check all applicable)</i><div class=r>"
            f"<div>{self._tick(owner.director, 'Director')}</div>"
            f"<div>{self._tick(owner.ten_percent_owner, '10% Owner')}</div>"
            f"<div>{self._tick(owner.officer, 'Officer (give title below)')}</div>"
            f"<div>{self._tick(owner.other, 'Other (specify below)')}</div></div><p>{said}</p>"
        )
        alone = (
            "<i>6. Individual or Joint/Group Filing (Check Applicable Line)</i><br>"
            f"{self._tick(not joint, 'Form filed by One Reporting Person')}<br>"
            f"{self._tick(joint, 'Form filed by More than One Reporting Person')}"
        )
        upper, lower = (day, who) if three else (who, day)
        more = "".join(
            f"<table class=b><tr><td>{self._owner(one)}</td><td></td></tr></table>"
            for one in filing.owners[1:]
        )
        return (
            f"<table class=b><tr><td rowspan=3>{self._owner(owner)}</td><td>{upper}</td>"
            f"<td rowspan=2>{related}</td></tr><tr><td>{lower}</td></tr>"
            f"<tr><td>{amended}</td><td>{alone}</td></tr></table>{more}"
        )

    def _top(self) -> str:
        amended = "/A" if self.filing.form.endswith("/A") else ""
        left = self._tick(self.filing.not_subject_to_section16, wording.EXIT)
        return (
            f"<table class=h><tr><td><b class=n>FORM {self.number}{amended}</b><br>"
            f"{left if self.number != '3' else ''}</td><td class=m>"
            "<b>UNITED STATES SECURITIES AND EXCHANGE COMMISSION</b><br>Washington, D.C. 20549<br>"
            f"<b>{wording.TITLES[self.number]}</b><br>Filed pursuant to Section 16(a) of the Securities "
            "Exchange Act of 1934 or Section 30(h) of the Investment Company Act of 1940</td>"
            f"<td>OMB APPROVAL<hr>OMB Number: {wording.OMB[self.number]}<br>Estimated average burden<br>"
            "hours per response: 0.5</td></tr></table>"
        )

    def _below(self) -> str:
        filing = self.filing
        notes = "".join(
            f"<div>{self.notes[note.id]}. {escape(note.text)}</div>" for note in filing.footnotes
        )
        if filing.remarks:
            notes += f"<div><b>Remarks:</b> {escape(filing.remarks)}</div>"
        signed = "".join(
            f"<tr><td><u>{escape(one.name or '')}</u></td><td><u>{printed_day(one.signed_on)}</u></td></tr>"
            for one in filing.signatures
        )
        return (
            f"<div><b>Explanation of Responses:</b></div>{notes}<table class=s>{signed}"
            "<tr><td>** Signature of Reporting Person</td><td>Date</td></tr></table>"
            "<div>Reminder: Report on a separate line for each class of securities beneficially "
            "owned directly or indirectly.</div>"
        )

    def html(self) -> str:
        """The whole page."""
        border = f"{self.thick}pt {self.line} #000"
        ruled = {
            "all": f".t td,.t th,.b td{{border:{border}}}",
            "rows": f".t tr{{border-top:{border};border-bottom:{border}}}.b td{{border:{border}}}",
            "heads": f".t th{{border:{border}}}.t{{border:{border}}}.b td{{border:{border}}}",
            "none": "",
        }[self.rules]
        page = "11in 8.5in" if self.across else "8.5in 11in"
        weight = "bold" if self.bold else "normal"
        style = (
            f"@page{{size:{page};margin:0.35in}}"
            f"body{{font:{self.size}pt '{self.face}',sans-serif;margin:0}}"
            "table{border-collapse:collapse;width:100%;margin-bottom:4pt}td{vertical-align:top}"
            f"th,i{{font-weight:normal;font-style:normal;font-size:{self.label}pt}}"
            f".t td{{padding:{self.pad}pt;text-align:center;vertical-align:{self.valign};color:{self.ink};"
            f"font-weight:{weight}}}.t td.f{{text-align:{self.align}}}"
            ".t td:first-child{text-align:left}sup{font-size:72%}p{margin:1pt 0 2pt 0;min-height:1em}"
            ".b td{padding:2pt;width:33%}.r{display:grid;grid-template-columns:1fr 1fr}"
            ".k{display:inline-block;min-width:1.6em}.n{font-size:14pt}.m{text-align:center;width:60%}"
            ".s{width:50%;margin-left:50%}tr{break-inside:avoid}" + ruled
        )
        body = self._top() + self._boxes()
        for table, kind in (("I", "Non-Derivative"), ("II", "Derivative")):
            body += self._table(table, kind)
        return f"<!doctype html><meta charset=utf-8><style>{style}</style>{body}{self._below()}"


def printed(form: Web) -> bytes:
    """The form as chromium prints it to PDF."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "form.html", Path(folder) / "form.pdf"
        page.write_text(form.html(), "utf-8")
        command = [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
        ]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={out}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return out.read_bytes()


def drawn(document: bytes, dpi: int) -> list[Any]:
    """The pages of a PDF as pictures."""
    from PIL import Image  # noqa: PLC0415  (only for those who draw)

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.pdf"
        path.write_bytes(document)
        command = ["pdftoppm", "-r", str(dpi), "-gray", str(path), f"{folder}/page"]
        subprocess.run(command, check=True, capture_output=True)
        return [Image.open(one).copy() for one in sorted(Path(folder).glob("page*.pgm"))]
