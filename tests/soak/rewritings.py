"""A ledger that other hands rewrote: tables of another one, views, triggers, columns, logs of other files.

`python -m tests.soak.rewritings` prints for every rewriting what eight questions answer, what `verify` says,
and whether a ledger that was recorded into afterwards still answers as it should. What an earlier or a later
state of the same ledger answers counts as such: no file by itself can tell which state is the last.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path

from ledger import Ledger
from tests.filings import folder_of
from tests.shares import concluded
from tests.simulator import sequence
from tests.soak import flips

COMMANDS = ("holdings", "reconcile", "events", "stats", "people", "issuers", "history", "sql")
_NAMED = "SELECT name FROM {}.sqlite_master WHERE type = 'table' AND name LIKE 'view%'"
_KEPT = "ALTER TABLE {0} RENAME TO kept; CREATE {1} {0} AS SELECT * FROM kept"
_NOTED = "DELETE FROM main.tracking; INSERT INTO main.tracking SELECT * FROM {}.tracking"
_SEALS = "DELETE FROM main.seals; INSERT INTO main.seals SELECT * FROM {}.seals"
_BACK = (
    "DELETE FROM main.stored_events WHERE rowid > (SELECT max(position) FROM old.seals); "
    "DELETE FROM main.seals WHERE position > (SELECT max(position) FROM old.seals)"
)
_TRIGGER = "CREATE TRIGGER late {} ON {} BEGIN {}; END"
_EXCHANGED = (
    "ALTER TABLE {0} RENAME COLUMN {1} TO kept; ALTER TABLE {0} RENAME COLUMN {2} TO {1}; "
    "ALTER TABLE {0} RENAME COLUMN kept TO {2}"
)
_GIVEN = (
    "UPDATE {0} SET issuer = CASE issuer WHEN (SELECT min(issuer) FROM {0}) THEN 'x' "
    "WHEN (SELECT max(issuer) FROM {0}) THEN (SELECT min(issuer) FROM {0}) ELSE issuer END"
)

REWRITINGS = {
    "nothing": "",
    "VACUUM": "VACUUM",
    "other pages": "PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM",
    "a journal": "PRAGMA journal_mode = PERSIST",
    "versions": "PRAGMA user_version = 7; PRAGMA application_id = 7",
    "REINDEX": "REINDEX",
    "ANALYZE": "ANALYZE",
    "seals of before": _SEALS.format("old"),
    "seals of another": _SEALS.format("other"),
    "no seals": "DELETE FROM seals",
    "cut back with its seals": _BACK,
    "events of another": "INSERT INTO main.stored_events SELECT * FROM other.stored_events",
    "read model of before": "@old",
    "read model of before, as far": f"@old {_NOTED.format('old')}",
    "read model of another": "@other",
    "read model of another, as far": f"@other {_NOTED.format('other')}",
    "all of before": f"@old {_NOTED.format('old')}; {_BACK}",
    "a view for the log": _KEPT.format("stored_events", "VIEW"),
    "a log without a key": f"{_KEPT.format('stored_events', 'TABLE')}; DROP TABLE kept",
    "a view for what is held": _KEPT.format("view_holdings", "VIEW"),
    "a view for the seals": _KEPT.format("seals", "VIEW"),
    "positions twice": f"{_KEPT.format('tracking', 'TABLE')}; INSERT INTO tracking SELECT * FROM kept",
    "a root twice": "INSERT INTO view_root SELECT * FROM view_root",
    "a trigger on what is held": _TRIGGER.format(
        "AFTER INSERT", "view_holdings", "UPDATE view_holdings SET first = '2030-01-01'"
    ),
    "a trigger on filings": _TRIGGER.format(
        "BEFORE INSERT", "view_filings", "SELECT RAISE(IGNORE)"
    ),
    "a trigger on positions": _TRIGGER.format(
        "AFTER UPDATE", "tracking", "UPDATE tracking SET notification_id = 1"
    ),
    "a trigger on rows for SQL": _TRIGGER.format(
        "AFTER INSERT", "view_sql_holdings", "UPDATE view_sql_holdings SET shares = '1'"
    ),
    "columns of what is held": _EXCHANGED.format("view_holdings", "first", "last"),
    "columns of issuers": _EXCHANGED.format("view_issuers", "name", "symbol"),
    "columns of seals": _EXCHANGED.format("seals", "position", "events"),
    "columns of lines": _EXCHANGED.format("view_sql_lines", "shares", "value"),
    "columns of the log": _EXCHANGED.format("stored_events", "topic", "state"),
    "a column more": "ALTER TABLE stored_events ADD COLUMN more TEXT",
    **{
        f"{table} of another issuer": _GIVEN.format(table)
        for table in ("view_holdings", "view_findings", "view_filings", "view_totals", "view_parts")
    },
    "positions moved": "UPDATE stored_events SET rowid = -rowid; UPDATE stored_events SET rowid = 999 - rowid",
    "states as text": "UPDATE stored_events SET state = CAST(state AS TEXT)",
    "no UTF-8": "UPDATE view_persons SET name = CAST(x'ff41fe' AS TEXT)",
    "a huge cell": "UPDATE view_holdings SET body = zeroblob(100000000) WHERE rowid = 1",
}
"""By what is done to a ledger, the SQL of it; `@NAME` puts the read model of that ledger in its place."""


class Ledgers:
    """One some filings before, the same now and later, and another."""

    def __init__(self, folder):
        self.folder, self.more = folder, folder / "more"
        folder_of(self.more, 3)
        self.old, self.now, self.other = (folder / f"{name}.db" for name in ("old", "now", "other"))
        for path, worlds in ((self.old, range(3)), (self.other, range(10, 13))):
            flips.made(path, worlds)
            assert flips.run(path, "sql")[0] == 0
        shutil.copy(self.old, self.now)
        flips.made(self.now, range(3, 5))
        assert flips.run(self.now, "sql")[0] == 0
        self.right, self.before = self.told(self.now), self.told(self.old)
        self.then = {self.told_later(self.now), self.told_later(self.old)}

    def copied(self, path):
        """A copy to be asked, with what lies beside it."""
        for left in self.folder.glob("asked.db*"):
            left.unlink()
        for one in self.folder.glob(f"{path.name}*"):
            shutil.copy(one, self.folder / f"asked.db{one.name.removeprefix(path.name)}")
        return self.folder / "asked.db"

    def told(self, path):
        """What every question answers."""
        return {command: flips.run(self.copied(path), command)[1] for command in COMMANDS[:-1]}

    def told_later(self, path):
        """What is answered after more was recorded; what a question refuses is left out."""
        asked = self.copied(path)
        if flips.run(asked, f"ingest {self.more}")[0]:
            return ()
        answers = (flips.run(asked, command) for command in COMMANDS[:-1])
        return tuple(printed if code == 0 else "" for code, printed, _ in answers)

    def rewritten(self, sql):
        """The ledger of now, rewritten."""
        for left in self.folder.glob("rewritten.db*"):
            left.unlink()
        path = Path(shutil.copy(self.now, self.folder / "rewritten.db"))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            if "old" in sql or "other" in sql:
                for one in (self.old, self.other):
                    connection.execute("ATTACH ? AS ?", (str(one), one.stem))
            if sql.startswith("@"):
                source, _, sql = sql.removeprefix("@").partition(" ")
                for (name,) in connection.execute(_NAMED.format(source)).fetchall():
                    connection.execute(f"DELETE FROM main.{name}")
                    connection.execute(f"INSERT INTO main.{name} SELECT * FROM {source}.{name}")
            connection.executescript(sql)
        return path

    def beside(self, source):
        """The ledger of now with the write-ahead log that another one has while it is recorded into."""
        path = self.rewritten("")
        with Ledger.open(self.copied(source)) as ledger:
            ledger.record(sequence(20).filings)
            shutil.copy(self.folder / "asked.db-wal", f"{path}-wal")
        return path

    def outcomes(self, path):
        """What becomes of every question, and of what is asked after more was recorded."""
        found = Counter()
        for command in COMMANDS:
            answer = flips.run(self.copied(path), command)
            outcome = flips.verdict(answer, self.right.get(command, answer[1]))
            if outcome.startswith("WRONG") and answer[1] == self.before.get(command):
                outcome = "as before"
            found[outcome] += 1
        later = self.told_later(path)
        right = not later or any(
            all(one in ("", own) for one, own in zip(later, then, strict=True))
            for then in self.then
        )
        found["later: " + ("refused" if not later else "right" if right else "WRONG")] += 1
        return found, flips.run(self.copied(path), "verify")[0]


def main():
    """Print what becomes of every rewriting; end in 1 where an answer is wrong."""
    total = Counter()
    with tempfile.TemporaryDirectory() as folder:
        ledgers = Ledgers(Path(folder))
        paths = {name: (ledgers.rewritten, sql) for name, sql in REWRITINGS.items()}
        paths["the write-ahead log of another"] = ledgers.beside, ledgers.other
        for name, (made, what) in paths.items():
            found, code = ledgers.outcomes(made(what))
            total += found
            told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(found.items()))
            print(f"{name:32} {told}; verify: exit {code}", flush=True)
    print(f"{len(paths)} rewritings:", dict(sorted(total.items())))
    wrong = sum(n for told, n in total.items() if "WRONG" in told or told == "traceback")
    return concluded(len(paths), wrong)


if __name__ == "__main__":
    sys.exit(main())
