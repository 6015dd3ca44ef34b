"""Catching up: one works it out, the others wait; and where nothing can be kept, memory serves."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import sqlite3
import tempfile
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger import Ledger, MemoryView
from ledger.errors import IntegrityFailure, StoreUnavailable
from ledger.filing import Issuer
from ledger.processes import Labour
from ledger.store import database
from projections import history, holdings, issuers, judgement, people, reconcile, replay, stats
from projections.questions.reconcile import worst
from projections.views import building, catching_up, rules, workers
from tests.filings import filing
from tests.projections.building import opening

SPAWN = multiprocessing.get_context("spawn")


def filled(url, count=3):
    with Ledger.open(url) as ledger:
        ledger.record(filing(number) for number in range(1, count + 1))
    return url


def shares_held(url):
    with Ledger.open(url) as ledger:
        return [str(held.shares) for held in holdings(ledger).holdings]


def test_six_that_catch_up_at_once_give_one_answer(store_url):
    filled(store_url, 40)
    with ProcessPoolExecutor(6, mp_context=SPAWN) as pool:
        answers = list(pool.map(shares_held, [store_url] * 6))

    assert answers == [answers[0]] * 6
    assert answers[0]


def test_who_waits_for_another_reads_what_it_stored(store_url, monkeypatch):
    filled(store_url)
    monkeypatch.setattr(database, "LOCK_TIMEOUT", 0.1)
    built = []
    working, going_on = threading.Event(), threading.Event()
    update = building.update

    def slow(*arguments, **more):
        built.append(1)
        working.set()
        assert going_on.wait(30)
        return update(*arguments, **more)

    monkeypatch.setattr(building, "update", slow)
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(shares_held(store_url))) for _ in range(3)
    ]
    threads[0].start()
    assert working.wait(30)
    for thread in threads[1:]:
        thread.start()
    threads[1].join(timeout=1)  # far longer than anybody waits for a lock
    going_on.set()
    for thread in threads:
        thread.join()

    assert answers == [answers[0]] * 3
    assert built == [1]


def test_no_file_of_a_turn_is_left_behind(sqlite_url):
    shares_held(filled(sqlite_url))

    assert {path.name for path in Path(sqlite_url).parent.iterdir()} == {"ledger.db"}


@pytest.fixture
def told(caplog):
    caplog.set_level(logging.WARNING, logger="projections")
    return caplog


def test_a_ledger_that_may_only_be_read_is_answered_in_memory_and_that_is_said(sqlite_url, told):
    filled(sqlite_url)
    with Ledger.open(sqlite_url, read_only=True) as ledger:
        first, second = holdings(ledger), holdings(ledger)
        assert stats(ledger).filings == 3

    assert first == second
    assert [str(held.shares) for held in first.holdings] == shares_held(sqlite_url)
    assert len(told.records) == 1
    assert "in memory and not kept" in told.text


def test_a_full_disk_does_not_keep_anybody_from_asking(sqlite_url, told):
    filled(sqlite_url, 200)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Ledger.open(sqlite_url) as ledger:
        resource.setrlimit(resource.RLIMIT_FSIZE, (Path(sqlite_url).stat().st_size // 4, hard))
        try:
            answer = holdings(ledger)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert "in memory and not kept" in told.text
    assert [str(held.shares) for held in answer.holdings] == shares_held(sqlite_url)


def test_a_role_that_may_only_read_is_answered_in_memory(postgres_url, told):
    filled(postgres_url)
    with Ledger.open(postgres_url, read_only=True) as ledger:
        answer = holdings(ledger)

    assert "in memory and not kept" in told.text
    assert [str(held.shares) for held in answer.holdings] == shares_held(postgres_url)


def test_what_is_in_memory_follows_the_log(sqlite_url):
    filled(sqlite_url)
    with Ledger.open(sqlite_url, read_only=True) as asked, Ledger.open(sqlite_url) as ledger:
        assert stats(asked).filings == 3
        ledger.record([filing(4)])

        assert stats(asked).filings == 4


def test_damage_is_damage_in_memory_too(sqlite_url):
    filled(sqlite_url)
    with sqlite3.connect(sqlite_url) as connection:
        connection.execute("UPDATE stored_events SET topic = 'sale' WHERE rowid = 2")
    connection.close()

    with Ledger.open(sqlite_url, read_only=True) as ledger, pytest.raises(IntegrityFailure):
        holdings(ledger)


def test_a_replay_that_cannot_be_kept_is_refused(sqlite_url):
    filled(sqlite_url)

    with Ledger.open(sqlite_url, read_only=True) as ledger, pytest.raises(StoreUnavailable):
        replay(ledger)


def test_a_failed_transaction_in_memory_leaves_nothing():
    view = MemoryView()

    def fail():
        with view.transaction() as transaction:
            transaction.execute("CREATE TABLE held (name TEXT)")
            transaction.advance(7)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert view.position() == 0
    assert view.query("SELECT count(*) FROM sqlite_master") == [(0,)]


def test_a_folder_that_may_not_be_written_is_asked_from_the_command_line():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        filled(path)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        process = multiprocessing.get_context("fork").Process(target=ask_as_nobody, args=(path,))
        process.start()
        process.join()
        Path(folder).chmod(0o755)

        assert process.exitcode == 0


def ask_as_nobody(path):
    from click.testing import CliRunner  # noqa: PLC0415

    from cli.main import main  # noqa: PLC0415

    if os.getuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    done = CliRunner().invoke(main, ["holdings", "--db", str(path)])
    assert done.exit_code == 0, done.output
    assert "in memory and not kept" in done.stderr


def test_a_reconciliation_judges_nothing_again_that_was_judged(tmp_path, monkeypatch):
    url = filled(tmp_path / "ledger.db")
    with Ledger.open(url) as ledger:
        first = reconcile(ledger)
    for module in (judgement, workers):
        monkeypatch.setattr(module, "judge", lambda *_, **__: pytest.fail("judged again"))
    with Ledger.open(url) as ledger:
        assert reconcile(ledger) == first
        assert reconcile(ledger, person="DOE JANE") == first


@pytest.fixture
def watching():
    """A labour that is watched, and what its watcher was told."""
    told = []

    @contextmanager
    def watched(doing):
        told.append(doing)
        yield lambda done, total=None: told.append((done, total))

    return Labour(1, watched), told


def test_much_that_is_new_is_judged_where_one_can_watch_in_several_processes(
    sqlite_url, watching, monkeypatch
):
    monkeypatch.setattr(building, "EVENTS", 2)
    monkeypatch.setattr(building, "_FILINGS", 2)
    alone = shares_held(filled(sqlite_url))
    labour, said = watching
    with Ledger.open(sqlite_url) as ledger:
        ledger.labour = labour._replace(jobs=2)
        ledger.record([filing(9)])
        holdings(ledger)
        stats(ledger)

        assert said == ["Reading what is new", "Judging what is new", (1, 1)]
        assert replay(ledger).digest == catching_up.digest(ledger)
    assert len(shares_held(sqlite_url)) >= len(alone)


def test_a_little_that_is_new_is_judged_at_once_without_a_word(sqlite_url, watching):
    filled(sqlite_url)
    with Ledger.open(sqlite_url) as ledger:
        ledger.labour, said = watching
        holdings(ledger)

    assert said == []


@pytest.mark.parametrize("ask", [stats, people, issuers, holdings, reconcile, worst, replay])
def test_every_question_is_watched_that_must_first_judge_a_large_company(
    ask, sqlite_url, watching, monkeypatch
):
    shares_held(filled(sqlite_url))
    monkeypatch.setattr(building, "_FILINGS", 2)
    with Ledger.open(sqlite_url) as ledger:
        ledger.labour, said = watching
        ledger.record([filing(9)])
        ask(ledger, 1) if ask is worst else ask(ledger)

    assert said == [
        *(["Reading what is new"] if ask is replay else []),
        "Judging what is new",
        (1, 1),
    ]


def test_answers_by_other_rules_are_judged_anew_in_the_open(
    sqlite_url, told, watching, monkeypatch
):
    monkeypatch.setattr(building, "EVENTS", 2)
    shares_held(filled(sqlite_url))
    monkeypatch.setattr(rules, "edition", lambda: "other rules")
    with Ledger.open(sqlite_url) as ledger:
        ledger.labour, said = watching
        holdings(ledger)

    assert "another version of the rules" in told.text
    assert said == ["Reading what is new", "Judging what is new", (1, 1)]


def test_a_family_of_companies_is_not_folded_anew_for_each_of_its_members(tmp_path, monkeypatch):
    members, folds, fold = 12, [], judgement.fold
    monkeypatch.setattr(judgement, "fold", lambda *a, **k: folds.append(1) or fold(*a, **k))
    ciks = [f"00030000{number:02}" for number in range(1, members + 1)]
    family = [Issuer(cik=cik, name="ELM FAMILY FUND") for cik in ciks]

    with Ledger.open(tmp_path / "family.db") as ledger:
        ledger.record(opening(1_000 + n, issuer=one, part=n) for n, one in enumerate(family, 1))
        answer = stats(ledger)

    assert answer.totals.opening == members
    assert len(folds) == 2 * members


def test_questions_asked_together_judge_a_company_once_and_answer_as_they_do_alone(
    tmp_path, monkeypatch
):
    judging, asked = judgement.judge, []
    monkeypatch.setattr(judgement, "judge", lambda *a, **k: (asked.append(k), judging(*a, **k))[1])
    whom = {"person": "DOE JANE", "issuer": "ACME"}
    with Ledger.open(filled(tmp_path / "ledger.db", 2)) as ledger:
        ledger.record([opening(1_000)])
        replay(ledger)
        alone = [holdings(ledger, **whom), history(ledger, **whom)]
        asked.clear()
        with catching_up.steady(ledger):
            together = [holdings(ledger, **whom), history(ledger, **whom)]
            assert len(asked) == 1
            holdings(ledger, known_at="2024-12-01", **whom)
            holdings(ledger, as_of="2024-02-01", known_at="2024-12-01", **whom)
            assert len(asked) == 2
        ledger.record([opening(500, part=9)])
        after = holdings(ledger)

    assert together == alone
    assert len(after.holdings) > len(together[0].holdings)
