"""The rows that the views of the database show of one issuer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ledger.types import instant
from projections.columns import reader
from projections.filings.dates import known_on
from projections.filings.owners import unnamed
from projections.filings.records import Dossier, Line
from projections.judgement import Judged, issuer_of
from projections.questions.history import history_of
from projections.questions.holdings import held
from projections.sql.shapes import VIEWS, stored

_READ = {view: reader(columns) for view, columns in VIEWS.items()}


def rows_of(judged: Judged, issuer: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """By view, the rows of one issuer, ready to be stored."""
    told: Mapping[str, Iterable[Any]] = {
        "filings": _filings(judged),
        "lines": _lines(judged),
        "entries": _entries(judged),
        "holdings": held(judged, None, None),
        "findings": judged.findings,
        "people": _people(judged),
        "issuers": _issuer(judged),
    }
    for view, records in told.items():
        read = _READ[view]
        yield view, [stored(view, issuer, read(record)) for record in records]


def _source(dossier: Dossier) -> dict[str, Any]:
    """What filings and lines have in common: which filing, about whom, known when."""
    head, known = dossier.head, dossier.known
    owners = [{"cik": owner.cik, "name": owner.name} for owner in head.owners]
    return {
        "filing": dossier.id,
        "address": dossier.address,
        "form": head.form,
        "known_at": known.text,
        "known_order": f"{instant(known.at)} {dossier.id}",
        "issuer": issuer_of(dossier),
        "person": owners[0] if owners else None,
        "owners": owners,
    }


def _became(judged: Judged, dossier: Dossier) -> dict[str, str]:
    """By the rows of a filing that stand no more, what became of them."""
    return {row: fate.how for fate in judged.folded.roll.fates(dossier) for row in fate.rows}


def _filings(judged: Judged) -> Iterator[dict[str, Any]]:
    for dossier in judged.folded.dossiers:
        became = sorted(set(_became(judged, dossier).values()))
        head = dossier.head
        yield _source(dossier) | {
            "known_basis": dossier.known.basis,
            "period": head.period,
            "original_on": head.original_on,
            "filed_on": head.filed_on,
            "source": head.format,
            "lines": len(dossier.lines),
            "remarks": head.remarks,
            "became": ", ".join(became) or None,
        }


def _lines(judged: Judged) -> Iterator[dict[str, Any]]:
    for dossier in judged.folded.dossiers:
        source, became = _source(dossier), _became(judged, dossier)
        for line in dossier.lines:
            yield {
                **source,
                **msgspec.structs.asdict(line),
                "known_order": f"{source['known_order']} {line.table} {line.line:05}",
                "row": line.ref,
                "notes": _notes(dossier, line),
                "stands": line.ref not in became,
                "became": became.get(line.ref),
            }


def _notes(dossier: Dossier, line: Line) -> list[str]:
    texts = {note.id: note.text for note in dossier.head.footnotes}
    return [texts[note] for note in line.notes if note in texts]


def _entries(judged: Judged) -> Iterator[dict[str, Any]]:
    for position in judged.folded.book.positions:
        told = history_of(judged, position)
        about = msgspec.structs.asdict(told)
        for entry in told.entries:
            yield about | msgspec.structs.asdict(entry)


def _people(judged: Judged) -> Iterator[dict[str, Any]]:
    people = judged.folded.people
    positions = Counter(
        owner for position in judged.folded.book.positions for owner in position.owners
    )
    filed: dict[str, list[Dossier]] = {}
    for dossier in judged.folded.dossiers:
        for key in people.keys(dossier):
            filed.setdefault(key, []).append(dossier)
    for key, filings in sorted(filed.items()):
        if unnamed(key):
            continue
        days = sorted(map(known_on, filings))
        yield {
            "person": people.person(key),
            "issuer": issuer_of(filings[-1]),
            "filings": len(filings),
            "positions": positions[key],
            "first_known": days[0],
            "last_known": days[-1],
        }


def _issuer(judged: Judged) -> Iterator[dict[str, Any]]:
    folded = judged.folded
    if not folded.dossiers:
        return
    yield {
        "issuer": issuer_of(folded.dossiers[-1]),
        "filings": len(folded.dossiers),
        "people": len(
            {key for d in folded.dossiers for key in folded.people.keys(d) if not unnamed(key)}
        ),
        "positions": len(folded.book.positions),
        "findings": len(judged.findings),
        **msgspec.structs.asdict(judged.totals()),
    }
