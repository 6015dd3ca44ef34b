#!/usr/bin/env bash
# DuckDB 2.0.1 and csvkit 2.2.0: in a CSV whose transactions all withhold shares for tax, the code F is
# read as the truth value false; beside other filings the withheld shares fall into two codes.
# Seen 2026-11-28.
#
# Expected: a column of one-letter codes is text whatever the letters are, or at least means the same in
#   every file of one form. Polars 2.1.0 and pyarrow 26.0.1 keep "F".
# Seen: both guess a type for each column from its values, and "F" alone is false to both. As soon as the
#   file has one other code, F stays "F". Of one file per filing, each read by itself and put together as
#   data frames (DuckDB) or with csvstack after csvsort (csvkit), 225 shares were withheld, code F has 30
#   and a code "False" 195. Neither says a word, and the total over all codes is right.
#   DuckDB hides it where it can: code = 'F' finds the rows within it, and several files in one read_csv
#   are read as text. It shows where the rows leave DuckDB: fetched, as a data frame, or written again.
# Why it matters: of the form's codes only F reads as a truth value, and a filing after a vesting often
#   has nothing else. What is withheld with approval is exempt under Rule 16b-3(e), a sale on the market
#   is not, so just this code is added up by itself.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    duckdb==2.0.1 csvkit==2.2.0 agate==1.14.2 pandas==3.1.1 polars==2.1.0 pyarrow==26.0.1
cd "$folder"
printf 'owner,code,shares\nQuillfeather Odd,F,120\nMarrow Tilda,F,75\n' > first.csv
printf 'owner,code,shares\nQuillfeather Odd,F,30\nMarrow Tilda,S,500\n' > second.csv
for file in first second; do
    venv/bin/csvsort -c shares "$file.csv" > "$file.sorted.csv"
done
venv/bin/csvstack first.sorted.csv second.sorted.csv > stacked.csv
venv/bin/python - <<'PYTHON'
import csv
import sys
from collections import Counter
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.csv

FILES = ("first.csv", "second.csv")


def by_code(pairs):
    shares = Counter()
    for code, number in pairs:
        shares[str(code)] += int(float(number))
    return dict(sorted(shares.items()))


def framed(read):
    frame = pd.concat([read(file) for file in FILES])
    return by_code(zip(frame["code"], frame["shares"], strict=True))


def written_again(file):
    duckdb.sql(f"COPY (FROM '{file}') TO 'again.csv'")
    return [row["code"] for row in csv.DictReader(Path("again.csv").open())]


stacked = csv.DictReader(Path("stacked.csv").open())
seen = {
    "DuckDB, types of the first": [str(kind) for kind in duckdb.sql("FROM 'first.csv'").types],
    "DuckDB, types of the second": [str(kind) for kind in duckdb.sql("FROM 'second.csv'").types],
    "DuckDB, the first written again": written_again("first.csv"),
    "DuckDB, one data frame per file": framed(lambda file: duckdb.sql(f"FROM '{file}'").df()),
    "DuckDB, both files at once": by_code(
        duckdb.sql("SELECT code, shares FROM read_csv(['first.csv', 'second.csv'])").fetchall()
    ),
    "csvkit, sorted and stacked": by_code((row["code"], row["shares"]) for row in stacked),
    "Polars, one data frame per file": framed(
        lambda file: pd.DataFrame(pl.read_csv(file).to_dicts())
    ),
    "pyarrow, one data frame per file": framed(
        lambda file: pyarrow.csv.read_csv(file).to_pandas()
    ),
}
right = {"F": 225, "S": 500}
split = {"F": 30, "False": 195, "S": 500}
stated = {
    "DuckDB, types of the first": ["VARCHAR", "BOOLEAN", "BIGINT"],
    "DuckDB, types of the second": ["VARCHAR", "VARCHAR", "BIGINT"],
    "DuckDB, the first written again": ["false", "false"],
    "DuckDB, one data frame per file": split,
    "DuckDB, both files at once": right,
    "csvkit, sorted and stacked": split,
    "Polars, one data frame per file": right,
    "pyarrow, one data frame per file": right,
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
