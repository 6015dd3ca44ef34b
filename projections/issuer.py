"""The fold: one issuer's known filings to its positions. Nothing else computes a balance.

A pure function of the filings and the moment of knowledge. Filings are taken in the
order the public learned of them; those of one day and one group of owners are put in the
order in which their totals join.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ledger.codes import PAIRED
from ledger.footnotes.exchanges import DEPOSITARY
from ledger.types import eastern_day
from projections.filings.amendments import Standing
from projections.filings.dates import left_on, long_unheard, public_on, speaks_on, year_end_of
from projections.filings.owners import People
from projections.filings.records import Dossier, Line, Told
from projections.filings.signatures import misnamed
from projections.filings.standing import Roll, roll
from projections.identity.names import company_key, like_symbols, symbol_key
from projections.positions.all_series import all_series
from projections.positions.astray import astray
from projections.positions.book import Book
from projections.positions.copied import copied
from projections.positions.days import post_day
from projections.positions.entries import Posting
from projections.positions.groups_apart import kept_apart
from projections.positions.misfiled import Misfiled, agents_slips, misfiled
from projections.positions.position import Position
from projections.positions.reports import Reports
from projections.positions.rulings import Rulings
from projections.positions.series_told import SeriesTold
from projections.positions.strayed import belonging, strayed
from projections.positions.traces import Split

NEAR = timedelta(days=45)
"""How far apart two trades may be for their prices to be compared."""
_BESIDE = 8
"""How many trades before a day, and twice as many from it on, a price is held against."""


FOREIGN_LAW = date(2025, 12, 18)
"""The law by which insiders of foreign private issuers report; none reported before it."""


class OddName(NamedTuple):
    """What a filing alone calls its issuer: by which mark, how, how the others do.

    `by_name` is whether the name is odd, which follows from the issuer's number, or nothing
    but a ticker, which filers type.
    """

    what: str
    mine: str
    usual: str
    by_name: bool


class Folded:
    """One issuer as known at a moment: who, what stands, and every position's timeline.

    `dossiers` are the known filings in the order the public learned of them. `splits` are
    found when the breaks are judged, `misnamed` holds by filing whom it is signed for where
    that is none of its owners, `misfiled` those that stand under another's number and do not
    count. `lineage` are the filings of companies that this one continues, or that continue it,
    and `strangers` by ticker the other companies here that bear it; both are known to whoever
    judges it beside them. `belonging` are filings about this issuer under another's number.
    """

    def __init__(
        self,
        dossiers: list[Dossier],
        people: People,
        roll: Roll,
        book: Book,
        misnamed: dict[str, str | None],
        misfiled: dict[str, Misfiled],
    ) -> None:
        self.dossiers = sorted(dossiers, key=lambda d: (d.known.at, d.stream))
        self.people, self.roll, self.book = people, roll, book
        self.rulings = Rulings()
        self.splits: list[Split] = []
        self.misnamed, self.misfiled = misnamed, misfiled
        self.lineage: Sequence[Dossier] = ()
        self.strangers: dict[str, str] = {}
        self.belonging: Sequence[Dossier] = ()

    @cached_property
    def _by_owner(self) -> dict[str, list[Position]]:
        found: dict[str, list[Position]] = {}
        for position in self.book.positions:
            for owner in sorted(position.owners):
                found.setdefault(owner, []).append(position)
        return found

    @cached_property
    def opened_by(self) -> dict[str, list[Position]]:
        """By filing, the positions it was the first to report."""
        found: dict[str, list[Position]] = {}
        for position in self.book.positions:
            found.setdefault(position.entries[0].dossier.stream, []).append(position)
        return found

    @cached_property
    def totalled_by(self) -> dict[str, list[Position]]:
        """By filing, the positions whose totals in it were taken in one of several ways."""
        found: dict[str, list[Position]] = {}
        for position in self.book.positions:
            for stream in position.conventions:
                found.setdefault(stream, []).append(position)
        return found

    @cached_property
    def saying_nothing_owned(self) -> list[Dossier]:
        """The initial statements that say no securities were owned, and list none."""
        return [d for d in self.dossiers if d.says_nothing_owned]

    @cached_property
    def grants(self) -> dict[Decimal | None, list[tuple[Dossier, Told]]]:
        """By number of shares, each award reported as stock, and the filing it stands in."""
        found: dict[Decimal | None, list[tuple[Dossier, Told]]] = {}
        for filing in self.roll.standing:
            for told in filing.told:
                if told[1].code == "A" and told[1].table == "I":
                    found.setdefault(told[1].shares, []).append((filing.dossier, told))
        return found

    @cached_property
    def given_to(self) -> dict[tuple[date | None, Decimal], list[tuple[Position, Posting]]]:
        """By day and number of shares, the rows in which shares came to an owner unsold."""
        found: dict[tuple[date | None, Decimal], list[tuple[Position, Posting]]] = {}
        for position in self.book.positions:
            for entry in position.entries:
                if entry.line.code in ("G", "J") and entry.delta > 0:
                    found.setdefault((entry.day, entry.delta), []).append((position, entry))
        return found

    def positions_of(self, owners: frozenset[str]) -> list[Position]:
        """The positions that any of these owners claims, in the order they were opened.

        Not one whose lines all turned out to belong to another.
        """
        found = {
            p.number: p for owner in owners for p in self._by_owner.get(owner, ()) if p.entries
        }
        return [found[number] for number in sorted(found)]

    @cached_property
    def standing_lines(self) -> dict[str, list[Line]]:
        """Each filing's lines that stand; those restated later stand under the amendment."""
        lines: dict[str, list[Line]] = {}
        for filing in self.roll.standing:
            for dossier, line in filing.told:
                lines.setdefault(dossier.stream, []).append(line)
        return lines

    @cached_property
    def neighbours(self) -> dict[str, list[tuple[Posting, Posting, Posting]]]:
        """By filing, each Table I entry whose title is not its predecessor's, with both neighbours."""
        found: dict[str, list[tuple[Posting, Posting, Posting]]] = {}
        for position in self.book.positions:
            if position.table == "I" and len({e.line.security for e in position.entries}) > 1:
                for three in zip(
                    position.entries, position.entries[1:], position.entries[2:], strict=False
                ):
                    found.setdefault(three[1].dossier.stream, []).append(three)
        return found

    @cached_property
    def restated_of(self) -> dict[str, list[tuple[Line, Line]]]:
        """By filing, its lines that an amendment restated, each with the new one."""
        found: dict[str, list[tuple[Line, Line]]] = {}
        for change in self.roll.amended:
            for (told, was), now in change.restated:
                found.setdefault(told.stream, []).append((was, now))
        return found

    @cached_property
    def restated(self) -> dict[int, Line]:
        """By the identity of an amendment's line, the line it took the place of."""
        return {id(line): was for c in self.roll.amended for (_, was), line in c.restated}

    @cached_property
    def _prices(self) -> list[tuple[date, Decimal, Dossier, Line]]:
        """What trades in the market were made at, by day."""
        return sorted(
            (
                (line.effective_on, line.price, dossier, line)
                for dossier in self.dossiers
                for line in dossier.lines
                if line.code in ("P", "S")
                and line.table == "I"
                and line.price
                and line.effective_on
            ),
            key=itemgetter(0, 1),
        )

    def prices_near(self, day: date | None, apart_from: Dossier) -> list[Decimal]:
        """The prices of trades that other filings report around a day."""
        if day is None:
            return []
        first = bisect_left(self._prices, day - NEAR, key=itemgetter(0))
        last = bisect_right(self._prices, day + NEAR, key=itemgetter(0))
        return [price for _, price, told, _ in self._prices[first:last] if told is not apart_from]

    def trades_beside(
        self, day: date, within: timedelta
    ) -> list[tuple[date, Decimal, Dossier, Line]]:
        """The trades of a day and the last few before it and first few after it, with their rows."""
        at = bisect_left(self._prices, day, key=itemgetter(0))
        some = self._prices[max(at - _BESIDE, 0) : at + 2 * _BESIDE]
        return [trade for trade in some if abs(trade[0] - day) <= within]

    @cached_property
    def entry_of(self) -> dict[int, Posting]:
        """By the identity of a line, its entry."""
        return {id(entry.line): entry for p in self.book.positions for entry in p.entries}

    @cached_property
    def position_of(self) -> dict[int, Position]:
        """By the identity of a line, the position it stands on."""
        return {id(entry.line): p for p in self.book.positions for entry in p.entries}

    def movement(self, line: Line) -> Decimal:
        """What a line moved, or meant to where a right total shows that it is miswritten."""
        entry = self.entry_of.get(id(line))
        meant = None if entry is None else self.rulings.on(entry).meant
        return line.movement if meant is None else meant

    @cached_property
    def orphans(self) -> frozenset[str]:
        """The amendments of filings that are not here: what they leave out may stand there."""
        return frozenset(c.amendment.stream for c in self.roll.amended if c.target is None)

    @cached_property
    def targets(self) -> dict[str, Dossier]:
        """By amendment, the filing it amends: its notes still speak of lines repeated."""
        return {
            c.amendment.stream: c.target
            for c in self.roll.amended
            if c.target is not None and c.amendment.amends
        }

    @cached_property
    def told(self) -> dict[str, list[Told]]:
        """What stands in the place of each filing, amendments of it included."""
        return {filing.dossier.stream: filing.told for filing in self.roll.standing}

    def lines_of(self, dossier: Dossier) -> list[Line]:
        """The lines of a filing that stand."""
        return self.standing_lines.get(dossier.stream, [])

    @cached_property
    def by_id(self) -> dict[str, Dossier]:
        """The filings by their names."""
        return {d.id: d for d in self.dossiers}

    @cached_property
    def _days(self) -> dict[date | None, list[Dossier]]:
        days: dict[date | None, list[Dossier]] = {}
        for dossier in self.dossiers:
            days.setdefault(public_on(dossier), []).append(dossier)
        return days

    def of_day(self, day: date | None) -> list[Dossier]:
        """The filings that became public on a day."""
        return self._days.get(day, [])

    @cached_property
    def exercised_on(self) -> set[date | None]:
        """The days on which a standing filing reports an exercise or conversion."""
        return {
            public_on(filing.dossier)
            for filing in self.roll.standing
            if any(line.code in PAIRED for _, line in filing.told)
        }

    @cached_property
    def insiders_since(self) -> dict[str, date]:
        """By owner, the first event that a Form 3 of theirs reports."""
        found: dict[str, date] = {}
        for dossier in self.dossiers:
            if dossier.base_form == "3" and (period := dossier.head.period):
                for owner in self.people.keys(dossier):
                    found[owner] = min(period, found.get(owner, period))
        return found

    @cached_property
    def foreign(self) -> bool:
        """Whether this looks like a foreign private issuer, which no form says outright.

        It gives the symbol of a foreign exchange, or its insiders report depositary shares,
        and nobody reported before the law that made such issuers' insiders report.
        """
        days = [day for d in self.dossiers if (day := public_on(d))]
        if not days or min(days) < FOREIGN_LAW:
            return False
        symbols = any(d.head.issuer.foreign_symbol for d in self.dossiers)
        return symbols or any(
            DEPOSITARY.search(ln.security or "") for d in self.dossiers for ln in d.lines
        )

    @cached_property
    def fiscal_year_end(self) -> str | None:
        """When the issuer's fiscal year ends, MMDD: as a filing's header has it, else its Forms 5."""
        told = (e for d in self.dossiers if (e := d.head.issuer.fiscal_year_end))
        return next(told, None) or year_end_of(self.dossiers)

    @cached_property
    def odd_names(self) -> dict[str, OddName]:
        """By filing, a ticker or name of the issuer that stands there alone between two others.

        The filings before and after must agree with each other, and nobody else use the
        odd one: a company that changes its name keeps the new one. The companies that it
        continues, or that continue it, are one with it here.
        """
        found: dict[str, OddName] = {}
        here = {d.stream for d in self.dossiers}
        told = sorted((*self.dossiers, *self.lineage), key=lambda d: (d.known.at, d.stream))
        for what, called in (("named", _name_of), ("symbol", _symbol_of)):
            used = [(d, name) for d in told if (name := called(d))]
            times = Counter(name for _, name in used)
            for (_, before), (dossier, mine), (_, after) in zip(
                used, used[1:], used[2:], strict=False
            ):
                alike = (
                    like_symbols(before, mine)
                    if called is _symbol_of
                    else before.startswith(mine) or mine.startswith(before)
                )
                single = before == after != mine and times[mine] == 1 and not alike
                if single and dossier.stream in here:
                    by_name = called is _name_of or dossier.stream in found
                    found[dossier.stream] = OddName(what, mine, before, by_name)
        return found

    @cached_property
    def exits(self) -> list[tuple[Dossier, frozenset[str], date]]:
        """Each report of leaving Section 16: the filing, its owners, the day."""
        gone = (d for d in self.dossiers if d.head.not_subject_to_section16)
        return [(d, self.people.keys(d), left_on(d)) for d in gone]

    @cached_property
    def initials(self) -> list[tuple[frozenset[str], date]]:
        """Whose initial statements are here, from which all that they held is known, and of which day."""
        firsts = [d for d in self.dossiers if d.base_form == "3"]
        return [(self.people.keys(d), d.head.period or eastern_day(d.known.at)) for d in firsts]

    def left_before(self, dossier: Dossier) -> date | None:
        """The last day on which these owners left Section 16, by what was filed before."""
        owners, exits = self.people.keys(dossier) if self.exits else frozenset(), self.exits
        days = (day for d, gone, day in exits if d.known.at < dossier.known.at and owners <= gone)
        return max(days, default=None)

    def begins_anew(self, dossier: Dossier) -> bool:
        """Whether a filing is an initial statement of owners who had left Section 16.

        An exit need not be reported: who files a second one long after all their reports had left.
        """
        if dossier.base_form != "3":
            return False
        own = self.people.filings_of(self.people.keys(dossier))
        return self.left_before(dossier) is not None or long_unheard(dossier, own)

    def exit_before(self, dossier: Dossier) -> date | None:
        """The day these owners left Section 16, when an earlier filing says so, and did not return."""
        last, by = self.left_before(dossier), public_on(dossier)
        return last if last and not self.returned(self.people.keys(dossier), last, by) else None

    def returned(self, owners: frozenset[str], last: date, by: date | None) -> bool:
        """Whether owners who left on a day were insiders again by another, by an initial statement."""
        days = (day for keys, day in self.initials if owners & keys)
        return any(last < day and (by is None or day <= by) for day in days)


def _name_of(dossier: Dossier) -> str:
    return company_key(dossier.head.issuer.name or "")


def _symbol_of(dossier: Dossier) -> str:
    return symbol_key(dossier.head.issuer.symbol) or ""


def fold(
    dossiers: Iterable[Dossier],
    *,
    known_at: datetime | None = None,
    elsewhere: Iterable[Dossier] = (),
) -> Folded:
    """Fold an issuer's filings, using only those known by the moment given.

    `elsewhere` are filings about other issuers, of which one here may be a copy.
    """
    known = [d for d in dossiers if d.known_by(known_at)]
    others = [d for d in elsewhere if d.known_by(known_at)]
    people = People(known)
    standing = roll(known, people)
    ordered = sorted(standing.standing, key=_turn)
    reports = Reports(ordered, people)
    signed_for = {d.stream: misnamed(d, people, known) for d in known}
    wrong = {m.dossier.stream: m for m in misfiled(ordered, people, reports, signed_for)}
    if others:
        wrong |= {m.dossier.stream: m for m in copied(ordered, reports, others)}
        wrong = {m.dossier.stream: m for m in strayed(known, others)} | wrong
    book, reports = _posted(standing, people, reports, set_aside=wrong)
    slips = {m.dossier.stream: m for m in agents_slips(book.positions, standing.standing, reports)}
    if slips:
        wrong |= slips
        book, _ = _posted(standing, people, reports, set_aside=wrong)
    folded = Folded(
        dossiers=known, people=people, roll=standing, book=book, misnamed=signed_for, misfiled=wrong
    )
    folded.belonging = list(belonging(known, others))
    return folded


def _posted(
    standing: Roll, people: People, reports: Reports, *, set_aside: Mapping[str, Misfiled]
) -> tuple[Book, Reports]:
    """A book of all filings that stand, but for some that are set aside, and what they report."""
    if set_aside:
        standing.standing = [s for s in standing.standing if s.dossier.stream not in set_aside]
        reports = Reports(sorted(standing.standing, key=_turn), people)
    ordered = sorted(standing.standing, key=_turn)
    amended = [
        c for c in standing.amended if c.home is None or c.home.dossier.stream not in set_aside
    ]
    off, apart = astray(ordered, amended, reports), kept_apart(ordered, people, reports)
    summed = all_series(ordered, people, off)
    book = Book(summed.off | off, apart, SeriesTold(ordered, people, summed), people)
    for _, group in groupby(ordered, key=lambda s: (speaks_on(s.dossier), people.scope(s.dossier))):
        post_day(book, list(group), people, reports)
    return book, reports


def _turn(filing: Standing) -> tuple[object, ...]:
    dossier = filing.dossier
    return (speaks_on(dossier), dossier.head.period or date.min, dossier.known.at, dossier.stream)
