"""What "the last reported total per person, title and D/I" gets wrong, beside the ledger.

    python -m tests.benchmarks.raw_key --sequences 300
    python -m tests.benchmarks.raw_key --corpus

For each person, company and form of ownership, stock of Table I, on every day from the first
report to the last: the sum of the last totals under every title, the sum of the ledger's
holdings, and what was held. Of simulated filers, who never err, the simulator knows what they
held. Of the corpus' filers the ledger's own balance stands for it, and only of those whose every
total agrees or is explained: there the table says how often the rule differs from an account that
adds up line by line, and not how often the ledger is right.

A person-day is `right` where the number is what was held, `open` where the ledger says that it does
not know one number (a range that holds the truth too), else `wrong`; a position is as its worst day.
Each wrong day is given the causes that the ledger's positions show for it (`causes`), several where
several apply. Docs: docs/explanation/raw-key.md.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from ledger.filing import Filing, Row
from projections.judgement import Judged
from projections.positions.entries import reference
from projections.positions.position import Position
from projections.questions.reconcile import judged_filings
from projections.snapshots.snapshot import Snapshots
from projections.snapshots.turning_days import turning_days
from tests.corpus import CORPUS
from tests.injection.papers import by_issuer, read_papers
from tests.simulator import World, sequence

Key = tuple[str, str, str]
"""A person's CIK, a company's CIK, direct or indirect."""

RULES = ("raw key", "ledger")
VERDICTS = ("right", "open", "wrong")
CAUSES = ("double-counted", "merged", "amended", "split", "stale", "reported later", "unseen")
_DAY = timedelta(days=1)


class Total(NamedTuple):
    """A total as its row shows it, for the day that the row speaks of."""

    on: date
    shares: Decimal
    row: str


class Holder:
    """All that one key was reported and held: what the rule reads, and what the ledger keeps."""

    def __init__(self, key: Key, shown: Snapshots) -> None:
        person, _, form = key
        self.key, self.shown = key, shown
        self.titles: dict[str, list[Total]] = {}
        self.positions = [
            p for p in shown.positions if person in p.owners and p.table == "I" and p.form == form
        ]
        self._of = {
            reference(entry): position for position in self.positions for entry in position.entries
        }

    def last(self, day: date) -> list[Total]:
        """The last total under each title that was reported for a day up to then."""
        return [
            told
            for said in self.titles.values()
            for told in [total for total in said if total.on <= day][-1:]
        ]

    def held(self, position: Position, day: date) -> Decimal | None:
        """What the ledger says a position held; None where that is not one number."""
        holding = self.shown.of(position, day)
        return holding.shares if holding else Decimal(0)

    def total(self, day: date) -> Decimal | None:
        """The sum of the ledger's holdings, None where one of them is not known."""
        known = [self.held(position, day) for position in self.positions]
        known += [
            held.shares
            for held in self.shown.unreported(day)
            if held.table == "I" and held.ownership == self.key[2]
            if self.key[0] in {owner["cik"] for owner in held.owners or (held.person,)}
        ]
        return None if None in known else sum((k for k in known if k is not None), Decimal(0))

    def turns(self) -> set[date]:
        """Every day on which one of the two answers may change."""
        days = {total.on for told in self.titles.values() for total in told}
        for position in self.positions:
            days |= {d for day in turning_days(self.shown, position) for d in (day, day + _DAY)}
        return days | {entry.day for _, _, entry, _ in self.shown.transfers if entry.day}

    def causes(self, day: date) -> set[str]:
        """Why the rule's number of a day is not the ledger's, as far as positions show it.

        `double-counted`: two titles' last totals are of one position. `merged`: what a position
        holds was reported, yet under a title whose last total is another's. `amended`: the last
        total is of a row that an amendment took the place of. `split`: it is not the ledger's
        number, and the shares were split since. `stale`: it is not, for what was held changed since, by what notes tell or a later report. `reported later`: no total
        up to that day speaks of the holding. `unseen`: the ledger's number is the rule's.
        """
        last = self.last(day)
        shown = [self._of.get(total.row) for total in last]
        found = {"amended"} if None in shown else set()
        twice = Counter(id(position) for position in shown if position)
        if any(count > 1 for count in twice.values()):
            found.add("double-counted")
        for position in self.positions:
            held = self.held(position, day)
            totals = [t for t, of in zip(last, shown, strict=True) if of is position]
            if not totals:
                reported = any(
                    e.claim is not None and (e.day or day) <= day for e in position.entries
                )
                if held:
                    found.add("merged" if reported else "reported later")
            elif held != totals[0].shares and len(totals) == 1:
                splits = self.shown.judged.folded.splits
                split = any(s.after <= day and totals[0].on < s.before for s in splits)
                found.add("split" if split else "stale")
        return found or {"unseen"}


def holders(filings: Iterable[Filing], judged: Judged) -> Iterator[Holder]:
    """Every key of one judged company that was reported a total of Table I."""
    found: dict[Key, Holder] = {}
    shown = Snapshots(judged)
    own = {dossier.id for dossier in judged.folded.dossiers}
    for filing in sorted((f for f in filings if f.id in own), key=lambda f: f.known.at):
        for row, on in _totals(filing):
            for owner in filing.owners:
                key = (owner.cik or "", filing.issuer.cik or "", row.ownership or "")
                holder = found.setdefault(key, Holder(key, shown))
                told = holder.titles.setdefault(row.security or "", [])
                place = f"{filing.id}#{row.table}.{row.line}"
                told.append(Total(on, row.shares_after or Decimal(0), place))
    yield from found.values()


def _totals(filing: Filing) -> Iterator[tuple[Row, date]]:
    for row in filing.rows:
        on = row.effective_on or filing.period
        if row.table == "I" and row.shares_after is not None and on is not None:
            yield row, on


def true(world: World, key: Key, day: date) -> Decimal:
    """What was held."""
    return sum((Decimal(pool.balance(day)) for pool in _pools(world, key)), Decimal(0))


def _pools(world: World, key: Key) -> list:  # type: ignore[type-arg]
    person, issuer, form = key
    return [
        pool
        for pool in world.truth.positions.values()
        if pool.table == "I" and pool.ownership == form
        if pool.issuer == issuer and person in pool.owners
    ]


@dataclass
class Score:
    """Days and positions by rule and verdict, and the rule's wrong days by cause."""

    days: Mapping[str, Counter[str]] = field(
        default_factory=lambda: {rule: Counter() for rule in RULES}
    )
    positions: Mapping[str, Counter[str]] = field(
        default_factory=lambda: {rule: Counter() for rule in RULES}
    )
    causes: Counter[str] = field(default_factory=Counter)
    left_out: int = 0

    def add(self, holder: Holder, last: date, world: World | None) -> None:
        """Count one key's days, from its first report to a last day."""
        first = min(told[0].on for told in map(sorted, holder.titles.values()))
        turns = holder.turns()
        if world is not None:
            turns |= {on for pool in _pools(world, holder.key) for on, _ in pool.history}
        cuts = sorted({first, last + _DAY, *(day for day in turns if first < day <= last)})
        worst = dict.fromkeys(RULES, "right")
        for begin, end in pairwise(cuts):
            raw = sum((total.shares for total in holder.last(begin)), Decimal(0))
            ledger = holder.total(begin)
            truth = ledger if world is None else true(world, holder.key, begin)
            for rule, number in zip(RULES, (raw, ledger), strict=True):
                verdict = "right" if number == truth else "open" if number is None else "wrong"
                if truth is None:
                    verdict = "open"
                self.days[rule][verdict] += (end - begin).days
                worst[rule] = max(worst[rule], verdict, key=VERDICTS.index)
                if rule == "raw key" and verdict == "wrong":
                    for cause in holder.causes(begin):
                        self.causes[cause] += (end - begin).days
        for rule in RULES:
            self.positions[rule][worst[rule]] += 1


def simulated(first: int, sequences: int) -> Score:
    """The two rules on simulated lives, held against the truth."""
    score = Score()
    for seed in range(first, first + sequences):
        world = sequence(seed)
        last = max(on for filing in world.filings for _, on in _totals(filing))
        for judged in judged_filings(world.filings):
            for holder in holders(world.filings, judged):
                score.add(holder, last, world)
    return score


def real() -> Score:
    """The rule on the corpus, held against the positions that add up from end to end."""
    score = Score()
    for papers in by_issuer(read_papers(CORPUS / "ownership_xml", CORPUS / "submissions")):
        filings = [paper.filing for paper in papers]
        for judged in judged_filings(filings):
            last = max((on for filing in filings for _, on in _totals(filing)), default=None)
            for holder in holders(filings, judged):
                if last is not None and _adds_up(judged, holder):
                    score.add(holder, last, None)
                else:
                    score.left_out += 1
    return score


def _adds_up(judged: Judged, holder: Holder) -> bool:
    """Whether every total of a key agrees or is explained."""
    told = {verdict for p in holder.positions for verdict in judged.verdicts[p.number]}
    return told <= {"opening", "agreed", "explained", None}


def main(argv: list[str] | None = None) -> None:
    """Print how the two rules fare."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpus", action="store_true", help="the rule on real filings")
    parser.add_argument("--sequences", type=int, default=300)
    parser.add_argument("--first", type=int, default=900_001, help="the first seed")
    options = parser.parse_args(argv)
    if options.corpus and not CORPUS.is_dir():
        parser.error(f"{CORPUS}: the corpus of real filings is not there (LEDGER_CORPUS names it)")
    score = real() if options.corpus else simulated(options.first, options.sequences)
    for what, rules in (("person-days", score.days), ("positions", score.positions)):
        for rule, counts in rules.items():
            shares = "  ".join(
                f"{verdict} {counts[verdict]:,} ({100 * counts[verdict] / counts.total():.1f} %)"
                for verdict in VERDICTS
            )
            print(f"{what:12} {rule:8} {counts.total():,}: {shares}")
    wrong = score.days["raw key"]["wrong"]
    for cause in CAUSES:
        if days := score.causes[cause]:
            print(f"  {cause:16} {days:>9,} of the rule's wrong days ({100 * days / wrong:.1f} %)")
    if score.left_out:
        print(f"{score.left_out:,} positions left out: not every total of theirs adds up")


if __name__ == "__main__":
    main()
