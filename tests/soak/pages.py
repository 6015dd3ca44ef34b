"""Worse than a bit: pages in wrong places, indexes of another ledger, lost writes, rows edited with SQL.

`python -m tests.soak.pages [TRIES] [SEED] [--processes N]` prints for every kind of damage what `verify` and
questions made of it, also after more was recorded: a filing each about the issuers that are there, and about
others of the same names. Where the read model stands is not compared: one that stands nowhere is built anew.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from ledger import Ledger
from ledger.errors import LedgerError
from tests.shares import asked, concluded, together
from tests.simulator import sequence
from tests.soak import flips

PAGE = 8192
LATER = ("holdings", "reconcile")
COMMANDS = (*flips.COMMANDS, "people", "issuers", "holdings --as-of 2012-06-01")


class Files:
    """A ledger, the same some filings later, and another one; what is right of the first two."""

    def __init__(self, folder):
        self.folder = folder
        self.path, self.later, self.other = (folder / f"{n}.db" for n in ("now", "later", "other"))
        flips.made(self.path, range(3))
        shutil.copy(self.path, self.later)
        flips.made(self.later, range(3, 5))
        flips.made(self.other, range(10, 13))
        self.now, self.then, self.strange = (
            path.read_bytes() for path in (self.path, self.later, self.other)
        )
        self.right = {self.now: told(self.path), self.then: told(self.later)}
        self.sound = {self.now: rows(self.path), self.then: rows(self.later)}
        self.right_later = {self.now: told_later(self.path), self.then: told_later(self.later)}


def more():
    """The last filing about each issuer again, under numbers of its own, and as if about another of its name."""
    for world in range(3):
        last = sequence(world).filings[-1]
        for number, cik in enumerate((last.issuer.cik, f"00009999{world:02}")):
            name = f"0009999999-26-{world:03}{number:03}"
            issuer = last.issuer.model_copy(update={"cik": cik})
            own = {"accession": name, "sha256": f"{world:032x}{number:032x}", "issuer": issuer}
            yield last.model_copy(update=own)


def told_later(path):
    """What is answered after more was recorded; () where it is not recorded, "" for a question that is refused."""
    try:
        with Ledger.open(path, create=False) as ledger:
            ledger.record(more())
    except LedgerError:
        return ()
    answers = (flips.run(path, command) for command in LATER)
    return tuple("" if code else printed for code, printed, _ in answers)


def told(path):
    """What every command prints."""
    return {command: flips.run(path, command)[1] for command in COMMANDS}


def rows(path):
    """Every stored row but the positions of read models."""
    found = flips.stored(path)
    return found and {table: own for table, own in found.items() if table != "tracking"}


def page(content, number):
    """A page of a file, of noughts where it has none."""
    return content[number * PAGE : (number + 1) * PAGE].ljust(PAGE, b"\0")


def with_page(content, number, put):
    """The file with another page in this place."""
    return content[: number * PAGE] + put + content[(number + 1) * PAGE :]


def copied(files, chance):
    """The bytes of another page of the file."""
    one, other = (chance.randrange(1, len(files.now) // PAGE) for _ in range(2))
    return files.now, with_page(files.now, one, page(files.now, other))


def exchanged(files, chance):
    """Two pages in each other's place."""
    one, other = (chance.randrange(1, len(files.now) // PAGE) for _ in range(2))
    swapped = with_page(files.now, one, page(files.now, other))
    return files.now, with_page(swapped, other, page(files.now, one))


def blank(files, chance):
    """A page of noughts."""
    return files.now, with_page(files.now, chance.randrange(len(files.now) // PAGE), bytes(PAGE))


def foreign(files, chance):
    """The page that another ledger has in this place."""
    number = chance.randrange(len(files.now) // PAGE)
    return files.now, with_page(files.now, number, page(files.strange, number))


def lost(files, chance):
    """A page as it was before the last writes."""
    number = chance.randrange(len(files.now) // PAGE)
    return files.then, with_page(files.then, number, page(files.now, number))


def early(files, chance):
    """A page that is ahead of the others."""
    number = chance.randrange(len(files.now) // PAGE)
    return files.now, with_page(files.now, number, page(files.then, number))


def cut(files, chance):
    """The file ends early."""
    return files.now, files.now[: chance.randrange(1, len(files.now))]


def edited(files, chance):
    """One cell is another value, or one row is gone, by SQL."""
    copy = files.folder / "edited.db"
    copy.write_bytes(files.now)
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        table = chance.choice(flips.with_row_numbers(connection))
        places = [row[0] for row in connection.execute(f"SELECT rowid FROM {table}")]
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        place, column = chance.choice(places), chance.choice(columns)
        other = connection.execute(
            f"SELECT {column} FROM {table} WHERE rowid = ?",
            (chance.choice(places),),
        ).fetchone()[0]
        value = chance.choice([other, None, 7, "x", f"{other}1"])
        sql = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"
        if chance.randrange(6) == 0:
            sql = f"DELETE FROM {table} WHERE ? IS NOT 0 AND rowid = ?"
        try:
            connection.execute(sql, (value, place))
        except sqlite3.IntegrityError:
            return files.now, files.now
    return files.now, copy.read_bytes()


KINDS = (copied, exchanged, blank, foreign, lost, early, cut, edited)


def tried(tries, seed):
    """What every command made of so many damaged ledgers."""
    with tempfile.TemporaryDirectory() as place:
        return tried_in(Files(Path(place)), tries, seed)


def tried_in(files, tries, seed):
    """The same, of these files."""
    chance, found = random.Random(seed), Counter()
    copy = files.folder / "copy.db"

    def again():
        for left in files.folder.glob("copy.db*"):
            left.unlink()
        copy.write_bytes(damaged)

    for number in range(tries):
        kind = KINDS[number % len(KINDS)]
        base, damaged = kind(files, chance)
        if damaged == base:
            found[kind.__name__, "nothing was changed"] += 1
            continue
        for command in COMMANDS:
            again()
            outcome = flips.verdict(flips.run(copy, command), files.right[base][command])
            if command == "verify" and outcome != "exit 6":
                again()
                if outcome == "right" or outcome.startswith("WRONG"):
                    same = rows(copy) == files.sound[base]
                    outcome = "verify: nothing stored" if same else "CHANGED, NOT NOTICED"
            elif command == "verify":
                outcome = "verify: noticed"
            found[kind.__name__, outcome] += 1
        again()
        said = told_later(copy)
        wrong = [
            one
            for one, right in zip(said, files.right_later[base], strict=False)
            if one not in ("", right)
        ]
        outcome = "WRONG" if wrong else "right" if all(said) and said else "refused"
        found[kind.__name__, f"later: {outcome}"] += 1
    return found


if __name__ == "__main__":
    found = together(tried, asked(__doc__, 800), size=80)
    for (kind, outcome), count in sorted(found.items()):
        print(f"{kind:12} {count:6} {outcome}")
    once = {"nothing was changed", "verify: noticed", "verify: nothing stored"}
    damaged = sum(count for (_, outcome), count in found.items() if outcome in once)
    failed = sum(count for (_, outcome), count in found.items() if flips.is_failure(outcome))
    sys.exit(concluded(damaged, failed))
