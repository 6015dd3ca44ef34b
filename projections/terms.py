"""What could close a difference: the terms, each supplied by a small rule.

A supplier looks at one broken claim and offers candidates: a stated amount, the mirror
image in another vehicle, a split, a known slip of the pen. It never decides; the search
in `explanation` weighs all that is offered by cost, in tenths, lowest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from ledger.codes import expected_direction
from ledger.types import plain
from projections.digits import lengthened, mistyped, swapped
from projections.identity import same_class
from projections.lines import ZERO, Dossier, Stated
from projections.splits import Split, split_gap
from projections.timelines import Entry, Position


class Candidate(NamedTuple):
    """One possible term: signed shares, cost in tenths, words and source.

    Candidates of one `group` exclude each other. `stated` counts it among the amounts
    a note states, `finding` names the filer's error it would show, `sibling` the entry
    on the other side.
    """

    shares: Decimal
    cost: int
    kind: str
    code: str
    source: str
    text: str
    group: str
    stated: bool = False
    finding: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    sibling: Entry | None = None


class Case(NamedTuple):
    """A broken claim and everything a supplier may look at."""

    entry: Entry
    position: Position
    before: Entry | None
    siblings: list[Position]
    splits: list[Split]
    habits: list[Candidate]


EXPLICIT = 10
"""The highest cost, in tenths, of a term that a filing states in so many words."""

_CODES = {
    "espp-purchase": ("EXPL_PLAN_PURCHASE", 1),
    "dividend-reinvestment": ("EXPL_REINVESTMENT", 1),
    "plan-units": ("EXPL_PLAN_ACCRUAL", 1),
    "trust-contribution": ("EXPL_FORM_CHANGE", -1),
    "form-change": ("EXPL_FORM_CHANGE", 0),
    "distribution": ("EXPL_TRUST_DISTRIBUTION", 0),
    "court-transfer": ("EXPL_COURT_TRANSFER", 0),
    "gift-note": ("EXPL_GIFT", 0),
    "forfeiture": ("EXPL_FORFEITURE", -1),
    "exclusion": ("EXPL_SCOPE_CHANGE", -1),
    "reporting-withdrawal": ("EXPL_SCOPE_CHANGE", -1),
    "report-correction": ("EXPL_PRIOR_CORRECTION", 0),
    "composition": ("EXPL_VEST_COMPOSITION", 1),
    "previously-reported": ("EXPL_SAME_SHARES", 0),
}
_EXTRA_COST = {"composition": 12, "exclusion": 8, "previously-reported": 12}
"""What a statement costs as a movement beyond being stated: these usually are none."""

_MOVING = frozenset(
    {
        "espp-purchase",
        "dividend-reinvestment",
        "trust-contribution",
        "form-change",
        "distribution",
        "court-transfer",
        "gift-note",
        "forfeiture",
    }
)
"""Statements of movement: left unused, they speak against an explanation."""


# --- stated amounts ---------------------------------------------------------------


def stated(case: Case) -> Iterator[Candidate]:
    """Every amount the filing's notes state, with the signs it can have here.

    Notes the line itself cites come first; those on other lines, or class-wide, cost more.
    An amount equal to a row's own is also offered as the same shares, adding nothing.
    """
    entry = case.entry
    cited = {id for ids in entry.line.cited.values() for id in ids}
    for said in entry.dossier.statements:
        if said.shares is None or said.kind not in _CODES:
            continue
        yield from _readings_of(case, said, said.note in cited)


def _readings_of(case: Case, said: Stated, is_cited: bool) -> Iterator[Candidate]:
    entry, dossier = case.entry, case.entry.dossier
    assert said.shares is not None
    code, sign = _CODES[said.kind]
    group = f"{dossier.id}#{said.ref}"
    cost = (5 if is_cited else 9) + _EXTRA_COST.get(said.kind, 0)
    text = dossier.text_of(said.note)[said.start : said.end]
    signs = [sign] if sign else [{"acquired": 1, "disposed": -1}.get(said.direction or "", 0)]
    if signs == [0]:
        signs = [1, -1]
    elif said.kind in ("trust-contribution", "form-change", "distribution", "report-correction"):
        signs.append(-signs[0])
    for n, s in enumerate(signs):
        against = 0 if n == 0 or not is_cited else 10
        yield Candidate(
            s * said.shares,
            cost + against,
            said.kind,
            code,
            group,
            text,
            group,
            said.kind in _MOVING and is_cited,
            None,
            said.effective_from,
            said.effective_to,
        )
    if any(line.shares == said.shares for line in dossier.lines if not line.holding) and is_cited:
        yield Candidate(ZERO, 5, "same-shares", "EXPL_SAME_SHARES", group, text, group, True)


# --- the other side ---------------------------------------------------------------


def mirrored(case: Case) -> Iterator[Candidate]:
    """What other vehicles of the same owners and class gained or lost without a row.

    The mirror image of a change of form: an unexplained difference of opposite sign, a
    position that first appears with a balance nobody moved, or one that ends.
    """
    for position in case.siblings:
        for entry in position.entries:
            apart = _apart(case.entry, entry)
            if apart is None:
                continue
            near = 15 if entry.dossier is case.entry.dossier else 20 + apart.days // 200
            moved = entry.residual
            if entry.opening and position.opened and entry.prior is None:
                moved, near = position.opened, near + 3
            if not moved or moved * case.entry.residual >= 0 or entry.returned is not None:
                continue
            noted = _form_change_noted(case.entry.dossier, entry.dossier)
            yield Candidate(
                -moved,
                7 if noted else near,
                "change-of-form",
                "EXPL_FORM_CHANGE",
                f"{entry.dossier.id}#{entry.line.ref}",
                f"{plain(abs(moved))} {'entered' if moved > 0 else 'left'} {_name(position)} without a row",
                f"sibling:{position.number}:{entry.dossier.id}:{entry.line.ref}",
                sibling=entry,
            )
        last = position.balance
        if last and case.entry.residual == last and not _later(position, case.entry):
            yield Candidate(
                last,
                22,
                "change-of-form",
                "EXPL_FORM_CHANGE",
                _source(position.entries[-1]),
                f"the whole {plain(last)} last reported {_name(position)}",
                f"whole:{position.number}",
            )


_FORM_CHANGES = frozenset({"trust-contribution", "form-change", "distribution"})


def _form_change_noted(*dossiers: Dossier) -> bool:
    return any(s.kind in _FORM_CHANGES for d in dossiers for s in d.statements)


def _apart(one: Entry, other: Entry) -> timedelta | None:
    if one.dossier is other.dossier:
        return timedelta()
    if one.day is None or other.day is None:
        return None
    apart = abs(one.day - other.day)
    return apart if apart <= timedelta(days=400) else None


def _later(position: Position, entry: Entry) -> bool:
    last = position.entries[-1]
    return last.dossier is entry.dossier or (last.day or date.min) > (entry.day or date.min)


def _name(position: Position) -> str:
    if position.form == "direct":
        return "the direct holding"
    return f"the indirect holding “{position.nature}”" if position.nature else "an indirect holding"


def _source(entry: Entry) -> str:
    return f"{entry.dossier.id}#{entry.line.ref}"


# --- splits -----------------------------------------------------------------------


def split(case: Case) -> Iterator[Candidate]:
    """A split of the issuer that other positions or a note prove."""
    for known in case.splits:
        traced = any(t.entry is case.entry for t in known.traces)
        gap = split_gap(case.entry, known.ratio)
        if gap is None or not traced:
            continue
        sources = [ref for _, ref, _ in known.noted] or sorted(
            {_source(t.entry) for t in known.traces}
        )
        words = (
            known.noted[0][2]
            if known.noted
            else f"{len(known.traces)} positions changed by {plain(known.ratio)}"
        )
        yield Candidate(
            gap,
            7 if known.noted else 10,
            "split",
            "EXPL_SPLIT",
            ", ".join(sources[:4]),
            words,
            "split",
            effective_from=known.after,
            effective_to=known.before,
        )


# --- slips of the pen -------------------------------------------------------------

Closer = Callable[[Case, Decimal], Iterator[Candidate]]


def _slip(kind: str, shares: Decimal, source: str, text: str, cost: int = 40) -> Candidate:
    return Candidate(
        shares, cost, "filer-error", "EXPL_FILER_ERROR", source, text, "slip", finding=kind
    )


def own_row(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The line's own movement left out, applied twice, or applied the wrong way."""
    entry, delta = case.entry, case.entry.delta
    if not delta:
        return
    here, size = _source(entry), plain(abs(delta))
    if gap == -2 * delta:
        contradicts = expected_direction(entry.line.code, "II" if entry.line.table == "II" else "I")
        against = contradicts is not None and contradicts != entry.line.direction
        yield _slip(
            "AD_CODE_CONTRADICTION",
            gap,
            here,
            f"the total moves {size} the other way",
            5 if against else 35,
        )
    if gap == -delta:
        yield _slip("MISSED_OWN_ROW", gap, here, f"the total leaves this line's {size} out", 36)
    if gap == delta:
        yield _slip(
            "DOUBLE_APPLIED_ROW", gap, here, f"the total applies this line's {size} twice", 38
        )


def previous_row(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """The movement before this one left out, or applied again."""
    before = case.before
    if before is None or not before.delta:
        return
    last, size = _source(before), plain(abs(before.delta))
    sums = {before.delta}
    if before.dossier is not case.entry.dossier:
        sums.add(sum((e.delta for e in case.position.entries if e.dossier is before.dossier), ZERO))
    if -gap in sums:
        yield _slip(
            "PRIOR_ROW_OMITTED",
            gap,
            last,
            f"the total leaves out the {plain(abs(gap))} before it ({size})",
            38,
        )
    if gap in sums:
        yield _slip(
            "PRIOR_ROW_DOUBLED",
            gap,
            last,
            f"the total applies the {plain(abs(gap))} before it again ({size})",
            39,
        )


def digits(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total, or a movement, written with swapped, dropped, added or mistyped digits."""
    entry = case.entry
    assert entry.claim is not None and entry.expected is not None
    here, meant = _source(entry), entry.claim - gap
    if meant < 0:
        return
    if swapped(entry.claim, meant):
        yield _slip(
            "TRANSPOSED_DIGITS",
            gap,
            here,
            f"{plain(entry.claim)} for {plain(meant)}: two digits changed places",
            30,
        )
    elif lengthened(entry.claim, meant):
        yield _slip(
            "MAGNITUDE_ERROR",
            gap,
            here,
            f"{plain(entry.claim)} for {plain(meant)}: a digit too few or too many",
            32,
        )
    amount, moved = entry.line.shares, abs(entry.delta + gap)
    if amount and entry.delta and (entry.delta + gap) * entry.delta > 0:
        if swapped(amount, moved):
            yield _slip(
                "TRANSPOSED_DIGITS",
                gap,
                here,
                f"the amount {plain(amount)} should be {plain(moved)}: two digits changed places",
                31,
            )
        elif lengthened(amount, moved):
            yield _slip(
                "MAGNITUDE_ERROR",
                gap,
                here,
                f"the amount {plain(amount)} should be {plain(moved)}: a digit too few or too many",
                33,
            )


def only_the_lot(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that shows only the lot that moved."""
    entry = case.entry
    if entry.prior and entry.delta and entry.claim == abs(entry.delta) and gap == entry.residual:
        yield _slip(
            "LOT_ONLY",
            gap,
            _source(entry),
            f"the total shows only the {plain(entry.claim)} of this line",
            30,
        )


def price_for_shares(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Shares typed where the price belongs, and the price where the shares belong."""
    line = case.entry.line
    if line.price and line.shares and line.direction and line.price != line.shares:
        meant = line.price if line.direction == "acquired" else -line.price
        if case.entry.delta + gap == meant:
            yield _slip(
                "PRICE_SUSPECT",
                gap,
                _source(case.entry),
                f"price {plain(line.price)} and shares {plain(line.shares)} changed places",
                20,
            )


def whole_class(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A total that adds the owner's other vehicles of the class."""
    if gap <= 0:
        return
    others = [p.balance for p in case.siblings if p.balance and p.form != case.position.form]
    if others and gap in {*others, sum(others, ZERO)}:
        yield Candidate(
            gap,
            25,
            "class-total",
            "EXPL_CONVENTION",
            _source(case.entry),
            "the total adds the owner's other holdings of the class",
            "scope",
        )


def rounding(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A fraction lost: less than two shares where fractions occur, else one at most."""
    entry, position = case.entry, case.position
    values = [e.claim for e in position.entries[-12:]] + [entry.claim, entry.prior, entry.delta]
    fractional = any(v is not None and v % 1 for v in values)
    if abs(gap) <= 1 and (fractional or position.table == "II" or abs(gap) == 1):
        yield Candidate(
            gap,
            10,
            "rounding",
            "EXPL_ROUNDING",
            _source(entry),
            "fractions rounded",
            "rounding",
            finding="ROUNDING",
        )


def lapse(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A derivative gone after its expiry: a lapse for no value needs no report."""
    entry, position = case.entry, case.position
    expiry = position.series[1]
    if (
        position.table == "II"
        and entry.claim == 0
        and gap < 0
        and expiry
        and (entry.day or date.min) >= expiry
    ):
        yield Candidate(
            gap,
            9,
            "lapse",
            "EXPL_LAPSE",
            _source(entry),
            f"expired on {expiry.isoformat()}",
            "lapse",
        )


CLOSERS: tuple[Closer, ...] = (
    own_row,
    previous_row,
    digits,
    only_the_lot,
    price_for_shares,
    whole_class,
    rounding,
    lapse,
)
"""Rules that look at what is left and offer one term that closes it exactly."""


# --- evidence without an amount ----------------------------------------------------

_UNQUANTIFIED = {
    "espp-purchase": "EXPL_PLAN_PURCHASE",
    "dividend-reinvestment": "EXPL_REINVESTMENT",
    "plan-units": "EXPL_PLAN_ACCRUAL",
    "report-correction": "EXPL_PRIOR_CORRECTION",
    "reporting-withdrawal": "EXPL_SCOPE_CHANGE",
    "distribution": "EXPL_TRUST_DISTRIBUTION",
    "form-change": "EXPL_FORM_CHANGE",
    "trust-contribution": "EXPL_FORM_CHANGE",
}
_UPWARD = frozenset({"espp-purchase", "dividend-reinvestment"})


def unquantified(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """A note on this line that names the cause and leaves the amount to the total."""
    entry = case.entry
    cited = {id for ids in entry.line.cited.values() for id in ids}
    for said in entry.dossier.statements:
        code = _UNQUANTIFIED.get(said.kind)
        if code is None or said.shares is not None or said.note not in cited:
            continue
        if said.kind in _UPWARD and (gap < 0 or (entry.prior and gap > entry.prior)):
            continue
        text = entry.dossier.text_of(said.note)[said.start : said.end]
        group = f"{entry.dossier.id}#{said.ref}"
        yield Candidate(gap, 15, said.kind, code, group, text, group)


_PLAN = (
    "401k",
    "esop",
    "deferred",
    "pension",
    "savings",
    "retirement",
    "espp",
    "drip",
    "reinvestment",
    "ira",
    "serp",
    "thrift",
)


def plan_accrual(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Units that a plan adds without a row: a modest rise of a plan's own vehicle."""
    entry, vehicle = case.entry, case.position.vehicle
    if (
        gap > 0
        and entry.prior
        and gap <= entry.prior / 2
        and any(word in vehicle.split() for word in _PLAN)
    ):
        yield Candidate(
            gap,
            16,
            "plan-units",
            "EXPL_PLAN_ACCRUAL",
            _source(entry),
            f"accrual in the plan: “{case.position.nature}”",
            "plan",
        )


def habit(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """An amount that was proven here before: the plan's usual lot."""
    for known in case.habits:
        if known.shares == gap or known.shares * 2 == gap:
            yield known._replace(
                shares=gap, cost=30, text=f"as before: {known.text}", group="habit", stated=False
            )


SOFT_CLOSERS: tuple[Closer, ...] = (unquantified, plan_accrual, habit)
"""Rules whose term fits any size, and so proves less than an exact one."""


def siblings_of(position: Position, positions: Iterable[Position]) -> list[Position]:
    """The owners' other positions in the same class of the same table."""
    return [
        p
        for p in positions
        if p is not position
        and p.table == position.table
        and p.entries
        and p.owners & position.owners
        and same_class(p.tokens, position.tokens) is not False
        and (p.table == "I" or p.series == position.series)
    ]
