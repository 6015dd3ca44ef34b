"""Ownership XML that the log has already is told by its bytes, and not parsed again."""

import zipfile
from unittest import mock

import pytest

from ledger import Ledger
from ledger.ingestion import reading
from ledger.readers.ownership_xml import reader as ownership_xml
from tests.filings import folder_of, xml


@pytest.fixture
def read(monkeypatch):
    """Counts the documents that a reader is given."""
    counting = mock.Mock(wraps=reading.read_forms)
    monkeypatch.setattr(reading, "read_forms", counting)
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
    monkeypatch.setattr("ledger.ingestion.unchanged.VERSION", ownership_xml.VERSION + 1)

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
