"""A stranger's words on every page: a name, a title, a note, a review, all of them words and no more."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from ledger import Ledger
from projections import reconcile, review
from projections.charts.sheet import style
from projections.sql.tables import sql
from tests.cli.test_payloads import PAYLOADS, told
from tests.cli.web.browsing import Browser
from tests.rooms import ROOT

TAGS = {
    *("html", "head", "meta", "title", "link", "body", "a", "header", "nav", "ul", "li", "form"),
    *("input", "label", "button", "main", "h1", "h2", "h3", "p", "section", "div", "table"),
    *("thead", "tbody", "tr", "th", "td", "footer", "figure", "pre", "select", "option"),
    *(
        "span",
        "wbr",
        "textarea",
        "code",
        "style",
        "svg",
        "desc",
        "defs",
        "pattern",
        "rect",
        "path",
        "g",
        "text",
    ),
}
RUNS = {"src", "srcdoc", "style", "formaction", "xlink:href", "data", "ping", "background"}
PAGES = (
    *("/people", "/issuers", "/findings?status=all", "/due", "/", "/search?q={word}"),
    *("/people/{person}", "/issuers/{issuer}", "/people/{person}/at/{issuer}", "/nope/{word}"),
    *("/filings/{filing}", "/filings/{filing}/told", "/filings/{filing}/told/I.1"),
    *("/findings/{finding}", "/people/{word}", "/issuers/{word}", "/tables/{word}"),
    *("/changes?person={person}&from=2003-01-01&to=2024-01-01", "/due?issuer={issuer}"),
    *("/sql?sql=SELECT+*+FROM+lines+WHERE+issuer_cik='{issuer}'", "/sql?sql={word}"),
    *("/people/{person}/over-time", "/issuers/{issuer}/over-time", "/issuers/{word}/over-time"),
    *("/people?issuer={word}", "/findings?kind={word}", "/?as_of={word}"),
)
"""Every page, about one payload; `word` is the payload itself, as somebody asks for it."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A ledger in which each payload is a filing's every word, and what somebody notes of it."""
    path = tmp_path_factory.mktemp("hostile") / "ledger.db"
    with Ledger.open(path) as made:
        made.record(told(number, payload) for number, payload in enumerate(PAYLOADS, start=1))
        sql(made)
        about = {}
        for found in reconcile(made).findings:
            about.setdefault(int(found.filing[-6:]), found.id)
        for number, finding in about.items():
            payload = PAYLOADS[number - 1]
            review(made, finding, note=f"x {payload}", assign=f"y {payload}", by=f"z {payload}")
    return Browser(path), about


def wrong(page):
    """What on a page is not ours: tags, and attributes that run or load something."""
    found = [tag for tag, _ in page.elements if tag not in TAGS]
    for tag, attributes in page.elements:
        found += [(tag, key) for key in attributes if key in RUNS or key.startswith("on")]
        to = attributes.get("href") or attributes.get("action") or "/"
        if not re.match(r"/(?!/)|#|https://www\.sec\.gov/Archives/", to):
            found.append((tag, to))
    return found


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_a_tag_an_attribute_or_a_way_of_a_strangers(hostile, address):
    browser, about = hostile
    asked = {
        address.format(
            word=quote(payload, safe=""),
            person=f"{number + 10:010}",
            issuer=f"{number + 100:010}",
            filing=f"0000000001-04-{number:06}",
            finding=about[number],
        )
        for number, payload in enumerate(PAYLOADS, start=1)
    }
    for one in asked:
        page = browser.get(one)

        assert page.status in {200, 400, 404}, (one, page.status)
        assert wrong(page.seen) == [], one
        sheets = re.findall(r"<style.*?</style>", page.text, re.DOTALL)
        assert {*sheets} <= {f"<style>{style()}</style>"}, one
        assert page.text.count("</body>") == 1


def test_a_name_is_read_as_it_was_written(hostile):
    words = hostile[0].get("/issuers").seen.words

    assert "<script>alert(1)</script>" in words
    assert "&lt;script&gt;" in words
    assert "\u202e" not in words
    assert "\x1b" not in words


def test_as_many_payloads_meet_as_many_pages_as_the_docs_say():
    page = (ROOT / "docs" / "reference" / "invariants.md").read_text("utf-8")

    assert f"{len(PAYLOADS)} payloads on {len(PAGES)} pages" in " ".join(page.split())
