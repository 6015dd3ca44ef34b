"""One insider at one company as time passes: the moves that change true balances.

What happens is in `trades`, where a form reports it, and in `silences`, where none does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from tests.simulator.companies import Company
from tests.simulator.people import Insider, Number, Position

Noted = tuple[tuple[str, str], ...]

ZERO = Decimal(0)


@dataclass(slots=True, eq=False)
class Move:
    """One movement that a row reports, with the balances right after it.

    `after` is the position's own balance; `class_after` adds every pool of the stock,
    `title_after` every series of the same title. `notes` are (field, text) pairs.
    """

    position: Position
    on: date
    delta: Number
    code: str
    price: Decimal | None
    after: Number
    class_after: Number
    title_after: Number
    notes: Noted = ()
    form_type: str = "4"


@dataclass(slots=True)
class Happening:
    """Moves that belong on one form; `apart` puts each on a form of its own.

    `vested` is how many units vested, where that stands in no row.
    """

    kind: str
    on: date
    moves: list[Move]
    form: Literal["4", "5"] = "4"
    exits: bool = False
    apart: bool = False
    vested: int = 0


@dataclass(slots=True)
class Life:
    """One insider at one company, on the day the simulation has reached.

    `cliff` has units vest all at once, `silent` leaves a gap of two years in the middle; `due` are
    rows that the next form has before its own.
    """

    company: Company
    insider: Insider
    rng: Random
    day: date
    option_title: str = "Employee Stock Option (right to buy)"
    unit_title: str = "Restricted Stock Units"
    standing_note: str = ""
    splits_done: int = 0
    cliff: bool = False
    silent: bool = False
    due: list[Move] = field(default_factory=list)

    def move(
        self,
        position: Position,
        delta: Number,
        code: str,
        price: Decimal | None,
        *,
        on: date | None = None,
        notes: Noted = (),
        form_type: str = "4",
    ) -> Move:
        """Apply a movement to the true balance and describe it."""
        on = on or self.day
        after = position.move(on, delta)
        insider = self.insider
        class_after = title_after = after
        if position.table == "I" and insider.vehicles:
            class_after = sum(pool.balance for pool in insider.shares)
        elif position.series is not None and insider.habits.series_total == "title":
            title_after = sum(one.balance for one in insider.series if one.title == position.title)
        return Move(
            position=position,
            on=on,
            delta=delta,
            code=code,
            price=price,
            after=after,
            class_after=class_after,
            title_after=title_after,
            notes=notes,
            form_type=form_type,
        )

    def splits_between(self, first: date, last: date) -> bool:
        """Whether the stock splits after the first day, up to the last."""
        return any(first < one.on <= last for one in self.company.splits)

    def noted(self) -> bool:
        """Whether the filer tells of this silent change in a footnote."""
        return self.rng.randrange(100) < self.insider.habits.noted

    def lot(self, low: int, high: int) -> int:
        """A number of shares as people trade them: round most of the time."""
        amount = self.rng.randrange(low, high)
        unit = self.rng.choice((1, 100, 100, 100, 500, 1000))
        return max(amount // unit * unit, unit if unit <= high else 1)

    def option_on(self) -> Position | None:
        """An option that can be exercised today."""
        return next(
            (
                one
                for one in self.insider.series
                if one.series
                and one.series.kind == "option"
                and one.balance >= 400
                and (one.series.exercisable_on or self.day) <= self.day
                and (one.series.expires_on or self.day) > self.day
            ),
            None,
        )
