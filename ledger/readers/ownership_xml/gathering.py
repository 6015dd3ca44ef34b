"""One walk over an ownership document's tree, which leaves nothing unsaid.

An element is known by its name wherever it stands. In a well-formed document that makes
no difference; in a damaged one, where a missing end tag puts half the form inside one
field, every row and every signature still comes to light.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ledger.errors import ReadError
from ledger.filing import Footnote, Repair
from ledger.readers.ownership_xml.elements import (
    FIELD_LIMIT,
    FIELDS,
    GROUPS,
    KNOWN,
    NOTE,
    ROWS,
    Field,
)
from ledger.types import Effect, Table

ROW_LIMIT = 10_000
"""Rows of one filing. The form holds 30 in each table."""

REPAIR_LIMIT = 10_000
"""Repairs of one filing. What needs more is some other thing in a form's clothes."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SHOWN = 200
"""Characters of a stray text that a repair repeats."""


class Line:
    """A row while it is being gathered."""

    def __init__(self, table: Table, number: int, *, holding: bool) -> None:
        self.fields: dict[str, Any] = {"table": table, "line": number, "holding": holding}
        self.cited: dict[str, tuple[str, ...]] = {}
        self.printed: dict[str, str] = {}
        self.repairs: list[Repair] = []

    def row(self) -> dict[str, Any]:
        """The finished row, field by field."""
        more = {"cited": self.cited, "printed": self.printed, "repairs": tuple(self.repairs)}
        return self.fields | more


class Gathering:
    """What one document says, gathered by `visit`: the fields of each of its parts."""

    def __init__(self, source: str) -> None:
        self.filing: dict[str, Any] = {}
        self.issuer: dict[str, Any] = {}
        self.owners: list[dict[str, Any]] = []
        self.signatures: list[dict[str, Any]] = []
        self.footnotes: list[Footnote] = []
        self.note_ids: set[str] = set()
        self.notes_at_hand = True
        """False where the source came without its footnotes, which rows cite all the same."""
        self.lines: list[Line] = []
        self.repairs: list[Repair] = []
        self._source = source
        self._counts: dict[Table, int] = {"I": 0, "II": 0}
        self._said = 0

    def visit(self, node: etree._Element, line: Line | None = None, citing: str = "") -> None:
        """Take everything below an element.

        `line` is the row it stands in, `citing` the field that a footnote cited here,
        outside any field, belongs to.
        """
        if node.text:
            self._stray(node.text, line)
        # As a list: its own iterator takes twice as long.
        for child in node[:]:  # type: ignore[index]
            tag = child.tag
            field = FIELDS.get(tag)
            if field is not None:
                self._field(child, field, line)
            elif tag in GROUPS:
                self.visit(child, line, GROUPS[tag] or citing)
            else:
                self._part(child, _name(child), line, citing)
            if child.tail:
                self._stray(child.tail, line)

    def open_row(self, table: Table, *, holding: bool) -> Line:
        """A new row, numbered as the next of its table.

        Raises:
            ReadError: The filing has more rows than any form could.
        """
        if len(self.lines) == ROW_LIMIT:
            raise self._too_much(f"more than {ROW_LIMIT:,} rows", f"table {table}")
        self._counts[table] += 1
        line = Line(table, self._counts[table], holding=holding)
        self.lines.append(line)
        return line

    def put(self, tag: str, text: str, line: Line | None = None) -> None:
        """Take the text of one element, by its name; of a row's, with the row.

        An owner's and a signature's go to the one opened last.
        """
        field = FIELDS[tag]
        self._take(text, field, self._said_of(field.part) if line is None else line.fields, line)

    def put_note(self, note_id: str, text: str) -> None:
        """Take a footnote under its id."""
        place = f"footnote {note_id or len(self.footnotes) + 1}"
        note: dict[str, Any] = {}
        self._take(text, Field("footnote", place, NOTE), note)
        if not note_id:
            self._say(place, "", "it has no id, so no row can cite it", "row kept")
        elif note_id in self.note_ids:
            self._say(place, "", "two footnotes have this id; both are kept", "row kept")
        self.note_ids.add(note_id)
        self.footnotes.append(Footnote(id=note_id, text=note.get(place, "")))

    def _part(self, node: etree._Element, tag: str, line: Line | None, citing: str) -> None:
        """One element, whatever it is."""
        if tag in FIELDS:
            self._field(node, FIELDS[tag], line)
        elif tag in GROUPS:
            self.visit(node, line, GROUPS[tag] or citing)
        elif tag in ROWS:
            self._row(node, *ROWS[tag])
        elif tag == "footnoteId":
            self._cite(node, line, citing or "security")
        elif tag == "footnote":
            self._footnote(node, line)
        elif tag == "reportingOwner":
            self.owners.append({})
            self.visit(node, line)
        elif tag == "ownerSignature":
            self.signatures.append({})
            self.visit(node, line)
        else:
            self._unknown(node, tag, line)

    def _row(self, node: etree._Element, table: Table, holding: bool) -> None:
        self.visit(node, self.open_row(table, holding=holding))

    def _field(self, node: etree._Element, field: Field, line: Line | None) -> None:
        """A field's value, and the footnotes it cites."""
        part, name, kind = field
        if part == "row" and line is None:
            self._unknown(node, _name(node), line)
            return
        text = node.text
        if len(node):  # mostly a `value`, and nothing else
            first = node[0]
            if text or first.tag != "value" or len(node) > 1 or len(first) or first.tail:
                text = self._content(node, line, name)
            else:
                text = first.text
        if part == "row" and line is not None:
            into = line.fields
        else:
            into, line = self._said_of(part), None
        if not text:
            return
        said = kind.known.get(text)  # most of them are, and as they stand
        if said is None or name in into:
            self._take(text, field, into, line)
            return
        into[name], printed = said
        if line is not None and printed is not None:
            line.printed[name] = printed

    def _said_of(self, part: str) -> dict[str, Any]:
        """What was gathered of a part of the form; of several owners or signatures, of the last."""
        if part == "filing":
            return self.filing
        if part == "issuer":
            return self.issuer
        several = self.owners if part == "owner" else self.signatures
        if not several:
            several.append({})
        return several[-1]

    def _content(self, node: etree._Element, line: Line | None, name: str) -> str:
        """A field's text, of one with elements in it: that of its `value`, else its own."""
        if not any(_name(child) == "value" for child in node):
            return self._words(node, line, name)
        text = None
        for child in node:
            tag = _name(child)
            if tag == "value" and text is None:
                text = self._words(child, line, name)
            else:
                self._part(child, tag, line, name)
            if child.tail:
                self._stray(child.tail, line)
        if node.text:
            self._stray(node.text, line)
        return text or ""

    def _words(self, node: etree._Element, line: Line | None, name: str) -> str:
        """An element's words, those of markup in it included; known elements taken apart."""
        words = node.text or ""
        for child in node:
            tag = _name(child)
            if tag in KNOWN:
                self._part(child, tag, line, name)
            else:
                words += _all_words(child) if tag else child.text or ""
            words += child.tail or ""
        return words

    def _take(
        self, text: str, field: Field, into: dict[str, Any], line: Line | None = None
    ) -> None:
        """Read a field's text and keep its value, or say why it is not kept."""
        bare = text.strip()
        if not bare:
            return
        _, name, kind = field
        said = kind.known.get(bare)
        if said is None:
            if not bare.isprintable():
                bare = self._without_controls(bare, self._place(field), line)
            said = kind.reading(bare)
        if said is None:
            self._say_unread(bare, field, line)
            return
        value, printed = said
        if name not in into:
            into[name] = value
            if line is not None and printed is not None:
                line.printed[name] = printed
        elif into[name] != value:
            why = "the field stands twice; the first is taken"
            self._say(self._place(field), bare[:_SHOWN], why, "row kept", line)

    def _say_unread(self, bare: str, field: Field, line: Line | None) -> None:
        """A text that is no value of its field: what stands there, and why it is not taken."""
        limit = field.kind.limit
        shown = bare if len(bare) <= FIELD_LIMIT else f"{bare[:_SHOWN]}…"
        if line is not None:
            line.printed.setdefault(field.name, shown)
        long = f"longer than {limit:,} characters"
        why = f"it is {long if len(bare) > limit else f'not {field.kind.expected}'}"
        self._say(self._place(field), shown, why, "field unknown", line)

    def _place(self, field: Field) -> str:
        """What a repair calls a field: `shares`, `issuer cik`, `owner 2 name`."""
        part, name, _ = field
        if part == "issuer":
            return f"issuer {name}"
        several = {"owner": self.owners, "signature": self.signatures}.get(part)
        return name if several is None else f"{part} {len(several)} {name}"

    def _without_controls(self, text: str, place: str, line: Line | None) -> str:
        """The text without control characters, which no form has a use for."""
        clean = _CONTROL.sub("", text)
        if clean != text:
            shown = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)[:_SHOWN]
            self._say(place, shown, "control characters left out", "repaired", line)
        return clean.strip()

    def _footnote(self, node: etree._Element, line: Line | None) -> None:
        self.put_note((node.get("id") or "").strip(), self._words(node, line, ""))

    def _cite(self, node: etree._Element, line: Line | None, name: str) -> None:
        note_id = (node.get("id") or "").strip()
        if line is None or not note_id:
            why = (
                "a footnote is cited outside any row" if note_id else "a citation names no footnote"
            )
            self._say("footnoteId", note_id, why, "row kept", line)
            return
        line.cited[name] = (*line.cited.get(name, ()), note_id)

    def _unknown(self, node: etree._Element, tag: str, line: Line | None) -> None:
        """An element without a place here: its words are kept as a repair, its parts taken."""
        if tag == "rptOwnerCcc":
            self._say(tag, "", "the filer's secret access code is not recorded", "set aside")
            return
        words = " ".join(_all_words(node).split()) if tag else node.text or ""
        why = "no such element is known here; its words are kept as they stand"
        self._say(tag or "text", words[:_SHOWN], why, "row kept", line)
        for child in node:
            name = _name(child)
            if name in KNOWN:
                self._part(child, name, line, tag)
            elif len(child):
                self._unknown(child, name, line)

    def _stray(self, text: str, line: Line | None) -> None:
        words = text.strip()
        if words:
            why = "these words stand between the fields, in none of them"
            self._say("text", words[:_SHOWN], why, "row kept", line)

    def _say(
        self, field: str, printed: str, why: str, effect: Effect, line: Line | None = None
    ) -> None:
        self._said += 1
        if self._said > REPAIR_LIMIT:
            what = f"more than {REPAIR_LIMIT:,} things in it are not as the form has them"
            raise self._too_much(what, field)
        told = Repair(field=field, printed=_CONTROL.sub("", printed), effect=effect, why=why)
        (self.repairs if line is None else line.repairs).append(told)

    def _too_much(self, what: str, place: str) -> ReadError:
        remedy = "no ownership form holds so much: check what this file is"
        return ReadError(what, where=f"{self._source}:{place}", remedy=remedy)


def _name(node: etree._Element) -> str:
    """An element's name without its namespace; "" for an undefined entity."""
    tag = node.tag
    if tag.__class__ is not str:
        return ""
    return tag if tag[0] != "{" else tag.rpartition("}")[2]


def _all_words(node: etree._Element) -> str:
    return "".join(str(words) for words in node.itertext())
