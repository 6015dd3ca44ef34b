"""Builds small filings as EDGAR has them, from only what matters to a test.

`ownership_xml` writes the XML of a form, `submission_text` wraps it as EDGAR disseminates
it. A value may be text, or None to leave the element out; `cites` names the footnotes
of a field by the row's own field name: `transaction(cites={"price": ("F1",)})`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

_COLUMNS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", (("security", "securityTitle"), ("exercise_price", "conversionOrExercisePrice"))),
    ("", (("on", "transactionDate"), ("deemed_on", "deemedExecutionDate"))),
    ("transactionCoding", ()),
    ("", (("timeliness", "transactionTimeliness"),)),
    (
        "transactionAmounts",
        (
            ("shares", "transactionShares"),
            ("value", "transactionTotalValue"),
            ("price", "transactionPricePerShare"),
            ("direction", "transactionAcquiredDisposedCode"),
        ),
    ),
    ("", (("exercisable_on", "exerciseDate"), ("expires_on", "expirationDate"))),
    (
        "underlyingSecurity",
        (
            ("underlying", "underlyingSecurityTitle"),
            ("underlying_shares", "underlyingSecurityShares"),
            ("underlying_value", "underlyingSecurityValue"),
        ),
    ),
    (
        "postTransactionAmounts",
        (
            ("after", "sharesOwnedFollowingTransaction"),
            ("value_after", "valueOwnedFollowingTransaction"),
        ),
    ),
    (
        "ownershipNature",
        (("ownership", "directOrIndirectOwnership"), ("nature", "natureOfOwnership")),
    ),
)
_FIELD_OF = {
    "on": "effective_on",
    "deemed_on": "deemed_execution_on",
    "after": "shares_after",
}
"""What the builder's shorter words are called in a row."""

PURCHASE: dict[str, Any] = {
    "security": "Common Stock",
    "on": "2024-05-06",
    "form_type": "4",
    "code": "P",
    "swap": "0",
    "shares": "100",
    "price": "12.5",
    "direction": "A",
    "after": "1100",
    "ownership": "D",
}
"""An ordinary line: 100 shares bought, 1,100 owned directly afterwards."""


def transaction(table: str = "I", **changed: Any) -> str:
    """The XML of a transaction: a plain purchase, apart from what is said."""
    return _row("Transaction", table, PURCHASE | changed)


def holding(table: str = "I", **changed: Any) -> str:
    """The XML of a holding: 1,100 shares owned directly, apart from what is said."""
    said = {"security": "Common Stock", "after": "1100", "ownership": "D"}
    return _row("Holding", table, said | changed)


def owner(cik: str | None = "0001000001", name: str | None = "DOE JANE", **said: str | None) -> str:
    """The XML of a reporting owner: a director, apart from the elements named in `said`."""
    relationship = {"isDirector": "1"} | {k: v for k, v in said.items() if k in _RELATIONSHIPS}
    address = {k: v for k, v in said.items() if k.startswith("rptOwner")}
    return (
        "<reportingOwner>"
        f"<reportingOwnerId>{_leaf('rptOwnerCik', cik)}{_leaf('rptOwnerName', name)}"
        "</reportingOwnerId>"
        f"<reportingOwnerAddress>{_leaves(address)}</reportingOwnerAddress>"
        f"<reportingOwnerRelationship>{_leaves(relationship)}</reportingOwnerRelationship>"
        "</reportingOwner>"
    )


_RELATIONSHIPS = (
    *("isDirector", "isOfficer", "isTenPercentOwner", "isOther", "officerTitle", "otherText"),
)


def ownership_xml(
    rows: Sequence[str] = (),
    *,
    form: str | None = "4",
    period: str | None = "2024-05-06",
    issuer: Mapping[str, str | None] | None = None,
    owners: Sequence[str] | None = None,
    footnotes: Mapping[str, str] | None = None,
    remarks: str | None = None,
    signatures: Sequence[tuple[str, str]] = (("/s/ Jane Doe", "2024-05-07"),),
    boxes: Mapping[str, str] | None = None,
    declaration: str = '<?xml version="1.0"?>\n',
    encoding: str = "utf-8",
) -> bytes:
    """The XML of a whole form; `boxes` are further elements of the document itself."""
    company = {
        "issuerCik": "0002000001",
        "issuerName": "ACME CORP",
        "issuerTradingSymbol": "ACME",
    } | dict(issuer or {})
    first = [row for row in rows if row.startswith("<nonDerivative")]
    second = [row for row in rows if row.startswith("<derivative")]
    notes = "".join(
        f'<footnote id="{note}">{escape(text)}</footnote>'
        for note, text in (footnotes or {}).items()
    )
    signed = "".join(
        f"<ownerSignature>{_leaf('signatureName', name)}{_leaf('signatureDate', day)}"
        "</ownerSignature>"
        for name, day in signatures
    )
    text = (
        f"{declaration}<ownershipDocument>"
        f"{_leaf('schemaVersion', 'X0508')}{_leaf('documentType', form)}"
        f"{_leaf('periodOfReport', period)}{_leaves(boxes or {})}"
        f"<issuer>{_leaves(company)}</issuer>{''.join([owner()] if owners is None else owners)}"
        f"<nonDerivativeTable>{''.join(first)}</nonDerivativeTable>"
        f"<derivativeTable>{''.join(second)}</derivativeTable>"
        f"<footnotes>{notes}</footnotes>{_leaf('remarks', remarks)}{signed}"
        "</ownershipDocument>"
    )
    return text.encode(encoding)


def submission_text(
    document: bytes,
    *,
    style: str = "labels",
    form: str = "4",
    accession: str = "0001000001-24-000007",
    accepted: str | None = "20240507163005",
    filed: str = "20240507",
    period: str = "20240506",
    issuer: tuple[str, str] = ("0002000001", "ACME CORP"),
    owners: Sequence[tuple[str, str]] = (("0001000001", "DOE JANE"),),
    former: Sequence[str] = (),
    year_end: str = "1231",
    exhibits: Sequence[tuple[str, bytes]] = (),
    xml: bool = True,
) -> bytes:
    """A submission around a document. `style` is `labels`, `tags`, or `feed` (one line)."""
    write = _labelled if style == "labels" else _tagged
    top = write(
        form,
        accession,
        accepted=accepted,
        filed=filed,
        period=period,
        issuer=issuer,
        owners=owners,
        former=former,
        year_end=year_end,
    )
    body = b"<XML>\n" + document + b"\n</XML>" if xml else document
    parts = b"".join(
        f"<DOCUMENT>\n<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>part{number}\n<TEXT>\n".encode()
        + content
        + b"\n</TEXT>\n</DOCUMENT>\n"
        for number, (kind, content) in enumerate([(form, body), *exhibits], start=1)
    )
    if style == "feed":
        return b"<SUBMISSION>" + (top.encode() + parts).replace(b"\n", b"") + b"</SUBMISSION>"
    name = f"{accession}.txt : {filed}"
    opening = (
        f"<SEC-DOCUMENT>{name}\n<SEC-HEADER>{accession}.hdr.sgml : {filed}\n{top}</SEC-HEADER>\n"
    )
    return opening.encode() + parts + b"</SEC-DOCUMENT>\n"


def _row(sort: str, table: str, said: Mapping[str, Any]) -> str:
    cites = said.get("cites", {})
    parts = []
    for group, columns in _COLUMNS:
        inner = _coding(said, cites) if group == "transactionCoding" else ""
        for key, element in columns:
            inner += _wrapped(element, said.get(key), cites.get(_FIELD_OF.get(key, key), ()))
        parts.append(f"<{group}>{inner}</{group}>" if group and inner else inner)
    element = f"{'nonDerivative' if table == 'I' else 'derivative'}{sort}"
    return f"<{element}>{''.join(parts)}{said.get('more', '')}</{element}>"


def _coding(said: Mapping[str, Any], cites: Mapping[str, Sequence[str]]) -> str:
    names = {
        "transactionFormType": "form_type",
        "transactionCode": "code",
        "equitySwapInvolved": "swap",
    }
    leaves = _leaves({element: said.get(key) for element, key in names.items()})
    return leaves + _citations(cites.get("code", ()))


def _wrapped(element: str, value: str | None, cited: Sequence[str]) -> str:
    if value is None and not cited:
        return ""
    inner = "" if value is None else f"<value>{escape(value)}</value>"
    return f"<{element}>{inner}{_citations(cited)}</{element}>"


def _citations(cited: Sequence[str]) -> str:
    return "".join(f'<footnoteId id="{note}"/>' for note in cited)


def _leaf(element: str, text: str | None) -> str:
    return "" if text is None else f"<{element}>{escape(text)}</{element}>"


def _leaves(said: Mapping[str, str | None]) -> str:
    return "".join(_leaf(element, text) for element, text in said.items())


def _labelled(
    form: str,
    accession: str,
    accepted: str | None,
    filed: str,
    period: str,
    issuer: tuple[str, str],
    owners: Sequence[tuple[str, str]],
    former: Sequence[str],
    year_end: str,
) -> str:
    lines = [f"<ACCEPTANCE-DATETIME>{accepted}"] if accepted else []
    lines += [f"ACCESSION NUMBER:\t\t{accession}", f"CONFORMED SUBMISSION TYPE:\t{form}"]
    lines += [f"CONFORMED PERIOD OF REPORT:\t{period}", f"FILED AS OF DATE:\t\t{filed}"]
    for cik, name in owners:
        lines += ["", "REPORTING-OWNER:\t", "", "\tOWNER DATA:\t"]
        lines += [f"\t\tCOMPANY CONFORMED NAME:\t\t{name}", f"\t\tCENTRAL INDEX KEY:\t\t{cik}"]
        lines += ["", "\tFILING VALUES:", f"\t\tFORM TYPE:\t\t{form}", "\t\tSEC ACT:\t\t1934 Act"]
    lines += ["", "ISSUER:\t\t", "", "\tCOMPANY DATA:\t"]
    lines += [f"\t\tCOMPANY CONFORMED NAME:\t\t{issuer[1]}"]
    lines += [f"\t\tCENTRAL INDEX KEY:\t\t{issuer[0]}", f"\t\tFISCAL YEAR END:\t\t{year_end}"]
    for name in former:
        lines += ["", "\tFORMER COMPANY:\t", f"\t\tFORMER CONFORMED NAME:\t{name}"]
        lines += ["\t\tDATE OF NAME CHANGE:\t20010203"]
    return "\n".join(lines) + "\n"


def _tagged(
    form: str,
    accession: str,
    accepted: str | None,
    filed: str,
    period: str,
    issuer: tuple[str, str],
    owners: Sequence[tuple[str, str]],
    former: Sequence[str],
    year_end: str,
) -> str:
    lines = [f"<ACCESSION-NUMBER>{accession}", f"<TYPE>{form}", f"<PERIOD>{period}"]
    lines += [f"<FILING-DATE>{filed}"]
    lines += [f"<ACCEPTANCE-DATETIME>{accepted}"] if accepted else []
    for cik, name in owners:
        lines += ["<REPORTING-OWNER>", "<OWNER-DATA>", f"<CONFORMED-NAME>{name}", f"<CIK>{cik}"]
        lines += ["</OWNER-DATA>", "</REPORTING-OWNER>"]
    lines += ["<ISSUER>", "<COMPANY-DATA>", f"<CONFORMED-NAME>{issuer[1]}", f"<CIK>{issuer[0]}"]
    lines += [f"<FISCAL-YEAR-END>{year_end}", "</COMPANY-DATA>"]
    for name in former:
        lines += ["<FORMER-COMPANY>", f"<FORMER-CONFORMED-NAME>{name}"]
        lines += ["<DATE-CHANGED>20010203", "</FORMER-COMPANY>"]
    return "\n".join([*lines, "</ISSUER>"]) + "\n"
