"""Who is who within one issuer's filings: one key for each person, one scope for each group.

A CIK identifies. A name alone identifies only within the issuer, and becomes a CIK's when
exactly one owner of that issuer bears the name. Owners who ever file together share a
scope: lines of one may belong to positions first reported by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from projections.filings.records import Dossier, Party
from projections.identity.names import person_key


class People:
    """The owners of one issuer's known filings."""

    def __init__(self, dossiers: Iterable[Dossier]) -> None:
        self.names: dict[str, str] = {}
        self._ciks: dict[str, set[str]] = {}
        self._leader: dict[str, str] = {}
        self._keys: dict[str, frozenset[str]] = {}
        self._scopes: dict[str, str] = {}
        filings = list(dossiers)
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

    def key(self, owner: Party) -> str:
        """The owner's CIK, else the CIK its name has here, else `name:` and the name."""
        if owner.cik:
            return owner.cik
        name = person_key(owner.name or "")
        ciks = self._ciks.get(name, set())
        return next(iter(ciks)) if len(ciks) == 1 else f"name:{name}"

    def keys(self, dossier: Dossier) -> frozenset[str]:
        """The keys of a filing's owners."""
        found = self._keys.get(dossier.stream)
        if found is None:
            found = frozenset(self.key(owner) for owner in dossier.head.owners)
            self._keys[dossier.stream] = found
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
            found = self._find(self.key(owners[0])) if owners else f"nobody named: {dossier.stream}"
            self._scopes[dossier.stream] = found
        return found

    def scope_of(self, key: str) -> str:
        """The group of owners who file together that a person belongs to."""
        return self._find(key)

    def person(self, key: str) -> dict[str, str | None]:
        """The owner as the answers show it: `cik` and `name`."""
        return {"cik": None if key.startswith("name:") else key, "name": self.names.get(key)}

    def _find(self, key: str) -> str:
        while (leader := self._leader.get(key, key)) != key:
            key = leader
        return key

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._find(one), self._find(other)))
        if first != second:
            self._leader[second] = first
