"""Runs the stories: what a user types, and what the screen then shows.

A story is a text file. A line after `$ ` is typed; what stands under it is shown, with
`! ` before what goes to stderr and `[exit 2]` last where a run ends with another code than
0. Lines after `# ` tell the story. `...` stands for anything, as in the documentation.

`python -m tests.cli.storytelling` writes every story anew with what is shown now.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from cli.main import main
from tests.cli import papers
from tests.transcripts import Step, renewed

STORIES = sorted((Path(__file__).parent / "stories").glob("*.txt"))
PAPER = "$ ledger ingest paper"
"""The step of a story that needs printed forms, and programs that read them."""

ENVIRONMENT = {"COLUMNS": "120", "NO_COLOR": "1", "LEDGER_DB": None}


def shown(command: str) -> list[str]:
    """What a command shows, run in the current folder."""
    program, *arguments = shlex.split(command)
    assert program == "ledger"
    done = CliRunner().invoke(main, arguments, env=ENVIRONMENT, prog_name="ledger")
    lines = [*done.stdout.splitlines(), *(f"! {line}" for line in done.stderr.splitlines())]
    lines += [f"[exit {done.exit_code}]"] if done.exit_code else []
    return [line.rstrip() for line in lines]


def told(story: str, visit: Callable[[Step, list[str]], list[str]]) -> str:
    """Run a story in a folder with papers; the story, with what `visit` makes of each step."""
    with tempfile.TemporaryDirectory() as name, chdir(name):
        papers.write(Path(name))
        if PAPER in story:
            papers.print_out(Path("paper"))
        lines: list[str] = []
        step: Step | None = None
        for line in [*story.splitlines(), "# "]:
            if line.startswith(("$ ", "# ")) and step is not None:
                while step.printed and not step.printed[-1]:
                    step.printed.pop()
                lines += [f"$ {step.command}", *visit(step, shown(step.command)), ""]
                step = None
            if line.startswith("$ "):
                step = Step(line[2:], [])
            elif step is not None:
                step.printed.append(line)
            else:
                lines.append(line)
    return "\n".join(lines[:-1]).rstrip() + "\n"


if __name__ == "__main__":
    os.environ.pop("LEDGER_DB", None)
    for path in STORIES:
        path.write_text(told(path.read_text("utf-8"), renewed), "utf-8")
