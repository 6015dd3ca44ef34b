"""What it takes to start: processor time of small commands, in units of `python -c pass`.

    python -m tests.benchmarks.startup --rounds 9

The commands take turns, round by round, so that what else the machine does weighs on all alike.
Compiled modules are kept, as they are where the program is installed: a first round, which
compiles them, is not counted.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from ledger import Ledger
from projections import replay
from tests.simulator import world

START = [sys.executable, "-c", "from cli.entry import main; main()"]
COMPLETING = {"_LEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "ledger ho", "COMP_CWORD": "1"}


def spent(command: list[str], environment: dict[str, str]) -> float:
    """The processor seconds that a command takes."""
    whole = {**os.environ, **environment}
    whole.pop("PYTHONDONTWRITEBYTECODE", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True, env=whole)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        compiled = {"PYTHONPYCACHEPREFIX": str(Path(folder) / "compiled")}
        path = str(Path(folder) / "ledger.db")
        with Ledger.open(path) as ledger:
            ledger.record(filings := world(0).filings)
            replay(ledger)
        person = next(o.cik for f in filings for o in f.owners if o.cik)
        commands: dict[str, tuple[list[str], dict[str, str]]] = {
            "python -c pass": ([sys.executable, "-c", "pass"], {}),
            "ledger --help": ([*START, "--help"], {}),
            "ledger ho<TAB>": (
                [*START[:2], "import sys; sys.argv[0] = 'ledger'; " + START[2]],
                COMPLETING,
            ),
            "ledger holdings": ([*START, "--db", path, "holdings", "--person", person], {}),
            "ledger reconcile": ([*START, "--db", path, "reconcile"], {}),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for turn in range(rounds + 1):
            for name, (command, environment) in commands.items():
                taken = spent(command, environment | compiled)
                if turn:
                    times[name].append(taken)
    least = median(times["python -c pass"])
    for name, all_taken in times.items():
        taken = median(all_taken)
        print(f"{name:18} {taken:6.3f} s {taken / least:6.1f} times")


if __name__ == "__main__":
    main()
