#!/usr/bin/env bash
# edgartools 5.62.1 and pandas 3.1.1: a footnote mark behind a number becomes its last digit: 12,500 shares with note 1
# are 125,001, and 1.1 percent with note 3 is 1.13. Seen 2026-11-29.
#
# Expected: in a table of owners, as proxy statements and old filings print it, a raised figure is the number of a note.
#   As a table of data the cell is 12,500, or text to look at; "12,500" and "(2)" do not read as one number.
# Seen: both put the text of a cell together first, without the raising, and then take commas, and edgartools "%" as
#   well, out of it. Groups of three are not asked for: "12,5001" is the number 125001, "4,0005,6" is 400056. A mark in
#   brackets saves the cell: it stays text, in the same column. edgartools shows the text "12,5001" too. Where all
#   marks are bare, pandas gives a column of whole numbers, which sums.
# Why it matters: ten times the shares of just those owners who have a note, which are the ones with trusts and
#   options, in the table that the totals of Form 4 are compared with.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    edgartools==5.62.1 pandas==3.1.1 lxml==6.1.3
cd "$folder"
HOME="$folder" "$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import pandas as pd
from edgar.documents import parse_html

OWNERS = [
    ("Quillfeather Odd", "12,500<sup>1</sup>", "1.5%"),
    ("Marrow Tilda", "9,000<sup>(2)</sup>", "1.1%<sup>3</sup>"),
    ("Ostrander Pia", "700", "*"),
    ("Pellington Roy", "4,000<sup>5,6</sup>", "*"),
]


def page(owners):
    rows = "".join(f"<tr><td>{name}</td><td>{shares}</td><td>{part}</td></tr>" for name, shares, part in owners)
    heading = "<tr><th>Name</th><th>Shares</th><th>Percent</th></tr>"
    return f"<html><body><p>Security ownership</p><table border='1'>{heading}{rows}</table></body></html>"


def read(html):
    (table,) = pd.read_html(io.StringIO(html))
    return table


table = parse_html(page(OWNERS)).tables[0].to_dataframe()
bare = read(page([owner for owner in OWNERS if "(2)" not in owner[1]]))
seen = {
    "edgartools, shares": list(table["Shares"]),
    "edgartools, percent": list(table["Percent"]),
    "pandas, shares": list(read(page(OWNERS))["Shares"]),
    "pandas, shares with bare marks": bare["Shares"].tolist(),
    "pandas, their kind and sum": (str(bare["Shares"].dtype), int(bare["Shares"].sum())),
}
stated = {
    "edgartools, shares": [125001.0, "9,000(2)", 700.0, 400056.0],
    "edgartools, percent": [1.5, 1.13, "*", "*"],
    "pandas, shares": ["125001", "9,000(2)", "700", "400056"],
    "pandas, shares with bare marks": [125001, 700, 400056],
    "pandas, their kind and sum": ("int64", 525757),
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
