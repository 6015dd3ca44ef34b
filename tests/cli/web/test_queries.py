"""The page that takes SQL: answers from the views, what it leaves out, and what it refuses."""

import json
from time import monotonic
from urllib.parse import quote

import pytest

from cli.web import queries
from ledger import Ledger
from projections.sql.tables import sql
from tests.cli.web.browsing import Browser
from tests.projections.building import filing, opening, sold

FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def path(tmp_path):
    """A ledger with the views made."""
    where = tmp_path / "ledger.db"
    with Ledger.open(where) as made:
        made.record([opening("10000.5"), filing(sold(20, 8_040), on="2024-09-03")])
        sql(made)
    return where


def asked(browser, text, table=None):
    """What a question comes to, on its page or as a table."""
    return browser.get(f"{f'/tables/sql.{table}' if table else '/sql'}?sql={quote(text)}")


def test_a_question_is_answered_with_figures_and_links(path):
    page = asked(
        Browser(path), "SELECT filing, shares_after, shares_after_number FROM lines ORDER BY 1;"
    ).seen

    assert "2 rows in" in page.words
    assert "10000.5" in page.words
    assert any(link.startswith("/filings/") for link in page.links)
    assert ("td", {"class": "figures", "data-as": "shares_after_number"}) in page.elements


@pytest.mark.parametrize("example", queries._EXAMPLES.values())
def test_each_example_is_one_that_the_views_answer(path, example):
    assert asked(Browser(path), example).status == 200


def test_the_same_stands_by_its_own_address_for_programs(path):
    text = "SELECT line AS n, shares_after_number / 3 AS n, filing, NULL AS none FROM lines"

    told = json.loads(asked(Browser(path), text, "json").text)

    assert [*told["rows"][0]] == ["n", "n_2", "filing", "none"]
    assert told["rows"][0]["n"] == 1
    assert asked(Browser(path), text, "csv").text.startswith("n,n_2,filing,none\n")
    assert asked(Browser(path), text, "parquet").status == 404


def test_rows_that_are_left_out_are_told(path, monkeypatch):
    monkeypatch.setattr(queries, "BOUNDS", queries.BOUNDS._replace(rows=1))

    assert "1 row in" in asked(Browser(path), "SELECT * FROM lines").text
    assert "there are more" in asked(Browser(path), "SELECT * FROM lines").text
    assert '"more": true' in asked(Browser(path), "SELECT * FROM lines", "json").text


def test_a_question_that_never_ends_is_stopped_and_the_next_is_answered(path, monkeypatch):
    monkeypatch.setattr(queries, "BOUNDS", queries.BOUNDS._replace(milliseconds=200))
    browser, began = Browser(path), monotonic()

    answer = asked(browser, FOREVER)

    assert (answer.status, monotonic() - began < 5) == (400, True)
    assert "took more than 200 ms" in answer.text
    assert asked(browser, "SELECT 1").status == 200


@pytest.mark.parametrize(
    "text",
    [
        "DELETE FROM stored_events",
        "ATTACH 'x.db' AS x",
        "PRAGMA query_only = 0",
        "SELECT",
        "x" * 20_001,
    ],
)
@pytest.mark.parametrize("table", [None, "csv"])
def test_what_is_no_question_over_the_views_is_refused_without_internals(path, text, table):
    answer = asked(Browser(path), text, table)

    assert answer.status == 400
    assert str(path) not in answer.text


def test_a_refused_question_stays_in_its_field_beside_what_it_may_ask(path):
    answer = asked(Browser(path), "SELECT nothing FROM <nowhere>")

    assert answer.status == 400
    assert "SELECT nothing FROM &lt;nowhere&gt;</textarea>" in answer.text
    assert "That has no answer" in answer.text
    assert "Mend the SQL." in answer.text
    assert "person_cik" in answer.text


def test_a_ledger_without_views_says_how_they_are_made(jane):
    assert "`ledger sql` makes them" in Browser(jane).get("/sql").text
    assert asked(Browser(jane), "SELECT 1").status == 400


def test_views_that_are_behind_the_log_say_so(path):
    with Ledger.open(path) as ledger:
        ledger.record([filing(sold(40, 8_000), on="2024-10-03")])

    assert "More is recorded than the views show" in asked(Browser(path), "SELECT 1").text
