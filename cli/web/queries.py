"""The page that is asked with SQL: one SELECT over the documented views, bounded and never writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import isfinite
from time import perf_counter
from typing import Any

from cli.reports.blocks import Block, Column, Grid, Paragraph, Row, columns
from cli.reports.report import Report
from cli.reports.wording import count
from cli.web.asking import Asking
from cli.web.parts import Page, Section
from ledger.errors import UsageError
from projections.columns import Column as Field
from projections.sql.asking import Bounds, Found, ask, behind
from projections.sql.shapes import SAYS, VIEWS

BOUNDS = Bounds(rows=1_000, characters=2_000_000, milliseconds=1_000)
"""What one question may take: a page is read by people."""

_LONGEST = 20_000
"""Characters of a question."""

_EXAMPLES: Mapping[str, str] = {
    "Totals that do not follow, the gravest first": """
SELECT severity, kind, person_name, issuer_name, message FROM findings
WHERE severity IN ('major', 'critical') ORDER BY severity, effective_on""",
    "Who holds most of each company": """
SELECT issuer_name, person_name, security, shares FROM holdings
ORDER BY issuer_name, shares_number DESC""",
    "Open-market buys and sales by year": """
SELECT substr(effective_on, 1, 4) AS year, code, count(*) AS trades,
  sum(shares_number) AS shares
FROM lines WHERE code IN ('P', 'S') AND stands = 1 GROUP BY 1, 2 ORDER BY 1, 2""",
}
_VIEWS = columns("=View", "What it shows", "Columns")
KINDS = ["csv", "json", "ndjson"]
"""The formats an answer is written in: its columns are of no one kind, as Parquet's must be."""


def page(asking: Asking) -> Page:
    """A field for SQL, what it came to, and the views that it may ask."""
    text, there = _asked(asking), asking.ledger.has_view("sql")
    more = {
        "sql": text,
        "bounds": BOUNDS,
        "examples": [
            (said, asking.moment.to("sql", asked={"sql": one.strip()}))
            for said, one in _EXAMPLES.items()
            if there
        ],
    }
    sections = [Section("The views", asking.plain(_told(asking)), place="views")]
    if text:
        began = perf_counter()
        try:
            found = ask(asking.ledger, text, BOUNDS)
        except UsageError as refused:
            told = (refused.what, refused.remedy)
            body = asking.plain(
                Paragraph(f"{said[:1].upper()}{said[1:]}.") for said in told if said
            )
            sections.insert(0, Section("That has no answer", body, place="answer"))
            return Page(
                "Ask with SQL", sections, more=more, template="sql.html", status=400, bounded=()
            )
        took = perf_counter() - began
        body = asking.plain([*_standing(asking), *_rows(found, took)])
        table = {
            kind: asking.moment.to("tables", f"sql.{kind}", asked={"sql": text}) for kind in KINDS
        }
        sections.insert(0, Section("What it came to", body, table, "answer"))
    return Page("Ask with SQL", sections, more=more, template="sql.html", bounded=())


def report(asking: Asking) -> Report:
    """The same by an address of its own, for programs."""
    text = _asked(asking)
    if not text:
        raise UsageError("nothing is asked", remedy="give a SELECT as `sql`")
    found = ask(asking.ledger, text, BOUNDS)
    names = _unlike(found.columns)
    records = [dict(zip(names, map(_plain, row), strict=True)) for row in found.rows]
    document = {"schema": "ledger.rows/1", "more": found.more, "rows": records}
    fields = tuple(
        Field(name, "count" if _numbers(row[at] for row in found.rows) else "text")
        for at, name in enumerate(names)
    )
    return Report(document, records, fields, lambda: iter(()))


def _asked(asking: Asking) -> str:
    text = str(asking.request.query_params.get("sql", ""))
    if len(text) > _LONGEST:
        raise UsageError("that is too long", remedy=f"ask in {_LONGEST:,} characters")
    return text.strip()


def _told(asking: Asking) -> Iterator[Block]:
    if not asking.ledger.has_view("sql"):
        yield Paragraph("This ledger has no views for SQL yet: `ledger sql` makes them.")
    rows = (
        Row((view, SAYS[view], ", ".join(column.name for column in VIEWS[view]))) for view in VIEWS
    )
    yield Grid(_VIEWS, rows)


def _standing(asking: Asking) -> Iterator[Block]:
    if behind(asking.ledger):
        yield Paragraph("More is recorded than the views show: `ledger sql` brings them on.")


def _rows(found: Found, took: float) -> Iterator[Block]:
    cut = ", and there are more: ask for less, or page with LIMIT and OFFSET" if found.more else ""
    yield Paragraph(f"{count(len(found.rows), 'row')} in {took:.3f} s{cut}")
    if found.rows:
        numbers = [_numbers(row[at] for row in found.rows) for at in range(len(found.columns))]
        titles = [Column(n, figures=f) for n, f in zip(found.columns, numbers, strict=True)]
        yield Grid(titles, [Row([*map(_text, row)]) for row in found.rows])


def _numbers(values: Iterable[Any]) -> bool:
    """Whether all values of a column are numbers, as far as there are any."""
    some = [value for value in values if value is not None]
    return bool(some) and all(isinstance(value, int | float | Decimal) for value in some)


def _text(value: Any) -> str:
    """A value as a cell: nothing for NULL, a double without a point where it is a whole number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    plain = _plain(value)
    return "" if plain is None else str(plain)


def _plain(value: Any) -> Any:
    """A value as JSON has it: bytes in hexadecimal digits, and no number that is none."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and isfinite(value):
        return value
    return value.hex() if isinstance(value, bytes) else str(value)


_EXACT = 2**53
"""Below it every whole double is exact."""


def _unlike(names: Iterable[str]) -> list[str]:
    """Names of columns that are all different, for records."""
    told: list[str] = []
    for name in names:
        plain = name.replace(".", "_") or "column"
        told.append(plain if plain not in told else f"{plain}_{len(told) + 1}")
    return told
