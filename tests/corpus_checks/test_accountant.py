"""What people of the corpus held, beside what an accountant reckons without the project."""

import pytest

from ledger import Ledger
from tests.corpus import CORPUS, needs_corpus
from tests.corpus_checks.accountant import PEOPLE, compared, drawn, forms, noted

pytestmark = needs_corpus


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("accounts") / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml", CORPUS / "submissions")
        filed = forms()
        return list(compared(ledger, filed, noted(), drawn(filed)))


def test_twenty_nine_people_of_thirty_hold_what_an_accountant_finds(found):
    differ = {beside.person for beside in found if not beside.agrees}

    assert len({beside.person for beside in found}) == PEOPLE
    assert len(differ) <= 1


def test_every_difference_is_explained_and_no_explanation_is_stale(found):
    told = {(note.person, note.where) for note in noted() if note.what == "differs"}

    assert {(b.person, b.day.isoformat()) for b in found if not b.agrees} == told
