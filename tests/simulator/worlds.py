"""A seed in, a world out: companies, insiders, their filings, and what is true of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from ledger.filing import Filing
from tests.simulator.calendars import trading_day
from tests.simulator.companies import Company, company
from tests.simulator.errors import MADE, Unsuitable, inject
from tests.simulator.lives import begin, lived
from tests.simulator.names import Identities
from tests.simulator.people import Insider, insider
from tests.simulator.realisation import filing_of, number_in_order, truth_of
from tests.simulator.reports import Draft
from tests.simulator.truth import InjectedError, Truth

_ATTEMPTS = 200
"""Sequences tried before a seed is said to carry no such error."""


@dataclass(frozen=True, slots=True)
class World:
    """Filings in order of acceptance, the truth behind them, and the injected error."""

    seed: int
    filings: list[Filing]
    truth: Truth
    error: InjectedError | None = None

    @property
    def lines(self) -> int:
        """How many rows all filings have."""
        return sum(len(filing.rows) for filing in self.filings)


def world(
    seed: int,
    *,
    issuers: int = 1,
    people: int = 4,
    years: int = 4,
    episodes: int | None = None,
    error: str | None = None,
    habits: Mapping[str, Any] | None = None,
    read_notes: bool = True,
) -> World:
    """A world of companies, each with its insiders, over some years.

    Args:
        seed: The same seed and arguments give the same world, on every machine.
        issuers: How many companies.
        people: How many filers each has; about one in eight is a fund with joint filers.
        years: How long the companies are followed.
        episodes: How many reported happenings each filer has; by default four a year.
        error: A kind from `ERRORS`, injected once; None for filers who never err.
        habits: Fixes some of `people.Habits` for every filer.
        read_notes: Whether filings carry what their footnotes state.

    Raises:
        Unsuitable: No filing of this world can carry that error; try another seed.
    """
    making = _made(seed, issuers, people, years=years, episodes=episodes, habits=habits or {})
    return making.finished(error, read_notes=read_notes)


def _made(
    seed: int,
    issuers: int,
    people: int,
    years: int,
    episodes: int | None,
    habits: Mapping[str, Any],
) -> Making:
    making = Making(seed, Random(f"world/{seed}"))
    count = episodes or years * 4
    for _ in range(issuers):
        making.company(years=years, latest=2019)
        for number in range(people):
            fund = number > 0 and making.rng.random() < 0.12
            gap = max(years * 365 // count, 12)
            making.insider(fund=fund, count=count, gap=gap, habits=habits)
    return making


def sequence(seed: int, error: str | None = None, *, rare: frozenset[str] | None = None) -> World:
    """A short world, made fast: one company, one to three filers, 6 to 25 filings.

    An error that needs certain happenings gets them. Every filer has the `rare` habits of
    `rare_habits.RARE`, or some by chance for None; none where no sequence of theirs can carry
    the error. Deterministic in all arguments.
    """
    kind = MADE[error] if error is not None else None
    for attempt in range(_ATTEMPTS):
        if rare is None and attempt == _ATTEMPTS // 2:
            rare = frozenset()
        fixed = {} if rare is None else {"rare": rare}
        making = Making(seed, Random(f"sequence/{seed}/{error}/{attempt}"))
        rng, setup = making.rng, kind.setup if kind else ()
        making.company(years=3, latest=2018, splits="split" in setup)
        if "ordinary" in setup:
            making.firm.title = "Ordinary Shares"
        several = {"others", "fund"} & set(setup)
        filers = rng.choice((2, 2, 3) if several else (1, 1, 2, 2, 3))
        chance = 1 if "fund" in setup else 0.15
        for number in range(filers):
            first = number == 0 and kind is not None
            making.insider(
                fund=number > 0 and rng.random() < chance and "others" not in setup,
                count=rng.randrange(6, 9) if filers > 1 else rng.randrange(7, 16),
                gap=rng.randrange(30, 110),
                habits={**fixed, **(kind.habits if first and kind else {})},
                setup=setup if first else (),
                must=kind.needs if first and kind else (),
            )
        try:
            return making.finished(error)
        except Unsuitable:
            continue
    raise Unsuitable(f"no sequence of seed {seed} can carry {error}")


def stream(seed: int, lines: int, *, people: int = 12, read_notes: bool = True) -> Iterator[Filing]:
    """Filings with at least so many lines in all, world after world, made as needed.

    Each world is a company with so many people, who report about a hundred lines each.
    Without `read_notes` the footnotes stand there, but what they state is left out; that
    makes filings about twice as fast.
    """
    number = seed * 1_000
    while lines > 0:
        making = _made(number, issuers=1, people=people, years=6, episodes=30, habits={})
        for draft in making.ordered():
            lines -= len(draft.lines)
            yield filing_of(draft, read_notes=read_notes)
        number += 1


class Making:
    """A world while it is being made."""

    def __init__(self, seed: int, rng: Random) -> None:
        self.seed, self.rng = seed, rng
        self.identities = Identities(seed)
        self.drafts: list[Draft] = []
        self.insiders: list[Insider] = []
        self.firm: Company

    def company(self, *, years: int, latest: int, splits: bool = False) -> None:
        """Found the company whose insiders come next."""
        start = date(self.rng.randrange(2004, latest), self.rng.randrange(1, 13), 3)
        self.firm = company(
            self.rng, self.identities, start=trading_day(start), years=years, splits=splits
        )

    def insider(
        self,
        *,
        fund: bool,
        count: int,
        gap: int,
        habits: Mapping[str, Any],
        setup: tuple[str, ...] = (),
        must: tuple[str, ...] = (),
    ) -> None:
        """Let one filer live through so many happenings, about `gap` days apart."""
        person = insider(self.rng, self.identities, self.firm, fund=fund, choice=dict(habits))
        life = begin(self.rng, self.firm, person, setup)
        self.drafts += lived(life, count, gap, must, opened="form-3" in setup)
        self.insiders.append(person)

    def finished(self, error: str | None, *, read_notes: bool = True) -> World:
        """The world, with one error if one is wanted."""
        self.drafts.sort(key=lambda draft: (draft.accepted_at, draft.insider.key, draft.kind))
        spoilt = inject(error, self.drafts, self.rng) if error is not None else None
        ordered = self.ordered()
        truth = truth_of(ordered, self.insiders)
        named = spoilt.named() if spoilt else None
        filings = [filing_of(draft, read_notes=read_notes) for draft in ordered]
        return World(self.seed, filings, truth, named)

    def ordered(self) -> list[Draft]:
        """The forms as EDGAR accepted them, with their accession numbers."""
        return number_in_order(self.drafts, self.identities)
