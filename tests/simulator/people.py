"""Insiders: who files, in which ways they own, and with which habits they report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, Literal

from ledger.filing import Owner
from ledger.types import Ownership, Table
from tests.simulator import names, rare_habits
from tests.simulator.companies import Company

Number = int | Decimal
Convention = Literal["running", "final", "reversed", "date-final", "class-total", "lot-only"]
CONVENTIONS: tuple[Convention, ...] = (
    "running",
    "final",
    "reversed",
    "date-final",
    "class-total",
    "lot-only",
)


@dataclass(slots=True)
class Silent:
    """A change no row will ever report: its cause, and the note that may tell of it."""

    cause: str
    delta: Number
    on: date
    note: str | None


@dataclass(slots=True)
class Series:
    """The terms of one derivative grant."""

    kind: Literal["option", "rsu", "class-b"]
    exercise_price: Decimal | None
    exercisable_on: date | None
    expires_on: date | None
    vesting: str
    meaning: str = ""
    lots: list[tuple[date, int]] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Position:
    """One holding pool: a security, owned in one way, by one filer. `balance` is true.

    `ended` says of a vehicle that nothing will come to it any more.
    `printed_on` is the day of the last form that claimed a total, `pending` what has
    changed since then without a row, `history` the true balance after each change.
    """

    id: str
    table: Table
    title: str
    ownership: Ownership
    nature: str
    balance: Number = 0
    series: Series | None = None
    ended: bool = False
    printed_on: date | None = None
    pending: list[Silent] = field(default_factory=list)
    history: list[tuple[date, Number]] = field(default_factory=list)
    claimed: bool = False

    def move(self, on: date, delta: Number) -> Number:
        """Change the true balance, and return it."""
        self.balance += delta
        self.history.append((on, self.balance))
        return self.balance

    def silently(self, on: date, delta: Number, cause: str, note: str | None) -> None:
        """Change the true balance in a way that no row reports."""
        self.move(on, delta)
        self.pending.append(Silent(cause, delta, on, note))


@dataclass(slots=True)
class Habits:
    """How one filer reports, always in the same way.

    `holdings` says whether other holdings are listed on every form or only when they
    changed; `noted` how often, of a hundred, a change without a row gets a footnote;
    `awards` in which table restricted stock units stand, `lists_series` whether options
    that did not move are listed too, `respells` whether titles and vehicles vary in
    spelling. `boilerplate` is a note about a plan that stands under every direct total and
    never gives a number; `rare` are names of `rare_habits.RARE`.
    """

    convention: Convention = "running"
    series_total: Literal["series", "title"] = "series"
    holdings: Literal["all", "moved"] = "all"
    awards: Table = "II"
    noted: int = 85
    delay: int = 2
    respells: bool = False
    lists_series: bool = False
    boilerplate: str | None = None
    rare: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Insider:
    """One filer, or several who file jointly, with every position they report."""

    owners: tuple[Owner, ...]
    signers: tuple[str, ...]
    habits: Habits
    direct: Position
    kind: Literal["person", "fund"]
    vehicles: list[Position] = field(default_factory=list)
    series: list[Position] = field(default_factory=list)
    closed: list[Position] = field(default_factory=list)
    others: list[Position] = field(default_factory=list)
    awards: list[Series] = field(default_factory=list)
    officer: bool = True
    espp_lot: int = 0
    from_plan: int = 0

    @property
    def key(self) -> str:
        """The first owner's CIK, by which truth names the filer."""
        return self.owners[0].cik or ""

    def vehicle(self, word: str) -> Position | None:
        """The first indirect holding whose nature has a word, such as `Trust`, and that goes on."""
        return next((one for one in self.going_on if word in one.nature), None)

    @property
    def going_on(self) -> list[Position]:
        """The indirect holdings that have not come to an end."""
        return [one for one in self.vehicles if not one.ended]

    def chance(self, *about: object) -> Random:
        """Chance of this filer's own: what it decides changes nothing else in the world."""
        return Random("/".join(map(str, (self.key, *about))))

    @property
    def shares(self) -> list[Position]:
        """Every pool of the common stock, direct first."""
        return [self.direct, *self.vehicles]

    @property
    def positions(self) -> list[Position]:
        """Every position, closed ones last but for those added after the filer has lived."""
        return [*self.shares, *self.series, *self.closed, *self.others]


def habits(rng: Random, choice: dict[str, Any] | None = None) -> Habits:
    """The habits of one filer, in realistic proportion; `choice` fixes some of them."""
    usual = Habits(
        convention=rng.choices(CONVENTIONS, (70, 14, 5, 5, 3, 3))[0],
        series_total="title" if rng.random() < 0.06 else "series",
        holdings="all" if rng.random() < 0.7 else "moved",
        awards="I" if rng.random() < 0.25 else "II",
        noted=rng.choice((60, 85, 85, 95, 100)),
        delay=rng.choice((1, 2, 2)),
        respells=rng.random() < 0.1,
        lists_series=rng.random() < 0.12,
    )
    for name, value in (choice or {}).items():
        setattr(usual, name, value)
    return usual


def insider(
    rng: Random,
    identities: names.Identities,
    company: Company,
    *,
    fund: bool,
    choice: dict[str, Any] | None = None,
) -> Insider:
    """A person, or a fund with the two who control it, before they own anything."""
    owners, signers, officer = (_fund if fund else _person)(rng, identities)
    key = owners[0].cik or ""
    usual = habits(rng, choice)
    if "rare" not in (choice or {}):
        usual.rare = rare_habits.drawn(Random(f"{key}/rare"))
    return Insider(
        owners=owners,
        signers=signers,
        habits=usual,
        direct=Position(f"{key}/I/direct", "I", company.title, "direct", ""),
        kind="fund" if fund else "person",
        officer=officer,
        espp_lot=rng.choice((250, 375, 500, 500, 1000)) if officer and company.espp else 0,
    )


def add_vehicle(insider: Insider, title: str, nature: str) -> Position:
    """A new indirect holding, empty so far."""
    number = len(insider.vehicles) + 1
    vehicle = Position(f"{insider.key}/I/indirect/{number}", "I", title, "indirect", nature)
    insider.vehicles.append(vehicle)
    return vehicle


def _person(rng: Random, identities: names.Identities) -> tuple[tuple[Owner, ...], Any, bool]:
    first, middle, last = names.person_name(rng)
    officer = rng.random() < 0.65
    home: dict[str, Any] = names.address(rng)
    owner = Owner(
        cik=identities.cik(),
        name=f"{last} {first} {middle}".upper()
        if rng.random() < 0.6
        else f"{last} {first} {middle}",
        director=not officer or rng.random() < 0.3,
        officer=officer,
        ten_percent_owner=False,
        other=False,
        officer_title=names.officer_title(rng) if officer else None,
        **home,
    )
    signature = rng.choice(
        (
            f"/s/ {first} {middle}. {last}",
            f"/s/ {first} {last}",
            f"{first} {middle}. {last}",
            f"/s/ {' '.join(names.person_name(rng)[::2])}, attorney-in-fact for {first} {last}",
        )
    )
    return (owner,), (signature,), officer


def _fund(rng: Random, identities: names.Identities) -> tuple[tuple[Owner, ...], Any, bool]:
    word, roman = names.fund_name(rng), rng.choice(("I", "II", "III", "IV"))
    first, middle, last = names.person_name(rng)
    home: dict[str, Any] = names.address(rng)
    named = (
        f"{word} {roman}, L.P.",
        f"{word} Management {roman}, L.L.C.",
        f"{last} {first} {middle}",
    )
    owners = tuple(
        Owner(
            cik=identities.cik(),
            name=name,
            director=number == 2,
            officer=False,
            ten_percent_owner=True,
            other=False,
            **home,
        )
        for number, name in enumerate(named)
    )
    manager = f"{first} {middle}. {last}, Managing Member"
    return (
        owners,
        (f"{named[0]}, By: {manager}", f"{named[1]}, By: {manager}", f"/s/ {first} {last}"),
        False,
    )
