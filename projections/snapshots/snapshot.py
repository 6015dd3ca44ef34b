"""What the positions of one judged issuer held, day by day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cached_property

from projections.answers import Holding, Name, Worst
from projections.checks.coverage import SILENCE
from projections.checks.identities import under_another_title
from projections.checks.transfers import received, transfers, vehicle_meant
from projections.checks.withdrawals import Withdrawal
from projections.corporate_actions.successions import Succession
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.finding import Finding, worst_first
from projections.judgement import Judged
from projections.positions.balances import Levels, lapsed, strike_on
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.levels import Level
from projections.positions.position import Position
from projections.snapshots.class_totals import class_totals
from projections.snapshots.doubts import TOLD, Concerning, Doubts
from projections.snapshots.openings import contradicted
from projections.sums import ClassTotal, LeftOut

NO_LONGER = "no longer reported"
"""The basis of what a vehicle holds that left the record."""


class Snapshots:
    """What the positions of one judged issuer held, day by day.

    What is the same on every day is found once, so that many days can be asked for. What had
    expired by `today` has lapsed from the latest levels.
    """

    def __init__(
        self, judged: Judged, persons: frozenset[str] | None = None, today: date | None = None
    ) -> None:
        self.judged, self.persons, self._today = judged, persons, today
        self._about: dict[int, _About] = {}
        self._addresses: dict[str, str | None] = {}

    @property
    def positions(self) -> list[Position]:
        """Those of the persons asked for."""
        asked = self.persons
        return [p for p in self.judged.folded.book.positions if asked is None or p.owners & asked]

    @cached_property
    def transfers(self) -> list[tuple[Dossier, Stated, Posting, Position]]:
        """What notes say went to vehicles that no line shows, and from which position."""
        return [
            (dossier, *told)
            for dossier in self.judged.folded.dossiers
            for told in transfers(dossier, self.judged.folded)
            if self.persons is None or told[2].owners & self.persons
        ]

    def on(self, day: date | None) -> Iterator[Holding]:
        """What was held on a day, vehicles that no line shows included."""
        levels = (self.of(position, day) for position in self.positions)
        yield from filter(None, levels)
        yield from self.unreported(day)

    def class_totals(self, day: date | None) -> Iterator[tuple[Position, ClassTotal]]:
        """The totals of all series of a derivative that filings give, as of a day, each of a position."""
        return class_totals(
            self.positions,
            self.judged.folded.rulings,
            day,
            lambda p: (whose(self.judged, p, self.persons)[0], self.judged.issuer_on(day)),
        )

    def latest(self, position: Position) -> Iterator[tuple[date | None, date | None, Holding]]:
        """What a position holds at last, between the first and the last day on which that is so.

        None where it always was, or still is: a derivative is another holding once it has expired.
        """
        held, expiry = self._of(position, None, None), position.series[1]
        if held is None:
            return
        if position.table == "II" and expiry is not None and expiry < date.max:
            since = expiry + timedelta(days=1)
            gone = self._of(position, None, since)
            if gone is not None and gone != held:
                yield None, expiry, held
                yield since, None, gone
                return
        yield None, None, held

    def of(self, position: Position, day: date | None) -> Holding | None:
        """What a position held on a day, None where nothing can be said yet."""
        return self._of(position, day, self._today)

    def _of(self, position: Position, day: date | None, today: date | None) -> Holding | None:
        about = self._of_every_day(position)
        level = about.levels.on(day)
        if level is None:
            return None
        if day is None:
            level = lapsed(position, level, today)
        level = self._with_received(position, level, day)
        gone = self._off_the_record(position, day)
        if gone is not None:
            level = _unknown(level, gone)
        heir = _heir(self.judged, day)
        if heir is not None and heir.carried and heir.takes_over(position):
            level = _carried_away(level, heir)
        if level.basis == "inferred" and about.contradicted:
            level = level._replace(shares=None, low=None, high=None)
        return _holding(self, position, level, day, about)

    def findings_of(self, position: Position) -> list[Finding]:
        """The findings about a position, whatever the day."""
        return self._of_every_day(position).findings

    def _of_every_day(self, position: Position) -> _About:
        if position.number not in self._about:
            found = self._concerning(position)
            self._about[position.number] = _About(self, position, found)
        return self._about[position.number]

    @cached_property
    def _concerning(self) -> Concerning:
        return Concerning(self.judged)

    def addresses(self, evidence: Sequence[str]) -> tuple[str, ...]:
        """The pages on sec.gov of the filings that a holding rests on."""
        names = dict.fromkeys(ref.partition("#")[0] for ref in evidence)
        return tuple(where for where in map(self._address, names) if where)

    def _address(self, filing: str) -> str | None:
        if filing not in self._addresses:
            dossier = self.judged.folded.by_id.get(filing)
            self._addresses[filing] = dossier.address if dossier else None
        return self._addresses[filing]

    def _off_the_record(self, position: Position, day: date | None) -> Withdrawal | None:
        """What had taken a vehicle off the record by a day: of several, what is told last."""
        told = reversed(self.judged.withdrawn.get(position.number, ()))
        return next((g for g in told if day is None or g.since is None or g.since <= day), None)

    @cached_property
    def _received(self) -> dict[int, list[tuple[Dossier, Stated, Posting]]]:
        """By vehicle, what notes say went there after its last line, which no line shows."""
        return received(self.transfers, self.judged.folded)

    def _with_received(self, position: Position, level: Level, day: date | None) -> Level:
        """A level with what may have come since its last line, and without what has gone."""
        for gone in self.judged.left.get(position.number, ()):
            level = level.without(gone, day)
        for dossier, said, entry in self._received.get(position.number, ()):
            if day is None or (entry.day or date.min) <= day:
                level = level.up_to(said.shares or ZERO, entry.day, f"{dossier.id}#{said.ref}")
        return level

    def unreported(self, day: date | None) -> Iterator[Holding]:
        """Shares that went to a vehicle no line shows: from none of them to all."""
        return (holding for _, holding in self.unreported_from(day))

    def unreported_from(self, day: date | None) -> Iterator[tuple[Position, Holding]]:
        """The same, each with the position from which they went."""
        if _heir(self.judged, day) is not None:
            return
        for dossier, said, entry, source in self.transfers:
            if vehicle_meant(said, entry, source, self.judged.folded) is not None:
                continue
            if day is None or (entry.day or date.min) <= day:
                yield source, _unreported(self, dossier, said, day, entry=entry, source=source)


def _unknown(level: Level, gone: Withdrawal) -> Level:
    """Nobody says what a vehicle holds that is reported no more, unless it was again."""
    told = level.entry
    if told is None or told.dossier.known.at > gone.dossier.known.at:
        return level
    evidence = (*level.evidence, gone.said)
    return Level.exactly(
        ZERO if gone.ended else None,
        "derived" if gone.ended else NO_LONGER,
        since=gone.since,
        entry=told,
        evidence=evidence,
    )


def _heir(judged: Judged, day: date | None) -> Succession | None:
    """The issuer that had taken this one's place by a day, if any."""
    return next((heir for heir in judged.heirs if day is None or heir.on <= day), None)


def _carried_away(level: Level, heir: Succession) -> Level:
    """Nothing is left of the shares of an issuer that another continues: they are its shares."""
    if level.high == 0 or (level.since and level.since > heir.on):
        return level
    first = heir.carried[0].now.entries[0]
    evidence = (*level.evidence, reference(first))
    return Level.exactly(
        ZERO,
        "derived",
        since=heir.on,
        entry=level.entry,
        evidence=evidence,
    )


def position_name(position: Position) -> str:
    """A name for a position that stays the same whatever else becomes known."""
    strike, expiry = position.series
    parts = (
        "+".join(sorted(position.owners)),
        position.table,
        position.security,
        position.form,
        position.nature,
        strike,
        expiry,
        position.number,
    )
    return "/".join("" if part is None else str(part) for part in parts)


def whose(
    judged: Judged, position: Position, persons: frozenset[str] | None
) -> tuple[Name, tuple[Name, ...]]:
    """The person a position is shown under, and all who claim it; nobody where no filing says."""
    people = judged.folded.people
    asked = sorted(position.owners & persons) if persons else []
    first = asked[0] if asked else _first(judged, position)
    person: Name = {"cik": None, "name": None} if first is None else people.person(first)
    return person, people.persons(position.owners)


def _first(judged: Judged, position: Position) -> str | None:
    owners = position.entries[-1].dossier.head.owners
    keys = [judged.folded.people.key(owner) for owner in owners]
    return next((k for k in keys if k in position.owners), min(position.owners, default=None))


class _About:
    """What is to be said of a position on every day."""

    def __init__(self, shown: Snapshots, position: Position, findings: list[Finding]) -> None:
        self.findings, self.levels = findings, Levels(position, shown.judged.folded.rulings)
        self.doubts = Doubts(shown.judged, position, findings)
        self.person, self.owners = whose(shown.judged, position, shown.persons)
        self.name = position_name(position)
        self.contradicted = contradicted(position.entries[0], findings)
        self.ids = tuple(f.id for f in findings)
        self.worst = _worst(findings)
        self._claims = [e for e in position.entries if e.claim is not None]
        self._days = sorted({e.day or date.min for e in self._claims})
        self._rivals = position.unit == "shares" and any(e.rival is not None for e in self._claims)

    def claimed(self, day: date | None) -> date | None:
        """The day of the last total up to a day, None where there is none, or its day is unknown."""
        told = len(self._days) if day is None else bisect_right(self._days, day)
        last = self._days[told - 1] if told else date.min
        return None if last == date.min else last

    def left_out(self, day: date | None) -> Iterator[LeftOut]:
        """Totals up to a day that are set aside beside another of the last form that gave any."""
        if self._rivals:
            told = [e for e in self._claims if day is None or (e.day or date.min) <= day]
            for entry in told:
                if entry.rival is not None and entry.dossier is told[-1].dossier:
                    yield LeftOut(entry.claim, None, reference(entry))


def _holding(
    shown: Snapshots, position: Position, level: Level, day: date | None, about: _About
) -> Holding:
    judged = shown.judged
    claimed = about.claimed(day)
    told = level.entry or position.entries[0]
    line = told.line
    strike = strike_on(position, day, judged.folded.rulings, line.exercise_price)
    in_dollars = position.unit == "dollars"
    astray = under_another_title(told, judged.folded)
    doubts = about.doubts.open_totals(day) if level.basis in TOLD else set()
    likely = about.doubts.twins(day) if level.high != 0 else []
    return Holding(
        person=about.person,
        issuer=shown.judged.issuer_on(day),
        table=position.table,
        security=position.security if astray else line.security,
        ownership=position.form,
        nature=position.nature if told.moved_here else line.nature,
        exercise_price=strike,
        expires_on=position.series[1],
        shares=None if in_dollars else level.shares,
        shares_low=None if in_dollars else level.low,
        shares_high=None if in_dollars else level.high,
        basis=level.basis,
        last_claim_on=claimed,
        coverage=_coverage(judged, position, level, claimed, day),
        since=level.since,
        explained=bool(level.entry and _explained(judged, level.entry)),
        owners=about.owners,
        position=about.name,
        findings=about.ids,
        evidence=level.evidence,
        value=level.shares if in_dollars else None,
        doubted=bool(doubts or likely),
        doubts=about.doubts.named(doubts, likely),
        left_out=tuple(about.left_out(day)),
        addresses=shown.addresses(level.evidence),
        holder=_holder(position, told),
        worst=about.worst,
        may_be=tuple(dict.fromkeys(other.nature for _, other in likely)),
    )


def _holder(position: Position, told: Posting) -> str | None:
    """Who holds it by the notes of its line, where that is not just whose it is."""
    own = position.form == "direct" and len(position.owners) < 2
    return None if own else holder_in_notes(told.dossier, told.line) or None


def _worst(findings: list[Finding]) -> tuple[Worst, ...]:
    """The two gravest of some findings: enough to see whether to look closer."""
    return tuple(Worst(f.id, f.kind, f.severity) for f in worst_first(findings)[:2])


def _explained(judged: Judged, entry: Posting) -> bool:
    return judged.folded.rulings.on(entry).verdict == "explained"


def _coverage(
    judged: Judged, position: Position, level: Level, claimed: date | None, day: date | None
) -> str:
    if level.basis == "inferred":
        return "before first report"
    if level.basis == NO_LONGER:
        return "ended"
    if _heir(judged, day) is not None:
        return "ended"
    folded, owners = judged.folded, position.owners
    exits = [on for _, gone, on in folded.exits if owners <= gone and (day is None or on <= day)]
    if exits and not folded.returned(owners, max(exits), day):
        return "ended"
    if day is not None and claimed is not None and day - claimed > SILENCE:
        return "stale"
    return "open"


def _unreported(
    shown: Snapshots,
    dossier: Dossier,
    said: Stated,
    day: date | None,
    *,
    entry: Posting,
    source: Position,
) -> Holding:
    person, owners = whose(shown.judged, source, shown.persons)
    near = [f for f in shown.findings_of(source) if f.kind == "INDIRECT_COUNTERPART_MISSING"]
    evidence = (reference(entry), f"{dossier.id}#{said.ref}")
    return Holding(
        person=person,
        issuer=shown.judged.issuer_on(day),
        table=source.table,
        security=source.security,
        ownership="indirect",
        nature=said.counterpart or "another vehicle",
        exercise_price=None,
        expires_on=None,
        shares=None,
        shares_low=ZERO,
        shares_high=said.shares,
        basis="never reported",
        last_claim_on=None,
        coverage="open",
        since=entry.day,
        owners=owners,
        findings=tuple(f.id for f in near),
        evidence=evidence,
        addresses=shown.addresses(evidence),
        worst=_worst(near),
    )
