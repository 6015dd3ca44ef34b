"""The views of the database: their columns, and the tables that they show.

Every quantity stands twice, as exact text under its own name and as a number under that name and
`_number`: the text is what is true, the number is what to compare, sort and sum by, exact as long
as it has at most fifteen digits. Days and moments are text in the order of time, truths 1 or 0,
several values a JSON list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ledger.store.inquiries import READABLE, shown_by
from ledger.types import plain
from projections.columns import ENTRIES, FOUND, HOLDINGS, Column, Kind, table

_SOURCE = """
filing         code    accession number, or sha256: and the hash of the document
address        code    the filing's page on sec.gov; null where its accession number is unknown
form           code    3, 4 or 5, with /A for an amendment
known_at       moment  when the public could know: an instant in UTC, or a day, which means its end
known_order    code    sorts as the public came to know: no two lines, and no two filings, are alike
issuer.cik     code    CIK of the company
issuer.name    text    its name, as printed
issuer.symbol  code    its ticker, as printed
person.cik     code    CIK of the first reporting owner
person.name    text    that owner's name, as printed
owners.cik     code[]  CIKs of all reporting owners
owners.name    text[]  their names, in the same order
"""

FILINGS = table(
    _SOURCE.strip()
    + """
known_basis  code   what known_at rests on: acceptance, filing-date, signature, period, unknown
period       day    period of report
original_on  day    of an amendment, the day it gives for what it amends
filed_on     day    filing date
source       code   what it was read from: submission, ownership-xml, data-set, html or scanned
lines        count  rows of both tables
remarks      text   the filer's remarks
became       code   restated, taken back or counted once, where some line stands no more
"""
)
"""Every filing as it was last read, with what became of it."""

LINES = table(
    _SOURCE.strip()
    + """
row                  code      table and line: I.1
table                code      I for securities themselves, II for derivatives
line                 count     place in its table, from 1
holding              truth     whether the row is a holding, not a transaction
security             text      title of the class, as printed
effective_on         day       day of the transaction
deemed_execution_on  day       the deemed execution date
code                 code      transaction code of the form
direction            code      acquired or disposed
shares               quantity  how many moved, never negative
value                quantity  dollars that moved, where the row counts those
price                price     dollars for one share
shares_after         quantity  shares the filer says are held afterwards: a claim
value_after          quantity  the same in dollars
ownership            code      direct or indirect
nature               text      through whom it is held, in the filer's words
exercise_price       price     dollars for one share, of a derivative
exercisable_on       day       first day on which a derivative may be exercised
expires_on           day       its last day
underlying           text      what a derivative gives, as printed
underlying_shares    quantity  how many of it
notes                text[]    the footnotes that the row cites, in full
stands               truth     whether the line still stands as it was filed
became               code      restated, taken back or counted once, where it does not
"""
)
"""Every row of every filing, as filed."""

PEOPLE = table("""
person.cik     code   CIK of the person; null where no filing gives it
person.name    text   the person's name, as last printed
issuer.cik     code   CIK of a company about which the person reports
issuer.name    text   its name, as last printed
issuer.symbol  code   its ticker, as last printed
filings        count  filings of the person about that company
positions      count  positions they amount to
first_known    day    day on which the first of them could be known
last_known     day    day on which the last could
""")
"""Everybody, at each company about which they report."""

ISSUERS = table("""
issuer.cik     code   CIK of the company; null where no filing gives it
issuer.name    text   its name, as last printed
issuer.symbol  code   its ticker, as last printed
filings        count  filings about it
people         count  people who report about it
positions      count  positions they hold or held
checked        count  reported totals that were checked
agreed         count  totals that follow exactly
explained      count  totals that an accepted explanation closes
ambiguous      count  totals with two explanations about as good
unexplained    count  totals that nothing known closes
opening        count  totals before which nothing was known
findings       count  findings about its filings
""")
"""Every company, and how its totals fare."""

VIEWS: Mapping[str, tuple[Column, ...]] = dict(
    zip(READABLE, (FILINGS, LINES, ENTRIES, HOLDINGS, FOUND, PEOPLE, ISSUERS), strict=True)
)
"""Every view, in the order in which one meets them, with its columns."""

SAYS: Mapping[str, str] = {
    "filings": "Every filing as it was last read, with what became of it.",
    "lines": "Every row of every filing, as filed, with the notes it cites.",
    "entries": "Every entry of every position, with our balance, the filer's total and the verdict.",
    "holdings": "What everybody holds by the last that is known: one row for each position.",
    "findings": "What does not follow, as sentences, with what explains it and what was rejected.",
    "people": "Everybody, at each company about which they report.",
    "issuers": "Every company, and how its totals fare.",
}
_DECIMAL = ("quantity", "price")
_DECLARED: Mapping[Kind, str] = {"count": "BIGINT", "truth": "INTEGER"}
_NUMBER = "DOUBLE PRECISION"
_json = msgspec.json.Encoder(decimal_format="string")


def declared(view: str) -> Iterator[tuple[str, str]]:
    """The columns of a view in SQL: names and types, a number behind each exact quantity."""
    for column in VIEWS[view]:
        yield column.name, "TEXT" if column.many else _DECLARED.get(column.kind, "TEXT")
        if _numbered(column):
            yield f"{column.name}_number", _NUMBER


def creation() -> Iterator[str]:
    """The statements that make every table and its view."""
    for view in VIEWS:
        columns = ", ".join(f'"{name}" {kind}' for name, kind in declared(view))
        names = ", ".join(f'"{name}"' for name, _ in declared(view))
        yield f"CREATE TABLE {shown_by(view)} (issuer TEXT NOT NULL, {columns})"
        yield f"CREATE INDEX {shown_by(view)}_issuer ON {shown_by(view)} (issuer)"
        yield f"CREATE VIEW {view} AS SELECT {names} FROM {shown_by(view)}"  # noqa: S608 - our own


def insertion(view: str) -> str:
    """The statement that puts a row into a view's table: its issuer, then every value."""
    holes = ", ".join(
        f"CAST(? AS {_NUMBER})" if kind == _NUMBER else "?" for _, kind in declared(view)
    )
    return f"INSERT INTO {shown_by(view)} VALUES (?, {holes})"  # noqa: S608 - our own names


def stored(view: str, issuer: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as it is stored: exact text for quantities, twice; text for days, JSON for lists."""
    found: list[Any] = [issuer]
    for column, value in zip(VIEWS[view], values, strict=True):
        if value is None:
            found.append(None)
        elif column.many:
            found.append(_listed(value))
        elif column.kind in _DECIMAL:
            found.append(plain(value))
        elif column.kind == "truth":
            found.append(int(value))
        else:
            found.append(value if column.kind == "count" else str(value))
        if _numbered(column):
            found.append(found[-1])
    return tuple(found)


def _listed(values: Any) -> str:
    return _json.encode([None if v is None else str(v) for v in values]).decode()


def _numbered(column: Column) -> bool:
    return column.kind in _DECIMAL and not column.many


def datasette(database: str = "ledger") -> dict[str, Any]:
    """Metadata for Datasette: what each view and column means; the ledger's own tables hidden.

    Datasette calls a `database` as its file, without the ending.
    """
    shown = {
        view: {
            "description": SAYS[view],
            "columns": {c.name: c.says for c in columns}
            | {f"{c.name}_number": f"as a number: {c.says}" for c in columns if _numbered(c)},
        }
        for view, columns in VIEWS.items()
    }
    own = ("stored_events", "repeated", "seals", "tracking", *map(shown_by, VIEWS), *_HIDDEN)
    tables = shown | {name: {"hidden": True} for name in own}
    return {"title": "Ownership ledger", "databases": {database: {"tables": tables}}}


_HIDDEN = tuple(
    f"view_{name}"
    for name in (
        "sql_written sql_status documents filings names marks owners called persons issuers findings totals holdings "
        "parts root shared waiting"
    ).split()
)
"""Tables of the read model, which nobody reads with SQL."""
