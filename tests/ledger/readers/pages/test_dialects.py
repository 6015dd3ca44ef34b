"""Words with boxes as other programs than Tesseract write them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.readers import read
from tests.scans import dialects
from tests.scans.paper import FOOT, TOP, table, tsv

SOLD = (
    *("Common Stock", "05/06/2019", "", "S", "", "61,402", "D", "$14.205", "985,544", "I"),
    "By Trust",
)
BOUGHT = (
    "Common Stock",
    "05/07/2019",
    "",
    "P",
    "",
    "1,200",
    "A",
    "$13.90",
    "986,744",
    "I",
    "By Trust",
)
HOLDING = ("Class B Common Stock", "", "", "", "", "", "", "", "40,250", "D", "")


def words(gap: int | None = None) -> list[dialects.Sheet]:
    """A page of two transactions and a holding, whose words stand in lines."""
    cells, _ = table([SOLD, BOUGHT, HOLDING])
    prints = sorted([*TOP, *cells, *FOOT], key=lambda one: (one.y, one.x))
    places = {one.y: at for at, one in enumerate(prints)}
    lines = {y: at for at, y in enumerate(sorted(places))}
    found = dialects.sheets_of(tsv(prints))
    sheet: list[dialects.Sheet] = [[[] for _ in lines]]
    for line in found[0]:
        for word in line:
            sheet[0][lines[word.bottom // 10]].append(word)
    if gap is None:
        return sheet
    cut: dialects.Sheet = []
    for line in sheet[0]:
        run: list[dialects.Box] = []
        for word in line:
            if run and word.left - run[-1].right > gap * (word.bottom - word.top):
                cut.append(run)
                run = []
            run.append(word)
        cut.append(run)
    return [cut]


def facts(document: bytes) -> tuple:
    """What a document states, but for how it was written."""
    filing = read(document, source="page").filing
    rows = [row.model_dump(exclude={"repairs", "printed"}) for row in filing.rows]
    return filing.form, filing.period, filing.issuer, filing.owners, filing.signatures, rows


@pytest.mark.parametrize("write", dialects.BY_WORD, ids=lambda write: write.__name__)
def test_every_dialect_that_places_words_is_read_alike(write):
    cells, _ = table([SOLD, BOUGHT, HOLDING])
    document = write(words())

    assert facts(document) == facts(tsv([*TOP, *cells, *FOOT]))
    assert len(read(document, source="page").filing.rows) == 3


@pytest.mark.parametrize("write", dialects.BY_LINE, ids=lambda write: write.__name__)
@pytest.mark.parametrize("gap", [None, 1], ids=["whole lines", "lines cut at gaps"])
def test_lines_whose_words_have_no_places_are_read_in_their_order(write, gap):
    first, second, third = read(write(words(gap)), source="page").filing.rows

    assert (first.code, first.shares, first.direction) == ("S", 61_402, "disposed")
    assert (first.price, first.shares_after) == (Decimal("14.205"), 985_544)
    assert (second.code, second.shares, second.shares_after) == ("P", 1_200, 986_744)
    assert (third.holding, third.shares_after, third.ownership) == (True, 40_250, "direct")


def test_a_page_counted_from_its_foot_is_read_alike():
    (sheet,) = words()
    flipped = [
        [word._replace(top=6_120 - word.bottom, bottom=6_120 - word.top) for word in line]
        for line in sheet
    ]
    swapped = [
        [word._replace(top=6_120 - word.top, bottom=6_120 - word.bottom) for word in line]
        for line in sheet
    ]

    assert facts(dialects.by_kraken([flipped])) == facts(dialects.by_kraken([sheet]))
    assert facts(dialects.by_kraken([swapped])) == facts(dialects.by_kraken([sheet]))


@pytest.mark.parametrize("write", [dialects.by_kraken, dialects.by_abbyy])
def test_the_least_sure_letter_tells_how_sure_a_program_was_of_a_figure(write):
    (sheet,) = words()
    doubted = [[w._replace(sure=40) if w.text == "61,402" else w for w in line] for line in sheet]
    (row, *_), (sure, *_) = (
        read(write([one]), source="page").filing.rows for one in (doubted, sheet)
    )

    assert "shares" in {repair.field for repair in row.repairs}
    assert "shares" not in {repair.field for repair in sure.repairs}


def test_one_share_for_every_word_says_nothing_of_any():
    (sheet,) = words()
    alike = [[word._replace(sure=0) for word in line] for line in sheet]

    assert facts(dialects.by_polygons([alike])) == facts(dialects.by_polygons([sheet]))
    (row, *_) = read(dialects.by_polygons([alike]), source="page").filing.rows
    assert not row.repairs


def test_words_outside_ascii_are_read_where_no_encoding_is_declared():
    document = dialects.by_kraken(words()).replace(b"By</span>", "Über</span>".encode())

    assert read(document, source="page").filing.rows[0].nature == "Über Trust"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_wide_encodings_are_read_alike(encoding):
    document = dialects.by_abbyy(words())
    written = document.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode(encoding)

    assert facts(written) == facts(document)


def test_a_word_divided_at_the_end_of_a_line_is_read_whole():
    document = dialects.in_inches(words())
    first = b'CONTENT="Trust" '
    halves = (
        b'CONTENT="Tr" SUBS_TYPE="HypPart1" SUBS_CONTENT="Trust" ',
        (
            b'<HYP CONTENT="-"/></TextLine><TextLine><String CONTENT="ust" SUBS_TYPE="HypPart2" '
            b'SUBS_CONTENT="Trust" HPOS="1" VPOS="1" WIDTH="9" HEIGHT="9"/>'
        ),
    )
    head, tail = document.split(first, 1)
    sides, rest = tail.split(b"/>", 1)
    divided = head + halves[0] + sides + b"/>" + halves[1] + rest

    assert facts(divided) == facts(document)


def test_what_has_no_place_is_told_and_where_nothing_has_one_the_document_is_set_aside():
    document = dialects.by_abbyy(words())
    without = re.sub(
        rb' HPOS="[\d.]+" VPOS="[\d.]+"( WIDTH="[\d.]+" HEIGHT="[\d.]+" WC)', rb"\1", document
    )
    one = document.replace(b"</Layout>", b'<String CONTENT="ASTRAY"/></Layout>')

    told = read(one, source="page").filing.repairs
    assert [(r.printed, r.effect) for r in told if r.field == "text"][-1] == ("ASTRAY", "set aside")
    unlined = re.sub(rb"<TextLine HPOS[^>]*>", b"<TextLine>", without)
    with pytest.raises(ReadError, match="without their places"):
        read(unlined, source="page")


@pytest.mark.parametrize(
    ("document", "named"),
    [
        (
            '<?xml version="1.0"?><PcGts xmlns="http://schema.primaresearch.org/PAGE"><Page/></PcGts>',
            "PAGE XML",
        ),
        (
            "<pc:PcGts><pc:Unicode>Section 16 issuer securities beneficial</pc:Unicode></pc:PcGts>",
            "PAGE XML",
        ),
        (
            (
                '<document xmlns="http://www.abbyy.com/FineReader_xml/FineReader10-schema-v1.xml">'
                "<line>Section 16 issuer securities beneficial</line></document>"
            ),
            "ABBYY",
        ),
        ("<DjVuXML><WORD>Section 16 issuer securities beneficial</WORD></DjVuXML>", "DjVu XML"),
    ],
)
def test_other_ways_to_place_words_are_set_aside_by_name(document, named):
    with pytest.raises(NotAnOwnershipForm, match=named) as refused:
        read(document.encode(), source="page")
    assert "hOCR or ALTO" in str(refused.value)
