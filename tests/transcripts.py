"""Runs the transcripts in the documentation, and writes them anew.

A ```console block holds commands, each after `$ `, and what they print. The blocks of
one page share a folder that has the examples in it, so a page can be followed from
top to bottom. `...` in a line stands for anything, and so do the seconds that a
command took; `...` alone stands for any lines.

`python -m tests.transcripts README.md docs/tutorial.md` puts in what the commands
print now, and leaves lines that already fit.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PYTHON_PATH = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
"""Where a process that a test starts finds this project, and whatever the test itself finds."""

EXAMPLES = "docs/examples"
_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_SECONDS = re.compile(r"\b\d+(\.\d+)? s\b")
_LEDGER = [sys.executable, "-c", "from cli.main import main; main()"]


class Step(NamedTuple):
    """One command of a transcript, and the lines it should print."""

    command: str
    printed: list[str]


def steps(block: str) -> Iterator[Step]:
    """The commands of one block."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *printed = part.rstrip("\n").split("\n")
        yield Step(command, [line.rstrip() for line in printed])


def run(command: str, folder: Path) -> list[str]:
    """What a command prints in a folder, on stdout and stderr as they come."""
    environment = os.environ | {
        "COLUMNS": "120",
        "NO_COLOR": "1",
        "PYTHONPATH": PYTHON_PATH,
        "PYTHONUNBUFFERED": "1",
    }
    environment.pop("LEDGER_DB", None)
    shell = f'ledger() {{ {shlex.join(_LEDGER)} "$@"; }}\n{command}'
    done = subprocess.run(
        ["/bin/sh", "-c", shell],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return [line.rstrip() for line in done.stdout.rstrip("\n").split("\n")] if done.stdout else []


def fits(expected: str, line: str) -> bool:
    """Whether a printed line is what a transcript says."""
    parts = _SECONDS.sub("...", expected).split("...")
    return re.fullmatch(".*".join(map(re.escape, parts)), line) is not None


def agree(expected: list[str], printed: list[str]) -> bool:
    """Whether printed lines are what a transcript says."""
    if not expected or not printed:
        return all(line == "..." for line in expected) and not printed
    if expected[0] == "...":
        return agree(expected[1:], printed) or agree(expected, printed[1:])
    return fits(expected[0], printed[0]) and agree(expected[1:], printed[1:])


def walk(page: Path, visit: Callable[[Step, list[str]], list[str]]) -> str:
    """Run a page's commands in order; the page, with what `visit` makes of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / EXAMPLES, folder / EXAMPLES)

        def rewritten(match: re.Match[str]) -> str:
            lines = []
            for step in steps(match[0]):
                lines += ["$ " + step.command, *visit(step, run(step.command, folder))]
            return "".join(line + "\n" for line in lines)

        return _BLOCK.sub(rewritten, page.read_text("utf-8"))


def renewed(step: Step, printed: list[str]) -> list[str]:
    """The lines a transcript should have now."""
    if agree(step.printed, printed):
        return step.printed
    if wrong := [line for line in printed if line.startswith("Error")]:
        sys.exit("\n".join([f"$ {step.command}", *wrong]))
    kept = [line for line in step.printed if line != "..."]
    return [next((old for old in kept if fits(old, line)), line) for line in printed]


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        Path(argument).write_text(walk(Path(argument), renewed), "utf-8")
