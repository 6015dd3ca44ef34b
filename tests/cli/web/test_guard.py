"""Only who may ask is answered, only our own forms are taken, and no answer runs anything."""

import base64

import pytest

from cli.web.guard import LARGEST
from tests.cli.web.browsing import HERE, Browser

OURS = ["localhost", "localhost:8765", "127.0.0.1:1", "[::1]", "[::1]:8765", "LOCALHOST:80"]
STRANGERS = [
    "evil.example",
    "evil.example:8765",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example#localhost",
    "localhost@evil.example",
    "127.0.0.2",
    "0.0.0.0",
    "[::2]",
    "::1",
    "127.1",
    "2130706433",
    "localhost.",
    "",
    " ",
    "localhost,evil.example",
    "192.168.0.7:8765",
    "[::1",
]


@pytest.mark.parametrize("host", OURS)
def test_this_machine_may_ask_under_its_own_names(browser, host):
    assert browser.ask("GET", "/", hosts=[host]).status == 200


@pytest.mark.parametrize("host", STRANGERS)
def test_a_name_that_somebody_else_bound_to_this_machine_is_not_served(browser, host):
    assert browser.ask("GET", "/", hosts=[host]).status == 400


@pytest.mark.parametrize("hosts", [(), ("localhost", "evil.example"), ("localhost", "localhost")])
def test_there_must_be_one_host(browser, hosts):
    assert browser.ask("GET", "/", hosts=hosts).status == 400


@pytest.mark.parametrize(
    "address", ["/", "/nope", "/findings/zz", "/static/ledger.css", "/tables/stats.csv", "/sql/x/y"]
)
def test_no_answer_lets_a_browser_run_load_or_frame_anything(browser, address):
    headers = browser.get(address).headers

    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_but_asking_and_sending_is_done(browser, method):
    assert browser.ask(method, "/").status == 405


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),  # no token
        ({"sec-fetch-site": "none"}, 400),
        ({"sec-fetch-site": None}, 400),
        ({"sec-fetch-site": None, "origin": f"http://{HERE}"}, 400),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": f"http://{HERE}"}, 403),
        ({"sec-fetch-site": None, "origin": "null"}, 403),
        ({"sec-fetch-site": None, "origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": None, "origin": f"http://{HERE}.evil.example"}, 403),
        ({"sec-fetch-site": None, "origin": "http://127.0.0.1:1"}, 403),
    ],
)
def test_a_form_that_is_not_ours_is_not_taken(browser, headers, status):
    given = browser.send("/check", {"token": "guessed"}, ("a.xml", b"<x/>"), **headers)

    assert given.status == status


def test_a_form_with_the_token_of_another_start_is_not_taken(jane, browser):
    token = Browser(jane).get("/check").seen.field("token")

    told = browser.send("/check", {"token": token}, ("a.xml", b"<x/>"))

    assert told.status == 400
    assert "out of date" in told.text


def test_what_is_larger_than_any_document_is_not_read(browser):
    said = browser.send("/check", **{"content-length": str(LARGEST + 1)})
    sent = browser.send("/check", {}, ("a.xml", b"x" * (LARGEST + 1)), **{"content-length": "10"})

    assert (said.status, sent.status) == (413, 413)


def told(user, password):
    """The header by which a browser gives a password."""
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_where_a_password_is_asked_for_nothing_is_told_without_it(jane):
    closed = Browser(jane, password="open sesame")

    assert closed.get("/").status == 401
    assert closed.get("/static/ledger.css").status == 401
    assert closed.get("/", **told("me", "wrong")).status == 401
    assert closed.get("/", authorization="Basic %%%").status == 401
    assert closed.get("/", authorization="Bearer open sesame").status == 401
    assert closed.get("/", **told("me", "open sesame")).status == 200


def test_a_proxy_says_who_it_is_and_nobody_comes_past_it(jane):
    behind = Browser(jane, proxy="X-Forwarded-User")

    assert behind.get("/").status == 403
    assert behind.get("/", x_forwarded_user=" ").status == 403
    assert behind.get("/", x_forwarded_user="ann").status == 200


def test_a_form_of_one_user_is_not_taken_from_another(jane):
    behind = Browser(jane, proxy="X-Forwarded-User")
    token = behind.get("/check", x_forwarded_user="ann").seen.field("token")
    draft = ({"token": token}, ("a.xml", b"<x/>"))

    assert behind.send("/check", *draft, **{"x-forwarded-user": "bob"}).status == 400
    assert behind.send("/check", *draft, **{"x-forwarded-user": "ann"}).status == 422
