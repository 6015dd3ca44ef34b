#!/usr/bin/env bash
# corp-names 0.3.3: funds number II and VI are the fund without a number, and a surname that is also a
# title disappears from a name in EDGAR's order. Seen 2026-11-27.
#
# Expected: its page promises names of companies without their legal forms, so that spellings of one
#   company meet, and names of people without titles, so that spellings of one person do.
# Seen: "II" and "VI" count as legal forms, "III", "IV", "V" and "VII" do not. Quill Ventures II and
#   Quill Ventures VI have the key of Quill Ventures; III to V have keys of their own. Of a person the
#   first word is dropped when it is a title. EDGAR writes surnames first, so KING MARY, PRINCE MARY
#   and DUKE MARY are all "mary", and KING STEPHEN A is not Stephen A. King. A surname in second
#   place goes the same way when it is a credential: NGUYEN DO is "nguyen".
# Why it matters: ten percent owners are families of numbered funds, each with its own holding and its own
#   CIK, and King is one of the commonest surnames there are. Accounts matched by such a key are added
#   to each other. Match by CIK, and by words only with every word kept.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile corp-names==0.3.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

from corp_names import normalize_company, normalize_name

FUNDS = [f"Quill Ventures{number}" for number in ("", " II", " III", " IV", " V", " VI", " VII")]
PEOPLE = ["KING MARY", "PRINCE MARY", "DUKE MARY", "KING STEPHEN A", "Stephen A. King", "NGUYEN DO"]

seen = {fund: normalize_company(fund).normalized for fund in FUNDS}
seen |= {person: normalize_name(person).normalized for person in PEOPLE}
stated = {
    "Quill Ventures": "quill ventures",
    "Quill Ventures II": "quill ventures",
    "Quill Ventures III": "quill ventures iii",
    "Quill Ventures IV": "quill ventures iv",
    "Quill Ventures V": "quill ventures v",
    "Quill Ventures VI": "quill ventures",
    "Quill Ventures VII": "quill ventures vii",
    "KING MARY": "mary",
    "PRINCE MARY": "mary",
    "DUKE MARY": "mary",
    "KING STEPHEN A": "stephen a",
    "Stephen A. King": "stephen king",
    "NGUYEN DO": "nguyen",
}
for name, key in seen.items():
    print(f"{name}: {key!r}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
