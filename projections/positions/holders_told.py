"""Who holds a line by its notes, as they print it, where its own words name nobody."""

from __future__ import annotations

import re

from ledger.types import grouped
from projections.filings.pools import notes_on_holder
from projections.filings.records import ZERO, Dossier, Line
from projections.identity.divided import parts_told
from projections.identity.holders import holder_as_printed, in_passing
from projections.identity.vehicles import names_a_vehicle, pointed_to, vehicle_key
from projections.positions.co_owners import in_full, named_owner

_HOLDER_FIELDS = ("nature", "ownership")
_POINTED_FIELDS = ("shares_after", "security", "shares", "code")


def holder_in_notes(dossier: Dossier, line: Line) -> str:
    """The holders that notes name where a line's nature names none, as printed; "" where none does.

    Only words that are spelled as names are taken for one, and only as a whole. A direct line of
    joint owners has a holder too: one of them. Where a note divides the line between several, each
    is named with its number; and what it says in passing, of shares that somebody holds and
    another has power over, counts where no note says who holds these.
    """
    pointed = bool(line.cited or pointed_to(line.nature))
    if not pointed or names_a_vehicle(vehicle_key(line.nature)):
        return ""
    if line.ownership == "direct" and len(dossier.head.owners) < 2:
        return ""
    cited = notes_on_holder(dossier, line) or line.notes_of(*_POINTED_FIELDS)
    if parts := _parts(dossier, line):
        return parts
    if line.ownership == "direct" and (owner := named_owner(dossier, line)):
        return owner.name or ""
    texts = [dossier.text_of(note) for note in cited]
    stated = [text for text in texts if not in_passing(text)]
    return "; ".join(_names_in(stated, dossier) or _names_in(texts, dossier))


def _names_in(texts: list[str], dossier: Dossier) -> dict[str, None]:
    """The holders that notes name, each once, in their order."""
    return dict.fromkeys(
        _owner_so_called(name, dossier)
        for name in map(holder_as_printed, texts)
        if _spelled_as_a_name(name)
    )


def _parts(dossier: Dossier, line: Line) -> str:
    """Who holds how many by a note that divides a line: "700 by Alder I, LP; 50 by Alder II, LP"."""
    wholes = {line.total, line.underlying_shares, line.shares} - {None, ZERO}
    notes = line.notes_of(*_HOLDER_FIELDS, *_POINTED_FIELDS, "underlying_shares", "underlying")
    for note in dict.fromkeys(notes):
        for whole in wholes:
            parts = parts_told(dossier.text_of(note), whole or ZERO)
            if len(parts) == 1:
                return parts[0].holder
            if parts:
                return "; ".join(f"{grouped(part.shares)} by {part.holder}" for part in parts)
    return ""


def _owner_so_called(printed: str, dossier: Dossier) -> str:
    """A holder's printed name, or that of the one owner which ends with it: "II LP" of "Birch II LP"."""
    full = in_full(vehicle_key(printed), dossier)
    so_called = [o.name for o in dossier.head.owners if o.name and vehicle_key(o.name) == full]
    return so_called[0] if so_called and full != vehicle_key(printed) else printed


_LONGEST = 80
"""Letters of what is still a name."""
_IN_NAMES = frozenset(
    "the of for and account benefit dated trust trusts family fund plan u/a u/a/d f/b/o".split()
)
_PARTIES = re.compile(
    r"\b(?:issuer|company|reporting persons?|such|each|certain)\b|^(?:the )?funds?$", re.IGNORECASE
)


def _spelled_as_a_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    proper = [word for word in words if word.lower() not in _IN_NAMES]
    return (
        0 < len(text) <= _LONGEST
        and bool(proper)
        and all(word[0].isupper() or not word[0].isalpha() for word in proper)
        and not _PARTIES.search(text)
    )
