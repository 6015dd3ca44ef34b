"""The views of the database: what other programs sum and filter is what the ledger answers."""

import asyncio
import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import duckdb
import pytest
import sqlite_utils
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from ledger.addresses import address_of
from ledger.errors import UsageError
from projections import events, history, holdings, reconcile, verify
from projections.sql.shapes import SAYS, VIEWS, datasette, declared
from projections.sql.tables import counts, drop_sql, position, sql
from tests.filings import folder_of
from tests.projections.building import bought, filing
from tests.projections.sql.reading import FILINGS, LATER, answered, attached, rows
from tests.sql_page import METADATA, PAGE, page


@pytest.mark.parametrize("ask", [counts, position])
def test_a_ledger_without_views_says_what_makes_them(ledger, ask):
    ledger.record(FILINGS)

    with pytest.raises(UsageError, match="`ledger sql` makes them"):
        ask(ledger)
    sql(ledger)
    assert ask(ledger)


def test_every_view_has_a_row_for_each_of_what_the_ledger_answers(filled):
    found = reconcile(filled)

    assert counts(filled) == {
        "filings": 3,
        "lines": 5,
        "entries": len(history(filled)),
        "holdings": len(holdings(filled)),
        "findings": len(found),
        "people": 2,
        "issuers": 1,
    }
    ((checked, agreed, people),) = rows(filled, "SELECT checked, agreed, people FROM issuers")
    assert (checked, agreed, people) == (found.totals.checked, found.totals.agreed, 2)


def test_a_sum_and_a_filter_are_the_ledgers_on_either_database(filled):
    total, over, moved = answered(filled)

    ((summed,),) = rows(filled, "SELECT sum(shares_number) FROM holdings")
    assert Decimal(str(summed)) == total == Decimal("991749.5")
    assert (
        sorted(
            Decimal(text)
            for (text,) in rows(filled, "SELECT shares FROM holdings WHERE shares_number > 1000")
        )
        == over
    )
    ((summed,),) = rows(filled, "SELECT sum(shares_number) FROM entries")
    assert Decimal(str(summed)) == moved


def test_exact_text_stands_beside_each_number(filled):
    ((text, number),) = rows(
        filled,
        "SELECT shares_after, shares_after_number FROM lines WHERE row = 'I.1' AND form = '3'",
    )

    assert (text, number) == ("985544.375", 985544.375)
    ((price,),) = rows(filled, "SELECT exercise_price FROM holdings WHERE \"table\" = 'II'")
    assert price == "4.9125"


def test_findings_and_notes_are_readable_texts(filled):
    messages = {message for (message,) in rows(filled, "SELECT message FROM findings")}

    assert messages == {finding.message for finding in reconcile(filled).findings}
    assert {name for (name,) in rows(filled, "SELECT person_name FROM people")} == {
        "DOE JANE",
        "ROE JOHN",
    }


def test_the_views_follow_what_is_recorded_and_only_what_changed_is_written(filled):
    assert sql(filled) == 0
    filled.record([LATER])

    assert sql(filled) == 1
    ((shares,),) = rows(
        filled,
        "SELECT shares FROM holdings WHERE security = 'Common Stock' AND nature = '' "
        "AND person_name = 'DOE JANE'",
    )
    assert shares == "985000"
    assert counts(filled)["filings"] == 4


def test_verify_knows_the_views_and_still_names_a_stranger(filled):
    assert filled.verify().problems == ()
    drop_sql(filled)
    assert filled.verify().problems == ()
    assert not filled.has_view("sql")


def test_a_view_of_another_name_is_a_stranger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(FILINGS)
        sql(ledger)
    with sqlite3.connect(tmp_path / "ledger.db") as connection:
        connection.execute("CREATE VIEW mine AS SELECT 1")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        (problem,) = ledger.verify().problems
    assert "the view mine" in problem


# --- in other programs ---------------------------------------------------------------------


def test_sqlite_utils_sums_and_filters_what_the_ledger_does(file):
    path, (total, over, moved) = file
    database = sqlite_utils.Database(path)

    assert set(database.view_names()) == {*VIEWS, "events"}
    found = list(database["holdings"].rows_where("shares_number > ?", [1_000]))
    assert sorted(Decimal(row["shares"]) for row in found) == over
    (summed,) = database.query("SELECT sum(shares_number) AS n FROM holdings")
    assert Decimal(str(summed["n"])) == total
    (summed,) = database.query("SELECT sum(shares_number) AS n FROM entries")
    assert Decimal(str(summed["n"])) == moved


def test_datasette_sums_and_filters_what_the_ledger_does(file):
    app = pytest.importorskip("datasette.app")
    path, (total, over, moved) = file
    asked = {
        "/holdings.json?shares_number__gt=1000": over,
        "/holdings.json?shares_number__gt=99.25": sorted([Decimal("99.5"), *over]),
        ".json?sql=SELECT+sum(shares_number)+AS+shares+FROM+holdings": [total],
        ".json?sql=SELECT+sum(shares_number)+AS+shares+FROM+entries": [moved],
    }

    async def answers():
        site, said = app.Datasette([str(path)], metadata=datasette()), {}
        await site.invoke_startup()
        for where in asked:
            found = await site.client.get(f"/ledger{where}&_shape=array")
            said[where] = sorted(Decimal(str(row["shares"])) for row in found.json())
        there = (await site.client.get("/ledger.json")).json()
        said["views"] = {view["name"] for view in there["views"]}
        said["tables"] = {table["name"] for table in there["tables"] if not table["hidden"]}
        return said

    assert asyncio.run(answers()) == asked | {"views": {*VIEWS, "events"}, "tables": set()}


def test_duckdb_sums_and_filters_what_the_ledger_does(file):
    path, (total, over, moved) = file
    database = duckdb.connect()
    attached(database, path)

    exact = "SELECT sum(CAST(shares AS DECIMAL(28, 8))), sum(shares_number) FROM "
    ((summed, number),) = database.execute(f"{exact} holdings").fetchall()
    assert (summed, Decimal(str(number))) == (total, total)
    ((summed, _),) = database.execute(f"{exact} entries").fetchall()
    assert summed == moved
    found = database.execute("SELECT shares FROM holdings WHERE shares_number > 1000").fetchall()
    assert sorted(Decimal(text) for (text,) in found) == over
    assert database.execute("SELECT max(shares_after_number) FROM lines").fetchall() == [
        (985544.375,)
    ]


def test_psycopg_sums_and_filters_what_the_ledger_does(postgres_url):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger:
        ledger.record(FILINGS)
        sql(ledger)
        total, over, moved = answered(ledger)

    with psycopg.connect(postgres_url) as connection:
        exact = "SELECT sum(shares::numeric), sum(shares_number) FROM "
        assert connection.execute(f"{exact} holdings").fetchone() == (total, float(total))
        assert connection.execute(f"{exact} entries").fetchone()[0] == moved
        found = connection.execute("SELECT shares FROM holdings WHERE shares_number > 1000")
        assert sorted(Decimal(text) for (text,) in found) == over


def test_the_columns_have_the_types_that_others_read(file):
    path, _ = file
    connection = sqlite3.connect(path)

    for view in VIEWS:
        told = [
            (name, kind) for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({view})")
        ]
        assert told == list(declared(view))


def test_no_two_lines_have_the_same_place_in_the_order_of_knowledge(filled):
    for view in ("lines", "filings"):
        ((rows_, places),) = rows(
            filled, f"SELECT count(*), count(DISTINCT known_order) FROM {view}"
        )
        assert rows_ == places


# --- on the command line -------------------------------------------------------------------


def test_ingesting_keeps_the_views_current_once_they_were_made(tmp_path):
    run, db = CliRunner().invoke, ["--db", str(tmp_path / "ledger.db")]
    run(main, [*db, "ingest", str(folder_of(tmp_path / "first", 1))])
    connection = sqlite3.connect(tmp_path / "ledger.db")
    made = "SELECT count(*) FROM sqlite_master WHERE type = 'view' AND name <> 'events'"
    assert connection.execute(made).fetchone() == (0,)

    done = run(main, [*db, "sql", "--format", "json"])
    assert [view["rows"] for view in json.loads(done.output)["views"]][:2] == [1, 2]
    run(main, [*db, "ingest", str(folder_of(tmp_path / "more", 3))])

    assert connection.execute("SELECT count(*) FROM filings").fetchone() == (3,)
    assert run(main, [*db, "verify"]).exit_code == 0
    assert run(main, [*db, "replay"]).exit_code == 0
    assert "the views are gone" in run(main, [*db, "sql", "--drop"]).output
    assert connection.execute(made).fetchone() == (0,)


def test_datasettes_metadata_names_every_column_and_is_the_file_of_the_docs():
    told = datasette()
    tables = told["databases"]["ledger"]["tables"]

    for view in VIEWS:
        assert set(tables[view]["columns"]) == {name for name, _ in declared(view)}
        assert tables[view]["description"] == SAYS[view]
    printed = CliRunner().invoke(main, ["--db", "ledger.db", "sql", "--datasette"]).output
    assert json.loads(printed) == told
    assert json.loads(METADATA.read_text("utf-8")) == told


def test_datasettes_metadata_calls_the_database_as_its_file_and_hides_all_that_is_no_view(tmp_path):
    where = tmp_path / "insiders.db"
    CliRunner().invoke(main, ["--db", str(where), "ingest", str(folder_of(tmp_path / "one", 1))])
    CliRunner().invoke(main, ["--db", str(where), "sql"])

    told = CliRunner().invoke(main, ["--db", str(where), "sql", "--datasette"]).output
    tables = json.loads(told)["databases"]["insiders"]["tables"]

    with closing(sqlite3.connect(where)) as connection:
        kept = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    own = {name for (name,) in kept if not name.startswith("sqlite_")}
    assert own == {name for name, said in tables.items() if said.get("hidden")}


def test_the_page_of_the_views_is_what_the_code_says():
    assert PAGE.read_text("utf-8") == page()


# --- addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filing_", "cik"),
    [
        (None, "0000320193"),
        ("sha256:" + "0" * 64, "0000320193"),
        ("0001209191-13-014365", None),
        ("0001209191-13-014365", "no number"),
        ("see 0001209191-13-014365", "0000320193"),
        ("0001209191-13-014365/../../x", "0000320193"),
    ],
)
def test_there_is_no_address_where_an_identifier_is_unknown_or_none(filing_, cik):
    assert address_of(filing_, cik) is None


def test_an_address_is_built_from_the_numbers_alone():
    assert address_of("0001209191-13-014365", "0000320193") == (
        "https://www.sec.gov/Archives/edgar/data/320193/000120919113014365/"
        "0001209191-13-014365-index.htm"
    )


def test_a_filing_in_the_views_has_its_address_and_a_scan_has_none(filled):
    scan = filing(bought(1, 6), on="2024-06-03", accession=None, format="scanned", filed_on=None)
    filled.record([scan])
    sql(filled)
    named = dict(rows(filled, "SELECT filing, address FROM filings"))

    assert named[scan.id] is None
    ours = {event.filing for event in events(filled).events} - {scan.id}
    assert {named[name] for name in ours} == {address_of(name, "0002000001") for name in ours}


@pytest.mark.parametrize(
    "definition",
    [
        "SELECT * FROM view_sql_holdings WHERE shares_number < 1000",
        "SELECT {columns} FROM view_sql_entries",
        "SELECT {swapped} FROM view_sql_holdings",
        "SELECT {fewer} FROM view_sql_holdings",
        "SELECT {fewer}, shares_number AS {last} FROM view_sql_holdings",
        "SELECT {columns} FROM view_sql_holdings LIMIT 1",
    ],
)
def test_a_view_that_shows_something_else_is_no_view_of_ours(tmp_path, definition):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(FILINGS)
        sql(ledger)
    names = [f'"{name}"' for name, _ in declared("holdings")]
    told = {
        "columns": ", ".join(names),
        "swapped": ", ".join([names[1], names[0], *names[2:]]),
        "fewer": ", ".join(names[:-1]),
        "last": names[-1],
    }
    with sqlite3.connect(path) as connection:
        connection.execute("DROP VIEW holdings")
        connection.execute(f"CREATE VIEW holdings AS {definition.format(**told)}")
    connection.close()

    with Ledger.open(path) as ledger:
        found = verify(ledger)
        assert not found.ok
        assert [p for p in found.problems if "view holdings does not show its table" in p]


def test_views_as_they_were_made_are_whole_with_the_rows_that_they_show(filled):
    found = verify(filled)

    assert found.ok
    assert "what the views for SQL show" in found.covered
    assert "the rows that SQL reads" in found.covered
    assert any(said.startswith("the rows that SQL reads") for said in filled.verify().uncovered)
    drop_sql(filled)
    assert "what the views for SQL show" not in verify(filled).covered
