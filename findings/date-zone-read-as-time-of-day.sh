#!/usr/bin/env bash
# Python's datetime, python-dateutil 2.9.0.post0 and 4.0.0, pandas 3.1.1: the zone that EDGAR's XML may
# put behind a date is read as a time of day. Seen 2026-11-27.
#
# Expected: dates in ownership XML have the type of an XML date, which may end in an offset from UTC;
#   one filing agent's software writes 2024-03-01-05:00. It is still the first of March, and a
#   reader of dates either drops the offset, keeps it, or refuses.
# Seen: five o'clock in the morning. datetime.fromisoformat takes any character between date and time, so
#   the minus is a separator; dateutil's parse and isoparse and pandas do the same. Such a date no longer
#   equals the same day in another filing (a join loses it) and sorts behind it; in summer it is four
#   o'clock. A pandas column does something else again: beside a plain date, with errors="coerce", the
#   value is missing. With a plus, only isoformat readers give nine o'clock, the others refuse. dateparser
#   1.5.0 reads midnight with the offset; date.fromisoformat, DuckDB and pyarrow refuse.
# Why it matters: trade dates order the lines of an account and are the key by which restated rows are
#   matched. Nothing fails; the filings of one agent just never match, and come last.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    python-dateutil==2.9.0.post0 pandas==3.1.1 dateparser==1.5.0
# The next major version of dateutil, beside it: other packages do not take it yet.
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile --no-deps \
    --target "$folder/next" python-dateutil==4.0.0
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import subprocess
import sys
from datetime import date, datetime

import dateparser
import pandas as pd
from dateutil import parser

READERS = {
    "datetime.fromisoformat": lambda text: datetime.fromisoformat(text),
    "dateutil 2.9 parse": lambda text: parser.parse(text),
    "dateutil 2.9 isoparse": lambda text: parser.isoparse(text),
    "pandas, one value": lambda text: pd.Timestamp(text),
    "pandas, a column": lambda text: pd.to_datetime(["2024-02-28", text], errors="coerce")[1],
    "dateparser": lambda text: dateparser.parse(text),
    "date.fromisoformat": lambda text: date.fromisoformat(text),
}


def told(reader, text):
    try:
        read = reader(text)
    except ValueError:
        return "refused"
    return str(read)


seen = {
    name: [told(reader, text) for text in ("2024-03-01-05:00", "2024-03-01+09:00")]
    for name, reader in READERS.items()
}
program = "import dateutil.parser as p; print(p.parse('2024-03-01-05:00'))"
seen["dateutil 4.0 parse"] = [
    subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": "next"}, capture_output=True, text=True, check=True
    ).stdout.strip()
]
stated = {
    "datetime.fromisoformat": ["2024-03-01 05:00:00", "2024-03-01 09:00:00"],
    "dateutil 2.9 parse": ["2024-03-01 05:00:00", "refused"],
    "dateutil 2.9 isoparse": ["2024-03-01 05:00:00", "2024-03-01 09:00:00"],
    "pandas, one value": ["2024-03-01 05:00:00", "refused"],
    "pandas, a column": ["NaT", "NaT"],
    "dateparser": ["2024-03-01 00:00:00-05:00", "2024-03-01 00:00:00+09:00"],
    "date.fromisoformat": ["refused", "refused"],
    "dateutil 4.0 parse": ["2024-03-01 05:00:00"],
}
for name, answers in seen.items():
    print(f"{name}: {answers}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
