#!/usr/bin/env bash
# Datasette 0.65.5: on a computed column of a view "above 100" finds the rows, "above 100.5" finds none, and "below
# 100.5" finds all; each of its facets leads to no row. Seen 2026-11-29.
#
# Expected: filters compare a column of numbers with a number. `shares__gt=100` does, and a facet that counts one row
#   leads to that row.
# Seen: a threshold of digits alone is handed to SQLite as a number, any other one, with a point or a minus, as text. A
#   stored column, or a CAST, turns that text into a number; a sum, a difference or a CASE does not, and there each
#   number is less than each text. What a facet or "equals" asks for is text always. Nothing says so: the page reads
#   "where held > 100.5" over no rows, and the same view's stored column answers rightly.
# Why it matters: totals per person are what a view is made for, shares have fractions, and disposals a minus. "Nobody
#   holds more than 100.5" comes out of a page that just counted who does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile datasette==0.65.5
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import sqlite3
import sys

from datasette.app import Datasette

with sqlite3.connect("plan.db") as database:
    database.executescript("""
        CREATE TABLE moves (owner TEXT, shares REAL);
        INSERT INTO moves VALUES ('Odd', 900), ('Odd', 350.5), ('Tilda', 250.5), ('Pia', 12.5);
        CREATE VIEW totals AS SELECT owner, sum(shares) AS held, CAST(sum(shares) AS REAL) AS held_cast
            FROM moves GROUP BY owner;
    """)


async def look():
    datasette = Datasette(["plan.db"])
    await datasette.invoke_startup()

    async def ask(view, question):
        answer = await datasette.client.get(f"/plan/{view}.json?{question}")
        return answer.json()

    found = {}
    for view, column in (("totals", "held"), ("totals", "held_cast"), ("moves", "shares")):
        for test in ("gt=100", "gt=100.5", "lt=100.5", "gt=-1", "exact=12.5"):
            answer = await ask(view, f"{column}__{test}")
            found[f"{column} {test}"] = answer["filtered_table_rows_count"]
    facets = (await ask("totals", "_facet=held"))["facet_results"]["held"]["results"]
    for facet in facets:
        answer = await ask("totals", facet["toggle_url"].partition("?")[2])
        found[f"facet {facet['value']} counts {facet['count']}, leads to"] = answer["filtered_table_rows_count"]
    return found


seen = asyncio.run(look())
stated = {
    "held gt=100": 2, "held gt=100.5": 0, "held lt=100.5": 3, "held gt=-1": 0, "held exact=12.5": 0,
    "held_cast gt=100": 2, "held_cast gt=100.5": 2, "held_cast lt=100.5": 1, "held_cast gt=-1": 3,
    "held_cast exact=12.5": 1,
    "shares gt=100": 3, "shares gt=100.5": 3, "shares lt=100.5": 1, "shares gt=-1": 4, "shares exact=12.5": 1,
    "facet 12.5 counts 1, leads to": 0, "facet 250.5 counts 1, leads to": 0, "facet 1250.5 counts 1, leads to": 0,
}
for question, rows in seen.items():
    print(f"{question}: {rows}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
