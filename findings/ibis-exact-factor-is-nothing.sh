#!/usr/bin/env bash
# ibis-framework 12.0.0 with DuckDB 2.0.1: an exact number from Python has three places: a fee of 0.0000278 is nothing,
# a stock dividend's 1.0125 is 1.013, and 25.00004 is not found in its own column. Seen 2026-11-30.
#
# Expected: an expression means the same on every engine, and a `Decimal` is the exact way to say a number. The column's
#   type is known (six and eight places here), and that of the number is written in it.
# Seen: of a `Decimal` ibis takes no places into the type, and the SQL casts it to DECIMAL(18, 3). So does each of
#   `literal`, comparisons, `isin`, `fill_null`, `cases` and `cast("decimal")`, on columns of any scale; the outcome is
#   told as decimal(38, 9). The same expressions are right on Polars 2.1.0, the same numbers as floats are right on
#   DuckDB, and so are filters whose number has its type given: `ibis.literal(Decimal("25.00004"), "decimal(17, 6)")`. (A
#   request for a test of such numbers, without this in it, is ibis#7930, open since 2024.)
# Why it matters: rates, ratios and prices with four places are what people write as Decimal, so as not to lose any. A
#   total that is 0 is seen; shares after a stock dividend that are one in two thousand too many are not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    "ibis-framework[duckdb,polars]==12.0.0" duckdb==2.0.1 polars==2.1.0 sqlglot==30.30.0 pyarrow==26.0.1 pandas==3.0.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

SHARES = [Decimal("4000"), Decimal("200.75"), Decimal("985544.125")]
PRICES = [Decimal("278.35"), Decimal("25.00004"), None]
pq.write_table(
    pa.table({"shares": pa.array(SHARES, pa.decimal128(20, 8)), "price": pa.array(PRICES, pa.decimal128(17, 6))}),
    "sales.parquet",
)
FEE, DIVIDEND, PRICE = Decimal("0.0000278"), Decimal("1.0125"), Decimal("25.00004")


def plain(answer):
    values = answer.to_pylist() if hasattr(answer, "to_pylist") else [answer.as_py()]
    return [value if value is None else f"{Decimal(str(value)).normalize():f}" for value in values]


def asked(engine):
    table = engine.read_parquet("sales.parquet")
    shares, price = table.shares, table.price
    questions = {
        "fee on all shares": (shares * FEE).sum(),
        "the same, as a float": (shares * float(FEE)).sum().round(9),
        "after a stock dividend": table.select(after=shares * DIVIDEND).after,
        "at 25.00004": table.filter(price == PRICE).price,
        "at 25.00004, its type given": table.filter(price == ibis.literal(PRICE, "decimal(17, 6)")).price,
        "one of 25.00004": table.filter(price.isin([PRICE, Decimal("99.12345")])).price,
        "above 25.00004": table.filter(price > PRICE).price,
        "a price where none is": table.select(filled=price.fill_null(Decimal("19.0186"))).filled,
    }
    return {what: plain(engine.to_pyarrow(question)) for what, question in questions.items()}


right = {
    "fee on all shares": ["27.514907525"],
    "the same, as a float": ["27.514907525"],
    "after a stock dividend": ["4050", "203.259375", "997863.4265625"],
    "at 25.00004": ["25.00004"],
    "at 25.00004, its type given": ["25.00004"],
    "one of 25.00004": ["25.00004"],
    "above 25.00004": ["278.35"],
    "a price where none is": ["278.35", "25.00004", "19.0186"],
}
stated = right | {
    "fee on all shares": ["0"],
    "after a stock dividend": ["4052", "203.35975", "998356.198625"],
    "at 25.00004": [],
    "one of 25.00004": [],
    "above 25.00004": ["278.35", "25.00004"],
    "a price where none is": ["278.35", "25.00004", "19.019"],
}
duckdb, polars = asked(ibis.duckdb.connect()), asked(ibis.polars.connect())
for what in right:
    print(f"{what}: DuckDB {duckdb[what]}, Polars {polars[what]}")
if duckdb != stated or polars != right:
    sys.exit(f"CHANGED: this was stated: DuckDB {stated}, Polars {right}")
print("As stated.")
PYTHON
