"""First totals: what was held before them, inferred from them, and those that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ledger.codes import CODES, expected_direction
from ledger.footnotes.new_ties import begun
from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.filings.dates import gap_between
from projections.filings.marks import notes_on_total
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.chains import repeated, told_apart
from projections.positions.digits import lengthened, mistyped, swapped
from projections.positions.entries import Posting, reference
from projections.positions.grants_slipped import mistaken_for_amount, slip_of_a_grant
from projections.positions.line_words import AWARDS
from projections.positions.lot_totals import half_went, total_of_another
from projections.positions.position import Position
from projections.positions.rulings import Beginning


def openings(folded: Folded) -> Iterator[Finding]:
    """Balances before the first report, inferred from it.

    Nothing is inferred across a letter that contradicts its code: on which side of the
    total the balance before lies is then the question.
    """
    for position in folded.book.positions:
        first = position.entries[0] if position.entries else None
        if first is None or first.line.holding or not position.opened or not first.delta:
            continue
        if mistaken_for_amount(first) or folded.rulings.bounds(first):
            continue  # a slip of the pen, or the sum of all series, told as such
        if first.line.tells_no_opening or position.whole is not None or not first.opening:
            continue
        if position.opened > 0:
            words = f"{grouped(position.opened)} held before this line, inferred from its total"
            if position.table == "I" and half_went(first) and len(position.entries) == 1:
                words += ": just twice what went, unless the total shows only that"
            alike = _equal_rows(position, first)
            if alike:
                words += f", if {alike} are of one holding"
            yield about(first.dossier, first.line, "OPENING_INFERRED", words, reported=first.claim)


def _equal_rows(position: Position, first: Posting) -> str:
    """The rows of a first report that say the same, where they may be of several vehicles."""
    if position.form != "indirect":
        return ""
    rows: dict[object, list[str]] = {}
    for entry in position.entries:
        if entry.dossier is first.dossier and entry.delta:
            line = entry.line
            said = (line.effective_on, line.code, entry.delta, line.price, entry.claim)
            rows.setdefault(said, []).append(line.ref)
    return "; ".join(" and ".join(refs) for refs in rows.values() if len(refs) > 1)


@asked_of("first totals")
def owned_nothing(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total that starts from shares, where the initial statement said there are none.

    After a long silence a report may be missing; and what the owner got otherwise since then may
    have changed its form, which needs no row (Rule 16a-13).
    """
    for entry in _inferred(dossier, folded):
        if entry.line.table != "I" or (said := _nothing_owned(entry, folded)) is None:
            continue
        assert entry.claim is not None
        began = entry.claim - entry.delta
        passed = folded.rulings.beginning(entry) != Beginning()  # from holdings that were told of
        if passed or began in _came_besides(entry):
            continue
        words = f"starts from {grouped(began)}, where {said.id} said that nothing was owned"
        silent = gap_between(said.day, entry.day)
        if silent and entry.day and said.day:
            words += f" {(entry.day - said.day).days} days before"
        got = _got_since(entry, folded)
        if got >= began:
            words += f"; {grouped(got)} came otherwise since then, and may have changed its form"
        tied = _tied_since(entry, said)
        if tied:
            words += "; since then, as its note says, these shares are the owner's to report"
        bought = _plan_bought(entry)
        if bought:
            words += f"; its note tells of a plan's purchases, without a number: {bought}"
        named = _counted(entry, began)
        if named:
            words += f"; its note says that the total has {grouped(began)} in it"
        severity = "info" if tied or bought else "minor" if named or got >= began else ""
        yield about(
            dossier,
            entry.line,
            "GAP_SUSPECTED" if silent else "OPENING_MISMATCH",
            words,
            expected=entry.delta,
            reported=entry.claim,
            difference=began,
            evidence=(said.id,),
            severity=severity,
        )


_OF_THE_HOLDER = ("nature", "ownership", "shares_after", "security")


def _tied_since(entry: Posting, said: Dossier) -> bool:
    """Whether a note says that a vehicle's shares came to be the owner's after an initial statement.

    A marriage, an office, a common household: no row acquires what they bring (Rule 16a-1(a)(2)).
    """
    if entry.line.ownership != "indirect":
        return False
    listed = said.head.period or said.day or date.min
    told = (begun(entry.dossier.text_of(n)) for n in entry.line.notes_of(*_OF_THE_HOLDER))
    return any(day is None or day >= listed for days in told for day in days or ())


def _plan_bought(first: Posting) -> str:
    """The words by which a line's note says that a plan bought for the owner, but not how much."""
    return next(
        (
            first.dossier.quote(said)
            for said in first.dossier.statements
            if said.note in first.line.notes and said.shares is None
            if SENSES[said.kind].from_plan and SENSES[said.kind].only_adds
        ),
        "",
    )


def _counted(first: Posting, began: Decimal) -> bool:
    """Whether a line's note says that its total has just so many in it, however they came."""
    return any(
        said.note in first.line.notes
        and said.shares == began
        and SENSES[said.kind].describes_total
        and said.kind != "exclusion"
        for said in first.dossier.statements
    )


def _came_besides(entry: Posting) -> set[Decimal]:
    """What the notes of a line say came to it besides its row: each, and all of them together."""
    came = [
        said.shares
        for said in entry.dossier.statements
        if said.note in entry.line.notes and said.direction == "acquired"
        if said.shares and SENSES[said.kind].moves
    ]
    return {*came, sum(came, ZERO)}


def _got_since(first: Posting, folded: Folded) -> Decimal:
    """What came to the owner's other holdings of a class before the first line about this one."""
    mine = folded.position_of[id(first.line)]
    others = folded.positions_of(mine.owners)
    return sum(
        (
            e.delta
            for p in others
            if p is not mine and (p.table, p.tokens, p.unit) == ("I", mine.tokens, mine.unit)
            for e in p.entries
            if e.delta > 0 and e.dossier.known.at <= first.dossier.known.at
        ),
        ZERO,
    )


@asked_of("first totals")
def swapped_openings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total that is its own row's amount with two digits in each other's place."""
    for entry in _inferred(dossier, folded):
        assert entry.claim is not None
        if mistaken_for_amount(entry):
            words = f"the total {grouped(entry.claim)} and the amount {grouped(entry.delta)} differ by two digits that changed places"
            yield about(
                dossier,
                entry.line,
                "TRANSPOSED_DIGITS",
                words,
                expected=entry.delta,
                reported=entry.claim,
                difference=entry.claim - entry.delta,
            )


@asked_of("first totals")
def slipped_grants(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A grant's total that is its amount with a slip of digits, where other grants show their own."""
    for position in folded.opened_by.get(dossier.stream, ()):
        first, others = position.entries[0], folded.positions_of(position.owners)
        if not slip_of_a_grant(first, [p for p in others if p.kind == position.kind]):
            continue
        claim, exchanged = first.claim or ZERO, swapped(first.claim or ZERO, first.delta)
        slip = "two digits changed places" if exchanged else "a digit too many"
        yield about(
            dossier,
            first.line,
            "TRANSPOSED_DIGITS" if exchanged else "MAGNITUDE_ERROR",
            f"the total {grouped(claim)} should be the {grouped(first.delta)} of this grant: {slip}, for other grants' totals show their own series",
            expected=first.delta,
            reported=claim,
            difference=claim - first.delta,
            severity="minor",
        )


@asked_of("first totals")
def counted_twice(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total above its row, where the next goes on from the row alone: nothing came before."""
    for position in folded.opened_by.get(dossier.stream, ()):
        first = position.entries[0]
        more = (first.claim or ZERO) - first.delta
        if first.returned is None or more <= 0 or first.delta <= 0:
            continue
        back = f"{first.returned.dossier.id}#{first.returned.line.ref}"
        kind, words = _above_its_row(first)
        yield about(
            dossier,
            first.line,
            kind,
            f"{words}: {back} goes on from the row alone",
            expected=first.delta,
            reported=first.claim,
            difference=more,
            revised_by=first.returned.dossier.id,
            severity="minor",
        )


@asked_of("first totals")
def all_from_the_others(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total that is just what other holdings of its form gave up, beside another amount.

    All of it came from them, so that nothing was held before: the amount or its letter is wrong.
    """
    for first in _inferred(dossier, folded):
        others = [one for one in dossier.lines if _of_one_move(one, first.line)]
        gave = -sum((folded.movement(one) for one in others), ZERO)
        all_gave = others and all(folded.movement(one) < 0 for one in others)
        if not all_gave or gave != first.claim or first.delta == gave:
            continue
        kind = "MAGNITUDE_ERROR" if lengthened(gave, first.delta) else "BALANCE_BREAK"
        what = f"and not {grouped(first.delta)}: the amount, or theirs, is wrong"
        if first.delta < 0:
            if first.delta != -gave or len(others) < 2:
                continue  # who gives away as much as another may have as much left
            kind, what = "AD_CODE_CONTRADICTION", "and the row is marked disposed"
        elif swapped(gave, first.delta):
            kind = "TRANSPOSED_DIGITS"
        words = f"the total {grouped(gave)} is all that {' and '.join(one.ref for one in others)} gave up, {what}"
        yield about(
            dossier,
            first.line,
            kind,
            words,
            expected=gave,
            reported=first.delta,
            difference=first.delta - gave,
            severity="major" if first.delta < 0 else "minor",
        )


def _of_one_move(other: Line, line: Line) -> bool:
    """Whether rows of two holdings of a class tell the sides of one move that nobody paid for."""
    if line.table != "I" or line.code not in ("J", "G") or other.holding:
        return False
    said = (line.table, line.code, line.effective_on, line.security)
    apart = (other.ownership, other.nature) != (line.ownership, line.nature)
    return apart and said == (other.table, other.code, other.effective_on, other.security)


def _above_its_row(first: Posting) -> tuple[str, str]:
    """What a first total above its row's amount is, where nothing was held before, and the words for it."""
    claim, row = first.claim or ZERO, f"this line's {grouped(first.delta)}"
    if claim == 2 * first.delta:
        return "DOUBLE_APPLIED_ROW", f"the total counts {row} twice"
    words = f"the total of {grouped(claim)} after {row} has"
    if swapped(claim, first.delta):
        return "TRANSPOSED_DIGITS", f"{words} two digits that changed places"
    if lengthened(claim, first.delta):
        return "MAGNITUDE_ERROR", f"{words} a digit too many"
    if total_of_another(first):
        return "BALANCE_BREAK", f"the total {grouped(claim)} is that of another line"
    return "BALANCE_BREAK", f"{words} one digit wrong"


@asked_of("first totals")
def below_nothing(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A first total smaller than what was just acquired: less than nothing came before it."""
    for position in folded.opened_by.get(dossier.stream, ()):
        first = position.entries[0]
        if not position.opened or position.opened >= 0 or first.claim is None or first.delta <= 0:
            continue
        if mistaken_for_amount(first) or first.line.tells_no_opening or _went_besides(first):
            continue
        kind, words = _less_than_acquired(position, first)
        off_by_the_difference = kind == "BALANCE_BREAK" and _a_slip(first)
        yield about(
            dossier,
            first.line,
            kind,
            words,
            expected=first.delta,
            reported=first.claim,
            difference=first.claim - first.delta,
            severity="minor" if off_by_the_difference else "",
        )


def _went_besides(first: Posting) -> bool:
    """Whether a note on a first total says why more went than its rows tell, but not how much."""
    cited = notes_on_total(first.dossier, first.line)
    return any(
        said.note in cited
        and said.shares is None
        and SENSES[said.kind].cause
        and not SENSES[said.kind].from_plan
        for said in first.dossier.statements
    )


def _less_than_acquired(position: Position, first: Posting) -> tuple[str, str]:
    """What a first total below its own row's amount is, and the words for it.

    Where the code does not say that anything was acquired, the letter is what may be wrong.
    Of a grant that leaves nothing, the total is still the one before it.
    """
    assert first.claim is not None
    sign = "$" if position.unit == "dollars" else ""
    total, amount = (sign + grouped(number) for number in (first.claim, first.delta))
    code = CODES.get(first.line.code or "")
    comes = code is None or expected_direction(code.letter, first.line.table) == "acquired"  # type: ignore[arg-type]
    came = "written" if first.line.written else "acquired"
    words = f"the total {total} is less than the {amount} just {came}"
    if not comes and not first.line.written:
        return (
            "AD_CODE_CONTRADICTION",
            f"marked acquired, but a total of {total} after {amount} shows that they left, or is wrong",
        )
    if not first.claim:
        return "MISSED_OWN_ROW", f"the total of {total} leaves this line's {amount} out"
    twin = next(
        (
            e
            for e in position.entries[1:]
            if e.dossier is first.dossier and repeated((first, e)) and first.claim == first.delta
        ),
        None,
    )
    if twin is not None:
        return (
            "DUPLICATE_ROW",
            f"{twin.line.ref} says the same, and the total has it once: one row too many, or a lot of its own",
        )
    if lengthened(first.claim, first.delta):
        return "MAGNITUDE_ERROR", words + ": a digit too few or too many"
    if first.delta - first.claim <= 1:
        return "ROUNDING", f"the total {total} is less than the {amount} {came} by a unit or less"
    return "BALANCE_BREAK", words + _which_number(first)


def _which_number(first: Posting) -> str:
    """Which of a first total and its own amount is wrong, as far as the line itself shows."""
    assert first.claim is not None
    under = first.line.underlying_shares
    if first.line.table == "II" and under == first.delta:
        return ", which the shares under it bear out: the total is what is wrong"
    if first.line.table == "II" and under == first.claim:
        return ", but the shares under it: the amount is what is wrong"
    one_digit = ": one digit of them is wrong" if mistyped(first.claim, first.delta) else ""
    return one_digit or ": one of the two is wrong"


def _a_slip(first: Posting) -> bool:
    """Whether a total below its own amount is off by just that: one digit is, or the amount."""
    assert first.claim is not None
    under = first.line.underlying_shares if first.line.table == "II" else None
    return under == first.claim or mistyped(first.claim, first.delta)


def _inferred(dossier: Dossier, folded: Folded) -> Iterator[Posting]:
    for position in folded.opened_by.get(dossier.stream, ()):
        first = position.entries[0]
        if position.opened and first.delta and first.claim:
            yield first


def _nothing_owned(entry: Posting, folded: Folded) -> Dossier | None:
    owners = folded.people.keys(entry.dossier)
    return next(
        (
            d
            for d in folded.saying_nothing_owned
            if folded.people.keys(d) == owners and d.known.at < entry.dossier.known.at
        ),
        None,
    )


@asked_of("first totals")
def separate_awards(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Rows of equal terms whose totals do not run on: each is taken for an award of its own."""
    alike: dict[object, Posting] = {}
    for position in folded.opened_by.get(dossier.stream, ()):
        first = position.entries[0]
        if position.table != "II" or position.kind not in AWARDS or not first.delta:
            continue
        other = alike.setdefault(_terms(position), first)
        if other is first and first.delta < 0:
            other = _known_before(position, first, folded) or first
        if other is not first and not told_apart(other, first):
            beside = other.dossier is first.dossier
            ref = other.line.ref if beside else reference(other)
            words = f"the total does not run on from {ref}, of the same terms: each is taken for an award of its own"
            yield about(dossier, first.line, "DERIV_POST_SCOPE", words, reported=first.claim)


def _terms(position: Position) -> tuple[object, ...]:
    """What is equal of awards that nothing but their totals tells apart."""
    terms = (position.owners, position.kind, position.tokens, position.series)
    return (*terms, position.form, position.vehicle)


def _known_before(position: Position, first: Posting, folded: Folded) -> Posting | None:
    """The last line of an award of equal terms that an earlier report left units in."""
    for other in folded.positions_of(position.owners):
        past = [e for e in other.entries if e.dossier.known.at < first.dossier.known.at]
        if past and past[-1].balance and _terms(other) == _terms(position):
            return past[-1]
    return None


CHECKS: tuple[Check, ...] = (
    owned_nothing,
    swapped_openings,
    slipped_grants,
    counted_twice,
    all_from_the_others,
    below_nothing,
    separate_awards,
)
