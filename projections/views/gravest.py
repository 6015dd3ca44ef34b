"""At which issuers the gravest findings are, by the counts that the read model's root covers.

Whoever reads them there can tell that none is missing, without reading what is everywhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from projections.views.digests import IssuerRow

Wanted = Callable[[str, str], bool]
"""Whether findings of a kind and a severity are asked for."""


class _Counted(msgspec.Struct):
    """Of what an issuer's row counts, its findings, by kind and severity together."""

    graded: dict[str, int]


_counted = msgspec.json.Decoder(_Counted).decode


def gravest(issuers: Iterable[IssuerRow], wanted: Wanted, count: int) -> dict[str, int]:
    """The first issuers, in their order, with so many findings that are wanted: how many each has."""
    found: dict[str, int] = {}
    total = 0
    for row in sorted(issuers):
        if total >= count:
            break
        told = _counted(row.counts).graded.items()
        if own := sum(number for name, number in told if wanted(*name.rsplit(" ", 1))):
            found[row.issuer] = own
            total += own
    return found
