#!/usr/bin/env bash
# beancount-reds-plugins 0.4.0 with beancount 3.2.3: a commission of five dollars, left in the gains of a sale, turns a
# short-term gain of 1,000 and a long-term loss of 990 into 500 and 495. Seen 2026-11-30.
#
# Expected: `long_short` puts the gains of a sale into a short-term and a long-term account by how long each lot was
#   held. What the account also bears, a commission or a fee of the exchange, is five dollars in both together.
# Seen: the gains of the lots are scaled so that they add up to what the posting says: each is multiplied by that sum and
#   divided by their own. Where a gain and a loss nearly cancel out, the five dollars are half of the sum, so half of
#   both is gone; at ten dollars, which is all of it, no posting of gains is left at all, and at twenty the gain is a
#   loss and the loss a gain. The transaction balances each time, and no error is told. Two gains are hardly moved.
# Why it matters: the two are taxed at unlike rates, and the lots that are sold together with a gain are often chosen
#   because they lose. Give the commission a posting of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    beancount==3.2.3 beancount-reds-plugins==0.4.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from beancount import loader
from beancount.core.data import Transaction

JOURNAL = """
plugin "beancount_reds_plugins.capital_gains_classifier.long_short" "{{
  'Income:Gains': [':Gains', ':Gains:Short', ':Gains:Long'] }}"
2023-01-02 open Assets:Broker
2023-01-02 open Assets:Cash
2023-01-02 open Expenses:Commission
2023-01-02 open Income:Gains
2023-01-02 * "Bought"
  Assets:Broker  100 QUIL {{{old} USD}}
  Assets:Cash
2025-01-02 * "Bought"
  Assets:Broker  100 QUIL {{10.00 USD}}
  Assets:Cash
2025-06-02 * "Sold both for 4,000"
  Assets:Broker  -100 QUIL {{{old} USD}} @ 20.00 USD
  Assets:Broker  -100 QUIL {{10.00 USD}} @ 20.00 USD
  Assets:Cash  {cash} USD{apart}
  Income:Gains
"""


def gains(commission, old="29.90", apart=False):
    """The gains of the sale by account; a loss is below zero."""
    own = f"\n  Expenses:Commission  {commission} USD" if apart else ""
    entries, errors, _ = loader.load_string(JOURNAL.format(cash=4000 - commission, old=old, apart=own))
    if errors:
        sys.exit(f"CHANGED: errors {errors}")
    sale = [entry for entry in entries if isinstance(entry, Transaction)][-1]
    ours = [posting for posting in sale.postings if posting.account.startswith("Income:Gains")]
    return {posting.account.split(":")[-1]: float(-posting.units.number) for posting in ours}


CASES = {
    "no commission": (gains(0), {"Short": 1000, "Long": -990}),
    "5 of commission, apart": (gains(5, apart=True), {"Short": 1000, "Long": -990}),
    "5 of commission": (gains(5), {"Short": 500, "Long": -495}),
    "9 of commission": (gains(9), {"Short": 100, "Long": -99}),
    "10 of commission": (gains(10), {}),
    "20 of commission": (gains(20), {"Short": -1000, "Long": 990}),
    "5 of commission, two gains": (gains(5, old="15.00"), {"Short": 996.67, "Long": 498.33}),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
rounded = {case: {name: round(number, 2) for name, number in found.items()} for case, (found, _) in CASES.items()}
changed = {case: stated for case, (_, stated) in CASES.items() if rounded[case] != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
