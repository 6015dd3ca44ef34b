#!/usr/bin/env bash
# dlt 1.31.0 (with DuckDB 2.0.0): a history kept by the strategy scd2 counts two equal lots as one or as two, by which
# load they came in: 200 shares in two lots stay 200 when one is sold, and are 100 when the second comes later. Seen
# 2026-11-30.
#
# Expected: after each load of a full list, the rows that are valid today are the rows of the list, and add up as it
#   does. A list that it cannot keep is refused; its page calls `_dlt_id` unique together with `_dlt_valid_from`.
# Seen: a row is known by the hash of all its values. Both of two equal rows are written where neither was there before,
#   with one and the same `_dlt_id`; when one of them goes, its hash is still there, and both stay valid; when a second
#   one comes, the hash is there already, and it is not written. A `merge_key` changes nothing of it. So one and the
#   same list adds up to 207 or to 107 by what was loaded the day before, and each load ends without a word.
# Why it matters: lots of one grant, one day and one price are equal in every column that a plan's list has: vesting in
#   equal parts makes them so. Number equal rows of a list before loading.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install --no-compile dlt==1.31.0 duckdb==2.0.0
cd "$folder"
HOME="$folder" RUNTIME__DLTHUB_TELEMETRY=false "$folder/venv/bin/python" - <<'PYTHON'
import sys

import dlt

LOT = {"owner": "Quillfeather Odd", "vested": "2025-03-01", "shares": 100}
OTHER = {"owner": "Marrow Tilda", "vested": "2025-03-01", "shares": 7}


def valid(name, *lists, **keys):
    """How many rows are valid after each list, and how many shares they are."""
    database = dlt.destinations.duckdb(f"{name}.duckdb")
    pipeline = dlt.pipeline(name, pipelines_dir="pipelines", destination=database, dataset_name="plan")

    @dlt.resource(name="lots", write_disposition={"disposition": "merge", "strategy": "scd2"}, **keys)
    def lots(rows):
        yield rows

    counted = []
    for rows in lists:
        pipeline.run(lots(rows))
        with pipeline.sql_client() as client:
            question = "SELECT count(*), sum(shares)::INT FROM lots WHERE _dlt_valid_to IS NULL"
            counted += client.execute_sql(question)
    return counted


one, two = [LOT, OTHER], [LOT, LOT, OTHER]
seen = {
    "two, then one": valid("sold", two, one),
    "one, then two": valid("vested", one, two),
    "none, then two": valid("again", [OTHER], two),
    "two, then one, with a merge key": valid("keyed", two, one, merge_key="owner"),
}
stated = {
    "two, then one": [(3, 207), (3, 207)],
    "one, then two": [(2, 107), (2, 107)],
    "none, then two": [(1, 7), (3, 207)],
    "two, then one, with a merge key": [(3, 207), (3, 207)],
}
for what, found in seen.items():
    print(f"{what}: {found}")
if seen != stated:
    sys.exit(f"CHANGED: this was stated: {stated}")
print("As stated.")
PYTHON
