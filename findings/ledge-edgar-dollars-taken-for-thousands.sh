#!/usr/bin/env bash
# ledge-edgar 0.1.0: every 13F filed since 2023 is a thousand times too large: the 25 millions that a manager holds are 25
# billions, beside the 25 millions of 2022. Seen 2026-12-01.
#
# Expected: `value_usd` is in dollars, as its page tells once more. Since 3 January 2023 the information table is
#   in dollars too, rounded to the nearest; before, it was in thousands. Which it is, the table itself does not say: the
#   day of filing does, and the price, which is the value by the number of shares.
# Seen: every value is multiplied by a thousand. A holding kept from September 2022 to March 2026 at 25 dollars a share
#   grows from 25 millions to 25 billions, at 25,000 dollars a share; forty shares worth 1,000 are a million.
#   edgar13f-mcp 1.2.2 has the values as they are filed, so that of the same two tables the older is the one that is a
#   thousand times too small, and its `diff_holdings` tells a growth of 24,975,000 for shares that did not move.
# Why it matters: the field is named after the unit, and weights within one filing look right; beside a price, or the
#   total on the cover, they are not. Take the values of filings from 2023 on as dollars, and only older ones by a thousand.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile ledge-edgar==0.1.0
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile --no-deps edgar13f-mcp==1.2.2
cd "$folder"
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import sys

from edgar13f import parse, rules, tools
from oxfordledge_edgar import parse_13f_infotable

CIK = "9990000001"


def table(value, small):
    """A million shares of Quillfeather, and forty of Harrow Lake."""
    rows = [("QUILLFEATHER CO", "99Q01A104", value, 1_000_000), ("HARROW LAKE INC", "99H02B207", small, 40)]
    space = "http://www.sec.gov/edgar/document/thirteenf/informationtable"
    return f'<informationTable xmlns="{space}">' + "".join(
        f"<infoTable><nameOfIssuer>{name}</nameOfIssuer><titleOfClass>COM</titleOfClass><cusip>{cusip}</cusip>"
        f"<value>{worth}</value><shrsOrPrnAmt><sshPrnamt>{shares}</sshPrnamt><sshPrnamtType>SH</sshPrnamtType>"
        "</shrsOrPrnAmt><investmentDiscretion>SOLE</investmentDiscretion>"
        "<votingAuthority><Sole>0</Sole><Shared>0</Shared><None>0</None></votingAuthority></infoTable>"
        for name, cusip, worth, shares in rows
    ) + "</informationTable>"


# At 25 dollars a share both times: in thousands until 2022, in dollars since 2023.
TABLES = {"2022-09-30": table(25_000, 1), "2026-03-31": table(25_000_000, 1_000)}
FILED = {"2022-09-30": "2022-11-14", "2026-03-31": "2026-05-14"}


class Source:
    """The two filings, as edgar13f-mcp gets them."""

    def filings(self, cik, as_of, periods=None):
        return [rules.Filing(cik, period, "13F-HR", day, period) for period, day in FILED.items()]

    def rows(self, filing):
        return parse.parse_infotable(TABLES[filing.period_of_report].encode(), filing.accession_number)


seen = {
    period: [(holding.shares_or_units, holding.value_usd) for holding in parse_13f_infotable(text)]
    for period, text in TABLES.items()
}
first, second = FILED
asked = {"cik": CIK, "period_a": first, "period_b": second, "as_of": "2026-06-30"}
told = tools.call(Source(), "diff_holdings", asked)
seen["edgar13f-mcp"] = [
    (change["change_type"], change["value_a"], change["value_b"], change["value_delta"]) for change in told["changes"]
]
stated = {
    "2022-09-30": [(1_000_000, 25_000_000), (40, 1_000)],
    "2026-03-31": [(1_000_000, 25_000_000_000), (40, 1_000_000)],
    "edgar13f-mcp": [("unchanged", 25_000, 25_000_000, 24_975_000), ("unchanged", 1, 1_000, 999)],
}
for name, values in seen.items():
    print(f"{name}: {values}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
