"""EDGAR is asked so many times a second by all who ask from one machine, and no more."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ledger.edgar.pace import Pace, place


class Clock:
    """Nanoseconds that pass only while somebody waits."""

    def __init__(self, now: int = 0) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def wait(self, span: timedelta) -> None:
        self.now += span // timedelta(microseconds=1) * 1_000


def pace(file: Path, clock: Clock) -> Pace:
    return Pace(file, each_second=10, clock=clock, wait=clock.wait)


def test_two_who_share_a_file_take_turns(tmp_path):
    clock = Clock()
    one, other = pace(tmp_path / "pace", clock), pace(tmp_path / "pace", clock)
    for _ in range(20):
        one.turn()
        other.turn()

    assert clock.now == 39 * 100_000_000


def test_who_was_silent_for_long_has_nothing_saved_up(tmp_path):
    clock = Clock()
    alone = pace(tmp_path / "pace", clock)
    alone.turn()
    clock.now = 10_000_000_000
    for _ in range(11):
        alone.turn()

    assert clock.now == 11_000_000_000


def test_a_turn_from_before_the_machine_was_started_again_is_forgotten(tmp_path):
    before = Clock(10**17)
    pace(tmp_path / "pace", before).turn()
    after = Clock(5)
    pace(tmp_path / "pace", after).turn()

    assert after.now == 5


def test_where_no_file_can_be_kept_each_keeps_its_own_pace(tmp_path):
    clock = Clock()
    alone = pace(tmp_path / "none" / "pace", clock)
    alone.turn()
    alone.turn()

    assert clock.now == 100_000_000


def test_processes_share_their_turns(tmp_path):
    """Three at once, ten turns each, at a hundred a second: that takes three tenths of one."""
    script = (
        "import sys; from pathlib import Path; from time import monotonic_ns\n"
        "from ledger.edgar.pace import Pace\n"
        "pace = Pace(Path(sys.argv[1]), each_second=100)\n"
        "for _ in range(10): pace.turn(); print(monotonic_ns())"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "pace")]
    three = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    turns = sorted(int(line) for one in three for line in one.communicate()[0].split())

    assert len(turns) == 30
    assert turns[-1] - turns[0] >= 28 * 10_000_000


def test_whoever_runs_them_the_processes_of_a_machine_share_one_file(tmp_path, monkeypatch):
    """A file that another user made is written, not made again."""
    file = tmp_path / "pace"
    pace(file, Clock()).turn()

    assert file.stat().st_mode & 0o777 == 0o666
    assert str(os.getuid()) not in place().name


@pytest.mark.parametrize("what", ["folder", "pipe", "link"])
def test_what_is_no_plain_file_is_left_alone(tmp_path, what):
    file = tmp_path / "pace"
    if what == "folder":
        file.mkdir()
    elif what == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(tmp_path / "secret")
    clock = Clock()
    alone = pace(file, clock)
    alone.turn()
    alone.turn()

    assert clock.now == 100_000_000
    assert not (tmp_path / "secret").exists()


def test_who_never_lets_go_of_the_file_stops_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr("ledger.edgar.pace._TRIES", 3)
    file = tmp_path / "pace"
    clock = Clock()
    pace(file, clock).turn()
    with file.open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        alone = pace(file, clock)
        alone.turn()
        alone.turn()

    assert clock.now == 100_000_000
