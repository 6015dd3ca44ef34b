#!/usr/bin/env bash
# datacompy 1.1.0 (with Polars 1.44.2 and pandas 3.0.6): 4 March agrees with "04/03/2024" in frames of Polars and with
# "03/04/2024" in frames of pandas; in Polars a missing day agrees with any text. Seen 2026-11-29.
#
# Expected: the package compares two tables and says whether they match, for frames of either library. Of a
#   column of days beside one of texts it says that the texts are converted, and that two values match or do not.
# Seen: the texts are converted by each library's guess. Polars guesses the day first, pandas the month first; so the
#   month-first days of EDGAR's pages match in one class and none does in the other, where 3 April passes for
#   4 March. What Polars cannot read becomes a missing value, and missing equals missing: an expiration that is
#   unknown on one side matches "immediately", "see note 2" or 03/13/2024 on the other. A table with no right
#   day in it then matches whole. pandas says that these differ.
# Why it matters: it is what one reaches for to hold two readings of filings against each other, and a match is the
#   end of looking. Convert both columns to days, with the format, before comparing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    datacompy==1.1.0 polars==1.44.2 pandas==3.0.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import warnings
from datetime import date

import pandas as pd
import polars as pl
from datacompy import PandasCompare, PolarsCompare

warnings.filterwarnings("ignore")  # of pandas, that it guesses each text by itself
MARCH_4 = date(2024, 3, 4)
SIDES = {
    "the same day, as EDGAR's pages have it": ([MARCH_4], ["03/04/2024"]),
    "3 April, so written": ([MARCH_4], ["04/03/2024"]),
    "a missing day, and a word": ([MARCH_4, None], ["2024-03-04", "immediately"]),
    "3 April, and 13 March for a missing day": ([MARCH_4, None], ["04/03/2024", "03/13/2024"]),
}


def in_polars(days, texts):
    rows = range(len(days))
    left = pl.DataFrame({"row": rows, "day": pl.Series(days, dtype=pl.Date)})
    right = pl.DataFrame({"row": rows, "day": texts})
    return bool(PolarsCompare(left, right, join_columns="row").matches())


def in_pandas(days, texts):
    rows = range(len(days))
    left = pd.DataFrame({"row": rows, "day": pd.to_datetime(pd.Series(days))})
    right = pd.DataFrame({"row": rows, "day": texts})
    return bool(PandasCompare(left, right, join_columns="row").matches())


seen = {case: (in_polars(*sides), in_pandas(*sides)) for case, sides in SIDES.items()}
stated = {
    "the same day, as EDGAR's pages have it": (False, True),
    "3 April, so written": (True, False),
    "a missing day, and a word": (True, False),
    "3 April, and 13 March for a missing day": (True, False),
}
for case, (polars, pandas) in seen.items():
    print(f"{case}: matches in Polars {polars}, in pandas {pandas}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
