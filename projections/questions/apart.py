"""What tells holdings apart that read alike: the words of a note that not all of them cite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile

import msgspec

from projections.answers import Holding
from projections.filings.records import Dossier, Line

_TELLING = (
    "ownership", "nature", "security", "shares_after", "exercisable_on", "expires_on",
    "underlying", "underlying_shares", "shares", "code",
)  # fmt: skip
"""Columns whose notes may say more of a holding than the line does, the likeliest first."""
_LONGEST = 120
"""Letters of a note that are shown."""
_SAME = 40
"""So many letters that notes have in common at their beginning are not shown of long ones."""


def told_apart(
    holdings: Iterable[Holding], dossiers: Callable[[str], Dossier | None]
) -> Iterator[Holding]:
    """Holdings as they were; each that reads as another does with the words of its own note.

    What is held no more needs none. `dossiers` gives a filing by its name.
    """
    found = list(holdings)
    alike: dict[object, list[Holding]] = {}
    for one in found:
        if one.shares != 0:
            alike.setdefault(_read(one), []).append(one)
    words: dict[int, str] = {}
    for several in alike.values():
        if len(several) > 1:
            notes = {id(one): _notes(one, dossiers) for one in several}
            common = set.intersection(*map(set, notes.values()))
            own = {
                id(one): next((text for text in notes[id(one)] if text not in common), "")
                for one in several
            }
            begins = _beginning({text for text in own.values() if text})
            words |= {key: _shortened(text, begins) for key, text in own.items()}
    for one in found:
        yield msgspec.structs.replace(one, apart=words[id(one)]) if words.get(id(one)) else one


def _read(one: Holding) -> tuple[object, ...]:
    return (
        one.person["cik"] or one.person["name"],
        one.table,
        one.security,
        one.ownership,
        one.nature,
        one.holder,
        one.exercise_price,
        one.expires_on,
    )


def _notes(one: Holding, dossiers: Callable[[str], Dossier | None]) -> dict[str, None]:
    """The notes of the line that a holding rests on, in the order of what they may say."""
    for ref in one.evidence:
        filing, _, row = ref.partition("#")
        dossier = dossiers(filing)
        line = _line(dossier, row)
        if dossier is not None and line is not None:
            texts = (dossier.text_of(note) for note in line.notes_of(*_TELLING))
            return dict.fromkeys(" ".join(text.split()) for text in texts if text)
    return {}


def _line(dossier: Dossier | None, row: str) -> Line | None:
    return next((ln for ln in dossier.lines if ln.ref == row), None) if dossier else None


def _beginning(texts: set[str]) -> str:
    """The words with which several texts begin."""
    words = zip(*(text.split() for text in texts), strict=False) if len(texts) > 1 else ()
    return " ".join(same[0] for same in takewhile(lambda some: len({*some}) == 1, words))


def _shortened(text: str, begins: str) -> str:
    """As much of a note as is shown, cut between two words; not how all of them begin at length."""
    if len(text) > _LONGEST and _SAME < len(begins) < len(text):
        text = f"... {text[len(begins) :].lstrip()}"
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0].rstrip(' ,;')} ..."
