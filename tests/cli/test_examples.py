"""The examples of the help, typed one after the other as a reader would."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli.examples import EXAMPLES
from cli.main import SUMMARIES, main
from tests.cli import papers

ASK_OTHERS = {"fetch", "follow", "web"}
"""Commands that wait for EDGAR, or for a browser: their examples are only understood."""

FIRST, LAST = ("ingest", "seal"), ("retract",)
"""What others need is typed first, and what takes a filing away last."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A handful of filings, as the examples speak of them, in a ledger."""
    folder = tmp_path_factory.mktemp("examples")
    papers.write(folder)
    return folder


def typed(name):
    return [shlex.split(line)[1:] for line in EXAMPLES[name]]


def test_every_command_has_a_few_examples_of_its_own():
    assert list(EXAMPLES) == list(SUMMARIES)
    for name in SUMMARIES:
        assert 1 <= len(EXAMPLES[name]) <= 3, name
        assert all(line.startswith(f"ledger {name}") for line in EXAMPLES[name]), name
        assert max(map(len, EXAMPLES[name])) <= 76, name


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_help_of_a_command_leads_with_its_examples(name):
    page = CliRunner().invoke(main, [name, "--help"], prog_name="ledger").output

    first, _, rest = page.partition("Options:")
    assert all(line in first.splitlines() for line in (f"    {one}" for one in EXAMPLES[name]))
    assert "ledger --names" in first
    assert "--db" in rest


@pytest.mark.parametrize("name", sorted(ASK_OTHERS))
def test_what_asks_others_is_understood(name):
    for arguments in typed(name):
        command = main.commands[name]
        assert isinstance(
            command.make_context(name, arguments[1:], resilient_parsing=False), click.Context
        )


def test_all_others_run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.delenv("LEDGER_DB", raising=False)
    between = [name for name in SUMMARIES if name not in {*ASK_OTHERS, *FIRST, *LAST}]
    for name in (*FIRST, *between, *LAST):
        for arguments in typed(name):
            done = CliRunner().invoke(main, arguments, prog_name="ledger", env={"USER": "jane"})
            assert done.exit_code == 0, (arguments, done.output[-500:])
    assert Path("holdings.xlsx").stat().st_size > 1_000
