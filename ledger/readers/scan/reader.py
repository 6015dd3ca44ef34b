"""Reads scanned text of Forms 3, 4 and 5, as a PDF gives it, by the form's own structure.

A scan is damaged: labels lose letters, columns move, numbers are cut in two. So nothing
is taken from a fixed place. The form's wording says which box is which; the order of its
columns, and what a day, a code and a number may look like, say where a row's pieces
belong; and arithmetic between its figures settles what print leaves open. A field that
can be read in two ways is unknown. Everything that was repaired, inferred or given up
says so in a repair (`Row.repairs`, `Filing.repairs`), never silently.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Filing, Reading, Repair
from ledger.filing import Row as FilingRow
from ledger.footnotes.recognition import statements
from ledger.readers.encodings import decode
from ledger.readers.pieces import Part
from ledger.readers.scan import scattered
from ledger.readers.scan.boxes import (
    AMENDMENT,
    EARLIEST,
    EVENT,
    FISCAL_YEAR,
    GROUP,
    ISSUER,
    OWNER,
    RELATIONSHIP,
)
from ledger.readers.scan.bundles import Bundle, Leaf, bundles_of
from ledger.readers.scan.chart import Legible, Read, legible
from ledger.readers.scan.credence import believed
from ledger.readers.scan.days import covered_by, period_doubt
from ledger.readers.scan.deemed import deemed_doubted
from ledger.readers.scan.doubts import ILLEGIBLE, POOR, doubted, glued
from ledger.readers.scan.fields import Rows, fields_of
from ledger.readers.scan.footer import (
    EXPLANATION,
    SIGNATURE,
    Notes,
    figures_on,
    notes_of,
)
from ledger.readers.scan.header import FormNumber, Header, form_evidence, header_of
from ledger.readers.scan.headings import strokes_read
from ledger.readers.scan.html_tables import has_tables
from ledger.readers.scan.labels import Flow
from ledger.readers.scan.likeliest import likeliest
from ledger.readers.scan.lines import Line, lines_of
from ledger.readers.scan.markup import BREAK
from ledger.readers.scan.parties import Told, parties
from ledger.readers.scan.parts import Parts, parts_of
from ledger.readers.scan.points import pointless
from ledger.readers.scan.prices import commas_doubted, priced
from ledger.readers.scan.resting import resting, stamped, unconfirmed, unlabelled
from ledger.readers.scan.rows import rows_of
from ledger.readers.scan.ruined import ruined
from ledger.readers.scan.separators import separated
from ledger.readers.scan.specked import specked
from ledger.readers.scan.strokes import unstruck
from ledger.readers.scan.suspect import suspected
from ledger.readers.scan.totals import straightened
from ledger.readers.scan.unsure import trusted
from ledger.readers.scan.vouching import vouched
from ledger.types import Effect, Form, normal_accession

VERSION = 27
"""The version of this reader; a higher one reads the same text better."""

LONGEST = 2_000_000
"""Characters beyond which a text is no form: the longest filings run to a tenth of it."""

_WHOLE = 100
"""Of a hundred of the form's own words, how many are right where none was misread."""

_MOST_ABOVE = 3
"""Figures that a line of the boxes above the tables may hold: an address, a day and a number."""

_SIGNS = (
    *(OWNER, ISSUER, RELATIONSHIP, AMENDMENT, GROUP, EARLIEST, FISCAL_YEAR, EVENT),
    *("Table I Non-Derivative Securities", "Table II Derivative Securities"),
    *(EXPLANATION, SIGNATURE),
)
_EMPTY = re.compile(r"(?i)no\s+securities\s+(?:are\s+)?(?:beneficially\s+)?owned")


def _is_form(lines: Sequence[Line]) -> bool:
    """Whether two labels that only these forms print are legible."""
    flow = Flow(lines)
    found = (label for label in _SIGNS if flow.find(label, tolerance=0.25) is not None)
    return next(found, None) is not None and next(found, None) is not None


def read(payload: bytes, *, source: str, accession: str | None = None) -> Reading:
    """Turn the scanned text of one form into a Filing.

    Args:
        payload: The text: tabs, markdown, HTML tables or plain columns.
        source: What to call it in problems, such as a path.
        accession: The filing's accession number, where it is known from elsewhere.

    Returns:
        A Reading whose filing has every row found, in document order, and whose
        problems are the repairs: every field that was not taken at its word, and every
        one left unknown. A number is Decimal and never negative; an unknown is None.

    Raises:
        NotAnOwnershipForm: The text is no Form 3, 4 or 5.
        ReadError: It is one, but which one cannot be told.
    """
    text, told = _decoded(payload, source)
    return _read_lines(
        _sha256(payload), lines_of(text), text, source, accession=accession, told=told
    )


def read_pages(payload: bytes, *, source: str, accession: str | None = None) -> tuple[Part, ...]:
    """Turn scanned text into the filings of its forms; form feeds divide its pages.

    Arguments, results and errors as of `read`, for each form.
    """
    text, told = _decoded(payload, source)
    pages = enumerate([text] if has_tables(text) else text.split("\f"), start=1)
    written = [(number, page) for number, page in pages if page.strip()]
    if len(written) < 2:
        reading = _read_lines(
            _sha256(payload), lines_of(text), text, source, accession=accession, told=told
        )
        return (Part(source, reading),)
    leaves = [Leaf(number, lines) for number, page in written if (lines := lines_of(page))]
    return read_leaves(payload, leaves, source=source, accession=accession, told=told)


def read_leaves(
    payload: bytes,
    leaves: Sequence[Leaf],
    *,
    source: str,
    accession: str | None = None,
    told: tuple[Repair, ...] = (),
    recognised: bool = False,
) -> tuple[Part, ...]:
    """Turn the pages of a document, however they came off their paper, into filings.

    `told` is what is to be said of how they were read, and `recognised` that a program read
    them from pictures. The first form has the hash of the document itself, a further one that
    of this hash and its first page. An accession number from outside names the only form, or the
    only one with rows or a signature.
    Otherwise as `read`, but that of several forms one may fail by itself.
    """
    bundles = bundles_of(leaves)
    found: list[Part] = []
    for bundle in bundles:
        name, sha256, said = source, _sha256(payload), (*told, *_loose(bundle))
        if len(bundles) > 1:
            first = bundle.pages[0].number
            name = f"{source}:page {first}"
            sha256 = _sha256(f"{sha256}:page {first}".encode()) if found else sha256
            why = f"a form of its own, one of {len(bundles)} in the document, from page {first} on"
            said = (_repair("document", "", "inferred", why), *said)
        lines = bundle.lines
        text = "\n".join(line.text for line in lines)
        number = accession if len(bundles) == 1 else None
        try:
            reading = _read_lines(
                sha256, lines, text, name, accession=number, told=said, recognised=recognised
            )
        except ReadError as error:
            if len(bundles) == 1:
                raise
            found.append(Part(name, error))
        else:
            found.append(Part(name, reading))
    return _numbered(found, accession) if accession and len(found) > 1 else tuple(found)


def _numbered(parts: Sequence[Part], accession: str) -> tuple[Part, ...]:
    """The forms of a pile, its accession number with the only one that has rows or a signature.

    A form that could not be read may be the one that is meant; a page that is no form is not.
    """
    likely = [
        number
        for number, (_, found) in enumerate(parts)
        if not isinstance(found, NotAnOwnershipForm)
        and (isinstance(found, ReadError) or found.filing.rows or found.filing.signatures)
    ]
    numbered = list(parts)
    for number in likely if len(likely) == 1 else ():
        source, found = parts[number]
        if isinstance(found, Reading):
            told = {"accession": normal_accession(accession)}
            filing = found.filing.model_copy(update=told)
            numbered[number] = Part(source, found._replace(filing=filing))
    return tuple(numbered)


def _loose(bundle: Bundle) -> Iterator[Repair]:
    """What is said of the pages that belong to no form."""
    for leaf in bundle.loose:
        words = " ".join(line.text for line in leaf.lines)[:80].replace(BREAK, " ")
        why = "it belongs to no form" if words else "no words could be read on it"
        yield _repair(f"page {leaf.number}", words, "set aside", why)


def _sha256(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()


def _decoded(payload: bytes, source: str) -> tuple[str, tuple[Repair, ...]]:
    decoded = decode(payload)
    if len(decoded.text) > LONGEST:
        long = f"more than {LONGEST:,} characters are no scanned form"
        raise NotAnOwnershipForm(long, where=source, remedy="give the text of one form")
    told = (_repair("text", "", "repaired", decoded.assumed),) if decoded.assumed else ()
    return decoded.text, told


def _read_lines(
    sha256: str,
    lines: Sequence[Line],
    text: str,
    source: str,
    *,
    accession: str | None,
    told: tuple[Repair, ...],
    recognised: bool = False,
) -> Reading:
    """Turn the lines of one form into a Filing; `text` is all that is written on it."""
    found, amends = form_evidence(lines)
    if not found or not _is_form(lines):
        raise NotAnOwnershipForm(
            "no labels of a Form 3, 4 or 5 are legible",
            where=source,
            remedy="scan the paper again, or give the whole of its text",
        )
    form, doubts = _form(found, source)
    parts = parts_of(lines)
    repairs: list[Repair] = list(doubts)
    header = header_of(parts.header, parts.owners, form, amends, repairs)
    tables = rows_of(parts.tables, initial=form == "3")
    drawn = recognised or strokes_read(parts.tables)
    rows = fields_of(tables.rows, initial=form == "3", recognised=drawn)
    cited = [mark for row in rows.rows for mark in row.footnotes]
    notes = notes_of(parts.notes, cited)
    repairs += told
    if (late := stamped(header, notes, repairs)) is not None:
        header, repairs = header._replace(period=None), late
    found_rows, named, page = _misread(rows, header, notes, parts, form)
    repairs = [*unlabelled(repairs, header, found_rows, lines, page), *named.repairs]
    if not recognised and scattered.is_scattered(parts.tables):
        found_rows = tuple(scattered.unsettled(found_rows))
        issuer, doubt = scattered.named(named.issuer, named.owners)
        named = named._replace(issuer=issuer)
        repairs += [_repair("text", "", "inferred", scattered.REMEDY), *doubt]
    why = "it holds figures, but is no row of a table"
    repairs += [_repair("row", text, "set aside", why) for text in rows.left]
    why = "it holds figures and stands above the tables, in none of the form's boxes"
    repairs += [
        _repair("row", line.text, "set aside", why)
        for line in parts.header
        if figures_on(line) > _MOST_ABOVE
    ]
    why = "words between the rows of a table that belong to none of them"
    repairs += [_repair("row", text, "set aside", why) for text in tables.left]
    filing = Filing(
        sha256=sha256,
        format="scanned",
        reader_version=VERSION,
        accession=_accession(text, accession),
        form=_named(form, header),
        period=header.period,
        original_on=header.original_on,
        issuer=named.issuer,
        owners=named.owners,
        no_securities_owned=True if form == "3" and not rows.rows and _EMPTY.search(text) else None,
        not_subject_to_section16=header.not_subject_to_section16,
        form3_holdings_reported=header.form3_holdings_reported,
        form4_transactions_reported=header.form4_transactions_reported,
        plan_10b5_1=header.plan_10b5_1,
        footnotes=notes.footnotes,
        remarks=notes.remarks,
        signatures=named.signatures,
        repairs=(*repairs, *notes.repairs),
        rows=found_rows,
        statements=statements(notes.footnotes, notes.remarks),
    )
    return Reading.of(filing, source=source)


def _misread(
    rows: Rows, header: Header, notes: Notes, parts: Parts, form: FormNumber
) -> tuple[tuple[FilingRow, ...], Told, Legible]:
    """Rows, names and signatures with what a misread page leaves open said of them, and how it was read."""
    named = Told(header.issuer, header.owners, notes.signatures, ())
    page = legible([*parts.header, *parts.tables])
    if not rows.worn and page.percent >= _WHOLE:
        return tuple(commas_doubted(rows.rows)), named, page
    below = [*parts.tables, *parts.notes]
    found = believed(deemed_doubted(rows.rows), below)
    days = [row.effective_on for row in found if row.effective_on]
    named = parties(*named[:3], [*parts.header, *below], days, header.period)
    if not rows.worn:
        found = glued(found)
    else:
        # Cells that were cut along their lines are read from several pictures each, which agree.
        apart = sum(line.drawn for line in parts.tables) >= len(found)
        covered = covered_by(form, header.period, _signed(notes))
        quality = Read(POOR) if apart else Read(page.percent, page.misread, page.strewn)
        found = tuple(straightened(priced(separated(unstruck(found, parts.tables)))))
        found = doubted(found, covered, quality)
        found = tuple(suspected(tuple(specked(found, quality, parts.tables)), covered, quality))
        if page.percent >= ILLEGIBLE:
            found = tuple(trusted(found if page.fair else pointless(found), well=page.well))
        found = tuple(likeliest(tuple(ruined(found)), covered))
    found = tuple(resting(vouched(found, below, worn=rows.worn)))
    if why := period_doubt(header.period, found if form == "4" else (), signed=_signed(notes)):
        doubt = _repair("period", f"{header.period}", "doubtful", why)
        named = named._replace(repairs=(*named.repairs, doubt))
    if rows.worn and page.percent < POOR:
        why = f"only {page.percent} % of the form's own words were read right; scan it anew"
        poor = _repair("text", "", "inferred", why)
        named = named._replace(repairs=(*named.repairs, poor))
    doubt_name = rows.worn and not page.fair
    once = unconfirmed(named.issuer, [*parts.header, *below], named.owners) if doubt_name else ()
    told = {repair.field for repair in named.repairs}
    once = tuple(repair for repair in once if repair.field not in told)
    named = named._replace(repairs=(*named.repairs, *once))
    return found, named, page


def _signed(notes: Notes) -> date | None:
    """The last day on which the form was signed, where one is legible."""
    return max((one.signed_on for one in notes.signatures if one.signed_on), default=None)


def _repair(field: str, printed: str, effect: Effect, why: str) -> Repair:
    return Repair(field=field, printed=printed, effect=effect, why=why)


def _accession(text: str, given: str | None) -> str | None:
    if given is not None:
        return normal_accession(given)
    return normal_accession(text, bare=False)


def _named(form: FormNumber, header: Header) -> Form:
    return f"{form}/A" if header.amends else form  # type: ignore[return-value]


def _form(found: Counter[FormNumber], source: str) -> tuple[FormNumber, tuple[Repair, ...]]:
    """Which form it is, by everything its wording says; a tie is an error, not a guess."""
    (form, weight), *others = found.most_common()
    second, other_weight = others[0] if others else (form, 0)
    if other_weight == weight:
        said = " and ".join(sorted({f"Form {form}", f"Form {second}"}))
        raise ReadError(
            f"its wording says {said} alike",
            where=f"{source}:form",
            remedy="write the form's title, such as FORM 4, above the text",
        )
    if weight < 3:
        why = f"only part of a title says that it is Form {form}"
        return form, (_repair("form", "", "inferred", why),)
    if other_weight >= 3:
        why = f"more of its wording says Form {form} than Form {second}"
        return form, (_repair("form", "", "inferred", why),)
    return form, ()
