#!/usr/bin/env bash
# sqlglot 30.30.0 (with DuckDB 2.0.1): SQL for PostgreSQL, translated for DuckDB, leaves three places of an exact number:
# 25.00004 is 25.000, "= 19.0186" finds nothing, and of 1,234.5 shares 61.725 whole lots of 20 come out. Seen 2026-11-30.
#
# Expected: a translation that gives what the original gives, or says that it cannot; with
#   `unsupported_level=RAISE` it ends where there is no counterpart, as for PostgreSQL's to_number.
# Seen: `numeric` without places keeps every place in PostgreSQL (tried with 15.18) and nine in BigQuery. It becomes
#   DECIMAL, which in DuckDB has three, and in Spark, MySQL and ClickHouse, by their pages, none. The other way round
#   MySQL's and Spark's `decimal` rounds to whole numbers and does not any more. PostgreSQL's `div` and MySQL's DIV are
#   whole divisions and become `//`, which in DuckDB is one for integers alone; PostgreSQL's 7 / 2, which is 3, is 3.5.
#   Nothing is said at any level.
# Why it matters: `::numeric` is how sums in PostgreSQL are made exact and how texts become prices, and tests of such
#   queries are run on DuckDB. Prices in filings have four to six places. Write places into the type, and
#   `trunc(a / b)` or a remainder instead of `div`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile sqlglot==30.30.0 duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import duckdb
import sqlglot

base = duckdb.connect()
base.execute("CREATE TABLE filed (shares decimal(20, 8), price varchar)")
base.execute("INSERT INTO filed VALUES (1234.5, '25.00004'), (0.5, '19.0186')")


def translated(query, source, target="duckdb"):
    return sqlglot.transpile(query, read=source, write=target, unsupported_level=sqlglot.ErrorLevel.RAISE)[0]


def answer(query, source):
    return [str(value) for (value,) in base.execute(translated(query, source)).fetchall()]


CASES = {
    ("postgres", "SELECT price::numeric FROM filed"): ["25.000", "19.019"],
    ("postgres", "SELECT price::numeric(20, 8) FROM filed"): ["25.00004000", "19.01860000"],
    ("postgres", "SELECT sum(shares * price::numeric) FROM filed"): ["30872.00950000000"],
    ("postgres", "SELECT sum(shares * price::numeric(20, 8)) FROM filed"): ["30872.0586800000000000"],
    ("postgres", "SELECT price FROM filed WHERE price::numeric = 19.0186"): [],
    ("bigquery", "SELECT CAST(price AS NUMERIC) FROM filed"): ["25.000", "19.019"],
    ("mysql", "SELECT CAST(shares AS DECIMAL) FROM filed"): ["1234.500", "0.500"],
    ("postgres", "SELECT div(shares, 20) FROM filed"): ["61.725", "0.025"],
    ("mysql", "SELECT shares DIV 20 FROM filed"): ["61.725", "0.025"],
    ("mysql", "SELECT 1234 DIV 20"): ["61"],
    ("postgres", "SELECT 7 / 2"): ["3.5"],
}
for (source, query), stated in CASES.items():
    print(f"{source}: {query}\n  {translated(query, source)}\n  {answer(query, source)}")
names = {
    target: translated("SELECT price::numeric", "postgres", target) for target in ("spark", "mysql", "clickhouse", "trino")
}
print(names)
try:
    refused = translated("SELECT to_number(price, '99D99999') FROM filed", "postgres")
except sqlglot.errors.UnsupportedError as error:
    refused = "refused"
    print(f"to_number: {error}")
plain = "SELECT CAST(price AS DECIMAL)"
told = {"spark": plain, "mysql": plain, "clickhouse": "SELECT CAST(price AS Nullable(Decimal))", "trino": plain}
changed = {query: stated for (source, query), stated in CASES.items() if answer(query, source) != stated}
if changed or names != told or refused != "refused":
    sys.exit(f"CHANGED: this was stated: {changed or told}")
print("As stated.")
PYTHON
