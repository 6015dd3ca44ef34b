"""What issuers share: an alteration at one of them hides from nobody that another is kin, or called alike."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure
from ledger.filing import Issuer, Owner
from projections import holdings, replay, verify
from projections.views.readmodel import view_of
from tests.filings import filing


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
