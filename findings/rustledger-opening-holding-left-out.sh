#!/usr/bin/env bash
# @rustledger/wasm 0.24.0 (npm) beside beancount 3.2.3 with beanquery 0.2.0: of a year asked for with `OPEN ON` and
# `CLOSE ON`, a holding of 60 shares is -40: what was held before the year is left out. Seen 2026-12-01.
#
# Expected: `FROM OPEN ON 2024-01-01 CLOSE ON 2025-01-01` is the year as its balance sheet has it: what was there before
#   is brought forward as one opening line, what comes after is left out. Who had 100 and gave 40 holds 60.
# Seen: the lines before the year are dropped and nothing is brought forward, so a sum over `position`, and the running
#   `balance`, are the changes of the year: -40, and 30 for what the trust has 530 of; an account in which nothing
#   happened is missing. `BALANCES` with the same words gives 60 and 530, and `JOURNAL` starts with the first line of
#   all. `CLEAR` does nothing: what was earned in the year stays in its account. No error is told.
# Why it matters: a journal's holdings at the end of a year are asked for in these words, and both programs take them. A
#   minus is noticed; 30 shares instead of 530 are not. Leave out `OPEN ON`, or take `BALANCES`.
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
2023-01-02 open Assets:Mara:Direct
2023-01-02 open Assets:Mara:Trust
2023-01-02 open Assets:Mara:Spouse
2023-01-02 open Equity:Reported
2023-01-02 open Income:Awards
2023-03-01 * "Held"
  Assets:Mara:Direct  100 QUIL
  Assets:Mara:Trust   500 QUIL
  Assets:Mara:Spouse  250 QUIL
  Equity:Reported
2024-05-02 * "Given away"
  Assets:Mara:Direct  -40 QUIL
  Equity:Reported
2024-06-03 * "Awarded"
  Assets:Mara:Trust  30 QUIL
  Income:Awards
2025-02-03 * "Given away"
  Assets:Mara:Direct  -10 QUIL
  Equity:Reported
"""
YEAR = "FROM OPEN ON 2024-01-01 CLOSE ON 2025-01-01"
QUESTIONS = {
    "held": f"SELECT account, sum(position) {YEAR} WHERE account ~ 'Mara' GROUP BY account",
    "held, without OPEN ON": (
        "SELECT account, sum(position) FROM CLOSE ON 2025-01-01 WHERE account ~ 'Mara' GROUP BY account"
    ),
    "BALANCES": f"BALANCES {YEAR}",
    "the direct account's last balance": f"SELECT account, last(balance) {YEAR} WHERE account ~ 'Direct' GROUP BY account",
    "awards after CLEAR": f"SELECT account, sum(position) {YEAR} CLEAR WHERE account ~ 'Awards' GROUP BY account",
}


def rust():
    """Shares by account for each question, as rustledger answers it."""
    given = json.dumps({"journal": JOURNAL, "questions": list(QUESTIONS.values())})
    told = subprocess.run(["node", "ask.mjs"], input=given, check=True, capture_output=True, text=True).stdout
    for answer in json.loads(told):
        if answer["errors"]:
            sys.exit(f"CHANGED: errors {answer['errors']}")
        yield {row[0]: sum(int(line["units"]["number"]) for line in row[1]["positions"]) for row in answer["rows"]}


def bean():
    """The same from bean-query."""
    entries, errors, options = loader.load_string(JOURNAL)
    base = beanquery.connect("beancount:", entries=entries, errors=errors, options=options)
    for question in QUESTIONS.values():
        rows = base.execute(question).fetchall()
        yield {account: sum(int(line.units.number) for line in held) for account, held in rows}


def short(answer):
    return {
        account.rpartition(":")[2]: shares for account, shares in sorted(answer.items()) if not account.startswith("Equity")
    }


ours, theirs = list(rust()), list(bean())
seen = {name: (short(ours[at]), short(theirs[at])) for at, name in enumerate(QUESTIONS)}
year = {"Direct": 60, "Spouse": 250, "Trust": 530}
stated = {
    "held": ({"Direct": -40, "Trust": 30}, year),
    "held, without OPEN ON": (year, year),
    "BALANCES": (year | {"Awards": -30}, year | {"Awards": -30}),
    "the direct account's last balance": ({"Direct": -40}, {"Direct": 60}),
    "awards after CLEAR": ({"Awards": -30}, {"Awards": 0}),
}
for name, (told, right) in seen.items():
    print(f"{name}: rustledger {told}, bean-query {right}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
