"""Units, or restricted shares, that stand under the title of the stock, told by nothing but a note on the line.

A note that a number of shares "represents restricted stock units", or that they are restricted ones,
stands on many a total that counts all together. Where a filer counts them apart, arithmetic shows it: a
form has a total for each, and the next total of the noted lines goes on from the last of the noted ones,
or both from both, where what vested passed from the one to the other without a row.
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
from projections.positions.renaming import Together

UNITS = frozenset({"units", "shares"})
"""What stands, beside whose forms they are, for units that these forms count apart from shares."""

RESTRICTED = frozenset({"restricted", "shares"})
"""The same for restricted shares."""

_OF = r"(?:an? |the |[\d,]+ |award of |grant of |unvested |vested |outstanding |unsettled |deferred |time-based |service-based )*"
_REPRESENTS = (
    r"\b(?:represents?|representing|consists? (?:solely )?of|these are|this is|holding of)\s+"
)
_STOCK = r"restricted (?:common )?(?:shares?|stock)\b(?! (?:stock |share )?(?:units?|agreement|plan|award agreement))"
_TOLD = {
    UNITS: pattern(
        rf"{_REPRESENTS}{_OF}"
        r"(?:(?:restricted|deferred|performance|phantom)[- ](?:stock|share)s? units?|rsus?\b|dsus?\b|psus?\b)"
    ),
    RESTRICTED: pattern(rf"(?:{_REPRESENTS}|^\s*){_OF}{_STOCK}"),
}
"""By what is counted apart, the words of a note that a line is of it."""
_BOTH = pattern(r"\bincl(?:ud|us)|\btotal\b|\bas well as\b|\btogether with\b|\bexclud")
_POINTED = ("security", "shares", "shares_after", "code")


@lru_cache(maxsize=4096)
def _tells(note: str, what: frozenset[str]) -> bool:
    folded = note.casefold()
    return bool(_TOLD[what].search(folded)) and not _BOTH.search(folded)


def noted_as(dossier: Dossier, line: Line, what: frozenset[str]) -> bool:
    """Whether a note says of a direct line of stock that it is of what may be counted apart."""
    if line.table != "I" or line.ownership != "direct" or not line.cited:
        return False
    if derivative_kind(line.security or "") == "rsu":
        return False
    return any(_tells(dossier.text_of(note), what) for note in line.notes_of(*_POINTED))


def title_of(dossier: Dossier, line: Line, scope: str, together: Together) -> str | None:
    """What a line would be titled if its title said what a note says; None where that is one with the rest."""
    if (scope, UNITS) in together and noted_as(dossier, line, UNITS):
        return "Restricted Stock Units"
    if (scope, RESTRICTED) in together and noted_as(dossier, line, RESTRICTED):
        return f"Restricted {line.security}"
    return None


class _Form(NamedTuple):
    """What a form says of noted lines, and of the others of the class: where each starts and ends."""

    noted: tuple[Decimal, Decimal] | None
    plain: tuple[Decimal, Decimal] | None


def units_apart(standing: Sequence[Standing], people: People) -> Together:
    """Whose forms count units, or restricted shares, apart that stand under the title of the stock."""
    return frozenset().union(*(_counted(standing, people, what) for what in _TOLD))


def _counted(standing: Iterable[Standing], people: People, what: frozenset[str]) -> Together:
    forms: dict[tuple[str, frozenset[str], frozenset[str]], list[_Form]] = {}
    for filing in standing:
        noted = [told for told in filing.told if noted_as(*told, what)]
        if not noted or not of_one(people.keys(filing.dossier)):
            continue
        dossier, line = noted[0]
        tokens = class_tokens(line.security or "", dossier.head.issuer.name or "")
        scope = people.scope(filing.dossier)
        plain = [
            (d, ln)
            for d, ln in filing.told
            if (ln.table, ln.ownership) == ("I", "direct") and not noted_as(d, ln, what)
            if class_tokens(ln.security or "", d.head.issuer.name or "") == tokens
        ]
        form = _Form(_ends(filing, noted), _ends(filing, plain) or _shown(plain))
        forms.setdefault((scope, people.keys(filing.dossier), tokens), []).append(form)
    return frozenset((scope, what) for (scope, _, _), told in forms.items() if _apart(told))


def _ends(filing: Standing, told: Sequence[Told]) -> tuple[Decimal, Decimal] | None:
    entries = [Entry.of(dossier, line, as_of=filing.dossier) for dossier, line in told]
    reading, _ = best(entries, [None], None) if entries else (None, None)
    if reading is None or reading.broken or reading.closing is None:
        return None
    opening = implied(entries, reading)
    return None if opening is None else (opening, reading.closing)


def _shown(told: Sequence[Told]) -> tuple[Decimal, Decimal] | None:
    """Where lines start and end by their own first and last totals, which one between may break."""
    claims = [(line.total, line.movement) for _, line in told if line.total is not None]
    return (claims[0][0] - claims[0][1], claims[-1][0]) if claims else None


def _apart(forms: Sequence[_Form]) -> bool:
    """Whether noted lines go on from noted ones, where shares have totals of their own beside them.

    From those of the form before, or from what these should have been where only they are off; or
    both together go on from both. Of two forms one may have noted lines alone.
    """
    if any(map(_passed_within, forms, forms[1:])):
        return True
    ends = [form.noted if form.plain is None or _two_totals(form) else None for form in forms]
    for place, now in enumerate(ends):
        before, first = (ends[place - back] if place >= back else None for back in (1, 2))
        if now is None or before is None or not any(map(_two_totals, forms[place - 1 : place + 1])):
            continue
        if now[0] == before[1] > 0:
            return True
        if first is not None and now[0] == first[1] + before[1] - before[0] > 0:
            return True
    return False


def _passed_within(before: _Form, now: _Form) -> bool:
    """Whether noted lines begin with less than they ended with, and the others with as much more."""
    if not (before.noted and before.plain and now.noted and now.plain and _two_totals(now)):
        return False
    passed = before.noted[1] - now.noted[0]
    return passed == now.plain[0] - before.plain[1] and 0 < passed < before.noted[1]


def _two_totals(form: _Form) -> bool:
    """Whether the lines of a form can be no one holding: none of both goes on from the other's total."""
    if form.noted is None or form.plain is None:
        return False
    (one, ended), (other, stopped) = form.noted, form.plain
    return ended not in (other, stopped) and stopped != one
