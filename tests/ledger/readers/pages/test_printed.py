"""Forms printed in many looks, with ruling lines and without, as PDFs that hold their text."""

from collections import Counter

import pytest

from ledger.readers import read
from tests.scans.agreement import fields
from tests.scans.filings import filing
from tests.scans.leaf import Look
from tests.scans.press import leaves
from tests.scans.scanner import Standard, as_pdf

pytest.importorskip("pdfminer")


def verdicts(seed, *, ruled):
    truth, face = filing(seed), Standard(seed)
    printed = leaves(truth, Look(seed, ruled=ruled), face.measure)
    said = read(as_pdf(printed, face), source="form.pdf").filing
    return list(fields(truth, said))


@pytest.mark.parametrize("ruled", [True, False])
def test_a_form_is_read_from_its_pdf_whatever_it_looks_like(ruled):
    found = [field for seed in range(60, 66) for field in verdicts(seed, ruled=ruled)]
    key = Counter(field.verdict for field in found if field.key)

    assert [field for field in found if field.verdict == "silent"] == []
    assert key["exact"] * 1000 >= key.total() * (995 if ruled else 970)
