"""What it takes to start: processor time of small commands, in units of `python -c pass`.

    python -m tests.benchmarks.startup --rounds 9

The commands take turns, round by round, so that what else the machine does weighs on all alike.
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
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True, env=os.environ | environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "ledger.db")
        with Ledger.open(path) as ledger:
            ledger.record(world(0).filings)
            replay(ledger)
        commands: dict[str, tuple[list[str], dict[str, str]]] = {
            "python -c pass": ([sys.executable, "-c", "pass"], {}),
            "ledger --help": ([*START, "--help"], {}),
            "ledger ho<TAB>": (
                [*START[:2], "import sys; sys.argv[0] = 'ledger'; " + START[2]],
                COMPLETING,
            ),
            "ledger holdings": ([*START, "--db", path, "holdings"], {}),
            "ledger reconcile": ([*START, "--db", path, "reconcile"], {}),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, (command, environment) in commands.items():
                times[name].append(spent(command, environment))
    least = median(times["python -c pass"])
    for name, taken in times.items():
        print(f"{name:18} {median(taken):6.3f} s {median(taken) / least:6.1f} times")


if __name__ == "__main__":
    main()
