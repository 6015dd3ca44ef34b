#!/usr/bin/env bash
# liken 0.15.1 (with pandas 3.1.1): "the same owner, and days at most one apart" merges a sale of March with one of
# September, if anybody traded next to each of them, or if no two days are near at all. Seen 2026-11-29.
#
# Expected: the members of a step are "combined as an 'and' combination"; the page of `date_range` has the very
#   step, an exact column and days one apart. Two rows are the same only if both hold for those two rows.
# Seen: the days only choose which rows are looked at: those with a near row of whatever owner. Among them the
#   owner alone decides. Where no two days are near, nothing is chosen, and the whole table is looked at: the sales
#   of March and September are one. Add the owner's own trade of the day before, and the September sale is kept.
# Why it matters: two feeds of one filing give days one apart, which is what such a step is for. A sale goes missing
#   or stays by what other people did, so that a try on one person's rows proves nothing for the table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile liken==0.15.1 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import liken
import pandas as pd

ODD_MARCH, ODD_SEPTEMBER = ("0009900001", "2026-03-02"), ("0009900001", "2026-09-10")
TABLES = {
    "others traded next to each": [ODD_MARCH, ("0009900002", "2026-03-03"), ODD_SEPTEMBER, ("0009900003", "2026-09-11")],
    "another traded next to one": [ODD_MARCH, ("0009900002", "2026-03-03"), ODD_SEPTEMBER],
    "nobody else": [ODD_MARCH, ODD_SEPTEMBER],
    "the owner again the day before": [("0009900001", "2026-03-01"), ODD_MARCH, ODD_SEPTEMBER],
}


def kept(rows):
    step = [liken.col("cik").exact(), liken.col("day").date_range(format="%Y-%m-%d", window=1)]
    table = pd.DataFrame(rows, columns=["cik", "day"])
    left = liken.dedupe(table).apply(liken.pipeline().step(step)).drop_duplicates(keep="first")
    left = left.collect() if hasattr(left, "collect") else left
    return [f"{cik[-1]}: {day[5:]}" for cik, day in zip(left["cik"], left["day"], strict=True)]


seen = {name: kept(rows) for name, rows in TABLES.items()}
stated = {
    "others traded next to each": ["1: 03-02", "2: 03-03", "3: 09-11"],
    "another traded next to one": ["1: 03-02", "2: 03-03", "1: 09-10"],
    "nobody else": ["1: 03-02"],
    "the owner again the day before": ["1: 03-01", "1: 09-10"],
}
for name, rows in seen.items():
    print(f"{name}: kept {rows}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
