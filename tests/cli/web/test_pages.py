"""Every page says what the command line says, leads on from it, and tells errors as pages."""

import re
import sqlite3
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from cli.main import main
from cli.reports.wording import extent
from cli.web import lists
from ledger import Ledger
from projections import filed, holdings, reconcile, review, stakes
from tests.alarms import is_alarm
from tests.cli.web.browsing import Browser
from tests.documents import ownership_xml, transaction
from tests.projections.building import filing, opening, sold

JANE, ACME = "0001000001", "0002000001"
TOGETHER = f"/people/{JANE}/at/{ACME}"


def crawled(browser, start="/", most=200):
    """Every page that is reached from one, by its address."""
    found, ahead = {}, [start]
    while ahead and len(found) < most:
        address = ahead.pop().partition("#")[0]
        if address not in found and address.startswith("/"):
            found[address] = browser.get(address)
            if found[address].headers["content-type"].startswith("text/html"):
                ahead += found[address].seen.links
    return found


def test_no_way_leads_nowhere(browser):
    pages = crawled(browser)

    assert {address: page.status for address, page in pages.items() if page.status != 200} == {}
    assert len(pages) > 20
    for address, page in pages.items():
        if not page.headers["content-type"].startswith("text/html"):
            continue
        assert "<script" not in page.text, address
        assert "style=" not in page.text, address
        assert not re.search(r"""(?:src|href)="(?!/|#|https://www\.sec\.gov/)""", page.text)


def test_a_place_that_is_linked_to_is_on_its_page(browser):
    pages = crawled(browser)
    links = set(chain.from_iterable(page.seen.links for a, page in pages.items() if "." not in a))

    places = {link for link in links if "#" in link and link.startswith("/filings/")}

    assert places
    for link in places:
        address, _, place = link.partition("#")
        ids = {attrs.get("id") for _, attrs in browser.get(address).seen.elements}
        assert place in ids, link


def test_a_person_at_a_company_reads_as_on_the_command_line(jane, browser):
    page = browser.get(TOGETHER).seen
    with Ledger.open(jane) as ledger:
        held = holdings(ledger, person=JANE, issuer=ACME)
        found = reconcile(ledger, person=JANE)

    assert all(f"{h.shares:,}" in page.words for h in held.holdings)
    assert all(f.id in page.words and f.message in page.words for f in found.findings)
    assert "Family Trust" in page.words
    assert any(tag == "svg" for tag, _ in page.elements)


def test_the_charts_bring_the_one_style_that_the_policy_lets_in(browser):
    page = browser.get(TOGETHER)

    (style,) = {*re.findall("<style>(.*?)</style>", page.text)}
    told = b64encode(sha256(style.encode()).digest()).decode()
    assert f"'sha256-{told}'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("kind", ["csv", "json", "ndjson", "parquet"])
@pytest.mark.parametrize("table", ["holdings", "history", "findings"])
def test_a_table_has_an_address_of_its_own(browser, table, kind):
    answer = browser.get(f"/tables/{table}.{kind}?person={JANE}")

    assert answer.status == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{table}.{kind}"'
    assert answer.body


def test_a_table_is_what_the_command_writes(jane, browser):
    words = ["--db", str(jane), "history", "--person", JANE, "--format"]

    for kind in ("csv", "json", "ndjson"):
        said = CliRunner().invoke(main, [*words, kind]).stdout
        assert browser.get(f"/tables/history.{kind}?person={JANE}").text == said


def test_both_clocks_are_kept_on_every_way_on(browser):
    page = browser.get(f"{TOGETHER}?as_of=2024-02-01&known_at=2024-03-20").seen

    assert (page.field("as_of"), page.field("known_at")) == ("2024-02-01", "2024-03-20")
    own = [link for link in page.links if link.startswith("/")]
    assert all("as_of=2024-02-01" in link and "known_at=2024-03-20" in link for link in own)
    assert "10,500" in page.words
    assert "10,420" not in page.words


def test_a_company_over_time_is_what_the_commands_say_and_draw(jane, browser):
    page = browser.get(f"/issuers/{ACME}").seen
    (way,) = [link for link in page.links if link.endswith("/over-time")]
    over_time = browser.get(way)

    assert over_time.text.count("<svg") == over_time.text.count("<style>") == 4
    with Ledger.open(jane) as ledger:
        held, came = stakes(ledger, issuer=ACME), filed(ledger, issuer=ACME)
    levels = [level for stake in held.stakes for level in stake.levels]
    seen = over_time.seen.words
    assert all(extent(v.shares, v.shares_low, v.shares_high) in seen for v in levels)
    assert all(f"/filings/{one.filing}" in over_time.seen.links for one in came.filed)
    for chart in ("stakes", "filed"):
        said = CliRunner().invoke(
            main, ["--db", str(jane), chart, "--issuer", ACME, "--format", "svg"]
        )
        assert browser.get(f"/charts/{chart}.svg?issuer={ACME}").text == said.stdout.rstrip("\n")
    assert browser.get(f"/people/{JANE}/over-time?known_at=2024-03-10").status == 200
    assert browser.get("/charts/nothing.svg?issuer=ACME").status == 404


def test_a_memo_leads_from_each_step_to_its_line(jane, browser):
    with Ledger.open(jane) as ledger:
        found = reconcile(ledger, kinds=["BALANCE_BREAK_EXPLAINED"]).findings[0]

    page = browser.get(f"/findings/{found.id}").seen

    assert found.message in page.words
    assert f"/filings/{found.filing}#{found.row}" in page.links


def test_a_filing_stands_as_a_form_with_its_problem_lines_marked(jane, browser):
    with Ledger.open(jane) as ledger:
        found = reconcile(ledger, severity="minor").findings[0]

    page = browser.get(f"/filings/{found.filing}").seen

    assert ("tr", {"id": found.row, "class": "flagged"}) in page.elements
    assert f"/findings/{found.id}" in page.links
    assert any(link.startswith("https://www.sec.gov/Archives/") for link in page.links)


@pytest.mark.parametrize(
    ("asked", "leads"),
    [("doe", f"/people/{JANE}"), ("ACME", f"/issuers/{ACME}"), (JANE, f"/people/{JANE}")],
)
def test_whom_one_looks_for_is_found_by_name_ticker_and_cik(browser, asked, leads):
    assert leads in browser.get(f"/search?q={asked}").seen.links


def test_a_name_that_nobody_bears_is_answered_with_the_nearest(browser):
    page = browser.get("/search?q=DOO%20JANE").seen

    assert "No person here answers to 'DOO JANE'. The nearest here: DOE JANE" in " ".join(
        page.words.split()
    )
    assert f"/people/{JANE}" in page.links
    assert not any(link.startswith("/issuers/") for link in page.links)


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "\x00"]
)
@pytest.mark.parametrize(
    "address", ["/search?q=", "/people/doe?as_of=", "/?known_at=", "/changes?person=", "/nope?x="]
)
def test_what_somebody_asks_for_is_words_on_the_page_and_never_markup(browser, address, words):
    page = browser.get(f"{address}{quote(words)}").seen

    assert not {"script", "img"} & {tag for tag, _ in page.elements}
    assert "49" not in page.words
    assert not any(key.startswith("on") for _, attrs in page.elements for key in attrs)


@pytest.mark.parametrize(
    ("address", "there"),
    [("/nope", False), ("/people/nobody", False), ("/people/nobody?as_of=2024-01-01", True)],
)
def test_what_has_no_answer_asks_for_no_day_unless_one_was_asked(browser, address, there):
    page = browser.get(address)

    assert ('name="as_of"' in page.text) == there
    assert "As of 2024-01-01." not in page.seen.words


def test_a_day_that_is_none_can_be_put_right_where_it_was_asked(browser):
    assert browser.get(f"/people/{JANE}?as_of=never").seen.field("as_of") == "never"


def test_who_is_not_here_leads_to_the_list_of_those_who_are(browser):
    page = browser.get("/people/nobody").text

    assert '<a href="/people">People</a> lists all' in page
    assert "ledger people" not in page


def test_what_changed_between_two_moments_is_a_page(browser):
    page = browser.get(f"/changes?person={JANE}&from=2024-02-01&to=2024-04-01").seen

    assert "10,500" in page.words
    assert page.field("from") == "2024-02-01"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nope", 404),
        ("/people/9999999999", 404),
        ("/people/nobody/at/nothing", 404),
        ("/issuers/zzz", 404),
        ("/filings/0009999999-99-999999", 404),
        ("/filings/..%2f..%2fetc%2fpasswd", 404),
        ("/filings/x", 404),
        ("/findings/deadbeef", 404),
        ("/findings/%27%20OR%201=1", 404),
        ("/static/..%2fsite.py", 404),
        ("/static/../site.py", 404),
        ("/tables/nope.csv", 404),
        ("/tables/holdings.exe", 404),
        ("/tables/holdings.csv", 400),
        ("/tables/changes.csv?person=doe", 400),
        ("/findings?after=x", 400),
        ("/findings?after=-1", 400),
        ("/findings?after=9999999", 400),
        ("/findings?page=-1", 400),
        ("/findings?severity=foo", 400),
        ("/findings?kind=foo", 400),
        ("/findings?status=foo", 400),
        ("/findings?severity=major&severity=minor", 400),
        ("/?as_of=2024-13-01", 400),
        ("/?known_at=2024-13-01", 400),
        ("/people?after=1.5", 400),
        ("/people?after=4000", 400),
        ("/people?issuer=nobody", 404),
        ("/issuers?person=nobody", 404),
        ("/due?within=-1", 400),
        ("/due?within=99999", 400),
        ("/due?today=2024-13-01", 400),
        ("/due?person=nobody", 404),
        ("/search?who=doe", 400),
        ("/tables/history.csv?person=doe&pesron=x", 400),
        ("/chart.svg?person=doe&year=2024", 400),
        ("/changes?person=doe&from=2024-13-01&to=2024-12-01", 400),
        ("/people/doe?known_at=yesterday", 400),
        ("/people/doe?as_of=2024-02-30", 400),
        (f"/people/{'x' * 400}", 400),
        ("/changes?person=doe&from=x&to=y", 400),
    ],
)
def test_what_is_not_there_is_said_on_a_page_without_internals(jane, browser, address, status):
    answer = browser.get(address)

    assert answer.status == status
    assert "<h1>" in answer.text
    assert "Traceback" not in answer.text
    assert str(jane) not in answer.text
    assert str(jane.parent) not in answer.text


def test_what_is_due_is_looked_up_in_no_more_filings_than_one_page_has_time_for(jane, monkeypatch):
    browser = Browser(jane)
    whole = browser.get("/due")
    monkeypatch.setattr(lists, "_MOST_JUDGED", 3)

    assert "many filings" not in whole.text
    assert "many filings" in browser.get("/due").text
    assert "many filings" not in browser.get(f"/due?person={JANE}").text
    assert browser.get("/tables/due.csv").status == 400


def test_a_mistake_of_ours_is_a_page_and_not_its_insides(jane, monkeypatch, caplog):
    broken = Browser(jane)
    monkeypatch.setattr(lists, "worst", lambda *_, **__: 1 / 0)

    answer = broken.get("/")

    assert answer.status == 500
    assert "ZeroDivisionError" not in answer.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE view_issuers SET name = 'EVIL CORP'",
        "UPDATE view_findings SET body = lower(body)",
        "DELETE FROM seals",
    ],
)
def test_a_log_that_does_not_hold_shows_no_figure(jane, tmp_path, damage):
    Browser(jane).get("/")
    path = tmp_path / "altered.db"
    with Ledger.open(jane) as ledger:
        ledger.backup(path)
    Browser(path).get("/")
    with sqlite3.connect(path) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(damage)

    answers = [Browser(path).get(a) for a in ("/", "/findings", f"/people/{JANE}", TOGETHER)]

    assert {answer.status for answer in answers if answer.status != 200} == {500}
    assert answers[0].status == 500
    for answer in answers:
        if answer.status == 500:
            assert "No figure of it is shown" in answer.text
            assert "10,4" not in answer.text


def sent(browser, name, held):
    """A draft sent with the token of the page."""
    token = browser.get("/check").seen.field("token")
    return browser.send("/check", {"token": token}, (name, held))


def test_a_draft_that_is_no_form_is_refused_without_a_word_of_where_it_lay(browser):
    answer = sent(browser, "../../etc/passwd", b"root:x:0:0")

    assert answer.status == 422
    assert "ledger-draft-" not in answer.text
    assert "/tmp" not in answer.text


def test_a_draft_is_judged_as_the_command_does_it_and_nothing_of_it_is_kept(jane, browser):
    draft = ownership_xml(
        [transaction(on="2024-11-04", after="10200")],
        period="2024-11-04",
        signatures=[("/s/ Jane Doe", "2024-11-05")],
    )
    with Ledger.open(jane) as ledger:
        before = ledger.head()

    answer = sent(browser, "draft.xml", draft)

    assert answer.status == 200
    words = " ".join(answer.seen.words.split())
    assert "draft.xml: Form 4 of DOE JANE about ACME CORP [ACME]" in words
    assert "10,140 expected; the claim is 60 higher" in words
    ways = {link for link in answer.seen.links if link.startswith("/filings/")}
    assert ways
    assert {browser.get(way.partition("#")[0]).status for way in ways} == {200}
    assert "BALANCE_BREAK" in words
    with Ledger.open(jane) as ledger:
        assert ledger.head() == before
    assert sent(browser, "draft.txt", b"PK\x03\x04nothing").status == 422


def test_what_somebody_accepted_is_not_shown_as_open(tmp_path):
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as made:
        made.record([opening(10_000), filing(sold(20, 8_040), on="2024-09-03")])
        grave = next(f for f in reconcile(made).findings if is_alarm(f))
    before = Browser(path).get("/findings").text
    with Ledger.open(path) as made:
        review(made, grave.id, accept=True, by="Ann", at=datetime(2026, 1, 5, 17, tzinfo=UTC))
    after = Browser(path).get("/findings").text

    assert grave.id in before
    assert grave.id not in after


def test_a_late_filing_is_as_grave_on_every_page_as_at_this_desk(told_at):
    late = filing(sold(70, 930), on="2024-03-01", filed="2024-04-01")
    path = told_at(opening(1_000), late)
    (found,) = (f for f in reconciled(path) if f.kind == "LATE_FILING")
    at_least = "/findings?severity={}"
    pages = (TOGETHER, f"/findings/{found.id}", f"/filings/{found.filing}", "/")

    assert found.severity == "minor"
    for own in ("minor", "major"):
        browser = Browser(path)
        assert found.id in browser.get(at_least.format(own)).text
        for page in pages:
            assert re.search(
                f"{own}(</td>|, LATE_FILING| LATE_FILING|:)", browser.get(page).text, re.IGNORECASE
            )
        (path.parent / "ledger.toml").write_text('[severity]\nLATE_FILING = "major"\n')
    (path.parent / "ledger.toml").write_text('[severity]\nLATE_FILING = "info"\n')
    assert found.id not in Browser(path).get(at_least.format("minor")).text


@pytest.fixture
def told_at(tmp_path):
    """Records filings in a new ledger, and says where it lies."""

    def tell(*filings):
        with Ledger.open(tmp_path / "late.db") as made:
            made.record(filings)
        return tmp_path / "late.db"

    return tell


def reconciled(path):
    """The findings of a ledger, as grave as their kinds are."""
    with Ledger.open(path) as ledger:
        return reconcile(ledger).findings
