"""The documentation tells the truth: transcripts run, and nothing lacks its section."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.main import main
from ledger import errors
from ledger.codes import CODES
from ledger.events import TOPICS
from ledger.filing import Filing, Issuer, Owner, Repair, Row, Signature, Statement
from projections import answers
from projections.findings.explanations import EXPLANATIONS
from projections.findings.kinds import KINDS
from tests import tables_page
from tests.projections.kinds.telling import PACKAGED
from tests.transcripts import EXAMPLES, PYTHON_PATH, ROOT, Step, agree, run, walk

DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
TRANSCRIPTS = [page for page in PAGES if "```console\n$ " in page.read_text("utf-8")]

FILING = f"{EXAMPLES}/worked-example/rogers-form-5-for-2004.txt"
ANSWERS = [shape for shape in vars(answers).values() if hasattr(shape, "schema")]


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def commands() -> dict[str, click.Command]:
    context = click.Context(main)
    named = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in named.items() if command}


def sections(page: str) -> dict[str, str]:
    """The text under each heading of a reference page, by the heading without marks."""
    parts = re.split(r"^#{2,3} (.+)$", (REFERENCE / page).read_text("utf-8"), flags=re.MULTILINE)
    return {
        heading.strip("` "): text for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def test_a_transcript_leaves_out_only_what_it_says_it_leaves_out():
    assert agree(["3 filings  0.2 s"], ["3 filings  11.4 s"])
    assert agree(["first", "...", "digest ..."], ["first", "second", "third", "digest 0a1b"])
    assert not agree(["3 filings"], ["4 filings"])
    assert not agree(["3 filings"], ["3 filings", "Warning"])


@pytest.mark.parametrize("page", TRANSCRIPTS, ids=name_of)
def test_every_transcript_runs_as_printed(page):
    def check(step: Step, printed: list[str]) -> list[str]:
        assert agree(step.printed, printed), "\n".join(["$ " + step.command, *printed])
        assert not any(line.startswith("Error") for line in printed)
        return printed

    walk(page, check)


def test_the_questions_of_the_how_to_have_answers(tmp_path):
    page = (DOCS / "how-to" / "ask-point-in-time-questions.md").read_text("utf-8")
    asked = re.findall(r"^ {4}(ledger .+)$", page, re.MULTILINE)
    shutil.copytree(ROOT / EXAMPLES, tmp_path / EXAMPLES)
    run(f"ledger ingest {EXAMPLES}", tmp_path)

    for question in asked:
        printed = run(question, tmp_path)
        assert printed, question
        assert not any(line.startswith(("Error", "Usage", "Traceback")) for line in printed)
    assert len(asked) >= 6


@pytest.mark.parametrize("name", ["use-from-python", "export"])
def test_the_python_that_is_shown_runs(tmp_path, name):
    page = DOCS / "how-to" / f"{name}.md"
    shutil.copytree(ROOT / EXAMPLES, tmp_path / "filings")
    shutil.copytree(ROOT / EXAMPLES, tmp_path / EXAMPLES)
    for command in re.findall(r"^\$ (ledger .+)$", page.read_text("utf-8"), re.MULTILINE):
        run(command, tmp_path)

    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        subprocess.run(
            [sys.executable, "-c", block],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": PYTHON_PATH},
            check=True,
        )


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_file_where_a_change_belongs_exists():
    page = (DOCS / "explanation" / "where-a-change-belongs.md").read_text("utf-8")
    places = re.findall(r"`(\w+/[\w/]+\.py)`", page)
    assert len(places) > 27
    assert [place for place in places if not (DOCS.parent / place).is_file()] == []


def test_every_page_can_be_reached_from_the_first():
    index = "".join(
        page.read_text("utf-8") for page in [DOCS / "README.md", DOCS / "decisions" / "README.md"]
    )

    assert [name_of(page) for page in DOCS.rglob("*.md") if page.name not in index] == []


def test_every_event_has_a_section_that_names_its_class_and_code():
    told = sections("events.md")
    codes = {code.topic: code.letter for code in CODES.values()}

    assert set(TOPICS) <= set(told)
    for topic, cls in TOPICS.items():
        assert f"`{cls.__name__}`" in told[topic]
        assert topic not in codes or f"Code {codes[topic]}," in told[topic]


@pytest.mark.parametrize("shape", [Filing, Issuer, Owner, Signature, Repair, Row, Statement])
def test_every_field_of_an_event_is_explained(shape):
    page = (REFERENCE / "events.md").read_text("utf-8")

    assert [field for field in shape.model_fields if f"`{field}`" not in page] == []


def test_every_error_has_a_section_with_its_exit_code():
    told = sections("errors.md")
    tree = [cls for cls in vars(errors).values() if isinstance(cls, type)]

    for cls in tree:
        if issubclass(cls, errors.LedgerError):
            assert told[cls.__name__].strip().startswith(f"Exit code {cls.exit_code}.")


def test_the_page_of_the_tables_is_the_one_that_the_columns_make():
    page = tables_page.PAGE.read_text("utf-8")

    assert tables_page.drawn(page) == page, "run python -m tests.tables_page"


def test_the_reference_of_the_findings_comes_with_the_program():
    page = (REFERENCE / "findings.md").read_text("utf-8")

    assert PACKAGED.read_text("utf-8") == page


def test_every_finding_has_a_section_that_gives_its_severity():
    told = sections("findings.md")

    assert set(KINDS) == {heading for heading in told if heading.isupper()}
    for name, kind in KINDS.items():
        assert told[name].strip().startswith(f"{kind.severity.capitalize()}: ")
        assert "*To do:*" in told[name]


def test_every_explanation_is_told():
    page = (REFERENCE / "findings.md").read_text("utf-8")

    assert [code for code in EXPLANATIONS if f"`{code}`" not in page] == []


def test_every_field_that_a_command_prints_as_json_is_in_the_reference(tmp_path):
    shutil.copytree(ROOT / EXAMPLES, tmp_path / EXAMPLES)
    filing = hashlib.sha256((tmp_path / FILING).read_bytes()).hexdigest()
    told = sections("json.md")

    logs = ["events", f"show sha256:{filing}", "verify", "seal", "backup copy.db"]
    for asked in [f"ingest {EXAMPLES}", *logs]:
        answer = json.loads("".join(run(f"ledger -q {asked} --format json", tmp_path)))
        text = told[answer.pop("schema")] + (REFERENCE / "events.md").read_text("utf-8")
        lists = [value for value in answer.values() if isinstance(value, list)]
        records = [record for values in lists for record in values if isinstance(record, dict)]
        fields = set(answer).union(*records)
        assert [field for field in sorted(fields) if f"`{field}`" not in text] == []


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.schema)
def test_every_field_of_an_answer_is_in_the_reference(answer):
    told = sections("json.md")[answer.schema]

    assert [field for field in answer.__struct_fields__ if f"`{field}`" not in told] == []


def test_every_command_and_option_is_in_the_reference():
    told = sections("commands.md")
    everywhere = told["Everywhere"]

    for name, command in commands().items():
        text = everywhere + told[f"ledger {name}"]
        options = [option for parameter in command.params for option in parameter.opts]
        missing = [o for o in options if o.startswith("-") and f"`{o}" not in text]
        assert missing == [], name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_that_a_page_shows_exists(page):
    known = commands()
    line = re.compile(r"^(?: {4,}|\$ )ledger (?:--db \S+ )?([a-z]+)(.*)$", re.MULTILINE)
    shown = line.findall(page.read_text("utf-8"))

    for name, arguments in shown:
        options = {option for parameter in known[name].params for option in parameter.opts}
        assert set(re.findall(r"(?<!\S)--[a-z-]+", arguments)) <= options
