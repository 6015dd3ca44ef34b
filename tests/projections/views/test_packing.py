"""What the read model keeps of a finding is what was told, in a third of its bytes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from projections import reconcile, replay
from projections.views.gate import view_of
from projections.views.packing import packed, unpacked
from tests.simulator import world


@given(st.text())
def test_every_text_comes_back_as_it_was(text):
    assert unpacked(packed(text)) == text.encode()


@given(st.text(min_size=1), st.text(min_size=1))
def test_texts_that_differ_are_kept_apart(one, other):
    assert (packed(one) == packed(other)) == (one == other)


def test_what_is_kept_has_at_most_half_of_the_bytes_and_tells_the_same(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(world(3).filings)
        replay(ledger)
        told = {finding.id: finding for finding in reconcile(ledger).findings}
        for table in ("view_findings", "view_holdings"):
            kept = [row[0] for row in view_of(ledger).query(f"SELECT body FROM {table}")]
            assert len(kept) > 10
            assert sum(map(len, kept)) < sum(len(unpacked(body)) for body in kept) / 2
        rows = view_of(ledger).query("SELECT id, body FROM view_findings")

    assert {name for name, _ in rows} == told.keys()
    assert all(json.loads(unpacked(body))["message"] == told[name].message for name, body in rows)
