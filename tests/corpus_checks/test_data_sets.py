"""A real quarter, in part: every line accounted for, and equal to the XML of its filings."""

import pytest

from ledger.filing import Reading
from ledger.ingestion.documents import documents
from ledger.ingestion.table_sets import openers
from ledger.readers import read
from ledger.readers.datasets.reader import DataSet
from tests.corpus import CORPUS, needs_corpus
from tests.parity import alike

pytestmark = needs_corpus
QUARTER = CORPUS / "datasets" / "2024q3_partial"
SHEETS = {
    ("I", True): "NONDERIV_HOLDING",
    ("II", False): "DERIV_TRANS",
    ("II", True): "DERIV_HOLDING",
}


@pytest.fixture(scope="module")
def quarter():
    """The filings by accession number, what was said of the set, and its counts."""
    (document,) = documents([QUARTER])
    whole = DataSet(openers(document), "2024q3")
    found = list(whole.readings())
    filings = {item.filing.accession: item.filing for item in found if isinstance(item, Reading)}
    return filings, [item for item in found if not isinstance(item, Reading)], whole.counts()


def test_every_line_is_recorded(quarter):
    filings, said, counts = quarter

    lines = {p.stem: p.read_bytes().count(b"\n") - 1 for p in QUARTER.glob("*.tsv")}
    assert {c.table: c.rows for c in counts} == lines
    assert all(c.set_aside == 0 for c in counts)
    assert len(filings) == lines["SUBMISSION"]
    for rows, name in SHEETS.items():
        read_rows = (r for f in filings.values() for r in f.rows if (r.table, r.holding) == rows)
        assert sum(1 for _ in read_rows) == lines[name]
    assert [p.place for p in said] == ["REPORTINGOWNER", "NONDERIV_TRANS", "FOOTNOTES"]


def test_what_the_set_has_of_a_filing_is_what_its_xml_says(quarter):
    filings, _, _ = quarter
    twins = 0
    for path in sorted((CORPUS / "ownership_xml").glob("*.xml")):
        if (ours := filings.get(path.name[:20])) is None:
            continue
        twins += 1
        theirs = read(path.read_bytes(), source=path.name, accession=path.name[:20]).filing
        one, other = alike(ours, "data-set"), alike(theirs, "data-set")
        for name in ("form", "period", "original_on", "issuer", "remarks", "accession"):
            assert one[name] == other[name], (path.name, name)
        kept = [row for row in other["rows"] if (row["table"], row["holding"]) in SHEETS]
        for ours_row, theirs_row in zip(one["rows"], kept, strict=True):
            assert ours_row | {"line": 0} == theirs_row | {"line": 0}, path.name
    assert twins == 5
