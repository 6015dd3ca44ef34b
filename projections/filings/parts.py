"""Reports that are filed in several parts, since a form has room for thirty rows a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from ledger.footnotes.number_words import CARDINALS, ORDINALS
from projections.filings.dates import known_on, public_on
from projections.filings.records import Dossier

_FORMS = r"(?:forms?(?:\s+[345](?:/A)?s?)?|filings?|parts?|reports?|statements?|submissions?)"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(CARDINALS[1:11])})"
_PART = re.compile(
    rf"\b{_FORMS}\s+(?:no\.?\s+|number\s+|#\s*)?(?P<n1>{_COUNT})\s+of\s+(?P<of1>{_COUNT})\b"
    rf"|\b(?:the\s+)?(?P<n2>{'|'.join(ORDINALS[1:])})\s+of\s+(?P<of2>{_COUNT})\s+{_FORMS}\b"
    rf"|\b(?P<n3>{_COUNT})\s+of\s+(?P<of3>{_COUNT})\s+{_FORMS}\b",
    re.IGNORECASE,
)
_NEAR = timedelta(days=10)
"""Within what time the parts of one report are filed."""
_NOBODY = frozenset[str]()
"""The owners of a filing of which one has no number."""


def one_report(one: Dossier, other: Dossier) -> bool:
    """Whether two filings are one, or forms that their owners filed as one report.

    A form has room for thirty rows a table, and some software gives each class or holder a form
    of its own: what is filed on one day, on one kind of form, by the same owners is read as one.
    """
    if one is other:
        return True
    if one.head.filed_on != other.head.filed_on and one.head.filed_on and other.head.filed_on:
        return False  # at once, for most are of other days
    if one.amends or other.amends or one.base_form != other.base_form:
        return False
    return public_on(one) == public_on(other) is not None and _ciks(one) == _ciks(other) != _NOBODY


def _ciks(dossier: Dossier) -> frozenset[str]:
    """The numbers of a filing's owners; none where one has none, who may be anybody."""
    ciks = [owner.cik for owner in dossier.head.owners]
    return frozenset(c for c in ciks if c) if all(ciks) else _NOBODY


def part_of(dossier: Dossier) -> tuple[int, int] | None:
    """Which part a filing says it is, and of how many; None where it says nothing of the kind."""
    for note in reversed(dossier.notes):
        for said in _PART.finditer(note.text):
            number, count = (w for w in said.groups() if w)
            part, of = _number(number), _number(count)
            if 0 < part <= of and of > 1:
                return part, of
    return None


def _number(word: str) -> int:
    lower = word.casefold()
    for words in (CARDINALS, ORDINALS):
        if lower in words:
            return words.index(lower)
    return int(word)


def missing_parts(dossier: Dossier, others: Iterable[Dossier]) -> tuple[int, list[int]]:
    """Of how many parts a filing says it is one, and the earlier ones that are not among others.

    Nothing where it says nothing of parts. `others` are those of the same owners.
    """
    told = part_of(dossier)
    if told is None:
        return 0, []
    part, count = told
    near = (d for d in others if abs(known_on(d) - known_on(dossier)) <= _NEAR)
    here = {found[0] for d in near if (found := part_of(d)) is not None and found[1] == count}
    return count, [n for n in range(1, part) if n not in here]
