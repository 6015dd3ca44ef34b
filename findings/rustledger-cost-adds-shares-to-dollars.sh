#!/usr/bin/env bash
# @rustledger/wasm 0.24.0 (npm) beside beancount 3.2.3 with beanquery 0.2.0: the cost of an account with 1,200.75 shares
# of a grant and ten bought for 120 dollars is 1,320.75 shares. Seen 2026-12-01.
#
# Expected: `cost(sum(position))` is what the lots cost, and lots without a cost as they are: 120 USD and 1,200.75 QUIL.
#   Two currencies are two amounts.
# Seen: the numbers of all are added into one, under the name of whichever comes first: of a grant and a purchase 1,320.75
#   QUIL, of a purchase and a grant 1,320.75 USD, of lots in dollars and in euros 155 USD. `convert` takes it on, at 20 a
#   share to 26,415 USD, and a running `cost(balance)` does the same. `sum(cost(position))`, the same question the other
#   way round, and `units` are right. No error is told.
# Why it matters: an insider's account is made of grants, which have no cost, and of what was bought; in this answer the
#   purchases are shares more than were ever held. Ask for `sum(cost(position))`.
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
from beancount.core.data import Amount

JOURNAL = """
2024-01-02 open Assets:Direct
2024-01-02 open Assets:Trust
2024-01-02 open Assets:Abroad
2024-01-02 open Assets:Cash
2024-01-02 open Equity:Granted
2024-02-01 * "Granted"
  Assets:Direct  1200.75 QUIL
  Equity:Granted
2024-03-01 * "Bought, and put into the trust at once"
  Assets:Direct  10 QUIL {12 USD}
  Assets:Trust   10 QUIL {12 USD}
  Assets:Cash
2024-04-01 * "Granted to the trust"
  Assets:Trust  1200.75 QUIL
  Equity:Granted
2024-05-01 * "Bought at home"
  Assets:Abroad  10 QUIL {12 USD}
  Assets:Cash
2024-05-02 * "Bought in Paris"
  Assets:Abroad  5 QUIL {7 EUR}
  Assets:Cash
2024-06-03 price QUIL 20 USD
"""
QUESTIONS = {
    "cost of all, direct": "SELECT cost(sum(position)) WHERE account ~ 'Direct'",
    "cost of all, trust": "SELECT cost(sum(position)) WHERE account ~ 'Trust'",
    "cost of all, abroad": "SELECT cost(sum(position)) WHERE account ~ 'Abroad'",
    "cost of the balance, direct": "SELECT cost(last(balance)) WHERE account ~ 'Direct'",
    "in dollars, direct": "SELECT convert(cost(sum(position)), 'USD') WHERE account ~ 'Direct'",
    "costs added up, direct": "SELECT sum(cost(position)) WHERE account ~ 'Direct'",
    "costs added up, abroad": "SELECT sum(cost(position)) WHERE account ~ 'Abroad'",
    "shares, direct": "SELECT units(sum(position)) WHERE account ~ 'Direct'",
}


def rust():
    """What rustledger answers to each question, as {currency: number}."""
    given = json.dumps({"journal": JOURNAL, "questions": list(QUESTIONS.values())})
    told = subprocess.run(["node", "ask.mjs"], input=given, check=True, capture_output=True, text=True).stdout
    for answer in json.loads(told):
        if answer["errors"]:
            sys.exit(f"CHANGED: errors {answer['errors']}")
        ((cell,),) = answer["rows"]
        amounts = [line["units"] for line in cell["positions"]] if "positions" in cell else [cell]
        yield {amount["currency"]: float(amount["number"]) for amount in amounts}


def bean():
    """The same from bean-query."""
    entries, errors, options = loader.load_string(JOURNAL)
    if errors:
        sys.exit(f"CHANGED: errors {errors}")
    base = beanquery.connect("beancount:", entries=entries, errors=errors, options=options)
    for question in QUESTIONS.values():
        ((cell,),) = base.execute(question).fetchall()
        amounts = [cell] if isinstance(cell, Amount) else [line.units for line in cell]
        yield {amount.currency: float(amount.number) for amount in amounts}


seen = dict(zip(QUESTIONS, zip(rust(), bean(), strict=True), strict=True))
both, abroad = {"USD": 120, "QUIL": 1200.75}, {"USD": 120, "EUR": 35}
stated = {
    "cost of all, direct": ({"QUIL": 1320.75}, both),
    "cost of all, trust": ({"USD": 1320.75}, both),
    "cost of all, abroad": ({"USD": 155}, abroad),
    "cost of the balance, direct": ({"QUIL": 1320.75}, both),
    "in dollars, direct": ({"USD": 26415}, {"USD": 24135}),
    "costs added up, direct": (both, both),
    "costs added up, abroad": (abroad, abroad),
    "shares, direct": ({"QUIL": 1210.75}, {"QUIL": 1210.75}),
}
for name, (told, right) in seen.items():
    print(f"{name}: rustledger {told}, bean-query {right}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
