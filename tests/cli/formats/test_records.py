"""Answers for other programs: exact, and harmless to open."""

import csv
import io
import json

import pytest

from cli.formats.markup import HTML_LINK, MARKDOWN_LINK, Linked, write_html, write_markdown
from cli.formats.records import write_csv, write_json, write_ndjson
from cli.reports.blocks import Grid, Heading, Paragraph, Row, columns
from cli.reports.report import Report, fields
from projections.answers import Plain, Worst, plain_json


def report(*records, said="security shares:quantity day:day owners.name:text[]", **more):
    document = {"schema": "ledger.test/1", "as_of": None, "lines": iter(records), **more}
    return Report(document, iter(records), fields(said), lambda: ())


def text_of(write, *arguments, **options):
    stream = io.StringIO()
    write(*arguments, stream, **options)
    return stream.getvalue()


def csv_of(*records, raw=False):
    return list(csv.reader(io.StringIO(text_of(write_csv, report(*records), raw=raw), newline="")))


def test_json_begins_with_its_schema_and_streams_its_records():
    written = text_of(write_json, report({"shares": "100"}, {"shares": None}))

    assert list(json.loads(written)) == ["schema", "as_of", "lines"]
    assert json.loads(written)["lines"] == [{"shares": "100"}, {"shares": None}]
    assert text_of(write_json, report()).endswith('"lines": []\n}\n')


def test_parts_that_are_made_when_asked_for_are_written_as_a_list_of_them_is():
    parts = (Worst("GAP", "major", "open"), Worst("ROUNDING", "minor", "accepted"))

    for some in (parts, parts[:1], ()):
        assert [*Plain(some)] == [plain_json(one) for one in some]
        assert text_of(write_json, report(told=Plain(some))) == text_of(
            write_json, report(told=[plain_json(one) for one in some])
        )


def test_ndjson_is_one_record_a_line():
    assert text_of(write_ndjson, report({"a": "1"}, {"a": "2"})) == '{"a": "1"}\n{"a": "2"}\n'


@pytest.mark.parametrize(
    "evil", ["\x1b[2J", "\x9b31m", "\u202e", "\u200b", "\ud800", "\x7f", "\x00"]
)
def test_json_says_the_same_without_anything_a_terminal_would_obey(evil):
    written = text_of(write_ndjson, report({"name": f"a{evil}é株"}))

    assert json.loads(written) == {"name": f"a{evil}é株"}
    assert evil not in written
    assert "é株" in written


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r@", " =", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded(begins):
    evil = f"{begins}cmd()"

    guarded = csv_of({"security": evil})[1][0]

    assert guarded.startswith("'")
    assert guarded.endswith("cmd()")
    assert csv_of({"security": evil}, raw=True)[1][0] == evil


def test_numbers_in_csv_are_never_touched():
    assert csv_of({"security": "-1", "shares": "-5000"})[1][:2] == ["'-1", "-5000"]


def test_several_values_share_a_cell_and_unknown_ones_leave_it_empty():
    owners = [{"name": "DOE JANE"}, {"name": None}, {"name": "DOE JOHN"}]

    assert csv_of({"security": None, "owners": owners})[1] == ["", "", "", "DOE JANE; DOE JOHN"]


def test_csv_has_its_headings_even_where_nothing_is_found():
    assert csv_of() == [["security", "shares", "day", "owners_name"]]


EVIL = "<script>alert(1)</script> | [click](javascript:alert(1)) **bold** `code` \x1b[31m &amp;"


def evil_blocks():
    grid = Grid(columns(EVIL, ">B"), [Row((EVIL, EVIL), (EVIL,)), Row((), (EVIL,))])
    return [Heading(EVIL), Paragraph(EVIL), grid]


def test_html_shows_a_strangers_words_and_runs_none_of_them():
    page = text_of(write_html, evil_blocks())

    assert "<script" not in page.replace("&lt;script", "")
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 8  # the title names its cell too
    assert "&amp;amp;" in page
    assert "default-src 'none'" in page


def test_markdown_shows_a_strangers_words_as_words():
    page = text_of(write_markdown, evil_blocks())

    assert "\\<script\\>" in page
    assert "\\[click\\](javascript" in page
    assert "\\*\\*bold\\*\\*" in page
    assert "<script" not in page.replace("\\<script", "")
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert all(line.replace("\\|", "").count("|") == 3 for line in rows)


def test_a_filing_whose_address_is_known_is_a_link_and_any_other_stays_a_number():
    known, unknown = "0001209191-13-014365", "0001209191-13-014366"
    address = "https://www.sec.gov/Archives/edgar/data/1/000120919113014365/x-index.htm"
    for write, form, link in (
        (write_html, HTML_LINK, f'<a href="{address}" rel="noreferrer">{known}</a>'),
        (write_markdown, MARKDOWN_LINK, f"[{known}]({address})"),
    ):
        page = io.StringIO()
        write([Paragraph(f"{known}, {unknown} & {known}")], Linked(page, {known: address}, form))
        assert page.getvalue().count(link) == 2
        assert page.getvalue().count(unknown) == 1


def test_a_report_knows_every_address_that_its_document_gives():
    address = "https://www.sec.gov/Archives/edgar/data/1/000120919113014365/x-index.htm"
    document = {"a": [{"address": address, "text": f"{address[:-3]}"}], "b": {"addresses": []}}
    report = Report(document, (), (), list, streamed={"later": "there"})

    assert dict(report.addresses()) == {"0001209191-13-014365": address, "later": "there"}
