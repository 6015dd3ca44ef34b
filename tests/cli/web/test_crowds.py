"""Pages while filings are being recorded, and of companies that no page has room for."""

import re
from datetime import date, timedelta

import pytest

from cli.web import pages
from ledger import Ledger
from projections.views.memory import Pace
from tests.cli.web.browsing import Browser
from tests.projections.building import filing, held, opening, person, sold

JANE, ACME = "0001000001", "0002000001"
TOGETHER = f"/people/{JANE}/at/{ACME}"


@pytest.fixture
def recording(tmp_path, monkeypatch):
    """A browser of a ledger into which a filing comes that is not judged while others ask too."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as made:
        made.record([opening(10_000)])
    browser = Browser(path)
    assert browser.get("/").status == 200
    with Ledger.open(path) as made:
        made.record([new := filing(sold(200, 9_900), on="2024-06-03")])
    monkeypatch.setattr(Pace, "keep", lambda *_: False)
    return browser, new


def test_a_page_of_a_moment_before_says_so_and_a_table_has_everything(recording):
    browser, _ = recording

    page, table = browser.get(TOGETHER), browser.get(f"/tables/history.json?person={JANE}")

    assert "events recorded last" in page.seen.words
    assert "9,900" not in page.seen.words
    assert '"9900"' in table.text
    assert "9,900" in browser.get(TOGETHER).seen.words  # the table has had it judged


def test_what_a_moment_before_has_not_is_looked_for_in_all_that_is_recorded(recording):
    browser, new = recording

    page = browser.get(f"/filings/{new.accession}")

    assert page.status == 200
    assert "recorded last" not in page.seen.words


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """A browser of a company with sixty insiders, one of whom reports of twelve companies too."""
    path = tmp_path_factory.mktemp("crowd") / "ledger.db"
    who = [person(100 + n, f"INSIDER {n:02} SOMEBODY") for n in range(60)]
    forms = [opening(1_000 + n, by=who[n]) for n in range(60)]
    forms += [filing(sold(10, 900), on="2024-06-03", by=one, part=7) for one in who]
    with Ledger.open(path) as made:
        made.record(forms)
    return Browser(path)


@pytest.mark.parametrize("page", [f"/issuers/{ACME}", f"/issuers/{ACME}/over-time"])
def test_a_company_of_many_insiders_is_told_a_page_at_a_time(crowd, page, monkeypatch):
    monkeypatch.setattr(pages, "_FINDINGS", 25)
    monkeypatch.setattr(pages, "_FILINGS", 70)
    first = crowd.get(page)
    ways = {link for link in first.seen.links if "after=50" in link}
    (way,) = ways
    second = crowd.get(way)

    names = [
        {n for n in range(60) if f"INSIDER {n:02} SOMEBODY" in one.text} for one in (first, second)
    ]
    assert "1 to 50 of 60" in first.seen.words
    assert "51 to 60 of 60" in second.seen.words
    assert any("after=" not in link for link in second.seen.links if link.startswith(page))
    assert crowd.get(f"{page}?after=60").status == 400
    if page.endswith("over-time"):
        assert first.text.count("at last") > second.text.count("at last") > 0
        assert "Filings, from the last one back, 1 to 70 of 120" in first.seen.words
        (more,) = {link for link in first.seen.links if "filings=70" in link}
        assert "71 to 120 of 120" in crowd.get(more).seen.words
    else:
        held = [
            re.findall(r"INSIDER (\d\d) SOMEBODY at", one.seen.words) for one in (first, second)
        ]
        assert set(held[0]).isdisjoint(held[1])
        assert len({*held[0], *held[1]}) == 60
        assert "Findings 1 to 25 of" in first.seen.words
    assert names[0] | names[1] == set(range(60))


def test_every_finding_about_a_company_is_on_one_of_its_pages(crowd, monkeypatch):
    monkeypatch.setattr(pages, "_FINDINGS", 25)
    address, found = f"/issuers/{ACME}", []
    while address:
        page = crowd.get(address).seen
        found += [link for link in page.links if re.fullmatch("/findings/[0-9a-f]{8}", link)]
        address = next((link for link in page.links if _behind(link, address)), None)

    table = crowd.get(f"/tables/findings.json?issuer={ACME}").text
    assert {one.rpartition("/")[2] for one in found} >= set(
        re.findall(r'"id": ?"([0-9a-f]{8})"', table)
    )
    assert len(set(found)) >= 60


def _behind(link, address):
    """Whether a link leads to findings further on than an address."""
    at = [int((re.findall(r"findings=(\d+)", one) or ["0"])[0]) for one in (link, address)]
    return link.startswith("/issuers/") and at[0] > at[1]


def test_what_one_page_holds_is_not_said_to_be_a_part(browser):
    for page in (f"/issuers/{ACME}", f"/issuers/{ACME}/over-time", f"/people/{JANE}"):
        told = browser.get(page)
        assert "The table has all" not in told.seen.words
        assert not any("after=" in link for link in told.seen.links)


@pytest.fixture(scope="module")
def trader(tmp_path_factory):
    """A browser of somebody who sold every day, from two holdings."""
    path = tmp_path_factory.mktemp("trader") / "ledger.db"
    forms = [opening(10_000, held(9_000, how="By Trust"))]
    days = [date(2024, 3, 4) + timedelta(days=n) for n in range(40)]
    forms += [
        filing(
            sold(10, 9_990 - 10 * n, on=str(day)),
            sold(5, 8_995 - 5 * n, how="By Trust", on=str(day)),
            on=str(day),
        )
        for n, day in enumerate(days)
    ]
    with Ledger.open(path) as made:
        made.record(forms)
    return Browser(path)


def test_a_person_of_many_lines_is_told_a_page_at_a_time(trader, monkeypatch):
    address: str | None = f"/people/{JANE}/at/{ACME}"
    whole = trader.get(address)
    assert "The charts draw these lines" not in whole.text
    monkeypatch.setattr(pages, "_LINES", 30)
    monkeypatch.setattr(pages, "_FINDINGS", 5)
    rows, bounds = [], []
    for _ in range(3):
        page = trader.get(address)
        assert page.text.count("before the first report") <= 1
        (history,) = re.findall(r'<section id="history".*?</section>', page.text, re.DOTALL)
        bounds += re.findall(r"Lines (\d+ to \d+) of 82", page.seen.words)
        rows += re.findall(r"2024-\d\d-\d\d(?:</span>)?</t[dh]>\s*<td[^>]*>sale", history)
        address = next(
            (
                w
                for w in page.seen.links
                if "lines=" in w and int(w.rpartition("=")[2]) >= len(rows)
            ),
            None,
        )

    assert address is None
    assert bounds == ["1 to 30", "31 to 60", "61 to 82"]
    assert len(rows) == 80
    assert trader.get(f"/people/{JANE}/at/{ACME}?lines=82").status == 400


def test_later_lines_do_not_tell_what_stood_before_the_first_report(tmp_path, monkeypatch):
    with Ledger.open(tmp_path / "ledger.db") as made:
        days = [date(2024, 3, 4) + timedelta(days=n) for n in range(8)]
        made.record(
            filing(sold(10, 9_990 - 10 * n, on=str(day)), on=str(day)) for n, day in enumerate(days)
        )
    browser = Browser(tmp_path / "ledger.db")
    monkeypatch.setattr(pages, "_LINES", 4)
    first, second = browser.get(TOGETHER), browser.get(f"{TOGETHER}?lines=4")

    for told in ("10,000 before the first report", 'class="line guess"'):
        assert told in first.text
        assert told not in second.text
