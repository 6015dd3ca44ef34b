"""Folding many issuers: chunks of work, in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from ledger import Ledger
from ledger.processes import Processes, collector_paused
from projections.filings.decoding import dossiers
from projections.filings.records import Dossier
from projections.judgement import Folds, judge
from projections.views.digests import Digests
from projections.views.export import Built, built_of

AT_ONCE = 2_000
"""Streams read together: enough to read fast, few enough to stay small in memory."""


class Work(NamedTuple):
    """An issuer to fold: its streams, and those of each of its kin."""

    issuer: str
    streams: Digests
    kin: dict[str, Digests]


class Chunk(NamedTuple):
    """Issuers small enough to fold together, with the log up to a position."""

    end: int
    works: list[Work]


Fold = Callable[[Iterable[Chunk]], Iterator[Built]]


@contextmanager
def folding(ledger: Ledger, jobs: int) -> Iterator[Fold]:
    """What folds chunks of issuers: this process, or others, which start at once."""
    if jobs <= 1:
        yield lambda work: chain.from_iterable(build(ledger, chunk) for chunk in work)
        return
    with Processes(jobs, begin=_open, initargs=(ledger.location,)) as pool:
        pool.start()
        yield lambda work: chain.from_iterable(pool.each(_build_chunk, work))


def chunks(
    issuers: Sequence[str],
    kin: Mapping[str, Sequence[str]],
    streams_of: Callable[[str], Digests],
    end: int,
) -> Iterator[Chunk]:
    """The work on some issuers, cut so that each piece fits in memory."""
    works: list[Work] = []
    size = 0
    for issuer in issuers:
        streams = streams_of(issuer)
        others = {other: streams_of(other) for other in kin.get(issuer, ())}
        works.append(Work(issuer, streams, others))
        size += len(streams)
        if size >= AT_ONCE:
            yield Chunk(end, works)
            works, size = [], 0
    if works:
        yield Chunk(end, works)


_worker: list[Ledger] = []


def _open(location: str) -> None:
    _worker[:] = [Ledger.open(location, create=False)]


def _build_chunk(chunk: Chunk) -> list[Built]:
    return list(build(_worker[0], chunk))


def build(ledger: Ledger, chunk: Chunk) -> Iterator[Built]:
    """Fold and judge some issuers; an issuer without filings gives an empty row."""
    with collector_paused():
        yield from _judged(ledger, chunk)


def _judged(ledger: Ledger, chunk: Chunk) -> Iterator[Built]:
    home: dict[str, str] = {}
    digests: Digests = {}
    for work in chunk.works:
        for issuer, streams in ((work.issuer, work.streams), *work.kin.items()):
            home |= dict.fromkeys(streams, issuer)
            digests |= streams
    grouped: dict[str, list[Dossier]] = {work.issuer: [] for work in chunk.works}
    for dossier in dossiers(ledger.checked(digests, chunk.end)):
        grouped.setdefault(home[dossier.stream], []).append(dossier)
    folds = Folds()
    for work in chunk.works:
        own = grouped[work.issuer]
        others = [grouped[other] for other in sorted(work.kin)]
        yield built_of(work.issuer, own, judge(own, kin=others, folds=folds), sorted(work.kin))
