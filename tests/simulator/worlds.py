"""A seed in, a world out: companies, insiders, their filings, and what is true of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ledger.filing import Filing
from tests.simulator import movements, notes
from tests.simulator.calendars import trading_day
from tests.simulator.companies import CENT, Company, company
from tests.simulator.errors import ERRORS, Unsuitable, inject
from tests.simulator.movements import FUND, REPORTED, SILENT, Happening, Life
from tests.simulator.names import Identities
from tests.simulator.people import Insider, Series, add_vehicle, insider
from tests.simulator.realisation import filing_of, number_in_order, truth_of
from tests.simulator.reports import Draft, first_report, report
from tests.simulator.truth import InjectedError, Truth

_VEHICLES = (
    "By Spouse",
    "By Trust",
    "By Family Trust",
    "By Wexcombe Family Partnership",
    "By Family Limited Partnership",
    "By IRA",
    "By GRAT",
)


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

    Raises:
        Unsuitable: No filing of this world can carry that error; try another seed.
    """
    rng, identities = Random(f"world/{seed}"), Identities(seed)
    drafts, everyone = [], []
    for _ in range(issuers):
        start = trading_day(date(rng.randrange(2004, 2020), rng.randrange(1, 13), 3))
        firm = company(rng, identities, start=start, years=years)
        for number in range(people):
            fund = number > 0 and rng.random() < 0.12
            person = insider(rng, identities, firm, fund=fund, choice=dict(habits or {}))
            life = _begin(rng, firm, person)
            count = episodes or years * 4
            gap = max(years * 365 // count, 12)
            drafts += _live(life, count, gap, must=())
            everyone.append(person)
    return _finish(seed, rng, identities, drafts, everyone, error)


def sequence(seed: int, error: str | None = None) -> World:
    """A short world, made fast: one company, one to three filers, 6 to 25 filings.

    An error that needs certain happenings gets them. Deterministic in both arguments.
    """
    for attempt in range(40):
        rng, identities = Random(f"sequence/{seed}/{error}/{attempt}"), Identities(seed)
        start = trading_day(date(rng.randrange(2004, 2019), rng.randrange(1, 13), 3))
        firm = company(rng, identities, start=start, years=3)
        drafts, everyone = [], []
        for number in range(rng.choice((1, 1, 2, 2, 3))):
            choice: dict[str, Any] = {}
            must: tuple[str, ...] = ()
            if error is not None and number == 0:
                choice, must = dict(ERRORS[error].habits), ERRORS[error].needs
            fund = number > 0 and rng.random() < 0.15
            person = insider(rng, identities, firm, fund=fund, choice=choice)
            life = _begin(rng, firm, person)
            drafts += _live(life, rng.randrange(6, 9), rng.randrange(30, 110), must=must)
            everyone.append(person)
        try:
            return _finish(seed, rng, identities, drafts, everyone, error)
        except Unsuitable:
            continue
    raise Unsuitable(f"no sequence of seed {seed} can carry {error}")


def stream(seed: int, lines: int) -> Iterator[Filing]:
    """Filings with at least so many lines in all, world after world, made as needed."""
    number = 0
    while lines > 0:
        made = world(seed * 1_000 + number, people=12, years=6, episodes=30)
        yield from made.filings
        lines -= made.lines
        number += 1


def _finish(
    seed: int,
    rng: Random,
    identities: Identities,
    drafts: list[Draft],
    everyone: list[Insider],
    error: str | None,
) -> World:
    spoilt = None
    drafts.sort(key=lambda draft: (draft.accepted_at, draft.insider.key, draft.kind))
    if error is not None:
        spoilt = inject(error, drafts, rng)
    ordered = number_in_order(drafts, identities)
    truth = truth_of(ordered, everyone)
    return World(
        seed,
        [filing_of(draft) for draft in ordered],
        truth,
        spoilt.named() if spoilt else None,
    )


def _begin(rng: Random, firm: Company, person: Insider) -> Life:
    """The insider's position on the day the Form 3 falls due."""
    start = trading_day(firm.founded + timedelta(days=rng.randrange(0, 200)))
    life = Life(firm, person, rng, start)
    life.option_title = rng.choice(
        (
            "Employee Stock Option (right to buy)",
            "Stock Option (Right to Buy)",
            "Option to Purchase",
        )
    )
    life.unit_title = rng.choice(("Restricted Stock Units", "Restricted Stock Unit", "RSUs"))
    if person.kind == "fund":
        names = [owner.name or "" for owner in person.owners]
        life.standing_note = notes.held_by_fund(rng, *names)
        person.direct.move(start, rng.randrange(200, 9000) * 1000)
        if rng.random() < 0.4:
            person.direct.ownership, person.direct.nature = "indirect", "See footnote"
        return life
    opening = 0 if rng.random() < 0.15 else rng.randrange(300, 250_000)
    person.direct.move(start, opening)
    for nature in rng.sample(_VEHICLES, rng.choice((0, 0, 1, 1, 2))):
        add_vehicle(person, firm.title, nature).move(start, rng.randrange(500, 90_000))
    if person.officer:
        for _ in range(rng.choice((0, 1, 1, 2))):
            _older_option(life)
    return life


def _older_option(life: Life) -> None:
    """An option granted before the person became an insider."""
    rng = life.rng
    left = rng.choice((300, 700, 1500, 2500))
    series = Series(
        "option",
        max(life.company.price(life.day) * rng.randrange(30, 90) / 100, CENT).quantize(CENT),
        life.day - timedelta(days=rng.randrange(1, 500)),
        life.day + timedelta(days=left),
        "Fully vested.",
    )
    position = movements.series_position(life, series, life.option_title)
    position.move(life.day, rng.randrange(20, 400) * 100)


def _live(life: Life, count: int, gap: int, must: tuple[str, ...]) -> list[Draft]:
    """A Form 3 (most of the time), then so many reported happenings, `must` among them."""
    rng = life.rng
    drafts = [first_report(life)]
    if rng.random() < 0.2:
        drafts = []
    life.day = max(life.day, drafts[0].filed_on if drafts else life.day)
    owed = _agenda(rng, must, count)
    for turn in range(count):
        _advance(life, gap)
        if rng.random() < 0.3 and life.insider.kind == "person":
            silent = rng.choices(list(SILENT), [weight for _, weight in SILENT.values()])[0]
            SILENT[silent][0](life)
            _advance(life, gap // 3)
        happening = _next(life, owed.get(turn))
        if happening is None:
            continue
        late = rng.choice((3, 5, 12)) if rng.random() < 0.03 and happening.form == "4" else 0
        drafts += report(life, happening, days_late=late)
    return drafts


def _agenda(rng: Random, must: tuple[str, ...], count: int) -> dict[int, str]:
    if not must:
        return {}
    turns = sorted(rng.sample(range(1, count), min(len(must), count - 1)))
    return dict(zip(turns, must, strict=False))


def _advance(life: Life, gap: int) -> None:
    ahead = trading_day(
        life.day + timedelta(days=life.rng.randrange(max(gap // 2, 2), gap * 3 // 2 + 3))
    )
    for one in life.company.splits:
        if life.day < one.on <= ahead:
            movements.split(life, one)
    life.day = ahead
    movements.lapse(life)


def _next(life: Life, wanted: str | None) -> Happening | None:
    if wanted is not None:
        return REPORTED[wanted][0](life)
    choices = REPORTED if life.insider.kind == "person" else {name: REPORTED[name] for name in FUND}
    if not life.insider.officer:
        choices = {name: one for name, one in choices.items() if name != "option_exercise"}
    names, weights = list(choices), [weight for _, weight in choices.values()]
    for _ in range(4):
        happening = choices[life.rng.choices(names, weights)[0]][0](life)
        if happening is not None and happening.moves:
            return happening
    return None
