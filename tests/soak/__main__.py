"""All long runs one after the other, each as far as it comes, and the table of what they counted.

`python -m tests.soak [RUN ...] [--processes N] [--minutes N] [--folder FOLDER]` runs those named, or all.
What each prints and how far it has come is kept in the folder, so that it goes on from there when it is
run again; `--minutes` is how long each may take, of those that can be ended between two tries.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = {
    "faults": "8",
    "flips": "300",
    "pages": "800",
    "rewritings": "",
    "kills": "200",
    "signals": "450",
    "notes": "",
    "growth": "200000 50",
    "mutations": "100000",
    "paper": "10000",
    "simulation": "2000",
    "samples": "",
    "mutants": "40",
}
_ALONE = {"rewritings", "notes", "growth", "samples"}
"""They take no options, and begin anew each time."""

_LAST = re.compile(r"^([\d,]+) tried, ([\d,]+) failed$", re.MULTILINE)


def command(name: str, asked: argparse.Namespace) -> list[str]:
    """The command line of a run."""
    line = [sys.executable, "-m", f"tests.soak.{name}", *RUNS[name].split()]
    if name in _ALONE:
        return line
    line += ["--processes", str(asked.processes), "--kept", str(asked.folder / f"{name}.kept")]
    return line if name == "mutants" else [*line, "--minutes", str(asked.minutes)]


def main() -> int:
    """Run what is asked for; 1 where a run failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("runs", nargs="*", choices=[[], *RUNS], default=[])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "soak")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    table, wrong = [], 0
    for name in asked.runs or RUNS:
        begun = time.monotonic()
        print(f"\n{name}", flush=True)
        with (asked.folder / f"{name}.txt").open("w+", encoding="utf-8") as told:
            code = subprocess.call(command(name, asked), cwd=ROOT, stdout=told)
            told.seek(0)
            said = told.read()
        print(said, end="")
        tried, failed = (_LAST.findall(said) or [("?", "?")])[-1]
        minutes = (time.monotonic() - begun) / 60
        wrong += code != 0
        table.append(f"| `{name}` | {tried} | {failed} | {minutes:.1f} |")
    print("\n| Run | Tried | Failed | Minutes |\n|---|---|---|---|", *table, sep="\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
