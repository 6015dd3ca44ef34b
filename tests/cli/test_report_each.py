"""`report --each`: a folder with a report on everybody, and a page that leads to each."""

import re

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from ledger.filing import Issuer, Owner
from projections import judgement
from tests.projections.building import bought, filing, opening

JOHN = Owner(cik="0001000002", name="ROE JOHN")
OTHER = Issuer(cik="0002000009", name="OTHER CORP", symbol=None)


@pytest.fixture
def ledger(tmp_path):
    """Two people at one company, one of them at another as well."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as made:
        made.record(
            [
                opening(10_000),
                filing(bought(500, 10_500), on="2024-03-01", part=2),
                opening(700, by=JOHN, part=3),
                opening(9, issuer=OTHER, part=4),
            ]
        )
    return path


def asked(ledger, *words):
    """What came of `ledger report --each`."""
    return CliRunner().invoke(main, ["--db", str(ledger), "report", *map(str, words)])


def test_each_person_has_the_report_that_is_written_of_them_alone(ledger, tmp_path):
    folder = tmp_path / "reports"

    done = asked(ledger, "--each", "person", "-o", folder)

    assert (done.exit_code, done.stderr) == (0, f"2 reports and an index in {folder}\n")
    written = {file.name: file.read_text() for file in folder.iterdir()}
    assert sorted(written) == [
        "doe-jane-0001000001.html",
        "index.html",
        "roe-john-0001000002.html",
    ]
    alone = asked(ledger, "--person", "0001000002", "--format", "html").stdout
    assert written["roe-john-0001000002.html"] == alone
    assert set(re.findall(r'href="([a-z][^"]*)"', written["index.html"])) == {
        "doe-jane-0001000001.html",
        "roe-john-0001000002.html",
    }


@pytest.mark.parametrize(("kind", "ending"), [("md", "md"), ("table", "txt")])
def test_each_company_has_one_in_any_form_that_is_read(ledger, tmp_path, kind, ending):
    folder = tmp_path / "reports"

    asked(ledger, "--each", "issuer", "--format", kind, "-o", folder)

    index = (folder / f"index.{ending}").read_text()
    assert {f"other-corp-0002000009.{ending}", f"index.{ending}"} <= {
        file.name for file in folder.iterdir()
    }
    assert f"other-corp-0002000009.{ending}" in index
    assert "OTHER" in index  # its second word may stand on the next line


def test_a_company_is_judged_once_for_all_its_people(ledger, tmp_path, monkeypatch):
    judging, told = judgement.judge, []
    asked(ledger, "--person", "0001000001", "--format", "json")
    monkeypatch.setattr(judgement, "judge", lambda *a, **k: (told.append(a), judging(*a, **k))[1])

    asked(ledger, "--each", "person", "-o", tmp_path / "reports")

    assert len(told) == len(("ACME CORP", "OTHER CORP"))


def test_a_company_without_number_and_name_has_a_row_and_no_report_on_all(ledger, tmp_path):
    nobody, folder = Issuer(cik=None, name=None, symbol=None), tmp_path / "reports"
    with Ledger.open(ledger) as made:
        made.record([opening(40, issuer=nobody, part=5)])

    done = asked(ledger, "--each", "issuer", "-o", folder)

    assert done.exit_code == 0
    assert "2 reports and an index" in done.stderr
    assert "1 without one" in done.stderr
    assert len(list(folder.iterdir())) == len(("ACME", "OTHER", "index"))
    assert "neither a number nor a name" in (folder / "index.html").read_text()


def test_only_those_at_one_company_are_reported_on_where_it_is_named(ledger, tmp_path):
    folder = tmp_path / "reports"

    asked(ledger, "--each", "person", "--issuer", "OTHER", "-o", folder)

    assert sorted(file.name for file in folder.iterdir()) == [
        "doe-jane-0001000001.html",
        "index.html",
    ]
    assert "ACME" not in (folder / "doe-jane-0001000001.html").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--each", "person"], "reports on many go into a folder"),
        (["--each", "person", "--person", "DOE", "-o", "x"], "--each person is of every person"),
        (["--each", "person", "-o", "x", "--format", "xlsx"], "a folder holds no xlsx"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_asked(ledger, words, said):
    done = asked(ledger, *words)

    assert done.exit_code == 2
    assert said in done.stderr


def test_a_folder_that_is_there_is_left_alone(ledger, tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "mine.txt").write_text("mine")

    done = asked(ledger, "--each", "person", "-o", folder)

    assert done.exit_code == 2
    assert "has something in it" in done.stderr
    assert "name a new folder, or empty this one" in done.stderr
    assert [file.name for file in folder.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_written_into_and_a_file_in_its_place_is_told(ledger, tmp_path):
    empty, file = tmp_path / "empty", tmp_path / "file"
    empty.mkdir()
    file.write_text("mine")

    assert asked(ledger, "--each", "person", "-o", empty).exit_code == 0
    refused = asked(ledger, "--each", "person", "-o", file)

    assert (empty / "index.html").exists()
    assert refused.exit_code == 2
    assert "a file is there" in refused.stderr


def test_an_answer_that_is_one_file_names_one_in_the_folder_it_was_given(ledger, tmp_path):
    done = asked(ledger, "--person", "ROE", "-o", tmp_path)

    assert done.exit_code == 2
    assert f"name a file in it, such as {tmp_path / 'answer.html'}" in done.stderr
