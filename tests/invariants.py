"""What must hold of every entry and every printed history, counted over whatever there is.

    python -m tests.invariants --sequences 600

For every entry: the residual is claim less expected; the expected follows from the balance
before, what the line moved, and what its total counts besides by the convention that the entry
names; `agreed` stands only where the claim is both expected and the balance. For every
printed history, a reader with a pencil: the balance before, and what moved, and what is shown
as explained or set aside, is the balance after; a total set aside names the finding that
says why (`tests.pencil`). No holding is below nothing, on any day or as the low end of a range,
unless it counts what its owner owes; none stands beside parts that add up to it. A sum is what
its holdings add up to, and says what it does not count; no series together hold more than the
total that a filing gives of them all.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from ledger import Filing, Ledger
from projections.answers import Holding, PositionHistory
from projections.identity.securities import class_tokens
from projections.judgement import Judged
from projections.positions.balances import level_on, may_owe
from projections.positions.class_totals import lapsed
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.rulings import Rulings
from projections.questions.class_sums import class_sums
from projections.questions.history import history_of
from projections.questions.reconcile import judged_filings
from projections.snapshots.snapshot import Snapshots
from projections.sums import ClassSum
from tests.corpus import CASES, CORPUS, STORIES
from tests.pencil import faults_as_json, faults_as_text
from tests.simulator import ERRORS, Unsuitable, sequence

ZERO = Decimal(0)
_COUNTS_BESIDE = frozenset(
    "final date-final trade-final kind-final as-of-filing left-out class-total before-row lot".split()
)
"""Conventions by which a total counts something besides what is held after its row."""


@dataclass(slots=True)
class Count:
    """How many entries and printed lines were checked, and what was wrong with any."""

    entries: int = 0
    lines: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, judged: Judged) -> None:
        """Check one issuer."""
        histories = [(p, history_of(judged, p)) for p in judged.folded.book.positions]
        for position, printed in histories:
            self.entries += len(position.entries)
            self.lines += len(printed.entries)
            self.faults += faults_of(position, judged.folded.rulings)
            self.faults += faults_in(printed)
        self.faults += impossible(judged, histories)
        self.faults += counted_twice(judged)
        self.faults += wrong_sums(judged)


def faults_of(position: Position, rulings: Rulings) -> Iterator[str]:
    """What does not hold of a position's entries."""
    for entry in position.entries:
        ruling, where = rulings.on(entry), reference(entry)
        if entry.claim is not None and entry.expected is not None:
            if entry.residual != entry.claim - entry.expected:
                yield f"{where}: residual {entry.residual}"
        elif entry.residual:
            yield f"{where}: a residual of nothing expected"
        if not _follows(entry):
            yield f"{where}: expected {entry.expected} after {entry.prior} ({entry.convention})"
        if ruling.verdict == "agreed" and not entry.claim == entry.expected == entry.balance:
            yield f"{where}: agreed, {entry.claim}, {entry.expected}, {entry.balance}"
        if entry.residual and ruling.verdict == "agreed":
            yield f"{where}: agreed with a residual"


def _follows(entry: Posting) -> bool:
    if entry.beside and entry.convention not in _COUNTS_BESIDE:
        return False
    if entry.expected is None:
        return entry.opening or entry.unmeasured or entry.prior is None
    return entry.prior is not None and entry.expected == entry.prior + entry.delta + entry.beside


def faults_in(printed: PositionHistory) -> Iterator[str]:
    """Where a history, as JSON and as text, does not add up for a reader with a pencil."""
    for line in printed.entries:
        if line.verdict == "agreed" and line.claimed != line.computed:
            where = f"{line.filing}#{line.row}"
            yield f"{where}: agreed, {line.claimed} beside a balance of {line.computed}"
    yield from faults_as_json(printed)
    yield from faults_as_text(printed)


def impossible(
    judged: Judged, histories: Iterable[tuple[Position, PositionHistory]]
) -> Iterator[str]:
    """Holdings below nothing on some day, or in a history, of what nobody can owe."""
    for position, printed in histories:
        for line in () if may_owe(position) else printed.entries:
            if line.computed is not None and line.computed < 0 and not line.findings:
                yield f"{line.filing}#{line.row}: a balance of {line.computed}"
    days = {e.day for p in judged.folded.book.positions for e in p.entries if e.day}
    around = sorted(days | {day - timedelta(days=1) for day in days})
    shown = Snapshots(judged)
    for day in (*around[:: 1 + len(around) // 24], None):
        for holding in shown.on(day):
            lowest = holding.shares if holding.shares is not None else holding.shares_low
            if lowest is not None and lowest < 0:
                yield f"{holding.position} on {day}: {lowest}"


def counted_twice(judged: Judged) -> Iterator[str]:
    """Holdings of stock that stand beside all their own parts: a lot beside its remainder, and the whole."""
    groups: dict[object, list[Holding]] = {}
    shown = Snapshots(judged)
    for position in shown.positions:
        held_now = shown.of(position, None) if position.table == "I" else None
        if held_now is not None and held_now.shares:
            key = (position.owners, position.tokens, position.form)
            groups.setdefault(key, []).append(held_now)
    for group in groups.values():
        total = sum((h.shares for h in group if h.shares is not None), ZERO)
        for whole in group if len(group) > _PAIR else ():
            if whole.shares is not None and whole.shares * 2 == total:
                yield f"{whole.position}: {whole.shares} beside parts that add up to it"


def wrong_sums(judged: Judged) -> Iterator[str]:
    """Sums that are not those of their holdings, and totals set aside without a word."""
    shown = Snapshots(judged)
    holdings = list(shown.on(None))
    for whole in class_sums(holdings):
        alike = class_tokens(whole.security or "", whole.issuer["name"] or "", _symbol(whole))
        own = [h for h in holdings if h.person == whole.person and h.table == whole.table]
        parts = [h for h in own if _stock_of(h, alike)]
        lows = _least(parts)
        if whole.shares_low != lows or whole.shares not in (None, lows):
            yield f"{whole.person['name']}: {whole.shares} of {whole.security}, not {lows}"
        aside = [one for h in parts for one in h.left_out]
        if not set(aside) <= set(whole.left_out):
            yield f"{whole.person['name']}: a sum of {whole.security} that leaves out in silence"
    said = {one.source for h in holdings for one in h.left_out}
    for position in judged.folded.book.positions:
        claims = [e for e in position.entries if e.claim is not None]
        last = [e for e in claims if e.dossier is claims[-1].dossier and e.rival is not None]
        if position.unit == "shares" and not {reference(e) for e in last} <= said:
            yield f"{reference(last[0])}: a second total that no holding tells of"
    for _, total in shown.class_totals(None):
        if total.in_holdings is not None and total.in_holdings > total.shares:
            yield f"{total.source}: series of {total.in_holdings} in a total of {total.shares}"
        if _least_of_series(judged, total.source) > total.shares:
            yield f"{total.source}: series hold more than the total {total.shares} of them all"


def _least(parts: Sequence[Holding]) -> Decimal:
    """What some holdings are at least: of those that may be one, as one says of the other, the larger."""
    left, least = list(parts), ZERO
    while left:
        same, met = [left.pop()], 0
        while met < len(same):
            one, met = same[met], met + 1
            tied = [h for h in left if h.nature in one.may_be or one.nature in h.may_be]
            tied = [h for h in tied if {*h.doubts} & {*one.doubts}]
            same += tied
            left = [h for h in left if h not in tied]
        least += max(h.shares_low or ZERO for h in same)
    return least


def _symbol(whole: ClassSum) -> str:
    return whole.issuer.get("symbol") or ""


def _stock_of(holding: Holding, alike: frozenset[str]) -> bool:
    name, symbol = holding.issuer["name"] or "", holding.issuer.get("symbol") or ""
    same = class_tokens(holding.security or "", name, symbol) == alike
    converts = holding.table == "I" or holding.expires_on is None
    return same and converts and holding.value is None and holding.shares != 0


def _least_of_series(judged: Judged, source: str) -> Decimal:
    """What the series that a total adds held at least, on its day."""
    found = [(p, e) for p in judged.folded.book.positions for e in p.entries]
    (home, entry), *_ = [(p, e) for p, e in found if reference(e) == source]
    family = [p for p in judged.folded.book.positions if (p.owners, p.kind) == _kin(home)]
    family = [p for p in family if not lapsed(p, entry)]
    levels = [level_on(p, entry.day, judged.folded.rulings) for p in family if p.table == "II"]
    return sum((level.low for level in levels if level is not None and level.low), ZERO)


def _kin(position: Position) -> tuple[frozenset[str], str]:
    return position.owners, position.kind


_PAIR = 2
"""Holdings of which one is the other's double are two, not a whole beside its parts."""


def counted(stories: Iterable[Iterable[Filing]]) -> Count:
    """The count over some stories, each a world of its own."""
    count = Count()
    for filings in stories:
        for judged in judged_filings(filings):
            count.add(judged)
    return count


# --- what there is to check --------------------------------------------------------------


def simulated(sequences: int, *, first: int = 0) -> Iterator[list[Filing]]:
    """So many simulated sequences, with each kind of error in turn, every third without."""
    kinds = sorted(ERRORS)
    for number in range(sequences):
        error = None if number % 3 == 2 else kinds[number % len(kinds)]
        try:
            yield sequence(first + number, error).filings
        except Unsuitable:
            yield sequence(first + number).filings


def recorded(paths: Iterable[Path]) -> list[Filing]:
    """The filings of some files, as a ledger has them."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.ingest(*paths)
        names = [stream if ":" in stream else stream[5:] for stream in ledger.streams()]
        return [ledger.filing(name) for name in names]


def real() -> Iterator[list[Filing]]:
    """The real filings of the corpus: ownership XML and submissions, and the scanned five."""
    yield recorded([CORPUS / "ownership_xml", CORPUS / "submissions"])
    yield recorded([CORPUS / "seeds"])


def cases() -> Iterator[list[Filing]]:
    """Each acceptance case."""
    return (recorded([folder]) for folder in sorted(CASES.glob("*/filings")))


def stories() -> Iterator[list[Filing]]:
    """Each story from practice."""
    files = sorted(STORIES.iterdir())
    return (
        recorded(list(own)) for _, own in groupby(files, key=lambda path: path.name.split(".")[0])
    )


def main() -> None:
    """Print the count of each."""
    ask = argparse.ArgumentParser(description="Whether every entry and every history adds up.")
    ask.add_argument("--sequences", type=int, default=600, help="how many simulated sequences")
    asked = ask.parse_args()
    sources = {f"{asked.sequences} simulated sequences": simulated(asked.sequences)}
    if CORPUS.is_dir():
        sources["corpus of real filings"] = real()
    if CASES.is_dir():
        sources["acceptance cases"] = cases()
    if STORIES.is_dir():
        sources["stories from practice"] = stories()
    for name, found in sources.items():
        count = counted(found)
        print(
            f"{name:28} {count.entries:7,} entries {count.lines:7,} lines {len(count.faults):5} faults"
        )
        for fault in count.faults[:10]:
            print(f"    {fault}")


if __name__ == "__main__":
    main()
