"""The pages in a real browser: seen, walked by keyboard alone, and deaf to a stranger's words.

Needs Chromium, which `.ci/run` installs where it can; elsewhere these tests are skipped.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from projections.sql.tables import sql
from tests.cli.test_payloads import PAYLOADS, told
from tests.cli.web.addresses import ACME, CHROMIUM, JANE, NARROW, TOGETHER, every_page, first
from tests.cli.web.browsing import Served
from tests.cli.web.tasks import FINDING, TASKS, clicks
from tests.documents import ownership_xml, transaction
from tests.site.screens import taken

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs a browser: chromium is not installed"
)


_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
_TOLD = {"resultTypes": ["violations"]}
THEMES = {"light": _TOLD, "dark": {**_TOLD, "runOnly": _COLOURS}}
"""By theme, what each page is asked: the other theme is the same page in other colours."""


def test_every_page_is_accessible_in_light_and_dark_and_fits_a_narrow_window(page, there):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    script, wrong, asked = Axe().axe_script, [], 0
    for address, expected in every_page(there):
        status = page.goto(address).status
        wrong += [(address, status)] if status != expected else []
        width = page.evaluate("document.documentElement.scrollWidth")
        wrong += [(address, f"is {width} wide")] if width > NARROW else []
        page.evaluate(script)
        for theme, rules in THEMES.items():
            page.emulate_media(color_scheme=theme)
            told = page.evaluate("async rules => (await axe.run(rules)).violations", rules)
            wrong += [(address, theme, one["id"], one["nodes"][0]["html"]) for one in told]
            asked += 1

    assert wrong == []
    assert asked >= 60
    assert [one for one in page.heard if "404" not in one and "400" not in one] == []


@pytest.mark.parametrize("kind", ["page", "report"])
def test_a_narrow_window_shows_every_number_by_its_name_and_readers_still_hear_a_table(
    page, there, tmp_path, kind
):
    if kind == "report":
        asked = ["--db", str(there), "report", "--person", JANE, "-o", str(tmp_path / "r.html")]
        assert CliRunner().invoke(main, asked).exit_code == 0
    page.goto(TOGETHER if kind == "page" else (tmp_path / "r.html").as_uri())

    beyond = page.evaluate(
        "[...document.querySelectorAll('td')].filter(e => e.getBoundingClientRect().right > innerWidth)"
        ".map(e => e.innerText)"
    )
    shown = page.locator("td[data-as=Shares]").first
    label = shown.evaluate("e => getComputedStyle(e, '::before').content")
    heard = Counter(
        node["role"]["value"]
        for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        if "role" in node
    )

    assert beyond == []
    assert "Shares" in label
    assert heard["table"] == page.locator("table:has(thead)").count()
    assert heard["columnheader"] == page.locator("th").count()


@pytest.mark.parametrize("kind", ["page", "over time", "report"])
def test_a_chart_is_drawn_for_the_window_that_shows_it_and_for_paper(page, there, tmp_path, kind):
    report = tmp_path / "r.html"
    if kind == "report":
        asked = ["--db", str(there), "report", "--person", JANE, "-o", str(report)]
        assert CliRunner().invoke(main, asked).exit_code == 0
    page.goto(
        {"page": TOGETHER, "over time": f"/issuers/{ACME}/over-time"}.get(kind, report.as_uri())
    )
    shown = {}
    for width in (NARROW, 800, 1200):
        page.set_viewport_size({"width": width, "height": 900})
        charts = page.locator("figure svg:visible")
        narrow = page.locator("figure .narrow svg:visible").count()
        sizes = charts.locator("text").evaluate_all(
            "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a)"
        )
        beyond = charts.evaluate_all("all => all.map(e => e.getBoundingClientRect().right)")
        assert max(beyond) <= width
        shown[width] = charts.count(), narrow, min(sizes)
    page.emulate_media(media="print")

    assert shown[NARROW][0] == shown[NARROW][1] >= 1
    assert shown[800][1] == shown[1200][1] == 0 < shown[800][0]
    assert min(smallest for _, _, smallest in shown.values()) >= _LEAST
    assert page.locator("figure .narrow svg:visible").count() == 0
    assert page.locator("figure .broad svg:visible").count() >= 1


_LEAST = 8.5
"""Pixels of the smallest letters in a chart, in any window."""


def test_the_site_shows_the_pages_as_they_are_now_in_small_pictures(chromium, tmp_path):
    page = "\n".join(taken(chromium, tmp_path))

    pictures = {path.name: path for path in tmp_path.iterdir()}
    assert set(re.findall(r"\(screens/([\w-]+\.png)\)", page)) == set(pictures)
    assert len(pictures) == page.count("## ") >= 8
    assert max(path.stat().st_size for path in pictures.values()) < 200_000


class Walker:
    """Somebody without a mouse: presses Tab until what they look for has the focus."""

    def __init__(self, page):
        self._page, self.keys = page, 0

    def begin(self, address):
        """Open a page and go past its menu, as the first link offers."""
        self._page.goto(address)
        self.press("Tab")
        self.press("Enter")

    def press(self, key):
        """Press one key."""
        self._page.keyboard.press(key)
        self.keys += 1

    def to(self, words):
        """Go on until what has the focus is called so."""
        for _ in range(60):
            self.press("Tab")
            if words in self._page.evaluate(_CALLED):
                assert self._page.evaluate(_OUTLINED), f"the focus on {words} is not seen"
                return
        raise AssertionError(f"no Tab leads to {words!r}")

    def follow(self, words):
        """Go on to it, press Enter, and on the page that it leads to go past the menu.

        A place on a page is where a browser goes on by itself.
        """
        self.to(words)
        with self._page.expect_navigation():
            self.press("Enter")
        if "#" not in self._page.url:
            self.press("Tab")
            self.press("Enter")

    def write(self, field, text):
        """Go on to a field and write into it."""
        self.to(field)
        self._page.keyboard.type(text)
        self.keys += len(text)


_CALLED = """() => { const e = document.activeElement; if (e.tabIndex < 0 || e.matches(".wide")) return "";
    return [e.innerText, e.labels && e.labels[0] && e.labels[0].innerText, e.getAttribute("name")]
        .filter(Boolean).join(" "); }"""
_OUTLINED = """() => { const s = getComputedStyle(document.activeElement);
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; }"""


@pytest.fixture
def walk(page):
    """Somebody at the keyboard."""
    return Walker(page)


def test_a_journalist_finds_a_person_and_follows_a_total_to_its_filing(page, walk, there):
    found = first(there)
    walk.begin("/search")
    walk.write("A person or a company", "doe")
    walk.follow("Search")
    walk.follow("DOE JANE")
    assert f"/people/{JANE}" in page.url
    walk.follow("ACME CORP")
    assert page.locator("figure svg:visible").count() >= 1
    walk.begin("/findings")
    walk.follow(found.id)
    assert found.message in page.inner_text("main")
    walk.follow("The filing")
    assert page.locator("tr.flagged").count() >= 1
    walk.to("This filing on sec.gov")
    walk.begin("/sql")
    walk.follow("Open-market buys and sales by year")
    assert "2024" in page.inner_text("#answer")
    walk.begin(TOGETHER)
    walk.to("CSV")
    assert walk.keys < 250


def test_a_lawyer_sees_what_was_known_and_accepts_a_finding(page, walk, there):
    found = first(there)
    walk.begin(f"/changes?person={JANE}")
    walk.write("Known from", "2024-02-01")
    walk.write("Known to", "2024-04-01")
    walk.follow("Compare")
    assert "10,500" in page.inner_text("main")
    page.goto(TOGETHER)
    walk.write("As known at", "2024-04-01")
    walk.follow("Show")
    assert "With only what was public by 2024-04-01." in page.inner_text("main")
    assert "10,420" not in page.inner_text("main")
    walk.begin(f"/filings/{found.filing}")
    walk.follow("As the ledger tells it")
    walk.begin(f"/findings/{found.id}")
    walk.write("Note", "The filer was asked.")
    walk.follow("Accept it")
    assert "Ann" in page.inner_text("#review")
    walk.begin("/findings")
    walk.to("That are")
    page.keyboard.press("a")
    walk.follow("List them")
    assert "note: The filer was asked." in page.inner_text("main")
    walk.begin(f"/findings/{found.id}")
    walk.follow("Reopen it")
    assert "Open: note: The filer was asked." in page.inner_text("#review")


def test_an_officer_sees_what_is_due_and_checks_a_draft(page, walk, tmp_path):
    draft = tmp_path / "draft.xml"
    bought_100 = transaction(on="2024-11-04", after="8200")
    signed = [("/s/ Jane Doe", "2024-11-05")]
    draft.write_bytes(ownership_xml([bought_100], period="2024-11-04", signatures=signed))
    walk.begin("/due")
    walk.write("Company", "ACME")
    walk.write("Within days", "10")
    walk.follow("Show")
    assert "to be filed" in page.inner_text("main")
    walk.begin("/people")
    walk.write("Who report about", "ACME")
    walk.follow("List them")
    walk.follow("0001000001")
    walk.begin("/issuers")
    walk.follow(ACME)
    assert "totals:" in page.inner_text("#findings")
    walk.begin("/check")
    walk.to("Draft of a Form")
    page.set_input_files("input[type=file]", draft)
    walk.follow("Check it")
    assert "8,140" in page.inner_text("#judged")


class Visitor:
    """Somebody with a mouse who goes about a task from the first page, and sees whether it is done."""

    def __init__(self, page, found, draft):
        self._page, self._draft = page, draft
        self._names = {FINDING: found.id}

    def does(self, task):
        """Take every step of a task; what is then to be seen must be there."""
        self._page.goto("/")
        for how, name, *more in task.steps:
            getattr(self, how)(self._names.get(name, name), *more)
        if task.seen.startswith("css:"):
            self._page.locator(task.seen.removeprefix("css:")).first.wait_for(timeout=_SOON)
        else:
            told = self._page.locator("main", has_text=self._names.get(task.seen, task.seen))
            told.wait_for(timeout=_SOON)

    def follow(self, name):
        """Click a link."""
        self._page.get_by_role("link", name=name).first.click()

    def press(self, name, where="body"):
        """Click a button."""
        self._page.locator(where).get_by_role("button", name=name, exact=True).first.click()

    def write(self, field, text):
        """Write into a field."""
        self._page.get_by_label(field).first.fill(text)

    def choose(self, field, option):
        """Choose from a list."""
        self._page.get_by_role("combobox", name=field).select_option(option)

    def upload(self, field):
        """Name the file of a draft."""
        self._page.get_by_label(field).set_input_files(self._draft)

    def keep(self, name):
        """Click a link to a table, which the browser keeps as a file."""
        with self._page.expect_download() as kept:
            self._page.get_by_role("link", name=name).first.click()
        assert kept.value.suggested_filename.endswith(f".{name.lower()}")


def test_ten_first_tasks_of_each_role_are_done_with_few_clicks(page, there, tmp_path):
    draft = tmp_path / "draft.xml"
    signed = [("/s/ Jane Doe", "2024-11-05")]
    bought_100 = transaction(on="2024-11-04", after="8200")
    draft.write_bytes(ownership_xml([bought_100], period="2024-11-04", signatures=signed))
    somebody = Visitor(page, first(there), draft)

    for task in TASKS:
        somebody.does(task)

    assert Counter(task.role for task in TASKS) == {"Journalist": 10, "Lawyer": 10, "Officer": 10}
    assert max(map(clicks, TASKS)) <= _MOST_CLICKS
    assert [one for one in page.heard if "404" not in one] == []


_MOST_CLICKS = 5
"""Clicks that a first task takes at most."""
_SOON = 10_000
"""Milliseconds in which what a task ends with must be there, on a machine that does much else."""


def test_a_strangers_words_run_nowhere(chromium, tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as made:
        made.record([told(number, payload) for number, payload in enumerate(PAYLOADS, start=1)])
        sql(made)
    with Served(path) as (_, address):
        window, heard = chromium.new_page(base_url=address), []
        window.on("dialog", lambda one: (heard.append(one.message), one.dismiss()))
        window.on("request", lambda q: None if q.url.startswith(address) else heard.append(q.url))
        for place in ("/", "/people", "/issuers", "/findings", "/due", "/issuers/0000000115"):
            window.goto(place)
            assert (
                window.locator("main :is(script, img, iframe, object, [onerror], [onload])").count()
                == 0
            )
        window.goto("/sql?sql=SELECT+security,+nature,+notes,+issuer_name+FROM+lines")
        window.close()

    assert heard == []
