"""Piles of paper: several forms in one document, and pages that belong to none of them."""

import pytest

from ledger.ingestion.ingest import ingest
from ledger.readers import read, read_forms
from ledger.store import Ledger
from tests.scans.paper import FOOT, TOP, Print, alto, hocr, pdf, table, tsv

pytest.importorskip("pdfminer")

LETTER = [
    Print(60, 90, "Messrs. Halloran and Partners"),
    Print(60, 120, "Dear Sirs, please find enclosed what we spoke about."),
]
POWER = [
    Print(60, 60, "POWER OF ATTORNEY"),
    Print(60, 90, "Know all by these presents that the undersigned appoints each of them to"),
    Print(60, 100, "(1) execute Forms 3, 4, and 5 in accordance with Section 16(a) of the Act;"),
    Print(60, 110, "(2) do and perform any and all acts that may be necessary."),
    Print(60, 140, "/s/ Noreen Halloran"),
]


def bought(shares, after):
    row = ("Common Stock", "05/06/2019", "", "P", "", shares, "A", "$14.205", after, "D", "")
    prints, rules = table([row])
    return [*TOP, *prints, *FOOT], rules


FIRST, SECOND = bought("1,200", "21,200"), bought("300", "21,500")
TURNED_OVER = [one for one in FIRST[0] if one not in FOOT], FIRST[1]
"""A form whose notes and signature stand on a second page."""


def as_pdf(*pages, **said):
    return pdf(*pages[0], *pages[1:], **said)


def as_text(*pages):
    rows = ({one.y: [o.text for o in prints if o.y == one.y] for one in prints} for prints in pages)
    return "\f".join("\n".join("\t".join(cells) for cells in row.values()) for row in rows).encode()


def words_of(written):
    return lambda *pages: written(*(prints for prints, _ in pages))


WAYS = pytest.mark.parametrize(
    "written",
    [as_pdf, *map(words_of, (tsv, hocr, alto, as_text))],
    ids=["PDF", "TSV", "hOCR", "ALTO", "text"],
)


def filings(payload):
    return [part.found.filing for part in read_forms(payload, source="pile")]


def told(filing, effect="set aside"):
    return {r.field: r.printed for r in filing.repairs if r.effect == effect}


@WAYS
def test_each_form_of_a_pile_is_found_at_its_own_first_page(written):
    parts = read_forms(written(FIRST, SECOND), source="pile")
    one, other = (part.found.filing for part in parts)

    assert [part.source for part in parts] == ["pile:page 1", "pile:page 2"]
    assert [one.rows[0].shares, other.rows[0].shares] == [1_200, 300]
    assert one.sha256 != other.sha256


JOINT = [
    Print(60, 60, "Joint Filer Information"),
    Print(60, 90, "Name of Joint Filer: Halloran Family Trust"),
    Print(60, 110, "Issuer Name and Ticker or Trading Symbol: ACME CORP [ACME]"),
    Print(60, 130, "Date of Earliest Transaction Required to be Reported: 05/06/2019"),
]


@WAYS
def test_a_page_about_joint_filers_is_no_form_of_its_own(written):
    parts = read_forms(written(FIRST, (JOINT, [])), source="pile", accession="0001000001-19-000001")

    assert [part.found.filing.accession for part in parts] == ["0001000001-19-000001"]


BOX = Print(60, 150, "1. Name and Address of Reporting Person*")
FURTHER = [
    Print(30, 30, "Issuer Name and Ticker or Trading Symbol: Saltmarsh Cable Corp [ SCC ]"),
    Print(30, 50, "Date of Earliest Transaction: 05/06/2019"),
]


@WAYS
@pytest.mark.parametrize("behind", ["an owner's box", "a table that goes on"])
def test_a_page_behind_a_form_that_names_issuer_and_day_again_begins_no_other(written, behind):
    prints, rules = table([("Common Stock", "", "", "", "", "", "", "", "4,000", "D", "")])
    page = ([*JOINT, BOX], []) if "box" in behind else ([*FURTHER, *prints], rules)
    name = "0001000001-19-000001"

    (part,) = read_forms(written(TURNED_OVER, page), source="pile", accession=name)

    assert part.found.filing.accession == name
    assert part.found.filing.rows[0].shares == 1_200


@WAYS
def test_a_first_page_that_lost_its_heading_of_the_table_or_of_the_owner_begins_all_the_same(
    written,
):
    bare = [one for one in SECOND[0] if "Name and Address" not in one.text]

    assert [filing.rows[0].shares for filing in filings(written(FIRST, (bare, SECOND[1])))] == [
        *(1_200, 300)
    ]


def test_the_accession_number_names_the_only_form_of_a_pile_that_has_lines_or_a_signature():
    blank = [one for one in TOP if not one.text.startswith("Table I")]
    sheet = [*blank, Print(30, 160, "Table I - Non-Derivative Securities Beneficially Owned")]
    name = "0001000001-19-000001"

    parts = read_forms(as_pdf((sheet, []), FIRST), source="pile.pdf", accession=name)

    assert [part.found.filing.accession for part in parts] == [None, name]


@WAYS
def test_a_page_of_nothing_that_belongs_is_said_and_left_out(written):
    one, other = filings(written((LETTER, []), FIRST, (POWER, []), SECOND))

    assert set(told(one)) == {"page 1", "page 3"}
    assert told(one)["page 3"].startswith("POWER OF ATTORNEY")
    assert told(other) == {}
    assert [len(filing.rows) for filing in (one, other)] == [1, 1]


@WAYS
def test_a_form_goes_on_over_its_pages_to_the_signature(written):
    (one,) = filings(written(TURNED_OVER, (list(FOOT), [])))

    assert len(one.footnotes) == 2
    assert one.signatures[0].signed_on.isoformat() == "2019-05-07"
    assert told(one) == {}


def test_a_single_form_keeps_the_hash_of_its_document_and_its_accession_number():
    alone, first = as_pdf(FIRST), as_pdf(FIRST, SECOND)
    name = "0001209191-19-000001"
    (part,) = read_forms(alone, source="form.pdf", accession=name)
    several = read_forms(first, source="pile.pdf", accession=name)

    assert (part.source, part.found.filing.accession) == ("form.pdf", name)
    assert [part.found.filing.accession for part in several] == [None, None]


def test_asked_for_one_form_of_a_pile_the_first_is_given_and_the_others_are_said():
    filing = read(as_pdf(FIRST, SECOND), source="pile.pdf").filing

    assert filing.rows[0].shares == 1_200
    assert "document" in told(filing)


def test_an_empty_page_is_said():
    (one,) = filings(as_pdf(FIRST, ([], [])))

    assert told(one) == {"page 2": ""}


def test_all_forms_of_a_pile_are_recorded_once(tmp_path):
    (tmp_path / "pile.pdf").write_bytes(as_pdf(FIRST, (LETTER, []), SECOND))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        done = ingest(ledger, [tmp_path / "pile.pdf"])
        again = ingest(ledger, [tmp_path / "pile.pdf"])

    assert (done.recorded, done.rows, done.set_aside) == (2, 2, ())
    assert [p.place for p in done.problems if p.effect == "set aside"] == ["page 2"]
    assert (again.recorded, again.already_recorded) == (0, 2)


def test_one_form_of_a_pile_that_cannot_be_read_takes_no_other_with_it(tmp_path):
    torn = [one for one in FIRST[0] if "CHANGES" not in one.text and "FORM" not in one.text]
    torn = [one._replace(text=one.text.replace("Earliest Transaction", "")) for one in torn]
    (tmp_path / "pile.pdf").write_bytes(as_pdf((torn, FIRST[1]), SECOND))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        done = ingest(ledger, [tmp_path / "pile.pdf"])

    assert done.recorded + len(done.set_aside) == 2
    assert done.recorded >= 1
