"""Full submissions: the form among its exhibits, and what only the header knows."""

import hashlib
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given, settings

from ledger.errors import LedgerError, NotAnOwnershipForm, ReadError
from ledger.readers.ownership_xml import reader as ownership_xml
from ledger.readers.pieces import pieces
from ledger.readers.scan import reader as scanned
from ledger.readers.submission import reader
from ledger.readers.submission.header import header
from tests.damage import damaged
from tests.documents import owner, submission_text, transaction
from tests.documents import ownership_xml as form_xml

FORM = form_xml([transaction()], declaration='<?xml version="1.0"?>')


def reading(document=FORM, **said):
    return reader.read(submission_text(document, **said), source="sub.txt")


@pytest.mark.parametrize("style", ["labels", "tags", "feed"])
def test_every_style_of_header_says_the_same(style):
    found = reading(style=style, former=["OLD ACME INC", "OLDER ACME INC"], year_end="0630")
    filing = found.filing

    assert found.problems == ()
    assert (filing.accession, filing.filed_on) == ("0001000001-24-000007", date(2024, 5, 7))
    assert filing.accepted_at == datetime.fromisoformat("2024-05-07T20:30:05Z")
    assert filing.issuer.fiscal_year_end == "0630"
    assert filing.issuer.former_names == ("OLD ACME INC", "OLDER ACME INC")
    assert (filing.format, filing.known.basis) == ("submission", "acceptance")
    assert [r.shares for r in filing.rows] == [100]


@pytest.mark.parametrize("style", ["labels", "tags"])
def test_lines_that_end_as_in_a_letter_say_the_same(style):
    lines = submission_text(FORM, style=style, former=["OLD ACME INC"], year_end="0630")
    found = reader.read(lines.replace(b"\n", b"\r\n"), source="x")

    assert found.problems == ()
    assert found.filing.filed_on == date(2024, 5, 7)
    assert found.filing.issuer.fiscal_year_end == "0630"
    assert found.filing.issuer.former_names == ("OLD ACME INC",)


def test_a_form_is_what_holds_elements_not_what_an_exhibit_says_of_them():
    words = b"The words <ownershipDocument> and </ownershipDocument> stand in this sentence."
    said = submission_text(
        FORM, exhibits=[("EX-99", words), ("EX-99", b"see <ownershipDocument>.")]
    )

    assert pieces(said) == [said]
    assert len(pieces(submission_text(FORM, exhibits=[("4", FORM)]))) == 2
    assert len(pieces(submission_text(FORM, exhibits=[("4", FORM[:90])]))) == 2


def test_a_winter_acceptance_is_five_hours_from_utc():
    filing = reading(accepted="20240110235959").filing

    assert filing.accepted_at == datetime.fromisoformat("2024-01-11T04:59:59Z")


@pytest.mark.parametrize("accepted", [None, "20241399000000", "20240507250000", "2024"])
def test_without_an_acceptance_time_the_filing_date_is_what_was_known(accepted):
    filing = reading(accepted=accepted).filing

    assert filing.accepted_at is None
    assert filing.known.basis == "filing-date"


def test_the_same_xml_alone_and_in_a_submission_has_the_same_hash():
    alone = ownership_xml.read(FORM, source="x").filing

    assert reading().filing.sha256 == alone.sha256 == hashlib.sha256(FORM).hexdigest()


def test_the_reader_version_moves_with_either_reader():
    assert reading().filing.reader_version == reader.VERSION + ownership_xml.VERSION


def test_exhibits_are_passed_by_wherever_they_stand():
    picture = b"begin 644 logo.jpg\nM_]C_X``02D9)1@`!`0```0`!\n`\nend"
    page = b"<html><body>Power of attorney &nbsp; <DOCUMENTS> </TEXT> more</body></html>"
    found = reading(exhibits=[("GRAPHIC", picture), ("EX-24", page), ("EX-99", b"\xff\xfe\x00")])

    assert found.problems == ()
    assert len(found.filing.rows) == 1


def test_the_form_is_found_behind_its_exhibits():
    whole = submission_text(FORM, exhibits=[("EX-24", b"words")])
    first, _, rest = whole.partition(b"<DOCUMENT>")
    form, _, exhibit = rest.partition(b"<DOCUMENT>")
    payload = (
        first + b"<DOCUMENT>" + exhibit.replace(b"</SEC-DOCUMENT>", b"") + b"<DOCUMENT>" + form
    )

    assert len(reader.read(payload, source="x").filing.rows) == 1


def test_a_mail_wrapper_and_a_wide_encoding_are_taken_off():
    wrapper = b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n"
    wrapped = wrapper + submission_text(FORM) + b"-----END PRIVACY-ENHANCED MESSAGE-----\n"
    wide = submission_text(FORM).decode().encode("utf-16")

    for payload in (wrapped, wide):
        found = reader.read(payload, source="x")
        assert found.filing.accession == "0001000001-24-000007"
        assert len(found.filing.rows) == 1


def test_the_header_outranks_a_file_name_and_says_so():
    payload = submission_text(FORM)
    found = reader.read(payload, source="x", accession="0009999999-24-000001")

    assert found.filing.accession == "0001000001-24-000007"
    assert [(p.place, p.effect) for p in found.problems] == [("accession", "repaired")]


def test_what_the_document_lacks_is_inferred_from_the_header_and_recorded():
    document = form_xml(
        period=None,
        issuer={"issuerCik": None, "issuerName": None},
        owners=[owner(), owner(None, "ROE RICHARD")],
    )
    found = reading(document, owners=[("0001000002", "Roe, Richard"), ("0001000001", "DOE JANE")])

    assert found.filing.issuer.cik == "0002000001"
    assert found.filing.issuer.name == "ACME CORP"
    assert found.filing.period == date(2024, 5, 6)
    assert [o.cik for o in found.filing.owners] == ["0001000001", "0001000002"]
    assert {(p.place, p.effect) for p in found.problems} == {
        ("issuer cik", "inferred"),
        ("issuer name", "inferred"),
        ("period", "inferred"),
        ("owner 2 cik", "inferred"),
    }


def test_a_document_without_owners_takes_them_from_the_header():
    found = reading(form_xml(owners=[]))

    assert [(o.cik, o.name) for o in found.filing.owners] == [("0001000001", "DOE JANE")]
    assert [(p.place, p.effect) for p in found.problems] == [("owner 1 cik", "inferred")]


def test_the_only_owner_left_is_inferred_even_under_another_name():
    found = reading(form_xml(owners=[owner(None, "Doe-Roe Jane")]))

    assert found.filing.owners[0].cik == "0001000001"
    assert found.filing.owners[0].name == "Doe-Roe Jane"
    assert {(p.place, p.effect) for p in found.problems} == {
        ("owner 1 cik", "inferred"),
        ("owner 1 name", "row kept"),
    }


def test_an_owner_who_could_be_either_of_two_stays_unknown():
    found = reading(
        form_xml(owners=[owner(None, "A"), owner(None, "B")]),
        owners=[("0001000001", "C"), ("0001000002", "D")],
    )

    assert [o.cik for o in found.filing.owners] == [None, None]
    assert [p.effect for p in found.problems].count("field unknown") == 2
    assert [p.place for p in found.problems].count("owners") == 2


def test_where_header_and_document_differ_the_document_stands():
    found = reading(
        form_xml(form="4/A"),
        period="20240401",
        issuer=("0002000009", "OTHER CORP"),
        owners=[("0001000005", "SOMEONE ELSE")],
        former=["OLD OTHER"],
    )
    filing = found.filing

    assert (filing.form, filing.period) == ("4/A", date(2024, 5, 6))
    assert (filing.issuer.cik, filing.issuer.former_names) == ("0002000001", ())
    assert [o.cik for o in filing.owners] == ["0001000001"]
    assert {p.place for p in found.problems} == {
        *("form", "period", "issuer cik", "owner 1", "owners"),
    }
    assert {p.effect for p in found.problems} == {"row kept"}


def test_former_names_of_an_owner_are_kept():
    payload = submission_text(FORM).replace(
        b"ISSUER:", b"\tFORMER NAME:\t\n\t\tFORMER CONFORMED NAME:\tROE JANE\n\nISSUER:"
    )

    assert reader.read(payload, source="x").filing.owners[0].former_names == ("ROE JANE",)


def test_a_submission_of_another_form_is_named_and_refused():
    with pytest.raises(NotAnOwnershipForm, match="144"):
        reading(b"words", form="144", xml=False)


def test_a_header_alone_is_no_filing():
    payload = submission_text(FORM).partition(b"<DOCUMENT>")[0]

    with pytest.raises(ReadError, match="without its documents"):
        reader.read(payload, source="x")


def test_a_form_as_an_html_page_is_set_aside():
    with pytest.raises(ReadError, match="HTML"):
        reading(b"<html><body>Form 4</body></html>", xml=False)


def test_a_submission_cut_short_after_its_form_says_so():
    payload = submission_text(FORM, exhibits=[("EX-24", b"A power of attorney.")])
    found = reader.read(payload[: payload.index(b"attorney")], source="x")

    assert len(found.filing.rows) == 1
    assert [(p.place, p.effect) for p in found.problems] == [("submission", "row kept")]


def test_a_submission_cut_short_within_its_form_is_refused():
    payload = submission_text(FORM)

    with pytest.raises(ReadError, match="cut short"):
        reader.read(payload[: payload.index(b"</nonDerivativeTable>")], source="x")


def test_a_file_of_two_submissions_is_not_taken_for_one():
    found = reader.read(submission_text(FORM) * 2, source="x")

    assert [(p.place, p.effect) for p in found.problems] == [("submission", "set aside")]


def test_a_form_in_plain_text_is_read_as_scanned_and_named_by_the_header(monkeypatch):
    seen = []

    def read_text(payload, *, source, accession=None):
        seen.append((payload, accession))
        alone = form_xml(issuer={"issuerCik": None}, owners=[owner(None, "Doe, Jane")])
        return ownership_xml.read(alone, source=source, accession=accession)

    monkeypatch.setattr(scanned, "read", read_text)
    found = reading(b"FORM 4\nSTATEMENT OF CHANGES\n", xml=False)

    assert seen == [(b"FORM 4\nSTATEMENT OF CHANGES", "0001000001-24-000007")]
    assert found.filing.format == "submission"
    assert found.filing.issuer.cik == "0002000001"
    assert found.filing.owners[0].cik == "0001000001"
    assert {p.effect for p in found.problems} == {"inferred"}


def test_an_old_header_mixes_both_styles():
    found = header(
        "<SEC-DOCUMENT>0001000003-99-000004.txt : 19990310\n<SEC-HEADER>\n"
        "CONFORMED SUBMISSION TYPE:\t5\n\nSUBJECT COMPANY:\n\n\tCOMPANY DATA:\n"
        "\t\tCOMPANY CONFORMED NAME:\t\tACME CORP\n\t\tCENTRAL INDEX KEY:\t\t0002000001\n"
        "\t\tFISCAL YEAR END:\t\t1399\n"
        "<REPORTING-OWNER>\n\nCOMPANY DATA:\n\tCOMPANY CONFORMED NAME:\t\tDOE JANE\n"
        "\tCENTRAL INDEX KEY:\t\t0001000001\n<RELATIONSHIP>DIRECTOR\n</REPORTING-OWNER>\n"
    )

    assert (found.accession, found.form) == ("0001000003-99-000004", "5")
    assert found.issuer is not None
    assert (found.issuer.name, found.issuer.fiscal_year_end) == ("ACME CORP", None)
    assert [(o.cik, o.name) for o in found.owners] == [("0001000001", "DOE JANE")]


_SAMPLE = submission_text(FORM, exhibits=[("EX-24", b"words")])


@settings(max_examples=200, deadline=None)
@given(damaged(_SAMPLE, longest=30))
def test_no_damage_to_the_bytes_fails_in_any_other_way(payload):
    with suppress(LedgerError):
        reader.read(payload, source="x")
