"""`ledger web` begins and ends as a command does, and nobody who does not ask for it pays for it."""

import signal
import statistics
import sys
import time
import urllib.request
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

import cli.web
from cli.main import main
from tests.cli.test_starting import loaded
from tests.cli.web import tasks
from tests.cli.web.browsing import Served


def web(*arguments, **environment):
    """The command, where nothing can be served: it must end by itself."""
    return CliRunner().invoke(main, ["web", *arguments], prog_name="ledger", env=environment)


def test_nothing_else_loads_what_pages_need(tmp_path):
    modules = loaded("stats", folder=tmp_path) | loaded("web", "--help")

    assert not {"starlette", "jinja2", "uvicorn", "multipart"} & modules


def test_without_the_extra_it_says_how_to_get_it(jane, monkeypatch):
    monkeypatch.setattr("cli.web", cli.web)  # which is another one, once it is loaded again
    for name in [name for name in sys.modules if name.startswith("cli.web")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.partition(".")[0] == "starlette"]:
        monkeypatch.setitem(sys.modules, name, None)

    done = web("--db", str(jane))

    assert done.exit_code == 2
    assert "pip install 'ownership-ledger[web]'" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "::", "ledger.example", "127.example"])
def test_others_are_let_in_only_by_a_password_or_a_proxy(jane, host):
    done = web("--db", str(jane), "--host", host, "--port", "0", LEDGER_WEB_PASSWORD="")

    assert done.exit_code == 2
    assert "LEDGER_WEB_PASSWORD" in done.stderr


def test_a_ledger_that_is_not_there_is_said_at_once(tmp_path):
    assert web("--db", str(tmp_path / "none.db")).exit_code == 4


def test_a_page_does_not_wait_between_its_head_and_its_body(jane):
    with Served(jane) as (_, address):
        asked = HTTPConnection(urlsplit(address).netloc)
        waits = []
        for _ in range(12):
            asked.request("GET", "/static/ledger.css")
            answer = asked.getresponse()
            begun = time.perf_counter()
            answer.read()
            waits.append(time.perf_counter() - begun)

    assert (
        statistics.median(waits) < 0.02
    )  # a system that waits for an acknowledgement waits 0.04 s


def test_a_port_that_is_taken_is_said_and_not_waited_for(jane):
    with Served(jane) as (_, address):
        done = web("--db", str(jane), "--port", address.rpartition(":")[2].strip("/"))

    assert done.exit_code == 2
    assert "--port" in done.stderr


def test_it_is_served_until_it_is_interrupted_and_says_nothing_of_itself(jane):
    with Served(jane) as (running, address):
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        running.wait(10)

    assert running.returncode == 130
    assert "Traceback" not in rest


def test_the_docs_count_the_clicks_of_first_tasks_as_the_tasks_have_them():
    assert tasks.page() == tasks.PAGE.read_text()
