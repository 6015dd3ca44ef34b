"""What the system does to a ledger: a parent killed, a disk full, six at once, a folder to read only.

`python -m tests.soak.faults [TRIES] [SEED]` tries each that often, and prints what came of it.

- killed: `ingest --jobs 2` and `replay --jobs 2` are ended by `kill -9` at a random instant; failed is
  what leaves a worker alive for more than five seconds, a ledger that `verify` objects to, or one that
  does not say afterwards what one that nobody killed says.
- full: `ingest` on a file system of a random size (mounted for it, which only root may); failed is what
  does not end in 4 and one line, cannot be asked, or has other answers once there is room.
- six: six questions at once to a ledger that has to be judged first; failed is one that ends otherwise
  than in 0 or answers otherwise than the others.
- read-only: questions to a ledger that may not be written, nor its folder (root is bound by their modes,
  too: `setpriv`); failed is what does not end in 0, says nothing of it, or answers otherwise.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.documents import owner, ownership_xml, transaction
from tests.shares import asked, concluded, together
from tests.transcripts import PYTHON_PATH

SETPRIV = "setpriv"
RIGHTS = "-dac_override,-dac_read_search"
"""By which root may write whatever the modes of a file say."""

PROGRAM = [sys.executable, "-c", "from cli.entry import main; main()"]
FILINGS = 240
SOON = 5.0
"""Seconds within which whoever works for a killed process is gone."""

FAULTS = ("killed", "full", "six", "read-only")
HELD = "held"
QUESTIONS = ("holdings", "reconcile", "events", "stats")


def filled(folder: Path) -> None:
    """Forms 4 of sixty people, four of each, who buy on and on; named by their accession numbers."""
    folder.mkdir()
    for number in range(FILINGS):
        who, day = number // 4 + 1, number % 4 + 1
        bought = {"shares": "100", "on": f"2024-05-0{day}", "after": str(100 * day)}
        told = ownership_xml(
            [transaction(**bought)],
            issuer={"issuerCik": f"{who:010}", "issuerName": f"EXAMPLE {who}"},
            owners=[owner(f"{1_000 + who:010}", f"DOE {who}")],
            period=bought["on"],
        )
        (folder / f"0000000001-24-{number + 1:06d}.xml").write_bytes(told)


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    said: bytes
    told: bytes


def started(folder: Path, command: str, *, bound: bool = False) -> subprocess.Popen[bytes]:
    """A command on the ledger of a folder, in a session of its own; `bound` by the modes of files."""
    drop = [SETPRIV, f"--bounding-set={RIGHTS}", f"--inh-caps={RIGHTS}"]
    environment = {k: v for k, v in os.environ.items() if k != "LEDGER_DB"}
    return subprocess.Popen(
        [*(drop if bound and os.getuid() == 0 else []), *PROGRAM, *command.split()],
        cwd=folder,
        env=environment | {"PYTHONPATH": PYTHON_PATH},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes]) -> Ended:
    """How it ended, once it has."""
    said, told = process.communicate(timeout=300)
    return Ended(process.returncode, said, told)


def run(folder: Path, command: str, *, bound: bool = False) -> Ended:
    """How a command on the ledger of a folder ended."""
    return ended(started(folder, command, bound=bound))


def answers(folder: Path, *, bound: bool = False) -> list[bytes]:
    """What a ledger answers; [] where a question does not end in 0."""
    found = [run(folder, f"{question} --format json", bound=bound) for question in QUESTIONS]
    return [] if any(answer.code for answer in found) else [answer.said for answer in found]


def alive(session: int) -> list[int]:
    """The processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, of = stat.read_text("utf-8").rpartition(")")[2].split()[:4]
            if int(of) == session and state != "Z":
                found.append(int(stat.parent.name))
    return found


def gone_after(session: int) -> float:
    """Seconds until nobody of a session is left; those who outlast a minute are ended."""
    begun = time.monotonic()
    while alive(session):
        if time.monotonic() - begun > 60:
            for number in alive(session):
                os.kill(number, signal.SIGKILL)
        time.sleep(0.02)
    return time.monotonic() - begun


def killed(folder: Path, right: list[bytes], chance: random.Random, lasted: float) -> str:
    """What is wrong after a kill of a process that has others work for it; "" if nothing."""
    command = chance.choice(["ingest ../more --jobs 2", "replay --jobs 2"])
    if command.startswith("replay"):
        run(folder, "ingest ../more")
    process = started(folder, command)
    time.sleep(chance.uniform(0.2, 1.2) * lasted)
    process.kill()
    took = gone_after(process.pid)
    process.communicate()
    if took > SOON:
        return f"workers lived on for {took:.1f} s"
    if (folder / "ledger.db").exists() and run(folder, "verify").code:
        return "verify objects"
    again = run(folder, "ingest ../more --jobs 2").code
    return "" if not again and answers(folder) == right else "answers otherwise"


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Callable[[], object]]:
    """A file system of so many bytes over a folder; what is yielded makes room in it."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield lambda: subprocess.run(["mount", "-o", "remount,size=256m", folder], check=True)
    finally:
        subprocess.run(["umount", folder], check=True)


def full(folder: Path, right: list[bytes], chance: random.Random, whole: int) -> str:
    """What is wrong with a ledger on a disk that is full; "" if nothing."""
    with small_disk(folder, chance.randrange(65_536, whole)) as room:
        first = run(folder, "ingest ../more")
        if first.code != 4 or first.told.count(b"Error") != 1 or b"Traceback" in first.told:
            return f"ended in {first.code}: {first.told.decode()[-200:]}"
        if (folder / "ledger.db").exists() and (folder / "ledger.db").stat().st_size:
            asked_now = run(folder, "stats")
            if asked_now.code or run(folder, "verify").code:
                return f"cannot be asked: {asked_now.told.decode()[-200:]}"
        room()
        again = run(folder, "ingest ../more").code
        return "" if not again and answers(folder) == right else "answers otherwise"


def six(folder: Path, right: list[bytes]) -> str:
    """What is wrong where six ask at once what has to be judged first; "" if nothing."""
    run(folder, "ingest ../more")
    processes = [started(folder, "holdings --format json") for _ in range(6)]
    found = {(answer.code, answer.said) for answer in map(ended, processes)}
    return "" if found == {(0, right[0])} else f"{[code for code, _ in found]}, or other answers"


def read_only(folder: Path, right: list[bytes], *, judged: bool) -> str:
    """What is wrong where a folder may not be written; "" if nothing."""
    run(folder, "ingest ../more")
    if judged:
        run(folder, "stats")
    (folder / "ledger.db").chmod(0o444)
    folder.chmod(0o555)
    try:
        told = run(folder, "stats", bound=True).told
        if (b"in memory" in told) == judged:
            return f"said {told.decode()!r}"
        if run(folder, "ingest ../more", bound=True).code != 4:
            return "ingested"
        found = answers(folder, bound=True)
        return "" if found == right else f"answers otherwise: {[*map(len, found)]}"
    finally:
        folder.chmod(0o755)


def tried(tries: int, seed: int) -> Counter[tuple[str, str]]:
    """What came of each fault, in folders of their own."""
    chance = random.Random(seed)
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        root.chmod(0o755)
        filled(root / "more")
        (root / "right").mkdir()
        begun = time.monotonic()
        run(root / "right", "ingest ../more --jobs 2")
        lasted, right = time.monotonic() - begun, answers(root / "right")
        whole = (root / "right" / "ledger.db").stat().st_size
        assert right, "the questions do not end in 0"

        def one(fault: str, folder: Path, number: int) -> str:
            match fault:
                case "killed":
                    return killed(folder, right, chance, lasted)
                case "full":
                    return full(folder, right, chance, whole // 3)
                case "six":
                    return six(folder, right)
                case _:
                    return read_only(folder, right, judged=bool(number % 2))

        for fault in FAULTS:
            for number in range(tries):
                if fault == "full" and os.getuid():
                    continue  # only root may mount a small disk
                folder = root / f"{fault}-{number}"
                folder.mkdir()
                found[fault, one(fault, folder, number) or HELD] += 1
    return found


if __name__ == "__main__":
    counted = together(tried, asked(__doc__, 8), size=4)
    for (fault, what), times in sorted(counted.items()):
        print(f"{fault:10} {times:4} {what}")
    failed = sum(times for (_, what), times in counted.items() if what != HELD)
    sys.exit(concluded(counted.total(), failed))
