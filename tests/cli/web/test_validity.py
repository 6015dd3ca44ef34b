"""Every page and report is valid HTML, by the parser of the WHATWG's own algorithm, which forgives nothing."""

from collections import Counter
from xml.etree.ElementTree import Element

import html5lib
import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from projections import reconcile
from projections.sql.tables import sql
from tests.cli.test_payloads import PAYLOADS, told
from tests.cli.web.browsing import Browser
from tests.cli.web.test_pages import JANE, crawled

_REFERS = ("for", "aria-labelledby", "aria-describedby", "headers")
"""Attributes that name the ids of other elements."""


def faults(page: str) -> list[str]:
    """What is wrong with a page: errors of parsing, ids borne twice, names of ids that nothing bears."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    whole: Element = parser.parse(page)
    wrong = [f"{place}: {code} {more}" for place, code, more in parser.errors]
    borne = Counter(id_ for one in whole.iter() if (id_ := one.get("id")) is not None)
    wrong += [f"id {id_!r} is borne {count} times" for id_, count in borne.items() if count > 1]
    for one in whole.iter():
        names = [name for key in _REFERS for name in (one.get(key) or "").split()]
        if (one.get("href") or "").startswith("#"):
            names.append(one.get("href")[1:])
        wrong += [f"nothing is called {name!r}" for name in names if name not in borne]
    return wrong


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><title>x</title><p><div></p>",
        "<!DOCTYPE html><title>x</title><p id=a><p id=a>",
        "<!DOCTYPE html><title>x</title><label for=nobody>",
        '<!DOCTYPE html><title>x</title><a href="#nowhere">',
        "<title>no doctype</title>",
    ],
)
def test_what_is_wrong_with_a_page_is_seen(page):
    assert faults(page)


def test_every_page_is_valid(browser):
    pages = crawled(browser)
    asked = ("/nope", "/search?q=doe", "/due?within=x", "/sql?sql=SELECT+1", "/people/nobody")
    pages |= {address: browser.get(address) for address in asked}

    html = {
        a: p.text for a, p in pages.items() if p.headers["content-type"].startswith("text/html")
    }

    assert len(html) > 20
    assert {address: wrong for address, text in html.items() if (wrong := faults(text))} == {}


def test_a_strangers_words_make_no_page_invalid(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as made:
        made.record([told(number, payload) for number, payload in enumerate(PAYLOADS[:8], start=1)])
        sql(made)
        found = reconcile(made, status="all").findings
    browser = Browser(path, "Ann")
    asked = ["/", "/people", "/issuers", "/findings", "/due", "/issuers/0000000115"]
    asked += [f"/findings/{one.id}" for one in found[:3]]
    asked += [f"/filings/{one.filing}" for one in found[:3]]

    assert {
        address: wrong for address in asked if (wrong := faults(browser.get(address).text))
    } == {}


@pytest.mark.parametrize(
    "words", [["report"], ["history"], ["holdings"], ["reconcile"], ["stakes"], ["filed"]]
)
def test_every_answer_that_is_kept_as_a_page_is_valid(jane, words):
    command = ["--db", str(jane), *words, "--person", JANE, "--format", "html"]

    assert faults(CliRunner().invoke(main, command).stdout) == []


def test_the_index_of_many_reports_is_valid(jane, tmp_path):
    folder = tmp_path / "reports"
    command = ["--db", str(jane), "report", "--each", "person", "-o", str(folder)]

    assert CliRunner().invoke(main, command).exit_code == 0
    assert faults((folder / "index.html").read_text()) == []
