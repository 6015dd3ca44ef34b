"""The filings of one day and one group of owners, posted in the order in which their totals join."""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Sequence
from heapq import heapify, heappop, heappush

from projections.filings.amendments import Standing
from projections.filings.owners import People
from projections.filings.parts import one_report, part_of
from projections.filings.records import ZERO, Told
from projections.positions.book import Book, Strands
from projections.positions.chains import ends_of
from projections.positions.entries import Entry
from projections.positions.rebasing import in_turn
from projections.positions.reports import Holding, Reports, holding_of
from projections.positions.rivals import Strand

_WAITING = 50
"""Of a day's filings so many are weighed against each other at once: hundreds would take minutes."""

_PARTS = 10
"""Among so many that come next the other forms of a report are looked for."""


def post_day(book: Book, filings: list[Standing], people: People, reports: Reports) -> None:
    """Post one day's filings of one group, next always the one that breaks least.

    Where there are more than are weighed at once, those first from which others go on. Forms of one
    report that each tell holdings and rows of their own are posted as one form, and then what they list
    again.
    """
    if len(filings) > _WAITING:
        turns = _in_turn([_strands(book, f, f.told, people) for f in filings])
        filings = [filings[at] for at in turns]
    while filings:
        turn = 0
        if len(filings) > 1:
            first = filings[:_WAITING]
            waiting = [_strands(book, f, f.told, people) for f in first]
            turn = _next(book, waiting, [_said(f, first, reports) for f in first])
        filing = filings.pop(turn)
        told = filing.told
        if filing.unmentioned:
            told = _scope(book, filing, people, reports)
        report = _strands(book, filing, told, people)
        again: Strands = []
        for part in [f for f in filings[:_PARTS] if one_report(f.dossier, filing.dossier)]:
            strands = _strands(book, part, part.told, people)
            own: list[Strand] = []
            listed: list[Strand] = []
            for strand in strands:
                (listed if _stands_in(report, strand) else own).append(strand)
            shared = {words.exact for words, _ in own} & {words.exact for words, _ in report}
            if not shared and not _moves(own) & _moves(report):
                filings.remove(part)
                report, again = [*report, *own], [*again, *listed]
        for strands in (*in_turn(report), *([strand] for strand in again)):
            book.post(strands)


def _stands_in(report: Strands, strand: Strand) -> bool:
    """Whether a report has what one of its forms only lists: the holding, with the same total."""
    words, entries = strand
    totals = {entry.claim for entry in entries}
    return not any(entry.delta for entry in entries) and any(
        words.exact == other.exact and totals == {e.claim for e in told[-1:]}
        for other, told in report
    )


def _in_turn(waiting: Sequence[Strands]) -> list[int]:
    """A day's filings, each behind those at whose balances it begins; otherwise as they came."""
    opens, closes = zip(*map(ends_of, waiting), strict=True)
    opening, closing = _where(opens), _where(closes)
    before = [_sharing(opens[i], closing) - {i} for i in range(len(waiting))]
    free = [i for i, earlier in enumerate(before) if not earlier]
    heapify(free)
    turns, placed = list[int](), set[int]()
    left = deque(range(len(waiting)))
    while len(turns) < len(waiting):
        while not free and left[0] in placed:
            left.popleft()
        turn = heappop(free) if free else left.popleft()  # one of a circle, where none is free
        if turn in placed:
            continue
        turns.append(turn)
        placed.add(turn)
        for other in _sharing(closes[turn], opening) - placed:
            before[other].discard(turn)
            if not before[other]:
                heappush(free, other)
    return turns


def _said(filing: Standing, beside: Sequence[Standing], reports: Reports) -> tuple[int, int]:
    """Where a filing comes that totals leave open, and which part of a report it says it is.

    An initial statement comes first; last where it has what another one of the day brought, and the
    next report goes on from that.
    """
    part = part_of(filing.dossier)
    turn = 1
    if filing.dossier.base_form == "3":
        turn = 2 if _counts_what_came(filing, beside, reports) else 0
    return turn, part[0] if part else 0


def _counts_what_came(filing: Standing, beside: Sequence[Standing], reports: Reports) -> bool:
    """Whether an initial statement lists what another filing of the day arrives at, or should have.

    One that does not go on from there, as no later report does, lists what was held before.
    """
    others = [f for f in beside if f is not filing]
    days = {f.dossier.day for f in beside}
    for holding, ends in reports.ends(filing).items():
        later = (e for e in reports.after(filing, holding) if e.filing.dossier.day not in days)
        after = next(later, None)
        told = [mine for f in others if (mine := reports.ends(f).get(holding)) is not None]
        arrived = any(one.moved > 0 and one.closing == ends.closing for one in told)
        due = any(one.moved > 0 and one.closing + one.moved == ends.closing for one in told)
        goes_on = after is not None and after.opening == ends.closing
        if (arrived and (after is None or goes_on)) or (due and goes_on):
            return True
    return False


def _next(book: Book, waiting: list[Strands], said: Sequence[tuple[int, int]]) -> int:
    """Which of a day's filings comes next: it breaks least, and another one goes on from it.

    A filing that goes on from where another one arrives waits for it, however much the
    other breaks: what that one leaves open stays open in either order. One whose rows all
    stand in another, among more, repeats that one and comes after it. Where totals leave it
    open, they come as is `said` of each.
    """
    rows = [_moves(strands) for strands in waiting]
    opens, closes = zip(*map(ends_of, waiting), strict=True)
    telling, opening, closing = _where(rows), _where(opens), _where(closes)
    costs = [
        (
            any(rows[i] < rows[k] for k in telling.get(next(iter(rows[i]), None), ())),
            book.waits_of(strands, {end for end in opens[i] if closing.get(end, set()) - {i}}),
            book.breaks_of(strands),
            len(_sharing(opens[i], closing) - {i}),
            -len(_sharing(closes[i], opening) - {i}),
            *said[i],
        )
        for i, strands in enumerate(waiting)
    ]
    return costs.index(min(costs))


def _where(sets: Sequence[set[object]]) -> dict[object, set[int]]:
    """By element, the places of the sets that have it."""
    found: dict[object, set[int]] = {}
    for at, elements in enumerate(sets):
        for element in elements:
            found.setdefault(element, set()).add(at)
    return found


def _sharing(elements: set[object], where: dict[object, set[int]]) -> set[int]:
    """The places of the sets that share any of these elements."""
    return set().union(*(where.get(element, ()) for element in elements))


def _moves(strands: Strands) -> set[object]:
    """Every transaction of a filing, with its total."""
    return {
        (words.table, e.day, e.line.code, e.delta, e.line.price, e.claim)
        for words, entries in strands
        for e in entries
        if e.delta
    }


def _scope(book: Book, filing: Standing, people: People, reports: Reports) -> list[Told]:
    """Whether lines an amendment leaves out were dropped: whichever breaks less stands.

    Where neither does, that from which the next reports go on, and never what they go on against; and
    though the last total still counts what was dropped, if they go on from what the rows that are left come to.
    """
    left_out = {id(line) for _, line in filing.unmentioned}
    without = [t for t in filing.told if id(t[1]) not in left_out]
    kept_breaks = book.breaks_of(_strands(book, filing, filing.told, people))
    dropped_breaks = book.breaks_of(_strands(book, filing, without, people))
    dropped = _go_on_without(filing, without, reports)
    if dropped_breaks == kept_breaks and dropped:
        return without
    if kept_breaks <= dropped_breaks and _moved_without(filing, left_out, reports):
        return without
    return without if dropped_breaks < kept_breaks and dropped is not False else filing.told


def _go_on_without(filing: Standing, without: Sequence[Told], reports: Reports) -> bool | None:
    """Whether what comes next goes on from the totals without some lines, and nothing from those with them.

    None where nothing goes on from either.
    """
    kept = dict(reports.ends_of(filing, filing.told))
    found = None
    for holding, ends in reports.ends_of(filing, without):
        after = next(reports.after(filing, holding), None)
        closed = kept[holding].closing if holding in kept else None
        if after is None or closed == ends.closing:
            continue
        if after.opening == closed:
            return False
        found = found or after.opening == ends.closing or None
    return found


def _moved_without(filing: Standing, left_out: Container[int], reports: Reports) -> bool:
    """Whether what comes next goes on from what a filing's rows come to without some lines, and not from their totals."""
    told: dict[Holding, list[Entry]] = {}
    for dossier, line in filing.told:
        if line.shares_after is not None and line.movement:
            holding = (reports.owners(filing), *holding_of(dossier, line))
            told.setdefault(holding, []).append(Entry.of(dossier, line, as_of=filing.dossier))
    for holding, entries in told.items():
        rest = [e for e in entries if id(e.line) not in left_out]
        after = next(reports.after(filing, holding), None)
        if after is None or not 0 < len(rest) < len(entries):
            continue
        due = (rest[0].claim or ZERO) - rest[0].delta + sum((e.delta for e in rest), ZERO)
        if after.opening == due and due not in (rest[-1].claim, entries[-1].claim):
            return True
    return False


def _strands(book: Book, filing: Standing, told: Sequence[Told], people: People) -> Strands:
    dossier = filing.dossier
    owners = (
        people.keys(dossier).union(*(people.keys(t) for t in filing.twins))
        if filing.twins
        else people.keys(dossier)
    )
    off = book.astray
    entries = [Entry.of(d, line, as_of=dossier, astray=off.get(id(line))) for d, line in told]
    return book.strands(entries, people.scope(dossier), owners)
