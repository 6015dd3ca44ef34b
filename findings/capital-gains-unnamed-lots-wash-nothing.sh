#!/usr/bin/env bash
# capital-gains 1.0.8: whether shares bought ten days after a sale at a loss replace those sold, the names of the lots
# decide: without names, or with one name for both, the loss of 1,000 is allowed in full. Seen 2026-11-30.
#
# Expected: it takes care of wash sales by default, and a name is optional: it is there to choose another order than
#   first in, first out. In each of these files 100 shares are bought, sold at a loss and bought again; the loss goes
#   into the cost of the new ones (Internal Revenue Code, 1091), 3,100 instead of 2,100.
# Seen: a lot replaces another only if their names differ, and no name does not differ from no name. A file without
#   names has no wash sales at all; lots named for a plan or a year have none among themselves. Name one of the two, and
#   the loss is 0. `--wash-sales` changes nothing of it, and the column "wash sale" says 0.
# Why it matters: the table is made for Form 8949, and the plain file, first in and first out, is the one without names.
#   Give each purchase a name of its own, and leave the sales without.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile capital-gains==1.0.8
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import subprocess
import sys
from pathlib import Path

ROWS = """date,symbol,name,shares,price,fee
2025-01-10,QUIL,{first},100,30,
2025-03-03,QUIL,,-100,20,
2025-03-13,QUIL,{second},100,21,
"""


def told(first, second, *options):
    """The loss that is left, what a wash sale took of it, and the cost of the shares bought again."""
    Path("trades.csv").write_text(ROWS.format(first=first, second=second))
    command = ["venv/bin/capital-gains", *options, "trades.csv"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    sold, held = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if "QUIL" in line]
    return {"gain": int(sold[-1]), "wash": int(sold[-2]), "cost": int(held[-1])}


allowed, washed = {"gain": -1000, "wash": 0, "cost": 2100}, {"gain": 0, "wash": 1000, "cost": 3100}
CASES = {
    "no names": (told("", ""), allowed),
    "no names, --wash-sales": (told("", "", "--wash-sales"), allowed),
    "one plan's name": (told("plan", "plan"), allowed),
    "only the first named": (told("plan", ""), washed),
    "only the second named": (told("", "plan"), washed),
    "each its own": (told("lot 1", "lot 2"), washed),
    "each its own, --no-wash-sales": (told("lot 1", "lot 2", "--no-wash-sales"), allowed),
}
for case, (found, _) in CASES.items():
    print(f"{case}: {found}")
changed = {case: stated for case, (found, stated) in CASES.items() if found != stated}
if changed:
    sys.exit(f"CHANGED: this was stated: {changed}")
print("As stated.")
PYTHON
