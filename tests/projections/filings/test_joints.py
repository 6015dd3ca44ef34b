"""A report under another company's number is found wherever that company is looked at with this one."""

from pathlib import Path

import tests.stories
from ledger import Ledger
from projections.filings.decoding import dossiers, mentions
from projections.filings.joints import joints
from projections.questions.reconcile import reconcile, reconcile_filings
from tests.stories.telling import stories

TOLD = {
    story.title: story for story in stories(Path(tests.stories.__file__).with_name("misfiled.txt"))
}


def test_a_ledger_finds_what_filings_in_memory_show(tmp_path):
    for number, story in enumerate(TOLD.values()):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            for filing in story.filings:
                ledger.record([filing])
                reconcile(ledger)

            assert reconcile(ledger).findings == reconcile_filings(story.filings).findings


def test_stored_rows_and_those_in_memory_stand_at_the_same_balances(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for story in TOLD.values():
            for filing in story.filings:
                ledger.record([filing])
        stored = {one.stream: one.shared for one in mentions(ledger.states())}

        for dossier in dossiers(ledger.states()):
            owners = [owner.cik for owner in dossier.head.owners]
            marks = joints(owners, dossier.head.form, dossier.lines)
            assert marks
            assert marks <= stored[dossier.stream]
