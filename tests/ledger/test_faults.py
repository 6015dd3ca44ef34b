"""Faults: kills, full disks, locks and races lose nothing acknowledged and leave nothing half."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure, LedgerError, ServerSilent, StoreUnavailable
from ledger.store import database
from tests.filings import filing, folder_of, submission

KILLS = 10
"""How often the ingesting process is killed; `tests.soak.kills` does it oftener."""

BATCH = 5
"""Filings that it appends in one transaction."""

ROOT = Path(__file__).resolve().parents[2]
SPAWN = multiprocessing.get_context("spawn")
FORK = multiprocessing.get_context("fork")


@pytest.fixture(scope="module")
def four():
    """Four processes, started once."""
    with ProcessPoolExecutor(4, mp_context=SPAWN) as pool:
        yield pool


def ingest_in_own_order(url, folder, seed):
    paths = sorted(Path(folder).iterdir())
    random.Random(seed).shuffle(paths)
    with Ledger.open(url) as ledger:
        return ledger.ingest(*paths)._asdict()


def open_and_record(url, number):
    with Ledger.open(url) as ledger:
        return ledger.record([filing(number)])[0].status


def record_all(url, filings):
    with Ledger.open(url) as ledger:
        return [outcome.status for outcome in ledger.record(filings)]


def test_four_processes_that_ingest_the_same_files_record_each_once(store_url, four, tmp_path):
    forms = folder_of(tmp_path / "forms", 60)

    reports = list(four.map(ingest_in_own_order, [store_url] * 4, [forms] * 4, range(4)))

    assert sum(report["recorded"] for report in reports) == 60
    assert sum(report["already_recorded"] for report in reports) == 180
    assert not any(report["set_aside"] or report["conflicting"] for report in reports)
    with Ledger.open(store_url) as ledger:
        found = ledger.verify()
    assert (found.events, found.problems) == (180, ())


@pytest.mark.parametrize("trial", range(5))
def test_a_new_ledger_can_be_opened_by_many_at_once(store_url, four, trial):
    statuses = list(four.map(open_and_record, [store_url] * 8, range(8)))

    assert statuses == ["recorded"] * 8
    with Ledger.open(store_url) as ledger:
        assert ledger.verify().events == 24


def test_re_readings_appended_at_once_are_appended_once(store_url, four):
    record_all(store_url, [filing(n) for n in range(1, 41)])
    better = [submission(n) for n in range(1, 41)]

    results = four.map(record_all, [store_url] * 4, [better] * 4)
    statuses = [status for result in results for status in result]

    assert statuses.count("reread") == 40
    assert statuses.count("already recorded") == 120
    with Ledger.open(store_url) as ledger:
        assert ledger.verify().events == 240


INGEST = f"""
import sys
from ledger import Ledger
from tests.filings import filing

with Ledger.open(sys.argv[1]) as ledger:
    for first in range(1, 100_000, {BATCH}):
        ledger.record(filing(n, rows=n % 7) for n in range(first, first + {BATCH}))
        print(first, flush=True)
"""


def ingest_until_killed(url, seconds):
    """How many filings the process had acknowledged when it was killed."""
    process = subprocess.Popen(
        [sys.executable, "-c", INGEST, url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        acknowledged = process.stdout.readline()
        time.sleep(seconds)
    finally:
        process.send_signal(signal.SIGKILL)
    lines = (acknowledged + process.stdout.read()).split("\n")
    process.wait()
    return int(lines[-2]) + BATCH - 1 if len(lines) > 1 else 0


def test_a_killed_ingestion_loses_nothing_acknowledged_and_can_be_run_again(sqlite_url):
    chance = random.Random(7)
    for _ in range(KILLS):
        acknowledged = ingest_until_killed(sqlite_url, chance.uniform(0, 0.15))
        with Ledger.open(sqlite_url) as ledger:
            whole = ledger.verify()
            streams = ledger.streams()
        assert whole.problems == ()
        assert acknowledged > 0
        assert len(streams) % BATCH == 0
        assert len(streams) >= acknowledged
        assert filing(acknowledged).stream in streams


def test_a_killed_ingestion_on_a_server_leaves_no_half_filing(postgres_url):
    for seconds in (0, 0.05, 0.1):
        acknowledged = ingest_until_killed(postgres_url, seconds)
        with Ledger.open(postgres_url) as ledger:
            assert ledger.verify().problems == ()
            assert len(ledger.streams()) >= acknowledged


def test_a_full_disk_is_said_and_what_was_there_stays(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(1)])
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
        try:
            with pytest.raises(StoreUnavailable, match="nothing more can be written"):
                ledger.record(filing(number, rows=20) for number in range(2, 400))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

        assert ledger.verify().problems == ()
        assert ledger.streams() == [filing(1).stream]
        ledger.record([filing(2)])
    with Ledger.open(sqlite_url) as ledger:
        assert (ledger.verify().events, ledger.verify().ok) == (6, True)


def test_a_database_at_its_largest_is_said_to_be_full(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        with ledger._database._datastore.get_connection(commit=False) as connection:
            connection.cursor().execute("PRAGMA max_page_count = 20")
        with pytest.raises(StoreUnavailable, match="full"):
            ledger.record(filing(number, rows=20) for number in range(1, 400))
        assert ledger.streams() == []


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 1)


def test_a_lock_held_too_long_is_said_to_be_one(sqlite_url, impatient):
    Ledger.open(sqlite_url).close()
    holder = sqlite3.connect(sqlite_url, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(sqlite_url) as ledger:
        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="another process has been writing for 1 s"):
            ledger.record([filing()])
        assert time.monotonic() - started < 10
        assert ledger.head() == 0
    holder.close()


def test_a_table_locked_too_long_is_said_to_be_busy(postgres_url, impatient):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger, psycopg.connect(postgres_url) as holder:
        holder.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="another process has been writing for 1 s"):
            ledger.record([filing()])
        assert time.monotonic() - started < 10


def test_a_short_lock_is_waited_out(sqlite_url):
    Ledger.open(sqlite_url).close()
    holder = sqlite3.connect(sqlite_url, isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.5, holder.rollback)
    timer.start()
    with Ledger.open(sqlite_url) as ledger:
        assert [outcome.status for outcome in ledger.record([filing()])] == ["recorded"]
    timer.join()
    holder.close()


def test_a_reader_sees_one_moment_while_another_writes(store_url):
    with Ledger.open(store_url) as ledger:
        ledger.record([filing(number) for number in range(1, 4)])
        seen = ledger.states()
        first = next(seen)
        with Ledger.open(store_url) as other:
            other.record([filing(number) for number in range(4, 8)])

        assert len([first, *seen]) == 9
        assert len(list(ledger.states())) == 21


def test_positions_may_skip_numbers_and_nothing_is_skipped_with_them(postgres_url):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger:
        ledger.record([filing(1)])
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(
                "SELECT nextval(pg_get_serial_sequence('stored_events', 'notification_id')) "
                "FROM generate_series(1, 7000)"
            )
        ledger.record([filing(2)])

        positions = [recorded.position for recorded in ledger.events()]
        assert positions == [1, 2, 3, 7004, 7005, 7006]
        assert ledger.head() == 7006
        assert ledger.streams(after=3) == [filing(2).stream]
        assert ledger.verify().problems == ()


def test_a_connection_cut_by_the_server_is_made_anew(postgres_url):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger:
        ledger.record([filing(1)])
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'ledger' AND datname = current_database()"
            )
        ledger.record([filing(2)])

        assert ledger.verify().events == 6


@pytest.fixture
def crashing(postgres_server):
    """Crashes the server and starts it again."""
    if postgres_server.restart is None:
        pytest.skip("the server is not ours to crash")
    return postgres_server.restart


def once_before(crash, function):
    """The function, which the first time crashes the server before it does its work."""
    left = [crash]

    def then(*args, **kwargs):
        if left:
            left.pop()()
        return function(*args, **kwargs)

    return then


def test_a_server_that_crashes_and_comes_back_loses_and_doubles_nothing(crashing, postgres_url):
    statuses = []

    def record_one_by_one():
        with Ledger.open(postgres_url) as ledger:
            for number in range(1, 200):
                statuses.extend(outcome.status for outcome in ledger.record([filing(number)]))

    with ThreadPoolExecutor(1) as beside:
        ingestion = beside.submit(record_one_by_one)
        for acknowledged in (20, 100):
            while len(statuses) < acknowledged and not ingestion.done():
                time.sleep(0.01)
            crashing()
        ingestion.result()

    assert len(statuses) == 199
    assert set(statuses) <= {"recorded", "already recorded"}
    with Ledger.open(postgres_url) as ledger:
        found = ledger.verify()
    assert (found.events, found.problems) == (199 * 3, ())


def test_a_server_that_crashes_while_asked_what_stands_is_asked_again(
    crashing, postgres_url, monkeypatch
):
    with Ledger.open(postgres_url) as ledger:
        ledger.record([filing(1)])
        asked = once_before(crashing, ledger._database.translated)
        monkeypatch.setattr(ledger._database, "translated", asked)

        statuses = [outcome.status for outcome in ledger.record([filing(1), filing(2)])]

        assert statuses == ["already recorded", "recorded"]
        assert ledger.verify().events == 6


def test_a_server_that_crashes_while_it_appends_is_given_the_events_again(
    crashing, postgres_url, monkeypatch
):
    with Ledger.open(postgres_url) as ledger:
        recorder = ledger._database.recorder
        notified = once_before(crashing, recorder._notify_channel)
        monkeypatch.setattr(recorder, "_notify_channel", notified)

        assert [outcome.status for outcome in ledger.record([filing(1)])] == ["recorded"]
        assert (ledger.verify().events, ledger.verify().ok) == (3, True)


def test_a_server_that_stays_silent_is_said_to_be(postgres_url, monkeypatch):
    psycopg = pytest.importorskip("psycopg")
    monkeypatch.setattr(database, "PAUSE", 0)
    asked = []

    def silent(sql):
        asked.append(sql)
        raise psycopg.OperationalError("gone")

    with Ledger.open(postgres_url) as ledger:
        monkeypatch.setattr(ledger._database, "translated", silent)
        with pytest.raises(ServerSilent, match="the server does not answer: gone"):
            ledger.record([filing(1)])
    assert len(asked) == 4


def test_an_answer_lost_after_the_commit_counts_as_recorded(ledger, monkeypatch):
    append = ledger._database.append

    def append_twice(events):
        append(events)
        append(events)

    monkeypatch.setattr(ledger._database, "append", append_twice)

    assert [outcome.status for outcome in ledger.record([filing()])] == ["already recorded"]
    assert ledger.verify().events == 3


def test_damage_met_while_recording_is_named_and_nothing_is_added(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing(1)])
    with sqlite3.connect(sqlite_url) as connection:
        connection.execute("UPDATE stored_events SET state = x'00' WHERE rowid = 1")
    with Ledger.open(sqlite_url) as ledger:
        with pytest.raises(IntegrityFailure, match="000001 version 1"):
            ledger.record([filing(1), filing(2)])
        assert ledger.streams() == [filing(1).stream]


def read_and_try_to_write(path, answer):
    """In a process of its own, as nobody where the tests run as root."""
    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    with Ledger.open(path, read_only=True) as ledger:
        answer.send(ledger.filing("0000000001-04-000001").id)
    try:
        Ledger.open(path)
    except StoreUnavailable as error:
        answer.send(error.what)


def test_a_folder_that_may_not_be_written_can_still_be_read():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        with Ledger.open(path) as ledger:
            ledger.record([filing()])
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        # Forked, since another user may not be allowed to start this Python at all.
        here, there = FORK.Pipe()
        process = FORK.Process(target=read_and_try_to_write, args=(path, there))
        process.start()
        process.join()
        Path(folder).chmod(0o755)

        assert process.exitcode == 0
        assert here.recv() == "0000000001-04-000001"
        assert here.recv() == "the file may not be written"


@pytest.mark.parametrize("cut", [1, 4096, 8192, 20_000])
def test_a_ledger_cut_short_fails_in_words(sqlite_url, cut):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record(filing(number, rows=5) for number in range(1, 60))
    os.truncate(sqlite_url, cut)

    def use():
        with Ledger.open(sqlite_url) as ledger:
            list(ledger.events())
            ledger.record([filing(1)])

    with pytest.raises(LedgerError):
        use()


def test_a_schema_damaged_into_bytes_that_are_no_text_fails_in_words(sqlite_url):
    with Ledger.open(sqlite_url) as ledger:
        ledger.record([filing()])
    data = Path(sqlite_url).read_bytes()
    Path(sqlite_url).write_bytes(data.replace(b"CREATE TABLE stored_", b"CREATE TAB\xacE stored_"))

    with pytest.raises(IntegrityFailure, match="damaged"), Ledger.open(sqlite_url) as ledger:
        list(ledger.events())
