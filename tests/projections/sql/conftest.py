"""Ledgers with the views for SQL."""

import pytest

from ledger import Ledger
from projections.sql.tables import sql
from tests.projections.sql.reading import FILINGS, answered


@pytest.fixture
def filled(ledger):
    """The same filings, in a file and on a server, with the views made."""
    ledger.record(FILINGS)
    sql(ledger)
    return ledger


@pytest.fixture
def file(tmp_path):
    """A ledger in a file, its sums and filter as it answers them."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(FILINGS)
        sql(ledger)
        return path, answered(ledger)
