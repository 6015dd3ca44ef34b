"""A ledger that an earlier version filled opens, verifies, answers and is read better.

`golden/earlier-ledger.sql` is the database as that version left it: seven simulated filings,
a submission, XML and a scan among them, sealed, with the answers it had computed beside them.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger import Ledger
from projections import holdings, reconcile, replay, stats, verify

GOLDEN = Path(__file__).parent / "golden"
SEAL = "09eb1d95724c8c02054f5be7022ff92c9d36810e1455682cb241eee3338c1b7c"
"""The seal of the log, as the earlier version printed it."""

DOCUMENT = GOLDEN / "9900031000-16-000002.xml"
"""One of its documents: a note states a redemption, which only later readers know for one."""


@pytest.fixture
def earlier(tmp_path):
    path = tmp_path / "ledger.db"
    database = sqlite3.connect(path)
    database.executescript((GOLDEN / "earlier-ledger.sql").read_text("utf-8"))
    database.close()
    return path


def findings(ledger):
    return {(f.kind, f.filing, f.difference) for f in reconcile(ledger).findings}


def test_its_log_is_whole_and_has_the_seal_it_had(earlier):
    with Ledger.open(earlier) as ledger:
        found = verify(ledger)

    assert (found.ok, found.problems, found.events) == (True, (), 15)
    assert found.seal == SEAL


def test_it_answers_as_it_did_before_and_after_a_replay(earlier):
    """The answers stored beside the log are those of other rules: they are computed anew."""
    with Ledger.open(earlier) as ledger:
        asked = holdings(ledger, as_of="2016-12-31"), findings(ledger)
        rebuilt = replay(ledger)

        assert asked == (holdings(ledger, as_of="2016-12-31"), findings(ledger))
        assert verify(ledger).ok
    assert {str(h.shares) for h in asked[0].holdings} == {"48449", "43500"}
    assert ("BALANCE_BREAK", "9900031000-16-000002", -280) in asked[1]
    assert (rebuilt.events, rebuilt.filings, rebuilt.totals.checked) == (15, 7, 5)


def test_it_takes_in_what_comes_next_and_reads_better_what_it_has(earlier):
    with Ledger.open(earlier) as ledger:
        told = ledger.ingest(DOCUMENT)
        kinds = {kind for kind, *_ in findings(ledger)}

        assert (told.reread, told.recorded, told.already_recorded) == (1, 0, 0)
        assert {"BALANCE_BREAK_EXPLAINED"} <= kinds
        assert "BALANCE_BREAK" not in kinds
        assert stats(ledger).filings == 7
        assert verify(ledger).ok
