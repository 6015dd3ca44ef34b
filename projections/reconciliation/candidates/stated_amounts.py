"""Amounts that the notes of a filing state, as terms of an explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from ledger.footnotes.dates import dates
from ledger.footnotes.lost_rights import of_options
from ledger.footnotes.plan_exits import left_a_plan
from ledger.footnotes.shared_out import owners_part
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.dates import known_on
from projections.filings.marks import notes_on_total
from projections.filings.records import ZERO, Dossier, Line, Stated
from projections.filings.uncounted import not_in_this_total
from projections.identity.names import words_of
from projections.identity.plans import accrued_since, plan_key
from projections.identity.vehicles import core_of, names_a_vehicle, vehicle_key
from projections.positions.entries import Posting
from projections.positions.noted import rolled_in, rolled_over
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.award_outcomes import ends
from projections.reconciliation.candidates.plan_bounds import from_a_plan_apart, names_plan
from projections.reconciliation.candidates.plan_purchases import bought_by_a_plan, earned_beyond
from projections.reconciliation.candidates.told_movements import came_on, on_own_line, told_before
from projections.reconciliation.candidates.which_way import (
    entered,
    given_to,
    goes,
    in_this_total,
    the_other_way,
    ways,
)
from projections.reconciliation.case import Candidate, Case

CODES = {
    "espp-purchase": "EXPL_PLAN_PURCHASE",
    "dividend-reinvestment": "EXPL_REINVESTMENT",
    "plan-units": "EXPL_PLAN_ACCRUAL",
    "trust-contribution": "EXPL_FORM_CHANGE",
    "form-change": "EXPL_FORM_CHANGE",
    "annuity-return": "EXPL_ANNUITY_RETURN",
    "distribution": "EXPL_TRUST_DISTRIBUTION",
    "court-transfer": "EXPL_COURT_TRANSFER",
    "gift-note": "EXPL_GIFT",
    "forfeiture": "EXPL_FORFEITURE",
    "withheld-note": "EXPL_WITHHOLDING",
    "stock-dividend": "EXPL_SPLIT",
    "disposal-note": "EXPL_NOTED_DISPOSAL",
    "acquisition-note": "EXPL_NOTED_ACQUISITION",
    "exclusion": "EXPL_SCOPE_CHANGE",
    "reporting-withdrawal": "EXPL_SCOPE_CHANGE",
    "report-correction": "EXPL_PRIOR_CORRECTION",
    "composition": "EXPL_VEST_COMPOSITION",
    "previously-reported": "EXPL_SAME_SHARES",
}
"""By kind of statement, the explanation that an amount of it gives."""


_A_YEAR = timedelta(days=366)
_BEGAN = re.compile(
    r"\b(?:since|began|begun|beginning|start(?:ed|ing)|commenc|open(?:ed|ing)|from time)",
    re.IGNORECASE,
)
"""Words of a day on which something began that went on."""


def stated(case: Case) -> Iterator[Candidate]:
    """Every amount the filing's notes state, with the signs it can have here.

    Notes the line itself cites come first; those on other lines, or class-wide, cost more.
    An amount equal to a row's own is also offered as the same shares, adding nothing.
    """
    line = case.entry.line
    for dossier, said, is_cited in _told_by(case):
        if said.shares is None or said.kind not in CODES or _of_no_stock(dossier, said, case.entry):
            continue
        if dossier is case.entry.dossier and not_in_this_total(dossier, said, line):
            continue
        bought = is_cited and _bought_there(case, said)
        described = _describes(said) and not (bought or entered(dossier, said, line))
        for reading in _readings_of(dossier, said, is_cited, line):
            if reading.shares and told_before(case, said, reading.shares):
                continue
            both_ways = reading.shares and SENSES[said.kind].keeps_interest
            other_way = both_ways and told_before(case, said, -reading.shares)
            if not other_way and not goes(dossier, said, line, reading.shares):
                continue
            # a row tells it: kept to be told as rejected
            candidate = reading._replace(cost=costs.UNNAMED) if other_way else reading
            doubted = described and bool(candidate.shares) and not _entered(case, said)
            doubted = doubted or _still_to_come(said, dossier)
            doubted = doubted or on_own_line(case, said, candidate.shares)
            doubted = doubted or the_other_way(dossier, said, line, candidate.shares)
            doubted = doubted or (not is_cited and _used_there(case, said, candidate.shares))
            ended = _ended(case, said, candidate.shares) if is_cited else None
            told = _by_the_plan(candidate) if bought and candidate.shares > 0 else candidate
            if is_cited and _new_in_the_plan(case, said):
                told = told._replace(stated=True)  # a plan may have gained besides
            if ended is not None and said.kind == "composition":  # borne out by what is gone
                told, doubted = told._replace(cost=costs.CITED, basis="stated"), False
            if (came := came_on(case, said)) and told.shares > 0:
                told = told._replace(effective_from=came[0], effective_to=came[1])
            if said.kind == "forfeiture" and not said.effective_from and ends(case):
                told = told._replace(effective_from=case.entry.day, effective_to=case.entry.day)
            told = told._replace(doubted=doubted, sibling=ended, empties=ended is not None)
            own = told.shares and dossier is case.entry.dossier
            yield _followed_without(told, _since(case, said)) if own else told
        if is_cited and (grown := _grown(case, dossier, said)):
            yield grown
        if is_cited and (part := _owners_part(dossier, said, line)):
            yield part


def _used_there(case: Case, said: Stated, shares: Decimal) -> bool:
    """Whether a line that cites a note is off by what it tells, the same way: it moved there, and once."""
    return bool(shares) and any(
        said.note in e.line.notes and e.residual == shares
        for p in case.holdings
        for e in p.entries
        if e.dossier is case.entry.dossier and said in e.dossier.statements
    )


def _describes(said: Stated) -> bool:
    """Whether an amount is told as what a total has in it, or leaves out: so many in a plan, say."""
    lies_there = said.kind == "plan-units" and said.direction is None and not said.effective_from
    return SENSES[said.kind].describes_total or lies_there


def _grown(case: Case, dossier: Dossier, said: Stated) -> Candidate | None:
    """By how much more, or fewer, shares of a plan a total includes than the last note on it said.

    Many filers tell on every form how much of their total is in a plan: the amount is all that
    there is, and what is news is its change.
    """
    if said.shares is None or said.effective_from or not SENSES[said.kind].from_plan:
        return None
    for earlier in reversed(case.position.entries[: case.position.place(case.entry)]):
        for one in earlier.dossier.statements if earlier.dossier is not dossier else ():
            named = one.counterpart and said.counterpart
            same = one.kind == said.kind and (not named or one.counterpart == said.counterpart)
            if one.note in earlier.line.notes and same and one.shares:
                return _changed_by(said.shares - one.shares, one.shares, dossier, said)
    return None


def _changed_by(change: Decimal, was: Decimal, dossier: Dossier, said: Stated) -> Candidate | None:
    """What a plan's part of a total gained or lost, as a term; None where it is the same."""
    group = f"{dossier.id}#{said.ref}"
    term = Candidate(
        shares=change,
        cost=costs.CITED,
        kind=said.kind,
        code=CODES[said.kind],
        source=group,
        text=f"{dossier.quote(said)} (the total before had {grouped(was)} of these)",
        group=group,
        basis="stated",
    )
    return term if change else None


def _owners_part(dossier: Dossier, said: Stated, line: Line) -> Candidate | None:
    """What came to the owner of shares that a note says were shared out among several, he being one."""
    part = owners_part(dossier.quote(said)) if SENSES[said.kind].keeps_interest else None
    whole = next(_readings_of(dossier, said, True, line), None) if part else None
    if part is None or whole is None:
        return None
    its = abs(whole.shares) * part.numerator // part.denominator
    return whole._replace(shares=its, cost=costs.CITED)


def _told_by(case: Case) -> Iterator[tuple[Dossier, Stated, bool]]:
    """What notes may tell of a total, and whether its line cites them.

    Those of its own filing and of one that it amends; and, for it is in no total yet, what notes
    say of the lines just before it: where their totals show lots alone, of a plan and of what the
    total should count besides; of any movement where this total goes back behind them, or where
    theirs followed without it.
    """
    entry = case.entry
    for said in entry.dossier.statements:
        yield entry.dossier, said, said.note in entry.line.notes
    if case.amended is not None:
        for said in case.amended.statements:
            yield case.amended, said, False
    seen: set[str] = set()
    earlier = case.position.entries[: case.position.place(entry)]
    for one in takewhile(lambda e: e.lot or e.returned == entry, reversed(earlier)):
        for said in one.dossier.statements if one.dossier is not entry.dossier else ():
            ref, sense = f"{one.dossier.id}#{said.ref}", SENSES[said.kind]
            at_total = said.note in notes_on_total(one.dossier, one.line)
            told = sense.from_plan or (sense.moves and at_total) if one.lot else sense.moves
            told = told or rolled_in(one, said)
            if said.note in one.line.notes and told and ref not in seen:
                seen.add(ref)
                yield one.dossier, said, True
    for one in _of_the_last(case, earlier):
        for said in one.dossier.statements:
            ref, sense = f"{one.dossier.id}#{said.ref}", SENSES[said.kind]
            tells = sense.moves or sense.corrects
            if said.note in one.line.notes and tells and ref not in seen:
                seen.add(ref)
                yield one.dossier, said, False


def _of_the_last(case: Case, earlier: Sequence[Posting]) -> Iterator[Posting]:
    """The lines of the filing before, where its totals follow without what its notes tell."""
    last = [e for e in earlier if case.before and e.dossier is case.before.dossier]
    if case.apart and not case.across_gap and all(e.follows and not e.lot for e in last):
        yield from last


def _of_no_stock(dossier: Dossier, said: Stated, entry: Posting) -> bool:
    """Whether an amount on a line of stock is of options that lapsed or were forfeited."""
    if said.kind != "forfeiture" or entry.line.table != "I":
        return False
    return of_options(dossier.text_of(said.note)[said.start : said.end])


def _still_to_come(said: Stated, dossier: Dossier) -> bool:
    """Whether a note dates a movement after its form was signed, or was public, whichever is later.

    A total cannot hold it: day, note or total is wrong, and nothing says which.
    """
    last = max((known_on(dossier), dossier.signed_on or date.min))
    begins, ends = said.effective_from, said.effective_to
    if begins is None:  # by a day that had not come, or for a period that had not ended
        return ends is not None and ends > last
    return begins > last


def _since(case: Case, said: Stated) -> Posting | None:
    """The last total since a movement that a note dates more than a year before this one.

    What a plan bought, or was given, may enter a later total than it should, within the year
    of its reports. After that the totals between were wrong, or this one counts it again.
    A month or a year is over as well, but of a plan's; a day since which it went on is not.
    """
    last, day = said.effective_to, case.entry.day
    over = said.precision in ("month", "year") and not SENSES[said.kind].from_plan
    over = over or last == said.effective_from
    if last is None or day is None or not over or day <= last + _A_YEAR:
        return None
    if _BEGAN.search(case.entry.dossier.quote(said)):
        return None
    earlier = case.position.entries[: case.position.place(case.entry)]
    totals = (e for e in reversed(earlier) if e.claim is not None and not e.aside)
    return next((e for e in totals if e.day and e.day > last), None)


def _followed_without(told: Candidate, total: Posting | None) -> Candidate:
    """A term in doubt where a total since its day followed without it."""
    if total is None:
        return told
    return told._replace(
        doubted=True, text=f"{told.text} (the total of {total.day} follows without it)"
    )


def _ended(case: Case, said: Stated, shares: Decimal) -> Posting | None:
    """The last line of the one vehicle that held just what a note says came from one, if any.

    Or of the plan that it names, of which the account may have grown to that without a row.
    """
    rolled, moved = rolled_over(case.entry, shares), SENSES[said.kind].keeps_interest
    if not (moved or rolled) or shares <= 0:
        return None
    silent = [
        p
        for p in case.siblings
        if all(e.dossier.known.at < case.entry.dossier.known.at for e in p.entries)
    ]
    told = set(words_of(vehicle_key(case.entry.dossier.text_of(said.note))))
    whole = [
        p
        for p in silent
        if p.balance == shares and (p.form != case.position.form or _named(p, told))
    ]
    if rolled or (not whole and left_a_plan(case.entry.dossier.text_of(said.note))):
        whole = [
            p
            for p in silent
            if names_plan(case.entry.dossier, said, p) and _may_have_grown(case, p, shares)
        ]
    return whole[0].entries[-1] if len(whole) == 1 else None


def _named(position: Position, told: set[str]) -> bool:
    """Whether a note has all the words by which a vehicle is told from others."""
    own = core_of(position.vehicle)[0] if names_a_vehicle(position.vehicle) else frozenset()
    return bool(own) and own <= told


def _may_have_grown(case: Case, position: Position, shares: Decimal) -> bool:
    """Whether a plan's account had so many, or what it had last and may have gained since."""
    held = position.balance or ZERO
    last, day = position.entries[-1].day, case.entry.day
    return held == shares or (held > 0 and accrued_since(last, day, shares, held))


def _readings_of(dossier: Dossier, said: Stated, is_cited: bool, line: Line) -> Iterator[Candidate]:
    assert said.shares is not None
    group = f"{dossier.id}#{said.ref}"
    extra = _extra(said.kind)
    cost = (costs.CITED if is_cited else costs.UNCITED) + extra
    text = dossier.quote(said)
    if not is_cited and _in_the_other_table(dossier, said, line):
        return
    own = given_to(dossier, said, line)
    for n, s in enumerate(
        [1] if own or in_this_total(dossier, said, line) else ways(dossier, said, line)
    ):
        against = 0 if n == 0 or not is_cited else costs.WRONG_WAY
        yield Candidate(
            shares=s * said.shares,
            cost=cost + against,
            kind=said.kind,
            code=CODES[said.kind],
            source=group,
            text=text,
            group=group,
            stated=SENSES[said.kind].moves
            and (is_cited or (own and not _told_there(said, line, dossier))),
            finding=None,
            effective_from=said.effective_from,
            effective_to=said.effective_to,
            basis="inferred" if extra or against else "stated",
        )
    if any(line.shares == said.shares for line in dossier.lines if not line.holding) and is_cited:
        yield Candidate(
            shares=ZERO,
            cost=costs.SAME_SHARES,
            kind="same-shares",
            code="EXPL_SAME_SHARES",
            source=group,
            text=text,
            group=group,
            stated=True,
            basis="stated",
        )


def _in_the_other_table(dossier: Dossier, said: Stated, line: Line) -> bool:
    """Whether a row of the other table cites a note and moves its shares: then no share of this one's."""
    citing = [other for other in dossier.lines if said.note in other.notes]
    return bool(citing) and all(
        other.table != line.table and not other.holding and other.shares == said.shares
        for other in citing
    )


def _extra(kind: str) -> int:
    """What a statement costs as a movement beyond being stated, where it usually is none."""
    if kind == "composition":
        return costs.COMPOSITION
    if kind == "exclusion":
        return costs.EXCLUSION
    return costs.PREVIOUSLY_REPORTED if kind == "previously-reported" else 0


def _entered(case: Case, said: Stated) -> bool:
    """Whether shares that a note says a total holds, or leaves out, came in or went just now.

    That the number equals a difference is a coincidence. The note says it itself where it
    sets the total beside earlier ones; else a later total has to stay at the new level, and
    an earlier note on the position to have put these shares on the other side, or another
    number of them into the total. Or the form lists just these in its other table, for the first time.
    """
    if said.direction is not None or _listed_apart(case, said) or came_on(case, said):
        return True
    if any(came(case, said) for came in (from_a_plan_apart, bought_by_a_plan, earned_beyond)):
        return True
    later = case.position.confirming(case.entry)
    if later is None or later.dossier is case.entry.dossier:
        return False
    if case.before is not None and case.before.delta == -(said.shares or ZERO):
        return False  # they left by the row before: a total that has them forgets it
    place = case.position.place(case.entry)
    return any(
        _bears_out(one, said)
        for earlier in case.position.entries[:place]
        for one in earlier.dossier.statements
        if one.note in earlier.line.notes
        if one.shares and one.kind in ("composition", "exclusion")
    )


def _bought_there(case: Case, said: Stated) -> bool:
    """Whether a plan's own vehicle holds shares of which a note says that they were bought on a day.

    Plans buy without a row. What was bought is in no total yet that is older than that.
    """
    words, before = case.entry.dossier.quote(said), case.before
    if said.kind != "composition" or not plan_key(case.position.vehicle):
        return False
    told = dates(words, 0, len(words)) if _BOUGHT.search(words) else []
    since = before.day if before is not None else None
    return since is not None and any(w.effective_from and since < w.effective_from for w in told)


_BOUGHT = re.compile(r"\b(?:purchas|bought|acqui|allocat|credit)", re.IGNORECASE)


def _new_in_the_plan(case: Case, said: Stated) -> bool:
    """Whether a plan's own vehicle counts shares now of which a note says that reports left them out."""
    counted = said.kind == "composition" and said.direction == "acquired"
    return counted and bool(plan_key(case.position.vehicle))


def _by_the_plan(candidate: Candidate) -> Candidate:
    """What a plan's own vehicle is said to have bought: a movement, not only what a total holds."""
    kind = "espp-purchase"
    return candidate._replace(cost=costs.CITED, kind=kind, code=CODES[kind], basis="stated")


def _listed_apart(case: Case, said: Stated) -> bool:
    """Whether a form begins a holding in the other table with what a note says totals had in them."""
    entry = case.entry
    return said.kind in ("previously-reported", "exclusion") and any(
        p.table != case.position.table and p.opened == said.shares
        for p in case.holdings
        for first in p.entries[:1]
        if first.dossier is entry.dossier and first.opening
    )


def _bears_out(earlier: Stated, said: Stated) -> bool:
    """Whether what an earlier total held, or left out, makes the shares of a note news here.

    That a total left out another number before says nothing: what is never counted in it is
    another's, and was not in it either.
    """
    if earlier.kind != said.kind:
        return earlier.shares == said.shares
    return said.kind == "composition" and earlier.shares != said.shares


def _told_there(said: Stated, line: Line, dossier: Dossier) -> bool:
    """Whether a note of a line's own tells of as many shares: one on another line tells of the same."""
    return any(o.note in line.notes and o.shares == said.shares for o in dossier.statements)
