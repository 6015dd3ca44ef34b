"""Which filing an amendment amends where neither names anybody, as in a data set without its owners.

Then what is left of a person is how the form was signed. An amendment has the form and the period
of its original and cites the day on which that was filed; where only one filing of an issuer is
all that, and is signed in the same words, it is the one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from projections.filings.records import Dossier
from projections.identity.names import AGENT

_WHOSE = re.compile(r"\b(?:for|by|behalf)\b", re.IGNORECASE)

_Like = tuple[str, date | None, date | None, tuple[str, ...]]


def originals(filings: Sequence[Dossier]) -> dict[str, str]:
    """By the stream of each amendment that names nobody, that of the only filing it can amend."""
    nameless = [d for d in filings if not d.head.owners]
    first: dict[_Like, list[str]] = {}
    for dossier in nameless:
        if not dossier.amends and (signed := _signed(dossier)):
            like = (dossier.base_form, dossier.head.period, dossier.head.filed_on, signed)
            first.setdefault(like, []).append(dossier.stream)
    found: dict[str, str] = {}
    for dossier in nameless:
        if dossier.amends and dossier.head.original_on and (signed := _signed(dossier)):
            like = (dossier.base_form, dossier.head.period, dossier.head.original_on, signed)
            meant = first.get(like, [])
            if len(meant) == 1:
                found[dossier.stream] = meant[0]
    return found


def _signed(dossier: Dossier) -> tuple[str, ...]:
    """The words of a filing's signatures; none where they tell nothing of whose filing it is."""
    names = [" ".join(re.findall(r"[^\W\d_]+", s.name or "")) for s in dossier.head.signatures]
    if not all(names) or any(AGENT.search(n) and not _WHOSE.search(n) for n in names):
        return ()
    return tuple(sorted(name.lower() for name in names))
