"""Filings as bytes that can be rewritten: ownership XML, alone or within a submission."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from ledger.errors import ReadError
from ledger.filing import Filing
from ledger.ingestion.documents import documents
from ledger.readers import read

_DOCUMENT = re.compile(rb"<ownershipDocument.*</ownershipDocument>", re.DOTALL)
_ROWS = {
    "I": ("nonDerivativeTransaction", "nonDerivativeHolding"),
    "II": ("derivativeTransaction", "derivativeHolding"),
}
PATHS = {
    "security": "securityTitle/value",
    "exercise_price": "conversionOrExercisePrice/value",
    "effective_on": "transactionDate/value",
    "code": "transactionCoding/transactionCode",
    "shares": "transactionAmounts/transactionShares/value",
    "price": "transactionAmounts/transactionPricePerShare/value",
    "direction": "transactionAmounts/transactionAcquiredDisposedCode/value",
    "underlying_shares": "underlyingSecurity/underlyingSecurityShares/value",
    "shares_after": "postTransactionAmounts/sharesOwnedFollowingTransaction/value",
    "ownership": "ownershipNature/directOrIndirectOwnership/value",
    "nature": "ownershipNature/natureOfOwnership/value",
}
"""Where a row's fields stand in it."""


class Sheet:
    """One ownership document's tree, with its fields by their names."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def row(self, ref: str) -> etree._Element:
        """The row of a reference such as `I.3`."""
        table, _, line = ref.partition(".")
        return list(self.root.iter(*_ROWS[table]))[int(line) - 1]

    def put(self, ref: str, **fields: object) -> None:
        """Print other values in a row's fields; a field that has no place there is an error."""
        for name, value in fields.items():
            node = self.row(ref).find(PATHS[name])
            if node is None:
                node = self._made(self.row(ref), name)
            node.text = str(value)

    def _made(self, row: etree._Element, name: str) -> etree._Element:
        parent = row
        for tag in PATHS[name].split("/"):
            found = parent.find(tag)
            parent = etree.SubElement(parent, tag) if found is None else found
        return parent

    def text(self, tag: str, value: str | None) -> None:
        """Print another value in every element of a tag; None empties them."""
        for node in self.root.iter(tag):
            node.text = value

    def note(self, ref: str, field: str, text: str) -> None:
        """Cite one more footnote, with this text, at a row's field."""
        notes = self.root.find("footnotes")
        if notes is None:
            notes = etree.Element("footnotes")
            before = next(self.root.iter("remarks", "ownerSignature"))
            before.addprevious(notes)
        name = f"F{len(notes) + 1}"
        etree.SubElement(notes, "footnote", id=name).text = text
        node = self.row(ref).find(PATHS[field])
        parent = node.getparent() if node is not None else None
        assert parent is not None
        etree.SubElement(parent, "footnoteId", id=name)

    def repeat(self, ref: str) -> None:
        """Print a row a second time, right after itself."""
        row = self.row(ref)
        row.addnext(etree.fromstring(etree.tostring(row)))

    def strike(self, ref: str) -> None:
        """Leave a row out."""
        row = self.row(ref)
        parent = row.getparent()
        assert parent is not None
        parent.remove(row)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with the filing it reads as."""

    name: str
    accession: str | None
    payload: bytes
    filing: Filing

    @classmethod
    def of(cls, payload: bytes, name: str, accession: str | None) -> Paper:
        """Read a document. Raises ReadError where it is no ownership form."""
        filing = read(payload, source=name, accession=accession).filing
        return cls(name, accession, payload, filing)

    @property
    def rewritable(self) -> bool:
        """Whether the document holds ownership XML that was read without recovering."""
        return _DOCUMENT.search(self.payload) is not None and not self.filing.recovered

    def sheet(self) -> Sheet:
        """The document's tree, to look at."""
        found = _DOCUMENT.search(self.payload)
        assert found is not None
        return Sheet(etree.fromstring(found[0]))

    def rewritten(self, edit: Callable[[Sheet], object], *, accession: str = "") -> Paper:
        """The same filing with its ownership document edited, or also filed under another name."""
        found = _DOCUMENT.search(self.payload)
        assert found is not None
        sheet = Sheet(etree.fromstring(found[0]))
        edit(sheet)
        head, tail = self.payload[: found.start()], self.payload[found.end() :]
        if accession and self.filing.accession:
            head = head.replace(self.filing.accession.encode(), accession.encode())
        payload = head + etree.tostring(sheet.root) + tail
        return Paper.of(payload, self.name, accession or self.accession)

    def filed(self, on: date) -> Paper:
        """The same filing, signed, accepted and filed on another day."""
        day = f"{on:%Y%m%d}".encode()
        head = re.sub(rb"(<ACCEPTANCE-DATETIME>\s*)\d{8}", rb"\g<1>" + day, self.payload)
        head = re.sub(rb"((?:FILED AS OF DATE:|<FILING-DATE>)\s*)\d{8}", rb"\g<1>" + day, head)
        paper = Paper.of(head, self.name, self.accession)
        return paper.rewritten(lambda sheet: sheet.text("signatureDate", on.isoformat()))

    @property
    def day(self) -> date | None:
        """The day it was filed, or signed where that is all there is to know."""
        signed = [s.signed_on for s in self.filing.signatures if s.signed_on]
        return self.filing.filed_on or (max(signed) if signed else None)


def read_papers(*folders: Path) -> list[Paper]:
    """Every ownership form under some folders that says its accession number, once each."""
    found: dict[str, Paper] = {}
    for document in documents(folders):
        try:
            paper = Paper.of(document.payload, document.name, document.accession)
        except ReadError:
            continue
        if paper.filing.accession:
            found.setdefault(paper.filing.accession, paper)
    return list(found.values())


def by_issuer(papers: Iterable[Paper]) -> list[list[Paper]]:
    """Papers of one issuer together, issuers in order of their CIK."""
    issuers: dict[str, list[Paper]] = {}
    for paper in papers:
        issuers.setdefault(paper.filing.issuer.cik or paper.filing.issuer.name or "", []).append(
            paper
        )
    return [issuers[key] for key in sorted(issuers)]
