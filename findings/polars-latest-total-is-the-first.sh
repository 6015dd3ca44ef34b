#!/usr/bin/env bash
# Polars 2.1.0 (and DuckDB 2.0.1): of two totals of one day, "sort by day, take the last" gives the first.
# Seen 2026-11-27.
#
# Expected: the rows of a filing stand in order, so a group sorted by day ends with the last row of the
#   last day. Polars says that a sort without maintain_order need not keep ties in order; looked at,
#   the sorted group of two rows is in order.
# Seen: it is [9000, 8700], and its last() is 9000: sort and last together are computed as the row of the
#   greatest day, and of equals that is the first. So does tail(1) of a sorted lazy frame, while tail(1)
#   of the sorted frame itself gives 8,700. One question, several spellings, two answers, from two rows on
#   and whatever the number of threads. maintain_order=True mends the sorts; max_by has no such
#   argument. DuckDB's last(... ORDER BY day) and arg_max(..., day) give 9,000 too.
# Why it matters: "the last reported total per person, title and account" is how positions are made of
#   these filings by everyone without a ledger. Two fills a day are common, and this takes the total
#   before the second. Order by day and by the line's place, so that there are no ties.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

import duckdb
import polars as pl

DAY = date(2024, 3, 4)
rows = pl.DataFrame({
    "person": ["Quillfeather Odd"] * 2, "day": [DAY, DAY], "line": [1, 2], "after": [9000, 8700],
})
after = pl.col("after")


def grouped(expression):
    (value,) = rows.group_by("person").agg(expression.alias("answer"))["answer"].to_list()
    return value


def last(sorted_rows):
    (value,) = sorted_rows["after"].to_list()
    return value


def duck(expression):
    ((value,),) = duckdb.sql(f"SELECT {expression} FROM rows GROUP BY person").fetchall()
    return value


seen = {
    "the group, sorted": grouped(after.sort_by("day")),
    "the group, sorted, last": grouped(after.sort_by("day").last()),
    "the group, sorted in order, last": grouped(after.sort_by("day", maintain_order=True).last()),
    "max_by": grouped(after.max_by("day")),
    "frame, sorted, tail": last(rows.sort("day").tail(1)),
    "lazy frame, sorted, tail": last(rows.lazy().sort("day").tail(1).collect()),
    "sorted by day and line, last": grouped(after.sort_by("day", "line").last()),
    "DuckDB last": duck("last(after ORDER BY day)"),
    "DuckDB arg_max": duck("arg_max(after, day)"),
    "DuckDB last, by day and line": duck("last(after ORDER BY day, line)"),
}
stated = {
    "the group, sorted": [9000, 8700],
    "the group, sorted, last": 9000,
    "the group, sorted in order, last": 8700,
    "max_by": 9000,
    "frame, sorted, tail": 8700,
    "lazy frame, sorted, tail": 9000,
    "sorted by day and line, last": 8700,
    "DuckDB last": 9000,
    "DuckDB arg_max": 9000,
    "DuckDB last, by day and line": 8700,
}
for way, value in seen.items():
    print(f"{way}: {value}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
