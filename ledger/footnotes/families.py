"""A family of phrases: the words that announce one kind of statement."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, cast

from ledger.footnotes.lettercase import in_small_letters, pattern
from ledger.footnotes.prefilter import Stems
from ledger.statements import SENSES, StatementKind
from ledger.types import Direction


class Family(NamedTuple):
    """Words that announce one kind of statement, and the way the shares go, where settled.

    `stems` are fragments of which every sentence of the family contains one.
    """

    kind: StatementKind
    stems: Stems
    cue: re.Pattern[str]
    direction: Direction | None = None

    @property
    def losing(self) -> bool:
        """Whether the words may as well name a condition: "unless earlier forfeited"."""
        sense = SENSES[self.kind]
        return sense.moves and sense.sign < 0


def any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern for all of these, whatever the case of their letters."""
    return pattern("|".join(patterns), re.IGNORECASE)


def any_phrase(*phrases: str) -> re.Pattern[str]:
    """The same, to be searched for, or met at a place: each pattern is tried, and compiled, where it can stand.

    Args:
        phrases: In turn what a phrase cannot do without, and its pattern. The first are fragments in
            lower case: `lender|bank & sold` says that whatever the pattern matches contains
            "lender" or "bank", and "sold".

    What is found is what one pattern of them all would find: the first in the text, and of
    those that begin there the first of these.
    """
    return cast("re.Pattern[str]", Phrases(phrases[0::2], phrases[1::2]))


class Phrases:
    """Stands for the one pattern of several, as far as a search goes."""

    flags = re.IGNORECASE

    def __init__(self, needs: Sequence[str], patterns: Sequence[str]) -> None:
        self.patterns = patterns
        # the shortest choices first, which are soonest missed
        self.needs = [sorted((c.split("|") for c in one.split(" & ")), key=len) for one in needs]
        compiled = [pattern(one, re.IGNORECASE) for one in patterns]
        self._each = [*zip(self.needs, compiled, strict=True)]
        self._last: tuple[str, str, list[tuple[list[list[str]], re.Pattern[str]]]] = ("", "", [])

    @cached_property
    def pattern(self) -> str:
        """The one pattern that they are together."""
        return "|".join(one.pattern for _, one in self._each)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place where one of them stands between two places of a text."""
        about, small, there = self._last
        if about is not text:
            small = in_small_letters(text)
            there = [one for one in self._each if _all_there(one[0], small)]
            self._last = (text, small, there)
        if not there:
            return None
        lowered, first = small[start:end], None
        for needs, one in there:
            if lowered is not small and not _all_there(needs, lowered):
                continue
            found = one.search(text, start, end)
            if found and (first is None or found.start() < first.start()):
                first = found
        return first

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Every place where one of them stands, each behind the last."""
        found = self.search(text, start, end)
        while found:
            yield found
            found = self.search(text, found.end(), end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The one of them that stands at a place of a text, the first if several do."""
        lowered = in_small_letters(text)[start:end]
        told = (o.match(text, start, end) for needs, o in self._each if _all_there(needs, lowered))
        return next(filter(None, told), None)


def _all_there(needs: Sequence[Sequence[str]], lowered: str) -> bool:
    """Whether a text contains a fragment of each choice; written out, for it is asked of every phrase."""
    for choice in needs:
        for fragment in choice:
            if fragment in lowered:
                break
        else:
            return False
    return True
