"""Whose a line of joint filers is, where its note gives it to one of them.

Form and data set alike list the owners of a joint filing and its lines, and tie neither to the
other. A note may: "shares held directly by" one of the owners. What a fund holds its partners
have an interest in; what a person holds in his own name is nobody else's, unless the notes
tell of a household, or that another may be deemed to own it too.
"""

from __future__ import annotations

from functools import lru_cache

from ledger.footnotes.names import INNER, as_printed, unbroken
from ledger.loading import pattern
from projections.filings.records import Dossier, Line, Party
from projections.identity.names import is_a_body, person_key, words_of
from projections.identity.vehicles import vehicle_key

_FIELDS = ("ownership", "nature", "shares_after", "security", "shares", "code")
"""Columns whose notes may say who holds a line."""

_HELD_BY = pattern(
    r"\b(?:(?i:held|owned)\s+(?:(?i:(?:in)?directly|solely|beneficially|individually|of\s+record),?\s+)*(?i:by)"
    r"|(?i:granted|awarded|issued)\s+(?i:to))\s+"
    rf"(?P<name>(?:[A-Z][\w'’{INNER}-]*(?:,?\s+(?=[A-Z]))?)+)(?P<more>[^.;]{{0,40}})"
)
"""Who holds or was granted something: words with capitals, up to the first without one."""
_AND_OTHERS = pattern(
    r"^\s*(?:,\s*)?(?:and|or|&|jointly|as|in\s+trust|for\s+the\s+benefit)\b|^['’]s\b"
)
_FAMILY = pattern(r"\b(?:spouses?|wife|husband|married|marital|household)\b")
"""Words of people each of whom has an interest in what the other holds."""
_OF_OTHERS = pattern(
    r"\b(?:pecuniary|deemed|on\s+behalf|for\s+the\s+benefit|nominee|policy|policies|assigned|joint(?:ly)?)\b"
)
"""Words of an interest that others than the holder have in what he holds."""
_TITLES = ("Mr. ", "Mrs. ", "Ms. ", "Dr. ")
_SUFFIXES = frozenset("jr sr ii iii iv esq phd md".split())


def named_owner(dossier: Dossier, line: Line) -> Party | None:
    """The one owner of a joint filing whom the notes of a line name as its holder."""
    if len(dossier.head.owners) < 2 or not line.cited:
        return None
    named = [_named(dossier.text_of(n)) for n in dict.fromkeys(line.notes_of(*_FIELDS))]
    told = {name for name in named if name}
    if len(told) != 1:
        return None
    said = told.pop()
    found = [owner for owner in dossier.head.owners if _is_called(owner.name or "", said)]
    return found[0] if len(found) == 1 else None


def whose_alone(dossier: Dossier, line: Line) -> Party | None:
    """The owner of a joint filing whose own a direct line is, while the others only report it."""
    owner = named_owner(dossier, line) if line.ownership == "direct" else None
    if owner is None or is_a_body(owner.name or ""):
        return None
    told = [dossier.text_of(note).casefold() for note in line.notes]
    if any(_OF_OTHERS.search(text) or _FAMILY.search(text) for text in told):
        return None
    return None if _in_a_household(owner, dossier) else owner


def _in_a_household(owner: Party, dossier: Dossier) -> bool:
    """Whether a note or the remarks speak of a marriage or a household, of this owner and another."""
    names = [set(person_key(o.name or "").split()) for o in dossier.head.owners if o is not owner]
    own = set(person_key(owner.name or "").split())
    texts = (note.text.casefold() for note in dossier.notes)
    for text in filter(_FAMILY.search, texts):
        words = set(words_of(text.replace(".", " ")))
        if own <= words and any(name and name <= words for name in names):
            return True
    return False


def _is_called(name: str, said: str) -> bool:
    """Whether words are an owner's name, with no more than stands around one; or "Mr. Doe"."""
    own, words = set(person_key(name).split()), set(person_key(said).split())
    if said.startswith(_TITLES) and len(words) == 1:
        return not is_a_body(name) and bool(words & own)
    return bool(own) and own <= words and words - own <= _SUFFIXES


@lru_cache(maxsize=4096)
def _named(note: str) -> str:
    """The only holder that a note names, in its words; "" where it names none, or several."""
    found = list(_HELD_BY.finditer(unbroken(note))) if "by" in note or "to" in note else []
    names = {" ".join(as_printed(one["name"]).split()) for one in found}
    if len(names) != 1 or any(_AND_OTHERS.search(one["more"]) for one in found):
        return ""
    return names.pop()


def in_full(key: str, dossier: Dossier) -> str:
    """The holder that a note calls by the end of one owner's name: "II LP" of "Birch II LP"."""
    owners = dossier.head.owners if key and len(dossier.head.owners) > 1 else ()
    names = {vehicle_key(owner.name or "") for owner in owners}
    full = [name for name in sorted(names) if f" {name}".endswith(f" {key}")]
    return full[0] if len(full) == 1 else key
