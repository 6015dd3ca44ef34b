"""Single bits flipped at random places of a ledger's file: what notices, and who answers wrongly.

`python -m tests.soak.flips [FLIPS] [SEED] [--processes N]` prints the table. Whatever `verify` does not notice
must have changed no stored event, seal or row: the rest of a file is unused space.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from tests.shares import asked, concluded, together
from tests.simulator import sequence

FILING = sequence(0).filings[2].accession
COMMANDS = ("holdings", "reconcile", "events", f"events --filing {FILING}", "stats", "verify")
TABLES = ("stored_events", "repeated", "seals", "tracking")


def made(path, worlds=range(4)):
    """A ledger of simulated filings, caught up and closed; all that is stored in it."""
    with Ledger.open(path) as ledger:
        for seed in worlds:
            ledger.record(sequence(seed).filings)
    assert run(path, "stats")[0] == 0
    return stored(path)


def stored(path):
    """Every row of every table, as plain sqlite3 reads it; None where it cannot."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            numbered = set(with_row_numbers(connection))
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            asked = {name: "rowid, *" if name in numbered else "*" for (name,) in named}
            return {
                name: sorted(map(repr, connection.execute(f"SELECT {columns} FROM {name}")))
                for name, columns in asked.items()
            }
    except (sqlite3.Error, UnicodeError):
        return None


def with_row_numbers(connection):
    """The tables whose rows have a number beside their columns."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'"
    return [name for (name,) in connection.execute(sql)]


def run(path, command):
    """Exit code, what was printed, and the words on stderr."""
    done = CliRunner().invoke(
        main, [*command.split(), "--format", "json", "--db", str(path)], prog_name="ledger"
    )
    return done.exit_code, done.stdout, done.stderr


def verdict(answer, right):
    """What an answer is worth beside the right one."""
    code, printed, told = answer
    if "a mistake in this program" in told or "Traceback" in told:
        return "traceback"
    if code == 0:
        return "right" if printed == right else "WRONG, exit 0"
    return f"exit {code}"


def is_failure(outcome):
    """Whether what came of damage is what never may: a wrong answer, or damage that nobody notices."""
    return outcome == "CHANGED, NOT NOTICED" or "WRONG" in outcome or outcome == "traceback"


def tried(flips, seed):
    """What every command made of a ledger with one bit flipped, for so many bits."""
    with tempfile.TemporaryDirectory() as place:
        return tried_in(Path(place), flips, seed)


def tried_in(folder, flips, seed):
    """The same, in a folder."""
    whole = folder / "whole.db"
    sound = made(whole)
    right = {command: run(whole, command)[1] for command in COMMANDS}
    content = whole.read_bytes()
    chance, found = random.Random(seed), Counter()
    copy = folder / "copy.db"
    for _ in range(flips):
        place = chance.randrange(len(content))
        damaged = bytearray(content)
        damaged[place] ^= 1 << chance.randrange(8)
        for command in COMMANDS:
            for left in folder.glob("copy.db*"):
                left.unlink()
            copy.write_bytes(damaged)
            outcome = verdict(run(copy, command), right[command])
            if command == "verify" and outcome == "right":
                copy.write_bytes(damaged)
                changed = stored(copy) != sound
                outcome = "CHANGED, NOT NOTICED" if changed else "nothing stored was changed"
            found[command, outcome] += 1
            if is_failure(outcome):
                print(f"{command}: byte {place}: {outcome}", file=sys.stderr)
    return found


if __name__ == "__main__":
    found = together(tried, asked(__doc__, 300), size=20)
    for (command, outcome), count in sorted(found.items()):
        print(f"{command:36} {count:6} {outcome}")
    flipped = sum(count for (command, _), count in found.items() if command == "verify")
    failed = sum(count for (_, outcome), count in found.items() if is_failure(outcome))
    sys.exit(concluded(flipped, failed))
