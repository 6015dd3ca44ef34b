"""First tasks of each role in the browser, as steps from the first page, and the table that counts them.

    python -m tests.cli.web.tasks

A step follows a link, presses a button or chooses from a list, which are clicks; or it writes into a field.
What must then be on the page is seen by `test_chromium.py`, which walks every task.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tests.rooms import ROOT

PAGE = ROOT / "docs" / "how-to" / "first-hour.md"
_BEGIN, _END = "<!-- tasks: python -m tests.cli.web.tasks -->\n", "<!-- end of tasks -->\n"

FINDING = "a finding"
"""What stands for the gravest finding of the ledger."""


class Task(NamedTuple):
    """What somebody wants, the steps to it, and what is then to be seen: words, or a selector."""

    role: str
    wish: str
    steps: tuple[tuple[str, ...], ...]
    seen: str


def _go(*ways: str) -> tuple[tuple[str, ...], ...]:
    return tuple(("follow", way) for way in ways)


def _write(field: str, text: str) -> tuple[str, ...]:
    return ("write", field, text)


def _press(button: str) -> tuple[str, ...]:
    return ("press", button)


def _choose(field: str, option: str) -> tuple[str, ...]:
    return ("choose", field, option)


_JANE, _ACME = "0001000001", "0002000001"
_FOUND = (*_go("Search"), _write("A person or a company", "doe"), _press("Search"))
_HER = _go("People", _JANE)
_DRAFT = (*_go("Check a draft"), ("upload", "Draft of a Form"), _press("Check it"))

TASKS = (
    Task("Journalist", "Find somebody by a part of their name", _FOUND, "DOE JANE"),
    Task("Journalist", "See what they hold", (*_FOUND, *_go("DOE JANE")), "Common Stock in all"),
    Task(
        "Journalist",
        "See it drawn over the years",
        (*_FOUND, *_go("DOE JANE", "ACME CORP")),
        "css:figure svg:visible",
    ),
    Task("Journalist", "See who reports about a company", _go("Companies", _ACME), "DOE JANE"),
    Task("Journalist", "See what is gravest of all", (), FINDING),
    Task("Journalist", "Learn why a total does not follow", _go(FINDING), "Step by step"),
    Task("Journalist", "See the line that claims it", _go(FINDING, "The filing"), "css:tr.flagged"),
    Task(
        "Journalist",
        "Find that filing on sec.gov",
        _go(FINDING, "The filing"),
        "css:a[href^='https://www.sec.gov/']",
    ),
    Task(
        "Journalist",
        "Ask what was known on the day of a story",
        (*_HER, *_go("ACME CORP"), _write("As known at", "2024-04-01"), _press("Show")),
        "With only what was public by 2024-04-01.",
    ),
    Task(
        "Journalist",
        "Count trades in the open market by year",
        _go("SQL", "Open-market buys and sales by year"),
        "2024",
    ),
    Task("Lawyer", "Read a finding as a memo", _go(FINDING), "Step by step"),
    Task("Lawyer", "Read the filing as a form", _go(FINDING, "The filing"), "The form"),
    Task(
        "Lawyer",
        "Read what the ledger makes of each line",
        _go(FINDING, "The filing", "As the ledger tells it"),
        "Known",
    ),
    Task(
        "Lawyer",
        "See only what is at least minor",
        (*_go("Findings"), _choose("At least", "minor"), _press("List them")),
        FINDING,
    ),
    Task(
        "Lawyer",
        "See what was held on a day",
        (*_HER, _write("As of", "2024-02-01"), _press("Show")),
        "As of 2024-02-01.",
    ),
    Task(
        "Lawyer",
        "See what became known between two days",
        (
            *_go("Changes"),
            _write("Person", "doe"),
            _write("Known from", "2024-02-01"),
            _write("Known to", "2024-04-01"),
            _press("Compare"),
        ),
        "10,500",
    ),
    Task(
        "Lawyer",
        "Come from a person to what changed about them",
        (*_HER, *_go("ACME CORP", "What changed between two moments")),
        "Known from",
    ),
    Task(
        "Lawyer",
        "Accept a finding with a note",
        (*_go(FINDING), _write("Note", "The filer was asked."), _press("Accept it")),
        "Accepted",
    ),
    Task(
        "Lawyer",
        "See what was accepted, and why",
        (*_go("Findings"), _choose("That are", "accepted"), _press("List them")),
        "note: The filer was asked.",
    ),
    Task(
        "Lawyer",
        "Open it again",
        (
            *_go("Findings"),
            _choose("That are", "accepted"),
            _press("List them"),
            *_go(FINDING),
            _press("Reopen it"),
        ),
        "Open",
    ),
    Task("Officer", "See what is due", _go("Due"), "What is to be filed"),
    Task(
        "Officer",
        "See what of one company is due within ten days",
        (
            *_go("Due"),
            _write("Company", "ACME"),
            _write("Within days", "10"),
            ("press", "Show", "main"),
        ),
        "What is to be filed",
    ),
    Task("Officer", "Check a draft before it is filed", _DRAFT, "8,140"),
    Task("Officer", "See which finding the draft would raise", _DRAFT, "BALANCE_BREAK"),
    Task(
        "Officer",
        "See who reports about the company",
        (*_go("People"), _write("Who report about", "ACME"), _press("List them")),
        _JANE,
    ),
    Task("Officer", "See when an insider filed last", _go("People"), "2024-10-05"),
    Task("Officer", "See how the company's totals fare", _go("Companies", _ACME), "totals:"),
    Task("Officer", "Sum an insider's shares by class", _HER, "Common Stock in all"),
    Task(
        "Officer",
        "List one kind of finding",
        (*_go("Findings"), _choose("Kind", "BALANCE_BREAK"), _press("List them")),
        "BALANCE_BREAK",
    ),
    Task("Officer", "Take the holdings along as a table", (*_HER, ("keep", "CSV")), ""),
)
_CLICKS = ("follow", "press", "choose", "upload", "keep")


def clicks(task: Task) -> int:
    """How often somebody clicks until it is done."""
    return sum(step[0] in _CLICKS for step in task.steps)


def fields(task: Task) -> int:
    """How many fields somebody writes into."""
    return sum(step[0] == "write" for step in task.steps)


def _rows() -> Iterator[str]:
    yield "| Role | Task | Way from the first page | Clicks | Fields |\n|---|---|---|---:|---:|\n"
    for task in TASKS:
        way = " › ".join(
            f"{step[1]}: {step[2]}" if step[0] in ("write", "choose") else step[1]
            for step in task.steps
        )
        way = way.replace(_JANE, "CIK of a person").replace(_ACME, "CIK of a company")
        yield f"| {task.role} | {task.wish} | {way or 'it is there'} | {clicks(task)} | {fields(task)} |\n"


def page() -> str:
    """The page as it should stand."""
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    return f"{before}{_BEGIN}{''.join(_rows())}{_END}{rest.partition(_END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page())
