#!/usr/bin/env bash
# wash-alpha 0.81.1: shares bought and all sold at a loss within thirty days have replaced themselves: the whole loss is
# refused, and is added to the cost of shares that nobody has. Seen 2026-11-29.
#
# Expected: a loss is refused as far as other shares were bought in the 30 days before or after the sale. Who bought
#   100 shares once and sold all of them has none left and bought no others.
# Seen: bought on 2 March, sold on 21 March, nothing else: $1,000 are refused for 100 shares, as "Confirmed"; the
#   replacement is the very purchase that was sold, and its cost becomes $6,000 where $5,000 were paid. Sold on 21 May
#   the same loss stands. The shares that a sale uses up are counted, for the holding period alone.
# Why it matters: shares that vest and are all sold within weeks are an officer's common case, and with their cost at
#   the day of vesting a small loss is usual. The cost that is carried on belongs to no lot that is still held.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile wash-alpha==0.81.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

from net_alpha.engine.detector import detect_wash_sales
from net_alpha.models.domain import Trade


def bought(day, shares, cost):
    return Trade(account="Plan", date=date.fromisoformat(day), ticker="BKW", action="Buy", quantity=shares, cost_basis=cost)


def sold(day, shares, proceeds, cost):
    return Trade(
        account="Plan", date=date.fromisoformat(day), ticker="BKW", action="Sell",
        quantity=shares, proceeds=proceeds, cost_basis=cost,
    )


CASES = {
    "all sold after 19 days": [bought("2026-03-02", 100, 5000), sold("2026-03-21", 100, 4000, 5000)],
    "all sold after 80 days": [bought("2026-03-02", 100, 5000), sold("2026-05-21", 100, 4000, 5000)],
    "replaced by others": [
        bought("2026-01-02", 100, 5000), sold("2026-03-21", 100, 4000, 5000), bought("2026-03-25", 100, 4100)
    ],
}


def outcome(trades):
    found = detect_wash_sales(trades, {})
    refused = [(each.disallowed_loss, each.confidence, str(each.triggering_buy_date)) for each in found.violations]
    return refused, [lot.adjusted_basis for lot in found.lots]


seen = {case: outcome(trades) for case, trades in CASES.items()}
stated = {
    "all sold after 19 days": ([(1000.0, "Confirmed", "2026-03-02")], [6000.0]),
    "all sold after 80 days": ([], [5000.0]),
    "replaced by others": ([(1000.0, "Confirmed", "2026-03-25")], [5000.0, 5100.0]),
}
for case, (refused, costs) in seen.items():
    print(f"{case}: refused {refused}, costs {costs}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
