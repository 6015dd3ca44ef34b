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
from projections.identity.names import is_a_body, words_of
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.digits import telling
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
    for found in _going_on(folded):
        named = named or _names(folded)
        (owner,), (theirs,) = found.position.owners, found.other.owners
        if any(alike(a, b) for a in named[owner] for b in named[theirs]):
            yield found


def _going_on(folded: Folded) -> Iterator[Alias]:
    """Holdings first reported under a number that begin with what another number's had last."""
    alike_in_words: dict[object, list[Position]] = {}
    for p in folded.book.positions:
        if of_one(p.owners) and p.entries:
            alike_in_words.setdefault((p.table, p.form, p.vehicle, p.series), []).append(p)
    pairs = (pair for same in alike_in_words.values() for pair in _openings(same))
    for position, others in pairs:
        for other in others:
            if other.owners == position.owners:
                continue
            if same_class(position.tokens, other.tokens) is False:
                continue
            last = _before(other, position.entries[0])
            if last is not None and last.balance == position.held_before:
                yield Alias(position, position.entries[0], other, last)


def renamed(folded: Folded) -> Iterator[tuple[Alias, str]]:
    """Such holdings under a name that is alike only in part, each with how the two names differ.

    A family name is changed by marriage, and "Jr" may be left out; but a father and a son, and two
    Joans, are two persons. So the number that goes on must be no round one, or two holdings must go on,
    and nothing may be filed under the first number since.
    """
    pairs: dict[tuple[str, str], list[Alias]] = {}
    for found in _going_on(folded):
        (owner,), (theirs,) = found.position.owners, found.other.owners
        pairs.setdefault((owner, theirs), []).append(found)
    named = _names(folded) if pairs else {}
    for (owner, theirs), several in pairs.items():
        names = [(a, b) for a in sorted(named[owner]) for b in sorted(named[theirs])]
        how = next((told for a, b in names if (told := unlike_in(a, b))), "")
        first = several[0]
        sure = len(several) > 1 or telling(first.last.balance or ZERO)
        if how and sure and not any(alike(a, b) for a, b in names):
            begins = first.first.dossier.known.at
            if not any(
                theirs in folded.people.keys(one) and one.known.at >= begins
                for one in folded.dossiers
            ):
                yield first, how


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


def unlike_in(one: str, other: str) -> str:
    """How two names differ that may be one person's all the same; "" where they are too unlike.

    >>> unlike_in("DOE JANE Q", "ROE JANE Q"), unlike_in("DOE JOHN", "DOE JOHN JR")
    ('the given names are the same, the family name is another', 'only one of the names has Jr')
    """
    mine, theirs = _parts(one), _parts(other)
    if len(mine) < 2 or len(theirs) < 2 or is_a_body(one) or is_a_body(other):
        return ""
    lineages = _lineage(one) ^ _lineage(other)
    given = len(mine[1]) > 2 and mine[1] == theirs[1]
    if lineages and mine[0] == theirs[0] and given:
        bare = not (_lineage(one) and _lineage(other))
        ending = next(iter(sorted(lineages)))
        shown = ending.title() if ending in ("jr", "sr") else ending.upper()
        return f"only one of the names has {shown}" if bare else ""
    if mine[0] != theirs[0] and not lineages and given and len(mine) > 2 and mine[1:] == theirs[1:]:
        return "the given names are the same, the family name is another"
    return ""


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


def another_name(folded: Folded) -> Iterator[Finding]:
    """The weaker suspicion, at the first filing under the second number, with its evidence."""
    for found, how in renamed(folded):
        (theirs,) = found.other.owners
        person = folded.people.person(theirs)
        whose = f"{person['name']} (CIK {person['cik']})" if person["cik"] else person["name"]
        words = f"goes on from the {grouped(found.last.balance or ZERO)} of {whose}, who files no more; {how}: one person may report under two numbers"
        refs = (reference(found.first), reference(found.last))
        yield about(found.first.dossier, None, "OWNER_ALIAS_SUSPECTED", words, evidence=refs)


DOUBTS: tuple[Doubt, ...] = (two_numbers, another_name)
