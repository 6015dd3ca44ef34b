"""The tests that draw a sample, each on a larger one than every run of the tests has time for.

`python -m tests.soak.samples` asks twice the stories told otherwise, errors made, filers and writers
killed; where a sample is larger stands in the tests, at `size(usual, wider)` of `tests.samples`.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.samples import WIDER
from tests.shares import concluded

ROOT = Path(__file__).resolve().parents[2]


class Counted:
    """Counts tests by their outcome."""

    def __init__(self):
        self.outcomes = Counter()

    def pytest_runtest_logreport(self, report):
        """Count a test once, and one whose preparations failed as well."""
        if report.when == "call" or report.failed:
            self.outcomes[report.outcome] += 1


def drawing():
    """The files of tests that draw a sample."""
    return [
        path.relative_to(ROOT).as_posix()
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if "from tests.samples import size\n" in path.read_text("utf-8")
    ]


def main():
    """Run them; end in 1 where one fails."""
    os.environ[WIDER], counted = "1", Counted()
    code = pytest.main(["-q", "--rootdir", str(ROOT), *drawing()], plugins=[counted])
    failed = counted.outcomes["failed"] or int(code != pytest.ExitCode.OK)
    return concluded(counted.outcomes.total(), failed)


if __name__ == "__main__":
    sys.exit(main())
