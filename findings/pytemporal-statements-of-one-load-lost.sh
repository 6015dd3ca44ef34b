#!/usr/bin/env bash
# pytemporal 1.4.27 (with pandas 2.3.3): of two statements in one load the later one is lost, and what a replay of
# old days corrects is closed today, so that a question about those days has two answers. Seen 2026-11-29.
#
# Expected: the package keeps when a value held and when that was known, for audits, and takes a `system_date` for
#   loads of the past. 700 shares from February and 900 from March are 900 in March, however they are loaded. What
#   a load of 5 March corrects is known until 5 March.
# Seen: loaded one after the other they are 700, then 900. Loaded together, in either order, there is 700 and no
#   900 in any row, since each of them is open at its end, as "from this day on" is. The corrected row of 1,000 gets
#   the clock's time for the end of its knowledge, while the new row has 5 March for the beginning of its own: by
#   what was known in June 2024 the holder had 700 (or 900) and 1,000 at once.
# Why it matters: filings come in batches, and each says what is held from a day on. A log that is built anew from
#   old filings is the case that `system_date` is for; "who knew what, when" has no single answer after it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile \
    pytemporal==1.4.27 pandas==2.3.3 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import pandas as pd
from pytemporal import BitemporalTimeseriesProcessor

OPEN = pd.Timestamp("2260-12-31 23:59:59")
COLUMNS = ["holder", "shares", "effective_from", "effective_to", "as_of_from", "as_of_to"]
MARCH = "2024-03-05"
processor = BitemporalTimeseriesProcessor(["holder"], ["shares"])


def states(shares, since, known):
    row = ("Quillfeather Odd", shares, pd.Timestamp(since), OPEN, pd.Timestamp(known), OPEN)
    return pd.DataFrame([row], columns=COLUMNS)


def load(table, *statements):
    """The table with one more load: the rows expired take the place of those they expire."""
    valid = table[table.as_of_to == OPEN]
    expired, new = processor.compute_changes(valid, pd.concat(statements, ignore_index=True), system_date=MARCH)
    replaced = set(zip(expired.effective_from, expired.as_of_from, strict=True))
    keys = zip(table.effective_from, table.as_of_from, table.as_of_to, strict=True)
    kept = table[[end != OPEN or (since, known) not in replaced for since, known, end in keys]]
    return pd.concat([part[COLUMNS] for part in (kept, expired, new) if len(part)], ignore_index=True)


def held(table, day, known):
    day, known = pd.Timestamp(day), pd.Timestamp(known)
    effective = (table.effective_from <= day) & (day < table.effective_to)
    return sorted(table[effective & (table.as_of_from <= known) & (known < table.as_of_to)].shares)


january = states(1000, "2024-01-01", "2024-01-05")
february, march = states(700, "2024-02-01", MARCH), states(900, "2024-03-01", MARCH)
tables = {
    "one after the other": load(load(january, february), march),
    "together": load(january, february, march),
    "together, turned round": load(january, march, february),
}
seen = {
    way: {
        "held on 10 February": held(table, "2024-02-10", "2100-01-01"),
        "held on 10 March": held(table, "2024-03-10", "2100-01-01"),
        "the same, as known in June 2024": held(table, "2024-03-10", "2024-06-01"),
    }
    for way, table in tables.items()
}
lost = {"held on 10 February": [700], "held on 10 March": [700], "the same, as known in June 2024": [700, 1000]}
stated = {
    "one after the other": {
        "held on 10 February": [700],
        "held on 10 March": [900],
        "the same, as known in June 2024": [700, 900, 1000],
    },
    "together": lost,
    "together, turned round": lost,
}
for way, answers in seen.items():
    print(f"{way}: {answers}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
