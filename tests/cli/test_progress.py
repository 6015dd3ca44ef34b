"""What is told of work that lasts: how far it has come, how fast, and how long it still takes."""

import json
import time

import pytest
from click.testing import CliRunner

from cli import progress
from cli.main import main
from cli.progress import bar, far, lines
from tests.filings import folder_of


@pytest.mark.parametrize(
    ("done", "total", "taken", "told"),
    [
        (12_000, 36_075, 10_000, "12,000 of 36,075, 1,200 a second, 20 s left"),
        (5, 65, 10_000, "5 of 65, 30 a minute, 2 min 0 s left"),
        (1_000, 1_000_000, 10_000, "1,000 of 1,000,000, 100 a second, 2 h 46 min left"),
        (700, None, 1_000, "700, 700 a second"),
        (0, 9, 50, "0 of 9, 0 a minute"),
        (11, 9, 1_000, "11, 11 a second"),
    ],
)
def test_progress_tells_pace_and_time_left_as_far_as_they_are_known(done, total, taken, told):
    assert far(done, total, taken) == told


def test_without_a_terminal_a_line_is_told_now_and_then(capsys, monkeypatch):
    moments = iter([0, 4_000, 11_000, 12_000, 22_000])
    monkeypatch.setattr(progress, "_clock", lambda: next(moments))

    with lines("Reading") as advance:
        for done in (10, 55, 60, 88):
            advance(done, 110)

    assert capsys.readouterr().err.splitlines() == [
        "Reading: 55 of 110, 300 a minute, 11 s left",
        "Reading: 88 of 110, 240 a minute, 5 s left",
    ]


def test_a_bar_takes_what_a_line_takes_and_leaves_nothing_behind(capsys):
    with bar("Reading") as advance:
        advance(1, 2)
        advance(2)

    assert "Reading" not in capsys.readouterr().out


def test_who_asks_for_more_is_told_how_many_documents_are_done_and_of_how_many(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(progress, "_PAUSE", 0)
    forms = str(folder_of(tmp_path / "forms", 3))
    ledger = ["--db", str(tmp_path / "ledger.db"), "ingest", forms]

    asked = CliRunner().invoke(main, ["-v", *ledger], prog_name="ledger")
    plain = CliRunner().invoke(main, ledger, prog_name="ledger")

    assert "Reading: 3 of 3, " in asked.stderr
    assert "Reading" not in plain.stderr


def test_the_seconds_of_a_replay_are_those_of_the_views_for_sql_too(tmp_path, monkeypatch):
    def run(*asked):
        return CliRunner().invoke(main, ["--db", str(tmp_path / "ledger.db"), *asked])

    run("ingest", str(folder_of(tmp_path / "one", 1)))
    run("sql")
    monkeypatch.setattr("projections.sql.tables.sql", lambda ledger: time.sleep(0.4))

    answer = run("replay", "-v", "--format", "json")

    assert float(json.loads(answer.stdout)["seconds"]) > 0.4
    assert "writing the views for SQL, where they are: 0.4" in answer.stderr
