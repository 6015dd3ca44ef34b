#!/usr/bin/env bash
# kglite-datasets 0.1.29: the holdings it makes of a Form 4 are all but the holdings. Seen 2026-11-27.
#
# Expected: its graph of SEC filings has the node types InsiderTransaction and Holding, the second with
#   shares, direct or indirect and an as-of date. A holding row of a Form 4 is one.
# Seen: holding rows of a Form 4 are left out without a word (those of a Form 3 are read). In their
#   place stands each transaction row's running total: three sales make three "holdings" of one account,
#   9,000, 8,600 and 8,300 of the same day, while 5,000 with the spouse and 7,000 in a trust are nowhere.
#   The nature of indirect ownership is in no column.
# Why it matters: a sum over Holding counts one account three times and two accounts not at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile kglite-datasets==0.1.29
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import csv
import json
import sys
import zipfile
from pathlib import Path

from kglite_datasets import _sec_internal

FORMS = {"3": "0009900001-24-000001", "4": "0009900001-24-000002"}


def held(shares, vehicle=""):
    return f"""<postTransactionAmounts><sharesOwnedFollowingTransaction><value>{shares}</value>
        </sharesOwnedFollowingTransaction></postTransactionAmounts>
      <ownershipNature><directOrIndirectOwnership><value>{"I" if vehicle else "D"}</value>
        </directOrIndirectOwnership>
        {f"<natureOfOwnership><value>{vehicle}</value></natureOfOwnership>" if vehicle else ""}
      </ownershipNature>"""


def holding(shares, vehicle):
    return f"""<nonDerivativeHolding><securityTitle><value>Common Stock</value></securityTitle>
      {held(shares, vehicle)}</nonDerivativeHolding>"""


def sale(shares, after):
    return f"""<nonDerivativeTransaction>
      <securityTitle><value>Common Stock</value></securityTitle>
      <transactionDate><value>2024-03-01</value></transactionDate>
      <transactionCoding><transactionFormType>4</transactionFormType>
        <transactionCode>S</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
      <transactionAmounts>
        <transactionShares><value>{shares}</value></transactionShares>
        <transactionPricePerShare><value>100</value></transactionPricePerShare>
        <transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode>
      </transactionAmounts>{held(after)}</nonDerivativeTransaction>"""


def document(kind, rows):
    return f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0508</schemaVersion><documentType>{kind}</documentType>
      <periodOfReport>2024-03-01</periodOfReport>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable>{rows}</nonDerivativeTable>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-03-04</signatureDate></ownerSignature>
    </ownershipDocument>"""


indirect = holding(5000, "By Spouse") + holding(7000, "By Annuity Trust")
documents = {
    "3": document("3", indirect),
    "4": document("4", sale(1000, 9000) + sale(400, 8600) + sale(300, 8300) + indirect),
}

# The folder that the package fills when it downloads, with these two filings in it.
raw = Path("work/raw")
(raw / "submissions").mkdir(parents=True)
(raw / "company_tickers.json").write_text("{}")
count = len(FORMS)
company = {
    "cik": 9900009, "name": "Brass Kettle Works", "tickers": ["BKW"], "exchanges": ["NYSE"],
    "entityType": "operating",
    "filings": {"files": [], "recent": {
        "accessionNumber": list(FORMS.values()), "form": list(FORMS),
        "filingDate": ["2024-03-04"] * count, "reportDate": ["2024-03-01"] * count,
        "primaryDocument": ["ownership.xml"] * count,
    }},
}
with zipfile.ZipFile(raw / "submissions" / "submissions.zip", "w") as archive:
    archive.writestr("CIK0009900009.json", json.dumps(company))
for kind, accession in FORMS.items():
    folder = raw / "filings" / "9900009" / accession.replace("-", "")
    folder.mkdir(parents=True)
    (folder / "ownership.xml").write_text(documents[kind])

report = _sec_internal.extract_all_py("work", force=True)
with open("work/processed/holding.csv", newline="") as file:
    rows = list(csv.DictReader(file))

seen = {
    "filings that could not be read": report["form3"]["parse_errors"] + report["form4"]["parse_errors"],
    "holdings of the Form 3": sorted(r["shares"] for r in rows if r["source_form"] == "3"),
    "holdings of the Form 4": sorted(r["shares"] for r in rows if r["source_form"] == "4"),
    "columns for the nature of ownership": [c for c in rows[0] if "nature" in c],
}
stated = {
    "filings that could not be read": 0,
    "holdings of the Form 3": ["5000", "7000"],
    "holdings of the Form 4": ["8300", "8600", "9000"],
    "columns for the nature of ownership": [],
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
