"""An answer takes the place of no ledger, of no backup, and of nothing that it was made from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.formats import bulk
from cli.main import main
from ledger import Ledger
from tests.cli import papers


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a ledger, the filings it was made from, and a seal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEDGER_DB", raising=False)
    papers.write(tmp_path)
    assert run("ingest", "filings").exit_code == 0
    Path("seal.json").write_text(run("seal", "--format", "json").stdout)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def contents(folder):
    beside = ("-wal", "-shm")
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: path.read_bytes() for path in files if not path.name.endswith(beside)}


@pytest.mark.parametrize(
    "command",
    [
        "backup copy.db -o copy.db --format json",
        "backup copy.json -o ./copy.json",
        "backup copy.db -o ledger.db --format json",
        "holdings -o ledger.db-wal --format json",
        "holdings -o ledger.db-shm --format csv",
        "export entries -o ledger.db-journal --format csv",
        "ingest filings -o filings/0001000001-24-000001.xml --format json",
        "ingest filings/0001000001-24-000001.xml late -o late/0001000001-24-000004.xml --format md",
        "check late/0001000001-24-000004.xml -o late/0001000001-24-000004.xml --format json",
        "verify --against seal.json -o seal.json",
        "holdings -o other.db --format json --db elsewhere/../other.db",
    ],
)
def test_an_answer_overwrites_neither_the_ledger_nor_what_the_command_reads_or_writes(
    folder, command
):
    before = contents(folder)

    done = run(*command.split())

    assert (done.exit_code, "would overwrite" in done.stderr) == (2, True)
    assert contents(folder) == before


@pytest.mark.parametrize(
    "command",
    [
        "holdings -o copy.json",
        "export entries -o copy.csv",
        "export entries -o copy.xlsx",
        "export entries -o copy.beancount",
    ],
)
def test_an_answer_overwrites_no_other_ledger_and_no_backup(folder, command):
    target = command.split()[-1]
    assert run("backup", target).exit_code == 0
    before = contents(folder)

    done = run(*command.split())

    assert (done.exit_code, "no answer overwrites" in done.stderr) == (2, True)
    assert contents(folder) == before


def test_an_answer_takes_the_place_of_the_answer_before_it(folder):
    for _ in range(2):
        assert run("holdings", "-o", "holdings.json").exit_code == 0
        assert run("export", "entries", "-o", "entries.csv").exit_code == 0
        assert run("backup", "copy.db", "-o", "backup.json").exit_code == 0
        Path("copy.db").unlink()


def test_the_types_of_a_csv_file_overwrite_nothing_but_such_types(folder):
    assert run("backup", "entries.schema.json").exit_code == 0
    assert run("--db", "entries.schema.json", "stats").exit_code == 0
    Path("filings.schema.json").write_text(json.dumps({"$schema": "mine", "fields": []}))
    before = contents(folder)

    ours = run("--db", "entries.schema.json", "export", "entries", "-o", "entries.csv")
    anothers = run("export", "entries", "-o", "entries.csv")
    somebodys = run("export", "filings", "-o", "filings.csv")

    assert [ours.exit_code, anothers.exit_code, somebodys.exit_code] == [2, 2, 2]
    assert contents(folder) == before


def test_of_several_tables_all_come_to_a_folder_or_none(folder, monkeypatch):
    write = bulk._write_csv_parts

    def failing(told, parts, look):
        if told.name == "findings":
            raise OSError(28, "No space left on device")
        write(told, parts, look)

    command = "export entries findings -o out/ --format csv".split()

    with monkeypatch.context() as patched:
        patched.setattr(bulk, "_write_csv_parts", failing)
        assert run(*command).exit_code == 1
        assert not Path("out").exists()
        Path("out").mkdir()
        assert run(*command).exit_code == 1
        assert not list(Path("out").iterdir())
    Path("out/findings").mkdir()
    assert run("export", "entries", "findings", "-o", "out/").exit_code == 2
    assert [path.name for path in Path("out").iterdir()] == ["findings"]


def test_what_is_written_says_no_more_than_asked(folder):
    told = run("-q", "export", "entries", "-o", "entries.beancount")

    assert (told.exit_code, told.stderr) == (0, "")
    assert "asserted" in run("export", "entries", "-o", "entries.beancount").stderr


@pytest.mark.parametrize(
    "command",
    [
        "export entries --as-of 2024-06-30",
        "export panel --as-of 2024-06-30",
        "export holdings --since 2024-06-30",
        "export events findings --until 2024-06-30 -o out/",
        "export entries --as-of 2024-06-30 --format hledger",
    ],
)
def test_a_day_on_which_no_table_asked_for_depends_is_refused(folder, command):
    done = run(*command.split())

    assert (done.exit_code, "says nothing about" in done.stderr) == (2, True)


def test_a_day_may_be_given_where_one_of_several_tables_depends_on_it(folder):
    assert run(*"export entries holdings --as-of 2024-06-30 -o out/".split()).exit_code == 0
    with Ledger.open("ledger.db") as ledger:
        assert ledger.verify().ok
