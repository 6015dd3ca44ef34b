"""A cheap first question to a sentence: does it contain the beginnings of certain words?

Patterns are exact and slow; most sentences of most notes touch none of the subjects they
are about. So the words' first letters are compared first, then the fragments themselves.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[a-z0-9]+")
_LENGTH = 4


class Words:
    """A sentence in lower case, and the first letters of each of its words."""

    __slots__ = ("beginnings", "lowered")

    def __init__(self, sentence: str) -> None:
        self.lowered = sentence.lower()
        self.beginnings = {word[:_LENGTH] for word in _TOKEN.findall(self.lowered)}


class Stems:
    """Fragments, in lower case, of which a sentence of some subject contains at least one.

    Each begins at the beginning of a word: "incorrect" needs a fragment of its own beside
    "correct".
    """

    __slots__ = ("_beginnings", "_fragments")

    def __init__(self, *fragments: str) -> None:
        self._fragments = fragments
        self._beginnings = {_TOKEN.findall(fragment)[0][:_LENGTH] for fragment in fragments}

    def occur(self, words: Words) -> bool:
        """Whether the sentence can belong to the subject at all."""
        return not self._beginnings.isdisjoint(words.beginnings) and any(
            map(words.lowered.__contains__, self._fragments)
        )
