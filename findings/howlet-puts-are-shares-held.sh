#!/usr/bin/env bash
# howlet 0.8.0: of a manager's 13F puts are shares: who sold a million shares and bought puts on a million did nothing,
# by its difference of two quarters, and is among those who hold the stock. Seen 2026-12-01.
#
# Expected: a row of the information table with `putCall` is an option; its number and value are those of the shares that
#   it is on, under their CUSIP, as the instructions of the form want it, and the shares may be held beside it or not at all.
# Seen: `putCall` is not read. Options are added to the shares of their CUSIP, puts as well as calls, before quarters are
#   compared and weights are taken. Shares exchanged for puts are "UNCHANGED", and left out of what is told of a quarter;
#   a holding half of which is insured against a fall is "INCREASED" by half, to 60 % of a portfolio of which it is 50; a
#   manager who never had a share counts as a holder beside one who has. Calls sold while the shares stay are "DECREASED".
# Why it matters: puts gain when the stock falls, so the holder who left is told as one who stayed, and the cautious one
#   as a buyer. In its rows nothing is left of the word; read `putCall` in the table itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile howlet==0.8.0
cd "$folder"
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date
from types import SimpleNamespace

from howlet.client import EdgarClient
from howlet.consensus import ManagerPortfolio, _aggregate_by_cusip, build_consensus_rows
from howlet.diff import diff_holdings
from howlet.models import FilingSummary

QUIL, HARROW = ("QUILLFEATHER CO", "99Q01A104"), ("HARROW LAKE INC", "99H02B207")


def row(issuer, shares, option=""):
    """One row of the information table, at 25 dollars a share."""
    name, cusip = issuer
    kind = option and f"<putCall>{option}</putCall>"
    return (
        f"<infoTable><nameOfIssuer>{name}</nameOfIssuer><titleOfClass>COM</titleOfClass><cusip>{cusip}</cusip>"
        f"<value>{25 * shares}</value><shrsOrPrnAmt><sshPrnamt>{shares}</sshPrnamt><sshPrnamtType>SH</sshPrnamtType>"
        f"</shrsOrPrnAmt>{kind}<investmentDiscretion>SOLE</investmentDiscretion>"
        "<votingAuthority><Sole>0</Sole><Shared>0</Shared><None>0</None></votingAuthority></infoTable>"
    )


def filed(*rows):
    """The holdings that howlet reads in a filing of these rows, without asking anybody."""
    space = "http://www.sec.gov/edgar/document/thirteenf/informationtable"
    table = f'<informationTable xmlns="{space}">{"".join(rows)}</informationTable>'.encode()
    listing = {"directory": {"item": [{"name": "primary_doc.xml"}, {"name": "infotable.xml"}]}}
    client = EdgarClient("Mara Quill mara@quill.example")
    client._get = lambda url, **_: SimpleNamespace(content=table, json=lambda: listing)
    return client.get_information_table(
        FilingSummary("9990000001", "9990000001-26-000001", date(2026, 5, 14), date(2026, 3, 31), "primary_doc.xml")
    )


M = 1_000_000
other = row(HARROW, M)
before = filed(row(QUIL, M), other)
QUARTERS = {
    "sold, and puts bought": (before, filed(row(QUIL, M, "Put"), other)),
    "half of it insured with puts": (before, filed(row(QUIL, M), row(QUIL, M // 2, "Put"), other)),
    "calls let go, shares kept": (filed(row(QUIL, M), row(QUIL, M // 2, "Call"), other), before),
    "sold": (before, filed(other)),
}
seen = {}
for name, (first, second) in QUARTERS.items():
    (change,) = [change for change in diff_holdings(first, second) if change.cusip == QUIL[1]]
    seen[name] = (change.status, change.prior_shares, change.current_shares)


def holders(**managers):
    """Who holds Quillfeather, and what part of the portfolio it is, in percent."""
    portfolios = [
        ManagerPortfolio(name, name, "2026-03-31", _aggregate_by_cusip(holdings)) for name, holdings in managers.items()
    ]
    (found,) = [found for found in build_consensus_rows(portfolios) if found.cusip == QUIL[1]]
    return {name: round(weight, 1) for name, weight in found.weights_pct.items()}


seen["holders"] = holders(
    owns=before, insured=QUARTERS["half of it insured with puts"][1], puts_only=QUARTERS["sold, and puts bought"][1]
)
stated = {
    "sold, and puts bought": ("UNCHANGED", M, M),
    "half of it insured with puts": ("INCREASED", M, M * 3 // 2),
    "calls let go, shares kept": ("DECREASED", M * 3 // 2, M),
    "sold": ("SOLD", M, 0),
    "holders": {"owns": 50.0, "insured": 60.0, "puts_only": 50.0},
}
for name, told in seen.items():
    print(f"{name}: {told}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
