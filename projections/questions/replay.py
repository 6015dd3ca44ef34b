"""Rebuilding everything from the events, and counting what is there."""

from __future__ import annotations

import time
from collections import Counter
from decimal import Decimal

from ledger import Ledger
from ledger.types import eastern_day, plain
from projections.answers import Replay, Stats
from projections.filings.records import HEADS, heads
from projections.views.readmodel import Progress, catch_up, digest, rebuild, totals_of, view_of


def replay(ledger: Ledger, *, jobs: int = 1, progress: Progress | None = None) -> Replay:
    """Drop every projection and rebuild it from the events.

    The digest is equal for equal events, whatever the order in which they were
    recorded, the database, or the number of processes. `seconds` alone is not.
    """
    begun = time.perf_counter_ns()
    rebuild(ledger, jobs=jobs, progress=progress)
    view = view_of(ledger)
    filings, positions = view.query(
        "SELECT COALESCE(SUM(filings), 0), COALESCE(SUM(positions), 0) FROM view_issuers"
    )[0]
    taken = Decimal(time.perf_counter_ns() - begun) / 10**9
    return Replay(
        events=sum(count for _, count in view.query(_KINDS)),
        filings=int(filings),
        issuers=view.query("SELECT COUNT(*) FROM view_issuers")[0][0],
        persons=_persons(ledger),
        positions=int(positions),
        totals=totals_of(ledger),
        seconds=plain(taken.quantize(Decimal("0.001"))),
        digest=digest(ledger),
    )


_KINDS = "SELECT topic, COUNT(*) FROM stored_events GROUP BY topic ORDER BY topic"


def stats(ledger: Ledger) -> Stats:
    """What is in the ledger, counted."""
    catch_up(ledger)
    view = view_of(ledger)
    events = {str(topic): int(count) for topic, count in view.query(_KINDS)}
    forms: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for _, head in heads(ledger.states(topics=HEADS)):
        forms[head.form] += 1
        year = head.filed_on or head.period or (head.accepted_at and eastern_day(head.accepted_at))
        years[str(year.year) if year else "unknown"] += 1
    kinds = view.query("SELECT kind, COUNT(*) FROM view_findings GROUP BY kind ORDER BY kind")
    return Stats(
        events=sum(events.values()),
        filings=sum(forms.values()),
        persons=_persons(ledger),
        issuers=view.query("SELECT COUNT(*) FROM view_issuers")[0][0],
        filings_by_form=dict(sorted(forms.items())),
        filings_by_year=dict(sorted(years.items())),
        events_by_kind=events,
        findings_by_kind={str(kind): int(count) for kind, count in kinds},
        totals=totals_of(ledger),
    )


def _persons(ledger: Ledger) -> int:
    """Persons by CIK; a name without one counts once for each issuer that has it."""
    rows = view_of(ledger).query("SELECT issuer, person FROM view_persons")
    return len(
        {
            person if not person.startswith("name:") else f"{issuer} {person}"
            for issuer, person in rows
        }
    )
