"""Companies: their securities, prices, plans, splits and changes of name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from tests.simulator import names
from tests.simulator.calendars import trading_day

CENT = Decimal("0.01")

_TITLES = (
    "Common Stock",
    "Common Stock",
    "Common Stock",
    "Common Stock, par value $0.01",
    "Common Stock, $.001 par value per share",
    "Class A Common Stock",
    "Ordinary Shares",
)
_RATIOS = ((2, 1), (2, 1), (3, 2), (3, 1), (4, 1), (5, 4), (1, 10), (4, 3))
_RARE_RATIOS = ((1, 7), (1, 12), (1, 6), (7, 5), (5, 2), (1, 18), (6, 1))


@dataclass(frozen=True, slots=True)
class Split:
    """`new` shares for every `old` ones, from a day on."""

    on: date
    new: int
    old: int

    @property
    def ratio(self) -> Fraction:
        """What one old share became."""
        return Fraction(self.new, self.old)


@dataclass(frozen=True, slots=True)
class Succession:
    """Another issuer in the company's place from a day on: `new` of its shares for `old`."""

    on: date
    issuer: Company
    new: int
    old: int


@dataclass(slots=True)
class Company:
    """An issuer with a life of its own, shared by all its insiders."""

    cik: str
    name: str
    symbol: str
    title: str
    founded: date
    fiscal_month: int
    splits: list[Split]
    renamed: tuple[date, str, str] | None
    espp: bool
    reinvests: bool
    monthly_cents: tuple[int, ...]
    succession: Succession | None = None

    def named_on(self, day: date) -> tuple[str, str]:
        """Name and trading symbol on a day."""
        if self.renamed and day >= self.renamed[0]:
            return self.renamed[1], self.renamed[2]
        return self.name, self.symbol

    def price(self, day: date) -> Decimal:
        """The market price on a day, in dollars and cents, after earlier splits."""
        months = (day.year - self.founded.year) * 12 + day.month - self.founded.month
        cents = self.monthly_cents[min(max(months, 0), len(self.monthly_cents) - 1)]
        for split in self.splits:
            if split.on <= day:
                cents = cents * split.old // split.new
        return CENT * max(cents, 50)


def company(
    rng: Random, identities: names.Identities, *, start: date, years: int, splits: bool = False
) -> Company:
    """A company that lists on `start`; a third of all split, or must with `splits`."""
    name = names.company_name(rng)
    span = years * 365
    days = []
    if rng.random() < 0.35 or splits:
        new, old = rng.choice(_RATIOS)
        own = Random(f"ratio/{name}/{start}")
        if own.random() < 0.15:
            new, old = own.choice(_RARE_RATIOS)
        days.append(Split(_later(rng, start, span), new, old))
    renamed = None
    if rng.random() < 0.12:
        other = names.company_name(rng)
        renamed = (_later(rng, start, span), other, names.symbol(other, rng))
    founded = Company(
        cik=identities.cik(),
        name=name,
        symbol=names.symbol(name, rng),
        title=rng.choice(_TITLES),
        founded=start,
        fiscal_month=rng.choice((12, 12, 12, 12, 6, 9, 3)),
        splits=days,
        renamed=renamed,
        espp=rng.random() < 0.5,
        reinvests=rng.random() < 0.25,
        monthly_cents=_walk(rng, years * 12 + 24),
    )
    founded.succession = _successor(founded, span)
    return founded


def _successor(company: Company, span: int) -> Succession | None:
    """One company in a dozen becomes another issuer: a holding company, a move, a merger.

    By chance of its own, so that it changes nothing else in the world.
    """
    own = Random(f"succession/{company.cik}/{company.name}")
    if own.random() > 0.08 or company.splits or company.renamed:
        return None
    words = company.name.split()
    heir = replace(
        company,
        cik=f"98{company.cik[2:]}",
        name=" ".join((words[0], "Holding", *words[1:])),
        renamed=None,
        succession=None,
    )
    new, old = own.choice(((1, 1), (1, 1), (1, 1), (1, 2)))
    return Succession(_later(own, company.founded, span), heir, new, old)


def _walk(rng: Random, months: int) -> tuple[int, ...]:
    cents, walked = rng.randrange(450, 9000), []
    for _ in range(months):
        cents = max(cents * rng.randrange(920, 1095) // 1000, 200)
        walked.append(cents)
    return tuple(walked)


def _later(rng: Random, start: date, span: int) -> date:
    return trading_day(start + timedelta(days=rng.randrange(span // 4, max(span * 3 // 4, 60))))
