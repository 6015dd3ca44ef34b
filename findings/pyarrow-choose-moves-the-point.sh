#!/usr/bin/env bash
# pyarrow 26.0.1: `choose` takes the digits of the column that is not the last and puts the last one's point into them:
# 1,234.50 shares chosen beside a column of six places are 123,450, one second beside milliseconds is 0.001. Seen
# 2026-11-30.
#
# Expected: `choose` picks for each row one of several columns; if their types differ it widens or refuses.
#   `case_when`, `if_else` and `coalesce` of the same module widen, and `replace_with_mask` refuses.
# Seen: the type is that of the last column, and nothing is converted. decimal(20, 8) beside decimal(17, 6) is a hundred
#   times too large, the other way round a hundredth; beside a plain Decimal("0.00") it is a million times too large,
#   beside whole numbers 1,234.50 is 123450000000. Units of times and durations do the same. decimal128 beside
#   decimal256 is widened, and right.
# Why it matters: it is the function for "take the figure of the form, of the amendment or of the table", by a number
#   for the source. Quantities and prices, or two files, seldom have one scale. Cast all columns to one type before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc


def decimals(digits, places, *values):
    return pa.array([Decimal(each) for each in values], pa.decimal128(digits, places))


FILED = decimals(20, 8, "1234.50", "40")
TABLE = decimals(17, 6, "20", "12.5")
SECONDS, MILLISECONDS = pa.array([1, 2], pa.duration("s")), pa.array([1000, 2000], pa.duration("ms"))


def chosen(*columns):
    """The first row of the first column and the second row of the second."""
    return [str(each) for each in pc.choose(pa.array([0, 1]), *columns).to_pylist()]


def told(column):
    return [str(each) for each in column.to_pylist()]


first = pa.array([True, False])
seen = {
    "eight places, then six": chosen(FILED, TABLE),
    "six places, then eight": chosen(TABLE, FILED),
    "eight places, then 0.00": chosen(FILED, pa.scalar(Decimal("0.00"))),
    "eight places, then whole": chosen(FILED, pa.array([1, 2])),
    "seconds, then milliseconds": chosen(SECONDS, MILLISECONDS),
    "decimal128, then decimal256": chosen(FILED, TABLE.cast(pa.decimal256(40, 8))),
    "one type": chosen(FILED, TABLE.cast(FILED.type)),
    "if_else": told(pc.if_else(first, FILED, TABLE)),
    "case_when": told(pc.case_when(pc.make_struct(first), FILED, TABLE)),
}
right = ["1234.50000000", "12.50000000"]
stated = {
    "eight places, then six": ["123450.000000", "12.500000"],
    "six places, then eight": ["0.20000000", "40.00000000"],
    "eight places, then 0.00": ["1234500000.00", "0.00"],
    "eight places, then whole": ["123450000000", "2"],
    "seconds, then milliseconds": ["0:00:00.001000", "0:00:02"],
    "decimal128, then decimal256": right,
    "one type": right,
    "if_else": right,
    "case_when": right,
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
