"""Every finding that asks for a reader's time was read, and its judgement stands in the docs."""

import re
from pathlib import Path

import pytest

from ledger import Ledger
from projections import reconcile
from tests.alarms import is_alarm
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "findings-read.md"


@pytest.fixture(scope="module")
def judged():
    """The judgement on each finding of the table, by its id."""
    rows = re.findall(
        r"^\| (`[0-9a-f]{8}`.*?) \|.*?\|.*?\| (\w+) \|", PAGE.read_text("utf-8"), re.MULTILINE
    )
    return {name: judgement for ids, judgement in rows for name in re.findall(r"[0-9a-f]{8}", ids)}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("read") / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml", CORPUS / "submissions", CORPUS / "seeds")
        return {f.id: f for f in reconcile(ledger).findings if is_alarm(f)}


def test_every_finding_above_a_remark_was_read(judged, found):
    unread = [f"{f.id} {f.kind} {f.filing} {f.row}" for f in found.values() if f.id not in judged]

    assert unread == []


def test_no_judgement_is_of_a_finding_that_is_gone(judged, found):
    assert sorted(set(judged) - set(found)) == []


def test_nineteen_in_twenty_are_such_as_a_lawyer_would_sign(judged):
    right = [name for name, judgement in judged.items() if judgement == "right"]

    assert 20 * len(right) >= 19 * len(judged)
