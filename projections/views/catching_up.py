"""Bringing the read model to the head of the log: what is new is indexed, judged and stored.

It is written in one transaction with the position of the log it stands at. New events name the
issuers to judge again, new rules all of them, and that is said; dropping everything and judging
again gives the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from hashlib import sha256
from time import perf_counter
from typing import Any
from weakref import WeakKeyDictionary

from ledger import Ledger, MemoryView, View
from ledger.errors import StoreUnwritable
from ledger.processes import Jobs, Labour, Progress
from projections.filings.records import Dossier
from projections.views import digests
from projections.views.digests import Directory
from projections.views.memory import Memory, Register
from projections.views.readmodel import ReadModel, kept_in_memory, view_of

_log = logging.getLogger("projections")


class Steady:
    """A moment of which several things are asked: the read model, once something asks for it.

    `behind` is how many events the log had then that nothing is told of: what is new is not judged
    for every page, where many are asked for at once (`Pace`).
    """

    def __init__(self, memory: Memory, *, whole: bool) -> None:
        self.memory, self.whole, self.behind = memory, whole, 0
        self.model: ReadModel | None = None


_steady: WeakKeyDictionary[Ledger, Steady] = WeakKeyDictionary()
"""Ledgers of which several things are asked at once."""


_registers: WeakKeyDictionary[Ledger, Register] = WeakKeyDictionary()
"""Who and what there is in each ledger that was asked."""


def current(ledger: Ledger) -> ReadModel:
    """The read model, brought to the head of the log: see `catch_up`."""
    moment = _steady.get(ledger)
    if moment is None:
        catch_up(ledger)
        return ReadModel(ledger, view_of(ledger), _registers.setdefault(ledger, Register()))
    if moment.model is None:
        _keep_pace(ledger, moment)
        moment.model = ReadModel(ledger, view_of(ledger), moment.memory)
    return moment.model


def _keep_pace(ledger: Ledger, moment: Steady) -> None:
    """Catch up, unless that is put off; never where there is no read model yet."""
    view = view_of(ledger)
    if moment.whole or not isinstance(view, View) or not view.position():
        catch_up(ledger)
    elif not moment.memory.pace.keep(partial(catch_up, ledger)):
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


def catch_up(ledger: Ledger) -> None:
    """Bring the read model to the head of the log; nothing happens when it is there.

    One that other rules wrote, or that has not begun, is built from the first event. Where
    it cannot be stored it is built in memory, for as long as the ledger is open.

    Raises:
        IntegrityFailure: The log or the read model was altered.
    """
    try:
        _catch_up(ledger, view_of(ledger))
    except StoreUnwritable as error:
        _log.warning(
            "%s: answers are worked out in memory and not kept (%s)",
            ledger.name,
            "it is only read here; `ledger replay` keeps them" if ledger.read_only else error.what,
        )
        _catch_up(ledger, kept_in_memory(ledger))


def _catch_up(ledger: Ledger, view: View | MemoryView) -> None:
    at, head = view.position(), ledger.sealed()
    if at > head:
        raise digests.altered(f"which stands at {at}, behind the end of the log at {head}")
    if at == head and at:
        return
    with view.transaction() as transaction:
        position, head = transaction.position(), ledger.sealed()
        if not position:
            if view.outdated():
                _log.warning(
                    "%s: its answers were stored by another version of the rules, so that every "
                    "issuer is judged again (`--jobs N` does it in N processes)",
                    ledger.name,
                )
            before = None
        elif head > position:
            before = digests.directory_of(transaction.execute, position, ledger.seal_at(position))
        else:
            return
        begun = perf_counter()
        _write(ledger, transaction, before, ledger.labour)
        _log.info("judging what %d new events say: %.3f s", head - position, perf_counter() - begun)


def _write(ledger: Ledger, transaction: Any, before: Directory | None, labour: Labour) -> None:
    """Judge what the log has behind where the read model stood, or all of it."""
    from projections.views import building  # noqa: PLC0415  (what is stored is read without)

    if before is None:
        building.build(ledger, transaction, labour)
    else:
        transaction.advance(building.update(ledger, transaction, before, labour))


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
    for row in sorted(ReadModel(ledger, view_of(ledger)).standing):
        total.update(f"{row.issuer}\x00{row.digest}\n".encode())
    return total.hexdigest()


def filings_of(
    ledger: Ledger, issuers: Iterable[str] | None
) -> Iterator[tuple[str, list[Dossier], list[list[Dossier]]]]:
    """Each issuer's filings, and those of its kin: see `ReadModel.filings_of`."""
    return current(ledger).filings_of(issuers)
