"""One filing met in several sources: what stands of it, and what is counted and told of them."""

from __future__ import annotations

import random

import pytest

from ledger import Ledger
from tests.documents import owner, submission_text, transaction
from tests.documents import ownership_xml as form_xml
from tests.filings import filing, scan, xml
from tests.simulator.quarters import as_folder, quarter
from tests.simulator.renderings import as_html
from tests.simulator.worlds import world
from tests.simulator.writers import as_xml

NAME = "0000000001-04-000001"


@pytest.fixture
def sources(tmp_path):
    """Three filings met four times: in a quarter, as renderings, as XML and as submissions."""
    written = world(4, people=2, years=2).filings[:3]
    found = [as_folder(quarter(written), tmp_path / "q")]
    for ending, made in (("html", as_html), ("xml", as_xml), ("txt", _as_submission)):
        folder = tmp_path / ending
        folder.mkdir()
        for form in written:
            content = made(form)
            path = folder / f"{form.accession}.{ending}"
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            found.append(path)
    return found


def _as_submission(form):
    return submission_text(as_xml(form), accession=form.accession)


def test_what_stands_depends_neither_on_the_order_nor_on_where_an_ingestion_was_cut(
    sources, tmp_path
):
    found = []
    for seed in range(6):
        order = sources if not seed else random.Random(seed).sample(sources, len(sources))
        cut = random.Random(seed).randrange(len(order))
        with Ledger.open(tmp_path / f"{seed}.db") as ledger:
            told = [ledger.ingest(*order[:cut]), ledger.ingest(*order), ledger.ingest(*order)]
            stands = [ledger.filing(stream.partition("/")[2]) for stream in ledger.streams()]
        assert sum(report.rows for report in told) == sum(len(f.rows) for f in stands)
        assert sum(r.statements for r in told) == sum(len(f.statements) for f in stands)
        assert (told[-1].events, told[-1].rows) == (0, 0)
        found.append(stands)

    assert all(stands == found[0] for stands in found)
    assert {form.format for form in found[0]} == {"submission"}


def test_a_better_reading_with_fewer_lines_counts_those_that_went(ledger):
    first, better = ledger.record([scan(accession=NAME, rows=5), filing(rows=2)])

    assert (first.rows, better.rows) == (5, -3)


def test_what_costs_a_document_is_told_apart_from_what_costs_a_part_of_one(ledger, tmp_path):
    coded = owner().replace("<rptOwnerName>", "<rptOwnerCcc>abc</rptOwnerCcc><rptOwnerName>")
    places = [tmp_path / name for name in ("a.txt", NAME + ".xml", "other/" + NAME + ".xml")]
    places[2].parent.mkdir()
    places[0].write_text("a letter")
    places[1].write_bytes(form_xml([transaction()], owners=[coded]))
    places[2].write_bytes(xml(1, issuer="ANOTHER CORP"))

    report = ledger.ingest(*places)

    assert (report.recorded, report.conflicting, len(report.set_aside)) == (1, 1, 1)
    assert [p.source for p in report.left_out] == [str(places[0]), str(places[2])]
    parts = [p for p in report.problems if p.effect == "set aside" and p not in report.left_out]
    assert [(p.source, p.place) for p in parts] == [(str(places[1]), "rptOwnerCcc")]
