"""Writes a filing as bytes: ownership XML, the whole submission text, or scanned text.

Element names and their order follow the EDGAR Ownership XML Technical Specification.
Whatever `ledger.filing.Filing` holds is written, so that reading it again gives the same
filing; only hash, format and reader version are the document's own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from ledger.filing import Filing, Owner, Row
from ledger.types import EASTERN, plain
from tests.scans.renderer import LEVELS, render

_LEAF = "                "


def as_xml(filing: Filing) -> bytes:
    """The ownership document, in UTF-8."""
    parts = [
        '<?xml version="1.0"?>\n<ownershipDocument>\n',
        _plain("schemaVersion", filing.schema_version),
        _plain("documentType", filing.form),
        _plain("periodOfReport", filing.period),
        _plain("dateOfOriginalSubmission", filing.original_on),
        _plain("noSecuritiesOwned", _flag(filing.no_securities_owned)),
        _plain("notSubjectToSection16", _flag(filing.not_subject_to_section16)),
        _plain("form3HoldingsReported", _flag(filing.form3_holdings_reported)),
        _plain("form4TransactionsReported", _flag(filing.form4_transactions_reported)),
        "    <issuer>\n",
        _plain("    issuerCik", filing.issuer.cik),
        _plain("    issuerName", filing.issuer.name),
        _plain("    issuerTradingSymbol", filing.issuer.symbol),
        _plain("    issuerForeignTradingSymbol", filing.issuer.foreign_symbol),
        "    </issuer>\n",
        *(_owner(owner) for owner in filing.owners),
        _plain("aff10b5One", _flag(filing.plan_10b5_1)),
        _table("nonDerivative", [row for row in filing.rows if row.table == "I"]),
        _table("derivative", [row for row in filing.rows if row.table == "II"]),
        _footnotes(filing),
        _plain("remarks", filing.remarks),
    ]
    for signature in filing.signatures:
        parts += [
            "    <ownerSignature>\n",
            _plain("    signatureName", signature.name),
            _plain("    signatureDate", signature.signed_on),
            "    </ownerSignature>\n",
        ]
    return ("".join(parts) + "</ownershipDocument>\n").encode()


def as_submission(filing: Filing) -> bytes:
    """The full submission text: header with acceptance time, then the XML document.

    Raises:
        ValueError: The filing has no accession number, acceptance time or filing date.
    """
    if not (filing.accession and filing.accepted_at and filing.filed_on):
        raise ValueError("a submission needs an accession number and its acceptance")
    filed = f"{filing.filed_on:%Y%m%d}"
    accepted = f"{filing.accepted_at.astimezone(EASTERN):%Y%m%d%H%M%S}"
    period = f"{filing.period:%Y%m%d}" if filing.period else ""
    head = (
        f"<SEC-DOCUMENT>{filing.accession}.txt : {filed}\n"
        f"<SEC-HEADER>{filing.accession}.hdr.sgml : {filed}\n"
        f"<ACCEPTANCE-DATETIME>{accepted}\n"
        f"ACCESSION NUMBER:\t\t{filing.accession}\n"
        f"CONFORMED SUBMISSION TYPE:\t{filing.form}\n"
        "PUBLIC DOCUMENT COUNT:\t\t1\n"
        f"CONFORMED PERIOD OF REPORT:\t{period}\n"
        f"FILED AS OF DATE:\t\t{filed}\n"
        f"DATE AS OF CHANGE:\t\t{filed}\n"
    )
    body = as_xml(filing).decode()
    number = filing.form.partition("/")[0]
    return (
        f"{head}{''.join(_header_owner(owner, filing.form) for owner in filing.owners)}"
        f"{_header_issuer(filing)}</SEC-HEADER>\n<DOCUMENT>\n<TYPE>{filing.form}\n<SEQUENCE>1\n"
        f"<FILENAME>doc{number}.xml\n<DESCRIPTION>FORM {filing.form} SUBMISSION\n<TEXT>\n<XML>\n"
        f"{body}</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n"
    ).encode()


def as_scan(filing: Filing, *, seed: int, layout: str = "tabs", level: str = "clean") -> bytes:
    """The filing as scanned text, in one of the renderer's layouts and levels of damage."""
    return render(filing, layout=layout, noise=LEVELS[level], seed=seed).encode()


def _header_owner(owner: Owner, form: str) -> str:
    return (
        "\nREPORTING-OWNER:\t\n\n\tOWNER DATA:\t\n"
        f"\t\tCOMPANY CONFORMED NAME:\t\t\t{owner.name}\n"
        f"\t\tCENTRAL INDEX KEY:\t\t\t{owner.cik}\n"
        "\n\tFILING VALUES:\n"
        f"\t\tFORM TYPE:\t\t{form}\n\t\tSEC ACT:\t\t1934 Act\n"
        "\n\tMAIL ADDRESS:\t\n"
        f"\t\tSTREET 1:\t\t{owner.street1}\n\t\tCITY:\t\t\t{owner.city}\n"
        f"\t\tSTATE:\t\t\t{owner.state}\n\t\tZIP:\t\t\t{owner.zip_code}\n"
    )


def _header_issuer(filing: Filing) -> str:
    issuer = filing.issuer
    former = "".join(
        f"\n\tFORMER COMPANY:\t\n\t\tFORMER CONFORMED NAME:\t{name}\n"
        f"\t\tDATE OF NAME CHANGE:\t{filing.filed_on:%Y%m%d}\n"
        for name in issuer.former_names
    )
    return (
        "\nISSUER:\t\t\n\n\tCOMPANY DATA:\t\n"
        f"\t\tCOMPANY CONFORMED NAME:\t\t\t{issuer.name}\n"
        f"\t\tCENTRAL INDEX KEY:\t\t\t{issuer.cik}\n"
        f"\t\tFISCAL YEAR END:\t\t\t{issuer.fiscal_year_end}\n{former}"
    )


def _owner(owner: Owner) -> str:
    flags = (
        ("isDirector", owner.director),
        ("isOfficer", owner.officer),
        ("isTenPercentOwner", owner.ten_percent_owner),
        ("isOther", owner.other),
    )
    return "".join(
        (
            "    <reportingOwner>\n        <reportingOwnerId>\n",
            _plain("        rptOwnerCik", owner.cik),
            _plain("        rptOwnerName", owner.name),
            "        </reportingOwnerId>\n        <reportingOwnerAddress>\n",
            _plain("        rptOwnerStreet1", owner.street1),
            _plain("        rptOwnerStreet2", owner.street2),
            _plain("        rptOwnerCity", owner.city),
            _plain("        rptOwnerState", owner.state),
            _plain("        rptOwnerZipCode", owner.zip_code),
            _plain("        rptOwnerStateDescription", owner.state_description),
            _plain("        rptOwnerGoodAddress", _flag(owner.good_address)),
            "        </reportingOwnerAddress>\n        <reportingOwnerRelationship>\n",
            *(_plain(f"        {name}", _flag(value)) for name, value in flags),
            _plain("        officerTitle", owner.officer_title),
            _plain("        otherText", owner.other_text),
            "        </reportingOwnerRelationship>\n    </reportingOwner>\n",
        )
    )


def _table(prefix: str, rows: list[Row]) -> str:
    if not rows:
        return ""
    body = "".join(_row(prefix, row) for row in rows)
    return f"    <{prefix}Table>\n{body}    </{prefix}Table>\n"


def _row(prefix: str, row: Row) -> str:
    name = f"{prefix}{'Holding' if row.holding else 'Transaction'}"
    parts = [f"        <{name}>\n", _leaf("securityTitle", row.security, row, "security")]
    if row.table == "II":
        parts.append(_leaf("conversionOrExercisePrice", row.exercise_price, row, "exercise_price"))
    if not row.holding:
        parts += _movement(row)
    elif row.form_type:
        parts.append(
            "            <transactionCoding>\n"
            f"{_plain('            transactionFormType', row.form_type)}"
            "            </transactionCoding>\n"
        )
    if row.table == "II":
        parts += _terms(row)
    after = (
        _leaf("valueOwnedFollowingTransaction", row.value_after, row, "value_after")
        if row.value_after is not None
        else _leaf("sharesOwnedFollowingTransaction", row.shares_after, row, "shares_after")
        if row.shares_after is not None
        else ""
    )
    if after:
        parts += ["            <postTransactionAmounts>\n", after]
        parts.append("            </postTransactionAmounts>\n")
    form = {"direct": "D", "indirect": "I"}.get(row.ownership or "")
    parts += [
        "            <ownershipNature>\n",
        _leaf("directOrIndirectOwnership", form, row, "ownership"),
        _leaf("natureOfOwnership", row.nature, row, "nature") if row.nature else "",
        f"            </ownershipNature>\n        </{name}>\n",
    ]
    return "".join(parts)


def _movement(row: Row) -> list[str]:
    letter = {"acquired": "A", "disposed": "D"}.get(row.direction or "")
    coding = "".join(_note(note) for note in row.cited.get("code", ()))
    timeliness = (
        _leaf("transactionTimeliness", row.timeliness, row, "timeliness") if row.timeliness else ""
    )
    amount = (
        _leaf("transactionTotalValue", row.value, row, "value")
        if row.value is not None
        else _leaf("transactionShares", row.shares, row, "shares")
    )
    deemed = (
        _leaf("deemedExecutionDate", row.deemed_execution_on, row, "deemed_execution_on")
        if row.deemed_execution_on or "deemed_execution_on" in row.cited
        else ""
    )
    return [
        _leaf("transactionDate", row.effective_on, row, "effective_on"),
        deemed,
        "            <transactionCoding>\n",
        _plain("            transactionFormType", row.form_type),
        _plain("            transactionCode", row.code),
        _plain("            equitySwapInvolved", _flag(row.equity_swap)),
        coding,
        "            </transactionCoding>\n",
        timeliness,
        "            <transactionAmounts>\n",
        amount,
        _leaf("transactionPricePerShare", row.price, row, "price"),
        _leaf("transactionAcquiredDisposedCode", letter, row, "direction"),
        "            </transactionAmounts>\n",
    ]


def _terms(row: Row) -> list[str]:
    amount = (
        _leaf("underlyingSecurityValue", row.underlying_value, row, "underlying_value")
        if row.underlying_value is not None
        else _leaf("underlyingSecurityShares", row.underlying_shares, row, "underlying_shares")
    )
    return [
        _leaf("exerciseDate", row.exercisable_on, row, "exercisable_on"),
        _leaf("expirationDate", row.expires_on, row, "expires_on"),
        "            <underlyingSecurity>\n",
        _leaf("underlyingSecurityTitle", row.underlying, row, "underlying"),
        amount,
        "            </underlyingSecurity>\n",
    ]


def _footnotes(filing: Filing) -> str:
    if not filing.footnotes:
        return ""
    body = "".join(
        f'        <footnote id="{note.id}">{escape(note.text)}</footnote>\n'
        for note in filing.footnotes
    )
    return f"    <footnotes>\n{body}    </footnotes>\n"


def _leaf(name: str, value: str | date | Decimal | None, row: Row, field: str) -> str:
    cited = "".join(_note(note) for note in row.cited.get(field, ()))
    stated = "" if value is None else f"{_LEAF}<value>{_text(value)}</value>\n"
    return f"            <{name}>\n{stated}{cited}            </{name}>\n"


def _note(note: str) -> str:
    return f'{_LEAF}<footnoteId id="{note}"/>\n'


def _plain(name: str, value: str | date | None) -> str:
    indent, name = name[: len(name) - len(name.lstrip())], name.strip()
    return "" if value is None else f"    {indent}<{name}>{_text(value)}</{name}>\n"


def _text(value: str | date | Decimal) -> str:
    return escape(plain(value) if isinstance(value, Decimal) else str(value))


def _flag(value: bool | None) -> str | None:
    return None if value is None else str(int(value))
