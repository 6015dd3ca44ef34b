"""A family of phrases: the words that announce one kind of statement."""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.footnotes.prefilter import Stems
from ledger.loading import pattern
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
