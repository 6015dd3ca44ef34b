"""Documents that the log has already are told by their bytes, and not read again."""

import zipfile
from unittest import mock

import pytest

from ledger import Ledger, readers
from ledger.ingestion import documents
from projections import replay, verify
from tests.documents import submission_text
from tests.filings import folder_of, xml
from tests.simulator import sequence
from tests.simulator.quarters import as_folder, as_zip, quarter

SUBMISSION = "0000000001-04-000001"


@pytest.fixture
def read(monkeypatch):
    """Counts the documents that a reader is given."""
    counting = mock.Mock(wraps=readers.read_forms)
    monkeypatch.setattr(readers, "read_forms", counting)
    return counting


def test_what_stands_is_counted_and_not_parsed_again(ledger, tmp_path, read):
    forms = folder_of(tmp_path / "forms", 3)
    ledger.ingest(forms)

    again = ledger.ingest(forms)

    assert (again.already_recorded, again.events, again.set_aside) == (3, 0, ())
    assert read.call_count == 3


def test_members_of_an_archive_are_known_by_their_bytes_too(ledger, tmp_path, read):
    forms = folder_of(tmp_path / "forms", 2)
    ledger.ingest(forms)
    with zipfile.ZipFile(tmp_path / "same.zip", "w") as packed:
        for path in forms.iterdir():
            packed.write(path, path.name)

    assert ledger.ingest(tmp_path / "same.zip").already_recorded == 2
    assert read.call_count == 2


def test_a_changed_document_under_its_old_name_is_read_and_told(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 2)
    ledger.ingest(forms)
    changed = forms / "0000000001-04-000001.xml"
    changed.write_bytes(changed.read_bytes().replace(b"<value>100</value>", b"<value>101</value>"))

    again = ledger.ingest(forms)

    assert (again.already_recorded, again.conflicting) == (1, 1)


def test_the_same_bytes_under_another_accession_number_are_another_filing(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 1)
    ledger.ingest(forms)
    (only,) = forms.iterdir()
    only.rename(forms / "0000000001-04-000009.xml")

    assert ledger.ingest(forms).recorded == 1


def test_a_new_version_of_the_reader_reads_again(ledger, tmp_path, read, monkeypatch):
    forms = folder_of(tmp_path / "forms", 2)
    ledger.ingest(forms)
    monkeypatch.setattr("ledger.ingestion.unchanged._edition", lambda: "other readers")

    ledger.ingest(forms)

    assert read.call_count == 4


def test_a_dry_run_knows_what_stands_as_well(ledger, tmp_path, read):
    forms = folder_of(tmp_path / "forms", 2)
    ledger.ingest(forms)

    assert ledger.ingest(forms, dry_run=True).already_recorded == 2
    assert read.call_count == 2


def test_two_processes_skip_what_one_would(tmp_path):
    forms = folder_of(tmp_path / "forms", 3)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.ingest(forms)
        (forms / "0000000001-04-000077.xml").write_bytes(xml(7))

        again = ledger.ingest(forms, jobs=2)

    assert (again.recorded, again.already_recorded) == (1, 3)


def test_a_submission_is_known_again_and_a_changed_header_is_read(ledger, tmp_path, read):
    path = tmp_path / "filed.txt"
    path.write_bytes(submission_text(xml(1), accession=SUBMISSION))
    ledger.ingest(path)
    assert ledger.ingest(path).already_recorded == 1
    assert read.call_count == 1

    path.write_bytes(path.read_bytes() + b"\n")
    assert ledger.ingest(path).already_recorded == 1
    assert read.call_count == 2


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_a_data_set_is_known_by_all_its_tables(ledger, tmp_path, monkeypatch, packed):
    tables = quarter(sequence(3).filings)
    path = as_zip(tables, tmp_path / "q.zip") if packed else as_folder(tables, tmp_path / "q")
    first = ledger.ingest(path)
    monkeypatch.setattr("ledger.ingestion.reading._read_tables", pytest.fail)

    again = ledger.ingest(path)

    assert again.already_recorded == first.recorded + first.already_recorded
    assert (again.events, again.set_aside) == (0, first.set_aside) == (0, ())


def test_several_forms_in_one_document_are_counted_each(ledger, tmp_path, read):
    path = tmp_path / "both.txt"
    both = (submission_text(xml(n), accession=f"0000000001-04-00000{n}") for n in (1, 2))
    path.write_bytes(b"".join(both))

    assert ledger.ingest(path).recorded == 2
    assert ledger.ingest(path).already_recorded == 2
    assert read.call_count == 2


def test_what_was_set_aside_or_conflicts_is_told_every_time(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 1)
    (forms / "no-form.xml").write_bytes(b"<html>nothing</html>")
    ledger.ingest(forms)
    conflicting = tmp_path / "0000000001-04-000001.xml"
    conflicting.write_bytes(xml(5))

    for _ in range(2):
        again = ledger.ingest(forms, conflicting)

        assert (again.already_recorded, again.conflicting, len(again.set_aside)) == (1, 1, 1)


def test_a_form_beside_one_that_cannot_be_read_is_not_all_of_its_document(ledger, tmp_path):
    path = tmp_path / "both.txt"
    broken = submission_text(b"<ownershipDocument><broken", accession="0000000001-04-000002")
    path.write_bytes(submission_text(xml(1), accession=SUBMISSION) + broken)

    reports = [ledger.ingest(path) for _ in range(2)]

    assert [len(report.set_aside) for report in reports] == [1, 1]


def test_a_filing_that_something_was_added_to_is_read_as_if_it_were_new(ledger, tmp_path, read):
    forms = folder_of(tmp_path / "forms", 1)
    ledger.ingest(forms)
    better = tmp_path / "better.txt"
    better.write_bytes(submission_text(xml(1), accession=SUBMISSION))
    assert ledger.ingest(better).reread == 1

    assert ledger.ingest(forms).already_recorded == 1
    assert read.call_count == 3
    assert ledger.ingest(forms, better).already_recorded == 2
    assert read.call_count == 3


def test_a_row_that_says_of_a_new_document_that_it_is_here_is_not_believed(ledger, tmp_path):
    forms = folder_of(tmp_path / "forms", 1)
    ledger.ingest(forms)
    (forms / "0000000001-04-000009.xml").write_bytes(xml(9))
    (new,) = (d for d in documents.documents([forms]) if d.name.endswith("9.xml"))
    with ledger.view("documents").transaction() as transaction:
        transaction.execute("UPDATE view_documents SET document = ?", (new.digest(new.payload),))

    assert ledger.ingest(forms).recorded == 1


@pytest.mark.parametrize(
    "altered",
    [
        "UPDATE view_documents SET document = 'x' || document",
        "UPDATE view_documents SET filings = filings || '1'",
        "UPDATE view_documents SET digest = ''",
    ],
)
def test_what_was_altered_of_a_known_document_is_named_and_taken_out_by_a_replay(
    ledger, tmp_path, read, altered
):
    forms = folder_of(tmp_path / "forms", 2)
    ledger.ingest(forms)
    assert verify(ledger).ok
    with ledger.view("documents").transaction() as transaction:
        transaction.execute(f"{altered} WHERE filings LIKE '%000002 %'")

    (problem,) = verify(ledger).problems
    assert "view_documents" in problem
    replay(ledger)
    assert verify(ledger).ok
    assert ledger.ingest(forms).already_recorded == 2
    assert read.call_count == 3


def test_what_was_read_as_a_format_that_was_said_is_not_taken_for_known(ledger, tmp_path, read):
    forms = folder_of(tmp_path / "forms", 1)
    ledger.ingest(forms, as_format="ownership-xml")
    ledger.ingest(forms)
    ledger.ingest(forms, as_format="ownership-xml")

    assert read.call_count == 3


def test_a_folder_of_more_than_fit_in_memory_is_read_in_its_order(tmp_path, monkeypatch):
    forms = folder_of(tmp_path / "forms", 7)
    whole = [document.name for document in documents.documents([forms])]
    monkeypatch.setattr(documents, "_AT_ONCE", 3)

    assert [document.name for document in documents.documents([forms])] == whole == sorted(whole)


def test_who_ingests_again_after_an_interrupt_goes_on_where_it_ended(ledger, tmp_path, read):
    forms = folder_of(tmp_path / "forms", 5)

    def interrupt(_):
        raise KeyboardInterrupt

    with mock.patch("ledger.ingestion.ingest._BATCH", 6), pytest.raises(KeyboardInterrupt):
        ledger.ingest(forms, progress=interrupt)
    here, before = ledger.head(), read.call_count
    assert here

    assert ledger.ingest(forms).already_recorded == before
    assert read.call_count == 5 + 1


def test_nothing_that_is_known_loads_a_reader(ledger, tmp_path, monkeypatch):
    forms = folder_of(tmp_path / "forms", 2)
    ledger.ingest(forms)
    monkeypatch.setattr("ledger.ingestion.reading._read_piece", pytest.fail)

    assert ledger.ingest(forms, jobs=2).already_recorded == 2
