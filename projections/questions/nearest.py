"""Which of many names were probably meant where one was mistyped.

Loaded only where a name answers to nobody. Words may stand in any order and the name may have more
of them; letters may be wrong, missing, doubled or exchanged. Edits are counted by rapidfuzz
(docs/decisions/0012-nearest-names.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from rapidfuzz.distance import OSA

_Key = TypeVar("_Key")

_NEAR = 70
"""How like a name must be to be offered, in per cent: of seven letters two may be wrong."""

_SHORT = 3
"""Letters of a word that says too little to be taken for another."""

_MOST = 6
"""Names that are offered."""


def nearest(asked: Sequence[str], called: Mapping[_Key, Iterable[str]]) -> list[_Key]:
    """Those with a name that is nearly one asked for, the likest first; none where none is.

    Args:
        asked: The name as it was typed, in each of its spellings as a key.
        called: By who or what is called so, the keys of all their names.
    """
    ranked = []
    for one, names in called.items():
        likeness = max(
            ((_likeness(text, name), -len(name)) for text in asked for name in names),
            default=(0, 0),
        )
        if likeness[0] >= _NEAR:
            ranked.append((*likeness, str(one), one))
    ranked.sort(key=lambda found: (-found[0], -found[1], found[2]))
    return [found[3] for found in ranked[:_MOST]]


def _likeness(asked: str, name: str) -> int:
    """In per cent, how well the words asked for, or all letters together, are those of a name."""
    words, others = asked.split(), name.split()
    letters = sum(map(len, words))
    if not letters or not others:
        return 0
    found = sum(len(word) * max(_alike(word, other) for other in others) for word in words)
    return max(found // letters, _alike("".join(words), "".join(others)))


def _alike(one: str, other: str) -> int:
    longer = max(len(one), len(other))
    if min(len(one), len(other)) <= _SHORT:
        return 100 * (one == other)
    return 100 - 100 * int(OSA.distance(one, other)) // longer
