#!/usr/bin/env bash
# sec-edgar-mcp 1.1.0 (with sec-edgar-toolkit 0.2.0): in "detailed transaction data" an exercised option is a disposal
# of shares without a code, a grant of options buys shares for nothing; amendments do not exist. Seen 2026-11-29.
#
# Expected: of each transaction what kind of security it is about, as the two tables of the form say. The answer calls
#   itself "extracted directly from SEC EDGAR Form 4 filings"; a filing that is named by its number is found.
# Seen: the rows of both tables are one list without titles, and without a mark for derivatives; those of Table II
#   lack the code, the price and what is held afterwards as well. Exercising 10,000 options for 10,000 shares is
#   10,000 acquired and 10,000 disposed; a grant of 40,000 options is 40,000 acquired, amount 0.0. Held warrants
#   are left out, and so is who else reports on a joint form. A 4/A is in no list and no count, and under
#   its number "not found", while the form that it corrects stands as it was.
# Why it matters: the reader is a language model, which nets what it is given: the exercise comes to nothing, the grant
#   to a purchase. No field of the answer lets it tell, or says that a later form took the figures back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    sec-edgar-mcp==1.1.0 sec-edgar-toolkit==0.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import datetime
import sys
from types import SimpleNamespace

from sec_edgar_mcp.tools.insider import InsiderTools
from sec_edgar_toolkit.compat import Company

DAY = datetime.date.today() - datetime.timedelta(days=5)
FORM, AMENDED = "0009900009-26-000006", "0009900009-26-000007"


def row(table, title, code, direction, shares, price, after):
    option = table == "derivative"
    exercise = "<conversionOrExercisePrice><value>3.5</value></conversionOrExercisePrice>" if option else ""
    underlying = (
        "<underlyingSecurity><underlyingSecurityTitle><value>Common Stock</value></underlyingSecurityTitle>"
        f"<underlyingSecurityShares><value>{shares}</value></underlyingSecurityShares></underlyingSecurity>"
    )
    return f"""<{table}Transaction>
      <securityTitle><value>{title}</value></securityTitle>{exercise}
      <transactionDate><value>{DAY}</value></transactionDate>
      <transactionCoding><transactionFormType>4</transactionFormType><transactionCode>{code}</transactionCode>
        <equitySwapInvolved>0</equitySwapInvolved></transactionCoding>
      <transactionAmounts>
        <transactionShares><value>{shares}</value></transactionShares>
        <transactionPricePerShare><value>{price}</value></transactionPricePerShare>
        <transactionAcquiredDisposedCode><value>{direction}</value></transactionAcquiredDisposedCode>
      </transactionAmounts>{underlying if option else ""}
      <postTransactionAmounts><sharesOwnedFollowingTransaction><value>{after}</value>
        </sharesOwnedFollowingTransaction></postTransactionAmounts>
      <ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>
    </{table}Transaction>"""


def owner(cik, name):
    return f"""<reportingOwner>
      <reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName></reportingOwnerId>
      <reportingOwnerRelationship><isDirector>true</isDirector></reportingOwnerRelationship>
    </reportingOwner>"""


XML = f"""<?xml version="1.0"?><ownershipDocument>
  <schemaVersion>X0508</schemaVersion><documentType>4</documentType><periodOfReport>{DAY}</periodOfReport>
  <issuer><issuerCik>0009900009</issuerCik><issuerName>Brass Kettle Works</issuerName>
    <issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>
  {owner("0009900001", "Quillfeather Odd")}{owner("0009900002", "Quillfeather Family Trust")}
  <nonDerivativeTable>{row("nonDerivative", "Common Stock", "M", "A", 10000, 3.5, 51000)}</nonDerivativeTable>
  <derivativeTable>{row("derivative", "Option", "M", "D", 10000, 0, 5000)}
    {row("derivative", "Option", "A", "A", 40000, 0, 40000)}
    <derivativeHolding><securityTitle><value>Warrant</value></securityTitle>
      <postTransactionAmounts><sharesOwnedFollowingTransaction><value>600</value></sharesOwnedFollowingTransaction>
      </postTransactionAmounts></derivativeHolding></derivativeTable>
</ownershipDocument>"""


class Edgar:
    """What sec.gov would answer: two filings in the company's list, and their documents."""

    @property
    def http_client(self):
        return self

    def get_raw(self, url):
        return XML

    def get_company_submissions(self, cik, **_):
        filed = {"accessionNumber": [AMENDED, FORM], "form": ["4/A", "4"], "filingDate": [str(DAY)] * 2}
        return {"filings": {"recent": filed}}

    def get_filing(self, *_):
        return {"directory": {"item": [{"name": "form4.xml"}]}}


known = {"cik_str": "0009900009", "title": "Brass Kettle Works", "ticker": "BKW"}
company = Company("9900009", api=Edgar(), _company_data=known)
tools = InsiderTools.__new__(InsiderTools)  # without its start-up, which asks the network for tickers
tools.client = SimpleNamespace(get_company=lambda _: company)

answer = tools.analyze_form4_transactions("BKW")
(detailed,) = answer["detailed_transactions"]
rows = [{key: said for key, said in row.items() if key != "transaction_date"} for row in detailed["transactions"]]
seen = {
    "forms": [detailed["accession_number"]],
    "owner": detailed["owner_name"],
    "rows": rows,
    "holdings": detailed.get("holdings"),
    "counted": tools.get_insider_summary("BKW")["summary"]["total_filings"],
    "4/A": tools.get_form4_details("BKW", AMENDED).get("error"),
}
stated = {
    "forms": [FORM],
    "owner": "Quillfeather Odd",
    "rows": [
        {
            "transaction_code": "M",
            "shares": 10000.0,
            "price_per_share": 3.5,
            "transaction_amount": 35000.0,
            "shares_owned_after": 51000.0,
            "acquisition_or_disposition": "A",
        },
        {"shares": 10000.0, "transaction_amount": 0.0, "acquisition_or_disposition": "D"},
        {"shares": 40000.0, "transaction_amount": 0.0, "acquisition_or_disposition": "A"},
    ],
    "holdings": None,
    "counted": 1,
    "4/A": f"Failed to get Form 4 details: Form 4 with accession {AMENDED} not found",
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
