#!/usr/bin/env bash
# datamule 5.0.2 and secfiler 0.2.1: a Form 4 taken apart by one and put together by the other, both of
# one author and with one set of column names, comes back without the title of its holding. Seen
# 2026-11-28.
#
# Expected: datamule turns an ownership document into tables, secfiler turns tables of those names into
#   an ownership document. What goes in comes out.
# Seen: datamule calls the title of a Table I holding `value`, a name that in Table II means the exercise
#   price, while the line beside it has `securityTitleValue`. secfiler looks for the latter and writes a
#   holding of 500 shares of nothing. The note on the exercise price (datamule: `id`) is gone as well,
#   and the remarks end at their first "|", which secfiler takes for a mark between values.
# Why it matters: no error is raised, every number is there, and the holding can no longer be told from
#   another class. Whoever joins the tables on `securityTitleValue` loses the holdings alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    datamule==5.0.2 secfiler==0.2.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import xml.etree.ElementTree as ElementTree

from datamule.document.document import Document
from secfiler import construct_document


def cell(name, value, *notes):
    return f"<{name}><value>{value}</value>{''.join(f'<footnoteId id={n!r}/>' for n in notes)}</{name}>"


def owned(shares, form, nature=""):
    vehicle = cell("natureOfOwnership", nature) if nature else ""
    return (
        f"<postTransactionAmounts>{cell('sharesOwnedFollowingTransaction', shares)}</postTransactionAmounts>"
        f"<ownershipNature>{cell('directOrIndirectOwnership', form)}{vehicle}</ownershipNature>"
    )


def moved(code, shares, price, letter):
    return (
        f"<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>{code}"
        "</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>"
        f"<transactionAmounts>{cell('transactionShares', shares)}{cell('transactionPricePerShare', price)}"
        f"{cell('transactionAcquiredDisposedCode', letter)}</transactionAmounts>"
    )


DAY = cell("transactionDate", "2024-05-10")
FORM = (
    "<ownershipDocument><schemaVersion>X0508</schemaVersion><documentType>4</documentType>"
    "<periodOfReport>2024-05-10</periodOfReport><issuer><issuerCik>0009900011</issuerCik>"
    "<issuerName>Lantern Bay Ferries</issuerName><issuerTradingSymbol>LBF</issuerTradingSymbol></issuer>"
    "<reportingOwner><reportingOwnerId><rptOwnerCik>0009900012</rptOwnerCik><rptOwnerName>Thistledown"
    " Una</rptOwnerName></reportingOwnerId><reportingOwnerRelationship><isDirector>1</isDirector>"
    "</reportingOwnerRelationship></reportingOwner><nonDerivativeTable><nonDerivativeTransaction>"
    + cell("securityTitle", "Common Stock") + DAY + moved("S", 1200, "20.15", "D") + owned(8800, "D")
    + "</nonDerivativeTransaction><nonDerivativeHolding>" + cell("securityTitle", "Class B Common Stock")
    + owned(500, "I", "By trust") + "</nonDerivativeHolding></nonDerivativeTable><derivativeTable>"
    "<derivativeTransaction>" + cell("securityTitle", "Stock Option")
    + cell("conversionOrExercisePrice", "12.5", "F1") + DAY + moved("A", 1000, 0, "A")
    + cell("exerciseDate", "2025-05-10") + cell("expirationDate", "2034-05-10") + "<underlyingSecurity>"
    + cell("underlyingSecurityTitle", "Common Stock") + cell("underlyingSecurityShares", 1000)
    + "</underlyingSecurity>" + owned(1000, "D") + "</derivativeTransaction></derivativeTable><footnotes>"
    "<footnote id='F1'>Adjusted for the dividend.</footnote></footnotes><remarks>Exhibit 24 | power of"
    " attorney</remarks><ownerSignature><signatureName>U. T.</signatureName><signatureDate>2024-05-13"
    "</signatureDate></ownerSignature></ownershipDocument>"
)
document = Document(type="4", content=FORM.encode(), filename="form4.xml",
                    accession="0009900011-24-000001", filing_date="2024-05-13")
rows = list(document.tables)
by_table = {row["_table"].removeprefix("345_"): row for row in rows}
returned = ElementTree.fromstring(construct_document(rows, "4"))
holding = ".//nonDerivativeHolding/"
seen = {
    "holding: value": by_table["non_derivative_holding"].get("value"),
    "option: value": by_table["derivative_transaction"].get("value"),
    "transaction: securityTitleValue": by_table["non_derivative_transaction"].get("securityTitleValue"),
    "written shares": returned.findtext(f"{holding}postTransactionAmounts/*/value"),
    "written title": returned.findtext(f"{holding}securityTitle/value"),
    "written notes of the price": len(returned.findall(".//conversionOrExercisePrice/footnoteId")),
    "written remarks": returned.findtext("remarks"),
}
stated = {
    "holding: value": "Class B Common Stock",
    "option: value": "12.5",
    "transaction: securityTitleValue": "Common Stock",
    "written shares": "500",
    "written title": None,
    "written notes of the price": 0,
    "written remarks": "Exhibit 24",
}
for name, value in seen.items():
    print(f"{name}: {value!r}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
