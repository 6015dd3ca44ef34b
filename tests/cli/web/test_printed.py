"""What pages and reports are on paper, and in windows as wide as a sheet or a tablet.

Needs Chromium, as `test_chromium` does.
"""

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from tests.cli.web.addresses import CHROMIUM, JANE, NARROW, TOGETHER, every_page, first
from tests.projections.building import filing, held, note, opening, sold

SHEET = 718
"""Pixels of an A4 sheet's width between its margins."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs a browser: chromium is not installed"
)


BROKEN = """() => {
    const found = [], days = /\\b\\d{4}-\\d\\d-\\d\\d\\b/g;
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode());)
        for (const day of text.data.matchAll(days)) {
            const range = document.createRange();
            range.setStart(text, day.index);
            range.setEnd(text, day.index + day[0].length);
            if (new Set([...range.getClientRects()].map(r => r.top)).size > 1)
                found.push(day[0] + " in " + text.parentElement.outerHTML.slice(0, 80));
        }
    return found;
}"""
"""Days that a line's end breaks."""


WINDOWS = (("screen", 768), ("screen", 700), ("print", SHEET))


def test_no_page_is_wider_than_its_sheet_and_no_line_ends_within_a_day(page, there):
    wide, broken = {}, {}
    for address, _ in every_page(there):
        page.goto(address)
        for media, width in WINDOWS:
            page.set_viewport_size({"width": width, "height": 1000})
            page.emulate_media(media=media)
            if days := page.evaluate(BROKEN):
                broken[address, width] = days
        if (width := page.evaluate("document.documentElement.scrollWidth")) > SHEET:
            wide[address] = width

    assert wide == {}
    assert broken == {}


def test_a_report_of_long_numbers_fits_a_sheet_and_a_tablet(page, tmp_path):
    notes = [note(f"Note {n} tells of a plan that was adopted.", "plan-adoption") for n in range(5)]
    forms = [opening(38_125_400_500)]
    forms += [
        filing(sold(12_687_274, 38_125_400_500 - 12_687_274 * n, notes=notes), on=f"2024-0{n}-04")
        for n in range(2, 5)
    ]
    with Ledger.open(tmp_path / "large.db") as made:
        made.record(forms)
    asked = ["--db", str(tmp_path / "large.db"), "report", "--person", JANE]
    assert CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "r.html")]).exit_code == 0
    page.goto((tmp_path / "r.html").as_uri())
    wide = {}
    for media, width in (("screen", 768), ("print", SHEET), ("screen", NARROW)):
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(media=media)
        wide[width] = page.evaluate("document.documentElement.scrollWidth")

    assert "38,087,338,678" in page.text_content("body")
    assert all(seen <= width for width, seen in wide.items()), wide


def test_no_page_of_a_report_is_left_empty_for_a_chart_that_fits_nowhere(page, tmp_path):
    high_level = pytest.importorskip("pdfminer.high_level")
    holdings = [held(1_000 + n, how=f"By Trust {n}") for n in range(12)]
    with Ledger.open(tmp_path / "many.db") as made:
        made.record([opening(10_000, *holdings), filing(sold(20, 9_980), on="2024-06-03")])
    asked = ["--db", str(tmp_path / "many.db"), "report", "--person", JANE]
    assert CliRunner().invoke(main, [*asked, "-o", str(tmp_path / "r.html")]).exit_code == 0
    page.goto((tmp_path / "r.html").as_uri())
    page.pdf(path=tmp_path / "r.pdf", format="A4")

    pages = high_level.extract_text(tmp_path / "r.pdf").split("\f")
    with_charts = [text for text in pages if "DOE JANE: Common Stock" in text]
    assert sum(text.count("DOE JANE: Common Stock") for text in pages) == 13
    assert len(with_charts) >= 4
    assert all(text.count("DOE JANE: Common Stock") >= 2 for text in with_charts[1:-1])
    (heading,) = [text for text in pages if "2 Charts and entries" in text]
    assert "DOE JANE: Common Stock" in heading


def test_what_a_dark_window_prints_is_as_dark_on_paper_as_any(page, there):
    colours = {}
    for theme in ("light", "dark"):
        page.emulate_media(media="print", color_scheme=theme)
        page.goto(f"/filings/{first(there).filing}")
        asked = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        colours[theme] = [page.locator(one).first.evaluate(asked) for one in ("body", "td", "h1")]

    assert colours["dark"] == colours["light"]
    assert colours["dark"][0] == ["rgb(26, 26, 26)", "rgb(255, 255, 255)"]


def test_a_table_of_many_columns_is_printed_as_lists_that_lose_no_cell(page):
    page.set_viewport_size({"width": SHEET, "height": 1000})
    page.goto("/sql?sql=SELECT+*+FROM+findings")
    shown = page.locator("#answer td:visible:not(:empty)").count()
    page.emulate_media(media="print")
    cells = page.locator("#answer td:not(:empty)")

    assert shown > 20
    assert page.locator("#answer td:visible:not(:empty)").count() == shown
    label = "e => getComputedStyle(e, '::before').content"
    assert page.locator("#answer td[data-as=severity]").first.evaluate(label) == '"severity "'
    assert all(
        cells.nth(n).evaluate("e => e.getBoundingClientRect().right <= innerWidth")
        for n in range(cells.count())
    )
    page.goto(TOGETHER)  # an innocent neighbour: a table that fits stays one
    assert page.locator("table.many").count() == 0


STORY = """
<div id="above"></div><h3>Heading</h3><p>What it is of</p>
<div class="wide"><table><thead><tr><th>Day</th></tr></thead><tbody><tr><td>First line</td></tr>
<tr class="beneath"><td><div>Its note</div></td></tr><tr><td>Second line</td></tr></tbody></table></div>
"""
PUT = """([story, above]) => {
    document.querySelector("main").innerHTML = story;
    document.querySelector("#above").style.height = `${above}px`;
}"""


def test_a_tables_heading_is_printed_above_its_first_line_and_that_above_its_note(page, tmp_path):
    high_level = pytest.importorskip("pdfminer.high_level")
    page.goto(TOGETHER)
    seen = {}
    for above in range(900, 1_110, 15):
        page.evaluate(PUT, [STORY, above])
        page.pdf(path=tmp_path / "page.pdf", format="A4", margin={"top": "0", "bottom": "0"})
        pages = high_level.extract_text(tmp_path / "page.pdf").split("\f")
        told = ("Heading", "What it is of", "First line", "Its note", "Second line")
        seen[above] = [next(n for n, text in enumerate(pages) if part in text) for part in told]

    assert all(len({*where[:-1]}) == 1 for where in seen.values()), seen
    assert len({where[0] for where in seen.values()}) == 2  # on either page, as there is room
