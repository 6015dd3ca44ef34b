#!/usr/bin/env bash
# vortex-data 0.93.0: a whole number compared with a column of exact decimals counts in the column's last place: 100,000
# beside shares of eight places is 0.001, and everybody holds that many. Seen 2026-11-30.
#
# Expected: `vx.scalar(value, dtype=...)` tells the value in the column's type, or raises where the type cannot hold it;
#   a comparison of unlike types is refused, with the advice to tell the type. Casting a column of whole numbers to the
#   same type keeps them.
# Seen: an `int` given with a decimal type is taken for the digits that are stored: 31 with six places is 0.000031. So is
#   it in `ve.literal`, in bounds of `between`, in lists and structs, and in what `fill_null` fills in. `Decimal(31)` is
#   31, `ve.cast` of a column makes 31 of 31, and floats are refused. The page of `vx.scalar` tells nothing of it.
# Why it matters: thresholds are whole numbers, and the first try, without a type, ends in an error that asks for one.
#   "At least 100,000 shares" then answers with every row that is not empty; "exactly 40" answers with none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile vortex-data==0.93.0 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import pyarrow as pa
import vortex as vx
import vortex.expr as ve

OWNERS = ["Quillfeather Odd", "Marrow Tilda", "Ostrander Pia"]
SHARES = [Decimal("200.75"), Decimal("40"), Decimal("985544.125")]
columns = {"owner": OWNERS, "shares": pa.array(SHARES, pa.decimal128(20, 8)), "days": pa.array([31, 40, None])}
vx.io.write(vx.array(pa.table(columns)), "holdings.vortex")
EXACT = vx.decimal(precision=20, scale=8, nullable=True)
shares = ve.column("shares")


def owners(condition):
    rows = vx.open("holdings.vortex").scan(expr=condition).read_all().to_arrow_table()
    return [owner.split()[0] for owner in rows["owner"].to_pylist()]


def refused(value):
    try:
        return str(vx.scalar(value, dtype=EXACT).as_py())
    except Exception as error:
        return type(error).__name__


def without_type():
    try:
        return owners(shares >= 100_000)
    except Exception as error:
        return "equal dtypes" in str(error)


def computed(expression):
    return [str(value) for value in vx.array(pa.table(columns)).apply(expression).to_arrow_array().to_pylist()]


whole, exact = ve.literal(EXACT, 100_000), ve.literal(EXACT, Decimal(100_000))
top = ve.literal(EXACT, Decimal(10_000_000))
everybody = ["Quillfeather", "Marrow", "Ostrander"]
CASES = {
    "the number 31, six places": (str(vx.scalar(31, dtype=vx.decimal(precision=17, scale=6)).as_py()), "0.000031"),
    "the Decimal 31": (str(vx.scalar(Decimal(31), dtype=EXACT).as_py()), "31.00000000"),
    "the float 31.0": (refused(31.0), "ValueError"),
    "without a type, dtypes asked for": (without_type(), True),
    "at least 100,000": (owners(shares >= whole), everybody),
    "the same, by vx.scalar": (owners(shares >= vx.scalar(100_000, dtype=EXACT)), everybody),
    "at least Decimal 100,000": (owners(shares >= exact), ["Ostrander"]),
    "between 100,000 and Decimal 10,000,000": (owners(ve.between(shares, whole, top)), everybody),
    "exactly 40": (owners(shares == ve.literal(EXACT, 40)), []),
    "exactly Decimal 40": (owners(shares == ve.literal(EXACT, Decimal(40))), ["Marrow"]),
    "whole numbers cast": (computed(ve.cast(ve.column("days"), EXACT)), ["31.00000000", "40.00000000", "None"]),
    "30 for what is missing": (
        computed(ve.fill_null(ve.cast(ve.column("days"), EXACT), ve.literal(EXACT, 30))),
        ["31.00000000", "40.00000000", "3.0E-7"],
    ),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
changed = {case: stated for case, (found, stated) in CASES.items() if found != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
