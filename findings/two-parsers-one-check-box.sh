#!/usr/bin/env bash
# sec-edgar-toolkit 0.2.0 and ledge-edgar 0.1.0: one reads only "true" as a ticked box, the other only
# "1"; both spellings are valid, and each library finds nobody in half of the filings.
# Seen 2026-11-27.
#
# Expected: EDGAR's ownership schema gives the boxes for director, officer and ten percent owner the type
#   of an XML boolean, whose true values are "1" and "true"; filing agents write both. The pages of
#   ledge-edgar promise "officer + director + 10-percent-owner combinatorics".
# Seen: the same filing, its boxes spelt either way: sec-edgar-toolkit reports a director for "true" and
#   none for "1", ledge-edgar the other way round. Neither says that it met something else. Two programs
#   that check each other with these libraries disagree on every filing.
#   sec-edgar-toolkit also looks for direct or indirect, and for the shares of a holding, in elements that
#   the schema does not have: every row has "" for the first, no holding has shares, a missing price is 0.0.
# Why it matters: who is an insider decides whether Section 16(b) applies; "not a director" is an answer
#   here, not a gap that anyone would look into. And a line without direct or indirect has no account.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    sec-edgar-toolkit==0.2.0 ledge-edgar==0.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from oxfordledge_edgar import parse_form4
from sec_edgar_toolkit.parsers.ownership_forms import Form4Parser


def filing(ticked):
    return f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0508</schemaVersion><documentType>4</documentType>
      <periodOfReport>2024-03-01</periodOfReport>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerRelationship><isDirector>{ticked}</isDirector></reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable>
        <nonDerivativeTransaction>
          <securityTitle><value>Common Stock</value></securityTitle>
          <transactionDate><value>2024-03-01</value></transactionDate>
          <transactionCoding><transactionFormType>4</transactionFormType>
            <transactionCode>S</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
          <transactionAmounts>
            <transactionShares><value>1000</value></transactionShares>
            <transactionPricePerShare><footnoteId id="F1"/></transactionPricePerShare>
            <transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode>
          </transactionAmounts>
          <postTransactionAmounts><sharesOwnedFollowingTransaction><value>9000</value>
            </sharesOwnedFollowingTransaction></postTransactionAmounts>
          <ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership>
          </ownershipNature>
        </nonDerivativeTransaction>
        <nonDerivativeHolding>
          <securityTitle><value>Common Stock</value></securityTitle>
          <postTransactionAmounts><sharesOwnedFollowingTransaction><value>5000</value>
            </sharesOwnedFollowingTransaction></postTransactionAmounts>
          <ownershipNature><directOrIndirectOwnership><value>I</value></directOrIndirectOwnership>
            <natureOfOwnership><value>By Spouse</value></natureOfOwnership></ownershipNature>
        </nonDerivativeHolding>
      </nonDerivativeTable>
      <footnotes><footnote id="F1">Sold at several prices.</footnote></footnotes>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-03-04</signatureDate></ownerSignature>
    </ownershipDocument>"""


def director(ticked):
    (owner,) = Form4Parser(filing(ticked)).parse_all()["reporting_owners"]
    (trade,) = parse_form4(filing(ticked))
    return {"sec-edgar-toolkit": owner["relationship"]["is_director"], "ledge-edgar": trade.is_director}


parsed = Form4Parser(filing("1")).parse_all()
(trade,) = parsed["non_derivative_transactions"]
seen = {
    "director, where the box says true": director("true"),
    "director, where the box says 1": director("1"),
    "sec-edgar-toolkit, direct or indirect": trade["direct_or_indirect_ownership"],
    "sec-edgar-toolkit, price left to a footnote": trade["price_per_share"],
    "sec-edgar-toolkit, holding of 5,000": parsed["non_derivative_holdings"],
}
stated = {
    "director, where the box says true": {"sec-edgar-toolkit": True, "ledge-edgar": False},
    "director, where the box says 1": {"sec-edgar-toolkit": False, "ledge-edgar": True},
    "sec-edgar-toolkit, direct or indirect": "",
    "sec-edgar-toolkit, price left to a footnote": 0.0,
    "sec-edgar-toolkit, holding of 5,000": [
        {"security_title": "Common Stock", "nature_of_ownership": ""}
    ],
}
for what, found in seen.items():
    print(f"{what}: {found!r}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
