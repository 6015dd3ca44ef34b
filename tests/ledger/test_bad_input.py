"""Bad input: each damaged thing is named, with its place and a remedy, and takes nothing with it."""

from __future__ import annotations

import base64
import io
import os
import zipfile
from pathlib import Path
from unittest import mock

import pytest

from ledger.errors import ReadError
from ledger.ingestion.ingest import SetAside
from ledger.ingestion.table_sets import Measured
from ledger.readers import read
from tests.documents import holding, ownership_xml, submission_text, transaction
from tests.filings import filing, folder_of
from tests.simulator.quarters import as_folder, quarter

FORM = ownership_xml(rows=[transaction(), holding()])
LINES = FORM.replace(b"><", b">\n<")
EDGAR = b"<edgarSubmission><submissionType>4</submissionType>%b</edgarSubmission>"
ENCLOSED = (
    b"<edgarDocument><documentType>4</documentType>"
    b"<documentMimeBlock>%b</documentMimeBlock></edgarDocument>"
)


def packed(*members, **how):
    """A zip of these (name, content) pairs."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, **how)
    return whole.getvalue()


NESTED = packed(("1.zip", packed(("2.zip", packed(("3.zip", packed(("a", FORM))))))))
DAMAGED = {
    "empty.xml": (b"", "", "an empty file", "fetch it again"),
    "blank.xml": (b" \n\x00", "", "an empty file", "fetch it again"),
    "picture.xml": (b"GIF89a" + bytes(40), "", "a picture", "give ownership XML"),
    "noise.xml": (bytes(range(256)) * 9, "", "binary data", "give ownership XML"),
    "letter.txt": (b"Dear Sir or Madam", "", "nothing of such a form", "give ownership XML"),
    "torn.xml": (LINES[: len(LINES) // 2], "line ", "cut short", "fetch the whole file again"),
    "torn-early.xml": (b"<ownershipDocument", "line 1", "cut short", "fetch the whole file again"),
    "wide.xml": (
        FORM.decode().encode("utf-16")[:600],
        "line ",
        "cut short",
        "fetch the whole file again",
    ),
    "entities.xml": (
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + FORM.partition(b"?>")[2],
        "",
        "carries a document type",
        "fetch the XML from EDGAR again",
    ),
    "deep.xml": (
        b"<ownershipDocument>" + b"<a>" * 400 + b"</a>" * 400 + b"</ownershipDocument>",
        "line 1",
        "beyond the limits",
        "fetch the filing's own XML",
    ),
    "other-form.xml": (
        FORM.replace(b"<documentType>4<", b"<documentType>144<"),
        "documentType",
        "'144'",
        "only Forms 3, 4 and 5",
    ),
    "mime.xml": (EDGAR % (ENCLOSED % b"#!"), "documentMimeBlock", "base64", "give the XML"),
    "mime-torn.xml": (
        EDGAR % (ENCLOSED % base64.b64encode(LINES[:200])),
        "line ",
        "cut short",
        "fetch the whole file again",
    ),
    "torn-submission.txt": (
        submission_text(LINES[: len(LINES) // 2]),
        "document 1, line ",
        "cut short",
        "fetch the whole file again",
    ),
    "header-alone.txt": (
        submission_text(FORM).partition(b"<DOCUMENT>")[0],
        "",
        "without its documents",
        "fetch the full submission text",
    ),
    "page.txt": (
        submission_text(b"<html><body>Form 4</body></html>", xml=False),
        "document 1",
        "an HTML page",
        "give its text",
    ),
    "torn.zip": (packed(("a.xml", FORM))[:200], "", "a damaged archive", "fetch the archive again"),
    "bomb.zip": (packed(("b.xml", bytes(9_000_000))), "", "its packed size", "unpack it first"),
    "nested.zip": (NESTED, "", "an archive within 3 others", "unpack it"),
    "office.docx": (packed(("a.xml", FORM)), "", "a zip archive or an office", "unpack it first"),
    "gz.xml": (b"\x1f\x8b\x08" + bytes(30), "", "a gzip archive", "unpack it first"),
}


def left_out_beside_good_ones(ledger, folder):
    """The only thing set aside of a folder that also holds three sound forms, all recorded."""
    folder_of(folder, 3)
    report = ledger.ingest(folder)
    assert report.recorded == 3
    assert ledger.verify().ok
    assert [p.source for p in report.problems if p.effect == "set aside"] == [
        item.source for item in report.set_aside
    ]
    (item,) = report.set_aside
    return item


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_named_with_its_place_and_a_remedy(ledger, tmp_path, name):
    content, place, what, remedy = DAMAGED[name]
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / name).write_bytes(content)

    item = left_out_beside_good_ones(ledger, folder)

    assert item.source.startswith(str(folder / name))
    assert item.place.startswith(place)
    assert bool(item.place) == bool(place)
    assert what in item.reason
    assert f"; {remedy}" in item.reason


def test_a_file_too_large_for_any_form_is_never_read_whole(ledger, tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    with (folder / "huge.xml").open("wb") as file:
        file.truncate(2**40)

    item = left_out_beside_good_ones(ledger, folder)

    told = "larger than 50 MB; no ownership form is that large: check what it is"
    assert item == SetAside(str(folder / "huge.xml"), told)


@pytest.mark.parametrize("at", [0, 9_999], ids=["written over", "grows"])
def test_a_file_that_is_written_to_while_it_is_read_is_set_aside(ledger, tmp_path, at):
    form = folder_of(tmp_path / "inbox", 1) / "0000000001-04-000001.xml"
    os.utime(form, (1_700_000_000, 1_700_000_000))
    whole, reading = form.read_bytes(), os.read

    def read(handle, most):
        found = reading(handle, most)
        if os.fstat(handle).st_mtime == 1_700_000_000:
            with form.open("r+b") as file:
                file.seek(min(at, len(whole)))
                file.write(b"<!-- -->")
        return found

    with mock.patch("ledger.ingestion.document.os.read", read):
        (item,) = ledger.ingest(form).set_aside

    told = "written to while it was read; ingest it again once it is written"
    assert item == SetAside(str(form), told)
    assert ledger.head() == 0
    form.write_bytes(whole)
    assert ledger.ingest(form).recorded == 1


def test_a_data_set_that_is_written_to_while_it_is_read_is_set_aside_whole(ledger, tmp_path):
    tables = quarter([filing(number) for number in (1, 2)])
    folder = as_folder(tables, tmp_path / "2004q3")
    reading = Measured.readline

    def readline(table, limit):
        os.utime(folder / "SUBMISSION.tsv")
        return reading(table, limit)

    with mock.patch.object(Measured, "readline", readline):
        (item,) = ledger.ingest(folder).set_aside

    assert item.source == str(folder)
    assert "written to while it was read" in item.reason
    assert ledger.head() == 0
    assert ledger.ingest(folder).recorded == 2


def test_a_link_to_nothing_is_said_to_be_one(ledger, tmp_path):
    link = tmp_path / "gone.xml"
    link.symlink_to(tmp_path / "nowhere")

    (item,) = ledger.ingest(link).set_aside

    told = "a symbolic link to nothing (no such file or directory); mend the link"
    assert item == SetAside(str(link), told)


def test_a_pipe_is_not_waited_for(ledger, tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    os.mkfifo(folder / "pipe.xml")

    item = left_out_beside_good_ones(ledger, folder)

    assert "so it is not opened; save what it holds in a file" in item.reason


def test_a_folder_closed_to_us_costs_only_itself(ledger, tmp_path, monkeypatch):
    folder = tmp_path / "inbox"
    (folder / "closed").mkdir(parents=True)
    listed = os.scandir

    def refuses(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuses)

    item = left_out_beside_good_ones(ledger, folder)

    told = "permission denied; allow this user to read it, or run this as one who may"
    assert item == SetAside(str(folder / "closed"), told)


def test_a_file_that_says_a_wrong_encoding_is_recorded_and_the_repair_says_so(ledger, tmp_path):
    form = FORM.replace(b"Common Stock", "Común".encode()).partition(b"?>")[2]
    path = tmp_path / "latin.xml"
    path.write_bytes(b'<?xml version="1.0" encoding="ascii"?>' + form)

    report = ledger.ingest(path)

    assert (report.recorded, report.set_aside) == (1, ())
    assert "declared as ascii, read as UTF-8" in {problem.problem for problem in report.problems}


def test_no_reader_fails_without_a_place_to_look_and_something_to_do():
    rows = "".join(transaction() for _ in range(10_001))
    with pytest.raises(ReadError) as error:
        read(ownership_xml(rows=[rows]), source="a:b.xml")

    assert (error.value.place("a:b.xml"), error.value.what) == ("table I", "more than 10,000 rows")
    assert error.value.remedy == "no ownership form holds so much: check what this file is"
