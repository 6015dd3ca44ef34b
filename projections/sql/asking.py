"""The views asked with SQL by whoever shows them: within bounds, and never older than is said."""

from __future__ import annotations

from ledger import Ledger
from ledger.errors import UsageError
from ledger.store.inquiries import Bounds, Found
from projections.sql.tables import position, require_named

__all__ = ["Bounds", "Found", "ask", "behind"]


def ask(ledger: Ledger, text: str, bounds: Bounds) -> Found:
    """What one SELECT over the views comes to.

    Args:
        ledger: The log that has them.
        text: The SELECT, in the database's own dialect.
        bounds: How many rows, characters and milliseconds it may take.

    Raises:
        UsageError: There are no views yet, it is no SELECT over them, or it took too long.
        IntegrityFailure: What it may read is not what was written.
    """
    if not ledger.has_view("sql"):
        raise UsageError("this ledger has no views for SQL yet", remedy="`ledger sql` makes them")
    require_named(ledger, text)
    return ledger.inquire(text.strip().removesuffix(";"), bounds)


def behind(ledger: Ledger) -> bool:
    """Whether more is recorded than the views show."""
    return ledger.sealed() != position(ledger)
