"""Prints a filing as a scan would give it: several layouts, each more or less damaged.

Every choice comes from a seed, so the same seed prints the same text. Damage is done to
the form's own words and to the cells of its tables, never to what a title, a name or a
note says: that loss no reader could see.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ledger.filing import Filing, Owner, Row
from tests.scans.wording import (
    EXIT,
    HEADS_3_I,
    HEADS_3_II,
    HEADS_II,
    OMB,
    OWNED,
    PERIOD,
    RELATIONSHIP,
    SUB_3_II,
    SUB_I,
    SUB_II,
    TAIL,
    TITLES,
    TRADE_HEADS,
)

LAYOUTS = ("tabs", "markdown", "html", "spaced", "lines", "running", "ragged", "wrapped")
Cells = list[str]


@dataclass(frozen=True)
class Noise:
    """How likely each kind of damage is; every one but `letters` is for a cell or a row."""

    letters: float = 0.0
    boxes_lost: float = 0.0
    moved: float = 0.0
    split: float = 0.0
    garbled: float = 0.0
    merged: float = 0.0
    doubled: float = 0.0
    lost: float = 0.0
    stray: float = 0.0
    heading_lost: float = 0.0


LEVELS = {
    "clean": Noise(),
    "worn": Noise(letters=0.03, boxes_lost=0.2, moved=0.05, split=0.02),
    "damaged": Noise(
        letters=0.08,
        boxes_lost=0.5,
        moved=0.2,
        split=0.06,
        garbled=0.02,
        merged=0.05,
        doubled=0.02,
        lost=0.0,
        stray=0.03,
        heading_lost=0.05,
    ),
    "ruined": Noise(
        letters=0.14,
        boxes_lost=0.8,
        moved=0.4,
        split=0.12,
        garbled=0.05,
        merged=0.1,
        doubled=0.05,
        lost=0.06,
        stray=0.08,
        heading_lost=0.2,
    ),
}

_SUPERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def render(filing: Filing, *, layout: str, noise: Noise, seed: int) -> str:
    """The text of a scan of this filing."""
    return _Printer(filing, layout, noise, seed).text()


class _Printer:
    def __init__(self, filing: Filing, layout: str, noise: Noise, seed: int) -> None:
        self.filing, self.layout, self.noise = filing, layout, noise
        self.random = random.Random(f"{seed}/{layout}/{noise}")
        self.number = filing.form[0]
        self.dollar = self.random.choice(("$", "\\$", "$", ""))
        self.mark_style = self.random.choice(("round", "sup", "raised", "spaced", "bare-sup"))
        self.tick = self.random.choice(("input", "X", "box", "[X]"))
        self.day_style = self.random.choice(("long", "long", "long", "plain", "named"))

    def text(self) -> str:
        parts = [self._top(), self._boxes(), self._tables()]
        parts += [self._owner_block(owner) for owner in self.filing.owners[1:]]
        parts += [self._below()]
        return "\n\n".join(part for part in parts if part)

    # The form's words

    def worn(self, label: str) -> str:
        """A label with some of its letters lost or mistaken."""
        kept = []
        for letter in label:
            if letter.isalpha() and self.random.random() < self.noise.letters:
                if self.random.random() < 0.5:
                    kept.append(self.random.choice("ilrnce"))
                continue
            kept.append(letter)
        return "".join(kept)

    def _top(self) -> str:
        heading = f"FORM {self.filing.form}"
        prefix = "## " if self.layout == "markdown" else ""
        lines = [
            f"{prefix}{heading}",
            "UNITED STATES SECURITIES AND EXCHANGE COMMISSION",
            self.worn(TITLES[self.number]),
            self.worn("OMB APPROVAL"),
            f"OMB Number: {OMB[self.number]}",
            self.worn(EXIT),
        ]
        if self.random.random() < self.noise.heading_lost:
            lines.pop(self.random.choice((0, 2)))
        return "\n\n".join(lines)

    # The boxes

    def _day(self, day: date | None) -> str:
        if day is None:
            return ""
        if self.day_style == "named":
            return f"{day:%B} {day.day}, {day.year}"
        if self.day_style == "plain":
            return f"{day.month}/{day.day}/{day.year}"
        return f"{day:%m/%d/%Y}"

    def _tick(self, ticked: bool | None) -> str:
        if self.random.random() < self.noise.boxes_lost:
            return ""
        styles = {
            "input": ('<input checked="" type="checkbox"/> ', '<input type="checkbox"/> '),
            "X": ("X ", ""),
            "box": ("☒ ", "☐ "),
            "[X]": ("[X] ", "[ ] "),
        }
        return styles[self.tick][0 if ticked else 1]

    def _owner(self, owner: Owner, apart: str) -> str:
        return apart.join(
            [
                owner.name or "",
                "(Last) (First) (Middle)",
                owner.street1 or "",
                "(Street)",
                f"{owner.city} {owner.state} {owner.zip_code}",
                "(City) (State) (Zip)",
            ]
        )

    def _relationship(self, apart: str) -> str:
        owner = self.filing.owners[0]
        said = [
            f"{self._tick(owner.director)}Director",
            f"{self._tick(owner.ten_percent_owner)}10% Owner",
            f"{self._tick(owner.officer)}Officer (give title below)",
            f"{self._tick(owner.other)}Other (specify below)",
        ]
        return apart.join([*said, *([owner.officer_title] if owner.officer_title else [])])

    def _boxes(self) -> str:
        filing = self.filing
        issuer = f"{filing.issuer.name} [ {filing.issuer.symbol} ]"
        three = self.number == "3"
        apart = {"html": "<br>", "lines": "\n", "running": "\n", "spaced": "\n"}.get(
            self.layout, "  "
        )
        pairs = [
            ("1. Name and Address of Reporting Person*", self._owner(filing.owners[0], apart)),
            (f"{3 if three else 2}. Issuer Name and Ticker or Trading Symbol", issuer),
            (PERIOD[self.number], self._day(filing.period)),
            (
                f"{5 if three else 4}. If Amendment, Date of Original Filed (Month/Day/Year)",
                self._day(filing.original_on),
            ),
            (
                f"{4 if three else 5}. {RELATIONSHIP}",
                self._relationship(apart),
            ),
            (
                "6. Individual or Joint/Group Filing (Check Applicable Line)",
                "X Form filed by One Reporting Person"
                if len(filing.owners) == 1
                else "Form filed by One Reporting Person "
                "X Form filed by More than One Reporting Person",
            ),
        ]
        pairs = [(self.worn(label), value) for label, value in pairs]
        return self._grid(pairs)

    def _grid(self, pairs: Sequence[tuple[str, str]]) -> str:
        if self.layout in {"lines", "running", "spaced"}:
            return "\n".join(f"{label}\n{value}" if value else label for label, value in pairs)
        if self.layout == "markdown":
            if self.random.random() < 0.5:
                heads = [label for label, _ in pairs]
                values = [value.replace("\n", "<br>") for _, value in pairs]
                return "\n".join([_piped(heads), _piped(["---"] * len(heads)), _piped(values)])
            rows = [_piped([label, value]) for label, value in pairs]
            return "\n".join([rows[0], _piped(["---", "---"]), *rows[1:]])
        cells = [f"{label} {value}".strip() for label, value in pairs]
        if self.layout == "html":
            cells = [f"<td>{label}<br>{value}</td>" for label, value in pairs]
            return "<table>" + "".join(f"<tr>{cell}</tr>" for cell in cells) + "</table>"
        first, rest = cells[0], cells[1:]
        gaps = "\t" * self.random.randint(1, 4)
        return "\n".join(
            [gaps.join([first, rest[0], rest[3]]), gaps + rest[1], gaps + rest[2] + gaps + rest[4]]
        )

    def _owner_block(self, owner: Owner) -> str:
        label = self.worn("1. Name and Address of Reporting Person*")
        apart = "<br>" if self.layout == "html" else "\n"
        if self.layout in {"tabs", "ragged", "wrapped", "markdown"}:
            apart = "  "
        return self._grid_one(f"{label}", self._owner(owner, apart))

    def _grid_one(self, label: str, value: str) -> str:
        if self.layout == "html":
            return f"<table><tr><td>{label}<br>{value}</td></tr></table>"
        if self.layout == "markdown":
            return _piped([f"{label} {value}"])
        if self.layout in {"tabs", "ragged", "wrapped"}:
            return f"{label} {value}\t\t"
        return f"{label}\n{value}"

    # The tables

    def _marks(self, numbers: Sequence[str]) -> str:
        if not numbers:
            return ""
        style = self.mark_style
        if style == "sup":
            return " <sup>" + "".join(f"({n})" for n in numbers) + "</sup>"
        if style == "bare-sup":
            return "".join(f"<sup>{n}</sup>" for n in numbers)
        if style == "raised":
            return " " + "".join(f"⁽{n.translate(_SUPERS)}⁾" for n in numbers)
        return (" " if style == "spaced" else "") + "".join(f"({n})" for n in numbers)

    def _cell(self, row: Row, name: str) -> str:
        value = getattr(row, name, None)
        if name == "direction":
            said = {"acquired": "A", "disposed": "D", None: ""}[row.direction]
        elif name == "ownership":
            said = {"direct": "D", "indirect": "I", None: ""}[row.ownership]
        elif name == "timeliness":
            said = "V" if row.timeliness else ""
        elif isinstance(value, date):
            said = self._day(value)
        elif isinstance(value, Decimal):
            said = f"{value:,f}"
            if name in {"price", "exercise_price"}:
                said = f"{self.dollar}{said}"
            said = self._damaged(said)
        else:
            said = value or ""
        marks = self._marks(row.cited.get(name, ()))
        return (said + marks).strip()

    def _damaged(self, number: str) -> str:
        digits = [i for i, c in enumerate(number) if c.isdigit()]
        if len(digits) > 2 and self.random.random() < self.noise.garbled:
            swap = {"0": "O", "1": "l", "5": "S", "8": "B"}
            where = [i for i in digits if number[i] in swap]
            if where:
                at = self.random.choice(where)
                number = number[:at] + swap[number[at]] + number[at + 1 :]
        if len(number) > 4 and self.random.random() < self.noise.split:
            at = self.random.randint(2, len(number) - 1)
            lap = self.random.choice((0, 0, 1)) if number[at - 1].isdigit() else 0
            number = f"{number[:at]}\x00{number[at - lap :]}"
        return number

    def _columns(self, table: str) -> tuple[list[str], list[Cells]]:
        if self.number == "3":
            if table == "I":
                return ["security", "shares_after", "ownership", "nature"], [HEADS_3_I]
            names = ["security", "exercisable_on", "expires_on", "underlying", "underlying_shares"]
            return [*names, "exercise_price", "ownership", "nature"], [HEADS_3_II, SUB_3_II]
        trade = ["effective_on", "deemed_execution_on", "code", "timeliness"]
        if table == "I":
            names = ["security", *trade, "shares", "direction", "price"]
            names += ["shares_after", "ownership", "nature"]
            heads = ["1. Title of Security (Instr. 3)", *TRADE_HEADS, OWNED[self.number], *TAIL]
            return names, [heads, SUB_I]
        names = ["security", "exercise_price", *trade, "acquired", "disposed", "exercisable_on"]
        names += ["expires_on", "underlying", "underlying_shares", "price", "shares_after"]
        return [*names, "ownership", "nature"], [HEADS_II, SUB_II]

    def _row(self, row: Row, names: Sequence[str]) -> Cells:
        cells = []
        for name in names:
            if name in {"acquired", "disposed"}:
                cells.append(self._cell(row, "shares") if row.direction == name else "")
            else:
                cells.append(self._cell(row, name))
        return self._disturbed(cells)

    def _disturbed(self, cells: Cells) -> Cells:
        noise, chance = self.noise, self.random.random
        cells = [
            "" if at and cell and chance() < noise.lost * (at > 0) else cell
            for at, cell in enumerate(cells)
        ]
        for at in range(1, len(cells) - 1):
            if cells[at] and not cells[at + 1] and chance() < noise.moved:
                cells[at], cells[at + 1] = "", cells[at]
            elif cells[at] and not cells[at - 1] and chance() < noise.moved / 2:
                cells[at - 1], cells[at] = cells[at], ""
        out: Cells = []
        for at, cell in enumerate(cells):
            if at > 1 and cell and out[-1] and chance() < noise.merged:
                out[-1] = f"{out[-1]} {cell}".replace("\x00", " ")
                continue
            out += cell.split("\x00")
            if cell and at and chance() < noise.doubled:
                out.append(cell.split("\x00")[-1])
            if at > 2 and chance() < noise.stray / 4:
                out.append(self.random.choice(("'", "|", "1)", "-", "~")))
        return out

    def _tables(self) -> str:
        parts = []
        suffix = "Beneficially Owned"
        if self.number != "3":
            suffix = "Acquired, Disposed of, or Beneficially Owned"
        for table, kind in (("I", "Non-Derivative"), ("II", "Derivative")):
            heading = self.worn(f"Table {table} - {kind} Securities {suffix}")
            if table == "II":
                heading += " " + self.worn(
                    "(e.g., puts, calls, warrants, options, convertible securities)"
                )
            names, heads = self._columns(table)
            rows = [self._row(row, names) for row in self.filing.rows if row.table == table]
            heads = [[self.worn(cell) for cell in line] for line in heads]
            if self.random.random() >= self.noise.heading_lost:
                parts.append(heading)
            parts.append(self._laid_out(heads, rows))
        return "\n\n".join(parts)

    def _laid_out(self, heads: list[Cells], rows: list[Cells]) -> str:
        lines = [*heads, *rows]
        match self.layout:
            case "markdown":
                piped = [_piped(cells) for cells in lines]
                return "\n".join([piped[0], _piped(["---"] * len(heads[0])), *piped[1:]])
            case "html":
                body = "".join(
                    "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
                    for cells in lines
                )
                return f"<table>{body}</table>"
            case "spaced":
                return _spaced(heads, rows)
            case "lines":
                return "\n".join(cell for cells in lines for cell in cells if cell)
            case "running":
                return "\n".join(" ".join(cell for cell in cells if cell) for cells in lines)
            case "ragged":
                return "\n".join([*("\t".join(h) for h in heads), *(self._ragged(r) for r in rows)])
            case "wrapped":
                return "\n".join(
                    [*("\t".join(h) for h in heads), *(self._wrapped(r) for r in rows)]
                )
        return "\n".join("\t".join(cells) for cells in lines)

    def _ragged(self, cells: Cells) -> str:
        out: Cells = []
        for cell in cells:
            if not cell and self.random.random() < 0.3:
                continue
            out.append(cell)
            out += [""] * self.random.choice((0, 0, 0, 1))
        return "\t".join(out)

    def _wrapped(self, cells: Cells) -> str:
        at = self.random.randint(3, len(cells) - 2) if len(cells) > 6 else len(cells)
        return "\n".join("\t".join(part) for part in (cells[:at], cells[at:]) if any(part))

    # Below the tables

    def _below(self) -> str:
        filing = self.filing
        lines = [self.worn("Explanation of Responses:")]
        for note in filing.footnotes:
            bullet = "- " if self.layout == "markdown" else ""
            lines.append(f"{bullet}{note.id}. {note.text}")
        if filing.remarks:
            lines.append(f"Remarks: {filing.remarks}")
        lines += [f"{each.name} {self._day(each.signed_on)}" for each in filing.signatures]
        lines += [self.worn("** Signature of Reporting Person Date")]
        lines += ["Reminder: Report on a separate line for each class of securities."]
        return "\n\n".join(lines)


def _piped(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _spaced(heads: list[Cells], rows: list[Cells]) -> str:
    """Columns as wide as their widest figure, the headings broken to fit."""
    count = max(len(cells) for cells in [*heads, *rows])
    full = [[*cells, *([""] * (count - len(cells)))] for cells in [*heads, *rows]]
    widths = [
        max(14, *(len(cells[i]) for cells in full[len(heads) :] or [[""] * count]))
        for i in range(count)
    ]
    out = []
    for number, cells in enumerate(full):
        if number < len(heads):
            broken = [_broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
            for depth in range(max(len(part) for part in broken)):
                line = [part[depth] if depth < len(part) else "" for part in broken]
                out.append(
                    "  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)).rstrip()
                )
        else:
            out.append("  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip())
    return "\n".join(out)


def _broken(text: str, width: int) -> Cells:
    lines: Cells = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
