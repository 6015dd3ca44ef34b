"""Rebuilding everything from the events, and counting what is there."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from ledger import Ledger
from ledger.processes import Jobs, Progress
from ledger.types import plain
from projections.answers import Replay, Totals
from projections.questions.reviews import accepted
from projections.registers import Stats
from projections.views.catching_up import current, digest, rebuild
from projections.views.digests import IssuerRow
from projections.views.readmodel import ReadModel


def replay(ledger: Ledger, *, jobs: Jobs = 1, progress: Progress | None = None) -> Replay:
    """Drop every projection and rebuild it from the events.

    Documents that are known here, and passed over, stay so unless that was altered.
    The digest is equal for equal events, whatever the order in which they were
    recorded, the database, or who does the work: `jobs` processes of this machine, or
    the Dask cluster at an address (`tcp://host:8786`, or `local:4` for workers of its own).
    `seconds` alone is not: it is all that this took, the digest included. Without `progress`,
    who watches the ledger's labour is told how far it is.

    Raises:
        ClusterSilent: The cluster gives no answer, or has no worker left.
    """
    begun = time.perf_counter_ns()
    rebuild(ledger, jobs=jobs, progress=progress)
    ledger.forget_altered()
    model = current(ledger)
    counted = {
        "events": sum(model.topics.values()),
        "filings": sum(row.filings for row in model.standing),
        "issuers": len(model.standing),
        "persons": _persons(model),
        "positions": sum(row.positions for row in model.standing),
    }
    totals, told = _totals_of(model.standing), digest(ledger)
    taken = seconds(time.perf_counter_ns() - begun)
    return Replay(**counted, totals=totals, seconds=taken, digest=told)


def seconds(nanoseconds: int) -> str:
    """How long something took, to the millisecond."""
    return plain((Decimal(nanoseconds) / 10**9).quantize(Decimal("0.001")))


def stats(ledger: Ledger) -> Stats:
    """What is in the ledger, counted."""
    model = current(ledger)
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("forms", "years", "findings")}
    for row in model.standing:
        told = json.loads(row.counts)
        for name, counter in counts.items():
            counter.update(told[name])
    filings = sum(counts["forms"].values())
    retracted = model.topics.get("retraction", 0) - model.topics.get("restoration", 0)
    return Stats(
        events=sum(model.topics.values()),
        filings=filings,
        persons=_persons(model),
        issuers=len(model.standing),
        filings_by_form=dict(sorted(counts["forms"].items())),
        filings_by_year=dict(sorted(counts["years"].items())),
        events_by_kind=dict(sorted(model.topics.items())),
        findings_by_kind=dict(sorted(counts["findings"].items())),
        totals=_totals_of(model.standing),
        retracted=retracted,
        repeated=model.topics.get("filing", 0) - retracted - filings,
        accepted=len(accepted(ledger)),
    )


def _persons(model: ReadModel) -> int:
    """Persons by CIK; a name without one counts once for each issuer that has it."""
    return len(
        {
            row.person if not row.person.startswith("name:") else f"{row.issuer} {row.person}"
            for row in model.each_person()
            if row.filings
        }
    )


def _totals_of(issuers: Iterable[IssuerRow]) -> Totals:
    """The totals of some issuers, summed."""
    sums = dict.fromkeys(Totals.__struct_fields__, 0)
    for row in issuers:
        for name, count in json.loads(row.totals).items():
            sums[name] += count
    return Totals(**sums)
