"""Rows that SQL reads, altered: no SELECT of ours answers from them, and `verify` names them."""

import json
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from ledger.errors import IntegrityFailure
from projections import verify
from projections.sql.asking import Bounds, ask, behind
from projections.sql.shapes import VIEWS
from projections.sql.tables import counts, drop_sql, position, sql
from tests.projections.sql.reading import FILINGS, LATER

BOUNDS = Bounds(rows=100, characters=100_000, milliseconds=5_000)
ALTERED = {
    "a value": "UPDATE view_sql_lines SET shares = '9' WHERE rowid = 2",
    "a number": "UPDATE view_sql_lines SET shares_number = 9 WHERE rowid = 2",
    "a blob": "UPDATE view_sql_lines SET shares = x'3031' WHERE rowid = 2",
    "a row less": "DELETE FROM view_sql_lines WHERE rowid = 2",
    "a row more": "INSERT INTO view_sql_lines SELECT * FROM view_sql_lines WHERE rowid = 2",
    "a row of nobody": "UPDATE view_sql_lines SET issuer = 'nobody' WHERE rowid = 2",
    "columns exchanged": (
        "ALTER TABLE view_sql_lines RENAME COLUMN shares TO kept; "
        "ALTER TABLE view_sql_lines RENAME COLUMN value TO shares; "
        "ALTER TABLE view_sql_lines RENAME COLUMN kept TO value"
    ),
    "a view": (
        "DROP VIEW lines; CREATE VIEW lines AS SELECT *, 2 * shares_number FROM view_sql_lines"
    ),
    "a table for a view": "DROP VIEW lines; CREATE TABLE lines AS SELECT * FROM view_sql_lines",
}


def alter(path, text):
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(text)


@pytest.mark.parametrize("what", ALTERED)
def test_altered_rows_answer_no_select_that_may_read_them(file, what):
    path, _ = file
    alter(path, ALTERED[what])

    with Ledger.open(path) as ledger:
        for text in ("SELECT count(*) FROM lines", 'SELECT * FROM "Lines" LIMIT 1'):
            with pytest.raises(IntegrityFailure, match="what SQL reads is not what was written"):
                ask(ledger, text, BOUNDS)
        assert ask(ledger, "SELECT count(*) FROM filings", BOUNDS).rows == [(3,)]
        with pytest.raises(IntegrityFailure, match="lines"):
            counts(ledger)
        found = verify(ledger)
    assert not found.ok
    assert any("lines" in problem for problem in found.problems)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_checked(file, view):
    path, _ = file
    with closing(sqlite3.connect(path)) as connection:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info(view_sql_{view})")]
    alter(path, f"UPDATE view_sql_{view} SET \"{names[2]}\" = 'other'")

    with Ledger.open(path) as ledger:
        with pytest.raises(IntegrityFailure, match=view):
            ask(ledger, f"SELECT * FROM {view}", BOUNDS)
        assert f"views for SQL: the rows of {view} are not those" in str(verify(ledger).problems)


@pytest.mark.parametrize(
    "text",
    [
        "UPDATE view_sql_status SET position = position + 1",
        "UPDATE view_sql_status SET sums = replace(sums, '[5,', '[6,')",
        "DELETE FROM view_sql_status",
        "INSERT INTO view_sql_status SELECT * FROM view_sql_status",
    ],
)
def test_where_the_views_stand_is_checked(file, text):
    path, _ = file
    alter(path, text)

    with Ledger.open(path) as ledger:
        for asked in (behind, position, counts):
            with pytest.raises(IntegrityFailure, match="where they stand"):
                asked(ledger)
        assert not verify(ledger).ok


def test_which_issuers_are_shown_is_checked_before_others_are_written(file):
    path, _ = file
    alter(path, "DELETE FROM view_sql_written")

    with Ledger.open(path) as ledger:
        ledger.record([LATER])
        with pytest.raises(IntegrityFailure, match="which issuers they show"):
            sql(ledger)
        drop_sql(ledger)
        assert sql(ledger)
        assert verify(ledger).ok


def test_an_alteration_is_not_healed_by_what_is_written_beside_it(file):
    path, _ = file
    alter(path, ALTERED["a value"])

    with Ledger.open(path) as ledger:
        ledger.record([LATER])
        sql(ledger)
        with pytest.raises(IntegrityFailure, match="rows of lines"):
            counts(ledger)


def test_rows_altered_while_the_ledger_is_open_are_noticed_at_the_next_select(file):
    path, _ = file
    with Ledger.open(path) as ledger:
        before = ask(ledger, "SELECT count(*) FROM lines", BOUNDS).rows
        assert ask(ledger, "SELECT count(*) FROM lines", BOUNDS).rows == before
        alter(path, ALTERED["a number"])
        with pytest.raises(IntegrityFailure, match="rows of lines"):
            ask(ledger, "SELECT count(*) FROM lines", BOUNDS)


def test_rows_that_are_looked_at_once_are_not_read_again(file, monkeypatch):
    path, _ = file
    with Ledger.open(path) as ledger:
        first = ask(ledger, "SELECT shares FROM lines", BOUNDS)
        monkeypatch.setattr("projections.sql.sums.summed", None)
        assert ask(ledger, "SELECT shares FROM lines", BOUNDS) == first


def test_a_views_rows_altered_on_a_server_are_noticed(postgres_url):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger:
        ledger.record(FILINGS)
        sql(ledger)
        assert counts(ledger)
        assert verify(ledger).ok
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("UPDATE view_sql_filings SET form = '5'")
        with pytest.raises(IntegrityFailure, match="rows of filings"):
            counts(ledger)
        assert not verify(ledger).ok


def test_verify_says_what_writes_the_rows_anew(file):
    path, _ = file
    alter(path, ALTERED["a value"])

    told = CliRunner().invoke(main, ["--db", str(path), "verify"])
    assert told.exit_code == 6
    assert "the log is unaltered, but the rows that SQL reads are not" in told.stdout
    assert "`ledger sql --drop`, then `ledger sql`" in told.stdout
    for command in ("sql --drop", "sql", "verify"):
        assert CliRunner().invoke(main, ["--db", str(path), *command.split()]).exit_code == 0
    told = CliRunner().invoke(main, ["--db", str(path), "verify", "--format", "json"])
    found = json.loads(told.stdout)
    assert "the rows that SQL reads" in found["covered"]
    assert not any("SQL" in one for one in found["uncovered"])
