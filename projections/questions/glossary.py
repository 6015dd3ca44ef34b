"""What the words of the answers mean: the kinds of finding, and the codes of explanations."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ledger import Ledger
from projections.answers import Story, StoryLine
from projections.findings.explanations import EXPLANATIONS
from projections.findings.kinds import KINDS
from projections.findings.reference import section
from projections.questions.nearest import nearest
from projections.views.catching_up import current


def meaning(ledger: Ledger, word: str) -> Story | None:
    """A kind of finding or a code of an explanation told; None where the word is neither."""
    name = word.strip().upper().replace("-", "_")
    if name in KINDS:
        kind = KINDS[name]
        title = f"{name}: {kind.meaning}"
        return Story(name, title, (*_kind(name), _here(ledger, name)))
    if name in EXPLANATIONS:
        line = StoryLine("Means", None, f"a total is explained by {EXPLANATIONS[name]}")
        return Story(name, f"{name}: {EXPLANATIONS[name]}", (line,))
    return None


def _kind(name: str) -> Iterator[StoryLine]:
    told = section(name)
    yield StoryLine("Weight", None, KINDS[name].severity)
    yield StoryLine("Rule", None, told.rule)
    for line in told.example:
        yield StoryLine("Example", None, line)
    yield StoryLine("To do", None, told.to_do)


def _here(ledger: Ledger, name: str) -> StoryLine:
    counts = (json.loads(row.counts)["findings"] for row in current(ledger).issuers.values())
    number = sum(found.get(name, 0) for found in counts)
    how = f"; `ledger reconcile --kind {name}` lists them" if number else ""
    return StoryLine("Here", None, f"{number:,} in this ledger{how}")


def kinds_like(word: str) -> list[str]:
    """The kinds of finding whose names are nearly this word, or have it among theirs."""
    return nearest([_spoken(word)], {name: [_spoken(name)] for name in KINDS})


def where_kinds_are(word: str) -> str:
    """What to do about a word that is no kind of finding: the nearest kinds, and where all are listed."""
    like = kinds_like(word)
    near = f"the nearest: {', '.join(like)}; " if like else ""
    return f"{near}docs/reference/findings.md lists them"


def _spoken(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").casefold()
