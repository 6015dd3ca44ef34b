"""What could close a difference although nobody states how much: notes, plans, habits.

A term here fits any size, so it proves less than an amount that a filing states: it may
stand only beside stated ones, and what it brings is bounded by what its cause can bring.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import takewhile

from ledger.addresses import note_ref
from ledger.footnotes.plan_exits import came_into_a_plan, left_a_plan, now_direct, united
from ledger.footnotes.untold_amounts import counts_others
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.marks import notes_on_total
from projections.filings.records import ZERO, Dossier, Stated
from projections.identity.plans import may_be_renamed, plan_key
from projections.identity.securities import accrues_dividends
from projections.identity.vehicles import holder_key, holder_words
from projections.positions.class_totals import out_of_report
from projections.positions.digits import never_by_chance
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.candidates.award_outcomes import outcome
from projections.reconciliation.candidates.corrected_numbers import may_correct
from projections.reconciliation.candidates.ownership_transfers import counterpart_line
from projections.reconciliation.candidates.plan_bounds import (
    accounts_ended,
    accrues,
    brings_nothing,
    cannot_accrue,
    counts_fewer,
    gains_on,
    in_dollars,
    may_be_deferred_pay,
    names_plan,
    of_a_fund,
    paid_in,
    plan_allows,
    reinvests,
    reinvests_regularly,
    told_as_of,
)
from projections.reconciliation.candidates.plan_withdrawals import tells_out, withdrawn
from projections.reconciliation.candidates.slip_terms import passed_slipped
from projections.reconciliation.candidates.stated_amounts import CODES
from projections.reconciliation.candidates.told_movements import told_again, told_as
from projections.reconciliation.candidates.total_meanings import Closer
from projections.reconciliation.case import Candidate, Case

UNQUANTIFIED = "EXPL_NOTE_UNQUANTIFIED"
"""The code of a note that names the cause and leaves the amount to the total."""

CAUSES = {kind: code for kind, code in CODES.items() if SENSES[kind].cause}
"""By kind of statement, the code it would have if it gave the amount."""


def cause_of(term: Candidate) -> str:
    """What a term says happened, whether or not a note gives the amount."""
    told = CAUSES[term.kind] if term.code == UNQUANTIFIED else term.finding or term.code
    if told in _PAID_INTO_PLANS and (term.code == UNQUANTIFIED or not term.stated):
        return "EXPL_PLAN_ACCRUAL"
    between = told in _BETWEEN_HOLDINGS or (term.kind == "change-of-form" and not term.finding)
    return "EXPL_FORM_CHANGE" if between else told


_BETWEEN_HOLDINGS = frozenset({"EXPL_ANNUITY_RETURN", "EXPL_TRUST_DISTRIBUTION"})
"""Other names for shares that go from one of the owner's holdings to another one."""

_PAID_INTO_PLANS = frozenset({"EXPL_PLAN_PURCHASE", "EXPL_REINVESTMENT"})
"""What an account in a plan gains by payroll or dividends, where no note says how much."""


def unquantified(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A note on this line that names the cause and leaves the amount to the total.

    What one note says of it is one cause, whatever it calls it; the words with a day tell more.
    Across a long silence a standing note is doubted: a form that is missing is as likely. A slip of
    digits in the total is likelier than any amount that just makes it.
    """
    entry = case.entry
    slip = gap == entry.residual and never_by_chance(entry.claim or ZERO, entry.expected or ZERO)
    if entry.returned is not None or slip:
        return
    told: dict[tuple[str, str], Candidate] = {}
    for dossier, said in _told_of_total(case):
        if said.kind not in CAUSES or said.shares is not None:
            continue
        planned = SENSES[said.kind].from_plan
        if not (planned or SENSES[said.kind].moves) and SENSES[said.kind].sign * gap < 0:
            continue  # what is only left off a report raises no total
        options = case.position.series[0] is not None  # which no plan credits
        allowed = plan_allows(case, said, gap) if planned and not options else None
        if planned and allowed is None:
            continue
        if said.kind == "court-transfer" and (gap > 0) != (said.direction == "acquired"):
            continue
        if SENSES[said.kind].keeps_interest and _more_than_other(case, gap):
            continue
        if SENSES[said.kind].corrects and not may_correct(case, dossier.quote(said), gap):
            continue
        if said.kind == "reporting-withdrawal" and (
            _of_another_line(case) or (entry.claim and _told_in_shares(dossier, said))
        ):
            continue
        others = SENSES[said.kind].moves and counts_others(dossier.quote(said), gap)
        if others or _other_way(case, said, gap) or in_dollars(case, said, gap):
            continue
        group = f"{dossier.id}#{said.ref}"
        of_row = _of_its_row(entry, said) or (planned and brings_nothing(case, said))
        standing = of_row or stands_always(case.position, entry, dossier, said.note)
        happened = SENSES[said.kind].moves or SENSES[said.kind].corrects or not entry.claim
        found = Candidate(
            shares=gap,
            cost=costs.UNQUANTIFIED + (costs.STANDING if standing else 0),
            kind=said.kind,
            code=UNQUANTIFIED,
            source=group,
            text=dossier.quote(said),
            group=group,
            effective_from=said.effective_from if happened else None,
            effective_to=said.effective_to if happened else told_as_of(case, dossier, said),
            doubted=of_row or (standing and case.across_gap) or passed_slipped(entry, gap),
            bounded=allowed == "usual",
        )
        was = told.get(note := (dossier.id, said.note))
        if was is None or (said.effective_from and not was.effective_from):
            told[note] = found
    yield from told.values()


def _of_its_row(entry: Posting, said: Stated) -> bool:
    """Whether a row under the note tells what the note does: what moved is then the row's amount.

    A gift is told so only where the other side's row stands in the form: else it went to somebody
    else, and the note is of something else.
    """
    if not entry.delta or not told_as(entry, said):
        return False
    rows = (line.movement for line in entry.dossier.lines if not line.holding)
    return entry.line.code in ("I", "J") or -entry.delta in rows


def _told_of_total(case: Case) -> Iterator[tuple[Dossier, Stated]]:
    """What notes say of a total; of a plan also those on the totals before it that show lots alone."""
    entry = case.entry
    cited = notes_on_total(entry.dossier, entry.line)
    for said in entry.dossier.statements:
        if said.note in cited:
            yield entry.dossier, said
    earlier = case.position.entries[: case.position.place(entry)]
    for lot in takewhile(lambda e: e.lot, reversed(earlier)):
        cited = notes_on_total(lot.dossier, lot.line) if lot.dossier is not entry.dossier else []
        for said in lot.dossier.statements if cited else ():
            if said.note in cited and SENSES[said.kind].from_plan:
                yield lot.dossier, said


def _more_than_other(case: Case, gap: Decimal) -> bool:
    """Whether more than the other holding shows would have changed its form."""
    return (other := counterpart_line(case)) is not None and abs(gap) > abs(other.residual)


def _told_in_shares(dossier: Dossier, said: Stated) -> bool:
    """Whether the very sentence gives a number of shares: what ended with them left no others."""
    numbered = (o for o in dossier.statements if o.shares and o.note == said.note)
    return any(dossier.quote(one) == dossier.quote(said) for one in numbered)


def _of_another_line(case: Case) -> bool:
    """Whether the form lists a vehicle no more that had a line of its own: that is what is withdrawn.

    Not where the line is a vehicle's own, and lists nothing: then it is this one.
    """
    if case.position.form == "indirect" and not case.entry.claim:
        return False
    since = case.entry.dossier.known.at
    silent = (p for p in case.siblings if p.entries and p.entries[0].dossier.known.at < since)
    return any(p.balance and out_of_report(p, case.entry) for p in silent)


def _other_way(case: Case, said: Stated, gap: Decimal) -> bool:
    """Whether the total contradicts a note's way: of what left, or came, or was told too many or few."""
    sense = SENSES[said.kind]
    if said.kind == "annuity-return":
        return (gap > 0) != (case.position.form == "direct")  # the trust pays the one who made it
    binds = sense.corrects or (case.position.form == "direct" and sense.own_vehicle)
    return binds and said.direction is not None and (gap > 0) != (said.direction == "acquired")


def stands_always(position: Position, entry: Posting, dossier: Dossier, note: str) -> bool:
    """Whether the same words stand under another total of the position that follows without them.

    An initial statement's total follows nothing: under it the words told of no change either.
    """
    words = holder_words(dossier.text_of(note))
    return any(
        holder_words(other.dossier.text_of(cited)) == words
        for other in position.entries
        if entry.dossier is not other.dossier is not dossier and not other.residual
        if not other.opening or other.dossier.base_form == "3"
        for cited in other.line.notes
    )


def plan_accrual(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Units that a plan adds without a row: a modest rise of a plan's own vehicle, or a small fall.

    A rise of the row's own size, or of twice that against its letter, is a slip in the row. A fall
    is likely what the fund's cash takes; nothing shows it but a note that the number is reckoned.
    """
    entry = case.entry
    if not entry.prior or entry.returned is not None or _corrected(case) or tells_out(case, gap):
        return
    nature = case.position.nature
    if counts_fewer(case, gap):
        fewer = f"fewer shares for the same part of the plan's fund: “{nature}”"
        yield _in_plan(case, gap, fewer, doubted=not of_a_fund(case))
    elif gap < 0 and (told := _told_to_leave(case, -gap)):
        yield told
    elif gap < 0:
        yield from _rolled_out(case, gap)
    else:
        yield from _taken_in(case, gap)
    if abs(entry.delta) == gap or gap == -2 * entry.delta:
        return
    if accrues(case, gap) or gains_on(case, gap):
        yield _in_plan(case, gap, f"accrual in the plan: “{nature}”{_formerly(case)}")
    elif gap > 0 and (told := _told_to_come(case, gap)):
        yield told
    elif may_be_deferred_pay(case, gap):
        deferred = _in_plan(case, gap, f"pay put off into the plan: “{nature}”", doubted=True)
        yield deferred._replace(cost=costs.ACCRUAL + costs.STANDING)


def _told_to_leave(case: Case, shares: Decimal) -> Candidate | None:
    """That a note on a plan's own vehicle tells of a withdrawal or a loan, without a number."""
    entry = case.entry
    if not plan_key(case.position.vehicle) or shares > (entry.prior or 0):
        return None
    return _told_on(case, -shares, left_a_plan)


def _told_to_come(case: Case, shares: Decimal) -> Candidate | None:
    """That a note on a plan's own vehicle says by what it grew, without a number: no more than it may."""
    if not plan_key(case.position.vehicle) or not paid_in(case, shares):
        return None
    return _told_on(case, shares, came_into_a_plan)


def _told_on(case: Case, shares: Decimal, says: Callable[[str], bool]) -> Candidate | None:
    entry = case.entry
    note = next((n for n in entry.line.notes if says(entry.dossier.text_of(n))), None)
    if note is None or any(s.note == note and s.shares for s in entry.dossier.statements):
        return None
    direct, ref = shares < 0 and now_direct(entry.dossier.text_of(note)), note_ref(note, 1, 1)
    if not direct and any(f"#{ref}" in one.source for one in unquantified(case, shares)):
        return None  # it is told as what the note calls it
    return Candidate(
        shares=shares,
        cost=costs.UNQUANTIFIED,
        kind="form-change" if direct else "plan-units",
        code=UNQUANTIFIED,
        source=f"{entry.dossier.id}#{ref}",
        text=entry.dossier.text_of(note),
        group="plan",
        doubted=case.across_gap,
    )


def _rolled_out(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What a note of the form says went from the plan elsewhere, less what it gained meanwhile."""
    dossier, position = case.entry.dossier, case.position
    for said in dossier.statements:
        gained = gap + (said.shares or gap)
        if gained <= 0 or not SENSES[said.kind].from_plan or not accrues(case, gained):
            continue
        if left_a_plan(dossier.text_of(said.note)) and names_plan(dossier, said, position):
            words = f"{dossier.quote(said)} (and {grouped(gained)} came to it in the time)"
            yield _in_plan(case, gap, words)._replace(basis="stated")


def _taken_in(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The account of a plan that a note says became one with this one, and what both gained."""
    entry = case.entry
    said = next((s for s in entry.dossier.statements if _tells_of_one(case, s)), None)
    for account in accounts_ended(case) if said else ():
        last, held = account.entries[-1], account.balance or ZERO
        if said and accrues(case, gap - held):
            words = f"{entry.dossier.quote(said)} (the whole {grouped(held)} of the other, and {grouped(gap - held)} that both gained)"
            yield Candidate(
                shares=gap,
                cost=costs.FORM_CHANGE_NOTED,
                kind="change-of-form",
                code="EXPL_FORM_CHANGE",
                source=reference(last),
                text=words,
                group=f"whole:{account.number}",
                sibling=last,
                empties=True,
                basis="stated",
            )


def _tells_of_one(case: Case, said: Stated) -> bool:
    return (
        said.shares is None
        and SENSES[said.kind].from_plan
        and said.note in case.entry.line.notes
        and united(case.entry.dossier.text_of(said.note))
    )


def _corrected(case: Case) -> bool:
    """Whether a note on the total says, without an amount, that an earlier one is put right."""
    told = (said for _, said in _told_of_total(case) if said.shares is None)
    return any(SENSES[said.kind].corrects for said in told)


def _in_plan(case: Case, gap: Decimal, text: str, *, doubted: bool = False) -> Candidate:
    return Candidate(
        shares=gap,
        cost=costs.ACCRUAL,
        kind="plan-units",
        code="EXPL_PLAN_ACCRUAL",
        source=reference(case.entry),
        text=text,
        group="plan",
        doubted=doubted or cannot_accrue(case),
    )


def reinvested(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A fraction gained without a word, as dividends bring it: shown where totals do so regularly."""
    entry = case.entry
    if entry.prior and entry.returned is None and reinvests(case, gap) and abs(entry.delta) != gap:
        words = "as much as reinvested dividends bring, of which nothing tells"
        doubted = not reinvests_regularly(case, gap)
        yield _of_dividends(case, gap, costs.REINVESTED, words)._replace(doubted=doubted)


def equivalents(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What dividend equivalents accrued since their last total: told as they vest, without rows.

    Of what is paid beyond the last total this is sure to be true; a rise of just the row's own
    size under a total that could hold it is a slip in the row. Where rows tell of them, it is in doubt.
    """
    entry, held = case.entry, case.entry.prior or ZERO
    slip = gap in (entry.delta, -2 * entry.delta) or (gap == -entry.delta and gap <= held)
    if (
        gap > 0
        and not slip
        and entry.returned is None
        and accrues_dividends(entry.line.security or "")
    ):
        words = "dividend equivalents that accrued since the total before, of which no row tells"
        doubted = _told_by_rows(case)
        yield _of_dividends(case, gap, costs.ACCRUAL, words)._replace(doubted=doubted)


def _told_by_rows(case: Case) -> bool:
    """Whether rows have told of what accrued so far, time and again: then what no row tells is no habit."""
    earlier = case.position.entries[: case.position.place(case.entry)]
    return sum(e.delta > 0 and not e.residual for e in earlier) > 1


def _of_dividends(case: Case, gap: Decimal, cost: int, text: str) -> Candidate:
    return Candidate(
        shares=gap,
        cost=cost,
        kind="dividend-reinvestment",
        code=CODES["dividend-reinvestment"],
        source=reference(case.entry),
        text=text,
        group="reinvested",
    )


def _formerly(case: Case) -> str:
    """Words for a plan that the line before calls another sort of plan."""
    if case.before is None:
        return ""
    now, then = case.entry.line.nature, case.before.line.nature
    anew = may_be_renamed(holder_key(now), holder_key(then))
    return f", which the report before calls “{then}”" if anew else ""


def habit(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """An amount that was proven here before: the plan's usual lot, on a day that nobody tells.

    Not where the note tells of that very purchase again. Twice the usual lot that is just what
    the row moved may as well be the row, counted twice or not at all.
    """
    if told_again(case, gap):
        return
    as_the_row = abs(gap) == abs(case.entry.delta)
    for known in case.habits:
        if (
            known.kind in SENSES
            and SENSES[known.kind].from_plan
            and gap in (known.shares, known.shares * 2)
        ):
            yield known._replace(
                shares=gap,
                cost=costs.HABIT,
                text=f"as before: {known.text}",
                group="habit",
                stated=False,
                effective_from=None,
                effective_to=None,
                doubted=case.across_gap or (as_the_row and gap != known.shares),
                basis="inferred",
            )


SOFT_CLOSERS: tuple[Closer, ...] = (
    unquantified,
    plan_accrual,
    withdrawn,
    outcome,
    habit,
    equivalents,
    reinvested,
)
"""Rules whose term fits any size, and so proves less than an exact one."""
