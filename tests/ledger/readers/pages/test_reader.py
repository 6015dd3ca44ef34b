"""Forms as pages: words with boxes, and ruling lines where there are any."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.readers import read, sniff
from ledger.readers.pages import apart, reader
from ledger.readers.pages.apart import Told
from ledger.readers.pages.page import Page
from ledger.readers.pages.pdf import Unreadable
from ledger.readers.pages.word_boxes import pages_of
from ledger.readers.pages.worker import Clock, answer
from tests.scans.paper import FOOT, TOP, alto, hocr, pdf, table, tsv

SOLD = (
    *(["Class B", "Preferred Stock"], "05/06/2019", "", "S", "", "61,402", "D"),
    *(("$14.205", "(1)"), ("985,544", "(2)"), "I", ["By Halloran", "Family Trust"]),
)
HELD = ("Class A Stock", "", "", "", "", "", "", "", "7,300", "D", "")
PLAIN = (
    *("Common Stock", "05/06/2019", "", "S", "", "61,402", "D", "$14.205(1)", "985,544", "I"),
    "By Trust",
)


def page(*rows):
    prints, rules = table(list(rows))
    return [*TOP, *prints, *FOOT], rules


def effects(row):
    return {repair.field: repair.effect for repair in row.repairs}


@pytest.fixture(scope="module")
def drawn():
    pytest.importorskip("pdfminer")
    return read(pdf(*page(SOLD, HELD)), source="form.pdf").filing


def test_a_pdf_is_read_by_the_cells_that_its_lines_rule(drawn):
    first, second = drawn.rows

    assert (first.security, first.nature) == ("Class B Preferred Stock", "By Halloran Family Trust")
    assert (first.shares, first.direction, first.code) == (61_402, "disposed", "S")
    assert (first.effective_on, first.ownership) == (date(2019, 5, 6), "indirect")
    assert (second.holding, second.shares_after, second.ownership) == (True, 7_300, "direct")
    assert effects(first) == effects(second) == {}


def test_a_mark_raised_behind_a_figure_is_a_note_and_no_last_digit(drawn):
    first, _ = drawn.rows

    assert (first.price, first.shares_after) == (Decimal("14.205"), 985_544)
    assert first.cited == {"price": ("1",), "shares_after": ("2",)}


def test_a_bare_digit_that_stands_raised_is_a_note_too():
    pytest.importorskip("pdfminer")
    bare = (*SOLD[:7], ("$14.20", "1"), ("985,544", "1"), "D", "")
    (row,) = read(pdf(*page(bare)), source="form.pdf").filing.rows

    assert (row.price, row.shares_after) == (Decimal("14.20"), 985_544)
    assert row.cited == {"price": ("1",), "shares_after": ("1",)}


def test_a_small_digit_alone_in_its_cell_is_a_note_and_no_price():
    pytest.importorskip("pdfminer")
    given = (*SOLD[:7], ("", "1"), *SOLD[8:])
    (row,) = read(pdf(*page(given)), source="form.pdf").filing.rows

    assert row.price is None
    assert row.cited["price"] == ("1",)


def test_the_boxes_above_the_tables_are_read_from_a_pdf_too(drawn):
    assert (drawn.form, drawn.period) == ("4", date(2019, 5, 6))
    assert (drawn.issuer.name, drawn.issuer.symbol) == ("Saltmarsh Cable Corp", "SCC")
    assert (drawn.owners[0].name, drawn.owners[0].director) == ("HALLORAN NOREEN", True)
    assert drawn.signatures[0].signed_on == date(2019, 5, 7)


def test_which_program_read_a_pdf_is_part_of_what_is_told(drawn):
    (told,) = (repair for repair in drawn.repairs if repair.field == "text")

    assert "pdfminer.six" in told.why


@pytest.mark.parametrize("written", [tsv, hocr, alto])
def test_words_with_boxes_are_read_by_where_they_stand(written):
    prints, _ = page(PLAIN)
    document = written(prints)
    (row,) = read(document, source="page").filing.rows

    assert sniff(document) == "scanned"
    assert (row.security, row.shares, row.code) == ("Common Stock", 61_402, "S")
    assert (row.price, row.shares_after) == (Decimal("14.205"), 985_544)
    assert (row.ownership, row.nature) == ("indirect", "By Trust")


def test_words_before_any_mark_of_a_page_are_on_the_first():
    early = b"<body><span class='ocrx_word' title='bbox 10 10 90 30'>EARLY</span>"
    document = hocr(page(PLAIN)[0]).replace(b"<body>", early)

    (first,), *_ = pages_of(document, "hocr", source="page")

    assert {"EARLY", "61,402"} <= {word.text for word in first.words}


def test_words_of_alto_outside_any_page_are_on_the_first():
    early = b'<String CONTENT="EARLY" HPOS="10" VPOS="10" WIDTH="80" HEIGHT="20"/><Layout>'
    document = alto(page(PLAIN)[0]).replace(b"<Layout>", early, 1)
    assert early in document

    first, *_ = pages_of(document, "alto", source="page")[0]

    assert {"EARLY", "61,402"} <= {word.text for word in first.words}


def test_words_under_a_cell_belong_to_it_where_boxes_are_measured():
    prints, _ = page((*(["Class B", "Preferred Stock"],), *PLAIN[1:10], ["By Halloran", "Trust"]))
    (row,) = read(tsv(prints), source="page").filing.rows

    assert (row.security, row.nature) == ("Class B Preferred Stock", "By Halloran Trust")


@pytest.mark.parametrize(
    "extra",
    [
        "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
        "/OpenAction << /S /Launch /F (touch.sh) >>",
        "/AA << /WC << /S /URI /URI (http://example.org/) >> >>",
        "/Names << /EmbeddedFiles << /Names [(more.pdf) << /F (more.pdf) >>] >> >>",
        "/AcroForm << /XFA [(form) 99 0 R] >>",
    ],
    ids=["a script", "a program", "an address", "an attachment", "a form to fill in"],
)
def test_a_pdf_with_scripts_and_attachments_is_read_as_paper(extra):
    pytest.importorskip("pdfminer")
    filing = read(pdf(*page(HELD), extra=extra), source="form.pdf").filing

    assert filing.rows[0].shares_after == 7_300


def test_a_pdf_that_asks_for_a_password_is_set_aside_with_a_word():
    pytest.importorskip("pdfminer")
    lock = f"/V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}>"
    locked = pdf(*page(HELD), trailer=f"/Encrypt << /Filter /Standard {lock} >> /ID [<00> <00>]")
    with pytest.raises(ReadError, match="asks for a password") as refusal:
        read(locked, source="form.pdf")

    assert "without one" in refusal.value.remedy


@pytest.mark.parametrize(
    "payload",
    [b"%PDF-1.7\n", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog", pdf(*page(HELD))[:900]],
)
def test_a_damaged_pdf_is_refused_with_a_remedy(payload):
    pytest.importorskip("pdfminer")
    with pytest.raises(ReadError) as refusal:
        read(payload, source="form.pdf")

    assert refusal.value.remedy


def test_a_pdf_without_words_says_what_would_help():
    pytest.importorskip("pdfminer")
    with pytest.raises(ReadError, match="without any words"):
        read(pdf([], []), source="form.pdf")


def test_without_the_extra_a_pdf_is_refused_with_the_command_that_would_help(monkeypatch):
    monkeypatch.setattr(apart, "find_spec", lambda name: None)
    with pytest.raises(NotAnOwnershipForm) as refusal:
        read(pdf(*page(HELD)), source="form.pdf")

    assert "pip install" in refusal.value.remedy


def test_a_picture_among_the_pages_that_nothing_read_is_said(monkeypatch):
    (words,), *_ = pages_of(tsv(page(PLAIN)[0]), "tsv", source="page")
    told = Told((words._replace(exact=True), Page((), exact=False)), "pdfminer.six")
    monkeypatch.setattr(reader, "pages_apart", lambda *_, **__: told)

    ((_, found),) = reader.read(b"", "pdf", source="form.pdf")

    (problem,) = [p for p in found.problems if "nothing was read" in p.problem]
    assert problem.effect == "field unknown"
    assert "page 2 is a picture" in problem.problem
    assert len(found.filing.rows) == 1


def test_a_document_that_takes_too_long_is_refused(monkeypatch):
    pytest.importorskip("pdfminer")
    monkeypatch.setattr(apart, "SECONDS", 0)
    with pytest.raises(ReadError, match="not read within"):
        read(pdf(*page(HELD)), source="form.pdf")


def compute():
    """Takes the processor's time, and never ends by itself."""
    while True:
        pass


def test_the_clock_rings_while_a_document_is_being_read():
    with Clock(1) as clock:
        clock.start()
        with pytest.raises(Unreadable, match="not read within 1 seconds"):
            compute()


def test_the_clock_counts_no_time_in_which_others_have_the_processor():
    with Clock(1) as clock:
        clock.start()
        assert not threading.Event().wait(1.5)


def test_the_clock_is_silent_once_there_is_an_answer():
    pytest.importorskip("pdfminer")
    with Clock(0) as clock:
        assert "not read within" in answer("pdf", pdf(*page(HELD)), clock).problem
        assert not threading.Event().wait(1.2)


def unsure(document, word, how):
    """A document in which the program was that sure of one word."""
    lines = document.decode().split("\n")
    return "\n".join(
        line.replace("96.1", how) if line.endswith(f"\t{word}") else line for line in lines
    ).encode()


def test_a_figure_of_which_the_program_was_not_sure_is_doubtful_unless_printed_again():
    prints, _ = page(PLAIN)
    twice, _ = page(PLAIN, ("Common Stock", *[""] * 7, "985,544", "I", "By Spouse"))

    sure = read(tsv(prints), source="form.tsv").filing.rows[0]
    doubted = read(unsure(tsv(prints), "985,544", "48.2"), source="form.tsv").filing.rows[0]
    again = read(unsure(tsv(twice), "985,544", "48.2"), source="form.tsv").filing.rows[0]

    assert (sure.shares_after, again.shares_after) == (985_544, 985_544)
    assert (doubted.shares, doubted.shares_after) == (61_402, 985_544)
    told = [{r.field: r.effect for r in one.repairs}.get("shares_after") for one in (sure, doubted)]
    assert told == [None, "doubtful"]


def test_every_kind_of_word_boxes_says_how_sure_its_program_was():
    prints, _ = page(PLAIN)
    of_html = hocr(prints).replace(b"x_wconf 96'>985,544", b"x_wconf 48'>985,544")
    of_xml = alto(prints).replace(b'CONTENT="985,544"', b'CONTENT="985,544" WC="0.48"')

    for document, source in ((of_html, "form.hocr"), (of_xml, "form.xml")):
        found = read(document, source=source).filing.rows[0]
        assert {r.field: r.effect for r in found.repairs}["shares_after"] == "doubtful"


@pytest.mark.parametrize("printed", ["[985,544", "985,544|"])
def test_a_figure_that_a_ruled_line_ran_into_is_doubtful_unless_printed_apart_from_it(printed):
    """The digit beside the line may be another: a fourth of such figures, and more, are misread."""
    prints, _ = page(PLAIN)
    twice, _ = page(PLAIN, ("Common Stock", *[""] * 7, "985,544", "I", "By Spouse"))
    struck = tsv(prints).replace(b"\t985,544", f"\t{printed}".encode())
    beside = tsv(twice).replace(b"\t985,544", f"\t{printed}".encode(), 1)

    found = read(struck, source="form.tsv").filing.rows[0]
    apart = read(beside, source="form.tsv").filing.rows[0]

    assert (found.shares_after, effects(found)["shares_after"]) == (985_544, "doubtful")
    assert (apart.shares_after, "shares_after" in effects(apart)) == (985_544, False)


def test_a_high_box_that_begins_with_a_1_may_hold_the_line_of_its_cell():
    """Where the program was sure of it all the same, it is a 1."""
    prints, _ = page(PLAIN, HELD)
    lined = tsv(prints).replace(b"\t985,544", b"\t185,544").decode().split("\n")
    at = next(at for at, line in enumerate(lined) if line.endswith("\t185,544"))

    def told(high, sure):
        cells = lined[at].split("\t")
        cells[9], cells[10] = str(int(cells[9]) * high), sure
        form = "\n".join([*lined[:at], "\t".join(cells), *lined[at + 1 :]]).encode()
        return effects(read(form, source="form.tsv").filing.rows[0]).get("shares_after")

    assert [told(2, "75.0"), told(2, "96.0"), told(1, "75.0")] == ["doubtful", None, None]
