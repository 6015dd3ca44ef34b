"""Nothing that surrounds a run changes what comes of it."""

import os
import subprocess
import sys

import pytest

from tests.filings import folder_of
from tests.transcripts import PYTHON_PATH, ROOT

RUN = """
import sys
from ledger import Ledger
from projections import replay
with Ledger.open(sys.argv[1]) as ledger:
    ledger.ingest(sys.argv[2])
    print(replay(ledger).digest, ledger.verify().seal)
"""
SURROUNDINGS = (
    {"TZ": "UTC", "PYTHONHASHSEED": "0", "LC_ALL": "C"},
    {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8"},
    {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "4711", "LC_ALL": "de_DE.UTF-8"},
)


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    return folder_of(tmp_path_factory.mktemp("forms"), 30)


def told(forms, path, surroundings):
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), str(forms)],
        env=os.environ | surroundings | {"PYTHONPATH": PYTHON_PATH},
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return done.stdout


def test_the_same_digest_in_any_zone_locale_and_hash_seed(forms, tmp_path):
    found = {
        told(forms, tmp_path / f"{number}.db", surroundings)
        for number, surroundings in enumerate(SURROUNDINGS)
    }

    assert len(found) == 1
