#!/usr/bin/env bash
# Polars 2.1.0: a table of exact decimals, transposed, has all of its amounts multiplied: 1,200.75 shares with two
# decimals become 120,075, with six 1,200,750,000. Seen 2026-11-30.
#
# Expected: `transpose` turns rows into columns; what stood in a cell stands in another one, and twice transposed is
#   what one had. Columns of floats and of whole numbers do so.
# Seen: the digits of each decimal without its point are taken for the whole number, so each amount grows by ten to the
#   power of the column's decimals, and is multiplied again when it is transposed back. It shows in no type: the result
#   is decimal(20, 2) as before. Whole numbers beside decimals grow with them. `unpivot` and `pivot` leave amounts alone.
# Why it matters: "one row for each owner" into "one column for each owner" is how a table of holdings goes into a
#   report, and a table in which everything is a hundred times too large still adds up. Cast to strings before and back
#   afterwards, or use `unpivot` and `pivot`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile polars==2.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import polars as pl

HOLDINGS = {"direct": ["1200.75", "10"], "by trust": ["300.5", "7"]}


def turned(kind, times=1):
    """The cells of the holdings in columns of this kind, turned so many times."""
    frame = pl.DataFrame(HOLDINGS).cast(kind)
    for _ in range(times):
        frame = frame.transpose()
    return [str(cell) for row in frame.rows() for cell in row], str(frame.dtypes[0])


def around(kind):
    """The amount of 1,200.75 after `unpivot` and `pivot`."""
    frame = pl.DataFrame({"owner": ["Odd", "Pia"], **HOLDINGS}).cast({"direct": kind, "by trust": kind})
    long = frame.unpivot(index="owner", variable_name="how")
    return long.pivot("owner", index="how", values="value")["Odd"][0]


seen = {
    "floats": turned(pl.Float64),
    "two decimals": turned(pl.Decimal(20, 2)),
    "six decimals": turned(pl.Decimal(20, 6)),
    "two decimals, back again": turned(pl.Decimal(20, 2), times=2),
    "two decimals, unpivot and pivot": around(pl.Decimal(20, 2)),
}
stated = {
    "floats": (["1200.75", "10.0", "300.5", "7.0"], "Float64"),
    "two decimals": (["120075.00", "1000.00", "30050.00", "700.00"], "Decimal(precision=20, scale=2)"),
    "six decimals": (
        ["1200750000.000000", "10000000.000000", "300500000.000000", "7000000.000000"],
        "Decimal(precision=20, scale=6)",
    ),
    "two decimals, back again": (
        ["12007500.00", "3005000.00", "100000.00", "70000.00"],
        "Decimal(precision=20, scale=2)",
    ),
    "two decimals, unpivot and pivot": Decimal("1200.75"),
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
