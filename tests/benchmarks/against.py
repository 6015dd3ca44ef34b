"""Whether replay, ingest, judgement and start-up cost more than with an earlier build.

    git worktree add ../earlier 8ceab8d
    python -m tests.benchmarks.against ../earlier

Simulated filings are written as EDGAR submissions, and both builds read the same files,
each in processes of its own and with the libraries installed here. `judging` gives the
filings of one company after another to reconciliation, in memory; `crowded` those of one
owner who files many forms on each of a few days. They take turns within one run, the one
that goes first changing with every round. Figures are processor seconds, medians of the
rounds; the last column is ours over the earlier build's.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from ledger.filing import Filing, Row
from tests.simulator import as_submission, sequence, stream

ROOT = Path(__file__).resolve().parents[2]

_LEDGER = "import sys; from cli.main import main; sys.argv[0] = 'ledger'; main()"
_JUDGE = """
import sys, time
from pathlib import Path
import projections.judgement
from ledger.readers import read
try:
    from projections.questions.reconcile import reconcile_filings
except ImportError:
    from projections.reconciliation import reconcile_filings
companies = [
    [read(path.read_bytes(), source=path.name).filing for path in sorted(folder.iterdir())]
    for folder in sorted(Path(sys.argv[1]).iterdir())
]
started = time.process_time()
for filings in companies:
    reconcile_filings(filings)
print(time.process_time() - started)
"""
"""Run by either build: the function has moved since, the shapes of what it takes have not."""


class Build:
    """One checkout, its modules compiled as an installed program's are, and its programs."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.root = root.resolve()
        self._environment = os.environ | {
            "PYTHONPATH": str(self.root),
            "PYTHONPYCACHEPREFIX": str(scratch / "compiled"),
        }
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        packages = ("ledger", "projections", "cli")
        self.run(
            "import compileall, sys; [compileall.compile_dir(p, quiet=1) for p in sys.argv[1:]]",
            *packages,
        )

    def run(self, code: str, *words: str | Path) -> str:
        """What a program of this build prints; nothing of another build is on its path."""
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            cwd=self.root,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in {0, 1}:  # 1: some documents were set aside
            raise SystemExit(f"{self.root}: {words}: {done.stderr}")
        return done.stdout

    def taken(self, *words: str | Path) -> float:
        """Processor seconds of the program `ledger`, start to end."""
        before = _children()
        self.run(_LEDGER, *words)
        return _children() - before

    def judging(self, folder: Path) -> float:
        """Processor seconds of reconciliation alone, filings read before."""
        return float(self.run(_JUDGE, folder))


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write(filings: Iterator[Filing] | Sequence[Filing], folder: Path) -> None:
    """Write filings as submissions, named in the order in which they became known."""
    folder.mkdir(parents=True)
    for number, filing in enumerate(filings):
        (folder / f"{number:05}.txt").write_bytes(as_submission(filing))


def crowd(days: int = 4, forms: int = 60) -> Iterator[Filing]:
    """One owner's filings: so many forms a day, each with one trade and its running total.

    A day of more than thirty rows is reported on several forms (Form 4, General Instruction
    on space), and a programme of sales fills many.
    """
    pattern = next(f for f in sequence(1).filings if f.form == "4" and f.rows)
    first, held = date(2017, 3, 1), 1_000_000
    for day in range(days):
        on = first + timedelta(days=30 * day)
        for form in range(forms):
            held -= 10
            row = Row(
                table="I", line=1, security="Common Stock", ownership="direct", code="S",
                form_type="4", direction="disposed", shares=10, price="12.50",
                shares_after=held, effective_on=on,
            )  # fmt: skip
            yield pattern.model_copy(
                update={
                    "accession": f"0009000001-17-{day * forms + form + 1:06}",
                    "period": on, "filed_on": on, "rows": (row,), "footnotes": (),
                    "statements": (), "accepted_at": pattern.accepted_at,
                }
            )  # fmt: skip


def ways(build: Build, made: Path, scratch: Path) -> dict[str, Callable[[], float]]:
    """What is measured; each answers with processor seconds."""
    log = scratch / "ledger.db"

    def ingest() -> float:
        for path in scratch.glob("ledger.db*"):
            path.unlink()
        return build.taken("--db", log, "ingest", "-q", made / "world")

    return {
        "start-up": lambda: build.taken("--version"),
        "start-up, with help": lambda: build.taken("holdings", "--help"),
        "ingest": ingest,
        "replay": lambda: build.taken("--db", log, "replay"),
        "a question": lambda: build.taken("--db", log, "stats"),
        "judging": lambda: build.judging(made / "companies"),
        "judging, crowded": lambda: build.judging(made / "crowd"),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a checkout of the earlier build")
    parser.add_argument("--lines", type=int, default=6_000, help="lines of the world")
    parser.add_argument("--companies", type=int, default=120, help="judged in memory")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", action="append", help="measure only this")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "made")
        write(stream(1, asked.lines), made / "world")
        for seed in range(asked.companies):
            write(sequence(seed).filings, made / "companies" / f"{seed:05}")
        write(crowd(), made / "crowd" / "0")
        both = {}
        for name, root in (("earlier", asked.folder), ("ours", ROOT)):
            Path(folder, name).mkdir()
            scratch = Path(folder, name)
            both[name] = ways(Build(root, scratch), made, scratch)
        taken: dict[str, dict[str, list[float]]] = {name: {} for name in both}
        for turn in range(asked.rounds):
            for what in both["ours"]:
                if asked.only and what not in asked.only:
                    continue
                for name in list(both)[:: 1 if turn % 2 else -1]:
                    taken[name].setdefault(what, []).append(both[name][what]())
    print(f"processor seconds, medians of {asked.rounds} rounds, load {os.getloadavg()[0]:.1f}")
    print(f"{'':22}{'earlier':>10}{'ours':>10}{'ratio':>8}")
    for what, seconds in taken["ours"].items():
        earlier, ours = median(taken["earlier"][what]), median(seconds)
        print(f"{what:22}{earlier:>10.2f}{ours:>10.2f}{ours / earlier:>8.2f}")


if __name__ == "__main__":
    main()
