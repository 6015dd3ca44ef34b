"""Signals at random instants of a command, from the start of the interpreter on.

`python -m tests.soak.signals [INSTANTS] [SEED] [--processes N]` prints what came of them. The instants
are spread over the time that each command takes, on a machine with however much else to do.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.filings import folder_of
from tests.shares import asked, concluded, together
from tests.transcripts import PYTHON_PATH

PROGRAM = [sys.executable, "-c", "from cli.entry import main; main()"]
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
LONGEST = 3
"""Seconds of a command in which signals meet it: more are those of a machine that had else to do."""

COMMANDS = ("holdings", "ingest more --jobs 2", "replay", "reconcile --format json", "verify")


def interrupted(folder, command, sent, delay):
    """The exit code and the words on stderr of a command that a signal met after a delay."""
    said = {k: v for k, v in os.environ.items() if k != "LEDGER_DB"} | {"PYTHONPATH": PYTHON_PATH}
    process = subprocess.Popen(
        [*PROGRAM, *command.split()],
        cwd=folder,
        env=said,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(delay)
    process.send_signal(sent)
    _, told = process.communicate(timeout=120)
    return process.returncode, told


def seconds(folder, command):
    """How long a command takes that no signal meets."""
    begun = time.monotonic()
    environment = os.environ | {"PYTHONPATH": PYTHON_PATH}
    ran = [*PROGRAM, *command.split()]
    subprocess.run(ran, cwd=folder, env=environment, check=True, capture_output=True)
    return time.monotonic() - begun


def verdict(sent, code, told):
    """What came of one signal, in few words."""
    if "Traceback" in told:
        frames = [line for line in told.splitlines() if line.startswith("  File ")]
        early = "import_site" in told or not any("/cli/" in frame for frame in frames)
        return "traceback of the interpreter's own start" if early else "traceback"
    if code == -sent:
        return "ended by the system before the program began"
    if code == 0 and not told:
        return "finished before the signal"
    if code == CODES[sent] and told.count("\n") == 1:
        return f"{code}, one line"
    return f"wrong: {code} {told!r}"


def tried(instants, seed):
    """What came of signals at so many random instants."""
    with tempfile.TemporaryDirectory() as place:
        return tried_in(prepared(Path(place)), instants, seed)


def tried_in(folder, instants, seed, *, times=2):
    """The same, in a folder that is prepared; each command is timed so many times before."""
    chance = random.Random(seed)
    found: Counter[str] = Counter()
    lasted = {command: min(seconds(folder, command) for _ in range(times)) for command in COMMANDS}
    for number in range(instants):
        command, sent = COMMANDS[number % len(COMMANDS)], chance.choice(list(CODES))
        delay = chance.uniform(0, 1.1 * min(lasted[command], LONGEST))
        code, told = interrupted(folder, command, sent, delay)
        found[verdict(sent, code, told)] += 1
        if verdict(sent, code, told) == "traceback":
            print(f"{command} after {delay:.3f} s:\n{told}", file=sys.stderr)
    return found


def prepared(folder, filings=120):
    """A folder with a ledger, and more to ingest."""
    folder_of(folder / "more", filings)
    subprocess.run(
        [*PROGRAM, "ingest", "more"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": PYTHON_PATH},
        check=True,
        capture_output=True,
    )
    return folder


if __name__ == "__main__":
    found = together(tried, asked(__doc__, 450), size=15)
    for outcome, count in sorted(found.items()):
        print(f"{count:6} {outcome}")
    failed = sum(n for what, n in found.items() if what == "traceback" or what.startswith("wrong"))
    sys.exit(concluded(found.total(), failed))
