#!/usr/bin/env bash
# edgartools 5.62.1: the "remaining position" of a Form 4 is that of the last open-market row, whichever
# account it is of and whatever comes after it. Seen 2026-11-27.
#
# Expected: the page on the summary of Forms 4 and 5 calls `remaining_shares` "Shares after
#   transactions", the display "REMAINING POSITION".
# Seen: it is the total behind the last row coded P or S. A sale by a family trust in the same filing
#   makes the trust's 4,950 shares the position of a person who has 10,500 directly; a withholding
#   (code F) after the sale is left out of it. The account is not said.
# Why it matters: it is the one figure per filing that a reader copies, and rows of several accounts in
#   one filing are the rule for people with trusts.
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
from edgar.ownership import Form4

# The library asks the network whether an owner is a company; here it is told: a person.
owners.Entity = lambda cik: SimpleNamespace(data=SimpleNamespace(is_company=False))


def row(code, letter, shares, after, account="D"):
    return f"""<nonDerivativeTransaction>
      <securityTitle><value>Common Stock</value></securityTitle>
      <transactionDate><value>2024-03-01</value></transactionDate>
      <transactionCoding><transactionFormType>4</transactionFormType>
        <transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
      <transactionAmounts>
        <transactionShares><value>{shares}</value></transactionShares>
        <transactionPricePerShare><value>100</value></transactionPricePerShare>
        <transactionAcquiredDisposedCode><value>{letter}</value></transactionAcquiredDisposedCode>
      </transactionAmounts>
      <postTransactionAmounts><sharesOwnedFollowingTransaction><value>{after}</value>
        </sharesOwnedFollowingTransaction></postTransactionAmounts>
      <ownershipNature><directOrIndirectOwnership><value>{account}</value></directOrIndirectOwnership>
        {"<natureOfOwnership><value>By Family Trust</value></natureOfOwnership>" if account == "I" else ""}
      </ownershipNature></nonDerivativeTransaction>"""


def remaining(*rows):
    document = Form4.parse_xml(f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0508</schemaVersion><documentType>4</documentType>
      <periodOfReport>2024-03-01</periodOfReport>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerAddress><rptOwnerCity>Salem</rptOwnerCity></reportingOwnerAddress>
        <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable>{"".join(rows)}</nonDerivativeTable>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-03-05</signatureDate></ownerSignature>
    </ownershipDocument>""")
    return int(document.get_ownership_summary().remaining_shares)


sale = row("S", "D", 300, 10700)
withholding = row("F", "D", 200, 10500)
of_the_trust = row("S", "D", 50, 4950, "I")
seen = {
    "sale, then withholding: 10,500 are left": remaining(sale, withholding),
    "and a sale by the trust: 10,500 direct, 4,950 in trust": remaining(sale, withholding, of_the_trust),
}
stated = {
    "sale, then withholding: 10,500 are left": 10700,
    "and a sale by the trust: 10,500 direct, 4,950 in trust": 4950,
}
for case, shares in seen.items():
    print(f"{case}; remaining_shares is {shares}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
