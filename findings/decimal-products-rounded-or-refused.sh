#!/usr/bin/env bash
# Polars 2.1.0 and DuckDB 2.0.1: shares times price from one Parquet file of exact decimals. One
# program rounds the product without a word, the other refuses a product that would fit. Seen 2026-11-28.
#
# Expected: 1.0001 shares at 0.0001 dollars are 0.00010001 dollars in any program with decimal columns;
#   985,544 shares at 4.91 dollars, both decimal(18,6), are 4,839,021.04.
# Seen: Polars gives the product of two decimals the larger of their scales, so that with four places
#   each 1.0001 * 0.0001 is 0.0001; nothing is said. DuckDB adds the scales, keeps the product of two
#   decimals of at most 18 digits within 18 digits, and ends with an overflow at 985544 * 4.91; cast
#   either factor to decimal(38,6) and the product is right. pyarrow's product of decimal(18,4) is exact.
# Why it matters: values of trades are added up from such products. Which columns are safe depends on the
#   precision in which the file was written, and the file opens without complaint in all three.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
cd "$folder"
venv/bin/python - > seen <<'PYTHON'
from decimal import Decimal

import duckdb
import polars
import pyarrow
import pyarrow.compute
import pyarrow.parquet


def written(name, shares, price, kind):
    columns = {"shares": [Decimal(shares)], "price": [Decimal(price)]}
    schema = pyarrow.schema([(column, kind) for column in columns])
    pyarrow.parquet.write_table(pyarrow.table(columns, schema=schema), name)


written("small.parquet", "1.0001", "0.0001", pyarrow.decimal128(18, 4))
written("large.parquet", "985544", "4.91", pyarrow.decimal128(18, 6))

table = pyarrow.parquet.read_table("small.parquet")
print("pyarrow, small:", pyarrow.compute.multiply(table["shares"], table["price"])[0])
frame = polars.read_parquet("small.parquet")
print("polars, small:", frame.select(polars.col("shares") * polars.col("price")).item())
print("duckdb, small:", duckdb.sql("SELECT shares * price FROM 'small.parquet'").fetchall()[0][0])
try:
    print("duckdb, large:", duckdb.sql("SELECT shares * price FROM 'large.parquet'").fetchall()[0][0])
except duckdb.OutOfRangeException:
    print("duckdb, large: out of range")
wide = "SELECT shares::DECIMAL(38,6) * price FROM 'large.parquet'"
print("duckdb, large, cast:", duckdb.sql(wide).fetchall()[0][0].normalize())
PYTHON
cat > stated <<'TEXT'
pyarrow, small: 0.00010001
polars, small: 0.0001
duckdb, small: 0.00010001
duckdb, large: out of range
duckdb, large, cast: 4839021.04
TEXT
cat seen
diff stated seen || { echo "CHANGED: the lines with < were stated."; exit 1; }
echo "As stated."
