"""The same real filings give the same replay, however they came to be in the log."""

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from ledger import Ledger
from projections import replay
from tests.corpus import CORPUS, needs_corpus
from tests.samples import size

pytestmark = needs_corpus
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [CORPUS / name for name in ("ownership_xml", "submissions", "seeds")]
PART = size(3, 1)
"""Of how many documents one is taken: what a run of the tests has time for, or all of them."""


def files():
    """Documents in the order of their paths, each seed among them."""
    every = sorted(path for folder in FOLDERS for path in folder.rglob("*") if path.is_file())
    return [path for at, path in enumerate(every) if at % PART == 0 or "seeds" in path.parts]


def replayed(url, **options):
    """What a replay of this ledger counts, and its digest."""
    with Ledger.open(url) as ledger:
        answer = replay(ledger, **options)
    counts = (answer.filings, answer.issuers, answer.persons, answer.positions)
    return answer.digest, counts, answer.totals


def ingest(url, *paths, **options):
    with Ledger.open(url) as ledger:
        return ledger.ingest(*paths, **options)


@pytest.fixture(scope="module")
def in_order(tmp_path_factory):
    """The documents recorded once, in order: what every other way must come to."""
    path = tmp_path_factory.mktemp("order") / "ledger.db"
    assert ingest(path, *files()).recorded > 500 / PART
    return path


@pytest.fixture(scope="module")
def expected(in_order):
    return replayed(in_order)


def test_a_second_ingestion_changes_nothing(in_order, expected):
    report = ingest(in_order, *files())

    assert (report.recorded, report.events) == (0, 0)
    assert replayed(in_order) == expected


def test_the_reverse_order_changes_nothing(sqlite_url, expected):
    ingest(sqlite_url, *reversed(files()))

    assert replayed(sqlite_url) == expected


def test_a_random_order_in_small_parts_changes_nothing(sqlite_url, expected):
    shuffled = Random(8).sample(files(), len(files()))
    with Ledger.open(sqlite_url) as ledger:
        for start in range(0, len(shuffled), 90 // PART):
            ledger.ingest(*shuffled[start : start + 90 // PART])

    assert replayed(sqlite_url) == expected


@pytest.mark.usefixtures("processes_at_once")
def test_reading_in_two_processes_stores_the_same_bytes_and_changes_nothing(
    sqlite_url, in_order, expected
):
    ingest(sqlite_url, *files(), jobs=2)

    with Ledger.open(sqlite_url) as ledger, Ledger.open(in_order) as other:
        assert list(ledger.states()) == list(other.states())
        assert ledger.verify().ok
    assert replayed(sqlite_url) == expected


def test_replaying_in_two_processes_changes_nothing(in_order, expected):
    assert replayed(in_order, jobs=2) == expected


# --- several writers, and writers that die -----------------------------------------------

WRITER = """
import sys
from ledger import Ledger
url, part, *paths = sys.argv[1:]
for start in range(0, len(paths), int(part)):
    with Ledger.open(url) as ledger:
        ledger.ingest(*paths[start:start + int(part)])
    print(start, flush=True)
"""


def writer(url, paths, part):
    """A process that records these documents, `part` of them at a time."""
    command = [sys.executable, "-c", WRITER, str(url), str(part), *map(str, paths)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_four_processes_at_once_change_nothing(sqlite_url, expected):
    halves = [files()[::2], files()[1::2]]  # so that two writers meet over every document
    orders = [half[::way] for half in halves for way in (1, -1)]
    writers = [writer(sqlite_url, order, part=120 // PART) for order in orders]

    for one in writers:
        _, trouble = one.communicate(timeout=120)
        assert one.returncode == 0, trouble.decode()

    assert replayed(sqlite_url) == expected


def test_writers_killed_at_any_point_change_nothing(sqlite_url, expected):
    rng = Random(3)
    for _ in range(size(3, 12)):
        one = writer(sqlite_url, files(), part=30 // PART)
        assert one.stdout is not None
        for _ in range(rng.randrange(1, 6)):
            one.stdout.readline()
        time.sleep(rng.random() / 10)
        one.kill()
        one.communicate()

    last = writer(sqlite_url, files(), part=600)
    _, trouble = last.communicate(timeout=120)

    assert last.returncode == 0, trouble.decode()
    assert replayed(sqlite_url) == expected


def test_a_replay_killed_halfway_is_made_whole_by_the_next(in_order, expected):
    code = "import sys; from ledger import Ledger; from projections import replay\n"
    code += "replay(Ledger.open(sys.argv[1]))"
    one = subprocess.Popen([sys.executable, "-c", code, str(in_order)], cwd=ROOT)
    time.sleep(0.9)
    one.kill()
    one.wait()

    assert replayed(in_order) == expected


# --- another database ------------------------------------------------------------------------


def test_postgresql_changes_nothing(postgres_url, expected):
    ingest(postgres_url, *files())

    assert replayed(postgres_url) == expected
    assert replayed(postgres_url, jobs=2) == expected
    with Ledger.open(postgres_url) as ledger:
        assert ledger.verify().ok
