"""Reads ownershipDocument XML: Forms 3, 4 and 5 as filed on EDGAR since 2003.

Bytes become a safe tree (`trees`), one walk takes it apart (`gathering`) by the names the
SEC gives its elements (`elements`), and a Filing comes out. Nothing is looked up, guessed
or rounded here, and whatever was not taken at its word is a Repair that says so.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator

from lxml import etree

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Reading, Repair
from ledger.readers.ownership_xml.assembly import assembled
from ledger.readers.ownership_xml.elements import FORMS, ROWS
from ledger.readers.ownership_xml.gathering import Gathering
from ledger.readers.ownership_xml.mandatory import lacking
from ledger.readers.ownership_xml.trees import Tree, grow
from ledger.types import Form, normal_accession

VERSION = 3
"""Raised whenever the same bytes would give another Filing."""

_ROW_TAG = re.compile(rf"<(/?)(?:[\w.-]+:)?(?:{'|'.join(ROWS)})[\s/>]")
_NO_MARKUP = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.DOTALL)


def read(
    payload: bytes, *, source: str, accession: str | None = None, form: Form | None = None
) -> Reading:
    """Turn one ownership document into a Filing.

    No row is ever left out: a field that cannot be read is None, its text is kept in
    the row's `printed`, and a Repair says what was wrong with it. A document that is
    not well-formed is read as far as it goes, with `recovered` set.

    Args:
        payload: The XML itself, in any usual encoding; also a filer's `edgarSubmission`
            with the document inside, plain or in base64.
        source: What to call it in problems, such as a path.
        accession: The filing's accession number where it is known; XML never says it.
        form: The form, for the case that the document itself does not say.

    Returns:
        A Reading. `Filing.sha256` is of the ownership document's bytes as given (of the
        decoded document where it came in base64). Quantities are exact, days are plain
        calendar days as printed, a blank value is None.

    Raises:
        NotAnOwnershipForm: No ownershipDocument in it, or one of another form.
        ReadError: Too large, cut short, or carrying a document type.

    Source:
        EDGAR Ownership XML Technical Specification, version 5.5.
    """
    tree = grow(payload, source=source)
    documents = [tree.root] if tree.root.tag == "ownershipDocument" else _within(tree.root)
    if not documents:
        inner = _enclosed(tree.root, source)
        return read(inner, source=source, accession=accession, form=form)
    gathering = Gathering(source)
    gathering.repairs.extend(tree.repairs)
    gathering.visit(documents[0])
    gathering.repairs.extend(_damage(gathering, tree, len(documents)))
    if "form" not in gathering.filing:
        printed = (documents[0].findtext("{*}documentType") or "").strip()
        if form is None or printed:
            raise NotAnOwnershipForm(
                f"its document type is {printed[:40] or 'not given'!r}",
                where=f"{source}:documentType",
                remedy="only Forms 3, 4 and 5 and their amendments are read",
            )
    filing = assembled(
        gathering,
        {
            "sha256": hashlib.sha256(payload).hexdigest(),
            "format": "ownership-xml",
            "reader_version": VERSION,
            "accession": normal_accession(accession) if accession else None,
            "form": gathering.filing.get("form", form),
            "recovered": tree.recovered,
        },
        source=source,
    )
    return Reading.of(filing, source=source, extra=tuple(lacking(filing, source)))


def _within(root: etree._Element) -> list[etree._Element]:
    """The ownership documents under another root, such as `<XML>` or one with a namespace."""
    return list(root.iter("{*}ownershipDocument"))


def _enclosed(root: etree._Element, source: str) -> bytes:
    """The ownership document that a filer's own submission carries in base64."""
    for enclosed in root.iter("{*}edgarDocument"):
        if (enclosed.findtext("{*}documentType") or "").strip() in FORMS:
            block = "".join((enclosed.findtext("{*}documentMimeBlock") or "").split())
            try:
                return base64.b64decode(block, validate=True)
            except (binascii.Error, ValueError) as error:
                raise ReadError(
                    f"its base64 is damaged: {error}",
                    where=f"{source}:documentMimeBlock",
                    remedy="give the XML of the form itself",
                ) from error
    raise NotAnOwnershipForm(
        f"the XML is a <{etree.QName(root).localname}>, with no ownershipDocument in it",
        where=source,
        remedy="give the XML of a Form 3, 4 or 5",
    )


def _damage(gathering: Gathering, tree: Tree, documents: int) -> Iterator[Repair]:
    """Rows that damage took out of sight, and documents beyond the first."""
    if tree.recovered:
        ends = _ROW_TAG.findall(_NO_MARKUP.sub("", tree.text))
        marked = max(ends.count(""), ends.count("/"))
        if marked != len(gathering.lines):
            why = f"{marked} rows are marked in the text, {len(gathering.lines)} were read"
            yield Repair(field="rows", printed="", effect="field unknown", why=why)
    if documents > 1:
        why = f"{documents} ownership documents in one; only the first is read"
        yield Repair(field="document", printed="", effect="set aside", why=why)
