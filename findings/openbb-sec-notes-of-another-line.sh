#!/usr/bin/env bash
# openbb-sec 2.0.0: of a Form 4 the two notes of one line are the notes of every line after it, so that a gift is "sold
# under a plan" and the spouse's sale "held by the trust"; holdings are left out. Seen 2026-11-30.
#
# Expected: a row of `insider_trading` for each line of the form, with the "footnote for the transaction"; who reports as
#   a director and who as a ten percent owner; the type of the form.
# Seen: the list of notes is replaced by the text of the first line that has two of them, and that text stands in each
#   later line of Table I that has a note; Table II has none. A form with transactions has no holdings: the 4,000 shares
#   of the spouse and 7,000 older options are in no row. Of two owners the boxes of the first count for both: the fund is
#   a director and no ten percent owner. `form` is that of the transaction, "4" also in a 4/A, whose restated sale stands
#   beside the one that it replaces.
# Why it matters: notes say whose shares these are, what was sold by a plan and what a price is the mean of. Each row
#   looks complete, and nothing tells that its note is of another line.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile openbb-sec==2.0.0 openbb-core==2.0.1
cd "$folder"
HOME="$folder" "$folder/venv/bin/python" -W ignore - <<'PYTHON'
import asyncio
import sys

from openbb_sec.models.insider_trading import SecInsiderTradingData
from openbb_sec.utils import form4, ratelimit


def field(name, value, *notes):
    marks = "".join(f'<footnoteId id="{note}"/>' for note in notes)
    return f"<{name}><value>{value}</value>{marks}</{name}>"


def held(shares, kind="D", nature=""):
    words = nature and field("natureOfOwnership", nature)
    return (
        f"<postTransactionAmounts>{field('sharesOwnedFollowingTransaction', shares)}</postTransactionAmounts>"
        f"<ownershipNature>{field('directOrIndirectOwnership', kind)}{words}</ownershipNature>"
    )


def moved(code, shares, price, side, *notes):
    return (
        f"{field('transactionDate', '2026-05-04')}<transactionCoding><transactionFormType>4</transactionFormType>"
        f"<transactionCode>{code}</transactionCode><equitySwapInvolved>0</equitySwapInvolved></transactionCoding>"
        f"<transactionAmounts>{field('transactionShares', shares, *notes)}{field('transactionPricePerShare', price)}"
        f"{field('transactionAcquiredDisposedCode', side)}</transactionAmounts>"
    )


def line(name, title, *parts):
    return f"<{name}>{field('securityTitle', title)}{''.join(parts)}</{name}>"


def underlying(shares):
    return (
        f"<underlyingSecurity>{field('underlyingSecurityTitle', 'Common Stock')}"
        f"{field('underlyingSecurityShares', shares)}</underlyingSecurity>"
    )


def owner(cik, name, director, ten):
    return (
        f"<reportingOwner><reportingOwnerId><rptOwnerCik>{cik}</rptOwnerCik><rptOwnerName>{name}</rptOwnerName>"
        f"</reportingOwnerId><reportingOwnerRelationship><isDirector>{director}</isDirector>"
        f"<isTenPercentOwner>{ten}</isTenPercentOwner></reportingOwnerRelationship></reportingOwner>"
    )


NOTES = {
    "F1": "The price is a mean of prices from 25.01 to 25.09.",
    "F2": "Sold under a plan of 3 March 2025; held by the trust.",
    "F3": "A gift to a school.",
    "F4": "Sold by the spouse.",
    "F5": "Vests over four years.",
}


def form(kind, stock, options=""):
    notes = "".join(f'<footnote id="{key}">{words}</footnote>' for key, words in NOTES.items())
    return (
        f"<?xml version='1.0'?><ownershipDocument><documentType>{kind}</documentType><periodOfReport>2026-05-04"
        "</periodOfReport><issuer><issuerCik>9990000009</issuerCik><issuerName>Bookwright Co</issuerName>"
        "<issuerTradingSymbol>BKW</issuerTradingSymbol></issuer>"
        + owner("9990000001", "Quill Mara", 1, 0) + owner("9990000002", "Harrow Fund L.P.", 0, 1)
        + f"<nonDerivativeTable>{stock}</nonDerivativeTable><derivativeTable>{options}</derivativeTable>"
        f"<footnotes>{notes}</footnotes><ownerSignature><signatureName>M. Quill</signatureName>"
        "<signatureDate>2026-05-06</signatureDate></ownerSignature></ownershipDocument>"
    )


def stock(*parts):
    return line("nonDerivativeTransaction", "Common Stock", *parts)


FILED = {
    "first.xml": form(
        "4",
        stock(moved("S", 1000, 25.05, "D", "F1", "F2"), held(9000, "I", "By trust"))
        + stock(moved("G", 500, 0, "D", "F3"), held(8500))
        + stock(moved("S", 300, 26, "D", "F4"), held(2700, "I", "By spouse"))
        + line("nonDerivativeHolding", "Class B", held(4000, "I", "By spouse")),
        line(
            "derivativeTransaction", "Option", field("conversionOrExercisePrice", 12.5),
            moved("A", 12000, 0, "A", "F5"), underlying(12000), held(12000),
        )
        + line("derivativeHolding", "Older option", field("conversionOrExercisePrice", 8), underlying(7000), held(7000)),
    ),
    "amended.xml": form("4/A", stock(moved("S", 1100, 25.05, "D", "F2"), held(8900, "I", "By trust"))),
}


async def from_memory(url, **_):
    return FILED[url].encode()


ratelimit.sec_amake_request = from_memory


def rows(*urls):
    found = asyncio.run(form4.download_data(list(urls), use_cache=False))
    return [SecInsiderTradingData.model_validate(row) for row in found]


first, both = rows("first.xml"), rows("first.xml", "amended.xml")
seen = {
    "notes": [(row.security_type, row.securities_transacted, row.footnote) for row in first],
    "boxes": sorted({(row.owner_name, row.director, row.ten_percent_owner) for row in first}),
    "sold from the trust": [(row.form, row.securities_transacted) for row in both if row.nature_of_ownership == "By trust"],
}
words = f"{NOTES['F1']}; {NOTES['F2']}"
stated = {
    "notes": [
        ("Common Stock", 1000.0, words), ("Common Stock", 500.0, words), ("Common Stock", 300.0, words),
        ("Option", 12000.0, None),
    ],
    "boxes": [("Quill Mara;Harrow Fund L.P.", True, False)],
    "sold from the trust": [("4", 1000.0), ("4", 1100.0)],
}
for what, values in seen.items():
    print(f"{what}:", *values, sep="\n  ")
if {**seen, "sold from the trust": sorted(seen["sold from the trust"])} != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
