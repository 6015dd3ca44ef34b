"""How happenings become forms: which rows, in which order, with which totals.

A `Draft` is a filing that can still be spoiled. Its totals follow the filer's habit and,
until an error is injected, the true balances.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from ledger.filing import Owner
from ledger.types import Form
from tests.simulator import notes, plain_words
from tests.simulator.calendars import business_days_after, fiscal_year_end, trading_day
from tests.simulator.companies import Company
from tests.simulator.movements import Happening, Life, Move
from tests.simulator.people import Insider, Number, Position

ROW_LIMIT = 30
"""Rows one table of one form can hold (EDGAR Ownership XML Technical Specification)."""


@dataclass(slots=True, eq=False)
class Line:
    """A row being drafted: what it will print, and what is true.

    `fields` are those of `ledger.filing.Row`. `true` is the position's balance right
    after the row's own movement. `difference` is what earlier totals and the rows leave
    unexplained in this line's total, and `causes` says why.
    """

    position: Position
    move: Move | None
    true: Number
    fields: dict[str, Any]
    notes: list[tuple[str, str]] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    difference: Number = 0
    untold: list[str] = field(default_factory=list)
    stray: tuple[str, str] | None = None

    def copied(self) -> Line:
        """The same row again, for another form."""
        return Line(
            position=self.position,
            move=self.move,
            true=self.true,
            fields=dict(self.fields),
            notes=list(self.notes),
            causes=["restated"],
        )

    @property
    def signed(self) -> Number:
        """The true movement of the row, negative when shares went away; 0 for holdings."""
        return self.move.delta if self.move else 0

    @property
    def claim(self) -> str | None:
        """The field that carries the row's claim, if it has any."""
        return "shares_after" if "shares_after" in self.fields else None


@dataclass(slots=True, eq=False)
class Draft:
    """A form being drafted. `accepted_at` is on EDGAR's clock, without a zone."""

    company: Company
    insider: Insider
    form: Form
    period: date
    accepted_at: datetime
    lines: list[Line]
    kind: str
    remarks: str | None = None
    original_on: date | None = None
    exits: bool = False
    signers: tuple[str, ...] | None = None
    issuer: tuple[str, str] | None = None
    owners: tuple[Owner, ...] | None = None
    vested: int = 0
    accession: str = ""

    @property
    def filed_on(self) -> date:
        """The day EDGAR accepted it."""
        return self.accepted_at.date()

    def on(self, position: Position) -> list[Line]:
        """The lines of one position."""
        return [line for line in self.lines if line.position is position]


def first_report(life: Life) -> Draft:
    """The Form 3: everything owned on becoming an insider, within ten days."""
    insider = life.insider
    lines = [_holding(life, pool) for pool in insider.shares if pool.balance]
    lines += [_holding(life, one, first=True) for one in insider.series if one.balance]
    filed = life.day + timedelta(days=life.rng.randrange(1, 9))
    accepted = datetime.combine(filed, _clock(life))
    for position in insider.positions:
        position.printed_on = filed
    return Draft(
        company=life.company,
        insider=insider,
        form="3",
        period=life.day,
        accepted_at=accepted,
        lines=lines,
        kind="first_report",
    )


def report(
    life: Life, happening: Happening, *, days_late: int = 0, not_before: date | None = None
) -> list[Draft]:
    """The form or forms on which one happening is reported, in order of acceptance."""
    due, happening.moves, life.due = life.due, [*life.due, *happening.moves], []
    ordered = happening.moves
    if life.insider.habits.convention == "reversed" and not happening.apart:
        ordered = ordered[::-1]
    size = 1 if happening.apart else ROW_LIMIT
    if len(ordered) > ROW_LIMIT and any(move.position.table == "II" for move in ordered):
        raise ValueError("only sales of stock are continued on a second form")
    chunks = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    tables = [
        [_transaction(life, move, chunk, happening.form) for move in chunk] for chunk in chunks
    ]
    tables[-1] += _holdings(life, happening)
    _tell_silent([line for lines in tables for line in lines], happening.moves, due)
    accepted = _accepted(life, happening, days_late)
    if not_before and accepted.date() <= not_before:
        accepted = datetime.combine(business_days_after(not_before, 1), accepted.time())
    drafts = []
    for number, lines in enumerate(tables, start=1):
        lines.sort(key=lambda line: line.position.table)
        if _sums_down(life):
            _run_on(lines)
        _remark(life, lines)
        _spell_alike(lines)
        draft = Draft(
            company=life.company,
            insider=life.insider,
            form=happening.form,
            period=_period(life, happening),
            accepted_at=accepted + timedelta(minutes=3 * number),
            lines=lines,
            kind=happening.kind,
            exits=happening.exits,
            vested=happening.vested,
        )
        if len(ordered) > ROW_LIMIT:
            draft.remarks = f"Form {number} of {len(tables)}: more rows than one form can hold."
        drafts.append(draft)
    life.day = drafts[-1].filed_on
    for line in (line for lines in tables for line in lines):
        line.position.printed_on = life.day
    return drafts


def _spell_alike(lines: list[Line]) -> None:
    """Call a vehicle by one name on one form, however it was called on the last."""
    names: dict[int, str] = {}
    for line in lines:
        line.fields["nature"] = names.setdefault(id(line.position), line.fields["nature"])


def _remark(life: Life, lines: list[Line]) -> None:
    """Now and then a note about what a total holds or leaves out; it explains nothing."""
    rng = life.rng
    if rng.random() > 0.06 or life.insider.kind == "fund":
        return
    line = rng.choice(lines)
    if line.fields["table"] == "I" and line.true >= 500:
        if rng.random() < 0.6:
            part = rng.randrange(50, int(line.true))
            text = notes.composition(rng, part)
            own = life.insider.chance("composition", life.day)
            if own.random() < 0.3:
                text = plain_words.not_yet(own, f"{part:,}")
        else:
            text = notes.exclusion(rng, rng.randrange(1, 300) * 100)
        line.notes.append(("shares_after", text))


def _period(life: Life, happening: Happening) -> date:
    if happening.form == "5":
        return fiscal_year_end(happening.on, life.company.fiscal_month)
    return min(move.on for move in happening.moves)


def _clock(life: Life) -> time:
    return time(life.rng.randrange(9, 21), life.rng.randrange(55), life.rng.randrange(60))


def _accepted(life: Life, happening: Happening, days_late: int) -> datetime:
    if happening.form == "5":
        closing = fiscal_year_end(happening.on, life.company.fiscal_month)
        filed = trading_day(closing + timedelta(days=life.rng.randrange(15, 41)))
    else:
        first = min(move.on for move in happening.moves)
        last = max(move.on for move in happening.moves)
        delay = 2 if last > first else life.insider.habits.delay
        filed = max(business_days_after(first, delay + days_late), last)
        if life.splits_between(first, filed):
            filed = last
    return datetime.combine(filed, _clock(life))


def _transaction(life: Life, move: Move, moves: list[Move], form: str) -> Line:
    fields = _terms(life, move.position) | {
        "effective_on": move.on,
        "form_type": move.form_type,
        "code": move.code,
        "equity_swap": False,
        "shares": abs(move.delta),
        "price": move.price,
        "direction": "disposed" if move.delta < 0 else "acquired",
        "shares_after": _total(life, move, moves),
    }
    if move.form_type == "5" and form == "4":
        fields["timeliness"] = "E"
    if move.position.table == "II":
        fields["underlying_shares"] = abs(move.delta)
    line = Line(move.position, move, move.after, fields, [*_standing_notes(life, move.position)])
    line.notes += move.notes
    if fields["shares_after"] != move.after:
        line.causes.append(f"convention:{_convention(life, move)}")
    return line


def _convention(life: Life, move: Move) -> str:
    if move.position.table == "II":
        return "title-total"
    habits = life.insider.habits
    in_lots = habits.convention == "running" and "lots-of-a-trade" in habits.rare
    return "trade-final" if in_lots else habits.convention


def _total(life: Life, move: Move, moves: list[Move]) -> Number:
    """What the filer prints as owned after a row, by habit."""
    own = [one for one in moves if one.position is move.position]
    if move.position.table == "II":
        return move.title_after
    match life.insider.habits.convention:
        case "final":
            return own[-1].after
        case "date-final":
            return [one for one in own if one.on == move.on][-1].after
        case "class-total" if move.position is life.insider.direct:
            # what a row takes to an own vehicle is in the total of them all still
            came = [
                one for one in moves[moves.index(move) :] if one.position in life.insider.vehicles
            ]
            return move.class_after + sum(one.delta for one in came)
        case "lot-only" if own[0].delta > 0:
            before = own[0].after - own[0].delta
            return max(move.after - before, 0)
        case "running" if "lots-of-a-trade" in life.insider.habits.rare:
            return [one for one in own if (one.on, one.code) == (move.on, move.code)][-1].after
        case _:
            return move.after


def _sums_down(life: Life) -> bool:
    return "sums-down-column" in life.insider.habits.rare


def _run_on(lines: list[Line]) -> None:
    """Let totals of options add what the lines above have of other series."""
    total, counted = 0, dict[int, Number]()
    for line in lines:
        if line.position.series is None or line.position.series.kind != "option":
            continue
        total += line.true - counted.get(id(line.position), 0)
        counted[id(line.position)] = line.true
        if line.fields["shares_after"] != total:
            line.fields["shares_after"] = total
            line.causes.append("convention:title-total")


def _holding(life: Life, position: Position, *, first: bool = False) -> Line:
    fields = _terms(life, position) | {"holding": True, "shares_after": position.balance}
    if position.table == "II":
        fields["underlying_shares"] = position.balance
        if first:
            del fields["shares_after"]
    return Line(position, None, position.balance, fields, [*_standing_notes(life, position)])


def _holdings(life: Life, happening: Happening) -> list[Line]:
    moved = {id(move.position) for move in happening.moves}
    habits, others = life.insider.habits, []
    for pool in life.insider.shares:
        if id(pool) in moved:
            continue
        ended = "zero-rows" in habits.rare and bool(pool.history)
        shows = (pool.balance or ended) and habits.holdings == "all"
        if shows or (pool.pending and life.rng.random() < 0.8):
            others.append(pool)
    if habits.lists_series or _sums_down(life):
        closing = _period(life, happening)
        others += [
            one
            for one in life.insider.series
            if one.balance and id(one) not in moved and not _expired(one, closing)
        ]
    return [_holding(life, position) for position in others]


_LAGGING = timedelta(days=150)
"""How long a plan is still called by the company's former name."""


def _expired(position: Position, day: date) -> bool:
    expires = position.series.expires_on if position.series else None
    return expires is not None and expires <= day


def _terms(life: Life, position: Position) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "table": position.table,
        "security": position.title,
        "ownership": position.ownership,
        "nature": position.nature,
    }
    named = position.nature.startswith("By ")
    if life.insider.habits.respells and named and life.rng.random() < 0.3:
        fields["nature"] = _respelt(life, position.nature)
    if "plan-by-company" in life.insider.habits.rare and "401(k)" in position.nature:
        called, _ = life.company.named_on(life.day - _LAGGING)
        fields["nature"] = position.nature.replace("401(k)", f"{called} 401(k)")
    if position.series is not None:
        fields["exercise_price"] = position.series.exercise_price
        fields["exercisable_on"] = position.series.exercisable_on
        fields["expires_on"] = position.series.expires_on
        fields["underlying"] = life.company.title
    return fields


def _respelt(life: Life, nature: str) -> str:
    bare = nature.removeprefix("By ")
    anew = ("By Company Savings Plan", "Thrift Plan") if "401(k)" in bare else ()
    return life.rng.choice((bare, nature.upper(), nature.lower(), f"Held by {bare}", *anew))


def _standing_notes(life: Life, position: Position) -> list[tuple[str, str]]:
    """Notes that every row of a position carries: its terms, or who stands behind it."""
    found = []
    if position.series is not None:
        if position.series.meaning:
            found.append(("exercise_price", position.series.meaning))
        if position.series.exercisable_on is None:
            found.append(("exercisable_on", position.series.vesting))
        if position.series.expires_on is None:
            found.append(("expires_on", position.series.vesting))
    elif position is life.insider.direct and life.insider.habits.boilerplate:
        found.append(("shares_after", life.insider.habits.boilerplate))
    elif life.insider.kind == "fund":
        field_name = "nature" if position.ownership == "indirect" else "ownership"
        found.append((field_name, life.standing_note))
    return found


def _tell_silent(lines: list[Line], moves: list[Move], due: list[Move]) -> None:
    """Charge what changed without a row to the first total that includes it.

    A row that was due earlier has the total of its own day, which knows of nothing later.
    """
    rank = {id(move): number for number, move in enumerate(moves)}
    chronological = sorted(lines, key=lambda line: rank.get(id(line.move), len(rank)))
    for line in chronological:
        position = line.position
        day = line.move.on if line.move and line.move in due else date.max
        counted = [one for one in position.pending if one.on <= day]
        if counted:
            line.difference += sum(one.delta for one in counted)
            for silent in counted:
                line.causes.append(silent.cause)
                if silent.note is None:
                    line.untold.append(silent.cause)
                else:
                    line.notes.append(("shares_after", silent.note))
            position.pending = [one for one in position.pending if one.on > day]
