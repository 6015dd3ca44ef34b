"""Replaying on a Dask cluster: a real scheduler and workers of their own, on this machine."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger import Ledger
from ledger.errors import ClusterSilent, UsageError
from projections import replay
from projections.views import cluster, workers
from tests.simulator import world

pytest.importorskip("distributed")

FOLDER = Path(__file__).resolve().parents[3]


class Cluster(NamedTuple):
    """A scheduler's address, and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers, as an institution starts them."""
    told = tmp_path / "scheduler.json"
    begun = [_begun("scheduler", "--port", "0", "--scheduler-file", str(told))]
    while not told.exists():
        assert begun[0].poll() is None
        time.sleep(0.05)
    address = json.loads(told.read_text())["address"]
    hands = [_begun("worker", address, "--nthreads", "1", "--no-nanny") for _ in range(2)]
    yield Cluster(address, hands)
    for process in (*hands, *begun):
        process.kill()
        process.wait()


def _begun(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
    command += ["--host", "127.0.0.1", "--no-dashboard"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, cwd=FOLDER, stdout=quiet, stderr=quiet)


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of twelve companies."""
    with Ledger.open(tmp_path / "ledger.db") as opened:
        opened.record(world(71, issuers=12, people=2, years=2).filings)
        yield opened


def test_a_worker_killed_midway_loses_nothing_and_without_any_none_is_waited_for(
    filled: Ledger, dask: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "AT_ONCE", 1)  # so that every company is a chunk of its own
    alone = replay(filled).digest
    kept = cluster._result

    def killing(*asked: object) -> object:
        found = kept(*asked)  # type: ignore[arg-type]
        if dask.workers[0].poll() is None:
            dask.workers[0].send_signal(signal.SIGKILL)
            dask.workers[0].wait()
        return found

    monkeypatch.setattr(cluster, "_result", killing)
    assert replay(filled, jobs=dask.address).digest == alone
    assert dask.workers[0].returncode == -signal.SIGKILL

    monkeypatch.setattr(cluster, "_WITHOUT_WORKERS", 1)
    dask.workers[1].kill()
    dask.workers[1].wait()
    with pytest.raises(ClusterSilent, match="no worker"):
        replay(filled, jobs=dask.address)
    monkeypatch.undo()
    assert replay(filled).digest == alone


def test_the_command_replays_with_workers_of_its_own(filled: Ledger) -> None:
    program = Path(sys.executable).with_name("ledger")
    command = [program, "--db", filled.location, "replay", "--format", "json"]
    there = subprocess.run([*command, "--cluster", "local:2"], capture_output=True, check=False)
    assert (there.returncode, there.stderr) == (0, b"")
    assert json.loads(there.stdout)["digest"] == replay(filled).digest


def test_a_scheduler_out_of_reach_is_said(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_TO_CONNECT", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    digest = replay(filled).digest
    with pytest.raises(ClusterSilent, match="scheduler gives no answer") as raised:
        replay(filled, jobs=address)
    assert raised.value.exit_code == 5
    assert address in str(raised.value)
    assert replay(filled).digest == digest


@pytest.mark.parametrize(
    ("address", "words"),
    [("local:many", "how many workers"), ("foo", "no scheduler's")],
)
def test_an_address_that_is_none_is_said_at_once(filled: Ledger, address: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        replay(filled, jobs=address)


def test_a_worker_with_other_rules_refuses(filled: Ledger) -> None:
    task = cluster._Task(cluster.Place(filled.location), "others", workers.Chunk(1, []))
    with pytest.raises(UsageError, match="another version"):
        cluster._built(task)


def test_what_a_cluster_shows_of_its_work_names_no_password() -> None:
    place = cluster.Place("postgresql://reader:secret@host/ledger")
    assert "secret" not in repr(cluster._Task(place, "edition", workers.Chunk(1, [])))


def test_a_file_is_found_from_another_folder() -> None:
    assert cluster._everywhere("ledger.db") == str(Path.cwd() / "ledger.db")
    assert cluster._everywhere("postgresql://host/one") == "postgresql://host/one"
