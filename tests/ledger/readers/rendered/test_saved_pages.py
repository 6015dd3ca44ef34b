"""Renderings as people keep them: joined lines, and pictures written into the page."""

from ledger.filing import Footnote
from ledger.readers import read, sniff
from tests.filings import filing
from tests.simulator.renderings import as_html


def test_remarks_without_a_line_of_their_own_are_found_behind_the_last_note():
    said = filing(
        footnotes=(Footnote(id="F1", text="A gift. See Remarks: below."),), remarks="Exhibit 24."
    )
    page = as_html(said).decode()
    between = page[page.index("below.") + len("below.") : page.index("Exhibit 24.")]

    joined = read(page.replace(between, " Remarks: ", 1).encode(), source="page.html").filing

    assert joined.footnotes[0].text == "A gift. See Remarks: below."
    assert joined.remarks == "Exhibit 24."
    assert [repair.field for repair in joined.repairs if repair.field == "remarks"] == ["remarks"]


def test_a_page_with_its_pictures_written_into_it_is_a_page_all_the_same():
    said = filing()
    page, picture = as_html(said), b'<img src="data:image/png;base64,' + b"QUJD" * 40_000 + b'">'

    assert sniff(page.replace(b"<body>", b"<body>" + picture)) == "html"
    assert sniff(page.replace(b"</head>", picture + b"</head>")) == "html"
    assert sniff(b"<html><body>" + picture + b"</body></html>") is None
