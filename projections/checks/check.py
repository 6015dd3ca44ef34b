"""What a check is, and what a doubt; and which filings a check has to look at.

Most checks look for something that most filings have none of: a cited note, a market trade, a
series that expires. A check says what of which a filing must have something (`asked_of`), and
is not asked about others; nothing is found there that it would have told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ledger.codes import PAIRED
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.issuer import Folded

Check = Callable[[Dossier, Folded], Iterator[Finding]]
"""Looks at one filing, with the others of its issuer at hand, and yields findings."""

Doubt = Callable[[Folded], Iterator[Finding]]
"""Looks at an issuer, once its breaks are judged, for what all its filings leave open."""

_ASKED_OF: dict[Check, frozenset[str]] = {}


def asked_of(*traits: str) -> Callable[[Check], Check]:
    """A check that has nothing to say of a filing without any of these traits: see `traits_of`."""

    def keep(check: Check) -> Check:
        _ASKED_OF[check] = frozenset(traits)
        return check

    return keep


@lru_cache(maxsize=4096)  # filings have few sets of traits
def asked(checks: tuple[Check, ...], traits: frozenset[str]) -> tuple[Check, ...]:
    """Of some checks, in their order, those to ask about a filing with these traits."""
    return tuple(c for c in checks if c not in _ASKED_OF or not traits.isdisjoint(_ASKED_OF[c]))


def traits_of(dossier: Dossier, folded: Folded) -> frozenset[str]:
    """What a filing has that checks look for.

    The kinds of its statements, the columns that cite notes, and what is named here of its
    form, its rows, and what the fold found of it.
    """
    stream = dossier.stream
    found = {said.kind for said in dossier.statements}
    found.add(f"form {dossier.base_form}")
    found.add(dossier.head.format)
    if dossier.head.footnotes or dossier.head.remarks:
        found.add("notes")
    if stream in folded.opened_by:
        found.add("first totals")
    if stream in folded.neighbours:
        found.add("other titles")
    if folded.misnamed.get(stream) or stream in folded.misfiled or stream in folded.odd_names:
        found.add("others' names")
    for line in folded.lines_of(dossier):
        if line.cited:
            found.add("citing rows")
            found.update(line.cited)
        if line.value_after is not None:
            found.add("dollars")
        if line.underlying_shares:
            found.add("underlying")
        if line.expires_on is not None:
            found.add("expiring")
        if line.code in PAIRED:
            found.add("exercises")
        elif line.code in ("P", "S"):
            found.add("market trades")
        if line.against_code:
            found.add("contradicted codes")
    return frozenset(found)
