"""Who is who within one issuer's filings: one key for each person, one scope for each group.

A CIK identifies. A name alone identifies only within the issuer, and becomes a CIK's when
exactly one owner of that issuer bears the name. Owners who ever file together share a
scope: lines of one may belong to positions first reported by another. A filing that names
nobody is of one person, of whom no other filing tells but those that amend it
(`projections.filings.nameless`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from ledger.loading import later
from projections.filings.records import Dossier, Party
from projections.identity.names import person_key

if TYPE_CHECKING:
    from projections.filings import nameless, pools
    from projections.filings.pools import Pools
else:
    nameless, pools = later("projections.filings.nameless"), later("projections.filings.pools")

_NOBODY = "nobody named: "
"""What the key of a filing's owner begins with where the filing names none."""


def unnamed(key: str) -> bool:
    """Whether a key stands for the owner of a filing that names nobody."""
    return key.startswith(_NOBODY)


def of_one(owners: Collection[str]) -> bool:
    """Whether a filing names one owner, and no more; who names nobody may be several."""
    return len(owners) == 1 and not any(map(unnamed, owners))


class People:
    """The owners of one issuer's known filings."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        self.names: dict[str, str] = {}
        self._ciks: dict[str, set[str]] = {}
        self._leader: dict[str, str] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._scopes: dict[str, str] = {}
        self._filings = filings = list(dossiers)
        self._originals = nameless.originals(filings)
        for dossier in filings:
            for owner in dossier.head.owners:
                if owner.cik and owner.name:
                    self._ciks.setdefault(person_key(owner.name), set()).add(owner.cik)
        for dossier in filings:
            keys = [self.key(owner) for owner in dossier.head.owners]
            for owner, key in zip(dossier.head.owners, keys, strict=True):
                if owner.name:
                    self.names[key] = owner.name
            for key in keys[1:]:
                self._join(keys[0], key)
        self.pools: Pools = pools.pools(filings, self.keys)
        """Who reports one trust or company by name, each in forms of his own."""
        for owners in (group for groups in self.pools.values() for group in groups):
            first, *others = sorted(owners)
            for key in others:
                self._join(first, key)

    def sharing(self, pool: str, owners: frozenset[str]) -> frozenset[str]:
        """Everybody who reports a pool of a proper name that these owners report."""
        groups = self.pools.get(pool, ())
        return frozenset().union(*(group for group in groups if group & owners))

    def key(self, owner: Party) -> str:
        """The owner's CIK, else the CIK its name has here, else `name:` and the name."""
        if owner.cik:
            return owner.cik
        name = person_key(owner.name or "")
        ciks = self._ciks.get(name, set())
        return next(iter(ciks)) if len(ciks) == 1 else f"name:{name}"

    def keys(self, dossier: Dossier) -> frozenset[str]:
        """The keys of a filing's owners; where it names nobody, one that only its amendments have."""
        found = self._keys.get(dossier.stream)
        if found is None:
            found = frozenset(self.key(owner) for owner in dossier.head.owners)
            found = self._keys[dossier.stream] = found or frozenset({self._nobody(dossier)})
        return found

    def _nobody(self, dossier: Dossier) -> str:
        """The key of whose filing it is that names nobody: of the one it amends, its own else."""
        return f"{_NOBODY}{self._originals.get(dossier.stream, dossier.stream)}"

    def filings_of(self, owners: frozenset[str]) -> Iterator[Dossier]:
        """The filings that name all of some owners."""
        filed = self._filed_by.get(min(owners), ())
        return (dossier for dossier in filed if owners <= self.keys(dossier))

    @cached_property
    def _filed_by(self) -> dict[str, list[Dossier]]:
        """By owner, the filings that name them."""
        found: dict[str, list[Dossier]] = {}
        for dossier in self._filings:
            for key in self.keys(dossier):
                found.setdefault(key, []).append(dossier)
        return found

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Every owner's name as printed, by its key."""
        return {person_key(name): name for name in self.names.values()}

    def named_within(self, words: frozenset[str]) -> Iterator[str]:
        """The keys of owners all of whose name is among some words, in the order they were met."""
        found = [told for word in words for told in self._by_first_word.get(word, ())]
        yield from [key for _, key, name in sorted(found) if words.issuperset(name)]

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[int, str, list[str]]]]:
        """By the first word of its key in the alphabet, each owner's place, key and words."""
        found: dict[str, list[tuple[int, str, list[str]]]] = {}
        for place, (key, name) in enumerate(self.names.items()):
            words = sorted(person_key(name).split())
            if words:
                found.setdefault(words[0], []).append((place, key, words))
        return found

    def scope(self, dossier: Dossier) -> str:
        """The group of owners who file together that this filing belongs to."""
        found = self._scopes.get(dossier.stream)
        if found is None:
            owners = dossier.head.owners
            found = self._find(self.key(owners[0])) if owners else self._nobody(dossier)
            self._scopes[dossier.stream] = found
        return found

    def scope_of(self, key: str) -> str:
        """The group of owners who file together that a person belongs to."""
        return self._find(key)

    def person(self, key: str) -> dict[str, str | None]:
        """The owner as the answers show it: `cik` and `name`."""
        known = not (unnamed(key) or key.startswith("name:"))
        return {"cik": key if known else None, "name": self.names.get(key)}

    def persons(self, keys: Iterable[str]) -> tuple[dict[str, str | None], ...]:
        """Those of the owners whom a filing names, in the order of their keys."""
        return tuple(self.person(key) for key in sorted(keys) if not unnamed(key))

    def _find(self, key: str) -> str:
        while (leader := self._leader.get(key, key)) != key:
            key = leader
        return key

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._find(one), self._find(other)))
        if first != second:
            self._leader[second] = first
