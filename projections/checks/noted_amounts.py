"""Amounts of rows beside what their own notes say was granted, sold, withheld or given.

A note that tells of the row itself has the row's amount. Many speak of more than the row: of the
whole award that it is a part of, of a target that may pay out otherwise, of several rows or forms
together, of what was granted on another day. Only a note that leaves none of this open contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from ledger.footnotes.acts import ACTS, Done, done
from ledger.footnotes.subjects import of_itself
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.marks import notes_on_row
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.explanations import Term
from projections.findings.finding import Finding, about
from projections.identity.vehicles import core_of, vehicle_key
from projections.issuer import Folded
from projections.positions.digits import lengthened, mistyped, swapped
from projections.positions.entries import Posting, reference

_SPAN = timedelta(days=5)
"""Between the day of a row and that which its note gives for the same act."""


@asked_of("citing rows")
def noted_amounts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row of another amount than its own note says, where the note speaks of the row."""
    for line in folded.lines_of(dossier):
        shares = otherwise_told(dossier, line, folded.lines_of(dossier))
        if shares is None:
            continue
        act = ACTS[line.code or ""][1]
        words = (
            f"{grouped(line.shares or ZERO)}, where its note says that {grouped(shares)} were {act}"
        )
        shown = _shown(line, folded)
        if shown is not None:
            yield about(dossier, line, "COLUMN_NOTE_CONFLICT", f"{words}; {shown}")


def otherwise_told(dossier: Dossier, line: Line, lines: Sequence[Line]) -> Decimal | None:
    """The amount that a row's own notes give instead of its own; None where they give no other.

    `lines` are those of the filing that stand.

    Forms of several owners, whose notes speak of all of them, and amendments, which show a part
    of what their notes speak of, are left out.
    """
    if line.holding or not line.cited or dossier.amends or len(dossier.head.owners) > 1:
        return None
    told = _told(dossier, line)
    if told is None or not _of_its_day(told, line):
        return None
    moving = [o for o in lines if o.shares and not o.holding]
    if told.shares in _amounts(line, moving):
        return None
    amount, shares = line.shares or ZERO, told.shares
    of_row = any(of_itself(dossier.text_of(note)) for note in notes_on_row(dossier, line))
    sure = of_row or "shares" in line.cited or (told.days and line.code == "A")
    slip = swapped(amount, shares) or lengthened(amount, shares) or mistyped(amount, shares)
    return shares if sure or slip else None


def _told(dossier: Dossier, line: Line) -> Done | None:
    """What the notes of a row say of its act, where they say it once and of one amount only."""
    if line.code not in ACTS or abs(line.movement) != line.shares:
        return None
    found = [
        said
        for note in notes_on_row(dossier, line)
        for said in done(dossier.text_of(note), line.code)
    ]
    if len({said.shares for said in found}) != 1 or any(said.open for said in found):
        return None
    return found[0]


def _of_its_day(told: Done, line: Line) -> bool:
    """Whether no day that a note names before its row's speaks of another act."""
    on = line.effective_on
    if on is None:
        return False
    return all(
        (when.effective_to or date.max) >= on - _SPAN
        and (line.code == "A" or (when.effective_from or date.min) <= on + _SPAN)
        for when in told.days
    )


def _amounts(line: Line, lines: list[Line]) -> set[Decimal]:
    """What a note of a row may count: the row, the stock under it, another row, rows together, what two differ by."""
    alike = [o for o in lines if o.code == line.code]
    citing = [o for o in lines if not set(o.notes).isdisjoint(line.notes)]
    single = {n for o in lines for n in (o.shares, o.underlying_shares, o.total) if n is not None}
    together = {
        sum((o.shares or ZERO for o in rows), ZERO)
        for rows in (
            alike,
            citing,
            [o for o in alike if o in citing],
            [o for o in alike if o.security == line.security],
            [o for o in alike if o.effective_on == line.effective_on],
            *combinations(alike[:_FEW], 2),
            *combinations(alike[:_FEW], 3),
        )
    }
    apart = {abs((a.shares or ZERO) - (b.shares or ZERO)) for a, b in combinations(alike[:_FEW], 2)}
    whole = {n.to_integral_value() for n in single | together}
    return single | together | apart | whole


_FEW = 12
"""Rows of a form of which two or three together are tried as what a note counts."""


def _shown(line: Line, folded: Folded) -> str | None:
    """Words for which of both the totals bear out; None where a break is told of the row already."""
    entry = folded.entry_of.get(id(line))
    if entry is None or entry.claim is None or entry.opening:
        return "nothing shows which of the two is right"
    if not entry.follows:
        return None
    return "the total follows the row"


@asked_of(*(kind for kind, sense in SENSES.items() if sense.moves or sense.describes_total))
def noted_moves(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A total that took shares of another holding in, or gave them to it, which its own note names with another number."""
    for position in folded.totalled_by.get(dossier.stream, ()):
        for entry in position.entries:
            ruling = folded.rulings.on(entry)
            if entry.dossier is not dossier or ruling.verdict != "explained":
                continue
            terms = ruling.explanation.terms if ruling.explanation else ()
            if len(terms) == 1 and terms[0].kind == "change-of-form":
                yield from _moved_otherwise(entry, terms[0], folded)


def _moved_otherwise(entry: Posting, term: Term, folded: Folded) -> Iterator[Finding]:
    """What a note on a total says went in from a holding that it names, if not as many as did."""
    moved, dossier = abs(term.shares), entry.dossier
    source = (p for p in folded.book.positions for e in p.entries if reference(e) == term.source)
    named = core_of(next((p.vehicle for p in source), ""))[0]
    for said in dossier.statements:
        near = said.shares and moved < 2 * said.shares < 4 * moved
        near = near and not (moved - (said.shares or ZERO)) % 1  # else dividends brought a part
        if said.note not in entry.line.notes or not near or said.shares == moved:
            continue
        quote = dossier.quote(said)
        if named and named <= set(vehicle_key(quote).split()) and _MOVED.search(quote):
            way = "came out of" if term.shares > 0 else "went into"
            words = f"{grouped(moved)} {way} another holding, where the note says that {grouped(said.shares or ZERO)} did"
            yield about(dossier, entry.line, "COLUMN_NOTE_CONFLICT", words)


_MOVED = re.compile(
    r"\b(?:roll|transferr|mov|distribut|contribut|receiv|deliver|withdr|convert|gave|gift|sold)\w*",
    re.IGNORECASE,
)

CHECKS: tuple[Check, ...] = (noted_amounts, noted_moves)
