"""The queries of the how-to, run where it says, answer what the ledger answers."""

import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli as sqlite_utils_cli

from ledger import Ledger
from projections import holdings
from projections.bulk.tables import TABLES, Asked
from projections.sql.tables import sql
from tests.projections.building import filing, opening, option, sold
from tests.projections.sql.reading import attached, rows
from tests.rooms import ROOT


def test_as_known_at_the_end_of_a_day_by_sql_is_what_the_ledger_says(file):
    """The recipe of the how-to, on days before, of and after filings that have no hour."""
    path, _ = file

    with Ledger.open(path) as ledger:
        for day in DAYS:
            answer = holdings(ledger, known_at=day)
            told = {(r.person_name, r.security, r.nature, r.shares) for r in answer}
            assert _claims(path, day) == told
    assert len({frozenset(_claims(path, day)) for day in DAYS}) == 4


DAYS = [date(2024, month, day) for month in (1, 3, 4) for day in (1, 2, 3, 9, 10)]


def _claims(path, day):
    """The last claim of each position that was public by the end of a day, by the how-to's recipe."""
    (recipe,) = [query for query in recipes() if ":moment" in query]
    moment = f"{(day + timedelta(days=1)).isoformat()}T06"
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(recipe, {"moment": moment}).fetchall()
    return {(*names, Decimal(shares)) for *names, shares in found}


@pytest.mark.parametrize("source", ["attached", "as text"])
@pytest.mark.parametrize("times", [1, 30])
def test_many_days_by_one_join_of_duckdb_are_what_each_day_says(file, tmp_path, source, times):
    """Few rows are joined in another way than many, and of two filings of one day each keeps another."""
    path, _ = file
    with Ledger.open(path) as ledger:
        ledger.record([filing(sold(200, "985200"), on="2024-03-01", part=2)])
        sql(ledger)
    (recipe,) = [query for query in recipes() if "ASOF" in query]
    database = duckdb.connect()
    if source == "attached":
        attached(database, path)
    else:
        printed = CliRunner().invoke(sqlite_utils_cli, ["rows", str(path), "lines", "--csv"])
        (tmp_path / "lines.csv").write_text(printed.output, "utf-8")
        text = f"read_csv('{tmp_path / 'lines.csv'}', all_varchar = true)"
        database.execute(f"CREATE VIEW lines AS SELECT * FROM {text}")
    days = [day for day in DAYS for _ in range(times)]
    database.execute("CREATE TEMP TABLE days AS SELECT unnest($1::DATE[]) AS day", [days])

    found = database.execute(recipe).fetchall()

    for day in DAYS:
        known = [(*names, Decimal(shares)) for on, *names, shares in found if on == day]
        assert {(who, title, nature or "", n) for who, title, nature, n in known} == _claims(
            path, day
        )
        assert len(known) == times * len(_claims(path, day))


def test_each_recipe_of_the_how_to_runs_where_it_says(file):
    path, _ = file
    _, _, lapsing, *others = recipes()

    assert ":today" in lapsing
    for query in others:
        assert sqlite3.connect(path).execute(query).fetchall()


@pytest.mark.parametrize("today", ["2014-02-01", "2016-01-01", None])
def test_what_has_lapsed_by_sql_and_in_an_export_is_what_has_lapsed_in_the_answer(told, today):
    ledger = told(
        opening(1_000, option(None, 300, 300, expires="2014-03-01"), on="2013-06-03"),
        filing(option("A", 40, 40, strike=12, expires="2014-04-01"), on="2013-07-01"),
        filing(option(None, 40, 40, strike=12, expires="2014-04-01"), on="2015-02-02", form="5"),
        filing(option("A", 70, 70, strike=14, expires="2099-04-01"), on="2015-03-02"),
    )
    sql(ledger)
    known = today and date.fromisoformat(today)

    answer = {(r.security, r.shares) for r in holdings(ledger, known_at=known) if r.shares}
    table = TABLES["holdings"]
    names = [column.name for column in table.columns]
    exported = [
        dict(zip(names, row, strict=True)) for row in table.rows(ledger, Asked(known_at=known))
    ]

    assert {(r["security"], r["shares"]) for r in exported if r["shares"]} == answer
    if today is None:
        by_sql = rows(ledger, recipes()[2].replace(":today", "'2026-01-01'"))
        assert {(title, Decimal(shares)) for _, title, shares in by_sql} == answer
        assert len(answer) == 3


def recipes():
    """The queries of the how-to, in order."""
    page = (ROOT / "docs" / "how-to" / "read-with-sql.md").read_text("utf-8")
    return re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
