"""Ingestion: files in, events out, and a word about everything that was left out."""

from __future__ import annotations

import bz2
import lzma
import os
import random
import tarfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.errors import LedgerError
from ledger.ingestion import reading
from ledger.ingestion.documents import documents
from ledger.ingestion.ingest import IngestReport, ingest
from ledger.readers.ownership_xml import reader as ownership_xml
from tests.corpus import CORPUS, needs_corpus
from tests.documents import ownership_xml as form_xml
from tests.documents import submission_text, transaction
from tests.filings import folder_of, xml
from tests.simulator import sequence
from tests.simulator.quarters import as_folder, as_zip, quarter
from tests.simulator.renderings import as_html
from tests.simulator.worlds import world
from tests.simulator.writers import as_xml


@pytest.fixture
def mixed(tmp_path):
    """Five forms, and four things that are none."""
    folder = folder_of(tmp_path / "mixed", 5)
    folder.joinpath("empty.txt").write_bytes(b"")
    folder.joinpath("letter.txt").write_text("Dear Sir or Madam, please find enclosed nothing.")
    folder.joinpath("picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    folder.joinpath("link.xml").symlink_to(folder / "0000000001-04-000001.xml")
    return folder


def test_a_folder_is_recorded_and_the_report_counts_it(ledger, tmp_path):
    report = ledger.ingest(folder_of(tmp_path / "forms", 3))

    assert report == IngestReport(
        recorded=3,
        already_recorded=0,
        conflicting=0,
        reread=0,
        set_aside=(),
        events=9,
        rows=6,
        statements=0,
        problems=(),
    )
    assert ledger.filing("0000000001-04-000003").rows[1].shares == 300


def test_ingesting_again_adds_nothing(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 3)
    ledger.ingest(forms)
    head = ledger.head()

    report = ledger.ingest(forms, forms / "0000000001-04-000001.xml")

    assert (report.recorded, report.already_recorded, report.events) == (0, 4, 0)
    assert ledger.head() == head


def test_one_bad_document_takes_no_other_with_it(ledger, mixed):
    report = ledger.ingest(mixed)

    left_out = {Path(item.source).name for item in report.set_aside}
    assert left_out == {"empty.txt", "letter.txt", "picture.png", "link.xml"}
    assert report.recorded == 5
    assert {p.source for p in report.problems if p.effect == "set aside"} == {
        item.source for item in report.set_aside
    }
    assert all(item.reason for item in report.set_aside)


def test_a_second_form_in_one_submission_is_read_without_its_accession_number(ledger, tmp_path):
    forms = tmp_path / "forms"
    forms.mkdir()
    form = form_xml([transaction()])
    inside = b"<XML>\n" + form + b"\n</XML>"
    (forms / "one.txt").write_bytes(submission_text(form, exhibits=[("EX-24", b"words")]))
    (forms / "two.txt").write_bytes(
        submission_text(form, accession="0001000001-24-000008", exhibits=[("4", inside)])
    )

    report = ledger.ingest(forms)

    assert (report.recorded, report.set_aside) == (3, ())
    (note,) = report.problems
    assert (Path(note.source).name, note.place) == ("two.txt:form 1", "submission")
    assert "accession number is given to the first" in note.problem


def test_a_reader_that_breaks_sets_only_its_document_aside(ledger, tmp_path, monkeypatch):
    forms = folder_of(tmp_path / "forms", 3)
    sound = ownership_xml.read

    def breaks(payload, *, source, **said):
        if "000002" in source:
            raise RecursionError("too deep")
        return sound(payload, source=source, **said)

    monkeypatch.setattr("ledger.readers.ownership_xml.reader.read", breaks)

    report = ledger.ingest(forms)

    assert report.recorded == 2
    assert "RecursionError" in report.set_aside[0].reason


@pytest.mark.usefixtures("processes_at_once")
def test_the_number_of_jobs_changes_nothing(mixed, tmp_path):
    results = []
    for jobs in (1, 2):
        with Ledger.open(tmp_path / f"{jobs}.db") as ledger:
            report = ledger.ingest(mixed, jobs=jobs)
            results.append((report, list(ledger.states()), ledger.verify().seal))

    assert results[0] == results[1]


def test_a_document_that_kills_its_reader_is_set_aside_alone(tmp_path, monkeypatch):
    forms = folder_of(tmp_path / "forms", 80)
    monkeypatch.setattr(reading, "_read_all", _dies_of_number_five)
    monkeypatch.setattr(reading, "_CHUNK", 4)

    with reading._Readers(2, None) as readers:
        read = list(readers.readings(documents([forms])))

    assert len(read) == 80
    assert [item.source[-5:] for item in read if item.reading is None] == ["5.xml"]


def test_a_long_reading_begins_alone_and_ends_in_other_processes(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "_ALONE", 1)
    forms = folder_of(tmp_path / "forms", 6)
    with Ledger.open(tmp_path / "alone.db") as alone:
        alone.ingest(forms)
        expected = list(alone.states())
    calls = iter([False, False, True])
    monkeypatch.setattr(reading._Readers, "started", lambda _: next(calls))

    with Ledger.open(tmp_path / "shared.db") as shared:
        shared.ingest(forms, jobs=2)

        assert list(shared.states()) == expected


@pytest.mark.parametrize("alone", range(1, 14, 3))
def test_others_may_take_over_anywhere_and_nothing_is_left_in_the_middle(
    tmp_path, monkeypatch, alone
):
    """Each of these holds several filings: a data set twice, files of two forms, archives."""
    forms = folder_of(tmp_path / "forms", 2)
    tables = quarter(world(4, people=1, years=1).filings[:4])
    as_folder(tables, tmp_path / "a-quarter")
    as_zip(tables, tmp_path / "b-quarter.zip")
    for name in ("c-two.txt", "z-two.txt"):
        (tmp_path / name).write_bytes(submission_text(form_xml()) * 2)
    with tarfile.open(tmp_path / "d-daily.tar.gz", "w:gz") as feed:
        for path in (*sorted(forms.iterdir()), tmp_path / "c-two.txt"):
            feed.add(path, path.name)
    expected = list(reading.read_each(documents([tmp_path]), 1, None))
    monkeypatch.setattr(reading, "Processes", ThreadPoolExecutor)
    monkeypatch.setattr(reading, "_ALONE", alone)
    monkeypatch.setattr(reading._Readers, "started", lambda _: True)

    assert len([item for item in expected if item.reading]) == 4 + 4 + 2 + 4 + 2 + 2
    assert list(reading.read_each(documents([tmp_path]), 2, None)) == expected


def _dies_of_number_five(chunk, as_format):
    if any(document.name.endswith("000005.xml") for document in chunk):
        os._exit(1)
    return [form for document in chunk for form in reading._read(document, as_format)]


def test_the_order_of_the_files_changes_nothing_that_stands(tmp_path):
    forms = sorted(folder_of(tmp_path / "forms", 12).iterdir())
    found = []
    for seed in range(3):
        order = forms + forms[:4]
        random.Random(seed).shuffle(order)
        with Ledger.open(tmp_path / f"{seed}.db") as ledger:
            ledger.ingest(*order)
            found.append(list(ledger.states()))

    assert found[0] == found[1] == found[2]


def test_a_conflict_is_told_and_the_first_is_kept(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 1)
    other = tmp_path / "other" / "0000000001-04-000001.xml"
    other.parent.mkdir()
    other.write_bytes(xml(1, issuer="ANOTHER CORP"))

    report = ledger.ingest(forms, other)

    assert (report.recorded, report.conflicting) == (1, 1)
    assert [(p.source, p.effect) for p in report.problems] == [(str(other), "set aside")]
    assert ledger.filing("0000000001-04-000001").issuer.name == "EXAMPLE CORP"


def test_a_dry_run_reports_what_would_happen_and_records_nothing(ledger, mixed):
    ledger.ingest(mixed / "0000000001-04-000003.xml")
    head = ledger.head()

    rehearsed = ledger.ingest(mixed, dry_run=True)

    assert ledger.head() == head
    assert (rehearsed.recorded, rehearsed.already_recorded) == (4, 1)
    assert ledger.ingest(mixed) == rehearsed


@pytest.mark.usefixtures("processes_at_once")
def test_an_archive_is_read_like_a_folder(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 3)
    with zipfile.ZipFile(tmp_path / "forms.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(forms.iterdir()):
            archive.write(path, path.name)

    report = ledger.ingest(tmp_path / "forms.zip", jobs=2)

    assert report.recorded == 3
    assert ledger.ingest(forms).already_recorded == 3


def test_progress_counts_documents(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr("ledger.ingestion.ingest._BATCH", 6)
    seen = []

    ledger.ingest(folder_of(tmp_path / "forms", 5), progress=seen.append)

    assert seen == [2, 4, 5]


def test_nothing_found_is_an_empty_report(ledger, tmp_path):
    assert ingest(ledger, [tmp_path]).recorded == 0
    assert ingest(ledger, [tmp_path / "nowhere"]).set_aside[0].reason


@needs_corpus
def test_real_filings_are_recorded_whole_and_twice_is_once(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        report = ledger.ingest(CORPUS / "ownership_xml", CORPUS / "submissions")
        again = ledger.ingest(CORPUS / "submissions", CORPUS / "ownership_xml")

        assert report.recorded > 500
        assert (again.recorded, again.reread, again.events) == (0, 0, 0)
        assert ledger.verify().ok


@needs_corpus
def test_what_stands_of_real_filings_does_not_depend_on_their_order(tmp_path):
    found = []
    for number, order in enumerate(
        (("ownership_xml", "submissions"), ("submissions", "ownership_xml"))
    ):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            ledger.ingest(*(CORPUS / name for name in order))
            found.append([standing(ledger, stream) for stream in ledger.streams()])

    assert found[0] == found[1]


def standing(ledger, stream):
    try:
        return ledger.filing(stream.partition("/")[2] or stream)
    except LedgerError as error:
        return str(error)


def test_a_quarter_is_recorded_from_its_zip_or_its_folder_whatever_the_jobs(tmp_path):
    written = world(4, people=2, years=2).filings
    tables = quarter(written)
    places = [as_zip(tables, tmp_path / "2004q4_form345.zip"), as_folder(tables, tmp_path / "q")]
    logs = []
    for number, (place, jobs) in enumerate(zip(places, (1, 2), strict=True)):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            report = ledger.ingest(place, jobs=jobs)
            logs.append(list(ledger.states()))

        assert (report.recorded, report.set_aside, report.problems) == (len(written), (), ())
        lines = {name: content.count(b"\n") - 1 for name, content in tables.items()}
        assert {t.table: t.rows for t in report.tables} == lines
        assert all(t.recorded == t.rows for t in report.tables)
    assert logs[0] == logs[1]


def test_a_filing_of_a_quarter_met_again_as_xml_is_one_filing_read_again(ledger, tmp_path):
    written = world(4, people=2, years=2).filings[:3]
    folder = tmp_path / "forms"
    folder.mkdir()
    for filing in written:
        (folder / f"{filing.accession}.xml").write_bytes(as_xml(filing))
    ledger.ingest(as_folder(quarter(written), tmp_path / "q"))

    better, worse = ledger.ingest(folder), ledger.ingest(tmp_path / "q")

    assert (better.recorded, better.reread) == (0, 3)
    assert (worse.already_recorded, worse.conflicting) == (3, 0)
    stand = [ledger.filing(filing.accession) for filing in written]
    assert {filing.format for filing in stand} == {"ownership-xml"}
    assert [filing.filed_on for filing in stand] == [filing.filed_on for filing in written]


def test_a_whole_quarter_takes_the_place_of_one_without_all_its_tables(ledger, tmp_path):
    tables = quarter(world(4, people=2, years=2).filings[:3])
    part = {name: content for name, content in tables.items() if name != "FOOTNOTES"}

    first = ledger.ingest(as_folder(part, tmp_path / "part"))
    then = ledger.ingest(as_folder(tables, tmp_path / "whole"))

    assert [(p.place, p.effect) for p in first.problems] == [("FOOTNOTES", "field unknown")]
    assert (first.recorded, then.reread, then.conflicting) == (3, 3, 0)


def test_one_table_alone_is_refused_with_what_to_give(ledger, tmp_path):
    notes = {"FOOTNOTES": b"ACCESSION_NUMBER\tFOOTNOTE_ID\tFOOTNOTE_TXT\n"}
    folder = as_folder(notes, tmp_path / "q")

    (left,) = ledger.ingest(folder).set_aside

    assert left.reason.endswith(
        "give the whole set: its zip, or the folder of its eight tables, unpacked"
    )


def test_the_last_of_several_forms_that_is_cut_short_is_not_lost(ledger, tmp_path):
    page = form_xml(declaration="")
    path = tmp_path / "three.xml"
    path.write_bytes(
        b"<all>" + page + page.replace(b"Form", b"form") + b"<ownershipDocument><x>cut"
    )

    report = ledger.ingest(path)

    (left,) = report.set_aside
    assert left.source.endswith("three.xml:form 3")


def test_a_file_of_several_forms_gives_each_of_them(ledger, tmp_path):
    one, two = (submission_text(form_xml(), accession=f"0001000001-24-00000{n}") for n in (7, 8))
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "two.txt").write_bytes(one + two)
    page = form_xml(declaration="") + form_xml(rows=[transaction(shares="7")], declaration="")
    (folder / "three.xml").write_bytes(
        b"<all>" + page + b"<ownershipDocument>x</ownershipDocument></all>"
    )

    report = ledger.ingest(folder)

    assert report.recorded == 4
    (left,) = report.set_aside
    assert left.source.endswith("three.xml:form 3")


def test_pages_of_several_forms_in_one_file_give_each_of_them(ledger, tmp_path):
    """Renderings one behind the other are forms each; a page among them that shows none is told."""
    forms = [form for form in sequence(991_234).filings if form.rows][:3]
    pages = [as_html(form) for form in forms]
    index = b"<html><body><h1>EDGAR Filing Index</h1></body></html>\n"
    path = tmp_path / "pages.html"
    path.write_bytes(b"".join([pages[0], index, *pages[1:]]))

    report = ledger.ingest(path)

    assert (report.recorded, len(report.set_aside)) == (3, 1)
    assert report.set_aside[0].source.endswith("pages.html:form 2")


@pytest.mark.parametrize(
    ("begins", "what"),
    [
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a\x07\x01\x00", "a rar archive"),
        (bz2.compress(form_xml()), "a file packed by bzip2"),
        (lzma.compress(form_xml()), "a file packed by xz"),
    ],
)
def test_what_is_packed_in_a_way_that_is_not_opened_is_named(ledger, tmp_path, begins, what):
    path = tmp_path / "forms.pack"
    path.write_bytes(begins)

    (left,) = ledger.ingest(path).set_aside
    assert what in left.reason
    assert "unpack it first" in left.reason
