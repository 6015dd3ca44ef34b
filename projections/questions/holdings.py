"""What was held on a day, by whom, as the public could know it at a moment.

What is held at last is told as the judgement of each issuer stored it; another day, or another
moment of knowledge, is judged for the question.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ledger import Ledger
from ledger.addresses import stream_of
from ledger.types import eastern_day
from projections.answers import Holding, Holdings
from projections.filings.records import Dossier
from projections.findings.pile import Pile
from projections.questions.apart import told_apart
from projections.questions.class_sums import by_name, class_sums
from projections.questions.subject import (
    Day,
    Moment,
    Subject,
    Who,
    day_of,
    judged_issuers,
    moment_of,
    subject,
)
from projections.sums import ClassSum, ClassTotal, NothingOwned
from projections.views.catching_up import current
from projections.views.digests import HeldRow
from projections.views.packing import unpacked

if TYPE_CHECKING:
    from projections.judgement import Judged


def holdings(
    ledger: Ledger,
    *,
    person: Who = None,
    issuer: Who = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> Holdings:
    """The positions of a person or an issuer, or all, on a day.

    Args:
        ledger: The log to answer from.
        person: A CIK or a name; None for everybody.
        issuer: A CIK, ticker or name; None for all.
        as_of: What was true that day; None for the latest level known, without what has expired
            since.
        known_at: Only what was public then; a day means its end. None for everything.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    answer, told = gathered(ledger, person=person, issuer=issuer, as_of=as_of, known_at=known_at)
    whole = {name: tuple(getattr(told, name)) for name in told._fields}
    return msgspec.structs.replace(answer, **whole)


class Gathered(NamedTuple):
    """The parts of an answer, each in its order and under its name there; few of them are in memory."""

    holdings: Collection[Holding]
    sums: Collection[ClassSum]
    class_totals: Collection[ClassTotal]
    nothing_owned: Collection[NothingOwned]


def parts_of(answer: Holdings) -> Gathered:
    """The parts of an answer that has them."""
    return Gathered(*(getattr(answer, name) for name in Gathered._fields))


def issuer_of(one: Holding | ClassSum) -> str | None:
    """By what the holdings of an issuer, and sums of them, are told together."""
    return one.issuer["cik"] or one.issuer["name"]


def gathered(
    ledger: Ledger,
    *,
    person: Who = None,
    issuer: Who = None,
    as_of: Day = None,
    known_at: Moment = None,
) -> tuple[Holdings, Gathered]:
    """The same for whoever needs no more than a holding at a time: the answer without its parts, and these."""
    day = day_of(as_of)
    moment, shown = moment_of(known_at)
    asked = subject(ledger, person=person, issuer=issuer)
    today = None if day else latest_day(moment)
    if today is None or moment is not None:
        parts = judged_parts(ledger, asked, day, today, moment)
    else:
        parts = stored_parts(ledger, asked, today)
    held, sums = Pile[Holding](Holding, by_name), _as_told(ClassSum)
    totals, nothing = _as_told(ClassTotal), _as_told(NothingOwned)
    for part in parts:
        holders = [owner for one in part.holdings for owner in one.owners]
        held.extend(part.holdings)
        totals.extend(part.totals)
        nothing.extend(one for one in part.nothing if one.person not in holders)
    for _, own in groupby(held, key=issuer_of):
        sums.extend(class_sums(own))
    answer = Holdings(as_of=day, known_at=shown, holdings=(), today=today)
    return answer, Gathered(held, sums, totals, nothing)


def _as_told(shape: Any) -> Pile[Any]:
    """A pile of things in the order in which they are put in."""
    return Pile(shape, lambda _: 0)


class Part(NamedTuple):
    """What is held at one issuer; `nothing` is who reported to own none, whatever came since."""

    holdings: list[Holding]
    totals: list[ClassTotal]
    nothing: list[NothingOwned]


def judged_parts(
    ledger: Ledger,
    asked: Subject,
    day: date | None,
    today: date | None,
    moment: datetime | None = None,
) -> Iterator[Part]:
    """What is held at each issuer, judged for the question."""
    from projections.snapshots.openings import nothing_owned  # noqa: PLC0415  (not for what is stored)
    from projections.snapshots.snapshot import Snapshots  # noqa: PLC0415

    persons = asked.persons
    for judged in judged_issuers(ledger, asked, known_at=moment):
        shown = Snapshots(judged, persons, today)
        yield Part(
            list(told_apart(shown.on(day), judged.folded.by_id.get)),
            [total for _, total in shown.class_totals(day)],
            [n for key, n in nothing_owned(judged, day) if persons is None or key in persons],
        )


def stored_parts(ledger: Ledger, asked: Subject, today: date) -> Iterator[Part]:
    """What is held at each issuer at last, as its judgement stored it."""
    model = current(ledger)

    @cache
    def dossier(name: str) -> Dossier | None:
        return next(model.filings([stream_of(name)]), None)

    for rows in model.held(asked.issuers):
        part = Part([], [], [])
        for row in rows:
            if row.first <= today.isoformat() <= (row.last or "9999-12-31"):
                _add(row, asked.persons, part)
        yield part._replace(holdings=list(told_apart(part.holdings, dossier)))


def _add(row: HeldRow, persons: frozenset[str] | None, part: Part) -> None:
    """Add what a row has to say to what is held, under the first of the persons asked for."""
    owners = json.loads(row.owners)
    mine = owners.keys() if persons is None else owners.keys() & persons
    if persons is not None and not mine:
        return
    under = {} if persons is None else {"person": owners[min(mine)]}
    if row.what == "holding":
        part.holdings.append(msgspec.structs.replace(_holding(unpacked(row.body)), **under))
    elif row.what == "total":
        part.totals.append(msgspec.structs.replace(_total(unpacked(row.body)), **under))
    else:
        part.nothing.append(_nothing(unpacked(row.body)))


_holding = msgspec.json.Decoder(Holding).decode
_total = msgspec.json.Decoder(ClassTotal).decode
_nothing = msgspec.json.Decoder(NothingOwned).decode


def latest_day(moment: datetime | None) -> date:
    """The day on EDGAR's clock by which the latest is told: that of a moment, at most today."""
    now = _now()
    return eastern_day(min(moment or now, now))


def _now() -> datetime:
    return datetime.now(UTC)


def held(
    judged: Judged,
    day: date | None,
    persons: frozenset[str] | None,
    today: date | None = None,
) -> Iterator[Holding]:
    """The holdings of one judged issuer on a day, vehicles that no line shows included.

    Where no day is named, they are the latest, without what had expired by `today`.
    """
    from projections.snapshots.snapshot import Snapshots  # noqa: PLC0415  (not for what is stored)

    return told_apart(Snapshots(judged, persons, today).on(day), judged.folded.by_id.get)
