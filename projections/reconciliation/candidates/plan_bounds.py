"""What an employer's plan can bring to a holding, or take from it, between two totals.

A note that names a plan and gives no amount would fit a difference of any size. What is paid
into a plan is limited by law and by pay, though, and shares leave it only where somebody takes
them out. `usual` is what plans do; what is merely `possible` stays open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from ledger.footnotes.dates import dates
from ledger.footnotes.dollars import sums
from ledger.footnotes.held_as_of import statement_day
from ledger.footnotes.plan_exits import left_a_plan, united
from ledger.statements import SENSES
from projections.filings.dates import known_on
from projections.filings.records import ZERO, Dossier, Stated
from projections.identity.names import words_of
from projections.identity.plans import accrues_in, plan_key
from projections.identity.vehicles import core_of, vehicle_key
from projections.positions.entries import Posting
from projections.positions.noted import rolled_in
from projections.positions.position import Position
from projections.reconciliation import costs
from projections.reconciliation.case import Case

Allowed = Literal["usual", "possible"] | None
"""How a plan bears out a difference: as plans do, as one might at most, or not at all."""

_YEAR = 365

_ADDITIONS = (
    (1983, 30_000),
    (2001, 35_000),
    (2002, 41_000),
    (2003, 42_000),
    (2004, 44_000),
    (2005, 46_000),
    (2006, 49_000),
    (2007, 50_000),
    (2008, 51_000),
    (2009, 54_500),
    (2012, 55_500),
    (2013, 56_500),
    (2014, 57_500),
    (2015, 59_000),
    (2017, 60_000),
    (2018, 61_000),
    (2019, 62_000),
    (2020, 63_500),
    (2021, 64_500),
    (2022, 67_500),
    (2023, 73_500),
    (2024, 76_500),
    (2025, 81_250),
    (2026, 83_250),
)
"""Dollars that may be added to one member's account in a qualified plan, from a year on: the
limit of Internal Revenue Code, Section 415(c), of employer and member together, and the
catch-up contributions of older members, Section 414(v), which do not count against it."""

_UNQUALIFIED = re.compile(
    r"non-?\s?qualified|supplement|excess|deferr|deferral|restoration|equali[sz]ation|serp|phantom"
    r"|mirror",
    re.IGNORECASE,
)
"""Words of plans beside the qualified ones, on which the law sets no limit in dollars."""


_OWNERSHIP = frozenset({"esop", "ksop"})
"""Employee stock ownership plans, by their key."""


def plan_allows(case: Case, said: Stated, gap: Decimal) -> Allowed:
    """How a note on a plan, reinvested dividends among them, bears out a difference."""
    if gap < 0:
        return None if SENSES[said.kind].only_adds else _taken(case, said, -gap)
    if united(case.entry.dossier.text_of(said.note)) and accounts_ended(case):
        return None  # what the other account had is known: it is that, and what both gained
    if said.kind == "dividend-reinvestment":
        return _reinvested(case, gap)
    if said.kind == "espp-purchase":
        fits = gap <= (case.entry.prior or case.entry.claim or ZERO) and _bought(case, gap)
    elif _UNQUALIFIED.search(case.position.nature + case.entry.dossier.text_of(said.note)):
        fits = gap <= (case.entry.prior or ZERO) * _years(case) or _bought(case, gap, told=True)
    else:
        fits = paid_in(case, gap)
    return _sure(case, gap) if fits else None


def _by_one_statement(case: Case) -> bool:
    """Whether this total and the one before are both as of one day, by their notes.

    Nothing comes to an account within a day of it: a number is wrong, or a note was only carried on.
    """
    if case.before is None or case.entry.delta:
        return False
    told, before = _statement_days(case.entry), _statement_days(case.before)
    return bool(told) and told == before


def cannot_accrue(case: Case) -> bool:
    """Whether a note on the total leaves no room for what none counts: more came by it than all the rise."""
    entry, since = case.entry, case.before.day if case.before else None
    told = (s for s in entry.dossier.statements if s.note in entry.line.notes and s.shares)
    return _by_one_statement(case) or any(
        SENSES[said.kind].only_adds and (said.shares or ZERO) > entry.residual > 0
        for said in told
        if since and said.group_total is None and _came_after(entry.dossier, said, since)
    )


def _came_after(dossier: Dossier, said: Stated, day: date) -> bool:
    """Whether a note's shares came after a day: by the one it gives, or since the last report."""
    if said.effective_from is not None:
        return said.effective_from > day
    return bool(_SINCE.search(dossier.quote(said)))


_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)


def brings_nothing(case: Case, said: Stated) -> bool:
    """Whether a note on a plan tells of what came before, or by the rows under it, and of no more."""
    return cannot_accrue(case) or _at_both_rows(case, said)


def _at_both_rows(case: Case, said: Stated) -> bool:
    """Whether a note stands at two rows of one form, of what came by each: it tells what they do."""
    entry, before = case.entry, case.before
    together = before is not None and before.dossier is entry.dossier and entry.delta > 0
    return together and before is not None and before.delta > 0 and said.note in before.line.notes


def _statement_days(entry: Posting) -> set[date]:
    days = (statement_day(entry.dossier.text_of(note)) for note in entry.line.notes)
    return {day for day in days if day is not None}


def in_dollars(case: Case, said: Stated, gap: Decimal) -> bool:
    """Whether a note gives a cause in dollars, and a difference is not what they are in shares.

    A figure of dollars is no number of shares, so a difference of just that figure is not what
    the note tells of; and dollars paid into a plan bring no more than they buy.
    """
    told = sums(case.entry.dossier.text_of(said.note))
    if not told or abs(gap) in told:
        return bool(told)
    price = _price(case)
    if price is None or gap < 0 or not SENSES[said.kind].only_adds:
        return False
    paid = max(told)
    return paid > price * costs.PRICE_MOVES and gap * price > paid * costs.PRICE_MOVES * _years(
        case
    )


def accrues(case: Case, gap: Decimal) -> bool:
    """Whether a plan's own vehicle may have gained so much without a word: a modest rise.

    What an ownership plan allocates follows pay, not what was held, so that the law alone bounds it.
    """
    plan = plan_key(case.position.vehicle)
    if not plan or gap <= 0:
        return False
    if case.entry.line.holding and not _OWNERSHIP.isdisjoint(plan.split()) and _price(case):
        return paid_in(case, gap)
    return _modest(case, gap) and (
        bool(_UNQUALIFIED.search(case.position.nature)) or paid_in(case, gap)
    )


def told_as_of(case: Case, dossier: Dossier, said: Stated) -> date | None:
    """The day as of which a note on a plan's own holding tells it, after the total before: all was there by then."""
    words, since = dossier.quote(said), case.before.day if case.before is not None else None
    if case.entry.delta or since is None or not plan_key(case.position.vehicle):
        return None
    days = {w.effective_to for w in dates(words, 0, len(words)) if w.role == "as-of"}
    told = [day for day in days if day is not None and since < day <= known_on(dossier)]
    return told[0] if len(days) == len(told) == 1 else None


def may_be_deferred_pay(case: Case, gap: Decimal) -> bool:
    """Whether a statement of a plan in which pay is put off may have gained so much: no limit bounds it.

    Who puts off all that he earns has twice as much within a year of his first ones.
    """
    unbound = _UNQUALIFIED.search(case.position.nature) is not None
    return unbound and _no_doubling(case, gap)


def _no_doubling(case: Case, gap: Decimal) -> bool:
    """Whether a statement of a plan rose by no more than it had, for each year that has begun."""
    held = (case.entry.prior or ZERO) * _years(case)
    return case.entry.line.holding and bool(plan_key(case.position.vehicle)) and 0 < gap <= held


def gains_on(case: Case, gap: Decimal) -> bool:
    """Whether a young account goes on to gain as it did: as fast as between two reports before.

    What it takes in of a year's pay is bounded by the law; beside the little that it has it is much.
    """
    if not _no_doubling(case, gap) or not _steady(case, gap):
        return False
    entries, explained = case.position.entries, case.rulings.on
    told = [
        (before.day, e.day, e.residual)
        for before, e in pairwise(entries[: case.position.place(case.entry)])
        if e.residual > 0 and explained(e).verdict == "explained"
    ]
    return any(
        gap * (last - first).days <= costs.PRICE_MOVES * gained * _days(case)
        for first, last, gained in told
        if first and last
    )


def counts_fewer(case: Case, gap: Decimal) -> bool:
    """Whether a line on a plan's own vehicle shows what its fund's cash takes from the shares.

    A member has a part of the fund, and the shares in it are reckoned anew at each statement.
    """
    entry, held = case.entry, case.entry.prior or ZERO
    fell = gap < 0 and entry.line.holding and -gap <= held * costs.FUND_CASH
    return fell and bool(plan_key(case.position.vehicle)) and not case.across_gap


def of_a_fund(case: Case) -> bool:
    """Whether a note on the line says that its number is reckoned: from units, or a statement."""
    return any(_RECKONED.search(case.entry.dossier.text_of(n)) for n in case.entry.line.notes)


_RECKONED = re.compile(
    r"\bunit(?:s|i[sz]ed)?\b|\bstatement\b|\bestimat|\bapproximat", re.IGNORECASE
)


def reinvests(case: Case, gap: Decimal) -> bool:
    """Whether stock, or units of it, gained a fraction: no more than dividends buy as a rule.

    Such purchases are exempt from being reported (Rule 16a-11), and by many filers not even noted;
    so are the units that dividends on units are credited as. What has a strike has no dividends.
    A fraction that a split left is none of theirs, and of a long silence a report tells as well:
    but not of units, which nobody buys. Those that end have their fraction in the last row, or
    are paid in whole shares where their totals showed before at what rate they gain.
    """
    entry, units = case.entry, case.position.table == "II"
    if (units and case.position.series[0]) or (case.across_gap and not units):
        return False
    left = entry.claim or (entry.delta if units else ZERO)
    broken = left % 1 or (units and reinvests_regularly(case, gap))
    return bool(gap > 0 and gap % 1 and broken) and _reinvested(case, gap) == "usual"


def reinvests_regularly(case: Case, gap: Decimal) -> bool:
    """Whether another total of the position rose by a fraction at about the rate of this one."""
    entries, rate = case.position.entries, _rate(case.before, case.entry, gap)
    others = (_rate(before, e, e.residual) for before, e in pairwise(entries) if e != case.entry)
    return any(rate <= 2 * other <= 4 * rate for other in others) if rate > 0 else False


def _rate(before: Posting | None, entry: Posting, gained: Decimal) -> Fraction:
    """What a total gained in a day beyond its rows, as a part of the balance; 0 where no fraction did."""
    if before is None or before.day is None or entry.day is None or not entry.prior:
        return Fraction(0)
    days = (entry.day - before.day).days
    told = days > 0 and entry.prior > 0 and gained > 0 and gained % 1
    return Fraction(gained) / (Fraction(entry.prior) * days) if told else Fraction(0)


def paid_in(case: Case, gap: Decimal) -> bool:
    """Whether a qualified plan may have brought so much: the law's limit, and its dividends.

    Without a price nothing says what was paid in; then no more than was held, for a year: last,
    or where the account was emptied in between, ever.
    """
    price = _price(case)
    if price is None:
        return gap <= (case.entry.prior or _ever_held(case)) * _years(case)
    paid = _additions(case) * costs.PRICE_MOVES * _YEAR
    return gap * price * _YEAR <= paid + price * (case.entry.prior or ZERO) * costs.YIELD * _days(
        case
    )


def _ever_held(case: Case) -> Decimal:
    """The most that an account is reported to have had before."""
    entries = case.position.entries
    return max((e.claim or ZERO for e in entries[: case.position.place(case.entry)]), default=ZERO)


def _bought(case: Case, gap: Decimal, *, told: bool = False) -> bool:
    """Whether shares are worth no more than such a note speaks of; `told` asks for a price."""
    price = _price(case)
    return gap * price <= costs.PLAN_LIMIT * _years(case) if price else not told


def _sure(case: Case, gap: Decimal) -> Allowed:
    """As a rule, where it is a modest rise; or what pay brings in the time, and no doubling."""
    if _modest(case, gap):
        return "usual"
    held = case.entry.prior or ZERO
    return "usual" if _steady(case, gap) and gap <= held else "possible"


def _steady(case: Case, gap: Decimal) -> bool:
    """Whether the law lets so much of a year's pay into a plan in the time, at the price that is known."""
    price = _price(case)
    return price is not None and gap * price * _YEAR <= _additions(case, 1) * _days(case)


def _modest(case: Case, gap: Decimal) -> bool:
    """Whether a rise is a part of the balance such as a plan adds in the time."""
    held, days = case.entry.prior or ZERO, _days(case)
    return accrues_in(days, gap, held, part=costs.ACCRUED, lag=0)


def _reinvested(case: Case, gap: Decimal) -> Allowed:
    """How reinvested dividends bear out a rise: a part of the balance a year, half of it mostly.

    Where nothing was held they brought nothing, and they never doubled what was.
    """
    held, yearly = case.entry.prior or ZERO, gap * _YEAR
    most = held * costs.YIELD * _days(case)
    if yearly > most or gap > held:
        return None
    return "usual" if 2 * yearly <= most else "possible"


def _additions(case: Case, years: int | None = None) -> Decimal:
    """Dollars that the law lets into one account: of every calendar year that the time touches."""
    since, day = case.before.day if case.before else None, case.entry.day
    last = (day or since or date.max).year
    first = since.year if since is not None and since.year <= last else last
    starts = [year for year, _ in _ADDITIONS]
    of = [
        Decimal(_ADDITIONS[max(bisect_right(starts, year) - 1, 0)][1])
        for year in range(first, last + 1)
    ]
    return sum(of[-years:] if years else of, ZERO)


def _days(case: Case) -> int:
    """The days since the total before, and a quarter for which plans pay, and statements lag."""
    since, day = case.before.day if case.before else None, case.entry.day
    return _YEAR if since is None or day is None else max((day - since).days, 0) + costs.PLAN_LAG


def _years(case: Case) -> int:
    """How many years have begun since the total before."""
    since, day = case.before.day if case.before else None, case.entry.day
    return 1 if since is None or day is None else 1 + max((day - since).days, 0) // _YEAR


def _price(case: Case) -> Decimal | None:
    """The price of the line, else of the last trade before it, in this holding or another."""
    entries = case.position.entries
    past = entries[: entries.index(case.entry) + 1] if case.entry in entries else [case.entry]
    own = next((p for e in reversed(past) if (p := e.line.price) and p >= 1), None)
    day = case.entry.day or date.max
    others = [
        (e.day, p)
        for position in case.siblings
        for e in position.entries
        if (p := e.line.price) and p >= 1 and e.day and e.day <= day
    ]
    return own or max(others, default=(None, None))[1]


# --- what leaves a plan ----------------------------------------------------------------------


def _taken(case: Case, said: Stated, shares: Decimal) -> Allowed:
    """How a note bears out that so many shares left a plan.

    A fund that holds some cash counts fewer shares at times. More goes only by what is reported
    (code I), or by what the note tells: a withdrawal, a loan.
    """
    held = case.entry.prior or ZERO
    if shares <= held * costs.FUND_CASH:
        return "usual"
    told = left_a_plan(case.entry.dossier.text_of(said.note))
    return "possible" if told and shares <= held else None


def names_plan(dossier: Dossier, said: Stated, plan: Position) -> bool:
    """Whether the words of a note name the plan that is a holding's vehicle."""
    core = core_of(plan.vehicle)[0]
    words = {*words_of(vehicle_key(dossier.quote(said)))}
    return bool(core) and bool(plan_key(plan.vehicle)) and core <= words


def from_a_plan_apart(case: Case, said: Stated) -> bool:
    """Whether shares were rolled over from a plan that had them, or of which no report here tells.

    None need tell of it; a plan that is still listed says itself what left it.
    """
    told = [e for e in (case.entry, case.before) if e is not None and said in e.dossier.statements]
    return any(
        rolled_in(e, said) and not _kept_by_a_plan(case, e, said) and not _carried_on(case, e, said)
        for e in told
    )


def _carried_on(case: Case, entry: Posting, said: Stated) -> bool:
    """Whether an earlier line of the holding has the note already, as filers carry notes on."""
    earlier = case.position.entries[: case.position.place(entry)]
    return any(
        other.shares == said.shares and rolled_in(e, other)
        for e in earlier
        for other in e.dossier.statements
    )


def _kept_by_a_plan(case: Case, entry: Posting, said: Stated) -> bool:
    """Whether the plan that a note names is listed since without a fall, or had fewer shares."""
    known, moved = entry.dossier.known.at, said.shares or ZERO
    for plan in case.siblings:
        if not names_plan(entry.dossier, said, plan):
            continue
        since = [e for e in plan.entries if e.dossier.known.at >= known]
        fell = bool(since) and since[0].residual == -moved
        if not fell and (since or (plan.balance or ZERO) < moved):
            return True
    return False


_ACCOUNTS = frozenset("ira iras keogh sep account accounts".split())
"""Words of vehicles that are accounts, and no plan of an employer's."""


def accounts_ended(case: Case) -> list[Position]:
    """Accounts beside a holding of which neither the form in question nor a later one tells."""
    known = case.entry.dossier.known.at
    return [
        p
        for p in case.siblings
        if p.balance and (plan_key(p.vehicle) or not _ACCOUNTS.isdisjoint(p.vehicle.split()))
        if all(e.dossier.known.at < known for e in p.entries)
    ]
