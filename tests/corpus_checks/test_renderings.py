"""The SEC's own pages: each line of them, and the XML of the same filings."""

import re

import pytest

from ledger.readers import read
from tests.corpus import CORPUS, needs_corpus
from tests.parity import alike

pytestmark = needs_corpus
PAGES = sorted((CORPUS / "html").glob("*.html"))
TWINS = [path for path in PAGES if (CORPUS / "ownership_xml" / f"{path.stem}.xml").exists()]


@pytest.mark.parametrize("path", TWINS, ids=lambda path: path.stem)
def test_a_page_and_its_xml_are_the_same_filing_field_by_field(path):
    twin = CORPUS / "ownership_xml" / f"{path.stem}.xml"

    page, xml = (read(file.read_bytes(), source=file.name).filing for file in (path, twin))

    assert alike(page, "html") == alike(xml, "html")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_line_and_every_mark_of_a_page_is_read(path):
    text = path.read_text("utf-8")

    reading = read(path.read_bytes(), source=path.name)

    assert reading.problems == ()
    bodies = re.findall(r"(?s)<tbody>(.*?)</tbody>", text)
    assert len(reading.filing.rows) == sum(body.count("<tr>") for body in bodies)
    marks = sum(len(re.findall(r"<sup>\(\d+\)</sup>", body)) for body in bodies)
    assert sum(len(n) for r in reading.filing.rows for n in r.cited.values()) == marks
