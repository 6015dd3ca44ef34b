#!/usr/bin/env bash
# edgartools 5.62.1 (with pandas 3.1.1): one fractional holding turns the sum of a Form 3 into digits
# written one after another. Seen 2026-11-27.
#
# Expected: the holdings table of a Form 3 has a number of shares in each row (its page on Form 3 calls
#   `shares` an int, "Number of shares"), so its column can be added up.
# Seen: the column is numeric only while every value consists of digits. A decimal point, or a footnote
#   on one value, leaves all of it as text, and the sum of text is text: 1,000 direct and 250.5 in a
#   trust give "1000250.5". It reads as a number, has a plausible size, and every program that
#   takes it for one counts a million shares for 1,250.5. `total_shares` of the same object drops
#   the fraction and says 1250.
# Why it matters: dividend reinvestment and savings plans make fractional holdings common, and a Form 3
#   is the opening balance that everything later is counted from.
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


def holding(shares, form, note=""):
    return f"""<nonDerivativeHolding>
      <securityTitle><value>Common Stock</value></securityTitle>
      <postTransactionAmounts>
        <sharesOwnedFollowingTransaction><value>{shares}</value>{note}</sharesOwnedFollowingTransaction>
      </postTransactionAmounts>
      <ownershipNature>
        <directOrIndirectOwnership><value>{form}</value></directOrIndirectOwnership>
        {"<natureOfOwnership><value>By Trust</value></natureOfOwnership>" if form == "I" else ""}
      </ownershipNature></nonDerivativeHolding>"""


def form(*holdings):
    return Form3.parse_xml(f"""<?xml version="1.0"?>
    <ownershipDocument>
      <schemaVersion>X0206</schemaVersion><documentType>3</documentType>
      <periodOfReport>2024-03-01</periodOfReport><noSecuritiesOwned>0</noSecuritiesOwned>
      <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
        <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
      <reportingOwner>
        <reportingOwnerId><rptOwnerCik>0009900001</rptOwnerCik>
          <rptOwnerName>Quillfeather Odd</rptOwnerName></reportingOwnerId>
        <reportingOwnerAddress><rptOwnerCity>Salem</rptOwnerCity></reportingOwnerAddress>
        <reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
      </reportingOwner>
      <nonDerivativeTable>{"".join(holdings)}</nonDerivativeTable>
      <footnotes><footnote id="F1">As of the last plan statement.</footnote></footnotes>
      <ownerSignature><signatureName>Odd Quillfeather</signatureName>
        <signatureDate>2024-03-05</signatureDate></ownerSignature>
    </ownershipDocument>""")


def added_up(document):
    total = document.non_derivative_table.holdings.data["Shares"].sum()
    return total if isinstance(total, str) else int(total), document.get_ownership_summary().total_shares


note = '<footnoteId id="F1"/>'
seen = {
    "1,000 and 2,000": added_up(form(holding("1000", "D"), holding("2000", "I"))),
    "1,000 and 250.5": added_up(form(holding("1000", "D"), holding("250.5", "I"))),
    "1,000 and 250 with a footnote": added_up(form(holding("1000", "D"), holding("250", "I", note))),
}
stated = {
    "1,000 and 2,000": (3000, 3000),
    "1,000 and 250.5": ("1000250.5", 1250),
    "1,000 and 250 with a footnote": ("1000250 [F1]", 1250),
}
for case, (total, summary) in seen.items():
    print(f"{case}: the column adds up to {total!r}, total_shares is {summary}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
