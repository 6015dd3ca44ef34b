"""A simulated filing, written and read again, is the same filing."""

import pytest

from ledger.readers.ownership_xml import reader as ownership_xml
from ledger.readers.scan import reader as scanned
from ledger.readers.submission import reader as submission
from tests.scans.renderer import LAYOUTS
from tests.simulator import MADE, as_scan, as_submission, as_xml, sequence, world

SEEDS = range(15)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_submission_read_again_is_the_filing_it_was_written_from(seed):
    for filing in world(seed, people=3, years=3).filings:
        reading = submission.read(as_submission(filing), source="simulated.txt")

        assert reading.problems == ()
        assert _said(reading.filing) == _said(filing)


@pytest.mark.parametrize("seed", SEEDS)
def test_xml_says_everything_but_the_header(seed):
    for filing in sequence(seed).filings:
        reading = ownership_xml.read(as_xml(filing), source="simulated.xml")

        assert reading.filing.rows == filing.rows
        assert reading.filing.footnotes == filing.footnotes
        assert reading.filing.statements == filing.statements
        assert reading.filing.signatures == filing.signatures


@pytest.mark.parametrize("kind", MADE)
def test_errors_survive_writing_and_reading(kind):
    for filing in sequence(1, kind).filings:
        reading = submission.read(as_submission(filing), source="simulated.txt")
        rows = [row.model_copy(update={"repairs": ()}) for row in reading.filing.rows]

        assert tuple(rows) == filing.rows


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_scan_is_the_same_form_for_the_same_seed(layout):
    for filing in sequence(3).filings:
        scan = as_scan(filing, seed=3, layout=layout)

        assert scan == as_scan(filing, seed=3, layout=layout)
        assert scanned.read(scan, source="simulated.txt").filing.form == filing.form


def _said(filing):
    said = filing.model_dump()
    for own in ("sha256", "reader_version"):
        del said[own]
    return said
