"""How a check of a draft reads: it says that there is nothing only where there is nothing."""

import pytest
from click.testing import CliRunner

from cli.main import main
from tests.cli import papers
from tests.documents import ownership_xml, transaction


@pytest.fixture
def checked(tmp_path, monkeypatch):
    """What is shown of a draft of Jane Doe's next sale."""
    monkeypatch.chdir(tmp_path)
    papers.write(tmp_path)
    runner = CliRunner()
    assert runner.invoke(main, ["ingest", "filings", "-q"]).exit_code == 0

    def told(*, signer="Jane Doe", **said):
        sale = {"on": "2024-07-03", "code": "S", "shares": "70", "direction": "D"}
        row = transaction(**{**sale, "price": "0", "after": "1000", **said})
        signed = [(f"/s/ {signer}", "2024-07-05")]
        draft = ownership_xml([row], period="2024-07-03", owners=[papers.JANE], signatures=signed)
        (tmp_path / "draft.xml").write_bytes(draft)
        done = runner.invoke(main, ["check", "draft.xml", "--today", "2024-07-05"])
        return " ".join(done.stdout.split())

    return told


def test_where_something_is_to_be_looked_at_again_it_is_not_said_that_there_is_nothing(checked):
    told = checked(code="G", signer="Max Poe")

    assert "Look again: " in told
    assert "Nothing to find." not in told


def test_where_there_is_nothing_it_says_so(checked):
    assert "Nothing to find." in checked(code="G")


def test_the_drafts_own_lines_are_cited_by_line_alone(checked):
    told = checked(code="G", after="995")

    assert "Claimed 995 Common Stock, direct after 2024-07-03 (I.1)" in told
    assert "sha256:" not in told


def test_rows_that_are_due_on_one_day_are_told_together(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    papers.write(tmp_path)
    runner = CliRunner()
    runner.invoke(main, ["ingest", "filings", "-q"])
    gift = {"code": "G", "shares": "10", "direction": "D", "price": "0", "form": "5"}
    rows = [transaction(on=f"2020-0{month}-03", after="1", **gift) for month in (7, 8)]
    signed = [("/s/ Jane Doe", "2021-02-03")]
    draft = ownership_xml(
        rows, form="5", period="2020-12-31", owners=[papers.JANE], signatures=signed
    )
    (tmp_path / "draft.xml").write_bytes(draft)

    told = runner.invoke(main, ["check", "draft.xml", "--today", "2021-02-03"]).stdout

    assert [line for line in told.splitlines() if line.startswith(" Due")] == [
        " Due 16 February 2021"
    ]
