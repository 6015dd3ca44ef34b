"""What one question read and judged serves the next, for as long as it is what was recorded."""

import re
import sqlite3
from threading import Thread

import pytest

from ledger import Ledger, View
from ledger.errors import IntegrityFailure
from projections import history, holdings, judgement, people, reconcile
from projections.views.catching_up import steady
from projections.views.memory import Memory
from tests.projections.building import JOHN, bought, filing, opening

WHOM = {"person": "DOE JANE", "issuer": "ACME"}


@pytest.fixture
def path(tmp_path):
    """A ledger of one person at one company."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as made:
        made.record([opening(1_000), filing(bought(5, 1_005), on="2024-02-01", part=2)])
        holdings(made)
    return path


@pytest.fixture
def judged(monkeypatch):
    """What is judged from now on."""
    judging, told = judgement.judge, []
    monkeypatch.setattr(judgement, "judge", lambda *a, **k: (told.append(a), judging(*a, **k))[1])
    return told


def asked(ledger, memory):
    """The questions of one page."""
    with steady(ledger, memory):
        return holdings(ledger, **WHOM), history(ledger, **WHOM), people(ledger)


def test_the_next_page_takes_what_the_last_one_judged(path, judged):
    memory = Memory()
    with Ledger.open(path) as ledger:
        first = asked(ledger, memory)
        again = asked(ledger, memory)
    with Ledger.open(path) as ledger:
        elsewhere = asked(ledger, memory)

    assert len(judged) == 1
    assert first == again == elsewhere


def test_what_is_recorded_meanwhile_is_on_the_next_page(path):
    memory = Memory()
    with Ledger.open(path) as ledger:
        asked(ledger, memory)
        ledger.record([filing(bought(20, 1_025), on="2024-03-01", part=3)])

        (held, told, who) = asked(ledger, memory)

        assert held.holdings[0].shares == 1_025
        assert len(told.positions[0].entries) == 3
        assert who.people[0].filings == 3
        assert (held, told, who) == asked(ledger, Memory())


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE stored_events SET state = CAST(replace(state, '1005', '9005') AS BLOB)",
        "UPDATE view_findings SET body = 'x'; DELETE FROM view_filings",
        "UPDATE view_root SET root = 'x'",
    ],
)
def test_what_is_altered_is_not_answered_from_memory_either(path, damage):
    memory = Memory()
    with Ledger.open(path) as ledger:
        asked(ledger, memory)
        with sqlite3.connect(path) as connection:
            for (trigger,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                connection.execute(f"DROP TRIGGER {trigger}")
            connection.executescript(damage)

        with pytest.raises(IntegrityFailure):
            asked(ledger, memory)


def test_no_more_is_kept_than_there_is_room_for(path, judged):
    memory = Memory(lines=1)
    moments = ("2024-03-01", "2024-04-01")
    with Ledger.open(path) as ledger:
        for known_at in (*moments, *moments):
            with steady(ledger, memory):
                reconcile(ledger, known_at=known_at, **WHOM)

    assert len(judged) == 4


def test_several_threads_judge_once_and_are_told_the_same(path, judged):
    memory, told = Memory(), []

    def page():
        with Ledger.open(path) as ledger:
            told.append(asked(ledger, memory))

    threads = [Thread(target=page) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(judged) == 1
    assert len(told) == 4
    assert all(one == told[0] for one in told)


@pytest.fixture
def read(monkeypatch):
    """The tables of the read model that are read from now on."""
    asking, told = View.query, []

    def asked_of(view, sql, parameters=()):
        told.extend(re.findall(r"FROM (view_\w+)", sql))
        return asking(view, sql, parameters)

    monkeypatch.setattr(View, "query", asked_of)
    return told


def test_an_open_ledger_reads_who_and_what_there_is_once_for_what_is_recorded(path, read):
    everybody = {"view_issuers", "view_persons"}
    with Ledger.open(path) as ledger:
        first = holdings(ledger, person="DOE JANE")
        assert everybody <= set(read)

        read.clear()
        assert holdings(ledger, person="DOE JANE") == first
        assert not everybody & set(read)

        ledger.record([filing(bought(20, 1_025), on="2024-03-01", part=3, by=JOHN)])
        assert holdings(ledger, person=JOHN.cik).holdings[0].shares == 1_025
        assert everybody <= set(read)


def test_a_root_that_was_replaced_is_not_answered_from_what_was_read_before(path):
    with Ledger.open(path) as ledger:
        holdings(ledger)
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE view_root SET root = 'x'")

        with pytest.raises(IntegrityFailure):
            holdings(ledger)
