#!/usr/bin/env bash
# edgartools 5.62.1: underlying shares lose their fraction when they carry a footnote, and count as 0
# when they consist of one. Seen 2026-11-27.
#
# Expected: a footnote beside a figure does not change it, and a figure that the filer gives only in
#   a footnote is unknown.
# Seen: in the table of Form 4 (`to_dataframe`) the digits before the first other character are taken:
#   1,200.75 with a footnote gives 1,200; without one it stays 1,200.75; where the element has a
#   footnote and no value, `Shares` is 0. The value of the line is computed from these.
# Why it matters: units of deferred-compensation plans are fractional, and nearly every such row has a
#   footnote ("each unit is the economic equivalent of one share"). So the rows that lose their
#   fraction are the rows that have one, silently, and a total of units is too low in each quarter.
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


def units(underlying):
    """One award of phantom stock units; what stands in underlyingSecurityShares differs."""
    document = Form4.parse_xml(f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0508</schemaVersion><documentType>4</documentType>
      <periodOfReport>2024-03-29</periodOfReport>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerAddress><rptOwnerCity>Salem</rptOwnerCity></reportingOwnerAddress>
        <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
      </reportingOwner>
      <derivativeTable><derivativeTransaction>
        <securityTitle><value>Phantom Stock Units</value></securityTitle>
        <conversionOrExercisePrice><value>0</value></conversionOrExercisePrice>
        <transactionDate><value>2024-03-29</value></transactionDate>
        <transactionCoding><transactionFormType>4</transactionFormType>
          <transactionCode>A</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
        <transactionAmounts>
          <transactionShares><value>1200.75</value></transactionShares>
          <transactionPricePerShare><value>10</value></transactionPricePerShare>
          <transactionAcquiredDisposedCode><value>A</value></transactionAcquiredDisposedCode>
        </transactionAmounts>
        <exerciseDate><footnoteId id="F1"/></exerciseDate>
        <expirationDate><footnoteId id="F1"/></expirationDate>
        <underlyingSecurity><underlyingSecurityTitle><value>Common Stock</value></underlyingSecurityTitle>
          <underlyingSecurityShares>{underlying}</underlyingSecurityShares></underlyingSecurity>
        <postTransactionAmounts><sharesOwnedFollowingTransaction><value>5200.25</value>
          </sharesOwnedFollowingTransaction></postTransactionAmounts>
        <ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership>
        </ownershipNature></derivativeTransaction></derivativeTable>
      <footnotes><footnote id="F1">Payable in cash one year after service ends.</footnote></footnotes>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-04-01</signatureDate></ownerSignature>
    </ownershipDocument>""")
    (shares,) = document.to_dataframe()["Shares"]
    return float(shares)


note = '<footnoteId id="F1"/>'
seen = {
    "1,200.75": units("<value>1200.75</value>"),
    "1,200.75 with a footnote": units(f"<value>1200.75</value>{note}"),
    "a footnote alone": units(note),
}
stated = {"1,200.75": 1200.75, "1,200.75 with a footnote": 1200.0, "a footnote alone": 0.0}
for case, shares in seen.items():
    print(f"underlying shares as filed: {case}; in the table: {shares}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
