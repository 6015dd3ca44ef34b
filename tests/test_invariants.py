"""The table of what must always hold names tests that exist, for every invariant."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reference" / "invariants.md").read_text("utf-8")
ROWS = re.findall(r"^\| (I\d+) \| .+? \| (.+) \|$", PAGE, re.MULTILINE)


def test_every_invariant_stands_in_the_table_once():
    assert [number for number, _ in ROWS] == [f"I{n}" for n in range(1, 21)]


def test_every_test_that_is_named_exists():
    named = [re.findall(r"`([^`]+)::(test_\w+)`", tests) for _, tests in ROWS]

    assert all(named)
    for path, test in (place for places in named for place in places):
        assert re.search(rf"^def {test}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), test


def test_every_test_that_kills_a_mutant_exists():
    rows = re.findall(r"^\| [^|]+ \| (`test_[^|]+) \|$", PAGE, re.MULTILINE)
    named = [test for row in rows for test in re.findall(r"`(test_\w+)`", row)]
    written = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert named
    assert all(f"def {test}(" in written for test in named)


def test_every_long_run_that_is_named_exists():
    named = re.findall(r"python -m tests\.soak\.(\w+)", PAGE)
    there = {path.stem for path in (ROOT / "tests" / "soak").glob("[a-z]*.py")}

    assert set(named) == there
