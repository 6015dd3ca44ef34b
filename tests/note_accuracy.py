"""How many of the facts that notes state are read, and how many that they do not.

The truth is `tests/corpus_checks/notes_read_by_hand.tsv`: notes of the corpus that a person
read, each by its filing and id, with what it states and nothing of its words. The table is
of every different note of the ownership documents that has a word of the matter in it (a
plan, a transfer, a gift, a split, "includes", ...) and is no note about a range of prices.

A fact is `kind amount @day`, or `@first..last`; the last may be open. Kinds apart by `|` will all do. A fact
after `?` may be read and need not: a label of the row itself, which moves nothing besides.
When an award vests, who disclaims and which trading plan it was are not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from ledger.errors import LedgerError
from ledger.filing import Filing, Statement
from ledger.ingestion.documents import documents
from ledger.readers import read
from ledger.statements import SENSES

TABLE = Path(__file__).parent / "corpus_checks" / "notes_read_by_hand.tsv"
FOLDERS = ("ownership_xml", "submissions", "seeds")
_NOT_JUDGED = ("vesting-schedule", "plan-adoption", "disclaimer")

Key = tuple[str, str]
"""A filing's accession number, else the start of its hash, and the note's id."""


class Fact(NamedTuple):
    """One thing that a note states: the kinds that will do, how much of it, and when."""

    kinds: tuple[str, ...]
    amount: Decimal | str | None
    begins: date | None
    ends: date | None
    needed: bool = True


class Score(NamedTuple):
    """Facts found and missed, statements that no fact bears out, and days right and wrong."""

    found: int
    missed: tuple[tuple[Key, Fact], ...]
    false: tuple[tuple[Key, Statement], ...]
    days_right: int
    days_wrong: tuple[tuple[Key, Fact, Statement], ...]

    @property
    def recall(self) -> float:
        """Of the facts that the notes state, the part that is read."""
        return self.found / (self.found + len(self.missed))

    @property
    def precision(self) -> float:
        """Of what is read, the part that the notes state."""
        return self.found / (self.found + len(self.false))


def facts() -> dict[Key, list[Fact]]:
    """The table: what each note states, nothing at all included."""
    told: dict[Key, list[Fact]] = {}
    for line in TABLE.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            filing, note, said = line.split("\t")
            told[filing, note] = [_fact(part) for part in said.split("; ") if part]
    return told


def _fact(text: str) -> Fact:
    kinds, *rest = text.removeprefix("?").split()
    amount: Decimal | str | None = None
    begins = ends = None
    for word in rest:
        if word.startswith("@"):
            first, dots, last = word[1:].partition("..")
            begins = date.fromisoformat(first)
            ends = begins if not dots else date.fromisoformat(last) if last else None
        else:
            amount = word if ":" in word else Decimal(word)
    return Fact(tuple(kinds.split("|")), amount, begins, ends, not text.startswith("?"))


def readings(corpus: Path) -> dict[Key, list[Statement]]:
    """What the reader finds in every note of the corpus's ownership documents."""
    found: dict[Key, list[Statement]] = {}
    for document in documents([corpus / folder for folder in FOLDERS]):
        try:
            reading = read(document.payload, source=document.name, accession=document.accession)
        except LedgerError:
            continue
        for key, said in _notes(reading.filing):
            found.setdefault(key, said)
    return found


def _notes(filing: Filing) -> Iterator[tuple[Key, list[Statement]]]:
    name = filing.accession or filing.sha256[:16]
    for note in filing.footnotes:
        yield (
            (name, note.id),
            [s for s in filing.statements if s.note == note.id and s.kind not in _NOT_JUDGED],
        )


def score(
    told: Mapping[Key, Iterable[Fact]], read_there: Mapping[Key, Iterable[Statement]]
) -> Score:
    """Hold what was read against what the notes state."""
    found, days_right = 0, 0
    missed: list[tuple[Key, Fact]] = []
    false: list[tuple[Key, Statement]] = []
    days_wrong: list[tuple[Key, Fact, Statement]] = []
    for key, known in told.items():
        left = sorted(known, key=lambda fact: not fact.needed)
        matched: set[str] = set()
        for said in read_there[key]:
            fact = next((f for f in left if _bears_out(f, said)), None)
            if fact is None:
                if not _harmless(said, matched):
                    false.append((key, said))
                continue
            left.remove(fact)
            matched.update(fact.kinds)
            if fact.needed:
                found += 1
                if (said.effective_from, said.effective_to) == (fact.begins, fact.ends):
                    days_right += 1
                else:
                    days_wrong.append((key, fact, said))
        missed += ((key, fact) for fact in left if fact.needed)
    return Score(found, tuple(missed), tuple(false), days_right, tuple(days_wrong))


def _bears_out(fact: Fact, said: Statement) -> bool:
    amount = said.ratio if isinstance(fact.amount, str) else said.shares
    return said.kind in fact.kinds and amount == fact.amount


def _harmless(said: Statement, matched: set[str]) -> bool:
    """Whether a statement without an amount says nothing that could explain a difference."""
    if said.shares is not None or said.ratio is not None:
        return False
    return said.kind in matched or not SENSES[said.kind].cause
