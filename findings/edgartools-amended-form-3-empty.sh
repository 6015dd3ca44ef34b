#!/usr/bin/env bash
# edgartools 5.62.1: the holdings of an amended Form 3 are not in its table; the table says that there
# were no transactions. Seen 2026-11-27.
#
# Expected: a 3/A restates holdings as a Form 3 does, and the library opens it as the same kind of
#   object (`Form3`), whose page promises "all holdings as DataFrame".
# Seen: the table is chosen by the document type being exactly "3". A "3/A" gets the summary of a
#   Form 4, of which it has nothing: one row without any share, a display that says "No transactions
#   reported", and no `total_shares`. The holdings were read; they are in the lower layer.
# Why it matters: a 3/A mostly exists because a holding was left out of the Form 3. Who rebuilds
#   opening balances from these tables takes the wrong first one and sees nothing in the second.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile edgartools==5.62.1 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from types import SimpleNamespace

import edgar.ownership.owners as owners
from edgar.ownership import Form3

# The library asks the network whether an owner is a company; here it is told: a person.
owners.Entity = lambda cik: SimpleNamespace(data=SimpleNamespace(is_company=False))


def form(document_type):
    return Form3.parse_xml(f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0206</schemaVersion><documentType>{document_type}</documentType>
      <periodOfReport>2024-03-01</periodOfReport>
      {"<dateOfOriginalSubmission>2024-03-05</dateOfOriginalSubmission>" if "/A" in document_type else ""}
      <noSecuritiesOwned>0</noSecuritiesOwned>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerAddress><rptOwnerCity>Salem</rptOwnerCity></reportingOwnerAddress>
        <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable><nonDerivativeHolding>
        <securityTitle><value>Common Stock</value></securityTitle>
        <postTransactionAmounts><sharesOwnedFollowingTransaction><value>41000</value>
          </sharesOwnedFollowingTransaction></postTransactionAmounts>
        <ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership>
        </ownershipNature></nonDerivativeHolding></nonDerivativeTable>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-03-05</signatureDate></ownerSignature>
    </ownershipDocument>""")


def seen_in(document):
    table = document.to_dataframe()
    return {
        "summary": type(document.get_ownership_summary()).__name__,
        "shares in the table": [int(n) for n in table["Shares"]] if "Shares" in table else None,
        "display says no transactions": "No transactions reported" in repr(document),
        "holdings that were read": len(document.extract_form3_holdings()),
    }


seen = {kind: seen_in(form(kind)) for kind in ("3", "3/A")}
stated = {
    "3": {
        "summary": "InitialOwnershipSummary",
        "shares in the table": [41000],
        "display says no transactions": False,
        "holdings that were read": 1,
    },
    "3/A": {
        "summary": "TransactionSummary",
        "shares in the table": None,
        "display says no transactions": True,
        "holdings that were read": 1,
    },
}
for kind, answers in seen.items():
    print(f"documentType {kind}: {answers}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
