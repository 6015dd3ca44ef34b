"""Filings that say only what matters to a test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ledger.filing import Filing, Footnote, Issuer, Owner, Row, Signature, Statement
from tests.documents import ownership_xml, transaction

ACCEPTED = datetime(2004, 10, 5, 21, 30, tzinfo=UTC)


def row(line: int = 1, **said: Any) -> Row:
    """A purchase of 100 shares, unless something else is said."""
    usual: dict[str, Any] = {
        "table": "I",
        "security": "Common Stock",
        "effective_on": date(2004, 10, 1),
        "code": "P",
        "shares": Decimal(100),
        "price": Decimal("4.91"),
        "direction": "acquired",
        "shares_after": Decimal(1000 + line),
        "ownership": "direct",
    }
    return Row(**usual | said, line=line)


def holding_row(line: int = 1, **said: Any) -> Row:
    """A line that only states what is held."""
    told = {"holding": True, "effective_on": None, "code": None, "shares": None, "price": None}
    return row(line, **told | {"direction": None} | said)


def filing(number: int = 1, *, rows: int | tuple[Row, ...] = 2, **said: Any) -> Filing:
    """A Form 4 read from XML, with these rows or that many purchases, unless otherwise said."""
    usual: dict[str, Any] = {
        "sha256": f"{number:064x}",
        "format": "ownership-xml",
        "reader_version": 1,
        "accession": f"0000000001-04-{number:06d}",
        "form": "4",
        "period": date(2004, 10, 1),
        "issuer": Issuer(cik="0000000002", name="EXAMPLE CORP", symbol="EXMP"),
        "owners": (Owner(cik="0000000003", name="DOE JANE", director=True),),
        "footnotes": (Footnote(id="F1", text="Bought on the open market."),),
        "signatures": (Signature(name="/s/ Jane Doe", signed_on=date(2004, 10, 4)),),
        "rows": rows if isinstance(rows, tuple) else tuple(row(n) for n in range(1, rows + 1)),
    }
    return Filing(**usual | said)


def scan(number: int = 1, **said: Any) -> Filing:
    """The same as scanned text: without accession number and acceptance time."""
    usual: dict[str, Any] = {"format": "scanned", "accession": None}
    return filing(number, **usual | said)


def submission(number: int = 1, **said: Any) -> Filing:
    """The same as the whole submission: with its acceptance time."""
    usual: dict[str, Any] = {"format": "submission", "accepted_at": ACCEPTED}
    return filing(number, **usual | said)


def statement(**said: Any) -> Statement:
    """A footnote's statement that 25 shares came from a plan."""
    usual: dict[str, Any] = {
        "note": "F1",
        "kind": "espp-purchase",
        "start": 0,
        "end": 6,
        "shares": Decimal(25),
    }
    return Statement(**usual | said)


def xml(number: int = 1, *, rows: int = 2, issuer: str = "EXAMPLE CORP") -> bytes:
    """A Form 4 as ownership XML, with that many purchases."""
    purchases = [transaction(shares=str(100 * number), after=str(line)) for line in range(rows)]
    return ownership_xml(purchases, issuer={"issuerCik": "0000000002", "issuerName": issuer})


def folder_of(folder: Path, count: int, *, rows: int = 2) -> Path:
    """A folder of that many Forms 4, each named by its accession number."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        name = f"0000000001-04-{number:06d}.xml"
        folder.joinpath(name).write_bytes(xml(number, rows=rows))
    return folder
