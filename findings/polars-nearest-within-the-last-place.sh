#!/usr/bin/env bash
# Polars 2.1.0: `join_asof` reads the tolerance of a column of exact decimals in units of its last place, so that "within
# 0.05 dollars" and "within 1" find nothing, and within 10,000 is within a cent. Seen 2026-11-30.
#
# Expected: its page gives the tolerance as the distance that near keys may have; what is out of the question for a type
#   is refused, as such a join of two unlike scales is.
# Seen: of prices with six places a tolerance of 1 is 0.000001; one below 1, whether a float or a Decimal, is 0, and only
#   equal prices meet. No row is found, and none is told as an error. The tolerance that would find them depends on the
#   places of the column: 50,000 for 0.05 at six, 5,000,000 at eight. As floats the same columns answer rightly, and
#   without a tolerance decimals do too.
# Why it matters: the fills of two feeds, or the price of a form and of a broker, are matched within a cent. "None of
#   these trades is in the other file" is the answer that such a check looks for.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile polars==2.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import polars

FORM = ["19.50", "25.0186", "31.00"]
BROKER = ["19.48", "25.01", "30.20"]


def prices(values, kind, other):
    column = polars.Series("price", [Decimal(value) for value in values], dtype=polars.Decimal(17, 6)).cast(kind)
    return polars.DataFrame({"price": column, other: values})


def met(kind, tolerance, strategy="nearest"):
    form, broker = prices(FORM, kind, "form"), prices(BROKER, kind, "broker")
    return form.join_asof(broker, on="price", tolerance=tolerance, strategy=strategy)["broker"].to_list()


SIX, EIGHT = polars.Decimal(17, 6), polars.Decimal(20, 8)
none, two = [None] * 3, ["19.48", "25.01", None]
CASES = {
    "floats, within 0.05": (met(polars.Float64, 0.05), two),
    "floats, within 1": (met(polars.Float64, 1.0), BROKER),
    "six places, no tolerance": (met(SIX, None), BROKER),
    "six places, within 0.05": (met(SIX, 0.05), none),
    "six places, within Decimal 0.05": (met(SIX, Decimal("0.05")), none),
    "six places, within 1": (met(SIX, 1), none),
    "six places, within 1, backward": (met(SIX, 1, "backward"), none),
    "six places, within 10,000": (met(SIX, 10_000), [None, "25.01", None]),
    "six places, within 50,000": (met(SIX, 50_000), two),
    "eight places, within 50,000": (met(EIGHT, 50_000), none),
    "eight places, within 5,000,000": (met(EIGHT, 5_000_000), two),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
changed = {case: stated for case, (found, stated) in CASES.items() if found != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
