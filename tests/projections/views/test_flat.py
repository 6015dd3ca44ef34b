"""The memory of a process that replays does not grow with the ledger."""

import subprocess
import sys
from functools import _lru_cache_wrapper
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import ledger.footnotes
import projections
from ledger import Ledger
from ledger.footnotes.remembered import Remembered
from ledger.store import sqlite_recorder
from projections.views import shared
from tests.simulator import stream

REPLAYED = """
import sys
from pathlib import Path
from ledger import Ledger
from ledger.store import shorthand, sqlite_recorder
from projections import replay, stats
from projections.views import digests, shared, workers

sqlite_recorder._CACHE, sqlite_recorder._LOOKING = 512, 128
sqlite_recorder._AT_HAND = 100
shorthand._MOST = 2_000
workers.AT_ONCE = digests.FILINGS = 100
with Ledger.open(sys.argv[1]) as ledger:
    replay(ledger), stats(ledger)
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
"""A replay with what is kept at once made as small as its ledgers are.

Not by `getrusage`, by which a process begins as large as the one that started it.
"""


def peak(path, lines):
    """KiB that a process holds at most which replays a ledger of so many lines."""
    with Ledger.open(path) as made:
        made.record(stream(1, lines, read_notes=False))
    words = [sys.executable, "-c", REPLAYED, str(path)]
    return int(subprocess.run(words, capture_output=True, check=True, text=True).stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell it so")
def test_four_times_the_lines_are_replayed_in_the_same_memory(tmp_path):
    few, many = peak(tmp_path / "few.db", 2_000), peak(tmp_path / "many.db", 8_000)

    assert many < 1.15 * few  # a kilobyte a line would make it more


def remembering():
    """What remembers its answers, of all that a judgement may ask."""
    for package in (projections, ledger.footnotes):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, _lru_cache_wrapper | Remembered):
                    yield f"{module.name}.{name}", value.cache_info().maxsize


def test_what_is_remembered_of_notes_and_names_is_bounded():
    """Issuers are judged one by one, and what the last one said is of little use to the next."""
    found = dict(remembering())

    assert len(found) > 40
    assert {name for name, most in found.items() if (most or 0) > 4_096} <= {
        "ledger.footnotes.recognition._numbered",
        "ledger.footnotes.recognition._stated",
    }


@pytest.mark.parametrize(
    ("view", "kept"), [(None, sqlite_recorder._LOOKING), ("holdings", sqlite_recorder._CACHE)]
)
def test_who_reads_keeps_few_pages_and_who_writes_many(tmp_path, view, kept):
    with Ledger.open(tmp_path / "ledger.db") as made:
        if view:
            with made.view(view).transaction() as transaction:
                found = transaction.execute("PRAGMA cache_size")
        found = found if view else made.view("holdings").query("PRAGMA cache_size")

    assert found == [(-kept,)]


def test_few_buckets_of_what_is_shared_are_read_together():
    asked = []

    def query(sql, parameters):
        asked.append(len(parameters))
        return []

    one = shared.Shared(query, None)
    one.change(range(256))
    one.settle()

    assert max(asked) <= 256 // 60
