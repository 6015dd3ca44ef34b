"""A stranger's own SQL reads the views for readers, and can do nothing else, nor for long."""

from contextlib import contextmanager
from decimal import Decimal
from itertools import count
from time import monotonic

import psycopg
import pytest

from ledger import Ledger
from ledger.errors import UsageError
from ledger.store import inquiries
from ledger.store.inquiries import Bounds, TooLong
from projections.sql.tables import sql
from tests.projections.building import held, opening
from tests.rooms import ROOT

BOUNDS = Bounds(rows=5, characters=10_000, milliseconds=500)
SLOW = [
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "SELECT count(*) FROM {many}",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0",
]
MANY = ", ".join(f"lines AS l{n}" for n in range(26))
NEITHER = [
    "",
    ";",
    "SELECT 1; SELECT 2",
    "SELECT 1; DELETE FROM stored_events",
    "INSERT INTO people VALUES (1)",
    "INSERT INTO stored_events VALUES ('a', 1, 'b', 'c')",
    "UPDATE stored_events SET topic = ''",
    "DELETE FROM stored_events",
    "WITH gone AS (DELETE FROM stored_events RETURNING 1) SELECT * FROM gone",
    "REPLACE INTO seals VALUES (1, 1, '')",
    "DROP TABLE stored_events",
    "DROP VIEW lines",
    "CREATE TABLE made (a TEXT)",
    "CREATE TEMP TABLE made (a TEXT)",
    "CREATE VIEW made AS SELECT 1",
    "ALTER TABLE stored_events RENAME TO other",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "BEGIN",
    "COMMIT",
    "SAVEPOINT s",
    "EXPLAIN DELETE FROM stored_events",
    "SELECT * FROM stored_events",
    "SELECT state FROM stored_events LIMIT 1",
    "SELECT * FROM seals",
    "SELECT * FROM tracking",
    "SELECT * FROM view_findings",
    "SELECT * FROM view_sql_status",
    "SELECT 1 FROM lines WHERE EXISTS (SELECT 1 FROM stored_events)",
    "SELECT (SELECT count(*) FROM stored_events)",
    "WITH s AS (SELECT * FROM stored_events) SELECT count(*) FROM s",
    "SELECT nothing FROM lines",
    "SELECT nothing(1)",
    "SELECT '\x00'",
    "SELECT '\ud800'",
    "SELECT '" + "x" * 30_000 + "'",
]
ON_SQLITE = [
    "ATTACH DATABASE '{folder}/made.db' AS made",
    "ATTACH ':memory:' AS m",
    "DETACH main",
    "VACUUM INTO '{folder}/made.db'",
    "PRAGMA query_only = OFF",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA table_info(stored_events)",
    "SELECT * FROM pragma_table_info('stored_events')",
    "SELECT * FROM pragma_database_list",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM sqlite_schema",
    "SELECT * FROM sqlite_temp_master",
    "SELECT load_extension('{folder}/made')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT writefile('{folder}/made', 'x')",
    "SELECT readfile('/etc/passwd')",
    "CREATE VIRTUAL TABLE made USING fts5(a)",
    "SELECT length(zeroblob(900000000))",
    "SELECT",
    "SELECT count(*) FROM sqlite_master",
    "SELECT count(*) FROM pragma_database_list",
    "SELECT CAST(x'ff' AS TEXT)",
]
ON_POSTGRESQL = [
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_sleep(60)",
    "SELECT PG_Sleep(60)",
    'SELECT "pg_sleep"(60)',
    'SELECT U&"\\0070g_sleep"(60)',
    "SELECT lo_import('/etc/passwd')",
    "SELECT set_config('statement_timeout', '0', false)",
    "SELECT query_to_xml('SELECT 1', true, true, '')",
    "SELECT repeat('x', 900000000)",
    "COPY (SELECT 1) TO '{folder}/made'",
    "COPY (SELECT 1) TO PROGRAM 'touch {folder}/made'",
    "SET ROLE postgres",
    "DO $$ BEGIN PERFORM 1; END $$",
    "SELECT * FROM information_schema.tables",
    "SELECT usename FROM pg_user",
    "SELECT nextval('stored_events_notification_id_seq')",
    "SELECT * FROM lines FOR UPDATE",
    "LISTEN x",
    "TRUNCATE seals",
]


@pytest.fixture
def asked(ledger, request):
    """A ledger with views; on a server it is asked as a role that is not trusted with the machine."""
    ledger.record([opening(1_000, *(held(n, how=f"By Trust {n}") for n in range(1, 9)))])
    sql(ledger)
    with untrusted(ledger, request) as url, Ledger.open(url, read_only=True) as opened:
        yield opened


@contextmanager
def untrusted(ledger, request):
    """Where a ledger is asked by somebody with few rights."""
    url = ledger.location
    if "://" not in url:
        yield url
        return
    schema = url.rpartition("%3D")[2]
    server = request.getfixturevalue("postgres_server").url
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE ROLE reader_{schema} LOGIN")
        admin.execute(f"GRANT USAGE ON SCHEMA {schema} TO reader_{schema}")
        admin.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO reader_{schema}")
    yield url.replace("//postgres:", f"//reader_{schema}:").replace(
        "//postgres@", f"//reader_{schema}@"
    )
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP OWNED BY reader_{schema}")
        admin.execute(f"DROP ROLE reader_{schema}")


def test_the_views_answer_by_their_columns(asked):
    found = asked.inquire(
        "SELECT nature, shares_number FROM holdings ORDER BY 2 DESC LIMIT 2", BOUNDS
    )

    assert found.columns == ("nature", "shares_number")
    assert [row[1] for row in found.rows] == [1_000, 8]
    assert not found.more


def test_lists_can_be_taken_apart_and_parts_joined(asked):
    found = asked.inquire(
        "WITH own AS (SELECT filing, count(*) AS n FROM lines GROUP BY filing) "
        "SELECT own.n, f.form FROM own JOIN filings AS f ON f.filing = own.filing",
        BOUNDS,
    )

    assert found.rows == [(9, "3")]


def test_rows_beyond_the_bound_are_left_out_and_that_is_said(asked):
    found = asked.inquire("SELECT * FROM lines", BOUNDS)
    wide = asked.inquire("SELECT * FROM lines", BOUNDS._replace(characters=700))

    assert (len(found.rows), found.more) == (5, True)
    assert len(wide.rows) < 5
    assert wide.more


@pytest.mark.parametrize("slow", SLOW)
def test_what_takes_longer_than_it_may_is_stopped(asked, slow):
    began = monotonic()
    with pytest.raises(TooLong):
        asked.inquire(slow.format(many=MANY), BOUNDS)

    assert monotonic() - began < 5
    assert asked.inquire("SELECT 1", BOUNDS).rows == [(1,)]


def test_a_question_is_not_stopped_for_what_else_its_machine_does(tmp_path, monkeypatch):
    clock = count(step=Decimal("0.05"))
    monkeypatch.setattr(inquiries, "monotonic", lambda: float(next(clock)))  # looked at at times
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT {}) {}"

    with Ledger.open(tmp_path / "ledger.db") as ledger:
        few = ledger.inquire(rows.format(1_000, "SELECT count(*) FROM n"), BOUNDS)
        with pytest.raises(TooLong):  # ten times as long on the clock is too long whoever computes
            ledger.inquire(rows.format(10_000, "SELECT count(*) FROM n"), BOUNDS)

    assert few.rows == [(1_000,)]


def fixed(ledger, folder, questions):
    """Which questions were answered, where none should be."""
    answered = []
    for question in questions:
        try:
            ledger.inquire(question.format(folder=folder), BOUNDS)
        except UsageError:
            continue
        answered.append(question)
    return answered


def test_nothing_is_written_opened_or_read_but_the_views(asked, tmp_path):
    before, lying = asked.head(), {path.name for path in tmp_path.iterdir()}
    questions = NEITHER + (ON_POSTGRESQL if "://" in asked.location else ON_SQLITE)

    assert fixed(asked, tmp_path, questions) == []
    assert asked.head() == before
    assert {path.name for path in tmp_path.iterdir()} <= lying | {"ledger.db-wal", "ledger.db-shm"}
    assert asked.verify().ok


def test_as_many_questions_are_refused_as_the_docs_say():
    page = (ROOT / "docs" / "reference" / "invariants.md").read_text("utf-8")
    said = f"{len(NEITHER + ON_SQLITE)} questions on SQLite and {len(NEITHER + ON_POSTGRESQL)} on"

    assert said in " ".join(page.split())


def test_a_role_that_is_trusted_with_the_server_is_not_asked(postgres_url):
    with Ledger.open(postgres_url) as ledger:
        ledger.record([opening(1_000)])
        sql(ledger)
        with pytest.raises(UsageError, match="without rights over the server"):
            ledger.inquire("SELECT 1", BOUNDS)
