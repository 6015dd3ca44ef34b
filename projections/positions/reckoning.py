"""The arithmetic of a position: the one place where a balance, or what is expected, is reckoned.

A position decides how each line is taken (`Taking`); what follows from that is reckoned here,
line by line, and never changed afterwards. Whoever finds a decision wrong has the position
take the line another way and reckon again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from ledger.types import exchanged
from projections.filings.records import ZERO
from projections.positions.entries import Entry, Posting, grants

AFTER_ALL = ("final", "date-final", "trade-final", "kind-final")
"""Ways to take totals in which none of them stands for its own row."""


def counted_with(entry: Entry, convention: str) -> object:
    """What rows have in common whose totals are those after all of them: nothing, a day, a trade.

    The lots of a trade, each at its price, stand below each other under one code and one total;
    where one of these is wrong, under one code.
    """
    kind = (entry.line.code, entry.day, entry.delta > 0)
    told = {"date-final": entry.day, "trade-final": (*kind, entry.claim), "kind-final": kind}
    return told.get(convention)


class Taking(msgspec.Struct, eq=False):
    """How a position takes one line: decided, and decided anew, before anything is reckoned.

    Its fields are those of `Posting`. `opens` says that the line's total is the first known of
    the position, `scale` by which ratio the balance before it is to be exchanged.
    """

    entry: Entry
    convention: str = "running"
    beside: Decimal = ZERO
    opens: bool = False
    scale: Fraction | None = None
    moved_here: bool = False
    late: bool = False
    lot: bool = False
    scope: Decimal | None = None
    repeats: Entry | None = None
    rival: Entry | None = None
    returned: Entry | None = None
    settled: tuple[Entry, ...] = ()
    ahead: tuple[Entry, ...] = ()
    left_out: tuple[Entry, ...] = ()

    @classmethod
    def again(cls, entry: Entry, first: Entry, held: Decimal | None) -> Taking:
        """A line that repeats an earlier filing's: its total is of then, or of what is held now."""
        beside = ZERO if entry.claim is None or held is None else entry.claim - held
        return cls(entry, "as-of-filing" if beside else "running", beside, repeats=first)

    @staticmethod
    def told_anew(
        entries: Sequence[Entry], found: Sequence[Posting | None]
    ) -> tuple[list[Entry], list[Entry]]:
        """A form's lines that no form before it told, and, if they are all grants, those it copies."""
        pairs = list(zip(entries, found, strict=True))
        fresh = [e for e, first in pairs if first is None or first.dossier is e.dossier]
        copies = [e for e in entries if not any(e is one for one in fresh)]
        return fresh, copies if not fresh or all(map(grants, copies)) else []

    @property
    def usual(self) -> bool:
        """Whether the line is taken as most are: where it stands, in its turn, as one of its own."""
        return not (
            self.late
            or self.moved_here
            or self.lot
            or self.ahead
            or self.left_out
            or self.settled
            or self.scope is not None
            or self.repeats is not None
            or self.rival is not None
            or self.returned is not None
        )


def reckon(takings: Iterable[Taking], level: Decimal | None) -> Iterator[Posting]:
    """The postings of some lines in order, from the balance before the first of them."""
    for taking in takings:
        posting = _posting(taking, level)
        level = posting.balance
        yield posting


def supposed(posting: Posting, *, like: Posting) -> Posting:
    """A posting as it would be if its total, and not that of another, were the one that is off.

    For asking what such a break could come from; nothing goes on from it.
    """
    return msgspec.structs.replace(posting, expected=like.expected, residual=like.residual)


def less(posting: Posting, gained: Decimal) -> Posting:
    """A posting as it would be if the balance before it had gained so much already.

    For asking what the rest of a break could come from; nothing goes on from it.
    """
    prior, residual = (posting.prior or ZERO) + gained, posting.residual - gained
    return msgspec.structs.replace(posting, prior=prior, residual=residual)


def _posting(taking: Taking, level: Decimal | None) -> Posting:
    entry, scaled = taking.entry, ZERO
    if taking.scale is not None and level is not None:
        scaled = exchanged(level, taking.scale) - level
        level += scaled
    delta = ZERO if taking.repeats is not None else entry.delta
    beside, claim, scope = taking.beside, entry.claim, taking.scope
    convention = taking.convention
    if entry.others and claim is not None:
        claim, beside = claim + entry.others, beside + entry.others
        scope, convention = (scope or ZERO) + entry.others, "class-total"
    if taking.left_out:
        beside -= sum((e.delta for e in taking.left_out), ZERO)
    after = None if level is None else level + delta
    known = after is not None and not taking.opens and not entry.unmeasured
    expected = after + beside if known and after is not None else None
    lasting = taking.lot or taking.rival is not None
    aside = lasting or taking.returned is not None
    stands = claim is not None and not (aside and (after is not None or lasting))
    posting = Posting(
        dossier=entry.dossier,
        line=entry.line,
        delta=delta,
        claim=claim,
        unmeasured=entry.unmeasured,
        day=entry.day,
        astray=entry.astray,
        convention=convention,
        prior=None if taking.opens else level,
        beside=beside,
        expected=expected,
        balance=claim - beside if stands and claim is not None else after,
        residual=ZERO if claim is None or expected is None else claim - expected,
        opening=taking.opens and not entry.unmeasured,
    )
    if taking.usual and not scaled and scope is None:
        return posting
    return msgspec.structs.replace(
        posting,
        moved_here=taking.moved_here,
        late=taking.late,
        lot=taking.lot,
        aside=aside,
        scope=scope,
        scaled=scaled,
        repeats=taking.repeats,
        rival=taking.rival,
        returned=taking.returned,
        settled=taking.settled,
        ahead=taking.ahead,
        left_out=taking.left_out,
    )


def count_rows_below(takings: Sequence[Taking], convention: str) -> None:
    """Let each total count the rows below it too, as far as a convention has it: see `counted_with`."""
    below, told = ZERO, object()
    for taking in reversed(takings):
        if (same := counted_with(taking.entry, convention)) != told:
            below, told = ZERO, same
        taking.beside = below
        below += taking.entry.delta


def leave_out(takings: Iterable[Taking], late: Sequence[Entry]) -> None:
    """Let totals leave out what was reported only later."""
    for taking in takings:
        if taking.entry.claim is not None:
            taking.left_out = (*taking.left_out, *late)
            if taking.convention not in AFTER_ALL:
                taking.convention = "left-out"
