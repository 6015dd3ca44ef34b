#!/usr/bin/env bash
# DuckDB 2.0.1: by the checksum that its documentation gives for a table, two tables are the same in which other people
# hold the shares, or in which ten times as many options are held. Seen 2026-11-29.
#
# Expected: the guide "Calculating a Database Checksum" takes the exclusive or of the md5 of every value, over
#   rows, columns and tables, so that order does not matter. A checksum that agrees is read as: the same tables.
# Seen: a value counts wherever it stands. What two people hold may be exchanged, and acquired and disposed. Two
#   columns that agree in every row cancel out, and so do rows that come in pairs: where each option is for one
#   share, the number of options and the number underlying leave nothing, 1,000 or 10,000. The other way in
#   use, the exclusive or of hash(row), sees most of this, but not what stands in the last column: it may be dealt
#   out anew among the rows. Rows in pairs cancel there as well. A single changed value shows in both.
# Why it matters: tables of holdings are full of equal columns, equal fills and twins with the sign turned, and what goes
#   wrong in them is who has what. FROM a EXCEPT ALL FROM b, asked both ways, finds every one of these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import duckdb

HELD, OPTIONS, MOVED, FILLS = (
    "person VARCHAR, day DATE, shares DECIMAL(20, 4)",
    "person VARCHAR, options DECIMAL(20, 4), underlying DECIMAL(20, 4), price DECIMAL(20, 4)",
    "person VARCHAR, acquired DECIMAL(20, 4), disposed DECIMAL(20, 4), day DATE",
    "person VARCHAR, day DATE, shares DECIMAL(20, 4), price DECIMAL(20, 4)",
)
ODD, TILDA, DAY = "Quillfeather Odd", "Marrow Tilda", "2024-03-01"
PAIRS = {
    "other people hold them": (HELD, [(ODD, DAY, 400), (TILDA, DAY, 70000)], [(ODD, DAY, 70000), (TILDA, DAY, 400)]),
    "ten times the options": (OPTIONS, [(ODD, 1000, 1000, 19)], [(ODD, 10000, 10000, 19)]),
    "acquired, disposed": (MOVED, [(ODD, 300, None, DAY)], [(ODD, None, 300, DAY)]),
    "two fills of 500, of 900": (FILLS, [(ODD, DAY, 500, 19)] * 2, [(ODD, DAY, 900, 19)] * 2),
    "one more share": (FILLS, [(ODD, DAY, 500, 19)], [(ODD, DAY, 501, 19)]),
}


def answer(query):
    ((value,),) = database.sql(query).fetchall()
    return value


def of_values(table):
    columns = [name for (name, *_) in database.sql(f"DESCRIBE {table}").fetchall()]
    each = [f"coalesce(bit_xor(md5_number({name}::VARCHAR)), 0::UHUGEINT)" for name in columns]
    total = each[0]
    for other in each[1:]:
        total = f"xor({total}, {other})"
    return answer(f"SELECT {total} FROM {table}")


def of_rows(table):
    return answer(f"SELECT bit_xor(hash({table})) FROM {table}")


def differing():
    return answer(
        "SELECT count(*) FROM ((FROM a EXCEPT ALL FROM b) UNION ALL (FROM b EXCEPT ALL FROM a))"
    )


seen = {}
for case, (columns, *sides) in PAIRS.items():
    database = duckdb.connect()
    for table, rows in zip("ab", sides, strict=True):
        database.execute(f"CREATE TABLE {table} ({columns})")
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
    seen[case] = of_values("a") == of_values("b"), of_rows("a") == of_rows("b"), differing()

stated = {
    "other people hold them": (True, True, 4),
    "ten times the options": (True, False, 2),
    "acquired, disposed": (True, False, 2),
    "two fills of 500, of 900": (True, True, 4),
    "one more share": (False, False, 2),
}
for case, (values, rows, differ) in seen.items():
    print(f"{case}: equal by values {values}, equal by rows {rows}, rows that differ {differ}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
