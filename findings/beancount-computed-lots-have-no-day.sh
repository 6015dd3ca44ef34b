#!/usr/bin/env bash
# beancount 3.2.3 (with beanquery 0.2.0): shares bought for a sum, their number left to be computed, are a lot of no day:
# two purchases a year apart are one lot, and an ambiguous sale passes. Seen 2026-11-30.
#
# Expected: `BKW {5.00 USD}` beside -100.00 USD is `20 BKW {5.00 USD}`, as its pages on missing numbers say; with the 20
#   written, the lot has the day of its purchase.
# Seen: the number is right and the lot's day is None. Purchases at one price on different days become one lot, so that
#   a sale of 25 of 2 times 20 shares, which STRICT refuses as ambiguous when the numbers are written, takes 25 of 40
#   and says nothing; by FIFO it is one posting without a day where it would be two with theirs. `cost_date` is empty
#   in queries, and `{2024-02-01}` finds no lot (that is told as an error). A lot whose price is left out has its day.
# Why it matters: plans buy for a sum of money, every month at what they get for it, and the day of purchase is what a
#   holding period and a tax lot are made of. bean-check is content.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile beancount==3.2.3 beanquery==0.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from beancount import loader
from beanquery import query

OPEN = """option "operating_currency" "USD"
2024-01-01 open Assets:Plan "{booking}"
2024-01-01 open Assets:Cash
2024-01-01 open Income:Gains
"""


def bought(day, number="", price="5.00 USD"):
    return f'{day} * "bought"\n  Assets:Plan  {number} BKW {{{price}}}\n  Assets:Cash  -100.00 USD\n'


def sold(number, lot=""):
    return f'2025-06-01 * "sold"\n  Assets:Plan  -{number} BKW {{{lot}}}\n  Assets:Cash  150 USD\n  Income:Gains\n'


def lots(booking, *entries):
    directives, errors, options = loader.load_string(OPEN.format(booking=booking) + "".join(entries))
    which = "SELECT cost_date, sum(number) AS n WHERE account = 'Assets:Plan' GROUP BY cost_date ORDER BY cost_date"
    left = [(str(day), str(number)) for day, number in query.run_query(directives, options, which)[1] if number]
    return left, [error.message.split(" for ")[0].split(' "')[0] for error in errors]


COMPUTED = bought("2024-02-01"), bought("2025-02-03")
WRITTEN = bought("2024-02-01", "20"), bought("2025-02-03", "20")
both = [("2024-02-01", "20"), ("2025-02-03", "20")]
CASES = {
    "written": (lots("FIFO", *WRITTEN), (both, [])),
    "computed": (lots("FIFO", *COMPUTED), ([("None", "40")], [])),
    "price left out": (lots("FIFO", bought("2024-02-01", "20", "USD")), (both[:1], [])),
    "written, FIFO sale of 25": (lots("FIFO", *WRITTEN, sold(25)), ([("2025-02-03", "15")], [])),
    "computed, FIFO sale of 25": (lots("FIFO", *COMPUTED, sold(25)), ([("None", "15")], [])),
    "written, STRICT sale of 25": (lots("STRICT", *WRITTEN, sold(25, "5.00 USD")), (both, ["Ambiguous matches"])),
    "computed, STRICT sale of 25": (lots("STRICT", *COMPUTED, sold(25, "5.00 USD")), ([("None", "15")], [])),
    "written, sale by day": (
        lots("STRICT", *WRITTEN, sold(5, "2024-02-01")), ([("2024-02-01", "15"), ("2025-02-03", "20")], [])
    ),
    "computed, sale by day": (
        lots("STRICT", *COMPUTED, sold(5, "2024-02-01")), ([("None", "40")], ["No position matches"])
    ),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
changed = {case: stated for case, (found, stated) in CASES.items() if found != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
