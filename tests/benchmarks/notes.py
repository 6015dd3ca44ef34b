"""Prints how well notes are read, against the notes of the corpus that a person read.

    python -m tests.benchmarks.notes [--list]

The phrases were grown with this corpus at hand, so the figures are what the reader does at
best; what it makes of words it never met, the simulator tells. `--list` names every fact missed, every statement that no note makes, and every day that
is not the note's.
"""

from __future__ import annotations

import sys

from tests.corpus import CORPUS
from tests.note_accuracy import Key, Score, facts, readings, score


def main() -> None:
    """Read every note of the table and print recall, precision and days."""
    if not CORPUS.is_dir():
        print("the corpus of real filings is not beside the project")
        return
    told = facts()
    result = score(told, readings(CORPUS))
    dated = result.days_right + len(result.days_wrong)
    print(f"{len(told)} notes, {sum(f.needed for said in told.values() for f in said)} facts")
    print(f"recall     {result.recall:.1%} ({len(result.missed)} missed)")
    print(f"precision  {result.precision:.1%} ({len(result.false)} that no note states)")
    print(f"days       {result.days_right / dated:.1%} of {dated} as the note has them")
    if "--list" in sys.argv:
        _list(result)


def _list(result: Score) -> None:
    def of(key: Key) -> str:
        return f"{key[0]} {key[1]}"

    for key, fact in result.missed:
        print("missed", of(key), *fact.kinds, fact.amount or "")
    for key, said in result.false:
        print("false ", of(key), said.kind, said.shares or said.ratio or "")
    for key, fact, said in result.days_wrong:
        read = (said.effective_from, said.effective_to)
        print("day   ", of(key), fact.begins, fact.ends, "read {} {}".format(*read))


if __name__ == "__main__":
    main()
