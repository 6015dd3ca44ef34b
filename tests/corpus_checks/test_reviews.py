"""What was put to rest stays so while real filings are recorded anew, and read by another edition."""

from __future__ import annotations

import pytest

from ledger import Ledger
from projections import reconcile, replay, review
from tests.corpus import CORPUS, needs_corpus

EVERY = 6
"""One document in so many is drawn."""


@pytest.fixture(scope="module")
def drawn():
    return sorted((CORPUS / "ownership_xml").rglob("*.xml"))[::EVERY]


def read_by_another_edition(ledger: Ledger) -> int:
    """Record every filing as a later reader might: it finds remarks, and says all else alike."""
    streams = (stream for stream in ledger.streams() if not stream.startswith("review:"))
    found = [ledger.filing(stream.rpartition("/")[2]) for stream in streams]
    later = [
        filing.model_copy(
            update={
                "reader_version": filing.reader_version + 1,
                "remarks": f"{filing.remarks or ''} Filed by hand.".strip(),
            }
        )
        for filing in found
    ]
    return sum(outcome.status == "reread" for outcome in ledger.record(later))


@needs_corpus
def test_findings_keep_their_ids_and_stay_accepted(drawn, tmp_path):
    with Ledger.open(tmp_path / "first.db") as ledger, Ledger.open(tmp_path / "again.db") as again:
        ledger.ingest(*drawn)
        before = {f.id for f in reconcile(ledger).findings}
        digest = replay(ledger).digest
        review(ledger, *sorted(before), accept=True, by="anna")
        again.ingest(*reversed(drawn))
        reread = read_by_another_edition(ledger)

        assert reread == len(drawn)
        assert {f.id for f in reconcile(again).findings} == before
        assert {f.id for f in reconcile(ledger, status="accepted").findings} == before
        assert reconcile(ledger).findings == ()
        assert replay(again).digest == digest
    assert len(before) > 20
