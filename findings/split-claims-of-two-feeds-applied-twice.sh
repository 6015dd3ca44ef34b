#!/usr/bin/env bash
# split-adjustment-tool 0.4.1 (with Polars 2.1.0): a five-for-four split that two sources date two weeks
# apart is one event as long as no prices are given; with the prices it is two, and both are applied.
# Seen 2026-11-29.
#
# Expected: its page says that duplicates of several sources are collapsed, that ratios under two
#   (three-for-two, five-for-four, stock dividends) are "de-duplicated but not price-verified", and that
#   prices keep two claims apart only where each of them shows in the prices.
# Seen: prices lie flat around the first claim (the record day) and fall by a fifth at the second (the day
#   the split took effect). A claim counts as shown when the prices agree within a factor of 1.5, and a
#   flat price agrees with 5 for 4, 11 for 10 and 21 for 20. So both claims are kept and 100 shares
#   become 156.25, 121 and 110.25. Without prices each is one event: 125, 110, 105. Two for one is one
#   event either way. The share of an adjusted price that is wrong is as large: 38.40 for 48.00.
# Why it matters: a holder's total that follows a split rightly looks short by a fifth against such
#   factors. A split in an ownership filing is often told twice, on the record day and on the
#   distribution day. Check the number of events before applying them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
  split-adjustment-tool==0.4.1 polars==2.1.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date, timedelta

import polars as pl
from split_adjustment_tool import (
    apply_split_adjustment,
    collapse_all,
    make_close_series_fn,
    make_gap_fn,
    make_last_bar_date_fn,
)

TOLD, EFFECTIVE = date(2026, 3, 2), date(2026, 3, 16)
RATIOS = {"5 for 4": (4.0, 5.0), "11 for 10": (10.0, 11.0), "21 for 20": (20.0, 21.0), "2 for 1": (1.0, 2.0)}


class Tape:
    """Closes of 60 dollars until the split takes effect, and the split price from then on."""

    def __init__(self, old: float, new: float) -> None:
        days = [day for n in range(120) if (day := date(2026, 1, 5) + timedelta(n)).weekday() < 5]
        closes = [60.0 if day < EFFECTIVE else 60.0 * old / new for day in days]
        columns = {"symbol": ["QLL"] * len(days), "date": days}
        columns |= {name: closes for name in ("open", "high", "low", "close")}
        self.bars = pl.DataFrame(columns | {"volume": [1000] * len(days)})

    def get_bars(self, symbol: str) -> pl.DataFrame:
        return self.bars


def hundred_shares_become(old: float, new: float, *, prices: bool) -> tuple[int, float, float]:
    tape = Tape(old, new)
    claims = pl.DataFrame(
        {
            "symbol": ["QLL", "QLL"],
            "date": [TOLD, EFFECTIVE],
            "ratio_from": [old, old],
            "ratio_to": [new, new],
            "source": ["feed", "notice"],
        }
    )
    series = make_close_series_fn(tape)
    evidence = {
        "gap_fn": make_gap_fn(series_fn=series),
        "last_date_fn": make_last_bar_date_fn(series_fn=series),
        "series_fn": series,
    }
    kept, _ = collapse_all(claims, **(evidence if prices else {}))
    first = apply_split_adjustment(tape.bars, kept).row(0, named=True)
    return kept.height, round(100 * first["volume_factor"], 4), round(first["adj_close"], 4)


seen = {}
for name, (old, new) in RATIOS.items():
    for prices in (False, True):
        answer = hundred_shares_become(old, new, prices=prices)
        seen[name, prices] = answer
        told = "with prices" if prices else "without prices"
        print(f"{name} told twice, {told}: {answer[0]} event(s), 100 shares are {answer[1]}, 60.00 is {answer[2]}")

stated = {
    ("5 for 4", False): (1, 125.0, 48.0),
    ("5 for 4", True): (2, 156.25, 38.4),
    ("11 for 10", False): (1, 110.0, 54.5455),
    ("11 for 10", True): (2, 121.0, 49.5868),
    ("21 for 20", False): (1, 105.0, 57.1429),
    ("21 for 20", True): (2, 110.25, 54.4218),
    ("2 for 1", False): (1, 200.0, 30.0),
    ("2 for 1", True): (1, 200.0, 30.0),
}
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
