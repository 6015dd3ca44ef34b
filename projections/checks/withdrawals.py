"""Vehicles that leave the record: a note says so, and the form lists them no more.

Nobody need report a vehicle for ever: a child leaves the household, a trustee resigns,
what was reported by choice is not reported any longer. Nothing was disposed of then, so
what the vehicle holds from that day on is unknown, not zero, and not the last number either.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from ledger.addresses import note_ref
from ledger.footnotes.results import results
from ledger.footnotes.ties import of_a_former_spouse, tie_ended
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.finding import Finding, about
from projections.identity.awards import Award, award_of
from projections.identity.vehicles import (
    RELATIONS,
    core_of,
    holder_words,
    own_words,
    sorts_of,
    vehicle_key,
)
from projections.issuer import Folded
from projections.positions.entries import reference
from projections.positions.position import Position


class Withdrawal(NamedTuple):
    """A holding that a filing's words take off the record, since when, and where they stand.

    `ended` says how nothing is left of it: paid in stock, or lost; without, nobody says how much.
    """

    position: Position
    dossier: Dossier
    since: date | None
    said: str
    ended: Literal["", "paid", "lost"] = ""


def withdrawals(dossier: Dossier, folded: Folded) -> Iterator[Withdrawal]:
    """The vehicles of a filing's owners that its words say are reported no more."""
    for said in dossier.statements:
        if said.kind == "reporting-withdrawal":
            since = said.effective_from or dossier.day
            for position in _meant(said, dossier, folded):
                yield Withdrawal(position, dossier, since, f"{dossier.id}#{said.ref}")
    told = [note.id for note in dossier.notes if of_a_former_spouse(note.text)]
    for note in told:
        for position in _unlisted(dossier, folded):
            if vehicle_key(position.nature) == "spouse":
                ref = f"{dossier.id}#{_ref(dossier, note)}"
                yield Withdrawal(position, dossier, _since(dossier, note), ref)


def outcomes(dossier: Dossier, folded: Folded) -> Iterator[Withdrawal]:
    """The units whose results a filing's notes tell, and that no line of it takes off.

    Awards by performance pay out in stock, or not at all, and either way are gone: all of
    what was reported for them, whatever part of it was earned.
    """
    for note in dossier.notes:
        lost, earned = results(note.text)
        if not (lost or earned):
            continue
        rows = [ln for ln in folded.lines_of(dossier) if note.id in ln.notes]
        paid = [ln for ln in rows if ln.table == "I" and ln.code in ("A", "M") and ln.movement > 0]
        if not (lost or paid):
            continue
        award = award_of(note.text)
        waiting = list(_awaiting(dossier, folded))
        meant = [p for p in waiting if _speaks_of(award, p)]
        if paid and not meant and award.sort == "performance":
            meant = [p for p in waiting if _listed_since(award, p)]
        if lost and not meant and not award.granted:
            sizes = {
                said.shares
                for said in dossier.statements
                if said.note == note.id and said.kind == "forfeiture"
            }
            meant = [p for p in waiting if p.balance in sizes]
        if len(meant) == 1:
            days = [ln.effective_on for ln in paid or rows if ln.effective_on]
            since = min(days, default=dossier.head.period)
            said = f"{dossier.id}#{_ref(dossier, note.id)}"
            yield Withdrawal(meant[0], dossier, since, said, "lost" if lost else "paid")


def not_listed(dossier: Dossier, folded: Folded) -> Iterator[Withdrawal]:
    """What an initial statement does not list of owners who begin anew with it.

    It lists all that they own; what became of the rest while they were no insiders, nobody says.
    """
    if dossier.amends or not folded.begins_anew(dossier):
        return
    owners = folded.people.keys(dossier)
    for position in folded.positions_of(owners):
        earlier = all(e.dossier.known.at < dossier.known.at for e in position.entries)
        if position.balance and earlier and position.owners <= owners:
            yield Withdrawal(position, dossier, dossier.head.period or dossier.day, dossier.id)


def _awaiting(dossier: Dossier, folded: Folded) -> Iterator[Position]:
    """The awards by performance of a filing's owners that are held and that it lists no more."""
    for position in folded.positions_of(folded.people.keys(dossier)):
        told = [entry.dossier for entry in position.entries]
        sort = position.award.sort or award_of(position.security or "").sort
        by_results = sort == "performance" and position.series == (None, None)
        earlier = told[0].known.at < dossier.known.at and all(
            d.known.at < dossier.known.at for d in told
        )
        if position.table == "II" and by_results and position.balance and earlier:
            yield position


def _speaks_of(award: Award, position: Position) -> bool:
    """Whether a note means the award that a position began with: by the day of its grant."""
    first = position.entries[0]
    if not award.granted or first.line.code != "A" or first.day is None:
        return False
    return any(begins <= first.day <= ends for begins, ends in award.granted)


def _listed_since(award: Award, position: Position) -> bool:
    """Whether a position began as a list's line, of a day that does not precede a note's award."""
    first = position.entries[0]
    if first.line.code or first.day is None or position.award.granted:
        return False
    return any(begins <= first.day for begins, _ in award.granted)


def _since(dossier: Dossier, note: str) -> date | None:
    """The day that a note gives for what it states, else that of the filing."""
    days = (said.effective_from for said in dossier.statements if said.note == note)
    return next((day for day in days if day is not None), dossier.day)


def _ref(dossier: Dossier, note: str) -> str:
    """How a note is cited: as what it states, where it states one thing."""
    stated = [said for said in dossier.statements if said.note == note]
    return stated[0].ref if stated else note_ref(note, 1, 1)


def _meant(said: Stated, dossier: Dossier, folded: Folded) -> list[Position]:
    """The vehicle that a statement means: named by its words, by its shares, or by its sort.

    On a line of the Children's Trust "the trust" is that one, and no other of fewer words. Several
    only where it is of several children.
    """
    quote = dossier.quote(said)
    words = {form for w in holder_words(quote).split() for form in (w, w.replace("'", ""))}
    words |= set(vehicle_key(said.counterpart or "").split())
    citing = [ln for ln in folded.lines_of(dossier) if said.note in ln.notes]
    own_lines = [set(vehicle_key(ln.nature).split()) for ln in citing if ln.ownership != "direct"]
    there = [
        p
        for p in _unlisted(dossier, folded)
        if not any(set(vehicle_key(p.nature).split()) < own for own in own_lines)
    ]
    named = [p for p in there if (own := set(vehicle_key(p.nature).split())) and own <= words]
    if not named and said.shares is not None:
        named = [p for p in there if p.balance == said.shares]
    if not named and said.counterpart:
        named = _of_the_sort(said.counterpart, there, dossier, folded)
    if not named:
        return _of_children(set(holder_words(quote).split()), there)
    return named if len(named) == 1 else []


def _of_children(words: set[str], there: list[Position]) -> list[Position]:
    """What is a child's own, or in custody for it, where a note names that child, or children."""
    named = core_of(" ".join(words))[0] & RELATIONS
    many = [one for several, one in _SEVERAL.items() if several in words]
    whose = named.union(*many)
    theirs = [(p, core_of(p.vehicle)[0]) for p in there]
    meant = [p for p, core in theirs if core and core <= whose]
    return meant if many or len(meant) == 1 else []


_SEVERAL = {
    "children": frozenset({"child", "son", "daughter"}),
    "grandchildren": frozenset({"grandchild", "grandson", "granddaughter"}),
}
"""Words of several children, and of each of them."""


def _of_the_sort(
    named: str, there: list[Position], dossier: Dossier, folded: Folded
) -> list[Position]:
    """The vehicles a form lists no more that are of a sort a note speaks of: "the trust".

    None where it names another by a name of its own, or lists one of that sort itself.
    """
    key = vehicle_key(named)
    sorts = sorts_of(key)
    listed = (vehicle_key(line.nature) for line in folded.lines_of(dossier))
    if any(sort & set(other.split()) for other in listed for sort in sorts):
        return []
    own = own_words(key)
    return [
        p
        for p in there
        if any(sort & set(vehicle_key(p.nature).split()) for sort in sorts)
        and own <= own_words(vehicle_key(p.nature))
    ]


def _unlisted(dossier: Dossier, folded: Folded) -> Iterator[Position]:
    """The vehicles that a filing's owners reported before, and that it lists no more, nobody says why."""
    for position in folded.positions_of(folded.people.keys(dossier)):
        if position.form != "indirect" or not position.balance:
            continue
        gone = folded.rulings.emptied(position.entries[-1])
        if gone is not None and gone.shares is None:
            continue  # where all of it went is known
        told = [entry.dossier for entry in position.entries]
        if told[0].known.at < dossier.known.at and not any(d is dossier for d in told):
            yield position


@asked_of("notes", "reporting-withdrawal")
def scope_changes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Shares that the filer will no longer report."""
    gone = {w.said: w.position for w in withdrawals(dossier, folded)}
    for said in dossier.statements:
        ref = f"{dossier.id}#{said.ref}"
        if said.kind == "reporting-withdrawal" and ref not in gone and not _empty(said, dossier):
            what = f" ({said.counterpart})" if said.counterpart else ""
            words = f"shares left the report{what}: their number is unknown from here on, not zero"
            yield _told(dossier, words, (ref,))
    for ref, position in gone.items():
        last = reference(position.entries[-1])
        words = f"the holding “{position.nature}” left the report: what it holds is unknown from here on, not zero"
        yield _told(dossier, words, (ref, last))


def _empty(said: Stated, dossier: Dossier) -> bool:
    """Whether the form itself shows nothing left of the vehicle that a note says ended."""
    words = set(vehicle_key(said.counterpart or "").split())
    return any(
        line.shares_after == ZERO and set(vehicle_key(line.nature).split()) <= words
        for line in dossier.lines
        if line.nature
    )


def _told(dossier: Dossier, words: str, evidence: tuple[str, ...]) -> Finding:
    return about(dossier, None, "REPORTING_SCOPE_CHANGE", words, evidence=evidence)


@asked_of("form 3")
def begun_anew(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Holdings of before that an initial statement does not list, as it would if they were owned."""
    for one in not_listed(dossier, folded):
        last, what = one.position.entries[-1], one.position.nature or one.position.security
        words = f"“{what}” is not listed by this initial statement, which begins anew: what became of the {grouped(last.balance or ZERO)} reported last is not told"
        yield _told(dossier, words, (reference(last),))


@asked_of("notes")
def paid_in_stock(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Stock earned by units that no line takes off."""
    for found in outcomes(dossier, folded):
        if found.ended == "lost":
            continue
        last = found.position.entries[-1]
        words = f"{grouped(last.balance or ZERO)} of “{found.position.security}” whose results a note tells, and that no line takes off: taken as ended"
        yield about(
            last.dossier,
            last.line,
            "EXERCISE_COUNTERPART_MISSING",
            words,
            evidence=(found.said,),
            revised_by=dossier.id,
        )


@asked_of("reporting-withdrawal")
def goes_on(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A vehicle that a later form goes on with, though by a note the interest in it had ended."""
    for one in withdrawals(dossier, folded):
        _, _, ref = one.said.partition("#")
        said = next((s for s in dossier.statements if s.ref == ref), None)
        later = [e for e in one.position.entries if e.dossier.known.at > dossier.known.at]
        first = next((e for e in later if not e.dossier.amends), None)
        if said is None or first is None or not tie_ended(dossier.text_of(said.note)):
            continue
        if first.follows and first.prior:
            words = f"goes on from {grouped(first.prior)}, though by a note of {dossier.id} the interest in these had ended"
            yield about(
                first.dossier,
                first.line,
                "COLUMN_NOTE_CONFLICT",
                words,
                severity="minor",
                evidence=(one.said,),
            )


CHECKS: tuple[Check, ...] = (scope_changes, begun_anew, paid_in_stock, goes_on)
