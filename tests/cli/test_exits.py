"""How a real process ends: pipes, signals, terminals."""

import json
import os
import pty
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import papers
from tests.soak import signals
from tests.transcripts import PYTHON_PATH

AT_ONCE = "from ledger.ingestion import reading; reading._ALONE = 1; "
LEDGER = [sys.executable, "-c", "from cli.entry import main; main()"]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    original = tmp_path_factory.mktemp("papers")
    papers.write(original)
    done = run(original, "ledger ingest filings late two-does")
    assert done.returncode == 0, done.stderr
    return original


@pytest.fixture
def folder(prepared, tmp_path):
    return shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)


def environment():
    inherited = {k: v for k, v in os.environ.items() if k not in {"LEDGER_DB", "COLUMNS"}}
    return inherited | {"PYTHONPATH": PYTHON_PATH}


def run(folder, command):
    shell = f'ledger() {{ {shlex.join(LEDGER)} "$@"; }}\n{command}'
    return subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", shell],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def started(folder, *arguments, program=LEDGER):
    return subprocess.Popen(
        [*program, *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("kind", ["table", "json", "csv"])
def test_a_reader_that_has_read_enough_is_no_error(folder, kind):
    done = run(folder, f"ledger events --format {kind} | head -n 1")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_a_reader_that_reads_nothing_is_no_error(folder):
    done = run(folder, "ledger events | true")

    assert (done.returncode, done.stderr) == (0, "")


def test_closed_streams_are_no_error(folder):
    assert run(folder, "ledger stats >&-").returncode == 0
    assert run(folder, "ledger stats 2>&-").returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_behind_stdout_is_told(folder):
    done = run(folder, "ledger events > /dev/full")

    assert done.returncode == 1
    assert done.stderr.startswith("Error: No space left on device")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_folder_without_a_document_is_told_as_what_it_is(folder):
    (folder / "bare").mkdir()
    done = run(folder, "ledger ingest bare")

    assert done.returncode == 3
    assert "the input has no document in it" in done.stderr
    assert "--as" not in done.stderr


def wait_for(path):
    """Until a command has made its ledger, by when it listens to signals."""
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.1)
    raise AssertionError(f"{path.name} was never made")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command_quietly(folder, sent, code):
    process = started(folder, "ingest", "-", "--db", "new.db")  # waits for standard input
    wait_for(folder / "new.db")
    process.send_signal(sent)
    _, told = process.communicate(timeout=60)

    assert process.returncode == code
    assert told.count("Error: ") == 1
    assert "Traceback" not in told


def test_an_interrupt_from_the_terminal_reaches_every_process_quietly(folder):
    many = folder / "many"
    many.mkdir()
    for number in range(1_500):
        (many / f"0001000001-23-{number:06d}.xml").write_bytes(papers.purchase())
    eager = [LEDGER[0], "-c", AT_ONCE + LEDGER[2]]  # to start processes for so few
    process = started(folder, "ingest", "many", "-", "--jobs", "2", "--db", "new.db", program=eager)
    wait_for(folder / "new.db")
    time.sleep(1)  # for the other processes to start; standard input keeps the command waiting
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=60)

    assert "Traceback" not in told
    assert process.returncode == 130


def test_a_signal_at_any_instant_ends_a_command_by_its_code_and_in_one_line(tmp_path):
    found = signals.tried_in(signals.prepared(tmp_path, filings=40), 10, seed=8, times=1)

    assert not [outcome for outcome in found if outcome.startswith("wrong")]
    assert found["130, one line"]
    assert found["143, one line"]


def test_a_pipe_gets_the_same_table_as_a_terminal_without_colours(folder):
    piped = run(folder, "COLUMNS=100 ledger holdings").stdout
    shown = on_a_terminal(folder, "holdings", COLUMNS="100", TERM="xterm")

    assert "\x1b[1m" in shown
    assert shown.replace("\x1b[1m", "").replace("\x1b[0m", "") == piped


def test_no_color_leaves_a_terminal_plain(folder):
    assert "\x1b" not in on_a_terminal(folder, "holdings", NO_COLOR="1")


def test_nothing_hostile_reaches_a_terminal(folder):
    assert run(folder, "ledger ingest hostile").returncode == 0
    for command in ("events", "show 0001000001-24-000005"):
        shown = on_a_terminal(folder, *command.split(), NO_COLOR="1")

        assert not set(shown) & {"\x1b", "\x9b", "\u202e"}


def test_a_long_answer_is_shown_a_screen_at_a_time_on_a_terminal_alone(folder):
    assert run(folder, "ledger ingest filings").returncode == 0
    pager = {"LEDGER_PAGER": "sed 's/^/> /'", "NO_COLOR": "1"}

    long = on_a_terminal(folder, "events", LINES="4", **pager)
    assert all(line.startswith("> ") for line in long.splitlines())
    assert not on_a_terminal(folder, "events", LINES="400", **pager).startswith(">")
    assert not on_a_terminal(folder, "events", LINES="4", LEDGER_PAGER="").startswith(">")
    assert not on_a_terminal(folder, "events", "--format", "csv", LINES="4", **pager).startswith(
        ">"
    )
    piped = run(folder, "LINES=4 LEDGER_PAGER=false ledger events")
    assert piped.stdout == long.replace("\n> ", "\n").removeprefix("> ")


def on_a_terminal(folder, *arguments, **more):
    """What a command writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*LEDGER, *arguments],
        cwd=folder,
        env=environment() | more,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # how Linux says that the other end is closed
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    assert process.wait(timeout=60) == 0
    return written.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_of_another_encoding_is_no_error(folder):
    assert run(folder, "ledger ingest hostile").returncode == 0

    done = run(folder, "PYTHONIOENCODING=ascii ledger holdings")
    data = run(folder, "PYTHONIOENCODING=ascii ledger holdings --format json")

    assert done.returncode == 0
    assert json.loads(data.stdout)["holdings"]
