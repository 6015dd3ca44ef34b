"""What notes leave open: loose references, missing days, numbers that nothing needs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ledger.footnotes.corrections import of_a_total
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, Doubt, asked_of
from projections.checks.contributions import adds_vehicles_later
from projections.checks.lapses import lapses
from projections.checks.noted_amounts import otherwise_told
from projections.checks.noted_since import (
    bought_since,
    counted_later,
    lapsed_since,
    listed_besides,
    still_listed,
)
from projections.filings.dates import known_on
from projections.filings.marks import notes_on_total
from projections.filings.records import ZERO, Dossier, Line, Stated
from projections.filings.uncounted import not_in_this_total
from projections.findings.explanations import Explanation, Term
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position


@asked_of("citing rows")
def loose_notes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A note that is cited and does not stand there."""
    there = {note.id for note in dossier.notes}
    for line in folded.lines_of(dossier):
        if all(there.issuperset(notes) for notes in line.cited.values()):
            continue
        for note in line.notes:
            if note not in there:
                yield about(
                    dossier,
                    line,
                    "FOOTNOTE_UNRESOLVED_REF",
                    f"note {note} is cited and has no text",
                )


_OF_THE_ROW = ("code", "shares", "price", "direction", "security")


@asked_of(*(kind for kind, sense in SENSES.items() if sense.has_day))
def undated_notes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A movement that a note states to the month, or without any day.

    A note on a row's own movement, of the same amount, has the row's day. One on its total
    may speak of the row or of something else.
    """
    for said in dossier.statements:
        if not SENSES[said.kind].has_day or said.shares is None or said.precision == "day":
            continue
        alike = [ln for ln in dossier.lines if not ln.holding and ln.shares == said.shares]
        if any(said.note in line.notes_of(*_OF_THE_ROW) for line in alike):
            continue
        lines = folded.lines_of(dossier)
        citing = [ln for ln in lines if said.note in ln.notes]
        if any(otherwise_told(dossier, ln, lines) == said.shares for ln in citing):
            continue
        words = f"{grouped(said.shares)} shares, {_how_dated(dossier, said)}"
        line = next((ln for ln in alike if said.note in ln.notes and ln.effective_on), None)
        if line is not None:
            words += f"; {line.ref} moves as many on {line.effective_on}"
        evidence = (f"{dossier.id}#{said.ref}",)
        yield about(dossier, None, "FOOTNOTE_UNDATED", words, evidence=evidence)


_AS_OF = re.compile(r"\bas (?:of|at)\b", re.IGNORECASE)


def _how_dated(dossier: Dossier, said: Stated) -> str:
    if said.precision == "month":
        return "to the month only"
    return "only as of a day" if _AS_OF.search(dossier.quote(said)) else "no day given"


def unused_notes(folded: Folded) -> Iterator[Finding]:
    """A movement that a note on a total states, and that the total follows without.

    Nothing is said of amounts that stand in a row or did until a note took it back, that
    explained a total of these owners elsewhere, that belong before the first report, or that
    are told as those of another amount than their row's.
    """
    cited, used = _citing(folded), None
    said_before: set[object] = set()
    for dossier in folded.dossiers:
        for said in dossier.statements if dossier.stream in cited else ():
            if not SENSES[said.kind].moves or not said.shares:
                continue
            scope = folded.people.scope(dossier)
            fact = (scope, said.shares)
            found = _followed_without(said, cited[dossier.stream])
            if found is None or fact in said_before:
                continue
            if otherwise_told(dossier, found[1].line, folded.lines_of(dossier)) == said.shares:
                continue
            if not_in_this_total(dossier, said, found[1].line):
                continue
            if SENSES[said.kind].keeps_interest and adds_vehicles_later(found[1], found[0], folded):
                continue
            if (later := counted_later(said, *found, folded)) is not None:
                yield _forgotten(dossier, said, found[1], later)
                continue
            used = _used(folded) if used is None else used
            ref = f"{dossier.id}#{said.ref}"
            if used.moved(fact, dossier) and (
                ref in used.notes or not still_listed(said, *found, folded)
            ):
                continue
            if said.group_total and used.moved((scope, said.group_total), dossier):
                continue
            said_before.add(fact)
            yield _unused(dossier, said, *found, folded)


def half_counted_notes(folded: Folded) -> Iterator[Finding]:
    """Shares that a note counts in a total, which is explained by others of the note without them."""
    cited, used = _citing(folded), None
    for dossier in folded.dossiers:
        for said in dossier.statements if dossier.stream in cited else ():
            found = _beside_another(said, cited[dossier.stream], folded) if said.shares else None
            if found is None:
                continue
            used = _used(folded) if used is None else used
            fact = (folded.people.scope(dossier), said.shares)
            twin = said.shares in found[2]
            counted = used.moved(fact, dossier) and not twin
            if f"{dossier.id}#{said.ref}" not in used.notes and not counted:
                yield _unused(dossier, said, *found[:2], folded)


def notes_of_another_size(folded: Folded) -> Iterator[Finding]:
    """A movement that a note states, where the total that cites it is explained by nearly as much."""
    cited, used = _citing(folded), None
    for dossier in folded.dossiers:
        for said in dossier.statements if dossier.stream in cited else ():
            sense, ref = SENSES[said.kind], f"{dossier.id}#{said.ref}"
            moves = (sense.moves and not sense.from_plan) or sense.corrects
            told = said.shares and (said.multiplier or moves)
            found = _told_otherwise(said, cited[dossier.stream], folded) if told else None
            if found is None:
                continue
            used = _used(folded) if used is None else used
            fact = (folded.people.scope(dossier), said.shares)
            if found[1].source == ref or not (used.moved(fact, dossier) or ref in used.notes):
                yield _of_another_size(dossier, said, *found)


def _citing(folded: Folded) -> dict[str, list[tuple[Position, Posting]]]:
    """By filing, the entries whose lines cite notes."""
    cited: dict[str, list[tuple[Position, Posting]]] = defaultdict(list)
    for position in folded.book.positions:
        for entry in position.entries:
            if entry.line.cited:
                cited[entry.dossier.stream].append((position, entry))
    return cited


_NEAR = 10
"""Within what part of a number another one is likely to mean the same shares."""


def _unused(
    dossier: Dossier, said: Stated, position: Position, entry: Posting, folded: Folded
) -> Finding:
    what = said.kind.replace("-", " ")
    words = f"a note states {grouped(said.shares or ZERO)} shares ({what}); the total follows without them"
    refs = (f"{dossier.id}#{said.ref}",)
    stated, added = said.shares or ZERO, entry.scope or ZERO
    if added > 0 and abs(stated - added) * _NEAR <= added:
        words = f"a note states {grouped(stated)} shares ({what}); the total has {grouped(added)} more, which is what another holding had"
        return about(
            dossier,
            entry.line,
            "COLUMN_NOTE_CONFLICT",
            words,
            severity="minor",
            difference=added - stated,
            evidence=refs,
        )
    if lapsed_since(said, position, entry):
        severity, off = "", -stated
    elif bought_since(said, position, entry) or listed_besides(said, position, entry, folded):
        severity, off = "minor", stated
    else:
        return about(dossier, entry.line, "FOOTNOTE_UNUSED", words, evidence=refs)
    return about(
        dossier,
        entry.line,
        "COLUMN_NOTE_CONFLICT",
        f"{words}, since the one before",
        severity=severity,
        difference=off,
        evidence=refs,
    )


def _told_otherwise(
    said: Stated, cited: list[tuple[Position, Posting]], folded: Folded
) -> tuple[Posting, Term] | None:
    """A total that cites a note, and what explains it by nearly as many shares as the note states."""
    stated = said.shares or ZERO
    for _, entry in cited:
        if said.note not in entry.line.notes or not entry.residual:
            continue
        ruling = folded.rulings.on(entry)
        terms = ruling.explanation.terms if ruling.explanation else ()
        for term in terms if ruling.verdict == "explained" else ():
            off = abs(abs(term.shares) - stated)
            if term.kind not in _OF_ITS_SIZE or term.shares % 1 or _goes_otherwise(said, term):
                continue  # of fractions, dividends bring a part that no note tells
            same = (term.kind, said.kind) == ("performance-outcome", "forfeiture")
            if off > _FRACTIONS and (same or off * _NEAR <= abs(term.shares)):
                return entry, term
    return None


_OF_ITS_SIZE = frozenset({"change-of-form", "performance-outcome", "split"})
"""Terms whose size other lines, results or a ratio give, whatever a note says."""


def _goes_otherwise(said: Stated, term: Term) -> bool:
    """Whether shares that a note says came are held against some that left, or the reverse."""
    sense = SENSES[said.kind]
    sign = sense.sign if not sense.keeps_interest else 0
    return sign * term.shares < 0


_FRACTIONS = 1
"""Shares that fractions paid in cash make of several lots."""


def _of_another_size(dossier: Dossier, said: Stated, entry: Posting, term: Term) -> Finding:
    what, stated = said.kind.replace("-", " "), grouped(said.shares or ZERO)
    words = f"a note states {stated} shares ({what}), where {grouped(abs(term.shares))} moved by the total: {term.text}"
    return about(
        dossier,
        entry.line,
        "COLUMN_NOTE_CONFLICT",
        words,
        difference=abs(term.shares) - (said.shares or ZERO),
        evidence=(f"{dossier.id}#{said.ref}", term.source),
    )


def _forgotten(dossier: Dossier, said: Stated, entry: Posting, later: Posting) -> Finding:
    """A total without what its own note tells, where the next one has it."""
    what, size = said.kind.replace("-", " "), grouped(said.shares or ZERO)
    words = f"a note states {size} shares ({what}); the total follows without them, and that of {reference(later)} counts them"
    refs = (f"{dossier.id}#{said.ref}", reference(later))
    return about(dossier, entry.line, "FOOTNOTE_UNUSED", words, severity="minor", evidence=refs)


def _followed_without(
    said: Stated, cited: list[tuple[Position, Posting]]
) -> tuple[Position, Posting] | None:
    """The first line that cites a note, where all of them follow from what came before."""
    found = [(position, e) for position, e in cited if said.note in e.line.notes]
    return found[0] if _first_of([e for _, e in found]) is not None else None


def _first_of(entries: list[Posting]) -> Line | None:
    agreed = all(e.follows and e.repeats is None for e in entries)
    return entries[0].line if entries and agreed else None


def _beside_another(
    said: Stated, cited: list[tuple[Position, Posting]], folded: Folded
) -> tuple[Position, Posting, set[Decimal]] | None:
    """A total that another amount of the same note explains, though this one came since as well.

    With it the sizes of those others.
    """
    found = [(position, e) for position, e in cited if said.note in e.line.notes]
    if len(found) != 1 or not bought_since(said, *found[0]):
        return None
    position, entry = found[0]
    ruling = folded.rulings.on(entry)
    if ruling.verdict != "explained" or ruling.explanation is None:
        return None
    of_note = {
        f"{entry.dossier.id}#{o.ref}" for o in entry.dossier.statements if o.note == said.note
    }
    sizes = {abs(t.shares) for t in ruling.explanation.terms if of_note & set(t.source.split(", "))}
    return (position, entry, sizes) if sizes else None


def idle_corrections(folded: Folded) -> Iterator[Finding]:
    """A note says that an earlier total was wrong, and every total goes on from it all the same.

    One without a number counts where it speaks of a total: what it says was left out may be
    the row it stands on. An amendment puts right by its own rows.
    """
    told = [
        (dossier, said)
        for dossier in folded.dossiers
        for said in dossier.statements
        if SENSES[said.kind].corrects and not dossier.amends
    ]
    if not told:
        return
    used, said_before = _used(folded), set[object]()
    for dossier, said in told:
        ref, scope = f"{dossier.id}#{said.ref}", folded.people.scope(dossier)
        again = (scope, said.shares, dossier.quote(said))
        meant = _entries_meant(said, dossier, folded)
        line = _first_of(meant)
        if line is None or again in said_before:
            continue
        if (later := _corrected_later(said, meant[0], folded)) is not None:
            yield _forgotten(dossier, said, meant[0], later)
            continue
        if ref in used.notes or used.moved((scope, said.shares), dossier):
            continue
        if said.shares is None and not of_a_total(dossier.quote(said)):
            continue
        if _put_right(said, dossier, meant, folded):
            continue
        said_before.add(again)
        size = f"{grouped(said.shares)} shares" if said.shares else "a number it does not give"
        words = f"a note corrects an earlier total by {size}; this one goes on from it uncorrected"
        yield about(
            dossier,
            line,
            "FOOTNOTE_UNUSED",
            words,
            severity="minor" if said.shares else "",
            evidence=(ref,),
        )


def _corrected_later(said: Stated, entry: Posting, folded: Folded) -> Posting | None:
    """The total of the next form, where a correction that is cited here first counts."""
    cites = said.shares and said.note in entry.line.notes
    position = folded.position_of.get(id(entry.line)) if cites else None
    return counted_later(said, position, entry, folded) if position else None


def _put_right(said: Stated, dossier: Dossier, meant: list[Posting], folded: Folded) -> bool:
    """Whether an amendment put right what a note says a total was off by; in general words, that it adds others."""
    positions = [folded.position_of[id(entry.line)] for entry in meant]
    if said.shares is None:
        pairs = (pair for p in positions for pair in pairwise(p.entries))
        return any(one.scope is not None and after in meant for one, after in pairs)
    return any(
        old.shares_after is not None
        and new.shares_after is not None
        and abs(new.shares_after - old.shares_after) == said.shares
        and folded.position_of.get(id(new)) in positions
        for change in folded.roll.amended
        if change.amendment.known.at <= dossier.known.at
        for (_, old), new in change.restated
    )


def _entries_meant(said: Stated, dossier: Dossier, folded: Folded) -> list[Posting]:
    """The totals of a filing that a note may correct: those that cite it, or all where none does."""
    lines = [ln for ln in folded.lines_of(dossier) if ln.shares_after is not None]
    citing = [ln for ln in lines if said.note in ln.notes]
    if said.shares is None:
        citing = [ln for ln in citing if said.note in notes_on_total(dossier, ln)]
    cited = any(said.note in line.notes for line in dossier.lines)
    here = {id(ln) for ln in citing or ([] if cited else lines)}
    return [
        e
        for p in folded.positions_of(folded.people.keys(dossier))
        for e in p.entries
        if id(e.line) in here
    ]


_Fact = tuple[str, Decimal | None]
"""A group of owners, and so many shares of theirs."""


class _Used(NamedTuple):
    """What rows and explanations account for: the first day of each amount, and notes."""

    amounts: dict[_Fact, date]
    notes: set[str]

    def moved(self, fact: _Fact, dossier: Dossier) -> bool:
        """Whether so many moved by the day on which a filing was known: what came later is not what it tells."""
        return self.amounts.get(fact, date.max) <= known_on(dossier)


def _used(folded: Folded) -> _Used:
    """Every amount that a row moves, that explains a total, or is taken back, and every such note."""
    amounts: dict[_Fact, date] = {}
    notes: set[str] = set()
    for position in folded.book.positions:
        for entry in position.entries:
            day, ruling = entry.day or date.min, folded.rulings.on(entry)
            told = ruling.explanation
            _first(amounts, (position.scope, abs(entry.delta)), day)
            if isinstance(told, Explanation):
                since = day if ruling.verdict == "unexplained" else date.min
                for term in told.terms:
                    _first(amounts, (position.scope, abs(term.shares)), since)
                notes.update(source for t in told.terms for source in t.source.split(", "))
    for change in folded.roll.amended:
        gone = (line.shares for _, line in change.taken_back if line.shares)
        scope = folded.people.scope(change.amendment)
        amounts.update(((scope, shares), date.min) for shares in gone)
    notes.update(lapse.gone.said for lapse in lapses(folded))
    for dossier in folded.dossiers:
        scope = folded.people.scope(dossier)
        amounts.update((fact, date.min) for fact in _stated(dossier, notes, scope))
    return _Used(amounts, notes)


def _first(amounts: dict[_Fact, date], fact: _Fact, day: date) -> None:
    amounts[fact] = min(day, amounts.get(fact, date.max))


def _stated(dossier: Dossier, notes: set[str], scope: str) -> Iterator[_Fact]:
    for said in dossier.statements:
        if said.shares and f"{dossier.id}#{said.ref}" in notes:
            yield scope, said.shares


CHECKS: tuple[Check, ...] = (loose_notes, undated_notes)
DOUBTS: tuple[Doubt, ...] = (
    unused_notes,
    half_counted_notes,
    notes_of_another_size,
    idle_corrections,
)
