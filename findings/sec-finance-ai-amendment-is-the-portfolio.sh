#!/usr/bin/env bash
# sec-finance-ai 2.0.5: the latest portfolio of a manager is the latest filing of form 13F, also where that is an
# amendment that adds a holding: 60 millions in three companies become 1 million in one. Seen 2026-11-30.
#
# Expected: `get_13f_holdings` gives "the latest 13F portfolio". An amendment says in its cover page whether it states
#   everything again or adds new holdings; those of the second kind are put to the report of the same quarter.
# Seen: the first of "13F-HR" and "13F-HR/A" in the list of filings is taken, and its cover page is not looked at. What
#   was added is the whole portfolio, with its total, its number of positions and a weight of 100 %. The field `form`
#   alone tells that it is an amendment; the note under it speaks of classes, options and thousands.
# Why it matters: holdings that were kept confidential are told so, a quarter or more later, and are then what a language
#   model calls the largest holding. The ten percent owners of Forms 3 and 4 are such managers. Read the cover page's
#   `amendmentType`, and add up.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile sec-finance-ai==2.0.5
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio
import json
import logging
import sys
from types import SimpleNamespace

import sec_finance_ai

logging.disable(logging.CRITICAL)
REPORT, AMENDMENT = "0009900001-26-000001", "0009900001-26-000002"
HELD = {
    REPORT: [
        ("Brass Kettle Works", "000000001", 30),
        ("Ferncliff Mills", "000000002", 20),
        ("Quill Paper", "000000003", 10),
    ],
    AMENDMENT: [("Marlow Canals", "000000004", 1)],
}


def table(holdings):
    rows = "".join(
        f"""<infoTable><nameOfIssuer>{name}</nameOfIssuer><titleOfClass>COM</titleOfClass><cusip>{cusip}</cusip>
        <value>{millions}000000</value><shrsOrPrnAmt><sshPrnamt>{millions}00000</sshPrnamt>
        <sshPrnamtType>SH</sshPrnamtType></shrsOrPrnAmt><investmentDiscretion>SOLE</investmentDiscretion>
        <votingAuthority><Sole>{millions}00000</Sole><Shared>0</Shared><None>0</None></votingAuthority></infoTable>"""
        for name, cusip, millions in holdings
    )
    space = "http://www.sec.gov/edgar/document/thirteenf/informationtable"
    return f'<informationTable xmlns="{space}">{rows}</informationTable>'


def told(*filed):
    """What is told of a manager with these filings, the newest first. EDGAR is played here."""
    recent = {
        "form": ["13F-HR/A" if number == AMENDMENT else "13F-HR" for number in filed],
        "accessionNumber": list(filed),
        "filingDate": ["2026-05-20" if number == AMENDMENT else "2026-02-14" for number in filed],
        "reportDate": ["2025-12-31"] * len(filed),
    }

    def get(address, **_):
        if "submissions" in address:
            text = json.dumps({"name": "Ostrander Partners", "filings": {"recent": recent}})
        elif address.endswith("index.json"):
            names = [{"name": name, "size": "900"} for name in ("primary_doc.xml", "holdings.xml")]
            text = json.dumps({"directory": {"item": names}})
        else:
            text = table(HELD[next(number for number in filed if number.replace("-", "") in address)])
        answer = SimpleNamespace(text=text, content=text.encode(), status_code=200, raise_for_status=lambda: None)
        answer.json = lambda: json.loads(text)
        return answer

    tools = sec_finance_ai.Tools()
    tools.session = SimpleNamespace(get=get)
    found = asyncio.run(tools.get_13f_holdings("9900001"))
    names = [(each["issuer"], each["weight_pct"]) for each in found["top_issuers"]]
    return found["form"], found["report_period"], found["total_value_usd"], names


seen = {"report": told(REPORT), "report and amendment": told(AMENDMENT, REPORT)}
stated = {
    "report": (
        "13F-HR",
        "2025-12-31",
        60000000.0,
        [("Brass Kettle Works", 50.0), ("Ferncliff Mills", 33.33), ("Quill Paper", 16.67)],
    ),
    "report and amendment": ("13F-HR/A", "2025-12-31", 1000000.0, [("Marlow Canals", 100.0)]),
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
