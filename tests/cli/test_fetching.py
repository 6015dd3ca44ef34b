"""`ledger fetch` and `ledger follow` as typed, against a server that answers as EDGAR does."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

pytest.importorskip("httpx2")
pytest.importorskip("stamina")

from cli.main import main
from ledger.edgar import client
from ledger.edgar.pace import Pace
from tests.ledger.edgar import misbehaving as bad
from tests.ledger.edgar.misbehaving import Edgar, serving
from tests.schemas import faults
from tests.simulator import sequence

FILINGS = [f for f in sequence(7).filings if f.filed_on and f.accepted_at][-12:]
PERSON = FILINGS[0].owners[0].cik or ""
THEIRS = [f for f in FILINGS if PERSON in {o.cik for o in f.owners}]
CONTACT = "Ann Doe ann@example.com"


@pytest.fixture
def edgar() -> Iterator[Edgar]:
    with serving(FILINGS) as server:
        yield server


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    quick = partial(Pace, tmp_path / "pace", each_second=5_000)
    monkeypatch.setattr(client, "Pace", lambda _: quick())


def typed(edgar: Edgar, *words: str, contact: str = CONTACT) -> Result:
    environment = {"LEDGER_EDGAR": edgar.url, "LEDGER_CONTACT": contact, "LEDGER_DB": None}
    return CliRunner().invoke(main, words, env=environment)


def test_what_came_is_said_in_a_line_and_kept_as_edgar_names_it(edgar):
    done = typed(edgar, "fetch", "--person", PERSON)

    assert done.exit_code == 0, done.output
    assert f"{len(THEIRS)} filings listed, 0 already here, {len(THEIRS)} recorded" in done.stdout
    kept = {path.stem for path in Path("edgar/filings").rglob("*.txt")}
    assert kept == {f.accession for f in THEIRS}


def test_the_answer_is_as_its_schema_says(edgar):
    done = typed(edgar, "fetch", "--person", PERSON, "--format", "json")
    told = json.loads(done.stdout)

    assert faults(told) == []
    assert (told["listed"], told["ended"], told["folder"]) == (len(THEIRS), None, "edgar")


def test_without_a_contact_nothing_is_asked(edgar):
    done = typed(edgar, "fetch", "--person", PERSON, contact="")

    assert done.exit_code == 2
    assert "LEDGER_CONTACT" in done.stderr
    assert edgar.asked == []
    assert not Path("ledger.db").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fetch"], "name some with --person CIK"),
        (["fetch", "--person", "1", "--forms", "4,8-K"], "some of 3, 4 and 5"),
        (["fetch", "--person", "1", "--mirror", "ftp://x"], "no address of a mirror"),
        (["follow", "--once", "--every", "soon"], "10m, 90s or 1h"),
    ],
)
def test_a_slip_in_the_command_is_said(edgar, words, says):
    done = typed(edgar, *words)

    assert done.exit_code == 2
    assert says in done.stderr


def test_a_filing_that_does_not_come_is_named_and_the_run_ends_in_one(edgar):
    one = THEIRS[1]
    path = f"/Archives/edgar/data/{int(PERSON)}/{(one.accession or '').replace('-', '')}/{one.accession}.txt"
    edgar.faults[path].append(bad.moved_to("https://example.org/"))
    done = typed(edgar, "fetch", "--person", PERSON)

    assert done.exit_code == 1
    assert f"Form {one.form} {one.accession}: moved to another host" in done.stderr


def test_being_refused_ends_in_five_with_what_to_do(edgar):
    edgar.faults[f"/submissions/CIK{PERSON}.json"].append(bad.refused)
    done = typed(edgar, "fetch", "--person", PERSON)

    assert done.exit_code == 5
    assert "EDGAR does not let this machine ask (403)" in done.stderr
    assert not Path("ledger.db").exists()  # for nothing came


def test_one_round_of_following_is_what_cron_runs(edgar):
    since = f"{FILINGS[0].filed_on}"
    first = typed(edgar, "follow", "--once", "--since", since)
    again = typed(edgar, "follow", "--once")

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert f"{len(FILINGS)} recorded" in first.stdout
    assert "0 recorded" in again.stdout


def test_the_extra_that_is_missing_is_named(edgar, monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx2", None)
    done = typed(edgar, "fetch", "--person", PERSON)

    assert done.exit_code == 2
    assert "ownership-ledger[edgar]" in done.stderr
