"""Every speed in one run: files to events, events to disk, events to judgement.

    python -m tests.benchmarks.speed

Each part measures itself beside a peer or a limit on the same machine in the same
minutes, so the ratios mean something where the rates alone would not.
"""

from __future__ import annotations

from tests.benchmarks import append, ingest, replay
from tests.corpus import CORPUS


def main() -> None:
    """Measure and print."""
    if CORPUS.is_dir():
        print("\nFrom files to durable events")
        ingest.main(["--rounds", "5"])
    else:
        print("\nFrom files to durable events: not measured, the real filings are not here")
    print("\nFrom facts to disk")
    append.main(["--events", "60000", "--rounds", "5"])
    print("\nFrom events to judgement")
    replay.main(["--lines", "60000", "--rounds", "3"])


if __name__ == "__main__":
    main()
