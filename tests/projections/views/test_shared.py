"""What issuers share: an alteration at one of them hides from nobody that another is kin, or called alike."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from itertools import combinations

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure
from ledger.filing import Issuer, Owner
from projections import holdings, json_of, replay, verify
from projections.views import index
from projections.views.gate import view_of
from tests.filings import filing, submission


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A ledger of one issuer that was caught up."""
    path = tmp_path_factory.mktemp("whole") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record([filing(1)])
        holdings(ledger)
    return path


@pytest.fixture
def path(whole, tmp_path):
    return shutil.copy(whole, tmp_path / "ledger.db")


def altered(path, sql):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(sql)


ROE = Owner(cik="0000000004", name="ROE RICHARD", director=True)
RENAMED = Issuer(cik="0000000088", name="EXAMPLE CORP", symbol="NEWX")
"""A company of the name of one that is there, about which somebody files who files there."""


def test_who_files_under_a_companys_name_alone_is_its_owner_when_its_number_is_known(path):
    unnumbered = filing(2, issuer=Issuer(cik=None, name="EXAMPLE CORP", symbol=None), owners=(ROE,))
    with Ledger.open(path) as ledger:
        ledger.record([unnumbered])
        holdings(ledger)
        sql = "SELECT issuer FROM view_owners WHERE owner = ? ORDER BY issuer"
        owned = [issuer for (issuer,) in view_of(ledger).query(sql, (ROE.cik,))]

    assert owned == ["0000000002", "name:example"]


HIDING = {
    "a mark altered": "UPDATE view_marks SET mark = 'name:x' WHERE mark = 'name:example'",
    "a mark removed": "DELETE FROM view_marks WHERE mark = 'name:example'",
    "a mark in another bucket": "UPDATE view_marks SET bucket = 1 + bucket WHERE mark = 'name:example'",
    "an owner altered": "UPDATE view_owners SET owner = 'x' WHERE issuer = '0000000002'",
    "a bucket removed with its marks": (
        "DELETE FROM view_shared WHERE bucket IN (SELECT bucket FROM view_marks WHERE mark = 'name:example');"
        "DELETE FROM view_marks WHERE mark = 'name:example'"
    ),
}


@pytest.mark.parametrize("how", HIDING)
def test_kin_that_comes_to_be_is_not_hidden_by_what_was_altered_at_the_other(path, how):
    with closing(sqlite3.connect(path)) as connection:
        marks = connection.execute("SELECT issuer FROM view_marks WHERE mark = 'name:example'")
        assert marks.fetchall() == [("0000000002",)]
    altered(path, HIDING[how])

    with Ledger.open(path) as ledger:
        ledger.record([filing(5, issuer=RENAMED, footnotes=())])
        with pytest.raises(IntegrityFailure):
            holdings(ledger, issuer="0000000088")


def test_a_name_that_another_bears_too_is_not_hidden_by_what_was_altered(path):
    with Ledger.open(path) as ledger:
        ledger.record([filing(5, issuer=RENAMED, owners=(ROE,), footnotes=())])
        holdings(ledger)
    altered(path, "UPDATE view_names SET name_key = 'x' WHERE issuer = '0000000088'")

    with Ledger.open(path) as ledger:
        ledger.record([filing(6, issuer=Issuer(cik=None, name="EXAMPLE CORP", symbol=None))])
        with pytest.raises(IntegrityFailure):
            holdings(ledger, issuer="0000000002")


def test_catching_up_gives_the_buckets_of_a_replay(path):
    def buckets(ledger):
        return sorted(view_of(ledger).query("SELECT bucket, digest FROM view_shared"))

    with Ledger.open(path) as ledger:
        ledger.record([filing(5, issuer=RENAMED)])
        holdings(ledger)
        caught_up = buckets(ledger)
        replay(ledger)

        assert buckets(ledger) == caught_up
        assert verify(ledger).ok


UNNUMBERED = Issuer(cik=None, name="EXAMPLE CORP", symbol=None)
OTHER = Issuer(cik="0000000077", name="OTHER CORP", symbol="OTHR")


def indexes(path):
    """Every index of a ledger, SQLite's own among them, with its first page."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT name, rootpage FROM sqlite_master WHERE type = 'index'"
        return connection.execute(sql).fetchall()


def answered_later(path):
    """What is held, each time after something more was recorded; None for what is refused."""
    told = []
    for more in (
        filing(5, issuer=UNNUMBERED),
        filing(6, issuer=OTHER),
        filing(7, issuer=RENAMED, footnotes=()),
        submission(1),
    ):
        try:
            with Ledger.open(path) as ledger:
                ledger.record([more])
                told.append(json_of(holdings(ledger)))
        except IntegrityFailure:
            told.append(None)
    return told


def test_an_index_in_anothers_place_carries_nothing_wrong_on(tmp_path):
    path = tmp_path / "whole.db"
    with Ledger.open(path) as ledger:
        ledger.record([filing(1), filing(2), filing(3, issuer=OTHER), filing(4, issuer=UNNUMBERED)])
        holdings(ledger)
    right = answered_later(shutil.copy(path, tmp_path / "right.db"))
    assert None not in right

    for (one, first), (other, second) in combinations(indexes(path), 2):
        damaged = shutil.copy(path, tmp_path / "damaged.db")
        altered(
            damaged,
            "PRAGMA writable_schema = ON;"
            f"UPDATE sqlite_master SET rootpage = {second} WHERE name = '{one}';"
            f"UPDATE sqlite_master SET rootpage = {first} WHERE name = '{other}'",
        )
        for was, told in zip(right, answered_later(damaged), strict=True):
            assert told in (None, was), f"{one} and {other}"
        for left in tmp_path.glob("damaged.db*"):
            left.unlink()


class Transaction:
    """A transaction of a table that something else writes to as well."""

    def __init__(self, connection):
        self.execute, self.executemany = connection.execute, connection.executemany


def test_filings_that_were_moved_beside_those_that_were_meant_are_noticed():
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE view_filings (stream, issuer); INSERT INTO view_filings VALUES "
            "('a', 'name:x'), ('b', '0000000002'); CREATE TRIGGER later AFTER UPDATE ON view_filings "
            "BEGIN UPDATE view_filings SET issuer = new.issuer; END"
        )
        with pytest.raises(IntegrityFailure, match="an index of view_filings"):
            index._move(Transaction(connection), ["a"], {"name:x"}, "0000000077")
