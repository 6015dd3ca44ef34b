"""The one door: what each document is told to be, and what is said of the rest."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, NotAnOwnershipForm, ReadError
from ledger.readers import read, sniff
from tests.documents import ownership_xml, submission_text, transaction

XML = ownership_xml([transaction()])
SCAN = (
    b"FORM 4\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n"
    b"Filed pursuant to Section 16(a)\n1. Name of Reporting Person\n2. Issuer Name\n"
)


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (XML, "ownership-xml"),
        (b"\n\n" + XML, "ownership-xml"),
        (b"<!-- kept --><?p?>" + ownership_xml(declaration=""), "ownership-xml"),
        (b"<XML>" + ownership_xml(declaration="") + b"</XML>", "ownership-xml"),
        (ownership_xml(declaration="", encoding="utf-16"), "ownership-xml"),
        (ownership_xml(encoding="utf-8-sig"), "ownership-xml"),
        (submission_text(XML), "submission"),
        (submission_text(XML, style="tags"), "submission"),
        (submission_text(XML, style="feed"), "submission"),
        (submission_text(XML).partition(b"<DOCUMENT>")[0], "submission"),
        (b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n" + submission_text(XML), "submission"),
        (SCAN, "scanned"),
        (SCAN.decode().encode("utf-16"), "scanned"),
        (b"<table><tr><td>" + SCAN, "scanned"),
    ],
)
def test_a_format_is_told_from_the_content(payload, expected):
    assert sniff(payload) == expected


@pytest.mark.parametrize(
    ("payload", "what"),
    [
        (b"", "an empty file"),
        (b" \r\n\x00", "an empty file"),
        (b"x", "nothing of such a form"),
        (b"PK\x03\x04" + bytes(30), "a zip archive"),
        (b"\x1f\x8b\x08" + bytes(30), "a gzip archive"),
        (bytes(range(256)), "binary data"),
        (b"<html><body>Section 16 securities of the issuer</body></html>", "an HTML page"),
        (b"\n<!DOCTYPE html PUBLIC '-//W3C//DTD HTML 4.01'>\n<html>", "an HTML page"),
        (b"<?xml version='1.0'?><xs:schema/>", "XML of another kind"),
        (b"<edgarSubmission><submissionType>144</submissionType>", "form type '144'"),
        (b"ACCESSION_NUMBER\tFILING_DATE\n", "Data Sets"),
        (b'{"section 16": "non-derivative securities of the issuer"}', "JSON"),
        (b'[ {"section 16": "non-derivative securities of the issuer"} ]', "JSON"),
        (b'["section 16", "non-derivative securities of the issuer"]', "JSON"),
        (b"Dear Sir or Madam, thank you for your letter.", "nothing of such a form"),
    ],
)
def test_anything_else_is_refused_by_name_with_a_remedy(payload, what):
    assert sniff(payload) is None
    with pytest.raises(NotAnOwnershipForm) as refusal:
        read(payload, source="inbox/thing")

    assert what in str(refusal.value)
    assert str(refusal.value).startswith("inbox/thing: not a Form 3, 4 or 5")
    assert refusal.value.remedy.split()[0] in {"give", "fetch", "unpack"}


def test_a_bracket_and_a_quotation_mark_that_a_line_was_read_as_begin_no_json():
    told = (
        "FORM 4\nSection 16 of the Securities Exchange Act: non-derivative securities of the issuer"
    )

    assert sniff(f'["_OMB APPROVAL ]\n{told}'.encode()) == sniff(told.encode()) == "scanned"


def test_a_document_goes_to_the_reader_of_its_format():
    alone = read(XML, source="a.xml", accession="0001000001-24-000007").filing
    whole = read(submission_text(XML), source="a.txt").filing

    assert (alone.format, whole.format) == ("ownership-xml", "submission")
    assert alone.rows == whole.rows
    assert alone.accession == whole.accession


def test_a_format_can_be_insisted_on():
    with pytest.raises(NotAnOwnershipForm, match="not XML"):
        read(SCAN, source="x", as_format="ownership-xml")


def test_a_file_beyond_the_limit_is_refused_unread():
    with pytest.raises(ReadError, match="50 MB"):
        read(bytes(50 * 1024 * 1024 + 1), source="x")


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_fail_in_any_other_way(payload):
    with suppress(LedgerError):
        read(payload, source="x")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-32", "cp1252"]))
def test_no_text_fails_in_any_other_way(text, encoding):
    with suppress(LedgerError):
        read(text.encode(encoding, "ignore"), source="x")
