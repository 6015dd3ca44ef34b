"""Reads the SEC's HTML renderings of Forms 3, 4 and 5: what its own address has under `xslF345X…`.

A rendering is the XML through a stylesheet, and gives its rows, notes, parties and days back.
What the stylesheet does not show is unknown here: the schema version, what relates the second
owner and those after to the issuer, boxes answered with no, the form type of a line unless it
was reported early. Sources: the renderings of 2003 to 2026 themselves, and the "EDGAR Ownership
XML Technical Specification", appendices B to D, for what is printed where.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from lxml import etree

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Reading, Repair
from ledger.problems import Problem
from ledger.readers.encodings import decode
from ledger.readers.ownership_xml.assembly import assembled
from ledger.readers.ownership_xml.elements import FIELDS
from ledger.readers.ownership_xml.gathering import Gathering, Line
from ledger.readers.ownership_xml.mandatory import lacking
from ledger.readers.rendered.boxes import days_and_checks, parties
from ledger.readers.rendered.cells import Cell, Page
from ledger.readers.rendered.columns import AMOUNTS, CODING, WORDS, as_xml, field_of
from ledger.readers.rendered.headings import NEEDED, Layout, layout_of
from ledger.readers.rendered.notes import form_of, notes_and_remarks, signatures, signed
from ledger.readers.rendered.pairing import paired
from ledger.types import normal_accession

VERSION = 2
"""Raised whenever the same bytes would give another Filing."""

TAG_LIMIT = 400_000
"""Tags of one page: ten times what the largest form of the corpus could need."""

DEEPEST = 8
"""Tables within tables. The SEC's pages have three."""

_AGAIN = "fetch the page again, or the XML, which has the same address without the xsl folder"
_SAVED = re.compile(
    r"(?i)<!--\s{0,9}saved from url=(\S{1,300})|"
    r"<(?:base|link)\s[^<>]{0,99}\bhref=[\"']([^\"'<>]{1,300})[\"']"
)
_HEAD = 65_536
"""Characters in which a page says where it was saved from."""

_ORDER = (
    *("securityTitle", "conversionOrExercisePrice", "transactionDate", "deemedExecutionDate"),
    *("transactionCode", "voluntary", "amount", "acquired", "disposed"),
    *("transactionPricePerShare", "side", "exerciseDate", "expirationDate"),
    *("underlyingSecurityTitle", "underlying", "after"),
    *("directOrIndirectOwnership", "natureOfOwnership"),
)
"""The columns as the XML has their elements."""

_MOVING = ("transactionDate", "amount", "acquired", "disposed", "side", "transactionPricePerShare")


def read(payload: bytes, *, source: str, accession: str | None = None) -> Reading:
    """Turn one rendered page into a Filing.

    Args:
        payload: The page, in any usual encoding, as served or as a browser saved it.
        source: What to call it in problems, such as a path.
        accession: The filing's accession number where it is known. The page itself does not
            print it; one that a browser saved says where it was saved from.

    Returns:
        A Reading, with exact quantities, plain days, and the ids that the notes have in XML.

    Raises:
        NotAnOwnershipForm: The page shows no Form 3, 4 or 5.
        ReadError: It is cut short, or too deep for any page of a form.
    """
    text, assumed = decode(payload)
    root = _tree(text, source)
    page = Page(root)
    layouts = [found for table in root.iter("table") if (found := layout_of(table))]
    form = form_of(page)
    if form is None or not layouts:
        what = "an HTML page without the tables of a Form 3, 4 or 5"
        raise NotAnOwnershipForm(what, where=source, remedy=_AGAIN)
    if not signed(page):
        what = "cut short: nothing stands where the form is signed"
        raise ReadError(what, where=source, remedy=_AGAIN)
    gathering = Gathering(source)
    if assumed:
        told = Repair(field="document", printed="", effect="repaired", why=assumed)
        gathering.repairs.append(told)
    days_and_checks(gathering, page)
    if gathering.filing.get("original_on") and not form.endswith("/A"):
        form += "/A"
    gathering.put("documentType", form)
    parties(gathering, page)
    for layout in layouts:
        _table(gathering, layout)
    notes_and_remarks(gathering, page)
    signatures(gathering, page)
    filing = assembled(
        gathering,
        {
            "sha256": hashlib.sha256(payload).hexdigest(),
            "format": "html",
            "reader_version": VERSION,
            "accession": normal_accession(accession) if accession else _saved_from(text),
        },
        source=source,
    )
    open_fields = {f"{row.ref} {told.field}" for row in filing.rows for told in row.repairs}
    lost = (one for one in lacking(filing, source) if one.place not in open_fields)
    return Reading.of(filing, source=source, extra=tuple(filter(_shown, lost)))


def _saved_from(text: str) -> str | None:
    """The accession number in the address from which a browser saved the page."""
    folders = (
        folder
        for found in _SAVED.finditer(text, 0, _HEAD)
        for folder in (found[1] or found[2]).split("/edgar/data/", 1)[-1].split("/")[1:]
    )
    return next(filter(None, map(normal_accession, folders)), None)


def _shown(problem: Problem) -> bool:
    """Whether something is missing that a rendering shows, so that its absence tells of damage."""
    if problem.place.endswith(("form_type", "equity_swap")):
        return False
    joint = problem.place.startswith("owner ") and problem.place != "owner 1"
    return not (joint and "relationship" in problem.problem)


def _tree(text: str, source: str) -> etree._Element:
    if text.count("<") > TAG_LIMIT:
        what = f"beyond the limits: over {TAG_LIMIT:,} tags"
        raise ReadError(what, where=source, remedy=_AGAIN)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise NotAnOwnershipForm("an empty HTML page", where=source, remedy=_AGAIN)
    deep = any("depth" in entry.message.lower() for entry in parser.error_log)
    if deep or root.xpath(f"boolean(//table[count(ancestor::table) > {DEEPEST}])"):
        raise ReadError("beyond the limits: too deep", where=source, remedy=_AGAIN)
    return root


def _table(gathering: Gathering, layout: Layout) -> None:
    """Take every row of a table; a column that is missing or unknown is said."""
    for name in NEEDED:
        if name not in layout.columns:
            _say(gathering, f"table {layout.table}", f"its column of {field_of(name)} is missing")
    for cells in layout.rows:
        said, unknown = paired(layout.columns, cells)
        kept = {name: _bare(name, cell) for name, cell in said.items()}
        line = gathering.open_row(layout.table, holding=_holding(kept, unknown))
        for name in _ORDER:
            if name in kept:
                _cell(gathering, line, name, kept[name])
        _misfits(line, layout.columns, cells, unknown)


_NOTHING = Cell("")


def _bare(name: str, cell: Cell) -> Cell:
    return cell if name in WORDS else cell.unmarked()


def _holding(kept: Mapping[str, Cell], unknown: Collection[str]) -> bool:
    """Whether a row only states a holding: it has no day, code, amount or price.

    One that does not show where these stand is taken for a movement of unknown size.
    """
    if "transactionDate" in unknown:
        return False
    moving = any(kept.get(name, _NOTHING).text for name in _MOVING)
    code = kept.get("transactionCode", _NOTHING).text
    return not moving and not any(letter.isalpha() for letter in code)


def _misfits(
    line: Line, columns: Collection[str], cells: Sequence[Cell], unknown: Collection[str]
) -> None:
    """Say which fields a row does not show, and repeat its words that have no column."""
    width = f"it has {len(cells)} cells under {len(columns)} columns"
    known = [name for name in unknown if not name.startswith("[")]
    for field in dict.fromkeys(map(field_of, known)):
        why = f"the row does not show which of its cells is of this column: {width}"
        line.repairs.append(Repair(field=field, printed="", effect="field unknown", why=why))
    pairs = zip_longest(columns, cells, fillvalue=None)
    strange = [
        cell.text
        for name, cell in pairs
        if cell and cell.text and (name is None or name.startswith("[") or name in unknown)
    ]
    if strange or len(cells) != len(columns):
        printed = "; ".join(strange)[:200]
        told = Repair(field="row", printed=printed, effect="row kept", why=width)
        line.repairs.append(told)


def _say(gathering: Gathering, field: str, why: str) -> None:
    gathering.repairs.append(Repair(field=field, printed="", effect="field unknown", why=why))


def _cell(gathering: Gathering, line: Line, name: str, cell: Cell) -> None:
    """Take what one cell says, and the notes that it cites."""
    text = cell.text
    if name == "transactionCode":
        _coding(gathering, line, cell)
    elif name == "voluntary":
        if text.upper() == "V":
            gathering.put("transactionFormType", "5", line)
            gathering.put("transactionTimeliness", "E", line)
        else:
            gathering.put("transactionTimeliness", text, line)
        _cite(line, "timeliness", cell)
    elif name == "side":
        gathering.put("transactionAcquiredDisposedCode", text, line)
        _cite(line, "direction", cell)
    elif name in AMOUNTS:
        tag = AMOUNTS[name][text.startswith("$")]
        if text and name in _SIDES:
            gathering.put("transactionAcquiredDisposedCode", _SIDES[name], line)
        gathering.put(tag, as_xml(tag, text), line)
        _cite(line, FIELDS[tag][1], cell)
    else:
        gathering.put(name, as_xml(name, text), line)
        _cite(line, FIELDS[name][1], cell)


_SIDES: Mapping[str, str] = {"acquired": "A", "disposed": "D"}


def _coding(gathering: Gathering, line: Line, cell: Cell) -> None:
    """A transaction's code, with what may stand beside it: a form type, K for a swap, V for early."""
    found = CODING.fullmatch(" ".join(cell.text.split()))
    if found is None or (cell.text and not found[0].strip()):
        gathering.put("transactionCode", cell.text, line)
    else:
        before, code, swap, early, after = found.groups()
        gathering.put("transactionCode", code or swap or early or "", line)
        if code and swap:
            gathering.put("equitySwapInvolved", "1", line)
        if code and early:
            gathering.put("transactionTimeliness", "E", line)
        form = before or after or ("5" if code and early else "")
        gathering.put("transactionFormType", form, line)
    _cite(line, "code", cell)


def _cite(line: Line, field: str, cell: Cell) -> None:
    if cell.notes:
        line.cited[field] = (*line.cited.get(field, ()), *cell.notes)
