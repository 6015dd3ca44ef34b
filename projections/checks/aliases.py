"""One person under two numbers: a name like another's, and a balance that goes on from theirs.

Nothing is merged for that: the accounts stay apart, both holdings cite the suspicion, and
what one number reports may explain what the totals of the other lack.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import NamedTuple

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.owners import of_one
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.names import words_of
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position

_LINEAGE = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
"""Endings that tell two persons of one name apart."""


class Alias(NamedTuple):
    """A holding under one number that goes on from a holding under another."""

    position: Position
    first: Posting
    other: Position
    last: Posting


def aliases(folded: Folded) -> Iterator[Alias]:
    """Holdings first reported under a number whose owner's name and balance are another's."""
    named: dict[str, set[str]] = {}
    alike_in_words: dict[object, list[Position]] = {}
    for p in folded.book.positions:
        if of_one(p.owners) and p.entries:
            alike_in_words.setdefault((p.table, p.form, p.vehicle, p.series), []).append(p)
    pairs = (pair for same in alike_in_words.values() for pair in _openings(same))
    for position, others in pairs:
        first, opened, (owner,) = position.entries[0], position.held_before, position.owners
        for other in others:
            (theirs,) = other.owners
            if theirs == owner or same_class(position.tokens, other.tokens) is False:
                continue
            last = _before(other, first)
            if last is None or last.balance != opened:
                continue
            named = named or _names(folded)
            if any(alike(a, b) for a in named[owner] for b in named[theirs]):
                yield Alias(position, first, other, last)
                break


def _names(folded: Folded) -> dict[str, set[str]]:
    """Every name that each owner has borne in these filings."""
    found: dict[str, set[str]] = {key: set() for key in folded.people.names}
    for dossier in folded.dossiers:
        for owner in dossier.head.owners:
            names = found.setdefault(folded.people.key(owner), set())
            if owner.name:
                names.add(owner.name)
    return found


def _openings(same: list[Position]) -> Iterator[tuple[Position, list[Position]]]:
    """The positions that begin with shares held before, and those that ever held as many."""
    begun = [p for p in same if p.held_before] if len(same) > 1 else []
    held: dict[Decimal, list[Position]] = {}
    for position in same if begun else ():
        for balance in {e.balance for e in position.entries if e.balance}:
            held.setdefault(balance, []).append(position)
    for position in begun:
        yield position, held.get(position.held_before or ZERO, [])


def _before(position: Position, first: Posting) -> Posting | None:
    """The last line of a position that was known before another's first one."""
    begins = first.dossier.known.at
    return next((e for e in reversed(position.entries) if e.dossier.known.at < begins), None)


def alike(one: str, other: str) -> bool:
    """Whether two names, family name first as EDGAR has them, can be one person's.

    Given names may be left out or stand as initials; Jr and Sr are two persons.
    """
    mine, theirs = _parts(one), _parts(other)
    if len(mine) < 2 or len(theirs) < 2 or mine[0] != theirs[0]:
        return False
    if _lineage(one) != _lineage(other):
        return False
    given = list(zip_longest(mine[1:], theirs[1:], fillvalue=""))
    return all(_fits(a, b) for a, b in given)


def _parts(name: str) -> list[str]:
    words = words_of(name.casefold().replace(".", " ").replace(",", " "))
    return [word for word in words if word not in _LINEAGE]


def _lineage(name: str) -> frozenset[str]:
    return _LINEAGE & set(words_of(name.casefold().replace(".", " ").replace(",", " ")))


def _fits(one: str, other: str) -> bool:
    """Whether two given names can be one: equal, an initial and its name, or one left out."""
    short, long = sorted((one, other), key=len)
    return not short or short == long or (len(short) == 1 and long.startswith(short))


def two_numbers(folded: Folded) -> Iterator[Finding]:
    """The suspicion, at the first filing under the second number."""
    told: set[tuple[str, str]] = set()
    for found in aliases(folded):
        (theirs,) = found.other.owners
        dossier = found.first.dossier
        if (dossier.stream, theirs) in told:
            continue
        told.add((dossier.stream, theirs))
        person = folded.people.person(theirs)
        whose = f"{person['name']} (CIK {person['cik']})" if person["cik"] else person["name"]
        words = f"goes on from the {grouped(found.last.balance or ZERO)} of {whose}: one person may report under two numbers"
        refs = (reference(found.first), reference(found.last))
        yield about(dossier, None, "OWNER_ALIAS_SUSPECTED", words, evidence=refs)


DOUBTS: tuple[Doubt, ...] = (two_numbers,)
