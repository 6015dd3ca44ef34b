"""What the words of the answers mean: kinds of finding, codes of explanations and of transactions."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ledger import Ledger
from ledger.codes import CODES
from projections.answers import Story, StoryLine
from projections.findings.explanations import EXPLANATIONS
from projections.findings.kinds import KINDS
from projections.findings.reference import section
from projections.questions.nearest import nearest
from projections.views.catching_up import current


def meaning(word: str, ledger: Ledger | None = None) -> Story | None:
    """A kind of finding, or a code of an explanation or a transaction, told.

    Args:
        word: Its name, in either case.
        ledger: Where findings of the kind are counted; the rest is the same without one.

    Returns:
        None where the word is none of these.
    """
    name = word.strip().upper().replace("-", "_")
    if name in KINDS:
        title = f"{name}: {KINDS[name].meaning}"
        here = () if ledger is None else (_here(ledger, name),)
        return Story(name, title, (*_kind(name), *here))
    if name in EXPLANATIONS:
        line = StoryLine("Means", None, f"a total is explained by {EXPLANATIONS[name]}")
        return Story(name, f"{name}: {EXPLANATIONS[name]}", (line,))
    if name in CODES:
        return Story(name, f"Transaction code {name}: {CODES[name].meaning}", tuple(_code(name)))
    return None


_USUAL = {
    "acquired": "acquired, as a rule",
    "disposed": "disposed of, as a rule",
    None: "acquired or disposed of",
}
_EXEMPT = "not matched: exempt on its face, or in doubt"


def _code(letter: str) -> Iterator[StoryLine]:
    code = CODES[letter]
    for table, usual in (("Table I", code.table_i), ("Table II", code.table_ii)):
        yield StoryLine(table, None, _USUAL[usual])
    if code.pairs:
        yield StoryLine("Pairs", None, "a row of Table II has its other half in Table I")
    matched = _EXEMPT if code.exempt else "matched with what is within less than six months"
    yield StoryLine("16(b)", None, matched)


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
