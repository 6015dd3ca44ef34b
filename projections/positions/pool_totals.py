"""One movement of a vehicle that two of its owners report, each in a form of their own.

Each of them has to report what they hold together (Rule 16a-3(j) lets them do so in one form), so
their lines should end at one total. Where they do not, the one that goes on from the reports
before both, or is gone on from after both, is right, and the other is off by the difference,
whichever was public first. Two owners may count two different things under one name: where
each total goes on from its own, or neither does, nothing is known to be off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from projections.filings.amendments import Standing
from projections.filings.dates import known_on
from projections.filings.records import ZERO, Line, Told
from projections.identity.vehicles import names_a_vehicle, vehicle_key
from projections.positions.entries import Astray
from projections.positions.reports import Ends, Holding, Reports, holding_of

CONTRADICTED = "contradicted"
"""Why a total is off: the report of a co-owner has another one, and goes on."""

DISPUTED = "disputed"
"""Why a total is in doubt: a co-owner's report has another one, and nothing here goes on from it."""

_SOON = timedelta(days=60)
"""Within what time two owners report one movement."""

_MOST = 8
"""How many reports of one movement are held against each other."""


_Report = tuple[Standing, Told]
"""A line of a filing that stands."""

Around = tuple[list[bool], list[bool]]
"""Of two reports of one movement, whether each goes on from its owner's before, and is gone on from."""


def contradicted(
    standing: Sequence[Standing], reports: Reports
) -> Iterator[list[tuple[Line, Astray]]]:
    """Lines whose total a co-owner's report of the same movement contradicts; `standing` in turn.

    None of two owners who have each their own part: each total of another movement goes on from its own.
    """
    told: dict[Holding, list[_Report]] = {}
    for filing in standing:
        for one in filing.told:
            if (key := _movement(one)) is not None:
                told.setdefault(key, []).append((filing, one))
    pairs: dict[Holding, list[tuple[_Report, _Report, Around]]] = {}
    for alike in told.values():
        for first, second in combinations(alike[:_MOST], 2):
            if _of_two_owners(first, second, reports):
                around = _goes_on(first, second, reports), _goes_on(second, first, reports)
                who = frozenset(map(reports.scope, (first[0], second[0])))
                pairs.setdefault((who, *holding_of(*first[1])), []).append((first, second, around))
    for disputes in pairs.values():
        if not any(all(True in goes_on for goes_on in around) for _, _, around in disputes):
            for first, second, around in disputes:
                yield from _weighed(first, second, around, reports)


def _movement(told: Told) -> Holding | None:
    """What two reports of one movement of a named vehicle have in common, but for the total."""
    line = told[1]
    if line.holding or not line.shares or line.effective_on is None or line.shares_after is None:
        return None
    if not in_a_pool(line):
        return None
    facts = (line.effective_on, line.code, line.direction, line.shares, line.price)
    return (*facts, *holding_of(*told))


def in_a_pool(line: Line) -> bool:
    """Whether a line is of a vehicle that has a name, which several owners may report."""
    return line.ownership == "indirect" and names_a_vehicle(vehicle_key(line.nature or ""))


def _of_two_owners(one: _Report, other: _Report, reports: Reports) -> bool:
    (mine, (_, line)), (theirs, (_, again)) = one, other
    near = abs(known_on(mine.dossier) - known_on(theirs.dossier)) <= _SOON
    apart = reports.owners(mine).isdisjoint(reports.owners(theirs))
    return near and apart and line.shares_after != again.shares_after


def _weighed(
    one: _Report, other: _Report, around: Around, reports: Reports
) -> Iterator[list[tuple[Line, Astray]]]:
    """The total of the two that is off, if the reports around them show which it is."""
    for (right, wrong), (sound, unsound) in zip(
        ((one, other), (other, one)), (around, around[::-1]), strict=True
    ):
        if True in sound and True not in unsound and not _as_of_filing(wrong, right, reports):
            line, because = wrong[1][1], right[1]
            off = (line.shares_after or ZERO) - (because[1].shares_after or ZERO)
            known = False in unsound
            kind = CONTRADICTED if known else DISPUTED
            yield [(line, Astray(kind, off if known else ZERO, because))]


def _goes_on(one: _Report, twin: _Report, reports: Reports) -> list[bool]:
    """Whether one report goes on from its owner's before both, and whether the next goes on from it."""
    filing, told = one
    what = holding_of(*told)
    ends = _ends_at(filing, told[1], reports)
    if ends is None:
        return [False]
    first, last = (choose(filing, twin[0]) for choose in (reports.earlier, reports.later))
    scope = reports.scope(filing)
    own = reports.owners(filing)
    before = reports.before(first, scope, what, of=own)
    after = reports.next_of(last, scope, what, of=own)
    return [
        *([] if before is None else [before.closing == ends.opening]),
        *([] if after is None else [after.opening == ends.closing]),
    ]


def _as_of_filing(one: _Report, twin: _Report, reports: Reports) -> bool:
    """Whether a total is the last that the co-owner reported before it: it is as of its filing."""
    filing, told = one
    last = reports.before(filing, reports.scope(twin[0]), holding_of(*told))
    return last is not None and last.closing == told[1].shares_after


def _ends_at(filing: Standing, line: Line, reports: Reports) -> Ends | None:
    """Where a filing's lines about the holding of one of them start and end."""
    found = reports.ends(filing).values()
    return next((ends for ends in found if any(e.line is line for e in ends.entries)), None)
