"""Units that stand under the title of the stock, told from its shares by nothing but a note on the line.

A note that a number of shares "represents restricted stock units" stands on many a total that counts
shares and units together. Where a filer counts them apart, arithmetic shows it: a form has a total for
each, and the next total of the noted lines goes on from the last of the noted ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ledger.loading import pattern
from projections.filings.amendments import Standing
from projections.filings.owners import People, of_one
from projections.filings.records import Dossier, Line, Told
from projections.identity.securities import class_tokens, derivative_kind
from projections.positions.conventions import best, implied
from projections.positions.entries import Entry

UNITS = frozenset({"units", "shares"})
"""What stands, beside whose forms they are, for units that these forms count apart from shares."""

_REPRESENTS = pattern(
    r"\b(?:represents?|representing|consists? (?:solely )?of|these are|this is|holding of)\s+"
    r"(?:an? |the |[\d,]+ |award of |grant of |unvested |vested |outstanding |unsettled |deferred |time-based |service-based )*"
    r"(?:(?:restricted|deferred|performance|phantom)[- ](?:stock|share)s? units?|rsus?\b|dsus?\b|psus?\b)",
)
_BOTH = pattern(r"\bincl(?:ud|us)|\btotal\b|\bas well as\b|\btogether with\b|\bexclud")
_POINTED = ("security", "shares", "shares_after", "code")


@lru_cache(maxsize=16384)
def _tells_units(note: str) -> bool:
    folded = note.casefold()
    return bool(_REPRESENTS.search(folded)) and not _BOTH.search(folded)


def noted_as_units(dossier: Dossier, line: Line) -> bool:
    """Whether a note says of a direct line of stock that it represents units."""
    if line.table != "I" or line.ownership != "direct" or not line.cited:
        return False
    if derivative_kind(line.security or "") == "rsu":
        return False
    return any(_tells_units(dossier.text_of(note)) for note in line.notes_of(*_POINTED))


class _Form(NamedTuple):
    """What a form says of noted lines, and of the others of the class: where each starts and ends."""

    noted: tuple[Decimal, Decimal] | None
    plain: tuple[Decimal, Decimal] | None


def units_apart(
    standing: Iterable[Standing], people: People
) -> frozenset[tuple[str, frozenset[str]]]:
    """Whose forms count units apart that stand under the title of the stock."""
    forms: dict[tuple[str, frozenset[str], frozenset[str]], list[_Form]] = {}
    for filing in standing:
        noted = [told for told in filing.told if noted_as_units(*told)]
        if not noted or not of_one(people.keys(filing.dossier)):
            continue
        dossier, line = noted[0]
        tokens = class_tokens(line.security or "", dossier.head.issuer.name or "")
        scope = people.scope(filing.dossier)
        plain = [
            (d, ln)
            for d, ln in filing.told
            if (ln.table, ln.ownership) == ("I", "direct") and not noted_as_units(d, ln)
            if class_tokens(ln.security or "", d.head.issuer.name or "") == tokens
        ]
        form = _Form(_ends(filing, noted), _ends(filing, plain))
        forms.setdefault((scope, people.keys(filing.dossier), tokens), []).append(form)
    return frozenset((scope, UNITS) for (scope, _, _), told in forms.items() if _apart(told))


def _ends(filing: Standing, told: Sequence[Told]) -> tuple[Decimal, Decimal] | None:
    entries = [Entry.of(dossier, line, as_of=filing.dossier) for dossier, line in told]
    reading, _ = best(entries, [None], None) if entries else (None, None)
    if reading is None or reading.broken or reading.closing is None:
        return None
    opening = implied(entries, reading)
    return None if opening is None else (opening, reading.closing)


def _apart(forms: Sequence[_Form]) -> bool:
    """Whether noted lines go on from noted ones, where shares have totals of their own beside both.

    From those of the form before, or from what these should have been where only they are off.
    """
    ends = [form.noted if _two_totals(form) else None for form in forms]
    for place, now in enumerate(ends):
        before = ends[place - 1] if place else None
        if now is None or before is None:
            continue
        if now[0] == before[1] > 0:
            return True
        first = ends[place - 2] if place > 1 else None
        if first is not None and now[0] == first[1] + before[1] - before[0] > 0:
            return True
    return False


def _two_totals(form: _Form) -> bool:
    """Whether the lines of a form can be no one holding: none of both goes on from the other's total."""
    if form.noted is None or form.plain is None:
        return False
    (one, ended), (other, stopped) = form.noted, form.plain
    return ended not in (other, stopped) and stopped != one
