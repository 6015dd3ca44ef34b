"""An entry as filed, and its posting: what follows from it on its position."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from ledger.statements import SENSES
from projections.filings.dates import likely_day
from projections.filings.records import ZERO, Dossier, Line, Told
from projections.identity.awards import Award, awards_of

_YEAR = Decimal("365.25")
_NEAR_ANNIVERSARY = 7
"""In days: a term of ten years ends on the day of the grant, or a business day or so from it."""


ALL_SERIES = "all-series"
"""What a total is called that should be that of all series, as this filer counts, and is not."""

UNDECIDED = "undecided"
"""What a total is called of which no later report shows whether it counts a trade again."""


class Astray(msgspec.Struct, frozen=True):
    """Why a total is known to be off, and by how much it says too much.

    `kind` is `repeated` (it counts a trade that `because` told already) or `uncorrected` (it
    goes on from what `because` put right later), or `undecided` (no later report shows whether
    it counts a trade again), `contradicted` (a co-owner's report of the same movement, `because`,
    has another total and goes on) `disputed` (so it is, and nothing goes on from this one), or `all-series` (the total of all series goes on
    around it as `because` shows; of no shares where nothing does) or `older-statement` (it is as of a day
    before that of `because`). A `copy` is the row that tells the trade again, and moves nothing;
    `named` says that the error is told at this line.
    """

    kind: str
    shares: Decimal
    because: Told
    copy: bool = False
    named: bool = True

    def plus(self, other: Astray) -> Astray:
        """Both errors together, as the first one is told."""
        return msgspec.structs.replace(self, shares=self.shares + other.shares)


class Entry(msgspec.Struct, frozen=True, eq=False):
    """One line of a filing as filed: what it moved, and the total it claims.

    Both are shares, or dollars where the line counts nothing but dollars. Of a total known to
    be off, `astray` says why, and `claim` is what it comes to without that; so it is of one
    that counts `others`, series beside its own. Two entries are equal where they are of one
    line, whatever was reckoned for it since.
    """

    dossier: Dossier
    line: Line
    delta: Decimal
    claim: Decimal | None
    unmeasured: bool
    """Whether something moved that the line does not count.

    What stock is worth, as of a fund or a plan, moves with its price.
    """
    day: date | None
    """The day the line speaks of.

    Its transaction date, or that of the year in which its form shows it to be; for a holding the day of the filing on Form 4, and the event or
    the year's end on Forms 3 and 5.
    """
    astray: Astray | None = None
    others: Decimal = ZERO

    @property
    def noted(self) -> set[Decimal]:
        """The amounts that the line's own notes say moved."""
        return {
            said.shares
            for said in self.dossier.statements
            if said.shares and SENSES[said.kind].moves and said.note in self.line.notes
        }

    @property
    def award(self) -> Award:
        """What the line's own notes say of the award that it is about."""
        return awards_of(self.dossier.text_of(note) for note in self.line.notes)

    @classmethod
    def of(
        cls,
        dossier: Dossier,
        line: Line,
        *,
        as_of: Dossier | None = None,
        astray: Astray | None = None,
    ) -> Entry:
        """What a filing's line moved and claims, before anything follows from it.

        `as_of` is the filing that the line speaks as of: of an amendment, the one it amends.
        """
        copy = astray is not None and astray.copy
        dollars = line.in_dollars
        moved, claim = line.moved, line.total
        if astray is not None and claim is not None:
            claim -= astray.shares
        delta = ZERO if line.holding or copy else line.signed(moved)
        unmeasured = moved is None and not line.holding and line.direction is not None
        day = _day(as_of or dossier, line)
        return cls(
            dossier=dossier,
            line=line,
            delta=delta,
            claim=claim,
            unmeasured=unmeasured or (dollars and line.table == "I"),
            day=day,
            astray=astray,
        )

    def besides(self, others: Decimal) -> Entry:
        """The entry of a line whose total counts so much of other series."""
        claim = None if self.claim is None else self.claim - others
        return msgspec.structs.replace(self, claim=claim, others=others)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and other.line is self.line

    def __hash__(self) -> int:
        return id(self.line)


class Posting(Entry, frozen=True, eq=False):
    """An entry on its position with our arithmetic, reckoned once (`positions.reckoning`).

    `delta` is what it moved here: nothing where it `repeats` a line reported before.
    `prior` is the balance before the line, `balance` the one after it, `expected` what its
    total should be: `prior`, what the line moved, and `beside`, what the total counts
    besides by its `convention`. It is None where nothing is known before, at an `opening`.
    `residual` is claim less expected. A total that stands moves the balance to what it says;
    one set `aside`, because it shows its `lot` alone, because its form has a `rival` to it, or
    because a later total `returned` to the line before it, moves nothing.

    The convention is named: `running` (each total is the one after its own row), `chained`
    and `reversed` (the same in another order of rows), `final`, `date-final`, `trade-final` and
    `kind-final` (after all rows of the filing, of the day, of one trade, or of one code and day),
    `as-of-filing` (with what moved `ahead` of the filing),
    `left-out` (without lines reported later), `class-total` (with the owner's other positions,
    their `scope`), `lot`, `before-row` (what was owned before its own row).
    """

    convention: str = "running"
    prior: Decimal | None = None
    beside: Decimal = ZERO
    expected: Decimal | None = None
    balance: Decimal | None = None
    residual: Decimal = ZERO
    opening: bool = False
    moved_here: bool = False
    """Whether the line stands under another form, vehicle or class, and belongs here."""
    late: bool = False
    lot: bool = False
    aside: bool = False
    scope: Decimal | None = None
    scaled: Decimal = ZERO
    """What a split, or a change of units, added to the balance before the line."""
    repeats: Entry | None = None
    rival: Entry | None = None
    """The line of the same form whose total stands, and which this one contradicts."""
    returned: Entry | None = None
    settled: tuple[Entry, ...] = ()
    ahead: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether its total agrees by its own row, with nothing known against it."""
        return not self.beside and self.astray is None and self.follows

    @property
    def follows(self) -> bool:
        """Whether its total is what it should be."""
        return self.claim is not None and self.expected is not None and not self.residual


def reference(entry: Entry) -> str:
    """`FILING#I.1`: where an entry's line stands."""
    return f"{entry.dossier.id}#{entry.line.ref}"


def _day(dossier: Dossier, line: Line) -> date | None:
    if line.effective_on:
        return likely_day(dossier, line)
    if line.holding and dossier.base_form == "4":
        orphan = dossier.head.original_on if dossier.amends else None
        return orphan or dossier.day or dossier.head.period
    return dossier.head.period or dossier.day


def begins_with(line: Line) -> bool:
    """Whether a grant made its series: it expires on an anniversary of that day, or nearly."""
    return line.code == "A" and bool(line.exercise_price) and begins_that_day(line)


def brings(entry: Entry) -> bool:
    """Whether a row adds units; so does a grant of none, nor of shares under them, once called off."""
    line = entry.line
    nothing = line.shares == line.underlying_shares == ZERO
    return entry.delta > 0 or (nothing and begins_with(line))


def begins_that_day(line: Line) -> bool:
    """Whether the term of a derivative counts from its row's day, or nearly, by its expiry."""
    granted, expires = line.effective_on, line.expires_on
    if line.table != "II":
        return False
    if granted is None or expires is None or expires.year <= granted.year:
        return False
    term = (expires - granted).days
    return abs(term - round(term / _YEAR) * _YEAR) <= _NEAR_ANNIVERSARY


def told_first(entries: Sequence[Entry], known: Sequence[Posting]) -> list[Posting | None]:
    """For each of a filing's entries the one among those known that told its deal first.

    Where several did, one whose total agrees.
    """
    days = {e.line.effective_on for e in entries}
    told = [e for e in known if e.line.effective_on in days and e.delta]
    earlier = {_facts(e): e for e in told}
    agreeing = {(*_facts(e), e.claim): e for e in told}
    return [agreeing.get((*_facts(e), e.claim)) or earlier.get(_facts(e)) for e in entries]


def told_by_others(
    entries: Sequence[Entry], told: Sequence[Posting | None], held: Decimal | None
) -> int:
    """How many rows at the head of a form another filer told, with these totals; the next goes on.

    That form had less, and so it ends where the first row here that it lacks begins.
    """
    count = next((i for i, first in enumerate(told) if first is None), 0)
    for entry, first in zip(entries[:count], told, strict=False):
        if first is None or entry.claim is None or entry.claim != first.claim:
            return 0
        if _filers(entry) & _filers(first):
            return 0
    fresh = entries[count]
    return count if count and fresh.claim is not None and fresh.claim - fresh.delta == held else 0


def _filers(entry: Entry) -> set[str | None]:
    return {owner.cik or owner.name for owner in entry.dossier.head.owners}


def told_otherwise(entry: Entry, first: Entry) -> bool:
    """Whether a deal that another filer told has another total in the form of this one."""
    agree = None in (entry.claim, first.claim) or entry.claim == first.claim
    return not (agree or _filers(entry) & _filers(first))


def _facts(entry: Entry) -> tuple[object, ...]:
    line = entry.line
    return (line.effective_on, line.code, line.direction, line.shares, line.value, line.price)


def stands_twice(one: Posting, other: Posting) -> bool:
    """Whether two rows of a form are one row, digit for digit, its total included."""
    first, second = (
        (line.effective_on, line.code, line.shares, line.price, line.shares_after)
        for line in (one.line, other.line)
    )
    return one.dossier is other.dossier and first == second


def grants(entry: Entry) -> bool:
    """Whether a row of Table II grants an award, under a total that is all of it."""
    return (entry.line.table, entry.line.code) == ("II", "A") and entry.claim == entry.delta


def grants_units(entry: Entry) -> bool:
    """Whether such a row grants what has no price of its own."""
    return grants(entry) and not entry.line.exercise_price


def known_after(one: Entry, other: Entry) -> bool:
    """Whether a line became known after another, in a filing of its own."""
    mine, theirs = one.dossier, other.dossier
    return (mine.known.at, mine.stream) > (theirs.known.at, theirs.stream)
