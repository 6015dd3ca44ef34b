"""The shapes of the answers, as Python sees them and as JSON shows them.

Each answer names its JSON schema. Quantities become strings of plain decimals, days ISO
text, unknowns null (docs/reference/json.md). Fields are only ever added.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

import msgspec

from ledger.types import instant, plain
from projections.columns import (
    CHANGES,
    ENTRIES,
    EVENTS,
    FINDINGS,
    HOLDINGS,
    STAKES,
    Column,
)
from projections.findings.finding import Finding
from projections.sums import ClassSum, ClassTotal, LeftOut, NothingOwned, StakeLevel
from projections.tables.table import Table

Name = dict[str, str | None]
"""A person (`cik`, `name`) or an issuer (`cik`, `name`, `symbol`)."""


class Worst(msgspec.Struct, frozen=True):
    """One of the gravest findings about something, by its id; its kind, and how grave that is."""

    id: str
    kind: str
    severity: str


class Holding(msgspec.Struct, frozen=True):
    """What one position held on the day asked for.

    `shares` is None when unknown; `shares_low` and `shares_high` bound it. An award or a fund
    that is counted in dollars has a `value` instead, and no shares. `basis` is
    `reported` (a total says so), `derived` (rolled forward or back from one),
    `inferred` (before the first report), `never reported` or `no longer reported`. `coverage` is `open`,
    `ended`, `stale` or `before first report`. `since` is when this level began. `doubted` says
    that it rests on a total that neither follows nor is explained, and that no later total went
    back behind, or on a filing that is doubted as a whole, and `doubts` which findings say so. `left_out`
    are totals of the holding that are set aside beside another of their form. `holder` is who holds it by the notes of its line,
    where its own words name nobody; `apart` the words of a note that tells it from others that read alike, and `may_be` the vehicles of which it may be one, under another name, as a finding says: then it
    is `doubted` too. `addresses` are the pages on sec.gov of the
    filings that it rests on. `worst` are the two gravest of its `findings`, or as many as there are.
    """

    person: Name
    issuer: Name
    table: str
    security: str | None
    ownership: str | None
    nature: str
    exercise_price: Decimal | None
    expires_on: date | None
    shares: Decimal | None
    shares_low: Decimal | None
    shares_high: Decimal | None
    basis: str
    last_claim_on: date | None
    coverage: str
    since: date | None = None
    explained: bool = False
    owners: tuple[Name, ...] = ()
    position: str = ""
    findings: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    value: Decimal | None = None
    doubted: bool = False
    addresses: tuple[str, ...] = ()
    holder: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[str, ...] = ()
    worst: tuple[Worst, ...] = ()
    apart: str | None = None
    may_be: tuple[str, ...] = ()


class Holdings(Table, frozen=True):
    """Positions on a day, as known at a moment. None: now, with everything known.

    Where no day is asked for, each is as it was last reported, and what had expired by `today` has
    lapsed: the day of the question, or that of the moment. `sums` add up each class of stock;
    `class_totals` are those that filings give of all series of a derivative together, and
    `nothing_owned` who reported to own nothing, with nothing reported since.
    """

    schema: ClassVar[str] = "ledger.holdings/1"
    columns: ClassVar[tuple[Column, ...]] = HOLDINGS
    as_of: date | None
    known_at: str | None
    holdings: tuple[Holding, ...]
    today: date | None = None
    sums: tuple[ClassSum, ...] = ()
    class_totals: tuple[ClassTotal, ...] = ()
    nothing_owned: tuple[NothingOwned, ...] = ()

    def _records(self) -> Iterable[Holding]:
        return self.holdings


class Event(msgspec.Struct, frozen=True):
    """One event of the log, beside the filing that reports it (docs/reference/events.md).

    `position` is its place in the log, `event` its kind, `ref` names its filing and row.
    What an event of its kind does not say is None.
    """

    position: int
    event: str
    filing: str
    row: str | None
    ref: str
    form: str
    issuer: Name
    owners: tuple[Name, ...]
    security: str | None
    code: str | None
    direction: str | None
    shares: Decimal | None
    price: Decimal | None
    shares_after: Decimal | None
    value_after: Decimal | None
    ownership: str | None
    nature: str | None
    exercise_price: Decimal | None
    exercisable_on: date | None
    expires_on: date | None
    underlying: dict[str, str | None] | None
    effective_from: date | None
    effective_to: date | None
    known_at: str
    known_basis: str
    basis: str
    footnotes: tuple[str, ...]
    table: str | None
    holding: bool | None
    value: Decimal | None
    form_type: str | None
    timeliness: str | None
    equity_swap: bool | None
    deemed_execution_on: date | None
    precision: str | None
    note: str | None
    group_total: Decimal | None
    counterpart: str | None
    ratio: str | None
    text: str | None
    cited: dict[str, tuple[str, ...]] | None
    printed: dict[str, str] | None
    repairs: tuple[dict[str, str], ...] | None
    period: date | None
    reason: str | None
    address: str | None


class Events(Table, frozen=True):
    """The log, oldest first: what was said, nothing judged."""

    schema: ClassVar[str] = "ledger.events/1"
    columns: ClassVar[tuple[Column, ...]] = EVENTS
    events: tuple[Event, ...]

    def _records(self) -> Iterable[Event]:
        return self.events


class HistoryEntry(msgspec.Struct, frozen=True):
    """One entry of a position: a row, or a movement that an accepted explanation added.

    `computed` is our balance after it, `claimed` the filer's; `residual` is claimed less
    what was expected; `verdict` is opening, agreed, explained, ambiguous, unexplained,
    or None where the entry claims nothing. `convention` is how the total is taken, `set_aside`
    that it moves nothing: a later total returns to the line before it, or it shows its lot alone.
    `price` is dollars for one share, as the line states it. `known_on` is the day on which the
    public knew of the line, None where nothing says so.
    """

    effective_from: date | None
    effective_to: date | None
    filing: str
    row: str | None
    event: str
    shares: Decimal | None
    direction: str | None
    computed: Decimal | None
    claimed: Decimal | None
    expected: Decimal | None
    residual: Decimal | None
    verdict: str | None
    footnotes: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    convention: str | None = None
    set_aside: bool = False
    price: Decimal | None = None
    address: str | None = None
    known_on: date | None = None


class PositionHistory(msgspec.Struct, frozen=True):
    """A position and every entry of its timeline, oldest first.

    `unit` is what all its numbers count: `shares` (or other units), or `dollars`. `holder` is as a
    holding's.
    """

    person: Name
    issuer: Name
    table: str
    security: str | None
    ownership: str | None
    nature: str
    exercise_price: Decimal | None
    expires_on: date | None
    owners: tuple[Name, ...]
    position: str
    opening: Decimal | None
    entries: tuple[HistoryEntry, ...]
    unit: str = "shares"
    holder: str | None = None


class History(Table, frozen=True):
    """Timelines of the positions asked for."""

    schema: ClassVar[str] = "ledger.history/1"
    columns: ClassVar[tuple[Column, ...]] = ENTRIES
    known_at: str | None
    positions: tuple[PositionHistory, ...]

    def _records(self) -> Iterable[Mapping[str, Any]]:
        """Each entry with the position it stands in."""
        for position in self.positions:
            about = msgspec.structs.asdict(position)
            for entry in position.entries:
                yield about | msgspec.structs.asdict(entry)


class Stake(msgspec.Struct, frozen=True):
    """All that a person held of one class of an issuer's stock, day by day: a level until the next.

    `last_claim_on` is the day of the last total of any of the holdings; None where there is none.
    `table` is II for a class that converts into another and is reported there.
    """

    person: Name
    issuer: Name
    security: str | None
    levels: tuple[StakeLevel, ...]
    last_claim_on: date | None
    table: str = "I"

    @property
    def called(self) -> str:
        """The class by its title, and by the table in which it is reported where that is not the first."""
        return f"{self.security or 'untitled'}{' (Table II)' if self.table == 'II' else ''}"


class Stakes(Table, frozen=True):
    """What each person held of each class of stock, from the first day to the last that is known.

    On every day it is the sum of their holdings as of that day.
    """

    schema: ClassVar[str] = "ledger.stakes/1"
    columns: ClassVar[tuple[Column, ...]] = STAKES
    known_at: str | None
    stakes: tuple[Stake, ...]

    def _records(self) -> Iterable[Mapping[str, Any]]:
        """Each level with whose it is."""
        for stake in self.stakes:
            about = msgspec.structs.asdict(stake)
            for level in stake.levels:
                yield about | msgspec.structs.asdict(level)


class Totals(msgspec.Struct, frozen=True):
    """Every claim once. `checked` is agreed + explained + ambiguous + unexplained."""

    checked: int = 0
    agreed: int = 0
    explained: int = 0
    ambiguous: int = 0
    unexplained: int = 0
    opening: int = 0


class Reconciliation(Table, frozen=True):
    """How the totals fare, and every finding asked for, worst first.

    `accepted` counts the findings that were put to rest, whether or not they are among `findings`.
    """

    schema: ClassVar[str] = "ledger.reconciliation/1"
    columns: ClassVar[tuple[Column, ...]] = FINDINGS
    known_at: str | None
    totals: Totals
    findings: tuple[Finding, ...]
    accepted: int = 0

    def _records(self) -> Iterable[Finding]:
        return self.findings


class Change(msgspec.Struct, frozen=True):
    """One holding or finding that differs between two moments of knowledge.

    `what` is `holding` or `finding`, or a field of a filing that was read again; `change` is
    `appeared`, `changed` or `withdrawn`.
    `because` names the filings in between with which it changed, as they became known;
    `retracted` those of them that were taken back, or came back, in between.
    """

    what: str
    change: str
    person: Name | None
    issuer: Name | None
    security: str | None
    ownership: str | None
    nature: str | None
    before: str | None
    after: str | None
    because: tuple[str, ...]
    finding: str | None = None
    addresses: tuple[str, ...] = ()
    retracted: tuple[str, ...] = ()


class Diff(Table, frozen=True):
    """What changed from one moment of knowledge to another."""

    schema: ClassVar[str] = "ledger.diff/1"
    columns: ClassVar[tuple[Column, ...]] = CHANGES
    known_from: str
    known_to: str
    changes: tuple[Change, ...]

    def _records(self) -> Iterable[Change]:
        return self.changes


class StoryLine(msgspec.Struct, frozen=True):
    """A line of a memo: a label, a number or nothing, words, and where they come from.

    `signed` says that the number is a movement, to be shown with its sign.
    """

    label: str
    shares: Decimal | None
    text: str
    source: str = ""
    signed: bool = False


class Story(msgspec.Struct, frozen=True):
    """A filing, row, holding or finding told with its arithmetic and its sources."""

    schema: ClassVar[str] = "ledger.explanation/1"
    ref: str
    title: str
    lines: tuple[StoryLine, ...]
    findings: tuple[Finding, ...] = ()


class Replay(msgspec.Struct, frozen=True):
    """What a replay rebuilt. `digest` depends on the events alone."""

    schema: ClassVar[str] = "ledger.replay/1"
    events: int
    filings: int
    issuers: int
    persons: int
    positions: int
    totals: Totals
    seconds: str
    digest: str


def json_of(answer: msgspec.Struct) -> dict[str, Any]:
    """An answer as plain JSON values, its schema first."""
    body = plain_json(answer)
    schema = getattr(type(answer), "schema", None)
    return {"schema": schema, **body} if schema else dict(body)


_PLAIN = frozenset({str, int, bool, type(None)})
"""Types of values that JSON has as they are; most values of an answer are of these."""


def plain_json(value: Any) -> Any:
    """Plain JSON values of answers, decimals, days and whatever holds them."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, msgspec.Struct):
        own = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        shown = ((name, name) for name in getattr(type(value), "SHOWN", ()))
        return {told: plain_json(getattr(value, name)) for told, name in (*own, *shown)}
    if isinstance(value, dict):
        return {key: plain_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(item) for item in value]
    return value


_From = TypeVar("_From")
_To = TypeVar("_To")


class Each(Collection[_To], Generic[_From, _To]):
    """What becomes of each part of an answer: made when it is asked for, and not kept."""

    def __init__(self, parts: Collection[_From], make: Callable[[_From], _To]) -> None:
        self._parts, self._make = parts, make

    def __len__(self) -> int:
        return len(self._parts)

    def __iter__(self) -> Iterator[_To]:
        return map(self._make, self._parts)

    def __contains__(self, one: object) -> bool:
        return any(other == one for other in self)


class Plain(Each[Any, dict[str, Any]]):
    """Parts of an answer as plain JSON values, each made when it is asked for and not kept."""

    def __init__(self, parts: Collection[Any]) -> None:
        super().__init__(parts, plain_json)
