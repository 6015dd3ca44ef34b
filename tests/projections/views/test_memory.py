"""What one question read and judged serves the next, for as long as it is what was recorded."""

import re
import sqlite3
from datetime import date
from random import randbytes
from threading import Thread

import msgspec
import pytest

from ledger import Ledger, View
from ledger.addresses import stream_of
from ledger.errors import IntegrityFailure
from ledger.filing import Issuer
from projections import (
    explain,
    filed,
    history,
    holdings,
    judgement,
    people,
    reconcile,
    review,
    stakes,
)
from projections.answers import json_of
from projections.questions.aftermath import aftermath
from projections.questions.explain import memos
from projections.views.catching_up import steady
from projections.views.gate import view_of
from projections.views.memory import Answers, Memory, Pace
from tests.projections.building import JOHN, bought, filing, opening, sold

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


def test_a_page_judges_whom_it_is_about_and_others_wait(path):
    other = Issuer(cik="0002000009", name="ELSEWHERE CORP", symbol="ELSE")
    with Ledger.open(path) as ledger:
        asked(ledger, Memory())
        ledger.record([filing(bought(20, 1_025), on="2024-03-01", part=3)])
        ledger.record([opening(500, issuer=other, by=JOHN)])

        with steady(ledger, Memory()):
            held = holdings(ledger, **WHOM)
            ((wait,),) = view_of(ledger).query("SELECT issuer FROM view_waiting")
            everybody = people(ledger).people

        assert held.holdings[0].shares == 1_025
        assert wait == other.cik
        assert len(everybody) == 2
        assert view_of(ledger).query("SELECT issuer FROM view_waiting") == []


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


def told_of(ledger):
    """What follows from the judgement of Acme alone, as JSON: of all, of Jane, of a moment before."""
    found = [one.id for one in reconcile(ledger, issuer="ACME").findings]
    asked = [question(ledger, **WHOM) for question in (history, filed, stakes)]
    asked += [question(ledger, issuer="ACME") for question in (history, filed, stakes)]
    asked += [question(ledger, known_at="2024-03-15", **WHOM) for question in (history, stakes)]
    asked += [explain(ledger, one) for one in found]
    asked += [*memos(ledger, found), *memos(ledger, found, known_at="2030-01-01")]
    names = [one.filing for one in filed(ledger, issuer="ACME").filed]
    later = [aftermath(ledger, name, stream_of(name)) for name in names]
    return [*map(json_of, asked), *(msgspec.json.encode(one) for one in later)]


@pytest.fixture
def busy(tmp_path):
    """A ledger of Jane, with a slip and a split of a cent, and of John."""
    path = tmp_path / "busy.db"
    with Ledger.open(path) as made:
        slips = [filing(sold(20, 8_040), on="2024-10-03"), filing(sold(20, 8_020), on="2024-11-04")]
        johns = [opening(7, by=JOHN), filing(bought("0.50", "7.50"), on="2024-02-01", by=JOHN)]
        again = filing(sold(20, 8_030), on="2024-12-02", form="4/A", period=date(2024, 11, 4))
        made.record(
            [opening(1_000), filing(bought(5, 1_005), on="2024-02-01"), *slips, *johns, again]
        )
    return path


def test_answers_that_were_kept_are_byte_for_byte_those_that_judging_gives(busy, judged):
    memory = Memory()
    with Ledger.open(busy) as ledger:
        anew = told_of(ledger)
        with steady(ledger, memory):
            first = told_of(ledger)
        judged.clear()
        with steady(ledger, memory):
            kept = told_of(ledger)

    assert len(anew) > 10
    assert any(b'"how":"restated"' in one for one in anew if isinstance(one, bytes))
    assert anew == first == kept
    assert judged == []


def test_an_answer_is_kept_for_these_filings_alone_and_for_these_people(busy):
    memory = Memory()
    with Ledger.open(busy) as ledger:
        with steady(ledger, memory):
            before = told_of(ledger)
        ledger.record([filing(bought(20, 1_025), on="2024-03-01", part=3)])
        with steady(ledger, memory):
            after = told_of(ledger)
        assert after == told_of(ledger)

    assert len(after[0]["positions"][0]["entries"]) == 1 + len(before[0]["positions"][0]["entries"])


def test_what_people_said_meanwhile_stands_in_a_kept_memo(busy, judged):
    memory = Memory()
    with Ledger.open(busy) as ledger:
        (one,) = [f for f in reconcile(ledger).findings if f.severity == "major"][:1]
        with steady(ledger, memory):
            explain(ledger, one.id)
        review(ledger, one.id, note="asked the filer", by="Ann")
        judged.clear()
        with steady(ledger, memory):
            told = explain(ledger, one.id, severities={one.kind: "info"})

    assert "note: asked the filer" in [line.text for line in told.lines]
    assert told.findings[0].severity == "info"
    assert any(line.text.startswith("info: ") for line in told.lines)
    assert judged == []


def test_no_more_answers_are_kept_than_there_is_room_for():
    answers = Answers(1_000)
    for number in range(50):
        answers.keep(number, randbytes(100))
    last = answers.get(49)

    assert last is not None
    assert answers.get(0) is None
    assert sum(answers.get(number) is not None for number in range(50)) < 10
    answers.keep("large", randbytes(5_000))
    assert answers.get("large") is not None


def test_who_asks_alone_is_told_of_everything_and_of_many_one_judges_for_all():
    now, judged = [0], []

    def judge():
        judged.append(now[0])
        now[0] += 2
        assert not pace.keep(judge)  # meanwhile another asks

    pace = Pace(clock=lambda: now[0])
    with pace.asking(), pace.asking():
        assert pace.keep(judge)
        now[0] = 9
        assert not pace.keep(judge)
        now[0] = 10
        assert pace.keep(judge)
    with pace.asking():
        assert pace.keep(lambda: judged.append("alone"))

    assert judged == [0, 10, "alone"]


def test_a_judgement_that_fails_stops_nobody_else():
    pace = Pace(clock=lambda: 0)
    with pace.asking(), pace.asking():
        with pytest.raises(ZeroDivisionError):
            pace.keep(lambda: 1 / 0)
        assert pace.keep(lambda: None)


def test_a_moment_a_little_behind_the_log_says_how_far_it_is(path):
    memory = Memory()
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        new = filing(bought(20, 1_025), on="2024-03-01", part=3)
        with steady(ledger, memory) as first:
            assert people(ledger).people[0].filings == 2
            other.record([new])
            memory.pace.hold(60 * 10**9)
            with steady(other, memory) as second:
                told = people(other)
            with steady(other, memory, whole=True) as third:
                whole = people(other)

    assert (first.behind, third.behind) == (0, 0)
    assert second.behind > 0
    assert told.people[0].filings == 2
    assert whole.people[0].filings == 3


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
