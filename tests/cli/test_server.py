"""What happens when something is wrong with the server: the table in the docs, fault by fault.

Each time five filings are in the ledger, and eight are ingested of which these are five. The table
says how the command ends, what it says, and how many filings are there then. Afterwards the same
command, without the fault, finds every filing recorded once.
"""

from __future__ import annotations

import os
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from ledger.store import batches, database
from tests.filings import folder_of
from tests.transcripts import ROOT
from tests.wire import wire

PAGE = (ROOT / "docs" / "how-to" / "use-postgresql.md").read_text("utf-8")
TABLE = re.findall(r"^\| (.+?) \| `ledger (.+?)` \| (\d) \| (.*?) \| (.+?) \|$", PAGE, re.MULTILINE)
PASSWORD = "correct-horse-7"
EVENTS = 3


@pytest.fixture
def forms(tmp_path):
    return folder_of(tmp_path / "forms", 8)


@pytest.fixture(autouse=True)
def one_by_one(monkeypatch):
    """Every filing in a transaction of its own."""
    monkeypatch.setattr(batches, "BATCH", 1)


@pytest.fixture
def impatient(monkeypatch):
    """A server that is gone is soon given up."""
    monkeypatch.setattr(database, "CONNECT_TIMEOUT", 1)
    monkeypatch.setattr(database, "PAUSE", 0)


class Place:
    """A ledger with five filings on a server of our own."""

    def __init__(self, server, url, tmp_path):
        self.server, self.url = server, url
        self.schema = parse_qs(urlsplit(url).query)["options"][0].rpartition("=")[2]
        self.socket = Path(parse_qs(urlsplit(url).query)["host"][0])
        with Ledger.open(url) as opened:
            opened.ingest(folder_of(tmp_path / "first", 5))

    def run(self, *statements):
        """Execute statements as the owner; the rows of the last."""
        psycopg = pytest.importorskip("psycopg")
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            for statement in statements:
                done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def by(self, user, password):
        """The URL of the same ledger for another user."""
        return re.sub(r"//[^/]*/", f"//{user}:{password}@/", self.url)

    def behind(self, folder):
        """The URL of the same ledger by a socket in another folder."""
        return self.url.replace(f"host={self.socket}", f"host={folder}")

    @contextmanager
    def role(self, *rights, method="trust"):
        """A role with a password and some rights on the tables."""
        name = f"{self.schema}_guest"
        hba = Path(self.run("SHOW hba_file")[0][0])
        allowed = hba.read_text("utf-8")
        hba.write_text(f"local all {name} {method}\n{allowed}", "utf-8")
        try:
            self.run(
                f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'",
                f"GRANT USAGE ON SCHEMA {self.schema} TO {name}",
                *(
                    f"GRANT {right} ON ALL TABLES IN SCHEMA {self.schema} TO {name}"
                    for right in rights
                ),
                "SELECT pg_reload_conf()",
            )
            yield name
        finally:
            hba.write_text(allowed, "utf-8")
            self.run(f"DROP OWNED BY {name}", f"DROP ROLE {name}", "SELECT pg_reload_conf()")


@pytest.fixture
def place(postgres_server, postgres_url, tmp_path):
    if postgres_server.restart is None:
        pytest.skip("the server is not ours to break")
    return Place(postgres_server, postgres_url, tmp_path)


@contextmanager
def wrong_password(place, _):
    with place.role("SELECT", method="scram-sha-256") as name:
        yield place.by(name, "battery-staple-9")


@contextmanager
def may_only_read(place, _):
    with place.role("SELECT") as name:
        yield place.by(name, PASSWORD)


@contextmanager
def no_server(place, _):
    yield re.sub(r"//[^/]*/", f"//someone:{PASSWORD}@/", place.behind("/nowhere"))


def on_the_wire(what_happens):
    """A fault that happens while something is committed."""

    @contextmanager
    def fault(place, _):
        with (
            tempfile.TemporaryDirectory(prefix="pg") as folder,
            wire(Path(folder), place.socket, lambda laid, n: what_happens(place, laid, n)) as laid,
        ):
            yield place.behind(folder)
            assert laid.commits >= 3, "the fault did not happen"

    return fault


def lost(_place, _laid, number):
    return number == 2


def cut(_place, laid, number):
    if number in {1, 3}:
        laid.cut()
    return False


def crashed(place, _laid, number):
    if number == 2:
        place.server.restart()
    return False


def gone(_place, laid, number):
    if number == 3:
        laid.close()
    return False


@contextmanager
def another_writer(place, forms):
    def ingest():
        with Ledger.open(place.url) as opened:
            opened.ingest(forms)

    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(ingest)
        yield place.url
        other.result()


FAULTS = {
    "The password is wrong": wrong_password,
    "The role may only read": may_only_read,
    "No server is there": no_server,
    "The reply to a commit gets lost": on_the_wire(lost),
    "Connections are cut": on_the_wire(cut),
    "The server crashes and comes back": on_the_wire(crashed),
    "The server goes away for good": on_the_wire(gone),
    "Another process writes the same": another_writer,
}


COMES_BACK = {"The server crashes and comes back"}
"""Faults after which the server is waited for as long as it takes, on a busy machine too."""


def run(command, url):
    return CliRunner().invoke(main, [*command.split(), "--db", url], prog_name="ledger")


def recorded(url):
    """How many filings are there, each whole."""
    with Ledger.open(url) as opened:
        found = opened.verify()
        assert found.problems == ()
        assert found.events == EVENTS * len(opened.streams())
        return len(opened.streams())


def test_every_fault_stands_in_the_table():
    assert {row[0] for row in TABLE} == set(FAULTS)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}, {row[1].split()[0]}")
def test_a_fault_of_the_server_ends_as_the_table_says(row, place, forms, tmp_path, request):
    fault, command, code, said, then = row
    if fault not in COMES_BACK:
        request.getfixturevalue("impatient")
    with ExitStack() as stack:
        stack.callback(os.chdir, Path.cwd())
        os.chdir(tmp_path)
        url = stack.enter_context(FAULTS[fault](place, forms))
        done = run(command, url)

        assert (done.exit_code, recorded(place.url)) == (int(code), int(then)), done.stderr
        told = " ".join(done.stderr.split())
        assert told.startswith("Error: postgresql://") == bool(said)
        assert said.strip("`") in told
        assert told.count("Error:") == bool(said)
        for secret in (PASSWORD, "battery-staple-9"):
            assert secret not in done.stdout + done.stderr

    assert run(f"ingest {forms}", place.url).exit_code == 0
    assert recorded(place.url) == 8
