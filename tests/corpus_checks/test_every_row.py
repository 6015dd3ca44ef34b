"""Every row of every real ownership document is one event, equal to a second reading.

The second reading is written here with plain ElementTree paths and regular expressions.
It shares no code with the readers, so a mistake would have to be made twice.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from ledger.errors import LedgerError
from ledger.ingestion.documents import documents
from ledger.readers import read
from ledger.recording import events_of
from tests.corpus import CORPUS, needs_corpus

FOLDERS = ("ownership_xml", "submissions", "schema")

TOPICS = {
    "A": "grant",
    "C": "conversion",
    "D": "disposition-to-issuer",
    "E": "short-expiration",
    "F": "withholding",
    "G": "gift",
    "H": "expiration",
    "I": "plan-reallocation",
    "J": "other",
    "K": "equity-swap",
    "L": "small-acquisition",
    "M": "exercise",
    "O": "out-of-the-money-exercise",
    "P": "purchase",
    "S": "sale",
    "U": "tender",
    "V": "voluntary-report",
    "W": "inheritance",
    "X": "in-the-money-exercise",
    "Z": "voting-trust",
}

TEXT, DAY, NUMBER, FLAG, SIDE, HELD = "text", "day", "number", "flag", "side", "held"

ROW_PATHS = {
    "security": ("securityTitle", TEXT),
    "effective_on": ("transactionDate", DAY),
    "deemed_execution_on": ("deemedExecutionDate", DAY),
    "form_type": ("transactionCoding/transactionFormType", TEXT),
    "code": ("transactionCoding/transactionCode", TEXT),
    "equity_swap": ("transactionCoding/equitySwapInvolved", FLAG),
    "timeliness": ("transactionTimeliness", TEXT),
    "shares": ("transactionAmounts/transactionShares", NUMBER),
    "value": ("transactionAmounts/transactionTotalValue", NUMBER),
    "price": ("transactionAmounts/transactionPricePerShare", NUMBER),
    "direction": ("transactionAmounts/transactionAcquiredDisposedCode", SIDE),
    "shares_after": ("postTransactionAmounts/sharesOwnedFollowingTransaction", NUMBER),
    "value_after": ("postTransactionAmounts/valueOwnedFollowingTransaction", NUMBER),
    "ownership": ("ownershipNature/directOrIndirectOwnership", HELD),
    "nature": ("ownershipNature/natureOfOwnership", TEXT),
    "exercise_price": ("conversionOrExercisePrice", NUMBER),
    "exercisable_on": ("exerciseDate", DAY),
    "expires_on": ("expirationDate", DAY),
    "underlying": ("underlyingSecurity/underlyingSecurityTitle", TEXT),
    "underlying_shares": ("underlyingSecurity/underlyingSecurityShares", NUMBER),
    "underlying_value": ("underlyingSecurity/underlyingSecurityValue", NUMBER),
}

FILING_PATHS = {
    "schema_version": ("schemaVersion", TEXT),
    "form": ("documentType", TEXT),
    "period": ("periodOfReport", DAY),
    "original_on": ("dateOfOriginalSubmission", DAY),
    "no_securities_owned": ("noSecuritiesOwned", FLAG),
    "not_subject_to_section16": ("notSubjectToSection16", FLAG),
    "form3_holdings_reported": ("form3HoldingsReported", FLAG),
    "form4_transactions_reported": ("form4TransactionsReported", FLAG),
    "plan_10b5_1": ("aff10b5One", FLAG),
    "remarks": ("remarks", TEXT),
}

ISSUER_PATHS = {
    "cik": "issuerCik",
    "name": "issuerName",
    "symbol": "issuerTradingSymbol",
    "foreign_symbol": "issuerForeignTradingSymbol",
}

OWNER_PATHS = {
    "cik": ("reportingOwnerId/rptOwnerCik", TEXT),
    "name": ("reportingOwnerId/rptOwnerName", TEXT),
    "street1": ("reportingOwnerAddress/rptOwnerStreet1", TEXT),
    "street2": ("reportingOwnerAddress/rptOwnerStreet2", TEXT),
    "city": ("reportingOwnerAddress/rptOwnerCity", TEXT),
    "state": ("reportingOwnerAddress/rptOwnerState", TEXT),
    "zip_code": ("reportingOwnerAddress/rptOwnerZipCode", TEXT),
    "state_description": ("reportingOwnerAddress/rptOwnerStateDescription", TEXT),
    "good_address": ("reportingOwnerAddress/rptOwnerGoodAddress", FLAG),
    "non_us_address": ("reportingOwnerAddress/rptOwnerNonUSAddressFlag", FLAG),
    "non_us_state": ("reportingOwnerAddress/rptOwnerNonUSStateTerritory", TEXT),
    "country": ("reportingOwnerAddress/rptOwnerCountry", TEXT),
    "director": ("reportingOwnerRelationship/isDirector", FLAG),
    "officer": ("reportingOwnerRelationship/isOfficer", FLAG),
    "ten_percent_owner": ("reportingOwnerRelationship/isTenPercentOwner", FLAG),
    "other": ("reportingOwnerRelationship/isOther", FLAG),
    "officer_title": ("reportingOwnerRelationship/officerTitle", TEXT),
    "other_text": ("reportingOwnerRelationship/otherText", TEXT),
}

ROW_NAMES = "nonDerivativeTransaction|nonDerivativeHolding|derivativeTransaction|derivativeHolding"


def value(node, kind):
    """The value of an element, read the second way."""
    text = (node.text or "").strip() if node is not None else ""
    if not text:
        return None
    if kind == DAY:
        return date(int(text[:4]), int(text[5:7]), int(text[8:10])) if is_day(text) else None
    if kind == NUMBER:
        return Decimal(text.replace(",", "")) if is_number(text) else None
    meanings = {
        FLAG: {"1": True, "true": True, "0": False, "false": False},
        SIDE: {"A": "acquired", "D": "disposed"},
        HELD: {"D": "direct", "I": "indirect"},
    }
    return meanings[kind].get(text) if kind in meanings else text


def is_day(text):
    plausible = re.match(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text)
    return plausible is not None


def is_number(text):
    return text.isascii() and text.replace(",", "").replace(".", "", 1).isdigit()


def inner(node, path):
    """The element that holds a field's value: its `value`, or itself where it is bare."""
    wrapped = node.find(f"{path}/value")
    return node.find(path) if wrapped is None else wrapped


def row(node, table, line):
    """A row as a plain dictionary of every field the reader gives."""
    said = {name: value(inner(node, path), kind) for name, (path, kind) in ROW_PATHS.items()}
    said |= {"table": table, "line": line, "holding": node.tag.endswith("Holding")}
    said["nature"] = said["nature"] or ""
    cited, printed = {}, {}
    for name, (path, kind) in ROW_PATHS.items():
        notes = tuple(n.get("id") for n in node.findall(f"{path}/footnoteId"))
        if notes:
            cited[name] = notes
        text = (getattr(inner(node, path), "text", None) or "").strip()
        read_as = value(inner(node, path), kind)
        if kind == NUMBER and read_as is not None:
            other = f"{read_as.normalize():f}" != text
        else:
            other = text and (read_as is None or (kind == DAY and read_as.isoformat() != text))
        if other:
            printed[name] = text
    coding = tuple(n.get("id") for n in node.findall("transactionCoding/footnoteId"))
    if coding:
        cited["code"] = coding
    return said | {"cited": cited, "printed": printed}


def rows(root):
    """Every row in document order, counted by table."""
    found = []
    for table, path in (("I", "nonDerivativeTable"), ("II", "derivativeTable")):
        nodes = [node for parent in root.findall(path) for node in parent]
        found += [row(node, table, line) for line, node in enumerate(nodes, start=1)]
    return found


def people(root, path, fields):
    return [
        {name: value(node.find(where), kind) for name, (where, kind) in fields.items()}
        for node in root.findall(path)
    ]


def ten_digits(text):
    return text.rjust(10, "0") if text else None


def whole(root):
    """Everything but the rows."""
    said = {name: value(root.find(path), kind) for name, (path, kind) in FILING_PATHS.items()}
    issuer = {name: value(root.find(f"issuer/{path}"), TEXT) for name, path in ISSUER_PATHS.items()}
    owners = people(root, "reportingOwner", OWNER_PATHS)
    for party in (issuer, *owners):
        party["cik"] = ten_digits(party["cik"])
    signed = people(
        root,
        "ownerSignature",
        {"name": ("signatureName", TEXT), "signed_on": ("signatureDate", DAY)},
    )
    notes = [(n.get("id"), (n.text or "").strip()) for n in root.findall("footnotes/footnote")]
    return said, issuer, owners, signed, notes


def enclosed(payload):
    """The bytes of the ownership document itself, out of whatever surrounds it."""
    block = re.search(rb"<documentMimeBlock>([^<]*)</documentMimeBlock>", payload)
    if block:
        payload = b64decode(block[1])
    found = re.search(rb"<ownershipDocument>.*</ownershipDocument>", payload, re.DOTALL)
    return found[0] if found else None


def said_by_header(payload):
    """What a submission's header says, by its own patterns, or None for XML alone."""
    top = payload.split(b"<DOCUMENT>")[0].decode("latin-1")
    number = re.search(r"ACCESSION[ -]NUMBER[:>]\s*(\d{10}-\d{2}-\d{6})", top)
    if number is None:
        return None
    accepted = re.search(r"<ACCEPTANCE-DATETIME>(\d{14})", top)
    filed = re.search(r"(?:FILED AS OF DATE:|<FILING-DATE>)\s*(\d{8})", top)
    issuer = re.split(r"ISSUER:|<ISSUER>|SUBJECT COMPANY:", top)[-1]
    year_end = re.search(r"FISCAL[ -]YEAR[ -]END[:>]\s*(\d{4})", issuer)
    moment = None
    if accepted:
        clock = datetime.strptime(accepted[1], "%Y%m%d%H%M%S")  # noqa: DTZ007
        moment = clock.replace(tzinfo=ZoneInfo("America/New_York"))
    return {
        "accession": number[1],
        "accepted_at": moment,
        "filed_on": date.fromisoformat(filed[1]),
        "year_end": year_end[1] if year_end else None,
        "former": re.findall(r"FORMER[ -]CONFORMED[ -]NAME[:>]\s*([^<\n]*?)\s*[<\n]", issuer),
    }


def compare_rows(filing, expected):
    """Each row's event, field by field, with the second reading."""
    events = events_of(filing)
    assert len(events) == 1 + len(expected) + len(filing.statements)
    for event, said in zip(events[1:], expected, strict=False):
        for name, wanted in said.items():
            assert getattr(event, name) == wanted, (filing.id, said["table"], said["line"], name)
        topic = "holding" if said["holding"] else TOPICS.get(said["code"], "uncoded")
        assert topic == event.TOPIC
    return len(events)


def compare_whole(filing, root):
    said, issuer, owners, signed, notes = whole(root)
    inferred = {repair.field for repair in filing.repairs if repair.effect == "inferred"}
    for name, wanted in said.items():
        assert getattr(filing, name) == wanted or name in inferred, (filing.id, name)
    for name, wanted in issuer.items():
        read_as = getattr(filing.issuer, name)
        assert read_as == wanted or f"issuer {name}" in inferred, (filing.id, name)
    assert len(filing.owners) == len(owners)
    for number, (owner, wanted) in enumerate(zip(filing.owners, owners, strict=True), start=1):
        for name in wanted:
            filled = f"owner {number} {name}" in inferred
            assert getattr(owner, name) == wanted[name] or filled, (filing.id, name)
    assert [(s.name, s.signed_on) for s in filing.signatures] == [
        (s["name"], s["signed_on"]) for s in signed
    ]
    assert [(n.id, n.text) for n in filing.footnotes] == notes


def compare_header(filing, said):
    assert filing.format == "submission"
    for name in ("accession", "accepted_at", "filed_on"):
        assert getattr(filing, name) == said[name], filing.id
    assert filing.issuer.fiscal_year_end == said["year_end"]
    assert list(filing.issuer.former_names) == list(dict.fromkeys(said["former"]))


def second_reading(content):
    """The tree, or None and the rows alone where the document is not well-formed."""
    try:
        root = ET.fromstring(content)
    except ET.ParseError:
        cut = re.findall(rb"<(" + ROW_NAMES.encode() + rb")>(.*?)</\1>", content, re.DOTALL)
        tables = {"I": [], "II": []}
        for name, body in cut:
            table = "I" if name.startswith(b"non") else "II"
            node = ET.fromstring(b"<%s>%s</%s>" % (name, body, name))
            tables[table].append(row(node, table, len(tables[table]) + 1))
        return None, [*tables["I"], *tables["II"]]
    return root, rows(root)


def check(document, counts):
    """Compare one document's reading with the second; the reason where there is none."""
    payload = document.payload
    content = enclosed(payload)
    try:
        filing = read(payload, source=document.name, accession=document.accession).filing
    except LedgerError as error:
        return content, str(error).replace(f"{CORPUS}/", "")
    if content is None:
        counts["forms in plain text"] += 1
        return None, None
    root, expected = second_reading(content)
    assert len(filing.rows) == len(expected), document.name
    counts["ownership documents"] += 1
    counts["rows"] += len(filing.rows)
    counts["row and filing events"] += compare_rows(filing, expected) - len(filing.statements)
    counts["read in recovery"] += filing.recovered
    assert filing.recovered == (root is None)
    if root is not None:
        compare_whole(filing, root)
    header = said_by_header(payload)
    if header is not None:
        compare_header(filing, header)
        counts["submission headers"] += 1
    return content, None


@needs_corpus
def test_every_row_of_every_document_is_one_event_and_a_second_reading_agrees(capsys):
    counts = Counter()
    reasons = []
    for document in documents([CORPUS / folder for folder in FOLDERS]):
        if document.payload.startswith(b"%PDF"):  # the manual of the schemas: paper, no form
            continue
        counts["documents"] += 1
        content, reason = check(document, counts)
        if reason is not None:
            assert content is None, f"an ownership document was set aside: {reason}"
            reasons.append(reason)

    report = [", ".join(f"{count:,} {what}" for what, count in counts.items())]
    report += [f"set aside: {reason}" for reason in reasons]
    with capsys.disabled():
        print("", *report, sep="\n")
    assert counts["rows"] > 0
    assert counts["row and filing events"] == counts["rows"] + counts["ownership documents"]


def test_the_second_reading_reads_for_itself():
    node = ET.fromstring(
        "<nonDerivativeTransaction><securityTitle><value>Stock</value></securityTitle>"
        "<transactionAmounts><transactionShares><value>10.50</value><footnoteId id='F1'/>"
        "</transactionShares></transactionAmounts></nonDerivativeTransaction>"
    )
    said = row(node, "I", 1)

    assert (said["security"], said["shares"]) == ("Stock", Decimal("10.5"))
    assert (said["cited"], said["printed"]) == ({"shares": ("F1",)}, {"shares": "10.50"})
    assert said["holding"] is False


def test_the_second_reading_finds_a_header():
    text = "0001000001-24-000007"
    said = said_by_header(
        f"<ACCEPTANCE-DATETIME>20240102030405\nACCESSION NUMBER:\t\t{text}\n"
        "FILED AS OF DATE:\t\t20240102\nISSUER:\n\tFISCAL YEAR END:\t\t1231\n".encode()
    )

    assert said is not None
    assert (said["accession"], said["year_end"], said["former"]) == (text, "1231", [])
