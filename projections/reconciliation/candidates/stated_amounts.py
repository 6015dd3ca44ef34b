"""What could close a difference: the terms, each supplied by a small rule.

A supplier looks at one broken claim and offers candidates: a stated amount, the mirror
image in another vehicle, a split, a known slip of the pen. It never decides; the search
in `explanation` weighs all that is offered by cost, in tenths, lowest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.statements import SENSES
from ledger.types import grouped
from projections.corporate_actions.splits import added, spoken
from projections.filings.records import ZERO, Dossier, Line, Stated
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.traces import Split
from projections.reconciliation.case import Candidate, Case

EXPLICIT = 10
"""The highest cost, in tenths, of a term that a filing states in so many words."""

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
    "exclusion": "EXPL_SCOPE_CHANGE",
    "reporting-withdrawal": "EXPL_SCOPE_CHANGE",
    "report-correction": "EXPL_PRIOR_CORRECTION",
    "composition": "EXPL_VEST_COMPOSITION",
    "previously-reported": "EXPL_SAME_SHARES",
}
"""By kind of statement, the explanation that an amount of it gives."""

_EXTRA_COST = {"composition": 12, "exclusion": 8, "previously-reported": 12}
"""What a statement costs as a movement beyond being stated: these usually are none."""


# --- stated amounts ---------------------------------------------------------------


def stated(case: Case) -> Iterator[Candidate]:
    """Every amount the filing's notes state, with the signs it can have here.

    Notes the line itself cites come first; those on other lines, or class-wide, cost more.
    An amount equal to a row's own is also offered as the same shares, adding nothing.
    """
    entry = case.entry
    cited = entry.line.notes
    dossiers = [entry.dossier] if case.amended is None else [entry.dossier, case.amended]
    for dossier in dossiers:
        for said in dossier.statements:
            if said.shares is None or said.kind not in CODES:
                continue
            described = SENSES[said.kind].describes_total
            is_cited = dossier is entry.dossier and said.note in cited
            for candidate in _readings_of(dossier, said, is_cited, entry.line):
                doubted = described and bool(candidate.shares) and not _entered(case, said)
                yield candidate._replace(doubted=doubted)


def _readings_of(dossier: Dossier, said: Stated, is_cited: bool, line: Line) -> Iterator[Candidate]:
    assert said.shares is not None
    code = CODES[said.kind]
    group = f"{dossier.id}#{said.ref}"
    cost = (5 if is_cited else 9) + _EXTRA_COST.get(said.kind, 0)
    text = dossier.quote(said)
    for n, s in enumerate(_signs(said, line)):
        against = 0 if n == 0 or not is_cited else 10
        yield Candidate(
            s * said.shares,
            cost + against,
            said.kind,
            code,
            group,
            text,
            group,
            SENSES[said.kind].moves and is_cited,
            None,
            said.effective_from,
            said.effective_to,
        )
    if any(line.shares == said.shares for line in dossier.lines if not line.holding) and is_cited:
        yield Candidate(ZERO, 5, "same-shares", "EXPL_SAME_SHARES", group, text, group, True)


def _entered(case: Case, said: Stated) -> bool:
    """Whether shares that a note says a total holds, or leaves out, came in or went just now.

    That the number equals a difference is a coincidence. The note says it itself where it
    sets the total beside earlier ones; else a later total has to stay at the new level, and
    an earlier note on the position to have put these shares on the other side, or another
    number of them on this.
    """
    if said.direction is not None:
        return True
    later = case.position.confirming(case.entry)
    if later is None or later.dossier is case.entry.dossier:
        return False
    place = case.position.place(case.entry)
    return any(
        (one.kind == said.kind) != (one.shares == said.shares)
        for earlier in case.position.entries[:place]
        for one in earlier.dossier.statements
        if one.note in earlier.line.notes
        if one.shares and one.kind in ("composition", "exclusion")
    )


def _signs(said: Stated, line: Line) -> list[int]:
    """The signs an amount can have on a line, the likelier first.

    An annuity comes to the grantor, so it leaves the trust's own line.
    """
    if said.kind == "annuity-return":
        return [1, -1] if line.ownership == "direct" else [-1, 1]
    sense = SENSES[said.kind]
    told = {"acquired": 1, "disposed": -1}.get(said.direction or "", 0)
    sign = (told or sense.sign) if sense.describes_total else (sense.sign or told)
    if not sign:
        return [1, -1]
    either_way = sense.keeps_interest or sense.corrects
    return [sign, -sign] if either_way else [sign]


# --- the other side ---------------------------------------------------------------


def mirrored(case: Case) -> Iterator[Candidate]:
    """What other vehicles of the same owners and class gained or lost without a row.

    The mirror image of a change of form: an unexplained difference of opposite sign, a
    position that first appears with a balance nobody moved, or one that ends. Where the
    two sides are a row's own movement, or both return to line, a line stands wrong.
    """
    for position in case.siblings:
        for entry in position.entries:
            moved = entry.residual or (entry.opening and position.opened)
            apart = _apart(case.entry, entry) if moved else None
            if apart is not None:
                yield from _mirror(case, position, entry, apart)
        last = position.balance
        if last and case.entry.residual == last and not _later(position, case.entry):
            yield _whole(case, position, last)


def _whole(case: Case, position: Position, last: Decimal) -> Candidate:
    """A vehicle that ended: all it held came here, or the line is about it in truth.

    It is, where the line disposes of just what the other one held, and more than was here:
    then no share need have moved between the two.
    """
    entry, slip = case.entry, None
    if entry.delta == -last and entry.expected is not None and entry.expected < 0:
        slip = "DI_SWAP" if position.form != case.position.form else "WRONG_VEHICLE"
    noted = _form_change_noted(entry.dossier)
    held = f"the whole {grouped(last)} that was last in {named(position)}"
    return Candidate(
        last,
        7 if noted else 12 if slip else 22,
        "change-of-form",
        "EXPL_FILER_ERROR" if slip and not noted else "EXPL_FORM_CHANGE",
        reference(position.entries[-1]),
        f"the line disposes of {held}" if slip and not noted else held,
        f"whole:{position.number}",
        finding=None if noted else slip,
    )


def _mirror(
    case: Case, position: Position, entry: Posting, apart: timedelta
) -> Iterator[Candidate]:
    mine, together = case.entry, entry.dossier is case.entry.dossier
    near = 15 if together else 20 + apart.days // 200
    group = f"sibling:{position.number}:{entry.dossier.id}:{entry.line.ref}"
    if entry.opening and position.opened and entry.prior is None:
        amounts = [position.opened]
        near += 3
    else:
        amounts = [entry.residual, *_without_splits(case, entry)]
    slip = None
    if together and not _form_change_noted(mine.dossier):
        both_return = entry.returned is not None and mine.returned is not None
        own = (
            entry.residual == -mine.residual
            and mine.residual in (-mine.delta, entry.delta)
            and mine.residual
        )
        if both_return or own:
            slip = "DI_SWAP" if position.form != case.position.form else "WRONG_VEHICLE"
    if entry.returned is not None and slip is None:
        return
    for moved in dict.fromkeys(amounts):
        if not moved or _spent(case, entry, moved):
            continue
        cost = 12 if slip else 7 if _form_change_noted(mine.dossier, entry.dossier) else near
        annuity = not slip and _annuity_noted(case, position, entry, moved)
        yield Candidate(
            -moved,
            cost,
            "annuity-return" if annuity else "change-of-form",
            "EXPL_FILER_ERROR"
            if slip
            else "EXPL_ANNUITY_RETURN"
            if annuity
            else "EXPL_FORM_CHANGE",
            reference(entry),
            f"{grouped(abs(moved))} {'entered' if moved > 0 else 'left'} {named(position)} without a row",
            group,
            finding=slip,
            sibling=entry,
        )


def _spent(case: Case, entry: Posting, moved: Decimal) -> bool:
    """Whether the other side's movement is told for already, and can be no mirror here.

    The note under its total gives another cause, or the same filing shows its mirror image
    on this position, in another line than the one to explain.
    """
    causes = {
        s.shares
        for s in entry.dossier.statements
        if s.note in entry.line.notes and SENSES[s.kind].from_plan
    }
    return abs(moved) in causes or any(
        e != case.entry
        and e.dossier is entry.dossier
        and case.rulings.on(e).verdict == "explained"
        and e.residual == -moved
        for e in case.position.entries
    )


def _without_splits(case: Case, entry: Posting) -> Iterator[Decimal]:
    """A sibling's difference less what a split made of its balance."""
    if entry.prior and entry.residual:
        for known in relevant_splits(case):
            for base in {entry.prior, entry.prior + entry.delta}:
                yield entry.residual - base * (known.ratio - 1)


def _form_change_noted(*dossiers: Dossier) -> bool:
    return any(SENSES[s.kind].keeps_interest for d in dossiers for s in d.statements)


def _annuity_noted(case: Case, position: Position, entry: Posting, moved: Decimal) -> bool:
    """Whether a note on either side says that an annuity trust paid its grantor."""
    source, grantor = (position, case.position) if moved < 0 else (case.position, position)
    dossiers = (case.entry.dossier, entry.dossier)
    return (
        source.form != "direct"
        and grantor.form == "direct"
        and any(
            s.kind == "annuity-return" and s.shares in (None, abs(moved))
            for d in dossiers
            for s in d.statements
        )
    )


def _apart(one: Posting, other: Posting) -> timedelta | None:
    if one.dossier is other.dossier:
        return timedelta()
    if one.day is None or other.day is None:
        return None
    apart = abs(one.day - other.day)
    return apart if apart <= timedelta(days=400) else None


def _later(position: Position, entry: Posting) -> bool:
    last = position.entries[-1]
    return last.dossier is entry.dossier or (last.day or date.min) > (entry.day or date.min)


def named(position: Position) -> str:
    """A position as a sentence names it, beside another one of its owner."""
    if position.form == "direct":
        return "the direct holding"
    return f"the indirect holding “{position.nature}”" if position.nature else "an indirect holding"


# --- numbers that an amendment took back --------------------------------------------


def uncorrected(case: Case) -> Iterator[Candidate]:
    """Totals that go on from what an earlier filing said before it was amended."""
    for entry in case.position.entries:
        if entry == case.entry:
            return
        was = case.restated.get(id(entry.line))
        if was is None:
            continue
        old, new = was.shares_after, entry.line.shares_after
        gaps = {
            old - new if old is not None and new is not None else ZERO,
            was.movement - entry.line.movement,
        }
        for gap in sorted(gaps - {ZERO}):
            words = f"goes on from what {reference(entry)} said before it was amended"
            yield Candidate(
                gap,
                12,
                "prior-report",
                "EXPL_PRIOR_CORRECTION",
                reference(entry),
                words,
                "uncorrected",
            )


# --- splits -----------------------------------------------------------------------


def relevant_splits(case: Case) -> list[Split]:
    """The issuer's splits that can lie between the claim before and this one."""
    entry = case.entry
    begins = (case.before.day if case.before else None) or date.min
    ends = max(entry.day or date.min, entry.dossier.day or date.min)
    return [s for s in case.splits if (s.after <= ends and begins <= s.before) or s.shows_in(entry)]


def split(case: Case, known: Split, rest: Decimal, moved: Decimal) -> Iterator[Candidate]:
    """A split that closes what other terms leave, taken before or after each of them."""
    entry = case.entry
    if not entry.prior:
        return
    bases = {
        entry.prior,
        entry.prior + entry.delta,
        entry.prior + moved,
        entry.prior + entry.delta + moved,
    }
    if not any(abs(gap - rest) < 1 for base in bases for gap in added(base, known.ratio)):
        return
    sources = [ref for _, ref, _ in known.noted] or sorted(
        {reference(t.entry) for t in (*known.traces, *known.laggards)}
    )
    words = (
        known.noted[0][2]
        if known.noted
        else f"{len(known.traces)} positions changed {spoken(known.ratio)}"
    )
    yield Candidate(
        rest,
        7 if known.noted else 10,
        "split",
        "EXPL_SPLIT",
        ", ".join(sources[:4]),
        words,
        "split",
        effective_from=known.after,
        effective_to=known.before,
    )


def siblings_of(position: Position, folded: Folded) -> list[Position]:
    """The owners' other positions in the same class of the same table."""
    return [
        p
        for p in folded.positions_of(position.owners)
        if p is not position
        and (p.table, p.unit) == (position.table, position.unit)
        and p.entries
        and same_class(p.tokens, position.tokens) is not False
        and (p.table == "I" or p.series == position.series)
    ]
