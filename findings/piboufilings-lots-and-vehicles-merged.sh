#!/usr/bin/env bash
# piboufilings 0.5.1: of several sales on one day, and of several trusts, the database keeps the first.
# Seen 2026-11-27.
#
# Expected: its page promises "fully normalized insider trading data" for Forms 3, 4 and 5 and
#   duplicates removed by primary key, so that a filing read twice is stored once.
# Seen: the key of a transaction is accession number, date, title and code; that of a holding is
#   accession number and title. A sale filled at three prices on one day is three rows with one key,
#   and so are holdings of one stock by a spouse and by a trust. The parser returns
#   all rows; the store keeps the first of each key and says nothing: 1,700 shares sold become 1,000,
#   12,000 held indirectly become 5,000, and a gift from own hands to the trust loses its other half.
#   The rows have no column for acquired or disposed, so what is left of the gift has no direction.
# Why it matters: several fills a day and several vehicles are what large holders have. The total behind
#   the first fill is stored too, and then neither follows from the other.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    piboufilings==0.5.1 duckdb==2.0.1 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import duckdb
from piboufilings.parsers import FormSection16Parser
from piboufilings.storage import get_backend


def row(code, letter, shares, price, after, vehicle=""):
    return f"""<nonDerivativeTransaction>
      <securityTitle><value>Common Stock</value></securityTitle>
      <transactionDate><value>2024-03-01</value></transactionDate>
      <transactionCoding><transactionFormType>4</transactionFormType>
        <transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
      <transactionAmounts>
        <transactionShares><value>{shares}</value></transactionShares>
        <transactionPricePerShare><value>{price}</value></transactionPricePerShare>
        <transactionAcquiredDisposedCode><value>{letter}</value></transactionAcquiredDisposedCode>
      </transactionAmounts>{held(after, vehicle)}</nonDerivativeTransaction>"""


def held(shares, vehicle):
    return f"""<postTransactionAmounts><sharesOwnedFollowingTransaction><value>{shares}</value>
        </sharesOwnedFollowingTransaction></postTransactionAmounts>
      <ownershipNature><directOrIndirectOwnership><value>{"I" if vehicle else "D"}</value>
        </directOrIndirectOwnership>
        {f"<natureOfOwnership><value>{vehicle}</value></natureOfOwnership>" if vehicle else ""}
      </ownershipNature>"""


def holding(shares, vehicle):
    return f"""<nonDerivativeHolding><securityTitle><value>Common Stock</value></securityTitle>
      {held(shares, vehicle)}</nonDerivativeHolding>"""


submission = f"""<SEC-DOCUMENT>0009900001-24-000001.txt : 20240304
<SEC-HEADER>0009900001-24-000001.hdr.sgml : 20240304
<ACCEPTANCE-DATETIME>20240304170000
ACCESSION NUMBER:\t\t0009900001-24-000001
CONFORMED SUBMISSION TYPE:\t4
CONFORMED PERIOD OF REPORT:\t20240301
FILED AS OF DATE:\t\t20240304
</SEC-HEADER>
<DOCUMENT>
<TYPE>4
<TEXT>
<XML>
<ownershipDocument>
  <schemaVersion>X0508</schemaVersion><documentType>4</documentType>
  <periodOfReport>2024-03-01</periodOfReport>
  <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
    <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
  <reportingOwner>
    <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
      <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
    <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
  </reportingOwner>
  <nonDerivativeTable>
    {row("S", "D", 1000, "100.10", 9000)}
    {row("S", "D", 400, "100.20", 8600)}
    {row("S", "D", 300, "101.30", 8300)}
    {row("G", "D", 100, "0", 8200)}
    {row("G", "A", 100, "0", 600, "By Trust")}
    {holding(5000, "By Spouse")}
    {holding(7000, "By 2019 Annuity Trust")}
  </nonDerivativeTable>
  <ownerSignature><signatureName>Odd Quillfeather</signatureName>
    <signatureDate>2024-03-04</signatureDate></ownerSignature>
</ownershipDocument>
</XML>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
"""

store = get_backend("duckdb", ".")
parser = FormSection16Parser(".", backend=store)
parsed = parser.parse_filing(submission)
parser.save_parsed_data(parsed)
store.close()

database = duckdb.connect("piboufilings.duckdb")


def stored(query):
    return [tuple(line) for line in database.sql(query).fetchall()]


seen = {
    "rows parsed": (len(parsed["transactions"]), len(parsed["holdings"])),
    "transactions stored": stored(
        "SELECT TRANSACTION_CODE, CAST(TRANSACTION_SHARES AS INTEGER) FROM transactions_sec16 ORDER BY ALL"
    ),
    "holdings stored": stored(
        "SELECT NATURE_OF_OWNERSHIP, CAST(SHARES_OWNED AS INTEGER) FROM holdings_sec16 ORDER BY ALL"
    ),
    "columns for acquired or disposed": stored(
        "SELECT column_name FROM information_schema.columns WHERE column_name LIKE '%DISPOS%'"
    ),
}
stated = {
    "rows parsed": (5, 2),
    "transactions stored": [("G", 100), ("S", 1000)],
    "holdings stored": [("By Spouse", 5000)],
    "columns for acquired or disposed": [],
}
for what, rows in seen.items():
    print(f"{what}: {rows}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
