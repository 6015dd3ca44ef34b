"""Issuers whose new filings are indexed, and that wait to be judged until somebody asks about them.

Each has a row beside the issuers' own, under the same root, that has whatever any of its filings ever called it
and its people by: whoever asks about somebody else by name, or by number, can tell without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import islice

import msgspec

from projections.views.digests import Query

_AT_ONCE = 200


class Said(msgspec.Struct, frozen=True):
    """What the filings about an issuer ever said: its names and symbols, its people's names and numbers, as keys."""

    name: list[str] = msgspec.field(default_factory=list)
    symbol: list[str] = msgspec.field(default_factory=list)
    person: list[str] = msgspec.field(default_factory=list)
    owner: list[str] = msgspec.field(default_factory=list)


Meant = Callable[[Said], bool]
"""Whether a question may be about an issuer of which this is said."""

_said = msgspec.json.Decoder(Said).decode


def naming(owners: Iterable[str]) -> Meant:
    """Whether somebody of these keys may be among an issuer's people."""
    wanted = {*owners}

    def meant(said: Said) -> bool:
        return not wanted.isdisjoint((*said.owner, *(f"name:{name}" for name in said.person)))

    return meant


def meant_among(
    waiting: Mapping[str, str], meant: Meant, within: AbstractSet[str] | None
) -> set[str]:
    """Those of the issuers that wait, or of some of them, that a question may be about."""
    asked = waiting.keys() if within is None else waiting.keys() & within
    return {issuer for issuer in asked if meant(_said(waiting[issuer]))}


def said_of(query: Query, issuers: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What the index has of each of some issuers, as it is kept while they wait."""
    wanted = iter(sorted(issuers))
    while some := list(islice(wanted, _AT_ONCE)):
        holes = ",".join("?" * len(some))
        found = {issuer: Said() for issuer in some}
        for sql in (
            f"SELECT issuer, what, text FROM view_called WHERE issuer IN ({holes})",  # noqa: S608 - holes are question marks
            f"SELECT issuer, 'owner', owner FROM view_owners WHERE issuer IN ({holes})",  # noqa: S608
        ):
            for issuer, what, text in query(sql, tuple(some)):
                getattr(found[issuer], what).append(text)
        for issuer, said in found.items():
            for texts in (said.name, said.symbol, said.person, said.owner):
                texts.sort()
            yield issuer, msgspec.json.encode(said).decode()
