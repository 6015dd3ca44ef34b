#!/usr/bin/env bash
# insider-scanner 2.0.0: an exercise and the sale of the same number of shares on the same day become
# one trade. Seen 2026-11-27.
#
# Expected: trades that two sources report are merged. Its documentation says: the same ticker, name and
#   date, and a share count "within 1%".
# Seen: the rule also compares rows of one source, and so of one filing, with each other; it looks at
#   neither code nor acquired or disposed, and at share counts rounded to tens. Of "5,000 exercised,
#   5,000 sold, 300 sold, 297 sold" a sale of 5,000 and one of 297 are left. The exercise is gone, so
#   what was received to be sold is missing; two fills of almost one size count once, though 1,004 and
#   1,006 (a fifth of a percent apart) count as two.
# Why it matters: exercise and same-day sale is the commonest shape of a Form 4 by an officer. With one
#   leg gone a holding that did not change seems to fall by 5,000.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile insider-scanner==2.0.0
cd "$folder"
export HOME="$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

from insider_scanner.core.merger import merge_trades
from insider_scanner.core.sec_index import SecMasterIndexRow
from insider_scanner.core.sec_ownership_document import OwnershipDocument
from insider_scanner.core.sec_ownership_parser import parse_ownership_document
from insider_scanner.core.sec_trade_mapping import ownership_filing_to_trades


def row(code, letter, shares, price, after):
    return f"""<nonDerivativeTransaction>
      <securityTitle><value>Common Stock</value></securityTitle>
      <transactionDate><value>2024-03-01</value></transactionDate>
      <transactionCoding><transactionFormType>4</transactionFormType>
        <transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
      <transactionAmounts>
        <transactionShares><value>{shares}</value></transactionShares>
        <transactionPricePerShare><value>{price}</value></transactionPricePerShare>
        <transactionAcquiredDisposedCode><value>{letter}</value></transactionAcquiredDisposedCode>
      </transactionAmounts>
      <postTransactionAmounts><sharesOwnedFollowingTransaction><value>{after}</value>
        </sharesOwnedFollowingTransaction></postTransactionAmounts>
      <ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership>
      </ownershipNature></nonDerivativeTransaction>"""


def trades(*rows):
    accession = "0009900001-24-000001"
    xml = f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0508</schemaVersion><documentType>4</documentType>
      <periodOfReport>2024-03-01</periodOfReport>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerRelationship><isOfficer>1</isOfficer>
          <officerTitle>Treasurer</officerTitle></reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable>{"".join(rows)}</nonDerivativeTable>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-03-04</signatureDate></ownerSignature>
    </ownershipDocument>"""
    filing = parse_ownership_document(OwnershipDocument(accession, "4", xml))
    path = f"edgar/data/9900009/{accession}.txt"
    index = SecMasterIndexRow("9900009", "Brass Kettle Works", "4", date(2024, 3, 4), path)
    return list(ownership_filing_to_trades(filing, index))


def told(found):
    return sorted((t.transaction_code, t.acquired_disposed, int(t.shares)) for t in found)


officer = trades(
    row("M", "A", 5000, "5", 15000),
    row("S", "D", 5000, "100", 10000),
    row("S", "D", 300, "100.5", 9700),
    row("S", "D", 297, "101", 9403),
)
fills = trades(row("S", "D", 1004, "100", 9000), row("S", "D", 1006, "100", 7994))
seen = {
    "rows": told(officer),
    "rows merged": told(merge_trades(officer)),
    "fills merged": told(merge_trades(fills)),
}
stated = {
    "rows": [("M", "A", 5000), ("S", "D", 297), ("S", "D", 300), ("S", "D", 5000)],
    "rows merged": [("S", "D", 297), ("S", "D", 5000)],
    "fills merged": [("S", "D", 1004), ("S", "D", 1006)],
}
for what, rows in seen.items():
    print(f"{what}: {rows}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
