"""Bringing the read model to the head of the log: what is new is indexed, and judged for whoever asks.

The index is written in one transaction with the position of the log it stands at. New events name the
issuers to judge again, and these wait until a question is about them, or about everything; new rules
name all of them, and that is said. Dropping everything and judging again gives the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, nullcontext
from functools import partial
from hashlib import sha256
from time import perf_counter
from weakref import WeakKeyDictionary

from ledger import Ledger, MemoryView, View
from ledger.errors import StoreUnwritable
from ledger.processes import Jobs, Labour, Progress
from projections.filings.records import Dossier
from projections.views import digests
from projections.views.gate import kept_in_memory, view_of
from projections.views.memory import Memory, Register
from projections.views.readmodel import ReadModel

_log = logging.getLogger("projections")


class Steady:
    """A moment of which several things are asked: the read model, once something asks for it.

    `behind` is how many events the log had then that nothing is told of: what is new is not indexed
    for every page, where many are asked for at once (`Pace`), and judged by the page that is about it.
    """

    def __init__(self, memory: Memory, *, whole: bool) -> None:
        self.memory, self.whole, self.behind = memory, whole, 0
        self.model: ReadModel | None = None


_steady: WeakKeyDictionary[Ledger, Steady] = WeakKeyDictionary()
"""Ledgers of which several things are asked at once."""


_registers: WeakKeyDictionary[Ledger, Register] = WeakKeyDictionary()
"""Who and what there is in each ledger that was asked."""


def current(ledger: Ledger) -> ReadModel:
    """The read model, at the head of the log; what it is asked about is judged when it is asked."""
    moment = _steady.get(ledger)
    if moment is None:
        catch_up(ledger, judging=False)
        return _model(ledger, _registers.setdefault(ledger, Register()))
    if moment.model is None:
        _keep_pace(ledger, moment)
        moment.model = _model(ledger, moment.memory)
    return moment.model


def _model(ledger: Ledger, register: Register) -> ReadModel:
    return ReadModel(ledger, register, partial(_judge, ledger))


def _keep_pace(ledger: Ledger, moment: Steady) -> None:
    """Index what is new, unless that is put off; never where there is no read model yet."""
    view, index = view_of(ledger), partial(catch_up, ledger, judging=False)
    if moment.whole or not isinstance(view, View) or not view.position():
        index()
    elif not moment.memory.pace.keep(index):
        moment.behind = max(ledger.sealed() - view.position(), 0)


@contextmanager
def steady(
    ledger: Ledger, memory: Memory | None = None, *, whole: bool = False
) -> Iterator[Steady]:
    """Several questions of one moment: what one of them reads and judges, the next takes.

    What is recorded meanwhile is not in their answers. It must not be written to within. A
    `memory` carries what was read and judged from one such moment of this log to the next, and
    lets many ask at once for moments a little behind the log, unless `whole`: each says how far it is.
    """
    moment = _steady[ledger] = Steady(memory or Memory(), whole=whole)
    try:
        with moment.memory.pace.asking():
            yield moment
    finally:
        del _steady[ledger]


def catch_up(ledger: Ledger, *, judging: bool = True) -> None:
    """Bring the read model to the head of the log; nothing happens when it is there.

    Without `judging`, whoever something is new about waits for a question. One that other rules wrote,
    or that has not begun, is built from the first event. Where it cannot be stored it is built
    in memory, for as long as the ledger is open.

    Raises:
        IntegrityFailure: The log or the read model was altered.
    """
    _stored(ledger, partial(_catch_up, ledger, judging=judging))


def _judge(ledger: Ledger, issuers: AbstractSet[str] | None) -> None:
    """Judge those of some issuers that wait, or all that wait."""
    _stored(ledger, partial(_judge_some, ledger, issuers))


def _stored(ledger: Ledger, write: Callable[[View | MemoryView], None]) -> None:
    """Write the read model, or one in memory where it cannot be stored."""
    try:
        write(view_of(ledger))
    except StoreUnwritable as error:
        _log.warning(
            "%s: answers are worked out in memory and not kept (%s)",
            ledger.name,
            "it is only read here; `ledger replay` keeps them" if ledger.read_only else error.what,
        )
        write(kept_in_memory(ledger))


_WAITING = "SELECT 1 FROM view_waiting LIMIT 1"


def _catch_up(ledger: Ledger, view: View | MemoryView, *, judging: bool) -> None:
    at, head = view.position(), ledger.sealed()
    if at > head:
        raise digests.altered(f"which stands at {at}, behind the end of the log at {head}")
    if at == head and at and not (judging and view.query(_WAITING)):
        return
    from projections.views import building  # noqa: PLC0415  (what is stored is read without)

    with view.transaction() as transaction:
        position, head = transaction.position(), ledger.sealed()
        begun = perf_counter()
        if not position:
            if view.outdated():
                _log.warning(
                    "%s: its answers were stored by another version of the rules, so that every "
                    "issuer is judged again (`--jobs N` does it in N processes)",
                    ledger.name,
                )
            building.build(ledger, transaction, ledger.labour)
        elif head > position or judging:
            before = digests.directory_of(transaction.execute, position, ledger.seal_at(position))
            write = building.update if judging else building.take_in
            at = write(ledger, transaction, before, ledger.labour)
            if at > position:
                transaction.advance(at)
        what = "judging" if judging or not position else "indexing"
        _log.info(
            "%s what %d new events say: %.3f s", what, head - position, perf_counter() - begun
        )


def _judge_some(ledger: Ledger, issuers: AbstractSet[str] | None, view: View | MemoryView) -> None:
    from projections.views import building  # noqa: PLC0415  (what is stored is read without)

    with view.transaction() as transaction:
        position, begun = transaction.position(), perf_counter()
        if not position:  # in memory, where nothing is yet
            building.build(ledger, transaction, ledger.labour)
            return
        before = digests.directory_of(transaction.execute, position, ledger.seal_at(position))
        building.judge(ledger, transaction, before, issuers, ledger.labour)
        _log.info("judging what waited: %.3f s", perf_counter() - begun)


def rebuild(ledger: Ledger, *, jobs: Jobs = 1, progress: Progress | None = None) -> None:
    """Drop the read model and fold every issuer again, in processes or on a cluster.

    Without `progress`, whoever watches the ledger's own labour is told how far it is.
    """
    labour = ledger.labour._replace(jobs=jobs)
    if progress:
        labour = Labour(jobs, lambda _: nullcontext(progress))
    from projections.views import building  # noqa: PLC0415  (what is stored is read without)

    with view_of(ledger).transaction() as transaction:
        building.build(ledger, transaction, labour, asked=True)


def digest(ledger: Ledger) -> str:
    """SHA-256 over every issuer's canonical export: equal for equal events."""
    total = sha256()
    for row in sorted(_model(ledger, Register()).standing):
        total.update(f"{row.issuer}\x00{row.digest}\n".encode())
    return total.hexdigest()


def filings_of(
    ledger: Ledger, issuers: Iterable[str] | None
) -> Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]:
    """Each issuer's filings, and those of its kin: see `ReadModel.filings_of`."""
    return current(ledger).filings_of(issuers)
