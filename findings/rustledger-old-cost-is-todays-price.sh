#!/usr/bin/env bash
# @rustledger/wasm 0.24.0 (npm) beside beancount 3.2.3 with beanquery 0.2.0: ten old shares given to a trust, and what
# they cost in 2014 is the price of all: 100 shares worth 2,000 are worth 200. Seen 2026-12-01.
#
# Expected: the value of a holding is what the last `price` before the day says. Nothing is bought or sold at any price
#   when a lot is given away or put into a trust; its cost is named to say which lot it is.
# Seen: every posting with a cost gives a price for its day, and where it has a price too, that one. So the gift of a lot
#   of 2 dollars makes 2 the price from that day on, in `value`, `convert` and `getprice`, for everybody who holds the
#   stock. The table `#prices` of the same program still has the one price that was given, 20; bean-query answers 1,800
#   and 2,000. A `price` of the very day goes before, so a journal with a price for each day shows nothing of it.
# Why it matters: gifts and trusts take the oldest lots, with the lowest cost. A statement of holdings by value is a
#   tenth of it, without an error. Write a `price` of the day beside each posting that has a cost and moves nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile beancount==3.2.3 beanquery==0.2.0
cd "$folder"
npm install --silent --no-audit --no-fund @rustledger/wasm@0.24.0
cat > ask.mjs <<'JAVASCRIPT'
import { readFileSync } from 'node:fs'
import { initSync, query } from '@rustledger/wasm'

initSync({ module: readFileSync('node_modules/@rustledger/wasm/rustledger_wasm_bg.wasm') })
const { journal, questions } = JSON.parse(readFileSync(0, 'utf8'))
console.log(JSON.stringify(questions.map((question) => query(journal, question))))
JAVASCRIPT
"$folder/venv/bin/python" - <<'PYTHON'
import json
import subprocess
import sys

import beanquery
from beancount import loader

JOURNAL = """
2014-01-02 open Assets:Direct
2014-01-02 open Assets:Trust
2014-01-02 open Assets:Cash
2014-01-02 open Equity:Given
2014-01-02 open Income:Gains
2014-01-02 * "Bought"
  Assets:Direct  100 QUIL {2 USD}
  Assets:Cash
2026-05-01 price QUIL 20 USD
"""
GIFT = '\n2026-05-04 * "Gift"\n  Assets:Direct  -10 QUIL {2 USD}\n  Equity:Given\n'
TRUST = '\n2026-05-04 * "Trust"\n  Assets:Direct  -10 QUIL {2 USD}\n  Assets:Trust  10 QUIL {2 USD, 2014-01-02}\n'
SALE = (
    '\n2026-05-04 * "Sold"\n  Assets:Direct  -10 QUIL {2 USD} @ 21 USD\n'
    "  Assets:Cash  210 USD\n  Income:Gains\n"
)
MOVES = {
    "nothing since": "",
    "10 given away": GIFT,
    "10 put into a trust": TRUST,
    "10 sold at 21": SALE,
    "10 given away, price of the day": GIFT + "2026-05-04 price QUIL 20 USD\n",
}
QUESTIONS = [
    "SELECT value(sum(position)) AS v WHERE account ~ 'Direct|Trust'",
    "SELECT getprice('QUIL', 'USD') AS p LIMIT 1",
    "SELECT date, currency, amount FROM #prices ORDER BY date",
]


def rust(journal):
    """What rustledger answers: the value, the price, and how many prices it was given."""
    given = json.dumps({"journal": journal, "questions": QUESTIONS})
    told = subprocess.run(["node", "ask.mjs"], input=given, check=True, capture_output=True, text=True).stdout
    value, price, prices = json.loads(told)
    if any(answer["errors"] for answer in (value, price, prices)):
        sys.exit(f"CHANGED: errors {told}")
    (worth,) = value["rows"][0][0]["positions"]
    return float(worth["units"]["number"]), float(price["rows"][0][0]), len(prices["rows"])


def bean(journal):
    """The same from bean-query."""
    entries, errors, options = loader.load_string(journal)
    if errors:
        sys.exit(f"CHANGED: errors {errors}")
    base = beanquery.connect("beancount:", entries=entries, errors=errors, options=options)
    value, price, prices = (base.execute(question).fetchall() for question in QUESTIONS)
    (worth,) = value[0][0]
    return float(worth.units.number), float(price[0][0]), len(prices)


seen = {move: {"rustledger": rust(JOURNAL + text), "beancount": bean(JOURNAL + text)} for move, text in MOVES.items()}
stated = {
    "nothing since": {"rustledger": (2000, 20, 1), "beancount": (2000, 20, 1)},
    "10 given away": {"rustledger": (180, 2, 1), "beancount": (1800, 20, 1)},
    "10 put into a trust": {"rustledger": (200, 2, 1), "beancount": (2000, 20, 1)},
    "10 sold at 21": {"rustledger": (1890, 21, 1), "beancount": (1800, 20, 1)},
    "10 given away, price of the day": {"rustledger": (1800, 20, 2), "beancount": (1800, 20, 2)},
}
for move, told in seen.items():
    print(f"{move}, value, price, prices given: {told}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
