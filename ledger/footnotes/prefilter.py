"""A cheap first question to a note: does it contain the beginnings of certain words?

Patterns are exact and slow; most sentences of most notes touch none of the subjects they
are about. So the first letters of a note's words are looked up once, among the fragments of
all subjects at a time, and its sentences are asked only for the fragments it contains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

_LENGTH = 4
_WORD_BYTES = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
_SPACED = bytes(byte if byte in _WORD_BYTES else 32 for byte in range(256))
"""Every byte of UTF-8 as it is in a word of lower case, or a blank."""


class Stems:
    """Fragments, in lower case, of which a sentence of some subject contains at least one.

    Each begins at the beginning of a word: "incorrect" needs a fragment of its own beside
    "correct".
    """

    __slots__ = ("fragments",)

    def __init__(self, *fragments: str) -> None:
        self.fragments = fragments


Touched = Mapping[Stems, Sequence[str]]
"""The subjects a note can belong to, each with those of its fragments the note contains."""


class Glossary:
    """The fragments of several subjects, found by the first letters of their first word."""

    __slots__ = ("_entries",)

    def __init__(self, subjects: Iterable[Stems]) -> None:
        self._entries: defaultdict[bytes, list[tuple[Stems, str]]] = defaultdict(list)
        for stems in subjects:
            for fragment in stems.fragments:
                beginning = _words(fragment)[0][:_LENGTH]
                self._entries[beginning].append((stems, fragment))

    def touched(self, note: str) -> Touched:
        """The subjects a note can belong to at all."""
        lowered = note.lower()
        beginnings = {word[:_LENGTH] for word in _words(lowered)}
        found: defaultdict[Stems, list[str]] = defaultdict(list)
        for beginning in self._entries.keys() & beginnings:
            for stems, fragment in self._entries[beginning]:
                if fragment in lowered:
                    found[stems].append(fragment)
        return found


def _words(lowered: str) -> list[bytes]:
    """The words of a text in lower case: letters and digits, cut at all else."""
    return lowered.encode("utf-8", "replace").translate(_SPACED).split()
