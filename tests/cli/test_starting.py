"""A command loads what it needs, and no more: one waits for it at every key of a completion."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import SUMMARIES, main
from tests.cli import papers
from tests.filings import folder_of

ROOT = Path(__file__).resolve().parents[2]
MODELS = {"pydantic", "ledger.validation", "ledger.filing", "ledger.events", "ledger.store.mapper"}
"""What documents are checked by as they are read."""

WHAT_WAS_LOADED = """
import sys
sys.argv[0] = "ledger"
try:
    from cli.main import main
    main(prog_name="ledger")
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""
COMPLETING = {"_LEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "ledger ho", "COMP_CWORD": "1"}


def loaded(*arguments, folder=None, **environment):
    """The modules that a run of the program has loaded when it ends."""
    done = subprocess.run(
        [sys.executable, "-c", WHAT_WAS_LOADED, *arguments],
        capture_output=True,
        check=True,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        text=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("arguments", "environment"), [(["--help"], {}), (["--version"], {}), ([], COMPLETING)]
)
def test_help_and_completion_load_neither_the_log_nor_the_rules(arguments, environment):
    modules = loaded(*arguments, **environment)

    assert not {"projections", "pydantic", "lxml", "rich", "eventsourcing"} & modules
    assert {name for name in modules if name.startswith("ledger.")} <= {
        "ledger.loading",
        "ledger.version",
    }
    assert not {name for name in modules if name.startswith("cli.commands.")}


def test_a_question_loads_no_reader_and_nobodys_calendars(tmp_path):
    papers.write(tmp_path)
    loaded("ingest", "filings", folder=tmp_path)

    modules = loaded("holdings", folder=tmp_path)

    assert not {"holidays", "lxml", "ledger.readers", "ledger.footnotes.recognition"} & modules
    assert "projections.questions.diff" not in modules


def test_documents_that_are_here_load_no_reader(tmp_path):
    papers.write(tmp_path)
    loaded("ingest", "filings", folder=tmp_path)

    modules = loaded("ingest", "filings", folder=tmp_path)

    assert "ledger.ingestion.unchanged" in modules
    assert not {"lxml", "ledger.readers.reader", "ledger.footnotes.recognition"} & modules


@pytest.mark.parametrize("asked", ["replay", "reconcile", "holdings", "ingest filings"])
def test_what_was_checked_when_it_was_written_is_read_without_the_models(asked, tmp_path):
    papers.write(tmp_path)
    loaded("ingest", "filings", folder=tmp_path)

    assert not MODELS & loaded(*asked.split(), folder=tmp_path)


def test_xml_is_read_without_what_reads_paper_and_renderings(tmp_path):
    folder_of(tmp_path / "forms", 1)

    modules = loaded("ingest", "forms", folder=tmp_path)

    assert "ledger.readers.ownership_xml.reader" in modules
    assert "ledger.readers.pages.reader" not in modules
    assert not {name for name in modules if name.startswith("ledger.readers.scan")}
    assert not {name for name in modules if name.startswith("ledger.readers.rendered")}


@pytest.mark.parametrize("asked", ["reconcile", "holdings"])
def test_what_is_stored_is_told_without_the_rules_that_judged_it(asked, tmp_path):
    papers.write(tmp_path)
    loaded("ingest", "filings", folder=tmp_path)
    loaded(asked, folder=tmp_path)

    modules = loaded(asked, folder=tmp_path)

    assert "projections.views.readmodel" in modules
    assert not {"projections.judgement", "projections.views.building"} & modules
    assert not {name for name in modules if name.startswith("projections.snapshots")}
    assert len({name for name in modules if name.startswith("projections")}) < 33


@pytest.mark.parametrize("name", main.commands)
def test_the_summary_of_a_command_is_the_one_that_it_gives_itself(name):
    assert main.commands[name].get_short_help_str(limit=1_000) == SUMMARIES[name]
