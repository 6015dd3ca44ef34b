"""What holds for every command: where it looks, where it writes, how it ends."""

import json
import os
import re
import sqlite3
from datetime import datetime
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import ledger as installed
from cli.main import main
from ledger import Ledger
from projections import reconcile
from tests.cli import papers
from tests.projections.building import filing, opening, sold

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEDGER_DB", raising=False)
    papers.write(tmp_path)
    return tmp_path


def ledger(*arguments, **options):
    return CliRunner().invoke(main, arguments, **options)


@pytest.fixture
def filled(folder):
    assert ledger("ingest", "filings").exit_code == 0
    return folder


@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_has_help_and_the_options_that_are_everywhere(name):
    done = ledger(name, "--help")

    assert done.exit_code == 0
    answering = ("--format", "--output") if name != "web" else ()  # which answers with pages
    for option in ("--db", "--quiet", "--verbose", *answering):
        assert option in done.output


@pytest.mark.parametrize("name", list(main.commands))
def test_every_command_module_exports_exactly_one_command(name):
    module = __import__(f"cli.commands.{name}", fromlist=["command"])
    found = [value for value in vars(module).values() if isinstance(value, click.Command)]

    assert found == [module.command]
    assert module.command.name == name


def test_the_database_may_be_named_before_or_after_the_command_or_by_the_environment(folder):
    assert ledger("--db", "one.db", "ingest", "filings").exit_code == 0
    assert ledger("ingest", "filings", "--db", "two.db").exit_code == 0
    assert ledger("ingest", "filings", env={"LEDGER_DB": "three.db"}).exit_code == 0
    assert (
        ledger("--db", "x.db", "stats", "--db", "one.db", env={"LEDGER_DB": "y.db"}).exit_code == 0
    )

    assert {path.name for path in folder.glob("*.db")} == {
        "one.db",
        "two.db",
        "three.db",
        "other.db",
    }


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.json", "{\n"),
        ("a.ndjson", '{"person"'),
        ("a.csv", "person_cik"),
        ("a.md", "As last reported by "),
        ("a.HTML", "<!DOCTYPE"),
        ("a.txt", " As last reported by "),
    ],
)
def test_the_ending_of_a_file_gives_its_format(filled, name, begins):
    done = ledger("holdings", "-o", name)

    assert (done.exit_code, done.output) == (0, "")
    assert Path(name).read_text("utf-8").startswith(begins)


def test_a_file_that_could_not_be_finished_is_not_begun(filled):
    Path("kept.json").write_text("kept")

    done = ledger("holdings", "--person", "NOBODY", "-o", "kept.json")

    assert done.exit_code == 2
    assert Path("kept.json").read_text() == "kept"
    assert not list(filled.glob(".kept*"))


def test_data_goes_to_stdout_and_notes_to_stderr(folder):
    done = ledger("ingest", "mixed", "--format", "json")

    assert json.loads(done.stdout)["set_aside"] == 3
    assert done.stderr.count("set aside") == 3
    assert ledger("-q", "ingest", "mixed").stderr == ""


def test_notes_beyond_twenty_are_counted_and_shown_on_demand(folder):
    for number in range(25):
        Path(f"filings/{number}.txt").write_text("nothing")

    assert (
        "... and 5 more documents set aside, 25 in all; -v shows all"
        in ledger("ingest", "filings").stderr
    )
    assert ledger("-v", "ingest", "filings").stderr.count("set aside") == 25


def test_standard_input_is_a_document_named_by_a_dash(folder):
    done = ledger("ingest", "-", "--format", "json", input=papers.purchase())

    assert json.loads(done.stdout)["recorded"] == 1


def test_a_dry_run_makes_no_ledger_and_changes_none(filled):
    before = Path("ledger.db").read_bytes()

    assert (
        json.loads(ledger("ingest", "late", "--dry-run", "--format", "json").stdout)["recorded"]
        == 1
    )
    assert ledger("--db", "new.db", "ingest", "late", "--dry-run").exit_code == 0

    assert Path("ledger.db").read_bytes() == before
    assert not Path("new.db").exists()


def test_a_good_log_says_so_in_every_format(filled):
    (record,) = map(json.loads, ledger("verify", "--format", "ndjson").stdout.splitlines())
    assert (record["ok"], record["problem"]) == (True, None)
    parquet = pytest.importorskip("pyarrow.parquet")
    assert ledger("verify", "--format", "parquet", "-o", "log.parquet").exit_code == 0
    assert parquet.read_table("log.parquet").to_pylist() == [record]


def test_an_altered_log_is_told_by_exit_code_6(filled):
    with sqlite3.connect("ledger.db") as database:
        database.execute("PRAGMA recursive_triggers = 0")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            database.execute(f"DROP TRIGGER {name}")
        database.execute(
            "UPDATE stored_events SET state = replace(CAST(state AS TEXT), '1100', '9100')"
        )

    done = ledger("verify", "--format", "json")

    assert done.exit_code == 6
    assert json.loads(done.stdout)["ok"] is False
    records = [json.loads(r) for r in ledger("verify", "--format", "ndjson").stdout.splitlines()]
    assert [r["problem"] for r in records] == json.loads(done.stdout)["problems"]
    assert not any(r["ok"] for r in records)
    assert "altered" in ledger("verify").stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_ledger_that_may_not_be_written_can_be_asked(filled):
    assert ledger("holdings").exit_code == 0
    Path("ledger.db").chmod(0o444)
    filled.chmod(0o555)
    try:
        assert ledger("holdings").exit_code == 0
        assert ledger("ingest", "late").exit_code == 4
    finally:
        filled.chmod(0o755)


def test_fail_on_looks_at_the_findings_that_were_asked_for(filled):
    assert ledger("ingest", "late").exit_code == 0

    assert ledger("reconcile").exit_code == 0
    assert ledger("reconcile", "--fail-on", "major").exit_code == 1
    assert ledger("reconcile", "--fail-on", "critical").exit_code == 0


def test_fail_on_may_name_what_a_draft_is_told_to_look_at_again(filled):
    again = ("check", "filings/0001000001-24-000002.xml", "--fail-on")

    assert ledger(*again, "hint").exit_code == 1
    assert ledger(*again, "Recorded").exit_code == 1
    assert ledger(*again, "left-out").exit_code == 0
    assert ledger(*again, "left-out", "--fail-on", "hint").exit_code == 1
    assert ledger("reconcile", "--fail-on", "hint").exit_code == 2


def test_a_late_filing_is_as_grave_to_a_desk_as_its_small_file_says(filled):
    late = ("check", "draft", "--today", "2024-07-10", "--fail-on", "minor")
    config = filled / "ledger.toml"

    assert ledger(*late).exit_code == 1
    config.write_text('[severity]\nSHORT_SWING_CANDIDATE = "info"\n')
    assert ledger(*late).exit_code == 1
    config.write_text('[severity]\nLATE_FILING = "info"\n')
    assert ledger(*late).exit_code == 0
    config.write_text('[severity]\nLATE_FILING = "grave"\n')
    assert (ledger(*late).exit_code, "one of info" in ledger(*late).output) == (2, True)


def test_what_tells_findings_has_them_as_grave_as_the_small_file_says(filled):
    late = filing(sold(70, 930), on="2024-03-01", filed="2024-04-01")
    with Ledger.open("late.db") as made:
        made.record([opening(1_000), late])
        (found,) = (f for f in reconcile(made).findings if f.kind == "LATE_FILING")
    commands = (("reconcile",), ("holdings",), ("explain", found.id), ("show", late.id))
    (filled / "ledger.toml").write_text('[severity]\nLATE_FILING = "major"\n')

    for command in (
        *commands,
        ("review", found.id, "--note", "so"),
        ("report", "--issuer", "ACME"),
    ):
        told = ledger("--db", "late.db", *command).output
        assert "major" in told, command
        assert not re.search(r"info:? +LATE_FILING", told), command


@pytest.mark.parametrize("register", ["people", "issuers"])
def test_what_counts_findings_has_them_as_grave_as_the_small_file_says(filled, register):
    late = filing(sold(70, 930), on="2024-03-01", filed="2024-04-01")
    with Ledger.open("late.db") as made:
        made.record([opening(1_000), late])

    assert "1 minor" in ledger("--db", "late.db", register).stdout
    (filled / "ledger.toml").write_text('[severity]\nLATE_FILING = "major"\n')
    counted = ledger("--db", "late.db", register).stdout
    assert "1 major" in counted
    assert "minor" not in counted


@pytest.mark.parametrize("command", ["holdings", "reconcile", "history", "due", "filed", "stats"])
def test_help_offers_the_formats_that_a_command_has_and_the_others_say_where_they_are(
    filled, command
):
    offered = {"history": {"svg"}, "filed": {"svg"}, "due": {"ics"}}.get(command, set())
    told = " ".join(ledger(command, "--help").stdout.split())
    words = re.search(r"--format \[(.*?)\]", told)

    for kind in ("svg", "ics"):
        assert (kind in words[1].split("|")) == (kind in offered)
        if kind not in offered:
            for way in (("--format", kind), ("-o", f"x.{kind}")):
                refused = ledger(command, *way)
                assert refused.exit_code == 2
                assert f"ledger {'history' if kind == 'svg' else 'due'} -o" in refused.output
    assert not list(Path().glob("x.*"))


def test_an_answer_without_a_name_and_a_query_are_refused_with_what_to_do(filled):
    unnamed, asked = ledger("schema"), ledger("sql", "SELECT 1 FROM filings")

    assert (unnamed.exit_code, asked.exit_code) == (2, 2)
    assert "holdings, ingest" in unnamed.output
    assert "sqlite3 ledger.db 'SELECT 1 FROM filings'" in asked.output


def test_a_mistake_of_ours_is_named_without_a_traceback_unless_asked_for(filled, monkeypatch):
    monkeypatch.setattr(Ledger, "verify", lambda *_: 1 / 0)

    told = ledger("verify")
    asked = ledger("-v", "verify")

    assert (told.exit_code, told.stdout) == (1, "")
    assert "a mistake in this program" in told.stderr
    assert "ZeroDivisionError: division by zero" in told.stderr
    assert "Traceback" not in told.stderr
    assert "Traceback" in asked.stderr


def test_an_interrupt_is_told_by_exit_code_130(filled, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "verify", interrupt)
    done = ledger("verify")

    assert done.exit_code == 130
    assert "interrupted" in done.stderr


def test_the_version_is_told():
    assert ledger("--version").output.startswith("ledger, version ")


def test_a_server_answers_exactly_as_a_file_does(filled, postgres_url):
    assert ledger("--db", postgres_url, "ingest", "filings", "late").exit_code == 0
    assert ledger("ingest", "late").exit_code == 0

    for question in (
        ["holdings"],
        ["events", "--format", "csv"],
        ["reconcile", "--format", "json"],
    ):
        assert ledger(*question, "--db", postgres_url).stdout == ledger(*question).stdout


def test_how_things_are_named_stands_on_one_page_that_fits_any_screen():
    page = ledger("--names").output

    for word in ("REF", "WHO", "WHICH", "KIND", "SEVERITY", "DATE", "DAYS", "PATH"):
        assert f"\n{word}" in page
    assert max(map(len, page.splitlines())) <= 80
    assert f"```text\n{page}```\n" in (DOCS / "reference" / "names.md").read_text("utf-8")


def test_what_is_done_and_how_long_it_took_is_told_where_it_is_asked_for(filled):
    told = ledger("-v", "reconcile").stderr

    for step in ("opening ledger.db", "judging what", "answering", "writing"):
        assert re.search(rf"^{step}.*: \d+\.\d{{3}} s$", told, re.MULTILINE), step
    assert ledger("reconcile").stderr == ""


def test_lines_on_stderr_may_be_objects_for_a_program(filled):
    done = ledger("--log", "json", "holdings", "--person", "nobody")
    line = json.loads(done.stderr)

    assert (line["level"], done.exit_code) == ("error", 2)
    assert line["message"].startswith("no person here answers to 'nobody'")
    assert datetime.fromisoformat(line["at"]).tzinfo is not None
    assert ledger("holdings", "--person", "nobody").stderr.startswith("Error: ")


def test_a_password_is_never_told(folder):
    done = ledger("-v", "--db", "postgresql://jane:secret@127.0.0.1:1/none", "stats")

    assert done.exit_code == 4
    assert "secret" not in done.output


def test_python_knows_the_version_that_the_program_tells():
    assert f"version {installed.__version__}" in ledger("--version").output


@pytest.mark.parametrize(("forms", "left"), [(5, None), (8, "6 more")])
def test_of_many_filings_behind_a_change_a_table_counts_those_between(folder, forms, left):
    days = [f"2024-0{month}-05" for month in range(1, forms + 1)]
    with Ledger.open("many.db") as there:
        there.record([opening(1_000)])
        there.record(filing(sold(10, 1_000 - 10 * n), on=day) for n, day in enumerate(days, 1))

    words = ("--db", "many.db", "diff", "--known-at", "2023-12-31", "--known-at", "2024-12-31")
    told = ledger(*words).stdout
    [change] = json.loads(ledger(*words, "--format", "json").stdout)["changes"]

    assert len(change["because"]) == forms + 1
    assert told.count("Form ") == (3 if left else forms + 1)
    assert left is None or left in " ".join(told.split())
