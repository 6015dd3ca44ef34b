"""The page of the tables that can be exported: written from their columns.

python -m tests.tables_page
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cli.formats.table_schema import CSV_TYPES
from projections import columns
from projections.bulk.tables import TABLES
from projections.columns import DIGITS, VERSION, Column
from tests.rooms import ROOT

PAGE = ROOT / "docs" / "reference" / "tables.md"
_MARK = "\n## "


def drawn(text: str) -> str:
    """The page, its introduction kept and every table as the code has it."""
    return text.partition(_MARK)[0] + "".join(_sections())


def _sections() -> Iterator[str]:
    for name, table in TABLES.items():
        says = _told_of(table.columns)
        yield f"{_MARK}{name}\n\n`ledger.export.{name}/{VERSION}`. {says}\n\n"
        yield "| Column | Arrow, Parquet | CSV | Meaning |\n|---|---|---|---|\n"
        for column in table.columns:
            csv = "array" if column.many else CSV_TYPES[column.kind]
            yield f"| `{column.name}` | {_arrow(column)} | {csv} | {column.says} |\n"


def _told_of(table: tuple[Column, ...]) -> str:
    """What stands below a table where it is made."""
    source = (ROOT / "projections" / "columns.py").read_text("utf-8")
    name = next(name for name, value in vars(columns).items() if value is table)
    found = re.search(rf'^{name} = table\(.*?\)\n"""(.*?)"""', source, re.DOTALL | re.MULTILINE)
    assert found, name
    return " ".join(found[1].split())


def _arrow(column: Column) -> str:
    digits = DIGITS.get(column.kind)
    plain = {"count": "int64", "day": "date32", "moment": "timestamp[us, UTC]", "truth": "bool"}
    kind = f"decimal128({digits[0]}, {digits[1]})" if digits else plain.get(column.kind, "string")
    return f"list of {kind}" if column.many else kind


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text("utf-8")), "utf-8")
