"""A report is one document that leads from each holding to what there is to say about it."""

import json
import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from projections import reconcile
from tests.projections.building import (
    bought,
    filing,
    held,
    opening,
    plan_purchase,
    sold,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def ledger(tmp_path):
    """Jane Doe's ledger: a plan purchase, a slip, and a trust."""
    path = tmp_path / "ledger.db"
    trust = {"how": "By Family Trust"}
    with Ledger.open(path) as made:
        made.record(
            [
                opening(10_000, held(4_000, **trust)),
                filing(bought(500, 10_500), on="2024-03-01"),
                filing(sold(200, 10_420, notes=plan_purchase(120, "2024-05")), on="2024-06-03"),
                filing(sold(20, 10_040), on="2024-09-03"),
            ]
        )
    return path


def report(ledger, *arguments):
    """What `ledger report` writes."""
    words = ["--db", str(ledger), "report", *arguments]
    done = CliRunner().invoke(main, words, prog_name="ledger")
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_its_parts_are_numbered_and_it_says_of_which_log_it_is(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "html")

    assert re.findall(r"<h2>(\d .*?)</h2>", page) == [
        "1 Positions",
        "2 Charts and entries",
        "3 Findings",
        "4 Notes",
        "5 Method and limits",
    ]
    with Ledger.open(ledger, read_only=True) as made:
        assert made.seal().root in page


def test_every_finding_above_a_note_is_told_and_what_names_it_leads_there(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "html")

    with Ledger.open(ledger, read_only=True) as made:
        told = {f.id for f in reconcile(made).findings if f.severity != "info"}
    assert told
    assert set(re.findall(r'<h3 id="(\w+)">', page)) == told
    assert set(re.findall(r'href="#(\w+)"', page)) == told
    assert page.count("<svg") == 1


def test_as_markdown_it_is_text_that_can_be_read(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "md", "--as-of", "2024-07-01")

    assert page.startswith("# DOE JANE at ACME CORP")
    assert "Holdings on 1 July 2024, by what was public in all that is recorded" in page
    assert "<svg" not in page


def test_as_json_it_has_the_answers_it_was_made_of(ledger):
    said = json.loads(report(ledger, "--issuer", "ACME", "--format", "json"))

    assert said["schema"] == "ledger.report/1"
    assert [h["shares"] for h in said["holdings"]] == ["10040", "4000"]
    assert said["totals"]["explained"] == 1


def test_what_was_not_known_then_is_not_in_it(ledger):
    page = report(ledger, "--person", "DOE JANE", "--known-at", "2024-07-01", "--format", "html")

    assert "10,040" not in page
    assert "Nothing is wrong or in doubt" in page


def test_a_report_about_nobody_is_refused(ledger):
    done = CliRunner().invoke(main, ["--db", str(ledger), "report"], prog_name="ledger")

    assert done.exit_code == 2
    assert "name --person, --issuer or both" in done.stderr


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: chromium is not installed")
def test_printed_on_several_pages_it_loses_no_row(tmp_path):
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    db, page, paper = (tmp_path / name for name in ("l.db", "r.html", "r.pdf"))
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 9) for day in range(1, 26)]
    owned = 10_000
    with Ledger.open(db) as made:
        made.record([opening(owned, on="2023-12-01")])
        made.record(
            [filing(bought(7, owned + 7 * n), on=day) for n, day in enumerate(days, start=1)]
        )
    page.write_text(report(db, "--person", "DOE JANE", "--format", "html"), "utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={paper}"]
    subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)

    text = extract_text(paper)
    assert text.count("\f") > 3
    assert [day for day in days if day not in text] == []
    assert [n for n in range(1, 201) if f"{owned + 7 * n:,}" not in text] == []
