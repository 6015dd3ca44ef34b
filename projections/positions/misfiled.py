"""Filings that stand under somebody else's number, found before anything is counted.

EDGAR writes the owner's name from the number that was typed, so the form says nothing of
it. The rows do: they go on from the balance of one owner, and contradict the other's, who
goes on as if nothing had been filed. Such a filing is set aside as a whole.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import msgspec

from projections.filings.amendments import Standing
from projections.filings.dates import known_on
from projections.filings.owners import People
from projections.filings.records import Dossier, Line, Told
from projections.filings.signatures import agent_of, kin_of, unheard_of
from projections.identity.names import person_key
from projections.positions.entries import Posting
from projections.positions.pool_totals import in_a_pool
from projections.positions.position import Position
from projections.positions.reports import Ends, Holding, Reports, holding_of

SOON = timedelta(days=45)
"""Within what time a filing under the wrong number is filed again under the right one."""


class Misfiled(msgspec.Struct):
    """A filing under another's number: whose it is, and the lines that tell so.

    `owner` is the key of that person, None where only the number is seen to be wrong: it is
    the issuer's own, or `signer` is nobody who is known here. `again` is the filing that tells
    the same under the right number.
    """

    dossier: Dossier
    owner: str | None
    because: tuple[Told, ...] = ()
    again: Dossier | None = None
    issuer: bool = False
    """Whether it is the issuer's number that is another's."""
    signer: str | None = None
    doubtful: bool = False
    """Whether it may as well be of a holding here that it does not name."""


def misfiled(
    standing: Sequence[Standing],
    people: People,
    reports: Reports,
    signed_for: Mapping[str, str | None],
) -> Iterator[Misfiled]:
    """The filings of an issuer that stand under another's number; `standing` in turn.

    `signed_for` is by filing for whom it is signed, where that is none of its owners.
    """
    several = len({people.scope(filing.dossier) for filing in standing}) > 1
    twins = _twins(standing, people) if several else {}
    strangers = unheard_of([filing.dossier for filing in standing], people)
    strangers |= {stream: name for stream, name in signed_for.items() if name}
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
            name = person_key(signer)
            within = people.named_within(frozenset(name.split()))
            named = [key for key in within if person_key(people.names[key]) == name]
            owners += [(people.scope_of(key), None) for key in named]
        owners += [(people.scope_of(key), None) for key, _ in kin_of(dossier, people)]
        at_home = signer is None and _of_another_holding(filing, reports)
        for scope, other in () if at_home else owners:
            because = _goes_on_from(filing, scope, other, reports)
            if because and not _both_get(filing, scope, other, reports):
                told = None if other is None else other.dossier
                yield Misfiled(dossier, scope, because, told)
                break
        else:
            stranger = strangers.get(dossier.stream)
            if stranger is None:
                continue
            key = person_key(stranger)
            theirs = {stream for stream, name in strangers.items() if person_key(name) == key}
            passed = _passed_over(filing, reports, theirs, sure=signer is not None)
            if passed:
                yield Misfiled(dossier, None, passed, signer=stranger)


def _twins(standing: Sequence[Standing], people: People) -> dict[str, list[Standing]]:
    """By filing, others' filings near it that tell a trade of the same day, size, price and total.

    Of a trade that is told many times the next few, so that each of a thousand takes no longer
    than one of ten.
    """
    told: dict[tuple[object, ...], dict[str, Standing]] = {}
    for filing in standing:
        for line in {id(ln): ln for _, ln in filing.told}.values():
            if line.shares and line.shares_after is not None and not line.holding:
                told.setdefault(facts_of(line), {})[filing.dossier.stream] = filing
    found: dict[str, dict[str, Standing]] = {}
    for alike in told.values():
        filings = list(alike.values())
        scopes = [people.scope(filing.dossier) for filing in filings]
        if len(set(scopes)) > 1:
            for one, other in _near_pairs(filings, scopes):
                found.setdefault(one.dossier.stream, {})[other.dossier.stream] = other
    return {stream: list(others.values()) for stream, others in found.items()}


_TWINS = 8
"""How many filings of others that tell one trade are looked at after each filing."""


def _near_pairs(
    filings: Sequence[Standing], scopes: Sequence[str]
) -> Iterator[tuple[Standing, Standing]]:
    """Each filing with the next few of others that are near it in time, and these with it."""
    end = len(filings)
    beyond = [end] * (end + 1)
    for at in range(end - 2, -1, -1):
        beyond[at] = at + 1 if scopes[at + 1] != scopes[at] else beyond[at + 1]
    for at, one in enumerate(filings):
        place = beyond[at]
        for _ in range(_TWINS):
            if place >= end:
                break
            other = filings[place]
            if abs(known_on(one.dossier) - known_on(other.dossier)) <= SOON:
                yield one, other
                yield other, one
            place += 1
            if place < end and scopes[place] == scopes[at]:
                place = beyond[place]


def facts_of(line: Line) -> tuple[object, ...]:
    """What a row tells of a trade."""
    return (
        line.effective_on, line.shares, line.shares_after, line.price, line.code, line.direction,
        line.table,
    )  # fmt: skip


def _goes_on_from(
    filing: Standing, scope: str, again: Standing | None, reports: Reports
) -> tuple[Told, ...]:
    """The last lines of both owners, where all that moves goes on from one and not the other.

    Nothing where the filing's own owner goes on from it later, or from what it should have left
    of theirs: then it is theirs.
    """
    first = filing if again is None else reports.earlier(filing, again)
    because: list[Told] = []
    other: list[Told] = []
    for holding, ends in reports.ends(filing).items():
        if not any(e.delta for e in ends.entries):
            continue
        what = holding_of(*ends.told(0))
        mine = reports.before(filing, reports.scope(filing), what)
        theirs = reports.before(first, scope, what)
        if mine is None and theirs is None:
            continue  # nobody reported such a holding in numbers, as a Form 3 need not of options
        if theirs is None or theirs.closing != ends.opening:
            return ()
        following = next(reports.after(filing, holding), None)
        due = ends.closing if mine is None else mine.closing + ends.moved
        if following is not None and following.opening in (ends.closing, due):
            return ()
        if mine is None:  # this owner never reported such a holding
            other.append(theirs.told(-1))
        elif mine.closing == ends.opening:
            return ()
        elif in_a_pool(ends.entries[0].line):
            continue  # both have reported this vehicle: one of its totals is wrong, and no number
        else:
            because += [mine.told(-1), theirs.told(-1)]
    return (*because, *other) if because else ()


def _of_another_holding(filing: Standing, reports: Reports) -> bool:
    """Whether all that moves in a filing begins where another holding of its owner's class last was.

    Who reports a spouse's shares as well may type a line of theirs as direct.
    """
    last: dict[Holding, Ends] = {}
    for other in reports.earlier_of(filing):
        for ends in reports.ends(other).values():
            last[holding_of(*ends.told(0))] = ends
    moving = [ends for ends in reports.ends(filing).values() if any(e.delta for e in ends.entries)]
    begins = ((holding_of(*ends.told(0)), ends.opening) for ends in moving)
    return bool(moving) and all(
        any(
            other != what and other[:2] == what[:2] and ends.closing == opening
            for other, ends in last.items()
        )
        for what, opening in begins
    )


def _both_get(filing: Standing, scope: str, again: Standing | None, reports: Reports) -> bool:
    """Whether both owners got as much on one day before, each on top of what they had: a plan's grants.

    The second's total of another such day may be the first's by a slip, and the filing its own.
    """
    if again is None:
        return False
    theirs = {
        trade
        for other in reports.filings_of(scope)
        if other is not again
        for trade in _trades(other)
    }
    return any(
        (mine := reports.before(other, reports.scope(other), holding_of(*ends.told(0)))) is not None
        and mine.closing == ends.opening
        for other in reports.earlier_of(filing)
        if not theirs.isdisjoint(_trades(other))
        for ends in reports.ends(other).values()
        if any(e.delta > 0 for e in ends.entries)
    )


def _passed_over(
    filing: Standing, reports: Reports, theirs: Container[str], *, sure: bool
) -> tuple[Told, ...]:
    """The owner's lines on both sides of a filing that none of its rows has a part in.

    What moves in it goes on from no total of the owner before, and the next goes on from there
    as if nothing had been filed; `theirs` are all that its stranger filed. Of one that is said
    to be somebody else's, which `sure` is, it is enough that nothing goes on from it yet.
    """
    because: list[Told] = []
    waiting: list[Told] = []
    for holding, ends in reports.ends(filing).items():
        if not any(e.delta for e in ends.entries):
            continue
        what = holding_of(*ends.told(0))
        mine = reports.before(filing, reports.scope(filing), what, but=theirs)
        if mine is None:
            continue  # nothing of the owner's is here that it could contradict
        if mine.closing == ends.opening or _since(ends) <= _until(mine):
            return ()
        following = reports.after(filing, holding)
        after = next((e for e in following if e.filing.dossier.stream not in theirs), None)
        if after is None:
            waiting += [ends.told(-1), mine.told(-1)]
        elif after.opening == mine.closing:
            because += [ends.told(-1), mine.told(-1), after.told(0)]
        else:
            return ()
    return (*because, *waiting) if because or sure else ()


def agents_slips(
    positions: Iterable[Position], standing: Sequence[Standing], reports: Reports
) -> Iterator[Misfiled]:
    """Filings in which no row has a part in what their owner holds, as shows once all is posted.

    Both their totals and what moved are passed over by the next form of the owner, and nothing
    else of theirs was where the rows begin: a slip in one number or in one title leaves the rest.
    It is sure of one by an agent who names nobody, or far from all that was held.
    """
    found = {stream for position in positions for stream in _left_behind(position.entries)}
    for filing in standing if found else ():
        dossier = filing.dossier
        if dossier.stream not in found or dossier.amends or len(dossier.head.owners) != 1:
            continue
        agent, far = agent_of(dossier), _far_off(filing, reports)
        if _begins_elsewhere(filing, reports) or not (agent or far or _foreign(filing, reports)):
            continue
        passed = _passed_over(filing, reports, {dossier.stream}, sure=False)
        if passed:
            yield _anothers(filing, reports) or Misfiled(
                dossier, None, passed, signer=agent, issuer=not agent, doubtful=not (agent or far)
            )


def _anothers(filing: Standing, reports: Reports) -> Misfiled | None:
    """The one other owner here from whose balances all that moves in a filing goes on, if any."""
    own = reports.scope(filing)
    told = {scope: _goes_on_from(filing, scope, None, reports) for scope in reports.scopes}
    theirs = [scope for scope, because in told.items() if because and scope != own]
    return Misfiled(filing.dossier, theirs[0], told[theirs[0]]) if len(theirs) == 1 else None


def _left_behind(entries: Sequence[Posting]) -> Iterator[str]:
    """Filings whose broken total the next one passes over, with all that moved before it.

    Where as much came as went, nothing moved that could be passed over: such totals may be of lots.
    """
    for place, entry in enumerate(entries):
        if not (entry.residual and entry.delta and entry.prior):
            continue
        if not sum(e.delta for e in entries if e.dossier is entry.dossier):
            continue
        after = next((e for e in entries[place:] if e.dossier is not entry.dossier), None)
        if (
            after is not None
            and after.claim is not None
            and after.claim - after.delta == entry.prior
        ):
            yield entry.dossier.stream


def _begins_elsewhere(filing: Standing, reports: Reports) -> bool:
    """Whether rows of a filing begin where another holding of its owners was, or came to be that day.

    Of one day it may be the later filing that comes first. A total may also add another holding
    to what was there, as stock does units.
    """
    told = list(reports.ends(filing).values())
    earlier = {other.dossier.stream for other in reports.earlier_of(filing)}
    last = max(map(_until, told), default=date.min)
    closings = {
        ends.closing
        for other in reports.others(filing)
        for ends in reports.ends(other).values()
        if other.dossier.stream in earlier or _until(ends) <= last
    }
    return any(
        ends.opening in closings or (mine is not None and ends.opening - mine.closing in closings)
        for ends in told
        for mine in (reports.before(filing, reports.scope(filing), holding_of(*ends.told(0))),)
    )


def _ends_of_all(filing: Standing, reports: Reports) -> list[Ends]:
    """Where the lines of a filing start and end by holding; none where a total is on no holding."""
    told = list(reports.ends(filing).values())
    lines = {id(line) for _, line in filing.told if line.shares_after is not None}
    return told if lines == {id(e.line) for ends in told for e in ends.entries} else []


_FAR = 2
"""How many times what was held a filing's rows begin from, or the reverse, to be of something else."""


def _far_off(filing: Standing, reports: Reports) -> bool:
    """Whether each line begins far from what its owner last reported, and no derivative from nothing, as a new one."""
    told = _ends_of_all(filing, reports)
    if any(ends.entries[0].line.table == "II" and not ends.opening for ends in told):
        return False
    for ends in told:
        mine = reports.before(filing, reports.scope(filing), holding_of(*ends.told(0)))
        if mine is None or not mine.closing:
            return False
        if mine.closing < _FAR * ends.opening and ends.opening < _FAR * mine.closing:
            return False
    return bool(told)


def _foreign(filing: Standing, reports: Reports) -> bool:
    """Whether no line of a filing, not even one that only lists a holding, has a total known here.

    Nor one that is nearer to the owner's than what it moves, as after a slip or a smaller trade that
    is missing, nor a trade that another form of theirs tells as well: these are this owner's.
    """
    told = _ends_of_all(filing, reports)
    for ends in told:
        mine = reports.before(filing, reports.scope(filing), holding_of(*ends.told(0)))
        if mine is None or not mine.closing or mine.closing in (ends.opening, ends.closing):
            return False
        if abs(mine.closing - ends.opening) < abs(ends.closing - ends.opening):
            return False
    whole = bool(told) and all(ends.opening for ends in told)
    return whole and not _told_besides(filing, reports)


def _told_besides(filing: Standing, reports: Reports) -> bool:
    """Whether a trade of a filing stands in another of its owners', with whatever total."""
    trades = _trades(filing)
    return any(not trades.isdisjoint(_trades(other)) for other in reports.others(filing))


def _trades(filing: Standing) -> set[tuple[object, ...]]:
    return {
        (ln.effective_on, ln.shares, ln.code, ln.direction, ln.table)
        for _, ln in filing.told
        if ln.shares and ln.effective_on and not ln.holding
    }


def _since(ends: Ends) -> date:
    return min((day for e in ends.entries if (day := e.day)), default=date.min)


def _until(ends: Ends) -> date:
    return max((day for e in ends.entries if (day := e.day)), default=date.min)
