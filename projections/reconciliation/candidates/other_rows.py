"""Movements that a position's own rows leave out, while another row tells of them.

An exercise whose other side has no row, or a filing under the name of somebody else: the
error is named where it was made, and what the next total lacks follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.codes import PAIRED
from ledger.types import grouped
from projections.checks.aliases import aliases
from projections.checks.class_conversions import unlike
from projections.checks.counterparts import lines_beside
from projections.checks.exercises import lone_rows, miscoded_halves
from projections.checks.lapses import lapses
from projections.checks.told_beside import told_beside
from projections.filings.records import ZERO, Dossier, Line
from projections.identity.names import person_key
from projections.identity.securities import class_tokens, same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.case import Candidate


class Elsewhere(NamedTuple):
    """A movement of some owner's, and where it is told. No form, class or series: it may have any."""

    owner: str
    table: str
    form: str | None
    tokens: frozenset[str] | None
    shares: Decimal
    day: date | None
    source: str
    text: str
    until: date | None = None
    series: Position | None = None
    kind: str = "told-elsewhere"
    code: str = "EXPL_MISSING_FILING"

    def fits(self, position: Position) -> bool:
        """Whether it may be a movement of this position."""
        return (
            self.owner in position.owners
            and self.series in (None, position)
            and self.table == position.table
            and self.form in (None, position.form)
            and (self.tokens is None or same_class(self.tokens, position.tokens) is not False)
        )


def told_elsewhere(folded: Folded) -> list[Elsewhere]:
    """Every such movement of an issuer's filings."""
    return [
        found
        for dossier in folded.dossiers
        for rule in (_lone_sides, _due_by_ratio, _under_another_name, _beside)
        for found in rule(dossier, folded)
    ] + [*_under_another_number(folded), *_lapsed(folded), *_under_another_issuer(folded)]


def candidates(
    told: Iterable[Elsewhere], entry: Posting, before: Posting | None, position: Position
) -> Iterator[Candidate]:
    """Those that may stand between two claims, as terms of the difference."""
    begins, ends = (before.day if before else None) or date.min, entry.day or date.max
    for one in told:
        if one.fits(position) and begins <= (one.day or begins) <= ends:
            yield Candidate(
                shares=one.shares, cost=costs.ELSEWHERE, kind=one.kind, code=one.code, source=one.source, text=one.text,
                group=f"elsewhere:{one.source}", effective_from=one.day, effective_to=one.until or one.day,
            )  # fmt: skip


def _lone_sides(dossier: Dossier, folded: Folded) -> Iterator[Elsewhere]:
    """Exercises, or rows of them, that one table alone tells: the other side moved as much."""
    sides: dict[tuple[str, date | None], list[Line]] = {}
    lines, own = lines_beside(dossier, folded), {id(line) for line in folded.lines_of(dossier)}
    whole = {id(line) for halves in miscoded_halves(lines) for line in halves.first}
    for line in lines:
        if line.code not in PAIRED or line.holding or id(line) in whole:
            continue
        if line.shares or line.underlying_shares:
            sides.setdefault((line.code or "", line.effective_on), []).append(line)
    for (code, day), lines in sides.items():
        single = len({line.table for line in lines}) == 1
        rows = [line for line in lines if line.shares] if single else lone_rows(lines)
        rows = [line for line in rows if id(line) in own]
        if rows:
            table = rows[0].table
            shares = sum((_size(line, single=single) for line in rows), ZERO)
            other, moved = ("II", -shares) if table == "I" else ("I", shares)
            source = f"{dossier.id}#{rows[0].ref}"
            words = f"the other side of {grouped(shares)} under code {code}, which has no row"
            for owner in sorted(folded.people.keys(dossier)):
                yield Elsewhere(
                    owner=owner,
                    table=other,
                    form=None,
                    tokens=None,
                    shares=moved,
                    day=day,
                    source=source,
                    text=words,
                )


def _due_by_ratio(dossier: Dossier, folded: Folded) -> Iterator[Elsewhere]:
    """What a conversion brought by its note, beyond what its row reports or short of it."""
    for _, came, due, got, words in unlike(dossier, folded):
        line = came[0]
        for owner in sorted(folded.people.keys(dossier)) if due is not None else ():
            yield Elsewhere(
                owner=owner,
                table=line.table,
                form=line.ownership,
                tokens=class_tokens(line.security or "", dossier.head.issuer.name or ""),
                shares=(due or ZERO) - got,
                day=line.effective_on,
                source=f"{dossier.id}#{line.ref}",
                text=f"{grouped(due or ZERO)} were due where the row has {grouped(got)}: {words}, as its note says",
            )


def _size(line: Line, *, single: bool) -> Decimal:
    """What the other side of a row moved: where its ratio shows in the form, by that."""
    return (line.shares if single else line.underlying_shares or line.shares) or ZERO


def _lapsed(folded: Folded) -> Iterator[Elsewhere]:
    """What earlier notes say lapsed of a series, which the note of no other line has to tell."""
    for position, after, gone in lapses(folded):
        for owner in (
            sorted(position.owners) if gone.least and after is not position.entries[-1] else ()
        ):
            filing, _, ref = gone.said.partition("#")
            yield Elsewhere(
                owner=owner,
                table=position.table,
                form=position.form,
                tokens=None,
                shares=-gone.least,
                day=gone.since,
                source=gone.said,
                text=f"{grouped(gone.least)} lapsed, as {ref} of {filing} says",
                until=gone.by,
                series=position,
                kind=gone.kind,
                code="EXPL_FORFEITURE",
            )


def _beside(dossier: Dossier, folded: Folded) -> Iterator[Elsewhere]:
    """What notes on other holdings' lines say left a vehicle that the form does not list."""
    for said, vehicle in told_beside(dossier, folded):
        for owner in sorted(vehicle.owners):
            yield Elsewhere(
                owner=owner,
                table=vehicle.table,
                form=vehicle.form,
                tokens=None,
                shares=-(said.shares or ZERO),
                day=said.effective_from,
                source=f"{dossier.id}#{said.ref}",
                text=dossier.quote(said),
                until=said.effective_to,
                series=vehicle,
                kind=said.kind,
                code=CODES[said.kind],
            )


def _under_another_number(folded: Folded) -> Iterator[Elsewhere]:
    """Rows under a second number of what seems to be one person."""
    for found in aliases(folded):
        for one, other in ((found.position, found.other), (found.other, found.position)):
            for owner in other.owners:
                for entry in one.entries:
                    if entry.delta and entry.dossier.known.at >= found.first.dossier.known.at:
                        yield Elsewhere(
                            owner=owner, table=one.table, form=one.form, tokens=one.tokens, shares=entry.delta, day=entry.day,
                            source=reference(entry), text="reported under another number of the same name",
                        )  # fmt: skip


def _under_another_name(dossier: Dossier, folded: Folded) -> Iterator[Elsewhere]:
    """Rows of a filing that is signed for somebody other than its owner, or goes on from their balance."""
    principal, wrong = folded.misnamed.get(dossier.stream), folded.misfiled.get(dossier.stream)
    if principal is None and wrong is not None and wrong.owner and wrong.again is None:
        owners, words = [wrong.owner], "reported in a filing under another owner's number"
    elif principal is not None:
        name, called = person_key(principal), folded.people.names
        owners = [key for key, printed in called.items() if person_key(printed) == name]
        words = f"reported in a filing under another owner's name, signed for “{principal}”"
    else:
        return
    lines = dossier.lines if dossier.stream in folded.misfiled else folded.lines_of(dossier)
    yield from _rows(dossier, lines, owners, words)


def _under_another_issuer(folded: Folded) -> Iterator[Elsewhere]:
    """Rows of filings about this issuer that stand under the number of another."""
    for dossier in folded.belonging:
        other = dossier.head.issuer
        words = f"reported in a filing under the number of {other.name or other.cik}"
        owners = [key for owner in dossier.head.owners if (key := owner.cik)]
        yield from _rows(dossier, dossier.lines, sorted(owners), words)


def _rows(
    dossier: Dossier, lines: Iterable[Line], owners: Iterable[str], words: str
) -> Iterator[Elsewhere]:
    """What the rows of a filing moved of each class and form, as movements of some owners."""
    sums: dict[tuple[str, str | None, frozenset[str]], Decimal] = {}
    days: dict[tuple[str, str | None, frozenset[str]], Line] = {}
    for line in lines:
        tokens = class_tokens(line.security or "", dossier.head.issuer.name or "")
        key = (line.table, line.ownership, tokens)
        sums[key] = sums.get(key, ZERO) + (ZERO if line.holding else line.movement)
        days.setdefault(key, line)
    for (table, form, tokens), shares in sums.items():
        first = days[table, form, tokens]
        for owner in owners if shares else ():
            source = f"{dossier.id}#{first.ref}"
            yield Elsewhere(
                owner=owner,
                table=table,
                form=form,
                tokens=tokens,
                shares=shares,
                day=first.effective_on,
                source=source,
                text=words,
            )
