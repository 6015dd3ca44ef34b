#!/usr/bin/env bash
# stanford-edgar-parser 0.1.3 (with pandas 2.3.3): of a Form 4 the price 25.00004 is $254, the trusts "1, 2 and 3" are
# "12 and 3", and a late report is a voluntary one. Seen 2026-11-29.
#
# Expected: the parser of the Stanford EDGAR Filings Dataset has a reconstruction of its own for Forms 3, 4 and 5, "layout-
#   faithful", that keeps tables and signs. A price with five decimals keeps its value, a nature of ownership its words.
# Seen: ".0000" is taken out of the finished text wherever it stands, at the end of 25.0000 or within 25.00004 and a par
#   value of $0.00001, which is "$01". In every cell of the tables blanks and commas between digits go: "GRATs 1, 2
#   and 3" are "GRATs 12 and 3", "Trust 2 2019" is "Trust 22019", the nature of another account. And column V
#   has its "V", for voluntary, for each mark of timeliness: for "E", early, and just so for "L", late.
# Why it matters: the words of the form are how accounts are told apart, and average prices with five decimals are
#   everyday. A tenfold price and a voluntary report that was a late one look like any other cell of the text
#   that models are trained on and asked about.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    stanford-edgar-parser==0.1.3 pandas==2.3.3
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import sys

from stanford_edgar_parser import parse_any_xml

ROWS = [
    ("Common Stock, par value $0.00001", "L", "25.00004", "By GRATs 1, 2 and 3"),
    ("Common Stock", "E", "25.0000", "By GRAT 12"),
    ("Common Stock", "", "25.5", "By Trust 2 2019"),
]


def row(title, timeliness, price, nature):
    return f"""<nonDerivativeTransaction>
      <securityTitle><value>{title}</value></securityTitle>
      <transactionDate><value>2026-03-02</value></transactionDate>
      <transactionCoding><transactionFormType>4</transactionFormType><transactionCode>S</transactionCode>
        <equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
      <transactionTimeliness><value>{timeliness}</value></transactionTimeliness>
      <transactionAmounts>
        <transactionShares><value>1000</value></transactionShares>
        <transactionPricePerShare><value>{price}</value></transactionPricePerShare>
        <transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode>
      </transactionAmounts>
      <postTransactionAmounts><sharesOwnedFollowingTransaction><value>9000</value>
        </sharesOwnedFollowingTransaction></postTransactionAmounts>
      <ownershipNature><directOrIndirectOwnership><value>I</value></directOrIndirectOwnership>
        <natureOfOwnership><value>{nature}</value></natureOfOwnership></ownershipNature>
    </nonDerivativeTransaction>"""


FILING = f"""<?xml version="1.0"?><ownershipDocument>
  <schemaVersion>X0508</schemaVersion><documentType>4</documentType><periodOfReport>2026-03-02</periodOfReport>
  <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
    <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
  <reportingOwner>
    <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik><rptOwnerName>Quillfeather Odd</rptOwnerName>
    </reportingOwnerId>
    <reportingOwnerAddress><rptOwnerStreet1>1 Lamp Street</rptOwnerStreet1><rptOwnerCity>Brassford</rptOwnerCity>
      <rptOwnerState>OH</rptOwnerState><rptOwnerZipCode>00000</rptOwnerZipCode></reportingOwnerAddress>
    <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
  </reportingOwner>
  <nonDerivativeTable>{"".join(row(*each) for each in ROWS)}</nonDerivativeTable>
</ownershipDocument>"""

lines = [line for line in parse_any_xml([FILING]).splitlines() if "2026-03-02 |" in line and "Common" in line]
cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
seen = [(row[0], row[4], row[7], row[10]) for row in cells]
stated = [
    ("Common Stock, par value $01", "V", "$254", "By GRATs 12 and 3"),
    ("Common Stock", "V", "$25", "By GRAT 12"),
    ("Common Stock", "", "$25.5", "By Trust 22019"),
]
for filed, told in zip(ROWS, seen, strict=True):
    print(f"{filed} is told as {told}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
