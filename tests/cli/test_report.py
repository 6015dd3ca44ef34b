"""A report is one document that leads from each holding to what there is to say about it."""

import json
import re
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from cli.formats.markup import write_html
from cli.formats.paper import print_page
from cli.main import main
from cli.reports.blocks import Grid, Heading, Paragraph, Row, columns
from ledger import Ledger
from ledger.filing import Issuer
from projections import history, reconcile, review
from projections.questions.explain import memos
from tests.projections.building import (
    bought,
    filing,
    held,
    opening,
    plan_purchase,
    sold,
)

NOON = datetime(2026, 1, 5, 17, tzinfo=UTC)
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
    assert page.count("<svg") == 3  # two positions for a desk, both for a telephone


def test_every_filing_of_its_entries_leads_to_sec_gov_found_at_fault_or_not(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "html")

    with Ledger.open(ledger, read_only=True) as made:
        entries = [e for p in history(made, person="DOE JANE").positions for e in p.entries]
    assert any(not entry.findings for entry in entries)
    assert all(f'href="{entry.address}"' in page for entry in entries)


def test_as_markdown_it_is_text_that_can_be_read(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "md", "--as-of", "2024-07-01")

    assert page.startswith("# DOE JANE at ACME CORP")
    assert "Holdings on 1 July 2024, by all that is recorded here" in page
    assert "<svg" not in page


def test_as_json_it_has_the_answers_it_was_made_of(ledger):
    said = json.loads(report(ledger, "--issuer", "ACME", "--format", "json"))

    assert said["schema"] == "ledger.report/1"
    assert [h["shares"] for h in said["holdings"]] == ["10040", "4000"]
    assert said["totals"]["explained"] == 1


def test_a_companys_report_draws_its_insiders_and_its_filings_and_a_persons_does_not(ledger):
    company, person = (
        report(ledger, *whom, "--format", "html")
        for whom in (("--issuer", "ACME"), ("--person", "doe"))
    )

    assert company.count("<svg") == person.count("<svg") + 4
    assert "Common Stock of ACME CORP [ACME]" in company
    told = json.loads(report(ledger, "--issuer", "ACME", "--format", "json"))
    assert len(told["filed"]) >= 2
    assert told["stakes"][0]["levels"]


def test_what_was_not_known_then_is_not_in_it(ledger):
    page = report(ledger, "--person", "DOE JANE", "--known-at", "2024-07-01", "--format", "html")

    assert "10,040" not in page
    assert "None is minor or graver: 2 totals compared with what was recorded before" in page


def test_a_day_before_anything_was_held_leaves_the_company_in_its_title(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "md", "--as-of", "2020-01-01")

    assert page.startswith("# DOE JANE at ACME CORP")


def test_a_day_bounds_the_positions_and_the_other_parts_say_that_it_does_not_bound_them(ledger):
    bounded = report(ledger, "--person", "DOE JANE", "--format", "md", "--as-of", "2024-07-01")
    whole = report(ledger, "--person", "DOE JANE", "--format", "md")

    assert bounded.count("also after 1 July 2024") == 3
    assert "bounds the positions alone" not in whole


def test_a_finding_that_has_no_memo_is_told_by_its_own_words(ledger, monkeypatch):
    monkeypatch.setattr("cli.commands.report.memos", lambda *_, **__: iter(()))
    page = report(ledger, "--person", "DOE JANE", "--format", "html")

    with Ledger.open(ledger, read_only=True) as made:
        grave = [f for f in reconcile(made).findings if f.severity != "info"]
    assert grave
    assert all(f'id="{f.id}"' in page and f.message in page for f in grave)


def test_a_finding_of_a_moment_has_its_memo_though_a_later_filing_laid_it_to_rest(tmp_path):
    elsewhere = {"issuer": Issuer(cik="0002000077", name="ELM CORP", symbol="ELM")}
    with Ledger.open(tmp_path / "l.db") as made:
        made.record(
            [
                opening(1_000),
                filing(sold(100, 950), on="2024-03-01"),
                opening(500, **elsewhere, part=7),
                filing(sold(50, 900), on="2024-03-01", **elsewhere, part=7),
                filing(sold(50, 450), on="2024-03-01", filed="2024-06-03", form="4/A", **elsewhere),
            ]
        )
        then = reconcile(made, known_at="2024-04-01")
        grave = {f.id for f in then.findings if f.severity != "info"}

        assert len(grave) == 2
        assert {f.id for f in reconcile(made).findings} & grave != grave
        assert {story.ref for story in memos(made, grave, known_at="2024-04-01")} == grave


def test_the_method_says_what_the_explained_totals_of_this_report_rest_on(ledger):
    page = report(ledger, "--person", "DOE JANE", "--format", "md")

    assert "Of 1 explained total here 1 rest on terms that are all stated or shown, 0 on a" in page


def test_a_report_about_nobody_is_refused(ledger):
    done = CliRunner().invoke(main, ["--db", str(ledger), "report"], prog_name="ledger")

    assert done.exit_code == 2
    assert "name --person, --issuer or both" in done.stderr


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: chromium is not installed")
def test_printed_on_several_pages_it_loses_no_row(tmp_path):
    from pdfminer.high_level import extract_text  # noqa: PLC0415
    from pdfminer.layout import LAParams  # noqa: PLC0415

    db, paper = (tmp_path / name for name in ("l.db", "r.pdf"))
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 26)]
    owned = 10_000
    with Ledger.open(db) as made:
        made.record([opening(owned, on="2023-12-01")])
        made.record(
            [filing(bought(7, owned + 7 * n), on=day) for n, day in enumerate(days, start=1)]
        )
    report(db, "--person", "DOE JANE", "-o", str(paper))

    text = extract_text(paper, laparams=LAParams(boxes_flow=None))
    assert text.count("\f") > 3
    assert [day for day in days if day not in text] == []
    assert [n for n in range(1, len(days) + 1) if f"{owned + 7 * n:,}" not in text] == []


def test_without_a_browser_it_says_what_to_do_before_anything_is_asked(ledger, monkeypatch):
    monkeypatch.setenv("PATH", "")
    words = ["--db", str(ledger), "report", "--person", "nobody", "-o", "r.pdf"]

    done = CliRunner().invoke(main, words, prog_name="ledger")

    assert done.exit_code == 2
    assert "install Chromium, or write .html" in done.stderr


def test_a_pdf_is_not_for_a_terminal(ledger):
    words = ["--db", str(ledger), "report", "--person", "DOE JANE", "--format", "pdf"]

    assert "PDF is no text" in CliRunner().invoke(main, words, prog_name="ledger").stderr


def test_what_was_accepted_is_counted_told_and_led_to_and_said_to_be_so(ledger):
    with Ledger.open(ledger) as asked:
        grave = next(f for f in reconcile(asked).findings if f.severity != "info")
        review(asked, grave.id, accept=True, note="The filer was asked.", by="Ann", at=NOON)
    page = report(ledger, "--person", "DOE JANE", "--format", "html")

    assert "1 of them accepted" in page
    assert "note: The filer was asked." in page
    assert f'id="{grave.id}"' in page


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser: chromium is not installed")
def test_printed_no_day_no_number_and_no_filings_name_is_broken_where_a_line_ends(tmp_path):
    from pdfminer.high_level import extract_pages  # noqa: PLC0415
    from pdfminer.layout import LTTextContainer, LTTextLine  # noqa: PLC0415

    page, paper = tmp_path / "page.html", tmp_path / "page.pdf"
    whole = ("2024-03-01", "1,234,567.25", "-250,000", "0001000001-24-030301#I.1", "9 March 2024")
    words = " ".join(f"{'x' * (n % 29 + 1)} {whole[n % len(whole)]}" for n in range(300))
    grid = Grid(columns("Words", "=Day"), [Row((words, "2024-03-01"), (words,))])
    with page.open("w") as stream:
        write_html([Heading(words), Paragraph(words), grid], stream)
    print_page(page.read_text(), paper)

    boxes = (box for one in extract_pages(paper) for box in one if isinstance(box, LTTextContainer))
    lines = [line.get_text() for box in boxes for line in box if isinstance(line, LTTextLine)]
    assert len(lines) > 60
    assert sum(line.count(one) for line in lines for one in whole) == 4 * 300 + 1
