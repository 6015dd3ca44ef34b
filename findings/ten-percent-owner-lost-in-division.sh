#!/usr/bin/env bash
# Polars 2.1.0 and DataFusion 55.0.0 (with pyarrow 26.0.1): 1,234,600 of 12,345,678 shares, both exact, are 0 of the
# class in one and 0.1000 in the other, and who has more than a tenth of it is not found. Seen 2026-11-30.
#
# Expected: a quotient with places enough to be compared, as DuckDB 2.0.1 gives it, or a refusal, as pyarrow's of so
#   many digits.
# Seen: Polars gives a quotient the places of its operands, rounded: of whole shares in decimal(20, 0) each stake is 0 or
#   1, and so is the share of a holder in the sum of all; at two places it is 0.10. A whole column beside a decimal one
#   takes the decimal's places. Its own SQL gives six places more for the same columns. DataFusion gives four more than
#   the dividend has, cut off: whole numbers, as a count is, divided by a decimal are 0.1000, and times 100 they are
#   10.0000. Multiplied by 100 first, Polars' stakes are whole per cents. With eight places, as the quantities of this
#   ledger's exports have, Polars is right to the eighth.
# Why it matters: "more than ten percent" makes an owner an insider, and five percent a filer of other forms. A number of
#   shares outstanding is whole, and stakes come in hundredths of a per cent.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    polars==2.1.0 datafusion==55.0.0 pyarrow==26.0.1 duckdb==2.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import datafusion
import duckdb
import polars
import pyarrow
import pyarrow.compute

HELD, OUTSTANDING = ["1234600", "617300", "9500"], "12345678"
held, outstanding, counted = (polars.col(name) for name in ("held", "outstanding", "counted"))


def frame(places):
    kind = polars.Decimal(20, places)
    columns = {"held": HELD, "outstanding": [OUTSTANDING] * 3}
    exact = {name: polars.Series([Decimal(each) for each in values], dtype=kind) for name, values in columns.items()}
    return polars.DataFrame({**exact, "counted": [int(each) for each in HELD]})


def by_expression(places, stake):
    return [str(each) for each in frame(places).select(stake).to_series()]


def by_sql(places, what):
    answer = polars.SQLContext(shares=frame(places)).execute(f"SELECT {what} AS it FROM shares", eager=True)
    return [str(each) for each in answer["it"]]


def by_datafusion(places, what):
    context = datafusion.SessionContext()
    context.from_arrow(frame(places).to_arrow(), "shares")
    return [str(each) for each in context.sql(f"SELECT {what} AS it FROM shares").to_arrow_table()["it"].to_pylist()]


def by_duckdb(places):
    base = duckdb.connect()
    base.register("shares", frame(places).to_arrow())
    return [round(each, 7) for (each,) in base.execute("SELECT held / outstanding FROM shares").fetchall()]


def by_pyarrow(places):
    table = frame(places).to_arrow()
    try:
        return pyarrow.compute.divide(table["held"], table["outstanding"])
    except pyarrow.ArrowInvalid:
        return "refused"


tenth = Decimal("0.1")
CASES = {
    "Polars, whole": (by_expression(0, held / outstanding), ["0", "0", "0"]),
    "Polars, whole, share of the sum": (by_expression(0, held / held.sum()), ["1", "0", "0"]),
    "Polars, whole, times 100 first": (by_expression(0, held * 100 / outstanding), ["10", "5", "0"]),
    "Polars, two places": (by_expression(2, held / outstanding), ["0.10", "0.05", "0.00"]),
    "Polars, two places, counted": (by_expression(2, counted / outstanding), ["0.10", "0.05", "0.00"]),
    "Polars, two places, more than a tenth": (by_expression(2, held / outstanding > tenth), ["False"] * 3),
    "Polars, eight places": (by_expression(8, held / outstanding), ["0.10000261", "0.05000130", "0.00076950"]),
    "Polars, eight places, more than a tenth": (by_expression(8, held / outstanding > tenth), ["True", "False", "False"]),
    "Polars' SQL, whole": (by_sql(0, "held / outstanding"), ["0.100003", "0.050001", "0.000770"]),
    "DataFusion, whole": (by_datafusion(0, "held / outstanding"), ["0.1000", "0.0500", "0.0007"]),
    "DataFusion, counted": (by_datafusion(8, "counted / outstanding"), ["0.1000", "0.0500", "0.0007"]),
    "DataFusion, counted, in per cent": (by_datafusion(8, "counted / outstanding * 100"), ["10.0000", "5.0000", "0.0700"]),
    "DataFusion, counted, more than a tenth": (by_datafusion(8, "counted / outstanding > 0.1"), ["False"] * 3),
    "DataFusion, eight places": (
        by_datafusion(8, "held / outstanding"), ["0.100002608200", "0.050001304100", "0.000769500063"]
    ),
    "DuckDB, whole": (by_duckdb(0), [0.1000026, 0.0500013, 0.0007695]),
    "pyarrow, whole": (by_pyarrow(0), "refused"),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
changed = {case: stated for case, (found, stated) in CASES.items() if found != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
