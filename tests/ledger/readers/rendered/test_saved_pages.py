"""Renderings as people keep them: joined lines, and pictures written into the page."""

import re

import pytest

from ledger.errors import NotAnOwnershipForm
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


@pytest.mark.parametrize(
    "change",
    [
        lambda page: re.sub(rb"(?<=[A-Za-z.]) (?=[A-Za-z])", b"&nbsp;", page),
        lambda page: re.sub(rb"</?(?:html|head|body)>|<!DOCTYPE html>", b"", page).lstrip(),
    ],
    ids=["hard blanks", "no tags that may be left out"],
)
def test_a_page_is_known_by_its_form_however_its_frame_is_written(change):
    page = as_html(filing())

    changed = change(page)

    assert changed != page
    assert sniff(changed) == "html"


def test_a_web_archive_is_refused_with_what_to_do():
    page = (
        b"From: <Saved by Blink>\r\nSubject: SEC FORM 4\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\tboundary="----x"\r\n\r\n------x\r\n'
    )
    with pytest.raises(NotAnOwnershipForm) as refusal:
        read(page + as_html(filing()), source="form4.mhtml")

    assert "web archive" in refusal.value.what
    assert "save the page as HTML" in refusal.value.remedy
