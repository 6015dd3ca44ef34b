"""Issuers that continue another under a new CIK, and the holdings that carry over.

A holding company, a reincorporation or a merger gives a company a new CIK, and shares of
the old one become shares of the new without a row (Rules 12g-3 and 16b-7). A common name,
ticker or note only nominates two issuers; balances that tie by one ratio confirm it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec

from ledger.types import exchanged, grouped, signed
from projections.filings.records import ZERO, Dossier
from projections.findings.explanations import Explanation, Term
from projections.findings.finding import Finding, about
from projections.identity.names import company_key, symbol_key
from projections.identity.securities import same_class
from projections.issuer import Folded
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.positions.ratios import comes_to, spoken
from projections.positions.rulings import Ruling

_CLOSING = frozenset({"D", "J", "U", "C"})
"""Codes under which filers report that their shares of the old issuer are gone."""


class Carried(msgspec.Struct, frozen=True):
    """One position of the old issuer and the one of the new that continues it."""

    was: Position
    now: Position
    shares: Decimal
    arrived: Decimal
    by_row: bool

    def ties(self, ratio: Fraction) -> bool:
        """Whether what arrived is what was held, by a ratio; fractions are paid in cash."""
        return comes_to(self.shares, ratio, self.arrived, within=1)

    @property
    def simplest(self) -> Fraction:
        """The ratio that two balances show: one of small numbers where that ties them."""
        shown = Fraction(self.arrived) / Fraction(self.shares)
        simple = shown.limit_denominator(100)
        return simple if simple and self.ties(simple) else shown


class Succession(msgspec.Struct):
    """One issuer in another's place: by which ratio, between which days, and what shows it.

    `carried` are the positions of both that belong together, `followed` those whose first
    total follows from it.
    """

    old: Folded
    new: Folded
    ratio: Fraction
    after: date
    on: date
    carried: tuple[Carried, ...]
    noted: tuple[str, ...]
    followed: list[Carried] = []

    def takes_over(self, was: Position) -> bool:
        """Whether the new issuer's reports show what a holding of the old one may have become.

        What they do not name is held still: only what moves has to be reported there.
        """
        return any(
            was.owners & now.owners
            and (was.table, was.kind, was.form) == (now.table, now.kind, now.form)
            and (was.vehicle == now.vehicle or not (was.vehicle and now.vehicle))
            and (
                was.table == "I"
                or was.series[1] == now.series[1]
                or None in (was.series[1], now.series[1])
            )
            for now in self.new.book.positions
        )


# --- which issuers may be kin ---------------------------------------------------------------


def marks(company_names: Iterable[str], symbols: Iterable[str | None]) -> set[str]:
    """What two issuers must share to be looked at together: a name, borne or noted, or a ticker."""
    named = {f"name:{key}" for name in company_names if (key := company_key(name))}
    return named | {f"symbol:{key}" for key in map(symbol_key, symbols) if key}


def marks_of(dossiers: Iterable[Dossier]) -> set[str]:
    """The marks of one issuer's filings."""
    found: set[str] = set()
    for dossier in dossiers:
        issuer = dossier.head.issuer
        if issuer.cik:
            noted = [s.counterpart or "" for s in dossier.statements if s.kind == "succession"]
            names = [issuer.name or "", *issuer.former_names, *noted]
            found |= marks(names, [issuer.symbol])
    return found


def bearers(issuers: Iterable[Folded]) -> dict[str, str]:
    """By ticker, what a company that bears it is called."""
    return {
        key: issuer.name or issuer.cik or "?"
        for folded in issuers
        for issuer in (d.head.issuer for d in folded.dossiers)
        if (key := symbol_key(issuer.symbol))
    }


# --- what carried over -------------------------------------------------------------------------


def succession(old: Folded, new: Folded) -> Succession | None:
    """The new issuer in the old one's place, if words nominate them and balances tie."""
    if not old.dossiers or not new.dossiers or not _nominated(old, new):
        return None
    pairs = [pair for position in new.book.positions if (pair := _pair(position, old))]
    noted, stated = _noted(old, new)
    ratios = {*stated, Fraction(1), *(p.simplest for p in pairs)}
    best = max(
        sorted(ratios),
        key=lambda r: (sum(p.ties(r) for p in pairs), r in stated, r == 1),
        default=None,
    )
    if best is None:
        return None
    tied = [p for p in pairs if p.ties(best)]
    several = len({(p.now.owners, p.shares) for p in tied}) >= 2
    told = bool(noted) and best in {*stated, Fraction(1)}
    if len(pairs) >= 2 * len(tied) or not (several or told):
        return None
    after = max((d for p in tied if (d := _last(p.was, p.now))), default=date.min)
    on = min(d for p in tied if (d := p.now.entries[0].day))
    return Succession(
        old=old, new=new, ratio=best, after=min(after, on), on=on, carried=tuple(pairs), noted=noted
    )


def _nominated(old: Folded, new: Folded) -> bool:
    owners = old.people.names.keys() & new.people.names.keys()
    known = any(not owner.startswith("name:") for owner in owners)
    return known and bool(marks_of(old.dossiers) & marks_of(new.dossiers))


def _noted(old: Folded, new: Folded) -> tuple[tuple[str, ...], set[Fraction]]:
    """The notes of either that name the other as taking its place, and their ratios."""
    refs: list[str] = []
    ratios: set[Fraction] = set()
    for one, other in ((old, new), (new, old)):
        bears = {
            company_key(name)
            for d in other.dossiers
            for name in (d.head.issuer.name or "", *d.head.issuer.former_names)
        }
        for dossier in one.dossiers:
            for said in dossier.statements:
                if said.kind == "succession" and company_key(said.counterpart or "") in bears:
                    refs.append(f"{dossier.id}#{said.ref}")
                    if ratio := said.multiplier:
                        ratios.add(ratio)
    return tuple(dict.fromkeys(refs)), ratios


def _pair(position: Position, old: Folded) -> Carried | None:
    """The one position of the old issuer that this one, first reported later, can continue."""
    first = position.entries[0]
    found = [p for p in old.positions_of(position.owners) if _continues(p, position)]
    found = [p for p in found if p.vehicle == position.vehicle] or found
    if (
        len(found) != 1
        or first.day is None
        or (position.table == "II" and position.series[1] is None)
    ):
        return None
    shares = _closing(found[0])
    opened, by_row = _opened(position), False
    if not opened and first.delta > 0 and first.claim == first.delta:
        opened, by_row = first.delta, True
    return Carried(found[0], position, shares, opened, by_row) if shares and opened else None


def _continues(was: Position, now: Position) -> bool:
    last, first = was.last_on, now.entries[0].day
    return (
        was.table == now.table
        and was.form == now.form
        and was.kind == now.kind
        and last is not None
        and first is not None
        and last <= first
        and same_class(was.tokens, now.tokens) is not False
        and was.series[1] == now.series[1]
        and (now.table == "II" or was.form == "direct" or was.vehicle == now.vehicle)
    )


def _opened(position: Position) -> Decimal:
    first = position.entries[0]
    if first.line.holding:
        return first.claim or ZERO
    return position.opened or ZERO


def _closing(position: Position) -> Decimal:
    """What was held at the last, before rows that only say that the old shares are gone."""
    last = position.entries[-1]
    if position.balance == 0 and last.delta < 0 and last.line.code in _CLOSING:
        return -last.delta
    return position.balance or ZERO


def _last(was: Position, now: Position) -> date | None:
    return was.last_on if was.last_on and was.last_on <= (now.entries[0].day or date.max) else None


# --- what follows from it ------------------------------------------------------------------------


def carry(found: Succession) -> None:
    """Let the new issuer's first totals follow from the old one's last."""
    for pair in found.carried:
        first = pair.now.entries[0]
        opens = first.opening or first.line.holding
        carried = pair.now.carried_on is not None
        if pair.by_row or not opens or first.claim is None or carried:
            continue
        ties = pair.ties(found.ratio)
        if pair.now.table == "II" and not ties:
            continue  # a derivative's first total may cover other series or one tranche
        brought = pair.arrived if ties else exchanged(pair.shares, found.ratio)
        pair.now.carry(brought, found.on)
        term = Term(
            kind="succession",
            shares=brought,
            source=reference(pair.was.entries[-1]),
            text=f"{grouped(pair.shares)} of {_name(found.old)}, carried over {spoken(found.ratio)}",
            effective_from=found.after if found.after > date.min else None,
            effective_to=found.on,
        )
        if ties:
            found.followed.append(pair)
            told = Explanation("EXPL_SUCCESSION", "high" if found.noted else "medium", (term,))
            found.new.rulings.rule(first, Ruling("explained", told, carried=brought))


def _name(folded: Folded) -> str:
    issuer = folded.dossiers[-1].head.issuer
    return f"{issuer.name or '?'} ({issuer.cik})"


def succession_findings(origins: Sequence[Succession]) -> Iterator[Finding]:
    """That an issuer continues another, and each first total that follows from it."""
    for found in origins:
        tied = [p for p in found.carried if p.ties(found.ratio)]
        first = min(
            (p.now.entries[0] for p in tied), key=lambda e: (e.day or date.min, e.dossier.id)
        )
        words = (
            f"continues {_name(found.old)}: {len(tied)} of {len(found.carried)} positions carried "
            f"over {spoken(found.ratio)} by {found.on.isoformat()}"
        )
        refs = (*found.noted, *(reference(p.was.entries[-1]) for p in tied))
        yield about(
            first.dossier,
            first.line,
            "ISSUER_SUCCESSION",
            words,
            evidence=tuple(dict.fromkeys(refs)),
        )
        for pair in found.followed:
            yield _followed(pair.now.entries[0], pair, found)


def _followed(entry: Posting, pair: Carried, found: Succession) -> Finding:
    claim = entry.claim or ZERO
    return about(
        entry.dossier,
        entry.line,
        "BALANCE_BREAK_EXPLAINED",
        f"reported {grouped(claim)}, expected {signed(claim - pair.arrived)} from this issuer's rows "
        f"alone, {signed(pair.arrived)} carried over from {_name(found.old)}, {spoken(found.ratio)}",
        expected=claim - pair.arrived,
        reported=claim,
        difference=pair.arrived,
        explanation=found.new.rulings.on(entry).explanation,
        evidence=(reference(pair.was.entries[-1]), *found.noted[:3]),
    )
