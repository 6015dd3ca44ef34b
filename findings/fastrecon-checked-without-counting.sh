#!/usr/bin/env bash
# fastrecon 0.9.3 (with DuckDB 2.0.1): a table loaded three times matches the table itself, and in windows by date
# nothing without a day is compared: 5,000 shares held match 7,000. Seen 2026-11-29.
#
# Expected: the package is for proving that two data sets are the same or not. Of its mode `hash` the page says
#   that it compares the counts and a checksum, and that a match means what one by keys means. Windows by date
#   (`range`) are recommended for time series, to be compared one by one and added up.
# Seen: the rows are counted, and the counts are not compared. The checksum is the exclusive or of the rows' hashes, so
#   that rows in pairs cancel out: three loads are one, two fills of 500 are two of 900, and what the last column
#   holds may be exchanged between people. By keys all of these are told apart; with them, `hash` leaves
#   the key columns out (as it says). A row without a day is in no window, in no count, and in no remark.
# Why it matters: a download that was loaded again is the commonest error with filings, equal fills are everyday on
#   Form 4, and holding lines have no day. Compare by keys, without windows, and look at the two row counts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    fastrecon==0.9.3 duckdb==2.0.1 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import logging
import sys
from pathlib import Path

from fastrecon import CsvFile, PartitionSpec, compare

logging.disable(logging.INFO)
HEADINGS = "person,day,code,shares"
EXERCISE = "Quillfeather Odd,2024-03-01,M,1000"


def table(name, *rows):
    Path(name).write_text("\n".join([HEADINGS, *rows, ""]))
    return CsvFile(name)


def fills(shares):
    return [EXERCISE, *[f"Quillfeather Odd,2024-03-01,S,{shares}"] * 2]


def held(*shares):
    people = ("Quillfeather Odd", "Marrow Tilda")
    return [f"{person},2024-03-01,A,{number}" for person, number in zip(people, shares, strict=True)]


def without_a_day(shares):
    return [EXERCISE, f"Quillfeather Odd,,H,{shares}"]


PAIRS = {
    "loaded three times, once": ([EXERCISE] * 3, [EXERCISE]),
    "two fills of 500, of 900": (fills(500), fills(900)),
    "holdings exchanged": (held(400, 70000), held(70000, 400)),
    "without a day: 5,000, 7,000": (without_a_day(5000), without_a_day(7000)),
}
WINDOW = PartitionSpec(column="day", strategy="range", boundaries=[("2000-01-01", "2030-01-01")])


def verdicts(left, right):
    sides = table("left.csv", *left), table("right.csv", *right)
    keys = ["person", "code"]
    return {
        "hash of rows": compare(*sides, compare_mode="hash").status,
        "hash, with keys": compare(*sides, keys=keys, compare_mode="hash").status,
        "by keys": compare(*sides, keys=keys).status,
        "by keys, in windows": compare(*sides, keys=keys, partition=WINDOW).status,
    }


seen = {case: verdicts(*sides) for case, sides in PAIRS.items()}
no, yes = "MISMATCH", "MATCH"
ways = ("hash of rows", "hash, with keys", "by keys", "by keys, in windows")
stated = {
    "loaded three times, once": dict(zip(ways, (yes, yes, no, no), strict=True)),
    "two fills of 500, of 900": dict(zip(ways, (yes, yes, no, no), strict=True)),
    "holdings exchanged": dict(zip(ways, (yes, yes, no, no), strict=True)),
    "without a day: 5,000, 7,000": dict(zip(ways, (no, no, no, yes), strict=True)),
}
for case, found in seen.items():
    print(f"{case}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
