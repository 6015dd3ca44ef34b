"""The types of a CSV file, told beside it: a Frictionless Table Schema.

A CSV file has no types, and programs guess: tickers that are all T and F become truth values,
and CIKs numbers without their zeros; told of too few digits, some round. A number's field has
its `precision` and `scale` beside what the standard knows. See docs/how-to/export.md for the calls
that keep them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from projections.columns import VERSION, Column, Kind

CSV_TYPES: dict[Kind, str] = {
    "text": "string",
    "code": "string",
    "quantity": "number",
    "price": "number",
    "count": "integer",
    "day": "date",
    "moment": "datetime",
    "truth": "boolean",
}


_OURS = "ledger.export."
"""How the version of every schema that we write begins."""


def table_schema(
    name: str, columns: Sequence[Column], digits: Mapping[str, tuple[int, int] | None]
) -> str:
    """The schema of an exported table as JSON (Frictionless Table Schema, version 2).

    `digits` are those that each decimal column takes, and how many of them behind the point.
    """
    schema = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "name": name,
        "version": f"{_OURS}{name}/{VERSION}",
        "fields": [_field(column, digits.get(column.name)) for column in columns],
        "missingValues": [""],
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def longer(column: str, digits: tuple[int, int] | None) -> str:
    """What a user is told of a column with more digits than others of its kind."""
    if digits is None:
        return f"a number in the column {column} has more digits than any decimal type: read it as text"
    return f"a number in the column {column} needs more digits than others do: read it as DECIMAL{digits}"


def is_ours(path: Path) -> bool:
    """Whether a file is such a schema, so that it may be replaced by the next."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and str(found.get("version")).startswith(_OURS)


def _field(column: Column, digits: tuple[int, int] | None) -> dict[str, Any]:
    kind = "array" if column.many else CSV_TYPES[column.kind]
    sized = dict(zip(("precision", "scale"), digits or (), strict=False))
    return {"name": column.name, "type": kind, **sized, "description": column.says}
