"""Findings are reviewed on their pages where that is allowed, and told as they stand everywhere."""

import pytest

from ledger import Ledger
from projections import reconcile, review
from tests.cli.web.browsing import Browser
from tests.projections.building import filing, opening, sold


@pytest.fixture
def path(tmp_path):
    """A ledger with a total that does not follow."""
    where = tmp_path / "ledger.db"
    with Ledger.open(where) as made:
        made.record([opening(10_000), filing(sold(20, 8_040), on="2024-09-03")])
    return where


@pytest.fixture
def found(path):
    """The finding that it has."""
    with Ledger.open(path) as ledger:
        return next(f for f in reconcile(ledger).findings if f.severity != "info")


def said(browser, finding, **fields):
    """What comes of pressing a button on the page of a finding."""
    page = f"/findings/{finding.id}"
    return browser.send(page, {"token": browser.get(page).seen.field("token"), **fields})


def stands(path, finding):
    """What the ledger says that people made of it."""
    with Ledger.open(path) as ledger:
        return review(ledger, finding.id).reviews[0]


def test_pages_that_only_show_have_no_form_and_take_none(path, found):
    page = Browser(path).get(f"/findings/{found.id}")

    assert "Open: nobody said anything of it." in page.seen.words
    assert not [attrs for _, attrs in page.seen.elements if attrs.get("name") == "do"]
    sent = Browser(path).send(f"/findings/{found.id}", {"do": "accept"})
    assert sent.status == 405
    assert "did not allow it" in sent.text
    assert stands(path, found).said == ()


def test_a_finding_is_accepted_and_told_so_wherever_it_stands(path, found):
    browser = Browser(path, reviewer="Ann")

    answer = said(browser, found, do="accept", note="The filer was asked.")

    assert (answer.status, answer.headers["location"]) == (303, f"/findings/{found.id}#review")
    assert found.id not in browser.get("/findings").text
    for page in (
        "/findings?status=accepted",
        "/findings?status=all",
        f"/findings/{found.id}",
        f"/filings/{found.filing}",
    ):
        words = browser.get(page).seen.words.casefold()
        assert "accepted" in words, page
        assert "note: the filer was asked." in words, page
    assert "1 finding accepted" in browser.get("/issuers/ACME").seen.words
    (step,) = stands(path, found).said
    assert (step.by, step.status, step.note) == ("Ann", "accepted", "The filer was asked.")


def test_what_was_accepted_is_reopened_and_a_note_is_changed_and_taken_away(path, found):
    browser = Browser(path, reviewer="Ann")
    said(browser, found, do="accept", note="Asked.")

    assert said(browser, found, do="reopen", note="Asked.").status == 303
    assert said(browser, found, do="note", note="Asked\r\nagain.").status == 303
    assert said(browser, found, do="note", note="").status == 303

    told = [(one.status, one.note) for one in stands(path, found).said]
    assert told == [("accepted", "Asked."), ("open", None), (None, "Asked again."), (None, "")]
    assert found.id in browser.get("/findings").text


def test_as_known_at_a_moment_nothing_is_said_and_later_words_are_not_told(path, found):
    browser = Browser(path, reviewer="Ann")
    said(browser, found, do="accept", note="Asked.")

    page = browser.get(f"/findings/{found.id}?known_at=2024-12-01").seen

    assert "Asked." not in page.words
    assert not [a for _, a in page.elements if a.get("name") == "do"]


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "accept", "token": "guessed"},
        {"do": "accept", "token": ""},
        {"do": "forget"},
        {},
        {"do": "note", "note": ""},
        {"do": "note", "note": "x" * 2_001},
        {"do": "reopen"},
    ],
)
def test_what_no_button_of_ours_says_is_not_recorded(path, found, fields):
    assert said(Browser(path, reviewer="Ann"), found, **fields).status == 400
    assert stands(path, found).said == ()


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": None, "origin": "null"}]
)
def test_a_page_from_elsewhere_accepts_nothing(path, found, headers):
    browser = Browser(path, reviewer="Ann")
    page = f"/findings/{found.id}"
    token = browser.get(page).seen.field("token")

    assert browser.send(page, {"token": token, "do": "accept"}, **headers).status == 403
    assert stands(path, found).said == ()


def test_behind_a_proxy_it_is_said_by_whoever_signed_in(path, found):
    browser = Browser(path, reviewer="the server", proxy="X-Forwarded-User")
    page, ann = f"/findings/{found.id}", {"x-forwarded-user": "ann"}
    token = browser.get(page, **ann).seen.field("token")

    assert browser.send(page, {"token": token, "do": "accept"}, **ann).status == 303
    assert [one.by for one in stands(path, found).said] == ["ann"]


def test_a_finding_that_is_not_there_cannot_be_accepted(path, found):
    browser = Browser(path, reviewer="Ann")
    token = browser.get(f"/findings/{found.id}").seen.field("token")

    assert browser.send("/findings/deadbeef", {"token": token, "do": "accept"}).status == 404
