"""Reads a quarter of the SEC's Insider Transactions Data Sets: filings out of eight tables.

Each filing is put together from its lines of every table, as if its XML had said them, with
what the set does not have left unknown: the schema version, foreign symbols, addresses
abroad, the time of acceptance. The set tells neither the order of a filing's lines over two
of its tables nor which boxes were answered with no; lines stand as its keys number them,
transactions before holdings, and a box is ticked or unknown. Amounts come rounded to cents
and hundredths of a share.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import LACKING, Reading, Repair
from ledger.problems import Problem
from ledger.readers.datasets import amounts, natures
from ledger.readers.datasets.cells import as_xml, day, iso
from ledger.readers.datasets.columns import (
    CITING,
    NOTES,
    OWNERS,
    RELATIONSHIPS,
    SHEETS,
    SIGNATURES,
    SUBMISSION,
    Sheet,
)
from ledger.readers.datasets.sheets import Entry, Opener, SheetReader
from ledger.readers.ownership_xml.assembly import assembled
from ledger.readers.ownership_xml.elements import FIELDS
from ledger.readers.ownership_xml.gathering import Gathering, Line

VERSION = 5
"""Raised whenever the same lines would give another Filing."""

_UNLISTED = "lines of a filing that SUBMISSION does not have"
_FILED = "FILING_DATE"
_AGAIN = "fetch the set again, all eight tables"


class SheetCount(NamedTuple):
    """What became of the lines of one table: `rows` is `recorded` and `set_aside` together."""

    source: str
    table: str
    rows: int
    recorded: int
    set_aside: int


class DataSet:
    """One quarter's set: `readings` gives its filings, after which `counts` tells of its lines."""

    def __init__(self, tables: Mapping[str, Opener], source: str) -> None:
        """Prepare to read.

        Args:
            tables: How to open each table that is there, by its name without `.tsv`.
            source: What to call the set in problems.

        Raises:
            NotAnOwnershipForm: The table SUBMISSION is not among them.
        """
        if SUBMISSION not in tables:
            what = "a data set without its table SUBMISSION"
            raise NotAnOwnershipForm(what, where=source, remedy=_AGAIN)
        self._source = source
        self._lacking = ""
        self._missing = tuple(name for name in SHEETS if name not in tables)
        self._sheets = {
            name: SheetReader(sheet, tables[name], source)
            for name, sheet in SHEETS.items()
            if name in tables
        }

    def counts(self) -> tuple[SheetCount, ...]:
        """The lines of each table, and what became of them."""
        return tuple(
            SheetCount(self._source, name, of.rows, of.rows - of.set_aside, of.set_aside)
            for name, of in self._sheets.items()
        )

    def readings(self) -> Iterator[Reading | Problem]:
        """Every filing in stream order, and what is wrong with the set as a whole.

        Raises:
            ReadError: A table cannot be opened or is none.
        """
        for name in self._missing:
            what = "this table is missing; what it says of the filings is unknown"
            yield Problem(source=self._source, place=name, problem=what, effect="field unknown")
        entries = {name: _Queue(sheet.entries()) for name, sheet in self._sheets.items()}
        columns = (f"{name}.{c}" for name, of in self._sheets.items() for c in of.lacking)
        self._lacking = ", ".join((*self._missing, *columns))
        top = entries[SUBMISSION]
        while stream := top.stream:
            filed, *again = top.take(stream)
            for entry in again:
                self._leave(SUBMISSION, [entry], "a second line for one filing")
            parts: dict[str, list[Entry]] = {}
            for name, queue in entries.items():
                if name == SUBMISSION:
                    continue
                while queue.stream and queue.stream < stream:
                    self._leave(name, queue.take(queue.stream), _UNLISTED)
                parts[name] = self._once(name, queue.take(stream), 1 + len(again))
            try:
                yield self._reading(filed, parts)
            except ReadError as error:
                yield Problem.set_aside(
                    f"{self._source}:{filed.accession}",
                    error.what,
                    remedy=error.remedy,
                    place=error.where.rpartition(":")[2],
                )
                for name, lost in (parts | {SUBMISSION: [filed]}).items():
                    self._sheets[name].set_aside += len(lost)
        for name, queue in entries.items():
            while queue.stream:
                self._leave(name, queue.take(queue.stream), _UNLISTED)
        for sheet in self._sheets.values():
            yield from sheet.finish()

    def _once(self, name: str, entries: list[Entry], copies: int) -> list[Entry]:
        """The lines without those that repeat another one, as in a set that was joined twice.

        Signatures have no key, and one agent may sign for two: of these, each line counts once
        for as many `copies` as there are of the filing.
        """
        if len(entries) < 2:
            return entries
        key = SHEETS[name].key
        met: Counter[tuple[str, ...]] = Counter()
        kept: list[Entry] = []
        for entry in entries:
            cells = tuple(entry.cells.values())
            keyed = bool(key and entry.cells.get(key))
            if met[cells] % copies == 0 and not (keyed and met[cells]):
                kept.append(entry)
            else:
                self._leave(name, [entry], "a line that repeats another")
            met[cells] += 1
        return kept

    def _leave(self, name: str, entries: list[Entry], why: str) -> None:
        for entry in entries:
            self._sheets[name].leave(entry.line, why, _AGAIN)

    def _reading(self, filed: Entry, parts: Mapping[str, list[Entry]]) -> Reading:
        """One filing, from its lines of every table."""
        source = f"{self._source}:{filed.accession}"
        gathering = Gathering(source)
        gathering.notes_at_hand = NOTES not in self._missing
        _put(gathering, SHEETS[SUBMISSION], filed)
        if "form" not in gathering.filing:
            said = filed.cells.get("DOCUMENT_TYPE", "")
            raise NotAnOwnershipForm(
                f"its document type is {said[:40] or 'not given'!r}",
                where=f"{source}:DOCUMENT_TYPE",
                remedy="only Forms 3, 4 and 5 and their amendments are read",
            )
        for entry in parts.get(OWNERS, ()):
            _owner(gathering, entry)
        for name, sheet in SHEETS.items():
            if sheet.row and (own := parts.get(name)):
                for entry, told in _put_right(sorted(own, key=_numbered(sheet))):
                    _row(gathering, sheet, entry).repairs.extend(told)
        for entry in sorted(parts.get(NOTES, ()), key=_note_number):
            gathering.put_note(
                entry.cells.get("FOOTNOTE_ID", ""), entry.cells.get("FOOTNOTE_TXT", "")
            )
        for entry in parts.get(SIGNATURES, ()):
            gathering.signatures.append({})
            gathering.put("signatureName", entry.cells.get("OWNERSIGNATURENAME", ""))
            gathering.put("signatureDate", iso(entry.cells.get("OWNERSIGNATUREDATE", "")))
        if self._lacking:
            why = "the data set came without these; what they say of it is unknown"
            gathering.repairs.append(
                Repair(field=LACKING, printed=self._lacking, effect="field unknown", why=why)
            )
        said = filed.cells.get(_FILED, "").strip()
        if said and day(said) is None:
            why = "it is no calendar day; when the filing became public is unknown"
            gathering.repairs.append(
                Repair(field="filed_on", printed=said[:40], effect="field unknown", why=why)
            )
        whole = assembled(gathering, self._around(filed, parts), source=source)
        return Reading(
            whole, tuple(p for p in Reading.of(whole, source=source).problems if self._new(p))
        )

    def _around(self, filed: Entry, parts: Mapping[str, list[Entry]]) -> dict[str, object]:
        """What the set says around the form, and where the filing was read from."""
        digest = hashlib.sha256()
        for name, entries in {SUBMISSION: [filed], **parts}.items():
            for entry in entries:
                line = "\t".join((name, *(f"{k}={v}" for k, v in entry.cells.items() if v)))
                digest.update(line.encode() + b"\n")
        return {
            "sha256": digest.hexdigest(),
            "format": "data-set",
            "reader_version": VERSION,
            "accession": filed.stream.rpartition("/")[2],
            "filed_on": day(filed.cells.get(_FILED, "")),
        }

    def _new(self, problem: Problem) -> bool:
        """Whether a filing's problem is its own, and not one of the whole set, told before."""
        if problem.place == LACKING:
            return False
        return OWNERS not in self._missing or not problem.place.startswith("owner ")


class _Queue:
    """A sorted run of entries, looked at one ahead."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries
        self._next = next(entries, None)

    @property
    def stream(self) -> str:
        """The stream of the next entry; "" at the end."""
        return self._next.stream if self._next else ""

    def take(self, stream: str) -> list[Entry]:
        """The entries of this stream, if they come next."""
        taken: list[Entry] = []
        while self._next and self._next.stream == stream:
            taken.append(self._next)
            self._next = next(self._entries, None)
        return taken


def _owner(gathering: Gathering, entry: Entry) -> None:
    gathering.owners.append({})
    _put(gathering, SHEETS[OWNERS], entry)
    for word in entry.cells.get("RPTOWNER_RELATIONSHIP", "").split(","):
        if box := RELATIONSHIPS.get("".join(word.lower().split())):
            gathering.put(box, "1")
        elif word.strip():
            why = "no such relationship is known here"
            field = f"owner {len(gathering.owners)} relationship"
            gathering.repairs.append(
                Repair(field=field, printed=word.strip()[:200], effect="row kept", why=why)
            )


def _put_right(entries: Sequence[Entry]) -> Iterator[tuple[Entry, tuple[Repair, ...]]]:
    """A filing's lines of one table, each with what is its own, and what was repaired of it."""
    own = natures.put_right(entries)
    again = amounts.put_right([entry for entry, _ in own])
    for (_, told), (entry, more) in zip(own, again, strict=True):
        yield entry, (*told, *more)


def _row(gathering: Gathering, sheet: Sheet, entry: Entry) -> Line:
    assert sheet.row is not None
    table, holding = sheet.row
    line = gathering.open_row(table, holding=holding)
    _put(gathering, sheet, entry, line)
    for column, notes in entry.cells.items():
        if column.endswith("_FN") and notes:
            _cite(line, sheet, column.removesuffix("_FN"), notes)
    return line


def _cite(line: Line, sheet: Sheet, column: str, notes: str) -> None:
    element = sheet.columns.get(column)
    field = CITING.get(column) or (FIELDS[element][1] if element else "")
    if field:
        ids = tuple(note.strip() for note in notes.split(",") if note.strip())
        line.cited[field] = (*line.cited.get(field, ()), *ids)


def _put(gathering: Gathering, sheet: Sheet, entry: Entry, line: Line | None = None) -> None:
    """Every cell of a line under the element it stands for."""
    for column, text in entry.cells.items():
        if text and (tag := sheet.columns.get(column)):
            gathering.put(tag, as_xml(tag, text), line)


def _numbered(sheet: Sheet) -> Callable[[Entry], tuple[int, int]]:
    def number(entry: Entry) -> tuple[int, int]:
        said = entry.cells.get(sheet.key, "").strip()
        return (int(said) if said.isdecimal() and len(said) < 20 else 0), entry.line

    return number


def _note_number(entry: Entry) -> tuple[int, int]:
    digits = entry.cells.get("FOOTNOTE_ID", "").strip().upper().removeprefix("F")
    return (int(digits) if digits.isdecimal() and len(digits) < 6 else 0), entry.line
