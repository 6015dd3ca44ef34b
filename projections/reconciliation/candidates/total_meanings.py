"""What a total may mean, and so close the rest of a difference that other terms leave.

A closer looks at a broken claim and at the gap that remains, and offers a term of exactly
that size: a meaning the total may have. Causes without an amount stand in `unstated`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.footnotes.named import told_in
from ledger.footnotes.text import plain, sentences
from ledger.types import grouped
from projections.filings.parts import one_report
from projections.filings.records import ZERO
from projections.identity.securities import class_tokens, same_class
from projections.identity.vehicles import has_partners
from projections.positions.class_totals import left_out, out_of_report
from projections.positions.digits import fraction_lost
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.other_table import underlies
from projections.reconciliation.candidates.ownership_transfers import named
from projections.reconciliation.case import Candidate, Case

Closer = Callable[[Case, Decimal], Iterator[Candidate]]


def scopes(case: Case) -> Iterator[Candidate]:
    """What a total would gain or lose if it began, or ceased, to add the owner's other holdings.

    Those of the class that are held in the other way, or the other series of a title. A line
    that lists a holding may show it alone where this filer's totals add others. That habit
    shows in another total of the owner, in this one's next, which goes back, or in what is
    missing: all that the others held at the total before, nothing of which can have moved to
    them since.

    Where the row before brought just as many, they are what such a line leaves out.

    A vehicle's total adds direct shares only while there are any: where none is told of beside
    it or later, it is likelier that they went into it, which needs no report (Rule 16a-13).
    """
    entry = case.entry
    others = [p for p in _others(case) if not out_of_report(p, entry)]
    now = [(p, at) for p in others if (at := _at(p, entry)) and not left_out(entry, at)]
    total, before = sum((level for _, level in now), ZERO), _before(case, others)
    if entry.scope is not None:
        yield from _otherwise(case, entry.scope, total)
        return
    told = any(_told(p.entries[-1]) >= _told(entry) for p, _ in now)
    into_it = case.position.form == "indirect" and any(p.form == "direct" for p, _ in now)
    gone = into_it and not told
    cost = costs.CLASS_TOTAL + (costs.MARGIN if gone else 0)
    most = entry.claim or ZERO  # a total has no more of others than it counts
    if _alone_at_once(case) or _copied(case, others):
        most = ZERO
    for one, level in now if len(now) > 1 else ():
        if level <= most:
            yield _scope(case, level, cost, f"the total adds {named(one)}")
    if total and total <= most:
        words = named(now[0][0]) if len(now) == 1 else "the owner's other holdings of the class"
        yield _scope(case, total, cost, f"the total adds {words}")
    added = case.before is not None and (case.before.scope or case.position.form != "indirect")
    if before and added and _adds(case, others):
        yield from _otherwise(case, before, total)
    if entry.line.holding and case.position.table == "I":
        usual = total if entry.returned or _adds(case, others) else ZERO
        known = case.before.scope or ZERO if case.before else ZERO
        for alone in dict.fromkeys((before, usual, before - known)):
            if alone > 0 and not (case.before and case.before.delta == alone):
                yield _scope(case, -alone, costs.OWN_ALONE, _ALONE)


def _copied(case: Case, others: Sequence[Position]) -> bool:
    """Whether a vehicle's line has the direct line's sum of all, and goes back: it shows its own elsewhere."""
    entry = case.entry
    if case.position.form != "indirect" or not entry.returned:
        return False
    if any(e.scope for e in case.position.entries if e.line is not entry.line):
        return False
    return any(
        e.claim == entry.claim and e.dossier is entry.dossier
        for other in others
        if other.form == "direct"
        for e in other.entries
    )


def _alone_at_once(case: Case) -> bool:
    """Whether the next row of the form goes on from what this holding alone has: no form counts in two ways."""
    entry, rows = case.entry, case.position.entries
    after = next(iter(rows[case.position.place(entry) + 1 :]), None)
    if after is None or after.dossier is not entry.dossier or after.claim is None:
        return False
    return bool(after.delta) and after.claim - after.delta == entry.expected


_ALONE = "the line shows this holding alone, without the owner's others of the class"


def _otherwise(case: Case, added: Decimal, total: Decimal) -> Iterator[Candidate]:
    """What changes where a filer's totals add others: these gained or lost since, or are left out."""
    if total != added:
        words = "what the owner's other holdings of the class, which it adds, gained since"
        yield _scope(case, total - added, costs.CLASS_TOTAL, f"the total counts {words}")
    if case.entry.scope is not None and case.entry.line.holding:
        yield _scope(case, -added, costs.OWN_ALONE, _ALONE)


def _scope(case: Case, gap: Decimal, cost: int, words: str) -> Candidate:
    return Candidate(
        shares=gap,
        cost=cost,
        kind="class-total",
        code="EXPL_CONVENTION",
        source=case.source(),
        text=words,
        group="scope",
    )


def _others(case: Case) -> Sequence[Position]:
    """The positions that a total may add: of the class and held otherwise, or through another fund that no form lists since, or of the title.

    Each fund has partners of its own, so what it holds is not in another's hands without a row.
    """
    own = case.position
    if own.table == "II":
        return case.other_series
    fund = own.form == "indirect" and has_partners(own.vehicle)
    return [
        p
        for p in case.siblings
        if p.form != own.form
        or (fund and has_partners(p.vehicle) and _told(p.entries[-1]) < _told(case.entry))
    ]


def _adds(case: Case, others: Sequence[Position]) -> bool:
    """Whether another total of the owner adds holdings of the class."""
    return any(e.scope for p in (case.position, *others) for e in p.entries)


def _before(case: Case, others: Sequence[Position]) -> Decimal:
    """What the others held together at the total before."""
    if case.before is None:
        return ZERO
    return sum((_at(p, case.before) or ZERO for p in others), ZERO)


def _told(entry: Posting) -> tuple[datetime, str]:
    """When a line became known, and where it stands among those of the same moment."""
    return entry.dossier.known.at, entry.dossier.stream


def _at(position: Position, entry: Posting) -> Decimal | None:
    """Where another position stood when a filing was made, itself included."""
    told = _told(entry)
    return next(
        (
            e.balance
            for e in reversed(position.entries)
            if _told(e) <= told or one_report(e.dossier, entry.dossier)
        ),
        None,
    )


def rounding(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A fraction lost: less than two shares where fractions occur, else one at most.

    Something has lost it: a total, a balance, or an amount that a note states.
    """
    if abs(gap) > 1 or gap == -case.entry.delta:
        return
    entry, position = case.entry, case.position
    opening = None if entry.claim is None else entry.claim - entry.delta
    stated = [said.shares for said in entry.dossier.statements]
    told = (entry.claim, entry.prior, entry.expected, entry.delta or None, opening)
    if not fraction_lost(*told, *stated, gap=gap):
        return
    values = [e.claim for e in position.entries[-12:]] + [entry.claim, entry.prior, entry.delta]
    fractional = any(v is not None and v % 1 for v in values)
    if not fractional and entry.returned is not None:
        return  # a total of whole shares that a later one goes back behind is off, by one or by more
    if fractional or position.table == "II" or abs(gap) == 1:
        note = _fraction_note(entry, gap)
        source, words = note or (reference(entry), "fractions rounded")
        yield Candidate(
            shares=gap,
            cost=costs.ROUNDING,
            kind="rounding",
            code="EXPL_ROUNDING",
            source=source,
            text=words,
            group="rounding",
            finding="ROUNDING",
            basis="stated" if note else "shown",
        )


def _fraction_note(entry: Posting, gap: Decimal) -> tuple[str, str] | None:
    """The cited note that states the share which fractions made up, and where it stands."""
    for said in entry.dossier.statements:
        if said.shares == abs(gap) and said.note in entry.line.notes:
            words = entry.dossier.quote(said)
            if "fraction" in words.casefold():
                return f"{entry.dossier.id}#{said.ref}", words
    return None


def lapse(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A derivative gone after its expiry: a lapse for no value needs no report."""
    entry, position = case.entry, case.position
    expiry = position.series[1]
    if (
        position.table == "II"
        and entry.claim == 0
        and 0 < -gap <= (entry.expected or ZERO)
        and entry.delta <= 0
        and expiry
        and (entry.day or date.min) >= expiry
        and not underlies(case, gap)
    ):
        yield Candidate(
            shares=gap,
            cost=costs.LAPSE,
            kind="lapse",
            code="EXPL_LAPSE",
            source=reference(entry),
            text=f"expired on {expiry.isoformat()}",
            group="lapse",
            basis="stated",
        )


def retitled(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Shares acquired under a new title that are those held under the old one.

    A reclassification is exempt (Rule 16b-7), and often told by the new class alone: the
    row acquires, and owns afterwards, what the line before held under its former name.
    """
    entry, before = case.entry, case.before
    if before is None or gap >= 0 or not -gap == entry.prior == entry.delta == entry.claim:
        return
    was, now = class_tokens(before.line.security or ""), class_tokens(entry.line.security or "")
    if entry.line.code == "J" and same_class(was, now) is not True:
        yield Candidate(
            shares=gap,
            cost=costs.RETITLED,
            kind="same-shares",
            code="EXPL_SAME_SHARES",
            source=reference(before),
            text=f"the {grouped(-gap)} held as “{before.line.security}”, under a new title",
            group="retitled",
        )


_PART = re.compile(
    r"\b(?:proportion\w*|pro[\s-]?rata|pecuniary|percentage|fractional|partial|one-?\s?(?:half|third|quarter))\b|\d\s?%",
    re.IGNORECASE,
)


def own_part(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that is the owner's part of a vehicle's shares, all of which were told before.

    Rule 16a-1(a)(2) counts the pecuniary interest, and many filers show the whole and disclaim the
    rest. A note that gives the whole, just what was told before, says that this one does not.
    """
    entry = case.entry
    before = {entry.prior, (entry.prior or ZERO) + entry.delta}
    if case.position.form != "indirect" or not entry.claim or gap >= 0:
        return
    for note in entry.line.notes:
        told = [said for said in entry.dossier.statements if said.note == note]
        if any(said.shares in before and said.kind != "composition" for said in told):
            continue
        text = entry.dossier.text_of(note)
        wholes = [w for w, whole in told_in(text) if whole in before and "disclaim" not in w]
        if words := next((w for w in wholes if _PART.search(w) or _of_his_part(text)), ""):
            source = f"{entry.dossier.id}#{told[0].ref if told else note_ref(note, 1, 1)}"
            yield _own_part(gap, source, words)


_NO_MORE = re.compile(
    r"\b(?:reports?|totals?|numbers?|amounts?|column|line)\b[^.;]{0,60}?\b(?:only|solely|alone|limited\s+to|no\s+more\s+than)\b",
    re.IGNORECASE,
)


def _of_his_part(note: str) -> bool:
    """Whether a sentence of a note says that a report counts the owner's part alone."""
    return any(
        _NO_MORE.search(s.words) and _PART.search(s.words) and "disclaim" not in s.words
        for s in sentences(plain(note)[0])
    )


def composed_before(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Just the shares that an earlier total, by its note, had in it, where this one has not.

    What a plan holds, or has not vested, may be listed apart from then on, without a word. Nothing
    but the number says so: in doubt. A note of this form that has the number says more.
    """
    told = {said.shares for said in case.entry.dossier.statements}
    if gap >= 0 or case.position.table != "I" or -gap in told:
        return
    for earlier in reversed(case.position.entries[: case.position.place(case.entry)]):
        for said in earlier.dossier.statements:
            held = said.kind in _HELD and said.note in earlier.line.notes
            if held and said.shares == -gap:
                yield Candidate(
                    shares=gap,
                    cost=costs.OWN_ALONE,
                    kind="prior-report",
                    code="EXPL_CONVENTION",
                    source=f"{earlier.dossier.id}#{said.ref}",
                    text=f"leaves out the {grouped(-gap)} that {reference(earlier)} had in its total, as its note says",
                    group="scope",
                    doubted=True,
                )
                return


_HELD = ("composition", "plan-units")
"""Kinds of statements that say which shares a total has in it."""

_PERCENT = re.compile(r"(?<![\d.])(?P<rate>\d{1,2}(?:\.\d+)?)\s?(?:%|per\s?cent\b)")


_REDUCED = re.compile(
    r"\b(?:reduc|decreas|declin|dilut)\w*\b[^.;%]{0,120}?\b(?:by|of)\s+(?P<rate>\d{1,2}(?:\.\d+)?)\s?(?:%|per\s?cent\b)",
    re.IGNORECASE,
)


def reckoned_part(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that is, to the share, the percentage that its note gives of the number that it gives.

    The owner's interest in a company grew or shrank, or the company's holding did: no row tells of
    either, and the note reckons it, of the whole or of what was told before.
    """
    entry = case.entry
    if case.position.form != "indirect" or not entry.claim or gap != entry.residual:
        return
    for note in entry.line.notes:
        text = entry.dossier.text_of(note)
        rates = {Decimal(found["rate"]) for found in _PERCENT.finditer(text)}
        of = [w for w, whole in told_in(text) for r in rates if _is_part(entry.claim, r, whole)]
        of += [
            text
            for found in _REDUCED.finditer(text)
            if _is_part(
                entry.claim - entry.delta, 100 - Decimal(found["rate"]), entry.prior or ZERO
            )
        ]
        if of:
            yield _own_part(gap, f"{entry.dossier.id}#{note_ref(note, 1, 1)}", of[0])
            return


def _is_part(part: Decimal, rate: Decimal, whole: Decimal) -> bool:
    """Whether so many per cent of a number of shares are another, but for a fraction."""
    return whole > part and abs(whole * rate - 100 * part) < 100


def _own_part(gap: Decimal, source: str, words: str) -> Candidate:
    return Candidate(
        shares=gap,
        cost=costs.CITED,
        kind="own-part",
        code="EXPL_SCOPE_CHANGE",
        source=source,
        text=words,
        group="scope",
        basis="stated",
    )


CLOSERS: tuple[Closer, ...] = (composed_before, rounding, lapse, retitled, own_part, reckoned_part)
"""Rules that look at what is left and offer one term that closes it exactly."""
