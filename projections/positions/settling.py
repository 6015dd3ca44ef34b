"""The terms that close a total's difference, and what those say of the total before that put it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ledger.statements import SENSES
from projections.filings.records import ZERO
from projections.findings.explanations import Term
from projections.positions.entries import Posting
from projections.positions.levels import Level
from projections.positions.rulings import Rulings


def terms_of(entry: Posting, rulings: Rulings) -> tuple[Term, ...]:
    """The accepted terms that moved shares before an entry: they close its difference."""
    ruling = rulings.on(entry)
    if ruling.verdict != "explained" or ruling.explanation is None or entry.aside:
        return ()
    terms = tuple(term for term in ruling.explanation.terms if term.shares)
    return terms if entry.residual == sum((t.shares for t in terms), ZERO) else ()


def settling(base: Posting, following: Posting, rulings: Rulings) -> Iterator[Term]:
    """The terms that lead to a total, each from when it counts.

    A correction happened on no day: what it puts right was wrong in the total before already. Not
    so an act since then that a report left out.
    """
    for term in terms_of(following, rulings):
        wrong = _wrong_before(term, base, following, rulings)
        counts = {"effective_from": base.day, "effective_to": base.day} if wrong else {}
        yield msgspec.structs.replace(term, **counts)


def mends(term: Term, entry: Posting, rulings: Rulings) -> bool:
    """Whether a term of a total puts an earlier report right, by a number that is stated."""
    told, sense = rulings.on(entry).explanation, SENSES.get(term.kind)
    return told is not None and told.explicit and sense is not None and sense.corrects


def mended(level: Level, entries: Sequence[Posting], rulings: Rulings) -> Level:
    """A level before a first total, where the next one says by how much that was wrong.

    Nobody says whether the shares had come, or were counted, by its row or before it: either may be.
    """
    if len(entries) < 2 or not entries[0].opening:
        return level
    for term in terms_of(entries[1], rulings):
        if _wrong_before(term, entries[0], entries[1], rulings):
            level = level.ranging(min(term.shares, ZERO), max(term.shares, ZERO), term.source)
    return level


def _wrong_before(term: Term, base: Posting, following: Posting, rulings: Rulings) -> bool:
    """Whether a term puts right what the total before it had wrong, and did not come since."""
    on, since = term.effective_from, base.day
    later = on is not None and since is not None and since < on
    return not later and mends(term, following, rulings)
