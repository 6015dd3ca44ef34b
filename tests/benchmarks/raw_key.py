"""What "the last reported total per person, title and D/I" gets wrong, beside the ledger.

    python -m tests.benchmarks.raw_key --sequences 300

Filers who never err, of whom the simulator knows what they held. For each person, company and
form of ownership, stock of Table I, at the end of every month from the first report to the last:
the sum of the last totals under every title, the sum of the ledger's holdings, and what is
true. A month is `right` where they are equal, `open` where the ledger says that it does not know
a number (a range that holds the truth counts as open too), else `wrong`. A position is wrong
where any of its months is. Docs: docs/explanation/raw-key.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.filing import Filing
from projections.bulk.panel import spans
from projections.questions.holdings import Snapshots
from projections.questions.reconcile import judged_filings
from tests.simulator import World, sequence

Key = tuple[str, str, str]
"""A person's CIK, a company's CIK, direct or indirect."""

RULES = ("raw key", "ledger")


def month_ends(first: date, last: date) -> Iterator[date]:
    """The ends of months from a first day to a last one."""
    day = first.replace(day=1)
    while (following := (day + timedelta(days=31)).replace(day=1)) <= last + timedelta(days=1):
        yield following - timedelta(days=1)
        day = following


def reported(filings: Iterable[Filing]) -> dict[Key, dict[str, list[tuple[date, Decimal]]]]:
    """Every total by key and title, in the order in which it was filed."""
    found: dict[Key, dict[str, list[tuple[date, Decimal]]]] = {}
    for filing in sorted(filings, key=lambda f: f.known.at):
        for row in filing.rows:
            on = row.effective_on or filing.period
            if row.table != "I" or row.shares_after is None or on is None:
                continue
            for owner in filing.owners:
                key = (owner.cik or "", filing.issuer.cik or "", row.ownership or "")
                titles = found.setdefault(key, {})
                titles.setdefault(row.security or "", []).append((on, row.shares_after))
    return found


def raw(titles: dict[str, list[tuple[date, Decimal]]], month: date) -> Decimal:
    """The last total under every title that was reported for a day up to then, added up."""
    last = ([total for on, total in told if on <= month][-1:] for told in titles.values())
    return sum((total for one in last for total in one), Decimal(0))


def ours(world: World, last: date) -> dict[tuple[Key, date], Decimal | None]:
    """The ledger's panel by key and month; None where some of it is not known to a share."""
    found: dict[tuple[Key, date], Decimal | None] = {}
    for judged in judged_filings(world.filings):
        for span in spans(Snapshots(judged), date(1990, 1, 1), last):
            held = span.holding
            if held.table != "I":
                continue
            key = (span.person["cik"] or "", held.issuer["cik"] or "", held.ownership or "")
            for month in span.months:
                before = found.get((key, month), Decimal(0))
                known = before is not None and held.shares is not None
                found[key, month] = before + held.shares if known else None  # type: ignore[operator]
    return found


def true(world: World, key: Key, month: date) -> Decimal:
    """What was held."""
    person, issuer, form = key
    return sum(
        (
            Decimal(pool.balance(month))
            for pool in world.truth.positions.values()
            if pool.table == "I" and pool.ownership == form
            if pool.issuer == issuer and person in pool.owners
        ),
        Decimal(0),
    )


def measured(world: World) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    """By rule, how many months and how many positions are right, open and wrong."""
    months: dict[str, Counter[str]] = {rule: Counter() for rule in RULES}
    positions: dict[str, Counter[str]] = {rule: Counter() for rule in RULES}
    keys = reported(world.filings)
    last = max((on for titles in keys.values() for told in titles.values() for on, _ in told))
    panel = ours(world, last)
    for key, titles in keys.items():
        worst = dict.fromkeys(RULES, "right")
        first = min(on for told in titles.values() for on, _ in told)
        for month in month_ends(first, last):
            truth = true(world, key, month)
            said = {"raw key": raw(titles, month), "ledger": panel.get((key, month), Decimal(0))}
            for rule, number in said.items():
                verdict = "open" if number is None else "right" if number == truth else "wrong"
                months[rule][verdict] += 1
                worst[rule] = max(worst[rule], verdict, key=("right", "open", "wrong").index)
        for rule in RULES:
            positions[rule][worst[rule]] += 1
    return months, positions


def main(argv: list[str] | None = None) -> None:
    """Print how the two rules fare on simulated lives."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sequences", type=int, default=300)
    parser.add_argument("--first", type=int, default=900_001, help="the first seed")
    options = parser.parse_args(argv)
    totals = {what: {rule: Counter[str]() for rule in RULES} for what in ("months", "positions")}
    for seed in range(options.first, options.first + options.sequences):
        for what, counts in zip(totals, measured(sequence(seed)), strict=True):
            for rule in RULES:
                totals[what][rule] += counts[rule]
    for what, rules in totals.items():
        for rule, counts in rules.items():
            shares = "  ".join(
                f"{verdict} {counts[verdict]:,} ({100 * counts[verdict] / counts.total():.1f} %)"
                for verdict in ("right", "open", "wrong")
            )
            print(f"{what:10} {rule:8} {counts.total():,}: {shares}")


if __name__ == "__main__":
    main()
