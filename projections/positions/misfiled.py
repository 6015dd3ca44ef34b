"""Filings that stand under somebody else's number, found before anything is counted.

EDGAR writes the owner's name from the number that was typed, so the form says nothing of
it. The rows do: they go on from the balance of one owner, and contradict the other's, who
goes on as if nothing had been filed. Such a filing is set aside as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import msgspec

from projections.filings.amendments import Standing
from projections.filings.dates import known_on
from projections.filings.owners import People
from projections.filings.records import Dossier, Line, Told
from projections.identity.names import person_key
from projections.positions.reports import Ends, Reports, holding_of

_SOON = timedelta(days=45)
"""Within what time a filing under the wrong number is filed again under the right one."""


class Misfiled(msgspec.Struct):
    """A filing under another's number: whose it is, and the lines that tell so.

    `owner` is the key of that person, None where only the number is seen to be wrong: it is
    the issuer's own. `again` is the filing that tells the same under the right number.
    """

    dossier: Dossier
    owner: str | None
    because: tuple[Told, ...] = ()
    again: Dossier | None = None


def misfiled(
    standing: Sequence[Standing],
    people: People,
    reports: Reports,
    signed_for: Mapping[str, str | None],
) -> Iterator[Misfiled]:
    """The filings of an issuer that stand under another's number; `standing` in turn."""
    twins = _twins(standing)
    for filing in standing:
        dossier = filing.dossier
        if len(dossier.head.owners) != 1 or dossier.amends:
            continue
        if dossier.head.owners[0].cik == dossier.head.issuer.cik is not None:
            yield Misfiled(dossier, None)
            continue
        again = [
            other
            for other in twins.get(dossier.stream, ())
            if people.keys(other.dossier).isdisjoint(people.keys(dossier))
        ]
        signer = signed_for.get(dossier.stream)
        owners: list[tuple[str, Standing | None]]
        owners = [(people.scope(other.dossier), other) for other in again]
        if signer is not None:
            named = [k for k, n in people.names.items() if person_key(n) == person_key(signer)]
            owners += [(people.scope_of(key), None) for key in named]
        for scope, other in owners:
            because = _goes_on_from(filing, scope, other, reports)
            if because:
                told = None if other is None else other.dossier
                yield Misfiled(dossier, scope, because, told)
                break


def _twins(standing: Sequence[Standing]) -> dict[str, list[Standing]]:
    """By filing, others that tell a trade of the same day, size, price and total."""
    told: dict[tuple[object, ...], list[Standing]] = {}
    for filing in standing:
        for line in {id(ln): ln for _, ln in filing.told}.values():
            if line.shares and line.shares_after is not None and not line.holding:
                told.setdefault(_facts(line), []).append(filing)
    found: dict[str, list[Standing]] = {}
    for filings in told.values():
        for one in filings if len(filings) > 1 else ():
            for other in filings:
                near = abs(known_on(one.dossier) - known_on(other.dossier)) <= _SOON
                if other is not one and near:
                    found.setdefault(one.dossier.stream, []).append(other)
    return found


def _facts(line: Line) -> tuple[object, ...]:
    return (
        line.effective_on, line.shares, line.shares_after, line.price, line.code, line.direction,
        line.table,
    )  # fmt: skip


def _goes_on_from(
    filing: Standing, scope: str, again: Standing | None, reports: Reports
) -> tuple[Told, ...]:
    """The last lines of both owners, where all that moves goes on from one and not the other.

    Nothing where the filing's own owner goes on from it later: then it is theirs.
    """
    first = filing if again is None else reports.earlier(filing, again)
    because: list[Told] = []
    for holding, ends in reports.ends(filing).items():
        if not any(e.delta for e in ends.entries):
            continue
        what = holding_of(*_told(ends, 0))
        mine = reports.before(filing, reports.scope(filing), what)
        theirs = reports.before(first, scope, what)
        if mine is None or theirs is None or theirs.closing != ends.opening:
            return ()
        following = next(reports.after(filing, holding), None)
        if mine.closing == ends.opening or (following and following.opening == ends.closing):
            return ()
        because += [_told(mine, -1), _told(theirs, -1)]
    return tuple(because)


def _told(ends: Ends, place: int) -> Told:
    entry = ends.entries[ends.order[place]]
    return entry.dossier, entry.line
