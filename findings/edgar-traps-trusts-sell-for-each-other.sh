#!/usr/bin/env bash
# edgar-traps 0.2.0: a notice of sale by one family's trust counts as carried out when any other family's
# trust sells; a seller with one name and an initial never carries out anything. Seen 2026-11-28.
#
# Expected: `notice_was_executed` says whether a Form 144 notice "turned into an actual sale" by the same
#   person; its text gives two spellings of one name as a match and two people as none.
# Seen: two shared words of two letters or more are enough, and words of one letter are thrown away. "family"
#   and "trust" are two words, so are "capital" and "partners", and so are a surname with "jr": the notice of
#   one is fulfilled by the sale of another. The other way round, NG A. sold under exactly that name, and
#   the answer is no: one word is left, and one is too few.
# Why it matters: half of the large sellers on Forms 144 and 4 are trusts, partnerships and funds. A page
#   on "announced and then sold" is wrong on both sides for them, and nothing says that it guessed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile edgar-traps==0.2.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from datetime import date

from edgar_traps import notice_was_executed

NOTICE, SALE = date(2026, 1, 12), date(2026, 2, 3)
SEEN = {
    ("Whitcombe Family Trust", "Ostrander Family Trust"): True,
    ("Marlow Capital Partners II LP", "Quennell Capital Partners LP"): True,
    ("PELLINGTON ROY JR", "PELLINGTON ANNE JR"): True,
    ("NG A", "NG A"): False,
    ("WHITCOMBE ODO", "OSTRANDER PIA"): False,
    ("WHITCOMBE ODO T", "Odo T. Whitcombe"): True,
}

changed = False
for (noticed, sold), before in SEEN.items():
    now = notice_was_executed(NOTICE, noticed, [(sold, SALE)])
    print(f"{noticed:32} sold by {sold:32} carried out: {now}")
    changed |= now is not before
sys.exit("no longer as stated above" if changed else 0)
PYTHON
